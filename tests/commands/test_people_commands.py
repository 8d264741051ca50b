"""Who is who at a prompt: namesakes, merge, split, undo; and what a table of claims shows."""

import json

import pytest
from click.testing import CliRunner

from quotebank import Article, ClaimBank
from quotebank.commands import main
from tests.bank.reports import filled, report, stated


@pytest.fixture
def path(tmp_path):
    name = str(tmp_path / "claims.db")
    with ClaimBank(name) as bank:
        filled(
            bank,
            report(
                "“The tunnel will be dug before the spring,”", "Tony Blair", id="a", publisher="Wire", title="A tunnel"
            ),
            report("“Nobody will pay for the tunnel but those who use it,”", "Blair", id="b", published="2026-03-01"),
            report("“We counted the tunnels twice and found three,”", "Cherie Holm", id="c"),
        )
        article = Article(text="Ann Stone denied saying “the tunnel is a grave\x1b[31m”.", id="d", publisher="Herald")
        bank.add(article, [stated(article, "“the tunnel is a grave\x1b[31m”", "Ann Stone", force="denial")])
    return name


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_a_pair_is_merged_and_the_merge_undone(path):
    (pair,) = [json.loads(line) for line in run("namesakes", path, "--format", "jsonl").stdout.splitlines()]
    assert {who["name"] for who in pair} == {"Tony Blair", "Blair"}
    assert run("timeline", path, "Blair").exit_code == 2  # two are called so: it asks which
    done = run("merge", path, "Tony Blair", str(next(who["id"] for who in pair if who["name"] == "Blair")))
    assert (done.exit_code, done.stdout.startswith("decision 1: speaker ")) == (0, True)
    assert "nobody is likely" in run("namesakes", path).stdout
    assert {"tunnel", "Wire"} <= set(run("timeline", path, "Blair").stdout.split())
    assert run("undo", path).exit_code == 0
    assert "Tony Blair" in run("namesakes", path).stdout
    assert run("undo", path).exit_code == 2


def test_a_speaker_is_split(path):
    assert run("split", path, "Cherie Holm").exit_code == 2
    done = run("split", path, "Cherie Holm", "--article", "c")
    assert done.exit_code == 2  # all that she says: nobody would be left
    with ClaimBank(path) as bank:
        filled(bank, report("“The bridge is another matter,”", "Cherie Holm", id="e"))
    assert run("split", path, "Cherie Holm", "--article", "e").exit_code == 0


def test_a_body_that_somebody_has_left_is_told_so(tmp_path, extractor):
    name = str(tmp_path / "left.db")
    article = Article(text="Former Oxbow captain Ann Reed said it was late. Bo Orr, the Hale coach, said no.", id="a")
    with ClaimBank(name) as bank:
        bank.add(article, extractor.extract(article))
        told = {profile.name: [(s.text, s.former) for s in profile.affiliations] for profile in bank.speakers()}
    assert told == {"Ann Reed": [("Oxbow", True)], "Bo Orr": [("Hale", False)]}
    table = run("speakers", name).stdout
    assert "formerly Oxbow" in table
    assert "formerly Hale" not in table
    assert "formerly Oxbow" in run("speakers", name, "--format", "csv").stdout


def test_every_claim_is_shown_in_its_sentence(path):
    shown = run("search", path, "grave").stdout
    assert "denial" in shown
    assert "Ann Stone denied saying" in " ".join(shown.split())
    assert "\x1b[31m" not in shown
    assert {"Herald", "d"} <= set(shown.split())
    assert "A tunnel" in run("search", path, "dug").stdout


def test_a_name_that_nobody_has_is_answered_with_the_nearest(path):
    assert "the nearest name is Cherie Holm" in run("timeline", path, "Cherry Holm").output
    told = json.loads(run("check", path, "The moon is cheese", "--speaker", "Ann Stonne", "--format", "jsonl").stdout)
    assert told["explanation"].endswith("Nobody called Ann Stonne speaks in the bank; the nearest name is Ann Stone.")
