"""In whose words a word of a text stands, and which words claims report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from quotebank.text import Words

if TYPE_CHECKING:
    from quotebank.attribution import Attribution


def reported_words(w: Words, found: Iterable[Attribution]) -> set[int]:
    """The words of the contents that stand outside quotation marks."""
    inside = (i for a in found for s in a.content for i in range(w.at(s.start), w.at(s.end - 1) + 1))
    return {i for i in inside if not w.quoted[i]}
