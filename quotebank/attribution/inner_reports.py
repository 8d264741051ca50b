"""Reports inside a noun phrase: "what officials call “a wave”", "the firm's claim that the roof is safe".

The network, which looks for the sentence's own report first, overlooks a third of them. Their verb or noun says that
somebody else than who speaks in the sentence owns the words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

import attrs
import regex

from quotebank.attribution.cue_words import is_cue
from quotebank.attribution.decoding import Tagged, quoted_ranges
from quotebank.attribution.subjects import without_auxiliaries
from quotebank.text import OWNS, Tokens, words

SURE = 0.7
LONGEST_SUBJECT = 6  # tokens between "what" and its verb
LONGEST_OWNER = 8  # tokens of whose claim it is
NAMING = frozenset({"called", "calls", "call", "labelled", "labeled", "labels", "brands", "branded", "describes"})
NAMING |= {"described", "terms", "termed", "dubs", "dubbed"}
PRONOUNS = frozenset({"he", "she", "they", "it"})
OWNERS = frozenset({"his", "her", "their", "its"})
OWNING = OWNERS | {OWNS, "’s", "’", "'"}
NO_SUBJECTS = frozenset({"i", "we", "you", "one", "who", "some", "many", "to"})
WHAT = regex.compile(r"\b[Ww]hat\b")
NOUNS = regex.compile(r"\b(?:claims?|allegations?|assertion|contention|suggestion|insistence)(?=\s+that\b)")
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "some"}) | OWNERS
PAUSES = frozenset(",.!?…")
STOPS = frozenset({",", ".", ";", ":", "?", "!", "–", "—", "--", "”", '"', "’", "''", ")", "…"})


def with_inner_reports(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those that a noun phrase reports among them; such a phrase is no claim beside its own."""
    out = [part for claim in tagged for part in _told_twice(tokens, claim)]
    for first, claim in (*_what_is_called(tokens), *_owned_claims(tokens)):
        phrase = set(range(first, claim.content[-1] + 1))
        known = next((k for k, other in enumerate(out) if not set(claim.cue).isdisjoint(other.cue)), None)
        if known is None:
            out = [other for other in out if not phrase.issuperset(other.content)]
        told = out.pop(known) if known is not None else claim
        nested = any(not other.nested and set(told.content) < set(other.content) for other in out)
        out.append(attrs.evolve(told, nested=nested))
    return sorted(out, key=lambda claim: claim.content)


