"""Words as they are compared: sentences read alone are those of the text read whole; order does not weigh."""

from __future__ import annotations

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotebank.comparing import read_words, sentences_around, total_information
from quotebank.comparing.compared_words import Words, _chunk, _in_chunks, _in_tokens
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


CHUNKS = [
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
    "U.S.",
    "p.m.",
    "Mr.",
    "No.",
    "J.",
    "it's",
    "don’t",
    "harbour’s",
    "£3.5m",
    "42",
    "agreed.2",
    "it.[2]",
    "“We",
    "tax.”",
    "‘No.’",
    '"Now',
    'them."',
    "'tis",
    "end.",
    "(why?)",
    "[the",
    "mayor]",
    "…",
    "—",
    "well-known",
    "AT&amp;T",
    "بناء",
    "x\u200by",
]


def of_chunks(text: str) -> Words | None:
    """The words of a text put together of its chunks, where it can be read so."""
    chunks = [_chunk(written) for written in text.split(" ")]
    known = [chunk for chunk in chunks if chunk is not None]
    return _in_chunks(text, known) if len(known) == len(chunks) else None


@settings(deadline=None, max_examples=500)
@given(st.one_of(st.lists(st.sampled_from(CHUNKS), min_size=1, max_size=12).map(" ".join), texts))
def test_chunks_looked_up_give_the_words_of_the_text_read_whole(text: str) -> None:
    found = of_chunks(text)
    assert found is None or attrs.astuple(found) == attrs.astuple(_in_tokens(text))


def test_most_texts_are_read_so() -> None:
    assert of_chunks("that the harbour’s gates, “once dredged”, would stay open until 10:30 p.m.") is not None
    assert of_chunks("that the harbour’s  gates would stay open") is None
    assert of_chunks("A s he said, the gates stay open") is None
