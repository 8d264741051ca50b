"""Articles as files: text and pages, a file an article; JSON lines, CSV and Parquet, a record an article; folders.

A file is what its suffix says; what the suffix does not say is told from the first bytes, so that data is never read as
prose. What a text file does not say about itself may stand in a header or in a JSON file beside it.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Literal, get_args

import attrs
import regex

from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, MissingExtraError, SourceError, shown
from quotebank.formats.article_tables import (
    CLAIM_FIELDS,
    article_of,
    check_names,
    checked_columns,
    day_of,
    decoded,
    records_of_array,
    records_of_csv,
    records_of_lines,
    records_of_parquet,
)
from quotebank.formats.compressed import inner_suffix, open_binary, reading
from quotebank.formats.opened_files import numbered
from quotebank.formats.web_page import article_from_html
from quotebank.records import Article

Kind = Literal["text", "html", "jsonl", "json", "csv", "parquet"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SUFFIXES: Mapping[str, Kind] = MappingProxyType(
    {
        ".txt": "text",
        ".md": "text",
        ".text": "text",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".json": "json",
        ".csv": "csv",
        ".tsv": "csv",
        ".parquet": "parquet",
        ".pq": "parquet",
    }
)
ONE_EACH = frozenset({"text", "html"})
LARGEST = 50_000_000  # bytes; a larger file is no article
LARGEST_ARRAY = 500_000_000  # bytes of a JSON array, which is read whole
LOOK = 65_536  # bytes that are looked at to tell what a file is
SIGNATURES: Mapping[bytes, str] = MappingProxyType(
    {
        b"SQLite format 3\0": "an SQLite database, perhaps a bank",
        b"%PDF": "a PDF",
        b"PK\x03\x04": "a zip file, perhaps of a word processor",
        b"\xd0\xcf\x11\xe0": "a file of a word processor",
        b"\x1f\x8b": "compressed with gzip: end its name in .gz",
        b"BZh": "compressed with bzip2: end its name in .bz2",
        b"\xfd7zXZ": "compressed with xz: end its name in .xz",
        b"\x28\xb5\x2f\xfd": "compressed with Zstandard: end its name in .zst",
        b"<?xml": "XML",
        b"{\\rtf": "rich text",
        b"\x7fELF": "a program",
        b"\x89PNG": "a picture",
        b"\xff\xd8\xff": "a picture",
    }
)
PAGE = regex.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", regex.I | regex.S)
HEADER = regex.compile(
    r"---[ \t]*\r?\n(?P<lines>(?:[A-Za-z_][\w-]*:[^\r\n]*\r?\n){1,50})---[ \t]*\r?\n(?:[ \t]*\r?\n)*"
)
DOUBLE_QUOTED = regex.compile(r'"(?:[^"\\]|\\.)*+"')
SINGLE_QUOTED = regex.compile(r"'(?:[^']|'')*+'")
ESCAPED = regex.compile(r'\\(["\\])')
LONGEST_HEADLINE = 160
Bad = Callable[[SourceError | FormatError], object]


def files_of(sources: Iterable[str]) -> Iterator[str]:
    """The files that the arguments name, under the shortest spelling of each path; a folder stands for those in it.

    In a folder, files of articles and of records are taken, in order; a .json file is not, as it describes another.
    """
    for source in sources:
        path = Path(source)
        if source != "-" and path.is_dir():
            yield from sorted(os.path.normpath(p) for p in path.rglob("*") if _taken(p) and p.is_file())
        else:
            yield source if source == "-" else os.path.normpath(source)


def _taken(path: Path) -> bool:
    return inner_suffix(path) in SUFFIXES and inner_suffix(path) != ".json" and not path.name.startswith(".")


def is_one_article(name: str) -> bool:
    """Whether a file's name says that it holds one article, not records."""
    return SUFFIXES.get(inner_suffix(name)) in ONE_EACH


def articles_of(
    name: str,
    *,
    kind: Kind | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    bad: Bad,
) -> Iterator[Article]:
    """The articles of a file, or of standard input where its name is "-", as a stream.

    `columns` and `encoding` as for `read_articles`. `bad` is told of each record that is no article. Raises
    `SourceError` naming the file where the rest of it cannot be read.
    """
    named = checked_columns(columns)
    source = sys.stdin.buffer if name == "-" else None
    with reading(name):
        chosen = kind or SUFFIXES.get(inner_suffix(name))
        if chosen == "parquet":
            if source is not None:
                raise SourceError(f"{name}: Parquet is read from a file only, not from standard input")
            records = records_of_parquet(name, named)
            yield from _articles(records, named, bad)
            return
        with nullcontext(source) if source is not None else open_binary(name) as opened:
            start, whole = _peeked(opened)
            chosen = kind or _kind_of(name, chosen, start)
            if chosen in ONE_EACH:
                yield _one_article(name, chosen, whole, named, encoding)
            else:
                yield from _articles(_records(name, chosen, whole, named, encoding=encoding, bad=bad), named, bad)


