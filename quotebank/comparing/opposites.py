"""Words of which one is the opposite of another, by a list or by a prefix that denies it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from quotebank.comparing.compared_words import CACHED_STEMS
from quotebank.text import lines, one_spelling

DENYING = frozenset({"un", "il", "im", "in", "ir", "dis", "non"})
PREFIXED = 4  # letters of a word that such a prefix denies


def are_opposed(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether one of the words that were exchanged is the opposite of one that stands for it."""
    if not first or not second:
        return False
    return not (
        frozenset().union(*map(_denied_by, first)).isdisjoint(second)
        and frozenset().union(*map(_denied_by, second)).isdisjoint(first)
    )


@lru_cache(maxsize=CACHED_STEMS)
def _denied_by(word: str) -> frozenset[str]:
    """The words of which a word is the opposite, also by a prefix that denies them: illegal, unlikely, disloyal."""
    prefixed = [word.removeprefix(p) for p in DENYING if word.startswith(p) and len(word) >= len(p) + PREFIXED]
    listed = _opposites().get(word, frozenset())
    return listed.union(prefixed) if prefixed else listed


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """The listed words, also in the one spelling, "praized" beside "praised": a quotation's words are laid so."""
    found: dict[str, frozenset[str]] = {}
    for line in lines("comparing/opposites"):
        sides = [side.split() for side in line.split("|")]
        first, second = (frozenset([*side, *map(one_spelling, side)]) for side in sides)
        for words_, others in ((first, second), (second, first)):
            for word in words_:
                found[word] = found.get(word, frozenset()) | others
    return found
