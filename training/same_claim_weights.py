"""Fits the weights of `quotebank.comparing.same_claim`: a logistic regression over pairs of claims by one speaker.

    python training/same_claim_weights.py SHARED/corpora           cross-validated figures, for a grid of penalties
    python training/same_claim_weights.py SHARED/corpora --ship    … and quotebank/comparing/lists/weights/same_claim_weights.txt from all pairs

Folds keep pairs together that share a claim. Pairs that `compare` decides without the weights count in the figures as
it decides them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path

import attrs
import numpy as np

from quotebank import Article, Claim, Span
from quotebank.comparing import same_claim
from quotebank.comparing.similarity_features import Evidence

OUT = Path(__file__).parent.parent / "quotebank" / "comparing" / "lists" / "weights" / "same_claim_weights.txt"
NAMES = [field.name for field in attrs.fields(Evidence)]
FOLDS, SEEDS = 8, 10
HEAD = """\
# Weights of the features of `Evidence` in the logistic regression that tells whether two claims are the same.
# Source: training/same_claim_weights.py, over {pairs} pairs of claims from PolNeAR train, L2 penalty {penalty}. 2026-11.
"""


def read(corpora: Path) -> list[tuple[Claim, Claim, dict]]:
    documents = {}
    for part in ("train", "dev"):
        for line in (corpora / "polnear" / f"{part}.jsonl").read_text(encoding="utf8").splitlines():
            document = json.loads(line)
            documents[document["id"]] = document, {a["id"]: a for a in document["attributions"]}

    def claim(side: dict) -> Claim:
        document, attributions = documents[side["doc"]]
        roles = attributions[side["attribution"]]
        spans = {r: [Span(s, e) for s, e in roles[r]] for r in ("content", "cue", "source")}
        return Claim.build(Article(text=document["text"], id=document["id"]), speaker=side.get("speaker"), **spans)

    lines = (corpora / "matching" / "dev.jsonl").read_text(encoding="utf8").splitlines()
    return [(claim(row["a"]), claim(row["b"]), row) for row in map(json.loads, lines)]


def groups(pairs: list[tuple[Claim, Claim, dict]]) -> list[str]:
    """One name for all pairs that hang together by their claims."""
    parent: dict[str, str] = {}

    def root(claim: str) -> str:
        parent.setdefault(claim, claim)
        while parent[claim] != claim:
            claim = parent[claim]
        return claim

    for a, b, _ in pairs:
        parent[root(a.id)] = root(b.id)
    return [root(a.id) for a, _, _ in pairs]


def fit(x: np.ndarray, y: np.ndarray, penalty: float) -> np.ndarray:
    """Newton's method; the last column is the intercept, which is not penalized."""
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (p - y) + ridge * w)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    return w


def f1(said: np.ndarray, gold: np.ndarray) -> float:
    return 2 * (said & gold).sum() / max(1, said.sum() + gold.sum())


def by_weights(a: Claim, b: Claim) -> bool | None:
    """What `compare` decides whatever the weights are; None where they decide."""
    at_least, at_most = (_with_probability(a, b, p) for p in (0.0, 1.0))
    return at_least if at_least == at_most else None


def _with_probability(a: Claim, b: Claim, probability: float) -> bool:
    before = same_claim.same_probability
    same_claim.same_probability = lambda _: probability
    try:
        return same_claim.compare(a, b).relation is not None
    finally:
        same_claim.same_probability = before


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpora", type=Path)
    options.add_argument("--penalty", type=float, default=0.3)
    options.add_argument("--ship", action="store_true")
    options.add_argument("--without", nargs="*", default=[], help="features to leave out")
    args = options.parse_args()

    pairs = read(args.corpora)
    gold = np.array([row["same"] for _, _, row in pairs])
    decided = [by_weights(a, b) for a, b, _ in pairs]
    open_ = np.array([d is None for d in decided])
    x = np.array([[*attrs.astuple(same_claim.evidence(a, b)), 1.0] for a, b, _ in pairs])
    for name in args.without:
        x[:, NAMES.index(name)] = 0.0
    of = groups(pairs)
    print(f"{len(pairs)} pairs, {open_.sum()} decided by the weights")
    for penalty in (0.1, 0.3, args.penalty, 1.0, 2.0, 4.0):
        figures = defaultdict(list)
        for seed in range(SEEDS):
            order = sorted(set(of))
            random.Random(seed).shuffle(order)
            fold = {group: k % FOLDS for k, group in enumerate(order)}
            folds = np.array([fold[g] for g in of])
            said = np.array([bool(d) for d in decided])
            p = np.zeros(len(pairs))
            for k in range(FOLDS):
                train, test = open_ & (folds != k), open_ & (folds == k)
                p[test] = 1 / (1 + np.exp(-x[test] @ fit(x[train], gold[train], penalty)))
            said[open_] = p[open_] >= same_claim.SAME
            figures["f1"].append(f1(said, gold))
            figures["loss"].append(-np.log(np.clip(np.where(gold, p, 1 - p)[open_], 1e-6, 1)).mean())
        w = fit(x[open_], gold[open_], penalty)
        said = np.array([bool(d) for d in decided])
        said[open_] = x[open_] @ w >= np.log(same_claim.SAME / (1 - same_claim.SAME))
        cv = " ".join(f"{name} {np.mean(v):.3f} ±{np.std(v):.3f}" for name, v in figures.items())
        print(f"penalty {penalty}: cross-validated {cv}; fitted f1 {f1(said, gold):.3f}")
    w = fit(x[open_], gold[open_], args.penalty)
    for name, weight in zip([*NAMES, "intercept"], w, strict=True):
        print(f"  {name:10} {weight:+.3f}")
    if args.ship:
        lines = "".join(f"{name}\t{weight:.4f}\n" for name, weight in zip([*NAMES, "intercept"], w, strict=True))
        OUT.write_text(HEAD.format(pairs=int(open_.sum()), penalty=args.penalty) + lines, encoding="utf8")


if __name__ == "__main__":
    main()
