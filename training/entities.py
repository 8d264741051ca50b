"""How well a network names entities.

usage: python -m training.entities MODEL.pt --shared DIR

Prints P, R and F1 in per cent on the test part of en-worldwide-newswire, whose tokens are joined by blanks as it has no
raw text: an entity is right where span and type are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from quotebank.attribution.decoding import Decoding
from quotebank.attribution.encoding import WordPieces
from quotebank.attribution.tagger import Tagger
from quotebank.text import tokenize
from training.checkpoints import load_network


def measure(model: Path, shared: Path) -> None:
    network, vocabulary = load_network(model)
    tagger = Tagger(network, WordPieces(vocabulary), Decoding())
    right = predicted = wanted = 0
    for sentence in json.loads((shared / "corpora/ner/ww_test.json").read_text(encoding="utf8")):
        text, gold = gold_entities(sentence)
        tokens = tokenize(text)
        parsed = tagger.read(tokens).entities(range(len(tokens.sentences) - 1))
        found = {(e.span.start, e.span.end, e.type) for entities in parsed.values() for e in entities}
        right, predicted, wanted = right + len(gold & found), predicted + len(found), wanted + len(gold)
    precision, recall = right / predicted, right / wanted
    f1 = 2 * precision * recall / (precision + recall)
    print(f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}")


def gold_entities(sentence: list[dict]) -> tuple[str, set[tuple[int, int, str]]]:
    """A sentence as text, and its entities as (start, end, type) in it."""
    gold, at, start, kind, ends = set(), 0, None, "", 0
    for token in [*sentence, {"text": "", "ner": "O"}]:
        tag = token["ner"]
        if start is not None and tag[0] in "OBS":
            gold.add((start, ends, kind))
            start = None
        if tag[0] in "BS":
            start, kind = at, tag[2:]
        ends, at = at + len(token["text"]), at + len(token["text"]) + 1
    return " ".join(token["text"] for token in sentence), gold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--shared", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    measure(args.model, args.shared)


if __name__ == "__main__":
    main()
