"""Where an organization's name begins and ends: over "of", "for" and "and", lists of fields, "Standard & Poor's"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs
import regex

from quotebank.speakers.role_nouns import is_listed, is_person_noun
from quotebank.text import OWNS, Words, is_capital, is_closed, is_first_name, words

if TYPE_CHECKING:
    from quotebank.speakers.whole_names import NameMention

SMALL_WORDS = {**dict.fromkeys(("of", "for"), "o"), "on": "u", **dict.fromkeys(("&", "the", "a", "an"), "l")}
SMALL_WORDS |= {"and": "a", "at": "@", ",": ",", OWNS: "s"}
HEADLINE_VERBS = frozenset(  # which no name holds, also where a headline has capitals throughout: "Ferry Boss | Says"
    {"says", "said", "tells", "told", "warns", "warned", "denies", "denied", "admits", "admitted", "insists", "vows"}
)
LONGEST_NAME = 24
LONGEST_NAME_BACK = 12
LONGEST_SAID = 6  # words of "the losing side,"
LONGEST_PERSON = 4  # words of a person's name
OF_EITHER_KIND = frozenset(  # nouns for a person that are for bodies, too: "the owner, | Summit Leisure"
    {"owner", "operator", "rival", "landlord", "contractor", "developer", "sponsor", "organiser", "organizer", "backer"}
    | {"buyer", "seller", "supplier", "lender", "insurer", "partner", "provider", "competitor", "maker", "manufacturer"}
    | {"builder", "promoter", "exporter", "importer", "retailer", "publisher", "broadcaster", "carrier", "employer"}
)
HE = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
IT = frozenset({"it", "its", "itself"})
PAIR = 2  # words of most people's names
NEXT = 15  # words behind a name in which he or it may go back to it
PERSONAL = frozenset({"his", "her", "my", "our"})  # "his publisher, | Hale", is a person
BELOW = frozenset({"of", "at", "for", "in", "from", "with", "to", "by"})  # before a body that somebody is of
ARTICLES = frozenset({"the", "a", "an", "its", "their"})
# What a name is made of, a letter a word, as `_kind` has it. Capitals: N a noun for bodies, M a month or day, P a first
# name, C another. Small: n a noun for bodies, o "of" and "for", u "on", a "and", @ "at", s "'s", l what else stands in
# names, d digits, z what may be a verb, p a noun for a person, x another; "." ends it.
NAME = regex.compile(
    r"""(?x) .[A-Z]*
    (?: (?: [olsu] | (?<=[ou].*)a | (?<=.{3})@ ) [oulas@]{0,2} [A-LN-Z][A-Z]*  # "Committee on Energy and Commerce"
      | (?<![Nn])a[A-Z]{2,}(?<=N)(?![A-Z])  # "Securities and Exchange Commission"
      | (?<=^[^ou]*N[ou].*) (?:,[A-OQ-Z][A-Z]*)+ ,?a[A-Z]+  # "Department for Media, Culture and Sport"
      | (?<=^[^ou]{2,}) (?:,[A-OQ-Z][A-Z]*)+ ,?a[A-Z]*N(?![A-Z])  # "Prime Minister's Science, Art and Sport Council"
      | d[A-Z]+(?<=N)(?![A-Z])  # "No. 1 Studio"
    )*
    (?: s(?=$|[.oulas@,]) | s?(?:n|[xp][xzp]?n|xaxn) | sdx?n )?  # "Standard & Poor's", "Hale fire and rescue service"
    """
)
# between the first capital and a body's name
SAYS_WHAT_IT_IS = regex.compile(r"(?:n|.[xznpd])[xznpd]{0,3}(?=[A-LN-Z])")


@lru_cache(1 << 14)
def _kind(word: str, low: str) -> str:
    """The letter of a word in a pattern of names: capitals for those that stand in one by themselves."""
    if is_capital(word) and low not in HEADLINE_VERBS:
        if low in words("speakers/organization_nouns"):
            return "N"
        return "M" if low.rstrip(".") in words("text/calendar_words") else "P" if is_first_name(word) else "C"
    if low in SMALL_WORDS or low[0].isdigit():
        return SMALL_WORDS.get(low, "d")
    if is_closed(low):
        return "."
    if low in words("text/name_particles"):
        return "l"  # "Banco de la Plata"
    if low in words("speakers/organization_nouns"):
        return "n"
    return "z" if _may_be_verb(low) else "p" if is_person_noun(low) else "x"


def _may_be_verb(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is"))


def organization_end(w: Words, first: int) -> int:
    """The end of the capitalized name that begins at word `first`: small words inside it where a capital follows.

    No day ends a name of three words: "White House | Thursday", but "Sheffield Wednesday".
    """
    found = NAME.match(_kinds(w, first, min(first + LONGEST_NAME, len(w))))
    name = found[0] if found else "C"
    return first + max(len(name.rstrip("M")), min(len(name), 2))


def _kinds(w: Words, first: int, limit: int) -> str:
    """The letters of the words from `first` on, up to the first that no name goes on over or the sentence's end."""
    kinds = ""
    for i in range(first, limit):
        if w.sentences[i] != w.sentences[first] or kinds.endswith("."):
            break
        if i > first and is_closed(w.low[i]) and "\n" in w.text[w.ends[i - 1] : w.starts[i]]:
            break  # "at MIT", and "He" on the next line
        kinds += _kind(w.words[i], w.low[i])
    return kinds


