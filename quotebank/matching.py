"""Same claim or not: `compare` two claims, and the `keys` by which an index finds those worth comparing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

import attrs
from rapidfuzz.distance import LCSseq

from quotebank.alignment import Alignment, Difference, align_words
from quotebank.errors import ArgumentTypeError, shown
from quotebank.names import Agreement, same_speaker
from quotebank.records import Claim
from quotebank.wording import CACHED_LENGTH, Words, is_content, is_negation, read_words
from quotebank.wordlists import table

Relation = Literal["exact", "subset", "edited", "paraphrase"]
