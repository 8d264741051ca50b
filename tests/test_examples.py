"""Every example prints what its page shows, and every block of README does what README says."""

import os
import re
import subprocess
import sys

import pytest

import quotebank
from tests.conftest import ROOT
from tests.shown import differences

README = (ROOT / "README.md").read_text(encoding="utf8")
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def run(command: list[str], **options) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONIOENCODING": "utf8", "COLUMNS": "110"}
    return subprocess.run(
        command, check=False, capture_output=True, text=True, encoding="utf8", cwd=ROOT, env=environment, **options
    )


@pytest.mark.parametrize("page", ["README.md", "examples/README.md"])
def test_a_page_shows_what_its_commands_print(page):
    """`python -m tests.shown --write` puts the real output into the pages."""
    assert differences(page) == ""


def test_every_example_is_shown():
    page = (ROOT / "examples" / "README.md").read_text(encoding="utf8")
    assert set(re.findall(r"^\$ python examples/(\w+\.py)", page, re.M)) == {path.name for path in EXAMPLES}


def test_property_tests_pass_where_nothing_is_loaded_yet():
    """The first example of a suite meets Hypothesis's deadline: what `Claim.build` needs is loaded before it."""
    done = run([sys.executable, "examples/property_tests.py"])
    assert done.returncode == 0, done.stdout


def test_what_a_person_may_type_wrong(tmp_path):
    for script in ("unnamed_sources", "folder_to_spreadsheet"):
        done = run([sys.executable, f"examples/{script}.py", str(tmp_path)])
        assert (done.returncode, done.stderr.strip()) == (1, f"{tmp_path} holds no articles")
    done = run([sys.executable, "examples/over_time.py", "Nobody Atall"])
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Nobody Atall" in done.stderr


def test_the_plot_is_written(tmp_path):
    done = run([sys.executable, "examples/over_time.py", "Rosalind Achterberg", str(tmp_path / "plot.png")])
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def test_readme_names_the_two_commands():
    first = blocks("sh")[0].strip().splitlines()
    assert len(first) == 2
    assert "quotebank extract examples/articles/" in first[0]
    assert "pytest" in first[1]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf8")
    assert "python -m pytest" in first[1]
    assert "python -m pytest" in ci


@pytest.mark.parametrize("code", blocks("python"))
def test_readme_python_blocks_run(code):
    done = run([sys.executable, "-c", code])
    assert done.returncode == 0, done.stderr


def test_a_bank_that_is_asked_is_not_written_to(tmp_path):
    path = tmp_path / "mine.db"
    with quotebank.ClaimBank(path) as bank:
        article = quotebank.Article(text="“We knew,” said Ann Lee.", id="a", published="2026-11-22")
        bank.add(article, [quotebank.Claim.build(article, content=[quotebank.Span(0, 10)], speaker="Ann Lee")])
        loose = quotebank.Article(text="“We never knew,” said Bo Diaz.", id="b")
        bank.add(loose, [quotebank.Claim.build(loose, content=[quotebank.Span(0, 16)], speaker="Bo Diaz")])
    before = path.read_bytes()
    done = run([sys.executable, "examples/did_they_say_it.py", str(path), "We knew", "Ann Lee"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "SAID" in done.stdout
    done = run([sys.executable, "examples/over_time.py", "Ann Lee", str(tmp_path / "plot.png"), str(path)])
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-11-22" in done.stdout
    done = run([sys.executable, "examples/over_time.py", "Bo Diaz", str(path)])  # whose article has no date
    assert (done.returncode, "without a date  b" in done.stdout, "Nothing to plot" in done.stdout) == (0, True, True)
    assert path.read_bytes() == before
