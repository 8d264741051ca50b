"""Noun phrases that state a role or name an organization.

A role is read as news writes it: a chunk without words of the closed classes that ends in a noun for a person ("senior
fellow", "Kremlin spokesman"), then prepositional phrases, the first of which that names an organization states the
affiliation ("an associate professor of surgery at the Wayne Institute"). All positions here are indices of words.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotebank.spans import Span
from quotebank.speakers.organization_name_bounds import organization_end, own_name
from quotebank.speakers.role_chunks import (
    COMPETITIONS,
    MINISTERS,
    STATED_FOR,
    Names,
    begins_team,
    body_end,
    countries,
    in_chunk,
    is_body,
    is_place,
)
from quotebank.speakers.role_nouns import is_force, is_honorific, is_listed, is_person_noun, is_role_noun, singular
from quotebank.text import OWNS, Words, is_capital, is_closed, states, words

DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its", "our", "my", "another", "one"})
BEFORE_ROLES = frozenset({"now", "then", "also", "currently", "once", "both", "earlier", "meanwhile"})
TOPICS = frozenset({"on", "about"})
PLACES = frozenset({"in", "near"})
LINKS = frozenset({"of", "at", "for", "with", "to", "from", "by", "within", "under"})
TRAILERS = frozenset({"pro", "tem", "tempore", "general", "emeritus", "emerita", "elect", "designate"})
ORIGINS = ("-based", "-born", "-bred", "-educated", "-raised")
NUMBERED = frozenset({"ward", "district", "precinct", "division"})  # "the member for | District 9"
LANDS = frozenset({"US", "U.S.", "USA", "America", "UK", "U.K.", "Britain"})
LONGEST_CHUNK = 10
LONGEST_OBJECT = 8


BESIDE, BEFORE, BRACKET, CLAUSE, ELSEWHERE, READ, TITLED = range(7)  # where a fact stands: the lower, the surer
OCCASIONS = frozenset({"absence", "presence", "wake"})  # in which somebody has a role


@attrs.frozen
class Fact:
    """What words state of a person: a role, an affiliation or both, as (first, end) words."""

    role: tuple[tuple[int, int], ...]
    affiliation: tuple[int, int] | None
    place: int
    at: int
    """The first word that states it, and in `end` where those words end."""
    owner: int | None = None
    """The word "his" of "his spokesman"."""
    noun: str | None = None
    """The noun for the person, also where it is no role: "widow"; it stands at `head`."""
    end: int = 0
    origin: tuple[int, int] | None = None
    """The people or the place that somebody is from: "Moroccan" of "Moroccan reporter"."""
    outside: bool = False
    """Whether the affiliation tells the person from others and is no employer: "the Facebook user"."""
    plural: bool = False
    """Whether the noun is one for several, of whom the person is one: "officers", "one of the founders"."""
    head: int = 0


def description(w: Words, first: int, limit: int, names: Names | None = None, *, plural: bool = False) -> Fact | None:
    """The role, and the affiliation with it, that the noun phrase from word `first` states; None where it states none.

    `limit` is the end of the words that may belong to it. `names` are those of the text. Where it is `plural`, or
    begins with "one of", the noun may be one for several.
    """
    names = names or Names()
    several = w.low[first : first + 2] == ["one", "of"]
    start = first + 2 if several else first
    while start < limit and (w.low[start] in DETERMINERS or w.low[start] in BEFORE_ROLES):
        start += 1
    end = _first_of_two(w, start, chunk_end(w, start, limit))
    start += start + 1 < end and w.low[start].endswith("-year-old")  # "the 73-year-old | former chairman"
    based = (i for i in range(end - 1, start - 1, -1) if w.low[i].endswith(ORIGINS))
    origin = next((i for i in based if is_capital(w.words[i]) or is_capital(w.words[max(i - 1, start)])), None)
    start = start if origin is None else origin + 1  # "South Florida-based": where from, no employer
    head = _head(w, start, end)
    plural = (plural or several) and start < end and singular(w.low[end - 1]) is not None
    if plural:
        head = end - 1
        while start < head and w.low[start] in words("speakers/quantifiers"):
            start += 1  # "six | officers"
    if head is None or (head in names.persons and is_capital(w.words[head])):
        return None  # "Chris Winder of Oxbow University"
    role, affiliation = in_chunk(w, start, head, names)
    role_end, stop, employer = objects(w, end if head == end - 1 else head + 1, limit, w.low[head].rstrip("."), names)
    if w.low[role[0][0]] == "most" and role[0][0] + 2 < role[0][1]:
        role[0] = (role[0][0] + 2, role[0][1])  # "one of the city's | most respected | lawyers"
        affiliation = affiliation if any(is_capital(w.words[i]) for i in range(*(affiliation or (0, 0)))) else None
    if affiliation and employer and w.between(*affiliation) not in words("speakers/parties"):
        land = is_land(w.between(*affiliation))
        land = land and w.low[head] not in words("speakers/offices")
        land = land and w.between(*employer) not in countries() | states().keys()
        if land or not {"at", "with"}.isdisjoint(w.low[employer[0] - 2 : employer[0]]):
            role, affiliation = [(start, head + 1)], None  # "chief US economist at Acme", "UK director of Greenpeace"
        else:
            role_end = employer[1]
    if plural and role_end > role[-1][1]:
        role.append((role[-1][1], role_end))  # what goes on behind the noun for several
    else:
        role[-1] = (role[-1][0], max(role_end, role[-1][1]))
    outside = affiliation is not None and stands_outside(w, affiliation, head)
    if outside and affiliation is not None and affiliation[1] == role[-1][0]:
        role = [(min(role[0][0], affiliation[0]), role[-1][1])]  # "former Oscar winner"
    from_there = _origin(w, role[0][0], head, names) if affiliation is None else None
    if from_there is not None:
        begin, last = role[0]
        role = [piece for piece in ((begin, from_there[0]), (from_there[1], last), *role[1:]) if piece[0] < piece[1]]
    kin = w.low[head].rsplit("-", 1)[-1] in words("speakers/relations")  # belongs to no body: "mother of Acme's boss"
    named = None if kin else affiliation or employer
    return Fact(
        tuple(role), named, BESIDE, first, end=stop, origin=from_there, outside=outside, plural=plural, head=head
    )


def _first_of_two(w: Words, start: int, end: int) -> int:
    """Where the first of two roles ends of which it has a name in it: "former MTV host | and the Pied Piper"."""
    joined = (i for i in range(start + 1, end - 1) if w.low[i] == "and" and w.low[i + 1] in ("the", "a", "an"))
    return next((i for i in joined if is_role_noun(w.low[i - 1]) and any(map(is_capital, w.words[start:i]))), end)


def head_noun(w: Words, first: int, end: int) -> str:
    """The noun that a name or a role goes by: bank of "Bank of England", chief of "chief of police"."""
    return w.low[next((i for i in range(first + 1, end) if is_closed(w.low[i])), end) - 1]


def is_land(name: str) -> bool:
    """Whether a name is a country's or a people's."""
    return name in LANDS or name in words("speakers/demonyms") or name in countries()


def stands_outside(w: Words, named: tuple[int, int], head: int) -> bool:
    """Whether who is described belongs to no body that is named before: "Facebook user", "Olympic champion"."""
    low = w.low[head].rsplit("-", 1)[-1]
    member = w.between(*named) in words("speakers/parties")
    member = member or not words("speakers/organization_nouns").isdisjoint(w.low[named[0] : named[1]])
    return (singular(low) or low) in words("speakers/outsiders") and not member


def _origin(w: Words, first: int, head: int, names: Names) -> tuple[int, int] | None:
    """The words before a role that say which people or place somebody is from: "former | Philippine | boxer"."""
    for i in range(first, head):
        if not is_capital(w.words[i]):
            continue
        named = is_capital(w.words[i + 1]) and w.low[i + 1] in COMPETITIONS  # "French Open | champion"
        from_there = not named and (w.words[i] in words("speakers/demonyms") or w.words[i] in names.lands)
        return (i, i + 1) if from_there and w.words[i] not in states() else None  # "an Ohio man" is no more than that
    return None


def chunk_end(w: Words, start: int, limit: int) -> int:
    """The end of the words without a closed class from `start` on, and of what "and" joins to them."""
    end = start
    while end < limit and end - start < LONGEST_CHUNK:
        low = w.low[end]
        if low in ("and", "&") and end > start:
            joined = _joined(w, start, end, limit)
            if joined is None:
                break
            end = joined
        elif (is_closed(low) and low != OWNS and not (end == start and begins_team(w, end))) or (
            end > start and is_role_noun(w.low[end - 1]) and _is_verb(w, end)
        ):
            break
        else:
            end = body_end(w, end, limit) or end + 1
    return end


def _is_verb(w: Words, i: int) -> bool:
    """Whether a word is a verb's form that may stand behind a noun: "the minister | goes", "the party | gave"."""
    return w.words[i].islower() and w.low[i] in words("speakers/verb_forms_before_roles")


