"""Reports inside a noun phrase: "what officials call", "the firm's claim that"."""

import pytest

from tests.attribution.given_claims import read


@pytest.mark.parametrize(
    ("text", "claims", "expected"),
    [
        ("The botanist pointed to what she called “four front doors”.",
         [("The botanist", "pointed to", "what she called “four front doors”")], [("she", "called", "“four front doors”")]),
        ("The firm wants to end what officials have repeatedly described as a scandal, and soon.",
         [], [("officials", "described", "a scandal")]),
        ("Critics mocked what he termed “a small miracle” on Monday and left.",
         [("Critics", "mocked", "what he termed “a small miracle” on Monday")],
         [("Critics", "mocked", "what he termed “a small miracle” on Monday"), ("he", "termed", "“a small miracle”")]),
        ("Lee dismissed the Friends of Orley Wood's claim that badgers lived there.",
         [], [("the Friends of Orley Wood", "claim", "that badgers lived there")]),
        ("Its allegation that the roof leaked was new to Lee.", [], [("Its", "allegation", "that the roof leaked")]),
    ],
)  # fmt: skip
def test_who_owns_the_words_has_them(text, claims, expected):
    assert read(text, *claims) == expected


@pytest.mark.parametrize(
    "text",
    [
        "That is what we call a good start.",
        "What has been called a wonder is a heap of stones.",
        "That is what people get for calling us names.",
        "The claim that the roof leaked was new.",
        "It was a claim that cost him dear.",
        "What he described was a heap of stones.",
    ],
)
def test_where_nobody_else_owns_words_there_is_no_claim(text):
    assert read(text) == []


def test_what_one_says_that_another_said_is_two_claims(extractor):
    text = "“You will be sorry,” Parveen Moss says Keith Orr told her in the hall."
    outer, inner = extractor.extract(text)
    assert (outer.speaker.name, inner.speaker.name, inner.within) == ("Parveen Moss", "Keith Orr", outer.id)
    assert inner.text == "“You will be sorry,”"
