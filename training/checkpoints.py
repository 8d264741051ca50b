"""Networks as the scripts here write them."""

from __future__ import annotations

from pathlib import Path

import attrs
import torch
from torch import Tensor

from quotebank.attribution import network as nw
from training.encoders import teacher


def load_network(path: Path) -> tuple[nw.Network, list[str]]:
    """A network and its vocabulary."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    settings = nw.Settings(**state["settings"])
    is_teacher = any(name.startswith("body.encoder.relative") for name in state["weights"])
    network = teacher(settings) if is_teacher else nw.Network(settings)
    network.load_state_dict(state["weights"])
    return network.eval(), state["vocabulary"]


def save_network(path: Path, settings: nw.Settings, vocabulary: list[str], weights: dict[str, Tensor]) -> None:
    """Write a network whole or not at all: another script may be waiting for it."""
    weights = {name: value.detach().cpu() for name, value in weights.items()}
    part = path.with_suffix(".part")
    torch.save({"settings": attrs.asdict(settings), "vocabulary": vocabulary, "weights": weights}, part)
    part.replace(path)
