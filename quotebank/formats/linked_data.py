"""Claims as linked data: W3C Web Annotation and schema.org, both JSON-LD.

Web Annotation Data Model: https://www.w3.org/TR/annotation-model/
schema.org Quotation and Claim: https://schema.org/Quotation, https://schema.org/Claim
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.formats.articles_with_claims import Reading, each
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span

Offsets = Literal["code points", "utf-16", "utf-8"]
OFFSETS: tuple[Offsets, ...] = ("code points", "utf-16", "utf-8")
ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OUR_TERMS = "urn:x-quotebank:terms:"
SCHEMA_ORG = "https://schema.org"
ORGANIZED = frozenset({"organization", "group"})


def web_annotations(
    readings: Iterable[Reading] | Reading, *, offsets: Offsets = "code points", context: int = 32
) -> dict[str, Any]:
    """The claims as one Web Annotation collection: a dict to be written as JSON-LD.

    Each claim is an annotation. Its targets are the pieces of the content; its bodies are the speaker's name, the kind,
    act and force as tags, and the pieces of cue and source, told apart by `quotebank:role`. Every piece has a
    TextPositionSelector, whose `start` and `end` count `offsets` of the text (code points, as the standard has it, or
    UTF-16 units for JavaScript, or UTF-8 bytes), and a TextQuoteSelector with `context` code points before and after,
    more where these would not tell the passage from another.

    The source of a target is the article's http(s) URL, or else a URN made from its id. Raises `ArgumentTypeError` or
    `ArgumentValueError` where an argument cannot be used.
    """
    if offsets not in OFFSETS:
        raise ArgumentValueError(f"offsets must be one of {', '.join(OFFSETS)}; got {shown(offsets)}")
    if isinstance(context, bool) or not isinstance(context, int):
        raise ArgumentTypeError(f"context must be an int, a count of code points; got {shown(context)}")
    if context < 0:
        raise ArgumentValueError(f"context must be 0 or more code points; got {context}")
    items = [
        _annotation(article, claim, counter, context)
        for article, claims in each(readings)
        for counter in [offset_counter(article.text, offsets)]
        for claim in claims
    ]
    page: dict[str, Any] = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": [ANNOTATION_CONTEXT, {"quotebank": OUR_TERMS}],
        "id": "urn:x-quotebank:claims",
        "type": "AnnotationCollection",
        "label": "Claims",
        "total": len(items),
        "first": {"id": "urn:x-quotebank:claims:page", **page, "partOf": "urn:x-quotebank:claims"},
    }


def offset_counter(text: str, offsets: Offsets) -> Callable[[int], int]:
    """What turns an offset in code points of `text` into one in the given units."""
    if offsets == "code points":
        return lambda offset: offset
    if offsets == "utf-16":
        beyond = [i for i, character in enumerate(text) if ord(character) > 0xFFFF]
        return lambda offset: offset + bisect_left(beyond, offset)
    lengths = [0, *accumulate(len(character.encode("utf8", "surrogatepass")) for character in text)]
    return lengths.__getitem__


def _annotation(article: Article, claim: Claim, counter: Callable[[int], int], context: int) -> dict[str, Any]:
    def pieces(spans: Iterable[Span], **more: str) -> list[dict[str, Any]]:
        return [
            {
                "type": "SpecificResource",
                **more,
                "source": article_iri(article),
                "selector": [
                    {"type": "TextPositionSelector", "start": counter(span.start), "end": counter(span.end)},
                    quote_selector(article.text, span, context),
                ],
            }
            for span in spans
        ]

    bodies: list[dict[str, Any]] = []
    if claim.speaker is not None:
        bodies.append({"type": "TextualBody", "purpose": "identifying", "value": claim.speaker.name})
    tags: list[str] = [claim.kind, claim.act, *([claim.force] if claim.force else [])]
    tags += [name for name in ("negated", "conditional") if getattr(claim, name)]
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    for role, spans in (("cue", claim.cue), ("source", claim.source)):
        bodies += pieces(spans, purpose="linking", **{"quotebank:role": role})
    return {
        "id": f"urn:x-quotebank:claim:{_urn_part(claim.id)}",
        "type": "Annotation",
        "motivation": "describing",
        "quotebank:confidence": claim.confidence,
        **({} if claim.within is None else {"quotebank:within": claim.within}),
        "body": bodies,
        "target": pieces(claim.content) or article_iri(article),
    }


def quote_selector(text: str, span: Span, context: int) -> dict[str, str]:
    """A TextQuoteSelector for a span of `text` that matches nothing else in it, as the standard asks for."""
    exact = span.slice(text)
    while True:
        prefix, suffix = text[max(0, span.start - context) : span.start], text[span.end : span.end + context]
        whole = prefix + exact + suffix
        first = text.find(whole)
        if text.find(whole, first + 1) < 0:
            return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
        context = max(8, context * 2)  # ends at the latest where the context is all of the text


def article_iri(article: Article) -> str:
    """The article's http(s) URL where it has one that can stand in an identifier, else a URN made from its id."""
    if article.url is not None and is_web_address(article.url):
        return quote(article.url, safe=":/?#[]@!$&'()*+,;=%-._~")
    return f"urn:x-quotebank:article:{_urn_part(article.id)}"


