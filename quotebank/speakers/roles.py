"""Roles and affiliations that the text states beside a name: titles, descriptions, appositives, clauses, brackets."""

from __future__ import annotations

import attrs
import regex

from quotebank.speakers.name_mentions import LONGEST_ALIAS, is_alias
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
    TRAILERS,
    Fact,
    chunk_end,
    description,
    objects,
)
from quotebank.speakers.organization_name_bounds import name_start, organization_end
from quotebank.speakers.role_chunks import MINISTERS, STATED_FOR, Names, begins_team, is_body
from quotebank.speakers.role_nouns import FORMER, is_anybody, is_honorific, is_listed, is_role_noun, of_role, singular
from quotebank.speakers.titles import OF_THE_AIR
from quotebank.speakers.whole_names import NameMention
from quotebank.text import DASHES, OWNS, Words, groups, is_capital, is_closed, words

__all__ = ["BEFORE", "BESIDE", "BRACKET", "CLAUSE", "ELSEWHERE", "MEMBER", "READ", "TITLED"]
__all__ += ["Fact", "as_described", "facts"]

PARTY_PLACE = regex.compile(r"(?:[RDI]|Rep|Dem|Ind|Con|Lab|Lib)\.?(?:[-–/,]\s*\p{L}.*)?$")
POINTING = frozenset({"this", "that", "these", "those"})
PARTS_OF_RANKS = frozenset({"rear", "associate", "assistant", "adjunct"})  # "Rear Admiral", "Associate Professor"
REVEREND = frozenset({"rev", "revd", "reverend"})
POSSESSIVES = frozenset({"his", "her", "their", "its"})
HEADS = frozenset({"runs", "leads", "heads", "chairs"})
POSTS = frozenset({"post", "role", "position", "job", "seat"})
SUBJECTS = frozenset({"they", "we", "you", "i"})
COPULAS = frozenset({"is", "was", "became", "remains"})
BEFORE_VERBS = frozenset({"has", "had", "also", "now", "been", "recently", "previously", "once", "currently", "later"})
MEMBER = regex.compile(r"[RDI]-\p{Lu}")
WORKS = frozenset({"of", "from", "at", "with"})
STOPS = frozenset({",", ";", ".", ":", ")", "?", "!", "…", *DASHES})
ENDS = STOPS | {"(", "”", '"', "’", "''", "and"}
MODALS = frozenset({"will", "would", "can", "could", "may", "might", "must", "shall", "should", "did", "does", "not"})
CREDITED = frozenset({":", "/"})  # "Bo Lee (Credit: AP/Ann Orr)"
LEAVING = frozenset({"resigned", "down", "quit", "retired", "fired", "sacked", "ousted", "dismissed", "replaced"})
OVER = frozenset({"was", "were", "formerly", "previously"})
FAR_WAS = 6  # words from "was" to "to be Speaker"
FAR_BACK = 16
LONGEST_BRACKET = 4  # words of a party in brackets
LONGEST_LIST = 60  # words of names that one role is stated for


