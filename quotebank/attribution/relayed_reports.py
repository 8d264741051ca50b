"""Reports that somebody else passes on: of "“We shut in May,” Ann Lee said, according to the Herald" both are told."""

from __future__ import annotations

import attrs

from quotebank.attribution.decoding import Tagged, quoted_ranges
from quotebank.attribution.reporting_clauses import names_somebody
from quotebank.attribution.speech_verbs import reports_speech
from quotebank.text import Tokens

RELAYING = frozenset({"according", "per"})
LONGEST_NAME = 10  # tokens
LONGEST_REST = 6  # tokens behind the verb: "told | a friend on Monday"
SHORTEST = 3  # tokens of what was said


def relayed(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims inside those of who passes them on, of which none of `claims` has the verb."""
    known = {i for claim in claims for i in claim.cue}
    quoted = {i for q in quoted_ranges(tokens, SHORTEST) for i in range(q.first, q.end)}
    found = (_inside(tokens, claim, quoted) for claim in claims if _relays(tokens, claim))
    return [claim for claim in found if claim is not None and known.isdisjoint(claim.cue)]


def without_relay(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim without who passes it on in its source: "said Ann Lee, | per the Herald"."""
    source = [tokens.word(i) for i in claim.source]  # as written: Per Aas is a man
    at = next((k for k, word in enumerate(source) if k > 1 and source[k - 1] == "," and word in RELAYING), None)
    return claim if at is None else attrs.evolve(claim, source=claim.source[: at - 1])


def _relays(tokens: Tokens, claim: Tagged) -> bool:
    return bool(claim.cue and claim.source) and tokens.word(claim.cue[0]).lower() in RELAYING


def _inside(tokens: Tokens, claim: Tagged, quoted: set[int]) -> Tagged | None:
    """What a claim's content reports by the clause that it ends in before the cue: "…, Ann Lee told a friend"."""
    before = [i for i in claim.content if i < claim.cue[0]]
    if not before or claim.cue[0] - before[-1] > 2:
        return None
    first = max(before[0], before[-1] - LONGEST_NAME - LONGEST_REST)
    for begin in range(before[-1] - 1, first, -1):
        closed = begin - 1 in quoted and begin not in quoted
        if begin in quoted or not (closed or tokens.word(begin - 1) == ","):
            continue
        told = _clause(tokens, begin, before[-1] + 1)
        if told is None:
            continue
        content = tuple(i for i in claim.content if i < begin or i > before[-1])
        while content and not closed and content[-1] == begin - 1:
            content = content[:-1]
        if len(content) < SHORTEST:
            return None
        return attrs.evolve(claim, source=told[0], cue=(told[1],), content=content, nested=True)
    return None


def _clause(tokens: Tokens, begin: int, end: int) -> tuple[tuple[int, ...], int] | None:
    """The source and the verb of a reporting clause, tokens `begin` to `end`: "said Ann Lee", "he told me"."""
    if reports_speech(tokens.word(begin)):
        named = end - begin <= LONGEST_NAME and names_somebody(tokens, begin + 1, end)
        return (tuple(range(begin + 1, end)), begin) if named else None
    limit = min(end, begin + LONGEST_NAME)
    verb = next((i for i in range(begin + 1, limit) if reports_speech(tokens.word(i))), None)
    if verb is None or end - 1 - verb > LONGEST_REST or not names_somebody(tokens, begin, verb):
        return None
    return tuple(range(begin, verb)), verb
