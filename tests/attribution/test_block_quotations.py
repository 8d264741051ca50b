"""Block quotations, posts and quotations whose speaker stands behind them."""

import pytest

from quotebank.attribution.attribution_spans import attributions
from quotebank.text import tokenize
from tests.attribution.given_claims import read


def test_a_block_is_whose_the_lead_in_says():
    text = "Dora Penn wrote to the board:\n\n> I was wrong about the weir.\n>\n> It should close.\n\nIt rained."
    ((source, cue, content),) = read(text)
    assert (source, cue) == ("Dora Penn", "wrote")
    assert content.startswith("I was wrong about the weir.")
    assert attributions(tokenize(text), [])[0].verbatim


def test_a_block_is_the_post_s_writer_s():
    text = "I seldom side with Dora Penn, but her post gets it right:\n\n> Every script was a good idea.\n\nIt rained."
    assert read(text) == [("her", "post", "Every script was a good idea.")]


def test_a_block_of_nobody_is_none():
    assert read("It rained.\n\n> I was wrong about the weir.\n\nIt rained on.") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Dora Penn @dorapenn · 3 May\nThe roof leaks. I warned them.", "Dora Penn"),
        ("The weir must go. It drowned my dog.\n— Lars Voss (@larsvoss) May 4, 2031", "Lars Voss"),
    ],
)
def test_a_post_is_its_writer_s(text, who):
    ((source, _, content),) = read(text)
    assert source == who
    assert content in text
    assert "@" not in content


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“I was eleven when they came.” Dora Penn points at the hill. “They came from there.”", "Dora Penn"),
        ("“Forty years, and nobody asked.” Dora Penn counts them on her fingers. It rains.", "Dora Penn"),
        ("Lars Voss put the cup down.\n\nThe nurse, Dora Penn, looked up.\n\n“Ten minutes, then.”", "Dora Penn"),
        (
            "Lars Voss put the cup down.\n\nHis colleague, Dora Penn, is less sure.\n\n“I would not park there.”",
            "Dora Penn",
        ),
        ("Lars Voss put the cup down. Her brother keeps the books. “We are broke again.”", "Her brother"),
    ],
)
def test_a_quotation_without_a_verb_is_whose_sentence_is_beside_it(text, who):
    found = attributions(tokenize(text), [])
    assert found
    assert {" ".join(s.slice(text) for s in a.named) for a in found} == {who}
