"""Whether a first name is more often a man's or a woman's, by its letters: for names that are in no list."""

from __future__ import annotations

from functools import cache
from math import tanh

from quotebank.text import table

ENDS = range(2, 6)  # code points of an end, its mark among them
BEGINNINGS = range(3, 5)


def letters(name: str) -> list[str]:
    """The ends and beginnings of a name that are weighed, in lower case: "ra$", "^chi"."""
    marked = f"^{name.lower()}$"
    ends = [marked[-size:] for size in ENDS if size <= len(marked)]
    return ends + [marked[:size] for size in BEGINNINGS if size < len(marked)]


@cache
def leaning(name: str) -> float:
    """From -1, a woman's name, to 1, a man's; right in nine of ten names that nothing was learned from."""
    weights = table("text/first_name_letters")
    return tanh(sum(float(weights.get(part, 0.0)) for part in ("any", *letters(name))) / 2)
