"""The same claim in other articles: an index of keys, and groups that grow as articles are added.

A claim that comes in is compared with a few candidates: claims of the same words, and those with which it shares keys
that few others have. Of claims that one speaker made in the same words only the first is in the index. A claim joins
the group of the first candidate that `compare` calls the same; groups are never worked out anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from itertools import combinations
from zlib import crc32

import attrs
import regex

from quotebank.evidence import information
from quotebank.matching import Comparison, compare, related
from quotebank.names import same_speaker
from quotebank.prepared import decode
from quotebank.records import Claim, Speaker, SpeakerType
from quotebank.wording import is_content, stem

WORD = regex.compile(r"\p{N}[\p{N}.,]*+|[\p{L}\p{M}]+(?:['’]\p{L}+)?")
NEIGHBOURS = 2  # content words behind a word that make a key with it
TELLING = 4  # content words that tell most, each of which makes a key with each other
FEW = 2  # content words of a claim that is found by single ones as well
MOST_KEYS = 200  # of a very long claim
COMMON = 16  # claims that are looked at under one key: those added last
COMPARED = 3  # candidates that a claim is compared with
RANKED = 12  # candidates of which those are chosen
UNDER_KEY = "SELECT claim_id FROM keys WHERE key = ? ORDER BY claim_id DESC LIMIT ?"
SURE = 0.8  # score from which no better candidate is looked for


@attrs.frozen
class Known:
    """A claim of the bank as it is compared: its speaker under the name that the bank has."""

    row: int
    claim: Claim
    speaker: int | None
    group: int | None


def index_keys(text: str) -> list[int]:
    """The keys under which a text is found: pairs of content words that stand near each other or tell most.

    Two claims that are the same share at least one, nearly always: 81 of 82 such pairs of corpora/matching do. Read
    with a lighter tokenizer than `matching.keys`, which would be most of the cost of adding a claim.
    """
    stems = _stems(text)
    distinct = set(stems)
    pairs = {(a, b) for at, a in enumerate(stems) for b in stems[at + 1 : at + 1 + NEIGHBOURS] if a != b}
    telling = sorted(distinct, key=lambda s: (-information(s), s))[:TELLING]
    keys = {f"{min(p)} {max(p)}" for p in (*list(pairs)[:MOST_KEYS], *combinations(telling, 2))}
    if len(distinct) <= FEW:
        keys |= distinct or {" ".join(WORD.findall(text.casefold())[:6])}
    return sorted({crc32(key.encode()) for key in keys})


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
    for row, claim in zip(rows, claims, strict=True):
        speaker, wording = connection.execute("SELECT speaker_id, wording FROM claims WHERE id = ?", (row,)).fetchone()
        known = Known(row, _renamed(connection, claim, speaker), speaker, None)
        twin = _twin(connection, known, wording)
        if twin is not None:
            _join(connection, row, *twin)
            continue
        keys = index_keys(claim.text)
        same = _same(connection, known, keys, wording)
        if same is not None:
            _join(connection, row, same.row, same.group)
        _enter(connection, row, keys)


def _enter(connection: sqlite3.Connection, row: int, keys: Iterable[int]) -> None:
    connection.executemany("INSERT OR IGNORE INTO keys (key, claim_id) VALUES (?, ?)", [(key, row) for key in keys])
    connection.execute("UPDATE claims SET keyed = 1 WHERE id = ?", (row,))


def _twin(connection: sqlite3.Connection, known: Known, wording: int) -> tuple[int, int | None] | None:
    """A claim in the index of the same words by the same speaker, reported in the same way; its row and group."""
    if known.speaker is None:
        return None
    claim = known.claim
    found: tuple[int, int | None] | None = connection.execute(
        "SELECT id, group_id FROM claims WHERE wording = ? AND keyed = 1 AND speaker_id = ? AND kind = ? AND act = ? "
        "AND force IS ? AND negated = ? AND conditional = ? LIMIT 1",
        (wording, known.speaker, claim.kind, claim.act, claim.force, claim.negated, claim.conditional),
    ).fetchone()
    return found


def _same(connection: sqlite3.Connection, known: Known, keys: Sequence[int], wording: int) -> Known | None:
    """The candidate that is the same claim most surely."""
    best, score = None, 0.0
    for candidate in _candidates(connection, known, keys, wording):
        relation, sure = related(known.claim, candidate.claim)
        if relation is not None and sure > score:
            best, score = candidate, sure
            if score >= SURE:
                break
    return best


def _candidates(connection: sqlite3.Connection, known: Known, keys: Sequence[int], wording: int) -> Iterator[Known]:
    """Claims worth comparing, likeliest first; only those are read whole."""
    rows = [
        row
        for (row,) in connection.execute(
            "SELECT id FROM claims WHERE wording = ? AND keyed = 1 AND id <> ? ORDER BY id DESC LIMIT ?",
            (wording, known.row, COMPARED),
        )
    ]
    rows = list(dict.fromkeys([*rows, *ranked(connection, keys, most=RANKED)]))
    sketches = {row: sketch for row, *sketch in connection.execute(_sketch_sql(len(rows)), rows)}
    left = COMPARED
    for row in rows:
        if row in sketches and _may_be_the_same(known, *sketches[row]):
            yield _known(connection, row)
            left -= 1
            if not left:
                return


@cache
def _sketch_sql(count: int) -> str:
    return (
        "SELECT claims.id, claims.speaker_id, coalesce(speakers.name, claims.speaker_name), claims.speaker_type, "
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
    shared: dict[int, int] = {}
    for key in keys:
        rows = connection.execute(UNDER_KEY, (key, common)).fetchall()
        if rows:
            weight = 1 + 16 // len(rows)
            for (row,) in rows:
                shared[row] = shared.get(row, 0) + weight
    return nlargest(most, shared, key=lambda row: shared[row])


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
    (name,) = connection.execute("SELECT name FROM speakers WHERE id = ?", (speaker,)).fetchone()
    return claim if name == claim.speaker.name else attrs.evolve(claim, speaker=attrs.evolve(claim.speaker, name=name))


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
        "SELECT id, text, group_id, wording, speaker_id, keyed FROM claims WHERE article_id = ?", (article,)
    ).fetchall()
    connection.executemany(
        "DELETE FROM keys WHERE key = ? AND claim_id = ?",
        [(key, row) for row, text, *_, keyed in rows if keyed for key in index_keys(text)],
    )
    groups = {group for _, _, group, *_ in rows if group is not None}
    return groups, {(wording, speaker) for *_, wording, speaker, keyed in rows if keyed}


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
            "SELECT id, text, keyed FROM claims WHERE wording = ? AND speaker_id IS ? ORDER BY keyed DESC, id LIMIT 1",
            (wording, speaker),
        ).fetchone()
        if heir is not None and not heir[2]:
            _enter(connection, heir[0], index_keys(heir[1]))


def comparison(connection: sqlite3.Connection, a: tuple[Claim, int | None], b: tuple[Claim, int | None]) -> Comparison:
    """`compare`, with the speakers under the names that the bank has."""
    return compare(_renamed(connection, *a), _renamed(connection, *b))
