"""What is compared of a claim in a bank, and of which others it may be the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import attrs

from quotebank.bank.same_claim_candidates import agreement, as_json
from quotebank.comparing import COPIED, RELATIONS, Relation, likeness, read_name
from quotebank.records import Act, Force, Kind, Speaker, SpeakerType

LEAST_ALIKE = (0.4, 0.6, 1.0)  # of what two reports tell, both must have so much where none, one or both have a row
TELLING = 24.0  # nats that those with a row have in common: some five content words; anybody declines "to comment"
LENGTHY = 50.0  # nats of a report that two do not give by chance in nearly the same words: some ten content words
MOST_KEPT = 20_000  # sketches that are kept in mind: some 10 MB
SKETCHES = (
    "SELECT claims.id, claims.text, claims.kind, claims.act, claims.force, claims.negated, claims.conditional, "
    "coalesce(speakers.name, claims.speaker_name), claims.speaker_type, claims.speaker_id "
    "FROM json_each(?) AS asked CROSS JOIN claims ON claims.id = asked.value "
    "LEFT JOIN speakers ON speakers.id = claims.speaker_id"
)


class Sketch(NamedTuple):
    """What is compared of a claim, just as SQLite gives it: hundreds are looked at for each article."""

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
        return None if self.name is None else speaker_of(self.name, self.type)


@attrs.frozen
class Sketches:
    """The claims of a bank that were read so far, as they are compared; just as SQLite gives them.

    A plain tuple of strings and numbers costs the garbage collector nothing, a `Sketch` does.
    """

    rows: dict[int, tuple[Any, ...]] = attrs.field(factory=dict)

    def read(self, connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, tuple[Any, ...]]:
        """Read those of these claims that were not read before; returned are all."""
        if len(self.rows) > MOST_KEPT:
            self.rows.clear()
        fresh = set(rows).difference(self.rows)
        if fresh:
            self.rows.update((row[0], row) for row in connection.execute(SKETCHES, (as_json(sorted(fresh)),)))
        return self.rows

    def forget(self, person: int) -> None:
        """Read anew what somebody said, whose name has changed."""
        for row in [row for row, (*_, speaker) in self.rows.items() if speaker == person]:
            del self.rows[row]


def is_unnamed(name: str | None) -> bool:
    """Whether a claim may be the same as one of another row: who speaks has no row, or no more than a last name."""
    return name is None or " " not in name


def may_be_the_same(known: Sketch, other: Sketch) -> bool:
    """Whether the speakers are of one row, or `compare` may call them one, or one the voice of the other.

    Two people of the bank are not one, unless one is known by a last name alone. Where nobody can tell who speaks, only
    quotations can be the same, and what is reported in words that are alike of those who are no people of the bank.
    """
    if known.person is not None and other.person == known.person:
        return True
    between = likeness(known.speaker, other.speaker)
    if between == "same":
        people = known.type == other.type == "person" and known.person is not None and other.person is not None
        return not people or is_unnamed(known.name) or is_unnamed(other.name)
    if between == "different":
        return False
    if other.kind != "indirect" and known.kind != "indirect":
        return True
    if _is_known_person(known) or _is_known_person(other):
        return False
    found = agreement(known.text, other.text)
    if known.name is None or other.name is None:
        return found.alike >= COPIED and found.common >= TELLING
    rows = (known.person is not None) + (other.person is not None)
    return found.alike >= LEAST_ALIKE[rows] and (not rows or found.common >= TELLING)


def _is_known_person(claim: Sketch) -> bool:
    return claim.person is not None and claim.type == "person"


def is_described(claim: Sketch) -> bool:
    """Whether a claim is somebody's who has no name: "some doctors", "the report", "a European official"."""
    if claim.person is not None:
        return False
    return claim.name is None or claim.type == "anonymous" or not read_name(claim.name).proper


def relations(known: Sketch, other: Sketch) -> tuple[Relation, ...]:
    """What the words of two claims must be to each other for them to count as one, whatever `compare` says.

    Of some doctors, nobody knows whether they are those others: short reports of them, and those of two bodies, must
    be in the same words.
    """
    reported = "indirect" in (known.kind, other.kind)
    if reported and known.person != other.person and likeness(known.speaker, other.speaker) == "apart":
        return ("exact",)
    if not (is_described(known) and is_described(other)):
        return RELATIONS
    reports = known.kind == other.kind == "indirect" and known.type == other.type == "anonymous"
    brief = reports and min(agreement(t, t).common for t in (known.text, other.text)) < LENGTHY
    return ("exact",) if brief else ("exact", "subset", "edited")


@lru_cache(maxsize=16_384)
def speaker_of(name: str, type_: SpeakerType) -> Speaker:
    """A speaker of whom only this is compared."""
    return Speaker(name=name, type=type_)
