"""Roles and affiliations that the text states beside a name: titles, descriptions, appositives, clauses, brackets."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import regex

from quotebank.speakers.name_mentions import LONGEST_ALIAS, NameMention, is_alias
from quotebank.speakers.noun_phrases import (
    DETERMINERS,
    LINKS,
    Description,
    description,
    shares_head,
)
from quotebank.speakers.organization_name_bounds import LONGEST_KIND, name_start, organization_end, own_name
from quotebank.speakers.role_chunks import STATED_FOR, Names, countries, is_body, is_town
from quotebank.speakers.role_nouns import is_anybody, is_honorific, is_listed, is_role_noun, of_role, singular
from quotebank.text import DASHES, OWNS, Words, groups, is_capital, is_closed, words

PARTY_PLACE = regex.compile(r"(?:[RDI]|Rep|Dem|Ind|Con|Lab|Lib)\.?(?:[-–/,]\s*\p{L}.*)?$")
POSSESSIVES = frozenset({"his", "her", "their", "its"})
HEADS = frozenset({"runs", "leads", "heads", "chairs"})
COPULAS = frozenset({"is", "was", "became", "remains"})
BEFORE_VERBS = frozenset({"has", "had", "also", "now", "been", "recently", "previously", "once", "currently", "later"})
MEMBER = regex.compile(r"[RDI]-\p{Lu}")
WORKS = frozenset({"of", "from", "at", "with"})
STOPS = frozenset({",", ";", ".", ":", ")", "?", "!", "…", *DASHES})
ENDS = STOPS | {"(", "”", '"', "’", "''", "and"}
FORMER = frozenset({"former", "ex", "retired", "onetime", "one-time", "then"})
MODALS = frozenset({"will", "would", "can", "could", "may", "might", "must", "shall", "should", "did", "does", "not"})
FAR_BACK = 16
LONGEST_BRACKET = 4  # words of a party in brackets
BESIDE, BEFORE, BRACKET, CLAUSE, ELSEWHERE, READ, TITLED = range(7)  # where a fact stands: the lower, the surer


@attrs.frozen
class Fact:
    """A role, an affiliation or both, as (first, end) words; `owner` is the word "his" in "his spokesman"."""

    role: tuple[tuple[int, int], ...]
    affiliation: tuple[int, int] | None
    place: int
    at: int
    owner: int | None = None
    noun: str | None = None
    """The noun for the person, also where it is no role: "widow"."""
    end: int = 0
    """Where the words end that state it."""
    origin: tuple[int, int] | None = None
    """The people or the place that somebody is from, for want of an affiliation."""
    outside: bool = False
    """Whether the affiliation tells the person from others and is no employer: "the Facebook user"."""
    plural: bool = False
    """Whether the role's noun is one for several: "officers"."""


