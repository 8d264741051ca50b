"""Cached readers of the word lists in `quotebank/data`: one entry a line, `#` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `data/<name>.txt`, as they are written there."""
    return frozenset(_entries(name))


@cache
def table(name: str) -> dict[str, str]:
    """The entries of `data/<name>.txt` that have two parts with a tabulator between them, by the first part."""
    parts = (line.partition("\t") for line in _entries(name))
    return {key.strip(): value.strip() for key, _, value in parts}


def _entries(name: str) -> list[str]:
    text = files("quotebank").joinpath("data", f"{name}.txt").read_text(encoding="utf8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
