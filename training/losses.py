"""What the network's heads lose on a batch, each as its own sum, so that a script may log and weigh them."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from quotebank.attribution.decoding import CUE
from quotebank.attribution.network import Network
from quotebank.records import ACTS
from training.batches import Labelled, Links, Rows

DROPOUT = 0.1
CLOSED = -1e4  # what no candidate scores
LINK = 0.5  # weight of whom a word stands for
NAME = 3.0  # weight of roles and affiliations: few words state them


def losses(network: Network, batch: Labelled, *, bfloat16: bool, dropout: float = DROPOUT) -> dict[str, Tensor]:
    """Cross entropy of anchors, labels, roles, acts and entities, per claim, name or word."""
    with torch.autocast(batch.anchors.device.type, torch.bfloat16, enabled=bfloat16):
        hidden = network.body(batch.words, dropout)
    states = hidden.float().flatten(0, 1)
    anchors = functional.binary_cross_entropy_with_logits(
        network.anchors(states), batch.anchors.flatten(0, 1), reduction="none"
    )
    entities = functional.cross_entropy(network.entities(states), batch.entities.flatten(), reduction="sum")
    named = (batch.entities >= 0).sum()
    size = batch.claims.weights.sum().clamp(min=4.0)
    pair, act = _claims(network, states, batch.claims)
    name = _names(network, states, batch.names)
    return {
        "anchor": (anchors * batch.known.flatten(0, 1)).sum() / size,
        "pair": pair / (15 * size),
        "name": NAME * name / (20 * max(len(batch.names.anchors), 4)),
        "act": 0.25 * act,
        "entity": 2.0 * entities / named.clamp(min=50),
        "link": LINK * _links(network, states, batch.links) / max(len(batch.links.anchors), 8),
    }


def linked(network: Network, states: Tensor, links: Links) -> Tensor:
    """The log chances that each word of `links` stands for each of its candidates, or for nobody, the last."""
    asks, offers, nobody = network.links(states)
    scores = (offers[links.mentions.clamp(min=0)] @ asks[links.anchors][:, None, :, None])[..., 0]
    scores = scores.masked_fill(links.mentions < 0, CLOSED).logsumexp(2).clamp(min=CLOSED)
    none = nobody[links.anchors].masked_fill(~links.nobody, CLOSED)
    return torch.cat([scores, none[:, None]], 1).log_softmax(1)


def _links(network: Network, states: Tensor, links: Links) -> Tensor:
    if not len(links.anchors):
        return states.new_zeros(())
    likely = linked(network, states, links)
    return -(links.targets * likely.clamp(min=-20)).sum()


def _claims(network: Network, states: Tensor, rows: Rows) -> tuple[Tensor, Tensor]:
    if not len(rows.anchors):
        return states.new_zeros(()), states.new_zeros(())
    logp = network.pairs(states, rows.anchors, rows.levels).log_softmax(-1)
    pair = -((rows.targets * logp).sum((1, 2)) * rows.weights).sum()
    told = rows.reports.sum(1) > 0
    predicted = logp.detach()[:, :, CUE].exp() * rows.targets.sum(-1)
    cues = rows.targets[:, :, CUE] if torch.rand(()) < 0.5 else predicted  # at work it sees its own cues
    said, wanted = network.reports(states, rows.anchors, cues), rows.reports
    acts, forces = slice(0, len(ACTS)), slice(len(ACTS), None)
    loss = -(said[:, acts].log_softmax(1) * wanted[:, acts]).sum(1)
    speech = wanted[:, 0] * wanted[:, forces].sum(1)
    loss = loss - 0.5 * speech * (said[:, forces].log_softmax(1) * wanted[:, forces]).sum(1)
    return pair, (loss * rows.weights * told).sum() / told.sum().clamp(min=4)


def _names(network: Network, states: Tensor, rows: Rows) -> Tensor:
    if not len(rows.anchors):
        return states.new_zeros(())
    return -(rows.targets * network.statements(states, rows.anchors).log_softmax(-1)).sum()
