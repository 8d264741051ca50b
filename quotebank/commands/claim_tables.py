"""How claims stand in tables at a prompt: each in its sentence, with what the article does not have as a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex
from rich import box
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from quotebank.commands.terminal import Terminal
from quotebank.records import Claim

if TYPE_CHECKING:
    from quotebank.bank import Appearance, Hit, Reference

NARROW = ("who", "where", "roles", "affiliations")
LONGEST = 400  # code points of a sentence in a table
TITLE = 56  # code points of a title in a table
CONTROL = regex.compile(r"[\p{Cc}\p{Cf}--[\u200c\u200d]]+", flags=regex.V1)  # joiners belong to words


def table(columns: Sequence[str], rows: Sequence[Sequence[Text]]) -> Table | None:
    """A table of these columns, None where there is no row."""
    if not rows:
        return None
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        right = name in ("at", "id", "claims", "articles")
        made.add_column(
            name,
            justify="right" if right else "left",
            ratio=1 if name == "claim" else None,
            max_width=28 if name in NARROW else None,
            no_wrap=right or name in ("when", "as"),
            overflow="fold",
        )
    for row in rows:
        made.add_row(*row)
    return made


def show(table: Table | None, otherwise: str = "") -> None:
    """Print a table, or what there is to say instead."""
    console = Terminal()
    if table is not None:
        console.print(table)
    elif otherwise:
        console.print(escape(otherwise), style="dim", highlight=False)


def who(claim: Claim) -> Text:
    """Who speaks."""
    return Text(plain(claim.speaker.name), style="bold") if claim.speaker else Text("—", style="dim")


def told_in(found: Appearance | Hit, marked: Sequence[str] = ()) -> Text:
    """A claim in its sentence: what is said as it is, the words that report it dim; `marked` words stand out."""
    sentence, said = plain(found.sentence), " ".join(plain(found.claim.text).split())
    at = sentence.find(said)
    text = Text(sentence)
    if at >= 0:
        text.stylize("dim", 0, at)
        text.stylize("dim", at + len(said))
    for word in marked:
        for match in regex.finditer(regex.escape(word), sentence, flags=regex.I):
            text.stylize("bold yellow", *match.span())
    return _cut(text, max(at, 0))


def _cut(text: Text, at: int) -> Text:
    """A long sentence around what is said in it."""
    if len(text) <= LONGEST:
        return text
    start = min(max(0, at - LONGEST // 4), len(text) - LONGEST)
    cut = text[start : start + LONGEST]
    return Text("…" if start else "").append_text(cut).append("…" if start + LONGEST < len(text) else "")


def reported_as(claim: Claim) -> Text:
    """What the article reports, where it is no plain statement."""
    if claim.within is not None:
        kind = "nested"
    elif claim.negated:
        kind = "not said"
    elif claim.conditional:
        kind = "possible"
    else:
        kind = (claim.force or claim.act).replace("statement", "")
    return Text(kind, style="magenta")


def plain(text: str) -> str:
    """A text on one line, without what would steer a terminal."""
    return " ".join(CONTROL.sub(" ", text).split())


def shortened(title: str) -> str:
    """A title as far as two lines of a narrow column hold it."""
    return title if len(title) <= TITLE else title[: TITLE - 1].rstrip() + "…"


def one_line(text: Text, between: str = " ") -> Text:
    """The text without line breaks, its styles kept."""
    return Text(between).join(line for line in text.split("\n") if line.plain.strip())


def where(article: Reference, *, dated: bool = True) -> Text:
    """Where to find an article: title, publisher and day, id."""
    date = f" {article.published}" if dated and article.published else ""
    title = f"{shortened(plain(article.title))}\n" if article.title else ""
    place = f"{plain(article.publisher)}{date}" if article.publisher else date.strip()
    return Text("\n").join(Text(part) for part in (title, place, plain(article.id)) if part)


def day(article: Reference) -> Text:
    """When an article was published."""
    return Text(str(article.published or "—"), style="dim")


def offset(claim: Claim) -> Text:
    """Where a claim begins in its article."""
    return Text(str(claim.content[0].start), style="dim")
