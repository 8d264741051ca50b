"""What the network says of two mentions, as chances of whom a word stands for."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank.attribution import Links
from quotebank.speakers.linked_mentions import LEAST, MENTIONS, LinkedMentions
from quotebank.text import tokenize, words_of

TEXT = (
    "Acme sacked its chief, Ann Lee, on Monday. Bo Orr, of the rival Oxbow Foods, praised her. The firm said that she "
    "had asked for it.\n\nADVERTISEMENT\n\n“I did not,” she said."
)


@pytest.fixture(scope="module")
def linked(extractor):
    tokens = tokenize(TEXT)
    return LinkedMentions(words_of(tokens), tokens, extractor._language.tagger.read(tokens))


def test_chances_are_those_of_the_network_at_both_mentions(extractor, linked):
    tokens = tokenize(TEXT)
    w = words_of(tokens)
    firm, acme, oxbow = w.low.index("firm"), w.low.index("acme"), w.low.index("oxbow")
    told = extractor._language.tagger.read(tokens).links(range(len(tokens)))
    at = [linked.last[firm], linked.first[acme], linked.first[oxbow]]
    scores = [*(float(told.offers[k] @ told.asks[at[0]]) for k in at[1:]), float(told.nobody[at[0]])]
    total = sum(map(math.exp, scores))
    expected = [max(math.log(math.exp(score) / total), LEAST) for score in scores]
    assert linked.chances(firm, [[acme], [oxbow]], nobody=True) == pytest.approx(expected, abs=1e-4)


def test_what_is_read_for_many_at_once_is_what_is_read_one_by_one(extractor, linked):
    tokens = tokenize(TEXT)
    w = words_of(tokens)
    at_once = LinkedMentions(w, tokens, extractor._language.tagger.read(tokens))
    at_once.expect(range(len(w)))
    she = w.low.index("she")
    candidates = [[w.low.index("ann")], [w.low.index("bo")]]
    assert at_once.chances(she, candidates, nobody=True) == pytest.approx(
        linked.chances(she, candidates, nobody=True), abs=1e-5
    )


def test_where_it_is_somebody_nobody_has_the_least(linked):
    assert linked.chances(3, [[0]], nobody=False) == pytest.approx([0.0, LEAST])


class Told:
    """A network that says of each token what a list says."""

    def __init__(self, numbers):
        self.numbers = np.array(numbers, dtype=np.float32)

    def links(self, places):
        rows = self.numbers[list(places)]
        return Links(rows, np.ones_like(rows), rows[:, 0])


@settings(max_examples=200)
@given(st.data())
def test_chances_are_shares_whatever_the_scores(data):
    tokens = tokenize("one two three four five six seven eight nine ten")
    score = st.floats(-500, 500, width=32)
    numbers = data.draw(st.lists(st.tuples(score, score), min_size=10, max_size=10))
    linked = LinkedMentions(words_of(tokens), tokens, Told(numbers))
    candidates = data.draw(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=7), max_size=4))
    i, nobody = data.draw(st.integers(0, 9)), data.draw(st.booleans())
    found = linked.chances(i, candidates, nobody=nobody)
    assert len(found) == len(candidates) + 1
    assert all(LEAST <= chance <= 1e-9 for chance in found)
    assert sum(math.exp(c) for c in found if c > LEAST) <= 1 + 1e-6
    turned = linked.chances(i, candidates[::-1], nobody=nobody)
    assert turned[:-1] == pytest.approx(found[-2::-1])
    assert turned[-1] == pytest.approx(found[-1])
    assert linked.chances(i, [c[-MENTIONS:] for c in candidates], nobody=nobody) == found
