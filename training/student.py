"""Distil the small network over words from the large one over pieces.

usage: python -m training.student label --shared DIR --work DIR --teacher reader.pt --stanza DIR [--words N]
       python -m training.student train --shared DIR --work DIR --teacher reader.pt [--hours H] [--more FILE …]

`label` reads unlabelled news once with the teacher and keeps, in WORK/labels/, what it says of every word: anchors,
the labels around each likely anchor, acts, roles around capitalized words; and the entities that Stanza's model finds. `train` learns from that and, mixed in, from
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
from collections.abc import Callable
from pathlib import Path

import attrs
import torch
from torch import Tensor, nn

from quotebank.attribution import network as nw
from quotebank.attribution.decoding import CUE, REACH
from quotebank.attribution.encoding import Encoded, WordPieces, encode, windows
from quotebank.attribution.tagger import AROUND
from quotebank.records import ACTS, FORCES
from quotebank.text import tokenize
from training.entities import named, teacher
from training.gold import Part, Row, cut, entity_parts, gold_parts, load_gold, part_of, read
from training.losses import losses
from training.tagger import HELD, SEED, load_network

OWN = 64  # numbers of a piece's own vector
LEAST = 0.04  # probability from which on an anchor's labels are kept
LEARNED = 0.1  # and from which on the student learns them
SHARD = 250  # documents
WORDS = 6000  # of a batch
LONGEST = 300  # words of a part
TITLES = frozenset({"Mr", "Mrs", "Ms", "Dr", "Mr.", "Mrs.", "Ms.", "Dr.", "Sir", "Sen.", "Rep.", "Gov."})


class Factored(nn.Module):
    """Vectors of words while they are learned: the teacher's of their pieces, kept as they are, and small ones of our own.

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


def label(args: argparse.Namespace) -> None:
    network, vocabulary = load_network(args.teacher)
    cutter, entities = WordPieces(vocabulary), teacher(args.stanza)
    folder = args.work / "labels"
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(args.shared / "corpora/news/raw.jsonl.gz", "rt", encoding="utf8") as file:
        rows = [json.loads(line) for line in file]
    random.Random(SEED).shuffle(rows)
    began, done = time.time(), 0
    for number in range(args.first * SHARD, len(rows), SHARD):
        path = folder / f"{number // SHARD:03d}.pt"
        shard = []
        if path.exists():
            done += sum(len(d["shapes"]) for d in torch.load(path, weights_only=True))
            continue
        for row in rows[number : number + SHARD]:
            if len(row["text"]) > 12_000:
                continue
            shard.append(labelled(network, cutter, row["text"]) | {"entities": named(tokenize(row["text"]), entities)})
            done += len(shard[-1]["shapes"])
        torch.save(shard, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)  # training may be reading the folder
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
        p = network.anchors(states[window.own]).sigmoid()
        chances[window.own_first : window.own_last] = p.half()
        found = (p >= LEAST).nonzero()
        if len(found):
            at, levels = found[:, 0] + window.own.start, found[:, 1]
            scores = network.pairs(states, at, levels)
            soft = scores.softmax(-1)
            near = (torch.arange(len(states)) - at[:, None]).abs() <= REACH
            report = network.reports(states, at, soft[..., CUE] * near)
            act, force = (x.softmax(1) for x in report.split([len(ACTS), len(FORCES)], 1))
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


