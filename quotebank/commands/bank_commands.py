"""The commands for a bank: add, search, check, timeline, groups, verify, copy.

Exit codes: 0, done; 1, some files were skipped, or `verify` found a problem; 2, wrong usage, or the bank cannot be
opened; 3, the models are missing or damaged.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from quotebank.commands.bank_options import (
    AS_TYPED,
    LIMIT,
    answering,
    as_named,
    bank_command,
    bank_to_read,
    bank_to_write,
    json_lines,
    printed,
    replying,
)
from quotebank.commands.claim_tables import (
    day,
    offset,
    one_line,
    plain,
    reported_as,
    show,
    table,
    told_in,
    where,
    who,
)
from quotebank.commands.file_ids import FileIds
from quotebank.commands.named_articles import NamedArticles, reading_options
from quotebank.commands.terminal import INTERRUPTED, Terminal, complain, counted, mention, progress, waiting
from quotebank.errors import BankError
from quotebank.records import ACTS, FORCES, KINDS
from quotebank.spans import Span

if TYPE_CHECKING:
    from quotebank.bank import Appearance, Check, Group, Hit, Proof, Reference
    from quotebank.comparing import Difference

VERDICTS = {
    "said": "bold green",
    "altered": "bold yellow",
    "misattributed": "bold red",
    "not stated": "bold red",
    "second hand": "bold magenta",
    "unclear": "bold yellow",
    "paraphrase": "bold cyan",
    "not found": "bold dim",
}


@bank_command()
@click.argument("sources", nargs=-1, required=True, metavar="FILES… | DIR | -")
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Processes that read articles; 0 for one a core.",
)
@reading_options
@click.option("--publisher", help="Who published these articles.")
@click.option("--published", metavar="DATE", help="When, as 2026-11-22.")
@replying
def add(bank: str, sources: tuple[str, ...], form: str, **options: Any) -> None:
    """Read articles into BANK, which is made where there is none.

    FILES are as for `quotebank extract`. Articles are known by their id, those of text files and pages by the path of
    their file from the folder of BANK, however it is spelled. What is in the bank already, read by this version, is not
    read again: after Ctrl-C the same command goes on where it stopped. What cannot be read is named and skipped.

    \b
    quotebank add claims.db articles/ --workers 2
    quotebank add claims.db articles.jsonl.gz --column text=body
    quotebank add claims.db monday.txt --publisher "The Herald" --published 2026-11-22
    """  # noqa: D301 - click needs the character, a backspace
    workers, columns, encoding = (options.pop(name) for name in ("workers", "columns", "encoding"))
    ids = FileIds(bank)
    named = NamedArticles(sources, columns=columns, encoding=encoding, described=options, file_id=ids.of)
    first, articles = named.first_ones()
    if not first:
        complain(named.nothing_read())
        sys.exit(2)
    lines = json_lines if form == "jsonl" else lambda _: None
    with bank_to_write(bank) as opened, progress("reading", named.total) as step:

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
            f"{bank}: {totals.new} new, {totals.replaced} replaced, {counted(totals.unchanged, 'unchanged article')}; "
            f"{counted(totals.claims, 'claim')} written",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    if named.told_skipped():
        sys.exit(1)


@bank_command(context_settings=AS_TYPED)
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
@answering
def search(bank: str, text: tuple[str, ...], form: str, **filters: Any) -> None:
    """Find claims in BANK by their words, best first.

    All words must occur, in any form; words in quotation marks together; a word that ends in * may go on. Without
    TEXT the newest come first.

    \b
    quotebank search claims.db state collapse --speaker Trenin
    quotebank search claims.db '"state collapse"' --since 2026-01-01 --kind direct
    """  # noqa: D301 - click needs the character, a backspace
    with bank_to_read(bank) as opened:
        with waiting("searching"):
            hits = opened.search(" ".join(text), **filters)
        if printed(opened, hits, form):
            return
    show(
        table(["who", "as", "claim", "where", "at"], [_hit_row(hit) for hit in hits]),
        "nothing found" if not hits else "",
    )


def _hit_row(hit: Hit) -> list[Text]:
    marked = dict.fromkeys(span.slice(hit.snippet) for span in hit.matches)
    return [who(hit.claim), reported_as(hit.claim), told_in(hit, tuple(marked)), where(hit.article), offset(hit.claim)]


@bank_command()
@click.argument("speaker", required=False)
@click.option("--group", "group", type=click.IntRange(min=1), help="Follow a claim instead, by the id of its group.")
@answering
def timeline(bank: str, speaker: str | None, group: int | None, form: str) -> None:
    """Show what SPEAKER (a name or an id) said, oldest first; or with --group where and when one claim was reported.

    \b
    quotebank timeline claims.db "Dmitri Trenin"
    quotebank timeline claims.db --group 3
    """  # noqa: D301 - click needs the character, a backspace
    if (speaker is None) is (group is None):
        raise click.UsageError("name a speaker, or a group with --group")
    with bank_to_read(bank) as opened:
        with waiting("searching"):
            found = opened.timeline(as_named(speaker or "") if group is None else opened.group(group))
        if printed(opened, found, form):
            return
    rows = [
        [day(a.article), reported_as(a.claim), told_in(a), where(a.article, dated=False), offset(a.claim)]
        for a in found
    ]
    columns = ["when", "as", "claim", "where", "at"]
    if group is not None:  # whose it is may differ from article to article: "the company", "Acme"
        columns.insert(1, "who")
        rows = [[when, who(a.claim), *rest] for a, (when, *rest) in zip(found, rows, strict=True)]
    show(table(columns, rows))


@bank_command(context_settings=AS_TYPED)
@click.argument("quotation")
@click.option("--speaker", help="Who is supposed to have said it.")
@LIMIT
@answering
def check(bank: str, quotation: str, speaker: str | None, limit: int, form: str) -> None:
    """Did they say it, in those words?

    The answer is one of: said (word for word), altered (with the words that differ), misattributed (someone else said
    it), not stated (denied, refused, asked, only imagined), second hand (somebody else says that they said it),
    unclear (the words are there, but no plain report of them: read the sentence), paraphrase (only reported in other
    words), not found; with every place in BANK that proves it. Where no claim has the words but an article does, they
    are shown as they stand there: printed, but given to nobody.

    \b
    quotebank check claims.db "Assad is a sacred cow" --speaker "Dmitri Trenin"
    """  # noqa: D301 - click needs the character, a backspace
    with bank_to_read(bank) as opened:
        with waiting("checking"):
            answer = opened.check(quotation, speaker, limit=limit)
        if printed(opened, [answer], form):
            return
    _show_check(answer)


def _show_check(answer: Check) -> None:
    console = Terminal()
    console.print(
        Text(answer.verdict.upper(), style=VERDICTS[answer.verdict]), Text(plain(answer.explanation)), highlight=False
    )
    for proof in answer.proofs:
        console.print()
        console.print(_proof_line(proof), soft_wrap=False, highlight=False)
        console.print(Text("  ").append(plain(proof.sentence)), style="dim", highlight=False)
        _show_place(console, who(proof.appearance.claim).append(", "), proof.appearance.article, proof.spans)
    for passage in answer.passages:
        console.print(Text("\n  in the text: ").append(plain(passage.text)), highlight=False)
        console.print(Text("  ").append(plain(passage.sentence)), style="dim", highlight=False)
        _show_place(console, Text(), passage.article, passage.spans)


def _show_place(console: Terminal, told_by: Text, article: Reference, spans: Sequence[Span]) -> None:
    at = ", ".join(f"{s.start}–{s.end}" for s in spans)
    place = ", ".join(
        plain(str(part)) for part in (article.title, article.publisher, article.published, article.id) if part
    )
    console.print(Text("  — ").append(told_by).append(f"{place} at {at}"), style="dim", highlight=False)


def _proof_line(proof: Proof) -> Text:
    if proof.match != "altered":
        return Text("  ").append(plain(proof.text))
    return Text("  ").append(_marked(proof.differences))


def _marked(differences: Sequence[Difference]) -> Text:
    """Words only in the first text struck through in brackets, those only in the second underlined in braces."""
    pieces = []
    for d in differences:
        if d.change == "kept":
            pieces.append(Text(plain(d.second)))
            continue
        if d.first:
            pieces.append(Text(f"[{plain(d.first)}]", style="red strike"))
        if d.second:
            pieces.append(Text(f"{{{plain(d.second)}}}", style="green underline"))
    return Text(" ").join(pieces)


@bank_command()
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True, help="In so many articles or more.")
@LIMIT
@answering
def groups(bank: str, least: int, limit: int, form: str) -> None:
    """Show the claims that several articles report, and how their words differ from where they first appeared.

    [Words] are only in the first article, {words} only in the other.

    \b
    quotebank groups claims.db --least 3
    """  # noqa: D301 - click needs the character, a backspace
    with bank_to_read(bank) as opened:
        with waiting("searching"):
            found = opened.groups(least=least, limit=limit)
        if printed(opened, found, form):
            return
    if not found:
        show(None, f"no claim appears in {least} articles")
    for group in found:
        _show_group(group)


def _show_group(group: Group) -> None:
    console = Terminal()
    first = group.first
    heading = Text(f"{group.id}  ", style="dim").append(who(first.claim)).append("  ")
    console.print(heading.append(one_line(where(first.article), ", ")), highlight=False)
    console.print(_line(first), highlight=False)
    for wording in group.wordings:
        line = Text("   ").append(wording.relation, style="cyan").append(" in ")
        line.append(one_line(where(wording.appearance.article), ", ")).append(": ")
        if wording.relation in ("exact", "paraphrase"):
            line = line.append(_line(wording.appearance, indent=""))
        else:
            line.append(_marked(wording.differences))
        console.print(line, highlight=False)
    console.print()


def _line(found: Appearance, *, indent: str = "   ") -> Text:
    kind = reported_as(found.claim)
    return Text(indent).append(kind).append(": " if kind.plain else "").append(told_in(found))


@bank_command()
@replying
def verify(bank: str, form: str) -> None:
    """Check BANK: the file, its indexes, and every claim's offsets against the kept text.

    Exits with 1 where something is wrong, and says what.

    \b
    quotebank verify claims.db
    """  # noqa: D301 - click needs the character, a backspace
    if not Path(bank).exists():
        bank_to_read(bank)  # a bank is not made to be checked: say so
    try:
        opened = bank_to_write(bank)
    except BankError as error:
        mention(f"{error}; the full-text indexes are not checked")
        opened = bank_to_read(bank)
    with opened, progress("checking", None) as step:
        found = opened.verify(step.at)
    if form == "jsonl":
        json_lines([found])
    else:
        console = Terminal()
        for problem in found.problems:
            console.print(plain(problem), style="red", markup=False, highlight=False, soft_wrap=True)
        told_in_all = f"{counted(found.articles, 'article')}, {counted(found.claims, 'claim')}: "
        console.print(
            told_in_all + (counted(len(found.problems), "problem") if found.problems else "whole"), highlight=False
        )
    if not found.ok:
        sys.exit(1)


@bank_command()
@click.argument("new", type=click.Path(dir_okay=False))
@replying
def copy(bank: str, new: str, form: str) -> None:
    """Copy BANK as it is now to the file NEW, whole, also while others write to it.

    A file copied by hand while a process writes lacks what stands in the log beside it.

    \b
    quotebank copy claims.db backup/claims.db
    """  # noqa: D301 - click needs the character, a backspace
    with bank_to_read(bank) as opened, waiting("copying"):
        opened.copy(new)
    size = Path(new).stat().st_size
    if form == "jsonl":
        json_lines([{"bank": bank, "copy": new, "bytes": size}])
        return
    Terminal().print(f"{new}: {size:,} bytes", highlight=False, markup=False, soft_wrap=True)


COMMANDS = (add, search, check, timeline, groups, verify, copy)
