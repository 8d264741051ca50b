"""Console sessions in our pages: run them, compare, and write what they print now.

    python -m tests.shown                 # what differs
    python -m tests.shown --write [PAGE]  # put the real output into the pages

A session is a block ```console of lines "$ command" with the output below each. A line "…" cuts: what comes after it is
not shown. Sessions of a page run one after the other in one folder, in which `examples/` is ours.
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", "examples/README.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").glob("*.md"))]
SESSION = re.compile(r"```console\n(.*?)```", re.S)
CUT = "…"
SURE = re.compile(r"\b(0\.\d{1,4}|1\.0{1,4})\b")  # confidences differ a little between processors
COMMANDS = {
    "quotebank": "-c \"from quotebank.commands import main; main(prog_name='quotebank')\"",
    "python": "",
}


def folder_to_run_in(path: Path) -> dict[str, str]:
    """Make `path` the place of a page's sessions; gives the environment for them."""
    (path / "examples").symlink_to(ROOT / "examples")
    programs = path / ".bin"
    programs.mkdir()
    for name, call in COMMANDS.items():
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n')
        (programs / name).chmod(0o755)
    return {
        **os.environ,
        "COLUMNS": "110",
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf8",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def declare_component(path: Path) -> None:
    """Make spaCy find the component in `path`, as installed: the checkout in use may have been installed before it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    installed = path / "quotebank_here-0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: quotebank-here\nVersion: 0\n")
    entries = project["entry-points"]["spacy_factories"].items()
    lines = [f"{name} = {place}\n" for name, place in entries]
    (installed / "entry_points.txt").write_text("[spacy_factories]\n" + "".join(lines))


def printed(command: str, path: Path, environment: dict[str, str]) -> list[str]:
    """The lines that a command prints, without spaces at their ends and empty lines at the end."""
    done = subprocess.run(
        command,
        shell=True,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf8",
        cwd=path,
        env=environment,
    )
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]


def renewed(session: str, path: Path, environment: dict[str, str]) -> str:
    """A session with the real output below each command, cut where it was cut."""
    parts = re.split(r"^\$ (.*)\n", session, flags=re.M)[1:]
    out = []
    for command, shown in zip(parts[::2], parts[1::2], strict=True):
        lines = printed(command, path, environment)
        kept = shown.rstrip().splitlines()
        if kept and kept[-1] == CUT and len(lines) >= len(kept):
            lines = [*lines[: len(kept) - 1], CUT]
        out.append("\n".join([f"$ {command}", *lines]) + "\n")
    return "\n".join(out) if "\n\n$ " in session else "".join(out)


def page_renewed(page: str, path: Path, environment: dict[str, str]) -> str:
    """A page with all its sessions renewed."""
    text = (ROOT / page).read_text(encoding="utf8")
    return SESSION.sub(lambda found: f"```console\n{renewed(found[1], path, environment)}```", text)


def differences(page: str) -> str:
    """How a page differs from what its commands print: a diff, empty where it does not."""
    with tempfile.TemporaryDirectory() as folder:
        new = page_renewed(page, Path(folder), folder_to_run_in(Path(folder)))
    old = (ROOT / page).read_text(encoding="utf8")
    lines = [[SURE.sub("0.··", line) for line in text.splitlines()] for text in (old, new)]
    return "\n".join(difflib.unified_diff(*lines, page, "printed", lineterm="", n=1))


def main(arguments: list[str]) -> int:
    pages = [argument for argument in arguments if argument != "--write"] or PAGES
    found = 0
    for page in pages:
        if "--write" in arguments:
            with tempfile.TemporaryDirectory() as folder:
                new = page_renewed(page, Path(folder), folder_to_run_in(Path(folder)))
            (ROOT / page).write_text(new, encoding="utf8")
        else:
            different = differences(page)
            print(different, end="\n" * bool(different))
            found += bool(different)
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
