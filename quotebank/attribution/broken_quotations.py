"""Quotations broken by the words that report them: “Go,” said the mayor, “now.” is one claim in two pieces."""

from __future__ import annotations

import itertools
from bisect import bisect_right

import attrs

from quotebank.attribution.decoding import Quoted, Tagged, quoted_ranges
from quotebank.text import Tokens

OPEN_END = frozenset({",", "—", "–", "-"})  # what a half ends with that goes on behind the reporting words


def with_other_halves(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims, each with the half of its broken quotation that no claim has."""
    quotations = quoted_ranges(tokens, 3)
    taken = {i for claim in claims for i in claim.content}
    out = list(claims)
    holders: dict[int, int] = {}  # of each token the first claim that has it
    for k, claim in enumerate(claims):
        for i in () if claim.nested else claim.content:
            holders.setdefault(i, k)
    for first, second in itertools.pairwise(quotations):
        if not _is_broken(tokens, first, second):
            continue
        halves = [_has(first, taken), _has(second, taken)]
        if halves[0] is halves[1]:
            continue
        told, other = (first, second) if halves[0] else (second, first)
        teller = min((holders[i] for i in range(told.first, told.end) if i in holders), default=None)
        if teller is None or not any(first.end <= i < second.first for i in (*out[teller].source, *out[teller].cue)):
            continue
        half = range(other.first, other.end)
        out[teller] = attrs.evolve(out[teller], content=tuple(sorted({*out[teller].content, *half})))
        taken.update(half)
        holders.update(dict.fromkeys(half, teller))
    return out


def _has(quotation: Quoted, taken: set[int]) -> bool:
    return any(i in taken for i in range(quotation.first, quotation.end))


def _is_broken(tokens: Tokens, first: Quoted, second: Quoted) -> bool:
    """Whether two quotations stand in one sentence, the first without an end of its own."""
    last = first.end - 2  # the closing mark is the last token
    if last <= first.first or tokens.word(last) not in OPEN_END:
        return False
    return bisect_right(tokens.sentences, first.end - 1) == bisect_right(tokens.sentences, second.first)
