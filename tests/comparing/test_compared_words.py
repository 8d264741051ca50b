"""Words as they are compared: sentences read alone are those of the text read whole; order does not weigh."""

from __future__ import annotations

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotebank.comparing import read_words, sentences_around, total_information
from quotebank.comparing.compared_words import _read_any, _read_plain
from quotebank.spans import Span
from tests.made_texts import texts

PIECES = [
    "The mayor's",
    " plan",
    "It's",
    " he's",
    " S's",
    " 's",
    "’s",
    ". ",
    ".\n\n",
    "\n",
    "” ",
    "“",
    "Then",
    " — ",
    " Photo: Bo/AP",
]
newsy = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


def of_whole(text: str, low: int, high: int) -> Span | None:
    """The same, from every word of the text."""
    w = read_words(text)
    inside = [i for i in range(len(w)) if w.ends[i] > low and w.starts[i] < high]
    if not inside:
        return None
    around = [i for i in range(len(w)) if w.sentences[inside[0]] <= w.sentences[i] <= w.sentences[inside[-1]]]
    return Span(w.starts[around[0]], w.ends[around[-1]])


@settings(deadline=None, max_examples=500)
@example("It is the mayor's. He's it's. Then.", (10, 19))
@given(st.one_of(texts, newsy), st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_sentences_read_alone_are_those_of_the_whole_text(text: str, between: tuple[int, int]) -> None:
    low, high = sorted(between)
    assert sentences_around(text, low, high) == of_whole(text, low, high)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["bridg", "mayor", "council", "tax", "budget", "flood", "school"]), min_size=3), st.data()
)
def test_stems_tell_the_same_in_any_order(stems: list[str], data: st.DataObject) -> None:
    assert total_information(data.draw(st.permutations(stems))) == total_information(stems)


PLAIN_WORDS = [
    "a",
    "I",
    "A",
    "S",
    "s",
    "T",
    "he",
    "US",
    "UN",
    "St",
    "Dr",
    "No",
    "and",
    "the",
    "harbour",
    "Lee",
    "Mr",
    "cannot",
    "CANNOT",
    "Cannot",
    "gonna",
    "n",
    "nt",
    "it",
    "ed",
]
plain = st.lists(st.tuples(st.sampled_from(PLAIN_WORDS), st.sampled_from(["", "", "", ","])), min_size=1, max_size=9)


@given(plain)
@example([("T", ""), ("he", ""), ("harbour", "")])
@example([("We", ""), ("cannot", ",")])
def test_plain_texts_are_read_as_any_other(words: list[tuple[str, str]]) -> None:
    text = " ".join(word + mark for word, mark in words)
    found = _read_plain(text)
    assert found is None or attrs.astuple(found) == attrs.astuple(_read_any(text))


def test_most_plain_texts_are_read_fast() -> None:
    assert _read_plain("that the harbour, once dredged, would stay open") is not None
    assert _read_plain("that the harbour’s gates would stay open") is None
