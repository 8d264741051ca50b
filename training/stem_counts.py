"""Counts in how many sentences each stem occurs: comparing/lists/weights/stem_counts.txt, by which `compare` weighs words.

    python training/stem_counts.py SHARED/corpora

Only counts leave the corpora: the texts of PolNeAR's train part, the newswire of `ner` and the sentences of `ud`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from quotebank.comparing.compared_words import read_words

KEPT, LEAST = 20_000, 3
OUT = Path(__file__).parent.parent / "quotebank" / "comparing" / "lists" / "weights" / "stem_counts.txt"
HEAD = """\
# Stems (Snowball, English) and in how many sentences each occurs; the first entry is the number of sentences.
# Source: training/stem_counts.py over PolNeAR train, en-worldwide-newswire and Universal Dependencies (EWT, GUM, PUD);
# counts alone. 2026-11.
"""


def texts(corpora: Path) -> Iterator[str]:
    for line in (corpora / "polnear" / "train.jsonl").read_text(encoding="utf8").splitlines():
        yield json.loads(line)["text"]
    for path in sorted((corpora / "ner").glob("*.json")):
        for sentence in json.loads(path.read_text(encoding="utf8")):
            yield " ".join(token["text"] for token in sentence)
    for path in sorted((corpora / "ud").glob("*.conllu")):
        for line in path.read_text(encoding="utf8").splitlines():
            if line.startswith("# text = "):
                yield line.removeprefix("# text = ")


def main() -> None:
    counts: Counter[str] = Counter()
    sentences = 0
    for text in texts(Path(sys.argv[1])):
        words = read_words(text)
        counts.update(stem for _, stem in set(zip(words.sentences, words.stems, strict=True)))
        sentences += len(set(words.sentences))
    kept = [(stem, n) for stem, n in counts.most_common(KEPT) if n >= LEAST and stem.isprintable()]
    lines = "".join(f"{stem}\t{n}\n" for stem, n in kept if "#" not in stem and "\t" not in stem)
    OUT.write_text(f"{HEAD}<sentences>\t{sentences}\n{lines}", encoding="utf8")
    print(f"{sentences} sentences, {len(kept)} stems of {len(counts)}, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
