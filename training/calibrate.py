"""Fit how likely a claim is right to what the network makes of it, on gold that it was not trained on.

usage: python -m training.calibrate MODEL.pt --shared DIR GOLD.jsonl[:FROM] …

Each GOLD is a file of documents, from number FROM on (negative: so many last ones). A claim is right where
`score.py` counts it as attributed. Writes the constants into MODEL.pt and prints them with the gap that is left.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch

from quotebank.attribution.attribution_spans import attributions
from quotebank.attribution.decoding import Decoding
from quotebank.attribution.encoding import WordPieces
from quotebank.attribution.tagger import Tagger
from quotebank.text import tokenize
from training.checkpoints import load_network

ROLES = ("source", "cue", "content")


def rows_of(tagger: Tagger, documents: list[dict], score) -> list[tuple[list[float], bool]]:
    """For each claim found its features, and whether it is right."""
    out = []
    for d in documents:
        tokens = tokenize(d["text"])
        claims = tagger.tag(tokens)
        found = [a for a in attributions(tokens, claims) if a.act is not None]
        words = score.words(d["text"])
        gold = score.read({"attributions": [dict(a) for a in d["attributions"]]}, words)
        mine = [{r: score.inside([(s.start, s.end) for s in getattr(a, r)], words) for r in ROLES} for a in found]
        for m in mine:
            m["nested"] = any(m["content"] < o["content"] for o in mine if o is not m)
        right = set()
        known = (False, True) if d.get("nested") else (False,)
        for level in known:
            mine_here = [k for k, m in enumerate(mine) if m["nested"] is level and m["content"]]
            gold_here = [a for a in gold if a["nested"] is level]
            for a, b in score.pair(gold_here, [mine[k] for k in mine_here]):
                if gold_here[a].get("doubt"):
                    right.add((mine_here[b], None))
                elif score.same_source(gold_here[a], mine[mine_here[b]]):
                    right.add((mine_here[b], True))
        for k, a in enumerate(found):
            if not mine[k]["content"] or (k, None) in right or mine[k]["nested"] not in known:
                continue
            p = min(max(a.confidence, 1e-4), 1 - 1e-4)
            quoted = any(q.start == a.content[0].start for q in tokens.quotations.outer)
            features = [
                1.0,
                float(np.log(p / (1 - p))),
                float(quoted),
                float(not a.source),
                float(a.within is not None),
            ]
            out.append((features, (k, True) in right))
    return out


def fitted(rows: list[tuple[list[float], bool]]) -> np.ndarray:
    """Logistic regression by Newton's method, with a little shrinkage towards the network's own odds."""
    x = np.array([f for f, _ in rows])
    y = np.array([float(r) for _, r in rows])
    prior = np.array([0.0, 1.0, 0.0, 0.0, 0.0])
    w = prior.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + 2.0 * (w - prior)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 2.0 * np.eye(len(w))
        w = w - np.linalg.solve(hessian, gradient)
    return w


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--shared", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    sys.path.insert(0, str(args.shared))
    import score

    network, vocabulary = load_network(args.model)
    tagger = Tagger(network, WordPieces(vocabulary), Decoding(least=0.0, least_quoted=0.0))
    documents = []
    for name in args.gold:
        path, _, first = name.partition(":")
        lines = Path(path).read_text(encoding="utf8").splitlines()
        documents += [json.loads(line) for line in lines][int(first or 0) :]
    rows = rows_of(tagger, documents, score)
    weights = fitted(rows)
    state = torch.load(args.model, weights_only=True)
    state["calibration"] = [round(float(v), 4) for v in weights]
    torch.save(state, args.model)
    p = 1 / (1 + np.exp(-np.array([f for f, _ in rows]) @ weights))
    gap = score.ece([(float(a), r) for a, (_, r) in zip(p, rows, strict=True)])
    print(
        f"{len(documents)} documents, {len(rows)} claims, {sum(r for _, r in rows)} right: {state['calibration']}, off by {gap:.3f}"
    )


if __name__ == "__main__":
    main()
