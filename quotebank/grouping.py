"""The same claim in other articles: an index of keys, and groups that grow as articles are added.

A claim that comes in is compared with a few candidates: claims of the same words, and those with which it shares keys
that few others have, first among its speaker's own, then among those of people without a full name. Of claims that one
speaker made in the same words only the first is in the index. A claim joins the group of the candidate that `compare`
calls the same most surely; groups are never worked out anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from itertools import combinations, islice
from typing import Any
from zlib import crc32

import attrs
import regex

from quotebank.evidence import information, total_information
from quotebank.matching import Comparison, compare, related
from quotebank.names import same_speaker
from quotebank.prepared import decode
from quotebank.records import Claim, Speaker, SpeakerType
from quotebank.wording import is_content, stem

WORD = regex.compile(r"\p{N}[\p{N}.,]*+|[\p{L}\p{M}]+(?:['’]\p{L}+)?")
NEIGHBOURS = 2  # content words behind a word that make a key with it
TELLING = 4  # content words that tell most, each of which makes a key with each other
ENOUGH = 9.0  # nats of a pair under which claims of anyone are found
FEW = 2  # content words of a claim that is found by single ones as well
MOST_KEYS = 200  # of a very long claim
ANYONE, OPEN = -1, 0  # in place of a person: claims of everyone; claims of whom another row may be
COMMON = 16  # claims that are looked at under one key: those added last
COMMON_OF_ONE = 64  # the same of one person's claims
COMPARED = 6  # candidates that a claim is compared with, by each way to find them
COMPARED_OF_OTHERS = 3  # and of others than its speaker
RANKED = 16  # candidates of which those are chosen
UNDER_KEYS = (
    "SELECT keys.key, keys.claim_id FROM json_each(?1) AS asked CROSS JOIN keys ON keys.key = asked.value "
    "AND keys.claim_id >= coalesce((SELECT claim_id FROM keys WHERE key = asked.value "
    "ORDER BY claim_id DESC LIMIT 1 OFFSET ?2), 0)"
)
OVERLAP = 0.35  # of what the shorter claim tells: with less in common, two are not compared any further
SURE = 0.8  # score from which no better candidate is looked for


@attrs.frozen
class Known:
    """A claim of the bank as it is compared: its speaker under the name that the bank has."""

    row: int
    claim: Claim
    speaker: int | None
    group: int | None


def index_keys(text: str, person: int = ANYONE) -> list[int]:
    """The keys under which a text is found: pairs of content words that stand near each other or tell most.

    With a `person`, as the claim of this person alone, under every pair; without, only under those that tell enough,
    unless none does. Read with a lighter tokenizer than `matching.keys`, which would be most of the cost of adding.
    """
    pairs, telling = _pairs(text)
    chosen = pairs if person != ANYONE else telling
    return sorted({crc32(pair, person + 1) for pair in chosen})


@lru_cache(maxsize=256)
def _pairs(text: str) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The pairs of a text, and those of them that tell enough."""
    stems = _stems(text)
    told = {s: information(s) for s in stems}
    near = {(a, b) for at, a in enumerate(stems) for b in stems[at + 1 : at + 1 + NEIGHBOURS] if a != b}
    most = sorted(told, key=lambda s: (-told[s], s))[:TELLING]
    chosen = [*list(near)[:MOST_KEYS], *combinations(most, 2)]
    keys = {f"{min(p)} {max(p)}".encode(): told[p[0]] + told[p[1]] for p in chosen}
    if len(told) <= FEW:
        plain = set(told) or {" ".join(WORD.findall(text.casefold())[:6])}
        keys |= {key.encode(): ENOUGH for key in plain}
    return tuple(keys), tuple(key for key, tells in keys.items() if tells >= ENOUGH) or tuple(keys)


@lru_cache(maxsize=8_192)
def _content(text: str) -> tuple[frozenset[str], float]:
    """The stems of a text's content words, and how much they tell together."""
    stems = frozenset(_stems(text))
    return stems, total_information(stems)


def _overlap(a: str, b: str) -> float:
    """How much of what the shorter text tells the other tells, too; 1 where it tells nothing."""
    (first, told), (second, told_too) = _content(a), _content(b)
    least = min(told, told_too)
    return total_information(first & second) / least if least else 1.0


def _stems(text: str) -> list[str]:
    stems = []
    for word in WORD.findall(text.casefold().replace("’", "'")):
        if word[0].isdigit():
            stems.append(word.replace(",", "").rstrip("."))
        elif "'" not in word or word.endswith("'s"):
            plain = word.removesuffix("'s")
            if is_content(plain):
                stems.append(stem(plain))
    return stems


