"""Quotations that go on: “Go,” said the mayor. “And do not come back.” is one claim, also over a paragraph break."""

from __future__ import annotations

import attrs

from quotebank.attribution.decoding import Tagged, quoted_ranges
from quotebank.text import Tokens, line_at

DASHES = frozenset({"-", "--", "–", "—", "―"})


def with_continuations(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims in order, quotations that nobody reports joined to the reported one whose sentence they follow.

    A question is not gone on with: what follows it may be an answer. Nor is what a name behind a dash has signed.
    """
    quoted = {i for q in quoted_ranges(tokens, 3) for i in range(q.first, q.end)}
    out: list[Tagged] = []
    last: int | None = None  # which of `out` is the outer claim before
    for claim in claims:
        if claim.nested or not claim.content:
            out.append(claim)
            continue
        before = None if last is None else out[last]
        if last is not None and before is not None and _goes_on(tokens, before, claim, quoted):
            out[last] = attrs.evolve(before, content=(*before.content, *claim.content))
            continue
        last = len(out)
        out.append(claim)
    return out


def _goes_on(tokens: Tokens, before: Tagged, claim: Tagged, quoted: set[int]) -> bool:
    if claim.cue or claim.source or not before.cue or not quoted.issuperset((*before.content, *claim.content)):
        return False
    end = max(before.content[-1], before.cue[-1], *before.source[-1:])
    first = claim.content[0]
    if end >= first or any(_is_word(tokens, i) for i in range(tokens.sentence_of(end)[1], first)):
        return False
    if any(tokens.word(i)[-1] == "?" for i in before.content[-2:]) or tokens.word(before.cue[-1]) in DASHES:
        return False
    return all(_in_body(tokens, part.content[0]) for part in (before, claim))


def _is_word(tokens: Tokens, i: int) -> bool:
    return any(map(str.isalnum, tokens.word(i)))


def _in_body(tokens: Tokens, i: int) -> bool:
    line = line_at(tokens.lines, tokens.starts[i])
    return line is not None and line.kind == "body"
