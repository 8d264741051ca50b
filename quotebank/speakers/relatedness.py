"""How well a noun that describes somebody goes with what is told of each candidate: "the driver" with who "hit a van".

What a noun goes with is learned from unlabelled news (`training/relatedness.py`): of all persons and bodies of an
article, which one is it that the article calls so? Read are the words around their names and the other nouns that are
stated for them.
"""

from __future__ import annotations

from array import array
from base64 import b64decode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from math import sqrt

from quotebank.text import Words, is_closed, table

REACH = 9  # words before and behind a name that tell of whom it names
MOST = 4.0
SIZE = 16
AROUND, DESCRIBES, STATED = 0, 1, 2  # the vectors of a word; other words than nouns have the first alone
SCALES = (1.1 / 127, 2.9 / 127, 2.1 / 127)
TOLD, KNOWN = 0.22, -0.29  # what counts that anything stands beside a name, and that a noun is stated


@cache
def _vector(word: str, which: int) -> tuple[float, ...] | None:
    """One of the vectors of a word in lower case; None where it has none."""
    kept = table("speakers/relatedness").get(word, "").split()
    if which >= len(kept):
        return None
    return tuple(number * SCALES[which] for number in array("b", b64decode(kept[which] + "==")))


class Told:
    """What a narration tells around the names of each candidate: `named` has a candidate's key and its words."""

    def __init__(self, w: Words, named: Iterable[tuple[int | str, int, int]]) -> None:
        self.words, self.named = w, tuple(named)

    @cached_property
    def around(self) -> Mapping[int | str, list[int]]:
        """The words around the mentions of each candidate, up to the next name of one, by key."""
        found: dict[int | str, list[int]] = {}
        inside = {i for _, first, end in self.named for i in range(first, end)}
        for key, first, end in self.named:
            if not self.words.quoted[first]:
                found.setdefault(key, []).extend(self._beside(first, end, inside))
        return found

    def _beside(self, first: int, end: int, names: Collection[int]) -> Iterator[int]:
        w = self.words
        for way in (range(first - 1, max(first - REACH, -1), -1), range(end, min(end + REACH, len(w)))):
            for i in way:
                if w.sentences[i] != w.sentences[first] or i in names:
                    break
                if not is_closed(w.low[i]):
                    yield i

    def fits(self, described: Sequence[int], key: int | str, stated: Collection[str]) -> float:
        """How well words that describe somebody, by their places, go with a candidate; 0 where nothing is known.

        `stated` are nouns that the candidate is known by, in lower case.
        """
        low = self.words.low
        nouns = {low[i]: vector for i in described if (vector := _vector(low[i], DESCRIBES)) and not is_closed(low[i])}
        if not nouns:
            return 0.0
        told = (low[i] for i in self.around.get(key, ()) if i not in described)
        around = _pooled((word for word in told if word not in nouns), AROUND)
        known = _pooled((noun for noun in sorted(stated) if noun not in nouns), STATED)
        both = [a + b for a, b in zip(around, known, strict=True)]
        total = sum(x * y for vector in nouns.values() for x, y in zip(vector, both, strict=True)) / len(nouns)
        total += TOLD * any(around) + KNOWN * any(known)
        return max(min(total, MOST), -MOST)


def _pooled(lows: Iterable[str], which: int) -> list[float]:
    vectors = [vector for low in lows if (vector := _vector(low, which)) is not None]
    size = sqrt(len(vectors) + 1)
    return [sum(values) / size for values in zip(*vectors, strict=True)] if vectors else [0.0] * SIZE
