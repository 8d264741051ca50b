"""How every command behaves at a prompt: what it says and where, its exit code when it is interrupted or cut off.

Messages go to standard error through the logger `quotebank`, so that `-q` and `-v` say how many there are; other
libraries' loggers are left alone. Exit codes: 130 after Ctrl-C, 0 where the reader of a pipe had enough (`| head`).
"""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import click
import regex
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.segment import Segment

Item = TypeVar("Item")

LOGGER = logging.getLogger("quotebank")
# Control characters but for the end of a line, and those that turn the direction of writing.
STEERING = regex.compile(r"[[\p{Cc}--\n]\u202a-\u202e\u2066-\u2069]", flags=regex.V1)
INTERRUPTED = 130  # 128 and the number of SIGINT, as shells count
COLOURS = {logging.ERROR: "red", logging.WARNING: "red"}


class _ToStandardError(logging.Handler):
    """Prints messages as they are: in one line, coloured where somebody looks."""

    def emit(self, record: logging.LogRecord) -> None:
        console(stderr=True).print(
            record.getMessage(),
            style=COLOURS.get(record.levelno, "dim"),
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


class Terminal(Console):
    """A console for which the end of a pipe is no failure, and which no text can steer."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is to be written, less all of a text that a terminal would obey and not show."""
        for segment in super().render(renderable, options):
            if not segment.control and STEERING.search(segment.text):
                yield Segment(STEERING.sub("", segment.text), segment.style)
            else:
                yield segment

    def on_broken_pipe(self) -> None:
        """Stop quietly: whoever read the output has enough of it."""
        _leave_pipe()


def console(*, stderr: bool = False) -> Terminal:
    """What prints to standard output, or to standard error."""
    return Terminal(stderr=stderr)


def counted(number: int, noun: str) -> str:
    """A number of things with their noun: 1 article, 2 articles."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def complain(message: str) -> None:
    """Say what went wrong, in one line."""
    LOGGER.error(message)


def mention(message: str) -> None:
    """Say what is good to know, unless the user wants it quiet."""
    LOGGER.warning(message)


class Commands(click.Group):
    """The group of all commands: each takes `-v` and `-q`, and ends as this module says."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, with the options that all have."""
        cmd.params += [
            click.Option(
                ["-v", "--verbose"], is_flag=True, expose_value=False, callback=_at_level(logging.INFO),
                help="Say more on standard error: what is read, and how long it took.",
            ),
            click.Option(
                ["-q", "--quiet"], is_flag=True, expose_value=False, callback=_at_level(logging.CRITICAL),
                help="Say nothing on standard error; the exit code tells.",
            ),
        ]  # fmt: skip
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; where nobody reads its output to the end, stop without a word."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise
            _leave_pipe()
        return done

    def main(  # type: ignore[override]  # click's overloads differ in what never returns
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run a command and leave with its exit code."""
        _prepare_streams()
        handler = _ToStandardError()
        LOGGER.addHandler(handler)
        LOGGER.propagate, propagated = False, LOGGER.propagate
        level = LOGGER.level
        LOGGER.setLevel(logging.WARNING)
        try:
            return super().main(args, prog_name, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except (click.exceptions.Abort, KeyboardInterrupt):
            mention("stopped")
            sys.exit(INTERRUPTED)
        finally:
            LOGGER.removeHandler(handler)
            LOGGER.propagate = propagated
            LOGGER.setLevel(level)


class Step:
    """How far a command is."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar, self._task = bar, task

    def done(self, count: int = 1) -> None:
        """So many more are done."""
        self._bar.advance(self._task, count)

    def at(self, done: int, total: int) -> None:
        """So many of so many are done."""
        self._bar.update(self._task, completed=done, total=total)

    def through(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, each counted once it has been dealt with."""
        for item in items:
            yield item
            self.done()


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Step]:
    """A bar on standard error while something goes on, where somebody looks and there is more than one of it."""
    counted = MofNCompleteColumn() if total is not None else TextColumn("{task.completed:g}")
    columns = (TextColumn("{task.description}"), BarColumn(), counted, TimeElapsedColumn(), TimeRemainingColumn())
    with _shown(*columns, hidden=total in (0, 1)) as bar:
        yield Step(bar, bar.add_task(what, total=total))


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """How long something has been going on of which nobody can say how far it is, where somebody looks."""
    with _shown(TextColumn("{task.description}"), SpinnerColumn(), TimeElapsedColumn()) as bar:
        bar.add_task(what, total=None)
        yield


def _shown(*columns: ProgressColumn, hidden: bool = False) -> Progress:
    errors = console(stderr=True)
    hidden = hidden or not errors.is_terminal or LOGGER.level > logging.ERROR
    return Progress(*columns, console=errors, disable=hidden, transient=True)


def _at_level(level: int) -> Any:
    def set_level(context: click.Context, option: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's
        if value:
            LOGGER.setLevel(level)

    return set_level


def _prepare_streams() -> None:
    """Let no character that a narrow code page lacks stop a command: it is shown as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "")
            if encoding not in ("utf8", "utf8sig", "utf16", "utf32"):
                stream.reconfigure(errors="replace")


def _leave_pipe() -> NoReturn:
    """End without a word: what is still in the buffer has nobody to go to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)
