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
    for first, second in itertools.pairwise(quotations):
        if not _is_broken(tokens, first, second):
            continue
        halves = [_has(first, taken), _has(second, taken)]
        if halves[0] is halves[1]:
            continue
        told, other = (first, second) if halves[0] else (second, first)
        for k, claim in enumerate(out):
            if claim.nested or not set(range(told.first, told.end)) & set(claim.content):
                continue
            between = {i for i in (*claim.source, *claim.cue) if first.end <= i < second.first}
            if between:
                content = tuple(sorted({*claim.content, *range(other.first, other.end)}))
                out[k] = attrs.evolve(claim, content=content)
                taken.update(content)
            break
    return out


def _has(quotation: Quoted, taken: set[int]) -> bool:
    return any(i in taken for i in range(quotation.first, quotation.end))


def _is_broken(tokens: Tokens, first: Quoted, second: Quoted) -> bool:
    """Whether two quotations stand in one sentence, the first without an end of its own."""
    last = first.end - 2  # the closing mark is the last token
    if last <= first.first or tokens.word(last) not in OPEN_END:
        return False
    return bisect_right(tokens.sentences, first.end - 1) == bisect_right(tokens.sentences, second.first)