def within_inner_marks(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim without what stands behind the inner quotation that begins it: "he said, | ‘Go,’ | and sat down"."""
    first, end = tokens.starts[claim.content[0]], tokens.ends[claim.content[-1]]
    spans = tokens.quotations.spans
    low, high = (bisect_left(spans, at, key=lambda q: q.start) for at in (first, end))
    inside = [q for q in spans[low:high] if q.depth]
    whole = len(inside) == 1 and inside[0].start == first and not inside[0].continued
    if not whole or inside[0].end >= end or tokens.text[inside[0].end - 2] not in PAUSES:
        return claim
    return attrs.evolve(claim, content=tuple(i for i in claim.content if tokens.starts[i] < inside[0].end))


def _told_twice(tokens: Tokens, claim: Tagged) -> list[Tagged]:
    """A claim with two subjects and two verbs in turn, as two: “You'll be sorry,” she claims | he said."""
    parts = sorted([*((i, "s") for i in claim.source), *((i, "c") for i in claim.cue)])
    places = [i for i, _ in parts]
    turns = [kind for k, (_, kind) in enumerate(parts) if not k or parts[k - 1][1] != kind]
    if turns != ["s", "c", "s", "c"] or places != list(range(places[0], places[-1] + 1)) or claim.nested:
        return [claim]
    second = next(i for k, (i, kind) in enumerate(parts) if kind == "s" and k and parts[k - 1][1] == "c")
    if not all(is_cue(tokens.word(i).lower()) for i in (second - 1, places[-1])):
        return [claim]
    teller, owner = ([i for i in claim.source if (i < second) is one] for one in (True, False))
    tells, said = ([i for i in claim.cue if (i < second) is one] for one in (True, False))
    whole = sorted((*claim.content, *owner, *said))
    outer = attrs.evolve(claim, source=tuple(teller), cue=tuple(tells), content=tuple(whole))
    return [outer, attrs.evolve(claim, source=tuple(owner), cue=tuple(said), nested=True)]


def _what_is_called(tokens: Tokens) -> Iterator[tuple[int, Tagged]]:
    """The claims of "what X calls Y", each with the token of its "what"."""
    places = list(_places(tokens, WHAT))
    quotations = {q.first: q.end for q in quoted_ranges(tokens, 1)} if places else {}
    for what in places:
        limit = min(what + 3 + LONGEST_SUBJECT, tokens.sentence_of(what)[1] - 1)
        verb = next((i for i in range(what + 2, limit) if tokens.word(i).lower() in NAMING), None)
        source = () if verb is None else _subject(tokens, what + 1, verb)
        if verb is None or not source:
            continue
        said = verb + 1 + (tokens.word(verb + 1).lower() == "as")
        opened = next((i for i in range(said, said + 3) if i in quotations), None)
        end = quotations[opened] if opened is not None else _clause_end(tokens, said)
        if end > said and (said > verb + 1 or not tokens.word(verb).lower().startswith("describe")):
            yield what, Tagged(source, (verb,), tuple(range(said, end)), SURE)


def _subject(tokens: Tokens, first: int, verb: int) -> tuple[int, ...]:
    """The tokens of who calls something so: a pronoun of the third person, or a plain noun phrase."""
    end = without_auxiliaries(tokens, first, verb)
    low = [tokens.word(i).lower() for i in range(first, end)]
    plain = all(w[0].isalnum() or w in ("'s", "’s", "-", ".") for w in low) and NO_SUBJECTS.isdisjoint(low)
    alone = len(low) == 1 or PRONOUNS.isdisjoint(low)
    acts = words("attribution/auxiliary_forms").isdisjoint(low)
    return tuple(range(first, end)) if low and plain and alone and acts else ()


def _owned_claims(tokens: Tokens) -> Iterator[tuple[int, Tagged]]:
    """The claims of "X's claim that Y", each with the first token of X."""
    for noun in _places(tokens, NOUNS):
        owns = next((i for i in (noun - 1, noun - 2) if i >= 0 and tokens.word(i).lower() in OWNING), None)
        if owns is None:
            continue
        pronoun = tokens.word(owns).lower() in OWNERS
        source = (owns,) if pronoun else _owner(tokens, owns)
        end = _clause_end(tokens, noun + 2)
        if source and end > noun + 3:
            yield source[0], Tagged(source, (noun,), tuple(range(noun + 1, end)), SURE)


def _owner(tokens: Tokens, owns: int) -> tuple[int, ...]:
    """The tokens of the noun phrase that ends before a possessive: "the Friends of Orley Wood", "the company"."""
    first = max(tokens.sentence_of(owns)[0], owns - LONGEST_OWNER)
    begin = owns - 1
    while begin > first:
        before = tokens.word(begin - 1)
        joined = (
            before.lower() in ("of", "and", "for", "&") and begin - 2 >= first and tokens.word(begin - 2)[0].isupper()
        )
        if before.lower() in DETERMINERS:
            return tuple(range(begin - 1, owns))
        if not (before[0].isupper() and before.lower() not in words("text/closed_class")) and not joined:
            break
        begin -= 1
    return tuple(range(begin, owns))


def _places(tokens: Tokens, pattern: regex.Pattern[str]) -> Iterable[int]:
    """The tokens that a pattern finds in the text."""
    found = ((bisect_left(tokens.starts, match.start()), match.start()) for match in pattern.finditer(tokens.text))
    return (i for i, at in found if i < len(tokens) and tokens.starts[i] == at)


def _clause_end(tokens: Tokens, first: int) -> int:
    """The first token behind a clause: a mark, or the end of the sentence."""
    if first >= len(tokens):
        return first
    return next((i for i in range(first, tokens.sentence_of(first)[1]) if tokens.word(i) in STOPS), first)
