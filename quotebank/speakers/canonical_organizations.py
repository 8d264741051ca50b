"""The organizations behind affiliations: one name for "the Carnegie Center" and "the Carnegie Moscow Center".

Within an article the text itself says which names are one; across articles the registry does. What the article states
stays as it is: the name goes beside it, into `Speaker.organization`.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import regex

from quotebank.records import Speaker
from quotebank.speakers.organization_names import same_affiliation
from quotebank.speakers.organization_registry import AffiliationRegistry
from quotebank.text import table

MEMBER = regex.compile(r"([RD])(?:-\p{Lu}|$)")  # R-Ind.
PARTIES = {"R": "Republican", "D": "Democrat"}
COMPARED = 40  # affiliations of one first word that are compared with each other


def with_organizations(speakers: Sequence[Speaker | None], registry: AffiliationRegistry) -> list[Speaker | None]:
    """The speakers with the organization that each affiliation, or each speaker that is one, stands for."""
    stated = {_stated(s) for s in speakers if s is not None} - {None}
    known = {name: _named(name, registry) for name in stated if name is not None}
    forms: dict[str, list[str]] = {}
    for name in sorted(known, key=len, reverse=True):
        forms.setdefault(_first(name), []).append(name)
    out: list[Speaker | None] = []
    for speaker in speakers:
        said = _stated(speaker) if speaker is not None else None
        if speaker is None or said is None:
            out.append(speaker)
            continue
        longer = (f for f in forms[_first(said)][:COMPARED] if len(f) > len(said) and same_affiliation(said, f))
        fullest = next(longer, said)
        out.append(attrs.evolve(speaker, organization=known[said] or known[fullest] or fullest))
    return out


def _stated(speaker: Speaker) -> str | None:
    return speaker.name if speaker.type == "organization" else speaker.affiliation


def _first(name: str) -> str:
    words = [word for word in name.lower().split() if word != "the"]
    return words[0] if words else ""


def _named(name: str, registry: AffiliationRegistry) -> str | None:
    """The canonical name in the registry; None where it does not know the name."""
    country = table("speakers/demonyms").get(name)
    if country:
        return country
    member = MEMBER.match(name)
    found = registry.lookup(PARTIES[member.group(1)] if member else name)
    return found.name if found is not None else None
