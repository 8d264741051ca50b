"""Block quotations: paragraphs set apart, without marks, under a sentence that says whose they are: "Lee wrote:"."""

from __future__ import annotations

from bisect import bisect_left

from quotebank.attribution.decoding import Tagged
from quotebank.attribution.listed_claims import lead_in
from quotebank.text import Tokens

SURE = 0.85


def claims_of_blocks(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """A claim for each block quotation under a lead-in, its paragraphs together; none for those that nobody owns."""
    found: list[Tagged] = []
    lines = tokens.lines
    at = 1
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].kind == "block quotation":
            end += 1
        if end > at:
            above = lines[at - 1]
            told = lead_in(tokens, above.start, above.end, tagged) if _leads(tokens, above.end) else None
            content = tuple(i for k in range(at, end) for i in _said(tokens, lines[k].start, lines[k].end))
            if told is not None and content:
                found.append(Tagged(told[0], told[1], content, SURE))
        at = max(end, at + 1)
    return found


def with_blocks(tagged: list[Tagged], found: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those among them that `claims_of_blocks` gives."""
    taken = {i for claim in found for i in claim.content}
    return sorted([*(c for c in tagged if taken.isdisjoint(c.content)), *found], key=lambda claim: claim.content)


def _leads(tokens: Tokens, end: int) -> bool:
    """Whether a line that ends at a code point leads in to what is below it."""
    return tokens.text[end - 1] in ":,—–"


def _said(tokens: Tokens, start: int, end: int) -> range:
    """The tokens of a block's paragraph, without the ">" that mail and Markdown put before it."""
    first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
    while first < last and tokens.word(first) == ">":
        first += 1
    return range(first, last)
