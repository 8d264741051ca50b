"""Who said what in a spaCy pipeline (extra `[spacy]`); spaCy finds this module by its entry point.

    nlp = spacy.blank("en")
    nlp.add_pipe("quotebank")
    doc = nlp(text)
    doc._.claims                  # a tuple of quotebank.Claim, offsets in doc.text
    doc.spans["claims"]           # a span for each piece of a content, its label the kind; span._.claim is its claim
    spacy.displacy.render(doc, style="span", options={"spans_key": "claims"})

https://spacy.io/usage/processing-pipelines#custom-components
"""

from __future__ import annotations

from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from quotebank.errors import ArgumentTypeError
from quotebank.extractor import Extractor, default_extractor
from quotebank.records import Claim

KEY = "claims"
STORED = "quotebank.claims"  # as JSON text in doc.user_data: spaCy can write it to a DocBin and to other processes

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(tuple[Claim, ...])


class ClaimFinder:
    """The component: reads a document's text and sets `doc._.claims` and `doc.spans["claims"]`."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor

    def __call__(self, doc: Doc) -> Doc:
        """Set the claims of a document; a span that ends inside one of spaCy's tokens is widened to all of it."""
        claims = self.extractor.extract(doc.text)
        doc.user_data[STORED] = _encoder.encode(claims).decode()
        spans = [
            doc.char_span(part.start, part.end, label=claim.kind, span_id=claim.id, alignment_mode="expand")
            for claim in claims
            for part in claim.content
        ]
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[span for span in spans if span is not None])
        return doc


def claims_of(doc: Doc) -> tuple[Claim, ...]:
    """The claims of a document that the component has read, none for any other: what `doc._.claims` gives."""
    return _decoder.decode(doc.user_data.get(STORED, "[]"))


def claim_of(span: Span) -> Claim | None:
    """The claim that a span of `doc.spans["claims"]` belongs to, None for any other: what `span._.claim` gives."""
    return next((claim for claim in claims_of(span.doc) if claim.id == span.id_), None)


Doc.set_extension("claims", getter=claims_of, force=True)
Span.set_extension("claim", getter=claim_of, force=True)


@Language.factory(  # type: ignore[untyped-decorator]
    "quotebank", assigns=["doc._.claims", "doc.spans", "span._.claim"], default_config={"stanza_dir": None}
)
def make_component(nlp: Language, name: str, stanza_dir: Any) -> ClaimFinder:  # noqa: ARG001 - spaCy passes them by name
    """What `nlp.add_pipe("quotebank")` makes. `stanza_dir` as for `Extractor`; raises what that raises."""
    if stanza_dir is not None and not isinstance(stanza_dir, str):
        raise ArgumentTypeError(f"stanza_dir must be a str or None; got {stanza_dir!r}")
    return ClaimFinder(default_extractor() if stanza_dir is None else Extractor(stanza_dir=stanza_dir))
