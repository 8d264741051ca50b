"""Pretrained encoders as the bodies that training starts from: MiniLM for what is shipped, MPNet for the teacher.

MPNet (Song et al. 2020, "MPNet: Masked and Permuted Pre-training for Language Understanding") is BERT with a bias of
the attention by relative position, in buckets (Raffel et al. 2020), shared by its layers.
"""

from __future__ import annotations

import math
from pathlib import Path

import attrs
import torch
from torch import Tensor, nn

from quotebank.attribution import network as nw

BUCKETS, FARTHEST = 32, 128  # of relative positions
FIRST = 2  # row of MPNet's first position
SPECIAL = {"[PAD]": "<pad>", "[UNK]": "[UNK]", "[MASK]": "<mask>"}
BERT = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
}
MPNET = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "out": "attention.attn.o",
    "norm1": "attention.LayerNorm",
}
SAME = {"up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}


class TeacherEncoder(nw.Encoder):
    """MPNet's encoder, with our word features added to its input."""

    def __init__(self, settings: nw.Settings) -> None:
        super().__init__(settings)
        self.relative = nn.Embedding(BUCKETS, settings.heads).requires_grad_(False)

    def bias(self, mask: Tensor, dtype: torch.dtype) -> Tensor:
        """MPNet's, by relative position, and that of padding."""
        near = self.relative(relative_buckets(mask.shape[1], mask.device)).permute(2, 0, 1)[None]
        bias: Tensor = near.masked_fill(~mask[:, None, None, :], -1e4)
        return bias.to(torch.bfloat16 if torch.is_autocast_enabled(mask.device.type) else dtype)


def relative_buckets(length: int, device: torch.device) -> Tensor:
    """The bucket of the distance from each position to each other one: (length, length)."""
    place = torch.arange(length, device=device)
    behind = place[:, None] - place[None, :]
    half = BUCKETS // 2
    exact = half // 2
    size = behind.abs()
    far = exact + ((size.clamp(min=1) / exact).log() / math.log(FARTHEST / exact) * (half - exact)).long()
    return (behind < 0).long() * half + torch.where(size < exact, size, far.clamp(max=half - 1))


def teacher(settings: nw.Settings) -> nw.Network:
    """A network with MPNet's encoder, its weights still to be read."""
    network = nw.Network(attrs.evolve(settings, layers=1))
    network.settings = settings
    assert isinstance(network.body, nw.PieceBody)
    network.body.encoder = TeacherEncoder(settings)
    return network


def of_teacher(pieces: int) -> nw.Settings:
    return nw.Settings(pieces=pieces, layers=12, width=768, feedforward=3072, recurrent=256, pair=192)


def read_weights(encoder: nw.Encoder, folder: Path, vocabulary: list[str]) -> None:
    """Fill an encoder from a pretrained one (model.safetensors, vocab.txt in `folder`), our features apart."""
    from safetensors.torch import load_file

    weights = load_file(str(folder / "model.safetensors"))
    listed = (folder / "vocab.txt").read_text(encoding="utf8").removesuffix("\n").split("\n")
    rows = {piece: i for i, piece in enumerate(listed)}
    is_mpnet = isinstance(encoder, TeacherEncoder)
    kept = [rows[SPECIAL.get(piece, piece) if is_mpnet else piece] for piece in vocabulary]
    names = (MPNET if is_mpnet else BERT) | SAME
    with torch.no_grad():
        encoder.piece.weight.copy_(weights["embeddings.word_embeddings.weight"][kept])
        position = weights["embeddings.position_embeddings.weight"]
        if is_mpnet:
            position = position[FIRST:]
            encoder.relative.weight.copy_(weights["encoder.relative_attention_bias.weight"])
        else:
            position = position + weights["embeddings.token_type_embeddings.weight"][0]
        encoder.position.weight.copy_(position)
        encoder.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for n, layer in enumerate(encoder.layers):
            old = f"encoder.layer.{n}."
            for part in ("weight", "bias"):
                joined = [weights[f"{old}{names[x]}.{part}"] for x in ("query", "key", "value")]
                layer.qkv.get_parameter(part).copy_(torch.cat(joined))
                for ours in ("out", "norm1", "up", "down", "norm2"):
                    layer.get_submodule(ours).get_parameter(part).copy_(weights[f"{old}{names[ours]}.{part}"])
