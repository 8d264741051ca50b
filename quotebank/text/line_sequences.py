"""What the lines of a page are, one after another: the likeliest sequence, by weights of what each line shows.

A linear chain (Lafferty et al. 2001, "Conditional random fields"): every feature of a line weighs for each state, and
so does the state of the line before. Decoded by the Viterbi algorithm.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

Weights = Mapping[str, tuple[float, ...]]
"""For each feature what it weighs for each state; of "after 0" 0 is the state before, "first" and "last" are ends."""


def likeliest(rows: Sequence[Collection[str]], weights: Weights) -> tuple[list[int], float]:
    """The states of lines by their features, and by how much they are likelier than state 0 throughout, in log odds."""
    if not rows:
        return [], 0.0
    scores = [_scores(row, weights) for row in rows]
    states = range(len(scores[0]))
    step = [weights[f"after {state}"] for state in states]
    best = [score + weights["first"][state] for state, score in enumerate(scores[0])]
    plain = best[0]
    before: list[list[int]] = []
    for score in scores[1:]:
        came = [max(states, key=lambda s, to=to: best[s] + step[s][to]) for to in states]  # type: ignore[misc]
        best = [best[came[to]] + step[came[to]][to] + score[to] for to in states]
        plain += step[0][0] + score[0]
        before.append(came)
    best = [total + weights["last"][state] for state, total in enumerate(best)]
    path = [max(states, key=best.__getitem__)]
    gain = best[path[0]] - plain - weights["last"][0]
    for came in reversed(before):
        path.append(came[path[-1]])
    return path[::-1], gain


def _scores(row: Collection[str], weights: Weights) -> list[float]:
    known = [weights[name] for name in row if name in weights]
    return [sum(column) for column in zip(weights["bias"], *known, strict=True)]
