"""The commands for a bank as a person uses them."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from quotebank import ClaimBank
from quotebank.commands import bank_commands, command_line
from quotebank.formats import csv_table
from tests.bank.reports import Reader, filled, report


@pytest.fixture(autouse=True)
def one_reader(monkeypatch):
    monkeypatch.setattr("quotebank.extractor.default_extractor", Reader)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "claims.db"
    words = "“We were told on Monday afternoon that the roof was safe,”"
    with ClaimBank(path) as bank:
        filled(
            bank,
            report(words, "Ann Lee", id="a", role="mayor", publisher="Herald", published="2026-01-01"),
            report(words.replace("safe", "very safe"), "Ann Lee", id="b", publisher="Wire"),
            report("“[bold]Pumps[/bold] are late,”", "Bo Diaz", id="c"),
        )
    return str(path)


def run(*args, **options):
    return CliRunner().invoke(command_line.main, list(args), **options)


def rows(*args):
    done = run(*args, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_add_reads_skips_and_goes_on(tmp_path):
    bank = str(tmp_path / "new.db")
    (tmp_path / "in").mkdir()
    for name in ("one", "two"):
        (tmp_path / "in" / f"{name}.txt").write_text(f"“We are {name},” she said.", encoding="utf8")
    (tmp_path / "in" / "three.txt").write_bytes(b"\xff")
    done = run("add", bank, str(tmp_path / "in"), "--publisher", "Herald", "--published", "2026-01-01")
    assert done.exit_code == 1
    assert "2 new, 0 replaced, 0 unchanged articles; 2 claims written" in done.stdout
    assert "three.txt: not UTF-8" in done.stderr
    assert [r["status"] for r in rows("add", bank, str(tmp_path / "in" / "one.txt"))] == ["replaced"]
    again = run("add", bank, str(tmp_path / "in" / "one.txt"))
    assert "0 new, 0 replaced, 1 unchanged" in again.stdout
    assert run("add", bank, str(tmp_path / "none.txt")).exit_code == 2


def test_search(path):
    assert "roof" in run("search", path, "roof", "safe").stdout
    assert "[bold]Pumps[/bold]" in run("search", path, "pumps").stdout
    assert "nothing found" in run("search", path, "cheese").stdout
    assert [r["article"]["id"] for r in rows("search", path, "roof", "--publisher", "wire")] == ["b"]
    assert "nothing found" in run("search", path, "-x").stdout
    assert run("check", path, "- roof").exit_code == 0
    assert run("search", path, "--since", "soon").exit_code == 2
    assert run("search", path, "x" * 2000).exit_code == 2


def test_check(path):
    done = run("check", path, "We were told on Sunday afternoon that the roof was safe", "--speaker", "Ann Lee")
    assert done.exit_code == 0
    assert done.stdout.startswith("ALTERED Ann Lee said it, but not word for word")
    assert "[Sunday] {Monday}" in " ".join(done.stdout.split())
    (row,) = rows("check", path, "We were told on Monday afternoon", "--speaker", "Bo Diaz")
    assert row["verdict"] == "misattributed"
    assert row["proofs"][0]["spans"]
    assert run("check", path, "The moon is made of cheese").stdout.startswith("NOT FOUND")


def test_timeline_speakers_and_groups(path):
    assert "2026-01-01" in run("timeline", path, "Ann Lee").stdout
    assert [r["article"]["id"] for r in rows("timeline", path, "Ann Lee")] == ["a", "b"]
    (group,) = rows("groups", path)
    assert [a["article"]["id"] for a in group["appearances"]] == ["a", "b"]
    assert "{very}" in run("groups", path).stdout
    assert "no claim appears in 9 articles" in run("groups", path, "--least", "9").stdout
    assert [r["article"]["id"] for r in rows("timeline", path, "--group", str(group["id"]))] == ["a", "b"]
    followed = run("timeline", path, "--group", str(group["id"])).stdout
    assert "Ann Lee" in followed  # whose it is, which need not be the same in every article
    assert followed.index("2026-01-01") < followed.index("very safe")  # what has no date comes last
    assert run("timeline", path, "--group", "99").exit_code == 2
    assert run("timeline", path).exit_code == run("timeline", path, "Nobody Here").exit_code == 2
    profiles = rows("speakers", path)
    assert [(p["name"], p["articles"]) for p in profiles] == [("Ann Lee", 2), ("Bo Diaz", 1)]
    assert rows("timeline", path, str(profiles[1]["id"]))[0]["article"]["id"] == "c"
    assert "mayor" in run("speakers", path, "lee").stdout


def test_verify(path):
    done = run("verify", path)
    assert (done.exit_code, done.stdout) == (0, "3 articles, 3 claims: whole\n")
    with ClaimBank(path) as bank:
        bank._writer.execute("UPDATE articles SET text = 'gone' WHERE article_id = 'a'")
    done = run("verify", path)
    assert done.exit_code == 1
    assert "article 'a'" in done.stdout


@pytest.mark.parametrize("damage", [
    "articles SET published = x'ff'", "articles SET title = x'ff'", "claims SET text = x'ff'",
    "speaker_names SET name = x'ff'", "claims SET speaker_name = NULL", "records SET record = '{'",
    "articles SET text = x'ff'", "claims SET role = x'ff'",
])  # fmt: skip
def test_damage_is_told_without_a_traceback(path, damage):
    with ClaimBank(path) as bank:
        bank._writer.execute(f"UPDATE {damage}")
    for command in (
        ("search", "roof"),
        ("check", "The roof was safe"),
        ("timeline", "Ann Lee"),
        ("speakers",),
        ("groups",),
    ):
        done = run(command[0], path, *command[1:])
        assert isinstance(done.exception, SystemExit | None), (command, done.exception)
        assert done.exit_code in (0, 2)
    done = run("verify", path)
    assert done.exit_code == 1
    assert "problems" in done.stdout


def test_what_is_no_bank_is_told_in_one_line(tmp_path):
    (tmp_path / "notes.txt").write_text("these are notes, not a bank of claims")
    for command in (("search", "x"), ("check", "x"), ("speakers",), ("groups",), ("verify",), ("timeline", "x")):
        for name in ("notes.txt", "none.db"):
            done = run(command[0], str(tmp_path / name), *command[1:])
            assert done.exit_code == 2
            assert name in done.stderr
            assert "Traceback" not in done.output
    assert not (tmp_path / "none.db").exists()


def test_every_command_has_an_example_and_an_explanation():
    for name, command in command_line.main.commands.items():
        done = run(name, "--help")
        assert done.exit_code == 0
        assert len(command.help) > 60, name
        assert f"\n  quotebank {name} " in done.stdout, name
    for command in bank_commands.COMMANDS:
        assert "--format [table|jsonl" in run(command.name, "--help").stdout, command.name


@pytest.mark.parametrize(
    ("command", "own"),
    [
        (("search", "roof"), {"snippet", "score", "speaker_id"}),
        (("timeline", "Ann Lee"), {"speaker_id"}),
        (("check", "We were told on Monday afternoon that the roof was not safe"), {"verdict", "match", "differences"}),
        (("check", "Not a word of this was ever printed anywhere"), {"verdict", "explanation"}),
        (("groups",), {"group", "relation"}),
        (("speakers",), {"id", "name", "type", "roles", "affiliations", "claims", "articles", "first", "last"}),
    ],
)
def test_csv(path, command, own):
    """A spreadsheet of the same answers as the JSON lines, with the claims' own columns where it has claims."""
    name, *rest = command
    done = run(name, path, *rest, "--format", "csv")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"), newline="")))
    assert rows
    assert own <= set(rows[0])
    for row in rows:
        if row.get("content_at"):
            claim = csv_table.claim_of_row(row, "")
            assert claim.article_id == row["article_id"]
    lines = [json.loads(line) for line in run(name, path, *rest, "--format", "jsonl").stdout.splitlines()]
    if name in ("search", "timeline"):
        assert [line["claim"]["id"] for line in lines] == [row["id"] for row in rows]
    if name == "speakers":
        assert [str(line["claims"]) for line in lines] == [row["claims"] for row in rows]
