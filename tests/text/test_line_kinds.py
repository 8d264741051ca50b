"""Lines: the cases of cases/lines.json, and what holds for the lines of any text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank.text import LINE_KINDS, is_one_line, line_at, read_lines
from tests.made_texts import as_parameters, growth, read_cases, texts

CASES = read_cases("lines")
GROWTH_LIMIT = 2.6  # 2 is linear; quadratic work would be 4


@pytest.mark.parametrize("case", as_parameters(CASES))
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [[line.kind, text[line.start : line.end]] for line in read_lines(text)] == case["lines"]


def test_the_cases_hold_every_kind() -> None:
    assert {kind for case in CASES for kind, _ in case["lines"]} == set(LINE_KINDS)


@settings(deadline=None, max_examples=300)
@given(texts)
def test_lines_of_any_text(text: str) -> None:
    lines = read_lines(text)
    behind = 0
    for line in lines:
        assert behind <= line.start < line.end <= len(text)
        assert not text[behind : line.start].strip()
        assert text[line.start : line.end] == text[line.start : line.end].strip()
        assert line.kind in LINE_KINDS
        assert line_at(lines, line.start) is line
        assert (line.label is None) or (line.kind == "turn" and line.start <= line.label.start < line.label.end)
        assert (line.signature is not None) == (line.kind == "signature")
        behind = line.end
    assert not text[behind:].strip()
    assert line_at(lines, -1) is None


PIECES = [
    "The bridge stays open.", "“We did it all again.”", " — Ann Lee", " Photo: Bo Orr/Wire", "MR. LEE: ", "Q. ", "LEE: We did. ",
    "Ann Lee", "\n", "\n\n", " ", "© Wire", "- ", "By Ann Lee", "\u2028", "\x85",
]  # fmt: skip
newsy = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@settings(deadline=None, max_examples=500)
@given(st.one_of(texts, newsy))
def test_one_line_is_told_as_lines_are_read(text: str) -> None:
    assert is_one_line(text) == (len(read_lines(text)) < 2)


ADVERSARIAL = {
    "names": "Ann Lee\n".__mul__,
    "labels": "ANN LEE: We did.\n".__mul__,
    "labels in one line": "We did. LEE: We did. ".__mul__,
    "signed": "“We did it all.” — Ann Lee\n".__mul__,
    "signed in one line": "“We did it all.” — Ann Lee ".__mul__,
    "quotations and names": "“We did it all again today.”\n\nAnn Lee\n\n".__mul__,
    "the same quotation": "“We did it all again today, said nobody.”\n\n".__mul__,
    "a wrapped paragraph": "Nobody said that the old bridge was safe for any of\n".__mul__,
    "items": "- an item\n".__mul__,
    "breaks": "\n \n".__mul__,
    "colons": ":".__mul__,
    "brackets": "(a".__mul__,
    "a word": "a".__mul__,
    "handles": "@a ".__mul__,
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_time_grows_with_the_text(name: str) -> None:
    assert growth(read_lines, ADVERSARIAL[name], 8000, limit=GROWTH_LIMIT) <= GROWTH_LIMIT
