"""Conditions, verdicts and questions are no part of what is claimed, nor of who claims it."""

import pytest

from tests.attribution.given_claims import read


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("If the judge says the vote is void, the weir will be shut.",
         ("If the judge", "says", "the vote is void, the weir will be shut"), ("the judge", "says", "the vote is void")),
        ("W hen the firm said on Monday that it would go, nobody wept.",
         ("W hen the firm", "said", "that it would go, nobody wept"), ("the firm", "said", "that it would go")),
        ("Had the guard said that the gate was open, they would have fled.",
         ("the guard", "said", "that the gate was open, they would have fled"), ("the guard", "said", "that the gate was open")),
        ("Whether the guard said “never” is disputed.",
         ("the guard", "said", "“never” is disputed"), ("the guard", "said", "“never”")),
        ("Posts claiming the dam has burst are untrue.",
         ("Posts", "claiming", "the dam has burst are"), ("Posts", "claiming", "the dam has burst")),
        ("Asked whether he would fly again, Captain Lee said no.",
         ("Captain Lee", "Asked", "whether he would fly again"), ("", "Asked", "whether he would fly again")),
        ("The minister, pressed on whether taxes would rise, left.",
         ("The minister", "pressed", "on whether taxes would rise"), ("", "pressed", "on whether taxes would rise")),
        ("The minister, asked whether taxes would rise, left.",
         ("The minister", "asked", "whether taxes would rise"), ("", "asked", "whether taxes would rise")),
        ("The van, detectives believe, was sold within a week.",
         ("", "believe", "The van, detectives … , was sold within a week"), ("detectives", "believe", "The van … was sold within a week")),
        ("The dog, it seems, was asleep.", ("", "seems", "The dog, it … , was asleep"), ("", "seems", "The dog … was asleep")),
        ("“No swimming” is what the sign says.", ("the sign", "says", "“No swimming” is"), ("the sign", "says", "“No swimming”")),
        ("OXBOW (Wire) Police said the road was shut.",
         ("OXBOW (Wire) Police", "said", "the road was shut"), ("Police", "said", "the road was shut")),
        ("A note from Dora Penn came: “The weir stays shut.”",
         ("from Dora Penn", "", "“The weir stays shut.”"), ("Dora Penn", "", "“The weir stays shut.”")),
    ],
)  # fmt: skip
def test_what_is_no_part_of_the_claim_goes(text, claim, expected):
    assert read(text, claim) == [expected]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Her barrister, Simon Ogle, asked whether the jury could go.", ("Her barrister, Simon Ogle", "asked", "whether the jury could go")),
        ("Her barrister, Simon Ogle, asked the jury to go.", ("Her barrister, Simon Ogle", "asked", "the jury to go")),
        ("The band's agent has posted a claim saying it is a hoax.", ("The band's agent", "saying", "it is a hoax")),
        ("As the judge said, the law is clear.", ("the judge", "said", "the law is clear")),
        ("When Lee said that the weir, built in May, was safe, she lied.", ("Lee", "said", "that the weir, built in May, was safe")),
        ("Lee said the weir was old, the gate was new.", ("Lee", "said", "the weir was old, the gate was new")),
        ("Lee said that the claim was false.", ("Lee", "said", "that the claim was false")),
    ],
)  # fmt: skip
def test_what_is_part_of_it_stays(text, claim):
    assert read(text, claim) == [claim]
