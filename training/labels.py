"""What a teacher says of unlabelled news: labels that a smaller network learns from.

usage: python -m training.labels --shared DIR --work DIR TEACHER.pt … [--device cuda] [--part 0/4] [--links FILE]

Reads news/raw.jsonl.gz with the mean of the teachers' chances and keeps, in WORK/labels/, what they say of every word:
anchors, the labels around each likely anchor, acts, roles around capitalized words, entities; and whom the words of
--links (`training/links.py`) stand for. A file that is there is not made again. --part lets several processes share
the work.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs
import numpy as np
import torch
from torch import Tensor

from quotebank.attribution import network as nw
from quotebank.attribution.decoding import CUE, REACH
from quotebank.attribution.encoding import Encoded, Window, WordPieces, encode, windows
from quotebank.records import ACTS, FORCES
from quotebank.text import tokenize
from training.checkpoints import load_network
from training.gold import Link, Part, Row, cut, link_of, part_of, read

SEED = 20261126
LEAST = 0.04  # probability from which on an anchor's labels are kept
LEARNED = 0.1  # and from which on they are learned
SHARD = 250  # documents of a file
TOGETHER = 32  # windows
LONGEST = 300  # words of a part
LARGE = 12_000  # characters of a document: a longer one is a list
TITLES = frozenset({"Mr", "Mrs", "Ms", "Dr", "Mr.", "Mrs.", "Ms.", "Dr.", "Sir", "Sen.", "Rep.", "Gov."})


def names_of(words: list[str]) -> list[int]:
    """Where capitalized words begin that could be a name: the places for which the teacher is asked for roles."""
    out = []
    for i, word in enumerate(words[:-1]):
        capital = word[0].isupper() and len(word) > 1
        before = i > 0 and words[i - 1][0].isupper() and len(words[i - 1]) > 1 and words[i - 1][0].isalpha()
        after = words[i + 1][0].isupper()
        title = i > 0 and words[i - 1] in TITLES
        if capital and ((not before and after) or title):
            out.append(i)
    return out


def read_document(
    text: str, cutter: WordPieces, links: Iterable[dict] = ()
) -> tuple[dict, Encoded, list[Window], list[int]]:
    """What is stored of a document whatever the teacher says, its `links` yet without chances; what it is to be asked."""
    tokens = tokenize(text)
    encoded = encode(tokens, cutter)
    stored = {
        "pieces": encoded.pieces,
        "shapes": encoded.shapes,
        "quotes": encoded.quotes,
        "boundaries": encoded.boundaries,
        "sentences": tokens.sentences,
        "chances": torch.zeros(len(tokens), 2, dtype=torch.float16),
        "entities": torch.zeros(len(tokens), dtype=torch.uint8),
        "rows": [],
        "names": [],
        "links": [link_of(tokens, row) for row in links],
    }
    return stored, encoded, windows(tokens, encoded), names_of(tokens.words())


@torch.inference_mode()
def label(
    networks: list[nw.Network],
    cutter: WordPieces,
    texts: Sequence[str],
    device: torch.device,
    links: Mapping[str, dict],
) -> list[dict]:
    """The documents with what the networks say of them."""
    known = [links.get(digest(text), {"links": (), "unseen_by": None}) for text in texts]
    documents = [read_document(text, cutter, row["links"]) for text, row in zip(texts, known, strict=True)]
    told: list[list[Told]] = [[] for _ in documents]
    asked = [(n, window) for n, (_, _, cut_at, _) in enumerate(documents) for window in cut_at]
    asked.sort(key=lambda w: w[1].last - w[1].first)
    for first in range(0, len(asked), TOGETHER):
        _label(networks, documents, asked[first : first + TOGETHER], device, told)
    for row, (stored, *_), parts in zip(known, documents, told, strict=True):
        if stored["links"]:
            stored["links"] = _linked(stored["links"], parts, len(stored["shapes"]), row["unseen_by"])
    return [_plain(stored) for stored, *_ in documents]


def digest(text: str) -> str:
    """What a text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()


Told = tuple[int, list[tuple[Tensor, ...]]]  # a window's own first word, and what each network tells of links


