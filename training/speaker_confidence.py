"""Fit how likely a speaker is right, by the way that led to it, on articles that the weights have not seen.

    python -m training.speaker_confidence CORPORA [--labelled MORE.jsonl] [--folds 5]

Reads CORPORA/news/train.jsonl and CORPORA/polnear/dev_speakers.jsonl (attributions with `speaker` and `type`), and more
articles of the same format where there are some. In each fold the weights of `antecedents.py` are fitted on the other articles, and the speakers of the fold's sources are given
with the way that led to them and its raw probability. Prints how often each way is right, what a least confidence would
lose and spare, and writes quotebank/speakers/lists/coreference/speaker_confidence.txt. Some ten minutes of one core.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import torch

from quotebank.attribution import Language
from quotebank.speakers import confidence, ranking, speaker_resolution
from quotebank.text import tokenize, words_of

sys.path.insert(0, str(Path(__file__).parent))
from training import antecedents as weights
from training.minimizing import arguments, minimized

FILES = ("news/train.jsonl", "polnear/dev_speakers.jsonl")
LIST = weights.LISTS / "speaker_confidence.txt"
PULL = 1.0  # of constant and slope to 0 and 1, in claims
CONSTANT = frozenset({"name", "new", "definite", "phrase"})  # ways whose probability is always the same


@attrs.frozen
class Given:
    """A speaker as given: by which way, how probable, and whether it is the right one."""

    way: str
    probability: float
    right: bool


class Ways:
    """Takes down the last way and probability that a speaker was given by; none is let down for want of confidence."""

    def __init__(self) -> None:
        self.last: tuple[str, float] | None = None

    def __call__(self, way: str, probability: float) -> float:
        """As `confidence.calibrated`."""
        if way:
            self.last = (way, probability)
        return 1.0


def documents(files: Sequence[Path]) -> list[Mapping[str, Any]]:
    """The articles whose speakers are known."""
    lines = (line for file in files for line in file.read_text(encoding="utf8").splitlines())
    return [json.loads(line) for line in lines]


def claims(document: Mapping[str, Any]) -> tuple[list[Any], list[Mapping[str, Any]]]:
    """The attributions of an article as a reader made them, with their rows."""
    rows = sorted((a for a in document["attributions"] if a["content"]), key=lambda a: a["content"])
    made = [weights.attribution(*(weights.spans(a[part]) for part in ("source", "cue", "content"))) for a in rows]
    return made, rows


def given(document: Mapping[str, Any], language: Language) -> Iterator[Given]:
    """Every speaker of an article's claims that was weighed or read in one of the known ways."""
    made, rows = claims(document)
    tokens = tokenize(document["text"])
    ways = Ways()
    speaker_resolution.calibrated = ways  # type: ignore[assignment]
    reading = language.tagger.read(tokens)
    resolver = speaker_resolution.Resolver(tokens, words_of(tokens), made, language, reading)
    for found, row in zip(made, rows, strict=True):
        if not (found.source and row.get("speaker")) or row.get("type") in ("none", "author") or row.get("doubt"):
            continue
        ways.last = None
        speaker = resolver._speaker(found)
        same = weights.same_person if (row.get("type") or "person") == "person" else weights.same_phrase
        if ways.last is not None:
            yield Given(*ways.last, same(row["speaker"], speaker.name))


def left_out(corpora: Path, labelled: Sequence[Path], language: Language, folds: int) -> list[Given]:
    """The speakers of all articles, each by weights that were fitted on the others."""
    articles = documents([*(corpora / name for name in FILES), *labelled])
    choices: list[tuple[str, weights.Choice]] = []
    for document in articles:
        choices += weights.of_text("news", document["text"], *claims(document), language)
    choices += [*weights.of_cases(language), *weights.of_gap(corpora, language)]
    texts = sorted(document["text"] for document in articles)
    random.Random(0).shuffle(texts)
    shipped = ranking.weights
    out: list[Given] = []
    for fold in range(folds):
        held = set(texts[fold::folds])
        fitted = {
            name: weights.fit([c for n, c in choices if n == name and c.text not in held], name)
            for name in (weights.PEOPLE, weights.BODIES)
        }
        ranking.weights = lambda name, fitted=fitted: fitted.get(name) or shipped(name)  # type: ignore[assignment]
        for document in articles:
            if document["text"] in held:
                out += given(document, language)
    return out


def fit(found: Sequence[Given], *, sloped: bool) -> tuple[float, float]:
    """Constant and slope under which the right ones are likeliest; the slope is 0 where it is not asked for."""
    odds = torch.tensor([confidence.log_odds(g.probability) for g in found])
    right = torch.tensor([float(g.right) for g in found])

    def loss(both: torch.Tensor) -> torch.Tensor:
        logits = both[0] + both[1] * odds if sloped else both[0].expand(len(odds))
        total = torch.nn.functional.binary_cross_entropy_with_logits(logits, right, reduction="sum")
        return total + PULL / 2 * (both[0] ** 2 + (both[1] - 1) ** 2 * sloped)

    both = minimized(loss, torch.tensor([0.0, 1.0 if sloped else 0.0]), steps=60)
    return round(float(both[0]), 3), round(float(both[1]), 3)


def main() -> None:
    """Fit all ways, print what they are worth, write the list."""
    options = arguments(__doc__, folds=5)
    torch.set_num_threads(1)
    report(left_out(options.corpora, options.labelled, Language(), options.folds))


def report(found: Sequence[Given]) -> None:
    """Fit, print and write."""
    by_way: dict[str, list[Given]] = defaultdict(list)
    for g in found:
        by_way[g.way].append(g)
    fitted = {way: fit(some, sloped=way not in CONSTANT) for way, some in by_way.items()}
    head = (
        "# Constant and slope of how likely a speaker is right, by the way that led to it, a line each.\n"
        "# Source: training/speaker_confidence.py. Date: 2026-11.\n"
    )
    lines = (f"{way}\t{constant:g} {slope:g}\n" for way, (constant, slope) in sorted(fitted.items()))
    LIST.write_text(head + "".join(lines), encoding="utf8")
    scored = []
    for way, some in sorted(by_way.items()):
        constant, slope = fitted[way]
        print(f"{way:10} {sum(g.right for g in some) / len(some):.3f} of {len(some):4}   {constant:g} {slope:g}")
        for g in some:
            odds = constant + slope * confidence.log_odds(g.probability)
            scored.append((float(torch.sigmoid(torch.tensor(odds))), g.right, way))
    weighed = [(p, right) for p, right, way in scored if way not in CONSTANT]
    for least in (0.3, 0.4, 0.5, 0.6):
        below = [right for p, right in weighed if p < least]
        print(f"below {least}: {sum(below)} right, {len(below) - sum(below)} wrong of {len(weighed)}")


if __name__ == "__main__":
    main()
