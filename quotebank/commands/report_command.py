"""The commands that write files: `quotebank report`, and `quotebank extract --format` for all but the table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

import quotebank
from quotebank import formats
from quotebank.bank import Appearance, Hit, Reference
from quotebank.errors import MissingExtraError, ModelError, QuotebankError, SourceError
from quotebank.formats import files_of, read_article
from quotebank.pages import first_heading, write_overview, write_report
from quotebank.records import Article

if TYPE_CHECKING:
    from quotebank.extractor import Extractor

ONLY_TO_FILES = {"brat": "a folder", "parquet": "a file"}
SQLITE = b"SQLite format 3\0"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILES… | DIR | - | BANK")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="The page to write.",
)
@click.option("--search", "text", metavar="TEXT", help="What to look for in BANK, as in `quotebank search`.")
@click.option("--timeline", "speaker", metavar="SPEAKER", help="Whom to follow in BANK: a name or an id.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=100, show_default=True, help="At most so many hits of a search."
)
def report(sources: tuple[str, ...], output: Path, text: str | None, speaker: str | None, limit: int) -> None:
    """Write a page that shows who said what: in an article, in several, or in a bank.

    FILES are articles, text in UTF-8 or HTML, - for standard input. The page needs no network and no other file: for
    one article its text with the claims marked, a card for every speaker, filters, links from one to the other; for
    several, and for what is found in BANK, an index, the claims by article, and a timeline where there are dates.

    \b
    quotebank report article.txt -o report.html
    quotebank report articles/ -o report.html
    quotebank report claims.db --search "grain terminal" -o report.html
    quotebank report claims.db --timeline "Winifred Stroud" -o report.html
    """  # noqa: D301 - click needs the character, a backspace
    errors = Console(stderr=True)
    names = list(files_of(sources))
    for name in names:
        if name != "-" and output.exists() and Path(name).exists() and output.samefile(name):
            raise click.UsageError(f"--output must not be what is read: {output}")
    try:
        if text is not None or speaker is not None:
            told, skipped = _of_bank(sources, output, text, speaker, limit), 0
        else:
            told, skipped = _of_articles(names, output, errors)
    except QuotebankError as error:
        errors.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(3 if isinstance(error, ModelError) else 2)
    errors.print(f"{output}: {told}", markup=False, highlight=False, soft_wrap=True)
    if skipped:
        errors.print(f"{skipped} of {len(names)} skipped", style="red", highlight=False)
        sys.exit(1)


def _of_articles(names: Sequence[str], output: Path, errors: Console) -> tuple[str, int]:
    """Write the page of one article, or of several; gives what it holds, and how many could not be read."""
    articles = []
    for name in names:
        if name != "-" and is_bank(Path(name)):
            raise click.UsageError(f"{name} is a bank: say what to show of it with --search or --timeline")
        try:
            articles.append(read_article(name))
        except SourceError as error:
            if len(names) == 1:
                raise
            errors.print(f"skipped: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
    if not articles:
        raise SourceError("there is nothing to read" if not names else f"none of {len(names)} could be read")
    extractor = quotebank.Extractor()
    if len(names) == 1:
        claims = extractor.extract(articles[0])
        write_report(articles[0], claims, output)
        return f"{len(claims)} claims", 0
    found = [
        Appearance(claim=claim, article=_reference(article))
        for article, claims in zip(articles, extractor.extract_many(articles), strict=True)
        for claim in claims
    ]
    write_overview(found, output, title=f"{len(articles)} articles")
    return f"{len(found)} claims of {len(articles)} articles", len(names) - len(articles)


def _of_bank(sources: Sequence[str], output: Path, text: str | None, speaker: str | None, limit: int) -> str:
    """Write the page of what a search or a timeline finds in a bank; gives what it holds."""
    if text is not None and speaker is not None:
        raise click.UsageError("--search and --timeline exclude one another")
    if len(sources) != 1:
        raise click.UsageError("--search and --timeline need one BANK")
    found: Sequence[Appearance | Hit]
    with quotebank.ClaimBank(sources[0], read_only=True) as bank:
        if text is not None:
            found, title = bank.search(text, limit=limit), f"“{text}”" if text.strip() else "The newest claims"
        else:
            profile = bank.speaker(int(speaker) if speaker and speaker.isdecimal() else speaker or "")
            found, title = bank.timeline(profile), profile.name
    write_overview(found, output, title=title)
    return f"{len(found)} claims of {len({one.article.id for one in found})} articles"


def is_bank(path: Path) -> bool:
    """Whether a file is of SQLite."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


def _reference(article: Article) -> Reference:
    known = {name: getattr(article, name) for name in ("id", "publisher", "published", "url")}
    return Reference(**known, title=article.title or first_heading(article, ()))


def save(
    articles: Sequence[Article],
    extractor: Extractor,
    *,
    form: str,
    output: str | None,
    workers: int,
    statements: bool = False,
) -> None:
    """Extract and write in one of `formats.FORMATS`, to a path or, where there is none, to standard output.

    With `statements`, only the claims that their speakers stated.

    Raises `click.UsageError` where the format needs a path, `SourceError` where the path cannot be written.
    """
    if output is None and form in ONLY_TO_FILES:
        raise click.UsageError(f"--format {form} needs --output, {ONLY_TO_FILES[form]} to write")
    claims_of = extractor.extract_many(articles, workers=min(workers, len(articles)))
    if statements:
        claims_of = (tuple(claim for claim in claims if claim.is_statement) for claims in claims_of)
    chosen = next(name for name in formats.FORMATS if name == form)
    try:
        formats.write(zip(articles, claims_of, strict=True), output or sys.stdout.buffer, format=chosen)
    except MissingExtraError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise SourceError(f"{output or 'standard output'}: {error.strerror or error}") from error
    sys.stdout.flush()
