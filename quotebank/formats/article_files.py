"""Files of articles, as the command line names them: text and HTML, folders, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from quotebank.errors import ArgumentValueError, MissingExtraError, SourceError
from quotebank.formats.web_page import article_from_html
from quotebank.records import Article

TEXT_FILES = ("*.txt", "*.md", "*.text")
PAGES = ("*.html", "*.htm", "*.xhtml")
LARGEST = 50_000_000  # bytes; a larger file is no article


def files_of(sources: tuple[str, ...]) -> Iterator[str]:
    """The files that the arguments name; a folder stands for the articles in it, in order."""
    for source in sources:
        path = Path(source)
        if source != "-" and path.is_dir():
            inside = sorted({p for pattern in (*TEXT_FILES, *PAGES) for p in path.rglob(pattern) if p.is_file()})
            yield from map(str, inside)
        else:
            yield source


def read_article(name: str) -> Article:
    """An article from a file, its name as id, or from standard input. Raises `SourceError` naming the file.

    A file that is named as HTML is read as a page, its article without what stands around it.
    """
    try:
        if name == "-":
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(LARGEST + 1)
    except OSError as error:
        raise SourceError(f"{name}: {error.strerror or error}") from error
    if len(content) > LARGEST:
        raise SourceError(f"{name}: larger than {LARGEST // 1_000_000} MB, which is no article")
    if any(Path(name.lower()).match(pattern) for pattern in PAGES):
        try:
            return article_from_html(content, id=name)
        except (ArgumentValueError, MissingExtraError) as error:
            raise SourceError(f"{name}: {error}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: not UTF-8 (byte {error.start}); convert it first") from error
    return Article(text=text) if name == "-" else Article(text=text, id=name)