def whole_end(w: Words, mention: NameMention, by_word: Mapping[int, NameMention]) -> int:
    """The end of the whole name that a mention of a body begins: none that owns another, or goes on to a person.

    "Acme's core business" is another body, "Acme Vice President of Sales Ann Reyes" none.
    """
    end = max(mention.end, organization_end(w, mention.first))
    end -= end > mention.end and w.low[end - 1] in words("text/calendar_words")  # "Congress | Monday"
    person = any(i in by_word and by_word[i].type == "PER" for i in range(mention.end, end))
    return mention.end if person or OWNS in w.low[mention.end : end] else end


def own_name(w: Words, first: int, limit: int) -> tuple[int, int]:
    """The name in a phrase that begins with a capital, behind what only says what it is, as far as word `limit`.

    "US phone company | Qwest", "Britain's biggest union | Unison"; "Oxbow Web site" as a whole.
    """
    end = min(organization_end(w, first), limit)
    said = SAYS_WHAT_IT_IS.match(_kinds(w, end - 1, min(end + LONGEST_NAME, limit)))
    if not said:
        return first, end
    noun = end - 1 + len(said[0])
    return noun, min(organization_end(w, noun), limit)


def named_behind(w: Words, first: int, end: int) -> tuple[int, int] | None:
    """The name that a phrase gives behind a noun for a body; or None.

    "a company called | Knightline", "the growers' union, the | NGU", "music site | Earworm"; also behind what is said
    of a thing, "the venue, | Glass Hall".
    """
    apposed = _set_off_behind(w, first, end)
    if apposed is not None:
        return apposed
    kinds = words("speakers/organization_nouns") | words("speakers/any_organization")
    for i in range(first, end - 1):
        if i > first and is_closed(w.low[i]) and w.low[i] != OWNS:
            return None
        if w.words[i].islower() and w.low[i] in kinds:
            at = i + 1 + (w.words[i + 1] == ",")
            at += 2 if w.low[at : at + 2] == ["known", "as"] else w.low[at : at + 1] in (["called"], ["named"])
            at += w.low[at : at + 1] == ["the"]
            if at >= end or not is_capital(w.words[at]):
                continue
            stop = min(organization_end(w, at), end)
            if stop == end or is_closed(w.low[stop]):
                return at, stop
    return None


def _set_off_behind(w: Words, first: int, end: int) -> tuple[int, int] | None:
    """The name that ends a phrase behind a comma and a noun that need be no person's: "the losing side, | Hale"."""
    found = _set_off(w, first, end)
    if found is None:
        return None
    noun, at = found
    if w.low[end - 1].rstrip(".") in words("text/legal_forms") and organization_end(w, at) == end:
        return at, end  # "The applicant, | Oxbow Homes Ltd"
    if is_first_name(w.words[at]):
        return None
    one = noun.removesuffix("s")
    someone = any(is_person_noun(form) and form not in OF_EITHER_KIND for form in (noun, one))
    someone = someone or noun in words("speakers/plural_heads") or noun in words("speakers/role_titles")
    adjective = noun.endswith(("ed", "est", "ing")) or (noun.endswith(("s", "er")) and one not in OF_EITHER_KIND)
    return None if someone or adjective or organization_end(w, at) != end else (at, end)


def _set_off(w: Words, first: int, end: int) -> tuple[str, int] | None:
    """The noun of a phrase of small words with an article, and where the name behind its comma begins.

    "The owner of the wall, | Summit Leisure".
    """
    comma = next((i for i in range(end - 2, first + 1, -1) if w.words[i] == ","), first)
    if comma < first + 2 or w.low[first] not in ARTICLES or comma - first > LONGEST_SAID:
        return None
    head = next((i for i in range(first + 2, comma) if w.low[i] in ("of", "for", "at", "in", "behind")), comma)
    small = all(w.words[i].islower() for i in range(first + 1, comma)) and not is_closed(w.low[head - 1])
    at = comma + 1 + (w.low[comma + 1] == "the")
    return (w.low[head - 1], at) if small and at < end and is_capital(w.words[at]) else None


