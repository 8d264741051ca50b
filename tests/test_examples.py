"""Every example runs, and every block of README does what README says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf8")
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def run(command: list[str], **options) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONIOENCODING": "utf8", "COLUMNS": "110"}
    return subprocess.run(
        command, check=False, capture_output=True, text=True, encoding="utf8", cwd=ROOT, env=environment, **options
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_example_runs(path):
    done = run([sys.executable, str(path)])
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


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


def test_readme_shows_what_the_command_prints():
    """The table in README is the real output: each of its rows is printed by the command above it."""
    command, table = re.search(r"```console\n\$ (quotebank extract [^\n]*)\n(.*?)```", README, re.S).groups()
    args = shlex.split(command)
    done = run([str(Path(sys.executable).parent / "quotebank"), *args[1:]])
    assert done.returncode == 0, done.stderr
    printed = {" ".join(line.split()) for line in done.stdout.splitlines()}
    shown = [" ".join(line.split()) for line in table.splitlines() if line.strip() and line.strip() != "…"]
    assert len(shown) >= 6
    assert [line for line in shown if line not in printed] == []
