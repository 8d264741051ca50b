"""Candidates for the same claim: the keys of a text, and the claims of a bank that are found under them.

A claim stands under pairs of its content words, and under runs of small words that are seldom said ("not quite there
yet"): for everyone under those that tell enough, for its own speaker under all. Claims that share keys which few others
have come first.
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
RUN = 4  # small words in a row that make a key
SELDOM = 12.0  # nats of such a run: one in two, "one of the things", makes none
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
    """The pairs and runs of a text, and those of them that tell enough, each once."""
    stems, runs = _read(text)
    told = {s: information(s) for s in stems}
    near = dict.fromkeys((a, b) for at, a in enumerate(stems) for b in stems[at + 1 : at + 1 + NEIGHBOURS] if a != b)
    most = sorted(told, key=lambda s: (-told[s], s))[:TELLING]
    chosen = [*islice(near, MOST_KEYS), *combinations(most, 2)]
    keys = {(a, b) if a < b else (b, a): told[a] + told[b] for a, b in chosen}
    named = {f"{a} {b}".encode(): tells for (a, b), tells in keys.items()}
    named |= {run.encode(): tells for run, tells in islice(runs.items(), MOST_KEYS)}
    if len(told) <= FEW:
        plain = set(told) or {" ".join(WORD.findall(text.casefold())[:6])}
        named |= {key.encode(): ENOUGH for key in plain}
    return tuple(named), tuple(key for key, tells in named.items() if tells >= ENOUGH) or tuple(named)


@lru_cache(maxsize=8_192)
def _content(text: str) -> tuple[frozenset[str], float, frozenset[str]]:
    """The stems of a text's content words, how much they tell together, and its runs."""
    stems, runs = _read(text)
    content = frozenset(stems)
    return content, total_information(content), frozenset(runs)


def agreement(a: str, b: str) -> tuple[float, float]:
    """How much of what the shorter of two texts tells both tell, and of what either tells; 1 where it tells nothing.

    That is their content words, and those runs of small words that both have.
    """
    (first, told, runs), (second, told_too, other_runs) = _content(a), _content(b)
    run = sum(map(_run_told, runs & other_runs))
    common = total_information(first & second) + run
    least = min(told, told_too) + run
    if not least:
        return 1.0, float(first == second)
    return common / least, common / (told + told_too + run + run - common)


@lru_cache(maxsize=65_536)
def _run_told(run: str) -> float:
    """How much a run of words tells, if they were said together by chance."""
    return sum(information(stem(word)) for word in run.split())


def _read(text: str) -> tuple[list[str], dict[str, float]]:
    """The stems of a text's content words, and its runs of small words with how much each tells."""
    words = WORD.findall(text.casefold().replace("’", "'"))
    found = [_stem(word) for word in words]
    runs = {}
    small = 0
    for at, content in enumerate(found, 1):
        small = 0 if content else small + 1
        if small >= RUN and (tells := _run_told(run := " ".join(words[at - RUN : at]))) >= SELDOM:
            runs[run] = tells
    return [content for content in found if content], runs


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
