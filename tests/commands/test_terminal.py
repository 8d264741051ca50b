"""Nothing that an article, a bank or a file's name holds steers a terminal."""

import json

import pytest
from click.testing import CliRunner

from quotebank import Article, Claim, ClaimBank, Span, Speaker
from quotebank.commands.command_line import main

STEERING = "\x1b[31m\x1b]0;mine\x07\x9b2J\x08\r\u202edlrow"
SAID = "“We are ready for the flood season,” said Bo Diaz, the mayor of Oxbow.\n\n"
WORDS = f"“Hello {STEERING} there,”"


@pytest.fixture
def path(tmp_path):
    article = Article(
        text=f"{WORDS} said Ann.", id=f"a{STEERING}", title=f"T{STEERING}", publisher=f"P{STEERING}", url=f"u{STEERING}"
    )
    speaker = Speaker(name=f"Ann {STEERING}", role=f"mayor{STEERING}", affiliation=f"Oxbow{STEERING}")
    claim = Claim.build(article, content=[Span(0, len(WORDS))], speaker=speaker)
    with ClaimBank(tmp_path / "claims.db") as bank:
        bank.add(article, (claim,))
        bank.add(Article(text=article.text, id=f"b{STEERING}"), ())
    return str(tmp_path / "claims.db")


def is_clean(output):
    return not {c for c in output if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c == "\u202e"}


@pytest.mark.parametrize(
    "command",
    [
        ("search", "hello"),
        ("check", "Hello there"),
        ("check", WORDS),
        ("timeline", "1"),
        ("timeline", STEERING),
        ("speakers",),
        ("groups",),
        ("groups", "--least", "1"),
        ("verify",),
        ("namesakes",),
        ("remove", STEERING, "-y"),
        ("merge", "1", STEERING),
    ],
    ids=lambda c: c[0],
)
def test_a_bank_does_not(path, command):
    name, *rest = command
    done = CliRunner().invoke(main, [name, path, *rest])
    assert is_clean(done.stdout), ascii(done.stdout)
    assert is_clean(done.stderr), ascii(done.stderr)


def test_a_damaged_bank_does_not(path):
    with ClaimBank(path) as bank:
        bank._writer.execute("UPDATE claims SET speaker_name = 'x'")
    done = CliRunner().invoke(main, ["verify", path])
    assert "columns and its record differ" in done.stdout
    assert is_clean(done.output), ascii(done.output)


def test_an_article_does_not(tmp_path, extractor, monkeypatch):
    monkeypatch.setattr("quotebank.Extractor", lambda **_: extractor)
    (tmp_path / f"a{STEERING.replace('/', '')}.txt").write_text(
        f"{SAID}{WORDS} said Ann Lee{STEERING}.", encoding="utf8"
    )
    (tmp_path / f"b{STEERING}.txt").write_bytes(b"\xff")
    for option in ("--full", "--explain"):
        done = CliRunner().invoke(main, ["extract", str(tmp_path), option])
        assert "ready" in done.stdout
        assert "not UTF-8" in done.stderr
        assert is_clean(done.stdout), ascii(done.stdout)
        assert is_clean(done.stderr), ascii(done.stderr)


def test_other_programs_get_everything(path):
    done = CliRunner().invoke(main, ["search", path, "hello", "--format", "jsonl"])
    assert json.loads(done.stdout)["claim"]["text"] == WORDS
