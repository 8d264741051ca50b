"""Every page of the documentation does what it says: its sessions print what is shown, its Python runs."""

import importlib.util
import re
import subprocess
import sys
import warnings

import attrs
import pytest

import quotebank
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
    menu = re.findall(r": ([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf8"), re.M)
    assert sorted(f"docs/{name}" for name in menu) == DOCS


def test_the_site_builds(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path / "site")],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "reference" / "index.html").read_text(encoding="utf8")
    assert "The claims of an article, in the order of their contents" in page


def test_the_reference_has_every_public_name_and_every_field():
    reference = text_of("docs/reference.md")
    shown = set(re.findall(r"^::: quotebank\.(\w+)$", reference, re.M))
    errors = {name for name in quotebank.__all__ if name.endswith("Error")}
    assert shown - {"testing", "errors"} == set(quotebank.__all__) - errors
    for record in (quotebank.Article, quotebank.Claim, quotebank.Speaker):
        section = reference.split(f"::: quotebank.{record.__name__}\n")[1].split(":::")[0]
        for field in attrs.fields(record):
            assert f"`{field.name}`" in section, f"{record.__name__}.{field.name}"
