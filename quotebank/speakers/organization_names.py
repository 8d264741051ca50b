"""Names of organizations: the form in which they are compared.

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

import regex

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
ACRONYM = regex.compile(r"[\p{Lu}\p{N}&./]{2,8}")
SHORT_FORM = regex.compile(r"\p{Lu}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}]*")  # CalFire


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
    if not name or last.lower() not in words("text/legal_forms") or (last.islower() and last != "plc"):
        return key
    return name.rstrip(" ,").removesuffix(" and")


def is_free_of_case(key: str) -> bool:
    """Whether a name may be known in other capitals than its own: "BANK OF ENGLAND", "White House" but not "who"."""
    parts = key.split(" ")
    return len(parts) > 2 or (len(parts) == 2 and all(not part[:1].islower() for part in parts))


def letters_of(acronym: str) -> str:
    """The letters of an acronym without its stops, "&" and "/"."""
    return acronym.replace(".", "").replace("&", "").replace("/", "")


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of a short form stand in a name in their order, the first of both being the same.

    "IAEA", "U.S.D.A.", "DoD", "CalFire".
    """
    if not (ACRONYM.fullmatch(short) or SHORT_FORM.fullmatch(short)):
        return False
    left = iter(name.casefold())
    plain = letters_of(short).casefold()
    return bool(plain) and plain[0] == name[:1].casefold() and all(letter in left for letter in plain)
