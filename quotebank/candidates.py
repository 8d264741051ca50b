"""Candidates for the same claim: the keys of a text, and the claims of a bank that are found under them.

A claim stands under pairs of its content words: for everyone under pairs that tell enough, for its own speaker under
all. Claims that share keys which few others have come first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import combinations, islice
from zlib import crc32

import attrs
import regex

from quotebank.evidence import information, total_information
from quotebank.wording import is_content, stem

WORD = regex.compile(r"\p{N}[\p{N}.,]*+|[\p{L}\p{M}]+(?:['’]\p{L}+)?")
NEIGHBOURS = 2  # content words behind a word that make a key with it
TELLING = 4  # content words that tell most, each of which makes a key with each other
ENOUGH = 9.0  # nats of a pair under which claims of anyone are found
FEW = 2  # content words of a claim that is found by single ones as well
MOST_KEYS = 200  # of a very long claim
ANYONE, OPEN = -1, 0  # in place of a person: claims of everyone; claims of whom another row may be
UNDER_KEYS = (  # a key with its claims in one row, newest first: a row for each claim takes a third longer
    "SELECT value, (SELECT group_concat(claim_id) FROM "
    "(SELECT claim_id FROM keys WHERE key = value ORDER BY claim_id DESC LIMIT ?2)) FROM json_each(?1)"
)


def index_keys(text: str, person: int = ANYONE) -> list[int]:
    """The keys under which a text is found: pairs of content words that stand near each other or tell most.

    With a `person`, as the claim of this person alone, under every pair; without, only under those that tell enough,
    unless none does. Read with a lighter tokenizer than `matching.keys`, which would be most of the cost of adding.
    """
    pairs, telling = _pairs(text)
    return [crc32(pair, person + 1) for pair in (pairs if person != ANYONE else telling)]


@lru_cache(maxsize=256)
def _pairs(text: str) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The pairs of a text, and those of them that tell enough, each once."""
    stems = _stems(text)
    told = {s: information(s) for s in stems}
    near = dict.fromkeys((a, b) for at, a in enumerate(stems) for b in stems[at + 1 : at + 1 + NEIGHBOURS] if a != b)
    most = sorted(told, key=lambda s: (-told[s], s))[:TELLING]
    chosen = [*islice(near, MOST_KEYS), *combinations(most, 2)]
    keys = {(a, b) if a < b else (b, a): told[a] + told[b] for a, b in chosen}
    named = {f"{a} {b}".encode(): tells for (a, b), tells in keys.items()}
    if len(told) <= FEW:
        plain = set(told) or {" ".join(WORD.findall(text.casefold())[:6])}
        named |= {key.encode(): ENOUGH for key in plain}
    return tuple(named), tuple(key for key, tells in named.items() if tells >= ENOUGH) or tuple(named)


@lru_cache(maxsize=8_192)
def _content(text: str) -> tuple[frozenset[str], float]:
    """The stems of a text's content words, and how much they tell together."""
    stems = frozenset(_stems(text))
    return stems, total_information(stems)


def overlap(a: str, b: str) -> float:
    """How much of what the shorter text tells the other tells, too; 1 where it tells nothing."""
    (first, told), (second, told_too) = _content(a), _content(b)
    least = min(told, told_too)
    return total_information(first & second) / least if least else 1.0


def _stems(text: str) -> list[str]:
    return [found for word in WORD.findall(text.casefold().replace("’", "'")) if (found := _stem(word))]


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """The stem of a lower-case word that holds content, a number as it is compared; "" for any other."""
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    if "'" in word and not word.endswith("'s"):
        return ""
    plain = word.removesuffix("'s")
    return stem(plain) if is_content(plain) else ""


@attrs.frozen
class Postings:
    """The claims under some keys, at most `common` of each: those added last, in the order they were added."""

    common: int
    rows: dict[int, list[int]]

    @classmethod
    def read(cls, connection: sqlite3.Connection, keys: Iterable[int], common: int) -> Postings:
        """What a bank has under these keys."""
        asked = json.dumps(sorted(keys))
        found = {
            key: [int(row) for row in reversed(rows.split(","))] if rows else []
            for key, rows in connection.execute(UNDER_KEYS, (asked, common))
        }
        return cls(common, found)

    def enter(self, keys: Sequence[int], row: int) -> None:
        """Put a claim that has just come in under those of the keys that were read."""
        for key in self.rows.keys() & keys:
            self.rows[key].append(row)

    def ranked(self, keys: Iterable[int], most: int) -> list[int]:
        """The claims under these keys, those first that share keys that few others have."""
        shared: dict[int, int] = {}
        for key in keys:
            rows = self.rows[key]
            if rows:
                weight = 1 + 16 // min(len(rows), self.common)
                for row in rows[-self.common :]:
                    shared[row] = shared.get(row, 0) + weight
        return [row for _, row in nlargest(most, [(weight, row) for row, weight in shared.items()])]


def ranked(connection: sqlite3.Connection, keys: Sequence[int], *, most: int, common: int) -> list[int]:
    """The claims of a bank that share keys, those first that share keys that few others have."""
    return Postings.read(connection, keys, common).ranked(keys, most)
