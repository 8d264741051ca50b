"""Quotations broken by the words that report them: “Go,” said the mayor, “now.” is one claim in two pieces."""

from __future__ import annotations

import itertools

import attrs

from quotebank.attribution.decoding import Quoted, Tagged, quoted_ranges
from quotebank.text import DASHES, Tokens

PRONOUNS = frozenset({"he", "she"})
SURE = 0.7
OPEN_END = frozenset({",", "—", "–", "-"})  # what a half ends with that goes on behind the reporting words


def without_asides(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims without what the article puts in with dashes between quotations: “We stay” – she laughed – “here.”

    Only of a content that begins and ends with quotations: “a joke” – a bad one – and “a waste” is one phrase.
    """
    quotations = quoted_ranges(tokens, 3)
    by_first = {q.first: q for q in quotations}
    quoted = {i for q in quotations for i in range(q.first, q.end)}
    out = []
    told: set[int] = set()  # what was no part of a claim after all: who says something in it is inside none
    for claim in claims:
        kept = _without_next_sentence(tokens, claim, by_first, quoted) if claim.content[0] in by_first else claim
        told.update(set(claim.content) - set(kept.content))
        out.append(_without_aside(tokens, kept, by_first) if claim.content[0] in by_first else claim)
    return [attrs.evolve(c, nested=False) if c.nested and told.issuperset(c.content) else c for c in out]


def _without_next_sentence(tokens: Tokens, claim: Tagged, by_first: dict[int, Quoted], quoted: set[int]) -> Tagged:
    """The claim of a quotation without an unquoted sentence behind its reporting words, which is the article's own."""
    first = by_first[claim.content[0]]
    if claim.nested or not claim.cue or claim.cue[0] < first.end or claim.content[-1] in quoted:
        return claim
    end = tokens.sentence_of(claim.cue[-1])[1]
    kept = tuple(i for i in claim.content if i < end or i in quoted)
    return attrs.evolve(claim, content=kept)


def _without_aside(tokens: Tokens, claim: Tagged, by_first: dict[int, Quoted]) -> Tagged:
    """One claim whose content begins with a quotation; `by_first`: the text's quotations by their first tokens."""
    content = set(claim.content)
    quotations = [q for i in claim.content if (q := by_first.get(i)) is not None and q.end - 1 in content]
    if len(quotations) < 2 or quotations[0].first != claim.content[0] or quotations[-1].end - 1 != claim.content[-1]:
        return claim
    told = {*claim.source, *claim.cue}
    aside: set[int] = set()
    for one, other in itertools.pairwise(quotations):
        between = range(one.end, other.first)
        opened = any(tokens.word(i) in DASHES for i in between[:1]) or not told.isdisjoint(between)
        if opened and len(between) > 1 and tokens.word(between[-1]) in DASHES:
            aside.update(between)
    return attrs.evolve(claim, content=tuple(i for i in claim.content if i not in aside)) if aside & content else claim


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
        acting = _acts_between(tokens, first, second)
        if acting and not _has(first, taken) and not _has(second, taken):
            both = (*range(first.first, first.end), *range(second.first, second.end))
            out.append(Tagged((), (), both, SURE, act="speech", force="statement", named=acting))
            taken.update(both)
        if not is_broken(tokens, first, second):
            continue
        halves = [_has(first, taken), _has(second, taken)]
        if halves[0] is halves[1]:
            continue
        told, other = (first, second) if halves[0] else (second, first)
        teller = min((holders[i] for i in range(told.first, told.end) if i in holders), default=None)
        if teller is None:
            continue
        reporting = [i for i in (*out[teller].source, *out[teller].cue) if i >= first.end]
        before = second.first - 1  # "said on “Meet the Town”" names a show
        if not reporting or max(reporting) > before or not (tokens.word(before) in OPEN_END or before in reporting):
            continue
        half = range(other.first, other.end)
        out[teller] = attrs.evolve(out[teller], content=tuple(sorted({*out[teller].content, *half})))
        taken.update(half)
        holders.update(dict.fromkeys(half, teller))
    return out


def _has(quotation: Quoted, taken: set[int]) -> bool:
    return any(i in taken for i in range(quotation.first, quotation.end))


def _acts_between(tokens: Tokens, first: Quoted, second: Quoted) -> tuple[int, ...]:
    """Who does something between dashes that break a quotation: “This boat” — Ann Lee slapped it — “is old.”"""
    word, begin, last = tokens.word, first.end + 1, second.first - 1
    if begin + 1 >= last or word(begin - 1) not in DASHES or word(last) not in DASHES:
        return ()
    begin += sum(word(i).lower() in ("and", "here") for i in (begin, begin + 1))
    end = begin
    while end < last and word(end)[0].isupper():
        end += 1
    somebody = end > begin or word(begin).lower() in PRONOUNS
    return tuple(range(begin, max(end, begin + 1))) if somebody and end < last else ()


def is_broken(tokens: Tokens, first: Quoted, second: Quoted) -> bool:
    """Whether two quotations stand in one sentence, the first without an end of its own."""
    last = first.end - 2  # the closing mark is the last token
    if last <= first.first or tokens.word(last) not in OPEN_END:
        return False
    return tokens.sentence_of(first.end - 1) == tokens.sentence_of(second.first)
