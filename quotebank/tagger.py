"""The attribution network: which words are a claim's source, cue and content.

A small pretrained encoder reads a window of the article; a BiLSTM smooths over words. A claim is found by its anchor,
the first word of its content; every other word of the window is then labelled source, cue, content or nothing *for
that anchor*, the way semantic role labelling labels a predicate's arguments (Strubell et al. 2018; for attribution,
Pareti 2016, "PARC 3.0", and Newell et al. 2018, "Quote extraction and analysis for news"). So neighbouring claims
cannot merge, and one source can serve several claims.

The network sees each quotation mark as the pairing of `quotes` understands it, never as it is typed: straight, curly
and single marks give the same input.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import attrs
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from quotebank.tokens import Tokens

LABELS = ("none", "source", "cue", "content")
NONE, SOURCE, CUE, CONTENT = range(4)
MAX_PIECES = 500
MARGIN = 36  # words of context on either side of a window's own
WINDOW = 300  # words of its own a window has at most
MAX_PIECES_PER_WORD = 5
REACH = 120  # words before and after an anchor that can belong to its claim
SHAPES = 9
QUOTE_STATES = 5
BOUNDARIES = 3
BUCKETS = 25


@attrs.frozen
class Settings:
    """The sizes of a network; stored beside its weights."""

    pieces: int
    layers: int = 3
    width: int = 384
    heads: int = 12
    feedforward: int = 1536
    recurrent: int = 128
    pair: int = 128
    positions: int = 512


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
            quotes.append((4 if outer[at].family == "double" and outer[at].end - outer[at].start > 60 else 1) if inside else 0)
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


def windows(tokens: Tokens, encoded: Encoded) -> list[Window]:
    """Cut a text into windows at sentence ends (paragraph ends where one is near), each with context on both sides."""
    out: list[Window] = []
    count = len(tokens)
    sizes = [0]
    for pieces in encoded.pieces:
        sizes.append(sizes[-1] + len(pieces))
    margin = MARGIN
    budget = MAX_PIECES - 4 * margin
    stops = tokens.sentences[1:]
    first = at = 0
    parts = max(1, math.ceil(max(count / WINDOW, sizes[-1] / budget)))
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


@attrs.frozen
class Batch:
    """Windows as tensors: pieces padded to the longest, and where each word's first piece stands."""

    ids: Tensor
    shapes: Tensor
    quotes: Tensor
    boundaries: Tensor
    mask: Tensor
    first_pieces: Tensor
    words: Tensor  # mask of words


def collate(parts: Sequence[tuple[Encoded, int, int]]) -> Batch:
    """Pad (encoded text, first token, last token) parts into one batch."""
    rows = []
    for encoded, first, last in parts:
        ids: list[int] = []
        repeat: list[int] = []
        heads: list[int] = []
        for pieces in encoded.pieces[first:last]:
            heads.append(len(ids))
            ids.extend(pieces)
            repeat.append(len(pieces))
        rows.append((ids, heads, repeat, encoded, first, last))
    length = max(len(row[0]) for row in rows)
    count = max(len(row[1]) for row in rows)
    size = len(rows)
    ids_t = torch.zeros(size, length, dtype=torch.long)
    features = torch.zeros(3, size, length, dtype=torch.long)
    mask = torch.zeros(size, length, dtype=torch.bool)
    first_pieces = torch.zeros(size, count, dtype=torch.long)
    words = torch.zeros(size, count, dtype=torch.bool)
    for r, (ids, heads, repeat, encoded, first, last) in enumerate(rows):
        n = len(ids)
        ids_t[r, :n] = torch.tensor(ids)
        per_word = torch.tensor([encoded.shapes[first:last], encoded.quotes[first:last], encoded.boundaries[first:last]])
        features[:, r, :n] = per_word.repeat_interleave(torch.tensor(repeat), dim=1)
        mask[r, :n] = True
        first_pieces[r, : len(heads)] = torch.tensor(heads)
        words[r, : len(heads)] = True
    return Batch(ids_t, features[0], features[1], features[2], mask, first_pieces, words)


