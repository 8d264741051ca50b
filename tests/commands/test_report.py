"""The commands that write files, as a person uses them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

import quotebank
from quotebank.commands import command_line
from quotebank.errors import ModelError
from quotebank.formats import csv_table, writing
from tests.conftest import ARTICLES, article


@pytest.fixture(autouse=True)
def one_extractor(extractor, monkeypatch):
    """The command loads the models for itself; the tests lend it the session's extractor, a real one."""
    monkeypatch.setattr("quotebank.Extractor", lambda **_: extractor, raising=False)


def run(*args, **options):
    return CliRunner().invoke(command_line.main, list(map(str, args)), **options)


class TestReport:
    def test_a_page_for_an_article(self, tmp_path):
        done = run("report", ARTICLES / "wire.txt", "-o", tmp_path / "wire.html")
        assert done.exit_code == 0, done.output
        assert "claims" in done.stderr
        page = (tmp_path / "wire.html").read_text(encoding="utf8")
        assert page.startswith("<!doctype html>")
        assert 'id="claim-1"' in page

    def test_standard_input_and_pages(self, tmp_path):
        words = "“We are ready for the season,” said Ann Lee, the mayor of Oxbow, on Monday."
        (tmp_path / "in.html").write_text(f"<title>Ready</title><article><p>{words}</p></article>", encoding="utf8")
        assert run("report", "-", "-o", tmp_path / "a.html", input=words).exit_code == 0
        assert run("report", tmp_path / "in.html", "-o", tmp_path / "b.html").exit_code == 0
        assert "Ann Lee" in (tmp_path / "a.html").read_text(encoding="utf8")
        assert "Ann Lee" in (tmp_path / "b.html").read_text(encoding="utf8")

    def test_what_cannot_be_read_or_written(self, tmp_path, monkeypatch):
        assert run("report", tmp_path / "missing.txt").exit_code == 2
        assert run("report", ARTICLES / "wire.txt", "-o", tmp_path / "none" / "x.html").exit_code == 2
        (tmp_path / "x.html").write_text("<p>x</p>")
        same = run("report", tmp_path / "x.html", "-o", tmp_path / "x.html")
        assert same.exit_code == 2
        assert "must not be what is read" in same.stderr

        def refuse():
            raise ModelError("the model file tagger.pt is damaged; reinstall the package")

        monkeypatch.setattr("quotebank.Extractor", refuse, raising=False)
        assert run("report", ARTICLES / "wire.txt", "-o", tmp_path / "x.html").exit_code == 3


