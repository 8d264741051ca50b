"""Texts that break off, footnotes and endless lists: speakers are fewer then, and nothing is raised."""

import pytest

import quotebank
from quotebank.speakers.noun_phrases import description
from quotebank.text import tokenize, words_of


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee and Bo Orr won. “We won the game,” said both",
        "“We won the game,” said Ann Reyes, whose",
        "“We won the game,” said Ann Reyes, whose Bank",
        "“We won the game,” said Ann Reyes, whose Bank\n\nIt rained.",
        "Ann Reyes, ², left. She said it was late. The ²-year-old said so, too.",
        "Ann Reyes, ④, said she was the ④-year-old.",
        "The ferry will not sail, according to Ines Gall, the company’s finance director. “It is a kindness we can no",
    ],
)
def test_nothing_is_raised(extractor, text):
    assert all(isinstance(claim, quotebank.Claim) for claim in extractor.extract(text))


def test_an_endless_chain_of_roles_is_read_no_farther_than_a_chunk():
    text = "Ann Reyes, a nurse" + " and nurse" * 2000
    w = words_of(tokenize(text))
    said = description(w, 3, len(w))
    assert said is None or said.end <= 30


def test_a_headline_says_no_role_of_who_is_named_below(extractor):
    text = "Jury hears police officers\n\nAnn Lee and Bo Orr went home. “It was late,” Bo Orr said."
    speakers = [claim.speaker for claim in extractor.extract(text) if claim.speaker is not None]
    assert [(s.name, s.role) for s in speakers if s.name == "Bo Orr"] == [("Bo Orr", None)]


def test_a_title_at_the_beginning_is_read_whatever_word_the_text_breaks_off_behind(extractor):
    claims = extractor.extract("President Ann Reyes said it was over. It was a")
    assert [(claim.speaker.name, claim.speaker.role) for claim in claims] == [("Ann Reyes", "President")]
