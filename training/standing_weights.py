"""Fit the weights that tell whether an article reports words as said by their speaker.

    python training/standing_weights.py CORPORA            # cross-validated figures, then fits and writes the weights
    python training/standing_weights.py CORPORA --folds 0  # writes them alone

Reads `standing_passages.jsonl` here (passages that we wrote, each with words, who is asked for and what a careful reader
answers), the cases in tests/cases/standings.json, by which the rules were written, and the attributions of CORPORA/news/
train.jsonl and polnear/train.jsonl, for what ordinary reports look like. Writes quotebank/bank/lists/weights/
standing_weights.txt: weights of tokens and classes, none of the texts.

A softmax regression with an L2 penalty. A place of words is what `check` judges of a passage, in the claims that either
network finds and, in the cases, in those that are given; the readings of a passage share its weight. What the rules say
counts as a feature only where the rules were not written by the passage, else they would be believed too much. Folds
keep together what was written together.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unittest import mock

import attrs
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from quotebank import Article, Claim, ClaimBank, Extractor, Span, Speaker
from quotebank.bank import article_passages, checking
from quotebank.bank import standing as standing_of
from quotebank.bank.result_records import Standing
from quotebank.bank.standing_features import features

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tests.bank.test_standing import claims_of  # noqa: E402 - beside the package, not in it
from training.minimizing import minimized  # noqa: E402

OUT = ROOT / "quotebank" / "bank" / "lists" / "weights" / "standing_weights.txt"
PASSAGES = Path(__file__).parent / "standing_passages.jsonl"
CASES = ROOT / "tests" / "cases" / "standings.json"
LABELS = ("stated", "second hand", "not")
COUNTS = {"passages": 1.0, "cases": 1.0, "news": 0.3, "polnear": 0.1}  # how much a place counts
STRANGE = ("passages", "news")  # by which no rule was written
PENALTY = 3.0
POLNEAR = 4_000  # of its attributions, which are many and alike
LEAST = 2  # places that have a feature
SMALLEST = 0.04  # weight that is written
STEPS = 300
PART, HALF = 5, 0.5  # words at least of a part of a quotation, and of how many a part is asked for
WORD = re.compile(r"[\w’']+")
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
HEAD = """\
# Weights of the features of `standing_features` in the softmax regression that tells how words stand in their article: for
# stated, then for told at second hand; for neither they are 0. Source: training/standing_weights.py, over {count} places
# of words in passages of our own, news and PolNeAR train; stems and classes alone. 2026-11.
"""


@attrs.frozen
class Place:
    """Words where they stand: their features, how a reader says they stand, and what the rules say."""

    features: frozenset[str]
    label: str
    rule: str
    origin: str
    group: str
    count: float
    row: int = -1
    direct: bool = False


def label_of(row: dict, same: bool | None, rule: Standing, claim: Claim) -> str:
    """What a place of the words asked for is, by the verdict on them; "" where that does not tell."""
    verdict = row["verdict"]
    hers = same is True or not (claim.cue or claim.source or claim.speaker)
    if hers:
        told = {"said": "stated", "paraphrase": "stated", "second hand": "second hand", "not stated": "not"}
        if verdict == "altered":
            return "" if rule.lost else "not"
        if verdict == "misattributed":
            return "not" if same else ""
        return told.get(verdict, "")
    return "stated" if same is False and verdict == "misattributed" and claim.speaker is not None else ""


def places_of(row: dict, claims: Sequence[Claim], article: Article) -> Iterator[tuple[frozenset[str], Standing, str]]:
    """The places that a check of a row's words judges: features, what the rules say, and what they are."""
    seen: list[tuple[frozenset[str], Standing]] = []
    found: dict[tuple[str, tuple[Span, ...]], tuple[frozenset[str], Standing, str]] = {}

    def recorded(rule: Standing, some: Iterable[str]) -> Standing:
        seen.append((frozenset(some), rule))
        return rule

    before, bare = checking._proving, article_passages.standing

    def proving(*args: object) -> object:
        proof = before(*args)
        if seen:
            some, rule = seen.pop()
            claim = proof.appearance.claim
            found[claim.id, proof.spans] = (some, rule, label_of(row, proof.same_speaker, rule, claim))
        return proof

    def passage(text: str, claim: Claim, spans: Sequence[Span]) -> Standing:
        rule = bare(text, claim, spans)
        if seen:
            some, rule = seen.pop()
            found[claim.id, tuple(spans)] = (some, rule, label_of(row, None, rule, claim))
        return rule

    with (
        mock.patch.object(standing_of, "_is_weighed", return_value=True),
        mock.patch.object(standing_of, "LIKELY_PART", 2.0),  # each by itself
        mock.patch.object(standing_of, "revised", recorded),
        mock.patch.object(checking, "_proving", proving),
        mock.patch.object(article_passages, "standing", passage),
        ClaimBank(":memory:") as bank,
    ):
        bank.add(article, claims)
        bank.check(row["quotation"], row["speaker"])
    yield from found.values()


