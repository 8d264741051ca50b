"""The trained network at work: an article's tokens to the claims it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import attrs
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from quotebank.attribution.decoding import (
    CUE,
    POSSIBLE,
    REACH,
    Decoding,
    Scored,
    Tagged,
    decode,
    in_order,
    quoted_ranges,
)
from quotebank.attribution.encoding import BY_PIECES, BY_WORDS, Window, WordPieces, encode, windows
from quotebank.attribution.network import Network
from quotebank.attribution.stretches import Stretch, stretches
from quotebank.records import ACTS, FORCES
from quotebank.text import Tokens

AROUND = 60  # words before and after a name that may state its role


@attrs.frozen
class Statement:
    """Words that state a person's role or affiliation: tokens `first` up to `end`, and how sure the network is."""

    label: Literal["role", "affiliation"]
    first: int
    end: int
    confidence: float


@attrs.frozen
class Reading:
    """A text as the network has read it: the hidden states of its words, window by window, ready for the heads.

    Each stretch of the text was read by itself; windows count its own words.
    """

    network: Network
    stretches: tuple[tuple[Stretch, tuple[tuple[Window, Tensor], ...]], ...]

    def claims(self, decoding: Decoding) -> list[Tagged]:
        """The claims of the text in order of their contents."""
        return in_order(
            claim.at(stretch.indices)
            for stretch, parts in self.stretches
            for claim in decode(self.scores(parts), quoted_ranges(stretch.tokens), decoding)
        )

    @torch.inference_mode()
    def scores(self, parts: Iterable[tuple[Window, Tensor]]) -> Iterator[Scored]:
        """What the network scores around every possible anchor of a stretch, window by window."""
        for window, states in parts:
            own = slice(window.own_first - window.first, window.own_last - window.first)
            chances = self.network.anchors(states[own]).sigmoid()
            found = (chances >= POSSIBLE).nonzero()
            if not len(found):
                continue
            at, levels = found[:, 0] + own.start, found[:, 1]
            low, high = max(0, int(at[0]) - REACH), min(len(states), int(at[-1]) + REACH + 1)
            scores = self.network.pairs(states[low:high], at - low, levels)
            cues = scores.softmax(-1)[..., CUE] * ((torch.arange(low, high) - at[:, None]).abs() <= REACH)
            reports = self.network.reports(states[low:high], at - low, cues)
            acts, forces = reports[:, : len(ACTS)].argmax(1), reports[:, len(ACTS) :].argmax(1)
            yield Scored(
                window.first + low,
                (at - low).tolist(),
                chances[found[:, 0], levels].tolist(),
                [bool(level) for level in levels.tolist()],
                [
                    (ACTS[act], FORCES[force] if ACTS[act] == "speech" else None)
                    for act, force in zip(acts.tolist(), forces.tolist(), strict=True)
                ],
                scores.numpy().copy(),
            )

    @torch.inference_mode()
    def statements(self, names: Sequence[int]) -> list[list[Statement]]:
        """For each name, by its first token, the words around it that state that person's role or affiliation."""
        out: list[list[Statement]] = [[] for _ in names]
        for stretch, parts in self.stretches:
            places = [(k, stretch.at(name)) for k, name in enumerate(names)]
            for window, states in parts:
                here = [(k, at - window.first) for k, at in places if at is not None and window.owns(at)]
                if not here:
                    continue
                chances = self.network.statements(states, torch.tensor([at for _, at in here])).softmax(-1).numpy()
                for (k, at), row in zip(here, chances, strict=True):
                    low = max(0, at - AROUND)
                    out[k] = [
                        attrs.evolve(s, first=stretch.indices[s.first], end=stretch.indices[s.end - 1] + 1)
                        for s in _runs(row[low : at + AROUND + 1], window.first + low)
                    ]
        return out


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

    @torch.inference_mode()
    def read(self, tokens: Tokens) -> Reading:
        """The hidden states of a text's words."""
        reach = BY_WORDS if self.network.settings.body == "words" else BY_PIECES
        out = []
        for stretch in stretches(tokens):
            encoded = encode(stretch.tokens, self.cutter)
            parts = []
            for window in windows(stretch.tokens, encoded, reach):
                states = self.network.words([(encoded, window.first, window.last)])[0].float()
                parts.append((window, states[: window.last - window.first]))
            out.append((stretch, tuple(parts)))
        return Reading(self.network, tuple(out))
