"""What the words up to a role's noun state: "former | White House | press secretary".

All positions here are indices of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import attrs

from quotebank.speakers.organization_name_bounds import organization_end
from quotebank.speakers.role_nouns import is_honorific, is_person_noun, is_role_noun
from quotebank.text import OWNS, Words, is_capital, is_closed, states, table, words

STATED_FOR = frozenset({"official", "employee", "representative", "spokesman", "spokeswoman", "spokesperson"})
ADJECTIVES = ("ive", "al", "ist", "ed", "ing", "ous", "ful", "ary", "ern", "ic", "ar")
RANKS = frozenset(
    {"former", "ex", "retired", "acting", "deputy", "vice", "senior", "chief", "then", "outgoing", "incoming"}
    | {"junior", "assistant", "associate", "top", "current", "interim", "longtime", "veteran", "principal", "press"}
    | {"incumbent", "presumptive", "prospective", "embattled", "disgraced"}
)
RUNNING = frozenset({"nominee", "candidate", "contender", "challenger", "incumbent", "hopeful", "front-runner"})
POSTS = frozenset(
    {"secretary", "minister", "leader", "chairman", "chairwoman", "mp", "mep", "peer", "councillor", "whip"}
)
"""What a party has, and no opinion: "Conservative | peer" is of it, "Conservative | economist" need not be."""
PLAYERS = frozenset(
    {"player", "striker", "winger", "midfielder", "defender", "goalkeeper", "coach", "captain", "skipper"}
)
"""Of whom a place before them is the team."""
OFFICERS = frozenset({"chairman", "chairwoman", "chairperson", "executive", "ceo", "cfo", "coo", "boss", "vp"})
"""Of whom a body is the whole point of the title, however far before it is named."""
STAFF = frozenset({"director", "head", "manager", "member", "deputy"}) | PLAYERS
"""Who belong to the body that their own sentence or the one before is about; directors are of communications, too."""
INSIDERS = frozenset(
    {"source", "insider", "aide", "adviser", "advisor", "founder", "owner", "worker", "staffer", "spy"}
)
JURISDICTIONS = frozenset({"employment", "family", "immigration", "district", "circuit", "tribunal", "crown"})
SHORTEST_SHOUT = 6  # letters
GENERIC = frozenset({"county", "city", "state", "port", "party", "town", "village", "trade", "street", "church"})
STREETS = frozenset({"road", "street", "avenue", "lane", "drive", "close", "crescent", "terrace", "square", "gardens"})
GOVERNING = frozenset({"board", "council", "committee", "trust", "union"})
MINISTERS = frozenset({"secretary", "minister", "undersecretary", "commissioner"})
AWARDED = ("winning", "nominated")
COMPETITIONS = frozenset(
    {
        "league",
        "cup",
        "championship",
        "championships",
        "games",
        "olympics",
        "open",
        "nations",
        "tour",
        "series",
        "trophy",
    }
)
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


def begins_team(w: Words, i: int) -> bool:
    """Whether "All" at word `i` begins the name before a role's noun: "All Blacks captain"."""
    several = w.low[i] == "all" and is_capital(w.words[i])
    if not several or i + 2 >= len(w) or not is_capital(w.words[i + 1]):
        return False
    return w.words[i + 2].islower() and is_person_noun(w.low[i + 2])


def in_chunk(w: Words, start: int, head: int, names: Names) -> Chunk:
    """The role and the affiliation in the words from `start` through `head`: "White House | press secretary"."""
    owner = max((i for i in range(start, head) if w.low[i] == OWNS), default=None)
    if owner is not None:
        return _owned(w, start, owner, head, names)
    capitals = [i for i in range(start, head) if is_capital(w.words[i]) and not is_shouted(w, i)]
    named = [i for i in capitals if not _describes(w, i, head, names)]
    if named and named[0] == start and _opens_only(w, start, named, head, names):
        del named[0]
        start += bool(named)  # "Controversial | Maine Gov."
    if not named:
        return _in_small_letters(w, start, head)
    party = next(
        (i for i in range(start, head - 1) if w.words[i] in words("speakers/parties") and w.low[i + 1] == "and"), 0
    )
    if party:
        return [(party + 2, head + 1)], (party, party + 1)  # "Ohio | Republican and | former army major"
    first, last = named[0], named[-1] + 1
    while first - 1 in capitals and first - 1 >= start and _may_begin_name(w.low[first - 1]):
        first -= 1  # "Human" of "Human Rights Watch director"
    governs = w.low[head] in MINISTERS and w.words[first] in words("speakers/demonyms")  # "German | Economy minister"
    while last in capitals and (w.low[last] in GENERIC or not (is_capital(w.words[head]) or governs)):
        if w.words[last] in words("speakers/demonyms") or w.low[last] in RANKS or w.low[last] == "shadow":
            break  # "MLA | Korean manager", "Conservative | Shadow chancellor"
        last += 1  # "NBC News | moderator", "Tuscor County | Prosecutor"
    link = next((i for i in range(start, first) if w.low[i] in ("and", "&")), None)
    if link is not None and is_role_noun(w.low[link - 1]):
        return [(start, head + 1)], None  # "chair and a Labour MP"
    start = start if link is None else link + 1  # "army and | NATO | head"
    return _named(w, start, (first, last), head, names)


