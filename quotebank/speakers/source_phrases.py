"""The words of a source as a phrase: where it begins and ends, and whether it is a transcript's label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotebank.spans import Span, covered
from quotebank.text import OWNS, Words, is_closed, words

if TYPE_CHECKING:
    from quotebank.attribution import Attribution

BEFORE_SOURCES = frozenset({"but", "and", "yet", "so", "still", "by", "beyond", "then"})  # no part of one
INSIDE_PHRASE = frozenset({"of", "and", "the", "a", "an", "some", "many", "at", "for", OWNS})
WITHHELD = frozenset({"anonymity", "anonymous", "anonymously", "named", "identified", "quoted"})


def source_core(w: Words, first: int, end: int) -> tuple[int, int]:
    """The words of a source without a possessive or marks at its end and marks at its beginning."""
    while end - first > 1 and (w.low[end - 1] == OWNS or _is_mark(w, first, end - 1)):
        end -= 1
    while end - first > 1 and (not w.low[first][0].isalnum() or w.low[first] in BEFORE_SOURCES):
        first += 1
    end = _without_date(w, first, end)
    if first and w.low[first - 1] in ("the", "a", "an") and w.sentences[first - 1] == w.sentences[first]:
        first -= 1
    return first, end


def _is_mark(w: Words, first: int, i: int) -> bool:
    """Whether the last word of a phrase is a mark: a bracket only where none in the phrase opens it."""
    if w.words[i] == ")":
        return w.words[first:i].count("(") <= w.words[first:i].count(")")
    return not w.low[i][0].isalnum()


def _without_date(w: Words, first: int, end: int) -> int:
    """The end of a source without "on Monday", "in April", "this week" behind it."""
    if end - first > 2 and w.low[end - 1] in words("text/calendar_words"):
        if w.low[end - 2] in ("on", "in", "this", "last", "late", "early"):
            return end - 2
        if w.low[end - 2] in ("the", "that") and w.low[end - 3] in ("in", "over", "during"):
            return end - 3
    return end


def without_clause(w: Words, first: int, end: int) -> int:
    """The end of a phrase without a relative clause, a parenthesis, or what says why there is no name."""
    for i in range(first + 1, end):
        if w.low[i] in ("-", "–", "—") and w.ends[i - 1] < w.starts[i]:
            return i
        if w.low[i] == "who" and (w.words[i - 1] == "," or not WITHHELD.isdisjoint(w.low[i:end])):
            return i - 1 if w.words[i - 1] == "," and i - 1 > first else i
        participle = w.words[i].islower() and w.low[i].endswith(("ed", "ing"))
        several = w.low[first] in words("speakers/quantifiers")
        if w.words[i - 1] == "," and participle and (several or w.low[first] in ("the", "a", "an", "its")):
            return i - 1  # "the post, | shared 40,000 times"
        if w.low[i] == "which" and w.words[i - 1] == "," and i - 1 > first:
            return i - 1
    return end


def is_of_phrase(w: Words, i: int, relative: int) -> bool:
    """Whether word `i` can belong to the phrase that the relative pronoun at word `relative` goes back to."""
    low = w.low[i]
    return w.sentences[i] == w.sentences[relative] and (not is_closed(low) or low in INSIDE_PHRASE)


def is_label(w: Words, attribution: Attribution) -> bool:
    """Whether a source is the label of a turn: capitals before a colon."""
    source = covered(w.text, attribution.source)
    if source.rstrip(".:") in ("Q", "A"):
        return True
    return [s.slice(w.text) for s in attribution.cue] == [":"] and source.isupper()


def apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, of two that overlap the first given alone."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(sorted(kept))
