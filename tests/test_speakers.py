"""Speakers of the first version: names in full, types from the phrase, pronouns that reach back a little."""

import pytest

from quotebank.speakers import is_person_noun

SAID = "“We will not close the bridge,” {} said on Monday in Oxbow."


@pytest.mark.parametrize(
    ("source", "name", "type_"),
    [
        ("Maria Okafor", "Maria Okafor", "person"),
        ("Mr. Daniel Reyes", "Daniel Reyes", "person"),
        ("officials", "officials", "group"),
        ("Two other commissioners", "Two other commissioners", "group"),
        ("many residents of the valley", "many residents of the valley", "group"),
        ("a senior official in the ministry", "a senior official in the ministry", "anonymous"),
        ("one diplomat", "one diplomat", "anonymous"),
        ("the company", "the company", "organization"),
        ("the spokeswoman", "the spokeswoman", "person"),
        ("the White House", "White House", "organization"),
    ],
)
def test_name_and_type_of_a_phrase(extractor, source, name, type_):
    (claim,) = extractor.extract(SAID.format(source))
    assert (claim.speaker.name.removeprefix("the "), claim.speaker.type) == (name.removeprefix("the "), type_)
    text = SAID.format(source)
    assert all(text[m.start : m.end] in source for m in claim.speaker.mentions)


def test_the_fullest_form_in_the_article_is_the_name(extractor):
    text = (
        "Marguerite Oyelaran, a captain, sails at night. “It is nurses and cooks,” said Captain Oyelaran. "
        "Oyelaran said that the county had not asked her."
    )
    assert [c.speaker.name for c in extractor.extract(text)] == ["Marguerite Oyelaran"] * 2


def test_a_pronoun_is_the_one_who_spoke_just_before(extractor):
    text = "“We are ready,” said Ann Lee, the mayor of Oxbow. “We have two pumps,” she said."
    assert [c.speaker.name for c in extractor.extract(text)] == ["Ann Lee", "Ann Lee"]


def test_a_pronoun_far_from_any_speaker_stays_a_pronoun(extractor):
    between = "The river rose and the road was closed. " * 6
    text = f"“We are ready,” said Ann Lee, the mayor of Oxbow. {between}“We have two pumps,” he said."
    assert extractor.extract(text)[-1].speaker.name == "he"


def test_a_claim_without_a_stated_source_has_no_speaker(extractor):
    claims = extractor.extract("The bridge is said to be unsafe. It was alleged that the steel had rusted through.")
    assert all(c.speaker is None for c in claims if not c.source)


@pytest.mark.parametrize("word", ["official", "spokeswoman", "economist", "director", "employee"])
def test_nouns_for_a_person(word):
    assert is_person_noun(word)


@pytest.mark.parametrize("word", ["paper", "company", "center", "ministry", "letter", "report", "or"])
def test_nouns_for_no_person(word):
    assert not is_person_noun(word)
