"""Who is asked for, as people type it: a name, what is said beside it ("the baker Ana Reyes"), or a post alone."""

from __future__ import annotations

from functools import lru_cache

import attrs
import regex

from quotebank.bank.framing_words import DETERMINING, PREPOSITIONS
from quotebank.bank.identities import terms
from quotebank.comparing import read_name
from quotebank.text import words

LINKING = PREPOSITIONS | {"in", "to", "the", "and", "a", "an", "or"}  # behind which a name is no person's who is meant
HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lady", "lord"})  # tell no one apart
LETTERS = {
    "PM": "prime minister",
    "CEO": "chief executive",
    "CFO": "chief financial officer",
    "COO": "chief operating officer",
    "VP": "vice president",
    "MP": "MP",
}
"""Posts by the letters that people type for them."""
OTHER_POST = terms(
    "vice deputy former ex assistant shadow junior acting interim elect candidate was until designate"
)  # what makes another post of one
OF_BODY = regex.compile(r" (?:of|for|at|in|from) (?:the )?")
JOINED = regex.compile(r"\s(?:and|&)\s|[,/;]\s?")
BELOW = regex.compile(r"\s(?:of|for|to|at|in|from|with|on|who|that|until|since|under|by)\s")  # behind a role's noun
OWNER = regex.compile(r"(.+)['’]s? (.+)")


@attrs.frozen
class AskedSpeaker:
    """A speaker as typed: the `name`, or all of a description without one, and the terms of what is said beside it."""

    typed: str
    name: str
    described: frozenset[str] = frozenset()

    @property
    def is_post(self) -> bool:
        """Whether somebody is asked for by what they are alone: "the mayor", "Oxbow's chief executive"."""
        letters = not LETTERS.keys().isdisjoint(self.name.split())  # "Voltera CEO"
        return self.name == " ".join(self.typed.split()) and (letters or _is_description(self.name))


@lru_cache(maxsize=1_000)
def read_asked(typed: str) -> AskedSpeaker:
    """The name and the description that somebody typed: "Ann Lee, the mayor", "mayor Ann Lee", "Mayor Lee"."""
    plain = " ".join(typed.split())
    first, _, rest = plain.partition(" ")
    if first in LETTERS and rest and not _is_description(rest):  # "PM Lee"
        return AskedSpeaker(typed, rest, terms(LETTERS[first]))
    name, beside = _of_parts(plain) or _behind_description(plain) or (plain, "")
    return AskedSpeaker(typed, name, terms(beside) | _title(name))


def _of_parts(plain: str) -> tuple[str, str] | None:
    """A name between commas with what describes it: "Ann Lee, the mayor"; not "Lee, Ann", nor "Ann Lee, Oxbow"."""
    parts = [part.strip() for part in plain.split(",") if part.strip()]
    if len(parts) == 1:
        return None
    for at, part in enumerate(parts):
        others = parts[:at] + parts[at + 1 :]
        if all(map(_is_description, others)) and (read_name(part).given or (not at and " " not in part)):
            return (part, " ".join(others)) if not _is_description(part) else None
    return None


def _behind_description(plain: str) -> tuple[str, str] | None:
    """A name behind words that describe it: "the pharmacist Ana Reyes", "Oxbow bassist Ian Hale"."""
    parts = plain.split()
    last = max((at for at, part in enumerate(parts) if _is_lower(part)), default=None)
    if last is None or last + 1 == len(parts) or parts[last] in LINKING:
        return None
    return " ".join(parts[last + 1 :]), " ".join(parts[: last + 1])


def _is_description(part: str) -> bool:
    return any(map(_is_lower, part.split()))


def _is_lower(word: str) -> bool:
    return word.islower() and word not in words("text/name_particles")


@lru_cache(maxsize=1_000)
def _title(name: str) -> frozenset[str]:
    """The terms of titles before a name, but those that anybody has."""
    if " " not in name or name.split(maxsplit=1)[0].casefold() in DETERMINING:
        return frozenset()
    from nameparser import HumanName  # noqa: PLC0415 - 60 ms, and needed only where speakers are compared

    title = " ".join(word for word in HumanName(name).title.split() if word.casefold().strip(".") not in HONORIFICS)
    return terms(title)


@attrs.frozen
class Post:
    """A description by what somebody is and of whom: "chief executive", "Voltera"."""

    role: str
    body: str

    @classmethod
    def of(cls, description: str) -> Post:
        """The post of "the chief executive of Voltera", "Voltera's chief executive"; without a body, all is role."""
        plain = [word for k, word in enumerate(description.split()) if k or word.lower() not in ("the", "a", "an")]
        description = " ".join(LETTERS.get(word, word) for word in plain)
        parts = OF_BODY.split(description, maxsplit=1)
        if len(parts) > 1:
            return cls(*parts)
        owned = OWNER.fullmatch(description)
        return cls(owned[2], owned[1]) if owned else cls(description, "")

    @property
    def head(self) -> frozenset[str]:
        """The term of its noun: "minister" of "the Lesk foreign minister"."""
        return terms(self.role.split()[-1]) if self.role.split() else frozenset()

    @property
    def terms(self) -> frozenset[str]:
        """All its terms."""
        return terms(f"{self.role} {self.body}")

    def is_held(self, role: str | None, *bodies: str | None) -> bool:
        """Whether who has a role at some bodies is called so: all words of the post are among theirs."""
        return self.is_of_role(role) and self.terms <= terms(role or "").union(*(terms(b) for b in bodies if b))

    def is_of_role(self, role: str | None) -> bool:
        """Whether a role is of the same kind: the noun is one of its own, and no deputy's, unless one is asked for.

        No bank robber is the bank, no bodyguard of the president the president.
        """
        return bool(self.head) and self.head <= nouns(role or "") and (terms(role or "") & OTHER_POST) <= self.terms


def nouns(role: str) -> frozenset[str]:
    """The terms of a role's own nouns: of "president and chief executive of Oxbow" president and executive."""
    parts = [BELOW.split(part, maxsplit=1)[0].split() for part in JOINED.split(role)]
    return frozenset().union(*(terms(part[-1]) for part in parts if part))