def place(connection: sqlite3.Connection, rows: Sequence[int], claims: Sequence[Claim]) -> None:
    """Find the group of each new claim, and enter it into the index."""
    marks = ", ".join("?" * len(rows))
    sql = f"SELECT id, speaker_id, resolved_id, wording FROM claims WHERE id IN ({marks})"
    found = {row: rest for row, *rest in connection.execute(sql, rows)} if rows else {}
    people = {person for speaker, resolved, _ in found.values() for person in (speaker, resolved) if person is not None}
    names = {person: _name(connection, person) for person in people}
    merged = {person: _merged(connection, person) for person in people}
    for row, claim in zip(rows, claims, strict=True):
        speaker, resolved, wording = found[row]
        known = Known(row, _under(claim, names.get(speaker)), speaker, None)
        twin, same_words = _of_the_same_words(connection, known, wording)
        if twin is not None:
            connection.execute("UPDATE claims SET keyed = 0 WHERE id = ?", (row,))
            _join(connection, row, *twin)
            continue
        own = {p for p in (speaker, resolved) if p is not None}.union(merged.get(speaker, ()))
        same = _same(connection, known, own, same_words)
        if same is not None:
            _join(connection, row, same.row, same.group)
        _enter(connection, row, claim.text, resolved, names.get(resolved))


def _name(connection: sqlite3.Connection, person: int) -> str:
    return str(connection.execute("SELECT name FROM speakers WHERE id = ?", (person,)).fetchone()[0])


def _merged(connection: sqlite3.Connection, person: int) -> list[int]:
    return [row for (row,) in connection.execute("SELECT id FROM speakers WHERE merged_into = ?", (person,))]


def _is_open(name: str | None) -> bool:
    """Whether a claim may be the same as one of another row: who speaks is known by one word of a name, or by none."""
    return name is None or " " not in name


def _enter(connection: sqlite3.Connection, row: int, text: str, person: int | None, name: str | None) -> None:
    keys = index_keys(text)
    if _is_open(name):
        keys += index_keys(text, OPEN)
    if person is not None:
        keys += index_keys(text, person)
    connection.executemany("INSERT OR IGNORE INTO keys (key, claim_id) VALUES (?, ?)", [(key, row) for key in keys])


def _of_the_same_words(
    connection: sqlite3.Connection, known: Known, wording: int
) -> tuple[tuple[int, int | None] | None, list[int]]:
    """Claims in the index of the same words: the row and group of one by the same speaker, reported in the same way,
    or rows of the newest others.
    """
    claim = known.claim
    act = claim.kind, claim.act, claim.force, claim.negated, claim.conditional
    found = connection.execute(
        "SELECT id, group_id, "
        "speaker_id = ? AND kind = ? AND act = ? AND force IS ? AND negated = ? AND conditional = ? "
        "FROM claims WHERE wording = ? AND keyed = 1 AND id < ? ORDER BY 3 DESC, id DESC LIMIT ?",
        (known.speaker, *act, wording, known.row, COMPARED),
    ).fetchall()
    return (found[0][:2] if found and found[0][2] else None), [row for row, *_ in found]


def _same(connection: sqlite3.Connection, known: Known, own: Iterable[int], same_words: Sequence[int]) -> Known | None:
    """The candidate that is the same claim most surely."""
    best, score = None, 0.0
    for candidate in _candidates(connection, known, own, same_words):
        relation, sure = related(known.claim, candidate.claim)
        if relation is not None and sure > score:
            best, score = candidate, sure
            if score >= SURE:
                break
    return best


def _candidates(
    connection: sqlite3.Connection, known: Known, own: Iterable[int], same_words: Sequence[int]
) -> Iterator[Known]:
    """Claims worth comparing, likeliest first: of the same words, of the same speaker, of others whom it may be."""
    speaker = known.claim.speaker
    is_open = known.speaker is None or _is_open(speaker.name if speaker else None)
    text = known.claim.text
    theirs = [key for person in own for key in index_keys(text, person)]
    ways = [(same_words, COMPARED), (ranked(connection, theirs, most=RANKED, common=COMMON_OF_ONE), COMPARED)]
    if is_open or known.claim.kind != "indirect":
        keys = index_keys(text, ANYONE if is_open else OPEN)
        ways.append((ranked(connection, keys, most=RANKED), COMPARED_OF_OTHERS))
    seen = {known.row}
    for rows, most in ways:
        fresh = [row for row in rows if row not in seen]
        seen.update(fresh)
        sketches = {row: sketch for row, *sketch in connection.execute(_sketch_sql(len(fresh)), fresh)} if fresh else {}
        likely = (row for row in fresh if row in sketches and _is_likely(known, *sketches[row]))
        for row in islice(likely, most):
            yield _known(connection, row)


def _is_likely(known: Known, text: str, *speaker_and_kind: Any) -> bool:
    """What can be told before a claim is read whole, which takes much longer."""
    return _may_be_the_same(known, *speaker_and_kind) and _overlap(known.claim.text, text) >= OVERLAP


@cache
def _sketch_sql(count: int) -> str:
    return (
        "SELECT claims.id, claims.text, claims.speaker_id, "
        "coalesce(speakers.name, claims.speaker_name), claims.speaker_type, "
        "claims.kind FROM claims LEFT JOIN speakers ON speakers.id = claims.speaker_id "
        f"WHERE claims.id IN ({', '.join('?' * count)})"
    )


