"""Who only hears a thing is not its source."""

import pytest

from quotebank.attribution.attribution_spans import attributions
from quotebank.text import tokenize
from tests.attribution.given_claims import given


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "“We were told on Monday that the roof was safe,” said Rosa Achter, the mayor of Oxbow.",
            "that the roof was safe",
        ),
        ("The clerk said she was warned in May that the bridge would close.", "that the bridge would close"),
        (
            "Residents have been advised to stay away from the river.",
            "to stay away from the river",
        ),
        ("It has emerged that the keys were lost.", "that the keys were lost"),
    ],
)
def test_who_was_told_did_not_say_it(extractor, text, content):
    inner = next(claim for claim in extractor.extract(text) if claim.text == content)
    assert (inner.source, inner.speaker) == ((), None)


def test_who_told_is_the_source(extractor):
    (claim,) = extractor.extract("The auditor told the council on Monday that the bridge was unsafe.")
    assert claim.speaker.name == "auditor" or claim.speaker.name == "The auditor"


def test_who_is_named_behind_by_is_the_source(extractor):
    text = "In her memoir, Holt recalls being told by her father that girls did not sail."
    inner = next(claim for claim in extractor.extract(text) if claim.text == "that girls did not sail")
    assert [text[s.start : s.end] for s in inner.source] == ["her father"]


def test_it_is_nobody_where_it_stands_for_the_clause_behind(extractor):
    (claim,) = extractor.extract("It was first announced on Monday that the bridge would close.")
    assert (claim.text, claim.source, claim.speaker) == ("that the bridge would close", (), None)


def test_it_is_somebody_where_it_reports_itself(extractor):
    text = "The council met on Monday. It said that the bridge would close."
    (claim,) = extractor.extract(text)
    assert [text[s.start : s.end] for s in claim.source] == ["It"]


def test_no_source_ends_with_the_word_that_begins_what_is_done():
    tokens = tokenize("The only keeper to have claimed that the dam leaked left in May.")
    claim = given(tokens, "The only keeper to", "have claimed", "that the dam leaked")
    (found,) = attributions(tokens, [claim])
    assert [tokens.text[s.start : s.end] for s in found.source] == ["The only keeper"]


def test_who_is_asked_in_a_clause_of_its_own_is_not_who_spoke_before():
    text = "Nobody has said the weir is safe. Asked whether it was, Ida Frome said only that it stood."
    tokens = tokenize(text)
    (found,) = attributions(tokens, [given(tokens, "Nobody", "Asked", "whether it was")])
    assert found.source == ()


@pytest.mark.parametrize("verb", ["told", "assured", "promised"])
def test_who_assures_is_named_behind_a_day(verb):
    text = f"Residents of Hale were {verb} on Monday by the collector, Ida Frome, that the water was clean."
    tokens = tokenize(text)
    (found,) = attributions(tokens, [given(tokens, "Residents of Hale", verb, "that the water was clean")])
    assert [text[s.start : s.end] for s in found.source] == ["the collector, Ida Frome"]
