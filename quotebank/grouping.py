"""The same claim in other articles: groups that grow as articles are added.

A claim that comes in is compared with a few candidates: claims of the same words, and those with which it shares keys
that few others have, first among its speaker's own, then among those of people without a full name. Of claims that one
speaker made in the same words only the first is in the index. A claim joins the group of the likeliest candidate that
`compare` calls the same; groups are never worked out anew. The claims of an article are looked up together, so that
SQLite is asked a few times for each article, not a few times for each claim.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest

import attrs

from quotebank.candidates import ANYONE, OPEN, Postings, agreement, index_keys
from quotebank.matching import Comparison, compare, related
from quotebank.names import same_speaker
from quotebank.records import Claim, Speaker, SpeakerType

COMMON = 16  # claims that are looked at under one key
COMMON_OF_ONE = 64  # the same of one person's claims
COMPARED = 6  # candidates that a claim is compared with, by each way to find them
COMPARED_OF_OTHERS = 3  # and of others than its speaker
RANKED = 16  # candidates of which those are chosen
OVERLAP = 0.35  # of what the shorter claim tells: with less in common, two are not compared any further
SKETCHES = (
    "SELECT claims.id, claims.text, claims.kind, claims.act, claims.force, claims.negated, claims.conditional, "
    "coalesce(speakers.name, claims.speaker_name), claims.speaker_type, claims.speaker_id "
    "FROM json_each(?) AS asked CROSS JOIN claims ON claims.id = asked.value "
    "LEFT JOIN speakers ON speakers.id = claims.speaker_id"
)
INSERT_KEY = "INSERT OR IGNORE INTO keys (key, claim_id) VALUES (?, ?)"


@attrs.frozen
class Arrival:
    """A claim that has just been written: its row, and the rows of who spoke it, resolved and after decisions."""

    row: int
    claim: Claim
    resolved: int | None
    speaker: int | None
    wording: int


@attrs.frozen
class Known:
    """A claim of the bank as it is compared: its speaker under the name that the bank has."""

    row: int
    claim: Claim
    speaker: int | None


@attrs.frozen
class Sketch:
    """What is compared of a claim in the bank: made a claim only where it is likely to be the same."""

    row: int
    text: str
    kind: str
    act: str
    force: str | None
    negated: int
    conditional: int
    name: str | None
    type: SpeakerType
    speaker: int | None

    def known(self) -> Known:
        """The claim without its place in an article, which nothing compares."""
        claim = Claim(
            id="",
            article_id="",
            kind=self.kind,  # type: ignore[arg-type]
            content=(),
            text=self.text,
            speaker=None if self.name is None else _speaker(self.name, self.type),
            act=self.act,  # type: ignore[arg-type]
            force=self.force,  # type: ignore[arg-type]
            negated=bool(self.negated),
            conditional=bool(self.conditional),
        )
        return Known(self.row, claim, self.speaker)


@attrs.frozen
class Found:
    """Where to look for the claim that an arrival is the same as: its twin, or else candidates, likeliest first."""

    known: Known
    twin: int | None = None
    ways: tuple[tuple[Sequence[int], int], ...] = ()  # rows, and how many of them are compared


@attrs.frozen
class People:
    """The speakers of some claims: their names, and the rows that were merged into them."""

    names: dict[int, str]
    merged: dict[int, list[int]]

    @classmethod
    def read(cls, connection: sqlite3.Connection, arrivals: Iterable[Arrival]) -> People:
        """Those of the claims of one article."""
        rows = json.dumps(sorted({p for a in arrivals for p in (a.speaker, a.resolved) if p is not None}))
        sql = "SELECT id, {} FROM speakers WHERE {} IN (SELECT value FROM json_each(?))"
        merged: dict[int, list[int]] = {}
        for row, into in connection.execute(sql.format("merged_into", "merged_into"), (rows,)):
            merged.setdefault(into, []).append(row)
        return cls(dict(connection.execute(sql.format("name", "id"), (rows,)).fetchall()), merged)

    def name(self, row: int | None) -> str | None:
        """The name that the bank has for a row."""
        return None if row is None else self.names[row]

    def own(self, arrival: Arrival) -> list[int]:
        """The rows that the claims of its speaker were resolved to."""
        rows = {p for p in (arrival.speaker, arrival.resolved) if p is not None}
        return sorted(rows.union(self.merged.get(arrival.speaker or 0, ())))


@attrs.frozen
class Asked:
    """The keys under which the claim that an arrival is the same as may stand: its speaker's, and others'."""

    theirs: list[int]
    others: list[int]


def place(connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> None:
    """Find the group of each claim of an article, and enter it into the index."""
    if not arrivals:
        return
    people = People.read(connection, arrivals)
    found = _look_up(connection, arrivals, people)
    rows = {row for f in found for way, _ in f.ways for row in way}
    sketches = {s[0]: Sketch(*s) for s in connection.execute(SKETCHES, (json.dumps(sorted(rows)),))} if rows else {}
    for f in found:
        same = f.twin if f.twin is not None else _same(f, sketches)
        if same is not None:
            _join(connection, f.known.row, same)


def _look_up(connection: sqlite3.Connection, arrivals: Sequence[Arrival], people: People) -> list[Found]:
    """Where to look for each claim, those of its own article before it included, and their keys into the index."""
    asked = [_asked(a, people) for a in arrivals]
    own = Postings.read(connection, {key for a in asked for key in a.theirs}, COMMON_OF_ONE)
    others = Postings.read(connection, {key for a in asked for key in a.others}, COMMON)
    known_words = _known_words(connection, arrivals)
    found, entered = [], []
    for arrival, keys in zip(arrivals, asked, strict=True):
        known = Known(arrival.row, _under(arrival.claim, people.name(arrival.speaker)), arrival.speaker)
        told_before = arrival.wording in known_words
        twin, same_words = _of_the_same_words(connection, known, arrival.wording) if told_before else (None, [])
        known_words.add(arrival.wording)
        if twin is not None:
            connection.execute("UPDATE claims SET keyed = 0 WHERE id = ?", (arrival.row,))
            found.append(Found(known, twin))
            continue
        ways = (
            (same_words, COMPARED),
            (own.ranked(keys.theirs, RANKED), COMPARED),
            (others.ranked(keys.others, RANKED), COMPARED_OF_OTHERS),
        )
        found.append(Found(known, None, ways))
        entry = _entry(arrival.claim.text, arrival.resolved, people.name(arrival.resolved))
        own.enter(entry, arrival.row)
        others.enter(entry, arrival.row)
        entered += [(key, arrival.row) for key in entry]
    connection.executemany(INSERT_KEY, sorted(entered))
    return found


def _asked(arrival: Arrival, people: People) -> Asked:
    text = arrival.claim.text
    theirs = sorted({key for person in people.own(arrival) for key in index_keys(text, person)})
    if _is_open(people.name(arrival.speaker)):
        return Asked(theirs, index_keys(text, ANYONE))
    return Asked(theirs, index_keys(text, OPEN) if arrival.claim.kind != "indirect" else [])


def _known_words(connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> set[int]:
    """Those wordings of an article that the bank has from others: hardly any, so that they are asked for together."""
    sql = (
        "SELECT value FROM json_each(?) "
        "WHERE EXISTS (SELECT 1 FROM claims WHERE wording = value AND keyed = 1 AND id < ?)"
    )
    asked = json.dumps([a.wording for a in arrivals]), min(a.row for a in arrivals)
    return {wording for (wording,) in connection.execute(sql, asked)}


def _is_open(name: str | None) -> bool:
    """Whether a claim may be the same as one of another row: who speaks is known by one word of a name, or by none."""
    return name is None or " " not in name


def _entry(text: str, person: int | None, name: str | None) -> list[int]:
    """The keys under which a claim enters the index."""
    keys = index_keys(text)
    if _is_open(name):
        keys += index_keys(text, OPEN)
    if person is not None:
        keys += index_keys(text, person)
    return keys


def _of_the_same_words(connection: sqlite3.Connection, known: Known, wording: int) -> tuple[int | None, list[int]]:
    """Claims in the index of the same words: one by the same speaker, reported in the same way; the newest others."""
    claim = known.claim
    act = claim.kind, claim.act, claim.force, claim.negated, claim.conditional
    found = connection.execute(
        "SELECT id, speaker_id = ? AND kind = ? AND act = ? AND force IS ? AND negated = ? AND conditional = ? "
        "FROM claims WHERE wording = ? AND keyed = 1 AND id < ? ORDER BY 2 DESC, id DESC LIMIT ?",
        (known.speaker, *act, wording, known.row, COMPARED),
    ).fetchall()
    return (found[0][0] if found and found[0][1] else None), [row for row, _ in found]


def _same(found: Found, sketches: dict[int, Sketch]) -> int | None:
    """The row of the likeliest candidate that is the same claim; those behind it are hardly ever surer."""
    claim = found.known.claim
    return next((c.row for c in _candidates(found, sketches) if related(claim, c.claim)[0] is not None), None)


def _candidates(found: Found, sketches: dict[int, Sketch]) -> Iterator[Known]:
    """Claims worth comparing, likeliest first: of the same words, of the same speaker, of others whom it may be.

    By each way those are compared that tell most in common with the claim, less what either tells alone.
    """
    known = found.known
    seen = {known.row}
    for rows, most in found.ways:
        fresh = [sketches[row] for row in rows if row not in seen and row in sketches]
        seen.update(rows)
        likely = []
        for at, sketch in enumerate(fresh):
            if _may_be_the_same(known, sketch):
                shared, alike = agreement(known.claim.text, sketch.text)
                if shared >= OVERLAP:
                    likely.append((-alike, at))
        for _, at in nsmallest(most, likely):
            yield fresh[at].known()


def _may_be_the_same(known: Known, other: Sketch) -> bool:
    """What `compare` would say of the speakers.

    Two people of the bank are not one, unless one is known by a last name alone. Where nobody can tell who speaks,
    only quotations can be the same.
    """
    if other.speaker is not None and other.speaker == known.speaker:
        return True
    mine = known.claim.speaker
    theirs = None if other.name is None else _speaker(other.name, other.type)
    agreement = same_speaker(mine, theirs)
    if agreement == "unknown":
        return other.kind != "indirect" and known.claim.kind != "indirect"
    if other.speaker is None or known.speaker is None:
        return agreement == "same"
    return agreement == "same" and any(s is not None and " " not in s.name for s in (mine, theirs))


@lru_cache(maxsize=16_384)
def _speaker(name: str, type_: SpeakerType) -> Speaker:
    return Speaker(name=name, type=type_)


def _renamed(connection: sqlite3.Connection, claim: Claim, speaker: int | None) -> Claim:
    """The claim with its speaker under the name that the bank has, so that forms of one name do not differ."""
    if speaker is None or claim.speaker is None:
        return claim
    return _under(claim, _name(connection, speaker))


def _name(connection: sqlite3.Connection, person: int) -> str:
    return str(connection.execute("SELECT name FROM speakers WHERE id = ?", (person,)).fetchone()[0])


def _under(claim: Claim, name: str | None) -> Claim:
    if claim.speaker is None or name is None or name == claim.speaker.name:
        return claim
    return attrs.evolve(claim, speaker=attrs.evolve(claim.speaker, name=name))


def _join(connection: sqlite3.Connection, row: int, other: int) -> None:
    """Put a claim into the group of another one, which is made where that one was alone."""
    text, group = connection.execute("SELECT text, group_id FROM claims WHERE id = ?", (other,)).fetchone()
    if group is None:
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
            entry = _entry(text, person, None if person is None else _name(connection, person))
            connection.executemany(INSERT_KEY, [(key, row) for key in entry])


def comparison(connection: sqlite3.Connection, a: tuple[Claim, int | None], b: tuple[Claim, int | None]) -> Comparison:
    """`compare`, with the speakers under the names that the bank has."""
    return compare(_renamed(connection, *a), _renamed(connection, *b))
