"""One file is one article of a bank, however its path is spelled and wherever the command is run."""

import pytest
from click.testing import CliRunner

from quotebank import ClaimBank
from quotebank.commands.command_line import main
from tests.bank.reports import Reader


@pytest.fixture(autouse=True)
def one_reader(monkeypatch):
    monkeypatch.setattr("quotebank.extractor.default_extractor", Reader)


def added(*args):
    done = CliRunner().invoke(main, ["add", *map(str, args)])
    assert done.exit_code == 0, done.output
    return done.stdout


def ids(bank):
    with ClaimBank(bank, read_only=True) as opened:
        return list(opened.articles())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "news" / "may").mkdir(parents=True)
    for name, words in (("news/a.txt", "“We are one,” she said."), ("news/may/a.txt", "“We are two,” she said.")):
        (tmp_path / name).write_text(words, encoding="utf8")
    monkeypatch.chdir(tmp_path / "news")
    return tmp_path / "news"


def test_every_spelling_of_a_path_is_the_same_article(folder):
    (folder / "link.txt").symlink_to("a.txt")
    for name in ("a.txt", "./a.txt", folder / "a.txt", "may/../a.txt", "link.txt", folder.parent / "news/./a.txt"):
        assert "1 new" in added("bank.db", name) if name == "a.txt" else "1 unchanged" in added("bank.db", name)
    assert ids("bank.db") == ["a.txt"]
    added("other.db", "link.txt", "./a.txt", folder)  # the first spelling stays; of another file, its own
    assert ids("other.db") == ["link.txt", "may/a.txt"]


def test_the_folder_of_the_bank_counts_not_that_of_the_command(folder, monkeypatch):
    added("bank.db", "a.txt")
    monkeypatch.chdir(folder / "may")
    assert "1 unchanged" in added("../bank.db", "../a.txt")
    assert "1 new" in added("../bank.db", "a.txt")  # another file of that name
    assert ids(folder / "bank.db") == ["a.txt", "may/a.txt"]


def test_a_file_outside_the_folder_of_the_bank_has_its_whole_path(folder):
    (folder / "banks").mkdir()
    added("banks/bank.db", "a.txt")
    assert ids("banks/bank.db") == [str(folder / "a.txt")]


def test_folders_that_are_links_are_named_as_they_are(folder, tmp_path):
    (tmp_path / "linked").symlink_to(folder / "may")
    added(tmp_path / "bank.db", tmp_path / "linked")
    assert ids(tmp_path / "bank.db") == ["linked/a.txt"]
    added(tmp_path / "bank.db", folder / "may")
    assert ids(tmp_path / "bank.db") == ["linked/a.txt"]


def test_remove_takes_files_too(folder):
    added("bank.db", "a.txt", "may/a.txt")
    done = CliRunner().invoke(main, ["remove", "bank.db", "./a.txt", "--yes"])
    assert "1 article " in done.stdout, done.output
    done = CliRunner().invoke(main, ["remove", "bank.db", "no such", "--yes"])
    assert done.exit_code == 2
    assert ids("bank.db") == ["may/a.txt"]


def test_what_says_its_own_id_keeps_it(folder):
    (folder / "a.txt.json").write_text('{"id": "own", "title": "T"}', encoding="utf8")
    added("bank.db", "./a.txt")
    assert ids("bank.db") == ["own"]
