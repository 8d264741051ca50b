"""In whose words a word of a text stands: the source of the innermost claim whose content holds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from quotebank.speakers.noun_phrases import bounds
from quotebank.speakers.source_phrases import source_core
from quotebank.text import Words

if TYPE_CHECKING:
    from quotebank.attribution import Attribution


def reporters(w: Words, found: Iterable[Attribution]) -> dict[int, int]:
    """For each word of a content the first word of the source that reports it; none for a source's own words."""
    reported: dict[int, int] = {}
    told = [(sum(s.end - s.start for s in a.content), a) for a in found if a.source]
    for _, attribution in sorted(told, key=lambda t: -t[0]):
        first, end = source_core(w, *bounds(w, attribution.source))
        for span in attribution.content:
            for i in range(w.at(span.start), w.at(span.end - 1) + 1):
                if not first <= i < end:
                    reported[i] = first
    return reported