class TestOverview:
    @pytest.fixture
    def bank(self, tmp_path):
        hostile = "<script>alert(1)</script>"
        with quotebank.ClaimBank(tmp_path / "claims.db") as bank:
            for n, day in enumerate(("2026-09-02", "2026-09-01", None)):
                text = f"“The {hostile} roof is safe,” said Ann Lee, the mayor. “Go,” she said."
                made = quotebank.Article(
                    text=text, id=f"a{n}", published=day, title=hostile, publisher=hostile, url="javascript:alert(1)"
                )
                claims = [
                    quotebank.Claim.build(made, content=[quotebank.Span(0, text.index(" said"))], speaker="Ann Lee"),
                    quotebank.Claim.build(made, content=[quotebank.Span(len(text) - 15, len(text))], speaker=hostile),
                ]
                bank.add(made, claims)
        return tmp_path / "claims.db"

    def page(self, tmp_path, *args):
        done = run("report", *args, "-o", tmp_path / "page.html")
        assert done.exit_code == 0, done.output
        return (tmp_path / "page.html").read_text(encoding="utf8")

    def test_a_search(self, bank, tmp_path):
        page = self.page(tmp_path, bank, "--search", "roof")
        assert page.count("<mark>roof</mark>") == 3
        assert page.count('class="card"') == 3
        assert page.count("<script") == 1, "our own, which the policy names by its hash"
        assert 'href="javascript:' not in page
        assert "default-src" in page

    def test_a_timeline_has_dates_in_order(self, bank, tmp_path):
        page = self.page(tmp_path, bank, "--timeline", "Ann Lee")
        assert '<h1 dir="auto">Ann Lee</h1>' in page
        days = page[page.index('class="days"') : page.index("</nav>")]
        assert days.index("2026-09-01") < days.index("2026-09-02")
        assert page.count('class="card"') == 3

    def test_nothing_found(self, bank, tmp_path):
        page = self.page(tmp_path, bank, "--search", "herring")
        assert "No claims were found." in page
        assert 'class="days"' not in page

    def test_several_articles(self, tmp_path):
        page = self.page(tmp_path, ARTICLES / "wire.txt", ARTICLES / "british.txt")
        assert page.count('class="card"') == 2
        assert "Harriet Okonjo-Blythe" in page
        heading = article("wire").text.split("\n")[0].strip()
        assert f"<bdi>{heading}</bdi></h2>" in page, "an article is called by its headline, not by its file"
        done = run("report", ARTICLES / "wire.txt", tmp_path / "none.txt", "-o", tmp_path / "p.html")
        assert done.exit_code == 1
        assert "1 of 2 skipped" in done.stderr

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            ([], "is a bank: say what to show of it with --search or --timeline"),
            (["--search", "x", "--timeline", "y"], "exclude one another"),
            (["--timeline", "Nobody"], "Nobody"),
        ],
    )
    def test_what_cannot_be_shown(self, bank, tmp_path, args, said):
        done = run("report", bank, *args, "-o", tmp_path / "page.html")
        assert done.exit_code == 2
        assert said in done.stderr
        assert run("report", bank, bank, "--search", "x").exit_code == 2
        assert run("report", tmp_path / "no.db", "--search", "x").exit_code == 2


class TestFormats:
    def test_csv_on_standard_output(self):
        done = run("extract", ARTICLES / "wire.txt", "--format", "csv")
        assert done.exit_code == 0, done.output
        rows = list(csv.DictReader(io.StringIO(done.stdout_bytes.decode("utf-8-sig"), newline="")))
        text = article("wire").text
        for row in rows:
            claim = csv_table.claim_of_row(row, "")
            assert claim.text.startswith(claim.content[0].slice(text)[:10])

    @pytest.mark.parametrize("name", writing.FORMATS)
    def test_every_format_to_a_path(self, name, tmp_path):
        done = run(
            "extract", ARTICLES / "wire.txt", ARTICLES / "interview.txt", "--format", name, "-o", tmp_path / "out"
        )
        assert done.exit_code == 0, done.output
        assert (tmp_path / "out").exists()

    def test_json_formats_are_json(self):
        for name in ("webanno", "schemaorg", "labelstudio"):
            done = run("extract", ARTICLES / "wire.txt", "--format", name)
            assert json.loads(done.stdout)

    def test_jsonl_is_the_same_with_and_without_a_path(self, tmp_path):
        printed = run("extract", ARTICLES / "wire.txt", "--format", "jsonl")
        run("extract", ARTICLES / "wire.txt", "--format", "jsonl", "-o", tmp_path / "c.jsonl")
        assert (tmp_path / "c.jsonl").read_bytes() == printed.stdout_bytes
        assert all(isinstance(claim, quotebank.Claim) for claim in quotebank.read_claims(tmp_path / "c.jsonl"))

    def test_wrong_usage(self, tmp_path):
        for args in (("--format", "brat"), ("--format", "parquet"), ("-o", tmp_path / "x")):
            done = run("extract", *args, input="“Yes,” said Ann Lee.")
            assert done.exit_code == 2
            assert "--output" in done.stderr
        done = run("extract", "--format", "csv", "-o", tmp_path / "none" / "x.csv", input="“Yes,” said Ann Lee.")
        assert done.exit_code == 2
        assert "none" in done.stderr
