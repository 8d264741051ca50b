"""What the network has read of a text: entities by sentence, and scores that what is far away does not change."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank.attribution.decoding import REACH
from quotebank.attribution.network import AROUND, ENTITIES
from quotebank.text import tokenize

WORDS = ["Ann Lee", "Oxbow", "said", "the", "mayor", "“We are ready,”", "that", "it", "rained", ".", "\n\n", "BBC"]


@pytest.fixture(scope="module")
def tagger(extractor):
    return extractor._language.tagger


def test_the_edge_of_a_window_changes_no_score_within(tagger):
    """Rows that reach over the first or last word say the same of the words that are there."""
    network, states = tagger.network, torch.randn(300, 2 * tagger.network.settings.recurrent)
    inside = torch.tensor([130, 160])
    with torch.inference_mode():
        whole = network.pairs(states, inside, torch.tensor([0, 1]))
        cut = network.pairs(states[100:200], inside - 100, torch.tensor([0, 1]))
        names, near = network.statements(states, inside), network.statements(states[100:200], inside - 100)
    for k, at in enumerate(inside.tolist()):
        low, high = 100 - at + REACH, 200 - at + REACH
        torch.testing.assert_close(cut[k, low:high], whole[k, low:high], atol=1e-4, rtol=1e-4)
        low, high = max(0, 100 - at + AROUND), 200 - at + AROUND
        torch.testing.assert_close(near[k, low:high], names[k, low:high], atol=1e-4, rtol=1e-4)


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


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=60), min_size=1, max_size=12))
def test_a_text_is_read_alike_whatever_is_read_beside_it(tagger, chosen):
    """Padding and neighbours of a batch change nothing but the last digits of a hidden state."""
    texts = [tokenize(" ".join(words)) for words in chosen]
    for tokens, beside in zip(texts, tagger.read_many(texts), strict=True):
        alone = tagger.read(tokens)
        assert [stretch for stretch, _ in beside.stretches] == [stretch for stretch, _ in alone.stretches]
        for (_, found), (_, wanted) in zip(beside.stretches, alone.stretches, strict=True):
            assert [window for window, _ in found] == [window for window, _ in wanted]
            for (_, states), (_, own) in zip(found, wanted, strict=True):
                torch.testing.assert_close(states, own, atol=1e-4, rtol=1e-4)
