"""The trained network at work: an article's tokens to the claims it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import attrs
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from quotebank.attribution.decoding import (
    CUE,
    LABELS,
    NONE,
    REACH,
    Decoding,
    Quoted,
    Scored,
    Tagged,
    decode,
    in_order,
    quoted_ranges,
)
from quotebank.attribution.encoding import BY_PIECES, BY_WORDS, Encoded, Window, WordPieces, encode, windows
from quotebank.attribution.network import AROUND, ENTITIES, LINKED, Network
from quotebank.attribution.stretches import Stretch, only, stretches
from quotebank.records import ACTS, FORCES
from quotebank.spans import Span
from quotebank.text import Tokens

BEGUN = 0.5  # chance that a word begins an entity, from which on it does right behind another one
UNLIKELY = -15.0  # what a word scores as a part of a claim out of whose reach it is
TOGETHER = 32  # anchors that are scored at once
AT_ONCE = 8  # parts that a network over words reads at once; one over pieces gains nothing on a processor
PADDED = 1.25  # how much longer than the shortest of them the longest may be


@attrs.frozen
class Statement:
    """Words that state a person's role or affiliation: tokens `first` up to `end`, and how sure the network is."""

    label: Literal["role", "affiliation"]
    first: int
    end: int
    confidence: float


@attrs.frozen
class Entity:
    """A named entity: its span, its words and its type (PER, ORG, LOC, MISC)."""

    span: Span
    text: str
    type: str


@attrs.frozen
class Links:
    """What the network tells of whom some tokens may stand for: what they ask for, what they offer, whether for nobody.

    `asks` and `offers` are (tokens, LINKED), `nobody` is (tokens,); zero for tokens of lines that are no prose.
    """

    asks: npt.NDArray[np.float32]
    offers: npt.NDArray[np.float32]
    nobody: npt.NDArray[np.float32]


Parts = tuple[tuple[Window, Tensor], ...]  # windows of a stretch, and the hidden states of their words


