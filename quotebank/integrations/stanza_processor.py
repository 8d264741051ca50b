"""Who said what in a Stanza pipeline; importing this module makes the processors known.

import quotebank.integrations.stanza_processor
stanza.Pipeline("en", processors="tokenize,ner,quotebank")       # doc.claims, beside what Stanza finds
stanza.Pipeline("en", processors={"tokenize": "quotebank", …})   # our tokens and sentences in any pipeline
"""

from __future__ import annotations

from typing import Any, ClassVar

from stanza.models.common.doc import Document
from stanza.pipeline.processor import Processor, register_processor

from quotebank.extractor import Extractor, default_extractor


@register_processor("quotebank")
class QuotebankProcessor(Processor):  # type: ignore[misc]
    """Who said what as a Stanza processor: sets `doc.claims`, a tuple of `quotebank.Claim` with offsets in `doc.text`.

    It reads the text with our models, whatever the pipeline's other processors are.
    """

    PROVIDES_DEFAULT: ClassVar = {"quotebank"}
    REQUIRES_DEFAULT: ClassVar = {"tokenize"}

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        super().__init__(config, pipeline, device)
        self.extractor: Extractor = default_extractor()

    def mark_inactive(self) -> None:
        """Nothing to drop: Stanza calls this where a processor that we need is missing, before it says so."""

    def process(self, doc: Document) -> Document:
        """Set `doc.claims`. Raises `ArgumentValueError` where the document has no text."""
        doc.claims = self.extractor.extract(doc)
        return doc