def facts(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """What the words beside a person's name state, surest first."""
    title = mention.first - 1
    thought_of = 0 < mention.start <= title and w.low[mention.start - 1] in ("a", "an")  # "under a President Reyes"
    found = [*(() if thought_of else _before(w, mention, names)), *_behind(w, mention, names)]
    if mention.start <= title and not thought_of and w.low[title].rstrip(".") in words("speakers/role_titles"):
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
    return attrs.evolve(said, place=place, owner=said.at if w.low[said.at] in POSSESSIVES else None, noun=noun)


def _before(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """What stands in front of a name states of it.

    "Kremlin spokesman Ann Reyes", "the director of the Oxbow Trust, Ann Reyes", "The Minister (Ann Reyes)", "his
    manager, known as Flint", "police officers Bo Orr and Ann Reyes".
    """
    found: list[Fact] = []
    end = mention.first
    while end and (is_honorific(w.low[end - 1]) or _follows_role(w, end - 1) or _is_taught(w, mention, end - 1)):
        if office(w, end - 1) and is_capital(w.words[max(end - 2, 0)]):
            break  # "the Danish King Karl"
        end -= 1 + (w.low[end - 2] in PARTS_OF_RANKS)  # "astronomer Dr Ann Reyes", "spokesman Rear Adm. Bo Lee"
    if end == 0 or w.sentences[end - 1] != w.sentences[mention.first]:
        return []
    if w.low[end - 1] in ("elder", "younger") and w.low[max(end - 2, 0)] == "the":
        return []  # "the elder Reyes"
    if w.low[end - 1] == OWNS:
        return _owned(w, end - 1, names)  # "NBC's Ann Lee", "Denmark's Queen Ann"
    start = _before_reverend(w, mention)
    if start and w.words[start - 1] in (",", *DASHES):
        said = _ending_at(w, start - 1, names)
        if said is not None and _stands_apart(w, said, mention):
            found.append(_stated(w, said, BEFORE))
    ranked = mention.start > 0 and w.low[mention.start : mention.start + 2] in OF_THE_AIR
    if ranked and (post := _ending_at(w, mention.start, names)) is not None:
        return [_stated(w, post)]  # "Chief of Defence Staff | Air Marshal Bo Lee"
    if is_alias(w, start):
        told = (description(w, i, start, names=names) for i in range(max(start - LONGEST_ALIAS, 0), start))
        said = next((fact for fact in told if fact is not None and not is_capital(w.words[fact.head])), None)
    else:
        said = _ending_at(w, end - (w.words[start - 1 : start] == ["("]), names) or _of_several(w, mention, names)
    if said is not None and said.at and w.low[said.at - 1] in POINTING:
        said = None  # "The life of this citizen Reyes depends on you"
    if said is not None and said.role:
        said = attrs.evolve(said, role=_without_others(w, said.role))
    addressed = said is not None and w.low[said.head].rstrip(".") in REVEREND
    ranked = said is not None and said.head == said.at >= mention.start and office(w, said.head) == ""
    addressed = addressed or ranked  # "the interior minister, | Gen. Bo Lee"
    return found if said is None or (found and addressed) else [*found, _stated(w, said)]


def _without_others(w: Words, role: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """A role without another one or a verb: "both the mayor and | Governor Ann Lee", "they eye | captain Lee"."""
    (first, end), *rest = role
    if "both" in w.low[max(first - 2, 0) : first] and "and" in w.low[first:end]:
        return ((end - w.low[first:end][::-1].index("and"), end), *rest)
    verb = end - first > 1 and first > 0 and w.low[first - 1] in SUBJECTS and w.words[first].islower()
    return ((first + verb, end), *rest)


def _is_taught(w: Words, mention: NameMention, i: int) -> bool:
    """Whether a word before a name is a title that only the text knows for one: "deputy mayor | Cr | Ann Lee"."""
    return mention.start <= i < mention.first and not is_role_noun(w.low[i])


def _before_reverend(w: Words, mention: NameMention) -> int:
    """Where a name begins with the forms of address before it: "the Bishop of Oxbow, | the Rt Rev Dr Ann Lee"."""
    first = mention.first
    while first and (w.low[first - 1].rstrip(".") in REVEREND or is_honorific(w.low[first - 1])):
        first -= 1
    if REVEREND.isdisjoint(low.rstrip(".") for low in w.low[first : mention.first]):
        return mention.start
    return first - (w.low[first - 1 : first] == ["the"])


def _follows_role(w: Words, title: int) -> bool:
    """Whether a title that is no office stands behind a noun for a post, which is then the role.

    "spokesman | Rear Adm. Ann Lee", "Finance Minister | Gen. Bo Lee"; not "Secretary General Ann Lee".
    """
    rank = w.low[title].rstrip(".")
    titled = office(w, title) == "" and rank in words("speakers/role_titles") and is_capital(w.words[title])
    before = title - 1 - (w.low[title - 1] in PARTS_OF_RANKS)
    noun = w.words[before] if before >= 0 else ""
    says_more = noun.islower() and is_listed(noun) and noun not in words("speakers/relations") | {"colleague"}
    posted = noun.lower() in STATED_FOR | MINISTERS and rank not in TRAILERS
    return titled and (says_more or posted or _follows_role(w, before))


def _stands_apart(w: Words, said: Fact, mention: NameMention) -> bool:
    """Whether a description before a comma tells of the name behind it: "Syria's foreign minister, Walid Reyes"."""
    if w.low[said.at - 1] in POINTING:
        return False  # "The life of this citizen, Mr. Reyes, depends on you"
    closed = mention.end >= len(w) or w.words[mention.end] in ENDS
    begins = w.opens_sentence(said.at) or w.low[said.at - 1] in ("now", "once", "currently")
    bare = said.head == said.at and is_capital(w.words[said.head]) and not w.opens_sentence(said.head)
    if bare and w.low[said.head].rstrip(".") not in words("speakers/role_titles"):
        return False  # "According to Gawker, Ms. Reyes"
    return closed or begins  # not "the nominee, Ms. Reyes said"


def _of_several(w: Words, mention: NameMention, names: Names) -> Fact | None:
    """The role that a plural before a list of names states of each: "police officers Ann Lee, Bo Orr and Cy Reyes"."""
    start = mention.start
    while max(mention.start - LONGEST_LIST, 1) < start and (
        start - 1 in names.persons or w.low[start - 1] in ("and", ",", "(", ")") or w.words[start - 2] == "("
    ):
        start -= 1
    if start not in names.persons and start != mention.start:
        return None
    if w.sentences[start - 1] != w.sentences[mention.start]:
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
        if w.low[head - 1] == "in" and head > 1 and is_role_noun(w.low[head - 2]):
            continue  # "editor in | chief"
        if not direct and w.words[end - 1].islower() and w.low[end - 1].endswith("ed"):
            return None  # "a reporter of the Post contacted | Ann Reyes"
        if not is_capital(w.words[head]) and not MODALS.isdisjoint(w.low[head - 1 : head]):
            continue  # "will host Ms. Reyes"
        first = _chunk_start(w, head, names)
        first -= 2 * (w.low[first - 2 : first] == ["one", "of"])
        verb = w.low[first - 1 : first] == ["to"] and head - first == 1 and not of_role(w.low[first])
        first += verb and w.words[first].islower()  # "to send | lover Ann Reyes"
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
    last = min(w.capitals_end(first), head)
    first = (
        min(first, name_start(w, last)) if last > first else first
    )  # "Party for Socialism and | Liberation candidate"
    if first and w.low[first - 1] == OWNS:
        named = name_start(w, first - 1)
        owner = first - 2
        while owner > 0 and not is_closed(w.low[owner - 1]):
            owner -= 1
        first = named if named < first - 1 else owner  # "the city council's | deputy leader"
    return first - (first > 0 and w.low[first - 1] in DETERMINERS)


def _coordinated(w: Words, link: int, head: int, names: Names) -> int | None:
    """Where what "and" joins to a role begins: "trade | and industry minister", "Acme founder | and director"."""
    i = link - 1
    if i < 0 or i in names.persons or chunk_end(w, i, head + 1) <= head:
        return None
    while i and _joins(w, i - 1, i):
        i -= 1
    named = any(is_capital(w.words[k]) and not w.opens_sentence(k) for k in range(link - 1, head))
    both = is_listed(w.low[link - 1]) and not named  # "the minister and President Reyes" are two
    return i if both or w.low[head] in MINISTERS else None


def _owned(w: Words, owns: int, names: Names) -> list[Fact]:
    """What has somebody: "NBC's Lester Hole", "the bureau's Ann Lee"; a person's name is no affiliation."""
    named = name_start(w, owns)
    name = w.between(named, owns)
    is_one = name in names.places or name in words("speakers/parties") or is_body(w, named, owns, names)
    if w.low[owns - 1] in words("speakers/organization_nouns") and not DETERMINERS.isdisjoint(
        w.low[owns - 2 : owns - 1]
    ):
        named, is_one = owns - 1, True
    return [Fact((), (named, owns), BESIDE, named)] if named < owns and is_one else []


def _joins(w: Words, i: int, after: int) -> bool:
    """Whether word `i` belongs to the role whose words begin at `after`."""
    low = w.low[i]
    if w.sentences[i] != w.sentences[after] or (is_closed(low) and not begins_team(w, i)):
        return False
    if not is_capital(w.words[i]) and (is_anybody(low) or not MODALS.isdisjoint(w.low[i - 1 : i])):
        return False  # "the woman | Professor Reyes", "will host | former leader Reyes"
    modifies = low in words("speakers/role_modifiers") or (is_capital(w.words[i]) and not w.opens_sentence(i))
    if (low.endswith("ed") and not modifies and "-" not in low) or (
        low.endswith("ing") and not modifies and not is_role_noun(w.low[after])
    ):
        return False  # "Standard Chartered | chief executive" is one
    modifies = low in words("speakers/role_modifiers")
    if is_capital(w.words[after]) and not is_capital(w.words[i]):
        another = low in words("speakers/relations") or low == "colleague"  # "his colleague | Professor Lee"
        return modifies or (is_role_noun(low) and not another)
    opens = w.opens_sentence(i) or w.words[i - 1] in DASHES
    return not (opens and w.words[i] in words("text/sentence_starters"))


def _behind(w: Words, mention: NameMention, names: Names) -> list[Fact]:
    """What follows a name states of it: "of Y", "(R-Ohio)", ", the director of Y,", "is the director of Y"."""
    found: list[Fact] = []
    at, limit = mention.end, w.sentence_end(mention.first)
    whole = mention.end - mention.start > 1  # not "Reyes at a forum"
    title = office(w, mention.first - 1) if mention.start < mention.first else ""
    while at < limit and len(found) < 4:
        mark, first, stop = w.words[at], at + 1, limit
        told: tuple[Fact | None, int] | None
        if mark == "(":
            stop = next((i for i in range(first, min(at + 12, limit)) if w.words[i] == ")"), at)
            told = _told(w, first, stop, names, held=True) if first < stop else None
            told = (told[0] if told else None, stop + 1) if stop > at else None
        elif mark in (",", *DASHES):
            of, *doing = w.words[first : first + 2] or [""]
            accused = of == "of" and any(word.islower() and word.endswith("ing") for word in doing)  # "of keeping it"
            told = None if accused else _told(w, first, limit, names) if first < limit else None
        elif mark in WORKS and at == mention.end and (mark == "of" or whole):
            told = _told(w, at, limit, names, title=title)
        else:
            said = _clause(w, at, limit, names) if at == mention.end else None
            if said is not None and said.affiliation is not None and w.low[said.at] == "the":
                found.append(attrs.evolve(said, place=CLAUSE))
            break
        if told is None:
            break
        fact, end = told
        if fact is not None:
            found.append(fact)
        if any(i in names.persons for i in range(at, end)):
            break  # "Reyes, sister of Bo Lee, a Labour candidate"
        at = end
    return found


def _told(
    w: Words, first: int, limit: int, names: Names, *, held: bool = False, title: str | None = None
) -> tuple[Fact | None, int] | None:
    """What a piece behind a name states and where it ends; no fact where an age stands there; None where nothing fits.

    The piece is `held` in brackets, or stands right behind the name with its `title`, or behind a comma.
    """
    word, low = w.words[first], w.low[first]
    end = first + 1 + (low in ("age", "aged"))
    if (word.isdigit() or end > first + 1) and end < limit:
        return (None, end) if w.words[end] in STOPS else None
    end = limit if held else w.capitals_end(first + 1)
    if (held or MEMBER.match(word)) and PARTY_PLACE.match(w.between(first, end)):
        return Fact((), (first, end), BRACKET, first), end
    if low == "who":
        clause = _clause(w, first + 1, limit, names)
        return (clause, limit) if clause is not None else None
    acts = low == "then" and w.low[first + 1].endswith("ed")  # "Lee, an accountant, then contacted Acme's controller"
    if low in COPULAS or acts:
        return None  # "Reyes, mayor under Bo Lee, became Ohio's first governor"
    body = words("speakers/any_organization") | words("speakers/organization_nouns")
    if low == "whose" and first + 2 < limit and w.low[first + 1] in body and is_capital(w.words[first + 2]):
        end = min(organization_end(w, first + 2), limit)  # "whose company, Acme, …", "whose firm Acme sells salt"
        return Fact((), (first + 2, end), BESIDE, first), limit
    if (title is not None or low in ("of", "from", "for")) and first + 1 < limit:  # an organization, or a home town
        sure = title is not None and low == "of"
        _, end, named = objects(w, first, limit, title or "", names, of_name=True, sure=sure)
        if named is None:
            return None, end
        return Fact((), named, BESIDE, named[0]), end
    said = description(w, first, limit, names=names)
    if said is not None and (not held or is_listed(w.low[said.head])):
        return _stated(w, said), said.end
    told = is_honorific(word) or low in ("née", "nee", "formerly", "born")
    party = (
        held and not told and limit - first <= LONGEST_BRACKET and is_capital(w.words[limit - 1]) and not word.isupper()
    )
    party = party and CREDITED.isdisjoint(w.words[first:limit])
    comma = next((i for i in range(first, limit - 1) if w.words[i] == ","), limit)
    placed = w.between(comma + 1, limit) in names.all_places if comma < limit else False
    return (Fact((), (first, comma if placed else limit), BRACKET, first), limit) if party else None


def office(w: Words, title: int) -> str:
    """The office that a title stands for, in lower case; empty where it is held for no place."""
    low = w.low[title].rstrip(".")
    same = groups("speakers/same_roles").get(low, frozenset({low}))
    return min(same & (words("speakers/offices") | MINISTERS), default="")


def is_over(w: Words, at: int) -> bool:
    """Whether a clause states at word `at` what somebody was, and may not be now: "who was | a judge for 17 years"."""
    before = at - (at > 1 and w.low[at - 1] in DETERMINERS)
    far = 7 if w.low[before - 2] in POSTS else 4  # "resigned from her post as | a judge"
    left = w.low[before - 1] == "as" and not LEAVING.isdisjoint(w.low[max(before - far, 0) : before - 1])
    return left or over_word(w, at) is not None or w.low[before - 2 : before] == ["was", "also"]


def over_word(w: Words, first: int) -> int | None:
    """The word that says of the noun phrase in which word `first` stands that it is over: "Lee, | then | governor".

    "Who | was | a nurse", "| was | the first woman to be Speaker"; None where it has none, or is "former".
    """
    at = _phrase_start(w, first)
    before = at - (at > 1 and w.low[at - 1] in DETERMINERS) - 1
    if before > 0 and w.low[before - 1 : before + 1] in (["to", "be"], ["to", "become"]):
        near = range(before - 2, max(before - 2 - FAR_WAS, 0), -1)
        return next((i for i in near if w.low[i] in OVER and w.sentences[i] == w.sentences[first]), None)
    return before if before >= 0 and (w.low[before] in OVER or w.low[before] == "then") else None


def former_before(w: Words, first: int) -> int | None:
    """The word "former" of the noun phrase that words from `first` on end: "former | Army officer"."""
    at = _phrase_start(w, first)
    return at - 1 if at > 0 and _is_former(w, at - 1) else None


def is_past(w: Words, first: int) -> bool:
    """Whether the noun phrase in which word `first` stands states what somebody was: "resigned as Acme | boss"."""
    at = _phrase_start(w, first)
    return at > 0 and (_is_former(w, at - 1) or is_over(w, at))


def _is_former(w: Words, i: int) -> bool:
    return w.low[i] in FORMER and (w.low[i] != "then" or w.low[i - 1] in DETERMINERS or w.words[i - 1] == ",")


def _phrase_start(w: Words, first: int) -> int:
    """Where what stands before word `first` in its noun phrase begins, "former" and articles left out."""
    for i in range(first - 1, max(first - FAR_BACK, 0) - 1, -1):
        if w.words[i] in "()" or w.words[i + 1] == ")":
            continue  # "former | Oxbow Defence Force (ODF) soldier"
        inside = is_capital(w.words[i]) or of_role(w.low[i]) or (w.low[i] in LINKS and is_capital(w.words[i + 1]))
        if not inside or _is_former(w, i) or w.sentences[i] != w.sentences[first]:
            return i + 1
    return max(first - FAR_BACK, 0)


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