def is_web_address(url: str) -> bool:
    """Whether `url` is an absolute http or https address: all that we ever link to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _urn_part(text: str) -> str:
    return quote(text, safe="", errors="replace")


def schema_org(readings: Iterable[Reading] | Reading) -> dict[str, Any]:
    """The statements as schema.org JSON-LD: a dict to be written into a page or a file.

    One `NewsArticle` an article; direct and mixed claims are `Quotation`s with `spokenByCharacter`, indirect ones are
    `Claim`s with `author` and `appearance`. Speakers are `Person` (with `jobTitle` and `affiliation`) or
    `Organization`. Only what the speaker, by the article, did say is written (`Claim.is_statement`):
    schema.org has no way to say that the content was refused, denied or never said, and would assert the contrary.
    """
    graph: list[dict[str, Any]] = []
    for article, claims in each(readings):
        news = article_iri(article)
        graph.append(_news_article(article, news))
        graph += [_statement(claim, news) for claim in claims if claim.is_statement]
    return {"@context": SCHEMA_ORG, "@graph": graph}


def _news_article(article: Article, iri: str) -> dict[str, Any]:
    made: dict[str, Any] = {"@type": "NewsArticle", "@id": iri, "identifier": article.id}
    if article.url is not None and is_web_address(article.url):
        made["url"] = article.url
    if article.title:
        made["headline"] = article.title
    if article.published:
        made["datePublished"] = article.published.isoformat()
    if article.publisher:
        made["publisher"] = {"@type": "Organization", "name": article.publisher}
    return made


def _statement(claim: Claim, news: str) -> dict[str, Any]:
    quoted = claim.kind != "indirect"
    made: dict[str, Any] = {
        "@type": "Quotation" if quoted else "Claim",
        "@id": f"urn:x-quotebank:claim:{_urn_part(claim.id)}",
        "text": claim.text,
        ("isPartOf" if quoted else "appearance"): {"@id": news},
    }
    if claim.speaker is not None:
        made["spokenByCharacter" if quoted else "author"] = _agent(claim.speaker)
    return made


def _agent(speaker: Speaker) -> dict[str, Any]:
    if speaker.type in ORGANIZED:
        return {"@type": "Organization", "name": speaker.name}
    made: dict[str, Any] = {"@type": "Person", "name": speaker.name}
    if speaker.role:
        made["jobTitle"] = speaker.role
    if speaker.affiliation:
        made["affiliation"] = {"@type": "Organization", "name": speaker.affiliation}
    return made
