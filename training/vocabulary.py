"""Which word pieces the networks know: those of BERT's vocabulary that news uses most.

usage: python -m training.vocabulary --shared DIR --encoder DIR [--pieces 17000] > vocabulary.txt

--encoder holds vocab.txt of an uncased BERT (all-MiniLM-L6-v2 and all-mpnet-base-v2 share it). A piece stays where the
corpora use it often enough, and every single character stays, so that any word can be spelt.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from quotebank.attribution.encoding import WordPieces
from quotebank.text import tokenize
from training.gold import read


def count_pieces(vocabulary: list[str], shared: Path) -> Counter[int]:
    """How often the corpora use each word piece."""
    cutter = WordPieces(vocabulary)
    texts = [d["text"] for d in read(shared / "corpora/polnear/train.jsonl")]
    texts += [d["text"] for d in read(shared / "corpora/gum/open_other.jsonl")]
    news = json.loads((shared / "corpora/ner/ww_train.json").read_text(encoding="utf8"))
    texts += [" ".join(token["text"] for token in sentence) for sentence in news]
    used: Counter[int] = Counter()
    for text in texts:
        for word in tokenize(text).words():
            used.update(cutter.cut(word))
    return used


def is_needed(piece: str) -> bool:
    """Whether a piece stays however rare."""
    return piece in ("[PAD]", "[UNK]", "[MASK]") or (len(piece.removeprefix("##")) == 1 and piece.isascii())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--pieces", type=int, default=17000)
    args = parser.parse_args()
    full = (args.encoder / "vocab.txt").read_text(encoding="utf8").removesuffix("\n").split("\n")
    used = count_pieces(full, args.shared)
    ranked = sorted(range(len(full)), key=lambda i: (not is_needed(full[i]), -used[i]))
    print("\n".join(full[i] for i in sorted(ranked[: args.pieces])))


if __name__ == "__main__":
    main()
