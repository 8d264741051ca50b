"""Distil the small network over words from the large one over pieces.

usage: python training/student.py label --shared DIR --work DIR --teacher reader.pt [--words N]
       python training/student.py train --shared DIR --work DIR --teacher reader.pt [--hours H] [--more FILE …]

`label` reads unlabelled news once with the teacher and keeps, in WORK/labels/, what it says of every word: anchors,
the labels around each likely anchor, acts, roles around capitalized words. `train` learns from that and, mixed in, from
the gold of PolNeAR and news and of two sets of named entities (en-worldwide-newswire, CoNLL++). Seeded; WORK/
student.last.pt is written every few hundred steps, and a run that was stopped goes on from there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter
from pathlib import Path

import attrs
import numpy as np
import torch
from torch.nn import functional

from quotebank.attribution import network as nw
from quotebank.attribution.decoding import CUE, REACH
from quotebank.attribution.encoding import Encoded, WordPieces, encode, windows
from quotebank.text import tokenize
from training.reader import AROUND, HELD, Gold, anchor_of, load_gold, read

SEED = 20261125
LEAST = 0.04  # probability from which on an anchor's labels are kept
SHARD = 250  # documents
WORDS = 3000  # of a batch
LONGEST = 700  # words of a part
MASK_RATE = 0.04
NO_PARAGRAPHS = 0.3


def load_network(path: Path) -> tuple[nw.Network, list[str]]:
    state = torch.load(path, weights_only=True)
    network = nw.Network(nw.Settings(**state["settings"]))
    network.load_state_dict(state["weights"])
    return network.eval(), state["vocabulary"]


def names_of(words: list[str]) -> list[int]:
    """Where capitalized words begin that could be a name: the places for which the teacher is asked for roles."""
    out = []
    for i, word in enumerate(words[:-1]):
        capital = word[0].isupper() and len(word) > 1
        before = i > 0 and words[i - 1][0].isupper() and len(words[i - 1]) > 1 and words[i - 1][0].isalpha()
        after = words[i + 1][0].isupper()
        title = i > 0 and words[i - 1] in ("Mr", "Mrs", "Ms", "Dr", "Mr.", "Mrs.", "Ms.", "Dr.", "Sir", "Sen.", "Rep.", "Gov.")
        if capital and ((not before and after) or title):
            out.append(i)
    return out


def label(args: argparse.Namespace) -> None:
    network, vocabulary = load_network(args.teacher)
    cutter = WordPieces(vocabulary)
    folder = args.work / "labels"
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(args.shared / "corpora/news/raw.jsonl.gz", "rt", encoding="utf8") as file:
        rows = [json.loads(line) for line in file]
    random.Random(SEED).shuffle(rows)
    began, done = time.time(), 0
    for number in range(0, len(rows), SHARD):
        path = folder / f"{number // SHARD:03d}.pt"
        shard = []
        if path.exists():
            done += sum(len(d["shapes"]) for d in torch.load(path, weights_only=True))
            continue
        for row in rows[number : number + SHARD]:
            if len(row["text"]) > 12_000:
                continue
            shard.append(labelled(network, cutter, row["text"]))
            done += len(shard[-1]["shapes"])
        torch.save(shard, path)
        print(f"{path.name} {done} words {time.time() - began:.0f}s", flush=True)
        if done >= args.words:
            break


@torch.inference_mode()
def labelled(network: nw.Network, cutter: WordPieces, text: str) -> dict:
    tokens = tokenize(text)
    encoded = encode(tokens, cutter)
    words = tokens.words()
    names = names_of(words)
    chances = torch.zeros(len(words), 2, dtype=torch.float16)
    rows, said = [], []
    for window in windows(tokens, encoded):
        with torch.autocast("cpu", torch.bfloat16):
            states = network.words([(encoded, window.first, window.last)])[0]
        states = states[: window.last - window.first].float()
        own = slice(window.own_first - window.first, window.own_last - window.first)
        p = network.anchors(states[own]).sigmoid()
        chances[window.own_first : window.own_last] = p.half()
        found = (p >= LEAST).nonzero()
        if len(found):
            at, levels = found[:, 0] + own.start, found[:, 1]
            scores = network.pairs(states, at, levels)
            soft = scores.softmax(-1)
            near = (torch.arange(len(states)) - at[:, None]).abs() <= REACH
            report = network.reports(states, at, soft[..., CUE] * near)
            act, force = (x.softmax(1) for x in report.split([len(nw.ACTS), len(nw.FORCES)], 1))
            for k in range(len(at)):
                low, high = max(0, int(at[k]) - REACH), min(len(states), int(at[k]) + REACH + 1)
                rows.append(
                    (
                        int(at[k]) + window.first,
                        int(levels[k]),
                        low + window.first,
                        (soft[k, low:high] * 255).round().byte(),
                        torch.cat([act[k], force[k]]).half(),
                    )
                )
        here = [i - window.first for i in names if window.own_first <= i < window.own_last]
        if here:
            soft = network.statements(states, torch.tensor(here)).softmax(-1)
            for k, i in enumerate(here):
                low, high = max(0, i - AROUND), min(len(states), i + AROUND + 1)
                said.append((i + window.first, low + window.first, (soft[k, low:high] * 255).round().byte()))
    return {
        "pieces": encoded.pieces,
        "shapes": encoded.shapes,
        "quotes": encoded.quotes,
        "boundaries": encoded.boundaries,
        "sentences": tokens.sentences,
        "chances": chances,
        "rows": rows,
        "names": said,
    }


@attrs.frozen
class Soft:
    """A part of a text and what is to be learned of it, as probabilities: counted from the part's first word."""

    encoded: Encoded
    anchors: torch.Tensor | None  # (words, 2)
    levels_known: tuple[float, float]
    rows: list  # (anchor, level, low, (words, labels), acts or None)
    names: list  # (name, low, (words, labels))
    entities: torch.Tensor | None
    weight: float


