"""Interviews without labels: pages apart, of which no weight was learned, and what is no interview."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotebank.text import read_lines
from quotebank.text.interview_questions import find_exchanges
from quotebank.text.line_sequences import likeliest

PAGES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "interview_pages_apart.jsonl").read_text(encoding="utf8").splitlines()
]
"""By writers who knew nothing of the rules: lines that are N (neither), Q (asks), A (answers) or W (a name alone)."""


def read(page: dict) -> list[tuple[str, str]]:
    """What each line of a page is, and what it is read as."""
    text = ("\n\n" if page["blank"] else "\n").join(line["text"] for line in page["lines"])
    lines, told, guest = read_lines(text), {}, (page["guest"] or "").casefold().split()
    state = "N"
    for line in lines:
        if line.kind != "turn":
            told[line.start, line.end] = "N"
            continue
        if line.label is not None and line.label.asks is None:
            state = "A" if set(line.label.name.casefold().split()) & set(guest) else "Q"
        elif line.asks is not None:
            state = "Q" if line.asks else "A"
        told[line.start, line.end] = state
    out, at = [], 0
    for line in page["lines"]:
        start = text.index(line["text"], at)
        at = start + len(line["text"])
        found = next((kind for (a, b), kind in told.items() if a <= (start + at) // 2 < b), "N")
        if line["kind"] != "W":
            out.append((line["kind"], found))
    return out


def test_most_lines_of_interviews_are_told():
    asked = [read(page) for page in PAGES if any(line["kind"] == "Q" for line in page["lines"])]
    count = Counter(pair for page in asked for pair in page)
    right = sum(n for (kind, found), n in count.items() if kind == found)
    assert len(asked) >= 15
    assert right / sum(count.values()) > 0.84, count
    assert sum(any(found == "Q" for _, found in page) for page in asked) >= len(asked) - 3


def test_features_and_lists_of_questions_are_no_interviews():
    others = [page for page in PAGES if not any(line["kind"] == "Q" for line in page["lines"])]
    assert len(others) >= 5
    assert sum(any(found != "N" for _, found in read(page)) for page in others) <= 1


def test_a_statement_may_be_what_is_asked():
    rows = ["Tell us about your first boat.", "It was a door. My brother took it off the henhouse."]
    rows += ["You have been accused of recklessness.", "By people with engines. I was rescued once."]
    rows += ["Your book says little about him.", "He asked me not to. I think one owes that to the dead."]
    rows += ["What will you do now?", "I don't know. I may stay here."]
    assert find_exchanges(rows) == [True, False] * 4


@given(st.lists(st.none() | st.text(min_size=1, max_size=80).filter(str.strip).map(str.strip), max_size=25))
def test_whatever_the_lines_are_each_has_an_answer(rows):
    found = find_exchanges(rows)
    assert len(found) == len(rows)
    assert all(asks is None for asks, row in zip(found, rows, strict=True) if row is None)


@pytest.mark.parametrize("states", [2, 3])
def test_the_likeliest_sequence_is_the_best_of_all(states):
    weights = {"bias": (0.0, -0.4, 0.3)[:states], "x": (0.1, 1.2, -0.5)[:states], "y": (0.0, -1.0, 1.5)[:states]}
    weights |= {f"after {s}": (0.3 * s, -0.2, 0.4)[:states] for s in range(states)}
    weights |= {"first": (0.5, 0.0, -1.0)[:states], "last": (0.0, 0.7, -0.3)[:states]}
    rows = [{"x"}, set(), {"y", "unknown"}, {"x", "y"}]

    def score(path: list[int]) -> float:
        total = weights["first"][path[0]] + weights["last"][path[-1]]
        for at, (row, state) in enumerate(zip(rows, path, strict=True)):
            total += sum(weights[name][state] for name in ("bias", *row) if name in weights)
            total += weights[f"after {path[at - 1]}"][state] if at else 0.0
        return total

    paths = [[]]
    for _ in rows:
        paths = [[*path, state] for path in paths for state in range(states)]
    path, gain = likeliest(rows, weights)
    assert path == max(paths, key=score)
    assert gain == pytest.approx(score(path) - score([0] * len(rows)))
