"""Tokens and sentences: cases by hand in cases/tokens.json, and what holds for any text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotebank.text.tokens import ENTITY, TOKEN_OR_ENTITY, TOKEN_OR_MAIL, Tokens, _cut, tokenize
from quotebank.text.word_lists import words
from tests.made_texts import WHITE_SPACE, as_parameters, growth, read_cases, texts

CASES = read_cases("tokens")
KINDS = {"in-the-wild-like", "negative", "synthetic", "known-failure"}
GROWTH_LIMIT = 2.6  # 2 is linear; quadratic work would be 4


def sentences(text: str) -> list[str]:
    """Each sentence as its tokens, joined by a space."""
    tokens = tokenize(text)
    return [" ".join(tokens.word(i) for i in range(first, last)) for first, last in tokens.sentence_bounds()]


@pytest.mark.parametrize("case", as_parameters(CASES))
def test_case(case: dict[str, Any]) -> None:
    assert sentences(case["text"]) == case["sentences"]


def test_cases_are_well_formed() -> None:
    assert {c["kind"] for c in CASES} == KINDS
    assert len({c["label"] for c in CASES}) == len(CASES)
    assert all(set(c) == {"label", "kind", "text", "sentences"} for c in CASES)


def test_offsets_words_and_sentences() -> None:
    tokens = tokenize("“Don't,” he said. \nWe did.")
    assert tokens.words() == ["“", "Do", "n't", ",", "”", "he", "said", ".", "We", "did", "."]
    assert (tokens.starts[:3], tokens.ends[:3], len(tokens)) == ([0, 1, 3], [1, 3, 6], 11)
    assert tokens.sentence_bounds() == [(0, 8), (8, 11)]
    assert tokens.paragraphs == {0, 8}
    assert [(q.start, q.end) for q in tokens.quotations.spans] == [(0, 8)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0\u2029\x1c\x1f"])
def test_a_blank_text_has_neither(text: str) -> None:
    tokens = tokenize(text)
    assert (len(tokens), tokens.words(), tokens.sentence_bounds(), tokens.paragraphs) == (0, [], [], frozenset())


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\r\r", "\n \t\u00a0\n", "\n\u2003\n", "\u2029", "\n\n\n\n"])
def test_a_blank_line_begins_a_paragraph(gap: str) -> None:
    assert tokenize(f"One two{gap}three").paragraphs == {0, 2}


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\r", "\u2028", " \n "])
def test_a_line_break_does_where_no_line_is_blank(gap: str) -> None:
    assert tokenize(f"One two{gap}three").paragraphs == {0, 2}
    assert tokenize(f"One two{gap}three.\n\nFour").paragraphs == {0, 4}


@pytest.mark.parametrize("name", ["abbreviations_final", "abbreviations_numbered", "clock_words", "sentence_starters"])
def test_word_lists_are_written_without_doubles(name: str) -> None:
    assert words(f"text/{name}")
    if name == "abbreviations_final":
        assert words(f"text/{name}") <= words("text/abbreviations")
    if name == "abbreviations_numbered":
        assert not words(f"text/{name}") & words("text/abbreviations")


def visible(text: str) -> str:
    """The text without blanks, those of no width too."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\u2060\ufeff")


def test_blanks_of_no_width_part_words() -> None:
    tokens = tokenize("“No,”\u200b\u200bsaid the actress.\ufeff Lee\u2060Ann")
    assert tokens.words() == ["“", "No", ",", "”", "said", "the", "actress", ".", "Lee", "Ann"]


def check(tokens: Tokens) -> None:
    """What holds for the tokens and sentences of any text."""
    text = tokens.text
    assert len(tokens.starts) == len(tokens.ends) == len(tokens)
    behind = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert behind <= start < end <= len(text)
        assert not visible(text[behind:start]), "a character that is no white space is in no token"
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        behind = end
    assert not visible(text[behind:])
    bounds = tokens.sentence_bounds()
    assert [i for first, last in bounds for i in range(first, last)] == list(range(len(tokens)))
    assert all(first < last for first, last in bounds)
    assert tokens.paragraphs <= {first for first, _ in bounds}
    assert not bounds or 0 in tokens.paragraphs


