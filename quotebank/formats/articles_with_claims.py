"""Readings: an article together with the claims found in it, the form in which every format takes and gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.records import Article, Claim
from quotebank.spans import Span

Reading: TypeAlias = tuple[Article, Sequence[Claim]]


def checked(article: Article, claims: Iterable[Claim]) -> tuple[Article, tuple[Claim, ...]]:
    """An article and its claims, once every claim is known to be of this article and to lie in its text.

    Raises `ArgumentTypeError` where either is of another type and `ArgumentValueError` where a claim belongs to
    another article or points past the end of the text.
    """
    if not isinstance(article, Article):
        raise ArgumentTypeError(f"article must be an Article; got {shown(article)}")
    if isinstance(claims, str | bytes | Claim) or not isinstance(claims, Iterable):
        raise ArgumentTypeError(f"claims must be an iterable of Claim; got {shown(claims)}")
    held = tuple(claims)
    for claim in held:
        if not isinstance(claim, Claim):
            raise ArgumentTypeError(f"claims must hold Claim objects; got {shown(claim)}")
        if claim.article_id != article.id:
            raise ArgumentValueError(
                f"claims holds claim {claim.id} of article {shown(claim.article_id)}, not of article "
                f"{shown(article.id)}: pass each article with its own claims"
            )
        last = max((span.end for span in spans_of(claim)), default=0)
        if last > len(article.text):
            raise ArgumentValueError(
                f"claims holds claim {claim.id}, which ends at {last}, past the end of the article's text of "
                f"{len(article.text)} code points"
            )
    return article, held


def spans_of(claim: Claim) -> Iterator[Span]:
    """Every span that a claim and its speaker hold."""
    yield from (*claim.content, *claim.cue, *claim.source)
    if claim.speaker is not None:
        speaker = claim.speaker
        yield from (*speaker.role_spans, *speaker.affiliation_spans, *speaker.mentions)


def each(readings: Iterable[Reading] | Reading) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """The readings one by one, checked; a single `(article, claims)` pair stands for one reading.

    Lazy, so that `zip(articles, extractor.extract_many(articles))` runs as it is written out. Raises what `checked`
    raises, and `ArgumentTypeError` for what is no pair, at its turn.
    """
    if isinstance(readings, tuple) and len(readings) == 2 and isinstance(readings[0], Article):
        readings = [readings]
    if isinstance(readings, str | bytes | Article | Claim) or not isinstance(readings, Iterable):
        raise ArgumentTypeError(f"readings must be an iterable of (article, claims) pairs; got {shown(readings)}")
    for reading in readings:
        if not isinstance(reading, tuple | list) or len(reading) != 2:
            raise ArgumentTypeError(f"readings must hold (article, claims) pairs; got {shown(reading)}")
        yield checked(*reading)
