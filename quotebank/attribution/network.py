"""The network that reads an article: one body over its words, several heads.

A claim is found by its anchor, the first word of its content; every other word is then labelled source, cue, content
or nothing *for that anchor*, the way semantic role labelling labels a predicate's arguments (Strubell et al. 2018; for
attribution, Pareti 2016, "PARC 3.0", and Newell et al. 2018, "Quote extraction and analysis for news"). So neighbouring
claims cannot merge, one source can serve several claims, and a claim may lie inside another one. A person's role and
affiliation are found the same way, with a mention of the person for an anchor. Whom "she" or "the company" stands for
is scored by a product of what each word asks for and what each other one offers, as Lee et al. (2018, "Higher-order
coreference resolution with coarse-to-fine inference") do to rank antecedents.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import torch
from torch import Tensor, nn
from torch.nn import functional

from quotebank.attribution.decoding import LABELS, REACH
from quotebank.attribution.encoding import BOUNDARIES, QUOTE_STATES, SHAPES, Encoded
from quotebank.records import ACTS, FORCES

STEP = 64  # pieces and words to which windows are padded
AROUND = 60  # words before and after a name that may state its role
BUCKETS = 25  # of the distance between an anchor and a word
LEVELS = 2  # of anchors: a claim of the article's, a claim inside another one's content
LINKED = 96  # numbers of what a mention asks for, and of what one offers
STATED = ("none", "role", "affiliation")  # labels of a word for a person
ENTITIES = ("PER", "ORG", "LOC", "MISC")  # of CoNLL 2003 (Tjong Kim Sang and De Meulder), each as B and I, after O


@attrs.frozen
class Settings:
    """The sizes of a network; stored beside its weights."""

    pieces: int
    body: str = "pieces"  # or "words"
    layers: int = 3
    width: int = 384
    heads: int = 12
    feedforward: int = 1536
    recurrent: int = 128
    pair: int = 128
    positions: int = 512
    convolutions: int = 2
    recurrent_layers: int = 1


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

    def forward(self, x: Tensor, bias: Tensor | None, dropout: float = 0.0) -> Tensor:
        """(windows, pieces, width) to the same; `bias` is added to the attention scores."""
        size, length, width = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        attended = self.out(attended.transpose(1, 2).reshape(size, length, width))
        x = self.norm1(x + locked_dropout(attended, dropout))
        y: Tensor = self.norm2(x + locked_dropout(self.down(functional.gelu(self.up(x))), dropout))
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
        bias = self.bias(batch.mask, x.dtype)
        for layer in self.layers:
            x = layer(x, bias, dropout)
        states: Tensor = x
        return states

    def bias(self, mask: Tensor, dtype: torch.dtype) -> Tensor | None:
        """What is added to the attention's scores: nothing but where pieces are padding."""
        if bool(mask.all()):
            return None
        return torch.zeros_like(mask, dtype=dtype).masked_fill(~mask, -1e4)[:, None, None, :]


def locked_dropout(x: Tensor, p: float) -> Tensor:
    """Dropout with one mask for all positions of a sequence (Gal and Ghahramani 2016); nothing where p is 0."""
    if not p:
        return x
    keep = torch.rand(x.shape[0], 1, x.shape[2], device=x.device).ge(p).to(x.dtype) / (1 - p)
    return x * keep


def distance_buckets(reach: int, device: torch.device) -> Tensor:
    """Signed logarithmic buckets of the distances from `-reach` to `reach`."""
    offset = torch.arange(-reach, reach + 1, device=device)
    size = offset.abs().float()
    half = BUCKETS // 2
    near = size.clamp(max=6)
    far = 6 + (size.clamp(min=7) / 6).log2() * 1.8
    level = torch.where(size <= 6, near, far).round().clamp(max=half).long()
    return torch.where(offset < 0, half - level, half + level)


def around(anchors: Tensor, reach: int, count: int) -> Tensor:
    """Places of the words up to `reach` around each anchor, kept within `count`: (anchors, 2 * reach + 1)."""
    return (anchors[:, None] + torch.arange(-reach, reach + 1, device=anchors.device)).clamp(0, count - 1)


