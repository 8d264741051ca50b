"""EPFL's Quotebank, article-centric (Vaucher, Spitz, Catasta and West 2021): https://doi.org/10.5281/zenodo.4277311."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from quotebank.formats.articles_with_claims import Reading
from quotebank.formats.quotations_in_context import day, text_and_places
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span

NOBODY = frozenset({"", "None"})  # how it writes that no speaker was found


class _EpflQuotation(msgspec.Struct, rename="camel"):
    quotation: str
    left_context: str | None = None
    right_context: str | None = None
    local_top_speaker: str | None = None
    global_top_speaker: str | None = None
    local_probas: list[Any] | None = None


class _EpflArticle(msgspec.Struct, rename={"article_id": "articleID"}):
    quotations: list[_EpflQuotation]
    article_id: str | None = None
    url: Any = None
    title: str | None = None
    date: str | None = None
    content: str | None = None


_article = msgspec.json.Decoder(_EpflArticle)


def from_epfl(line: bytes) -> Reading:
    """An article with its quotations, a line of the files; see `read_articles`."""
    record = _article.decode(line)
    if record.content is not None:
        text, places = record.content, list(_found(record.content, [q.quotation for q in record.quotations]))
    else:
        text, places = text_and_places([(q.left_context, q.quotation, q.right_context) for q in record.quotations])
    url = record.url[0] if isinstance(record.url, list) and record.url else record.url
    article = Article(
        text=text,
        id=record.article_id,
        url=url if isinstance(url, str) else None,
        title=record.title,
        published=day(record.date),
    )
    claims = [
        Claim.build(article, content=(place,), speaker=_speaker(quotation), confidence=_probability(quotation))
        for quotation, place in zip(record.quotations, places, strict=True)
        if place is not None
    ]
    return article, tuple(sorted(claims, key=lambda c: c.content))


def _found(text: str, quoted: list[str]) -> Iterator[Span | None]:
    """Where each quotation stands in a text: after the one before it, or else anywhere."""
    at = 0
    for words in map(str.strip, quoted):
        start = text.find(words, at)
        if start < 0:
            start = text.find(words)
        if start < 0 or not words:
            yield None
        else:
            at = start + len(words)
            yield Span(start, at)


def _speaker(quotation: _EpflQuotation) -> Speaker | None:
    for name in (quotation.local_top_speaker, quotation.global_top_speaker):
        if name is not None and name.strip() not in NOBODY:
            return Speaker(name=name.strip())
    return None


def _probability(quotation: _EpflQuotation) -> float:
    """The first of `localProbas`, pairs of a speaker and a probability, the latter a number or digits in a string."""
    try:
        value = float((quotation.local_probas or [[None, 1.0]])[0][1])
    except (TypeError, ValueError, LookupError):
        return 1.0
    return value if 0 <= value <= 1 else 1.0
