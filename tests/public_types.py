"""What a strict type checker says of README's programs and of every name that users import.

    python -m tests.public_types FOLDER     # into which the built wheel has been installed: pip install --target FOLDER

Where Pyright cannot be run, this says so.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.test_reference import ROOT, SHOWN, of_name

INFERRED = {"quotebank.bank.claim_bank.ClaimBank.search_sql"}  # a static method made of a function, whose types it has
STRICT = {"typeCheckingMode": "strict", "pythonVersion": "3.11"}


def pyright(*arguments: str, installed: str, folder: Path) -> dict[str, Any] | None:
    """What Pyright finds, run in `folder` with the package from `installed`; None where it cannot be run."""
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf8",
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",  # it asks the first python there
            "PYTHONPATH": installed,
            "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
        },
    )
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        print(f"NOT RUN: pyright: {(done.stderr or done.stdout).strip()[-300:]}")
        return None


def in_programs(installed: str) -> list[str] | None:
    """Complaints about the programs that README shows; None where Pyright cannot be run."""
    programs = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf8"), re.S)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pyrightconfig.json").write_text(json.dumps(STRICT))
        for number, program in enumerate(programs):
            (folder / f"readme_{number}.py").write_text(program, encoding="utf8")
        found = pyright(".", installed=installed, folder=folder)
    if found is None:
        return None
    if found["summary"]["filesAnalyzed"] != len(programs):
        return [f"{found['summary']['filesAnalyzed']} of {len(programs)} programs were read"]
    return [f"README.md, {Path(d['file']).stem}: {d['message']}" for d in found["generalDiagnostics"]]


def in_names(installed: str) -> list[str] | None:
    """Complaints about the names in the reference, and all that they have; None where Pyright cannot be run."""
    public = {f"{shown.__module__}.{shown.__qualname__}" for shown in map(of_name, SHOWN)}  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        found = pyright("--verifytypes", "quotebank", "--ignoreexternal", installed=installed, folder=Path(folder))
    if found is None:
        return None
    symbols = {s["name"]: s for s in found["typeCompleteness"]["symbols"]}
    missing = sorted(public - symbols.keys())
    ours = [s for name, s in symbols.items() if any(name == p or name.startswith(f"{p}.") for p in public)]
    print(f"{len(ours)} public names, {sum(s['isTypeKnown'] for s in ours)} of known type")
    return [f"{name} is not seen" for name in missing] + [
        f"{s['name']}: {d['message']}"
        for s in ours
        if s["name"] not in INFERRED
        for d in s["diagnostics"]
        if d["severity"] == "error"
    ]


def main(installed: str) -> int:
    installed = str(Path(installed).resolve())
    found = [
        complaint for complaints in (in_programs(installed), in_names(installed)) for complaint in complaints or ()
    ]
    print(*found, sep="\n", end="\n" * bool(found))
    return int(found != [])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
