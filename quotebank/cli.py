"""The command line: `quotebank extract [FILES… | DIR | -]`, `quotebank report FILE`.

Exit codes: 0, all read; 1, some files could not be read (named on standard error, the rest is done); 2, wrong usage
or nothing could be read; 3, the models are missing or damaged.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import msgspec
from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

import quotebank
from quotebank import report_commands
from quotebank.errors import ModelError, SourceError
from quotebank.exports import FORMATS
from quotebank.records import Article, Claim
from quotebank.sources import files_of, read_article
from quotebank.spans import Span

if TYPE_CHECKING:
    from quotebank.extractor import Extractor

STYLES = {"direct": "green", "mixed": "yellow", "indirect": "cyan"}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(quotebank.__version__, prog_name="quotebank")
def main() -> None:
    """Find who said what in news articles, offline, with the offsets that prove it."""


@main.command()
@click.argument("sources", nargs=-1, metavar="[FILES… | DIR | -]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *FORMATS]),
    default="table",
    show_default=True,
    help="A table to read, one JSON object a claim, a spreadsheet, or what another tool reads.",
)
@click.option("-o", "--output", type=click.Path(), help="A file, or for brat a folder, to write instead of printing.")
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that read articles."
)
@click.option("--full", is_flag=True, help="Show long claims whole in the table.")
def extract(sources: tuple[str, ...], form: str, output: str | None, workers: int, full: bool) -> None:  # fmt: skip
    """Print who said what in articles.

    SOURCES are text files in UTF-8, HTML pages, folders (their .txt, .md, .text and .html files) or - for standard
    input, which is also read where none is given. A file that cannot be read is named, skipped and counted.

    \b
    quotebank extract article.txt
    quotebank extract articles/ --format jsonl --workers 2 > claims.jsonl
    quotebank extract articles/ --format csv -o claims.csv
    """  # noqa: D301 - click needs the character, a backspace
    errors = Console(stderr=True)
    names = list(files_of(sources or ("-",)))
    articles, skipped = [], 0
    for name in names:
        try:
            articles.append((name, read_article(name)))
        except SourceError as error:
            skipped += 1
            errors.print(f"skipped: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
    if not articles:
        errors.print("nothing to read" if not names else f"none of {len(names)} could be read", style="red")
        sys.exit(2)
    try:
        extractor = quotebank.Extractor()
    except ModelError as error:
        errors.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(3)
    if output is None and form in ("table", "jsonl"):
        show(articles, extractor, form=form, workers=workers, full=full, errors=errors)
    elif form == "table":
        raise click.UsageError("--output needs a --format other than table")
    else:
        try:
            report_commands.save([a for _, a in articles], extractor, form=form, output=output, workers=workers)
        except SourceError as error:
            errors.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
            sys.exit(2)
    if skipped:
        errors.print(f"{skipped} of {len(names)} skipped", style="red", highlight=False)
        sys.exit(1)


main.add_command(report_commands.report)


def show(
    articles: list[tuple[str, Article]], extractor: Extractor, *, form: str, workers: int, full: bool, errors: Console
) -> None:
    """Extract and print, with a progress bar on standard error where there is more than one article."""
    out = Console()
    encoder = msgspec.json.Encoder()
    with Progress(console=errors, disable=len(articles) < 2 or not errors.is_terminal, transient=True) as progress:
        task = progress.add_task("reading", total=len(articles))
        claims_of = extractor.extract_many((a for _, a in articles), workers=min(workers, len(articles)))
        for (name, article), claims in zip(articles, claims_of, strict=True):
            if form == "jsonl":
                for claim in claims:
                    sys.stdout.buffer.write(encoder.encode(claim) + b"\n")
            else:
                if len(articles) > 1:
                    out.rule(Text(name), align="left", style="dim")
                out.print(table(article, claims, full=full, width=out.width))
            progress.advance(task)
    sys.stdout.flush()


def table(article: Article, claims: tuple[Claim, ...], *, full: bool, width: int) -> Table | Text:
    """Claims as a table: who, the words that report it, how and what was said, and where it stands."""
    if not claims:
        return Text("no claims found", style="dim")
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=False)
    made.add_column("who", style="bold", max_width=max(16, width // 4), overflow="fold")
    made.add_column("cue", max_width=max(8, width // 8), overflow="fold")
    made.add_column("kind")
    made.add_column("said", ratio=1, overflow="fold")
    made.add_column("at", justify="right", style="dim")
    for claim in claims:
        cue, said = pieces(article, claim.cue), pieces(article, claim.content)
        made.add_row(
            who(claim),
            Text(cue),
            Text(claim.kind, style=STYLES[claim.kind]),
            Text(said if full or len(said) <= 160 else said[:157].rstrip() + "…"),
            f"{claim.content[0].start}",
        )
    return made


def pieces(article: Article, spans: tuple[Span, ...]) -> str:
    """The words under spans in one line, an ellipsis where something stands between two."""
    return " … ".join(" ".join(span.slice(article.text).split()) for span in spans)


def who(claim: Claim) -> Text:
    """The speaker's name; the type beside it where it is no person."""
    if claim.speaker is None:
        return Text("—", style="dim")
    name = Text(" ".join(claim.speaker.name.split()))
    if claim.speaker.type != "person":
        name.append(f" ({claim.speaker.type})", style="dim not bold")
    return name


if __name__ == "__main__":
    main()