def is_shouted(w: Words, i: int) -> bool:
    """Whether a word has capitals throughout for stress: "GOBSMACKED mum"."""
    return w.words[i].isupper() and w.low[i].endswith(("ed", "ing")) and len(w.words[i]) >= SHORTEST_SHOUT


def _may_begin_name(low: str) -> bool:
    return low not in RANKS and not is_honorific(low) and low.rstrip(".") not in words("speakers/role_titles")


def _owned(w: Words, start: int, owner: int, head: int, names: Names) -> Chunk:
    """The role behind what somebody has, and who has it: "the city council's | deputy leader"."""
    counted = w.low[owner + 1] in words("speakers/quantifiers") - {"most"}
    inner, affiliation = in_chunk(w, owner + 1 + counted, head, names)  # "Lee's two | daughters"
    bodies, plural, noun = words("speakers/organization_nouns"), w.words[owner] in ("'", "’"), w.low[owner - 1]
    named = next((i for i in range(start, owner) if is_capital(w.words[i])), None)
    if named is None or (is_role_noun(noun) and not is_capital(w.words[owner - 1])):  # "the ex-Hole singer's lawyer"
        lower = noun in bodies | words("speakers/any_organization") | GENERIC and 0 < owner - start <= 3
        united = w.low[owner + 1] in bodies  # "nurses' union leader"
        return inner, (start, owner) if lower else (start, owner + 2) if united else None
    last = affiliation[1] if affiliation is not None else owner
    if plural or (is_capital(w.words[last - 1]) and w.low[last - 1] in bodies):
        return inner, (named, last)  # "Quarry Workers’ Union founder"
    return [(inner[0][0], head + 1)], (named, owner)  # "Acme's worldwide Linux manager"


def _named(w: Words, start: int, named: tuple[int, int], head: int, names: Names) -> Chunk:
    """The role around the capitals before its noun, which name a body if they name no place alone."""
    first, last = named[0], max(named[1], body_end(w, named[0], head + 1) or 0)
    bodies = words("speakers/organization_nouns")
    numbered = w.low[last].isdigit()  # "No 10 | spokeswoman"
    bodies = bodies & GOVERNING if w.low[last - 1] in bodies else bodies  # "Oxbow University | plant biologist"
    while last < head and (numbered or w.low[last] in bodies - words("speakers/role_modifiers")):
        last, numbered = last + 1, False  # "Cardiff city council"
    placed = last == head and last - first > 1 and w.words[last - 1] in names.lands
    if placed and (w.low[last - 2] in bodies or w.between(first, last - 1) in names.bodies):
        last -= 1  # "White House | Russia adviser"
    awarded = w.low[last].endswith(AWARDED) or (last < head and w.low[last + 1].endswith(AWARDED))
    if awarded and w.between(first, last) not in names.bodies:
        return [(start, head + 1)], None  # "Pulitzer prize-winning journalist", "Oscar nominated director"
    name, noun = w.between(first, last), w.low[head].rstrip(".")
    office = noun.rsplit("-", 1)[-1] in words("speakers/offices") or noun in words("speakers/role_titles")
    employed = noun.rsplit("-", 1)[-1] in STATED_FOR | OFFICERS | STAFF | INSIDERS
    unknown = last == head and not (employed or is_body(w, first, last, names) or name.isupper() or "-" in name)
    unknown = unknown and name not in words("speakers/parties") | words("speakers/demonyms")  # "Toledo pipe fitter"
    if not office and noun not in PLAYERS and (name in names.places or unknown):
        apart = name in names.places and noun in words("speakers/outsiders")
        return [(last if apart else start, head + 1)], None  # "The Kansas | star"
    pieces = [(start, first)] if first > start else []
    return [*pieces, (last, head + 1)], (first, last)


