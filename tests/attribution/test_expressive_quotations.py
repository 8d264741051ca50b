"""Quoted thanks, apologies and wishes are the words of who gives them."""

from __future__ import annotations

import pytest

from tests.attribution.given_claims import read


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The State Office gave its “deepest sympathies” to the family.",
            ("The State Office", "gave", "“deepest sympathies”"),
        ),
        ("Police sent their “thoughts and prayers” on Monday.", ("Police", "sent", "“thoughts and prayers”")),
        (
            "Mayor Ruth Hale, who was abroad, extended her “warmest congratulations” to the team.",
            ("Mayor Ruth Hale, who was abroad", "extended", "“warmest congratulations”"),
        ),
    ],
)
def test_who_gives_them_said_them(text, claim):
    assert read(text) == [claim]


@pytest.mark.parametrize(
    "text",
    [
        "The museum gave its “Best Wishes” card shop a new roof.",
        "The band gave their “last waltz” in May.",
        "The letter was signed with “deepest sympathies” and a drawing.",
        "She sold her “lucky regrets” collection.",
    ],
)
def test_titles_and_other_gifts_are_nobody_s_words(text):
    assert read(text) == []


def test_what_a_claim_has_is_left_to_it():
    claim = ("The firm", "offered", "its “sincere apologies” to passengers")
    assert read("The firm offered its “sincere apologies” to passengers.", claim) == [claim]