@attrs.frozen
class Reading:
    """A text as the network has read it: the hidden states of its words, window by window, ready for the heads.

    Each stretch of the text was read by itself; windows count its own words.
    """

    tokens: Tokens
    tagger: Tagger
    stretches: tuple[tuple[Stretch, Parts], ...]

    def claims(self, decoding: Decoding) -> list[Tagged]:
        """The claims of the text in order of their contents."""
        found: list[Tagged] = []
        for stretch, parts in self.stretches:
            quotations = quoted_ranges(stretch.tokens)
            claims = decode(self.scores(parts, quotations, decoding), quotations, decoding)
            found.extend(claim.at(stretch.indices) for claim in claims)
        return in_order(found)

    @torch.inference_mode()
    def scores(self, parts: Parts, quotations: Sequence[Quoted], decoding: Decoding) -> Iterator[Scored]:
        """What the network scores around every anchor of a stretch that `decoding` may take, window by window."""
        network = self.tagger.network
        begun = np.array([p + k for q in quotations for p in q.paragraphs for k in (0, 1)], dtype=np.intp)
        for window, states in parts:
            chances = network.anchors(states[window.own]).sigmoid()
            least = torch.tensor([decoding.anchor, decoding.nested]).repeat(len(chances), 1)
            quoted = begun[(begun >= window.own_first) & (begun < window.own_last)] - window.own_first
            least[quoted, 0] = decoding.quoted
            found = (chances >= least).nonzero()
            if not len(found):
                continue
            at, levels = found[:, 0] + window.own.start, found[:, 1]
            scores = np.full((len(at), len(states), len(LABELS)), UNLIKELY, dtype=np.float32)
            scores[..., NONE] = 0.0
            reports = []
            for first in range(0, len(at), TOGETHER):
                anchors = at[first : first + TOGETHER]
                pairs = network.pairs(states, anchors, levels[first : first + TOGETHER])
                places = anchors[:, None] + torch.arange(-REACH, REACH + 1)
                cues = pairs.softmax(-1)[..., CUE] * ((places >= 0) & (places < len(states)))
                reports.append(network.reports(states, anchors, cues))
                for row, (place, near) in enumerate(zip(anchors.tolist(), pairs.numpy(), strict=True), start=first):
                    low, high = max(0, place - REACH), min(len(states), place + REACH + 1)
                    scores[row, low:high] = near[low - place + REACH : high - place + REACH]
            report = torch.cat(reports)
            acts, forces = report[:, : len(ACTS)].argmax(1).tolist(), report[:, len(ACTS) :].argmax(1).tolist()
            yield Scored(
                window.first,
                at.tolist(),
                chances[found[:, 0], levels].tolist(),
                [bool(level) for level in levels.tolist()],
                [
                    (ACTS[act], FORCES[force] if ACTS[act] == "speech" else None)
                    for act, force in zip(acts, forces, strict=True)
                ],
                scores,
            )

    @torch.inference_mode()
    def statements(self, names: Sequence[int]) -> list[list[Statement]]:
        """For each name, by its first token, the words around it that state that person's role or affiliation."""
        out: list[list[Statement]] = [[] for _ in names]
        for stretch, parts in self.stretches:
            places = [(k, stretch.at(name)) for k, name in enumerate(names)]
            for window, states in parts:
                here = [(k, at - window.first) for k, at in places if at is not None and window.owns(at)]
                for first in range(0, len(here), TOGETHER):
                    group = here[first : first + TOGETHER]
                    scores = self.tagger.network.statements(states, torch.tensor([at for _, at in group]))
                    for (k, at), row in zip(group, scores.softmax(-1).numpy(), strict=True):
                        low, high = max(0, at - AROUND), min(len(states), at + AROUND + 1)
                        out[k] = [
                            attrs.evolve(s, first=stretch.indices[s.first], end=stretch.indices[s.end - 1] + 1)
                            for s in _runs(row[low - at + AROUND : high - at + AROUND], window.first + low)
                        ]
        return out

    @torch.inference_mode()
    def links(self, places: Sequence[int]) -> Links:
        """What each of the tokens asks for and offers where one is to stand for another."""
        asks, offers = np.zeros((2, len(places), LINKED), dtype=np.float32)
        nobody = np.zeros(len(places), dtype=np.float32)
        for stretch, parts in self.stretches:
            inside = [(k, at) for k, place in enumerate(places) if (at := stretch.at(place)) is not None]
            for window, states in parts:
                here = [(k, at - window.first) for k, at in inside if window.owns(at)]
                if here:
                    rows = [k for k, _ in here]
                    told = self.tagger.network.links(states[[at for _, at in here]])
                    asks[rows], offers[rows], nobody[rows] = (t.numpy() for t in told)
        return Links(asks, offers, nobody)

    def tags(self) -> list[str]:
        """The entity tag of every token in the BIO scheme: "O", "B-PER", "I-PER" …"""
        tags = ["O"] * len(self.tokens)
        numbers = range(len(self.tokens.sentences) - 1)
        chances = self._names(numbers)
        for k in numbers:
            for first, end, kind in self._runs_of_names(chances, k):
                tags[first:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - first - 1)]
        return tags

    def entities(self, sentences: Collection[int]) -> dict[int, tuple[Entity, ...]]:
        """The named entities of the given sentences, by their number."""
        chances = self._names(sentences)
        starts, ends = self.tokens.starts, self.tokens.ends
        spans = {
            k: [(Span(starts[first], ends[end - 1]), kind) for first, end, kind in self._runs_of_names(chances, k)]
            for k in sentences
        }
        return {
            k: tuple(Entity(span, span.slice(self.tokens.text), kind) for span, kind in found)
            for k, found in spans.items()
        }

    def _runs_of_names(self, chances: npt.NDArray[np.float32], sentence: int) -> Iterator[tuple[int, int, str]]:
        """The entities of a sentence as first token, end and type, which is the likeliest over all their words.

        Of neighbours the second begins an entity of its own where that is likelier: two seldom stand side by side.
        """
        first, end = self.tokens.sentences[sentence : sentence + 2]
        edges = np.flatnonzero(np.diff(chances[first:end].argmax(1) > 0, prepend=False, append=False)) + first
        for a, b in edges.reshape(-1, 2).tolist():
            begun = [i for i in range(a + 1, b) if chances[i, 1::2].sum() > BEGUN and not self._is_particle(i - 1, i)]
            for begin, stop in pairwise([a, *begun, b]):
                kinds = chances[begin:stop, 1:].reshape(stop - begin, -1, 2).sum((0, 2))
                yield begin, stop, ENTITIES[int(kinds.argmax())]

    def _is_particle(self, *places: int) -> bool:
        """Whether one of the tokens is written small: "van der" parts no name."""
        return any(self.tokens.word(i).islower() for i in places)

    @torch.inference_mode()
    def _names(self, sentences: Collection[int]) -> npt.NDArray[np.float32]:
        """The chances of every token's tags; those in lines that are no prose only of the given sentences.

        (tokens, 1 + 2 * ENTITIES): outside, then the beginning and the inside of each type.
        """
        chances = np.zeros((len(self.tokens), 2 * len(ENTITIES) + 1), dtype=np.float32)
        unread = np.ones(len(self.tokens), dtype=bool)
        for stretch, parts in self.stretches:
            indices = np.asarray(stretch.indices)
            unread[indices] = False
            self._fill(chances, indices, parts)
        firsts = self.tokens.sentences
        left_out = [i for k in sentences for i in range(firsts[k], firsts[k + 1]) if unread[i]]
        if left_out:
            self._fill(chances, np.asarray(left_out), self.tagger.states(only(self.tokens, left_out).tokens))
        return chances

    def _fill(self, chances: npt.NDArray[np.float32], indices: npt.NDArray[np.intp], parts: Parts) -> None:
        for window, states in parts:
            found = self.tagger.network.entities(states[window.own]).softmax(1)
            chances[indices[window.own_first : window.own_last]] = found.numpy()


