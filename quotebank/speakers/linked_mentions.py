"""How likely a mention stands for each candidate by what the network has read at it and at theirs.

The network tells of each word what it asks for and what it offers (`attribution/network.py`, `LinkScorer`); a
candidate's score is the sum over its mentions. What it is told here is weighed among other features, by those who ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from quotebank.text import Tokens, Words

if TYPE_CHECKING:
    from quotebank.attribution import Links, Reading

MENTIONS = 5  # of a candidate: the last ones before the mention that asks
LEAST = -6.0  # below this log chance all are alike
HIGHEST = 30.0  # of nobody's score above the best candidate's


class LinkedMentions:
    """What the network tells of the words of one text, read for many at once where they are known before (`expect`)."""

    def __init__(self, w: Words, tokens: Tokens, reading: Reading) -> None:
        self.reading = reading
        starts = np.asarray(tokens.starts)
        self.first = (np.searchsorted(starts, np.asarray(w.starts), side="right") - 1).tolist()
        self.last = (np.searchsorted(starts, np.asarray(w.ends) - 1, side="right") - 1).tolist()
        self.known: dict[int, tuple[Links, int]] = {}

    def expect(self, words: Iterable[int]) -> None:
        """Read all of some words, as mentions and as such that ask."""
        self._read([i for k in words for i in (self.first[k], self.last[k])])

    def _read(self, places: Iterable[int]) -> None:
        new = sorted({i for i in places if i not in self.known})
        if new:
            links = self.reading.links(new)
            self.known.update((i, (links, n)) for n, i in enumerate(new))

    def chances(self, i: int, candidates: Sequence[Sequence[int]], *, nobody: bool) -> list[float]:
        """Log chances, `LEAST` at least, that word `i` stands for each of the candidates and, last, for nobody.

        Candidates are given by the words at which their mentions begin. Where it can't be `nobody`, that has `LEAST`.
        """
        asking, recent = self.last[i], [[self.first[k] for k in places[-MENTIONS:]] for places in candidates]
        flat = [k for places in recent for k in places]
        self._read([asking, *flat])
        links, n = self.known[asking]
        scores = [float(told.offers[k] @ links.asks[n]) for told, k in map(self.known.__getitem__, flat)]
        left = float(links.nobody[n]) if nobody else float("-inf")
        top = max(scores, default=0.0)
        shares = iter([exp(score - top) for score in scores])
        sums = [*(sum(next(shares) for _ in places) for places in recent), exp(min(left - top, HIGHEST))]
        total = sum(sums)
        return [max(log(s / total), LEAST) if s > 0.0 else LEAST for s in sums]