@settings(deadline=None, max_examples=300)
@given(texts)
@example("\x1cA.\x1f\n\x1e'S' ''s")
@example("1.1.1abcd.2 The 3.A")
@example("a.\u0301 \u0301 \u200d\u00ad 👩\u200d \U0001f1e6 \ud83d \udc69")
@example("@a.b@c.d@e.f www. http://( http://a(b)")
@example("([1][2].3 [4]) A.4 (B)C")
@example("\u200bA.\u2060 \ufeff")
def test_any_text(text: str) -> None:
    tokens = tokenize(text)
    check(tokens)
    assert tokenize(text) == tokens


@settings(deadline=None, max_examples=150)
@given(texts, st.sampled_from(WHITE_SPACE))
def test_white_space_in_front_shifts_offsets(text: str, prefix: str) -> None:
    plain, shifted, by = tokenize(text), tokenize(prefix + text), len(prefix)
    assert [start + by for start in plain.starts] == shifted.starts
    assert [end + by for end in plain.ends] == shifted.ends
    assert (plain.sentences, plain.paragraphs) == (shifted.sentences, shifted.paragraphs)


@settings(deadline=None, max_examples=100)
@given(texts, st.sampled_from(WHITE_SPACE))
def test_white_space_behind_changes_nothing(text: str, suffix: str) -> None:
    plain, longer = tokenize(text), tokenize(text + suffix)
    assert (plain.starts, plain.ends) == (longer.starts, longer.ends)
    assert (plain.sentences, plain.paragraphs) == (longer.sentences, longer.paragraphs)


@settings(deadline=None, max_examples=100)
@given(st.lists(texts, min_size=2, max_size=4))
def test_paragraphs_are_tokenized_alone(parts: list[str]) -> None:
    """A blank line parts: what stands before it says nothing of the tokens behind it."""
    parts = [part for part in (p.strip() for p in parts) if part]
    alone = [word for part in parts for word in tokenize(part).words()]
    assert tokenize("\n\n".join(parts)).words() == alone


ADVERSARIAL: dict[str, Callable[[int], str]] = {
    "one word": "a".__mul__,
    "a sentence without stops": "word ".__mul__,
    "stops": ".".__mul__,
    "spaced stops": ". ".__mul__,
    "stops and capitals": "A.B".__mul__,
    "negations": "n't".__mul__,
    "do and negations": lambda n: "do" + "n't" * n,
    "contractions": "a'b".__mul__,
    "clitics": "'s".__mul__,
    "initials": "A.".__mul__,
    "initials that fail": lambda n: "A." * n + "\u0301",
    "web addresses": "http://".__mul__,
    "web addresses that fail": lambda n: "www." + "." * n,
    "web addresses with brackets": "http://(".__mul__,
    "numbers": "1.".__mul__,
    "numbers that fail": lambda n: "1." * n + "1abcdef",
    "digits": "1".__mul__,
    "domains": "a.com".__mul__,
    "mail": lambda n: "a." * n + "@",
    "mails": "a@b.".__mul__,
    "at signs": "@".__mul__,
    "marks": "\u0301".__mul__,
    "joiners": "👩\u200d".__mul__,
    "flags": "\U0001f1e6".__mul__,
    "footnotes": lambda n: "a." + "[1]" * n + " A",
    "spaced footnotes": "a.1 [2] A".__mul__,
    "brackets": "(A)B".__mul__,
    "open brackets": lambda n: "(" * n + "A)The",
    "closing marks": "A.”)".__mul__,
    "lines": "a\n".__mul__,
    "blank lines": "a\n\n".__mul__,
    "white space": lambda n: "a" + " \n\t" * n + "b",
    "line breaks in white space": lambda n: "a\n\nb" + ("\n" + " " * 50 + "c") * (n // 50),
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_time_is_linear(name: str) -> None:
    make = ADVERSARIAL[name]
    size = max(1, 160_000 // len(make(1)))
    assert growth(tokenize, make, size, limit=GROWTH_LIMIT) <= GROWTH_LIMIT


@pytest.mark.parametrize("text", ["a" * 1_000_000, "word " * 200_000, "A." * 100_000, "http://" * 100_000])
def test_a_megabyte(text: str) -> None:
    check(tokenize(text))


@given(texts | st.text(st.sampled_from("abcCANnots.’'\"“&;@#19:-_ \t\u2029\u200b\u0301\x1c"), max_size=24))
def test_no_token_depends_on_what_stands_beyond_a_blank(text: str) -> None:
    pattern = TOKEN_OR_ENTITY if ENTITY.search(text) else TOKEN_OR_MAIL
    assert list(_cut(text)) == [match.span() for match in pattern.finditer(text)]
