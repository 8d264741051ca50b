"""Fit the weights that tell whether a single capitalized word names a person.

    python -m training.lone_names FILES... [--folds 6]

FILES are labelled articles as corpora/news/train.jsonl: `people` has every person named, so a capitalized word that is
part of no such name is no person's. Prints how often the choice is right on articles left out and writes
quotebank/speakers/lists/names/lone_name_weights.txt. A minute or two of one core.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import attrs
import torch

from quotebank.attribution import Language
from quotebank.speakers import lone_names, name_mentions
from quotebank.speakers.noun_phrases import bounds
from quotebank.speakers.source_phrases import source_core
from quotebank.text import tokenize, words_of
from training.antecedents import attribution, spans
from training.minimizing import minimized

LIST = Path(lone_names.__file__).parent / "lists" / "names" / "lone_name_weights.txt"
PULL = 1.0  # of the weights to zero
SPEAKS = 3.0  # what a word that stands in a source counts
WORD = re.compile(r"\w+")


@attrs.frozen
class Lone:
    """A word with its features, whether it is a person's name, and whether it stands in a claim's source."""

    article: str
    features: Mapping[str, float]
    person: bool
    speaks: bool


def lone(document: Mapping[str, Any], language: Language) -> Iterator[Lone]:
    """The single words of an article of which the surroundings decide."""
    tokens = tokenize(document["text"])
    w = words_of(tokens)
    rows = [a for a in document["attributions"] if a["content"] and a["source"]]
    found = [attribution(*(spans(a[part]) for part in ("source", "cue", "content"))) for a in rows]
    sources = [source_core(w, *bounds(w, a.source)) for a in found]
    inside = {i for first, end in sources for i in range(first, end)}
    persons = [set(WORD.findall(p["name"].lower())) for p in document["people"]]
    seen: list[tuple[list[tuple[int, int]], dict[str, float]]] = []

    def spy(_: object, places: list[tuple[int, int]], read: Mapping[str, float]) -> bool:
        seen.append((places, dict(read)))
        return True

    with patch.object(name_mentions, "is_person", spy):
        name_mentions.mentions(w, language, language.tagger.read(tokens))
    for places, read in seen:
        parts = set(WORD.findall(w.low[places[0][0]]))
        person = bool(parts) and any(parts <= name for name in persons)
        speaks = any(first in inside for first, _ in places)
        yield Lone(document["id"], lone_names.features(w, places, read), person, speaks)


def fit(found: Sequence[Lone]) -> dict[str, float]:
    """The weights under which the words are likeliest what they are."""
    names = sorted({name for one in found for name in one.features})
    index = {name: k for k, name in enumerate(names)}
    rows = torch.zeros(len(found), len(names))
    for r, one in enumerate(found):
        for name, value in one.features.items():
            rows[r, index[name]] = value
    person = torch.tensor([float(one.person) for one in found])
    share = torch.tensor([SPEAKS if one.speaks else 1.0 for one in found])

    def loss(weights: torch.Tensor) -> torch.Tensor:
        wrong = torch.nn.functional.binary_cross_entropy_with_logits(rows @ weights, person, share, reduction="sum")
        return wrong + PULL / 2 * (weights**2).sum()

    weights = minimized(loss, torch.zeros(len(names)), steps=100)
    return {name: round(float(x), 3) for name, x in zip(names, weights, strict=True)}


def cross_validate(found: Sequence[Lone], folds: int) -> None:
    """Print how often a word in a source, and any word, is told right in articles left out."""
    articles = sorted({one.article for one in found})
    random.Random(0).shuffle(articles)
    right = {True: [0, 0], False: [0, 0]}
    for fold in range(folds):
        held = set(articles[fold::folds])
        weights = fit([one for one in found if one.article not in held])
        for one in found:
            if one.article in held:
                person = sum(weights.get(name, 0.0) * value for name, value in one.features.items()) > 0
                right[one.speaks][0] += person == one.person
                right[one.speaks][1] += 1
    for speaks, (good, every) in right.items():
        print("in a source" if speaks else "elsewhere", f"{good / every:.3f} of {every}")


def main() -> None:
    """Cross-validate, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=6)
    options = parser.parse_args()
    torch.set_num_threads(1)
    language = Language()
    lines = (line for file in options.files for line in file.read_text(encoding="utf8").splitlines())
    found = [one for line in lines for one in lone(json.loads(line), language)]
    cross_validate(found, options.folds)
    head = (
        "# Weights of what stands beside a single capitalized word, for its being a person's name.\n"
        "# Source: training/lone_names.py. Date: 2026-11.\n"
    )
    LIST.write_text(head + "".join(f"{name}\t{x:g}\n" for name, x in sorted(fit(found).items())), encoding="utf8")


if __name__ == "__main__":
    main()