def _is_infinitive(w: Words, i: int) -> bool:
    """Whether a lone small word behind "to" is a verb, whose object follows, and not what somebody is an adviser to."""
    return (
        w.words[i].islower()
        and w.low[i + 1 : i + 2] != []
        and w.low[i + 1] in DETERMINERS | {"this", "that", "these", "it", "them"}
    )


def _joined(w: Words, start: int, link: int, limit: int) -> int | None:
    """The end of what "and" at `link` joins to the words of a role from `start` on; None where it joins none.

    "founder | and director", "Trade | and Tourism Minister", "an army | and NATO head".
    """
    article = is_role_noun(w.low[link - 1]) and w.low[link + 1 : link + 2] in (["the"], ["a"], ["an"])
    first = link + 1 + article
    end = chunk_end(w, first, min(limit, start + LONGEST_CHUNK))
    return None if _head(w, first, end) is None else end


def _head(w: Words, start: int, end: int) -> int | None:
    """The noun for a person that heads the chunk: its last word, or the one before what may be a verb."""
    for i in range(end - 1, start - 1, -1):
        low = w.low[i]
        if is_force(w.low[max(i - 1, start)], low):
            break
        if is_role_noun(low) and (not is_capital(w.words[i]) or is_listed(low)):
            return i
        acts = w.low[i + 1 : i + 2] in (["the"], ["a"], ["an"])  # "an anonymous caller | rang the"
        if not (acts or low.endswith(("ed", "ing", "ly")) or low.isdigit()):
            break
    return None


