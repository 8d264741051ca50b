"""Candidates for the same claim: the keys of a text, and the claims of a bank that are found under them.

A claim stands under pairs of its content words, and under runs of small words that are seldom said ("not quite there
yet"): for everyone under those that tell enough, for its own speaker under all. Claims that share keys which few others
have come first.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, islice
from zlib import crc32

import attrs
import msgspec
import regex

from quotebank.evidence import information, total_information
from quotebank.wording import is_content, stem

WORD = regex.compile(r"\p{N}[\p{N}.,]*+|[\p{L}\p{M}]+(?:['’]\p{L}+)?")
ASCII_WORD = re.compile(r"[0-9][0-9.,]*|[a-z]+(?:'[a-z]+)?")  # the same where all is ASCII
NEIGHBOURS = 2  # content words behind a word that make a key with it
TELLING = 4  # content words that tell most, each of which makes a key with each other
ENOUGH = 9.0  # nats of a pair under which claims of anyone are found
FEW = 2  # content words of a claim that is found by single ones as well
MOST_KEYS = 200  # of a very long claim
RUN = 4  # small words in a row that make a key
SELDOM = 12.0  # nats of such a run: one in two, "one of the things", makes none
ROW_BITS = 44  # of the number of a claim
LOWER = (1 << ROW_BITS) - 1
ANYONE, OPEN = -1, 0  # in place of a person: claims of everyone; claims of whom another row may be
UNDER_KEYS = (  # as one JSON text of lists, each a key and its claims, newest first: rows would take twice as long
    "SELECT '[' || group_concat('[' || value || ',' || (SELECT group_concat(claim_id) FROM "
    "(SELECT claim_id FROM keys WHERE key = value ORDER BY claim_id DESC LIMIT ?2)) || ']') || ']' FROM json_each(?1)"
)
NOTHING: list[int] = []  # what most keys have: one list, never added to, for the garbage collector to look at
_encoder = msgspec.json.Encoder()
_lists = msgspec.json.Decoder(list[list[int]])


@lru_cache(maxsize=512)
def index_keys(text: str, person: int = ANYONE) -> tuple[int, ...]:
    """The keys under which a text is found: pairs of content words that stand near each other or tell most.

    With a `person`, as the claim of this person alone, under every pair; without, only under those that tell enough,
    unless none does. Read with a lighter tokenizer than `matching.keys`, which would be most of the cost of adding.
    """
    pairs, telling = _pairs(text)
    start = person + 1
    return tuple([crc32(pair, start) for pair in (pairs if person != ANYONE else telling)])


@lru_cache(maxsize=256)
def _pairs(text: str) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The pairs and runs of a text, and those of them that tell enough, each once."""
    stems, runs = _read(text)
    told = {s: information(s) for s in stems}
    most = [s for _, s in sorted([(-tells, s) for s, tells in told.items()])[:TELLING]]
    near = dict.fromkeys([(a, b) for at, a in enumerate(stems, 1) for b in stems[at : at + NEIGHBOURS] if a != b])
    keys = {(a, b) if a < b else (b, a) for a, b in [*islice(near, MOST_KEYS), *combinations(most, 2)]}
    named = {f"{a} {b}".encode(): told[a] + told[b] for a, b in keys}
    named |= {run.encode(): tells for run, tells in islice(runs.items(), MOST_KEYS)}
    if len(told) <= FEW:
        plain = set(told) or {" ".join(WORD.findall(text.casefold())[:6])}
        named |= {key.encode(): ENOUGH for key in plain}
    return tuple(named), tuple([key for key, tells in named.items() if tells >= ENOUGH]) or tuple(named)


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
    run = sum(map(_run_told, runs & other_runs)) if runs and other_runs else 0.0
    common = total_information(first & second) + run
    least = min(told, told_too) + run
    if not least:
        return 1.0, float(first == second)
    return common / least, common / (told + told_too + run + run - common)


@lru_cache(maxsize=65_536)
def _run_told(run: str) -> float:
    """How much a run of words tells, if they were said together by chance."""
    return sum(information(stem(word)) for word in run.split())


def _words(text: str) -> list[str]:
    """The words of a text in lower case; most texts have no other signs but quotation marks, and are read faster."""
    plain = text.casefold().replace("’", "'").replace("“", '"').replace("”", '"')
    return ASCII_WORD.findall(plain) if plain.isascii() else WORD.findall(plain)


def _read(text: str) -> tuple[list[str], dict[str, float]]:
    """The stems of a text's content words, and its runs of small words with how much each tells."""
    words = _words(text)
    found = list(map(_stem, words))
    stems = []
    runs = {}
    small = 0
    for at, content in enumerate(found, 1):
        if content:
            stems.append(content)
            small = 0
            continue
        small += 1
        if small >= RUN and (tells := _run_told(run := " ".join(words[at - RUN : at]))) >= SELDOM:
            runs[run] = tells
    return stems, runs


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
    """The claims under the keys read so far, in the order they were added: of each key the last `common`, or more."""

    common: int
    rows: dict[int, list[int]] = attrs.field(factory=dict)

    def read(self, connection: sqlite3.Connection, keys: Iterable[int]) -> None:
        """Read what a bank has under those of these keys that were not read before."""
        fresh = set(keys) - self.rows.keys()
        if not fresh:
            return
        self.rows.update(dict.fromkeys(fresh, NOTHING))
        (found,) = connection.execute(UNDER_KEYS, (as_json(sorted(fresh)), self.common)).fetchone()
        if found is not None:
            self.rows.update((under[0], under[:0:-1]) for under in _lists.decode(found))

    def enter(self, keys: Sequence[int], row: int) -> None:
        """Put a claim that has just come in under those of the keys that were read."""
        found = self.rows
        for key in found.keys() & keys:
            if found[key]:
                found[key].append(row)
            else:
                found[key] = [row]

    def ranked(self, keys: Iterable[int], most: int) -> list[int]:
        """The claims under these keys, those first that share keys that few others have."""
        found, common = self.rows, self.common
        shared: dict[int, int] = {}  # what a claim's keys weigh, and the claim in the lower bits: sorted in one go
        seen = shared.get
        for key in keys:
            rows = found[key]
            if rows:
                weight = (1 + 16 // min(len(rows), common)) << ROW_BITS
                for row in rows[-common:] if len(rows) > common else rows:
                    shared[row] = seen(row, row) + weight
        return [both & LOWER for both in sorted(shared.values(), reverse=True)[:most]]


def as_json(rows: Sequence[int]) -> str:
    """Numbers as SQLite's `json_each` reads them."""
    return _encoder.encode(rows).decode()


def ranked(connection: sqlite3.Connection, keys: Sequence[int], *, most: int, common: int) -> list[int]:
    """The claims of a bank that share keys, those first that share keys that few others have."""
    found = Postings(common)
    found.read(connection, keys)
    return found.ranked(keys, most)
