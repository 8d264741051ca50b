"""Signed quotations as attributions: “We lost the bridge twice.” — Ann Lee, as in readers' voices, reviews and mottos.

The source is the name, with what is added to it; the cue is the dash or colon before it, if there is one.
"""

from __future__ import annotations

from bisect import bisect_left

import attrs

from quotebank.attribution.decoding import Quoted, Tagged, quoted_ranges
from quotebank.text import Line, Tokens, words

SAYS = frozenset({"says", "said", "say", "saying", "that"})


def signed_claims(tokens: Tokens) -> list[Tagged]:
    """A claim for each signed quotation of a text, in order."""
    if not any(line.signature is not None for line in tokens.lines):
        return []
    quotations = quoted_ranges(tokens, shortest=1)
    return [claim for k in range(len(tokens.lines)) if (claim := _signed(tokens, k, quotations)) is not None]


def with_signatures(tagged: list[Tagged], found: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those among them that `signed_claims` gives."""
    if not found:
        return tagged
    taken = {i for claim in found for i in claim.content}
    signed = {i for claim in found for i in (*claim.source, *claim.cue)}
    kept = []
    for claim in tagged:
        content = tuple(i for i in claim.content if i not in taken and i not in signed)
        if content == claim.content:
            kept.append(claim)
        elif len(content) > len(claim.content) / 2:
            kept.append(attrs.evolve(claim, content=content))
    return sorted([*kept, *found], key=lambda claim: claim.content)


def _signed(tokens: Tokens, k: int, quotations: list[Quoted]) -> Tagged | None:
    """The claim of a line that signs another one; None for every other line."""
    signature = tokens.lines[k].signature
    other = None if signature is None else k - 1 if signature.above else k + 1
    if signature is None or other is None or not 0 <= other < len(tokens.lines):
        return None
    content = _content(tokens, tokens.lines[other], quotations, above=signature.above)
    source = _without_place(tokens, range(*(bisect_left(tokens.starts, at) for at in signature.name)))
    cue = () if signature.sign is None else range(*(bisect_left(tokens.starts, at) for at in signature.sign))
    return Tagged(tuple(source), tuple(cue), content, 0.95) if content and source else None


def _without_place(tokens: Tokens, name: range) -> range:
    """The words of a signature without the place behind the name: "Ann Lee, Oxbow", which would read as two people."""
    comma = next((i for i in name if tokens.word(i) == ","), name.stop)
    added = [tokens.word(i) for i in range(comma + 1, name.stop)]
    place = bool(added) and all(w[0].isupper() or w == "," for w in added)
    place = place and not any(w.lower() in words("text/person_nouns") for w in added)
    return range(name.start, comma) if place and comma > name.start else name


def _content(tokens: Tokens, line: Line, quotations: list[Quoted], *, above: bool) -> tuple[int, ...]:
    """What is signed of a line: the quotation that it ends or begins with, else all of it."""
    first, end = bisect_left(tokens.starts, line.start), bisect_left(tokens.starts, line.end)
    if first >= end:
        return ()
    at = (
        bisect_left(quotations, end, key=lambda q: q.end)
        if above
        else bisect_left(quotations, first, key=lambda q: q.first)
    )
    if at < len(quotations):
        near = quotations[at]
        if above and near.end == end:
            return tuple(range(near.first, end))
        if not above and near.first == first:
            return tuple(range(first, near.end))
    while first < end and tokens.word(first).lower() in SAYS:
        first += 1
    return tuple(range(first, end))