def facts(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """What the words beside a person's name state, surest first."""
    before = _before(w, mention, names) or _before_over(w, mention, names) or _named_last(w, mention, names)
    found = [*before, *_in_front(w, mention, names), *_behind(w, mention, names)]
    title = mention.first - 1
    if mention.start <= title and w.low[title].rstrip(".") in words("speakers/role_titles"):
        found.append(Fact(((title, title + 1),), None, TITLED, title))  # all that is known of "Prince Ann"
    return sorted(found, key=lambda f: (f.place, f.at))


def as_described(said: Description, place: int, at: int, owner: int | None = None) -> Fact:
    """What a description states, as it stands."""
    return Fact(said.role, said.affiliation, place, at, owner, None, 0, said.origin, said.outside, said.plural)


def _stated(w: Words, first: int, said: Description, place: int) -> Fact:
    """A fact that the words from `first` on state, but for what is no role: "woman" and the like.

    A party's member has the party for affiliation.
    """
    noun = w.low[said.head].rsplit("-", 1)[-1]
    noun = (singular(noun) or noun) if said.plural else noun
    if w.words[said.head] in words("speakers/parties"):
        return Fact((), (said.head, said.head + 1), place, first, noun=noun, end=said.end)
    if is_anybody(noun):
        return Fact((), None, place, first, noun=noun, end=said.end, origin=said.origin)
    if noun in words("speakers/relations"):
        said = attrs.evolve(said, affiliation=None)
    spoken_for = w.low[first] in ("its", "their") or (w.low[first] in POSSESSIVES and noun in STATED_FOR)
    return attrs.evolve(as_described(said, place, first, first if spoken_for else None), noun=noun, end=said.end)


def _named_last(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """A role before the name that somebody has or goes by: "The Minister (Al Boyne)", "his manager, known as Flint"."""
    held = w.words[mention.start - 1] == "(" and w.words[mention.end : mention.end + 1] == [")"]
    end = mention.start - held
    for i in range(max(end - LONGEST_ALIAS, 0) if held or is_alias(w, mention.start) else end, end):
        begins = w.sentences[i] == w.sentences[end] and (held or w.low[i] in DETERMINERS)
        said = description(w, i, end, names=names) if begins else None
        if said is not None and (not held or is_listed(w.low[said.head])):
            return [_stated(w, i, said, BESIDE)]
    return []


def _before(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """A role right before the name: "Kremlin spokesman Ivan Reyes", "Gov. Reyes", "former Acme chief Reyes"."""
    head = mention.first - 1
    while head > 0 and is_honorific(w.low[head]):
        head -= 1  # "astronomer Dr Ann Reyes"
    if head > 0 and w.low[head] == OWNS:
        return _owned(w, head, names)  # "NBC's Ann Lee", "Denmark's Queen Ann"
    listed = _list_start(w, mention, names) - 1
    if listed >= 0 and w.sentences[listed] == w.sentences[mention.first] and singular(w.low[listed]):
        return _of_several(w, listed, names)
    if head < 0 or w.sentences[head] != w.sentences[mention.first] or not is_role_noun(w.low[head]):
        return []
    if is_honorific(w.low[head]) or w.low[head] == "elder":
        return []
    lower = head > 0 and not is_capital(w.words[head])
    if lower and (w.low[head - 1] in MODALS or (w.low[head - 1] == "to" and not is_listed(w.low[head]))):
        return []  # "continues to hammer Ms. Reyes", "will host Ms. Reyes"
    first = _role_start(w, head, names)
    last = first
    while last < head and is_capital(w.words[last]) and not of_role(w.low[last]):
        last += 1
    first = name_start(w, last) if last > first else first  # "Party for Socialism and | Liberation candidate"
    if first and w.low[first - 1] == OWNS and (named := name_start(w, first - 1)) < first - 1:
        first = named
    first -= first > 0 and w.low[first - 1] in POSSESSIVES
    said = description(w, first, head + 1, names=names)
    return [] if said is None else [_stated(w, first, said, BESIDE)]


def _role_start(w: Words, head: int, names: Names) -> int:
    """Where the words begin that belong to the role whose noun is `head`."""
    first = head
    while first > 0 and head - first < 8:
        if _joins(w, first - 1, first):
            first -= 1
        elif w.low[first - 1] in ("and", "&") and (begin := _coordinated(w, first - 1, head, names)) is not None:
            first = begin
        else:
            break
    return first


def _coordinated(w: Words, link: int, head: int, names: Names) -> int | None:
    """Where what "and" joins to a role begins: "trade | and industry minister", "Acme founder | and director"."""
    i = link - 1
    if i < 0 or w.sentences[i] != w.sentences[head] or i in names.persons or is_closed(w.low[i]):
        return None
    if is_listed(w.low[i]) and not any(map(is_capital, w.words[i:head])):
        while i and _joins(w, i - 1, i):
            i -= 1
        return None if i and w.low[i - 1] in DETERMINERS else i  # "the minister and President Reyes" are two
    return i if shares_head(w, link, head + 1) else None


def _list_start(w: Words, mention: NameMention, names: Names) -> int:
    """Where the list of names begins that a name is the last of so far: "officers | Ann Lee, Bo Orr and Cy Reyes"."""
    start = mention.start
    while start > 1:
        last = start - 1
        while last and w.low[last] in ("and", ","):
            last -= 1
        if last < start - 1 and w.words[last] == ")":
            last = max((i for i in range(max(last - 4, 0), last) if w.words[i] == "("), default=0) - 1
        if last == start - 1 or last < 0 or last not in names.persons:
            break
        while last and last - 1 in names.persons:
            last -= 1
        start = last
    return start


def _of_several(w: Words, head: int, names: Names) -> list[Fact]:
    """The role that a plural before a list of names states of each: "police officers Ann Lee and Bo Orr"."""
    first = _role_start(w, head, names)
    said = description(w, first, head + 1, names=names, plural=True)
    inside = first and w.low[first - 1] in LINKS and is_capital(w.words[head])  # "the Oxbow Forum for Authors Ann Lee"
    return [] if said is None or not said.plural or inside else [_stated(w, first, said, BESIDE)]


def _before_over(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """A role with its complement right before the name: "the director of the Oxbow Trust Ann Reyes"."""
    end = mention.start
    if end == 0 or is_closed(w.low[end - 1]):
        return []  # "a critic of Mr. Reyes"
    for first, said in _ending_at(w, end, names):
        if said.head < end - 1 and "by" not in w.low[said.head : end]:
            return [_stated(w, first, said, BESIDE)]
    return []


def _ending_at(w: Words, end: int, names: Names) -> Iterator[tuple[int, Description]]:
    """The descriptions that end before word `end`, with their first words, the shortest first."""
    for first in range(end - 1, max(end - FAR_BACK, -1), -1):
        if w.sentences[first] != w.sentences[end - 1] or w.words[first] in (",", ";", "”", "“", "(", ")"):
            return
        said = description(w, first, end, names=names) if _may_begin(w, first) else None
        if said is not None and said.end == end and not any(map(_is_past, w.low[first : said.head])):
            yield first, said  # not "Syria thanked Secretary of State"


def _may_begin(w: Words, first: int) -> bool:
    """Whether a description may begin at word `first`: with a determiner, or behind a word of a closed class."""
    if w.low[first] in DETERMINERS:
        return True
    if first == 0 or w.sentences[first - 1] != w.sentences[first]:
        return not is_closed(w.low[first])
    before = w.low[first - 1]
    titles = words("speakers/role_titles")
    if is_capital(w.words[first]) and not titles.isdisjoint(w.low[first : first + 2]):
        return is_closed(before) and before != OWNS  # "shown by | US Secretary of State Ann Reyes"
    return is_closed(before) and not is_closed(w.low[first]) and before not in (OWNS, *DETERMINERS, *LINKS)


def _owned(w: Words, owns: int, names: Names) -> list[Fact]:
    """The organization or the country that has somebody: "NBC's Lester Hole"; a person's name is no affiliation."""
    named = name_start(w, owns)
    name = w.between(named, owns) if named < owns else ""
    is_one = name in names.places or (len(name) > 1 and name.isupper()) or is_body(w, named, owns, names)
    return [Fact((), (named, owns), BESIDE, named)] if name and is_one else []


def _joins(w: Words, i: int, after: int) -> bool:
    """Whether word `i` belongs to the role whose words begin at `after`."""
    low = w.low[i]
    if w.sentences[i] != w.sentences[after] or is_closed(low):
        return False
    if not is_capital(w.words[i]) and (is_anybody(low) or w.low[after] in FORMER):
        return False  # "his colleague | Professor Reyes", "during the election | former leader Reyes"
    if _is_past(low):
        return False
    if low.endswith("ing") and low not in words("speakers/role_modifiers") and not is_role_noun(w.low[after]):
        return False
    if is_capital(w.words[after]) and not is_capital(w.words[i]):
        return low in words("speakers/role_modifiers") or is_role_noun(low) or low.startswith(("then-", "ex-"))
    return not (w.opens_sentence(i) and w.words[i] in words("text/sentence_starters"))


def _is_past(low: str) -> bool:
    return low.endswith("ed") and low not in words("speakers/role_modifiers") and "-" not in low


def _in_front(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """A description that the name follows after a comma: "Syria's foreign minister, Walid Reyes"."""
    after, comma = mention.end, mention.start - 1
    if comma < 2 or w.words[comma] not in (",", *DASHES) or w.sentences[comma] != w.sentences[mention.first]:
        return []
    first, said = next(_ending_at(w, comma, names), (0, None))
    if said is None:
        return []
    closed = after >= len(w) or w.sentences[after] != w.sentences[mention.first] or w.words[after] in ENDS
    begins = first == 0 or w.opens_sentence(first) or w.low[first - 1] in ("now", "once", "currently")
    if not closed and not begins:
        return []  # "the nominee, Ms. Reyes said": the comma begins what she said it about
    if first > 1 and w.words[first - 1] in (",", *DASHES) and first - 2 in names.persons:
        return []  # it describes the name before it
    return [_stated(w, first, said, BEFORE)]


def _behind(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """What follows the name: brackets, appositives, "of", relative clauses, "is the director of"."""
    found: list[Fact] = []
    at = mention.end
    limit = w.sentence_end(mention.first)
    if at < limit and w.words[at] == "(":
        close = next((i for i in range(at + 1, min(at + 12, limit)) if w.words[i] == ")"), None)
        if close is not None:
            found += _bracketed(w, at + 1, close, names)
            at = close + 1
    sure = w.low[at : at + 1] == ["of"]
    if at + 1 < limit and w.low[at] in WORKS and (sure or mention.end - mention.start > 1):  # "Reyes at a forum"
        named = _works_at(w, at, limit, names, sure=sure, office=_holds_office(w, mention))
        if named is not None:
            found.append(Fact((), named, BESIDE, named[0]))
            at = named[1]
        elif w.low[at] == "of":
            at = organization_end(w, at + 1 + (w.low[at + 1] == "the")) if at + 2 < limit else limit
    while at < limit and w.words[at] in (",", *DASHES) and len(found) < 4:
        behind = _appositive(w, at, limit, names)
        if behind is None:
            break
        fact, at = behind
        if fact is not None:
            found.append(fact)
    said = _clause(w, at, limit, names) if at == mention.end < limit else None
    if said is not None and said.affiliation is not None and w.low[said.at] == "the":
        found.append(attrs.evolve(said, place=CLAUSE))
    return found


def _bracketed(w: Words, first: int, close: int, names: Names) -> list[Fact]:
    """What brackets behind a name state: (R-Ohio), (Greens), (chair, Ridge County Water Board)."""
    if first >= close:
        return []
    if PARTY_PLACE.match(w.between(first, close)):
        return [Fact((), (first, close), BRACKET, first)]
    said = description(w, first, close, names=names)
    if said is not None and is_listed(w.low[said.head]):
        behind = said.end + (w.words[said.end] == ",")
        named = said.affiliation is None and behind < close and is_capital(w.words[behind])
        return [_stated(w, first, attrs.evolve(said, affiliation=(behind, close)) if named else said, BESIDE)]
    ends = is_capital(w.words[first]) and is_capital(w.words[close - 1]) and not w.words[first].isupper()
    return [Fact((), (first, close), BRACKET, first)] if ends and close - first <= LONGEST_BRACKET else []


def _works_at(
    w: Words, link: int, limit: int, names: Names, *, sure: bool, office: bool = False
) -> tuple[int, int] | None:
    """The body that somebody is of, from, at or with, by what follows the preposition; None for a home town.

    "from the NSW Centre for Health", "of the island's power authority"; where it is not `sure` that the words belong to
    the name, they must be known for a body's.
    """
    first = link + 1
    while first < limit and w.low[first] in DETERMINERS:
        first += 1
    named = first
    while named < min(first + LONGEST_KIND, limit) and not is_closed(w.low[named]) and not is_capital(w.words[named]):
        named += 1
    if named >= limit or not is_capital(w.words[named]):
        owns = named < limit and w.low[named] == OWNS  # "of the island's power authority"
        end = named if not owns else next((i for i in range(named + 1, limit) if is_closed(w.low[i])), limit)
        body = end > first and w.low[end - 1] in words("speakers/organization_nouns")
        return (first, end) if body else None
    named, end = own_name(w, named, limit)
    owner = next((i for i in range(named, end) if w.low[i] == OWNS), end)
    if w.low[end : end + 1] == ["of"] and not words("speakers/organization_nouns").isdisjoint(w.low[named:owner]):
        end = owner  # "University of Oxbow | 's department of geology"
    name, known = w.between(named, end), is_body(w, named, end, names)
    if not office and ((not known and is_town(w, end)) or name in names.all_places - countries()):
        return None  # "of Kings Mill, Ohio"
    return (named, end) if known or (sure and w.words[named] not in words("speakers/demonyms")) else None


def _appositive(w: Words, comma: int, limit: int, names: Names) -> tuple[Fact | None, int] | None:
    """The fact behind a comma and where it ends; no fact where an age stands there; None where nothing fits."""
    first = comma + 1
    if first >= limit:
        return None
    word = w.words[first]
    if word.isdigit() or (w.low[first] in ("age", "aged") and first + 1 < limit):
        end = first + (1 if word.isdigit() else 2)
        return (None, end) if end < limit and w.words[end] in STOPS else None
    if MEMBER.match(word):
        end = w.capitals_end(first + 1)
        return Fact((), (first, end), BRACKET, first), end
    if w.low[first] == "who":
        clause = _clause(w, first + 1, limit, names)
        return (clause, limit) if clause is not None else None
    body = words("speakers/any_organization") | words("speakers/organization_nouns")
    if w.low[first] == "whose" and w.low[first + 1] in body and is_capital(w.words[min(first + 2, limit - 1)]):
        end = min(organization_end(w, first + 2), limit)  # "whose company, Acme, …", "whose firm Acme sells salt"
        return Fact((), (first + 2, end), BESIDE, first), limit
    if w.low[first] in ("of", "from", "for") and first + 1 < limit:  # an organization, or a home town
        named = _works_at(w, first, limit, names, sure=False)
        end = organization_end(w, first + 1 + (w.low[first + 1] == "the")) if named is None else named[1]
        return (None if named is None else Fact((), named, BESIDE, named[0])), min(end, limit)
    said = description(w, first, limit, names=names)
    return None if said is None else (_stated(w, first, said, BESIDE), said.end)


def _holds_office(w: Words, mention: NameMention) -> bool:
    """Whether the title before a name is one that is held for a place: "Senator Ruth Calder of Maine"."""
    title = w.low[mention.first - 1].rstrip(".") if mention.start < mention.first else ""
    return bool(groups("speakers/same_roles").get(title, frozenset({title})) & words("speakers/offices"))


def _clause(w: Words, at: int, limit: int, names: Names) -> Fact | None:
    """What a clause states, behind "who" or the name: "is the director of Y", "had been a nurse", "runs Y"."""
    while at < limit and w.low[at] in BEFORE_VERBS:
        at += 1
    named = at + 1 + (w.low[at + 1 : at + 2] == ["the"])
    if w.low[at : at + 1] and w.low[at] in HEADS and named < limit and is_capital(w.words[named]):
        end = min(organization_end(w, named), limit)
        bare = w.between(named, end) in names.places or w.low[end : end + 1] == [OWNS]
        return None if bare else Fact((), (named, end), BESIDE, at)
    if at + 1 >= limit or not (w.low[at - 1] == "been" or w.low[at] in COPULAS):
        return None
    first = at + (w.low[at] in COPULAS)
    first += w.low[first] in BEFORE_VERBS
    said = description(w, first, limit, names=names)
    return _stated(w, first, said, BESIDE) if said is not None and is_listed(w.low[said.head]) else None