def own_places(path: Path, origin: str, extractors: Sequence[Extractor], together: int) -> list[Place]:
    """The places of passages of our own; `together` of them in a row were written together."""
    text = path.read_text(encoding="utf8")
    rows = json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.splitlines()]
    out: list[Place] = []
    for n, row in enumerate(rows):
        article = Article(text=row["text"], id="a", publisher="The Herald", published="2026-11-22")
        readings = [list(extractor.extract(article)) for extractor in extractors]
        if "claims" in row:
            readings.append(claims_of(article, row["claims"]))
        for claims in readings:
            for some, rule, label in places_of(row, claims, article):
                if label:
                    count = COUNTS[origin] / len(readings)
                    out.append(Place(some, label, rule.stance, origin, f"{origin} {n // together}", count, n))
    return out


def corpus_places(path: Path, origin: str) -> list[Place]:
    """The places of the outermost attributions of a corpus: of the news readers' acts, or where the rules are sure."""
    out = []
    rng = random.Random(1)
    for document in map(json.loads, path.read_text(encoding="utf8").splitlines()):
        article = Article(text=document["text"], id=document["id"])
        told = document["attributions"]
        for one in told:
            around = any(
                o is not one and any(s <= one["content"][0][0] and one["content"][-1][1] <= e for s, e in o["content"])
                for o in told
            )
            label = {"denial": "not", "refusal": "not", "question": "not"}.get(one.get("force", ""), "stated")
            if around or not one["cue"] or one.get("act", "speech") != "speech":
                continue
            claim = _claim(article, one)
            frame, rule = standing_of.by_rules(article.text, claim, asked(article.text, claim, rng))
            if rule.lost or not len(frame.words) or (origin == "polnear" and rule.stance != "stated"):
                continue
            some = frozenset(features(frame, claim, None, None, rule))
            direct = claim.kind == "direct"
            out.append(Place(some, label, rule.stance, origin, f"{origin} {article.id}", COUNTS[origin], -1, direct))
    return out


def asked(text: str, claim: Claim, rng: random.Random) -> list[Span]:
    """The words of a claim that somebody would ask for: what is quoted of it, or a part, else all but a "that" before it."""
    first = claim.content[0]
    words = list(WORD.finditer(first.slice(text)))
    if claim.kind == "direct" and len(claim.content) == 1 and len(words) >= 2 * PART and rng.random() < HALF:
        begin = rng.randrange(len(words) - PART)
        end = rng.randrange(begin + PART, len(words))
        return [Span(first.start + words[begin].start(), first.start + words[end].end())]
    if claim.kind == "mixed":
        for span in claim.content:
            found = QUOTED.search(span.slice(text))
            if found:
                return [Span(span.start + found.start(1), span.start + found.end(1))]
    if claim.kind == "indirect" and first.slice(text).startswith("that "):
        return [Span(first.start + len("that "), first.end), *claim.content[1:]]
    return list(claim.content)


def _claim(article: Article, one: dict) -> Claim:
    roles = {role: [Span(s, e) for s, e in one[role]] for role in ("content", "cue", "source")}
    name = one.get("speaker") or " ".join(span.slice(article.text) for span in roles["source"])
    speaker = Speaker(name=name, type="person") if name else None
    return Claim.build(article, **roles, speaker=speaker, act="speech", force=one.get("force") or None)


def shown(place: Place, *, at_work: bool) -> set[str]:
    """The features that a place is learned from, or asked with."""
    if at_work:
        return set(place.features)
    if place.origin in STRANGE:
        return {*place.features, *([f"origin {place.origin}"] if place.origin != "passages" else [])}
    return {f for f in place.features if not f.startswith("rule ")} | {f"origin {place.origin}"}


