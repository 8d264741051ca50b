"""The command that makes a bank forget: `quotebank remove`."""

from __future__ import annotations

import sys

import click

from quotebank.commands.bank_options import bank_command, bank_to_read, bank_to_write, told
from quotebank.commands.file_ids import FileIds
from quotebank.commands.terminal import Terminal, complain, counted, waiting
from quotebank.errors import NotInBankError


@bank_command()
@click.argument("articles", nargs=-1, metavar="[ID…]")
@click.option("--url", help="The articles of this address.")
@click.option("--publisher", help="All articles of this publisher, its name in full.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask first.")
@told
def remove(bank: str, articles: tuple[str, ...], url: str | None, publisher: str | None, yes: bool) -> None:
    """Take articles out of BANK, with their claims and every word: for retractions and privacy.

    Articles are named by their ids, which every other command shows, by their files, their address or their publisher.
    The file is written anew; copies of it are yours to find.

    \b
    quotebank remove claims.db articles/monday.txt
    quotebank remove claims.db --publisher "The Herald" --yes
    """  # noqa: D301 - click needs the character, a backspace
    ids = FileIds(bank)
    ways: list[dict[str, str]] = [{"article": ids.known(name)} for name in articles]
    ways += [{name: value} for name, value in (("url", url), ("publisher", publisher)) if value is not None]
    if not ways:
        raise click.UsageError("name articles by their ids, or give --url or --publisher")
    missing, gone, claims = 0, 0, 0
    with bank_to_read(bank) as opened:  # a bank is not made to be emptied, and nobody asked of what it does not have
        for way in [way for way in ways if "article" in way]:
            try:
                opened.article(way["article"])
            except NotInBankError as error:
                missing += 1
                complain(str(error))
                ways.remove(way)
    if not ways:
        sys.exit(2)
    meant = ", ".join(f"{name} {value}" for way in ways for name, value in way.items())
    if not yes:
        click.confirm(f"Remove {meant} from {bank}, for good?", abort=True)
    with bank_to_write(bank) as opened, waiting("removing"):
        for way in ways:
            try:
                removed = opened.remove(**way)
            except NotInBankError as error:
                missing += 1
                complain(str(error))
            else:
                gone, claims = gone + removed.articles, claims + removed.claims
    Terminal().print(
        f"{bank}: {counted(gone, 'article')} with {counted(claims, 'claim')} removed",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )
    if missing:
        sys.exit(1 if gone else 2)
