"""Cached readers of the rooms' word lists, `<room>/lists/<group>/<name>.txt`: one entry a line, `#` begins a comment.

A list is asked for as "<room>/<name>"; its group says what it decides and is for the eye alone.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType


@cache
def _lists(room: str) -> dict[str, Traversable]:
    groups = (group for group in files("quotebank").joinpath(room, "lists").iterdir() if group.is_dir())
    return {file.name.removesuffix(".txt"): file for group in groups for file in group.iterdir()}


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list in order, without comments."""
    room, _, own = name.partition("/")
    text = _lists(room)[own].read_text(encoding="utf8")
    plain = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(line for line in plain if line)


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list, as they are written there, without what stands behind a tabulator."""
    return frozenset(line.partition("\t")[0].strip() for line in lines(name))


def is_first_name(word: str) -> bool:
    """Whether a word, capitalized, is a first name of women, of men or of either."""
    return any(word in words(f"text/first_names_{kind}") for kind in ("female", "male", "either"))


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
    rows = (line.split("|") for line in lines("text/us_states"))
    return MappingProxyType({name: tuple(short) for name, *short in rows})


@cache
def table(name: str) -> dict[str, str]:
    """The entries of a list that have two parts with a tabulator between them, by the first part."""
    parts = (line.partition("\t") for line in lines(name))
    return {key.strip(): value.strip() for key, _, value in parts}