class Regression:
    """Weights of features for each label but the last."""

    def __init__(self, places: Sequence[Place], penalty: float) -> None:
        some = [shown(place, at_work=False) for place in places]
        counted = Counter(f for features in some for f in features)
        self.names = {
            name: k for k, name in enumerate(sorted(n for n, c in counted.items() if c >= LEAST and "#" not in n))
        }
        x = self.matrix(some)
        y = torch.tensor([LABELS.index(place.label) for place in places])
        count = torch.tensor([place.count for place in places], dtype=torch.float64)
        free = len(LABELS) - 1

        def loss(flat: Tensor) -> Tensor:
            weights = flat.view(-1, free)
            scores = torch.sparse.mm(x, weights[:-1]) + weights[-1]
            scores = torch.cat([scores, torch.zeros(len(places), 1, dtype=torch.float64)], 1)
            nll = torch.nn.functional.cross_entropy(scores, y, reduction="none")
            return (count * nll).sum() + penalty / 2 * (weights[:-1] ** 2).sum()

        start = torch.zeros((len(self.names) + 1) * free, dtype=torch.float64)
        self.weights = minimized(loss, start, steps=STEPS).view(-1, free)

    def matrix(self, some: Sequence[Iterable[str]]) -> Tensor:
        """Features as a sparse matrix of 0 and 1."""
        at = [(r, self.names[f]) for r, features in enumerate(some) for f in sorted(features) if f in self.names]
        indices = torch.tensor(at, dtype=torch.long).T
        ones = torch.ones(len(at), dtype=torch.float64)
        return torch.sparse_coo_tensor(indices, ones, (len(some), len(self.names))).coalesce()

    def chances(self, places: Sequence[Place]) -> npt.NDArray[np.float64]:
        """The chance of each label of each place."""
        scores = torch.sparse.mm(self.matrix([shown(p, at_work=True) for p in places]), self.weights[:-1])
        scores = torch.cat([scores + self.weights[-1], torch.zeros(len(places), 1, dtype=torch.float64)], 1)
        return scores.softmax(1).numpy()


def cross_validated(places: Sequence[Place], folds: int, penalty: float) -> None:
    """How often words that were said, or were not, come out as which, on passages and documents that were left out."""
    groups = sorted({p.group for p in places})
    random.Random(1).shuffle(groups)
    fold = {group: k % folds for k, group in enumerate(groups)}
    chances = np.zeros((len(places), len(LABELS)))
    for k in range(folds):
        out = [i for i, p in enumerate(places) if fold[p.group] == k]
        fitted = Regression([p for p in places if fold[p.group] != k], penalty)
        chances[out] = fitted.chances([places[i] for i in out])
    stated = chances[:, 0]
    for origin in COUNTS:
        chosen = [i for i, p in enumerate(places) if p.origin == origin]
        if origin in STRANGE and chosen:
            report(origin, [places[i] for i in chosen], stated[chosen])
    direct = [i for i, p in enumerate(places) if p.origin == "news" and p.direct]
    report("direct news", [places[i] for i in direct], stated[direct])


def report(name: str, places: Sequence[Place], stated: npt.NDArray[np.float64]) -> None:
    gold = np.array([p.label == "stated" for p in places])
    rule = np.array([p.rule == "stated" for p in places])
    right = ((stated >= 0.5) == gold).mean()
    rules = (rule == gold).mean()
    print(f"{name}: {len(places)} places, {gold.sum()} stated; right at 0.5 {right:.3f}; the rules {rules:.3f}")
    print(f"  rules call stated: {(rule & gold).sum()} that were, {(rule & ~gold).sum()} that were not")
    for least in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        both, alone = rule & (stated >= least), ~rule & (stated >= least)
        print(
            f"  at {least}: both {(both & gold).sum()} and {(both & ~gold).sum()}; "
            f"these weights alone {(alone & gold).sum()} and {(alone & ~gold).sum()}"
        )
    for most in (0.05, 0.1, 0.15, 0.2, 0.3):
        low = stated <= most
        print(f"  under {most}: {(low & ~gold).sum()} that were not, {(low & gold).sum()} that were")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--penalty", type=float, default=PENALTY)
    args = parser.parse_args()
    torch.set_num_threads(1)

    extractors = [Extractor(), Extractor(model="accurate")]
    places = own_places(PASSAGES, "passages", extractors, together=50)
    places += own_places(CASES, "cases", extractors, together=20)
    places += corpus_places(args.corpora / "news" / "train.jsonl", "news")
    polnear = corpus_places(args.corpora / "polnear" / "train.jsonl", "polnear")
    places += random.Random(1).sample(polnear, min(POLNEAR, len(polnear)))
    print(Counter((p.origin, p.label) for p in places))
    if args.folds:
        cross_validated(places, args.folds, args.penalty)
    fitted = Regression(places, args.penalty)
    rows = [*fitted.names.items(), ("intercept", len(fitted.names))]
    kept = [
        (name, fitted.weights[k].tolist())
        for name, k in rows
        if not name.startswith("origin ") and (name == "intercept" or fitted.weights[k].abs().max() >= SMALLEST)
    ]
    OUT.parent.mkdir(exist_ok=True)
    lines = "".join(f"{name}\t{a:.2f}\t{b:.2f}\n" for name, (a, b) in kept)
    OUT.write_text(HEAD.format(count=len(places)) + lines, encoding="utf8")


if __name__ == "__main__":
    main()
