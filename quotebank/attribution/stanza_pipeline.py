"""Our Stanza pipeline: tokenizer and attribution network as its processors, the shipped models, no network.

The pipeline runs in two steps. Every article is tokenized and tagged for attributions; entities, tags and trees are
made only for the sentences whose words the next stages have to understand.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import attrs
import stanza
import torch
from stanza.models.common import utils as stanza_utils
from stanza.models.common.doc import Document as Document  # noqa: PLC0414 - `extractor` takes its type from here
from stanza.models.common.foundation_cache import FoundationCache
from stanza.pipeline.processor import Processor, ProcessorVariant, register_processor, register_processor_variant

from quotebank.attribution import model_files
from quotebank.attribution.attribution_spans import attributions
from quotebank.attribution.model_loading import load_tagger
from quotebank.attribution.one_thread import one_thread
from quotebank.attribution.tagger import Tagger
from quotebank.errors import ArgumentValueError, shown
from quotebank.spans import Span
from quotebank.text import Tokens, tokenize

VECTORS = "glove.pt"
ENTITY_TYPES = {
    "PERSON": "PER",
    "GPE": "LOC",
    "FAC": "LOC",
}  # OntoNotes, in published models, to the four of CoNLL 2003
PARTS = {"pos": "pos.pt", "depparse": "depparse.pt", "ner": "ner.pt"}
SYNTAX = {"pos": "default", "lemma": "identity", "depparse": "default"}
LONGEST_SENTENCE = 200  # longer "sentences" are lists and tables: no tree would be right, and the parser is quadratic


@attrs.frozen
class Word:
    """A token as the parser sees it. `head` is an index into the sentence's words, -1 for the root."""

    start: int
    end: int
    text: str
    upos: str | None = None
    xpos: str | None = None
    head: int | None = None
    relation: str | None = None


@attrs.frozen
class Entity:
    """A named entity: its span and its type as the model names it (PER, ORG, LOC, MISC)."""

    span: Span
    text: str
    type: str


@attrs.frozen
class Sentence:
    """A parsed sentence; entities, tags and trees are there where they were asked for."""

    words: tuple[Word, ...]
    entities: tuple[Entity, ...]


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
        self.tagger: Tagger = load_tagger(Path(config["model_path"]))

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        """Nothing of Stanza's own: `__init__` loads the tagger."""

    def mark_inactive(self) -> None:
        """Nothing to drop: Stanza calls this where a processor that we need is missing, before it says so."""

    def process(self, doc: Document) -> Document:
        """Tag a document; one that another tokenizer made is tokenized again, for the tagger knows our tokens."""
        tokens = getattr(doc, "quotebank_tokens", None) or tokenize(doc.text)
        doc.reading = self.tagger.read(tokens)
        doc.attributions = attributions(tokens, doc.reading.claims(self.tagger.decoding))
        return doc

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

    def __init__(self, stanza_dir: Path | None = None) -> None:
        if stanza_dir is not None and not (stanza_dir / "resources.json").is_file():
            raise ArgumentValueError(
                f"stanza_dir must be a folder that stanza.download(model_dir=…) has filled; "
                f"{stanza_dir} holds no resources.json"
            )
        self.stanza_dir = stanza_dir
        self.cache = FoundationCache(local_files_only=True)
        self.lock = threading.Lock()
        self.parts: dict[str, stanza.Pipeline] = {}
        folder = model_files.models_directory()
        tagger = str(model_files.checked("tagger.pt", folder))
        for name in (VECTORS, *PARTS.values()) if stanza_dir is None else ():
            model_files.checked(name, folder)  # a damaged file is told at once, not at the first article that needs it
        self.reader = self._pipeline({"attribution": "default"}, attribution_model_path=tagger)

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

    def _part(self, name: str) -> stanza.Pipeline:
        """The processors for entities or for tags and trees, loaded at the first call."""
        if name not in self.parts:
            wanted = SYNTAX if name == "syntax" else {name: "default"}
            self.parts[name] = self._pipeline(wanted, lemma_use_identity=True, **self._models(wanted))
        return self.parts[name]

    def _models(self, wanted: Collection[str]) -> dict[str, str]:
        """The options that name our own models; none where published ones are used."""
        if self.stanza_dir is not None:
            return {}
        folder = model_files.models_directory()
        vectors = str(folder / VECTORS)
        pretrain = self.cache.load_pretrain(vectors)
        if pretrain.emb.dtype != torch.float32:
            pretrain._emb = pretrain.emb.float()  # shipped in half precision
        own = {part: str(folder / PARTS[part]) for part in wanted if part in PARTS}
        paths = {f"{part}_model_path": path for part, path in own.items()}
        return {**paths, **{f"{part}_pretrain_path": vectors for part in own}}

    def read(self, text: str) -> Document:
        """Tokenize and tag: a document with `quotebank_tokens`, `reading` and `attributions`.

        It has no sentences: making Stanza's objects for every word of a text, most of which nobody looks at, costs as
        much as finding the entities.
        """
        document = Document([], text=text)
        document.quotebank_tokens = tokenize(text)
        with one_thread():
            return self.reader.process(document, processors=["attribution"])

    def entities(self, tokens: Tokens, sentences: Collection[int]) -> dict[int, Sentence]:
        """The given sentences with their entities, by their number."""
        return self._run(tokens, sentences, "ner", ["ner"])

    def tags(self, tokens: Tokens, sentences: Collection[int]) -> dict[int, Sentence]:
        """The given sentences with part-of-speech tags, by their number."""
        return self._run(tokens, sentences, "syntax", ["pos"])

    def trees(self, tokens: Tokens, sentences: Collection[int]) -> dict[int, Sentence]:
        """The given sentences with tags and dependency trees, by their number. The slowest thing here."""
        return self._run(tokens, sentences, "syntax", list(SYNTAX))

    def _run(self, tokens: Tokens, sentences: Collection[int], part: str, processors: list[str]) -> dict[int, Sentence]:
        firsts = tokens.sentences
        chosen = [k for k in sentences if firsts[k + 1] - firsts[k] <= LONGEST_SENTENCE]
        if not chosen:
            return {}
        document = as_document(tokens, chosen)
        with self.lock, one_thread():  # Stanza's trainers are not promised to be free of state
            document = self._part(part).process(document, processors=processors)
        return {k: _sentence(s) for k, s in zip(chosen, document.sentences, strict=True)}


def _sentence(sentence: Any) -> Sentence:
    words = tuple(
        Word(w.start_char, w.end_char, w.text, w.upos, w.xpos, None if w.head is None else w.head - 1, w.deprel)
        for w in sentence.words
    )
    entities = tuple(
        Entity(Span(e.start_char, e.end_char), e.text, ENTITY_TYPES.get(e.type, e.type)) for e in sentence.ents or ()
    )
    return Sentence(words, entities)
