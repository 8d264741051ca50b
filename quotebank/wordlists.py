"""Cached readers of the word lists in `quotebank/data`: one entry a line, `#` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of `data/<name>.txt` in order, without comments."""
    text = files("quotebank").joinpath("data", f"{name}.txt").read_text(encoding="utf8")
    plain = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(line for line in plain if line)


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `data/<name>.txt`, as they are written there."""
    return frozenset(lines(name))


@cache
def groups(name: str) -> MappingProxyType[str, frozenset[str]]:
    """Each word of a list whose lines hold words that belong together, in lower case, and all that it stands with."""
    table: dict[str, frozenset[str]] = {}
    for line in lines(name):
        together = frozenset(line.lower().split())
        for word in together:
            table[word] = table.get(word, frozenset()) | together
    return MappingProxyType(table)


@cache
def states() -> MappingProxyType[str, tuple[str, ...]]:
    """The states of the US, each with its abbreviations."""
    rows = (line.split("|") for line in lines("us_states"))
    return MappingProxyType({name: tuple(short) for name, *short in rows})


@cache
def table(name: str) -> dict[str, str]:
    """The entries of `data/<name>.txt` that have two parts with a tabulator between them, by the first part."""
    parts = (line.partition("\t") for line in lines(name))
    return {key.strip(): value.strip() for key, _, value in parts}