def part_of(encoded: Encoded, a: int, b: int) -> Encoded:
    return Encoded(encoded.pieces[a:b], encoded.shapes[a:b], encoded.quotes[a:b], encoded.boundaries[a:b])


def cut(sentences: list[int], count: int, rng: random.Random) -> list[tuple[int, int]]:
    """Parts of up to LONGEST words, from sentence ends."""
    out, first = [], 0
    size = rng.randrange(LONGEST // 2, LONGEST)
    while first < count:
        stops = [s for s in sentences if first < s <= first + size]
        last = stops[-1] if stops else min(count, first + size)
        out.append((first, last))
        first = last
    return [(a, b) for a, b in out if b - a > 5]


def soft_parts(doc: dict, rng: random.Random) -> list[Soft]:
    encoded = Encoded(doc["pieces"], doc["shapes"], doc["quotes"], doc["boundaries"])
    out = []
    for a, b in cut(doc["sentences"], len(doc["shapes"]), rng):
        rows = []
        for at, level, low, soft, acts in doc["rows"]:
            if a <= at < b and float(doc["chances"][at, level]) > 0.1:
                first, last = max(a, low), min(b, low + len(soft))
                rows.append((at - a, level, first - a, soft[first - low : last - low].float() / 255, acts.float()))
        names = []
        for at, low, soft in doc["names"]:
            if a <= at < b:
                first, last = max(a, low), min(b, low + len(soft))
                names.append((at - a, first - a, soft[first - low : last - low].float() / 255))
        out.append(Soft(part_of(encoded, a, b), doc["chances"][a:b].float(), (1.0, 1.0), rows, names, None, 1.0))
    return out


def one_hot(index: int, size: int) -> torch.Tensor:
    out = torch.zeros(size)
    if index >= 0:
        out[index] = 1.0
    return out


def gold_parts(doc: Gold, rng: random.Random) -> list[Soft]:
    out = []
    for a, b in cut(doc.tokens.sentences, len(doc.tokens), rng):
        anchors = torch.zeros(b - a, 2)
        rows = []
        for claim, nested, (act, force) in zip(doc.claims, doc.nested, doc.acts, strict=True):
            at = anchor_of(claim)
            if not a <= at < b:
                continue
            anchors[at - a, int(nested)] = 1.0
            low, high = max(a, at - REACH), min(b, at + REACH + 1)
            soft = torch.zeros(high - low, 4)
            soft[:, 0] = 1.0
            for i, kind in claim.items():
                if low <= i < high:
                    soft[i - low] = one_hot(kind, 4)
            acts = torch.cat([one_hot(act, len(nw.ACTS)), one_hot(force, len(nw.FORCES))]) if doc.full else None
            rows.append((at - a, int(nested), low - a, soft, acts))
        names = []
        for at, kinds in doc.names:
            if a <= at < b:
                low, high = max(a, at - AROUND), min(b, at + AROUND + 1)
                soft = torch.zeros(high - low, 3)
                soft[:, 0] = 1.0
                for i, kind in kinds.items():
                    if low <= i < high:
                        soft[i - low] = one_hot(kind, 3)
                names.append((at - a, low - a, soft))
        known = (1.0, 1.0 if doc.full else 0.0)
        out.append(Soft(part_of(doc.encoded, a, b), anchors, known, rows, names, None, 1.0))
    return out


def entity_parts(shared: Path, cutter: WordPieces) -> list[Soft]:
    """Sentences of both sets of named entities, several to a part, as our tokens."""
    sentences: list[list[tuple[str, str]]] = []
    for sentence in json.loads((shared / "corpora/ner/ww_train.json").read_text(encoding="utf8")):
        sentences.append([(t["text"], t["ner"]) for t in sentence])
    rows: list[tuple[str, str]] = []
    for line in (shared / "corpora/ner/conllpp_train.txt").read_text(encoding="utf8").splitlines():
        fields = line.split()
        if not fields or fields[0] == "-DOCSTART-":
            if rows:
                sentences.append(rows)
            rows = []
        else:
            rows.append((fields[0], fields[-1]))
    out = []
    for n in range(0, len(sentences), 12):
        text, spans = "", []
        for sentence in sentences[n : n + 12]:
            for word, tag in sentence:
                start = len(text)
                text += word + " "
                spans.append((start, len(text) - 1, tag))
            text = text[:-1] + "\n\n"
        tokens = tokenize(text)
        target = torch.full((len(tokens),), -100, dtype=torch.long)
        at = 0
        before = None
        for i in range(len(tokens)):
            while at < len(spans) - 1 and spans[at][1] <= tokens.starts[i]:
                at += 1
            tag = spans[at][2]
            kind = tag[2:] if len(tag) > 1 else ""
            kind = kind if kind in nw.ENTITIES else ""
            if tag != "O" and not kind:
                target[i] = 0
                continue
            if tag == "O":
                target[i] = 0
            else:
                begins = tag[0] in "BS" and tokens.starts[i] == spans[at][0]
                target[i] = 1 + 2 * nw.ENTITIES.index(kind) + (0 if begins else 1)
        encoded = encode(tokens, cutter)
        out.append(Soft(encoded, None, (0.0, 0.0), [], [], target, 1.0))
    return out


def loss_of(network: nw.Network, parts: list[Soft], rng: random.Random, mask_id: int) -> dict[str, torch.Tensor]:
    inputs = []
    for part in parts:
        e = part.encoded
        pieces = [(mask_id,) if rng.random() < MASK_RATE else p for p in e.pieces]
        boundaries = [min(x, 1) for x in e.boundaries] if rng.random() < NO_PARAGRAPHS else e.boundaries
        inputs.append((Encoded(pieces, e.shapes, e.quotes, boundaries), 0, len(e.shapes)))
    states = network.words(inputs, 0.1)
    zero = torch.zeros(())
    sums = {"anchor": zero, "pair": zero, "name": zero, "act": zero, "entity": zero}
    n_rows = n_names = n_acts = n_words = 0.0
    for r, part in enumerate(parts):
        own = states[r, : len(part.encoded.shapes)]
        if part.entities is not None:
            sums["entity"] = sums["entity"] + functional.cross_entropy(
                network.entities(own), part.entities, reduction="sum", ignore_index=-100
            )
            n_words += len(own)
        if part.anchors is None:
            continue
        known = torch.tensor(part.levels_known)
        loss = functional.binary_cross_entropy_with_logits(network.anchors(own), part.anchors, reduction="none")
        sums["anchor"] = sums["anchor"] + (loss * known).sum()
        if part.rows:
            index = torch.tensor([row[0] for row in part.rows])
            levels = torch.tensor([row[1] for row in part.rows])
            scores = network.pairs(own, index, levels)
            logp = scores.log_softmax(-1)
            target = torch.zeros_like(logp)
            for k, (_, _, low, soft, _) in enumerate(part.rows):
                target[k, low : low + len(soft)] = soft
            weight = part.anchors[index, levels].clamp(min=0.1)
            sums["pair"] = sums["pair"] - ((target * logp).sum((1, 2)) * weight).sum()
            n_rows += float(weight.sum())
            told = [k for k, row in enumerate(part.rows) if row[4] is not None]
            if told:
                cues = target[told, :, CUE] if rng.random() < 0.5 else logp.detach()[told, :, CUE].exp() * (target[told].sum(-1) > 0)
                report = network.reports(own, index[told], cues)
                acts = torch.stack([part.rows[k][4] for k in told])
                act, force = report.split([len(nw.ACTS), len(nw.FORCES)], 1)
                both = -(act.log_softmax(1) * acts[:, : len(nw.ACTS)]).sum(1)
                speech = acts[:, 0] * acts[:, len(nw.ACTS) :].sum(1)
                both = both - 0.5 * speech * (force.log_softmax(1) * acts[:, len(nw.ACTS) :]).sum(1)
                sums["act"] = sums["act"] + (both * weight[told]).sum()
                n_acts += float(weight[told].sum())
        if part.names:
            index = torch.tensor([row[0] for row in part.names])
            logp = network.statements(own, index).log_softmax(-1)
            target = torch.zeros_like(logp)
            for k, (_, low, soft) in enumerate(part.names):
                target[k, low : low + len(soft)] = soft
            sums["name"] = sums["name"] - (target * logp).sum()
            n_names += len(part.names)
    n = max(n_rows, 4.0)
    return {
        "anchor": sums["anchor"] / n,
        "pair": sums["pair"] / (15 * n),
        "name": sums["name"] / (20 * max(n_names, 4)),
        "act": 0.25 * sums["act"] / max(n_acts, 4.0),
        "entity": 2.0 * sums["entity"] / max(n_words, 50.0),
    }


class Shards:
    """The teacher's labels, a few shards in memory at a time, all over again when they end."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng, self.parts, self.order = folder, rng, [], []

    def take(self, words: int) -> list[Soft]:
        out = []
        while words > 0:
            if not self.parts:
                if not self.order:
                    self.order = sorted(self.folder.glob("*.pt"))
                    self.rng.shuffle(self.order)
                for path in self.order[:2]:
                    for doc in torch.load(path, weights_only=True):
                        self.parts.extend(soft_parts(doc, self.rng))
                self.order = self.order[2:]
                self.rng.shuffle(self.parts)
            out.append(self.parts.pop())
            words -= len(out[-1].encoded.shapes)
        return out


class Pool:
    """Gold documents cut anew every time they have all been read."""

    def __init__(self, make, rng: random.Random) -> None:
        self.make, self.rng, self.parts = make, rng, []

    def take(self, words: int) -> list[Soft]:
        out = []
        while words > 0:
            if not self.parts:
                self.parts = self.make(self.rng)
                self.rng.shuffle(self.parts)
            out.append(self.parts.pop())
            words -= len(out[-1].encoded.shapes)
        return out


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    teacher, vocabulary = load_network(args.teacher)
    cutter = WordPieces(vocabulary)
    settings = nw.Settings(
        pieces=len(vocabulary), body="words", width=args.width, recurrent=args.width, convolutions=args.convolutions,
        recurrent_layers=args.layers, pair=128,
    )
    network = nw.Network(settings)
    with torch.no_grad():
        network.body.piece.weight.copy_(teacher.body.encoder.piece.weight)
    network.body.piece.weight.requires_grad_(False)
    del teacher
    news_rows = read(args.shared / "corpora/news/train.jsonl")[: -HELD or None]
    for path in args.more:
        news_rows += read(path)
    news = load_gold(news_rows, cutter, full=True)
    polnear = load_gold(read(args.shared / "corpora/polnear/train.jsonl"), cutter, full=False)
    entities = entity_parts(args.shared, cutter)
    trained = [p for p in network.parameters() if p.requires_grad]
    print(f"{sum(p.numel() for p in trained) / 1e6:.2f}M trained parameters, {len(entities)} entity parts", flush=True)
    optimizer = torch.optim.AdamW(trained, lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98))
    rng = random.Random(SEED)
    pools = [
        (Shards(args.work / "labels", rng), 0.60),
        (Pool(lambda g: [p for d in polnear for p in gold_parts(d, g)], rng), 0.17),
        (Pool(lambda g: [p for d in news for p in gold_parts(d, g)], rng), 0.13),
        (Pool(lambda g: list(entities), rng), 0.10),
    ]
    average = {k: v.detach().clone() for k, v in network.state_dict().items() if k != "body.piece.weight"}
    step, spent = 0, 0.0
    last = args.work / "student.last.pt"
    if last.exists() and not args.restart:
        state = torch.load(last, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, step, spent = state["average"], state["step"], state["spent"]
        rng.seed(SEED + step)
        print(f"going on from step {step}", flush=True)
    mask_id = cutter.ids["[MASK]"]
    budget = args.hours * 3600
    began = time.time() - spent
    sums: Counter = Counter()
    network.train()
    while True:
        share = (time.time() - began) / budget
        if share >= 1:
            break
        rate = args.lr * min(1.0, (step + 1) / 200) * max(0.02, min(1.0, (1 - share) / 0.7))
        for group in optimizer.param_groups:
            group["lr"] = rate
        parts = [p for pool, part in pools for p in pool.take(int(WORDS * part) - LONGEST // 3)]
        shares = loss_of(network, parts, rng, mask_id)
        loss = torch.stack(list(shares.values())).sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 2.0)
        optimizer.step()
        step += 1
        decay = min(0.998, (1 + step) / (10 + step))
        with torch.no_grad():
            for k, v in network.state_dict().items():
                if k in average:
                    average[k].lerp_(v, 1 - decay)
        sums.update({k: v.item() for k, v in shares.items()})
        if step % 50 == 0:
            print(
                f"step {step} {' '.join(f'{k} {v / 50:.4f}' for k, v in sums.items())} {time.time() - began:.0f}s",
                flush=True,
            )
            sums.clear()
        if step % 300 == 0:
            save(args, network, optimizer, average, step, time.time() - began, vocabulary)
    save(args, network, optimizer, average, step, time.time() - began, vocabulary)


def save(args, network, optimizer, average, step, spent, vocabulary) -> None:
    torch.save(
        {
            "network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "step": step,
            "spent": spent,
        },
        args.work / "student.last.pt",
    )
    weights = {**network.state_dict(), **average}
    torch.save(
        {"settings": attrs.asdict(network.settings), "vocabulary": vocabulary, "weights": weights},
        args.work / "student.full.pt",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("label", "train"))
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--words", type=int, default=1_500_000)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--convolutions", type=int, default=2)
    parser.add_argument("--layers", type=int, default=1)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--restart", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    {"label": label, "train": train}[args.mode](args)


if __name__ == "__main__":
    main()
