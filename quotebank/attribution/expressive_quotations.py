"""Expressives in marks: who "gave its “deepest sympathies”" said these words, though no verb of speech is there.

Thanks, apologies, condolences and wishes are made by being said (Searle 1976, "A classification of illocutionary
acts"): whoever gives, sends or offers them did.
"""

from __future__ import annotations

from quotebank.attribution.decoding import Tagged, quoted_ranges
from quotebank.attribution.subjects import subject_before
from quotebank.text import Tokens, words

SHORTEST = 4  # tokens, marks included
SURE = 0.7
GIVING = frozenset({"gave", "gives", "sent", "sends", "offered", "offers", "extended", "extends"})
GIVING |= {
    "conveyed",
    "conveys",
    "expressed",
    "expresses",
    "voiced",
    "voices",
    "issued",
    "issues",
    "delivered",
    "delivers",
}
OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})


def with_expressives(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims of a text, quoted expressives that none of them has among them."""
    taken = {i for claim in claims for i in claim.content}
    found = []
    for quotation in quoted_ranges(tokens, SHORTEST):
        inside = tuple(range(quotation.first, quotation.end))
        verb = quotation.first - 2
        if verb < 1 or not taken.isdisjoint(inside) or tokens.word(verb + 1).lower() not in OWNERS:
            continue
        said = {tokens.word(i).lower() for i in inside}
        title = not tokens.word(quotation.first + 1).islower()  # "its “Best Wishes” card shop"
        if title or tokens.word(verb).lower() not in GIVING or said.isdisjoint(words("attribution/expressive_nouns")):
            continue
        giver = subject_before(tokens, verb)
        if giver:
            found.append(Tagged(giver, (verb,), inside, SURE, act="speech", force="statement"))
    return sorted([*claims, *found], key=lambda claim: claim.content)
