"""British and American spelling: one form for both, so that "colour" is compared as "color", and the other forms.

English spells whole classes of endings in two ways (Webster 1828; Fowler 1926 on "-ise"): these are rules here, single
words are in lists. A rule may give a form that nobody writes ("recaled" of "recalled"): it does no harm where both of
two texts are read by it, but a list is not to be asked for such a form.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from types import MappingProxyType

import regex

from quotebank.text.word_lists import table

CACHED = 65_536  # words
SHORTEST = 5  # letters of a word that a rule is for
ENDINGS = (  # what stands before, as British English spells it, as American does, what may stand behind
    (r"^\p{L}{2,}", "our", "or", r"(?:s|ed|ing|ite|ites|able|ably|er|ers|ful|less|hood|hoods|ly)?$"),
    (r"\p{L}{3}", "is", "iz", r"(?:e|es|ed|ing|er|ers|ation|ations)$"),
    (r"\p{L}{2}", "ys", "yz", r"(?:e|es|ed|ing|er|ers)$"),
    (r"\p{L}[bt]", "re", "er", r"s?$"),
    (r"\p{L}t", "red", "ered", r"$"),
    (r"\p{L}{2}og", "ue", "", r"s?$"),
    (r"\p{L}{3}[aeiou]l", "l", "", r"(?:ed|ing|er|ers|or|ors|ous)$"),
)
RULES = (  # and what a British spelling becomes
    *(
        (regex.compile(f"(?<={before}){british}(?={behind})"), american)
        for before, british, american, behind in ENDINGS
    ),
    (regex.compile(r"(?<=^(?:def|off|pret|lic)en)ce(?=(?:s|less)?$)"), "se"),
)
BACK = tuple(  # and what an American one does
    (regex.compile(f"(?<={before}){american}(?={behind})"), british) for before, british, american, behind in ENDINGS
)


@lru_cache(maxsize=CACHED)
def one_spelling(low: str) -> str:
    """A lower-case word in the one spelling that stands for both: "organized" of "organised"."""
    found = _listed().get(low)
    if found is not None or len(low) < SHORTEST:
        return found or low
    for rule, american in RULES:
        low = rule.sub(american, low)
    return _listed().get(low, low)


@lru_cache(maxsize=CACHED)
def other_spellings(low: str) -> tuple[str, ...]:
    """The other spellings that a lower-case word may have, in order: "organised" of "organized"."""
    return tuple(dict.fromkeys(form for form in _forms(low) if form != low))


@cache
def _listed() -> MappingProxyType[str, str]:
    return MappingProxyType(table("text/spelling_variants") | table("text/british_spellings") | table("text/ordinals"))


@cache
def _listed_for() -> MappingProxyType[str, tuple[str, ...]]:
    """Each spelling that stands for others, with those that are listed."""
    found: dict[str, tuple[str, ...]] = {}
    for form, same in _listed().items():
        found[same] = (*found.get(same, ()), form)
    return MappingProxyType(found)


def _forms(low: str) -> Iterator[str]:
    one = one_spelling(low)
    yield one
    for spelling in (one, low):
        yield from _listed_for().get(spelling, ())
    if len(low) >= SHORTEST:
        yield from (rule.sub(british, one) for rule, british in BACK)
