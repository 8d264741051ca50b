"""Labelled articles as parts that a network reads: what it is to say of every word, from gold or from a teacher."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import attrs
import numpy as np
import torch

from quotebank.attribution.decoding import CONTENT, LABELS, REACH
from quotebank.attribution.encoding import Encoded, WordPieces, encode
from quotebank.attribution.network import AROUND, ENTITIES, STATED
from quotebank.records import ACTS, FORCES
from quotebank.text import Tokens, tokenize
from tests.marked_texts import read_marked

ROLES = ("source", "cue", "content")
TOGETHER = 240  # words of a part whose entities alone are known
SEEN = 0.8  # share of a link's chances that must be in a part
UNKNOWN = -100  # the tag of a word of which nobody knows whether it names anything
DETERMINERS = frozenset({"the", "The", "a", "A", "an", "An"})
SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III"})


@attrs.frozen
class Row:
    """One claim of a part, or one name: its anchor's place and the chances of the labels from word `low` on."""

    anchor: int
    low: int
    chances: torch.Tensor  # (words, labels)
    level: int = 0
    report: torch.Tensor | None = None  # (ACTS + FORCES), None where nobody knows

    def target(self, words: int) -> torch.Tensor:
        """The chances over all words of the part, zero where nothing is to be learned."""
        out = torch.zeros(words, self.chances.shape[1])
        out[self.low : self.low + len(self.chances)] = self.chances
        return out


@attrs.frozen
class Link:
    """A word that may name somebody again: the mentions of each candidate, and the chances of these and of nobody."""

    anchor: int
    candidates: tuple[tuple[int, ...], ...]
    chances: torch.Tensor  # (candidates + 1,), nobody last
    nobody: bool  # whether it may be nobody

    def within(self, a: int, b: int) -> Link | None:
        """The same in a part of words `a` up to `b`; None where too little of it is there to be learned."""
        kept = [(k, m) for k, c in enumerate(self.candidates) if (m := tuple(i - a for i in c if a <= i < b))]
        chances = self.chances[[*(k for k, _ in kept), -1]]
        if not kept or float(chances.sum()) < SEEN * float(self.chances.sum()) or (len(kept) == 1 and not self.nobody):
            return None
        return Link(self.anchor - a, tuple(m for _, m in kept), chances / chances.sum(), self.nobody)


@attrs.frozen
class Part:
    """Some words of a text and what is to be learned of them."""

    encoded: Encoded
    anchors: torch.Tensor | None = None  # (words, levels), as chances
    known: tuple[float, float] = (1.0, 1.0)  # whether anchors of either level are labelled
    claims: tuple[Row, ...] = ()
    names: tuple[Row, ...] = ()
    entities: torch.Tensor | None = None  # (words,), UNKNOWN where nobody knows
    links: tuple[Link, ...] = ()

    def __len__(self) -> int:
        return len(self.encoded.shapes)


@attrs.frozen
class Gold:
    """An article: claims as labels of tokens, whether inside another one, act and force; names with labels of tokens."""

    tokens: Tokens
    encoded: Encoded
    claims: list[dict[int, int]]
    nested: list[bool]
    acts: list[tuple[int, int]]
    names: list[tuple[int, dict[int, int]]]
    entities: torch.Tensor  # a tag for each token of a name of a person or a body that speaks, UNKNOWN for others
    full: bool  # whether nested claims, acts and names are labelled


def read(path: Path) -> list[dict]:
    """The documents of a file of JSON lines, or of texts that we wrote and marked."""
    if path.suffix == ".txt":
        return read_marked(path)
    return [json.loads(line) for line in path.open(encoding="utf8") if line.strip()]


def covered(tokens: Tokens, start: int, end: int) -> list[int]:
    """The tokens of which at least half lies in a span."""
    out = []
    for i in range(int(np.searchsorted(tokens.ends, start, side="right")), len(tokens)):
        if tokens.starts[i] >= end:
            break
        if min(end, tokens.ends[i]) - max(start, tokens.starts[i]) >= (tokens.ends[i] - tokens.starts[i]) / 2:
            out.append(i)
    return out


def gold_claims(tokens: Tokens, attributions: list[dict]) -> list[tuple[dict[int, int], dict]]:
    claims = []
    for attribution in attributions:
        labels = {
            i: label
            for label, role in enumerate(ROLES, start=1)
            for span in attribution[role]
            for i in covered(tokens, *span)
        }
        if CONTENT in labels.values():
            claims.append((labels, attribution))
    return claims


def mentions(words: list[str], name: str) -> list[tuple[int, int]]:
    """Where a person is named, by the last name alone or with more in front: first and last token."""
    parts = tokenize(name).words()
    surname = next((w for w in reversed(parts) if w[0].isupper() and w not in SUFFIXES), None)
    found = []
    for i, word in enumerate(words):
        if word != surname:
            continue
        first = i
        while first > 0 and (words[first - 1] in parts or words[first - 1] == "."):
            first -= 1
        while words[first] == ".":
            first += 1
        found.append((first, i))
    return found


