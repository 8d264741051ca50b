"""The same claim in other articles: groups that grow as articles are added.

A claim that comes in is compared with a few candidates: what its speaker said before, or others who go by the same
name, and quotations that have many words in a row in common, where nobody can tell who speaks. Of claims that one
speaker made in the same words only the first is in the index. A claim joins the group of the likeliest candidate that
`compare` calls the same, in other words only where it is surer; groups are never worked out anew. The claims of an
article are looked up together, so that SQLite is asked a few times for each article, not a few times for each claim.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Any

import attrs

from quotebank.bank.arrivals import Arrival, ArrivingSpeakers, Waiting, described_clusters
from quotebank.bank.identities import Known
from quotebank.bank.same_claim_candidates import (
    UNNAMED,
    Gist,
    Postings,
    agreement,
    as_json,
    fingerprints,
    gist,
    keys_in,
    whole_print,
)
from quotebank.bank.sketches import Sketch, Sketches, is_unnamed, may_be_the_same, relations, speaker_of
from quotebank.comparing import Comparison, compare, relation_of
from quotebank.records import Act, Claim, Force, Kind, Speaker

COMPARED = 6  # candidates that a claim is compared with, of those that its speaker said before
COMPARED_OF_OTHERS = 3  # and of others
RANKED = 8  # candidates of which those are chosen
WITHIN = (
    "exact",
    "subset",
    "edited",
)  # relations of quotations of which one has the words of the other, or most of them
SURE = 0.55  # score of what is said in other words: a wrong link joins all that is in two groups, not two claims
TWINS = (
    "SELECT wording, speaker_id, kind, act, force, negated, conditional, claims.id FROM json_each(?) AS asked "
    "CROSS JOIN claims ON claims.wording = asked.value ->> 0 AND speaker_id = asked.value ->> 1 AND keyed = 1 "
    "AND claims.id < ?"
)
INSERT_KEYS = "INSERT OR IGNORE INTO postings (key, claim_id, tells) VALUES "
AT_ONCE = 2_000  # claims that are looked up and entered at a time: those of most transactions
TOGETHER = 64  # keys that one statement writes: in a quarter less time than one by one
Entry = tuple[tuple[int, ...], int, int]  # what the index is to have of a claim: keys, its row, and how much it tells
Twin = tuple[int, int | None, Kind, Act, Force | None, bool, bool]  # wording, speaker, and how it is reported


def place(connection: sqlite3.Connection, arrivals: Sequence[Arrival], waiting: Waiting) -> None:
    """Put the claims of an article with those that wait for their groups: those that were made before, and others."""
    if not arrivals:
        return
    people = ArrivingSpeakers.read(connection, arrivals)
    pairs, fresh = _twins(connection, arrivals)
    connection.executemany("UPDATE claims SET keyed = 0 WHERE id = ?", [(row,) for row, _ in pairs])
    waiting.twins.extend(pairs)
    waiting.fresh.extend(fresh)
    waiting.speakers.extend(repeat(people, len(fresh)))


def join(connection: sqlite3.Connection, known: Known) -> None:
    """Find the groups of the claims that wait, and enter them into the index; `known` is what was read of the bank.

    To be called at the end of a transaction, and before a name changes, or whose words are whose, or claims are taken
    out of the index.
    """
    waiting = known.waiting
    if not (waiting.fresh or waiting.twins):
        return
    same: list[tuple[int, list[int]]] = []
    for start in range(0, len(waiting.fresh), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        found = _look_up(connection, waiting.fresh[some], waiting.speakers[some], known.postings)
        same += _same_as(connection, found, known.sketches)
    _join(connection, waiting.twins, same)
    waiting.clear()


def regroup(connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> None:
    """Find the groups of claims of an article that are in the index, or whose twin is: of those before them."""
    people = ArrivingSpeakers.read(connection, arrivals)
    pairs, fresh = _twins(connection, arrivals)
    asked = [Asked.of(arrival, people) for arrival in fresh]
    postings = Postings()
    postings.read(connection, chain.from_iterable(a.keys() for a in asked))
    found = [_found(arrival, what, people, postings) for arrival, what in zip(fresh, asked, strict=True)]
    earlier = [
        Found(f.known, [r for r in f.theirs if r < f.known.row], [r for r in f.others if r < f.known.row])
        for f in found
    ]
    _join(connection, pairs, _same_as(connection, earlier, Sketches()))


def _twins(connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> tuple[list[tuple[int, int]], list[Arrival]]:
    """The claims that their speakers made before in the same words, each with that claim, and all others."""
    asked = sorted({(a.wording, a.speaker) for a in arrivals if a.speaker is not None})
    rows = connection.execute(TWINS, (as_json(asked), min(a.row for a in arrivals)))
    told: dict[Twin, int] = {}
    for *twin, row in rows:
        told[tuple(twin)] = max(row, told.get(tuple(twin), 0))
    pairs, fresh = [], []
    for arrival in arrivals:
        claim = arrival.claim
        twin = (
            arrival.wording, arrival.speaker, claim.kind, claim.act, claim.force, claim.negated, claim.conditional
        )  # fmt: skip
        if twin in told:
            pairs.append((arrival.row, told[twin]))
        else:
            fresh.append(arrival)
            if arrival.speaker is not None:
                told[twin] = arrival.row
    return pairs, fresh


@attrs.frozen
class Found:
    """Where to look for the claim that an arrival is the same as: candidates, likeliest first.

    `theirs` said its speaker, or who goes by that name; `others` have words in a row in common with it.
    """

    known: Sketch
    theirs: list[int]
    others: list[int]


@attrs.frozen
class Asked:
    """What a claim is looked up by: keys of its gist in each of some clusters, of its fingerprints; and its `entry`."""

    told: Gist
    gists: tuple[tuple[int, ...], ...]
    prints: tuple[int, ...]
    entry: tuple[int, ...]

    @classmethod
    def of(cls, arrival: Arrival, people: ArrivingSpeakers) -> Asked:
        """That of a claim."""
        claim = arrival.claim
        told = gist(claim.text)
        prints = prints_of(claim.text, claim.kind, known=people.is_person(arrival.resolved))
        unnamed = people.has_voices(arrival.resolved)
        entry = keys_of(told, prints, arrival.resolved, claim.speaker, unnamed=unnamed)
        if not (unnamed or people.has_voices(arrival.speaker)):
            prints = keys_in(UNNAMED, prints)
        return cls(told, tuple(map(told.keys, people.clusters(arrival))), prints, entry)

    def keys(self) -> Iterator[int]:
        """All keys that are looked up."""
        return chain(*self.gists, self.prints)


def _look_up(
    connection: sqlite3.Connection,
    arrivals: Sequence[Arrival],
    speakers: Sequence[ArrivingSpeakers],
    postings: Postings,
) -> list[Found]:
    """Where to look for each claim, those before it included, and their keys into the index."""
    asked = list(map(Asked.of, arrivals, speakers))
    postings.read(connection, chain.from_iterable(a.keys() for a in asked))
    found: list[Found] = []
    entries: list[Entry] = []
    for arrival, people, what in zip(arrivals, speakers, asked, strict=True):
        candidates = _found(arrival, what, people, postings)
        if candidates.theirs or candidates.others:
            found.append(candidates)
        postings.enter(what.entry, what.told.packed(arrival.row))
        entries.append((what.entry, arrival.row, what.told.steps))
    enter(connection, entries)
    return found


def _found(arrival: Arrival, what: Asked, people: ArrivingSpeakers, postings: Postings) -> Found:
    theirs = postings.likely(what.told, what.gists, RANKED) if what.gists else []
    others = postings.sharing(what.prints, RANKED) if what.prints else []
    return Found(_sketch(arrival, people), theirs, [row for row in others if row not in theirs])


def prints_of(text: str, kind: Kind, *, known: bool) -> tuple[int, ...]:
    """The fingerprints of a quotation, or of a report of anyone but a `known` person; of the report one for all of it.

    What a person is reported to say is found among what they said. A body or somebody without a row goes by another
    description in every article.
    """
    if kind != "indirect":
        return fingerprints(text)
    return () if known else tuple(dict.fromkeys((*whole_print(text), *fingerprints(text))))


def keys_of(
    told: Gist, prints: tuple[int, ...], row: int | None, speaker: Speaker | None, *, unnamed: bool
) -> tuple[int, ...]:
    """The keys under which a claim enters the index; `row` is that of its speaker as it was resolved."""
    keys = () if row is None else told.keys(row)
    for cluster in described_clusters(speaker, named=row is not None):
        keys += told.keys(cluster)
    keys += prints  # of everyone
    if unnamed:
        keys += keys_in(UNNAMED, prints)
    return keys


def enter(connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """Write keys with their claims, in order: so that neighbours in the index come one after the other.

    In columns: thousands of tuples would be more for the garbage collector to look through than all else that is made.
    """
    keys = list(chain.from_iterable(of_claim for of_claim, _, _ in entries))
    claims = list(chain.from_iterable(repeat(claim, len(of_claim)) for of_claim, claim, _ in entries))
    tells = list(chain.from_iterable(repeat(tells, len(of_claim)) for of_claim, _, tells in entries))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    whole = len(order) - len(order) % TOGETHER
    flat = chain.from_iterable(zip(*(map(column.__getitem__, order) for column in (keys, claims, tells)), strict=True))
    together = INSERT_KEYS + ", ".join(["(?, ?, ?)"] * TOGETHER)
    connection.executemany(together, (tuple(islice(flat, 3 * TOGETHER)) for _ in range(whole // TOGETHER)))
    connection.executemany(INSERT_KEYS + "(?, ?, ?)", zip(flat, flat, flat, strict=True))


def _sketch(arrival: Arrival, people: ArrivingSpeakers) -> Sketch:
    claim, person = arrival.claim, arrival.speaker
    who = claim.speaker
    return Sketch(
        arrival.row,
        claim.text,
        claim.kind,
        claim.act,
        claim.force,
        claim.negated,
        claim.conditional,
        people.name(person) or (who.name if who else None),
        who.type if who else "anonymous",
        person,
    )


def _same_as(connection: sqlite3.Connection, found: Sequence[Found], sketches: Sketches) -> list[tuple[int, list[int]]]:
    """Each claim that is the same as others, with their rows, the likeliest first."""
    read = sketches.read(connection, {row for f in found for row in (*f.theirs, *f.others)})
    same = ((f.known.row, _same(f, read)) for f in found)
    return [(row, others) for row, others in same if others]


def _same(found: Found, sketches: dict[int, tuple[Any, ...]]) -> list[int]:
    """The row of the likeliest candidate that is the same claim; those behind it are hardly ever surer.

    Behind it the rows of others whose words stand in this claim, where those of the first one do: a long quotation
    brings those together that have each a part of it.
    """
    rows: list[int] = []
    known = found.known
    for candidate in _comparable(found, sketches):
        if rows and (candidate.kind == "indirect" or len(candidate.text) >= len(known.text)):
            continue
        among = relations(known, candidate)
        relation, score = relation_of(known, candidate, among)
        if relation not in WITHIN and score < SURE:
            continue
        if relation in among and (not rows or relation in WITHIN):
            rows.append(candidate.row)
            if known.kind == "indirect" or relation not in WITHIN or len(candidate.text) >= len(known.text):
                break
    return rows


def _comparable(found: Found, sketches: dict[int, tuple[Any, ...]]) -> Iterator[Sketch]:
    """Claims worth comparing, likeliest first: of the same speaker, then of others whom it may be."""
    known = found.known
    theirs, others = (
        (s for s in (Sketch._make(sketches[row]) for row in rows if row in sketches) if may_be_the_same(known, s))
        for rows in (found.theirs, found.others)
    )
    yield from islice(theirs, COMPARED)
    yield from islice((s for s in others if agreement(known.text, s.text).is_enough), COMPARED_OF_OTHERS)


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


def _join(
    connection: sqlite3.Connection, twins: Sequence[tuple[int, int]], same: Sequence[tuple[int, list[int]]]
) -> None:
    """Put each claim into the group of another one, which is made where that one was alone.

    Of further ones that it is the same as, those that are alone come into its group.
    """
    joined = sorted([*((row, [other]) for row, other in twins), *same])
    sql = "SELECT id, group_id FROM claims WHERE id IN (SELECT value FROM json_each(?))"
    rows = as_json(sorted({other for _, others in joined for other in others}))
    before: dict[int, int | None] = dict(connection.execute(sql, (rows,)))
    groups: dict[int, int] = {}  # of claims that came into one just now
    for row, (first, *further) in joined:
        group = groups.get(first, before[first])
        if group is None:
            made = connection.execute("INSERT INTO groups (wording) SELECT text FROM claims WHERE id = ?", (first,))
            group = groups[first] = int(made.lastrowid or 0)
        groups[row] = group
        for other in further:
            if before[other] is None:
                groups.setdefault(other, group)
    connection.executemany("UPDATE claims SET group_id = ? WHERE id = ?", [(g, row) for row, g in groups.items()])


KEYED = (
    "SELECT claims.id, text, kind, resolved_id, speaker_name, speaker_type, speakers.name, speakers.type "
    "FROM claims LEFT JOIN speakers ON speakers.id = resolved_id WHERE keyed = 1"
)


def entries_of(rows: Iterable[tuple[Any, ...]], *, ever: bool = False) -> list[Entry]:
    """What the index has of claims, as `KEYED` reads them; or may `ever` have had, while less of a name was known."""
    entries: list[Entry] = []
    for row, text, kind, person, name, type_, bank_name, bank_type in rows:
        told = gist(text)
        speaker = name and speaker_of(name, type_)
        prints = prints_of(text, kind, known=bank_type == "person" and not ever)
        unnamed = ever or bank_type != "person" or is_unnamed(bank_name)
        entries.append((keys_of(told, prints, person, speaker, unnamed=unnamed), row, told.steps))
    return entries


def index_anew(connection: sqlite3.Connection) -> None:
    """Enter every claim into an index that is empty, in a transaction: the one before it was of another form."""
    rows = connection.execute(KEYED)
    while some := rows.fetchmany(AT_ONCE):
        enter(connection, entries_of(some))


def comparison(connection: sqlite3.Connection, a: tuple[Claim, int | None], b: tuple[Claim, int | None]) -> Comparison:
    """`compare`, with the speakers under the names that the bank has."""
    return compare(_renamed(connection, *a), _renamed(connection, *b))
