"""Fit the weights that tell whether an article reports words as said by who is asked for.

    python training/standing_weights.py CORPORA            # cross-validated figures, then fits and writes the weights
    python training/standing_weights.py CORPORA --folds 0  # writes them alone
    python training/standing_weights.py CORPORA --labelled MORE.jsonl …  # with more articles in the format of news/train

Reads `standing_passages.jsonl` here (passages that we wrote, each with words, who is asked for and what a careful reader
answers), the cases in tests/cases/standings.json, by which the rules were written, the attributions of CORPORA/news/
train.jsonl and polnear/train.jsonl, for what ordinary reports look like, and plain quotations that the extractor finds in
news/raw.jsonl.gz, for how sure it is of those and of who speaks. Writes quotebank/bank/lists/weights/
standing_weights.txt: weights of tokens and classes, none of the texts.

A softmax regression with an L2 penalty, of the verdict on words at a place. A place is what `check` judges of a passage,
in the claims that either network finds and, in the cases, in those that are given; the readings of a passage share its
weight. Quotations of the news are asked for of everybody else who is named near them, too. What the rules say counts as
a feature only where the rules were not written by the passage, else they would be believed too much. Folds keep together
what was written together.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
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
from quotebank.bank.learned_standing import Chances
from quotebank.bank.standing_features import features
from quotebank.comparing import same_speaker

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tests.bank.test_standing import claims_of  # noqa: E402 - beside the package, not in it
from training.minimizing import minimized  # noqa: E402

OUT = ROOT / "quotebank" / "bank" / "lists" / "weights" / "standing_weights.txt"
PASSAGES = Path(__file__).parent / "standing_passages.jsonl"
CASES = ROOT / "tests" / "cases" / "standings.json"
LABELS = ("said", "second hand", "misattributed", "altered", "not stated")  # the last has no weights of its own
COUNTS = {
    "passages": 1.0,
    "cases": 1.0,
    "news": 0.12,
    "news of others": 0.04,
    "polnear": 0.15,
    "found": 0.3,
}  # of a place
STRANGE = ("passages", "news", "news of others")  # by which no rule was written
PENALTY = 3.0
POLNEAR = 2_500  # of its attributions, which are many and alike
LEAST = 3  # places that have a feature
SMALLEST = 0.06  # weight that is written
STEPS = 200
EVERY, READ = 18, 6_000  # of so many articles one is read, and how many code points of it
PART, HALF = 5, 0.5  # words at least of a part of a quotation, and of how many a part is asked for
WORD = re.compile(r"[\w’']+")
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
HEAD = """\
# Weights of the features of `standing_features` in the softmax regression that tells how words stand in their article: for
# said, second hand, misattributed and altered; for not stated they are 0. Source: training/standing_weights.py, over
# {count} places of words in passages of our own, news and PolNeAR train, and raw news; stems and classes alone. 2026-11.
"""


@attrs.frozen
class Place:
    """Words where they stand: their features, the verdict of a reader, and what the rules say."""

    features: frozenset[str]
    label: str
    rule: str
    origin: str
    group: str
    direct: bool = False
    count: float = 1.0


class Watch:
    """What `standing` asks of a place while it is patched: features and rules, of which nothing is decided."""

    def __init__(self) -> None:
        self.seen: list[tuple[frozenset[str], str]] = []

    def features(self, frame: object, claim: object, around: object, rule: object, whom: object) -> set[str]:
        """As `standing_features.features`, remembered."""
        found = features(frame, claim, around, rule, whom)
        self.seen.append((frozenset(found), "cut" if rule.lost and rule.stance == "stated" else rule.stance))
        return found

    def around(self, asking: Callable[[], object]) -> object:
        """What a call gives while places are looked at alone."""
        with (
            mock.patch.object(standing_of, "_is_weighed", return_value=True),
            mock.patch.object(standing_of, "chances", return_value=Chances(0.0, 0.0, 0.0, 0.0)),
            mock.patch.object(standing_of, "revised", lambda rule, _, same, **__: (rule, same)),
            mock.patch.object(standing_of, "features", self.features),
        ):
            return asking()


def places_of(row: dict, claims: Sequence[Claim], article: Article) -> Iterator[tuple[frozenset[str], str, str]]:
    """The places that a check of a row's words judges: features, what the rules say, and what they are."""
    watch = Watch()
    found: dict[tuple[str, tuple[Span, ...]], tuple[frozenset[str], str, str]] = {}
    before, bare = checking._proving, article_passages.standing
    verdict = {"paraphrase": "said", "unclear": "not stated"}.get(row["verdict"], row["verdict"])

    def proving(*args: object) -> object:
        watch.seen.clear()
        proof = before(*args)
        if watch.seen and (proof.same_speaker or proof.named):
            label = "said" if proof.match == "altered" == verdict else verdict
            found[proof.appearance.claim.id, proof.spans] = (*watch.seen[0], label)
        return proof

    def passage(text: str, claim: Claim, spans: Sequence[Span], **asked: object) -> object:
        watch.seen.clear()
        place = bare(text, claim, spans, **asked)
        if watch.seen and place.named:
            found[claim.id, tuple(spans)] = (*watch.seen[0], verdict)
        return place

    with (
        mock.patch.object(checking, "_proving", proving),
        mock.patch.object(article_passages, "standing", passage),
        ClaimBank(":memory:") as bank,
    ):
        bank.add(article, claims)
        watch.around(lambda: bank.check(row["quotation"], row["speaker"]))
    if verdict in LABELS:
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
                group = f"{origin} {n // together}"
                out.append(Place(some, label, rule, origin, group, count=COUNTS[origin] / len(readings)))
    return out