def gold_names(tokens: Tokens, people: list[dict]) -> list[tuple[int, dict[int, int]]]:
    """Every mention of every person: its first token, and the labels of the words that state a role for it."""
    words = tokens.words()
    out: dict[int, dict[int, int]] = {}
    for person in people:
        named = mentions(words, person["name"])
        for first, _ in named:
            out.setdefault(first, {})
        for stated in person["stated"]:
            inside = covered(tokens, *stated["words"])
            if not inside:
                continue
            here = [m for m in named if inside[0] <= m[1] <= inside[-1]]
            if not here:  # "Ann Lee has left. The mayor …" is told elsewhere; "Ann Lee, who was mayor" here
                sentence = max(s for s in tokens.sentences if s <= inside[0])
                here = [m for m in named if sentence <= m[0] < inside[0]][-1:]
            for first, _ in here[:1]:
                for label, field in enumerate(STATED[1:], start=1):
                    out[first].update(dict.fromkeys(covered(tokens, *(stated.get(field) or (0, 0))), label))
    return sorted(out.items())


def gold_entities(tokens: Tokens, row: dict) -> torch.Tensor:
    """What is known of an article's entities: where its persons are named, and where bodies that speak are in full."""
    words = tokens.words()
    out = torch.full((len(tokens),), UNKNOWN, dtype=torch.long)
    bodies = {a["speaker"] for a in row["attributions"] if a.get("type") == "organization" and a.get("speaker")}
    for body in sorted((tokenize(name).words() for name in bodies), key=len, reverse=True):
        while body and body[0] in DETERMINERS:
            del body[0]
        if body and body[0][0].isupper() and body[-1][0].isupper():
            for first in range(len(words) - len(body) + 1):
                if words[first : first + len(body)] == body:
                    _tag(out, first, first + len(body) - 1, "ORG")
    for person in row.get("people", []):
        for first, last in mentions(words, person["name"]):
            begin = max(s for s in tokens.sentences if s <= last)  # not "said Ann Lee. Lee left" as one
            _tag(out, max(first, begin), last, "PER")
    return out


def _tag(out: torch.Tensor, first: int, last: int, kind: str) -> None:
    """Tag tokens `first` to `last` as one entity, if none of them is tagged yet."""
    if (out[first : last + 1] == UNKNOWN).all():
        out[first : last + 1] = 2 + 2 * ENTITIES.index(kind)
        out[first] = 1 + 2 * ENTITIES.index(kind)


def anchor_of(claim: dict[int, int]) -> int:
    return min(i for i, label in claim.items() if label == CONTENT)


def load_gold(rows: list[dict], cutter: WordPieces, *, full: bool) -> list[Gold]:
    out = []
    for d in rows:
        tokens = tokenize(d["text"])
        claims = gold_claims(tokens, [a for a in d["attributions"] if not a.get("doubt")])
        contents = [{i for i, label in labels.items() if label == CONTENT} for labels, _ in claims]
        acts = [(_index(ACTS, a.get("act")), _index(FORCES, a.get("force"))) for _, a in claims]
        inside = [any(c < other for other in contents) for c in contents]
        names = gold_names(tokens, d.get("people", [])) if full else []
        known = gold_entities(tokens, d if full else {"attributions": []})
        out.append(Gold(tokens, encode(tokens, cutter), [c for c, _ in claims], inside, acts, names, known, full))
    return out


def _index(options: tuple[str, ...], value: str | None) -> int:
    return options.index(value) if value in options else -1


def part_of(encoded: Encoded, a: int, b: int) -> Encoded:
    return Encoded(encoded.pieces[a:b], encoded.shapes[a:b], encoded.quotes[a:b], encoded.boundaries[a:b])


def cut(sentences: list[int], pieces: list, rng: random.Random, *, words: int, most: int) -> list[tuple[int, int]]:
    """Windows of up to `words` words and `most` pieces, from sentence ends, with other borders every time."""
    count = len(pieces)
    first = sentences[rng.randrange(min(6, len(sentences) - 1))] if rng.random() < 0.7 and len(sentences) > 8 else 0
    edges = ([0] if first else []) + [first]
    while edges[-1] < count:
        stops = [s for s in sentences if edges[-1] < s <= edges[-1] + words]
        edges.append(stops[-1] if stops else min(edges[-1] + words, count))
    out = []
    for a, b in itertools.pairwise(edges):
        size, start = 0, a
        for i in range(a, b):
            size += len(pieces[i])
            if size > most:
                out.append((start, i))
                start, size = i, len(pieces[i])
        out.append((start, b))
    return [(a, b) for a, b in out if b - a > 3]


