"""Fit the weights that tell whom a pronoun, a description, "it" or "the company" stands for.

    python training/antecedents.py CORPORA            # fits both lists, writes them into the package
    python training/antecedents.py CORPORA --folds 8  # how often the choice is right on articles left out
    python training/antecedents.py CORPORA --labelled MORE.jsonl --apart APART.jsonl  # with more articles of the same format

Reads CORPORA/news/train.jsonl (attributions with `speaker` and `type`, the source as it stands), antecedent_labels.jsonl
(phrases of CORPORA/news/raw.jsonl.gz and whom they stand for, as readers said), CORPORA/coreference/gap_*.tsv (GAP,
Webster and others 2018: a pronoun and two names), two_candidates.jsonl (320 texts that we wrote, in which two may be
meant, with the network's attributions), written/*.txt (articles that we wrote) and the cases in tests/cases/speakers.json.
Writes `antecedent_weights.txt` and `body_weights.txt` in quotebank/speakers/lists/coreference. A conditional logit model:
of the candidates and of nobody the right ones share the probability; weights are drawn to a few given ones and else to zero.
What the network says is one of the features, and it is too good to be true where it has learned the answer (`links.py`). So
some texts are kept from that: APART.jsonl and the files of `APART`, which count more here. The candidates of
later mentions hang on earlier choices, so all is fitted again on what the first fit chose. Shipped is the mean of the last fit
and of the one before it, and the bodies' weights are those of the one before (RESULTS.md). Takes a quarter
of an hour of one core; seeded, and nothing is left to chance but the folds.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import torch
from torch import Tensor

from quotebank import Span
from quotebank.attribution import Attribution, Language
from quotebank.speakers import ranking
from quotebank.speakers.antecedent_weighing import Anaphor, Discourse, Link
from quotebank.speakers.noun_phrases import bounds
from quotebank.speakers.organization_coreference import Bodies, Body
from quotebank.speakers.ranking import Ranked
from quotebank.speakers.source_phrases import source_core
from quotebank.speakers.speaker_resolution import Resolver
from quotebank.text import OWNS, Words, tokenize, words_of

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tests.made_texts import attributed, read_cases  # noqa: E402 - beside the package, not in it
from training.gold import read  # noqa: E402
from training.labels import digest, read_raw  # noqa: E402
from training.minimizing import arguments, minimized  # noqa: E402

LABELS = Path(__file__).parent / "antecedent_labels.jsonl"
APART = frozenset({"described", "contexts", "layouts", "broadcasters", "correspondents", "bystanders", "again"})
"""What we wrote of which no network learns for whom words stand, only who says what."""
TEXTS = sorted((Path(__file__).parent / "written").glob("*.txt"))
WRITTEN = (Path(__file__).parent / "two_candidates.jsonl", *(file for file in TEXTS if file.stem not in APART))
WRITTEN_APART = tuple(file for file in TEXTS if file.stem in APART)
LISTS = ROOT / "quotebank" / "speakers" / "lists" / "coreference"
PEOPLE, BODIES = "speakers/antecedent_weights", "speakers/body_weights"
STRENGTH = {PEOPLE: 4.0, BODIES: 4.0}  # of the pull to the given weights: half or twice as much is within the noise
GIVEN = {
    PEOPLE: {
        **{f"{kind} salience": 3.0 for kind in "sod"},
        **{f"{kind} gender other": -3.0 for kind in "sod"},
        "d match": 2.0,
        "d there by acronym": 3.0,
        "s spoke 0": 0.5,
        "s spoke 1": 0.5,
    },
    BODIES: {"kind called so": 2.0, "pair kind pair": 2.0},
}
NAMED_AGAIN = frozenset({"it", "they", "kind"})
"""Kinds of which phrases that readers marked are as in the news; of others, "the report" and "officials", those who
labelled news took more for speakers of their own."""
SHARE = {
    "marked": 0.5,
    "news": 1.0,
    "gap": 0.2,
    "case": 2.0,
    "written": 0.5,
    "apart": 1.0,
}  # what a choice of each kind of text counts
LEFT_OUT = ("marked", "news", "apart")  # kinds of text that are left out in turn to see how good the weights are
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sen",
        "rep",
        "gov",
        "president",
        "sir",
        "lord",
        "lady",
        "professor",
        "prof",
        "gen",
        "col",
        "judge",
        "jr",
        "sr",
        "ii",
        "iii",
    ]
)
EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "one",
        "some",
        "of",
        "and",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "who",
    ]
)
WORD = re.compile(r"\w+")


@attrs.frozen
class Asked:
    """A choice that the resolution of a text makes: at which words, among whom, where these are mentioned (words)."""

    weights: str
    first: int
    head: int
    kind: str
    candidates: list[Any]
    features: list[dict[str, float]]  # nobody's last, where it may be nobody
    mentions: list[list[int]]
    anaphor: Anaphor | None = None

    @property
    def nobody(self) -> bool:
        """Whether it may be nobody."""
        return len(self.features) > len(self.candidates)


@attrs.frozen
class Choice:
    """One mention of a text, in which kind of text (`SHARE`), and which of its candidates are right."""

    text: str
    source: str
    asked: Asked
    right: list[int]

    @property
    def share(self) -> float:
        """What it counts."""
        return SHARE[self.source]


@attrs.frozen
class Said:
    """A source with its speaker as a reader gave it."""

    first: int
    end: int
    phrase: str
    name: str
    type: str


class Recorder:
    """Takes down every choice that the resolution of a text makes, while it makes them."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._antecedent, self._meant = Discourse.antecedent, Bodies.meant

    def __enter__(self) -> Recorder:
        def antecedent(discourse: Discourse, anaphor: Anaphor) -> Link | None:
            found, none = discourse.choice(anaphor)
            persons, features = [p for p, _ in found], [*(f for _, f in found), none]
            mentions = discourse.mentions(anaphor.first, persons)
            kept = Asked(PEOPLE, anaphor.first, anaphor.head, anaphor.kind, persons, features, mentions, anaphor)
            self.asked.append(kept)
            return self._antecedent(discourse, anaphor)

        def meant(bodies: Bodies, first: int, end: int, content: Sequence[tuple[int, int]] = ()) -> Ranked[Body] | None:
            kind = bodies.asks(first, end)
            if kind is not None and all(a.first != first or a.weights != BODIES for a in self.asked):
                found, none = bodies.choice(first, end, kind, content)
                features = [f for _, f in found] + ([] if none is None else [none])
                mentions = [bodies.mentioned(body, first, kind, content) for body, _ in found]
                kept = Asked(BODIES, first, end - 1, kind, [b for b, _ in found], features, mentions)
                self.asked.append(kept)
            return self._meant(bodies, first, end, content)

        Discourse.antecedent, Bodies.meant = antecedent, meant  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        Discourse.antecedent, Bodies.meant = self._antecedent, self._meant  # type: ignore[method-assign]


