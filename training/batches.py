"""Parts of articles as the tensors of one batch, made in processes beside the one that trains."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

import attrs
import torch
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from quotebank.attribution.decoding import LABELS, REACH
from quotebank.attribution.encoding import Encoded
from quotebank.attribution.network import AROUND, STATED, Batch, WordBatch, collate, collate_words
from quotebank.records import ACTS, FORCES
from training.gold import UNKNOWN, Link, Part, Row

MASK_RATE = 0.05
HALF = 120  # words of half a part: by so many a pool goes over its share
NO_PARAGRAPHS = 0.45  # share of parts that are read as if their paragraph breaks were lost


@attrs.frozen
class Rows:
    """Claims, or names, of a batch, and what the words around each anchor are to be."""

    anchors: Tensor  # (rows,) places among the batch's words, laid end to end
    levels: Tensor  # (rows,)
    targets: Tensor  # (rows, 2 * reach + 1, labels): chances, zero where nothing is to be learned
    weights: Tensor  # (rows,)
    reports: Tensor  # (rows, ACTS + FORCES), zero where nobody knows


@attrs.frozen
class Links:
    """Words of a batch that may name somebody again, and whom they do."""

    anchors: Tensor  # (links,) places among the batch's words, laid end to end
    mentions: Tensor  # (links, candidates, mentions), places too; -1 where there is none
    targets: Tensor  # (links, candidates + 1): chances, nobody's last
    nobody: Tensor  # (links,): whether it may be nobody


@attrs.frozen
class Labelled:
    """What a network reads, and what it is to say."""

    words: Batch | WordBatch
    anchors: Tensor  # (parts, words, levels): chances
    known: Tensor  # the same shape: 1 where the chance is known
    claims: Rows
    names: Rows
    entities: Tensor  # (parts, words): tags, UNKNOWN where nobody knows
    links: Links

    def to(self, device: torch.device) -> Labelled:
        return _moved(self, device)


def _moved(value, device: torch.device):
    if isinstance(value, Tensor):
        return value.to(device, non_blocking=True)
    return type(value)(*(_moved(getattr(value, f.name), device) for f in attrs.fields(type(value))))


def batch_of(parts: Sequence[Part], rng: random.Random, mask_id: int, body: str) -> Labelled:
    """Parts as one batch; some words masked and some paragraph breaks lost, so that the network relies on neither."""
    inputs = [(_disturbed(part.encoded, rng, mask_id), 0, len(part)) for part in parts]
    words = collate_words(inputs) if body == "words" else collate(inputs)
    size, count = words.words.shape
    anchors, known = torch.zeros(2, size, count, 2).unbind()
    entities = torch.full((size, count), UNKNOWN)
    for r, part in enumerate(parts):
        if part.anchors is not None:
            anchors[r, : len(part)] = part.anchors
            known[r, : len(part)] = torch.tensor(part.known)
        if part.entities is not None:
            entities[r, : len(part)] = part.entities
    claims = [(r, part, row) for r, part in enumerate(parts) for row in part.claims]
    names = [(r, part, row) for r, part in enumerate(parts) for row in part.names]
    return Labelled(
        words,
        anchors,
        known,
        _rows(claims, count, reach=REACH, labels=len(LABELS)),
        _rows(names, count, reach=AROUND, labels=len(STATED)),
        entities,
        _links([(r * count, link) for r, part in enumerate(parts) for link in part.links]),
    )


def _links(rows: list[tuple[int, Link]]) -> Links:
    most = max((len(link.candidates) for _, link in rows), default=1)
    longest = max((len(c) for _, link in rows for c in link.candidates), default=1)
    mentions = torch.full((len(rows), most, longest), -1)
    targets = torch.zeros(len(rows), most + 1)
    for n, (begin, link) in enumerate(rows):
        for k, places in enumerate(link.candidates):
            mentions[n, k, : len(places)] = torch.tensor(places) + begin
        targets[n, : len(link.candidates)], targets[n, -1] = link.chances[:-1], link.chances[-1]
    anchors = torch.tensor([begin + link.anchor for begin, link in rows], dtype=torch.long)
    return Links(anchors, mentions, targets, torch.tensor([link.nobody for _, link in rows], dtype=torch.bool))


def _disturbed(encoded: Encoded, rng: random.Random, mask_id: int) -> Encoded:
    pieces = [(mask_id,) if rng.random() < MASK_RATE else p for p in encoded.pieces]
    boundaries = [min(b, 1) for b in encoded.boundaries] if rng.random() < NO_PARAGRAPHS else encoded.boundaries
    return Encoded(pieces, encoded.shapes, encoded.quotes, boundaries)


def _rows(rows: list[tuple[int, Part, Row]], count: int, *, reach: int, labels: int) -> Rows:
    targets = torch.zeros(len(rows), 2 * reach + 1, labels)
    reports = torch.zeros(len(rows), len(ACTS) + len(FORCES))
    weights = torch.ones(len(rows))
    for n, (_, part, row) in enumerate(rows):
        first = row.low - row.anchor + reach
        targets[n, first : first + len(row.chances)] = row.chances
        if row.report is not None:
            reports[n] = row.report
        if part.anchors is not None and labels == len(LABELS):
            weights[n] = part.anchors[row.anchor, row.level].clamp(min=0.1)
    return Rows(
        torch.tensor([r * count + row.anchor for r, _, row in rows], dtype=torch.long),
        torch.tensor([row.level for _, _, row in rows], dtype=torch.long),
        targets,
        weights,
        reports,
    )


class Pool:
    """Parts in random order, made anew every time they have all been taken."""

    def __init__(self, make: Callable[[random.Random], list[Part]], share: float) -> None:
        self.make, self.share, self.parts = make, share, []

    def take(self, words: int, rng: random.Random) -> list[Part]:
        out = []
        while words > 0:
            if not self.parts:
                self.parts = self.make(rng)
                rng.shuffle(self.parts)
            out.append(self.parts.pop())
            words -= len(out[-1])
        return out


class Mixture(IterableDataset):
    """Batches without end, of parts from several pools by their shares. Each process draws its own."""

    def __init__(self, pools: list[Pool], *, words: int, seed: int, mask_id: int, body: str) -> None:
        self.pools, self.words, self.seed, self.mask_id, self.body = pools, words, seed, mask_id, body

    def __iter__(self) -> Iterator[Labelled]:
        info = get_worker_info()
        torch.set_num_threads(1)
        rng = random.Random(self.seed * 1000 + (info.id if info else 0))
        while True:
            parts = [p for pool in self.pools for p in pool.take(int(self.words * pool.share) - HALF, rng)]
            yield batch_of(parts, rng, self.mask_id, self.body)
