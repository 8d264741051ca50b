"""What the words up to a role's noun state: "former | White House | press secretary".

All positions here are indices of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import attrs

from quotebank.speakers.organization_name_bounds import FIELD_BODIES, organization_end
from quotebank.speakers.organization_registry import AffiliationRegistry
from quotebank.speakers.role_nouns import is_honorific, is_listed, is_person_noun, is_role_noun, of_role
from quotebank.text import OWNS, Words, is_capital, is_closed, states, table, words

STATED_FOR = frozenset({"official", "employee", "representative", "spokesman", "spokeswoman", "spokesperson"})
ADJECTIVES = ("ive", "al", "ist", "ed", "ing", "ous", "ful", "ary", "ern", "ic", "ar")
RANKS = frozenset(
    {"former", "ex", "retired", "acting", "deputy", "vice", "senior", "chief", "then", "outgoing", "incoming"}
    | {"junior", "assistant", "associate", "top", "current", "interim", "longtime", "veteran", "principal", "press"}
)
RUNNING = frozenset({"nominee", "candidate", "contender", "challenger", "incumbent", "hopeful", "front-runner"})
GENERIC = frozenset({"county", "city", "state", "port", "party", "town", "village", "trade", "street", "church"})
MINISTERS = frozenset({"secretary", "minister", "undersecretary", "commissioner"})
LONGEST_ACRONYM = 4  # letters, in a line of capitals
LONGEST_PLACE = 4

Chunk = tuple[list[tuple[int, int]], tuple[int, int] | None]
"""The pieces of a role and the affiliation, as (first, end) words."""


@attrs.frozen
class Names:
    """The names of a text by their kind: places and organizations as they are written, and the words of persons'."""

    places: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    persons: frozenset[int] = frozenset()

    @cached_property
    def lands(self) -> frozenset[str]:
        """The places of the text and all countries."""
        return self.places | countries()

    @cached_property
    def all_places(self) -> frozenset[str]:
        """These, and the states of the US."""
        return self.lands | states().keys()


def in_chunk(w: Words, start: int, head: int, names: Names) -> Chunk:
    """The role and the affiliation in the words from `start` through `head`: "White House | press secretary"."""
    owner = max((i for i in range(start, head) if w.low[i] == OWNS), default=None)
    if owner is not None:
        return _owned(w, start, owner, head, names)
    shouted = w.words[head].isupper() and len(w.words[head]) > LONGEST_ACRONYM
    capitals = [
        i
        for i in range(start, head)
        if is_capital(w.words[i])
        and not (shouted and len(w.words[i]) > LONGEST_ACRONYM)  # "SHIPPING ANALYST", but "NBC ANCHOR"
        and not _part_of_role(w, i, head, names)
    ]
    if capitals and capitals[0] == start and _is_sentence_capital(w, capitals, head, names):
        del capitals[0]
        start += bool(capitals) and not of_role(w.low[start])  # "Controversial | Maine Gov."
    if not capitals:
        return _in_small_letters(w, start, head)
    if any(low in ("and", "&") for low in w.low[start : capitals[0]]):
        return [(start, head + 1)], None  # "chair and a Labour MP"
    return _named(w, start, (capitals[0], capitals[-1] + 1), head, names)


def _owned(w: Words, start: int, owner: int, head: int, names: Names) -> Chunk:
    """The role behind what somebody has, and who has it: "the city council's | deputy leader"."""
    named = next(
        (i for i in range(start, owner) if is_capital(w.words[i]) and w.low[i] not in words("text/closed_class")),
        None,
    )
    lower = (
        w.low[owner - 1] in words("speakers/organization_nouns") | words("speakers/any_organization") | GENERIC
        and owner - start <= 3
    )
    if is_role_noun(w.low[owner - 1]) and not is_capital(w.words[owner - 1]):
        named, lower = None, False  # "the ex-Hole singer's lawyer"
    owned = (named, owner) if named is not None else (start, owner) if lower else None
    inner, affiliation = in_chunk(w, owner + 1, head, names)
    plural, bodies = w.words[owner] in ("'", "’"), words("speakers/organization_nouns")
    if named is not None and affiliation is not None:
        last = affiliation[1] - 1
        whole = plural or (is_capital(w.words[last]) and w.low[last] in bodies)
        return inner, (named, affiliation[1] if whole else owner)  # "Quarry Workers’ Union founder"
    united = plural and w.low[owner + 1] in bodies
    return inner, owned or affiliation or ((start, owner + 2) if united else None)  # "nurses' union leader"


