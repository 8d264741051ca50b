"""Every page of the documentation does what it says: its sessions print what is shown, its Python runs."""

import importlib.util
import re
import subprocess
import sys
import warnings

import pytest

from tests.shown import PAGES, ROOT, declare_component, differences, folder_to_run_in, page_renewed

DOCS = [page for page in PAGES if page.startswith("docs/")]
PYTHON = re.compile(r"(?:<!-- needs: (\w+) -->\n)?```python\n(.*?)```", re.S)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf8")


@pytest.mark.parametrize("page", [page for page in DOCS if "```console" in text_of(page)])
def test_sessions_print_what_is_shown(page):
    """`python -m tests.shown --write` puts the real output into the pages."""
    assert differences(page) == ""


@pytest.mark.parametrize("page", [page for page in DOCS if "```python" in text_of(page)])
def test_python_runs(page, tmp_path):
    """The blocks of a page are one program, which runs where the page's sessions have run."""
    environment = folder_to_run_in(tmp_path)
    declare_component(tmp_path)
    program = []
    for needed, code in PYTHON.findall(text_of(page)):
        if needed and importlib.util.find_spec(needed) is None:
            warnings.warn(f"NO {needed.upper()}: a snippet of {page} is not run", stacklevel=1)
        else:
            program.append(code)
    if "claims.db" in "".join(program):
        page_renewed(page, tmp_path, environment)
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(program)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf8",
        cwd=tmp_path,
        env=environment,
    )
    assert done.returncode == 0, done.stderr


def test_every_page_is_in_the_menu():
    menus = re.findall(r"^```\{toctree\}\n(.*?)^```", text_of("docs/index.md"), re.M | re.S)
    named = {line for menu in menus for line in menu.splitlines() if re.fullmatch(r"[\w-]+", line)}
    assert sorted(f"docs/{name}.md" for name in {*named, "index"}) == DOCS
