"""Refusals that the network overlooked."""

import pytest

from quotebank.attribution.refusals import with_refusals
from quotebank.text import tokenize
from tests.attribution.given_claims import given, words


def found(text):
    tokens = tokenize(text)
    claims = with_refusals(tokens, [])
    assert all((c.act, c.force) == ("speech", "refusal") for c in claims)
    return [tuple(words(tokens, part) for part in (c.source, c.cue, c.content)) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The owner declined to comment on whether the weir was safe.",
         ("The owner", "declined", "to comment on whether the weir was safe")),
        ("The trust’s chair, Dora Penn, refused to say who had paid, but the clerk knew.",
         ("The trust’s chair, Dora Penn", "refused to say", "who had paid")),
        ("On Friday it rained, and Mr Voss did not return calls about the gate.",
         ("Mr Voss", "did not return", "calls about the gate")),
        ("The firm has not responded to questions about the spill.",
         ("The firm", "has not responded to", "questions about the spill")),
    ],
)  # fmt: skip
def test_a_refusal_is_a_claim(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Sales declined to a new low, and the mill refused to start.",
        "The ministry did not respond to a request for comment on Friday.",
        "The body did not respond to treatment.",
        "He did not return to Pellow about noon.",
        "An official who declined to be named opened the gate.",
    ],
)
def test_what_refuses_no_answer_is_none(text):
    assert found(text) == []


def test_a_refusal_that_was_found_is_left_alone():
    tokens = tokenize("The owner declined to comment on the weir.")
    claim = given(tokens, "The owner", "declined to", "comment on the weir")
    assert with_refusals(tokens, [claim]) == [claim]


def test_what_is_refused_is_one_claim(extractor):
    claims = extractor.extract("“We are ready,” said Ann Lee, the mayor of Oxbow. She declined to say more.")
    assert [(c.text, c.force) for c in claims] == [("“We are ready,”", "statement"), ("to say more", "refusal")]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Dora Penn declined to say whether the weir was safe.", "declined to say", "whether the weir was safe"),
        ("Dora Penn declined to pay what she owed.", "declined", "to pay what she owed"),
    ],
)
def test_what_is_left_open_is_the_content_of_a_refusal(text, cue, content):
    tokens = tokenize(text)
    claim = given(tokens, "Dora Penn", "declined", text[len("Dora Penn declined ") : -1])
    (whole,) = with_refusals(tokens, [claim])
    assert (words(tokens, whole.cue), words(tokens, whole.content)) == (cue, content)