def _runs(chances: npt.NDArray[np.float32], shift: int) -> list[Statement]:
    """The runs of words that one label is likelier for than any other: (words, STATED) from token `shift` on."""
    labels = chances.argmax(1)
    edges = np.flatnonzero(np.diff(labels, prepend=0, append=0))
    found = []
    for first, end in pairwise(edges.tolist()):
        label = int(labels[first])
        if label:
            sure = round(float(chances[first:end, label].mean()), 4)
            found.append(Statement("role" if label == 1 else "affiliation", first + shift, end + shift, sure))
    return found


class Tagger:
    """A trained network and its vocabulary; read-only once made, so that threads may share it."""

    def __init__(self, network: Network, cutter: WordPieces, decoding: Decoding) -> None:
        self.network = network.eval()
        self.cutter = cutter
        self.decoding = decoding

    def tag(self, tokens: Tokens) -> list[Tagged]:
        """The claims of a text in order of their contents."""
        return self.read(tokens).claims(self.decoding)

    def read(self, tokens: Tokens) -> Reading:
        """The hidden states of a text's words."""
        (reading,) = self.read_many([tokens])
        return reading

    def read_many(self, texts: Sequence[Tokens]) -> list[Reading]:
        """`read` for each, parts of like length at once; what a text gets does not depend on the others."""
        cut = [[(s, *self._windows(s.tokens)) for s in stretches(tokens)] for tokens in texts]
        parts = [(encoded, w) for pieces in cut for _, encoded, found in pieces for w in found]
        states = iter(self._hidden(parts))
        return [
            Reading(tokens, self, tuple((s, tuple((w, next(states)) for w in found)) for s, _, found in pieces))
            for tokens, pieces in zip(texts, cut, strict=True)
        ]

    def states(self, tokens: Tokens) -> Parts:
        """The hidden states of the words of one stretch, window by window."""
        encoded, found = self._windows(tokens)
        return tuple(zip(found, self._hidden([(encoded, w) for w in found]), strict=True))

    def _windows(self, tokens: Tokens) -> tuple[Encoded, list[Window]]:
        encoded = encode(tokens, self.cutter)
        return encoded, windows(tokens, encoded, BY_WORDS if self._reads_words else BY_PIECES)

    @property
    def _reads_words(self) -> bool:
        return self.network.settings.body == "words"

    @torch.inference_mode()
    def _hidden(self, parts: Sequence[tuple[Encoded, Window]]) -> list[Tensor]:
        """The hidden states of the words of each part."""
        lengths = [window.last - window.first for _, window in parts]
        found: dict[int, Tensor] = {}
        for group in _alike(lengths, AT_ONCE if self._reads_words else 1):
            read = self.network.words([(parts[k][0], parts[k][1].first, parts[k][1].last) for k in group])
            found.update((k, read[row, : lengths[k]]) for row, k in enumerate(group))
        return [found[k] for k in range(len(parts))]


def _alike(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """The numbers of parts in groups that are padded by little, `most` in each at most."""
    group: list[int] = []
    for k in sorted(range(len(lengths)), key=lambda k: lengths[k]):
        if group and (len(group) == most or lengths[k] > PADDED * lengths[group[0]]):
            yield group
            group = []
        group.append(k)
    if group:
        yield group
