"""The mean of two networks' weights: what went on learning, and what it went on from.

usage: python -m training.mean OUT.pt MODEL.pt MODEL.pt

Better on both the new articles and the old corpus than either (Wortsman et al. 2022, "Robust fine-tuning of zero-shot
models"). Both have the same shape and vocabulary; `training/calibrate.py` then fits the confidence of OUT.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.checkpoints import load_network, save_network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("models", type=Path, nargs=2)
    args = parser.parse_args()
    (one, vocabulary), (other, same) = (load_network(path) for path in args.models)
    if vocabulary != same or one.settings != other.settings:
        raise SystemExit("the two networks differ in shape or vocabulary")
    others = other.state_dict()
    weights = {n: (w + others[n]) / 2 if w.is_floating_point() else w for n, w in one.state_dict().items()}
    save_network(args.out, one.settings, vocabulary, weights)


if __name__ == "__main__":
    main()
