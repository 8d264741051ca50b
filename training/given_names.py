"""Fit the weights that tell a woman's given name from a man's by its letters.

    python -m training.given_names  # writes quotebank/speakers/lists/names/given_name_weights.txt

Reads the given names in Latin letters of Faker's locales (MIT licence; `pip install quotebank[training]`), a name as
often as locales have it, and our own lists. No name goes into the package, only how much each run of letters tells.
Prints how often names left out are told right. Half a minute of one core.
"""

from __future__ import annotations

import pkgutil
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib import import_module
from math import log1p
from pathlib import Path

import torch
from faker.providers import person
from torch import Tensor, nn

from quotebank.speakers import given_names
from quotebank.speakers.given_names import log_odds, runs_of_letters
from quotebank.text import unaccented, words
from training.minimizing import minimized

LIST = Path(given_names.__file__).parent / "lists" / "names" / "given_name_weights.txt"
SEXES = ("female", "male")
PULL = 0.15  # of the weights to zero
LEAST = 3  # names that have a run
SMALLEST = 0.15  # weight that is kept
HELD = 2000  # names left out to see how good it is
STEPS = 80


def is_latin(name: str) -> bool:
    """Whether a name is one word of Latin letters."""
    letters = name.replace("-", "").replace("'", "").replace("’", "")
    return len(letters) > 1 and letters.isalpha() and all("LATIN" in unicodedata.name(c, "") for c in letters)


def listed() -> Iterator[tuple[str, str]]:
    """The names of women and of men, a name once for each locale that has it."""
    for locale in pkgutil.iter_modules(person.__path__):
        provider = import_module(f"{person.__name__}.{locale.name}").Provider
        for sex in SEXES:
            names = getattr(provider, f"first_names_{sex}", None)
            if names and names is not getattr(person.Provider, f"first_names_{sex}", None):
                yield from ((name, sex) for name in set(names))
        for sex in SEXES:  # Japanese: characters, their sound, and this in Latin letters
            yield from ((name[-1], sex) for name in getattr(provider, f"first_name_{sex}_pairs", ()))
    yield from ((name, sex) for sex in SEXES for name in words(f"text/first_names_{sex}"))


def shares() -> list[tuple[str, float, float]]:
    """Every name, the share of it that is women's, and what it counts."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, sex in listed():
        if is_latin(name.strip()):
            counts[unaccented(name.strip())][sex] += 1
    return [(name, n["female"] / n.total(), log1p(n.total())) for name, n in sorted(counts.items())]


def fit(names: Sequence[tuple[str, float, float]]) -> dict[str, float]:
    """The weight of every run of letters that tells something, and of what is always there."""
    often = Counter(run for name, _, _ in names for run in runs_of_letters(name))
    index = {run: k for k, run in enumerate(sorted(run for run, n in often.items() if n >= LEAST), start=1)}
    of_each = [[0, *sorted(index[run] for run in runs_of_letters(name) if run in index)] for name, _, _ in names]
    offsets = torch.tensor([0, *map(len, of_each)]).cumsum(0)[:-1]
    flat = torch.tensor([k for runs in of_each for k in runs])
    share, counts = (torch.tensor([row[k] for row in names]) for k in (1, 2))
    held = torch.ones(len(index) + 1)
    held[0] = 0.0  # what is always there is drawn nowhere

    def loss(weights: Tensor) -> Tensor:
        scores = nn.functional.embedding_bag(flat, weights[:, None], offsets, mode="sum").squeeze(1)
        wrong = nn.functional.binary_cross_entropy_with_logits(scores, share, reduction="none")
        return (wrong * counts).sum() + PULL * (held * weights**2).sum()

    found = minimized(loss, torch.zeros(len(index) + 1), steps=STEPS).tolist()
    return {"always": found[0]} | {run: found[k] for run, k in index.items() if abs(found[k]) >= SMALLEST}


def main() -> None:
    """Fit the weights, say how good they are on names left out, and write those of all names."""
    torch.set_num_threads(1)
    names = shares()
    mixed = random.Random(0).sample(names, len(names))
    part = fit(mixed[HELD:])
    told = [(name, share > 0.5) for name, share, _ in mixed[:HELD] if share != 0.5]
    odds = [log_odds(name, part) for name, _ in told]
    right = [(x > 0) == woman for x, (_, woman) in zip(odds, told, strict=True)]
    sure = [ok for x, ok in zip(odds, right, strict=True) if abs(x) > 2]
    print(f"{len(names)} names; of {len(told)} left out {sum(right) / len(right):.3f} right,")
    print(f"{sum(sure) / len(sure):.3f} of the {len(sure)} that are seven times as likely one as the other")
    fitted = fit(names)
    head = "# How much a run of letters of a given name tells for a woman's and against a man's: log odds.\n"
    lines = "".join(f"{run}\t{fitted[run]:.2f}\n" for run in sorted(fitted))
    LIST.write_text(f"{head}# Source: training/given_names.py. Date: 2026-11.\n{lines}", encoding="utf8")


if __name__ == "__main__":
    main()
