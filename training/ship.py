"""Write the trained models into the package, small, with their manifest.

usage: python training/ship.py --work DIR [--scores FILE]

Reads those of WORK/{glove,pos,depparse,ner,tagger}.pt that are there; writes quotebank/attribution/models/*.pt and manifest.json. Stanza's models and the
vectors go to half precision. Of the tagger, matrices go to bytes with one scale a row (symmetric, rounded to nearest),
the rest to half precision. Files are written so that the same weights give the same bytes. FILE of --scores is JSON:
file name → the figures measured, which the manifest repeats.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import torch

import quotebank
from quotebank.attribution import model_files

TRAINED_ON = {
    "glove.pt": "GloVe 6B, 50 dimensions (PDDL), cut to 30,000 words",
    "pos.pt": "Universal Dependencies EWT and GUM, train parts (CC BY-SA 4.0; annotations of GUM CC BY 4.0)",
    "depparse.pt": "Universal Dependencies EWT and GUM, train parts (CC BY-SA 4.0; annotations of GUM CC BY 4.0)",
    "ner.pt": "en-worldwide-newswire, train part (Stanford NLP)",
    "tagger.pt": "PolNeAR 1.0, train part, and news labelled for this project; starts from all-MiniLM-L6-v2 (Apache-2.0)",
}


def halved(value: Any) -> Any:
    """The same structure with every tensor of floats in half precision."""
    if isinstance(value, torch.Tensor):
        return value.half() if value.is_floating_point() else value
    if isinstance(value, dict):
        return type(value)((k, halved(v)) for k, v in value.items())
    if isinstance(value, list | tuple):
        return type(value)(halved(v) for v in value)
    return value


def packed(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices as bytes with a scale for each row, everything else in half precision: `model_loading.unpack` undoes it."""
    out: dict[str, torch.Tensor] = {}
    for name, value in weights.items():
        if value.ndim == 2 and value.shape[0] > 30 and value.shape[1] > 30:
            scale = value.abs().amax(1).clamp(min=1e-8) / 127
            out[name] = (value / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
            out[f"{name}.scale"] = scale
        else:
            out[name] = value.half()
    return out


def drop_empty_delta(state: dict[str, Any]) -> None:
    """Stanza's entity model keeps a table of changes to the word vectors, all zero where they were not tuned."""
    if state["model"]["delta_emb.weight"].abs().max() > 0:
        raise SystemExit("the entity model's word vectors were tuned: ship them, or train with --no_emb_finetune")
    del state["model"]["delta_emb.weight"], state["vocab"]["delta"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--scores", type=Path)
    args = parser.parse_args()
    scores = json.loads(args.scores.read_text(encoding="utf8")) if args.scores else {}
    folder = model_files.models_directory()
    folder.mkdir(exist_ok=True)
    listed = dict(model_files.manifest(folder)["files"]) if (folder / "manifest.json").exists() else {}
    for name, origin in TRAINED_ON.items():
        if not (args.work / name).exists():
            continue  # as it was shipped before
        state = torch.load(args.work / name, map_location="cpu", weights_only=True)
        if name == "tagger.pt":
            state["weights"] = packed(state["weights"])
        else:
            for unused in ("optimizer_state_dict", "scheduler_state_dict", "optimizer"):
                state.pop(unused, None)
            if name == "ner.pt":
                drop_empty_delta(state)
            state = halved(state)
        torch.save(state, folder / name)
        content = (folder / name).read_bytes()
        listed[name] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "trained_on": origin,
            "scores": scores.get(name, {}),
        }
    manifest = {"format": model_files.FORMAT, "library": quotebank.__version__, "files": listed}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf8")
    (folder / "resources.json").write_text("{}\n", encoding="utf8")  # Stanza asks for one, and finds no language in it
    print(f"{sum(e['bytes'] for e in listed.values()) / 1e6:.1f} MB in {folder}")


if __name__ == "__main__":
    main()
