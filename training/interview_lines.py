"""Fit the weights that tell questions and answers of an interview without labels from one another and from the rest.

    python -m training.interview_lines CORPORA            # figures of five folds, then fits and writes the weights
    python -m training.interview_lines CORPORA --folds 0  # writes them alone

Reads `interview_pages.jsonl` here (pages that were written for this, with what each line is: N, Q, A; of W, a name alone
above a turn, it learns nothing) and, for what is no interview, articles of CORPORA/news/raw.jsonl.gz, all of whose lines
count as N. Writes quotebank/text/lists/weights/interview_weights.txt. A linear chain over lines, with an L2 penalty.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from unittest import mock

import attrs
import torch
from torch import Tensor

from quotebank.text import line_kinds, read_lines
from quotebank.text.interview_questions import FEWEST, features
from quotebank.text.line_sequences import Weights, likeliest
from training.minimizing import arguments, minimized

ROOT = Path(__file__).parent.parent
OUT = ROOT / "quotebank" / "text" / "lists" / "weights" / "interview_weights.txt"
PAGES = Path(__file__).parent / "interview_pages.jsonl"
STATES = "NQA"
EVERY, READ = 6, 6_000  # of so many raw articles one is read, and how many code points of it
COUNT = 0.5  # of a raw article, which may be an interview
PENALTY = 1.0
LEAST = 3  # lines that have a feature
STEPS = 150
LEASTS = (0.0, 2.0, 5.0, 8.0, 12.0, 20.0)
SMALLEST = 0.03  # weight that is written
HEAD = """\
# Weights of what a line of a page shows, for: neither, asks, answers. Source: training/interview_lines.py, over {count} pages
# of our own and raw news. 2026-11.
"""


@attrs.frozen
class Page:
    """The features of a page's lines, what each is, and how much the page counts."""

    rows: list[set[str]]
    gold: list[int]
    count: float = 1.0


def seen(text: str) -> tuple[Sequence[str | None], list[set[str]]]:
    """The lines of a text as they are asked whether they are of an interview, and their features; none where none are."""
    found: list[tuple[Sequence[str | None], list[set[str]]]] = []

    def noticed(rows: Sequence[str | None], bold: Sequence[int], apart: Sequence[bool]) -> list[bool | None]:
        found.append((rows, list(features(rows, bold, apart))))
        return [None] * len(rows)

    with mock.patch.object(line_kinds, "find_exchanges", noticed):
        read_lines(text)
    return found[0] if found else ([], [])


def own_pages() -> Iterator[Page]:
    """The pages that we wrote; a line that was joined or cut counts as the line that begins it."""
    for row in map(json.loads, PAGES.read_text(encoding="utf8").splitlines()):
        if any(line["kind"] == "W" for line in row["lines"]):
            continue
        rows, shown = seen(("\n\n" if row["blank"] else "\n").join(line["text"] for line in row["lines"]))
        kinds = {line["text"][:40]: line["kind"] for line in row["lines"]}
        if rows:
            yield Page(shown, [STATES.index(kinds.get((text or "")[:40], "N")) for text in rows])


def raw_pages(path: Path) -> Iterator[Page]:
    """Articles of the news, as if none were an interview."""
    with gzip.open(path, "rt", encoding="utf8") as rows:
        for row in islice(rows, 0, None, EVERY):
            lines, shown = seen(json.loads(row)["text"][:READ])
            if lines:
                yield Page(shown, [0] * len(lines), COUNT)


