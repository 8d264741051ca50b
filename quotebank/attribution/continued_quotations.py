"""Quotations that go on: “Go,” said the mayor. “And do not come back.” is one claim, also over a paragraph break."""

from __future__ import annotations

import attrs

from quotebank.attribution.decoding import Tagged, quoted_ranges
from quotebank.attribution.dialogue_lines import DASHES
from quotebank.attribution.reporting_clauses import ENDS
from quotebank.text import LineKind, Tokens, line_at

CLOSING = frozenset("”\"’'»“")
ASKING = frozenset({"ask", "asks", "asked", "asking", "wondered", "inquired", "enquired"})


def with_continuations(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims in order, quotations that nobody reports joined to the reported one whose sentence they follow.

    So are those that are no claim, where they are sentences: alone they could be a title or a slogan.
    A question that what follows may answer is not gone on with. Nor is what a name behind a dash has signed.
    """
    quoted = {i for q in quoted_ranges(tokens, 3) for i in range(q.first, q.end)}
    alone = {c.content: c for c in _unclaimed(tokens, claims)}
    out: list[Tagged] = []
    last: int | None = None  # which of `out` is the outer claim before
    for claim in sorted([*claims, *alone.values()], key=lambda c: (c.content or c.cue or c.source)[0]):
        if claim.nested or not claim.content:
            out.append(claim)
            continue
        before = None if last is None else out[last]
        if last is not None and before is not None and _goes_on(tokens, before, claim, quoted):
            out[last] = attrs.evolve(before, content=(*before.content, *claim.content))
            continue
        if claim.content in alone:
            continue
        last = len(out)
        out.append(claim)
    return out


def _unclaimed(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The quotations that begin and end as sentences do, and of which no claim has a word."""
    claimed = {i for claim in claims for i in claim.content}
    return [
        Tagged((), (), tuple(range(q.first, q.end)), 0.0)
        for q in quoted_ranges(tokens)
        if claimed.isdisjoint(range(q.first, q.end))
        and tokens.sentence_of(q.first)[0] == q.first
        and any(tokens.word(i)[-1] in ENDS for i in range(q.end - 2, q.end))
    ]


def _goes_on(tokens: Tokens, before: Tagged, claim: Tagged, quoted: set[int]) -> bool:
    if claim.cue or claim.source or not before.cue or not quoted.issuperset((*before.content, *claim.content)):
        return False
    end = max(before.content[-1], before.cue[-1], *before.source[-1:])
    first = claim.content[0]
    between = [i for i in range(tokens.sentence_of(end)[1], first) if _is_word(tokens, i)]
    if tokens.word(before.content[-1])[-1] not in CLOSING:
        between = [i for i in between if _kind(tokens, i) != "subheading"]  # a crosshead, which parts no quotation
    if end >= first or between or _is_answered(tokens, claim, quoted):
        return False
    if _asks(tokens, before) and _may_be_answered(tokens, before, first):
        return False
    if tokens.word(before.cue[-1]) in DASHES:
        return False
    return all(_kind(tokens, part.content[0]) == "body" for part in (before, claim))


def _may_be_answered(tokens: Tokens, asked: Tagged, behind: int) -> bool:
    """Whether what stands behind a question may be somebody's answer: it was "asked", or another paragraph begins."""
    if any(tokens.word(i).lower() in ASKING for i in asked.cue):
        return True
    return any(i in tokens.paragraphs for i in range(asked.content[-1] + 1, behind + 1))


def _is_answered(tokens: Tokens, claim: Tagged, quoted: set[int]) -> bool:
    """Whether a question stands right before another quotation: “Left?” “Died,” she said."""
    behind = claim.content[-1] + 1
    return _asks(tokens, claim) and behind in quoted and behind not in tokens.paragraphs


def _asks(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a quotation ends with a question mark, inside its marks or without."""
    return any(tokens.word(i)[-1] == "?" for i in claim.content[-2:])


def _is_word(tokens: Tokens, i: int) -> bool:
    return any(map(str.isalnum, tokens.word(i)))


def _kind(tokens: Tokens, i: int) -> LineKind | None:
    """What the line is that a token stands in; None between lines."""
    line = line_at(tokens.lines, tokens.starts[i])
    return None if line is None else line.kind