def parts(name: str) -> list[str]:
    """The words of a name in lower case."""
    return WORD.findall(name.lower())


def same_person(a: str, b: str) -> bool:
    """Whether two names share the last name and nothing else in them differs."""
    one, two = ([w for w in parts(x) if w not in TITLES] for x in (a, b))
    if not one or not two or one[-1] != two[-1]:
        return False
    short, long = sorted((one[:-1], two[:-1]), key=len)
    rest = iter(long)
    return all(any(x == y or (min(len(x), len(y)) == 1 and x[0] == y[0]) for y in rest) for x in short)


def same_phrase(a: str, b: str) -> bool:
    """Whether one phrase has all words of the other, or half of all are in both."""
    one, two = ({w for w in parts(x) if w not in EMPTY} for x in (a, b))
    return bool(one and two) and (one <= two or two <= one or len(one & two) / len(one | two) >= 0.5)


def choices(kind: str, w: Words, said: Iterable[Said], record: Recorder) -> Iterator[tuple[str, Choice]]:
    """The choices at the sources of a text whose speakers are known, each with the list of weights it is for."""
    known = {s.first: s for s in said}
    for asked in record.asked:
        source = known.get(asked.first)
        if source is None:
            continue
        n = None if asked.anaphor is None else asked.anaphor.nominal
        if n is not None and w.low[n.end : n.end + 1] == [OWNS] and n.end < source.end:
            continue  # "the mayor's office"
        if asked.kind == "o" and source.end - source.first > 1:
            continue  # "her lawyer" speaks, not she
        nobody = [len(asked.candidates)]
        if asked.weights == BODIES:
            right = [k for k, b in enumerate(asked.candidates) if same_phrase(source.name, b.name)]
            if asked.nobody and (same_phrase(source.name, source.phrase) or not right):
                right += nobody
        elif source.type == "person":
            right = [k for k, p in enumerate(asked.candidates) if same_person(source.name, p.name)] or nobody
        else:
            anonymous = source.type == "anonymous"
            right = [k for k, p in enumerate(asked.candidates) if anonymous and _same(p, source.name, described=True)]
            right = right or nobody
        if right:
            yield asked.weights, Choice(w.text, kind, asked, right)


def of_news(files: Iterable[Path], language: Language, kind: str = "news") -> Iterator[tuple[str, Choice]]:
    """The choices in articles whose attributions have a speaker."""
    for document in (document for file in files for document in read(file)):
        rows = sorted((a for a in document["attributions"] if a["content"]), key=lambda a: a["content"])
        found = [attribution(*(spans(a[part]) for part in ("source", "cue", "content"))) for a in rows]
        yield from of_text(kind, document["text"], found, rows, language)