def fitted(pages: Sequence[Page]) -> Weights:
    """The weights of the likeliest chain."""
    counted = Counter(name for page in pages for row in page.rows for name in row)
    names = sorted(name for name, count in counted.items() if count >= LEAST)
    at = {name: k for k, name in enumerate(names)}
    size, free = len(STATES), len(names) + 1
    cells = [
        (r, at[name]) for r, row in enumerate(row for page in pages for row in page.rows) for name in row if name in at
    ]
    total = sum(len(page.rows) for page in pages)
    indices = torch.tensor(cells).T
    x = torch.sparse_coo_tensor(indices, torch.ones(len(cells), dtype=torch.float64), (total, len(names))).coalesce()
    gold = torch.tensor([state for page in pages for state in page.gold])
    ends = torch.tensor([len(page.rows) for page in pages]).cumsum(0).tolist()
    begins = [0, *ends[:-1]]
    longest = max(len(page.rows) for page in pages)
    count = torch.tensor([page.count for page in pages], dtype=torch.float64)
    places = torch.full((len(pages), longest), -1)
    for n, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        places[n, : end - begin] = torch.arange(begin, end)
    mask = places >= 0

    def loss(flat: Tensor) -> Tensor:
        weights = flat.view(-1, size)
        lines, step, first, last = weights[:free], weights[free : free + size], weights[-2], weights[-1]
        scores = torch.sparse.mm(x, lines[:-1]) + lines[-1]
        told = scores[places.clamp(min=0)]
        states = gold[places.clamp(min=0)]
        path = first[states[:, 0]] + told[:, 0].gather(1, states[:, :1]).squeeze(1)
        sums = first + told[:, 0]
        ending = states[:, 0]
        for k in range(1, longest):
            here = mask[:, k]
            grown = torch.logsumexp(sums.unsqueeze(2) + step, 1) + told[:, k]
            sums = torch.where(here.unsqueeze(1), grown, sums)
            more = step[states[:, k - 1], states[:, k]] + told[:, k].gather(1, states[:, k : k + 1]).squeeze(1)
            path = path + torch.where(here, more, torch.zeros_like(more))
            ending = torch.where(here, states[:, k], ending)
        nll = torch.logsumexp(sums + last, 1) - path - last[ending]
        return (count * nll).sum() + PENALTY / 2 * (flat**2).sum()

    found = minimized(loss, torch.zeros((free + size + 2) * size, dtype=torch.float64), steps=STEPS).view(-1, size)
    rows = [*names, "bias", *(f"after {state}" for state in range(size)), "first", "last"]
    return {name: tuple(values) for name, values in zip(rows, found.tolist(), strict=True)}


def measured(pages: Sequence[Page], weights: Weights, count: Counter[tuple[float, str]]) -> None:
    """Count lines that come out right, and pages, by the log odds from which on an interview is one."""
    for page in pages:
        path, gain = likeliest(page.rows, weights)
        for least in LEASTS:
            exchanges = sum(a == 1 and b == 2 for a, b in pairwise(path))
            told = path if gain >= least and exchanges >= FEWEST else [0] * len(path)
            kind = "raw" if page.count == COUNT else "interview" if any(page.gold) else "other"
            right = sum(a == b for a, b in zip(told, page.gold, strict=True))
            count.update({(least, f"{kind} lines"): len(told), (least, f"{kind} lines right"): right})
            count.update({(least, f"{kind} pages"): 1, (least, f"{kind} pages right"): right == len(told)})
            count.update({(least, f"{kind} taken"): any(told)})


def main() -> None:
    args = arguments(__doc__, folds=5)
    torch.set_num_threads(1)
    own, raw = list(own_pages()), list(raw_pages(args.corpora / "news" / "raw.jsonl.gz"))
    random.Random(1).shuffle(own)
    print(f"{len(own)} pages of our own, {len(raw)} raw")
    count: Counter[tuple[float, str]] = Counter()
    for k in range(args.folds):
        out = [*own[k :: args.folds], *raw[k :: args.folds]]
        kept = [page for n in range(args.folds) if n != k for page in (*own[n :: args.folds], *raw[n :: args.folds])]
        measured(out, fitted(kept), count)
    for (least, name), number in sorted(count.items()):
        print(least, name, number)
    weights = fitted([*own, *raw])
    kept_names = [
        n
        for n, some in weights.items()
        if n[:5] in ("bias", "after", "first", "last") or max(map(abs, some)) >= SMALLEST
    ]
    text = "".join("\t".join((name, *(f"{one:.2f}" for one in weights[name]))) + "\n" for name in kept_names)
    OUT.write_text(HEAD.format(count=len(own) + len(raw)) + text, encoding="utf8")


if __name__ == "__main__":
    main()