def _peeked(opened: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a file, and the file still to be read from them on."""
    start = opened.read(LOOK)
    return start, io.BufferedReader(_Again(start, opened), LOOK)


class _Again(io.RawIOBase):
    """Bytes that were read already, then the rest of the file."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def _kind_of(name: str, by_suffix: Kind | None, start: bytes) -> Kind:
    """What a file holds, by its suffix and its first bytes. Raises `SourceError` for what is neither text nor data."""
    if by_suffix == "json" or by_suffix in (None, "text"):
        if start.startswith(b"PAR1"):
            raise SourceError(f"{name}: a Parquet file; end its name in .parquet")
        what = next((what for signature, what in SIGNATURES.items() if start.startswith(signature)), None)
        if what is not None:
            raise SourceError(f"{name}: not text but {what}")
    if by_suffix == "json":
        return "jsonl" if _is_record(start) else "json"
    if by_suffix is not None and by_suffix != "text":
        return by_suffix
    if _is_record(start):
        return "jsonl"
    if by_suffix is None and PAGE.match(start.removeprefix(codecs.BOM_UTF8)):
        return "html"
    if by_suffix is None and _is_table(start):
        return "csv"
    return "text"


def _is_record(start: bytes) -> bool:
    """Whether the first line is a JSON object: no prose begins with one."""
    line = start.removeprefix(codecs.BOM_UTF8).lstrip().split(b"\n", 1)[0].strip()
    if not line.startswith(b"{"):
        return False
    if not line.endswith(b"}"):
        return len(line) > LOOK - 1000 and line.startswith((b'{"', b'{ "'))  # cut off where we stopped looking
    try:
        return isinstance(decoded(line), dict)
    except ValueError:
        return False


def _is_table(start: bytes) -> bool:
    """Whether the first line is the head of a table of articles: names, `text` among them."""
    line = start.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].decode("utf8", "replace").strip()
    names = [name.strip('" ') for name in regex.split(r"[,;\t]", line)]
    return len(names) > 1 and "text" in names and all(regex.fullmatch(r"\w[\w .-]{0,40}", n) for n in names)


def _records(
    name: str, kind: Kind, opened: BinaryIO, columns: Mapping[str, str], *, encoding: str | None, bad: Bad
) -> Iterator[tuple[str, Any]]:
    """The records of a file of data, each with where it stands."""
    try:
        if kind == "csv":
            yield from records_of_csv(opened, name, columns, encoding)
        elif kind == "json":
            content = opened.read(LARGEST_ARRAY + 1)
            if len(content) > LARGEST_ARRAY:
                raise SourceError(f"{name}: larger than {LARGEST_ARRAY // 1_000_000} MB; write it as JSON lines")
            yield from records_of_array(content.decode(encoding or "utf-8-sig").encode("utf8", "surrogatepass"), name)
        elif encoding is None:
            yield from records_of_lines(numbered(opened, name), bad)
        else:
            lines = io.TextIOWrapper(opened, encoding, newline="\n")
            yield from records_of_lines(((f"{name}, line {n}", li.encode()) for n, li in enumerate(lines, 1)), bad)
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: {_not_decoded(error, encoding)}") from error


def _articles(records: Iterable[tuple[str, Any]], columns: Mapping[str, str], bad: Bad) -> Iterator[Article]:
    for where, record in records:
        if isinstance(record, Mapping) and set(record) >= CLAIM_FIELDS:
            check_names(set(record), columns, where)
        try:
            article = article_of(record, columns, where)
        except FormatError as error:
            bad(error)
        else:
            yield article


def _one_article(name: str, kind: Kind, opened: BinaryIO, columns: Mapping[str, str], encoding: str | None) -> Article:
    """The article that a file is, with its name as id and what a header or a file beside it says of it."""
    content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SourceError(f"{name}: larger than {LARGEST // 1_000_000} MB, which is no article")
    beside = {} if name == "-" else _beside(Path(name), columns)
    known = None if name == "-" else name
    try:
        if kind == "html":
            page = content if encoding is None else content.decode(encoding)
            return attrs.evolve(article_from_html(page, id=known), **beside)
        return article_of_text(_decoded(content, encoding), columns, **{"id": known, **beside})
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: {_not_decoded(error, encoding)}") from error
    except (ArgumentTypeError, ArgumentValueError, MissingExtraError) as error:
        raise SourceError(f"{name}: {error}") from error


def article_of_text(text: str, columns: Mapping[str, str] | None = None, /, **known: Any) -> Article:
    """The article of a text file: what its header says, else its headline as title, and what is `known` before both.

    A header is what Jekyll and Markdown know as front matter: lines `title: …`, `published: …` between two lines of
    three dashes, at the very beginning. The article's text begins after it.
    """
    stated, body = _header(text, checked_columns(columns))
    return Article(
        text=body, **{"title": headline(body), **stated, **{k: v for k, v in known.items() if v is not None}}
    )


