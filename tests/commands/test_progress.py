"""Whoever looks sees that a long command is at work; files and pipes hear nothing of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quotebank import ClaimBank
from tests.bank.reports import filled, report

pty = pytest.importorskip("pty")  # there is none on Windows

ARTICLES = ("one.txt", "two.txt")
COMMANDS = {
    "extract": ("reading", [*ARTICLES]),
    "add": ("reading", ["claims.db", *ARTICLES]),
    "report": ("reading", [*ARTICLES, "-o", "page.html"]),
    "verify": ("checking", ["claims.db"]),
    "search": ("searching", ["claims.db", "roof"]),
    "check": ("checking", ["claims.db", "We were told that the roof was safe"]),
    "timeline": ("searching", ["claims.db", "Ann Lee"]),
    "groups": ("searching", ["claims.db"]),
    "speakers": ("counting", ["claims.db"]),
    "namesakes": ("comparing", ["claims.db"]),
    "merge": ("settling", ["claims.db", "Ann Lee", "Bo Diaz"]),
    "copy": ("copying", ["claims.db", "copy.db"]),
    "remove": ("removing", ["claims.db", "a", "--yes"]),
}


@pytest.fixture
def folder(tmp_path):
    for number, name in enumerate(ARTICLES):
        (tmp_path / name).write_text(f"“The roof of hall {number} was safe,” said Ann Lee.", encoding="utf8")
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(
            bank,
            report("“We were told on Monday that the roof was safe,”", "Ann Lee", id="a"),
            report("“We were told on Monday that the roof was quite safe,”", "Bo Diaz", id="b"),
        )
    return tmp_path


def said(command: list[str], folder: Path, *, seen: bool) -> str:
    """What a command says on standard error, which is a terminal where it is `seen`."""
    ours, theirs = pty.openpty() if seen else os.pipe()
    call = [sys.executable, "-m", "quotebank", *command]
    process = subprocess.Popen(
        call,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        cwd=folder,
        env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )
    os.close(theirs)
    out = b""
    try:
        while part := os.read(ours, 4096):
            out += part
    except OSError:  # so ends a terminal on Linux
        pass
    os.close(ours)
    assert process.wait() == 0, out
    return out.decode("utf8")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_how_far_it_is_where_somebody_looks(command, folder):
    what, arguments = COMMANDS[command]
    assert what in said([command, *arguments], folder, seen=True)


@pytest.mark.parametrize("command", ["speakers", "verify"])
def test_it_says_nothing_to_a_file_or_to_who_wants_it_quiet(command, folder):
    _, arguments = COMMANDS[command]
    assert said([command, *arguments], folder, seen=False) == ""
    assert said([command, *arguments, "-q"], folder, seen=True) == ""
