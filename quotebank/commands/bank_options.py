"""What the commands for a bank have in common: how the bank is named, how they answer, how they fail."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click
import msgspec

import quotebank
from quotebank.commands.csv_answers import print_csv
from quotebank.commands.terminal import complain, waiting
from quotebank.errors import ModelError, QuotebankError

if TYPE_CHECKING:
    from quotebank.bank import ClaimBank

LIMIT = click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
# What is looked for may begin with a dash: "-x", or a list item in a quotation.
AS_TYPED = {"ignore_unknown_options": True}


def bank_command(**settings: Any) -> Callable[[Callable[..., None]], click.Command]:
    """A command whose first argument is BANK."""

    def made(function: Callable[..., None]) -> click.Command:
        command: click.Command = click.command(**settings)(
            click.argument("bank", type=click.Path(dir_okay=False))(function)
        )
        return command

    return made


def answering(function: Callable[..., None]) -> Callable[..., None]:
    """A command that answers with records, and has `--format` for how."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(["table", "jsonl", "csv"]),
        default="table",
        show_default=True,
        help="A table to read, one JSON object a line, or a spreadsheet; offsets are code points.",
    )
    return form(told(function))


def replying(function: Callable[..., None]) -> Callable[..., None]:
    """A command that says what it has done, and has `--format` for how."""
    form = click.option(
        "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", help="What to print."
    )
    return form(told(function))


def told(function: Callable[..., None]) -> Callable[..., None]:
    """Run a command; say what went wrong in one line, without a traceback."""

    @click.pass_context
    def run(context: click.Context, /, **options: Any) -> None:
        try:
            context.invoke(function, **options)
        except QuotebankError as error:
            complain(str(error))
            sys.exit(3 if isinstance(error, ModelError) else 2)
        except (TypeError, ValueError, AttributeError) as error:  # what was read cannot be shown
            damage = found_damaged(options["bank"])
            if damage is None:
                raise
            complain(f"the bank {options['bank']} is damaged: {damage} ({error})")
            sys.exit(2)

    run.__name__, run.__doc__ = function.__name__, function.__doc__
    return run


def found_damaged(bank: str) -> str | None:
    """The first thing that `verify` finds in a bank, if anything."""
    with suppress(QuotebankError), bank_to_read(bank) as opened:
        return next(iter(opened.verify().problems), None)
    return None


def bank_to_read(path: str) -> ClaimBank:
    """A bank that is there, opened for reading."""
    return quotebank.ClaimBank(path, read_only=True)


def bank_to_write(path: str) -> ClaimBank:
    """A bank opened for writing: one of an earlier version is brought up to date first, which takes its time."""
    with waiting("opening"):
        return quotebank.ClaimBank(path)


def as_named(speaker: str) -> str | int:
    """A speaker as somebody types one: a name, or an id."""
    return int(speaker) if speaker.isdecimal() else speaker


def printed(bank: ClaimBank, records: Sequence[Any], form: str) -> bool:
    """Print what a bank has answered for other programs, as JSON lines or CSV; False where a person wants a table."""
    if form == "csv":
        print_csv(bank, records)
    elif form == "jsonl":
        json_lines(records)
    return form != "table"


def json_lines(records: Iterable[object]) -> None:
    """Print records, one JSON object a line."""
    encoder = msgspec.json.Encoder()
    for record in records:
        sys.stdout.buffer.write(encoder.encode(record) + b"\n")
    sys.stdout.flush()
