"""What a bank is told to forget is gone: from every table, every index, and from the bytes of its file."""

from __future__ import annotations

import sqlite3

import pytest
from click.testing import CliRunner

import quotebank
from quotebank import Article, Claim, ClaimBank, Span
from quotebank.commands import main
from quotebank.errors import ArgumentTypeError, ArgumentValueError, NotInBankError


def reading(name, speaker, words, **about):
    text = f"“{words},” said {speaker}. Nobody asked about the {name} zanzibarium."
    article = Article(text=text, id=name, title=f"Quixotic {name}", **about)
    content = Span(0, text.index("”") + 1)
    source = Span(text.index(speaker), text.index(speaker) + len(speaker))
    return article, (Claim.build(article, content=[content], source=[source], speaker=speaker),)


SHARED = "The harbour crane will stand idle for another seven winters"
READINGS = (
    reading("first", "Winifred Stroud", SHARED, publisher="The Herald", url="https://a.example/1"),
    reading("second", "Winifred Stroud", SHARED, publisher="The Gazette"),
    reading("third", "Barnaby Quillfeather", "My xylophone was stolen by marmosets", publisher="The Herald"),
)


@pytest.fixture
def path(tmp_path):
    with ClaimBank(tmp_path / "claims.db") as bank:
        bank.add_many(READINGS)
    return tmp_path / "claims.db"


def dumped(path):
    """Every row of every table that is not an index's own, without the counters of new rows and the times."""
    with sqlite3.connect(path) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        kept = [n for n in names if "_fts" not in n and not n.startswith("sqlite_")]
        return {n: connection.execute(f"SELECT * FROM {n}").fetchall() for n in kept}


def bytes_beside(path):
    return b"".join(p.read_bytes() for p in path.parent.iterdir())


def test_nothing_of_it_is_left(path):
    assert b"xylophone" in bytes_beside(path)
    with ClaimBank(path) as bank:
        removed = bank.remove("third")
        assert (removed.articles, removed.claims) == (1, 1)
        left = bytes_beside(path)
        for word in (b"xylophone", b"marmoset", b"Quillfeather", b"quillfeath", b"third", b"Quixotic third"):
            assert word not in left, word
        assert b"zanzibarium" in left
        assert bank.verify().ok
        assert not bank.search("xylophone")
        assert [p.name for p in bank.speakers()] == ["Winifred Stroud"]
        with pytest.raises(NotInBankError):
            bank.article("third")


def test_a_bank_after_removing_is_the_bank_without(path, tmp_path):
    with ClaimBank(path) as bank:
        assert [len(g.appearances) for g in bank.groups()] == [2]
        bank.remove(url="https://a.example/1")
        assert not bank.groups()
        assert bank.check(SHARED, "Winifred Stroud").verdict == "said"
        assert [hit.article.id for hit in bank.search("crane")] == ["second"]
        bank.add(*READINGS[0])
        assert [len(g.appearances) for g in bank.groups()] == [2]
        assert bank.verify().ok


def test_by_publisher_and_with_decisions(path):
    with ClaimBank(path) as bank:
        bank.merge("Winifred Stroud", "Barnaby Quillfeather")
        assert bank.remove(publisher="the herald").articles == 2
        assert list(bank.articles()) == ["second"]
        assert bank.remove(READINGS[1][0]).articles == 1
        assert not bank.decisions()
        assert not bank.speakers()
        assert bank.verify().ok
    assert {name for name, rows in dumped(path).items() if rows} == {"log"}
    assert b"Stroud" not in bytes_beside(path)


def test_wrong_arguments(path):
    with ClaimBank(path) as bank:
        for arguments in ({}, {"article": "first", "url": "x"}):
            with pytest.raises(ArgumentValueError, match="takes one of"):
                bank.remove(**arguments)
        with pytest.raises(ArgumentTypeError):
            bank.remove(3)
        with pytest.raises(NotInBankError, match="publisher 'Nobody'"):
            bank.remove(publisher="Nobody")
    with ClaimBank(path, read_only=True) as bank, pytest.raises(quotebank.BankError, match="reading only"):
        bank.remove("first")


def test_at_a_prompt(path):
    def run(*arguments, **options):
        return CliRunner().invoke(main, ["remove", str(path), *arguments], **options)

    assert run("first", input="n\n").exit_code == 130
    done = run("third", "nowhere", "--yes")
    assert (done.exit_code, done.stdout) == (1, f"{path}: 1 article with 1 claim removed\n")
    assert "nowhere" in done.stderr
    assert run("third", "--yes").exit_code == 2
    assert run("--yes").exit_code == 2
    assert run("--publisher", "The Gazette", input="y\n").exit_code == 0


@pytest.mark.parametrize(
    "command", [("search", "crane"), ("check", SHARED), ("timeline", "Stroud"), ("speakers",), ("groups",), ("verify",)]
)
def test_a_command_that_only_reads_leaves_no_file_beside_the_bank(path, command):
    name, *rest = command
    before = path.read_bytes()
    done = CliRunner().invoke(main, [name, str(path), *rest])
    assert done.exit_code == 0
    assert [p.name for p in path.parent.iterdir()] == ["claims.db"]
    if name != "verify":
        assert path.read_bytes() == before
