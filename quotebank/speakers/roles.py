"""Roles and affiliations that the text states beside a name: titles, descriptions, appositives, clauses, brackets."""

from __future__ import annotations

import attrs
import regex

from quotebank.speakers.name_mentions import LONGEST_ALIAS, NameMention, is_alias
from quotebank.speakers.noun_phrases import (
    BEFORE,
    BESIDE,
    BRACKET,
    CLAUSE,
    DETERMINERS,
    ELSEWHERE,
    LINKS,
    PLACES,
    READ,
    TITLED,
    TOPICS,
    Fact,
    description,
    shares_head,
)
from quotebank.speakers.organization_name_bounds import LONGEST_KIND, name_start, organization_end, own_name
from quotebank.speakers.role_chunks import STATED_FOR, Names, countries, is_body, is_town
from quotebank.speakers.role_nouns import is_anybody, is_honorific, is_listed, is_role_noun, of_role, singular
from quotebank.text import DASHES, OWNS, Words, groups, is_capital, is_closed, words

__all__ = ["BEFORE", "BESIDE", "BRACKET", "CLAUSE", "ELSEWHERE", "READ", "TITLED", "Fact", "as_described", "facts"]

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


def facts(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """What the words beside a person's name state, surest first."""
    found = [*_before(w, mention, names), *_behind(w, mention, names)]
    title = mention.first - 1
    if mention.start <= title and w.low[title].rstrip(".") in words("speakers/role_titles"):
        found.append(Fact(((title, title + 1),), None, TITLED, title))  # all that is known of "Prince Ann"
    return sorted(found, key=lambda f: (f.place, f.at))


def as_described(said: Fact, place: int, at: int, owner: int | None = None) -> Fact:
    """What a description states, as it stands."""
    return attrs.evolve(said, place=place, at=at, owner=owner, noun=None, end=0)


def _stated(w: Words, said: Fact, place: int = BESIDE) -> Fact:
    """What a description states of whom it stands beside: no role by "woman" and the like.

    A party's member has the party for affiliation.
    """
    noun = w.low[said.head].rsplit("-", 1)[-1]
    noun = (singular(noun) or noun) if said.plural else noun
    if w.words[said.head] in words("speakers/parties"):
        return Fact((), (said.head, said.head + 1), place, said.at, noun=noun, end=said.end)
    if is_anybody(noun):
        return attrs.evolve(said, role=(), affiliation=None, place=place, noun=noun, outside=False, plural=False)
    affiliation = None if noun in words("speakers/relations") else said.affiliation
    low = w.low[said.at]
    spoken_for = low in ("its", "their") or (low in POSSESSIVES and noun in STATED_FOR)
    return attrs.evolve(said, place=place, affiliation=affiliation, owner=said.at if spoken_for else None, noun=noun)


def _before(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """What stands in front of a name states of it.

    "Kremlin spokesman Ann Reyes", "the director of the Oxbow Trust, Ann Reyes", "The Minister (Ann Reyes)", "his
    manager, known as Flint", "police officers Bo Orr and Ann Reyes".
    """
    found: list[Fact] = []
    end = mention.first
    while end and is_honorific(w.low[end - 1]):
        end -= 1  # "astronomer Dr Ann Reyes"
    if end == 0 or w.sentences[end - 1] != w.sentences[mention.first]:
        return []
    if end > 1 and w.low[end - 1] == OWNS:
        return _owned(w, end - 1, names)  # "NBC's Ann Lee", "Denmark's Queen Ann"
    start = mention.start
    if start and w.words[start - 1] in (",", *DASHES) and w.sentences[start - 1] == w.sentences[start]:
        said = _ending_at(w, start - 1, names)
        if said is not None and _stands_apart(w, said, mention, names):
            found.append(_stated(w, said, BEFORE))
    if is_alias(w, start):
        begins = (i for i in range(max(start - LONGEST_ALIAS, 0), start) if w.low[i] in DETERMINERS)
        said = next((f for i in begins if (f := description(w, i, start, names=names)) is not None), None)
    else:
        held = w.words[start - 1] == "(" and w.words[mention.end : mention.end + 1] == [")"]
        said = _ending_at(w, end - held, names) or _of_several(w, mention, names)
    return found if said is None else [*found, _stated(w, said)]


def _stands_apart(w: Words, said: Fact, mention: NameMention, names: Names) -> bool:
    """Whether a description before a comma tells of the name behind it: "Syria's foreign minister, Walid Reyes"."""
    after, first = mention.end, said.at
    closed = after >= len(w) or w.sentences[after] != w.sentences[mention.first] or w.words[after] in ENDS
    begins = first == 0 or w.opens_sentence(first) or w.low[first - 1] in ("now", "once", "currently")
    another = first > 1 and w.words[first - 1] in (",", *DASHES) and first - 2 in names.persons
    return (closed or begins) and not another  # not "the nominee, Ms. Reyes said"


def _of_several(w: Words, mention: NameMention, names: Names) -> Fact | None:
    """The role that a plural before a list of names states of each: "police officers Ann Lee, Bo Orr and Cy Reyes"."""
    start = mention.start
    while start > 1 and (start - 1 in names.persons or w.low[start - 1] in ("and", ",")):
        start -= 1
    if start not in names.persons and start != mention.start:
        return None
    return _ending_at(w, start, names, plural=True)


def _ending_at(w: Words, end: int, names: Names, *, plural: bool = False) -> Fact | None:
    """The description that ends before word `end`: "Kremlin spokesman |", "the director of the Oxbow Trust |"."""
    for head in range(end - 1, max(end - FAR_BACK, -1) if not is_closed(w.low[end - 1]) else end, -1):
        if w.sentences[head] != w.sentences[end - 1] or w.words[head] in (",", ";", "”", "“", "(", ")"):
            return None
        noun, direct = singular(w.low[head]) or w.low[head], head == end - 1
        if not is_role_noun(noun) or not (direct or (w.low[head + 1] in LINKS | TOPICS | PLACES and not plural)):
            continue
        first = _chunk_start(w, head, names)
        first -= 2 * (w.low[first - 2 : first] == ["one", "of"])
        before = w.low[first - 1] if first and w.sentences[first - 1] == w.sentences[first] else "."
        if "by" in w.low[head:end] or _acts(w, head, noun):
            continue
        begins = w.low[first] in DETERMINERS or (is_closed(before) and before not in LINKS)
        apart = w.words[end] in (",", *DASHES)
        if not begins and (apart or not (direct or is_capital(w.words[head]))):
            continue  # "Acme names successor, Ann Reyes"
        said = description(w, first, end, names=names, plural=plural)
        if said is not None and said.end == end and said.plural == (plural or w.low[first] == "one"):
            return said
    return None


def _chunk_start(w: Words, head: int, names: Names) -> int:
    """Where the words begin that say which role it is whose noun is `head`, and who has it: "Malaysia's | minister"."""
    first = head
    while first > 0 and head - first < 8:
        if _joins(w, first - 1, first):
            first -= 1
        elif w.low[first - 1] in ("and", "&") and (begin := _coordinated(w, first - 1, head, names)) is not None:
            first = begin
        else:
            break
    last = first
    while last < head and is_capital(w.words[last]) and not of_role(w.low[last]):
        last += 1
    first = name_start(w, last) if last > first else first  # "Party for Socialism and | Liberation candidate"
    if first > 1 and w.low[first - 1] == OWNS:
        named = name_start(w, first - 1)
        owner = first - 2
        while owner > 0 and not is_closed(w.low[owner - 1]) and w.sentences[owner - 1] == w.sentences[head]:
            owner -= 1
        if named < first - 1:
            first = named
        elif w.low[owner - 1] in DETERMINERS:
            first = owner  # "the city council's | deputy leader"
    return first - (first > 0 and w.low[first - 1] in DETERMINERS)


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


def _owned(w: Words, owns: int, names: Names) -> list[Fact]:
    """The organization or the country that has somebody: "NBC's Lester Hole"; a person's name is no affiliation."""
    named = name_start(w, owns)
    name = w.between(named, owns) if named < owns else ""
    is_one = name in names.places or (len(name) > 1 and name.isupper()) or is_body(w, named, owns, names)
    return [Fact((), (named, owns), BESIDE, named)] if name and is_one else []


def _acts(w: Words, i: int, noun: str) -> bool:
    """Whether what may be a noun is a verb: "will host Ms. Reyes", "continues to hammer Ms. Reyes"."""
    before = w.low[i - 1] if i and w.sentences[i - 1] == w.sentences[i] else ""
    return not is_capital(w.words[i]) and (before in MODALS or (before == "to" and not is_listed(noun)))


def _joins(w: Words, i: int, after: int) -> bool:
    """Whether word `i` belongs to the role whose words begin at `after`."""
    low = w.low[i]
    if w.sentences[i] != w.sentences[after] or is_closed(low):
        return False
    if not is_capital(w.words[i]) and (is_anybody(low) or w.low[after] in FORMER or _acts(w, i, low)):
        return False  # "his colleague | Professor Reyes", "during the election | former leader Reyes"
    modifies = low in words("speakers/role_modifiers")
    if (low.endswith("ed") and not modifies and "-" not in low) or (
        low.endswith("ing") and not modifies and not is_role_noun(w.low[after])
    ):
        return False
    if is_capital(w.words[after]) and not is_capital(w.words[i]):
        return modifies or is_role_noun(low) or low.startswith(("then-", "ex-"))
    return not (w.opens_sentence(i) and w.words[i] in words("text/sentence_starters"))


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
        return [_stated(w, attrs.evolve(said, affiliation=(behind, close)) if named else said)]
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
    return None if said is None else (_stated(w, said), said.end)


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
    return _stated(w, said) if said is not None and is_listed(w.low[said.head]) else None
