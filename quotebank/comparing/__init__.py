"""Whether two claims say the same, and whether two speakers are one.

In go claims, or texts, of any articles. Words are brought into the form in which they are compared and laid against
each other. Out come a `Comparison` with the kind of likeness and the words that differ, and judgements on names.
"""

from __future__ import annotations

from quotebank.comparing.alignment import Alignment, Difference, Laid, matching_blocks
from quotebank.comparing.compared_words import (
    CACHED_LENGTH,
    Words,
    begins_a_clause,
    is_content,
    is_negation,
    place_in,
    read_words,
    sentences_around,
    stem,
)
from quotebank.comparing.same_claim import COPIED, RELATIONS, Comparison, Relation, compare, relation_of
from quotebank.comparing.same_speaker import (
    is_mentioned,
    likeness,
    named_at,
    party_of,
    read_name,
    same_name,
    same_speaker,
    slips,
)
from quotebank.comparing.similarity_features import information, total_information

__all__ = [
    "CACHED_LENGTH",
    "COPIED",
    "RELATIONS",
    "Alignment",
    "Comparison",
    "Difference",
    "Laid",
    "Relation",
    "Words",
    "begins_a_clause",
    "compare",
    "information",
    "is_content",
    "is_mentioned",
    "is_negation",
    "likeness",
    "matching_blocks",
    "named_at",
    "party_of",
    "place_in",
    "read_name",
    "read_words",
    "relation_of",
    "same_name",
    "same_speaker",
    "sentences_around",
    "slips",
    "stem",
    "total_information",
]
