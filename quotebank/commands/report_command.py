"""The commands that write files: `quotebank report`, and `quotebank extract --format` for all but the table."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
import click

import quotebank
from quotebank import formats
from quotebank.bank import Appearance, Group, Hit, Reference
from quotebank.commands.named_articles import NamedArticles, reading_options, readings
from quotebank.commands.terminal import complain, counted, mention, progress
from quotebank.errors import ArgumentValueError, MissingExtraError, ModelError, QuotebankError, SourceError
from quotebank.pages import first_heading, write_overview, write_report
from quotebank.records import Article

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
@reading_options
def report(  # noqa: PLR0917 - click passes options by name
    sources: tuple[str, ...],
    output: Path,
    text: str | None,
    speaker: str | None,
    limit: int,
    columns: dict[str, str],
    encoding: str | None,
) -> None:
    """Write a page that shows who said what: in an article, in several, or in a bank.

    FILES are articles as for `quotebank extract`. The page needs no network and no other file: for
    one article its text with the claims marked, a card for every speaker, filters, links from one to the other; for
    several, and for what is found in BANK, an index, the claims by article, and a timeline where there are dates.

    \b
    quotebank report article.txt -o report.html
    quotebank report articles/ -o report.html
    quotebank report claims.db --search "grain terminal" -o report.html
    quotebank report claims.db --timeline "Winifred Stroud" -o report.html
    """  # noqa: D301 - click needs the character, a backspace
    named = NamedArticles(sources, columns=columns, encoding=encoding)
    named.refuse_to_overwrite(output)
    try:
        if text is not None or speaker is not None:
            told = _of_bank(sources, output, text, speaker, limit)
        else:
            told = _of_articles(named, output)
    except QuotebankError as error:
        complain(str(error))
        sys.exit(3 if isinstance(error, ModelError) else 2)
    mention(f"{output}: {told}")
    if named.told_skipped():
        sys.exit(1)


def _of_articles(named: NamedArticles, output: Path) -> str:
    """Write the page of one article, or of several; gives what it holds."""
    for name in named.names:
        if name != "-" and is_bank(Path(name)):
            raise click.UsageError(f"{name} is a bank: say what to show of it with --search or --timeline")
    first, articles = named.first_ones()
    if not first:
        raise SourceError(named.nothing_read())
    extractor = quotebank.Extractor()
    if len(first) == 1:
        claims = extractor.extract(first[0])
        write_report(first[0], claims, output)
        return counted(len(claims), "claim")
    with progress("reading", named.total) as step:
        found = [
            Appearance(claim=claim, article=_reference(article))
            for article, claims in step.through(readings(extractor, articles, 1))
            for claim in claims
        ]
    write_overview(found, output, title=counted(named.read, "article"))
    return f"{counted(len(found), 'claim')} of {counted(named.read, 'article')}"


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
        groups = _groups(bank, found)
    write_overview(found, output, title=title, groups=groups)
    articles = {one.article.id for one in found}
    return f"{counted(len(found), 'claim')} of {counted(len(articles), 'article')}"


def _groups(bank: quotebank.ClaimBank, found: Sequence[Appearance | Hit]) -> list[Group]:
    """The groups of the claims that several articles report, each once."""
    groups: list[Group] = []
    seen: set[str] = set()
    for one in found:
        if one.claim.id not in seen:
            group = bank.group(one.claim)
            seen.update(a.claim.id for a in group.appearances)
            if group.id:
                groups.append(group)
    return groups


def is_bank(path: Path) -> bool:
    """Whether a file is of SQLite."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


def _reference(article: Article) -> Reference:
    return attrs.evolve(Reference.to(article), title=article.title or first_heading(article, ()))


def chosen_format(form: str | None, output: str | None) -> str:
    """The format to write in: the one that is named, else what the output's name says, else a table.

    Raises `click.UsageError` where none can be written so.
    """
    if output is None:
        if form in ONLY_TO_FILES:
            raise click.UsageError(f"--format {form} needs --output, {ONLY_TO_FILES[form]} to write")
        return form or "table"
    if form == "table":
        raise click.UsageError("--output needs a --format other than table")
    if form is not None:
        return form
    try:
        return formats.format_of(output)
    except ArgumentValueError as error:
        raise click.UsageError(f"the name of --output does not tell the format, so give it: {error}") from error


def save(
    readings: Iterable[formats.Reading], *, form: str, output: str | None, offsets: formats.Offsets = "code points"
) -> None:
    """Write in one of `formats.FORMATS`, to a path or, where there is none, to standard output.

    Raises `click.UsageError` where an extra is missing, or ends the command where the path cannot be written.
    """
    chosen = next(name for name in formats.FORMATS if name == form)
    try:
        formats.write(readings, output or sys.stdout.buffer, format=chosen, offsets=offsets)
        sys.stdout.flush()
    except MissingExtraError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        if output is None and error.errno == errno.EPIPE:
            raise
        complain(f"{output or 'standard output'}: {error.strerror or error}")
        sys.exit(2)
