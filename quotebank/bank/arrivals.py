"""Claims that have just been written, and what is read of their speakers before their groups are looked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import attrs

from quotebank.bank.same_claim_candidates import as_json, named_cluster
from quotebank.bank.sketches import is_unnamed
from quotebank.comparing import read_name
from quotebank.records import Claim, Speaker

NAME_WORDS = 4  # words of the name of somebody without a row by which claims are looked up
NAMESAKES = 16  # people of a last name whose claims are looked at for somebody known by it alone
NAMES = "SELECT id, name, type FROM speakers WHERE id IN (SELECT value FROM json_each(?))"
MERGED = (  # claims of somebody who was split off stay under the row that they were resolved to
    "SELECT merged_into, id FROM speakers WHERE merged_into IN (SELECT value FROM json_each(?1)) "
    "UNION SELECT to_id, from_id FROM pins WHERE to_id IN (SELECT value FROM json_each(?1))"
)
NAMESAKES_OF = (  # of who is known by a last name alone, all of that name; of others, those known by it alone
    "SELECT mine.id, other.id FROM json_each(?1) AS asked CROSS JOIN speakers AS mine ON mine.id = asked.value "
    "CROSS JOIN speaker_names AS name ON name.speaker_id = mine.id AND mine.type = 'person' "
    "CROSS JOIN speaker_names AS shared ON shared.family = name.family AND shared.initial = '' "
    "CROSS JOIN speakers AS other ON other.id = shared.speaker_id AND other.type = 'person' "
    "WHERE instr(mine.name, ' ') > 0 AND instr(other.name, ' ') = 0 "
    "UNION SELECT mine.id, other.id FROM json_each(?1) AS asked CROSS JOIN speakers AS mine ON mine.id = asked.value "
    "CROSS JOIN speaker_names AS name ON name.speaker_id = mine.id AND mine.type = 'person' "
    "CROSS JOIN speakers AS other ON other.id IN "
    "(SELECT speaker_id FROM speaker_names WHERE family = name.family ORDER BY id DESC LIMIT ?2) "
    "WHERE instr(mine.name, ' ') = 0 AND instr(other.name, ' ') > 0 AND other.type = 'person'"
)


@attrs.frozen
class Arrival:
    """A claim that has just been written: its row, and the rows of who spoke it, resolved and after decisions."""

    row: int
    claim: Claim
    resolved: int | None
    speaker: int | None
    wording: int


@attrs.frozen
class ArrivingSpeakers:
    """The speakers of some claims: their names, who may be the same, and other rows under which their claims stand."""

    names: dict[int, str]
    bodies: frozenset[int]
    merged: dict[int, list[int]]
    namesakes: dict[int, list[int]]

    @classmethod
    def read(cls, connection: sqlite3.Connection, arrivals: Iterable[Arrival]) -> ArrivingSpeakers:
        """Those of the claims of one article."""
        rows = as_json(sorted({p for a in arrivals for p in (a.speaker, a.resolved) if p is not None}))
        named = connection.execute(NAMES, (rows,)).fetchall()
        return cls(
            {row: name for row, name, _ in named},
            frozenset(row for row, _, kind in named if kind != "person"),
            _listed(connection.execute(MERGED, (rows,))),
            _listed(connection.execute(NAMESAKES_OF, (rows, NAMESAKES))),
        )

    def name(self, row: int | None) -> str | None:
        """The name that the bank has for a row."""
        return None if row is None else self.names[row]

    def is_person(self, row: int | None) -> bool:
        """Whether a row is a person's."""
        return row is not None and row not in self.bodies

    def has_voices(self, row: int | None) -> bool:
        """Whether another row may speak for this one, or this one for it: nobody, a last name alone, a body."""
        return row in self.bodies or is_unnamed(self.name(row))

    def clusters(self, arrival: Arrival) -> list[int]:
        """Where claims of its speaker stand: under all rows that are theirs, or may be, or under words of the name."""
        rows = {p for p in (arrival.speaker, arrival.resolved) if p is not None}
        for row in tuple(rows):
            rows.update(self.merged.get(row, ()), self.namesakes.get(row, ()))
        return [*sorted(rows), *described_clusters(arrival.claim.speaker, named=bool(rows))]


@attrs.frozen
class Waiting:
    """Claims of one transaction whose groups are still to be looked for: those of all its articles at once.

    So each step is done for hundreds of claims in a row, and the index read and written once, in a third less time.
    `twins`: those that their speakers made before, each with that claim; `fresh`: all others, and at the same places of
    `speakers` those of their articles.
    """

    twins: list[tuple[int, int]] = attrs.field(factory=list)
    fresh: list[Arrival] = attrs.field(factory=list)
    speakers: list[ArrivingSpeakers] = attrs.field(factory=list)

    def clear(self) -> None:
        """Nothing waits any more."""
        for waiting in (self.twins, self.fresh, self.speakers):
            waiting.clear()


def _listed(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def described_clusters(speaker: Speaker | None, *, named: bool) -> list[int]:
    """The clusters of somebody's words: of one without a row, and of a party's members: "House Republicans"."""
    return named_clusters(speaker) if not named or (speaker is not None and speaker.type == "group") else []


def named_clusters(speaker: Speaker | None) -> list[int]:
    """Where the claims stand of somebody without a row: under each word of a name in their description, or of all."""
    if speaker is None or speaker.type == "anonymous":
        return []
    read = read_name(speaker.name)
    return [named_cluster(term) for term in sorted(read.proper or read.terms)[:NAME_WORDS]]