def _in_small_letters(w: Words, start: int, head: int) -> Chunk:
    """The role and the body in words without a name: "school board | president", "Police | spokesman"."""
    bodies, modifiers = words("speakers/organization_nouns"), words("speakers/role_modifiers")
    stated = w.low[head] in STATED_FOR
    if w.low[start] in bodies and is_capital(w.words[start]) and (stated or w.low[start] not in modifiers):
        return [(start + 1, head + 1)], (start, start + 1)  # "Council chairman", not "Police Commissioner"
    first = next(i for i in range(start, head + 1) if i == head or w.low[i] not in RANKS)
    ends = [i for i in range(first + (not stated), head) if w.low[i] in bodies]
    if not stated:  # "school board president", not "House press secretary"
        before = ((w.low[i - 1], i) for i in ends)
        ends = [i for low, i in before if low not in modifiers and not low.endswith(("ing", "ed"))][:1]
    if not ends or w.low[ends[-1]] in ("administration", "government"):
        return [(start, head + 1)], None
    anew = (i + 1 for i in range(first + 1, ends[-1]) if w.low[i] == "and" and is_role_noun(w.low[i - 1]))
    begin = max(anew, default=first)
    if begin > first:
        return [(ends[-1] + 1, head + 1)], (begin, ends[-1] + 1)  # "Premiership footballer and | record company boss"
    pieces = [(start, first)] if first > start else []
    return [*pieces, (ends[-1] + 1, head + 1)], (first, ends[-1] + 1)


def _opens_only(w: Words, i: int, named: Sequence[int], head: int, names: Names) -> bool:
    """Whether a capital before a role is but its sentence's: "Climate scientist", not "Arsenal manager"."""
    word, after, follows = w.words[i], w.low[i + 1], is_capital(w.words[i + 1])
    known = word in names.bodies or word in names.all_places or word in words("speakers/demonyms")
    known = known or sum(map(str.isupper, word)) > 1 or after[0].isdigit()  # "Channel 6 reporter"
    known = known or (word in w.names_inside and after not in words("speakers/organization_nouns"))
    ordinary = (w.low[i] in w.small or after == "estate") and not word.isupper() and w.low[head] not in STATED_FOR
    known = known and not (ordinary and word not in names.all_places | words("speakers/demonyms"))
    adjective = w.low[i].endswith(ADJECTIVES)
    if word in words("speakers/parties"):  # not "Conservative economist"
        noun = w.low[head].rsplit("-", 1)[-1]
        known = known or not adjective or follows or noun in RUNNING | STATED_FOR | POSTS
        known = known or not w.names_inside.isdisjoint((word, f"{word}s"))
    if known or not w.opens_sentence(i):
        return False
    if named[1:2] == [i + 1]:  # "Controversial | Maine Gov.", "Presumptive | GOP presidential nominee"
        rest = w.between(i + 1, named[-1] + 1)
        return rest in names.all_places or rest in words("speakers/parties")
    return adjective or not follows  # "Regional Governor"


def _describes(w: Words, i: int, head: int, names: Names) -> bool:
    """Whether a capitalized word tells which role it is rather than whose: Turin, Foreign, Vice."""
    low, noun = w.low[i].rstrip(".").removeprefix("ex-"), w.low[head].rstrip(".")
    if w.words[i] in words("speakers/demonyms"):
        return noun not in words("speakers/offices") | STATED_FOR
    if w.words[i] in words("speakers/parties"):
        return False
    field = (
        noun in MINISTERS and is_capital(w.words[head]) and w.low[head - 1] not in words("speakers/organization_nouns")
    )
    if field and not is_place(w, i, names):  # not "Home Office | Minister"
        return True  # "Schools Minister", "Road Transport and Bridges Minister"
    modifies, after = low in words("speakers/role_modifiers"), w.low[i + 1]
    modifies = modifies or (noun == "judge" and low in JURISDICTIONS)  # "Employment | Judge"
    if modifies and low not in RANKS and after in words("speakers/organization_nouns"):
        return False  # "National party chief whip"
    another = is_person_noun(low) and ("-" in low or after in ("and", "&"))  # "Cardiologist and author"
    return modifies or another or not _may_begin_name(low)


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
    """Whether words name a body: one of the text, or by a noun for bodies among them."""
    if not words("speakers/organization_nouns").isdisjoint(w.low[first:end]) and w.low[end - 1] not in STREETS:
        return True
    return w.between(first, end) in names.bodies


def is_place(w: Words, i: int, names: Names) -> bool:
    """Whether word `i` stands in a country's or a state's name."""
    end = min(organization_end(w, i), len(w), i + LONGEST_PLACE)
    places = (w.between(start, stop) for start in (max(i - 1, 0), i) for stop in range(i + 1, end + 1))
    return w.words[i].isupper() or not names.all_places.isdisjoint(places)


@cache
def countries() -> frozenset[str]:
    """The countries and nations that adjectives of peoples stand for, by name."""
    return frozenset(table("speakers/demonyms").values())
