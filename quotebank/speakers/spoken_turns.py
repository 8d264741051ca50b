"""Who "I" and "you" are inside words that the article gives as somebody's own: turns, signed lines, after a colon."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quotebank.records import Speaker
from quotebank.spans import Span, covered
from quotebank.speakers.persons import Person
from quotebank.speakers.role_nouns import is_person_noun
from quotebank.speakers.whole_names import NameMention
from quotebank.text import Line, Words, words

if TYPE_CHECKING:
    from quotebank.attribution import Attribution

OPENING = frozenset("“\"‘'«„")

Contents = Sequence[tuple[Span, "Attribution"]]
"""The spans of contents, in order, with their attributions, of those whose source stands in no quotation."""


def called_alone(w: Words, line: Line) -> int | None:
    """The word that is all of a turn's label or a signature, where it may be a person's name: "Jo:", "— Frayed, Oxbow".

    None for a noun: "Host:", "Police:".
    """
    if line.label is not None:
        first, name = w.at(line.label.start), line.label.name
    elif line.signature is not None:
        first = w.at(line.signature.name[0])
        name = w.text[slice(*line.signature.name)].partition(",")[0]
    else:
        return None
    low = w.low[first]
    nouns = words("speakers/organization_nouns") | words("speakers/any_organization")
    return first if name == w.words[first] and not (is_person_noun(low) or low in nouns) else None


def who_answers(w: Words, persons: Sequence[tuple[NameMention, Person]], labels: Sequence[int]) -> Person | None:
    """Who answers at "A.": whom an interview's introduction names most, before its first label, but who asks.

    Else who is spoken to in the first question that begins with a name: "Q. Mrs. Lee, did you lock up?".
    """
    asks = (["interview", "by"], ["interviewed", "by"], ["words", "by"], ["text", "by"])
    named = Counter(
        person.order
        for m, person in persons
        if m.first < labels[0] and w.low[m.start - 2 : m.start] not in asks and w.words[m.start - 1 : m.start] != ["BY"]
    )
    most = named.most_common(1)[0][0] if named else None
    asked = {i + k for i, low in enumerate(w.low) if low in ("q", "q.") for k in (1, 2)}
    spoken_to = (person for m, person in persons if m.start in asked and w.low[m.end : m.end + 1] == [","])
    return next((person for _, person in persons if person.order == most), next(spoken_to, None))


def whose_words(
    w: Words, found: Sequence[Attribution], contents: Contents, attribution: Attribution
) -> Attribution | None:
    """The attribution in whose very words the source of this one stands, in marks or without; None in the narration."""
    source = attribution.source[0]
    outer = _turn_around(found, attribution)
    inner = None if attribution.within is None else found[attribution.within]
    quoted = w.quoted[w.at(source.start)]
    if quoted and inner is not None and inner.source and w.text[inner.content[0].start] in OPENING:
        return None if inner.source[0].overlaps(source) else inner  # “He told me, ‘I was dead’” is his "I"
    if outer is None and quoted:
        at = bisect_right(contents, source.start, key=lambda c: c[0].start) - 1
        outer = contents[at][1] if at >= 0 else None
    return outer if outer is not None and outer.source and not outer.source[0].overlaps(source) else None


def spoken_to(found: Sequence[Attribution], attribution: Attribution) -> Attribution | None:
    """The turn of whom "you" in a turn is: who speaks next, else who spoke before; None where nobody else does."""
    turn = _turn_around(found, attribution)
    if turn is None:
        return None
    at = found.index(turn)
    others = (*found[at + 1 :], *reversed(found[:at]))
    return next((o for o in others if o.verbatim and o.source and o.source != turn.source), None)


def is_turn(w: Words, attribution: Attribution) -> bool:
    """Whether an attribution is a turn with a label before a colon."""
    return attribution.verbatim and covered(w.text, attribution.cue) == ":"


def is_according(w: Words, attribution: Attribution) -> bool:
    """Whether an attribution begins "According to", whose source is none of the pronouns in what it tells."""
    return bool(attribution.source and attribution.cue) and w.low[w.at(attribution.cue[0].start)] == "according"


def begins_turn(w: Words, before: Attribution, after: Attribution) -> bool:
    """Whether a quotation without a source begins a sentence behind the claim before."""
    first = w.at(after.content[0].start)
    return w.quoted[first] and w.opens_sentence(first) and first > w.at(before.content[-1].end - 1)


def reported_words(w: Words, found: Iterable[Attribution]) -> set[int]:
    """The words of the contents that stand outside quotation marks."""
    return {i for a in found for i in w.under(a.content) if not w.quoted[i]}


def author(text: str, source: tuple[Span, ...], name: tuple[int, int] | None) -> Speaker:
    """The article's writer, where the byline at code points `name` says who, else by the source's own words."""
    stated = None if name is None else Span(*name)
    words = covered(text, source) if stated is None else stated.slice(text)
    mentions = source if stated is None else tuple(sorted((*source, stated)))
    return Speaker(name=" ".join(words.split()), type="author", mentions=mentions, confidence=0.9)


def _turn_around(found: Sequence[Attribution], attribution: Attribution) -> Attribution | None:
    """The attribution around this one whose content is somebody's very words, given without marks; None without one."""
    outer = attribution
    while outer.within is not None:
        outer = found[outer.within]
        if outer.verbatim:
            return outer
    return None
