"""The trained network at work: an article's tokens to the claims it holds."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from quotebank.attribution.decoding import CUE, POSSIBLE, REACH, Decoding, Scored, Tagged, decode, quoted_ranges
from quotebank.attribution.encoding import BY_PIECES, BY_WORDS, Encoded, WordPieces, encode, windows
from quotebank.errors import ModelError
from quotebank.attribution.network import ACTS, FORCES, Network, Settings
from quotebank.text import Tokens


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
        reach = BY_WORDS if self.network.settings.body == "words" else BY_PIECES
        for window in windows(tokens, encoded, reach):
            with torch.inference_mode():
                states = self.network.words([(encoded, window.first, window.last)])[0].float()
                states = states[: window.last - window.first]
                own = slice(window.own_first - window.first, window.own_last - window.first)
                chances = self.network.anchors(states[own]).sigmoid()
                found = (chances >= POSSIBLE).nonzero()
                if not len(found):
                    continue
                at, levels = found[:, 0] + own.start, found[:, 1]
                low, high = max(0, int(at[0]) - REACH), min(len(states), int(at[-1]) + REACH + 1)
                scores = self.network.pairs(states[low:high], at - low, levels)
                cues = scores.softmax(-1)[..., CUE] * ((torch.arange(low, high) - at[:, None]).abs() <= REACH)
                acts, forces = self.network.reports(states[low:high], at - low, cues).split([len(ACTS), len(FORCES)], 1)
            yield Scored(
                window.first + low,
                (at - low).tolist(),
                chances[found[:, 0], levels].tolist(),
                [bool(level) for level in levels.tolist()],
                [
                    (ACTS[act], FORCES[force] if ACTS[act] == "speech" else None)
                    for act, force in zip(acts.argmax(1).tolist(), forces.argmax(1).tolist(), strict=True)
                ],
                scores.numpy().copy(),
            )


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
            network.body.encoder.dtype = torch.bfloat16
            network.body.encoder.layers.to(torch.bfloat16)
        return Tagger(network, WordPieces(state["vocabulary"]), Decoding())
    except (OSError, RuntimeError, KeyError, TypeError, pickle.UnpicklingError) as error:
        raise ModelError(f"{path} is not a tagger of this version of quotebank: {error}") from error