def _linked(
    links: Sequence[Link], parts: Sequence[Told], count: int, unseen_by: int | None
) -> list[tuple[int, tuple, Tensor, bool]]:
    """The links with the mean of the networks' chances, out of what these tell of each word of a document.

    Where one of them has learned from the document's links, the other, number `unseen_by`, is asked alone.
    """
    out = []
    networks = range(len(parts[0][1])) if unseen_by is None else [unseen_by]
    sizes = len(networks)
    whole = []
    for n in networks:
        asks, offers, nobody = torch.zeros(count, nw.LINKED), torch.zeros(count, nw.LINKED), torch.zeros(count)
        for first, told in parts:
            end = first + len(told[n][2])
            asks[first:end], offers[first:end], nobody[first:end] = (t.float() for t in told[n])
        whole.append((asks, offers, nobody))
    for link in links:
        chances = torch.zeros(len(link.candidates) + 1)
        for asks, offers, nobody in whole:
            scores = [(offers[list(c)] @ asks[link.anchor]).logsumexp(0) for c in link.candidates]
            none = nobody[link.anchor] if link.nobody else torch.tensor(-1e4)
            chances += torch.stack([*scores, none]).softmax(0) / sizes
        out.append((link.anchor, link.candidates, _bytes(chances), link.nobody))
    return out