def gold_parts(doc: Gold, rng: random.Random, *, words: int, most: int = 1_000_000) -> list[Part]:
    out = []
    for a, b in cut(doc.tokens.sentences, doc.encoded.pieces, rng, words=words, most=most):
        anchors = torch.zeros(b - a, 2)
        claims = []
        for claim, nested, acts in zip(doc.claims, doc.nested, doc.acts, strict=True):
            at = anchor_of(claim)
            if a <= at < b:
                anchors[at - a, int(nested)] = 1.0
                report = torch.cat([one_hot(k, len(o)) for k, o in zip(acts, (ACTS, FORCES), strict=True)])
                row = _row(claim, at, (a, b), reach=REACH, labels=len(LABELS))
                claims.append(attrs.evolve(row, level=int(nested), report=report if doc.full else None))
        names = [_row(k, at, (a, b), reach=AROUND, labels=len(STATED)) for at, k in doc.names if a <= at < b]
        known = (1.0, float(doc.full))
        out.append(Part(part_of(doc.encoded, a, b), anchors, known, tuple(claims), tuple(names), doc.entities[a:b]))
    return out


def _row(labels_of: dict[int, int], at: int, window: tuple[int, int], *, reach: int, labels: int) -> Row:
    low, high = max(window[0], at - reach), min(window[1], at + reach + 1)
    chances = torch.zeros(high - low, labels)
    chances[:, 0] = 1.0
    for i, label in labels_of.items():
        if low <= i < high:
            chances[i - low] = one_hot(label, labels)
    return Row(at - window[0], low - window[0], chances)


def one_hot(index: int, size: int) -> torch.Tensor:
    out = torch.zeros(size)
    if index >= 0:
        out[index] = 1.0
    return out


def load_links(path: Path, cutter: WordPieces) -> list[tuple[Tokens, Encoded, list[Link]]]:
    """Texts in which is known whom some words stand for: mentions by their first character (`training/links.py`)."""
    out = []
    for row in read(path):
        tokens = tokenize(row["text"])
        out.append((tokens, encode(tokens, cutter), [link_of(tokens, x) for x in row["links"]]))
    return out


def link_of(tokens: Tokens, row: dict) -> Link:
    """A link whose places are characters as one whose places are tokens; without chances where nobody knows them."""

    def at(char: int) -> int:
        return int(np.searchsorted(tokens.starts, char, side="right")) - 1

    candidates = tuple(tuple(at(c) for c in mentions) for mentions in row["candidates"])
    return Link(at(row["at"]), candidates, torch.tensor(row.get("chances", ())), row["nobody"])


def link_parts(
    tokens: Tokens, encoded: Encoded, links: list[Link], rng: random.Random, *, words: int, most: int
) -> list[Part]:
    """The parts of a text that have links, nothing else of them known."""
    out = []
    for a, b in cut(tokens.sentences, encoded.pieces, rng, words=words, most=most):
        here = tuple(k for link in links if a <= link.anchor < b and (k := link.within(a, b)) is not None)
        if here:
            out.append(Part(part_of(encoded, a, b), links=here))
    return out


def entity_parts(shared: Path, cutter: WordPieces) -> list[Part]:
    """Sentences of two sets of named entities (en-worldwide-newswire, CoNLL++), some to a part, as our tokens."""
    rows = json.loads((shared / "corpora/ner/ww_train.json").read_text(encoding="utf8"))
    sentences = [[(t["text"], t["ner"]) for t in sentence] for sentence in rows]
    for block in (shared / "corpora/ner/conllpp_train.txt").read_text(encoding="utf8").split("\n\n"):
        lines = [line.split() for line in block.splitlines() if line and not line.startswith("-DOCSTART-")]
        sentences.append([(fields[0], fields[-1]) for fields in lines])
    groups: list[list[list[tuple[str, str]]]] = [[]]
    for sentence in sentences:
        if sum(len(s) for s in groups[-1]) + len(sentence) > TOGETHER:
            groups.append([])
        groups[-1].append(sentence)
    return [_entities(group, cutter) for group in groups if group]


def _entities(sentences: list[list[tuple[str, str]]], cutter: WordPieces) -> Part:
    text, spans = "", []
    for sentence in sentences:
        for word, tag in sentence:
            spans.append((len(text), len(text) + len(word), tag))
            text += word + " "
        text = text[:-1] + "\n\n"
    tokens = tokenize(text)
    target = torch.zeros(len(tokens), dtype=torch.long)
    at = 0
    for i in range(len(tokens)):
        while at < len(spans) - 1 and spans[at][1] <= tokens.starts[i]:
            at += 1
        begin, _, tag = spans[at]
        if tag != "O":
            inside = tag[0] == "I" or tokens.starts[i] != begin
            target[i] = 1 + 2 * ENTITIES.index(tag[2:]) + int(inside)
    return Part(encode(tokens, cutter), entities=target)
