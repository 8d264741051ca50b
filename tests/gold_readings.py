"""What the tests of formats share: the example articles with their gold claims, and schemas written from the standards."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

import quotebank
from quotebank import testing
from tests.conftest import article, article_names, gold_rows, located

Reading = tuple[quotebank.Article, tuple[quotebank.Claim, ...]]


@cache
def gold_reading(name: str) -> Reading:
    """An example article with its gold claims."""
    held = article(name)
    claims = []
    for row in gold_rows(name):
        roles = {role: [quotebank.Span(*span) for span in spans] for role, spans in located(held.text, row).items()}
        speaker = None
        if row["speaker"]:
            speaker = quotebank.Speaker(
                name=row["speaker"],
                type=row["type"],
                role=row["role"],
                affiliation=row["affiliation"],
                mentions=roles["source"],
            )
        claims.append(quotebank.Claim.build(held, **roles, speaker=speaker))
    return held, tuple(sorted(claims, key=lambda c: c.content))


def example_readings() -> list[Reading]:
    return [gold_reading(name) for name in article_names()]


def generated() -> st.SearchStrategy[Reading]:
    """Any article with any claims, and news-like ones with sensible claims."""
    return st.one_of(testing.readings(), testing.articles().map(lambda e: (e.article, e.claims)))


# The musts of https://www.w3.org/TR/annotation-model/ for the parts that we write, as a JSON Schema.
IRI = {"type": "string", "pattern": '^[a-z][a-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$'}
SELECTORS = {
    "type": "array",
    "prefixItems": [
        {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
            "additionalProperties": False,
        },
        {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string"},
                "prefix": {"type": "string"},
                "suffix": {"type": "string"},
            },
            "additionalProperties": False,
        },
    ],
    "minItems": 2,
    "maxItems": 2,
}
SPECIFIC_RESOURCE = {
    "type": "object",
    "required": ["source", "type"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": IRI,
        "selector": SELECTORS,
        "purpose": {"enum": ["linking"]},
        "quotebank:role": {"enum": ["cue", "source"]},
    },
    "additionalProperties": False,
}
TEXTUAL_BODY = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "purpose": {"enum": ["identifying", "tagging"]},
    },
    "additionalProperties": False,
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["describing"]},
        "quotebank:confidence": {"type": "number"},
        "quotebank:within": {"type": "string"},
        "body": {"type": "array", "items": {"anyOf": [SPECIFIC_RESOURCE, TEXTUAL_BODY]}},
        "target": {"anyOf": [IRI, {"type": "array", "minItems": 1, "items": SPECIFIC_RESOURCE}]},
    },
    "additionalProperties": False,
}
COLLECTION = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"type": "array", "prefixItems": [{"const": "http://www.w3.org/ns/anno.jsonld"}]},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "required": ["id", "type", "items", "partOf"],
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "startIndex": {"type": "integer", "minimum": 0},
                "items": {"type": "array", "items": ANNOTATION},
            },
        },
    },
}
