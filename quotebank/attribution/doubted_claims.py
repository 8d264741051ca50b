"""Questions, and claims that an article judges: "Did the mayor say …?", "a post saying … is false".

What is asked or judged stays a claim, of its own words alone: the auxiliary of a question is no part of who is asked
about, the verdict no part of what was claimed, and whoever "was asked" said nothing by it.
"""

from __future__ import annotations

from collections.abc import Collection

import attrs

from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens, words

BEING = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "’s"})
LONGEST_VERDICT = 8  # tokens
BEFORE = 8  # tokens of a sentence among which the post or the claim is named
PLAIN = frozenset({"not", "n't", "a", "completely", "entirely", "partly", "mostly", "simply", "also", "therefore", ","})


def as_stated(tokens: Tokens, claim: Tagged, firsts: Collection[int]) -> Tagged:
    """The claim without the auxiliary of a question in its source and the verdict behind its content.

    `firsts` are the first tokens of sentences.
    """
    source, low = claim.source, [tokens.word(i).lower() for i in claim.source]
    if len(source) > 1 and source[0] in firsts and low[0] in words("attribution/auxiliaries"):
        source = source[1:]
    if source and _was_asked(tokens, claim):
        source = ()
    return attrs.evolve(claim, source=source, content=_without_verdict(tokens, claim))


def _was_asked(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim's source is who was asked: "the mayor was asked whether …", with nobody behind "by"."""
    cue = [tokens.word(i).lower() for i in claim.cue]
    if "asked" not in cue or claim.source[0] > claim.cue[0]:
        return False
    at = claim.cue[cue.index("asked")]
    before = {tokens.word(i).lower() for i in range(max(0, at - 2), at)}
    return bool(before & BEING)


def _without_verdict(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The content up to "is false", where the sentence is about a post, a claim or the like."""
    content = claim.content
    if not claim.cue or claim.cue[0] > content[0]:
        return content
    around = {tokens.word(i).lower() for i in range(max(0, claim.cue[0] - BEFORE), claim.cue[-1] + 1)}
    if not around & words("attribution/claim_nouns"):
        return content
    tail = content[-LONGEST_VERDICT:]
    for i in reversed(tail):
        if tokens.word(i).lower() not in BEING or i == content[0]:
            continue
        behind = [tokens.word(k).lower() for k in content if k > i]
        judged = next((low for low in behind if low not in PLAIN), "")
        if judged in words("attribution/verdicts"):
            return tuple(k for k in content if k < i)
    return content