def corpus_places(path: Path, origin: str) -> list[Place]:
    """The places of the outermost attributions of a corpus: of the news readers' acts, or where the rules are sure."""
    out: list[Place] = []
    rng = random.Random(1)
    for document in map(json.loads, path.read_text(encoding="utf8").splitlines()):
        article = Article(text=document["text"], id=document["id"])
        told = document["attributions"]
        named = sorted({o["speaker"] for o in told if o.get("speaker", "")[:1].isupper() and " " in o["speaker"]})
        for one in told:
            around = any(
                o is not one and any(s <= one["content"][0][0] and one["content"][-1][1] <= e for s, e in o["content"])
                for o in told
            )
            said = one.get("force") not in ("denial", "refusal", "question")
            if around or not one["cue"] or one.get("act", "speech") != "speech":
                continue
            claim = _claim(article, one)
            spans = asked(article.text, claim, rng)
            group = f"{origin} {article.id}"
            for features_, rule in _place(article.text, claim, spans, None):
                if rule == "cut" or (origin == "polnear" and rule != "stated"):
                    break
                label, direct = "said" if said else "not stated", claim.kind == "direct"
                out.append(Place(features_, label, rule, origin, group, direct, COUNTS[origin]))
            else:
                for name in named if origin == "news" and said and claim.speaker is not None else ():
                    for features_, rule in _place(article.text, claim, spans, name):
                        other = "news of others"
                        out.append(Place(features_, "misattributed", rule, other, group, count=COUNTS[other]))
    return out


def found_places(path: Path, extractor: Extractor) -> list[Place]:
    """The places of quotations that an extractor gives to persons, and that no rule and no force tells otherwise of.

    They are as good as all said so; what they add are its confidences, which readers' attributions do not have.
    """
    out: list[Place] = []
    rng = random.Random(1)
    with gzip.open(path, "rt", encoding="utf8") as rows:
        for row in islice(rows, EVERY // 2, None, EVERY):
            document = json.loads(row)
            article = Article(text=document["text"][:READ], id=str(document["id"]))
            for claim in extractor.extract(article):
                plain = (
                    claim.kind == "direct" and claim.force == "statement" and not (claim.negated or claim.conditional)
                )
                speaker = claim.speaker
                if not plain or not claim.cue or claim.within or speaker is None or speaker.type != "person":
                    continue
                for some, rule in _place(article.text, claim, asked(article.text, claim, rng), None):
                    if rule in ("stated", "unclear"):
                        out.append(Place(some, "said", rule, "found", f"found {article.id}", True, COUNTS["found"]))
    return out


def _place(text: str, claim: Claim, spans: Sequence[Span], name: str | None) -> list[tuple[frozenset[str], str]]:
    """The place of a claim's words, asked for of its speaker or of somebody else; none where those are not named near."""
    watch = Watch()
    same = None if name is None else same_speaker(Speaker(name=name), claim.speaker)
    if same == "same":
        return []
    told = {"asked": name, "same": False if same == "different" else None}
    place = watch.around(lambda: standing_of.standing(text, claim, spans, **told))
    return watch.seen if name is None or place.named else []


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
    if at_work or place.origin == "found":
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
    for origin in STRANGE:
        chosen = [i for i, p in enumerate(places) if p.origin == origin]
        report(origin, [places[i] for i in chosen], chances[chosen])
    direct = [i for i, p in enumerate(places) if p.origin == "news" and p.direct]
    report("direct news", [places[i] for i in direct], chances[direct])


def report(name: str, places: Sequence[Place], chances: npt.NDArray[np.float64]) -> None:
    """How many words of some places that were said, and that were not, have which chance at least."""
    gold = np.array([p.label == "said" for p in places])
    said = chances[:, 0]
    right = (chances.argmax(1) == [LABELS.index(p.label) for p in places]).mean()
    print(f"{name}: {len(places)} places, {gold.sum()} said; right at 0.5 {((said >= 0.5) == gold).mean():.3f}")
    print(f"  verdict right {right:.3f}")
    for least in (0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9):
        print(f"  at {least}: {(gold & (said >= least)).sum()} said and {(~gold & (said >= least)).sum()} not")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--labelled", type=Path, nargs="*", default=[])
    parser.add_argument("--penalty", type=float, default=PENALTY)
    args = parser.parse_args()
    torch.set_num_threads(1)

    extractors = [Extractor(), Extractor(model="accurate")]
    places = own_places(PASSAGES, "passages", extractors, together=50)
    places += own_places(CASES, "cases", extractors, together=20)
    for path in (args.corpora / "news" / "train.jsonl", *args.labelled):
        places += corpus_places(path, "news")
    polnear = corpus_places(args.corpora / "polnear" / "train.jsonl", "polnear")
    places += random.Random(1).sample(polnear, min(POLNEAR, len(polnear)))
    places += found_places(args.corpora / "news" / "raw.jsonl.gz", extractors[0])
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
    lines = "".join("\t".join((name, *(f"{one:.2f}" for one in some))) + "\n" for name, some in kept)
    OUT.write_text(HEAD.format(count=len(places)) + lines, encoding="utf8")


if __name__ == "__main__":
    main()
