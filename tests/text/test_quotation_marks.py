"""Quotation marks: cases by hand in cases/quotes.json, and what holds for any text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotebank.text.quotation_marks import Quotation, Quotations, pair_quotes
from tests.made_texts import MARKS, WHITE_SPACE, as_parameters, growth, read_cases, texts

CASES = read_cases("quotes")
KINDS = {"in-the-wild-like", "negative", "synthetic", "known-failure"}
GROWTH_LIMIT = 2.6  # 2 is linear; quadratic work would be 4


@pytest.mark.parametrize("case", as_parameters(CASES))
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    found = pair_quotes(text)
    assert [text[q.start : q.end] for q in found.outer] == case["quotations"]
    if "nested" in case:
        assert [text[q.start : q.end] for q in found.spans if q.depth] == case["nested"]


def test_cases_are_well_formed() -> None:
    assert {c["kind"] for c in CASES} == KINDS
    assert len({c["label"] for c in CASES}) == len(CASES)
    assert all(not c["quotations"] for c in CASES if c["kind"] == "negative")
    assert all(set(c) <= {"label", "kind", "text", "quotations", "nested"} for c in CASES)


def test_what_a_quotation_says_of_itself() -> None:
    found = pair_quotes("“One ‘two’.\n\n“Three,” he said.")
    assert found.spans == (
        Quotation(0, 11, 0, "double", continued=True),
        Quotation(5, 10, 1, "single"),
        Quotation(13, 21, 0, "double"),
    )
    assert found.roles == {0: "open", 5: "open", 9: "close", 13: "open", 20: "close"}


def test_the_role_of_a_double_mark_is_at_its_first_code_point() -> None:
    assert pair_quotes("``No,'' he said.").roles == {0: "open", 5: "close"}


class TestNear:
    found = pair_quotes("“a” b “c ‘d’ e” f")  # quotations at 0 to 3, 6 to 15

    @pytest.mark.parametrize(
        ("start", "end", "starts"),
        [(0, 17, [0, 6]), (0, 1, [0]), (2, 3, [0]), (3, 6, []), (2, 7, [0, 6]), (14, 15, [6]), (15, 17, [])],
    )
    def test_near(self, start: int, end: int, starts: list[int]) -> None:
        assert [q.start for q in self.found.near(start, end)] == starts

    def test_near_agrees_with_a_search(self) -> None:
        found = pair_quotes("“a” ‘b’ “c” d ‘e “f” g’ " * 5)
        for start in range(0, 110, 3):
            for end in range(start + 1, 120, 7):
                expected = [q for q in found.outer if q.start < end and start < q.end]
                assert found.near(start, end) == expected


TYPED = "“”„‟\"«»‹›‘’‛'＂`″❝❞「」『』"


def check(text: str, found: Quotations) -> None:
    """What holds for the quotations of any text."""
    starts = [q.start for q in found.spans]
    assert starts == sorted(set(starts))
    opened: list[Quotation] = []
    roles: dict[int, str] = {}
    for quotation in found.spans:
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert text[quotation.start] in TYPED
        assert not text[quotation.end - 1].isspace()
        while opened and opened[-1].end <= quotation.start:
            opened.pop()
        assert not opened or quotation.end <= opened[-1].end, "quotations cross"
        assert quotation.depth == len(opened)
        opened.append(quotation)
        check_roles(text, quotation, found.roles, roles)
    assert found.roles == roles
    assert found.outer == tuple(q for q in found.spans if q.depth == 0)


def check_roles(text: str, quotation: Quotation, found: dict[int, Any], roles: dict[int, str]) -> None:
    assert quotation.start not in roles, "a mark has two roles"
    roles[quotation.start] = "open"
    if not quotation.continued:
        wide = text[quotation.end - 2 : quotation.end] in ("''", "’’") and found.get(quotation.end - 2) == "close"
        closing = quotation.end - 2 if wide else quotation.end - 1
        if text[closing] not in TYPED:  # nobody closed it: it ends with its paragraph, or before what reports it
            return
        assert closing not in roles, "a mark has two roles"
        roles[closing] = "close"


@settings(deadline=None, max_examples=300)
@given(texts)
@example("“a ‘b” c’ d")
@example("'a \"b' c\" d'")
@example('"a \'b 6" c\' d "e" f')
@example("''’’``\"''")
@example('"a."b "c."d," e')
@example("＂   Mr.")
@example("“   Mr.\rthe")
def test_any_text(text: str) -> None:
    found = pair_quotes(text)
    check(text, found)
    assert pair_quotes(text) == found


@settings(deadline=None, max_examples=150)
@given(texts, st.sampled_from(WHITE_SPACE))
def test_white_space_in_front_shifts_offsets(text: str, prefix: str) -> None:
    plain, shifted = pair_quotes(text), pair_quotes(prefix + text)
    by = len(prefix)
    assert [(q.start + by, q.end + by, q.depth, q.family, q.continued) for q in plain.spans] == [
        (q.start, q.end, q.depth, q.family, q.continued) for q in shifted.spans
    ]
    assert {at + by: role for at, role in plain.roles.items()} == shifted.roles


@settings(deadline=None, max_examples=100)
@given(texts)
def test_a_closed_quotation_behind_a_blank_line_is_found(text: str) -> None:
    """What is open in one paragraph says nothing of a quotation in the next."""
    last = pair_quotes(f"{text}\n\nShe said “so” there.").outer[-1]
    assert (last.end - last.start, last.continued) == (4, False)


ADVERSARIAL: dict[str, Callable[[int], str]] = {f"opening {m}": (f" {m}a").__mul__ for m in MARKS}
ADVERSARIAL |= {f"bare {m}": m.__mul__ for m in ["“", "«", '"', "'", "’", "''"]}
ADVERSARIAL |= {
    "alternating": (" “a ‘b").__mul__,
    "alternating straight": lambda n: " \"a 'b" * (n // 2),
    "every style": lambda n: "“a «b ‹c ‘d \"e 'f " * (n // 6),
    "paragraphs that go on": lambda n: "“a. \n\n" * n,
    "paragraphs unclosed": lambda n: "“a\n\nb\n\n" * (n // 2),
    "lines": lambda n: "“a.\n" * n,
    "white space before lines": lambda n: "“a.\n" + (" " * 20 + "\n") * n,
    "one long white space": lambda n: "“a." + " " * (20 * n) + "“b”",
    "long white space between": lambda n: ("“a.  " + " " * 50) * (n // 10),
    "inches": lambda n: '"a ' + '6" 5\'10" ' * (n // 2),
    "possessives": lambda n: "'a " + "dogs' " * n,
    "glued": lambda n: 'a."B' * n,
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_time_is_linear(name: str) -> None:
    assert growth(pair_quotes, ADVERSARIAL[name], 40_000, limit=GROWTH_LIMIT) <= GROWTH_LIMIT