def _named(w: Words, start: int, named: tuple[int, int], head: int, names: Names) -> Chunk:
    """The role around the capitals before its noun, which name a body if they name no place alone."""
    first, last = named[0], max(named[1], body_end(w, named[0], head + 1) or 0)
    while (
        last < head
        and w.low[last] in words("speakers/organization_nouns")
        and w.low[last] not in words("speakers/role_modifiers")
    ):
        last += 1
    while last < head and w.words[last].isdigit():  # "No 10"
        last += 1
    placed = last == head and w.words[last - 1] in names.lands
    body = w.low[last - 2] in words("speakers/organization_nouns") or w.between(first, last - 1) in names.bodies
    if placed and body:
        last -= 1  # "White House | Russia adviser"
    name = w.between(first, last)
    lone_place = (
        (name in names.places or name in states())
        and w.low[head].rsplit("-", 1)[-1].rstrip(".") not in words("speakers/offices")
        and w.low[head].rstrip(".") not in words("speakers/role_titles")
    )
    if lone_place or last > head:
        return [(start, head + 1)], None
    pieces = [(start, first)] if first > start else []
    return [*pieces, (last, head + 1)], (first, last)


def _in_small_letters(w: Words, start: int, head: int) -> Chunk:
    """The role and the body in words without a name: "school board | president", "Police | spokesman"."""
    bodies, modifiers = words("speakers/organization_nouns"), words("speakers/role_modifiers")
    stated = w.low[head] in STATED_FOR
    if w.low[start] in bodies and is_capital(w.words[start]) and (stated or w.low[start] not in modifiers):
        return [(start + 1, head + 1)], (start, start + 1)  # "Council chairman", not "Police Commissioner"
    first = next(i for i in range(start, head + 1) if not stated or i == head or w.low[i] not in RANKS)
    ends = [i for i in range(first + (not stated), head) if w.low[i] in bodies]
    if not stated:  # "school board president", not "House press secretary"
        before = ((w.low[i - 1], i) for i in ends)
        ends = [i for low, i in before if low not in modifiers and not low.endswith(("ing", "ed"))][:1]
    if not ends or w.low[ends[-1]] in ("administration", "government"):
        return [(start, head + 1)], None
    pieces = [(start, first)] if first > start else []
    return [*pieces, (ends[-1] + 1, head + 1)], (first, ends[-1] + 1)


def _is_sentence_capital(w: Words, capitals: Sequence[int], head: int, names: Names) -> bool:
    """Whether the first capital before a role is but its sentence's: "Climate scientist", not "Arsenal manager"."""
    i = capitals[0]
    if not w.opens_sentence(i) or _is_name(w, i, names):
        return False
    if capitals[1:2] == [i + 1]:  # "Controversial | Maine Gov.", "Presumptive | GOP presidential nominee"
        rest = w.between(i + 1, capitals[-1] + 1)
        return rest in names.all_places or rest in words("speakers/parties")
    if is_capital(w.words[i + 1]):
        return w.low[i].endswith(ADJECTIVES)  # "Regional Governor"
    running = w.words[i] in words("speakers/parties") and w.low[head] in RUNNING  # "Democratic nominee"
    return not running and not w.low[i + 1].isdigit()  # "Channel 6 reporter"


