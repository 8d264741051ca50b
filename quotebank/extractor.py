"""`Extractor`: the stages in order, from an article to its claims."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from quotebank.attribution import Language, models_version, reported, text_of
from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.records import Article, Claim, Claims, text_id
from quotebank.speakers import AffiliationRegistry, speakers, with_organizations
from quotebank.text import words_of

if TYPE_CHECKING:
    from quotebank.attribution import Document

AHEAD = 4  # articles given out per worker before the first result is taken


class Extractor:
    """Reads articles and returns who said what. Loads its models once; safe to share between threads.

    `stanza_dir`: a folder that `stanza.download` has filled, whose tagger, parser and entities are then used instead
    of the shipped ones. `registry`: the organizations whose canonical names go into `Speaker.organization`, by default
    `AffiliationRegistry.default()`. Raises `ModelError` where a model file is missing or altered; never reaches for a
    network.
    """

    def __init__(
        self, *, stanza_dir: str | os.PathLike[str] | None = None, registry: AffiliationRegistry | None = None
    ) -> None:
        if stanza_dir is not None and not isinstance(stanza_dir, str | os.PathLike):
            raise ArgumentTypeError(f"stanza_dir must be a path or None; got {shown(stanza_dir)}")
        if registry is not None and not isinstance(registry, AffiliationRegistry):
            raise ArgumentTypeError(
                f"registry must be an AffiliationRegistry or None; got {shown(registry)}: AffiliationRegistry.from_csv"
                " reads a file"
            )
        self._registry = registry
        self._stanza_dir = None if stanza_dir is None else Path(stanza_dir)
        self._language = Language(self._stanza_dir)

    @property
    def version(self) -> str:
        """Names the models and the registry: claims of one article can differ between two versions, not within one."""
        if self._registry is None:
            return models_version()
        listed = "\n".join(f"{o.name}|{'|'.join(o.aliases)}" for o in self._registry)
        return f"{models_version()}+{text_id(listed)[:8]}"

    def extract(self, article: Article | str | Document) -> tuple[Claim, ...]:
        """The claims of an article, in the order of their contents; none where it has none.

        Takes an `Article`, its text, or a `stanza.Document`, whose `text` is read and offsets are into that. Raises
        `ArgumentTypeError` for anything else, `ArgumentValueError` for a document without a text.
        """
        article = as_article(article)
        document = self._language.read(article.text)
        tokens = document.quotebank_tokens
        in_words = words_of(tokens)
        who = with_organizations(
            speakers(tokens, in_words, document.attributions, self._language),
            self._registry if self._registry is not None else AffiliationRegistry.default(),
        )
        acts = (reported(in_words, found) for found in document.attributions)
        return Claims(
            Claim.build(
                article,
                content=found.content,
                cue=found.cue,
                source=found.source,
                speaker=speaker,
                act=act.act,
                force=act.force,
                negated=act.negated,
                conditional=act.conditional,
                confidence=found.confidence,
                quotations=tokens.quotations,
            )
            for found, speaker, act in zip(document.attributions, who, acts, strict=True)
        )

    def extract_many(
        self, articles: Iterable[Article | str | Document], *, workers: int = 1
    ) -> Iterator[tuple[Claim, ...]]:
        """The claims of each article, lazily and in order.

        `workers` above 1 spreads the articles over so many processes, each of which loads the models for itself.
        Raises `ArgumentTypeError` for what is no article, at its turn.
        """
        if isinstance(workers, bool) or not isinstance(workers, int):
            raise ArgumentTypeError(f"workers must be an int; got {shown(workers)}")
        if workers < 1:
            raise ArgumentValueError(f"workers must be 1 or more; got {workers}")
        if isinstance(articles, str | bytes | Article) or not isinstance(articles, Iterable):
            raise ArgumentTypeError(f"articles must be an iterable of Article or str; got {shown(articles)}")
        if workers == 1:
            return map(self.extract, articles)
        return self._in_processes(articles, workers)

    def _in_processes(self, articles: Iterable[Article | str | Document], workers: int) -> Iterator[tuple[Claim, ...]]:
        pending: deque[Future[tuple[Claim, ...]]] = deque()
        context = get_context("spawn")  # a forked child can hang in the parent's torch threads
        with ProcessPoolExecutor(
            workers, context, initializer=_start_worker, initargs=(self._stanza_dir, self._registry)
        ) as pool:
            for article in articles:
                pending.append(pool.submit(_extract_in_worker, as_article(article)))
                if len(pending) >= workers * AHEAD:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()


def as_article(article: object) -> Article:
    """An `Article`, also from its text or a Stanza document of it. Raises `ArgumentTypeError` for anything else."""
    if isinstance(article, Article):
        return article
    text = article if isinstance(article, str) else text_of(article)
    if text is not None:
        return Article(text=text)
    hint = "; decode bytes first" if isinstance(article, bytes | bytearray) else ""
    raise ArgumentTypeError(f"article must be an Article or a str{hint}; got {shown(article)}")


@cache
def default_extractor() -> Extractor:
    """The extractor behind `quotebank.extract`, loaded at its first use."""
    return Extractor()


def extract(article: Article | str | Document) -> tuple[Claim, ...]:
    """What `Extractor.extract` gives, by an extractor that is loaded once and kept."""
    article = as_article(article)
    return default_extractor().extract(article)


_worker: Extractor | None = None


def _start_worker(stanza_dir: Path | None, registry: AffiliationRegistry | None) -> None:
    global _worker  # noqa: PLW0603 - a worker process has one extractor for its whole life
    torch.set_num_threads(1)
    _worker = Extractor(stanza_dir=stanza_dir, registry=registry)


def _extract_in_worker(article: Article) -> tuple[Claim, ...]:
    if _worker is None:
        raise RuntimeError("the worker process was not started by Extractor.extract_many")
    return _worker.extract(article)
