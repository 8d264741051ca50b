"""Noun phrases that state a role or name an organization.

A role is read as news writes it: a chunk without words of the closed classes that ends in a noun for a person ("senior
fellow", "Kremlin spokesman"), then prepositional phrases, the first of which that names an organization states the
affiliation ("an associate professor of surgery at the Wayne Institute"). All positions here are indices of words.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotebank.spans import Span
from quotebank.speakers.organization_name_bounds import named_behind, organization_end, own_name
from quotebank.speakers.role_chunks import (
    MINISTERS,
    STATED_FOR,
    Names,
    body_end,
    countries,
    in_chunk,
    is_body,
    is_place,
    is_town,
)
from quotebank.speakers.role_nouns import is_honorific, is_listed, is_person_noun, is_role_noun, of_role, singular
from quotebank.text import OWNS, Words, is_capital, is_closed, is_first_name, states, words

DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its", "our", "my", "another", "one"})
TOPICS = frozenset({"on", "about"})
PLACES = frozenset({"in", "near"})
LINKS = frozenset({"of", "at", "for", "with", "to", "from", "by", "within", "under"})
TRAILERS = frozenset({"pro", "tem", "tempore", "general", "emeritus", "emerita", "elect", "designate"})
SENT = frozenset({"ambassador", "envoy", "emissary"})
ORIGINS = ("-based", "-born", "-bred", "-educated", "-raised")
LONGEST_CHUNK = 10
LONGEST_OBJECT = 8


BESIDE, BEFORE, BRACKET, CLAUSE, ELSEWHERE, READ, TITLED = range(7)  # where a fact stands: the lower, the surer


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
    plural = plural or w.low[first : first + 2] == ["one", "of"]
    start = first + 2 if w.low[first : first + 2] == ["one", "of"] else first
    while start < limit and w.low[start] in DETERMINERS | {"now", "then", "also", "currently", "once", "both"}:
        start += 1
    end = chunk_end(w, start, limit)
    based = (i for i in range(end - 1, start - 1, -1) if w.low[i].endswith(ORIGINS))
    origin = next((i for i in based if is_capital(w.words[i]) or is_capital(w.words[max(i - 1, start)])), None)
    start = start if origin is None else origin + 1  # "South Florida-based": where from, no employer
    head = _head(w, start, end)
    plural = plural and head is None and start < end and singular(w.low[end - 1]) is not None
    if plural:
        head = end - 1
        while start < head and w.low[start] in words("speakers/quantifiers"):
            start += 1  # "six | officers"
    if head is None:
        return None
    role, affiliation = in_chunk(w, start, head, names)
    behind = end if head == end - 1 or w.low[end - 1] in TRAILERS else head + 1
    role_end, stop, employer = objects(w, behind, limit, w.low[head].rstrip("."), names)
    if role and w.low[role[0][0]] == "most" and role[0][0] + 2 < role[0][1]:
        role[0] = (role[0][0] + 2, role[0][1])  # "one of the city's | most respected | lawyers"
        affiliation = affiliation if any(is_capital(w.words[i]) for i in range(*(affiliation or (0, 0)))) else None
    if affiliation and employer and w.between(*affiliation) not in words("speakers/parties"):
        if not {"at", "with"}.isdisjoint(w.low[employer[0] - 2 : employer[0]]):
            role, affiliation = [(start, head + 1)], None  # "chief US economist at Acme"
        else:
            role_end = employer[1]
    if role and plural and role_end > role[-1][1]:
        role.append((role[-1][1], role_end))  # what goes on behind the noun for several
    elif role:
        role[-1] = (role[-1][0], max(role_end, role[-1][1]))
    outside = affiliation is not None and stands_outside(w, affiliation, head, names)
    from_there = _origin(w, role[0][0], head, names) if role and affiliation is None else None
    if from_there is not None:
        begin, last = role[0]
        role = [piece for piece in ((begin, from_there[0]), (from_there[1], last), *role[1:]) if piece[0] < piece[1]]
    kin = w.low[head].rsplit("-", 1)[-1] in words("speakers/relations")  # belongs to no body: "mother of Acme's boss"
    named = None if kin else affiliation or employer
    return Fact(
        tuple(role), named, BESIDE, first, end=stop, origin=from_there, outside=outside, plural=plural, head=head
    )


def stands_outside(w: Words, named: tuple[int, int], head: int, names: Names) -> bool:
    """Whether who is described belongs to no body that is named before: "Facebook user", "Olympic champion"."""
    low = w.low[head].rsplit("-", 1)[-1]
    low = singular(low) or low
    if named[1] > head or low not in words("speakers/outsiders") or OWNS in w.low[named[1] : head]:
        return False
    name = w.between(*named)
    member = name in words("speakers/parties")
    member = member or any(low in words("speakers/organization_nouns") for low in w.low[named[0] : named[1]])
    return not (member or name in names.lands or name in words("speakers/demonyms"))


def _origin(w: Words, first: int, head: int, names: Names) -> tuple[int, int] | None:
    """The words before a role that say which people or place somebody is from: "former | Philippine | boxer"."""
    for i in range(first, head):
        if not is_capital(w.words[i]):
            continue
        end = i + 1
        while end < head and is_capital(w.words[end]) and w.between(i, end + 1) in names.lands:
            end += 1
        name = w.between(i, end)
        from_there = name in words("speakers/demonyms") or name in names.lands
        from_there = from_there and name not in states()  # "an Ohio man" is no more than that
        goes_on = end < head and is_capital(w.words[end]) and not of_role(w.low[end])
        return (i, end) if from_there and not goes_on else None  # "Australian Open champion" is a champion of that
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
        elif is_closed(low) and low != OWNS and not low[0].isdigit():
            break
        else:
            end = body_end(w, end, limit) or end + 1
    return end


def _joined(w: Words, start: int, link: int, limit: int) -> int | None:
    """The end of what "and" at `link` joins to the words of a role from `start` on; None where it joins none.

    "founder | and director", "Trade | and Tourism Minister", "an army | and NATO head".
    """
    last = link - 1
    role = is_role_noun(w.low[last])
    first = link + 1 + (role and w.low[link + 1 : link + 2] in (["the"], ["a"], ["an"]))
    end = chunk_end(w, first, min(limit, start + LONGEST_CHUNK))
    head = _head(w, first, end)
    if head is None:
        return None
    if role:
        joins = not is_capital(w.words[head]) or w.words[head].isupper()
    elif w.low[head] in MINISTERS:
        joins = all(is_capital(w.words[i]) == is_capital(w.words[last]) for i in range(first, head))
    else:
        bodies = words("speakers/organization_nouns")
        one = start > 0 and w.low[start - 1] in DETERMINERS  # else "NATO" may begin another phrase
        joins = one and head > first and all(is_capital(w.words[i]) or w.low[i] in bodies for i in (last, head - 1))
    return end if joins else None


def _head(w: Words, start: int, end: int) -> int | None:
    """The noun for a person that heads the chunk: its last word, or the one before a verb or "general"."""
    for i in range(end - 1, start - 1, -1):
        low = w.low[i]
        if low in TRAILERS and i > start and is_role_noun(w.low[i - 1]):
            return i
        if is_role_noun(low) and (not is_capital(w.words[i]) or is_listed(low)):
            return i
        if not (_may_be_verb(w, i, start) or low.endswith(("ing", "ly")) or low.isdigit()):
            break
    return None


def _may_be_verb(w: Words, i: int, start: int) -> bool:
    """Whether word `i`, behind a noun for one person, can be its verb: "the candidate proposes allowing"."""
    low = w.low[i]
    third_person = low.endswith("s") and not low.endswith("ss") and i > start and is_listed(w.low[i - 1])
    third_person = third_person and w.low[i + 1 : i + 2] not in (
        ["are"],
        ["were"],
        ["have"],
        ["had"],
    )  # "the actor rats"
    acts = i > start and is_listed(w.low[i - 1]) and w.low[i + 1 : i + 2] in (["the"], ["a"], ["an"])
    return third_person or acts or low.endswith("ed")  # "an anonymous caller | rang the"


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
            if w.low[end] == "based":
                break
            end += 1
        named = next((i for i in range(article, end) if is_capital(w.words[i])), None)
        if link == "with" and named is not None and any(low.endswith("ing") for low in w.low[first:named]):
            return role_end, stop, None  # "with long experience reading Acme's books"
        if link == "at" and w.low[first:end] in (["arms"], ["large"], ["law"]):
            role_end = stop = end  # "Sergeant at Arms"
            continue
        title = w.low[end : end + 1] == ["the"] and is_capital(w.words[end])  # "creator | of the best-selling The Sims"
        if end == first or (named is not None and link in PLACES) or (title and named is None):
            return role_end, max(end, stop), None
        if named is not None and link in LINKS:
            stop, employer, goes_on = _named(w, (article, named, end), limit, holder, names, of_name=of_name, sure=sure)
            if not goes_on:
                return role_end, stop, employer
            role_end = stop
            continue
        for_someone = link == "for" and holder in STATED_FOR and is_person_noun(w.low[end - 1])
        part = (
            not of_name and w.low[end : end + 1] in (["of"], ["at"]) and _is_named(w, end + 1, limit)
        )  # "the dredging unit of the"
        if for_someone or (
            link in LINKS and w.low[end - 1] in words("speakers/organization_nouns") and (of_name or not part)
        ):
            called = named_behind(w, first, limit)  # "head of the dock union, the NDU"
            called = called if called is not None and w.low[called[0] - 1] in ("the", "called") else None
            return role_end, end if called is None else called[1], called or (first, end)
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
    people = w.words[named] in words("speakers/demonyms")
    if people and named + 1 < end and not is_capital(w.words[named + 1]) and not of_name:
        return end, None, True
    field = holder in MINISTERS and not is_place(w, named, names)
    if field and (link == "for" or (link == "of" and named == first)):
        return min(organization_end(w, named), limit), None, True  # "Secretary of State for Work and Pensions"
    named, last = own_name(w, named, limit)  # "chief executive of US firm | Acme"
    last = next((i for i in range(named + 1, last) if i in names.persons and not _goes_with(w, i - 1, names)), last)
    sent = people or w.between(named, last) in names.places or holder in SENT
    if sent and (link == "to" or (link == "for" and holder not in STATED_FOR)) and not of_name:
        return last, None, True  # "special envoy to Ukraine", "Special Representative for Iran"
    ahead = last
    while w.low[ahead : ahead + 1] == ["and"] and _is_named(w, ahead + 1, limit):
        ahead = min(organization_end(w, ahead + 1 + (w.low[ahead + 1] == "the")), limit)
    if link != "at" and w.low[ahead : ahead + 1] in (["at"], ["with"]) and _is_named(w, ahead + 1, limit):
        return ahead, None, not of_name  # "Head of Fundamental Research | at Acme Securities"
    employs = can_employ(w, link, (named, last), holder, names)
    if of_name and link == "at":  # "Ann Reyes at a Salt press conference", "at 10 Quay Street"
        employs = employs and w.low[first] not in ("a", "an") and not w.words[first][0].isdigit()
    if of_name and employs and not is_body(w, named, last, names):
        employs = sure and not people and (holder != "" or not is_home(w, named, last, names))
    noun = end == last + 1 and not is_capital(w.words[last]) and not _may_be_verb(w, last, named)
    closes = end == limit or not w.low[end][0].isalnum()  # "author of the Oxbow | report,"
    return end if noun and closes else last, (named, last) if employs else None, False


def _goes_with(w: Words, i: int, names: Names) -> bool:
    """Whether word `i`, before a word of a person's name, is a part of that, or a title: "Rep. | Ann Lee"."""
    return i in names.persons or is_honorific(w.low[i]) or is_role_noun(w.low[i])


