"""Model files to what runs: the tagger read from its file, its weights unpacked into the numbers the processor likes.

Which file that is, and that it is the one that was trained, `model_files` knows; Stanza's own models are loaded by
`stanza_pipeline`.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import torch
from torch import Tensor, nn

from quotebank.attribution.decoding import Decoding
from quotebank.attribution.encoding import WordPieces
from quotebank.attribution.network import Network, PieceBody, Settings
from quotebank.attribution.tagger import Tagger
from quotebank.errors import ArgumentValueError, ModelError


def unpack(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights in single precision from a file's: half precision, or bytes with a scale for each row."""
    out = {}
    for name, value in stored.items():
        if name.endswith(".scale"):
            continue
        scale = stored.get(f"{name}.scale")
        out[name] = (
            value.float() if scale is None else (value.float().flatten(1) * scale.float()[:, None]).view(value.shape)
        )
    return out


def has_fast_bfloat16() -> bool:
    """Whether this processor multiplies matrices of bfloat16 in hardware (AMX): two to three times as fast."""
    return (
        bool(torch.cpu.get_capabilities().get("amx_bf16", False)) if hasattr(torch.cpu, "get_capabilities") else False
    )


def load_tagger(path: Path, device: str = "cpu") -> Tagger:
    """Read a tagger as the scripts in training/ write it. Raises `ModelError` where it is no such file.

    `device` is where its body works, as torch names it. Raises `ArgumentValueError` where torch does not reach it.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        network = Network(Settings(**state["settings"]))
        network.load_state_dict(unpack(state["weights"]))
        if device != "cpu":
            network.device = torch.device(device)
            _move(network.body, network.device)
        elif isinstance(network.body, PieceBody) and has_fast_bfloat16():
            network.body.encoder.dtype = torch.bfloat16
            network.body.encoder.layers.to(torch.bfloat16)
        return Tagger(network, WordPieces(state["vocabulary"]), Decoding(calibration=tuple(state["calibration"])))
    except (OSError, RuntimeError, KeyError, TypeError, pickle.UnpicklingError) as error:
        raise ModelError(f"{path} is not a tagger of this version of quotebank: {error}") from error


def _move(body: nn.Module, device: torch.device) -> None:
    try:
        body.to(device)
    except (RuntimeError, AssertionError) as error:  # a torch without CUDA asserts that it has it
        reason = str(error).splitlines()[0]
        raise ArgumentValueError(f"device must be one that torch reaches here; got {device}: {reason}") from error
