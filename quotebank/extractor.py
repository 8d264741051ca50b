"""`Extractor`: the stages in order, from an article to its claims."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import torch

from quotebank.attribution import MODELS, Language, models_version, one_thread, reported, text_of
from quotebank.errors import ArgumentTypeError, ArgumentValueError, WorkerError, shown
from quotebank.records import Article, Claim, Claims, text_id
from quotebank.speakers import AffiliationRegistry, speakers, with_organizations
from quotebank.text import words_of

if TYPE_CHECKING:
    from quotebank.attribution import Document

AHEAD = 2  # batches given out per worker before the first result is taken
BATCH = 16  # articles that are read together
LARGEST = 24_000  # code points of a batch from which on it takes no further article: more gain nothing but memory


class Extractor:
    """Reads articles and returns who said what. Loads its models once; safe to share between threads.

    It pickles as its settings: where it is unpickled, the models are loaded, once for all of the same settings in a
    process.

    `model`: "fast", a small network over words, or "accurate", a larger one that takes some six times as long
    (README has what each finds). `stanza_dir`: a folder that `stanza.download` has filled, whose model then names the
    entities. `registry`: the organizations whose canonical names go into `Speaker.organization`, by default
    `AffiliationRegistry.default()`. `min_confidence`: claims less likely right than that are left out (0 to 1; what is
    likelier nobody's than somebody's is never given). `device`: where the network works, as torch names it ("cuda",
    "mps"); on a processor one thread is used, whatever torch is set to. Raises `ModelError` where a model file is
    missing or altered; never reaches for a network.
    """

    def __init__(
        self,
        *,
        model: Literal["fast", "accurate"] = "fast",
        stanza_dir: str | os.PathLike[str] | None = None,
        registry: AffiliationRegistry | None = None,
        min_confidence: float = 0.0,
        device: str | torch.device = "cpu",
    ) -> None:
        if model not in MODELS:
            raise ArgumentValueError(f"model must be one of {', '.join(MODELS)}; got {shown(model)}")
        if stanza_dir is not None and not isinstance(stanza_dir, str | os.PathLike):
            raise ArgumentTypeError(f"stanza_dir must be a path or None; got {shown(stanza_dir)}")
        if registry is not None and not isinstance(registry, AffiliationRegistry):
            raise ArgumentTypeError(
                f"registry must be an AffiliationRegistry or None; got {shown(registry)}: AffiliationRegistry.from_csv"
                " reads a file"
            )
        if isinstance(min_confidence, bool) or not isinstance(min_confidence, int | float):
            raise ArgumentTypeError(f"min_confidence must be a number; got {shown(min_confidence)}")
        if not 0 <= min_confidence <= 1:
            raise ArgumentValueError(f"min_confidence must be from 0 to 1; got {min_confidence}")
        self._model = model
        self._device = _device(device)
        self._min_confidence = float(min_confidence)
        self._registry = registry
        self._stanza_dir = None if stanza_dir is None else Path(stanza_dir)
        self._language = Language(self._stanza_dir, model=model, device=self._device)

    @property
    def settings(self) -> dict[str, Any]:
        """What it was made with, by the names of the constructor's arguments."""
        return {
            "model": self._model,
            "stanza_dir": self._stanza_dir,
            "registry": self._registry,
            "min_confidence": self._min_confidence,
            "device": self._device,
        }

    @classmethod
    def kept(cls, settings: Mapping[str, Any]) -> Extractor:
        """The extractor of these settings in this process, made at the first call and kept."""
        registry = None if settings["registry"] is None else _digest(settings["registry"])
        key = tuple({**settings, "registry": registry}.values())
        with _making:
            if key not in _kept:
                _kept[key] = cls(**settings)
            return _kept[key]

    def __reduce__(self) -> tuple[Any, ...]:
        return Extractor.kept, (self.settings,)

    @property
    def version(self) -> str:
        """Names the models and the registry: claims of one article can differ between two versions, not within one."""
        chosen = [models_version(), *([self._model] if self._model != "fast" else [])]
        return "+".join(chosen if self._registry is None else [*chosen, _digest(self._registry)])

    def extract(self, article: Article | str | Document) -> tuple[Claim, ...]:
        """The claims of an article, in the order of their contents; none where it has none.

        Takes an `Article`, its text, or a `stanza.Document`, whose `text` is read and offsets are into that. Raises
        `ArgumentTypeError` for anything else, `ArgumentValueError` for a document without a text.
        """
        (claims,) = self._read([as_article(article)])
        return claims

    def _read(self, articles: Sequence[Article]) -> list[Claims]:
        """The claims of each article, read together."""
        with one_thread():
            documents = deque(self._language.read([article.text for article in articles]))
            return [self._claims(article, documents.popleft()) for article in articles]  # what was read is let go of

    def _claims(self, article: Article, document: Document) -> Claims:
        tokens = document.quotebank_tokens
        in_words = words_of(tokens)
        who = with_organizations(
            speakers(tokens, in_words, document.attributions, self._language, document.reading),
            self._registry if self._registry is not None else AffiliationRegistry.default(),
        )
        claims: list[Claim] = []
        around: list[str | None] = []  # for each attribution the id of its claim, or of the one around it if left out
        for found, speaker in zip(document.attributions, who, strict=True):
            within = None if found.within is None else around[found.within]
            if found.confidence < self._min_confidence:
                around.append(within)
                continue
            act = reported(in_words, found)
            claim = Claim.build(
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
                within=within,
                quotations=tokens.quotations,
                kind="direct" if found.verbatim else None,
            )
            around.append(claim.id)
            claims.append(claim)
        return Claims(claims)

    def extract_many(
        self, articles: Iterable[Article | str | Document], *, workers: int = 1, batch_size: int = BATCH
    ) -> Iterator[tuple[Claim, ...]]:
        """The claims of each article, in order, as they are needed.

        Up to `batch_size` of them, long ones fewer, are taken together, and the network reads several at once: the
        claims are those of `extract`, but for the last digit of a confidence. 1 takes an article only when the one
        before has been given out, which a feed wants that waits for its articles. `workers` above 1 spreads the
        articles over so many processes, each of which loads the models for itself; 0 is one for every core that this
        process may use.
        Raises `ArgumentTypeError` for what is no article, at its turn, and `WorkerError` where a process was ended from
        outside. A script that uses `workers` runs under `if __name__ == "__main__":`, as each process imports it.
        """
        if isinstance(workers, bool) or not isinstance(workers, int):
            raise ArgumentTypeError(f"workers must be an int; got {shown(workers)}")
        if workers < 0:
            raise ArgumentValueError(f"workers must be 1 or more, or 0 for all cores; got {workers}")
        if isinstance(articles, str | bytes | Article) or not isinstance(articles, Iterable):
            raise ArgumentTypeError(f"articles must be an iterable of Article or str; got {shown(articles)}")
        if isinstance(batch_size, bool) or not isinstance(batch_size, int):
            raise ArgumentTypeError(f"batch_size must be an int; got {shown(batch_size)}")
        if batch_size < 1:
            raise ArgumentValueError(f"batch_size must be 1 or more; got {batch_size}")
        workers = workers or cores()
        if workers == 1:
            return chain.from_iterable(map(self._read, batches(map(as_article, articles), batch_size)))
        return self._in_processes(articles, workers, batch_size)

    def _in_processes(
        self, articles: Iterable[Article | str | Document], workers: int, batch_size: int
    ) -> Iterator[tuple[Claim, ...]]:
        pending: deque[Future[list[Claims]]] = deque()
        context = get_context("spawn")  # a forked child can hang in the parent's torch threads
        pool = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(self.settings,))
        try:
            for batch in batches(map(as_article, articles), batch_size):
                with _uninterrupted():  # a worker that is started now will not hear of Ctrl-C, which is for us
                    pending.append(pool.submit(_read_in_worker, batch))
                if len(pending) >= workers * AHEAD:
                    yield from pending.popleft().result()
            while pending:
                yield from pending.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerError(
                "a worker process ended before its work was done: either memory ran out (each takes what the models "
                "take; use fewer workers), or the script that starts them lacks `if __name__ == '__main__':`"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    """Lists of `size` articles at most, and of so much text that they are worth reading together.

    What the iterable raises comes behind the articles before it.
    """
    coming = iter(articles)
    while True:
        batch: list[Article] = []
        try:
            for article in islice(coming, size):
                batch.append(article)
                if sum(len(one.text) for one in batch) >= LARGEST:
                    break
        except Exception:
            if batch:
                yield batch
            raise
        if not batch:
            return
        yield batch


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Leave Ctrl-C out for a moment, where signals can be handled at all: in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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


def _device(device: object) -> str:
    """A device's name as torch writes it."""
    if not isinstance(device, str | torch.device):
        raise ArgumentTypeError(f"device must be a str or a torch.device; got {shown(device)}")
    try:
        return str(torch.device(device))
    except RuntimeError as error:
        raise ArgumentValueError(
            f"device must be a name that torch knows, as 'cpu' or 'cuda:0'; got {shown(device)}"
        ) from error


def _digest(registry: AffiliationRegistry) -> str:
    listed = "\n".join(f"{o.name}|{'|'.join(o.aliases)}" for o in registry)
    return text_id(listed)[:8]


_kept: dict[tuple[Any, ...], Extractor] = {}
_making = threading.Lock()
_worker: Extractor | None = None


def _start_worker(settings: Mapping[str, Any]) -> None:
    global _worker  # noqa: PLW0603 - a worker process has one extractor for its whole life
    _worker = Extractor(**settings)


def _read_in_worker(batch: list[Article]) -> list[Claims]:
    if _worker is None:
        raise RuntimeError("the worker process was not started by Extractor.extract_many")
    return _worker._read(batch)
