"""GDELT's Global Quotation Graph: https://blog.gdeltproject.org/announcing-the-global-quotation-graph/."""

from __future__ import annotations

import msgspec

from quotebank.formats.articles_with_claims import Reading
from quotebank.formats.quotations_in_context import day, text_and_places
from quotebank.records import Article, Claim


class _GdeltQuote(msgspec.Struct):
    quote: str = ""
    pre: str = ""
    post: str = ""


class _GdeltArticle(msgspec.Struct):
    quotes: list[_GdeltQuote]
    url: str | None = None
    title: str | None = None
    date: str | None = None


_article = msgspec.json.Decoder(_GdeltArticle)


def from_gdelt(line: bytes) -> Reading:
    """An article of the graph, a line of its files; see `read_articles`."""
    record = _article.decode(line)
    text, places = text_and_places([(q.pre, q.quote, q.post) for q in record.quotes])
    article = Article(text=text, url=record.url, title=record.title, published=day(record.date))
    return article, tuple(Claim.build(article, content=(place,)) for place in places if place is not None)
