"""Write the trained networks into the package, small, with their manifest.

usage: python -m training.ship --work DIR [--scores FILE]

Reads those of WORK/{tagger,tagger_fast}.pt that are there; writes quotebank/attribution/models/*.pt and manifest.json.
Matrices go to bytes with one scale a row (symmetric, rounded to nearest), the rest to half precision. Files are written
so that the same weights give the same bytes. FILE of --scores is JSON: file name → the figures measured, which the
manifest repeats.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import torch

import quotebank
from quotebank.attribution import model_files

GOLD = (
    "PolNeAR 1.0, train part, news labelled and articles written for this project; en-worldwide-newswire and CoNLL++, "
    "train parts; GAP"
)
LABELS = (
    "what two networks on all-mpnet-base-v2 (Apache-2.0), trained on the same gold, say of 3.4 million words of news"
)
TRAINED_ON = {
    "tagger.pt": f"{GOLD}; {LABELS}; starts from all-MiniLM-L6-v2 (Apache-2.0)",
    "tagger_fast.pt": f"{GOLD}; {LABELS}",
}


def packed(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices as bytes with a scale for each row, everything else in half precision: `model_loading.unpack` undoes it."""
    out: dict[str, torch.Tensor] = {}
    for name, value in weights.items():
        rows = value.flatten(1) if value.ndim > 1 else value[:, None] if value.ndim else value[None, None]
        if rows.shape[0] > 30 and rows.shape[1] > 30:
            scale = rows.abs().amax(1).clamp(min=1e-8) / 127
            out[name] = (rows / scale[:, None]).round().clamp(-127, 127).to(torch.int8).view(value.shape)
            out[f"{name}.scale"] = scale
        else:
            out[name] = value.half()
    return out


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
        state["weights"] = packed(state["weights"])
        torch.save(state, folder / name)
        content = (folder / name).read_bytes()
        listed[name] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "trained_on": origin,
            "scores": scores.get(name, {}),
        }
    listed = {name: entry for name, entry in listed.items() if name in TRAINED_ON}
    manifest = {"format": model_files.FORMAT, "library": quotebank.__version__, "files": listed}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf8")
    (folder / "resources.json").write_text("{}\n", encoding="utf8")  # Stanza asks for one, and finds no language in it
    print(f"{sum(e['bytes'] for e in listed.values()) / 1e6:.1f} MB in {folder}")


if __name__ == "__main__":
    main()
