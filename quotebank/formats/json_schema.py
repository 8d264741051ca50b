"""The JSON Schema of a claim, made from the records, so that a field added there is in the schema too.

`python -m quotebank.formats.json_schema` prints it; the file that is shipped, `claim.schema.json` beside it, is its
output, and a test holds the two equal. The dialect is JSON Schema 2020-12: https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from typing import Any

import attrs
import msgspec

from quotebank.records import Claim, Reference, Speaker
from quotebank.spans import Span

SHIPPED = "formats/claim.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = "urn:x-quotebank:claim.schema.json"


def make_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of our JSONL: a claim with its speaker and spans.

    Types and defaults come from the records. Bounds that only their validators know (offsets from 0, shares from 0 to
    1) are added here.
    """
    schema = msgspec.json.schema(Claim)
    definitions = schema["$defs"]
    for record in (Claim, Speaker, Span):
        definition = definitions[record.__name__]
        definition["description"] = " ".join((record.__doc__ or "").split())
        for field in attrs.fields(record):
            if field.type in ("float", float):
                definition["properties"][field.name] |= {"minimum": 0, "maximum": 1}
    definitions["Span"]["properties"]["start"]["minimum"] = 0
    definitions["Span"]["properties"]["end"]["minimum"] = 1
    definitions["Article"] = msgspec.json.schema(Reference)["$defs"]["Reference"]
    del definitions["Article"]["properties"]["id"], definitions["Article"]["required"]
    definitions["Article"] |= {"title": "Article", "description": "What is known of the article; article_id is its id."}
    definitions["Claim"]["properties"]["article"] = {"$ref": "#/$defs/Article"}
    schema = {
        "$schema": DIALECT,
        "$id": IDENTIFIER,
        "title": "quotebank claim",
        "$comment": "One line of a quotebank JSONL file. Offsets are code points of the article's text, half-open.",
        **schema,
    }
    plain: dict[str, Any] = json.loads(json.dumps(schema))  # lists for tuples, as a file has them
    return plain


def shipped_schema() -> dict[str, Any]:
    """The JSON Schema that comes with the package."""
    schema: dict[str, Any] = json.loads(files("quotebank").joinpath(SHIPPED).read_text(encoding="utf8"))
    return schema


def as_text(schema: dict[str, Any]) -> str:
    """A schema as the shipped file writes it."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text(make_schema()))