class PairScorer(nn.Module):
    """Scores of the labels that each word around an anchor may have for it."""

    def __init__(self, hidden: int, width: int, labels: int) -> None:
        super().__init__()
        self.labels = labels
        self.of_anchor = nn.Linear(hidden, width)
        self.of_word = nn.Linear(hidden, width)
        self.distance = nn.Embedding(BUCKETS, width)
        self.distance_bias = nn.Embedding(BUCKETS, labels)
        self.label = nn.Linear(width, labels)
        self.left = nn.Linear(hidden, 48 * labels)
        self.right = nn.Linear(hidden, 48)

    def forward(self, states: Tensor, anchors: Tensor, of_anchor: Tensor, reach: int) -> Tensor:
        """(words, hidden), places of anchors among them and what is known of these: (anchors, 2 * reach + 1, labels).

        Where a row reaches over the first or last word, it repeats that word's states: such scores mean nothing.
        """
        places = around(anchors, reach, len(states))
        buckets = distance_buckets(reach, states.device)
        joint = functional.gelu(
            self.of_anchor(of_anchor)[:, None] + self.of_word(states)[places] + self.distance(buckets)
        )
        left = self.left(of_anchor).view(len(anchors), self.labels, -1)
        bilinear = self.right(states)[places] @ left.transpose(1, 2) / 7.0
        scores: Tensor = self.label(joint) + bilinear + self.distance_bias(buckets)
        return scores


class LinkScorer(nn.Module):
    """How well a word that names somebody again goes with each earlier or later mention of somebody."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.asks = nn.Sequential(nn.Linear(hidden, 2 * LINKED), nn.GELU(), nn.Linear(2 * LINKED, LINKED))
        self.offers = nn.Sequential(nn.Linear(hidden, 2 * LINKED), nn.GELU(), nn.Linear(2 * LINKED, LINKED))
        self.nobody = nn.Linear(hidden, 1)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What each word asks for and what it offers, (words, LINKED) both, and the score that it asks for nobody.

        The score of two mentions is the product of what the one asks for and what the other offers.
        """
        return self.asks(states) / LINKED**0.5, self.offers(states), self.nobody(states)[..., 0]


class PieceBody(nn.Module):
    """Encoder over word pieces, then a BiLSTM over words."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.encoder = Encoder(settings)
        hidden = 2 * settings.recurrent
        self.lstm = nn.LSTM(settings.width, settings.recurrent, batch_first=True, bidirectional=True)
        self.mix = nn.Linear(settings.width, hidden)

    def forward(self, batch: Batch, dropout: float = 0.0) -> Tensor:
        """Hidden states of words: (windows, words, 2 * recurrent)."""
        x = self.encoder(batch, dropout)
        index = batch.first_pieces[:, :, None].expand(-1, -1, x.shape[2])
        x = locked_dropout(x.gather(1, index).float(), dropout)
        with torch.autocast(x.device.type, enabled=False):
            recurrent, _ = self.lstm(x * batch.words[:, :, None])
            return locked_dropout(recurrent + self.mix(x), dropout)


@attrs.frozen
class WordBatch:
    """Windows as tensors of words: the pieces of all words in a row, where each word's begin, and its features."""

    ids: Tensor
    offsets: Tensor
    shapes: Tensor
    quotes: Tensor
    boundaries: Tensor
    words: Tensor  # mask of words


def collate_words(parts: Sequence[tuple[Encoded, int, int]]) -> WordBatch:
    """Pad (encoded text, first token, last token) parts into one batch of words."""
    count = max(last - first for _, first, last in parts)
    size = len(parts)
    ids: list[int] = []
    offsets: list[int] = []
    features = torch.zeros(3, size, count, dtype=torch.long)
    words = torch.zeros(size, count, dtype=torch.bool)
    for r, (encoded, first, last) in enumerate(parts):
        for pieces in encoded.pieces[first:last]:
            offsets.append(len(ids))
            ids.extend(pieces)
        offsets.extend([len(ids)] * (count - (last - first)))
        n = last - first
        features[:, r, :n] = torch.tensor(
            [encoded.shapes[first:last], encoded.quotes[first:last], encoded.boundaries[first:last]]
        )
        words[r, :n] = True
    return WordBatch(torch.tensor(ids), torch.tensor(offsets), features[0], features[1], features[2], words)


