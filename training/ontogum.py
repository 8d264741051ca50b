"""OntoGUM (Zhu and others 2021): texts whose mentions of one thing are marked, in CoNLL's columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import attrs

MARK = re.compile(r"\((\d+)\)|\((\d+)|(\d+)\)")
NO_SPACE_BEFORE = frozenset(".,;:!?)]}%’”") | {"'s", "n't", "'re", "'ve", "'ll", "'m", "'d", "’s", "n’t"}
NO_SPACE_BEHIND = frozenset("([{“$")


@attrs.frozen
class Marked:
    """A text with its mentions: (start, end) in code points, and the number of what each mentions."""

    name: str
    text: str
    mentions: dict[tuple[int, int], int]


def documents(folder: Path) -> Iterator[Marked]:
    """The texts of a folder of .conll files."""
    for file in sorted(folder.glob("*.conll")):
        tokens: list[str] = []
        begun: dict[int, list[int]] = defaultdict(list)
        found: dict[tuple[int, int], int] = {}
        for line in file.read_text(encoding="utf8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            columns, at = line.split("\t"), len(tokens)
            tokens.append(columns[1])
            for alone, first, last in MARK.findall(columns[2]):
                if alone:
                    found[at, at] = int(alone)
                elif first:
                    begun[int(first)].append(at)
                else:
                    found[begun[int(last)].pop(), at] = int(last)
        text, spans = _joined(tokens)
        yield Marked(file.stem, text, {(spans[a][0], spans[b][1]): number for (a, b), number in found.items()})


def _joined(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as a text, and where each stands in it."""
    text, spans = "", []
    for before, token in zip(["(", *tokens], tokens, strict=False):
        if before not in NO_SPACE_BEHIND and token not in NO_SPACE_BEFORE:
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans
