"""How likely a mention stands for each candidate by what the network has read at it and at theirs.

The network tells each word what it asks for and what it offers (`attribution/network.py`, `LinkScorer`); a candidate's
score is the sum over its mentions. What it is told here is weighed among other features, by those who ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

import numpy as np

from quotebank.attribution import Links
from quotebank.text import Tokens, Words

MENTIONS = 5  # of a candidate: the last ones before the mention that asks
LEAST = -6.0  # below this log chance all are alike


class LinkedMentions:
    """What the network tells of the words of one text."""

    def __init__(self, w: Words, tokens: Tokens, links: Links) -> None:
        self.links = links
        starts = np.asarray(tokens.starts)
        self.first = np.searchsorted(starts, np.asarray(w.starts), side="right") - 1
        self.last = np.searchsorted(starts, np.asarray(w.ends) - 1, side="right") - 1

    def chances(self, i: int, candidates: Sequence[Sequence[int]], *, nobody: bool) -> list[float]:
        """Log chances, `LEAST` at least, that word `i` stands for each of the candidates and, last, for nobody.

        Candidates are given by the words at which their mentions begin. Where it can't be `nobody`, that has `LEAST`.
        """
        recent = [places[-MENTIONS:] for places in candidates]
        flat = [self.first[k] for places in recent for k in places]
        asking = self.last[i]
        scores = iter(np.exp(self.links.offers[flat] @ self.links.asks[asking]).tolist())
        sums = [sum(next(scores) for _ in places) for places in recent]
        sums.append(exp(float(self.links.nobody[asking])) if nobody else 0.0)
        total = sum(sums)
        return [max(log(s / total), LEAST) if s > 0.0 < total else LEAST for s in sums]
