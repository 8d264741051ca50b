"""The command line: `quotebank extract [FILES… | DIR | -]`, `quotebank report FILE`.

Exit codes: 0, all read; 1, some files or records could not be read (named on standard error, the rest is done); 2,
wrong usage or nothing could be read; 3, the models are missing or damaged; 130, stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import click
from rich import box
from rich.table import Table
from rich.text import Text

import quotebank
from quotebank.commands import bank_commands, people_commands, remove_command, report_command
from quotebank.commands.named_articles import NamedArticles, name_of, reading_options, readings
from quotebank.commands.terminal import LOGGER, Commands, complain, console, progress
from quotebank.errors import ArgumentValueError, ModelError, RegistryError, SourceError
from quotebank.formats import FORMATS, OFFSETS, Offsets
from quotebank.records import Article, Claim
from quotebank.spans import Span

if TYPE_CHECKING:
    from quotebank.extractor import Extractor

MARKS = frozenset("“\"‘'«„`")
NARROW = 90  # columns of a terminal below which a table has a column less
STYLES = {"direct": "green", "mixed": "yellow", "indirect": "cyan"}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(quotebank.__version__, prog_name="quotebank")
def main() -> None:
    """Find who said what in news articles, offline, with the offsets that prove it."""


@click.command()
@click.argument("sources", nargs=-1, metavar="[FILES… | DIR | -]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *FORMATS]),
    help="A table to read, one JSON object a claim, a spreadsheet, or what another tool reads. "
    "[default: what the name of --output says, else table]",
)
@click.option("-o", "--output", type=click.Path(), help="A file, or for brat a folder, to write instead of printing.")
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Processes that read articles; 0 for one a core.",
)
@reading_options
@click.option("--full", is_flag=True, help="Show long claims whole in the table.")
@click.option("--explain", is_flag=True, help="Show for each claim the words that led to each part, with offsets.")
@click.option(
    "--statements", is_flag=True, help="Only what was stated: no attitudes, plans, questions, denials, refusals."
)
@click.option("--outer", is_flag=True, help="Leave out claims inside the content of another one.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out claims that are less likely right than this.",
)
@click.option(
    "--model",
    type=click.Choice(["fast", "accurate"]),
    default="fast",
    show_default=True,
    help="The network that reads: the larger one finds a little more and takes longer.",
)
@click.option("--device", default="cpu", show_default=True, help="Where it works, as torch names it: cuda, mps.")
@click.option(
    "--offsets", type=click.Choice(OFFSETS), default=OFFSETS[0], show_default=True, help="What webanno counts in."
)
@click.option(
    "--registry", type=click.Path(), help="A CSV of organizations (name,aliases,kind,wikidata) to use besides ours."
)
def extract(  # noqa: PLR0917 - click passes options by name
    sources: tuple[str, ...],
    form: str | None,
    output: str | None,
    workers: int,
    columns: dict[str, str],
    encoding: str | None,
    full: bool,
    explain: bool,
    statements: bool,
    outer: bool,
    min_confidence: float,
    model: Literal["fast", "accurate"],
    device: str,
    offsets: Offsets,
    registry: str | None,
) -> None:
    """Print who said what in articles.

    FILES are text files and HTML pages, an article each; JSON lines, CSV and Parquet, an article a record, also
    compressed (.gz, .bz2, .xz, .zst); folders of all these; or - for standard input, which is also read where none is
    given. What cannot be read is named, skipped and counted.

    \b
    quotebank extract article.txt
    quotebank extract article.txt --explain
    quotebank extract articles/ -o claims.csv --workers 2
    quotebank extract articles.jsonl.gz --column text=body -o claims.parquet
    """  # noqa: D301 - click needs the character, a backspace
    named = NamedArticles(sources or ("-",), columns=columns, encoding=encoding)
    named.refuse_to_overwrite(output)
    form = report_command.chosen_format(form, output)
    first, articles = named.first_ones()
    if not first:
        complain(named.nothing_read())
        sys.exit(2)
    extractor = _extractor(registry, min_confidence=min_confidence, model=model, device=device)
    found = readings(extractor, articles, min(workers, named.total or workers))
    if statements:
        found = ((article, tuple(claim for claim in claims if claim.is_statement)) for article, claims in found)
    if outer:
        found = ((article, tuple(claim for claim in claims if claim.within is None)) for article, claims in found)
    with progress("reading", named.total if len(first) > 1 else 1) as step:
        found = step.through(found)
        if output is None and form == "table":
            show(found, several=len(first) > 1, explain=explain, full=full)
        else:
            report_command.save(found, form=form, output=output, offsets=offsets)
    if named.told_skipped():
        sys.exit(1)


def _extractor(registry: str | None, **settings: Any) -> Extractor:
    """The extractor, with a list of organizations besides the shipped one; or the end of the command."""
    began = time.monotonic()
    try:
        shipped = quotebank.AffiliationRegistry.default()
        own = shipped.extended(quotebank.AffiliationRegistry.from_csv(registry)) if registry is not None else None
        extractor = quotebank.Extractor(registry=own, **settings)
    except (ArgumentValueError, RegistryError, SourceError, ModelError) as error:
        complain(str(error))
        sys.exit(3 if isinstance(error, ModelError) else 2)
    LOGGER.info("models loaded in %.1f s", time.monotonic() - began)
    return extractor


def show(found: Iterable[tuple[Article, tuple[Claim, ...]]], *, several: bool, explain: bool, full: bool) -> None:
    """Print the claims of each article as they come."""
    out = console()
    for article, claims in found:
        if several:
            out.rule(Text(name_of(article)), align="left", style="dim")
        if explain:
            out.print(explained(article, claims), soft_wrap=True)
        else:
            out.print(table(article, claims, full=full, width=out.width))


def table(article: Article, claims: tuple[Claim, ...], *, full: bool, width: int) -> Table | Text:
    """Claims as a table: who, the words that report it, how and what was said (↳ inside another claim), and where."""
    if not claims:
        return Text("no claims found", style="dim")
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=False)
    narrow = width < NARROW  # then the kind stands below the cue, so that what was said has room
    made.add_column("who", max_width=width // 4 if narrow else max(16, width // 3), overflow="fold")
    made.add_column("cue", max_width=12 if narrow else width // 8, overflow="fold")
    if not narrow:
        made.add_column("kind")
    made.add_column("said", ratio=1, overflow="fold")
    made.add_column("at", justify="right", style="dim")
    depths: dict[str, int] = {}
    for claim in claims:
        depths[claim.id] = depth = 0 if claim.within is None else depths.get(claim.within, 0) + 1
        cue, said = pieces(article, claim.cue), "↳ " * depth + pieces(article, claim.content)
        kind = Text(claim.kind, style=STYLES[claim.kind]).append(note(claim), style="dim")
        made.add_row(
            who(claim),
            *([Text(f"{cue}\n" if cue else "").append(kind)] if narrow else [Text(cue), kind]),
            Text(said if full or len(said) <= 160 else said[:157].rstrip() + "…"),
            f"{claim.content[0].start}",
        )
    return made


def pieces(article: Article, spans: tuple[Span, ...]) -> str:
    """The words under spans in one line, an ellipsis where something stands between two."""
    return " … ".join(" ".join(span.slice(article.text).split()) for span in spans)


def note(claim: Claim) -> str:
    """What there is to say of the act where it is no plain statement: "denial", "intention, negated"."""
    act = claim.act if claim.force is None else claim.force
    marks: list[str] = [act] if act != "statement" else []
    marks += [name for name, on in (("negated", claim.negated), ("conditional", claim.conditional)) if on]
    return "\n" + ", ".join(marks) if marks else ""


def who(claim: Claim) -> Text:
    """The speaker's name, with the role and the affiliation below; the type beside it where it is no person."""
    if claim.speaker is None:
        return Text("—", style="dim")
    name = Text(" ".join(claim.speaker.name.split()), style="bold")
    if claim.speaker.type != "person":
        name.append(f" ({claim.speaker.type})", style="dim not bold")
    known = [part for part in (claim.speaker.role, claim.speaker.affiliation) if part]
    if known and claim.speaker.role != claim.speaker.name:
        name.append("\n" + " · ".join(" ".join(part.split()) for part in known), style="dim not bold")
    return name


