"""What the network's heads lose on labelled parts, each as its own sum, so that a script may log and weigh them."""

from __future__ import annotations

import random

import torch
from torch import Tensor
from torch.nn import functional

from quotebank.attribution.decoding import CUE
from quotebank.attribution.encoding import Encoded
from quotebank.attribution.network import Network
from quotebank.records import ACTS
from training.gold import Part

MASK_RATE = 0.05
NO_PARAGRAPHS = 0.35  # share of parts that are read as if their paragraph breaks were lost
DROPOUT = 0.1
NAME = 3.0  # weight of roles and affiliations: few words state them


def losses(
    network: Network, parts: list[Part], rng: random.Random, mask_id: int, *, bfloat16: bool
) -> dict[str, Tensor]:
    """Cross entropy of anchors, labels, roles, acts and entities, per claim, name or word."""
    inputs = [(_disturbed(part.encoded, rng, mask_id), 0, len(part)) for part in parts]
    with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        states = network.words(inputs, DROPOUT)
    states = states.float()
    sums = {name: torch.zeros(()) for name in ("anchor", "pair", "name", "act", "entity")}
    sizes = dict.fromkeys(sums, 0.0)
    for row, part in zip(states.unbind(), parts, strict=True):  # indexing would make a gradient of the whole for each
        own = row[: len(part)]
        if part.entities is not None:
            sums["entity"] = sums["entity"] + functional.cross_entropy(
                network.entities(own), part.entities, reduction="sum"
            )
            sizes["entity"] += len(part)
        if part.anchors is not None:
            loss = functional.binary_cross_entropy_with_logits(network.anchors(own), part.anchors, reduction="none")
            sums["anchor"] = sums["anchor"] + (loss * torch.tensor(part.known)).sum()
        if part.claims:
            _claims(network, own, part, rng, sums, sizes)
        if part.names:
            index = torch.tensor([row.anchor for row in part.names])
            target = torch.stack([row.target(len(part)) for row in part.names])
            sums["name"] = sums["name"] - (target * network.statements(own, index).log_softmax(-1)).sum()
            sizes["name"] += len(part.names)
    claims = max(sizes["pair"], 4.0)
    return {
        "anchor": sums["anchor"] / claims,
        "pair": sums["pair"] / (15 * claims),
        "name": NAME * sums["name"] / (20 * max(sizes["name"], 4.0)),
        "act": 0.25 * sums["act"] / max(sizes["act"], 4.0),
        "entity": 2.0 * sums["entity"] / max(sizes["entity"], 50.0),
    }


def _disturbed(encoded: Encoded, rng: random.Random, mask_id: int) -> Encoded:
    """Some words masked, and in some parts the paragraph breaks lost: so the network relies on neither."""
    pieces = [(mask_id,) if rng.random() < MASK_RATE else p for p in encoded.pieces]
    boundaries = [min(b, 1) for b in encoded.boundaries] if rng.random() < NO_PARAGRAPHS else encoded.boundaries
    return Encoded(pieces, encoded.shapes, encoded.quotes, boundaries)


def _claims(
    network: Network, own: Tensor, part: Part, rng: random.Random, sums: dict[str, Tensor], sizes: dict[str, float]
) -> None:
    index = torch.tensor([row.anchor for row in part.claims])
    levels = torch.tensor([row.level for row in part.claims])
    logp = network.pairs(own, index, levels).log_softmax(-1)
    target = torch.stack([row.target(len(part)) for row in part.claims])
    weight = part.anchors[index, levels].clamp(min=0.1)
    sums["pair"] = sums["pair"] - ((target * logp).sum((1, 2)) * weight).sum()
    sizes["pair"] += float(weight.sum())
    told = [k for k, row in enumerate(part.claims) if row.report is not None]
    if not told:
        return
    near = target[told].sum(-1)
    cues = target[told, :, CUE] if rng.random() < 0.5 else logp.detach()[told, :, CUE].exp() * near
    report = network.reports(own, index[told], cues)
    wanted = torch.stack([part.claims[k].report for k in told])
    acts, forces = slice(0, len(ACTS)), slice(len(ACTS), None)
    loss = -(report[:, acts].log_softmax(1) * wanted[:, acts]).sum(1)
    speech = wanted[:, 0] * wanted[:, forces].sum(1)
    loss = loss - 0.5 * speech * (report[:, forces].log_softmax(1) * wanted[:, forces]).sum(1)
    sums["act"] = sums["act"] + (loss * weight[told]).sum()
    sizes["act"] += float(weight[told].sum())
