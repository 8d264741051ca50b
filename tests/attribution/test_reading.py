"""What the network has read of a text: entities by sentence, and scores that what is far away does not change."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotebank.attribution.network import ENTITIES
from quotebank.attribution.tagger import _near
from quotebank.text import tokenize

WORDS = ["Ann Lee", "Oxbow", "said", "the", "mayor", "“We are ready,”", "that", "it", "rained", ".", "\n\n", "BBC"]


@pytest.fixture(scope="module")
def tagger(extractor):
    return extractor._language.tagger


@given(st.lists(st.integers(0, 3000), unique=True).map(sorted), st.integers(1, 200))
def test_groups_hold_every_place_once_and_none_is_long(places, span):
    groups = list(_near(places, span))
    assert [place for group in groups for place in places[group]] == places
    assert all(places[group][-1] - places[group][0] <= span for group in groups)
    assert all(places[b.start] - places[a.start] > span for a, b in pairwise(groups))


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_entities_lie_in_their_sentences_and_tags_say_the_same(tagger, chosen):
    tokens = tokenize(" ".join(chosen))
    reading = tagger.read(tokens)
    numbers = range(len(tokens.sentences) - 1)
    tags = reading.tags()
    assert len(tags) == len(tokens)
    assert {tag[2:] for tag in tags if tag != "O"} <= set(ENTITIES)
    found = 0
    for k, entities in reading.entities(numbers).items():
        first, end = tokens.sentences[k], tokens.sentences[k + 1]
        found += len(entities)
        for entity in entities:
            assert tokens.starts[first] <= entity.span.start < entity.span.end <= tokens.ends[end - 1]
            assert entity.text == entity.span.slice(tokens.text)
    assert sum(tag.startswith("B-") for tag in tags) == found
    assert all(tags[i - 1][2:] == tag[2:] for i, tag in enumerate(tags) if tag.startswith("I-"))


def test_a_claim_is_scored_alike_wherever_its_article_goes_on(tagger):
    """Far words are out of reach: what is said at the beginning does not depend on what is said a page later."""
    said = "“We are ready for the flood season,” said Ann Lee, the mayor of Oxbow. "
    rest = "The river rose by a metre on Monday and fell again a day later. " * 60
    one = tagger.tag(tokenize(said + rest))
    two = tagger.tag(tokenize(said + rest + "“Nothing was lost,” Bo Chan said."))
    assert len(two) == len(one) + 1
    assert [(c.source, c.cue, c.content, c.nested) for c in two[: len(one)]] == [
        (c.source, c.cue, c.content, c.nested) for c in one
    ]