def _may_be_the_same(known: Known, speaker: int | None, name: str | None, type_: SpeakerType, kind: str) -> bool:
    """What `compare` would say of the speakers, before a claim is read whole.

    Two people of the bank are not one, unless one is known by a last name alone. Where nobody can tell who speaks,
    only quotations can be the same.
    """
    if speaker is not None and speaker == known.speaker:
        return True
    mine = known.claim.speaker
    theirs = None if name is None else _speaker(name, type_)
    agreement = same_speaker(mine, theirs)
    if agreement == "unknown":
        return kind != "indirect" and known.claim.kind != "indirect"
    if speaker is None or known.speaker is None:
        return agreement == "same"
    return agreement == "same" and any(s is not None and " " not in s.name for s in (mine, theirs))


@lru_cache(maxsize=16_384)
def _speaker(name: str, type_: SpeakerType) -> Speaker:
    return Speaker(name=name, type=type_)


def ranked(connection: sqlite3.Connection, keys: Sequence[int], *, most: int, common: int = COMMON) -> list[int]:
    """The claims that share keys, those first that share keys that few others have."""
    under: dict[int, list[int]] = {}
    for key, row in connection.execute(UNDER_KEYS, (json.dumps(keys), common - 1)):
        under.setdefault(key, []).append(row)
    shared: dict[int, int] = {}
    for rows in under.values():
        weight = 1 + 16 // len(rows)
        for row in rows:
            shared[row] = shared.get(row, 0) + weight
    return nlargest(most, shared, key=lambda row: (shared[row], row))


def _known(connection: sqlite3.Connection, row: int) -> Known:
    found = connection.execute(
        "SELECT records.record, claims.speaker_id, claims.group_id FROM claims "
        "JOIN records ON records.claim_id = claims.id WHERE claims.id = ?",
        (row,),
    ).fetchone()
    return Known(row, _renamed(connection, decode(found[0]), found[1]), found[1], found[2])


def _renamed(connection: sqlite3.Connection, claim: Claim, speaker: int | None) -> Claim:
    """The claim with its speaker under the name that the bank has, so that forms of one name do not differ."""
    if speaker is None or claim.speaker is None:
        return claim
    return _under(claim, _name(connection, speaker))


def _under(claim: Claim, name: str | None) -> Claim:
    if claim.speaker is None or name is None or name == claim.speaker.name:
        return claim
    return attrs.evolve(claim, speaker=attrs.evolve(claim.speaker, name=name))


def _join(connection: sqlite3.Connection, row: int, other: int, group: int | None) -> None:
    """Put a claim into the group of another one, which is made where that one was alone."""
    if group is None:
        (text,) = connection.execute("SELECT text FROM claims WHERE id = ?", (other,)).fetchone()
        group = connection.execute("INSERT INTO groups (wording) VALUES (?)", (text,)).lastrowid
        connection.execute("UPDATE claims SET group_id = ? WHERE id = ?", (group, other))
    connection.execute("UPDATE claims SET group_id = ? WHERE id = ?", (group, row))


def leave(connection: sqlite3.Connection, article: int) -> tuple[set[int], set[tuple[int, int | None]]]:
    """Take an article's claims out of the index, before they are deleted.

    Returned are the groups that they leave, and the wordings, with their speakers, that the index may have lost.
    """
    rows = connection.execute(
        "SELECT id, text, group_id, wording, speaker_id, keyed, resolved_id FROM claims WHERE article_id = ?",
        (article,),
    ).fetchall()
    connection.executemany(
        "DELETE FROM keys WHERE key = ? AND claim_id = ?",
        [
            (key, row)
            for row, text, *_, keyed, resolved in rows
            if keyed
            for person in (ANYONE, OPEN, *([resolved] if resolved is not None else []))
            for key in index_keys(text, person)
        ],
    )
    groups = {group for _, _, group, *_ in rows if group is not None}
    return groups, {(wording, speaker) for *_, wording, speaker, keyed, _ in rows if keyed}


def close_ranks(
    connection: sqlite3.Connection, groups: Iterable[int], wordings: Iterable[tuple[int, int | None]]
) -> None:
    """After claims were deleted: groups of one are none, and another claim of the same words enters the index."""
    for group in groups:
        rows = connection.execute("SELECT id FROM claims WHERE group_id = ? LIMIT 2", (group,)).fetchall()
        if len(rows) < 2:
            connection.execute("UPDATE claims SET group_id = NULL WHERE group_id = ?", (group,))
            connection.execute("DELETE FROM groups WHERE id = ?", (group,))
    for wording, speaker in wordings:
        heir = connection.execute(
            "SELECT id, keyed, text, resolved_id FROM claims WHERE wording = ? AND speaker_id IS ? "
            "ORDER BY keyed DESC, id LIMIT 1",
            (wording, speaker),
        ).fetchone()
        if heir is not None and not heir[1]:
            row, _, text, person = heir
            connection.execute("UPDATE claims SET keyed = 1 WHERE id = ?", (row,))
            _enter(connection, row, text, person, None if person is None else _name(connection, person))


def comparison(connection: sqlite3.Connection, a: tuple[Claim, int | None], b: tuple[Claim, int | None]) -> Comparison:
    """`compare`, with the speakers under the names that the bank has."""
    return compare(_renamed(connection, *a), _renamed(connection, *b))
