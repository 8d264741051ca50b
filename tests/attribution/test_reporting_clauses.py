"""The words right behind a quotation say whose it is."""

import pytest

from quotebank.attribution.speech_verbs import reports_speech
from tests.attribution.given_claims import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“Not the weir as well!” Another keeper, Lars Voss, howled. It rained.",
            ("Another keeper, Lars Voss", "howled"),
        ),
        ("“Is that all?” Dora Penn asked.", ("Dora Penn", "asked")),
        ("“We never sold the gate,” she snapped quietly.", ("she", "snapped")),
    ],
)
def test_a_clause_behind_a_quotation_is_its_source_and_cue(text, expected):
    ((source, cue, content),) = read(text)
    assert (source, cue) == expected
    assert content == text[: text.index("”") + 1]


def test_it_is_surer_than_a_source_from_the_next_sentence():
    text = "“Is that it for today?” Dora Penn asked. “That is it for today!” keeper Lars Voss announced."
    claims = read(
        text,
        ("keeper Lars Voss", "announced", "“Is that it for today?”"),
        ("keeper Lars Voss", "announced", "“That is it for today!”"),
    )
    assert [source for source, _, _ in claims] == ["Dora Penn", "keeper Lars Voss"]


@pytest.mark.parametrize(
    "text",
    [
        "“The weir is shut.” The mill asked for pumps and got none at all in May.",
        "“The weir is shut.” Dora Penn said: “It is open.”",
        "“The Weir” and Dora Penn said nothing.",
    ],
)
def test_other_words_behind_a_quotation_are_none(text):
    assert not [claim for claim in read(text) if claim[2].startswith("“The")]


def test_verbs_that_can_report():
    assert all(map(reports_speech, ["said", "says", "asked", "howled", "snapped", "replied", "cries"]))
    assert not any(map(reports_speech, ["Said", "say", "walked", "suspect", "bed"]))


def test_a_quotation_that_goes_on_behind_a_comma_is_one_claim():
    text = "“Every time you say that,” Testa said, waving at the bench, “you give them a stick.” It rained."
    assert read(text) == [("Testa", "said", "“Every time you say that,” … “you give them a stick.”")]


def test_what_a_verb_reports_behind_a_comma_is_not_the_quotation_before():
    text = "The sign was “old, worn and grey,” and Testa said, “no one reads it.”"
    assert all("worn" not in content for _, _, content in read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Thank you, Ms Penn,” the chairman, Basil Trew, cut in.", ("the chairman, Basil Trew", "cut in")),
        (
            "“I have two things to tell you.”\n\nThat was how Mayor Lars Voss opened Thursday’s meeting in the hall.",
            ("Mayor Lars Voss", "opened"),
        ),
    ],
)
def test_two_words_report_and_what_somebody_did_with_the_words(text, expected):
    assert read(text)[0][:2] == expected


def test_who_a_colon_introduces_says_it_and_not_who_is_named_behind():
    text = "The union said: “We have had no rise.” The employers called it late."
    assert read(text, ("The union", "said", "“We have had no rise.”")) == [
        ("The union", "said", "“We have had no rise.”")
    ]