class Layer(nn.Module):
    """One encoder layer of BERT: attention, then feed-forward, each with its residual normalized after."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.heads = settings.heads
        self.qkv = nn.Linear(settings.width, 3 * settings.width)
        self.out = nn.Linear(settings.width, settings.width)
        self.norm1 = nn.LayerNorm(settings.width, eps=1e-12)
        self.up = nn.Linear(settings.width, settings.feedforward)
        self.down = nn.Linear(settings.feedforward, settings.width)
        self.norm2 = nn.LayerNorm(settings.width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        size, length, width = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm1(x + self.out(attended.transpose(1, 2).reshape(size, length, width)))
        y: Tensor = self.norm2(x + self.down(F.gelu(self.up(x))))
        return y


class Encoder(nn.Module):
    """The bottom layers of a BERT encoder, with our word features added to its input."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width = settings.width
        self.piece = nn.Embedding(settings.pieces, width)
        self.position = nn.Embedding(settings.positions, width)
        self.shape = nn.Embedding(SHAPES, width)
        self.quote = nn.Embedding(QUOTE_STATES, width)
        self.boundary = nn.Embedding(BOUNDARIES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(settings) for _ in range(settings.layers))
        for table in (self.shape, self.quote, self.boundary):
            nn.init.normal_(table.weight, std=0.01)

    def forward(self, batch: Batch, dropout: float) -> Tensor:
        length = batch.ids.shape[1]
        x = self.piece(batch.ids) + self.position.weight[:length]
        x = x + self.shape(batch.shapes) + self.quote(batch.quotes) + self.boundary(batch.boundaries)
        x = locked_dropout(self.norm(x), dropout)
        bias = None
        if not bool(batch.mask.all()):
            bias = torch.zeros(batch.mask.shape, dtype=x.dtype).masked_fill(~batch.mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = locked_dropout(layer(x, bias), dropout)
        return x


def locked_dropout(x: Tensor, p: float) -> Tensor:
    """Dropout with one mask for all positions of a sequence (Gal and Ghahramani 2016); nothing where p is 0."""
    if not p:
        return x
    keep = torch.rand(x.shape[0], 1, x.shape[2]).ge(p).to(x.dtype) / (1 - p)
    return x * keep


def distance_buckets(anchors: Tensor, count: int) -> Tensor:
    """Signed logarithmic buckets of the distance from each anchor to each of `count` words."""
    offset = torch.arange(count)[None, :] - anchors[:, None]
    size = offset.abs().float()
    half = BUCKETS // 2
    near = size.clamp(max=6)
    far = 6 + (size.clamp(min=7) / 6).log2() * 1.8
    level = torch.where(size <= 6, near, far).round().clamp(max=half).long()
    return torch.where(offset < 0, half - level, half + level)


class Network(nn.Module):
    """Encoder, BiLSTM over words, a tag for each word, a score for each anchor, a label for each (anchor, word)."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.encoder = Encoder(settings)
        hidden = 2 * settings.recurrent
        self.lstm = nn.LSTM(settings.width, settings.recurrent, batch_first=True, bidirectional=True)
        self.mix = nn.Linear(settings.width, hidden)
        self.tags = nn.Linear(hidden, 7)
        self.anchor = nn.Sequential(nn.Linear(hidden, 64), nn.GELU(), nn.Linear(64, 1))
        self.of_anchor = nn.Linear(hidden, settings.pair)
        self.of_word = nn.Linear(hidden, settings.pair)
        self.distance = nn.Embedding(BUCKETS, settings.pair)
        self.distance_bias = nn.Embedding(BUCKETS, len(LABELS))
        self.label = nn.Linear(settings.pair, len(LABELS))
        self.left = nn.Linear(hidden, 48 * len(LABELS))
        self.right = nn.Linear(hidden, 48)

    def words(self, batch: Batch, dropout: float = 0.0) -> Tensor:
        """Hidden states of words: (windows, words, 2 * recurrent)."""
        x = self.encoder(batch, dropout)
        index = batch.first_pieces[:, :, None].expand(-1, -1, x.shape[2])
        x = locked_dropout(x.gather(1, index).float(), dropout)
        with torch.autocast("cpu", enabled=False):
            recurrent, _ = self.lstm(x * batch.words[:, :, None])
            return locked_dropout(recurrent + self.mix(x), dropout)

    def pairs(self, states: Tensor, anchors: Tensor) -> Tensor:
        """Scores of the labels of each word for each anchor of one window: (anchors, words, labels)."""
        count = states.shape[0]
        buckets = distance_buckets(anchors, count)
        of_anchor = states[anchors]
        joint = F.gelu(self.of_anchor(of_anchor)[:, None] + self.of_word(states)[None] + self.distance(buckets))
        left = self.left(of_anchor).view(len(anchors), len(LABELS), -1)
        bilinear = torch.einsum("ald,wd->awl", left, self.right(states)) / 7.0
        scores: Tensor = self.label(joint) + bilinear + self.distance_bias(buckets)
        return scores


def batches(parts: Sequence[tuple[Encoded, int, int]], size: int) -> Iterator[Batch]:
    """`parts` in order, collated `size` at a time."""
    for start in range(0, len(parts), size):
        yield collate(parts[start : start + size])


@attrs.frozen
class Tagged:
    """One claim as the network sees it: token indices of each role, in order, and how sure it is (0 to 1)."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    confidence: float


@attrs.frozen
class Decoding:
    """How scores become claims; calibrated on the dev part of PolNeAR by training/tagger.py."""

    anchor: float = 0.45  # least probability of an anchor
    switch: float = 0.7  # log-odds that a change of label inside a window costs


def decode(anchors: list[int], chances: list[float], scores: Tensor, decoding: Decoding) -> list[Tagged]:
    """Claims from the anchors of one window (word indices) and the label scores (anchors, words, labels)."""
    if not anchors:
        return []
    labels = best_labels(torch.tensor(anchors), scores.log_softmax(-1), decoding.switch)
    strength = scores.softmax(-1)
    found = []
    for row, chance in enumerate(chances):
        line = labels[row]
        content = [i for i, label in enumerate(line) if label == CONTENT]
        certain = float(strength[row, content, CONTENT].mean())
        source = _best_run([i for i, label in enumerate(line) if label == SOURCE], strength[row, :, SOURCE])
        cue = tuple(i for i, label in enumerate(line) if label == CUE)
        found.append(Tagged(source, cue, tuple(content), round(chance * certain, 4)))
    return found


def _best_run(indices: list[int], strength: Tensor) -> tuple[int, ...]:
    """The run of neighbouring indices (gaps of two words allowed) with the most strength: a claim has one source."""
    runs: list[list[int]] = []
    for i in indices:
        if runs and i - runs[-1][-1] <= 3:
            runs[-1].append(i)
        else:
            runs.append([i])
    if not runs:
        return ()
    return tuple(max(runs, key=lambda run: float(strength[run].sum())))


def best_labels(anchors: Tensor, logp: Tensor, switch: float) -> list[list[int]]:
    """Viterbi over words with one cost for every change of label, all anchors at once.

    The anchor itself is content; nothing before it is; and nothing beyond REACH words belongs to the claim.
    """
    count, length, size = logp.shape
    offset = torch.arange(length)[None, :] - anchors[:, None]
    logp = logp.clone()
    logp[:, :, CONTENT].masked_fill_(offset < 0, -1e4)
    logp[:, :, 1:].masked_fill_((offset.abs() > REACH)[:, :, None], -1e4)
    forced = torch.full((size,), -1e4)
    forced[CONTENT] = 0.0
    logp[torch.arange(count), anchors] = forced
    array = logp.numpy()
    score = array[:, 0].copy()
    back = []
    for t in range(1, length):
        best = score.argmax(1)
        top = score.max(1) - switch
        stay = score >= top[:, None]
        back.append((stay, best))
        score = array[:, t] + np.where(stay, score, top[:, None])
    rows = np.arange(count)
    state = score.argmax(1)
    path = [state]
    for stay, best in reversed(back):
        state = np.where(stay[rows, state], state, best)
        path.append(state)
    labels: list[list[int]] = np.stack(path[::-1], axis=1).tolist()
    return labels


class Tagger:
    """A trained network and its vocabulary; read-only once made, so that threads may share it."""

    def __init__(self, network: Network, cutter: WordPieces, decoding: Decoding) -> None:
        self.network = network.eval()
        self.cutter = cutter
        self.decoding = decoding

    def tag(self, tokens: Tokens) -> list[Tagged]:
        """The claims of a text in order of their contents."""
        return self.tag_encoded(tokens, encode(tokens, self.cutter)) if len(tokens) else []

    def tag_encoded(self, tokens: Tokens, encoded: Encoded) -> list[Tagged]:
        """The same from a text already encoded."""
        found: list[Tagged] = []
        with torch.inference_mode():
            for window in windows(tokens, encoded):
                states = self.network.words(collate([(encoded, window.first, window.last)]))[0].float()
                own = slice(window.own_first - window.first, window.own_last - window.first)
                chances = self.network.anchor(states[own]).squeeze(-1).sigmoid()
                anchors = (chances >= self.decoding.anchor).nonzero().squeeze(-1)
                if not len(anchors):
                    continue
                at = anchors + own.start
                low, high = max(0, int(at[0]) - REACH), min(len(states), int(at[-1]) + REACH + 1)
                scores = self.network.pairs(states[low:high], at - low)
                shift = window.first + low
                for claim in decode((at - low).tolist(), chances[anchors].tolist(), scores, self.decoding):
                    found.append(
                        Tagged(
                            tuple(i + shift for i in claim.source),
                            tuple(i + shift for i in claim.cue),
                            tuple(i + shift for i in claim.content),
                            claim.confidence,
                        )
                    )
        return without_overlaps(found)


def without_overlaps(found: list[Tagged]) -> list[Tagged]:
    """Give each word to the content of one claim at most, the surest first; a claim left with no content goes."""
    taken: set[int] = set()
    kept: list[Tagged] = []
    for claim in sorted(found, key=lambda c: (-c.confidence, c.content)):
        content = tuple(i for i in claim.content if i not in taken)
        if len(content) * 2 <= len(claim.content) or claim.content[0] not in content:
            continue
        taken.update(content)
        kept.append(attrs.evolve(claim, content=content))
    return sorted(kept, key=lambda c: c.content)
