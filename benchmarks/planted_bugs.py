"""How soon the kit for property tests finds a bug: ten of them, planted one at a time in a copy of the library.

usage: python -m benchmarks.planted_bugs [NAME…]

Copies the library to a temporary folder, runs `examples/property_tests.py` against it, which must pass, then again with
each bug planted, which must fail within a minute. Prints seconds of wall clock and of CPU, and the test that failed
first. Exit code 1 where a bug is not found.
"""

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import attrs

ROOT = Path(__file__).parent.parent
SUITE = "examples/property_tests.py"
LIMIT = 60  # seconds


@attrs.frozen
class Bug:
    """A bug as an edit: in a file of the library, the one place that reads `right` is made to read `wrong`."""

    name: str
    file: str
    right: str
    wrong: str

    def plant(self, library: Path) -> None:
        """Make the edit. Raises `ValueError` where the text is not there exactly once."""
        path = library / self.file
        text = path.read_text(encoding="utf8")
        if text.count(self.right) != 1:
            raise ValueError(f"{self.name}: {self.file} holds {text.count(self.right)} times {self.right!r}")
        path.write_text(text.replace(self.right, self.wrong), encoding="utf8")


BUGS = (
    Bug(
        "last code point dropped",
        "attribution/attribution_spans.py",
        "tokens.ends[last]))\n    return tuple(spans)",
        "max(tokens.starts[first] + 1, tokens.ends[last] - 1)))\n    return tuple(spans)",
    ),
    Bug(
        "direct and mixed swapped",
        "records.py",
        'return "direct" if quoted / total > DIRECT_SHARE else "mixed"',
        'return "mixed" if quoted / total > DIRECT_SHARE else "direct"',
    ),
    Bug("pieces joined without a space", "spans.py", 'return " ".join(', 'return "".join('),
    Bug(
        "cue and source swapped",
        "attribution/attribution_spans.py",
        "source=spans_of(tokens, claim.source),\n            cue=spans_of(tokens, claim.cue),",
        "source=spans_of(tokens, claim.cue),\n            cue=spans_of(tokens, claim.source),",
    ),
    Bug(
        "last claim dropped",
        "extractor.py",
        "return Claims(claims)",
        "return Claims(claims[:-1])",
    ),
    Bug("only the first piece kept", "extractor.py", "content=found.content,", "content=found.content[:1],"),
    Bug("guillemets not paired", "text/quotation_marks.py", '"«»‹›‘‛＂', '"‘‛＂'),
    Bug("first speaker for all", "extractor.py", "speaker=speaker,", "speaker=who[0],"),
    Bug(
        "force lost by build",
        "records.py",
        'force="statement" if force is None and act == "speech" else force,',
        'force="statement" if act == "speech" else None,',
    ),
    Bug(
        "contents one word on",
        "attribution/attribution_spans.py",
        "content=spans_of(tokens, claim.content),",
        "content=spans_of(tokens, tuple(min(i + 1, len(tokens.starts) - 1) for i in claim.content)),",
    ),
)


def copied(folder: Path) -> None:
    """Put the library and the suite into a folder; the models, which no bug touches, are linked."""
    models = Path("quotebank", "attribution", "models")
    shutil.copytree(ROOT / "quotebank", folder / "quotebank", ignore=shutil.ignore_patterns("__pycache__", "models"))
    (folder / models).symlink_to(ROOT / models, target_is_directory=True)
    for name in ("quotebank_hypothesis.py", SUITE):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def run(folder: Path) -> tuple[bool, str, float, float]:
    """Whether the suite passes in a folder, the first test that fails, and the seconds of wall clock and CPU."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), SUITE]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return True, f"nothing within {LIMIT} s", LIMIT, LIMIT
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode not in (0, 1):
        raise RuntimeError(f"the suite did not run:\n{done.stdout}{done.stderr}")
    failed = re.search(r"^FAILED \S+::(.*?)(?: - |$)", done.stdout, re.M)
    return done.returncode == 0, failed[1] if failed else "", wall, cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a bug's name, or a part of it; all where none is")
    given = parser.parse_args()
    missed = 0
    for bug in (None, *BUGS):
        if bug and given.names and not any(name in bug.name for name in given.names):
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            copied(folder)
            if bug:
                bug.plant(folder / "quotebank")
            passed, failed, wall, cpu = run(folder)
        print(f"{wall:5.1f} s  {cpu:5.1f} s CPU  {bug.name if bug else '(no bug)'}: {failed or 'all tests pass'}")
        if not bug and not passed:
            sys.exit("the suite fails without any bug")
        missed += bool(bug) and passed
    if missed:
        sys.exit(f"{missed} not found")


if __name__ == "__main__":
    main()
