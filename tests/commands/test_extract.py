"""The command line as a person uses it."""

import json

import pytest
from click.testing import CliRunner

from quotebank.commands import command_line
from tests.conftest import ARTICLES, article


@pytest.fixture(autouse=True)
def one_extractor(extractor, monkeypatch):
    """The command loads the models for itself; the tests lend it the session's extractor, a real one."""
    monkeypatch.setattr("quotebank.Extractor", lambda registry=None: extractor, raising=False)


def run(*args, **options):
    return CliRunner().invoke(command_line.main, list(args), **options)


def test_table_shows_who_said_what():
    done = run("extract", str(ARTICLES / "broadsheet.txt"))
    assert done.exit_code == 0
    for heading in ("who", "cue", "kind", "said", "at"):
        assert heading in done.stdout
    assert "direct" in done.stdout


def test_jsonl_offsets_slice_to_the_text():
    done = run("extract", str(ARTICLES / "wire.txt"), "--format", "jsonl")
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    text = article("wire").text
    for row in rows:
        assert " ".join(text[s["start"] : s["end"]] for s in row["content"]) == row["text"]


def test_standard_input_is_read_where_nothing_is_named():
    text = "“We are ready,” said Ann Lee, the mayor of Oxbow."
    for args in ((), ("-",)):
        done = run("extract", *args, input=text)
        assert done.exit_code == 0
        assert "Ann Lee" in done.stdout


def test_a_folder_stands_for_its_articles():
    done = run("extract", str(ARTICLES), "--format", "jsonl")
    assert done.exit_code == 0
    assert {json.loads(line)["article_id"] for line in done.stdout.splitlines()} == {
        str(p) for p in ARTICLES.glob("*.txt")
    }


def test_what_cannot_be_read_is_named_skipped_and_counted(tmp_path):
    (tmp_path / "latin.txt").write_bytes("caf\xe9".encode("latin-1"))
    (tmp_path / "good.txt").write_text("“Yes,” said Ann Lee, the mayor of Oxbow.", encoding="utf8")
    done = run("extract", str(tmp_path), str(tmp_path / "missing.txt"))
    assert done.exit_code == 1
    assert "Ann Lee" in done.stdout
    told = " ".join(done.stderr.split())
    assert "latin.txt: not UTF-8 (byte 3)" in told
    assert "missing.txt: No such file" in told
    assert "2 of 3 skipped" in done.stderr


def test_nothing_to_read_is_wrong_usage(tmp_path):
    assert run("extract", str(tmp_path)).exit_code == 2
    assert run("extract", str(tmp_path / "missing.txt")).exit_code == 2
    assert run("extract", "--format", "xml").exit_code == 2
    assert run("extract", "--workers", "0", input="x").exit_code == 2


def test_a_damaged_model_is_told_with_its_remedy(monkeypatch):
    from quotebank.errors import ModelError

    def refuse(registry=None):
        raise ModelError("the model file tagger.pt is damaged; reinstall the package")

    monkeypatch.setattr("quotebank.Extractor", refuse, raising=False)
    done = run("extract", input="x")
    assert done.exit_code == 3
    assert "tagger.pt is damaged" in done.stderr


def test_an_article_without_claims_says_so():
    done = run("extract", input="The bridge was closed on Monday.")
    assert done.exit_code == 0
    assert "no claims found" in done.stdout


def test_marks_that_rich_would_read_as_markup_are_shown_as_they_are():
    done = run("extract", input="“We [bold]will[/bold] go,” said Ann Lee, the mayor of Oxbow.")
    assert done.exit_code == 0
    assert "[bold]will[/bold]" in done.stdout.replace("\n", "")


def test_help_names_every_command_and_exit_is_clean():
    done = run("--help")
    assert done.exit_code == 0
    for command in command_line.main.commands:
        assert command in done.stdout
