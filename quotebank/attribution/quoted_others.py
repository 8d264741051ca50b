"""Who quotes somebody: of "the Herald quoted Ann Lee as saying that …" both are told, hers inside the paper's."""

from __future__ import annotations

from bisect import bisect_left

import regex

from quotebank.attribution.decoding import Tagged
from quotebank.attribution.subjects import subject_before
from quotebank.text import Tokens, words

QUOTING = frozenset({"quoted", "quotes", "quoting"})
AS_SAYING = regex.compile(r"\bas\s+(?P<saying>saying|telling|writing)\b")
LONGEST_NAME = 14  # tokens between "quoted" and "as saying"
SURE = 0.7


def with_quoted_others(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims of a text, each "quoted … as saying" as two: who quotes, and inside it who is quoted."""
    out = list(claims)
    for match in AS_SAYING.finditer(tokens.text):
        saying = bisect_left(tokens.starts, match.start("saying"))
        first = tokens.sentence_of(saying)[0]
        near = range(saying - 2, max(first, saying - LONGEST_NAME), -1)
        verb = next((i for i in near if tokens.word(i).lower() in QUOTING), None)
        if verb is None or verb == saying - 2 or tokens.word(verb - 1).lower() in words("attribution/forms_of_be"):
            continue
        named = tuple(range(verb + 1, saying - 1))
        if not all(tokens.word(i)[0].isalnum() or tokens.word(i) in ",’'-." for i in named):
            continue
        out = _told_twice(tokens, out, verb, named, saying)
    return out


def _told_twice(tokens: Tokens, claims: list[Tagged], verb: int, named: tuple[int, ...], saying: int) -> list[Tagged]:
    """The claims with those that have a part of one "quoted … as saying" replaced by the two that it tells."""
    reporting = set(range(verb, saying + 1))
    touched = [c for c in claims if not reporting.isdisjoint(c.cue) or (c.content and c.content[0] == saying + 1)]
    said = {i for claim in touched for i in claim.content} - reporting
    if not said:
        end = tokens.sentence_of(saying)[1]
        said = set(range(saying + 1, end - 1 if tokens.word(end - 1) in ".!?" else end))
    agency = subject_before(tokens, verb)
    said.difference_update(agency)
    if not said:
        return claims
    sure = max((claim.confidence for claim in touched), default=SURE)
    content = tuple(sorted(said))
    whole = tuple(sorted(said | {*named, saying - 1, saying}))
    outer = Tagged(agency, (verb,), whole, sure, False, "speech", "statement")
    name = named[:-1] if tokens.word(named[-1]) == "," else named
    inner = Tagged(name, (saying - 1, saying), content, sure, True, "speech", "statement")
    return [*(claim for claim in claims if claim not in touched), outer, inner]