def objects(
    w: Words, at: int, limit: int, holder: str, names: Names, *, of_name: bool = False, sure: bool = False
) -> tuple[int, int, tuple[int, int] | None]:
    """The prepositional phrases from word `at` on: where a role ends, where they end, and the affiliation in them.

    They stand behind a role whose noun is `holder`, or behind a name (`of_name`: one phrase, `holder` the office in its
    title), whose they are for `sure` behind "of".
    """
    role_end = stop = at
    while stop < limit and (link := w.low[stop]) in LINKS | TOPICS | PLACES and not (of_name and stop > at):
        article = stop + 1
        end = first = article + (article < limit and w.low[article] in DETERMINERS | {"some", "this"})
        while end < min(limit, first + LONGEST_OBJECT) and (w.low[end] == OWNS or not is_closed(w.low[end])):
            if end > first and _is_verb(w, end):
                break
            end += 1
        if link == "to" and first == article and end == first + 1 and _is_infinitive(w, first):
            return role_end, stop, None  # "a contributor | to discuss it"
        named = next((i for i in range(article, end) if is_capital(w.words[i])), None)
        if link == "with" and named is not None and any(low.endswith("ing") for low in w.low[first:named]):
            return role_end, stop, None  # "with long experience reading Acme's books"
        occasion = end == first + 1 and w.low[first] in OCCASIONS
        if link == "in" and (occasion or w.low[end - 1] in words("speakers/document_nouns")):
            return role_end, stop, None  # "captain | in the absence of Bo Lee", "a biologist | in a new study on voles"
        if link == "at" and w.low[first:end] in (["arms"], ["large"], ["law"]):
            role_end = stop = end  # "Sergeant at Arms"
            continue
        title = w.low[end : end + 1] == ["the"] and is_capital(w.words[end])  # "creator | of the best-selling The Sims"
        if end == first or (named is not None and link in PLACES) or (title and named is None):
            return role_end, max(end, stop), None
        if named is not None and link in TOPICS and holder in words("speakers/outsiders"):
            role_end = stop = end  # "an expert on the North Korean leadership"
            continue
        if named is not None:
            stop, employer, goes_on = _named(w, (article, named, end), limit, holder, names, of_name=of_name, sure=sure)
            if not goes_on:
                return role_end, stop, employer
            role_end = stop
            continue
        part = w.low[end : end + 1] in (["of"], ["at"]) and _is_named(w, end + 1, limit)  # "the dredging unit of the"
        employs = link in LINKS and w.low[end - 1] in words("speakers/organization_nouns") and not part
        if employs or (link == "for" and holder in STATED_FOR and is_person_noun(w.low[end - 1])):
            return role_end, end, (first, end)
        role_end = stop = end
        joined = stop + 1 < limit and w.low[stop] == "and" and not is_closed(w.low[stop + 1])
        if joined and not is_capital(w.words[stop + 1]):
            stop = role_end = chunk_end(w, stop + 1, limit)
    return role_end, stop, None


