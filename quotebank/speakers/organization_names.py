"""Names of organizations: the form in which they are compared, and whether two of one article are the same.

A name is compared without what writers vary: the article before it, the stops in "U.N.", typographic apostrophes and
dashes, white space, commas, British or American spelling. Capitals count in names of one or two words, since "who",
"the economist" and "home office" are no organizations; those of two are also known where both words have a capital,
longer ones whatever their case.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from quotebank.errors import ArgumentTypeError, shown
from quotebank.text import lines, words

MARKS = str.maketrans(
    dict.fromkeys("‘’ʼʹ`´′‛＇", "'")
    | dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
AROUND = ' ,;:"“”„«»‹›*'
ACRONYM_STOPS = re.compile(r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])+\b\.?")
FINAL_STOP = re.compile(r"(?<=\w)\.(?=[\s,)']|$)")
LETTERS = re.compile(r"[^\W\d_]+")
ARTICLE = re.compile(r"(?:the|The|THE) (?=\S)")
ACRONYM = re.compile(r"[^\W\d_]{3,10}")
LEFT_OUT = frozenset({",", "for", "on", "in", "at"})  # not "of": "Royal Air Force of Oman"
TAUGHT = frozenset({"academy", "college", "school", "university"})  # "Ohio State University" is not "Ohio University"


def same_affiliation(a: str, b: str) -> bool:
    """Whether two affiliations of one article name the same organization, by their words alone.

    They do where they are equal but for what `AffiliationRegistry.lookup` disregards, or where one is

    - the other's acronym, of three letters or more: "WINEP", or any in brackets behind the name;
    - the other without what follows a comma, "for", "on", "in" or "at", but not "of": "the Washington Institute" for
      "the Washington Institute for Near East Policy";
    - the other without words between its first word and its head noun: "the Carnegie Center" for "the Carnegie Moscow
      Center". Words for a field are not left out ("Kennedy Space Center"), nor any before "University" and the like.

    A shorter form has two words or more, in the order of the longer one, the same first word and the same head noun,
    and one of its words before the head must tell it from others: "the National Institute" and "the Foreign Ministry"
    shorten many names. Conservative: False where in doubt. Not transitive: "the Carnegie Center" may shorten two names.
    Raises `ArgumentTypeError` where one is no str.
    """
    for name, value in (("a", a), ("b", b)):
        if not isinstance(value, str):
            raise ArgumentTypeError(f"{name} must be a str; got {shown(value)}")
    plain = _clean(a), _clean(b)
    if plain[0] == plain[1]:
        return any(map(str.isalnum, plain[0]))
    (one, one_inner), (two, two_inner) = (unbracketed(name) for name in plain)
    if one_inner is not None and two_inner is not None and one_inner != two_inner:
        return False
    one, two = (unlegal(unpossessed(name)) for name in (one, two))
    if not one or not two:
        return False
    if one == two:
        return True
    if one.casefold() == two.casefold():
        return is_free_of_case(one) and is_free_of_case(two)
    ways = (abbreviates(one, two), abbreviates(two, one), _introduces(one_inner, one, two))
    return any(ways) or _introduces(two_inner, two, one) or _shortens(one, two) or _shortens(two, one)


def _clean(text: str) -> str:
    """A name without what writers vary, but for commas."""
    text = " ".join(unicodedata.normalize("NFKC", text.translate(MARKS)).split())
    text = ACRONYM_STOPS.sub(lambda match: match[0].replace(".", ""), text)
    text = FINAL_STOP.sub("", text).lstrip(AROUND + "'").rstrip(AROUND)
    text = ARTICLE.sub("", text, count=1) if ARTICLE.match(text) else text
    return LETTERS.sub(_spelled, text.replace(" & ", " and "))


def name_key(text: str) -> str:
    """A name as it is compared."""
    return " ".join(_clean(text).replace(",", " ").split())


@cache
def _american() -> MappingProxyType[str, str]:
    return MappingProxyType(dict(line.split() for line in lines("speakers/organization_spellings")))


def _spelled(match: re.Match[str]) -> str:
    """A word in American spelling, in the case it has."""
    word = match[0]
    plain = _american().get(word.lower())
    if plain is None:
        return word
    return plain.upper() if word.isupper() else plain.capitalize() if word[0].isupper() else plain


def unbracketed(key: str) -> tuple[str, str | None]:
    """A name and what stands in brackets behind it, None where there is nothing."""
    at = key.rfind(" (")
    if at < 0 or not key.endswith(")"):
        return key, None
    return key[:at].rstrip(" ,"), key[at + 2 : -1].strip()


def unpossessed(key: str) -> str:
    """A name without the ending of an owner: "Reuters'", "BBC's"."""
    return key[:-2] if key.endswith("'s") else key.removesuffix("'")


def unlegal(key: str) -> str:
    """A name without a legal form at its end."""
    name, _, last = key.rpartition(" ")
    if not name or last.lower() not in words("speakers/legal_forms") or (last.islower() and last != "plc"):
        return key
    return name.rstrip(" ,").removesuffix(" and")


def is_free_of_case(key: str) -> bool:
    """Whether a name may be known in other capitals than its own: "BANK OF ENGLAND", "White House" but not "who"."""
    parts = key.split(" ")
    return len(parts) > 2 or (len(parts) == 2 and all(not part[:1].islower() for part in parts))


def abbreviates(short: str, name: str) -> bool:
    """Whether `short` is made of the initials of a name: "IAEA", "USDA", also with its small words: "DoD"."""
    if not ACRONYM.fullmatch(short):
        return False
    initials = all_initials = ""
    for word in name.replace("-", " ").replace(",", " ").split():
        if word in words("text/function_words"):
            all_initials += "" if word in ("the", "and") else word[0]
        elif not word[0].isupper():
            return False
        else:
            letters = word if word.isupper() and word.isalpha() else word[0]
            initials, all_initials = initials + letters, all_initials + letters
    return short == initials or short in (all_initials, all_initials.upper())


def _introduces(inner: str | None, outer: str, other: str) -> bool:
    """Whether `other` is the acronym that stands in brackets behind a name: its letters are in the name, in order."""
    if inner is None or inner != other or not outer or not inner[:1].isupper() or not inner.isupper():
        return False
    left = iter(outer.casefold())
    return inner[0].casefold() == outer[0].casefold() and all(letter in left for letter in inner.casefold())


class _Parts(NamedTuple):
    """A name in two: the words through its head noun, and what follows from a preposition or comma on."""

    front: list[str]
    rest: list[str]


def _parts(name: str) -> _Parts:
    parts = name.replace("-", " ").replace(",", " , ").split()
    for i, word in enumerate(parts):
        if word == "," or (word in words("text/function_words") and word != "and"):
            return _Parts(parts[:i], parts[i:])
    return _Parts(parts, [])


def _shortens(short: str, long: str) -> bool:
    """Whether a name is another without its middle or its complement, as `same_affiliation` says."""
    (front, rest), (long_front, long_rest) = _parts(short), _parts(long)
    if min(len(front), len(long_front)) < 2 or front[0] != long_front[0] or front[-1] != long_front[-1]:
        return False
    if rest != long_rest and (rest or long_rest[0] not in LEFT_OUT):
        return False
    left_out, at = [], 0
    for word in long_front:
        if at < len(front) and word == front[at]:
            at += 1
        else:
            left_out.append(word)
    if at < len(front) or not any(map(_is_telling, front[:-1])):
        return False
    head = front[-1].casefold()
    return not left_out or (head in words("speakers/organization_nouns") - TAUGHT and all(map(_may_go, left_out)))


def _may_go(word: str) -> bool:
    """Whether a word may be left out of a name without naming another organization."""
    low = word.casefold()
    return word[0].isupper() and word.isalpha() and low not in _kinds() and low not in words("text/function_words")


def _is_telling(word: str) -> bool:
    """Whether a word of a name tells it from other organizations of its sort."""
    low = word.casefold()
    common = low in words("speakers/organization_scopes") or low in _kinds()
    return (
        word[0].isupper()
        and not common
        and word not in words("speakers/demonyms")
        and word not in words("speakers/parties")
    )


@cache
def _kinds() -> frozenset[str]:
    """Words that say what an organization is or does."""
    return words("speakers/organization_fields") | words("speakers/organization_nouns")
