"""The attribution network: which words are a claim's source, cue and content.

A small pretrained encoder reads a window of the article; a BiLSTM smooths over words. A claim is found by its anchor,
the first word of its content; every other word of the window is then labelled source, cue, content or nothing *for
that anchor*, the way semantic role labelling labels a predicate's arguments (Strubell et al. 2018; for attribution,
Pareti 2016, "PARC 3.0", and Newell et al. 2018, "Quote extraction and analysis for news"). So neighbouring claims
cannot merge, and one source can serve several claims.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import torch
from torch import Tensor, nn
from torch.nn import functional

from quotebank.attribution.decoding import LABELS, POSSIBLE, REACH, Decoding, Scored, Tagged, decode, quoted_ranges
from quotebank.attribution.encoding import BOUNDARIES, QUOTE_STATES, SHAPES, Encoded, WordPieces, encode, windows
from quotebank.errors import ModelError
from quotebank.text import Tokens

STEP = 64  # pieces and words to which windows are padded
BUCKETS = 25  # of the distance between an anchor and a word


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


def _rounded(size: int) -> int:
    """`size` up to a multiple of STEP: the kernels are compiled once for every shape they meet, and kept."""
    return -(-size // STEP) * STEP


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
    length = _rounded(max(len(row[0]) for row in rows))
    count = _rounded(max(len(row[1]) for row in rows))
    size = len(rows)
    ids_t = torch.zeros(size, length, dtype=torch.long)
    features = torch.zeros(3, size, length, dtype=torch.long)
    mask = torch.zeros(size, length, dtype=torch.bool)
    first_pieces = torch.zeros(size, count, dtype=torch.long)
    words = torch.zeros(size, count, dtype=torch.bool)
    for r, (ids, heads, repeat, encoded, first, last) in enumerate(rows):
        n = len(ids)
        ids_t[r, :n] = torch.tensor(ids)
        per_word = torch.tensor(
            [encoded.shapes[first:last], encoded.quotes[first:last], encoded.boundaries[first:last]]
        )
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
        """(windows, pieces, width) to the same; `bias` is added to the attention scores."""
        size, length, width = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm1(x + self.out(attended.transpose(1, 2).reshape(size, length, width)))
        y: Tensor = self.norm2(x + self.down(functional.gelu(self.up(x))))
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
        self.dtype = torch.float32  # in which the layers compute
        for table in (self.shape, self.quote, self.boundary):
            nn.init.normal_(table.weight, std=0.01)

    def forward(self, batch: Batch, dropout: float) -> Tensor:
        """Hidden states of pieces: (windows, pieces, width)."""
        length = batch.ids.shape[1]
        x = self.piece(batch.ids) + self.position.weight[:length]
        x = x + self.shape(batch.shapes) + self.quote(batch.quotes) + self.boundary(batch.boundaries)
        x = locked_dropout(self.norm(x), dropout)
        x = x.to(self.dtype)
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
        joint = functional.gelu(
            self.of_anchor(of_anchor)[:, None] + self.of_word(states)[None] + self.distance(buckets)
        )
        left = self.left(of_anchor).view(len(anchors) * len(LABELS), -1)
        bilinear = (left @ self.right(states).T).view(len(anchors), len(LABELS), count).transpose(1, 2) / 7.0
        scores: Tensor = self.label(joint) + bilinear + self.distance_bias(buckets)
        return scores


class Tagger:
    """A trained network and its vocabulary; read-only once made, so that threads may share it."""

    def __init__(self, network: Network, cutter: WordPieces, decoding: Decoding) -> None:
        self.network = network.eval()
        self.cutter = cutter
        self.decoding = decoding

    def tag(self, tokens: Tokens) -> list[Tagged]:
        """The claims of a text in order of their contents."""
        if not len(tokens):
            return []
        quotations = quoted_ranges(tokens)
        scored = self.score(tokens, encode(tokens, self.cutter))
        return decode(scored, quotations, self.decoding)

    def score(self, tokens: Tokens, encoded: Encoded) -> Iterator[Scored]:
        """The network's scores of a text, window by window."""
        for window in windows(tokens, encoded):
            with torch.inference_mode():
                states = self.network.words(collate([(encoded, window.first, window.last)]))[0].float()
                states = states[: window.last - window.first]
                own = slice(window.own_first - window.first, window.own_last - window.first)
                chances = self.network.anchor(states[own]).squeeze(-1).sigmoid()
                anchors = (chances >= POSSIBLE).nonzero().squeeze(-1)
                if not len(anchors):
                    continue
                at = anchors + own.start
                low, high = max(0, int(at[0]) - REACH), min(len(states), int(at[-1]) + REACH + 1)
                scores = self.network.pairs(states[low:high], at - low)
            yield Scored(window.first + low, (at - low).tolist(), chances[anchors].tolist(), scores.numpy().copy())


def unpack(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights in single precision from a file's: half precision, or bytes with a scale for each row."""
    out = {}
    for name, value in stored.items():
        if name.endswith(".scale"):
            continue
        scale = stored.get(f"{name}.scale")
        out[name] = value.float() if scale is None else value.float() * scale.float()[:, None]
    return out


def has_fast_bfloat16() -> bool:
    """Whether this processor multiplies matrices of bfloat16 in hardware (AMX): two to three times as fast."""
    return (
        bool(torch.cpu.get_capabilities().get("amx_bf16", False)) if hasattr(torch.cpu, "get_capabilities") else False
    )


def load_tagger(path: Path) -> Tagger:
    """Read a tagger as the scripts in training/ write it. Raises `ModelError` where it is no such file."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        network = Network(Settings(**state["settings"]))
        network.load_state_dict(unpack(state["weights"]))
        if has_fast_bfloat16():
            network.encoder.dtype = torch.bfloat16
            network.encoder.layers.to(torch.bfloat16)
        return Tagger(network, WordPieces(state["vocabulary"]), Decoding())
    except (OSError, RuntimeError, KeyError, TypeError, pickle.UnpicklingError) as error:
        raise ModelError(f"{path} is not a tagger of this version of quotebank: {error}") from error
