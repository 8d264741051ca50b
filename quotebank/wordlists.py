"""Cached readers of the word lists in `quotebank/data`: one entry a line, `#` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `data/<name>.txt`, as they are written there."""
    text = files("quotebank").joinpath("data", f"{name}.txt").read_text(encoding="utf8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return frozenset(line for line in lines if line)
