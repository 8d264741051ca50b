"""Our Stanza pipeline: tokenizer, attribution network and its entities as processors, the shipped models, no network.

One network reads an article, once; attributions are decoded from it at once, entities only of the sentences that the
next stage has to understand. With a folder of published Stanza models those name the entities.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import stanza
import torch
from stanza.models.common import utils as stanza_utils
from stanza.models.common.doc import NER
from stanza.models.common.doc import Document as Document  # noqa: PLC0414 - `extractor` takes its type from here
from stanza.models.common.foundation_cache import FoundationCache
from stanza.pipeline.processor import Processor, ProcessorVariant, register_processor, register_processor_variant

from quotebank.attribution import model_files
from quotebank.attribution.attribution_spans import attributions
from quotebank.attribution.model_loading import load_tagger
from quotebank.attribution.tagger import Entity, Reading, Tagger
from quotebank.errors import ArgumentValueError, shown
from quotebank.spans import Span
from quotebank.text import Tokens, tokenize

MODELS = {"fast": "tagger_fast.pt", "accurate": "tagger.pt"}  # what `Extractor(model=…)` names, and its file
ENTITY_TYPES = {
    "PERSON": "PER",
    "GPE": "LOC",
    "FAC": "LOC",
}  # OntoNotes, in published models, to the four of CoNLL 2003
LONGEST_SENTENCE = 200  # longer "sentences" are lists and tables, of which published models make nothing


@register_processor_variant("tokenize", "quotebank")
class QuotebankTokenizer(ProcessorVariant):  # type: ignore[misc]
    """`quotebank.text.tokens` as a Stanza tokenizer: exact offsets, sentences that survive lost line breaks."""

    OVERRIDE = True

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    def process(self, document: Document | str) -> Document:
        """A document of our tokens and sentences; `quotebank_tokens` holds them as `Tokens` too."""
        text = document if isinstance(document, str) else document.text
        tokens = tokenize(text)
        made = as_document(tokens, range(len(tokens.sentences) - 1))
        made.quotebank_tokens = tokens
        return made

    def bulk_process(self, docs: Sequence[Document]) -> list[Document]:
        """`process` for each."""
        return [self.process(doc) for doc in docs]


@register_processor("attribution")
class AttributionProcessor(Processor):  # type: ignore[misc]
    """The attribution tagger as a Stanza processor.

    Sets `doc.attributions`, a list of `Attribution`, and `doc.reading`, a `Reading` that tells more when it is asked.
    """

    PROVIDES_DEFAULT: ClassVar = {"attribution"}
    REQUIRES_DEFAULT: ClassVar = {"tokenize"}

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        super().__init__(config, pipeline, device)
        self.tagger: Tagger = load_tagger(Path(config["model_path"]), config.get("device", "cpu"))

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        """Nothing of Stanza's own: `__init__` loads the tagger."""

    def mark_inactive(self) -> None:
        """Nothing to drop: Stanza calls this where a processor that we need is missing, before it says so."""

    def process(self, doc: Document) -> Document:
        """Tag a document; one that another tokenizer made is tokenized again, as the tagger knows our tokens."""
        (read,) = self.bulk_process([doc])
        return read

    def bulk_process(self, docs: Sequence[Document]) -> list[Document]:
        """`process` for each, several read by the network at once."""
        texts = [getattr(doc, "quotebank_tokens", None) or tokenize(doc.text) for doc in docs]
        for doc, reading in zip(docs, self.tagger.read_many(texts), strict=True):
            doc.reading = reading
            doc.attributions = attributions(reading.tokens, reading.claims(self.tagger.decoding))
        return list(docs)


@register_processor("entities")
class EntitiesProcessor(Processor):  # type: ignore[misc]
    """The entities that the network of `attribution` sees, where Stanza's `ner` leaves its own.

    A processor and no variant of `ner`: Stanza runs that one first, and asks it for a model of its own.
    """

    PROVIDES_DEFAULT: ClassVar = {"entities"}
    REQUIRES_DEFAULT: ClassVar = {"tokenize", "attribution"}

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        """Nothing to load: the document has been read."""

    def mark_inactive(self) -> None:
        """Nothing to drop, as above."""

    def process(self, document: Document) -> Document:
        """Set `document.ents`, and the tag of every token in the BIO scheme."""
        reading: Reading = document.reading
        tags = dict(zip(reading.tokens.starts, reading.tags(), strict=True))
        of_tokens = [tags.get(token.start_char, "O") for sentence in document.sentences for token in sentence.tokens]
        document.set(NER, of_tokens, to_token=True)
        document.build_ents()
        return document

    def bulk_process(self, docs: Sequence[Document]) -> list[Document]:
        """`process` for each."""
        return [self.process(doc) for doc in docs]


