"""A choice among candidates by weighed features: a conditional logit model, its weights read from a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp
from typing import Generic, TypeVar

import attrs

from quotebank.text import table

T = TypeVar("T")
Features = Mapping[str, float]


@attrs.frozen
class Ranked(Generic[T]):
    """A candidate with its probability among all that were to choose from, nobody included."""

    candidate: T
    probability: float


@cache
def weights(name: str) -> Mapping[str, float]:
    """The weights of a list: a feature and its weight a line."""
    return {feature: float(weight) for feature, weight in table(name).items()}


def best(name: str, candidates: Sequence[tuple[T, Features]], nobody: Features | None) -> Ranked[T] | None:
    """The likeliest candidate by the weights `name`; None where nobody, with these features, is likelier.

    Without features for nobody, somebody is meant.
    """
    weighed = weights(name)
    scores = [_score(weighed, features) for _, features in candidates]
    none = [_score(weighed, nobody)] if nobody is not None else []
    if not scores or max(scores) <= max(none, default=float("-inf")):
        return None
    top = max(scores)
    total = sum(exp(score - top) for score in (*scores, *none))
    return Ranked(candidates[scores.index(top)][0], 1 / total)


def _score(weighed: Mapping[str, float], features: Features) -> float:
    return sum(weighed.get(feature, 0.0) * value for feature, value in features.items())


def bucket(name: str, value: float, edges: Iterable[float]) -> str:
    """A feature for the range that a value falls into: "apart<3"."""
    return next((f"{name}<{edge:g}" for edge in edges if value < edge), f"{name}>")
