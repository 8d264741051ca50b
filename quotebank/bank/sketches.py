"""What is compared of a claim in a bank, and of which others it may be the same."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from quotebank.bank.same_claim_candidates import agreement
from quotebank.comparing import likeness, read_name
from quotebank.records import Act, Force, Kind, Speaker, SpeakerType

NEARLY_THE_SAME = 0.4  # of what two reports of people who have no row tell, both must have so much
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


def is_unnamed(name: str | None) -> bool:
    """Whether a claim may be the same as one of another row: who speaks has no row, or no more than a last name."""
    return name is None or " " not in name


def may_be_the_same(known: Sketch, other: Sketch) -> bool:
    """Whether the speakers are of one row, or `compare` may call them one, or one the voice of the other.

    Two people of the bank are not one, unless one is known by a last name alone. Where nobody can tell who speaks, only
    quotations can be the same, and what is reported of those who are described alike.
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
    nobody = known.person is None and other.person is None and known.name is not None and other.name is not None
    return nobody and agreement(known.text, other.text).alike >= NEARLY_THE_SAME


def is_described(claim: Sketch) -> bool:
    """Whether a claim is somebody's who has no name: "some doctors", "the report", "a European official"."""
    if claim.person is not None:
        return False
    return claim.name is None or claim.type == "anonymous" or not read_name(claim.name).proper


def words_alike(known: Sketch, other: Sketch) -> tuple[str, ...]:
    """What two claims of people without a name must be to count as one: reports of “an official” the same words."""
    reports = known.kind == other.kind == "indirect" and known.type == other.type == "anonymous"
    return ("exact",) if reports else ("exact", "subset", "edited")


@lru_cache(maxsize=16_384)
def speaker_of(name: str, type_: SpeakerType) -> Speaker:
    """A speaker of whom only this is compared."""
    return Speaker(name=name, type=type_)