def _is_name(w: Words, i: int, names: Names) -> bool:
    """Whether the first word of a sentence is a name by itself."""
    word, adjective = w.words[i], w.low[i].endswith(ADJECTIVES) and not is_capital(w.words[i + 1])
    party = word in words("speakers/parties") and not adjective  # not "Conservative economist"
    inside = word in w.names_inside and w.low[i + 1] not in words("speakers/organization_nouns")
    known = party or inside or word in names.bodies or word in names.all_places
    return known or word in words("speakers/demonyms") or sum(map(str.isupper, word)) > 1


def _part_of_role(w: Words, i: int, head: int, names: Names) -> bool:
    """Whether a capitalized word describes the role rather than names an organization: Turin, Foreign, Vice."""
    low = w.low[i].rstrip(".").removeprefix("ex-")
    if w.words[i] in words("speakers/demonyms"):
        if _begins_name(w, i, head):
            return False  # "American Solidarity Party chair"
        return w.low[head].rstrip(".") not in words("speakers/offices") | STATED_FOR
    if w.words[i] in words("speakers/parties"):
        return False
    office = w.low[head].rstrip(".") in MINISTERS and is_capital(w.words[head])
    if office and not is_place(w, i, names) and w.low[head - 1] not in FIELD_BODIES:  # "Home Office | Minister"
        return True  # "Schools Minister", "Road Transport and Bridges Minister"
    inside = not is_capital(w.words[head]) or low in GENERIC  # "Tuscor County" in "Tuscor County Prosecutor Marsh"
    goes_on = i > 0 and not w.opens_sentence(i) and is_capital(w.words[i - 1]) and not is_closed(w.low[i - 1])
    goes_on = (goes_on and inside) or _begins_name(w, i, head)
    described = low in words("speakers/role_modifiers") and not goes_on  # "News" in "NBC News moderator" is the name's
    titled = is_honorific(low) or low in words("speakers/role_titles")
    return described or titled or ("-" in low and is_person_noun(low))


def _begins_name(w: Words, i: int, head: int) -> bool:
    """Whether a capitalized word begins a name that goes on: "Human" of "Human Rights Watch director"."""
    after = i + 1
    while after < head and is_capital(w.words[after]) and (of_role(w.low[after]) or is_listed(w.low[after])):
        after += 1
    return w.low[i] not in RANKS and after < head and is_capital(w.words[after])


def body_end(w: Words, i: int, limit: int) -> int | None:
    """The end of the name of a body that begins at word `i` and goes on over small words, if words follow it.

    "University of Oxbow | professor", "Department for Media, Culture and Sport | spokeswoman".
    """
    if not is_capital(w.words[i]) or is_role_noun(w.low[i]):
        return None
    end = organization_end(w, i)
    if end >= limit or end - i < 3 or is_closed(w.low[end]):
        return None
    link = next((k for k in range(i, end) if is_closed(w.low[k])), None)
    return end if link is not None and w.low[link - 1] in words("speakers/organization_nouns") else None


def is_body(w: Words, first: int, end: int, names: Names) -> bool:
    """Whether words name a body: one of the text or of the registry, or by a noun for bodies among them."""
    if not words("speakers/organization_nouns").isdisjoint(w.low[first:end]):
        return True
    name = w.between(first, end) if first < end else ""
    return name in names.bodies or AffiliationRegistry.default().lookup(name) is not None


def is_place(w: Words, i: int, names: Names) -> bool:
    """Whether word `i` stands in a country's or a state's name."""
    end = min(organization_end(w, i), len(w), i + LONGEST_PLACE)
    places = (w.between(start, stop) for start in (max(i - 1, 0), i) for stop in range(i + 1, end + 1))
    return w.words[i].isupper() or not names.all_places.isdisjoint(places)


@cache
def countries() -> frozenset[str]:
    """The countries and nations that adjectives of peoples stand for, by name."""
    return frozenset(table("speakers/demonyms").values())


def is_town(w: Words, end: int) -> bool:
    """Whether what stands before word `end` is a town, by the state behind it: "Kings Mill, Ohio"."""
    state = w.words[end + 1] if w.words[end : end + 1] == [","] and end + 1 < len(w) else ""
    return any(state in (name, *short) for name, short in states().items())
