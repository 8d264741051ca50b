"""Nouns for a person and words of roles, told by lists and endings; all are asked in lower case."""

from __future__ import annotations

import regex

from quotebank.text import words

MAKER = "maker"  # with which nouns for companies end, if they are not listed as a person's
PERSON_ENDINGS = ("er", "or", "ist", "man", "woman", "person", "ee", "ian", "eur", "ant", "yst")
SHORTEST_PART = 6  # letters of a noun for a person at the end of another word
GUARDS = frozenset({"coast", "national", "presidential", "republican", "revolutionary", "royal", "civil"})
ANYBODY = frozenset(
    {"number", "woman", "man", "girl", "boy", "lady", "gentleman", "person", "old", "defendant", "native", "national"}
)
FORMER = frozenset({"former", "ex", "retired", "onetime", "one-time", "then"})  # before a post that is over
OF_A_PLACE = regex.compile(  # "Oxbow-born", "UK-based", "Prize-winning": neither a name nor a body
    r"\p{Lu}[\p{L}.’']*-(?:\p{Ll}{2,}(?:ed|ing)|born|based|led|run|built|bred)"
)
OF_A_TIME = FORMER | {"outgoing", "incoming"}


OF_EITHER = frozenset(
    {"Dr", "Mx", "Rt", "Ven", "Hon", "Honourable", "Honorable", "Engr", "Barr", "Atty", "Adv", "Comrade", "Cde"}
)  # honorifics


def is_person_noun(low: str) -> bool:
    """Whether a lower-case noun is one for a single person: official, spokeswoman, economist, co-founder."""
    if "-" in low and low not in words("text/person_nouns"):  # "full-back" is one
        low = low.partition("-of-")[0]  # "mother-of-two"
        low = low.removesuffix("-elect").removesuffix("-in-law").rsplit("-", 1)[-1]
        return low == "old" or is_person_noun(low) if low else False
    if low in words("text/person_nouns") or _ends_in_noun(low):
        return True
    if low.endswith(MAKER):
        return False  # "the chipmaker"
    no_person = low in words("text/no_person_nouns") or low in words("speakers/organization_nouns")
    return low.endswith(PERSON_ENDINGS) and len(low) > 4 and not no_person


def is_honorific(word: str) -> bool:
    """Whether a word, with or without its stop, is a form of address: Mr, Mrs., Dame, Dr."""
    plain = word.rstrip(".").capitalize()
    return plain in words("speakers/titles_of_women") or plain in words("speakers/titles_of_men") or plain in OF_EITHER


def _ends_in_noun(low: str) -> bool:
    """Whether a word is made of another one and a listed noun for a person: churchwarden, gamekeeper."""
    return any(low[k:] in words("text/person_nouns") for k in range(3, len(low) - SHORTEST_PART + 1))


def is_anybody(low: str) -> bool:
    """Whether a lower-case noun for a person says what everybody is, and so states no role."""
    return low.rsplit("-", 1)[-1] in ANYBODY


def is_force(before: str, low: str) -> bool:
    """Whether a noun for a person is, with the word before it, one for a body: "the coast guard"."""
    return low == "guard" and before in GUARDS


def is_role_noun(low: str) -> bool:
    """Whether a lower-case noun can end a role: a noun for a person, or a title."""
    return is_person_noun(low) or low.rstrip(".").removesuffix("-elect") in words("speakers/role_titles")


def singular(low: str) -> str | None:
    """The noun for one person of a lower-case plural, or None: founder of founders."""
    one = low.rstrip(".").removesuffix("s")
    return one if low.rstrip(".").endswith("s") and is_role_noun(one) else None


def of_role(low: str) -> bool:
    """Whether a lower-case word can stand in a role: its noun, or one that says which."""
    return is_role_noun(low) or low in words("speakers/role_modifiers")


def is_listed(low: str) -> bool:
    """Whether a lower-case noun is in the lists of nouns for a person, beyond any rule of endings."""
    plain = low.removesuffix("-elect").rsplit("-", 1)[-1].rstrip(".")
    listed = not words("text/person_nouns").isdisjoint((low, plain)) or plain in words("speakers/role_titles")
    return listed or _ends_in_noun(plain)