def _label(
    networks: list[nw.Network],
    documents: list,
    group: list[tuple[int, Window]],
    device: torch.device,
    told: list[list[Told]],
) -> None:
    inputs = [(documents[n][1], window.first, window.last) for n, window in group]
    batch = nw.collate(inputs)
    batch = nw.Batch(*(tensor.to(device) for tensor in attrs.astuple(batch, recurse=False)))
    count = batch.words.shape[1]
    states = []
    for network in networks:
        with torch.autocast(device.type, torch.bfloat16):
            hidden = network.body(batch)
        states.append(hidden.float().flatten(0, 1))
    chances = _mean(n.anchors(s).sigmoid() for n, s in zip(networks, states, strict=True))
    tags = _mean(n.entities(s).softmax(-1) for n, s in zip(networks, states, strict=True)).argmax(-1).byte().cpu()
    own = torch.zeros(len(group) * count, dtype=torch.bool)
    named = []
    for r, (n, window) in enumerate(group):
        own[r * count + window.own.start : r * count + window.own.stop] = True
        named += [r * count + i - window.first for i in documents[n][3] if window.owns(i)]
    found = ((chances >= LEAST) & own.to(device)[:, None]).nonzero()
    at, levels = found[:, 0], found[:, 1]
    soft = _mean(
        n.pairs(s, at, levels).softmax(-1) * _same_window(at, REACH, count, len(s))
        for n, s in zip(networks, states, strict=True)
    )
    said = _mean(
        torch.cat([x.softmax(1) for x in n.reports(s, at, soft[..., CUE]).split([len(ACTS), len(FORCES)], 1)], 1)
        for n, s in zip(networks, states, strict=True)
    )
    names = torch.tensor(named, dtype=torch.long, device=device)
    stated = _mean(n.statements(s, names).softmax(-1) for n, s in zip(networks, states, strict=True))
    linked = [[t.half().cpu() for t in n.links(s)] for n, s in zip(networks, states, strict=True)]
    for r, (n, window) in enumerate(group):
        here = slice(r * count + window.own.start, r * count + window.own.stop)
        told[n].append((window.own_first, [tuple(t[here] for t in network) for network in linked]))
    chances, soft, said, stated = chances.half().cpu(), _bytes(soft), said.half().cpu(), _bytes(stated)
    for r, (n, window) in enumerate(group):
        here = slice(r * count + window.own.start, r * count + window.own.stop)
        documents[n][0]["chances"][window.own_first : window.own_last] = chances[here]
        documents[n][0]["entities"][window.own_first : window.own_last] = tags[here]
    for k, (place, level) in enumerate(zip(at.tolist(), levels.tolist(), strict=True)):
        n, window = group[place // count]
        i, low, around_it = _within(place % count, window, REACH, soft[k])
        documents[n][0]["rows"].append((i, level, low, around_it, said[k].clone()))
    for k, place in enumerate(named):
        n, window = group[place // count]
        documents[n][0]["names"].append(_within(place % count, window, nw.AROUND, stated[k]))


def _plain(value):
    """Tensors as arrays, which pickle keeps in a fraction of the time."""
    if isinstance(value, Tensor):
        return value.numpy()
    if isinstance(value, dict):
        return {
            k: v if k in ("pieces", "shapes", "quotes", "boundaries", "sentences") else _plain(v)
            for k, v in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(_plain(v) for v in value)
    return value


def _mean(values: Iterable[Tensor]) -> Tensor:
    return torch.stack(list(values)).mean(0)


def _bytes(chances: Tensor) -> Tensor:
    return (chances * 255).round().byte().cpu()


def _same_window(at: Tensor, reach: int, count: int, words: int) -> Tensor:
    """1 where a word around an anchor lies in the anchor's window of the batch, 0 elsewhere: (rows, width, 1)."""
    return (nw.around(at, reach, words) // count == (at // count)[:, None])[..., None].float()


def _within(at: int, window: Window, reach: int, row: Tensor) -> tuple[int, int, Tensor]:
    """An anchor's token, the first token that its row speaks of, and the row as far as the window goes."""
    low, high = max(0, at - reach), min(window.last - window.first, at + reach + 1)
    return at + window.first, low + window.first, row[low - at + reach : high - at + reach].clone()


def soft_parts(doc: dict, rng: random.Random, *, words: int, most: int) -> list[Part]:
    """A labelled document in parts of at most so many words and pieces."""
    encoded = Encoded(doc["pieces"], doc["shapes"], doc["quotes"], doc["boundaries"])
    chances = torch.from_numpy(doc["chances"]).float()
    likely = chances.tolist()
    known = [Link(i, c, torch.from_numpy(x).float() / 255, nobody) for i, c, x, nobody in doc.get("links", ())]
    out = []
    for a, b in cut(doc["sentences"], doc["pieces"], rng, words=rng.randrange(words // 4, words), most=most):
        claims = [
            attrs.evolve(_row(at, low, soft, (a, b)), level=level, report=torch.from_numpy(report).float())
            for at, level, low, soft, report in doc["rows"]
            if a <= at < b and likely[at][level] > LEARNED
        ]
        names = [_row(at, low, soft, (a, b)) for at, low, soft in doc["names"] if a <= at < b]
        entities = torch.from_numpy(doc["entities"][a:b]).long()
        links = tuple(k for link in known if a <= link.anchor < b and (k := link.within(a, b)) is not None)
        out.append(Part(part_of(encoded, a, b), chances[a:b], (1.0, 1.0), tuple(claims), tuple(names), entities, links))
    return out


def _row(at: int, low: int, soft: np.ndarray, window: tuple[int, int]) -> Row:
    first, last = max(window[0], low), min(window[1], low + len(soft))
    return Row(at - window[0], first - window[0], torch.from_numpy(soft[first - low : last - low]).float() / 255)


def load_labels(path: Path) -> list[dict]:
    with path.open("rb") as file:
        out: list[dict] = pickle.load(file)
    return out


def read_raw(shared: Path) -> list[str]:
    with gzip.open(shared / "corpora/news/raw.jsonl.gz", "rt", encoding="utf8") as file:
        texts = [text for line in file if len(text := json.loads(line)["text"]) <= LARGE]
    random.Random(SEED).shuffle(texts)
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teachers", type=Path, nargs="+")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--part", default="0/1", help="the K-th of N shares of the files, as K/N")
    parser.add_argument("--links", type=Path, help="words that may name somebody again, by the texts' digests")
    parser.add_argument("--files", type=int, help="stop before file number FILES")
    args = parser.parse_args()
    torch.set_num_threads(1)
    device = torch.device(args.device)
    loaded = [load_network(path) for path in args.teachers]
    for network, _ in loaded:
        network.to(device)
    cutter = WordPieces(loaded[0][1])
    folder = args.work / "labels"
    folder.mkdir(parents=True, exist_ok=True)
    texts = read_raw(args.shared)
    links = {row["text"]: row for row in read(args.links)} if args.links else {}
    mine, of = (int(x) for x in args.part.split("/"))
    began, done = time.time(), 0
    for number, first in enumerate(range(0, len(texts), SHARD)):
        path = folder / f"{number:03d}.pt"
        if number % of != mine or path.exists() or number >= (args.files or 1_000_000):
            continue
        shard = label([n for n, _ in loaded], cutter, texts[first : first + SHARD], device, links)
        with path.with_suffix(".part").open("wb") as file:
            pickle.dump(shard, file)
        path.with_suffix(".part").replace(path)
        done += sum(len(d["shapes"]) for d in shard)
        print(f"{path.name} {done} words {time.time() - began:.0f}s", flush=True)


if __name__ == "__main__":
    main()