def _named(
    w: Words, at: tuple[int, int, int], limit: int, holder: str, names: Names, *, of_name: bool, sure: bool
) -> tuple[int, tuple[int, int] | None, bool]:
    """What a name behind a preposition is: where its phrase ends, the employer it is, and whether the role goes on.

    `at` has where the object begins, the name in it, and where the object ends.
    """
    first, named, end = at
    link = w.low[first - 1]
    if w.words[named] in words("speakers/demonyms") and named + 1 < end and not is_capital(w.words[named + 1]):
        return end, None, True
    if holder in MINISTERS and not is_place(w, named, names) and (link == "for" or named == first):
        return min(organization_end(w, named), limit), None, True  # "Secretary of State for Work and Pensions"
    named, last = own_name(w, named, limit)  # "chief executive of US firm | Acme"
    last += last < limit and w.words[last].isdigit() and w.low[last - 1] in NUMBERED
    last = next((i for i in range(named + 1, last) if i in names.persons and not _goes_with(w, i - 1, names)), last)
    whole, last = last, _before_title(w, named, last, names)
    sent = link == "to" or (link == "for" and holder not in STATED_FOR)
    if sent and w.between(named, last) in names.places:
        return whole, None, True  # "special envoy to Ukraine", "Special Representative for Iran"
    if link != "at" and w.low[last : last + 1] in (["at"], ["with"]):
        return last, None, not of_name  # "Head of Fundamental Research | at Acme Securities"
    if of_name and not is_body(w, named, last, names):
        employs = sure and (holder != "" or not is_home(w, named, last, names))
    else:
        employs = can_employ(w, link, (named, last), holder, names)
    if of_name and link == "at":  # "Ann Reyes at a Salt press conference", "at 10 Quay Street"
        employs = employs and w.low[first] not in ("a", "an") and not w.words[first][0].isdigit()
    return end if end == whole + 1 else whole, (named, last) if employs else None, False


def _before_title(w: Words, first: int, end: int, names: Names) -> int:
    """Where a body's name ends before the title of a person's: "Chief of the Defence Staff | General Sir Bo Lee"."""
    name = end
    while name < len(w) and is_honorific(w.low[name]):
        name += 1
    if name not in names.persons:
        return end
    titles = words("speakers/role_titles")
    while end - 1 > first and (w.low[end - 1].rstrip(".") in titles or is_honorific(w.low[end - 1])):
        end -= 1
    return end


def _goes_with(w: Words, i: int, names: Names) -> bool:
    """Whether word `i`, before a word of a person's name, is a part of that, or a title: "Rep. | Ann Lee"."""
    return i in names.persons or is_role_noun(w.low[i])


def _is_named(w: Words, first: int, limit: int) -> bool:
    """Whether a name stands at word `first`, or behind the article there."""
    at = first + (w.low[first : first + 1] == ["the"])
    return at < limit and is_capital(w.words[at])


def is_home(w: Words, first: int, end: int, names: Names) -> bool:
    """Whether a name is a place where people are from: a town with its region behind it, a place that is no country."""
    behind = w.capitals_end(end + 1) if w.words[end : end + 1] == [","] else end
    region = behind > end + 1 and w.between(end + 1, behind) in names.all_places  # "Mpumalanga, South Africa"
    return region or w.between(first, end) in names.all_places - countries()


def can_employ(w: Words, link: str, named: tuple[int, int], holder: str, names: Names) -> bool:
    """Whether the name behind "of", "for" or "from" can be an affiliation: no home town, no person but an employer."""
    if link == "of" and holder in words("speakers/outsiders"):
        return False  # "a fan of Acme", "residents of Oxbow"
    home = link == "from" and holder not in words("speakers/offices")  # unless of who is no "senator from Vermont"
    if home:
        return is_body(w, *named, names) and not is_home(w, *named, names)
    return not is_honorific(w.words[named[0]])


def bounds(w: Words, spans: Sequence[Span]) -> tuple[int, int]:
    """(first word, one past the last) under spans."""
    return w.at(spans[0].start), w.at(spans[-1].end - 1) + 1
