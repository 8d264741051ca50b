"""Text to the attribution network's input: word pieces, shapes, quotation states, and windows over a long text.

The network sees each quotation mark as `pair_quotes` understands it, never as it is typed: straight, curly
and single marks give the same input.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

import attrs

from quotebank.text import Tokens

MAX_PIECES_PER_WORD = 5
SHAPES = 9
QUOTE_STATES = 5
BOUNDARIES = 3


class WordPieces:
    """WordPiece (Schuster and Nakajima 2012): a word into the longest pieces of a vocabulary, from the left."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self.ids["[UNK]"]
        self.cut = lru_cache(maxsize=200_000)(self._cut)

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        out: list[int] = []
        for part in _split_punctuation(plain[:60]):
            start = 0
            while start < len(part) and len(out) < MAX_PIECES_PER_WORD:
                end = min(len(part), start + 24)
                while end > start:
                    piece = self.ids.get(part[start:end] if start == 0 else "##" + part[start:end])
                    if piece is not None:
                        out.append(piece)
                        break
                    end -= 1
                if end == start:
                    out.append(self.unknown)
                    break
                start = end
        return tuple(out) or (self.unknown,)


def _split_punctuation(word: str) -> list[str]:
    """BERT's basic tokenization: runs of letters and digits, every other character by itself."""
    parts: list[str] = []
    run = ""
    for c in word:
        if c.isalnum():
            run += c
        else:
            if run:
                parts.append(run)
                run = ""
            parts.append(c)
    if run:
        parts.append(run)
    return parts


@attrs.frozen
class Encoded:
    """What the network reads of a text: for each token its pieces, shape, quotation state and boundary."""

    pieces: list[tuple[int, ...]]
    shapes: list[int]
    quotes: list[int]
    boundaries: list[int]


def encode(tokens: Tokens, cutter: WordPieces) -> Encoded:
    """Turn tokens into the network's input; linear in their number."""
    roles = tokens.quotations.roles
    outer = tokens.quotations.outer
    pieces: list[tuple[int, ...]] = []
    shapes: list[int] = []
    quotes: list[int] = []
    boundaries = [0] * len(tokens)
    for first in tokens.sentences[:-1]:
        boundaries[first] = 1
    for first in tokens.paragraphs:
        boundaries[first] = 2
    at = 0
    text = tokens.text
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        word = text[start:end]
        while at < len(outer) and outer[at].end <= start:
            at += 1
        inside = at < len(outer) and outer[at].start <= start
        role = roles.get(start)
        if role is not None:
            outermost = inside and (outer[at].start == start or outer[at].end == end)
            word = ("“" if role == "open" else "”") if outermost else ("‘" if role == "open" else "’")
            quotes.append((2 if role == "open" else 3) if outermost else 1)
        else:
            quotes.append(
                (4 if outer[at].family == "double" and outer[at].end - outer[at].start > 60 else 1) if inside else 0
            )
            if "&" in word and len(word) > 1:
                word = unescape(word).strip() or "&"
            word = word.replace(" ", "")  # a drop cap's
            word = _PLAIN.get(word, word)
            if len(word) > 1 and word[0] == "’":
                word = "'" + word[1:]
            elif "’" in word:
                word = word.replace("’", "'")
        pieces.append(cutter.cut(word))
        shapes.append(_shape(word))
    return Encoded(pieces, shapes, quotes, boundaries)


_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "''": '"', "``": '"', "’’": '"', "…": "...", "–": "—", "--": "—"}


def _shape(word: str) -> int:
    first = word[0]
    if first.isalpha():
        if word.islower():
            return 1
        if len(word) == 1:
            return 2
        if word.isupper():
            return 3
        if first.isupper():
            return 4 if word[1:].islower() else 5
        return 6
    if first.isdigit():
        return 7
    return 8 if first in "“”‘’" else 0


@attrs.frozen
class Window:
    """Tokens `first` up to `last` are read; anchors are looked for from `own_first` up to `own_last`."""

    first: int
    last: int
    own_first: int
    own_last: int

    @property
    def own(self) -> slice:
        """Where the words whose anchors are looked for stand among those that are read."""
        return slice(self.own_first - self.first, self.own_last - self.first)

    def owns(self, token: int) -> bool:
        """Whether a token is one that anchors are looked for at."""
        return self.own_first <= token < self.own_last


@attrs.frozen
class Reach:
    """How much of a text a network reads at once: words of a window's own, words around it, pieces altogether."""

    words: int
    margin: int
    pieces: int


BY_PIECES = Reach(words=300, margin=28, pieces=500)  # an encoder with so many positions
BY_WORDS = Reach(words=1500, margin=80, pieces=1_000_000)  # nearly every article whole


def windows(tokens: Tokens, encoded: Encoded, reach: Reach = BY_PIECES) -> list[Window]:
    """Cut a text into windows at sentence ends, each with context on both sides; into as few as `reach` allows."""
    out: list[Window] = []
    count = len(tokens)
    sizes = [0]
    for pieces in encoded.pieces:
        sizes.append(sizes[-1] + len(pieces))
    margin = reach.margin
    budget = reach.pieces - 4 * margin
    stops = tokens.sentences[1:]
    first = at = 0
    parts = max(1, math.ceil(max(count / reach.words, sizes[-1] / budget)))
    share = math.ceil(count / parts) + 12
    while first < count:
        limit = first + share
        last = first
        while at < len(stops) and stops[at] <= limit and sizes[stops[at]] - sizes[first] <= budget:
            last = stops[at]
            at += 1
        if last == first:  # a sentence longer than a window is cut anywhere
            last = min(count, limit)
            while sizes[last] - sizes[first] > budget:
                last -= 1
            last = max(last, first + 1)
            while at < len(stops) and stops[at] <= last:
                at += 1
        before, after = max(0, first - margin), min(count, last + margin)
        while sizes[first] - sizes[before] > 2 * margin:
            before += 1
        while sizes[after] - sizes[last] > 2 * margin:
            after -= 1
        out.append(Window(before, after, first, last))
        first = last
    return out
