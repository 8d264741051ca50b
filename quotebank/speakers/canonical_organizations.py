"""The organizations behind affiliations: one name in every article, as the registry has it.

What the article states stays as it is: the name goes beside it, into `Speaker.organization`.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import regex

from quotebank.records import Speaker
from quotebank.speakers.organization_registry import AffiliationRegistry
from quotebank.text import table

MEMBER = regex.compile(r"([RD])(?:-\p{Lu}|$)")  # R-Ind.
PARTIES = {"R": "Republican", "D": "Democrat"}


def with_organizations(speakers: Sequence[Speaker | None], registry: AffiliationRegistry) -> list[Speaker | None]:
    """The speakers with the organization that each affiliation, or each speaker that is one, stands for."""
    return [None if s is None else attrs.evolve(s, organization=_organization(s, registry)) for s in speakers]


def _organization(speaker: Speaker, registry: AffiliationRegistry) -> str | None:
    """The canonical name in the registry, or the name itself where that does not know it."""
    said = speaker.name if speaker.type == "organization" else speaker.affiliation
    if said is None:
        return None
    if country := table("speakers/demonyms").get(said):
        return country
    member = MEMBER.match(said)
    found = registry.lookup(PARTIES[member.group(1)] if member else said)
    return found.name if found is not None else said