class WordBody(nn.Module):
    """Vectors of words (the mean of their pieces'), maxout convolutions, a BiLSTM: most texts are read whole."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width = settings.width
        self.piece: nn.Module = nn.EmbeddingBag(settings.pieces, width, mode="mean")
        self.shape = nn.Embedding(SHAPES, width)
        self.quote = nn.Embedding(QUOTE_STATES, width)
        self.boundary = nn.Embedding(BOUNDARIES, width)
        self.norm = nn.LayerNorm(width)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(width, 2 * width, 3, padding=1) for _ in range(settings.convolutions)
        )
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(settings.convolutions))
        self.lstm = nn.LSTM(width, settings.recurrent, settings.recurrent_layers, batch_first=True, bidirectional=True)
        self.mix = nn.Linear(width, 2 * settings.recurrent)

    def forward(self, batch: WordBatch, dropout: float = 0.0) -> Tensor:
        """Hidden states of words: (windows, words, 2 * recurrent)."""
        size, count = batch.words.shape
        x = self.piece(batch.ids, batch.offsets).view(size, count, -1)
        x = x + self.shape(batch.shapes) + self.quote(batch.quotes) + self.boundary(batch.boundaries)
        keep = batch.words[:, :, None].to(x.dtype)
        x = locked_dropout(self.norm(x), dropout) * keep
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            both = convolution(x.transpose(1, 2)).transpose(1, 2)
            x = norm(x + locked_dropout(both.unflatten(2, (-1, 2)).amax(-1), dropout)) * keep
        recurrent = self.lstm(x)[0] if self.training or size == 1 else read_both_ways(self.lstm, x, batch.words)
        return locked_dropout(recurrent + self.mix(x), dropout)


def read_both_ways(lstm: nn.LSTM, x: Tensor, words: Tensor) -> Tensor:
    """What a BiLSTM of one layer makes of rows of unlike length as if each were alone: (rows, words, 2 * recurrent).

    Each row is turned round by itself, so that the pass from behind begins with its last word and not with padding.
    (`pack_padded_sequence` does the same, and on a processor takes longer than row by row.)
    """
    count, at = words.sum(1, keepdim=True), torch.arange(x.shape[1])
    turned = torch.where(at < count, count - 1 - at, at)[:, :, None]
    ahead = _one_way(lstm, x, "")
    back = _one_way(lstm, x.gather(1, turned.expand(-1, -1, x.shape[2])), "_reverse")
    return torch.cat([ahead, back.gather(1, turned.expand(-1, -1, back.shape[2]))], -1)


def _one_way(lstm: nn.LSTM, x: Tensor, direction: str) -> Tensor:
    weights = [getattr(lstm, f"{name}_l0{direction}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    begun = x.new_zeros(1, len(x), lstm.hidden_size)
    states: Tensor = torch.lstm(x, (begun, begun), weights, True, 1, 0.0, False, False, True)[0]
    return states


class Network(nn.Module):
    """Body, and heads: two anchors and an entity tag for each word, labels for each anchor and word, acts of claims."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.device = torch.device("cpu")
        self.body = WordBody(settings) if settings.body == "words" else PieceBody(settings)
        hidden = 2 * settings.recurrent
        self.anchor = nn.Sequential(nn.Linear(hidden, 64), nn.GELU(), nn.Linear(64, 1))
        self.nested = nn.Sequential(nn.Linear(hidden, 64), nn.GELU(), nn.Linear(64, 1))
        self.level = nn.Embedding(LEVELS, hidden)
        self.claims = PairScorer(hidden, settings.pair, len(LABELS))
        self.stated = PairScorer(hidden, settings.pair // 2, len(STATED))
        self.acts = nn.Sequential(nn.Linear(2 * hidden, 96), nn.GELU(), nn.Linear(96, len(ACTS) + len(FORCES)))
        self.entities = nn.Linear(hidden, 2 * len(ENTITIES) + 1)
        self.links = LinkScorer(hidden)
        nn.init.zeros_(self.level.weight)

    def words(self, parts: Sequence[tuple[Encoded, int, int]], dropout: float = 0.0) -> Tensor:
        """Hidden states of the words of (encoded text, first token, last token) parts: (parts, words, hidden)."""
        batch = collate_words(parts) if self.settings.body == "words" else collate(parts)
        if self.device.type != "cpu":  # the body alone goes there: the heads' work is small and is wanted here
            batch = type(batch)(*(tensor.to(self.device) for tensor in attrs.astuple(batch, recurse=False)))
        states: Tensor = self.body(batch, dropout)
        return states.float().cpu()

    def anchors(self, states: Tensor) -> Tensor:
        """Log-odds that a word is an anchor of either level: (…, LEVELS)."""
        return torch.cat([self.anchor(states), self.nested(states)], -1)

    def pairs(self, states: Tensor, anchors: Tensor, levels: Tensor) -> Tensor:
        """Scores of the labels of the words around each anchor: (anchors, 2 * REACH + 1, labels)."""
        scores: Tensor = self.claims(states, anchors, states[anchors] + self.level(levels), REACH)
        return scores

    def statements(self, states: Tensor, names: Tensor) -> Tensor:
        """Scores of role, affiliation and neither of the words around each name: (names, 2 * AROUND + 1, STATED)."""
        scores: Tensor = self.stated(states, names, states[names], AROUND)
        return scores

    def reports(self, states: Tensor, anchors: Tensor, cues: Tensor) -> Tensor:
        """Scores of act and force of each claim: (anchors, ACTS + FORCES).

        `cues` (anchors, 2 * REACH + 1) weighs the words around each.
        """
        weight = cues / (cues.sum(1, keepdim=True) + 0.3)
        read = (weight[:, None] @ states[around(anchors, REACH, len(states))])[:, 0]
        scores: Tensor = self.acts(torch.cat([states[anchors], read], -1))
        return scores
