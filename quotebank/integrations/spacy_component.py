"""Who said what in a spaCy pipeline (extra `[spacy]`); spaCy finds this module by its entry point.

    nlp = spacy.blank("en")
    nlp.add_pipe("quotebank")
    doc = nlp(text)
    doc._.claims                  # a tuple of quotebank.Claim, offsets in doc.text
    doc.spans["claims"]           # a span for each piece of a content, its label the kind; span._.claim is its claim
    draw(doc)                     # an HTML picture by displaCy, with the speakers' names

https://spacy.io/usage/processing-pipelines#custom-components
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import attrs
import msgspec
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from quotebank.errors import ArgumentTypeError
from quotebank.extractor import Extractor, default_extractor
from quotebank.records import Claim, claim_id, text_id
from quotebank.spans import Span as OurSpan

KEY = "claims"
# Claims lie in doc.user_data as JSON, under the key that spaCy gives to what belongs to some characters of a document:
# so it writes them to a DocBin and to other processes, and moves them along where documents are joined or cut.
STORED = ("._.", "quotebank_claims")
COLOURS = {"direct": "#f5dfa5", "mixed": "#dfe3b4", "indirect": "#cfdcea"}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(tuple[Claim, ...])


class ClaimFinder:
    """The component: reads a document's text and sets `doc._.claims` and `doc.spans["claims"]`."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor

    def __call__(self, doc: Doc) -> Doc:
        """Set the claims of a document; a span that ends inside one of spaCy's tokens is widened to all of it."""
        claims = self.extractor.extract(doc.text)
        by_place: dict[tuple[int, int], list[Claim]] = {}
        for claim in claims:
            by_place.setdefault(_extent(claim), []).append(claim)
        for place, held in by_place.items():
            doc.user_data[(*STORED, *place)] = _encoder.encode(held).decode()
        spans = [
            doc.char_span(part.start, part.end, label=claim.kind, span_id=claim.id, alignment_mode="expand")
            for claim in claims
            for part in claim.content
        ]
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[span for span in spans if span is not None])
        return doc


def claims_of(doc: Doc) -> tuple[Claim, ...]:
    """The claims of a document that the component has read, none for any other: what `doc._.claims` gives.

    A document that was joined of others (`Doc.from_docs`) has theirs, one that was cut out (`as_doc` with
    `copy_user_data=True`) those that lie in it whole; offsets and ids are then its own.
    """
    return tuple(sorted(_by_old_id(doc).values(), key=lambda claim: claim.content))


def claim_of(span: Span) -> Claim | None:
    """The claim that a span of `doc.spans["claims"]` belongs to, None for any other: what `span._.claim` gives."""
    return _by_old_id(span.doc).get(span.id_)


def draw(doc: Doc, *, page: bool = False) -> str:
    """The text of `doc` with its claims marked, as HTML by displaCy: how each is quoted and who is named, in colours.

    `page`: a whole page rather than a part of one.
    """
    spans = []
    for span in doc.spans.get(KEY, ()):
        claim = claim_of(span)
        name = claim.speaker.name if claim is not None and claim.speaker is not None else "nobody named"
        label = escape(f"{span.label_} · {' '.join(name.split())}")
        spans.append({"start_token": span.start, "end_token": span.end, "label": label, "kind": span.label_})
    tokens = [token.text for token in doc]
    colours = {span["label"]: COLOURS.get(span["kind"], COLOURS["indirect"]) for span in spans}
    made: str = displacy.render(
        {"text": doc.text, "tokens": tokens, "spans": spans, "title": None},
        style="span",
        manual=True,
        page=page,
        jupyter=False,
        options={"colors": colours},
    )
    return made


def _extent(claim: Claim) -> tuple[int, int]:
    """Where a claim begins and ends, its cue and source included."""
    spans = (*claim.content, *claim.cue, *claim.source)
    return min(span.start for span in spans), max(span.end for span in spans)


def _by_old_id(doc: Doc) -> dict[str, Claim]:
    """The claims of a document by the ids under which they were found."""
    found: dict[str, Claim] = {}
    for key, value in doc.user_data.items():
        if isinstance(key, tuple) and key[:2] == STORED:
            for claim in _decoder.decode(value):
                moved = _moved(claim, key[2] - _extent(claim)[0], doc.text)
                if moved is not None:
                    found[claim.id] = moved
    inner = {claim.id for claim in found.values()}
    return {
        old: claim if claim.within is None or claim.within in inner else attrs.evolve(claim, within=_new(found, claim))
        for old, claim in found.items()
    }


def _new(found: Mapping[str, Claim], claim: Claim) -> str | None:
    around = found.get(claim.within or "")
    return None if around is None else around.id


def _moved(claim: Claim, by: int, text: str) -> Claim | None:
    """A claim in a document of another text, `by` so many characters on; None where it is not in it whole."""
    article_id = text_id(text)
    if by == 0 and claim.article_id == article_id:
        return claim
    start, end = _extent(claim)
    if start + by < 0 or end + by > len(text):
        return None

    def along(spans: Iterable[OurSpan]) -> tuple[OurSpan, ...]:
        moved = ((span.start + by, span.end + by) for span in spans)
        return tuple(OurSpan(a, b) for a, b in moved if a >= 0 and b <= len(text))

    content, cue, source = (along(spans) for spans in (claim.content, claim.cue, claim.source))
    speaker = claim.speaker
    if speaker is not None:
        held: dict[str, Any] = {
            name: along(getattr(speaker, name)) for name in ("role_spans", "affiliation_spans", "mentions")
        }
        speaker = attrs.evolve(speaker, **held)
    return attrs.evolve(
        claim,
        id=claim_id(article_id, content, cue, source),
        article_id=article_id,
        content=content,
        cue=cue,
        source=source,
        speaker=speaker,
    )


Doc.set_extension("claims", getter=claims_of, force=True)
Doc.set_extension("claims_json", getter=lambda doc: [claim.to_dict() for claim in claims_of(doc)], force=True)
Span.set_extension("claim", getter=claim_of, force=True)


@Language.factory(  # type: ignore[untyped-decorator]
    "quotebank", assigns=["doc._.claims", "doc.spans", "span._.claim"], default_config={"stanza_dir": None}
)
def make_component(nlp: Language, name: str, stanza_dir: Any) -> ClaimFinder:  # noqa: ARG001 - spaCy passes them by name
    """What `nlp.add_pipe("quotebank")` makes. `stanza_dir` as for `Extractor`; raises what that raises."""
    if stanza_dir is not None and not isinstance(stanza_dir, str):
        raise ArgumentTypeError(f"stanza_dir must be a str or None; got {stanza_dir!r}")
    return ClaimFinder(default_extractor() if stanza_dir is None else Extractor(stanza_dir=stanza_dir))
