"""In whose words a word of a text stands, and which words claims report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from quotebank.speakers.noun_phrases import bounds
from quotebank.speakers.source_phrases import source_core
from quotebank.text import Words

if TYPE_CHECKING:
    from quotebank.attribution import Attribution


def contents_by_source(w: Words, found: Iterable[Attribution]) -> dict[int, list[tuple[int, int]]]:
    """The words of each claim's contents by the first word of its source."""
    told: dict[int, list[tuple[int, int]]] = {}
    for attribution in found:
        if attribution.source:
            first, _ = source_core(w, *bounds(w, attribution.source))
            told.setdefault(first, []).extend(bounds(w, [span]) for span in attribution.content)
    return told


def reported_words(w: Words, found: Iterable[Attribution]) -> set[int]:
    """The words of the contents that stand outside quotation marks."""
    inside = (i for a in found for s in a.content for i in range(w.at(s.start), w.at(s.end - 1) + 1))
    return {i for i in inside if not w.quoted[i]}
