"""Names as people and bodies are told apart by them: their parts, and how well two fit one person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

import attrs
import regex

from quotebank.comparing import party_of, read_name, read_words, slips
from quotebank.text import table

Fit = Literal["full", "loose", "bare"]
INITIALS = regex.compile(r"(\p{Lu})\.?\s?(\p{Lu})\.?(?=\s)")
PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "who", "one", "his", "her", "him", "them", "that"})
JOINING = frozenset({"the", "a", "an", "of", "for", "and", "in", "on", "at", "to", "&", "s"})
NUMERAL = regex.compile(r"[ivx]{2,}|v")
LONGEST = 200  # code points; a longer phrase names nobody


@attrs.frozen(cache_hash=True)
class Key:
    """A name as people are told apart by it; "" where it does not say. `family` is the whole of a one-part name."""

    family: str
    initial: str = ""
    given: str = ""
    middle: str = ""
    suffix: str = ""

    @property
    def fullness(self) -> int:
        """2 with a first name, 1 with an initial, 0 for a last name alone."""
        return 2 if self.given else 1 if self.initial else 0


@lru_cache(maxsize=65_536)
def _one_of(key: Key) -> Key:
    """One object for all that are equal, which are told apart the sooner."""
    return key


@lru_cache(maxsize=65_536)
def stored_key(family: str, initial: str, given: str, middle: str, suffix: str) -> Key:
    """A key as the bank has it: one person's is read for every article in which they speak."""
    return _one_of(Key(family, initial, given, middle, suffix))


@lru_cache(maxsize=65_536)
def key_of(name: str, kind: str) -> Key | None:
    """The key of a name, or None for one that is nobody's across articles: "officials", "he", "a witness".

    The members of a party speak for it: "the Tories" are the Conservative Party.
    """
    key = _key_of(name, kind)
    return None if key is None else _one_of(key)


def _key_of(name: str, kind: str) -> Key | None:
    plain = " ".join(name.split())
    party = party_of(plain) if kind in ("organization", "group") and plain[:LONGEST] != plain.casefold() else None
    if party is not None:
        return Key(family=f"org {party} party")
    if not plain or len(plain) > LONGEST or kind in ("anonymous", "group") or plain.casefold() in PRONOUNS:
        return None
    read = read_name(plain).apart
    if kind == "organization":
        named = read.proper or (read.terms and _has_no_case(plain))
        return Key(family="org " + " ".join(sorted(_named_words(plain) or read.terms))) if named else None
    if not read.last:
        return Key(family=plain.casefold()) if read.terms and _has_no_case(plain) else None
    if not read.given:
        # "I" and "We" are read as last names where a sentence begins with them.
        return Key(family=read.last, suffix=read.suffix) if len(read.last) > 1 and kind == "person" else None
    initials = INITIALS.match(plain)
    if initials and len(read.given[0]) <= 2:
        return Key(read.last, initials[1].casefold(), "", initials[2].casefold(), read.suffix)
    first, rest = read.given[0], read.given[1:]
    middle = rest[0][:1] if rest else ""
    return Key(read.last, first[:1], first if len(first) > 1 else "", middle, read.suffix)


def _named_words(name: str) -> set[str]:
    """The words of a body's name but those that only join others: "USA Today" is another one than "U.S."."""
    return {key for key in read_words(name).keys if key not in JOINING}


def _has_no_case(name: str) -> bool:
    return name.lower() == name.upper()


def fit(a: Key, b: Key) -> Fit | None:
    """How two names fit one person, or None where they contradict each other."""
    if a.family != b.family or (a.suffix and b.suffix and a.suffix != b.suffix):
        return None
    if a.suffix != b.suffix:  # a father and his son, but one queen
        numbered = NUMERAL.fullmatch(a.suffix or b.suffix)
        return "loose" if numbered and (a.given or a.initial) == (b.given or b.initial) else None
    if not a.initial or not b.initial:
        return "full" if a.initial == b.initial else "bare"
    if a.middle and b.middle and a.middle != b.middle:
        return None
    if a.given and b.given:
        alike = b.given in name_forms(a.given) or slips(a.given, b.given)
        return "full" if a.given == b.given else "loose" if alike else None
    return "loose" if a.initial == b.initial else None


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for short, names in table("text/nicknames").items():
        for name in names.split():
            found.setdefault(short, set()).add(name)
            found.setdefault(name, set()).add(short)
    return {name: frozenset(forms) for name, forms in found.items()}


def name_forms(given: str) -> frozenset[str]:
    """The first names that may stand for a first name: its short forms, or what it is a short form of."""
    return _short_forms().get(given, frozenset())


def best_fit(keys: Iterable[Key], key: Key) -> Fit | None:
    """How well a name fits a person of several names; None where one of them contradicts it."""
    fits = {fit(k, key) for k in keys}
    if key.family.startswith("org "):  # a body may have names that have no word in common
        return "full" if "full" in fits else None
    if None in fits or not fits:
        return None
    if not key.initial:  # a last name alone tells nothing of someone whose first name is known
        return "full" if fits == {"full"} else "bare"
    return "full" if "full" in fits else "loose" if "loose" in fits else "bare"


def fullest(names: dict[str, Key]) -> str:
    """The form of a name that says most; of a body's, the one by which it is known, or the longest."""

    def says(name: str) -> tuple[int, bool, bool, int]:
        key = names[name]
        if not key.family.startswith("org "):
            short = key.given in table("text/nicknames") and any(
                other.given in name_forms(key.given) and other.given not in table("text/nicknames")
                for other in names.values()
            )
            return key.fullness, bool(key.middle), not short, -len(name)
        known = " ".join(sorted(_named_words(name))) in key.family
        return int(known), not name.endswith(("'s", "’s")), True, len(name)

    return max(names, key=says)
