"""A test suite with quotebank's Hypothesis strategies: what it looks like to test your own code on claims.

usage: python examples/property_tests.py, or pytest examples/property_tests.py

`card` stands for your code: it turns a claim into a line for a newsletter. The first tests hold for any claim at all,
the others for articles whose claims are known: whatever makes claims, `Claim.build` or an extractor, has to give them
back. Put your own extractor in the place of `quotebank.extract`.
"""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import quotebank
from quotebank.testing import articles, plain_articles, several_spans

# Models are slow beside what Hypothesis is made for: few examples, the same at every run, and none of the hundreds of
# attempts to find a shorter article that fails, as these are short enough to be read.
with_models = settings(
    max_examples=4, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)

# One of each kind of trouble; `quotebank.testing.constructions()` names all of them.
CONSTRUCTIONS = [
    "quotation, verb, speaker",
    "quotation in two pieces",
    "quotation, title before the name",
    "part of a sentence quoted",
    "told somebody",
    "according to, after",
    "organization",
    "denial",
    "never said",
    "plan",
]


def card(claim: quotebank.Claim) -> str:
    who = claim.speaker.name if claim.speaker else "Somebody"
    verb = "said" if claim.is_statement else "is reported on"
    return f"{who} {verb}: {' '.join(claim.text.split())}"


@given(st.from_type(quotebank.Claim))
def test_a_card_is_one_line_with_all_the_words(claim):
    assert claim.text.split() == card(claim).split()[-len(claim.text.split()) :] or not claim.text.split()


@given(plain_articles().flatmap(lambda a: st.tuples(st.just(a), several_spans(a.text, min_size=1))))
def test_a_claim_by_hand_has_the_words_under_its_spans(drawn):
    article, spans = drawn
    claim = quotebank.Claim.build(article, content=spans)
    assert claim.text == " ".join(article.text[span.start : span.end] for span in spans)


@given(articles(min_claims=2))
def test_claims_of_an_article_come_in_order(example):
    starts = [claim.content[0].start for claim in example.claims]
    assert all(a < b for a, b in pairwise(starts))


@given(articles())
def test_a_claim_built_of_its_parts_is_the_known_one(example):
    for claim in example.claims:
        parts = ("content", "cue", "source", "speaker", "act", "force", "negated", "conditional")
        built = quotebank.Claim.build(example.article, **{part: getattr(claim, part) for part in parts})
        assert built == claim


def summary(claim: quotebank.Claim) -> tuple:
    """What two readers of an article should agree on, beside the content."""
    who = claim.speaker and claim.speaker.name
    return who, claim.text, claim.kind, claim.act, claim.force, claim.negated, claim.conditional


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
def test_known_claims_are_extracted(construction):
    @with_models
    @given(articles(constructions=[construction], min_claims=2, max_claims=4))
    def check(example):
        found = {claim.content: claim for claim in quotebank.extract(example.article)}
        for known in example.claims:
            assert known.content in found, [claim.text for claim in found.values()]
            claim = found[known.content]
            assert summary(claim) == summary(known)
            for part in ("cue", "source"):  # where they begin and end is a matter of taste
                assert any(a.overlaps(b) for a in getattr(claim, part) for b in getattr(known, part)), part

    check()


if __name__ == "__main__":
    sys.exit(subprocess.call([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]))  # noqa: S603 - this file
