"""A test suite with quotebank's Hypothesis strategies: what it looks like to test your own code on claims.

usage: python examples/property_tests.py, or pytest examples/property_tests.py

`card` stands for your code: it turns a claim into a line for a newsletter. The first tests hold for any claim at all,
the last for articles whose claims are known.
"""

import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotebank
from quotebank.testing import articles, plain_articles, spans


def card(claim: quotebank.Claim) -> str:
    who = claim.speaker.name if claim.speaker else "Somebody"
    verb = "said" if claim.is_statement else "is reported on"
    return f"{who} {verb}: {' '.join(claim.text.split())}"


@given(st.from_type(quotebank.Claim))
def test_a_card_is_one_line_with_all_the_words(claim):
    assert claim.text.split() == card(claim).split()[-len(claim.text.split()) :] or not claim.text.split()


@given(plain_articles().flatmap(lambda article: st.tuples(st.just(article), spans(article.text))))
def test_a_claim_by_hand_has_the_words_under_its_span(drawn):
    article, span = drawn
    claim = quotebank.Claim.build(article, content=[span])
    assert claim.text == article.text[span.start : span.end]


@given(articles(min_claims=2))
def test_claims_of_an_article_come_in_order(example):
    starts = [claim.content[0].start for claim in example.claims]
    assert all(a < b for a, b in pairwise(starts))


@settings(max_examples=10, deadline=None)  # it loads and runs the models
@given(articles(constructions=["quotation, verb, speaker"], max_claims=2))
def test_what_is_extracted_lies_in_the_article(example):
    for claim in quotebank.extract(example.article):
        for span in (*claim.content, *claim.cue, *claim.source):
            assert span.slice(example.article.text).strip()


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-q", "-p", "no:cacheprovider"]))
