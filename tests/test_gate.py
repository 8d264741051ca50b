"""The gate holds: no figure below what is pinned, over the very articles and gold claims it was pinned on."""

import json

import pytest

from tests import gate
from tests.conftest import article, article_names, gold_rows, located


@pytest.fixture(scope="module")
def pinned():
    return json.loads(gate.PINNED.read_text(encoding="utf8"))


def test_gate_was_pinned_on_these_articles(pinned):
    assert pinned["inputs"] == gate.digest(), (
        "articles or gold changed: look at the figures, then python -m tests.gate --pin"
    )


def test_quality_does_not_fall(extractor, pinned):
    now = gate.measure(extractor)
    told = gate.changes(pinned["articles"], now)
    print("\n".join(told))
    assert not gate.falls(pinned["articles"], now), "\n".join(told)


def test_the_gate_sees_a_lost_claim(extractor, pinned):
    """A library that finds no claim, or gives each to the wrong source, does not pass."""

    class Silent:
        def extract(self, article):
            return extractor.extract(article)[::2]

    assert gate.falls(pinned["articles"], gate.measure(Silent()))


@pytest.mark.parametrize("name", article_names())
def test_gold_is_sound(name):
    text, words = article(name).text, 0
    words = len(gate.WORD.findall(text))
    assert words >= 500
    before: list[set[int]] = []
    for row in gold_rows(name):
        spans = located(text, row)
        content = {i for s, e in spans["content"] for i in range(s, e)}
        assert content
        assert all(content < other for other in before if content & other), gate.label(row)
        before.append(content)
