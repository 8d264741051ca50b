"""What the fits of few weights share: the search for the least loss, and what a script that fits them is given."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor


def minimized(loss: Callable[[Tensor], Tensor], start: Tensor, *, steps: int) -> Tensor:
    """The weights of the least loss from `start` on, by L-BFGS with a line search (Liu and Nocedal 1989)."""
    weights = start.clone().requires_grad_(requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        total = loss(weights)
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach()


def arguments(
    description: str | None, *, folds: int = 0, work: bool = False, apart: bool = False
) -> argparse.Namespace:
    """The corpora, further labelled articles and the number of folds, or the folder to write to, from the command line."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    if work:
        parser.add_argument("--work", type=Path, required=True)
    else:
        parser.add_argument("--folds", type=int, default=folds)
    if apart:
        parser.add_argument(
            "--apart", type=Path, nargs="*", default=[], help="articles of which no network learns links"
        )
    parser.add_argument("--labelled", type=Path, nargs="*", default=[], help="more articles as news/train.jsonl")
    return parser.parse_args()
