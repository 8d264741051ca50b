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
