"""Whose a report in a relative clause is: what the pronoun goes back to."""

from __future__ import annotations

import pytest

from tests.attribution.given_claims import read


@pytest.mark.parametrize(
    ("text", "claim", "source"),
    [
        (
            "A task force released a 180-page report on Monday that called for guards in every school.",
            ("A task force", "called for", "guards in every school"),
            "a 180-page report",
        ),
        (
            "Police found a note which said the owner had gone to sea.",
            ("Police", "said", "the owner had gone to sea"),
            "a note",
        ),
        (
            "The band played for Ana Lobo, Peter Drew and Mikael Strand, who joked that he had not slept.",
            ("Ana Lobo", "joked", "that he had not slept"),
            "Mikael Strand",
        ),
        (
            "The auditor put out two long reports that described the works as late.",
            ("The auditor", "described", "the works as late"),
            "two long reports",
        ),
        (
            "The family wrote to the coroner, who has repeatedly refused to reopen the case.",
            ("The family", "refused", "to reopen the case"),
            "the coroner",
        ),
    ],
)
def test_the_phrase_before_the_pronoun_says_it(text, claim, source):
    (found,) = read(text, claim)
    assert found == (source, *claim[1:])


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (  # what the network found is of the phrase already
            "The coroner of Hale, who refused to reopen the case, has retired.",
            ("The coroner of Hale", "refused", "to reopen the case"),
        ),
        (  # the pronoun is a conjunction
            "The mayor of Hale said that, according to Ruth Ames, the pool would shut.",
            ("Ruth Ames", "according to", "the pool would shut"),
        ),
        (  # a clause of its own stands between: the subject is the reporting verb's
            "The surgeon at the ward that had warned of delays said nothing would change.",
            ("The surgeon at the ward that had warned of delays", "said", "nothing would change"),
        ),
        (  # a date is nobody
            "The firm had a bad 1995 that suggested it would fold.",
            ("The firm", "suggested", "it would fold"),
        ),
    ],
)
def test_others_keep_their_source(text, claim):
    assert read(text, claim) == [claim]


def test_which_is_a_body_and_not_who_speaks_for_it():
    text = "A spokesman for the orchestra, which had said in May that it was resting, left on Friday."
    claim = ("A spokesman for the orchestra", "had said", "that it was resting")
    assert read(text, claim)[0][0] == "the orchestra"


def test_who_is_the_person():
    text = "A spokesman for the orchestra, who had said in May that it was resting, left on Friday."
    claim = ("A spokesman for the orchestra", "had said", "that it was resting")
    assert read(text, claim)[0][0] == "A spokesman for the orchestra"