def explained(article: Article, claims: tuple[Claim, ...]) -> Text:
    """Each claim with the words that led to its parts, and where they stand."""
    if not claims:
        return Text("no claims found", style="dim")
    made = Text()
    by_id = {claim.id: claim for claim in claims}
    for claim in claims:
        made.append(f"{pieces(article, claim.content)}\n", style=STYLES[claim.kind])
        around = by_id.get(claim.within or "")
        inside = [] if around is None else [("within", "the claim of", around.content)]
        for name, value, spans in (*inside, *parts(claim)):
            made.append(f"  {name:13}", style="dim").append(value)
            shown = ", ".join(f"{marked(s.slice(article.text))} {s.start}–{s.end}" for s in spans)
            made.append(f"  ← {shown}\n" if shown else "\n", style="dim")
        made.append("\n")
    made.rstrip()
    return made


def marked(words: str) -> str:
    """Words in quotation marks, unless they have their own."""
    line = " ".join(words.split())
    return line if line[0] in MARKS else f"“{line}”"


def parts(claim: Claim) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """(name, value, the spans that state it) of what is known of a claim."""
    yield "kind", claim.kind, claim.content
    act = claim.act if claim.force is None else claim.force
    negated = ", negated" * claim.negated + ", conditional" * claim.conditional
    yield "act", act + negated, claim.cue
    speaker = claim.speaker
    if speaker is None:
        yield "speaker", "not stated", ()
        return
    yield "speaker", f"{' '.join(speaker.name.split())} ({speaker.type}, {speaker.confidence:.2f})", speaker.mentions
    if speaker.role is not None:
        yield "role", speaker.role, speaker.role_spans
    if speaker.affiliation is not None:
        yield "affiliation", speaker.affiliation, speaker.affiliation_spans
    if speaker.organization is not None:
        yield "organization", speaker.organization, ()


for _command in (
    extract,
    *bank_commands.COMMANDS,
    *people_commands.COMMANDS,
    remove_command.remove,
    report_command.report,
):
    main.add_command(_command)


if __name__ == "__main__":
    main()