def soft_parts(doc: dict, rng: random.Random) -> list[Part]:
    """A labelled document in parts."""
    encoded = Encoded(doc["pieces"], doc["shapes"], doc["quotes"], doc["boundaries"])
    chances = doc["chances"].float()
    out = []
    for a, b in cut(doc["sentences"], doc["pieces"], rng, words=rng.randrange(LONGEST // 4, LONGEST), most=1_000_000):
        claims = [
            attrs.evolve(_row(at, low, soft, (a, b)), level=level, report=report.float())
            for at, level, low, soft, report in doc["rows"]
            if a <= at < b and float(chances[at, level]) > LEARNED
        ]
        names = [_row(at, low, soft, (a, b)) for at, low, soft in doc["names"] if a <= at < b]
        entities = doc["entities"][a:b].long()
        out.append(Part(part_of(encoded, a, b), chances[a:b], (1.0, 1.0), tuple(claims), tuple(names), entities))
    return out


def _row(at: int, low: int, soft: torch.Tensor, window: tuple[int, int]) -> Row:
    first, last = max(window[0], low), min(window[1], low + len(soft))
    return Row(at - window[0], first - window[0], soft[first - low : last - low].float() / 255)


class Pool:
    """Parts in random order, made anew every time they have all been taken."""

    def __init__(self, make: Callable[[], list[Part]], rng: random.Random) -> None:
        self.make, self.rng, self.parts = make, rng, []

    def take(self, words: int) -> list[Part]:
        out = []
        while words > 0:
            if not self.parts:
                self.parts = self.make()
                self.rng.shuffle(self.parts)
            out.append(self.parts.pop())
            words -= len(out[-1])
        return out


def shards(folder: Path, rng: random.Random) -> Callable[[], list[Part]]:
    """The teacher's labels, two files at a time, all over again when they end."""
    order: list[Path] = []

    def two() -> list[Part]:
        if not order:
            order.extend(sorted(folder.glob("*.pt")))
            rng.shuffle(order)
        chosen = [order.pop() for _ in range(min(2, len(order)))]
        return [p for path in chosen for doc in torch.load(path, weights_only=True) for p in soft_parts(doc, rng)]

    return two


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    teacher, vocabulary = load_network(args.teacher)
    cutter = WordPieces(vocabulary)
    settings = nw.Settings(
        pieces=len(vocabulary),
        body="words",
        width=args.width,
        recurrent=args.width,
        convolutions=args.convolutions,
        recurrent_layers=args.layers,
        pair=128,
    )
    network = nw.Network(settings)
    network.body.piece = Factored(teacher.body.encoder.piece.weight.detach(), args.width)
    del teacher
    news_rows = read(args.shared / "corpora/news/train.jsonl")[: -HELD or None] + [
        d for f in args.more for d in read(f)
    ]
    news = load_gold(news_rows, cutter, full=True)
    polnear = load_gold(read(args.shared / "corpora/polnear/train.jsonl"), cutter, full=False)
    entities = entity_parts(args.shared, cutter)
    trained = [p for p in network.parameters() if p.requires_grad]
    print(f"{sum(p.numel() for p in trained) / 1e6:.2f}M trained parameters, {len(entities)} entity parts", flush=True)
    optimizer = torch.optim.AdamW(trained, lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98))
    rng = random.Random(SEED)
    pools = [
        (Pool(shards(args.work / "labels", rng), rng), 0.70),
        (Pool(lambda: [p for d in polnear for p in gold_parts(d, rng, words=LONGEST)], rng), 0.12),
        (Pool(lambda: [p for d in news for p in gold_parts(d, rng, words=LONGEST)], rng), 0.12),
        (Pool(lambda: list(entities), rng), 0.06),
    ]
    average = {k: v.detach().clone() for k, v in network.state_dict().items() if k != "body.piece.fixed.weight"}
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
    sums: Counter[str] = Counter()
    network.train()
    while True:
        share = (time.time() - began) / budget
        if share >= 1:
            break
        rate = args.lr * min(1.0, (step + 1) / 200) * max(0.02, min(1.0, (1 - share) / 0.7))
        for group in optimizer.param_groups:
            group["lr"] = rate
        parts = [p for pool, part in pools for p in pool.take(int(WORDS * part) - LONGEST // 3)]
        shares = losses(network, parts, rng, mask_id, bfloat16=args.bfloat16)
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
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "average": average,
            "step": step,
            "spent": spent,
        },
        args.work / "student.last.pt",
    )
    weights = Factored.folded({**network.state_dict(), **average})
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
    parser.add_argument(
        "--stanza", type=Path, help="folder of Stanza's entity model and its vectors (stanza_models.py)"
    )
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--words", type=int, default=1_500_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first file to label: two runs may share")
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--convolutions", type=int, default=2)
    parser.add_argument("--layers", type=int, default=1)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true", help="faster where the processor multiplies such numbers")
    parser.add_argument("--restart", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    {"label": label, "train": train}[args.mode](args)


if __name__ == "__main__":
    main()
