"""The model files that ship with the library: where they are, and that they are what was trained.

`models/manifest.json` names each file with its sha256, what it was trained on and how it scores. A file is checked
against it before it is opened, once a process; nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from quotebank.errors import ModelError

REMEDY = "reinstall the package: pip install --force-reinstall --no-deps quotebank"
FORMAT = 1


def models_directory() -> Path:
    """The folder of the shipped models."""
    return Path(str(files("quotebank").joinpath("attribution", "models")))


@cache
def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a models folder. Raises `ModelError` where it is missing, unreadable or of another format."""
    path = folder / "manifest.json"
    try:
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
        known = read["format"], dict(read["files"])
    except OSError as error:
        raise ModelError(f"the list of models {path} cannot be read ({error.strerror}); {REMEDY}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the list of models {path} is damaged ({error}); {REMEDY}") from error
    if known[0] != FORMAT:
        raise ModelError(f"{path} is of format {known[0]}; this version of quotebank reads format {FORMAT}; {REMEDY}")
    return read


@cache
def checked(name: str, folder: Path) -> Path:
    """The path of a shipped model file, its content verified. Raises `ModelError` naming the file and the remedy."""
    entry = manifest(folder)["files"].get(name)
    path = folder / name
    if entry is None:
        raise ModelError(f"{path} is not listed in {folder / 'manifest.json'}; {REMEDY}")
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"the model file {path} cannot be read ({error.strerror}); {REMEDY}") from error
    if found != entry["sha256"]:
        raise ModelError(f"the model file {path} is damaged or altered (its sha256 is not the one listed); {REMEDY}")
    return path


def models_version(folder: Path | None = None) -> str:
    """A short name for the set of models: changes whenever one of them does."""
    listed = manifest(folder or models_directory())["files"]
    together = "".join(f"{name}{listed[name]['sha256']}" for name in sorted(listed))
    return hashlib.sha256(together.encode()).hexdigest()[:12]