def text_of(document: object) -> str | None:
    """The text of a Stanza document, None for anything else. Raises `ArgumentValueError` where it is missing."""
    if not isinstance(document, Document):
        return None
    if not isinstance(document.text, str):
        raise ArgumentValueError(
            f"document.text must be the text that the document was made of; got {shown(document.text)}. "
            "Pass it to stanza's Document(sentences, text=…), or give extract the text itself"
        )
    return document.text


def as_document(tokens: Tokens, sentences: Collection[int]) -> Document:
    """A Stanza document of the given sentences of a text, with their offsets in the whole text."""
    text, starts, ends, firsts = tokens.text, tokens.starts, tokens.ends, tokens.sentences
    entries = [
        [
            {"id": (n,), "text": text[starts[i] : ends[i]], "start_char": starts[i], "end_char": ends[i]}
            for n, i in enumerate(range(firsts[k], firsts[k + 1]), start=1)
        ]
        for k in sentences
    ]
    return Document(entries, text=text)


_loading = threading.Lock()


@contextmanager
def _no_optimizers() -> Iterator[None]:
    """Load Stanza's models without the optimizers that its trainers make.

    Nobody trains here, and the first optimizer of a process imports all of torch's compiler: seconds of every start.
    """
    with _loading:
        made = stanza_utils.get_optimizer, stanza_utils.get_split_optimizer
        stanza_utils.get_optimizer = stanza_utils.get_split_optimizer = lambda *_, **__: {}
        try:
            yield
        finally:
            stanza_utils.get_optimizer, stanza_utils.get_split_optimizer = made


class Language:
    """A Stanza pipeline, whose parts are loaded when an article first needs them. Safe to share between threads."""

    def __init__(
        self, stanza_dir: Path | None = None, *, model: str = "fast", device: str | torch.device = "cpu"
    ) -> None:
        if stanza_dir is not None and not (stanza_dir / "resources.json").is_file():
            raise ArgumentValueError(
                f"stanza_dir must be a folder that stanza.download(model_dir=…) has filled; "
                f"{stanza_dir} holds no resources.json"
            )
        self.stanza_dir = stanza_dir
        self.cache = FoundationCache(local_files_only=True)
        self.lock = threading.Lock()
        self.published: stanza.Pipeline | None = None
        tagger = str(model_files.checked(MODELS[model], model_files.models_directory()))
        self.reader = self._pipeline(
            {"attribution": "default"}, attribution_model_path=tagger, attribution_device=str(device)
        )

    @property
    def tagger(self) -> Tagger:
        """The network that reads, with its vocabulary."""
        tagger: Tagger = self.reader.processors["attribution"].tagger
        return tagger

    def _pipeline(self, processors: dict[str, str], **options: Any) -> stanza.Pipeline:
        folder = model_files.models_directory()
        with _no_optimizers():
            return stanza.Pipeline(
                "en",
                processors={"tokenize": "quotebank", **processors},
                dir=str(folder if self.stanza_dir is None else self.stanza_dir),
                download_method=None,
                use_gpu=False,
                foundation_cache=self.cache,
                logging_level="ERROR",
                allow_unknown_language=True,
                package=None,
                tokenize_with_quotebank=True,
                **options,
            )

    def read(self, texts: Sequence[str]) -> list[Document]:
        """Tokenize and tag: for each text a document with `quotebank_tokens`, `reading` and `attributions`.

        It has no sentences: making Stanza's objects for every word of a text, most of which nobody looks at, costs as
        much as finding the entities.
        """
        documents = []
        for text in texts:
            documents.append(Document([], text=text))
            documents[-1].quotebank_tokens = tokenize(text)
        read: list[Document] = self.reader.bulk_process(documents, processors=["attribution"])
        return read

    def entities(self, reading: Reading, sentences: Collection[int]) -> dict[int, tuple[Entity, ...]]:
        """The named entities of the given sentences of a text that was read, by their number."""
        if self.stanza_dir is None:
            return reading.entities(sentences)
        tokens = reading.tokens
        firsts = tokens.sentences
        chosen = [k for k in sentences if firsts[k + 1] - firsts[k] <= LONGEST_SENTENCE]
        if not chosen:
            return {}
        document = as_document(tokens, chosen)
        with self.lock:  # Stanza's trainers are not promised to be free of state
            if self.published is None:
                self.published = self._pipeline({"ner": "default"})
            document = self.published.process(document, processors=["ner"])
        return {k: _entities(s) for k, s in zip(chosen, document.sentences, strict=True)}


def _entities(sentence: Any) -> tuple[Entity, ...]:
    return tuple(
        Entity(Span(e.start_char, e.end_char), e.text, ENTITY_TYPES.get(e.type, e.type)) for e in sentence.ents or ()
    )
