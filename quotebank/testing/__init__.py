"""For test suites: Hypothesis strategies for articles with known claims, claims and spans.

    from hypothesis import given
    from quotebank.testing import articles

    @given(articles())
    def test_my_extractor_finds_what_was_said(example):
        found = my_extractor(example.article.text)
        ...                                             # example.claims is what it should find

`hypothesis.strategies.from_type(quotebank.Claim)`, and `Article`, `Speaker` and `Span`, work in any suite without an
import of this module: https://hypothesis.readthedocs.io/en/latest/extending.html. Hypothesis is not installed with
quotebank; importing this module without it raises `MissingExtraError`.
"""

from __future__ import annotations

from quotebank.testing.strategies import (
    BY_TYPE,
    Example,
    articles,
    claims,
    constructions,
    plain_articles,
    readings,
    several_spans,
    spans,
    speakers,
)

__all__ = [
    "BY_TYPE",
    "Example",
    "articles",
    "claims",
    "constructions",
    "plain_articles",
    "readings",
    "several_spans",
    "spans",
    "speakers",
]