def typed_by_sources(w: Words, names: Iterable[NameMention], sources: Sequence[tuple[int, int]]) -> list[NameMention]:
    """The names, of which what a source says tells some for bodies, "the operator | Hale", and some for persons.

    "The deputy director at the Ministry of the Sea, | Inês Mourão".
    """
    found = (named_behind(w, first, end) for first, end in sources if w.low[first] not in PERSONAL)
    names = list(names)
    bodies = {w.between(*name) for name in found if name is not None and _may_be_body(w, *name)}
    apposed = [m for m in names if m.type == "PER" and _is_apposed(w, m)]
    bodies |= {name for m in apposed for name in (w.between(m.start, m.end), w.words[m.start])}
    persons = {w.between(at, end) for first, end in sources if (at := _office_holder(w, first, end)) is not None}
    told = dict.fromkeys(persons, "PER") | dict.fromkeys(bodies, "ORG")
    changed = {"PER": "ORG", "ORG": "PER"}
    return [
        attrs.evolve(m, type=kind) if kind is not None and changed.get(m.type) == kind else m
        for m in names
        for kind in [told.get(w.between(m.start, m.end))]
    ]


def _is_apposed(w: Words, mention: NameMention) -> bool:
    """Whether a name of several words stands between commas behind a body's noun: "a Lesk fund, | Hale Agri, which".

    Not behind "the chairman of the board", nor with a title.
    """
    first, noun = mention.first, mention.first - 2
    apart = noun > 0 and w.words[first - 1] == "," and w.words[mention.end : mention.end + 1] == [","]
    if not apart or mention.start < first or mention.end - first < PAIR:
        return False
    if not any(w.words[noun] in words(f"speakers/{kinds}") for kinds in ("organization_nouns", "any_organization")):
        return False
    begin = noun
    while begin and w.low[begin] not in ARTICLES and not is_closed(w.low[begin]) and w.words[begin][0].isalnum():
        begin -= 1
    below = w.low[begin - 1] if begin else ""
    return w.low[begin] in ARTICLES and below not in BELOW and not is_first_name(w.words[first])


def _may_be_body(w: Words, first: int, end: int) -> bool:
    """Whether nothing tells that a name is a person's: a first name, he or she behind it, its last word alone."""
    if is_first_name(w.words[first]):
        return False
    if end - first == 1:
        return True
    goes_on = (w.low[i] for i in range(end, min(end + NEXT, len(w))) if not w.quoted[i])
    told = next((low for low in goes_on if low in HE | IT), "")
    kinds = words("speakers/organization_nouns") | words("speakers/company_name_endings")
    several = w.low[end - 1] in kinds or w.low[end - 1].endswith("s") or w.low[first] in w.small
    alone = any(w.words[i] == w.words[end - 1] and not is_capital(w.words[i - 1]) for i in range(end, len(w)))
    return told not in HE and not alone and (told in IT or several or end - first > PAIR)


def _office_holder(w: Words, first: int, end: int) -> int | None:
    """Where the name begins with which a source ends, behind an office and a comma: "the head of news, | Inês Orr"."""
    comma = next((i for i in range(end - 2, first + 1, -1) if w.words[i] == ","), first)
    name = w.words[comma + 1 : end]
    if comma == first or w.low[first] not in ("the", "its", "their") or not 1 < len(name) <= LONGEST_PERSON:
        return None
    head = next((i for i in range(first + 2, comma) if w.low[i] in ("of", "for", "at", "in")), comma)
    office = is_listed(w.low[head - 1]) and w.low[head - 1] not in OF_EITHER_KIND and head < comma
    plain = all(map(is_capital, name)) and words("speakers/organization_nouns").isdisjoint(w.low[comma + 1 : end])
    return comma + 1 if office and plain and not w.low[head - 1].startswith("spokes") else None


def name_start(w: Words, end: int) -> int:
    """Where the name that ends before word `end` begins: "the | Oxbow Department of Health"; `end` where none does."""
    start = i = end
    while i > 0 and end - i < LONGEST_NAME_BACK and w.sentences[i - 1] == w.sentences[end - 1]:
        i -= 1
        if is_capital(w.words[i]):
            if not is_closed(w.low[i]) and organization_end(w, i) >= end:
                start = i
            elif "and" not in w.low[i:start]:
                break
        elif w.low[i] not in SMALL_WORDS:
            break
    return start
