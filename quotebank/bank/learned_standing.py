"""The learned part of how words stand: how likely an article reports them as said by who is asked for, or otherwise.

A softmax regression over the features of `standing_features`, what the rules say among them. Its weights come from
training/standing_weights.py. The rules know why words were not stated, the weights how sure it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

import attrs

from quotebank.bank.embedding import OTHERS
from quotebank.bank.result_records import Standing
from quotebank.text import table

# Chances of being said, chosen by training/standing_weights.py so that of words that were not said few come back so
SURE = 0.8  # at least: said
SURER = 0.85  # at least: said by somebody whom the article only describes
NEVER = 2.0  # where the article names another one
DOUBTFUL = 0.45  # at most: not said; from it on said, where a quotation and who says so is all there is
ANOTHER = 0.5  # at least: somebody whom the article only describes is another one
AMISS = 1.5  # times the chance that a part is cut amiss tell against it
OPEN = ("stated", "unclear")


@attrs.frozen
class Chances:
    """How likely words are said by who is asked for, or at second hand, or by another, or cut amiss; 1 with the rest.

    The rest are those that were denied, asked, possible, anything else.
    """

    said: float
    second_hand: float
    misattributed: float
    altered: float

    @property
    def not_stated(self) -> float:
        """How likely nothing of these."""
        return 1.0 - self.said - self.second_hand - self.misattributed - self.altered

    def of_the_same(self, sure: float = 1.0) -> Chances:
        """The chances where the claim's speaker is who is asked for, and that is right with the chance `sure`.

        How sure it is whom "it" means is known better than from the words around it. 1.0 where nobody else can
        be meant: who is asked for is "a police officer", as the article has it.
        """
        said = max(self.said, (self.said + self.misattributed) * sure)
        return Chances(said, self.second_hand, self.said + self.misattributed - said, self.altered)

    def as_part(self, whole: Chances, *, keeps_sense: bool = False) -> Chances:
        """The chances of a part of a quotation: said where all of it is, unless it may be cut amiss."""
        amiss = 0.0 if keeps_sense else AMISS * self.altered
        said = max(self.said, whole.said * (1.0 - amiss))
        rest = (1.0 - said) / max(1.0 - self.said, 1e-9)
        return Chances(said, self.second_hand * rest, self.misattributed * rest, self.altered * rest)


def chances(found: Iterable[str]) -> Chances:
    """The chances of words that have these features."""
    weights = _weights()
    rows = [weights["intercept"], *(weights[name] for name in found if name in weights)]
    scores = [sum(column) for column in zip(*rows, strict=True)]
    top = max(*scores, 0.0)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds) + math.exp(-top)
    return Chances(*(one / total for one in odds))


def revised(
    rule: Standing, told: Chances, same: bool | None, *, least: float, may_be: bool, holds: bool
) -> tuple[Standing, bool | None]:
    """How words stand by rules and chances, and whether they are of who is asked for.

    `same`: whether the claim's speaker is; `least`: the chance from which on the words are said; `may_be`: whether
    that can be, for all that the article says; `holds`: whether the rule is about who is asked for.
    """
    known = rule.stance not in OPEN
    if (known and holds) or (same and rule.lost and rule.stance == "stated"):
        return rule, same  # a rule knows why they were not said so
    may_be = may_be and not known
    if told.said >= least and may_be:
        return attrs.evolve(rule, stance="stated"), True
    if told.said > DOUBTFUL and may_be:
        return attrs.evolve(rule, stance="unclear"), same
    rest = {
        "second hand": told.second_hand,
        "not stated": told.not_stated,
        "misattributed": told.misattributed,
        "altered": told.altered,
    }
    likely = max(rest, key=lambda one: rest[one])
    if likely == "second hand":
        return attrs.evolve(rule, stance="second hand", owner="", teller=OTHERS if same else ""), same
    if known and rule.stance != "second hand":
        return rule, same
    if likely == "altered" and may_be:
        return attrs.evolve(rule, stance="stated", lost=rule.lost or "sense"), True
    if likely == "misattributed" and not same and not known:
        return attrs.evolve(rule, stance="stated" if told.misattributed >= ANOTHER or not may_be else "unclear"), False
    return attrs.evolve(rule, stance="not reported", owner="", teller=""), same


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    """The weights of each feature for said, second hand, misattributed and altered; what is none of them has none."""
    return {name: tuple(map(float, value.split("\t"))) for name, value in table("bank/standing_weights").items()}
