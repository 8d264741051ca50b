"""What the words at a prompt name: articles in files, folders, tables and standard input, as a stream.

What cannot be read is said, skipped and counted.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from quotebank.commands.terminal import complain
from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, MissingExtraError, SourceError
from quotebank.formats import FIELDS, articles_of, check_encoding, checked_columns, files_of, is_one_article
from quotebank.records import Article, Claim, text_id

if TYPE_CHECKING:
    from quotebank.extractor import Extractor

LOGGER = logging.getLogger("quotebank")


def _columns(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:  # noqa: ARG001 - click's
    pairs = [pair.partition("=") for pair in given]
    for field, _, name in pairs:
        if field not in FIELDS or not name:
            raise click.BadParameter(f"{field}={name} is not FIELD=NAME with FIELD one of {', '.join(FIELDS)}")
    columns = {field: name for field, _, name in pairs}
    checked_columns(columns)
    return columns


def _encoding(context: click.Context, option: click.Parameter, given: str | None) -> str | None:  # noqa: ARG001 - click's
    try:
        check_encoding(given)
    except (ArgumentTypeError, ArgumentValueError) as error:
        raise click.BadParameter(str(error)) from error
    return given


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads articles."""
    for option in (
        click.option("--encoding", callback=_encoding, help="Of files that are not in UTF-8, such as cp1252."),
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar="FIELD=NAME",
            callback=_columns,
            help="Where records name a field (text, id, url, publisher, title, published) otherwise: text=body.",
        ),
    ):
        command = option(command)
    return command


class NamedArticles:
    """The articles that are named, to be gone through once; `read` and `skipped` count them on the way.

    `described` is what is known of every one of them; `file_id` gives the id of an article that is a file, by its name,
    where that is not its id. `total` is how many there are, None where files of records do
    not tell before they are read.
    """

    def __init__(
        self,
        sources: Iterable[str],
        *,
        columns: dict[str, str] | None = None,
        encoding: str | None = None,
        described: dict[str, Any] | None = None,
        file_id: Callable[[str], str] | None = None,
    ) -> None:
        self.names: list[str] = list(files_of(sources))
        self.total: int | None = (
            len(self.names) if all(is_one_article(name) or name == "-" for name in self.names) else None
        )
        self.read: int = 0
        self.skipped: int = 0
        self._how: dict[str, Any] = {"columns": columns, "encoding": encoding}
        self._file_id = file_id
        self._described = {name: value for name, value in (described or {}).items() if value is not None}

    def __iter__(self) -> Iterator[Article]:
        for name in self.names:
            began, before = time.monotonic(), self.read
            try:
                for article in articles_of(name, bad=self._skip, **self._how):
                    self.read += 1
                    yield self._known(article, name)
            except (SourceError, FormatError, MissingExtraError) as error:
                self._skip(error)
            LOGGER.info("%s: %d articles in %.1f s", name, self.read - before, time.monotonic() - began)

    def _known(self, article: Article, name: str) -> Article:
        """An article of a file, with what is known of all, under the id that files have."""
        known = dict(self._described)
        if self._file_id is not None and article.id == name:
            known["id"] = self._file_id(name)
        return attrs.evolve(article, **known) if known else article

    def _skip(self, error: Exception) -> None:
        self.skipped += 1
        complain(f"skipped: {error}")

    def refuse_to_overwrite(self, output: str | Path | None) -> None:
        """Raise `click.UsageError` where what is to be written is one of the files that are read."""
        if output is None or not Path(output).exists():
            return
        for name in self.names:
            if name != "-" and Path(name).exists() and Path(output).samefile(name):
                raise click.UsageError(f"--output must not be what is read: {output}")

    def first_ones(self) -> tuple[list[Article], Iterator[Article]]:
        """The first articles, two at most, and all of them: whether there are any, and more than one, is known so."""
        stream = iter(self)
        first = list(islice(stream, 2))
        return first, chain(first, stream)

    def nothing_read(self) -> str:
        """What to say where there was nothing to read."""
        return "nothing to read" if not self.skipped else f"none of {self.skipped} could be read"

    def told_skipped(self) -> bool:
        """Say how many were skipped, if any."""
        if self.skipped:
            complain(f"{self.skipped} of {self.read + self.skipped} skipped")
        return bool(self.skipped)


def readings(
    extractor: Extractor, articles: Iterable[Article], workers: int
) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """Each article with its claims, in order, as they come."""
    waiting: deque[Article] = deque()

    def passing() -> Iterator[Article]:
        for article in articles:
            waiting.append(article)
            yield article

    for claims in extractor.extract_many(passing(), workers=workers):
        yield waiting.popleft(), claims


def name_of(article: Article) -> str:
    """What an article is called where several are shown: its id, or its title where its id is only a hash."""
    return article.title or article.id[:12] if article.id == text_id(article.text) else article.id
