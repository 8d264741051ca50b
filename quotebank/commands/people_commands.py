"""The commands for who is who in a bank: speakers, merge, split, undo, namesakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from quotebank.commands.bank_options import (
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
from quotebank.commands.claim_tables import plain, show, table
from quotebank.commands.terminal import Terminal, waiting

if TYPE_CHECKING:
    from quotebank.bank import Decision, Profile


@bank_command()
@click.argument("name", required=False)
@answering
def speakers(bank: str, name: str | None, form: str) -> None:
    """List who speaks in BANK, or who goes by NAME: roles and affiliations over time, and how often.

    \b
    quotebank speakers claims.db Trenin
    """  # noqa: D301 - click needs the character, a backspace
    with bank_to_read(bank) as opened:
        with waiting("counting"):
            found = opened.speakers(name)
        if printed(opened, found, form):
            return
    rows = [_profile_row(profile) for profile in found]
    show(table(["id", "who", "roles", "affiliations", "claims", "articles"], rows), "nobody" if not rows else "")


def _profile_row(profile: Profile) -> list[Text]:
    also = [name for name in profile.names if name != profile.name]
    who = Text(plain(profile.name), style="bold")
    if also:
        who.append(f" (also {', '.join(map(plain, also))})", style="not bold dim")
    roles = Text("; ".join(dict.fromkeys(plain(s.text) for s in profile.roles)))
    bodies = Text("; ".join(dict.fromkeys("formerly " * s.former + plain(s.text) for s in profile.affiliations)))
    stated = [roles, bodies]
    return [Text(str(profile.id), style="dim"), who, *stated, Text(str(profile.claims)), Text(str(profile.articles))]


@bank_command()
@click.argument("speaker")
@click.argument("other")
@replying
def merge(bank: str, speaker: str, other: str, form: str) -> None:
    """Say that SPEAKER and OTHER (names or ids) are one, under the id of SPEAKER; `undo` takes it back.

    \b
    quotebank merge claims.db "Tony Blair" 17
    """  # noqa: D301 - click needs the character, a backspace
    with bank_to_write(bank) as opened, waiting("settling"):
        made = opened.merge(as_named(speaker), as_named(other))
    _decided(made, form)


@bank_command()
@click.argument("speaker")
@click.option("--article", "articles", multiple=True, metavar="ID", help="An article in which somebody else speaks.")
@click.option("--claim", "claims", multiple=True, metavar="ID", help="A claim that is somebody else's.")
@replying
def split(bank: str, speaker: str, articles: tuple[str, ...], claims: tuple[str, ...], form: str) -> None:
    """Say that in these articles or claims somebody else of the name of SPEAKER speaks; `undo` takes it back.

    \b
    quotebank split claims.db "Ann Stone" --article court.txt --article verdict.txt
    """  # noqa: D301 - click needs the character, a backspace
    if not articles and not claims:
        raise click.UsageError("name what somebody else says, with --article or --claim")
    with bank_to_write(bank) as opened, waiting("settling"):
        made = opened.split(as_named(speaker), articles=articles, claims=claims)
    _decided(made, form)


@bank_command()
@click.argument("decision", required=False, type=click.IntRange(min=1))
@replying
def undo(bank: str, decision: int | None, form: str) -> None:
    """Take back the last merge or split, or DECISION, by the number that it was given.

    \b
    quotebank undo claims.db
    """  # noqa: D301 - click needs the character, a backspace
    with bank_to_write(bank) as opened, waiting("settling"):
        undone = opened.undo(decision)
    _decided(undone, form)


def _decided(made: Decision, form: str) -> None:
    if form == "jsonl":
        json_lines([made])
        return
    what = {"merge": f"speaker {made.other_id} is speaker {made.speaker_id}",
            "split": f"speaker {made.other_id} is not speaker {made.speaker_id}"}[made.kind]  # fmt: skip
    undone = ", taken back" if made.undone else ""
    Terminal().print(f"decision {made.id}: {what}{undone}", highlight=False, markup=False)


@bank_command()
@LIMIT
@replying
def namesakes(bank: str, limit: int, form: str) -> None:
    """List pairs of speakers who may be one person, to `merge` or to leave: "Blair" and "Tony Blair".

    \b
    quotebank namesakes claims.db
    """  # noqa: D301 - click needs the character, a backspace
    with bank_to_read(bank) as opened, waiting("comparing"):
        pairs = opened.namesakes(limit=limit)
    if form == "jsonl":
        json_lines(pairs)
        return
    rows = [[*_profile_row(one)[:3], *_profile_row(other)[:3]] for one, other in pairs]
    show(table(["id", "who", "roles", "id", "who", "roles"], rows), "" if rows else "nobody is likely to be another")


COMMANDS = (speakers, namesakes, merge, split, undo)
