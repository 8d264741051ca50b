"""The command line as a person uses it."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

import quotebank
from quotebank.commands import command_line
from tests.conftest import ARTICLES, ROOT, article


@pytest.fixture(autouse=True)
def one_extractor(extractor, monkeypatch):
    """The command loads the models for itself; the tests lend it the session's extractor, a real one."""
    monkeypatch.setattr("quotebank.Extractor", lambda **_: extractor, raising=False)


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
    assert run("extract", "--workers", "-1", input="x").exit_code == 2


def test_a_damaged_model_is_told_with_its_remedy(monkeypatch):
    from quotebank.errors import ModelError

    def refuse(**_):
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


def written(path, *records):
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf8")
    return str(path)


SAID = "“Yes,” said Ann Lee, the mayor of Oxbow."


class TestCollections:
    def test_records_and_their_metadata_go_through_to_the_output(self, tmp_path):
        source = written(
            tmp_path / "in.jsonl",
            {"body": SAID, "id": 1, "title": "T", "published": "2026-11-22"},
            {"body": SAID + " "},
        )
        for name in ("out.csv", "out.jsonl.gz", "out.parquet"):
            done = run("extract", source, "--column", "text=body", "-o", str(tmp_path / name))
            assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
            found = list(quotebank.read_claims(tmp_path / name, with_article=True))
            assert next((about.id, about.title, str(about.published)) for about, _ in found) == ("1", "T", "2026-11-22")
            assert len(found) == 2

    def test_a_bad_record_is_named_and_counted(self, tmp_path):
        source = written(tmp_path / "in.jsonl", {"text": SAID}, {"title": "no text"})
        done = run("extract", source)
        assert done.exit_code == 1
        assert "in.jsonl, line 2: no text" in done.stderr
        assert "1 of 2 skipped" in done.stderr
        assert run("extract", written(tmp_path / "none.jsonl", {"a": 1})).exit_code == 2

    def test_records_from_standard_input(self):
        done = run(
            "extract", "--format", "jsonl", input=json.dumps({"text": SAID, "id": "x", "url": "https://a.example"})
        )
        (row,) = map(json.loads, done.stdout.splitlines())
        assert (row["article_id"], row["article"]["url"]) == ("x", "https://a.example")

    def test_an_encoding(self, tmp_path):
        (tmp_path / "a.txt").write_bytes(SAID.encode("cp1252"))
        assert "--encoding cp1252" in run("extract", str(tmp_path / "a.txt")).stderr
        assert "Ann Lee" in run("extract", str(tmp_path / "a.txt"), "--encoding", "cp1252").stdout
        assert run("extract", str(tmp_path / "a.txt"), "--encoding", "morse").exit_code == 2
        assert run("extract", str(tmp_path / "a.txt"), "--column", "words=x").exit_code == 2

    def test_offsets_as_javascript_counts_them(self, tmp_path):
        text = "The pier 🎉 was full.\n\n" + SAID
        points, units = (
            json.loads(run("extract", "--format", "webanno", "--offsets", o, input=text).stdout)
            for o in ("code points", "utf-16")
        )
        starts = [page["first"]["items"][0]["target"][0]["selector"][0]["start"] for page in (points, units)]
        assert starts[1] == starts[0] + 1

    def test_what_is_read_is_not_written_over(self, tmp_path):
        source = written(tmp_path / "in.jsonl", {"text": SAID})
        before = (tmp_path / "in.jsonl").read_bytes()
        assert run("extract", source, "-o", source).exit_code == 2
        assert (tmp_path / "in.jsonl").read_bytes() == before


@pytest.mark.parametrize("width", [60, 80, 110])
def test_what_was_said_has_room_at_every_width(width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    lines = run("extract", str(ARTICLES / "broadsheet.txt")).stdout.splitlines()
    assert all(len(line) <= width for line in lines)
    said = lines[0].index("at") - lines[0].index("said")
    assert said >= width // 3


class TestMessages:
    def test_quiet_and_verbose(self, tmp_path):
        (tmp_path / "a.txt").write_text(SAID, encoding="utf8")
        missing = str(tmp_path / "missing.txt")
        assert run("extract", str(tmp_path / "a.txt"), missing, "-q").stderr == ""
        told = run("extract", str(tmp_path / "a.txt"), missing, "-v").stderr
        assert "models loaded" in told
        assert "a.txt: 1 articles" in told

    def test_other_loggers_are_left_alone(self):
        code = """
import logging
names = ("stanza", "trafilatura", "")
before = [(logging.getLogger(n).level, list(logging.getLogger(n).handlers)) for n in names]
import stanza, trafilatura
first = [(logging.getLogger(n).level, list(logging.getLogger(n).handlers)) for n in names]
import quotebank
quotebank.extract("“Yes,” said Ann Lee, the mayor of Oxbow.")
quotebank.article_from_html("<html><body><p>“Yes,” said Ann Lee.</p></body></html>")
assert [(logging.getLogger(n).level, list(logging.getLogger(n).handlers)) for n in names] == first, names
"""
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")

    @pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
    def test_a_narrow_code_page_stops_nothing(self, encoding):
        code = "from quotebank.commands import main; main(['extract'], prog_name='quotebank')"
        text = "“Łukasz → 🎉,” said Łukasz Øvergård, the mayor of Oxbow.".encode()
        environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", code], input=text, capture_output=True, check=False, env=environment
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"said" in done.stdout

    def test_the_end_of_a_pipe_is_no_failure(self, tmp_path):
        program = f"{sys.executable} -c \"from quotebank.commands import main; main(prog_name='quotebank')\""
        for form in ("table", "jsonl", "csv"):
            command = f"set -o pipefail; {program} extract {ARTICLES} --format {form} | head -n 1"
            done = subprocess.run(
                ["bash", "-c", command],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
            assert (done.returncode, done.stderr) == (0, ""), form
            assert done.stdout
