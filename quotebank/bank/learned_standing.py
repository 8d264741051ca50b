"""The learned part of how words stand in their article: how likely an article reports them as said by their speaker.

A logistic regression over the features of `standing_features`, the rules' own answer among them. Its weights come from
training/standing_weights.py. The rules know why words were not stated, the weights how sure it is: words are stated
where both say so, and not stated where either is sure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

import attrs

from quotebank.bank.embedding import OTHERS
from quotebank.bank.result_records import Standing
from quotebank.text import table

# Chances of being stated, chosen by training/standing_weights.py so that of words that were not said few come back so
SURE = 0.8  # at least: what the rules call stated is
SURER = 0.95  # at least: also what they leave unclear
DOUBTFUL = 0.15  # at most: it is not
LIKELY_PART = 0.4  # at least: a part of a quotation is as likely stated as all of it
OPEN = ("stated", "unclear")


@attrs.frozen
class Chances:
    """How likely words are stated by their speaker, told by another at second hand, or neither; they sum to 1."""

    stated: float
    second_hand: float
    unstated: float


def chances(found: Iterable[str]) -> Chances:
    """The chances of words that have these features."""
    weights = _weights()
    some = [weights["intercept"], *(weights[name] for name in found if name in weights)]
    stated, second = sum(a for a, _ in some), sum(b for _, b in some)
    top = max(stated, second, 0.0)
    odds = [math.exp(x - top) for x in (stated, second, 0.0)]
    total = sum(odds)
    return Chances(odds[0] / total, odds[1] / total, odds[2] / total)


def is_open(rule: Standing) -> bool:
    """Whether the weights have a say: the rules do not know that the words were not stated, or are cut amiss."""
    return rule.stance in OPEN and not (rule.lost and rule.stance == "stated")


def revised(rule: Standing, found: Iterable[str]) -> Standing:
    """How words stand, by what the rules say of them, which is open, and by their features."""
    told = chances(found)
    if told.stated >= (SURE if rule.stance == "stated" else SURER):
        return attrs.evolve(rule, stance="stated")
    if told.stated > DOUBTFUL:
        return attrs.evolve(rule, stance="unclear")
    if told.second_hand > told.unstated:
        return attrs.evolve(rule, stance="second hand", teller=OTHERS)
    return attrs.evolve(rule, stance="not reported")


@cache
def _weights() -> dict[str, tuple[float, float]]:
    """The weights of each feature for what is stated and for what is told at second hand; others have none."""
    split = ((name, value.split("\t")) for name, value in table("bank/standing_weights").items())
    return {name: (float(stated), float(second)) for name, (stated, second) in split}