def _header(text: str, columns: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    found = HEADER.match(text)
    if found is None:
        return {}, text
    pairs = (line.split(":", 1) for line in found["lines"].splitlines())
    stated = _described({key.strip(): _unquoted(value.strip()) for key, value in pairs}, columns)
    return (stated, text[found.end() :]) if stated else ({}, text)


def _unquoted(value: str) -> str:
    r"""A value without the quotation marks around all of it, as YAML has them, and those inside as they are meant.

    "He said \"no\" today" is He said "no" today, 'The mayor''s plan' is The mayor's plan; but
    'I quit', says Lee, 'for good' keeps its marks, as they are not around all of it.
    """
    if DOUBLE_QUOTED.fullmatch(value):
        return str(ESCAPED.sub(r"\1", value[1:-1]))
    if SINGLE_QUOTED.fullmatch(value):
        return value[1:-1].replace("''", "'")
    return value


def _beside(path: Path, columns: Mapping[str, str]) -> dict[str, Any]:
    """What a JSON file beside an article's, `a.txt.json` or `a.json`, says of it. Raises `SourceError`."""
    for sidecar in (path.with_name(f"{path.name}.json"), path.with_suffix(".json")):
        if sidecar == path or not sidecar.is_file():
            continue
        try:
            record = decoded(sidecar.read_bytes())
        except ValueError as error:
            raise SourceError(f"{sidecar}: not JSON ({error}), though it stands beside {path.name}") from error
        if isinstance(record, dict) and not record.keys() >= CLAIM_FIELDS:
            return _described(record, columns)
    return {}


def _described(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """What a record says of an article whose text stands elsewhere, by field."""
    fields = {field: record.get(column, record.get(field)) for field, column in columns.items() if field != "text"}
    found = {field: value for field, value in fields.items() if value not in (None, "")}
    if "published" in found:
        found["published"] = day_of(found["published"])
    return found


def headline(text: str) -> str | None:
    """The first line of a text, where it is short, ends as no sentence does, and more comes after it."""
    first, _, rest = text.strip().partition("\n")
    line = " ".join(first.split())
    if not rest.strip() or not line or len(line) > LONGEST_HEADLINE or line.endswith((".", ":", ",", ";", ".”", '."')):
        return None
    return line


def _decoded(content: bytes, encoding: str | None) -> str:
    """The text of a file: in UTF-8, in UTF-16 where it begins with its mark, or in the encoding that is named."""
    if encoding is None:
        encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    return content.decode(encoding)


def _not_decoded(error: UnicodeDecodeError, encoding: str | None) -> str:
    if encoding is not None:
        return f"not {encoding} (byte {error.start}); name the encoding that it has"
    return f"not UTF-8 (byte {error.start}); say what it is, often --encoding cp1252"


def read_article(name: str, *, encoding: str | None = None) -> Article:
    """The one article of a text file, a page or standard input. Raises `SourceError` where there are more, or none."""
    wrong: list[SourceError | FormatError] = []
    found = list(islice(articles_of(name, encoding=encoding, bad=wrong.append), 2))
    if len(found) != 1 or wrong:
        raise SourceError(
            f"{name}: holds {len(found)} articles or more, where one is wanted" if not wrong else str(wrong[0])
        )
    return found[0]


def read_files(
    source: str | os.PathLike[str],
    *,
    kind: Kind | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on_error: Bad | None = None,
) -> Iterator[Article]:
    """The articles of a file or of a folder, as a stream; what `read_articles` gives where no format is another's."""
    if not isinstance(source, str | os.PathLike):
        raise ArgumentTypeError(f"file must be a path; got {shown(source)}")
    check_encoding(encoding)
    checked_columns(columns)
    if on_error is not None and not callable(on_error):
        raise ArgumentTypeError(f"on_error must be callable or None; got {shown(on_error)}")
    return _read_files(os.fspath(source), kind, columns, encoding, on_error)


def _read_files(
    source: str, kind: Kind | None, columns: Mapping[str, str] | None, encoding: str | None, on_error: Bad | None
) -> Iterator[Article]:
    for name in files_of([source]):
        try:
            yield from articles_of(name, kind=kind, columns=columns, encoding=encoding, bad=on_error or _raise)
        except SourceError as error:
            if on_error is None:
                raise
            on_error(error)


def _raise(error: SourceError | FormatError) -> None:
    raise error


def check_encoding(encoding: str | None) -> None:
    """Raise `ArgumentTypeError` or `ArgumentValueError` for what names no encoding of text."""
    if encoding is None:
        return
    if not isinstance(encoding, str):
        raise ArgumentTypeError(f"encoding must be a str or None; got {shown(encoding)}")
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise ArgumentValueError(
            f"encoding must be one that Python knows, such as cp1252; got {shown(encoding)}"
        ) from None
