"""Fits the weights of `quotebank.comparing.same_claim`: a logistic regression over pairs of claims.

    python training/same_claim_weights.py SHARED/corpora           cross-validated figures of each set, for a grid of penalties
    python training/same_claim_weights.py SHARED/corpora --apart   … and those of each set where the weights never saw it
    python training/same_claim_weights.py SHARED/corpora --ship    … and quotebank/comparing/lists/weights/same_claim_weights.txt

Over `matching/news_train.jsonl` and `same_claim_pairs.jsonl` here together: claims that our own extractor found in
`news/raw.jsonl.gz` and in articles of `polnear/train.jsonl` of which `matching/dev.jsonl` has no claim, by one speaker
or by two who may be one, labelled by one reader; offsets and labels, none of the words. Nothing is learned from
`matching/dev.jsonl`: `score_matching.py` tells how well the shipped weights do on what they never saw. Folds keep pairs
together whose articles hang together by their claims, so that no event is on both sides. Pairs that `compare` decides
without the weights count in the figures as it decides them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from pathlib import Path

import attrs
import numpy as np

from quotebank import Article, Claim, Span, Speaker
from quotebank.comparing import same_claim
from quotebank.comparing.similarity_features import Evidence

OUT = Path(__file__).parent.parent / "quotebank" / "comparing" / "lists" / "weights" / "same_claim_weights.txt"
NAMES = [field.name for field in attrs.fields(Evidence)]
FOLDS, SEEDS = 8, 10
SETS = {"news": ("news_train", ["matching/news_docs"]), "polnear": ("dev", ["polnear/train", "polnear/dev"])}
OWN = "own"
LEARNED = ("news", OWN)
OWN_PAIRS = Path(__file__).parent / "same_claim_pairs.jsonl"
ARTICLES = ("news/raw.jsonl.gz", "polnear/train.jsonl")  # that our own pairs are of
HEAD = """\
# Weights of the features of `Evidence` in the logistic regression that tells whether two claims are the same.
# Source: training/same_claim_weights.py, over {pairs} pairs of claims from news of several outlets (FNC-1, BASIL, BBC, ABC) and
# PolNeAR train, none of matching/dev.jsonl; L2 penalty {penalty} on standardized features. 2026-11.
"""
Pair = tuple[Claim, Claim, dict]


def read_own(corpora: Path) -> list[Pair]:
    """Our own pairs."""
    rows = [json.loads(line) for line in OWN_PAIRS.read_text(encoding="utf8").splitlines()]
    wanted = {row[side]["doc"] for row in rows for side in ("a", "b")}
    texts = {}
    for part in ARTICLES:
        opened = gzip.open if part.endswith(".gz") else open
        with opened(corpora / part, "rt", encoding="utf8") as file:
            texts |= {d["id"]: d["text"] for d in map(json.loads, file) if d["id"] in wanted}

    def claim(side: dict) -> Claim:
        told = {"negated": False, "conditional": False} | side
        article = Article(text=texts[told.pop("doc")], id=side["doc"])
        content = [Span(s, e) for s, e in told.pop("content")]
        speaker = Speaker(name=told.pop("speaker"), type=told.pop("type"))
        return Claim.build(article, content=content, speaker=speaker, **told)

    return [(claim(row["a"]), claim(row["b"]), {"variant": None} | row) for row in rows]


def read(corpora: Path, name: str) -> list[Pair]:
    """The pairs of a set, with their claims."""
    if name == OWN:
        return read_own(corpora)
    pairs, articles = SETS[name]
    documents = {}
    for part in articles:
        for line in (corpora / f"{part}.jsonl").read_text(encoding="utf8").splitlines():
            document = json.loads(line)
            documents[document["id"]] = document, {a["id"]: a for a in document["attributions"]}

    def claim(side: dict) -> Claim:
        document, attributions = documents[side["doc"]]
        roles = attributions[side["attribution"]]
        spans = {r: [Span(s, e) for s, e in roles[r]] for r in ("content", "cue", "source")}
        return Claim.build(Article(text=document["text"], id=document["id"]), speaker=side.get("speaker"), **spans)

    lines = (corpora / "matching" / f"{pairs}.jsonl").read_text(encoding="utf8").splitlines()
    return [(claim(row["a"]), claim(row["b"]), row) for row in map(json.loads, lines)]


def events(pairs: list[Pair]) -> list[str]:
    """One name for all pairs whose articles hang together."""
    parent: dict[str, str] = {}

    def root(article: str) -> str:
        parent.setdefault(article, article)
        while parent[article] != article:
            article = parent[article]
        return article

    for a, b, _ in pairs:
        parent[root(a.article_id)] = root(b.article_id)
    return [root(a.article_id) for a, _, _ in pairs]


def fit(x: np.ndarray, y: np.ndarray, penalty: float) -> np.ndarray:
    """Newton's method on standardized columns, given back for the columns as they are; the last one is the intercept."""
    mean, spread = x.mean(0), x.std(0)
    mean[-1], spread[-1] = 0.0, 1.0
    spread[spread == 0] = 1.0
    z = (x - mean) / spread
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 1e-6
    for _ in range(100):
        p = 1 / (1 + np.exp(-z @ w))
        curvature = (z * (p * (1 - p))[:, None]).T @ z + np.diag(ridge)
        step = np.linalg.solve(curvature, z.T @ (p - y) + ridge * w)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    w = w / spread
    w[-1] -= w[:-1] @ mean[:-1]
    return w


