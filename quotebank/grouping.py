"""The same claim in other articles: groups that grow as articles are added.

A claim that comes in is compared with a few candidates: claims of the same words, and those with which it shares keys
that few others have, first among its speaker's own, then among those of people without a full name. Of claims that one
speaker made in the same words only the first is in the index. A claim joins the group of the likeliest candidate that
`compare` calls the same; groups are never worked out anew. The claims of an article are looked up together, so that
SQLite is asked a few times for each article, not a few times for each claim.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, repeat
from operator import itemgetter
from typing import NamedTuple

import attrs

from quotebank.candidates import ANYONE, OPEN, Postings, agreement, as_json, index_keys
from quotebank.matching import Comparison, compare, related
from quotebank.names import same_name
from quotebank.records import Act, Claim, Force, Kind, Speaker, SpeakerType

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
SAME_WORDS = (
    "SELECT wording, claims.id, speaker_id, kind, act, force, negated, conditional "
    "FROM json_each(?) AS asked CROSS JOIN claims ON claims.wording = asked.value AND keyed = 1 AND claims.id < ?"
)
INSERT_KEYS = "INSERT OR IGNORE INTO keys (key, claim_id) VALUES "
TOGETHER = 64  # keys that one statement writes: in a quarter less time than one by one
Manner = tuple[Kind, Act, Force | None, bool, bool]  # kind, act, force, negated, conditional
Told = tuple[int, int | None, Manner]  # a claim, its speaker, and how it is reported


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


class Sketch(NamedTuple):
    """What is compared of a claim in the bank, just as SQLite gives it: hundreds are looked at for each article."""

    row: int
    text: str
    kind: Kind
    act: Act
    force: Force | None
    negated: bool  # 0 or 1, as in the next one
    conditional: bool
    name: str | None
    type: SpeakerType
    person: int | None

    @property
    def speaker(self) -> Speaker | None:
        """Who spoke, under the name that the bank has."""
        return None if self.name is None else _speaker(self.name, self.type)


@attrs.frozen
class Found:
    """Where to look for the claim that an arrival is the same as: its twin, or else candidates, likeliest first."""

    known: Known
    twin: int | None
    ways: list[tuple[Sequence[int], int]]  # rows, and how many of them are compared


@attrs.frozen
class People:
    """The speakers of some claims: their names, and the rows that were merged into them."""

    names: dict[int, str]
    merged: dict[int, list[int]]

    @classmethod
    def read(cls, connection: sqlite3.Connection, arrivals: Iterable[Arrival]) -> People:
        """Those of the claims of one article."""
        rows = as_json(sorted({p for a in arrivals for p in (a.speaker, a.resolved) if p is not None}))
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

    theirs: Sequence[int]
    others: Sequence[int]


@attrs.frozen
class Seen:
    """What was read of a bank in one transaction and cannot change within it, but for what arrives itself.

    To be forgotten where claims are deleted.
    """

    own: Postings = attrs.field(factory=lambda: Postings(COMMON_OF_ONE))
    others: Postings = attrs.field(factory=lambda: Postings(COMMON))
    sketches: dict[int, Sketch] = attrs.field(factory=dict)
    names: dict[int, str] = attrs.field(factory=dict)
    wordings: dict[int, list[Told]] = attrs.field(factory=dict)

    def rename(self, names: dict[int, str]) -> None:
        """Forget the claims of those people for whom an article gave a fuller name."""
        renamed = {person for person, name in names.items() if self.names.get(person, name) != name}
        if renamed:
            for row in [row for row, sketch in self.sketches.items() if sketch.person in renamed]:
                del self.sketches[row]
        self.names.update(names)

    def read_sketches(self, connection: sqlite3.Connection, rows: Iterable[int]) -> None:
        """Read those claims that were not read before."""
        fresh = set(rows) - self.sketches.keys()
        if fresh:
            found = connection.execute(SKETCHES, (as_json(sorted(fresh)),))
            self.sketches.update({sketch[0]: Sketch._make(sketch) for sketch in found})

    def read_wordings(self, connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> None:
        """Read which claims in the index have the words of claims that have just been written."""
        fresh = {a.wording for a in arrivals} - self.wordings.keys()
        if fresh:
            self.wordings.update((wording, []) for wording in fresh)
            asked = as_json(sorted(fresh)), min(a.row for a in arrivals)
            for wording, row, speaker, *manner in sorted(connection.execute(SAME_WORDS, asked), key=itemgetter(1)):
                self.wordings[wording].append((row, speaker, tuple(manner)))

    def clear(self) -> None:
        """Forget everything."""
        for known in (self.own.rows, self.others.rows, self.sketches, self.names, self.wordings):
            known.clear()


def place(connection: sqlite3.Connection, arrivals: Sequence[Arrival], seen: Seen) -> None:
    """Find the group of each claim of an article, and enter it into the index."""
    if not arrivals:
        return
    people = People.read(connection, arrivals)
    seen.rename(people.names)
    found = _look_up(connection, arrivals, people, seen)
    seen.read_sketches(connection, {row for f in found for way, _ in f.ways for row in way})
    same = [(f.known.row, f.twin if f.twin is not None else _same(f, seen.sketches)) for f in found]
    _join(connection, [(row, other) for row, other in same if other is not None])


def _look_up(connection: sqlite3.Connection, arrivals: Sequence[Arrival], people: People, seen: Seen) -> list[Found]:
    """Where to look for each claim, those of its own article before it included, and their keys into the index."""
    seen.read_wordings(connection, arrivals)
    found: list[Found] = []
    fresh: list[tuple[Arrival, Found]] = []  # what has no twin, whose keys alone are needed
    for arrival in arrivals:
        known = Known(arrival.row, _under(arrival.claim, people.name(arrival.speaker)), arrival.speaker)
        told = seen.wordings[arrival.wording]
        twin, same_words = _of_the_same_words(told, known)
        found.append(Found(known, twin, [(same_words, COMPARED)]))
        if twin is None:
            told.append((arrival.row, arrival.speaker, _manner(arrival.claim)))
            fresh.append((arrival, found[-1]))
    asked = [_asked(arrival, people) for arrival, _ in fresh]
    own, others = seen.own, seen.others
    own.read(connection, chain.from_iterable(a.theirs for a in asked))
    others.read(connection, chain.from_iterable(a.others for a in asked))
    entered: list[tuple[int, int]] = []
    for (arrival, where), keys in zip(fresh, asked, strict=True):
        where.ways.append((own.ranked(keys.theirs, RANKED), COMPARED))
        where.ways.append((others.ranked(keys.others, RANKED), COMPARED_OF_OTHERS))
        entry = _entry(arrival.claim.text, arrival.resolved, people.name(arrival.resolved))
        own.enter(entry, arrival.row)
        others.enter(entry, arrival.row)
        entered += zip(entry, repeat(arrival.row))
    twins = [(f.known.row,) for f in found if f.twin is not None]
    connection.executemany("UPDATE claims SET keyed = 0 WHERE id = ?", twins)
    _enter(connection, entered)
    return found


def _asked(arrival: Arrival, people: People) -> Asked:
    text = arrival.claim.text
    own = people.own(arrival)
    theirs = index_keys(text, own[0]) if len(own) == 1 else tuple({k for p in own for k in index_keys(text, p)})
    if _is_open(people.name(arrival.speaker)):
        return Asked(theirs, index_keys(text, ANYONE))
    return Asked(theirs, index_keys(text, OPEN) if arrival.claim.kind != "indirect" else ())


def _is_open(name: str | None) -> bool:
    """Whether a claim may be the same as one of another row: who speaks is known by one word of a name, or by none."""
    return name is None or " " not in name


def _entry(text: str, person: int | None, name: str | None) -> tuple[int, ...]:
    """The keys under which a claim enters the index."""
    keys = index_keys(text)
    if _is_open(name):
        keys += index_keys(text, OPEN)
    if person is not None:
        keys += index_keys(text, person)
    return keys


def _enter(connection: sqlite3.Connection, entries: Iterable[tuple[int, int]]) -> None:
    """Write keys with their claims, in order: so that neighbours in the index come one after the other."""
    ordered = sorted(entries)
    whole = len(ordered) - len(ordered) % TOGETHER
    flat = chain.from_iterable(ordered[:whole])
    together = INSERT_KEYS + ", ".join(["(?, ?)"] * TOGETHER)
    connection.executemany(together, [tuple(islice(flat, 2 * TOGETHER)) for _ in range(whole // TOGETHER)])
    connection.executemany(INSERT_KEYS + "(?, ?)", ordered[whole:])


def _manner(claim: Claim) -> Manner:
    return claim.kind, claim.act, claim.force, claim.negated, claim.conditional


def _of_the_same_words(told: Sequence[Told], known: Known) -> tuple[int | None, list[int]]:
    """Of claims in the same words the last by the same speaker, reported in the same way; or else the newest others.

    Last among those come the ones of which nobody can tell whether the same person said it in the same way.
    """
    manner = _manner(known.claim)
    others, unsure = [], []
    for row, speaker, how in reversed(told):
        if how != manner:
            others.append(row)
        elif speaker is None or known.speaker is None:
            unsure.append(row)
        elif speaker == known.speaker:
            return row, []
        else:
            others.append(row)
    return None, [*others, *unsure][:COMPARED]


def _same(found: Found, sketches: dict[int, Sketch]) -> int | None:
    """The row of the likeliest candidate that is the same claim; those behind it are hardly ever surer."""
    claim = found.known.claim
    return next((c.row for c in _candidates(found, sketches) if related(claim, c)[0] is not None), None)


def _candidates(found: Found, sketches: dict[int, Sketch]) -> Iterator[Sketch]:
    """Claims worth comparing, likeliest first: of the same words, of the same speaker, of others whom it may be.

    By each way those are compared that tell most in common with the claim, less what either tells alone.
    """
    known = found.known
    text, person = known.claim.text, known.speaker
    seen = {known.row}
    for rows, most in found.ways:
        likely = []
        for at, row in enumerate(rows):
            sketch = sketches.get(row)
            if sketch is None or row in seen:
                continue
            if (person is not None and sketch.person == person) or _may_be_the_same(known, sketch):
                shared, alike = agreement(text, sketch.text)
                if shared >= OVERLAP:
                    likely.append((-alike, at))
        seen.update(rows)
        likely.sort()
        for _, at in likely[:most]:
            yield sketches[rows[at]]


def _may_be_the_same(known: Known, other: Sketch) -> bool:
    """What `compare` would say of the speakers of two claims that are not of one row.

    Two people of the bank are not one, unless one is known by a last name alone. Where nobody can tell who speaks,
    only quotations can be the same.
    """
    mine = known.claim.speaker
    agreement = "unknown"
    if mine is not None and other.name is not None:
        agreement = same_name(mine.name, mine.type, other.name, other.type)
        if agreement == "same":
            nobody_known = other.person is None or known.speaker is None
            return nobody_known or " " not in mine.name or " " not in other.name
    return agreement == "unknown" and other.kind != "indirect" and known.claim.kind != "indirect"


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


def _join(connection: sqlite3.Connection, pairs: Sequence[tuple[int, int]]) -> None:
    """Put each claim into the group of another one, which is made where that one was alone."""
    sql = "SELECT id, group_id, text FROM claims WHERE id IN (SELECT value FROM json_each(?))"
    others = {row: (group, text) for row, group, text in connection.execute(sql, (as_json([b for _, b in pairs]),))}
    groups: dict[int, int] = {}  # of claims that came into one just now
    for row, other in pairs:
        group, text = others[other]
        group = groups.get(other, group)
        if group is None:
            group = int(connection.execute("INSERT INTO groups (wording) VALUES (?)", (text,)).lastrowid or 0)
            groups[other] = group
        groups[row] = group
    connection.executemany("UPDATE claims SET group_id = ? WHERE id = ?", [(g, row) for row, g in groups.items()])


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
            _enter(connection, [(key, row) for key in entry])


def comparison(connection: sqlite3.Connection, a: tuple[Claim, int | None], b: tuple[Claim, int | None]) -> Comparison:
    """`compare`, with the speakers under the names that the bank has."""
    return compare(_renamed(connection, *a), _renamed(connection, *b))