def of_marked(corpora: Path, language: Language) -> Iterator[tuple[str, Choice]]:
    """The choices at phrases of unlabelled news for which readers said whom they stand for (`antecedent_labels.jsonl`)."""
    texts = {digest(text): text for text in read_raw(corpora.parent)}
    for line in LABELS.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        text = texts[row["text"]]
        (document,) = language.read([text])
        tokens = document.quotebank_tokens
        w = words_of(tokens)
        marks = {(PEOPLE if m["person"] else BODIES, w.at(m["at"][0])): m["is"] for m in row["marks"]}
        with Recorder() as record:
            resolver = Resolver(tokens, w, document.attributions, language, document.reading)
            resolver.speakers()
        speaking = dict(resolver.sources)
        for asked in record.asked:
            alike = asked.weights == PEOPLE or asked.kind in NAMED_AGAIN
            if alike and asked.first in speaking and (asked.weights, asked.first) in marks:
                stated = [text[a:b] for a, b in marks.pop((asked.weights, asked.first))]
                right = [k for k, c in enumerate(asked.candidates) if any(_same(c, x) for x in stated)]
                if right or (asked.nobody and not stated):
                    right = right or [len(asked.candidates)]
                    yield asked.weights, Choice(text, "marked", asked, right)


def _same(candidate: Any, name: str, *, described: bool = False) -> bool:
    """Whether a person (who must be `described`, not named) or a body has a name, or is so described."""
    if isinstance(candidate, Body) or candidate.described:
        return same_phrase(candidate.name, name)
    return not described and same_person(candidate.name, name)


def of_cases(language: Language) -> Iterator[tuple[str, Choice]]:
    """The choices in our own cases."""
    for case in read_cases("speakers"):
        if case["kind"] != "known-failure":
            made = [(attributed(case["text"], row), row) for row in case["claims"]]
            made.sort(key=lambda pair: pair[0].content)
            rows = [row for _, row in made]
            yield from of_text("case", case["text"], [a for a, _ in made], rows, language)


def of_text(
    kind: str, text: str, found: Sequence[Attribution], rows: Sequence[Mapping[str, Any]], language: Language
) -> Iterator[tuple[str, Choice]]:
    """The choices in one text with its attributions and, for each, its speaker."""
    tokens = tokenize(text)
    w = words_of(tokens)
    said = {}
    for a, row in zip(found, rows, strict=True):
        known = row["speaker"] and row.get("type") not in ("none", "author", None)
        if a.source and known and not row.get("doubt"):
            first, end = source_core(w, *bounds(w, a.source))
            phrase = " ".join(s.slice(text) for s in a.source)
            said.setdefault(first, Said(first, end, phrase, row["speaker"], row["type"]))
    with Recorder() as record:
        Resolver(tokens, w, found, language, language.tagger.read(tokens)).speakers()
    yield from choices(kind, w, said.values(), record)


