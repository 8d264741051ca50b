"""Whose a quotation is that stands alone behind a sentence about somebody."""

from __future__ import annotations

import pytest

from quotebank.attribution.attribution_spans import attributions
from quotebank.text import tokenize


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
