"""The commands that write files: `quotebank report`, and `quotebank extract --format` for all but the table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

import quotebank
from quotebank import exports
from quotebank.errors import MissingExtraError, ModelError, SourceError
from quotebank.records import Article
from quotebank.report import write_report
from quotebank.sources import read_article

if TYPE_CHECKING:
    from quotebank.extractor import Extractor

ONLY_TO_FILES = {"brat": "a folder", "parquet": "a file"}


@click.command()
@click.argument("source", metavar="FILE | -")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="The page to write.",
)
def report(source: str, output: Path) -> None:
    """Write a page that shows who said what in an article.

    FILE is an article, text in UTF-8 or HTML, or - for standard input. The page needs no network and no other file: the
    article with its claims marked, a card for every speaker, filters, links from one to the other.

    \b
    quotebank report article.txt -o report.html
    """  # noqa: D301 - click needs the character, a backspace
    errors = Console(stderr=True)
    if source != "-" and output.exists() and Path(source).exists() and output.samefile(source):
        raise click.UsageError(f"--output must not be the article itself: {output}")
    try:
        article = read_article(source)
        claims = quotebank.Extractor().extract(article)
        write_report(article, claims, output)
    except SourceError as error:
        errors.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)
    except ModelError as error:
        errors.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(3)
    errors.print(f"{output}: {len(claims)} claims", markup=False, highlight=False, soft_wrap=True)


def save(
    articles: Sequence[Article],
    extractor: Extractor,
    *,
    form: str,
    output: str | None,
    workers: int,
    statements: bool = False,
) -> None:
    """Extract and write in one of `exports.FORMATS`, to a path or, where there is none, to standard output.

    With `statements`, only the claims that their speakers stated.

    Raises `click.UsageError` where the format needs a path, `SourceError` where the path cannot be written.
    """
    if output is None and form in ONLY_TO_FILES:
        raise click.UsageError(f"--format {form} needs --output, {ONLY_TO_FILES[form]} to write")
    claims_of = extractor.extract_many(articles, workers=min(workers, len(articles)))
    if statements:
        claims_of = (tuple(claim for claim in claims if claim.is_statement) for claims in claims_of)
    chosen = next(name for name in exports.FORMATS if name == form)
    try:
        exports.write(zip(articles, claims_of, strict=True), output or sys.stdout.buffer, format=chosen)
    except MissingExtraError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise SourceError(f"{output or 'standard output'}: {error.strerror or error}") from error
    sys.stdout.flush()