def of_gap(corpora: Path, language: Language) -> Iterator[tuple[str, Choice]]:
    """The choices of GAP whose pronoun stands for one of the two names."""
    for file in sorted((corpora / "coreference").glob("gap_*.tsv")):
        with file.open(encoding="utf8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                which = next((k for k in "AB" if row[f"{k}-coref"] == "TRUE"), None)
                if which is not None:
                    yield from of_pronoun(row, which, language)


def of_pronoun(row: Mapping[str, str], which: str, language: Language) -> Iterator[tuple[str, Choice]]:
    """The choice of one row of GAP."""
    tokens = tokenize(row["Text"])
    w = words_of(tokens)
    start = int(row[f"{which}-offset"])
    end = start + len(row[which])
    with Recorder() as record:
        resolver = Resolver(tokens, w, [], language, language.tagger.read(tokens))
    named = {p.order for m, p in resolver.persons if w.starts[m.first] < end and start < w.ends[m.end - 1]}
    for asked in record.asked:
        right = [k for k, p in enumerate(asked.candidates) if p.order in named]
        if right and asked.first == w.at(int(row["Pronoun-offset"])):
            yield PEOPLE, Choice(w.text, "gap", asked, right)


def spans(pieces: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Pairs of offsets as spans."""
    return tuple(Span(start, end) for start, end in pieces)


def attribution(source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]) -> Attribution:
    """An attribution that a reader made."""
    return Attribution(source=source, cue=cue, content=content, confidence=1.0)


def fit(found: Sequence[Choice], list_name: str) -> dict[str, float]:
    """The weights of a list under which the right candidates of all choices are likeliest together."""
    given = GIVEN[list_name]
    names = sorted({name for choice in found for f in choice.asked.features for name in f} | set(given))
    index = {name: k for k, name in enumerate(names)}
    wide = max(len(choice.asked.features) for choice in found)
    rows, columns, values = [], [], []
    closed, right = torch.full((len(found), wide), -1e9), torch.full((len(found), wide), -1e9)
    for a, choice in enumerate(found):
        for c, features in enumerate(choice.asked.features):
            closed[a, c] = 0.0
            for name, value in features.items():
                rows.append(a * wide + c)
                columns.append(index[name])
                values.append(value)
        right[a, choice.right] = 0.0
    matrix = torch.sparse_coo_tensor(
        torch.tensor([rows, columns]), torch.tensor(values), (len(found) * wide, len(names))
    )
    share = torch.tensor([choice.share for choice in found])
    mean = torch.tensor([given.get(name, 0.0) for name in names])

    def loss(weights: Tensor) -> Tensor:
        scores = torch.sparse.mm(matrix, weights[:, None]).view(len(found), wide) + closed
        likely = torch.logsumexp(torch.log_softmax(scores, 1) + right, 1)
        return -(share * likely).sum() + STRENGTH[list_name] / 2 * ((weights - mean) ** 2).sum()

    weights = minimized(loss, mean, steps=60)
    return {name: round(float(x), 3) for name, x in zip(names, weights, strict=True) if abs(x) >= 0.005}


def accuracy(found: Iterable[Choice], weights: Mapping[str, float], count: dict[str, list[int]]) -> None:
    """Add to `count`, by kind of mention, how many choices are right and how many there are."""
    for choice in found:
        scores = [sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in choice.asked.features]
        count[choice.asked.kind][0] += scores.index(max(scores)) in choice.right
        count[choice.asked.kind][1] += 1


def cross_validate(news: Sequence[Choice], others: Sequence[Choice], name: str, folds: int) -> None:
    """Print how often the choice is right in articles that the weights have not seen."""
    articles = sorted({choice.text for choice in news})
    random.Random(0).shuffle(articles)
    count: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for fold in range(folds):
        held = set(articles[fold::folds])
        weights = fit([*(c for c in news if c.text not in held), *others], name)
        accuracy((c for c in news if c.text in held), weights, count)
    for kind, (right, every) in sorted(count.items()):
        print(f"{kind:10} {right / every:.3f}  ({every})")


def write(list_name: str, weights: Mapping[str, float], what: str) -> None:
    """Write a list of weights into the package."""
    head = f"# Weights of the features that tell {what}.\n# Source: training/antecedents.py. Date: 2026-11.\n"
    lines = "".join(f"{name}\t{weights[name]:g}\n" for name in sorted(weights))
    (LISTS / f"{list_name.partition('/')[2]}.txt").write_text(head + lines, encoding="utf8")


def main() -> None:
    """Fit both lists, or cross-validate them."""
    options = arguments(__doc__, folds=0, apart=True)
    torch.set_num_threads(1)
    language = Language()
    files = [options.corpora / "news" / "train.jsonl", *options.labelled]
    gap = {PEOPLE: [choice for _, choice in of_gap(options.corpora, language)], BODIES: []}
    shipped = ranking.weights
    fitted: dict[str, dict[str, float]] = {BODIES: dict(GIVEN[BODIES])}
    ranking.weights = lambda name: fitted.get(name) or shipped(name)  # type: ignore[assignment]
    seen: dict[str, list[Choice]] = {PEOPLE: [], BODIES: []}
    for rounds in (1, 2):
        sources: list[Callable[[], Iterator[tuple[str, Choice]]]] = [
            lambda: of_news(files, language),
            lambda: of_marked(options.corpora, language),
            lambda: of_news(WRITTEN, language, "written"),
            lambda: of_news([*options.apart, *WRITTEN_APART], language, "apart"),
            lambda: of_cases(language),
        ]
        made = [pair for source in sources for pair in source()]
        seen = {name: [choice for list_name, choice in made if list_name == name] for name in (PEOPLE, BODIES)}
        fitted.update({name: fit([*found, *gap[name]], name) for name, found in seen.items()})
        print(f"round {rounds}:", {name: len(found) for name, found in seen.items()})
    if options.folds:
        for name, found in seen.items():
            print(name)
            left_out = [c for c in found if c.source in LEFT_OUT]
            others = [*gap[name], *(c for c in found if c.source not in LEFT_OUT)]
            cross_validate(left_out, others, name, options.folds)
        return
    write(PEOPLE, fitted[PEOPLE], "whom a pronoun or a description stands for (antecedent_weighing.py)")
    write(
        BODIES,
        fitted[BODIES],
        'which organization or group "it", "they", "the company" stand for (organization_coreference.py)',
    )


if __name__ == "__main__":
    main()
