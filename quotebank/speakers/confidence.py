"""How likely a speaker is the right one, by the way that led to it: fitted to articles left out of everything else.

What is weighed has a probability among its candidates, which knows nothing of a candidate that was not seen: a logistic
of it, one for each way, gives the share that is right (`training/speaker_confidence.py`).
"""

from __future__ import annotations

from functools import cache
from math import exp, log

from quotebank.text import table

LEAST = 0.4  # of what is weighed; below, the source's own words stand: on articles left out, 7 wrong names, 4 right
EDGE = 0.001  # probabilities are kept so far from 0 and 1


@cache
def _fitted(way: str) -> tuple[float, float] | None:
    """Constant and slope of a way; None where there are none."""
    found = table("speakers/speaker_confidence").get(way)
    if found is None:
        return None
    constant, slope = map(float, found.split())
    return constant, slope


def calibrated(way: str, probability: float) -> float:
    """How likely a speaker is right who was found in a `way` ("he", "company", "name", …), from 0 to 1."""
    fitted = _fitted(way)
    if fitted is None:
        return probability
    constant, slope = fitted
    odds = log_odds(probability) if slope else 0.0
    return round(1 / (1 + exp(-(constant + slope * odds))), 3)


def log_odds(probability: float) -> float:
    """The log-odds of a probability, kept in bounds."""
    kept = min(max(probability, EDGE), 1 - EDGE)
    return log(kept / (1 - kept))