def _is_named(w: Words, first: int, limit: int) -> bool:
    """Whether a name stands at word `first`, or behind the article there."""
    at = first + (w.low[first : first + 1] == ["the"])
    return at < limit and is_capital(w.words[at])


def is_home(w: Words, first: int, end: int, names: Names) -> bool:
    """Whether a name is a place where people are from: a town with its state, a place that is no country."""
    behind = w.capitals_end(end + 1) if w.words[end : end + 1] == [","] else 0
    region = behind > end + 1 and w.between(end + 1, behind) in names.all_places  # "Mpumalanga, South Africa"
    return region or is_town(w, end) or w.between(first, end) in names.all_places - countries()


def can_employ(w: Words, link: str, named: tuple[int, int], holder: str, names: Names) -> bool:
    """Whether the name behind "of", "for" or "from" can be an affiliation: no home town, no person but an employer."""
    first, end = named
    if link == "of" and holder in words("speakers/outsiders"):
        return False  # "a fan of Acme", "residents of Oxbow"
    if link == "from" and holder not in words("speakers/offices"):
        if is_home(w, first, end, names):
            return False
        return w.between(first, end) in names.bodies or (not holder and is_body(w, first, end, names))
    if not words("speakers/organization_nouns").isdisjoint(w.low[first:end]):
        return True
    person = is_honorific(w.words[first]) or is_first_name(w.words[first])
    return not person or holder in STATED_FOR


def bounds(w: Words, spans: Sequence[Span]) -> tuple[int, int]:
    """(first word, one past the last) under spans."""
    return w.at(spans[0].start), w.at(spans[-1].end - 1) + 1
