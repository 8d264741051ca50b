"""Whose a quotation is that stands alone behind a sentence about somebody."""

from __future__ import annotations

import pytest

from quotebank.attribution.attribution_spans import attributions
from quotebank.text import tokenize
from tests.attribution.given_claims import given


@pytest.mark.parametrize(
    ("before", "named"),
    [
        ("It took Ida Frome nine years to finish the weir.", "Ida Frome"),
        ("There was relief in the voice of engineer Nils Aker.", "Nils Aker"),
        ("There is a queue outside the shop that Tessa Marlow runs.", "Tessa Marlow"),
        ("A long look from Ida Frome, then a shrug.", "Ida Frome"),
        ("Ida Frome crossed the yard.", "Ida Frome"),
        ("Ida Frome, the Marlow head coach, was still shaking her head.", "Ida Frome"),
    ],
)
def test_a_quotation_is_whom_the_sentence_before_it_is_about(before, named):
    text = f"{before} “I ran out of stone in the third.” The weir is long."
    (found,) = attributions(tokenize(text), [])
    assert " ".join(span.slice(text) for span in found.named) == named


@pytest.mark.parametrize(
    "before", ["It rained all day on the hill.", "There are two weirs between Hale and Orrin Bay."]
)
def test_a_sentence_about_nobody_names_nobody(before):
    text = f"{before} “I ran out of stone in the third.” The weir is long."
    assert attributions(tokenize(text), []) == []


def test_a_question_before_it_is_about_nobody():
    text = (
        "Ida Frome tried the pies. “Good gravy, all of them.” And on the vegan entry? “I have eaten worse at weddings.”"
    )
    sources = {" ".join(span.slice(text) for span in (a.named or a.source)) for a in attributions(tokenize(text), [])}
    assert sources == {"Ida Frome"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ida Frome dropped a stone. They wait. “Nothing. I heard it once.” It rained.", "Ida Frome"),
        ("Her opposite number, Britt Kosk, skated past with the cup. “Sorry, all!” It rained.", "Her opposite number, Britt Kosk"),
        ("The judges ate. Ida Frome watched. Their verdict? “Raw in the middle, and proud.” It rained.", "Their"),
    ],
)  # fmt: skip
def test_whom_the_sentences_before_are_about(text, named):
    (found,) = attributions(tokenize(text), [])
    assert " ".join(span.slice(text) for span in found.named) == named


def test_who_is_asked_answers():
    text = "The clerk asked Dora Welk how she pleaded. “Guilty, but I would explain.” It rained."
    tokens = tokenize(text)
    claims = [given(tokens, "The clerk", "asked", "how she pleaded", force="question")]
    answer = attributions(tokens, claims)[1]
    assert " ".join(span.slice(text) for span in answer.named) == "Dora Welk"


def test_a_quoted_heading_is_whose_words_the_text_below_has():
    text = "Ada Hale said the moor was dry.\n\n‘Deeply misleading’\n\nThe developer, Gust, called the claim deeply misleading.\n\nThe council meets."
    tokens = tokenize(text)
    claims = [
        given(tokens, "Ada Hale", "said", "the moor was dry"),
        given(tokens, "", "", "‘Deeply misleading’"),
        given(tokens, "The developer, Gust", "called", "the claim deeply misleading"),
    ]
    heading = attributions(tokens, claims)[1]
    assert " ".join(span.slice(text) for span in heading.named) == "The developer, Gust"


def test_who_owns_somebody_is_not_who_speaks():
    text = "The pier’s architect, Rune Dyb, does not see the trouble.\n\n“There is a bus.”\n\nIt rained."
    tokens = tokenize(text)
    (claim,) = attributions(tokens, [given(tokens, "", "", "“There is a bus.”")])
    assert " ".join(span.slice(text) for span in claim.named) == "Rune Dyb"
