"""Counts in how many sentences each stem occurs: comparing/lists/weights/stem_counts.txt, by which `compare` weighs words.

    python training/stem_counts.py SHARED/corpora

And in how many each last name does, which tells who is in the news every day: name_counts.txt beside it. A last name is
the last word of several in a row that are written large, but for those of organizations.

Only counts leave the corpora: the texts of PolNeAR's train part, the newswire of `ner` and the sentences of `ud`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from quotebank.comparing.compared_words import Words, read_words
from quotebank.comparing.same_speaker import is_organization

KEPT, LEAST = 20_000, 3
LEAST_NAMED = 20
OUT = Path(__file__).parent.parent / "quotebank" / "comparing" / "lists" / "weights"
SOURCE = """\
# Source: training/stem_counts.py over PolNeAR train, en-worldwide-newswire and Universal Dependencies (EWT, GUM, PUD);
# counts alone. 2026-11.
"""
STEMS = (
    "# Stems (Snowball, English) and in how many sentences each occurs; the first entry is the number of sentences.\n"
)
NAMES = "# Stems of last names, and in how many sentences of those each occurs behind another word of the name.\n"


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


def last_names(words: Words) -> set[tuple[int, str]]:
    """The last names in a text, by their stem, each with its sentence."""
    written = [words.text[start].isupper() for start in words.starts]  # also at a sentence's head, where `names` is not
    there = list(zip(words.sentences, words.clauses, strict=True))
    found = set()
    for at in range(1, len(words)):
        goes_on = at + 1 < len(words) and words.names[at + 1] and there[at + 1] == there[at]
        if words.names[at] and written[at - 1] and there[at - 1] == there[at] and not goes_on:
            found.add((words.sentences[at], words.stems[at], words.keys[at]))
    return {(sentence, stem) for sentence, stem, key in found if not is_organization(key)}


def told(counts: Counter[str], kept: int, least: int) -> str:
    """The commonest stems, a line each."""
    lines = (f"{stem}\t{n}\n" for stem, n in counts.most_common(kept) if n >= least and stem.isprintable())
    return "".join(line for line in lines if "#" not in line)


def main() -> None:
    stems: Counter[str] = Counter()
    names: Counter[str] = Counter()
    sentences = 0
    for text in texts(Path(sys.argv[1])):
        words = read_words(text)
        stems.update(stem for _, stem in set(zip(words.sentences, words.stems, strict=True)))
        names.update(stem for _, stem in last_names(words))
        sentences += len(set(words.sentences))
    for name, head, lines in (
        ("stem_counts", STEMS, f"<sentences>\t{sentences}\n" + told(stems, KEPT, LEAST)),
        ("name_counts", NAMES, told(names, KEPT, LEAST_NAMED)),
    ):
        (OUT / f"{name}.txt").write_text(head + SOURCE + lines, encoding="utf8")
    print(f"{sentences} sentences, {len(stems)} stems, {len(names)} last names")


if __name__ == "__main__":
    main()