def f1(said: np.ndarray, gold: np.ndarray) -> float:
    return 2 * (said & gold).sum() / max(1, said.sum() + gold.sum())


def decided(a: Claim, b: Claim) -> tuple[str | None, str | None]:
    """What `compare` says whatever the weights are: if they spoke against it, and if they spoke for it."""
    before = same_claim._probability
    found = []
    for probability in (0.0, 1.0):
        same_claim._probability = lambda _, p=probability: p
        found.append(same_claim.compare(a, b).relation)
    same_claim._probability = before
    return found[0], found[1]


class Set:
    """One set of pairs: features, labels, events, and what is decided without weights."""

    def __init__(self, corpora: Path, name: str) -> None:
        pairs = read(corpora, name)
        self.gold = np.array([row["same"] for _, _, row in pairs])
        self.variant = [row["variant"] for _, _, row in pairs]
        both = [decided(a, b) for a, b, _ in pairs]
        self.against = np.array([bool(low) for low, _ in both])
        self.relation = [high for _, high in both]
        self.open = np.array([bool(low) != bool(high) for low, high in both])
        self.x = np.array([[*attrs.astuple(same_claim.evidence(a, b)), 1.0] for a, b, _ in pairs])
        self.events = [f"{name} {event}" for event in events(pairs)]

    def said(self, p: np.ndarray) -> np.ndarray:
        return np.where(self.open, p >= same_claim.SAME, self.against)

    def figures(self, p: np.ndarray) -> dict[str, float]:
        said = self.said(p)
        right = [k for k in range(len(said)) if said[k] and self.gold[k]]
        paraphrases = [k for k, variant in enumerate(self.variant) if variant == "paraphrase"]
        return {
            "f1": f1(said, self.gold),
        } | (
            {
                "relation": sum(self.relation[k] == self.variant[k] for k in right) / max(1, len(right)),
                "paraphrases": float(said[paraphrases].mean()),
            }
            if paraphrases
            else {}
        )


class Pool:
    """The sets together, of which some pairs are learned from and others asked about."""

    def __init__(self, sets: dict[str, Set]) -> None:
        self.sets = sets
        self.x = np.concatenate([part.x for part in sets.values()])
        self.gold = np.concatenate([part.gold for part in sets.values()])
        self.open = np.concatenate([part.open for part in sets.values()])
        self.events = [event for part in sets.values() for event in part.events]
        self.of = np.array([name for name, part in sets.items() for _ in part.gold])

    def asked(self, held_out: np.ndarray, penalty: float) -> np.ndarray:
        """The probability of each pair held out, by weights fitted on all others."""
        train = self.open & ~held_out
        return 1 / (1 + np.exp(-self.x[held_out] @ self.fitted(train, penalty)))

    def fitted(self, train: np.ndarray, penalty: float) -> np.ndarray:
        """The weights by the pairs chosen."""
        return fit(self.x[train], self.gold[train], penalty)

    def figures(self, penalty: float) -> str:
        """Cross-validated figures of each set."""
        figures: dict[str, list[float]] = defaultdict(list)
        for seed in range(SEEDS):
            order = sorted(set(self.events))
            random.Random(seed).shuffle(order)
            fold = {event: k % FOLDS for k, event in enumerate(order)}
            folds = np.array([fold[event] for event in self.events])
            p = np.zeros(len(self.gold))
            for k in range(FOLDS):
                p[folds == k] = self.asked(folds == k, penalty)
            for name, part in self.sets.items():
                for what, value in part.figures(p[self.of == name]).items():
                    figures[f"{name} {what}"].append(value)
        return ", ".join(f"{k} {np.mean(v):.3f} ±{np.std(v):.3f}" for k, v in figures.items())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpora", type=Path)
    options.add_argument("--penalty", type=float, default=3.0)
    options.add_argument("--sets", nargs="*", default=LEARNED, help="polnear, too: matching/dev.jsonl")
    options.add_argument("--apart", action="store_true")
    options.add_argument("--ship", action="store_true")
    args = options.parse_args()

    sets = {name: Set(args.corpora, name) for name in args.sets}
    for name, part in sets.items():
        print(
            f"{name}: {len(part.gold)} pairs, {part.open.sum()} decided by the weights, {len(set(part.events))} events"
        )
    pool = Pool(sets)
    for penalty in sorted({1.0, 10.0, args.penalty}):
        print(f"penalty {penalty}: {pool.figures(penalty)}")
    for name, part in sets.items() if args.apart else ():
        found = part.figures(pool.asked(pool.of == name, args.penalty))
        print(f"{name}, fitted on the others: " + ", ".join(f"{what} {value:.3f}" for what, value in found.items()))
    if args.ship:
        w = pool.fitted(pool.open, args.penalty)
        lines = "".join(f"{name}\t{weight:.4f}\n" for name, weight in zip([*NAMES, "intercept"], w, strict=True))
        OUT.write_text(HEAD.format(pairs=int(pool.open.sum()), penalty=args.penalty) + lines, encoding="utf8")


if __name__ == "__main__":
    main()
