"""The commands for a bank: add, search, check, timeline, speakers, groups, verify.

Exit codes: 0, done; 1, some files were skipped, or `verify` found a problem; 2, wrong usage, or the bank cannot be
opened; 3, the models are missing or damaged.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec
from rich import box
from rich.markup import escape
from rich.table import Table
from rich.text import Text

import quotebank
from quotebank.commands.csv_answers import print_csv
from quotebank.commands.named_articles import NamedArticles, reading_options
from quotebank.commands.terminal import INTERRUPTED, Terminal, complain, mention, progress
from quotebank.errors import ModelError, QuotebankError
from quotebank.records import ACTS, FORCES, KINDS, Claim

if TYPE_CHECKING:
    from quotebank.bank import Check, ClaimBank, Group, Hit, Profile, Proof, Reference
    from quotebank.comparing import Difference

VERDICTS = {
    "said": "bold green",
    "altered": "bold yellow",
    "misattributed": "bold red",
    "not stated": "bold red",
    "second hand": "bold magenta",
    "paraphrase": "bold cyan",
    "not found": "bold dim",
}
# What is looked for may begin with a dash: "-x", or a list item in a quotation.
AS_TYPED = {"ignore_unknown_options": True}
BANK = click.argument("bank", type=click.Path(dir_okay=False))
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="A table to read, one JSON object a line, or a spreadsheet; offsets are code points.",
)
LIMIT = click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")


def told(function: Callable[..., None]) -> Callable[..., None]:
    """Run a command; say what went wrong in one line, without a traceback."""

    @click.pass_context
    def run(context: click.Context, /, **options: Any) -> None:
        try:
            context.invoke(function, **options)
        except QuotebankError as error:
            complain(str(error))
            sys.exit(3 if isinstance(error, ModelError) else 2)

    run.__name__, run.__doc__ = function.__name__, function.__doc__
    return run


def _opened(path: str) -> ClaimBank:
    return quotebank.ClaimBank(path, read_only=True)


def _lines(records: Iterable[object]) -> None:
    """Print records, one JSON object a line."""
    encoder = msgspec.json.Encoder()
    for record in records:
        sys.stdout.buffer.write(encoder.encode(record) + b"\n")
    sys.stdout.flush()


@click.command()
@BANK
@click.argument("sources", nargs=-1, required=True, metavar="FILES… | DIR | -")
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that read articles."
)
@reading_options
@click.option("--publisher", help="Who published these articles.")
@click.option("--published", metavar="DATE", help="When, as 2026-11-22.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", help="What to print.")
@told
def add(bank: str, sources: tuple[str, ...], form: str, **options: Any) -> None:
    """Read articles into BANK, which is made where there is none.

    SOURCES are as for `quotebank extract`. Articles are known by their id, those of text files and pages by the name of
    their file. What is in the bank already, read by this version, is not read again: after Ctrl-C the same command goes
    on where it stopped. What cannot be read is named and skipped.

    \b
    quotebank add claims.db articles/ --workers 2
    quotebank add claims.db articles.jsonl.gz --column text=body
    quotebank add claims.db monday.txt --publisher "The Herald" --published 2026-11-22
    """  # noqa: D301 - click needs the character, a backspace
    workers, columns, encoding = (options.pop(name) for name in ("workers", "columns", "encoding"))
    named = NamedArticles(sources, columns=columns, encoding=encoding, described=options)
    first, articles = named.first_ones()
    if not first:
        complain(named.nothing_read())
        sys.exit(2)
    lines = _lines if form == "jsonl" else lambda _: None
    with quotebank.ClaimBank(bank) as opened, progress("reading", named.total) as step:

        def done(added: object) -> None:
            lines([added])
            step.done()

        try:
            totals = opened.add_many(articles, workers=min(workers, named.total or workers), progress=done)
        except KeyboardInterrupt:
            mention("stopped; what was reported is in the bank, and the same command goes on from there")
            sys.exit(INTERRUPTED)
    if form == "table":
        Terminal().print(
            f"{bank}: {totals.new} new, {totals.replaced} replaced, {totals.unchanged} unchanged articles; "
            f"{totals.claims} claims written",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    if named.told_skipped():
        sys.exit(1)


@click.command(context_settings=AS_TYPED)
@BANK
@click.argument("text", nargs=-1)
@click.option("--speaker", help="Words of the speaker's name.")
@click.option("--role", help="Words of the speaker's role.")
@click.option("--affiliation", help="Words of the speaker's affiliation.")
@click.option("--kind", type=click.Choice(KINDS), help="How the claim is quoted.")
@click.option("--act", type=click.Choice((*ACTS, *FORCES)), help="What the article reports: the act, or its force.")
@click.option("--publisher", help="The publisher's name in full.")
@click.option("--since", metavar="DATE", help="Published on this day or later.")
@click.option("--until", metavar="DATE", help="Published on this day or before.")
@LIMIT
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out so many.")
@FORMAT
@told
def search(bank: str, text: tuple[str, ...], form: str, **filters: Any) -> None:
    """Find claims in BANK by their words, best first.

    All words must occur, in any form; words in quotation marks together; a word that ends in * may go on. Without
    TEXT the newest come first.

    \b
    quotebank search claims.db state collapse --speaker Trenin
    quotebank search claims.db '"state collapse"' --since 2026-01-01 --kind direct
    """  # noqa: D301 - click needs the character, a backspace
    with _opened(bank) as opened:
        hits = opened.search(" ".join(text), **filters)
        if form == "csv":
            print_csv(opened, hits)
            return
    if form == "jsonl":
        _lines(hits)
        return
    _show(_table(["who", "claim", "where", "at"], [_hit_row(hit) for hit in hits]), "nothing found" if not hits else "")


def _hit_row(hit: Hit) -> list[Text]:
    said = Text()
    at = 0
    for span in hit.matches:
        said.append(hit.snippet[at : span.start]).append(span.slice(hit.snippet), style="bold yellow")
        at = span.end
    said.append(hit.snippet[at:])
    return [_who(hit.claim), _one_line(said), _where(hit.article), _at(hit.claim)]


@click.command()
@BANK
@click.argument("speaker", required=False)
@click.option("--group", "group", type=click.IntRange(min=1), help="Follow a claim instead, by the id of its group.")
@FORMAT
@told
def timeline(bank: str, speaker: str | None, group: int | None, form: str) -> None:
    """Show what SPEAKER (a name or an id) said, oldest first; or with --group where and when one claim was reported.

    \b
    quotebank timeline claims.db "Dmitri Trenin"
    quotebank timeline claims.db --group 3
    """  # noqa: D301 - click needs the character, a backspace
    if (speaker is None) is (group is None):
        raise click.UsageError("name a speaker, or a group with --group")
    with _opened(bank) as opened:
        named = int(speaker) if speaker and speaker.isdecimal() else speaker or ""
        found = opened.timeline(named if group is None else opened.group(group))
        if form == "csv":
            print_csv(opened, found)
            return
    if form == "jsonl":
        _lines(found)
        return
    rows = [[_date(a.article), _said(a.claim), _where(a.article, dated=False), _at(a.claim)] for a in found]
    _show(_table(["when", "claim", "where", "at"], rows))


@click.command(context_settings=AS_TYPED)
@BANK
@click.argument("quotation")
@click.option("--speaker", help="Who is supposed to have said it.")
@LIMIT
@FORMAT
@told
def check(bank: str, quotation: str, speaker: str | None, limit: int, form: str) -> None:
    """Did they say it, in those words?

    The answer is one of: said (word for word), altered (with the words that differ), misattributed (someone else said
    it), not stated (denied, refused, asked, only imagined), second hand (somebody else says that they said it),
    paraphrase (only reported in other words), not found; with every place in BANK that proves it. Where no claim
    has the words but an article does, they are shown as they stand there: printed, but given to nobody.

    \b
    quotebank check claims.db "Assad is a sacred cow" --speaker "Dmitri Trenin"
    """  # noqa: D301 - click needs the character, a backspace
    with _opened(bank) as opened:
        answer = opened.check(quotation, speaker, limit=limit)
        if form == "csv":
            print_csv(opened, [answer])
            return
    if form == "jsonl":
        _lines([answer])
        return
    _show_check(answer)


def _show_check(answer: Check) -> None:
    console = Terminal()
    console.print(
        Text(answer.verdict.upper(), style=VERDICTS[answer.verdict]), Text(answer.explanation), highlight=False
    )
    for proof in answer.proofs:
        console.print()
        console.print(_proof_line(proof), soft_wrap=False, highlight=False)
        at = ", ".join(f"{s.start}–{s.end}" for s in proof.spans)
        where = Text("  — ").append(_who(proof.appearance.claim)).append(", ").append(_where(proof.appearance.article))
        console.print(where.append(f", {proof.appearance.article.id} at {at}"), style="dim", highlight=False)

    for passage in answer.passages:
        at = ", ".join(f"{s.start}–{s.end}" for s in passage.spans)
        console.print(Text("\n  in the text: ").append(" ".join(passage.text.split())), highlight=False)
        where = Text("  — ").append(_where(passage.article)).append(f", {passage.article.id} at {at}")
        console.print(where, style="dim", highlight=False)


def _proof_line(proof: Proof) -> Text:
    if proof.match != "altered":
        return Text("  ").append(" ".join(proof.text.split()))
    return Text("  ").append(_marked(proof.differences))


def _marked(differences: Sequence[Difference]) -> Text:
    """Words only in the first text struck through in brackets, those only in the second underlined in braces."""
    pieces = []
    for d in differences:
        if d.change == "kept":
            pieces.append(Text(" ".join(d.second.split())))
            continue
        if d.first:
            pieces.append(Text(f"[{' '.join(d.first.split())}]", style="red strike"))
        if d.second:
            pieces.append(Text(f"{{{' '.join(d.second.split())}}}", style="green underline"))
    return Text(" ").join(pieces)


@click.command()
@BANK
@click.argument("name", required=False)
@FORMAT
@told
def speakers(bank: str, name: str | None, form: str) -> None:
    """List who speaks in BANK, or who goes by NAME: roles and affiliations over time, and how often.

    \b
    quotebank speakers claims.db Trenin
    """  # noqa: D301 - click needs the character, a backspace
    with _opened(bank) as opened:
        found = opened.speakers(name)
        if form == "csv":
            print_csv(opened, found)
            return
    if form == "jsonl":
        _lines(found)
        return
    rows = [_profile_row(profile) for profile in found]
    _show(_table(["id", "who", "roles", "affiliations", "claims", "articles"], rows), "nobody" if not rows else "")


def _profile_row(profile: Profile) -> list[Text]:
    also = [name for name in profile.names if name != profile.name]
    who = Text(profile.name, style="bold")
    if also:
        who.append(f" (also {', '.join(also)})", style="not bold dim")
    stated = [
        Text("; ".join(dict.fromkeys(" ".join(s.text.split()) for s in what)))
        for what in (profile.roles, profile.affiliations)
    ]
    return [Text(str(profile.id), style="dim"), who, *stated, Text(str(profile.claims)), Text(str(profile.articles))]


@click.command()
@BANK
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True, help="In so many articles or more.")
@LIMIT
@FORMAT
@told
def groups(bank: str, least: int, limit: int, form: str) -> None:
    """Show the claims that several articles report, and how their words differ from where they first appeared.

    [Words] are only in the first article, {words} only in the other.

    \b
    quotebank groups claims.db --least 3
    """  # noqa: D301 - click needs the character, a backspace
    with _opened(bank) as opened:
        found = opened.groups(least=least, limit=limit)
        if form == "csv":
            print_csv(opened, found)
            return
    if form == "jsonl":
        _lines(found)
        return
    if not found:
        _show(None, f"no claim appears in {least} articles")
    for group in found:
        _show_group(group)


def _show_group(group: Group) -> None:
    console = Terminal()
    first = group.first
    heading = Text(f"{group.id}  ", style="dim").append(_who(first.claim)).append("  ")
    console.print(heading.append(_where(first.article)), highlight=False)
    console.print(Text("   ").append(_said(first.claim)), highlight=False)
    for wording in group.wordings:
        line = Text("   ").append(wording.relation, style="cyan").append(" in ")
        line.append(_where(wording.appearance.article)).append(": ")
        if wording.relation in ("exact", "paraphrase"):
            line.append(_said(wording.appearance.claim))
        else:
            line.append(_marked(wording.differences))
        console.print(line, highlight=False)
    console.print()


@click.command()
@BANK
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", help="What to print.")
@told
def verify(bank: str, form: str) -> None:
    """Check BANK: the file, its indexes, and every claim's offsets against the kept text.

    Exits with 1 where something is wrong, and says what.

    \b
    quotebank verify claims.db
    """  # noqa: D301 - click needs the character, a backspace
    _opened(bank).close()  # a bank is not made to be checked
    with quotebank.ClaimBank(bank) as opened, progress("checking", None) as step:
        found = opened.verify(step.at)
    if form == "jsonl":
        _lines([found])
    else:
        console = Terminal()
        for problem in found.problems:
            console.print(problem, style="red", markup=False, highlight=False, soft_wrap=True)
        told_in_all = f"{found.articles} articles, {found.claims} claims: "
        console.print(told_in_all + (f"{len(found.problems)} problems" if found.problems else "whole"), highlight=False)
    if not found.ok:
        sys.exit(1)


# Pieces of tables


def _table(columns: Sequence[str], rows: Sequence[Sequence[Text]]) -> Table | None:
    if not rows:
        return None
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        right = name in ("at", "id", "claims", "articles")
        made.add_column(
            name,
            justify="right" if right else "left",
            ratio=1 if name == "claim" else None,
            max_width=28 if name in ("who", "where", "roles", "affiliations") else None,
            no_wrap=right or name == "when",
            overflow="fold",
        )
    for row in rows:
        made.add_row(*row)
    return made


def _show(table: Table | None, otherwise: str = "") -> None:
    console = Terminal()
    if table is not None:
        console.print(table)
    elif otherwise:
        console.print(escape(otherwise), style="dim", highlight=False)


def _who(claim: Claim) -> Text:
    return Text(" ".join(claim.speaker.name.split()), style="bold") if claim.speaker else Text("—", style="dim")


def _said(claim: Claim) -> Text:
    return _one_line(Text(claim.text))


def _one_line(text: Text) -> Text:
    """The text without line breaks, its styles kept."""
    return Text(" ").join(line for line in text.split("\n") if line.plain.strip())


def _where(article: Reference, *, dated: bool = True) -> Text:
    date = f" {article.published}" if dated and article.published else ""
    return Text(f"{article.publisher or article.id}{date}")


def _date(article: Reference) -> Text:
    return Text(str(article.published or "—"), style="dim")


def _at(claim: Claim) -> Text:
    return Text(str(claim.content[0].start), style="dim")


COMMANDS = (add, search, check, timeline, speakers, groups, verify)
