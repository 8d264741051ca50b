"""Train the network that reads an article, on PolNeAR and on news with nested claims, acts, roles and affiliations.

usage: python training/reader.py train --shared DIR --work DIR --start tagger.pt [--rounds 5] [--more FILE …]
       python training/reader.py eval  --shared DIR --work DIR

A round reads all news and a part of PolNeAR. PolNeAR's gold has no nested claims and no acts: these losses are masked
there. Seeded; WORK/reader.last.pt is written every round with the optimizer's state, and a run that was stopped goes
on from there. WORK/reader.full.pt holds the averaged weights.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import time
from collections import Counter
from pathlib import Path

import attrs
import numpy as np
import torch
from torch.nn import functional

from quotebank.attribution import network as nw
from quotebank.attribution.decoding import CONTENT, CUE, REACH
from quotebank.attribution.encoding import Encoded, WordPieces, encode
from quotebank.text import Tokens, tokenize

SEED = 20261125
MASK_RATE = 0.05
NO_PARAGRAPHS = 0.35  # share of windows that are read as if their paragraph breaks were lost
TRAIN_WORDS = 350
BATCH = 8
PART = 6  # of PolNeAR's articles one in so many is read in a round
HELD = 10  # of the news articles the last so many are kept for calibrating
ROLES = ("source", "cue", "content")
AROUND = 60  # words around a name that may state its role


@attrs.frozen
class Gold:
    """A document as the network reads it: claims as labels of tokens, whether inside another one, act, force; names with labels."""

    tokens: Tokens
    encoded: Encoded
    claims: list[dict[int, int]]
    nested: list[bool]
    acts: list[tuple[int, int]]
    names: list[tuple[int, dict[int, int]]]
    full: bool  # whether nested claims, acts and names are labelled


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.open(encoding="utf8") if line.strip()]


def covered(tokens: Tokens, start: int, end: int) -> list[int]:
    """The tokens of which at least half lies in a span."""
    out = []
    for i in range(int(np.searchsorted(tokens.ends, start, side="right")), len(tokens)):
        if tokens.starts[i] >= end:
            break
        if min(end, tokens.ends[i]) - max(start, tokens.starts[i]) >= (tokens.ends[i] - tokens.starts[i]) / 2:
            out.append(i)
    return out


def gold_claims(tokens: Tokens, attributions: list[dict]) -> list[tuple[dict[int, int], dict]]:
    claims = []
    for attribution in attributions:
        labels: dict[int, int] = {}
        for label, role in enumerate(ROLES, start=1):
            for start, end in attribution[role]:
                for i in covered(tokens, start, end):
                    labels[i] = label
        if any(label == CONTENT for label in labels.values()):
            claims.append((labels, attribution))
    return claims


def gold_names(tokens: Tokens, people: list[dict]) -> list[tuple[int, dict[int, int]]]:
    """Every mention of every person: its first token, and the labels of the words that state a role for it."""
    words = [tokens.word(i) for i in range(len(tokens))]
    out: dict[int, dict[int, int]] = {}
    mentions: dict[str, list[tuple[int, int]]] = {}
    for person in people:
        name = tokenize(person["name"]).words()
        parts = {w for w in name if w[0].isalnum()}
        surname = next((w for w in reversed(name) if w[0].isupper() and w not in ("Jr", "Jr.", "Sr", "Sr.")), None)
        if surname is None:
            continue
        found = []
        for i, word in enumerate(words):
            if word != surname:
                continue
            first = i
            while first > 0 and (words[first - 1] in parts or words[first - 1] == "."):
                first -= 1
            while words[first] == ".":
                first += 1
            found.append((first, i))
            out.setdefault(first, {})
        mentions[person["name"]] = found
    for person in people:
        for stated in person["stated"]:
            inside = covered(tokens, *stated["words"])
            if not inside:
                continue
            here = [m for m in mentions.get(person["name"], []) if inside[0] <= m[1] <= inside[-1]]
            if not here:
                sentence = max(s for s in tokens.sentences if s <= inside[0])
                here = [m for m in mentions.get(person["name"], []) if sentence <= m[0] < inside[0]][-1:]
            for first, _ in here[:1]:
                for label, field in ((1, "role"), (2, "affiliation")):
                    if stated.get(field):
                        for i in covered(tokens, *stated[field]):
                            out[first][i] = label
    return sorted(out.items())


def anchor_of(claim: dict[int, int]) -> int:
    return min(i for i, label in claim.items() if label == CONTENT)


def load_gold(rows: list[dict], cutter: WordPieces, *, full: bool) -> list[Gold]:
    out = []
    for d in rows:
        tokens = tokenize(d["text"])
        claims = gold_claims(tokens, [a for a in d["attributions"] if not a.get("doubt")])
        contents = [{i for i, label in labels.items() if label == CONTENT} for labels, _ in claims]
        acts = []
        for _, a in claims:
            act = nw.ACTS.index(a["act"]) if a.get("act") in nw.ACTS else -100
            force = nw.FORCES.index(a["force"]) if a.get("force") in nw.FORCES else -100
            acts.append((act, force))
        out.append(
            Gold(
                tokens,
                encode(tokens, cutter),
                [c for c, _ in claims],
                [any(c < other for other in contents) for c in contents],
                acts,
                gold_names(tokens, d.get("people", [])) if full else [],
                full,
            )
        )
    return out


def cut(doc: Gold, rng: random.Random) -> list[tuple[int, int]]:
    """Windows over a document from a random sentence on, so that every round sees other borders."""
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
    network: nw.Network, tags: torch.nn.Linear, parts: list[tuple[Gold, int, int]], rng: random.Random, mask_id: int
) -> tuple[torch.Tensor, dict[str, float]]:
    inputs = []
    for doc, a, b in parts:
        encoded = doc.encoded
        pieces = [(mask_id,) if rng.random() < MASK_RATE else p for p in encoded.pieces[a:b]]
        boundaries = encoded.boundaries[a:b]
        if rng.random() < NO_PARAGRAPHS:
            boundaries = [min(x, 1) for x in boundaries]
        inputs.append((Encoded(pieces, encoded.shapes[a:b], encoded.quotes[a:b], boundaries), 0, b - a))
    with torch.autocast("cpu", torch.bfloat16):
        states = network.words(inputs, 0.1)
    states = states.float()
    size, count = states.shape[:2]
    bio = torch.full((size, count), -100)
    anchors = torch.zeros(size, count, nw.LEVELS)
    weights = torch.zeros(size, count, nw.LEVELS)
    sums = {name: torch.zeros(()) for name in ("pair", "name", "act")}
    n_claims = n_names = n_acts = 0
    for r, (doc, a, b) in enumerate(parts):
        bio[r, : b - a] = 0
        weights[r, : b - a, 0] = 1.0
        weights[r, : b - a, 1] = float(doc.full)
        near_rows = [k for k, c in enumerate(doc.claims) if a <= anchor_of(c) < b]
        target = torch.zeros(len(near_rows), b - a, dtype=torch.long)
        for k, row in enumerate(near_rows):
            claim = doc.claims[row]
            anchors[r, anchor_of(claim) - a, int(doc.nested[row])] = 1
            for i, label in claim.items():
                if a <= i < b:
                    target[k, i - a] = label
                    if not doc.nested[row]:
                        bio[r, i - a] = 2 * label - (claim.get(i - 1) != label)
        own = states[r, : b - a]
        places = torch.arange(b - a)[None]
        if near_rows:
            index = torch.tensor([anchor_of(doc.claims[k]) - a for k in near_rows])
            levels = torch.tensor([int(doc.nested[k]) for k in near_rows])
            scores = network.pairs(own, index, levels)
            near = (places - index[:, None]).abs() <= REACH
            sums["pair"] = sums["pair"] + functional.cross_entropy(scores[near], target[near], reduction="sum")
            n_claims += len(near_rows)
            acts = torch.tensor([doc.acts[k] for k in near_rows])
            if doc.full:
                cues = (target == CUE).float() if rng.random() < 0.5 else scores.detach().softmax(-1)[..., CUE]
                report = network.reports(own, index, cues)
                act, force = report.split([len(nw.ACTS), len(nw.FORCES)], 1)
                sums["act"] = sums["act"] + functional.cross_entropy(act, acts[:, 0], reduction="sum", ignore_index=-100)
                if (acts[:, 1] >= 0).any():
                    sums["act"] = sums["act"] + 0.5 * functional.cross_entropy(
                        force, acts[:, 1], reduction="sum", ignore_index=-100
                    )
                n_acts += len(near_rows)
        named = [(i, labels) for i, labels in doc.names if a <= i < b]
        if named:
            index = torch.tensor([i - a for i, _ in named])
            target = torch.zeros(len(named), b - a, dtype=torch.long)
            for k, (_, labels) in enumerate(named):
                for i, label in labels.items():
                    if a <= i < b:
                        target[k, i - a] = label
            scores = network.statements(own, index)
            near = (places - index[:, None]).abs() <= AROUND
            sums["name"] = sums["name"] + functional.cross_entropy(scores[near], target[near], reduction="sum")
            n_names += len(named)
    tag_loss = functional.cross_entropy(tags(states).flatten(0, 1), bio.flatten(), ignore_index=-100)
    logits = network.anchors(states)
    anchor_loss = (functional.binary_cross_entropy_with_logits(logits, anchors, reduction="none") * weights).sum()
    n = max(n_claims, 4)
    shares = {
        "tag": 2 * tag_loss,
        "anchor": anchor_loss / n,
        "pair": sums["pair"] / (15 * n),
        "name": sums["name"] / (20 * max(n_names, 4)),
        "act": 0.25 * sums["act"] / max(n_acts, 4),
    }
    return torch.stack(list(shares.values())).sum(), {k: v.item() for k, v in shares.items()}


def start_network(path: Path) -> tuple[nw.Network, list[str]]:
    """The network begun from an earlier one, or from a tagger of the former make (no nested claims, nothing else)."""
    state = torch.load(path, weights_only=True)
    state["settings"].pop("hashed", None)
    settings = nw.Settings(**state["settings"])
    if "claims.label.weight" in state["weights"]:
        network = nw.Network(settings)
        network.load_state_dict(state["weights"])
        return network, state["vocabulary"]
    network = nw.Network(settings)
    old = {}
    for name, value in state["weights"].items():
        if name.endswith(".scale"):
            continue
        scale = state["weights"].get(f"{name}.scale")
        old[name] = value.float() if scale is None else value.float() * scale.float()[:, None]
    new = network.state_dict()
    pair = ("of_anchor.", "of_word.", "distance.", "distance_bias.", "label.", "left.", "right.")
    for name, value in old.items():
        if name.startswith("tags."):
            continue
        if name.startswith(pair):
            new[f"claims.{name}"] = value
        elif name.startswith(("encoder.", "lstm.", "mix.")):
            new[f"body.{name}"] = value
        else:
            new[name] = value
            if name.startswith("anchor."):
                new[name.replace("anchor.", "nested.")] = value.clone()
    new["nested.2.bias"] = new["nested.2.bias"] - 1.0
    network.load_state_dict(new)
    return network, state["vocabulary"]


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    network, vocabulary = start_network(args.start)
    cutter = WordPieces(vocabulary)
    news_rows = read(args.shared / "corpora/news/train.jsonl")[: -HELD or None]
    for path in args.more:
        news_rows += read(path)
    news = load_gold(news_rows, cutter, full=True)
    polnear = load_gold(read(args.shared / "corpora/polnear/train.jsonl"), cutter, full=False)
    tags = torch.nn.Linear(2 * network.settings.recurrent, 7)
    print(f"{len(vocabulary)} pieces, {sum(p.numel() for p in network.parameters()) / 1e6:.1f}M parameters", flush=True)
    print(f"{len(news)} news, {sum(len(d.names) for d in news)} names, {len(polnear)} PolNeAR", flush=True)
    encoder_weights = list(network.body.encoder.parameters())
    others = [p for n, p in network.named_parameters() if not n.startswith("body.encoder.")] + list(tags.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": encoder_weights, "lr": args.encoder_lr}, {"params": others, "lr": args.lr}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    count = random.Random(1)
    per_round = (
        sum(len(cut(d, count)) for d in news) * args.repeat + sum(len(cut(d, count)) for d in polnear) / PART
    ) / BATCH
    total = math.ceil(per_round * args.rounds)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.06 * total)) * max(0.02, 1 - s / total)
    )
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    first_round = step = 0
    last = args.work / "reader.last.pt"
    if last.exists() and not args.restart:
        state = torch.load(last, weights_only=True)
        network.load_state_dict(state["network"])
        tags.load_state_dict(state["tags"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, first_round, step = state["average"], state["round"], state["step"]
        print(f"going on from round {first_round}", flush=True)
    mask_id = cutter.ids["[MASK]"]
    for number in range(first_round, args.rounds):
        rng = random.Random(SEED + number)
        order = list(range(len(polnear)))
        random.Random(SEED + number // PART).shuffle(order)
        chosen = [polnear[i] for i in order[number % PART :: PART]]
        parts = [(d, a, b) for d in news * args.repeat + chosen for a, b in cut(d, rng)]
        # Windows of like length go together; the order of the batches is random.
        parts.sort(key=lambda p: p[2] - p[1] + rng.random() * 60)
        groups = [parts[i : i + BATCH] for i in range(0, len(parts), BATCH)]
        rng.shuffle(groups)
        network.train()
        began, sums = time.time(), Counter()
        for done, group in enumerate(groups, start=1):
            loss, shares = loss_of(network, tags, group, rng, mask_id)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            step += 1
            decay = min(0.997, (1 + step) / (10 + step))
            with torch.no_grad():
                for k, v in network.state_dict().items():
                    average[k].lerp_(v, 1 - decay)
            sums.update(shares)
            if step % 25 == 0:
                means = " ".join(f"{name} {value / done:.4f}" for name, value in sums.items())
                print(f"step {step}/{total} {means} {time.time() - began:.0f}s", flush=True)
        torch.save(
            {
                "network": network.state_dict(),
                "tags": tags.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average,
                "round": number + 1,
                "step": step,
            },
            last,
        )
        state = {"settings": attrs.asdict(network.settings), "vocabulary": vocabulary, "weights": average}
        torch.save(state, args.work / "reader.full.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("train",))
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--encoder-lr", type=float, default=1e-4)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--restart", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    {"train": train}[args.mode](args)


if __name__ == "__main__":
    main()
