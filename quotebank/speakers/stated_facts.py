"""Which of the facts that an article states about somebody to give: a role and an affiliation, each with its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs
import regex

from quotebank.spans import Span
from quotebank.speakers.acronyms import full_form
from quotebank.speakers.noun_phrases import DETERMINERS, LINKS, is_land
from quotebank.speakers.organization_coreference import PLURAL, POINTING, SINGULAR, Bodies
from quotebank.speakers.organization_name_bounds import name_start, organization_end
from quotebank.speakers.role_chunks import MINISTERS, OFFICERS, PLAYERS, STAFF, STATED_FOR
from quotebank.speakers.role_nouns import FORMER, OF_A_PLACE, is_listed, of_role, singular
from quotebank.speakers.roles import BEFORE, BRACKET, ELSEWHERE, READ, Fact, is_past, over_word
from quotebank.speakers.whole_names import NameMention
from quotebank.text import OWNS, Words, is_capital, is_closed, states, words

Stated = tuple[tuple[Span, ...], tuple[Span, ...]]
"""Where a role and an affiliation are stated; no spans where none is."""
SPOKESPEOPLE = frozenset({"spokesman", "spokeswoman", "spokesperson"})
PARTS_OF_BODIES = frozenset({"division", "department", "unit", "branch", "team", "party", "programme", "program"})
POLICE_RANKS = frozenset({"constable", "con", "detective", "det", "insp", "inspector", "pc", "sergeant", "sgt"})
POLICE_RANKS |= {"superintendent", "supt", "dc", "ds", "di", "dci"}
POLICE = frozenset({"police", "constabulary", "garda", "gendarmerie"})
BEFORE_NAME = regex.compile(r"(?i:(?P<then>ex|then)-|\p{L}+-(?:based|run|led|owned|backed|funded) )(?=\p{Lu})")
"""What stands before a body's name and is no word of it: "ex-Labour leader", "Oxbow-based Acme"."""
GOVERNING = frozenset({"association", "federation", "league", "union", "committee", "tribunal"})  # of a sport
SITTING = frozenset({"mp", "msp", "mep", "td", "member", "senator", "candidate", "deputy"})
LEAVERS = frozenset({"graduate", "alumnus", "alumna", "dropout", "alum"})
LONGEST_UNNAMED = 6  # words of "the dockers' union"
DANGLING = LINKS | {OWNS, "the", "a", "an", "and", "or", "to", "on", "by"}  # what ends no name or title
LONGEST_READ = 24  # words of a role or an affiliation that the network reads


def stated_facts(w: Words, known: Iterable[Fact], bodies: Bodies, fuller: Mapping[str, NameMention]) -> Stated:
    """The role and the affiliation to state, of what is `known`: those stated together where some are, surest first."""
    known = sorted(known, key=lambda f: (f.place, f.at))
    kin = [(f.at, f.role[0][0]) for f in known if f.role and f.noun in words("speakers/relations")]
    known = [f for f in known if not any(_is_of_relative(w, f, *one) for one in kin)]
    known = [f for f in known if not _has_something(w, f) and not _is_elder(w, f)]
    known = [
        attrs.evolve(f, affiliation=None) if _is_no_body(w, f) or _is_contradicted(w, f, known) else f for f in known
    ]
    ends = {f.role[-1][1] for f in known if f.role and f.place <= BEFORE}
    stated = [f for f in known if f.role and not (f.place == READ and f.role[-1][1] in ends)]  # "Former Acme | boss"
    over = {f.noun for f in stated if f.noun and f.place <= BEFORE and _is_put_back(w, f)}
    stated.sort(key=lambda f: (f.noun is None, _is_put_back(w, f) or _is_title_of(f, over)))
    beside = [f for f in stated if f.noun and f.place <= BEFORE and (f.affiliation or _is_of_body(w, f))]
    beside = [f for f in beside if not _is_put_back(w, f)]
    read = [f for f in known if f.place == READ]
    bounded = {f: _as_read(w, f, read, bodies) for f in known}
    role = next((bounded[f] for f in [*beside, *stated] if bounded[f].role), None)
    if role is not None and _is_put_back(w, role) and not _says_former(w, role):
        over_too = (bounded[f] for f in known if _says_former(w, f) and w.low[f.role[-1][1] - 1] == role.noun)
        role = next(over_too, role)  # "stepped down as Acme | chairman": "the former Acme chairman"
    known = [bounded[f] for f in known]
    if role is not None and role.affiliation is None and role.noun == "member" and _is_bare(w, role):
        role = next((bounded[f] for f in stated if f.noun != "member"), None)  # "a member of the Oxbow people"
    named = next(_affiliations(w, role, known, bodies), None)
    if named is None and role is not None and role.noun not in words("speakers/relations"):
        named = _employer(w, role, bodies, fuller)
    if named is None:  # "the Texas lawmaker", "the Republican nominee", of a minister "the Chilean minister"
        sure = words("speakers/parties") | states().keys()
        called = {f.noun for f in known if f.role and f.noun} or words("speakers/offices")
        past = () if role is None or _is_put_back(w, role) else [f for f in known if f.role and _is_put_back(w, f)]
        said = ((f, f.affiliation) for f in known if f.affiliation is not None and f not in past)
        named = next((a for f, a in said if w.between(*a) in sure or (f.role and _again(w, f, called))), None)
    if named is None:
        told = any(f.place <= BEFORE and f.role for f in known)  # then "the Chilean president" may be somebody else
        stated_there = [f for f in [*([role] if role else []), *known] if not told or f.place <= BEFORE]
        named = next((f.origin for f in stated_there if f.origin is not None), None)
    while named is not None and w.low[named[1] - 1] in DANGLING and named[1] - named[0] > 1:
        named = (named[0], named[1] - 1)  # "director of Acme | 's “Wellbeing”", "of Cowarie Station | on the"
    role_spans = tuple(_role_spans(w, role, named)) if role is not None else ()
    role_spans = () if all(span.slice(w.text).lower() in FORMER for span in role_spans) else role_spans
    was = None if role is None or _says_former(w, role) else over_word(w, role.role[0][0])
    if was is not None and role_spans and w.ends[was] <= role_spans[0].start:
        role_spans = (w.span(was, was + 1), *role_spans)  # "who | was | a nurse"
    if named is None:
        return role_spans, ()
    if w.low[named[1] - 1] == "england" and w.low[named[1] : named[1] + 2] == ["and", "wales"]:
        named = (named[0], named[1] + 2)
    span = w.span(*_fullest(w, *named, fuller))
    before = BEFORE_NAME.match(span.slice(w.text))
    if before is None:
        return role_spans, (span,)
    then = Span(span.start, span.start + len(before["then"])) if before["then"] else None
    if then is not None and role_spans and then.end < role_spans[0].start:
        role_spans = (then, *role_spans)  # "then-Acme boss" has been boss
    return role_spans, (Span(span.start + before.end(), span.end),)


def _has_something(w: Words, fact: Fact) -> bool:
    """Whether who has a role has somebody or something, and is so another: "the former star | 's wife"."""
    end = fact.role[-1][1] if fact.role and fact.place != ELSEWHERE else len(w)
    return w.low[end : end + 1] == [OWNS]


def _is_elder(w: Words, fact: Fact) -> bool:
    """Whether a role only tells one of a family from another: "the elder Lee" is no elder of a church."""
    first, end = fact.role[0] if fact.role else (0, 0)
    alone = end == first + 1 and w.low[first] in ("elder", "senior", "junior") and w.low[first - 1] == "the"
    return alone and end < len(w) and is_capital(w.words[end])


def _is_no_body(w: Words, fact: Fact) -> bool:
    """Whether an affiliation is but where or how somebody is what they are: "UK-based", "Prize-winning"."""
    return fact.affiliation is not None and OF_A_PLACE.fullmatch(w.words[fact.affiliation[1] - 1]) is not None


def _is_contradicted(w: Words, fact: Fact, known: Iterable[Fact]) -> bool:
    """Whether two descriptions away from the name give one role in two bodies: "the Oxbow boss", "the Salt boss"."""
    if fact.place != ELSEWHERE or fact.affiliation is None or not fact.role:
        return False
    noun, body = w.low[fact.role[-1][1] - 1], w.between(*fact.affiliation)
    if noun not in OFFICERS | {"manager", "coach"}:
        return False  # "the Republican senator" may be "the Ohio senator"
    others = (f for f in known if f.place == ELSEWHERE and f.affiliation is not None and f.role)
    bodies = (w.between(*(f.affiliation or (0, 0))) for f in others if w.low[f.role[-1][1] - 1] == noun)
    return any(body not in other and other not in body for other in bodies)


def _is_bare(w: Words, role: Fact) -> bool:
    """Whether a role is its noun alone, and of what is no body: "a member | of the Oxbow people"."""
    first, end = role.role[-1]
    return len(role.role) == 1 and end == first + 1 and w.low[end : end + 1] == ["of"]


def _is_of_body(w: Words, fact: Fact) -> bool:
    """Whether somebody is described as of the body that "its" stands for: "its spokesman, Commodore Reyes"."""
    return fact.owner is not None and w.low[fact.owner] in SINGULAR


def _is_of_relative(w: Words, fact: Fact, first: int, relation: int) -> bool:
    """Whether a fact is of a relative: in "the Labour leader's wife", from word `first`, "wife" is `relation`."""
    end = max(stop for _, stop in (*fact.role, fact.affiliation or (0, 0)))
    return w.low[relation - 1] == OWNS and (first <= fact.at or end == relation - 1) and end < relation


def _again(w: Words, fact: Fact, called: Collection[str]) -> bool:
    """Whether a description elsewhere brings somebody in or is by a noun that they are `called`.

    Of others, half are somebody else's.
    """
    sure = w.low[fact.role[-1][1] - 1] in called or w.low[fact.at] in ("a", "an")  # "A career Army officer"
    return sure and fact.place == ELSEWHERE and not fact.outside


def _as_read(w: Words, fact: Fact, read: Sequence[Fact], bodies: Bodies) -> Fact:
    """A fact within the bounds that the network has `read` there, whose facts are in order.

    "AIDS" of "AIDS researcher" is no body, unless it is named as one; "PhD" no word of "University of Oxbow | PhD
    student".
    """
    if fact.affiliation is None:
        return _without_verb(w, fact, read)
    first, end = fact.affiliation
    last = max(end, *(stop for _, stop in fact.role)) if fact.role else end
    begin = min(first, *(start for start, _ in fact.role)) if fact.role else first
    read = read[bisect_left(read, begin - LONGEST_READ, key=_at) : bisect_left(read, last, key=_at)]
    parties = words("speakers/parties")
    for a, b in (f.affiliation for f in read if f.affiliation is not None and fact.place != BRACKET):
        whole = a <= first and end <= b and (w.between(a, b) in parties or w.between(first, end) not in parties)
        if whole and b - a > end - first and not w.words[a].islower() and "(" not in w.words[a:b]:  # "CSIRO | Marine"
            parts = (part for x, y in fact.role for part in ((x, min(y, a)), (max(x, b), y)))
            return attrs.evolve(fact, role=tuple((x, y) for x, y in parts if x < y), affiliation=(a, b))
    if fact.noun in STATED_FOR:
        return fact
    named, capital = bodies.by_word.get(end - 1), any(map(is_capital, w.words[first:end]))
    sure = not (fact.role and capital) or is_land(w.between(first, end)) or (named is not None and named.type == "ORG")
    sure = sure or w.between(first, end) in words("speakers/parties")
    for said in read:
        begin, stop = (end, first) if sure or not said.role else said.role[0]
        if begin <= first and end <= stop and begin <= fact.role[0][0] < stop and w.low[begin - 1 : begin] != ["and"]:
            return attrs.evolve(fact, role=said.role, affiliation=None)
        a, b = said.affiliation or (end, first)
        cut = w.low[first:a] + w.low[b:end] if first <= a < b <= end else ["campaign"]
        cut = cut if fact.role else []  # "Hunter Valley's Ann Lee"
        titled = b < end and is_listed(w.low[b])  # "Staff of the | Coast Guard | Admiral"
        if cut and (all(map(of_role, cut)) or titled) and "campaign" not in cut:
            return attrs.evolve(fact, affiliation=said.affiliation)
    return fact


def _without_verb(w: Words, fact: Fact, read: Sequence[Fact]) -> Fact:
    """A title without the small words before it that the network does not read as its: "met | bassist Ann Reyes"."""
    first, end = fact.role[0] if fact.role else (0, 0)
    if fact.place > BEFORE or end - first < 2 or w.low[fact.at] in DETERMINERS or OWNS in w.low[first - 1 : first]:
        return fact
    near = read[bisect_left(read, first, key=_at) : bisect_left(read, end, key=_at)]
    begin = next((f.role[0][0] for f in near if f.role and f.role[-1][1] == end), first)
    cut = [w.low[i] for i in range(first, begin) if not of_role(w.low[i])]
    verbs = words("speakers/verb_forms_before_roles")
    if not any(low in verbs or low.endswith(("ed", "ing", "clude", "cludes")) for low in cut):
        return fact
    return attrs.evolve(fact, role=((begin, end), *fact.role[1:]), at=begin)


def _at(fact: Fact) -> int:
    return fact.at


def _role_spans(w: Words, role: Fact, named: tuple[int, int] | None) -> Iterator[Span]:
    """The words of a role without the affiliation (`named`) that it begins with, and without the ending of a plural.

    "boss" of "Acme boss", "officer" of "officers", "Rep" of "Reps.".
    """
    several = next((end for _, end in role.role if role.plural and singular(w.low[end - 1])), None)
    field = role.noun in MINISTERS  # "Roads and Bridges Minister"
    for first, end in role.role:
        held = named is not None and named[0] == first and named[1] < end and not field
        stop = next((i for i in range(end, first + 1, -1) if w.low[i - 1] not in DANGLING), end)  # "leader | of the"
        span = w.span(named[1] if named is not None and held else first, stop)
        one = span.slice(w.text).rstrip(".").removesuffix("s") if end == several else span.slice(w.text)
        yield Span(span.start, span.start + len(one))


def _is_title_of(fact: Fact, over: Collection[str]) -> bool:
    """Whether a role is but the title of a post that is over: "Secretary" of a "former Secretary of State"."""
    first, end = fact.role[0]
    return fact.noun in over and fact.affiliation is None and len(fact.role) == 1 and end == first + 1


def _is_put_back(w: Words, fact: Fact) -> bool:
    """Whether any other role says more of somebody today: behind "former" and "was", and of who is of no body."""
    first = fact.role[0][0]
    outside = fact.outside and w.low[fact.role[-1][1] - 1].rsplit("-", 1)[-1] in words("speakers/outsiders")
    return outside or w.low[first] in FORMER or is_past(w, first) or is_past(w, fact.at)


def _says_former(w: Words, fact: Fact) -> bool:
    """Whether a role itself says that it is over: "former chairman", "ex-boss"."""
    return any(low.partition("-")[0] in FORMER - {"then"} for a, b in fact.role for low in w.low[a:b])


def _affiliations(w: Words, role: Fact | None, known: Iterable[Fact], bodies: Bodies) -> Iterator[tuple[int, int]]:
    """The words of affiliations, best first: with the role; a party and state in brackets before a party alone."""
    near = [f for f in known if f.place != ELSEWHERE]  # "the British ambassador" may be another one
    if role is not None and not _is_put_back(w, role):  # "a former Acme boss and the mayor of Kent" is of no Acme now
        bodies_of = ((f, f.affiliation) for f in near if f.affiliation is not None)
        gone = [a for f, a in bodies_of if (_is_put_back(w, f) if f.role else is_past(w, a[0]))]
        near = [f for f in near if f.affiliation is None or not _overlaps(f, gone)]
    owned = [f for f in ([role] if role else []) + near if f.affiliation is not None and not f.outside]
    bracket = next((f for f in owned if not f.role and f.place == BRACKET), None)
    first = owned[0].affiliation if owned else None
    if bracket is not None and first is not None and w.between(*first) in words("speakers/parties"):
        owned.insert(0, bracket)
    read = [f.affiliation for f in near if f.place == READ and f.affiliation is not None]
    left = [f.affiliation for f in near if f.noun in LEAVERS and f.affiliation is not None]
    owned.sort(
        key=lambda f: (
            _says_little(w, f),
            _overlaps(f, left),
            # what the network does not see is of something else
            not (f.noun in STATED_FOR or _overlaps(f, read) or _is_of_known(w, f, role, bodies)),
        )
    )
    for fact in owned:
        if fact.affiliation is not None:
            field = fact.noun in MINISTERS and is_land(w.between(*fact.affiliation))  # "German | Economy minister"
            named = fact.affiliation if field else bodies.body(*fact.affiliation)
            named = _meant(w, *fact.affiliation, bodies) if named is None else _with_beginning(w, *named)
            named = named or _as_stated(w, *fact.affiliation)
            if named is not None:
                whole = bodies.by_word.get(named[0]) if fact.place == READ else None
                cut = whole is not None and whole.type == "ORG" and whole.first < named[0] < named[1] == whole.end
                named = _whole_seat(w, named, role)
                yield (whole.first, whole.end) if whole is not None and cut else named  # "West | Oxbow University"


def _is_of_known(w: Words, fact: Fact, role: Fact | None, bodies: Bodies) -> bool:
    """Whether an affiliation is stated with the very role that is given, and is the name of a body, and of no party.

    Of "the Labour MP for Marsh" the seat is the better one.
    """
    named = bodies.by_word.get(fact.affiliation[1] - 1) if fact.affiliation is not None and fact == role else None
    of_body = named is not None and named.type == "ORG"
    return of_body and w.between(*(fact.affiliation or (0, 0))) not in words("speakers/parties")


def _whole_seat(w: Words, named: tuple[int, int], role: Fact | None) -> tuple[int, int]:
    """The whole name of a seat in a parliament: "MP for Hornsey | and Wood Green", "for Hornsey and | Wood Green"."""
    first, end = named
    if role is not None and role.noun in SITTING and w.low[first - 1] == "and":
        begin = first - 1
        while begin and is_capital(w.words[begin - 1]):
            begin -= 1
        first = begin if w.low[begin - 1] == "for" else first
    sits = role is not None and role.noun in SITTING and w.low[first - 1] == "for"
    goes_on = end + 1 < len(w) and w.low[end] == "and" and is_capital(w.words[end + 1])
    stop = w.capitals_end(end + 1) if sits and goes_on else end
    other = any(is_listed(low) for low in w.low[end : stop + 1])  # "MP for Kent | and Minister for Sport"
    return (first, stop) if stop > end and not other else (first, end)


def _overlaps(fact: Fact, others: Iterable[tuple[int, int]]) -> bool:
    """Whether a fact's affiliation stands where one of the others does."""
    first, end = fact.affiliation or (0, 0)
    return any(a < end and first < b for a, b in others)


def _meant(w: Words, first: int, end: int, bodies: Bodies) -> tuple[int, int] | None:
    """The words that name the body which "its", "the club's" or "of the airline" stands for, if it has a name.

    "The dockers' union" is one by itself.
    """
    alone = w.low[first] in PLURAL | SINGULAR
    first -= first > 0 and not alone and w.low[first] not in POINTING
    kinds = words("speakers/any_organization") | words("speakers/organization_nouns")
    owns = w.low[end : end + 1] == [OWNS] or not LINKS.isdisjoint(w.low[first - 1 : first])
    owns = alone or (owns and end - first == 2 and w.low[first] in POINTING and w.low[end - 1] in kinds)
    if w.words[end - 1] in kinds and w.low[end : end + 1] != [] and w.low[end] in SPOKESPEOPLE:  # "a company spokesman"
        meant = bodies.meant_by_noun(end - 1)
    else:
        meant = bodies.meant(first, end) if owns else None
    if meant is None:
        return None
    body = meant.candidate
    spoke = body.kind == "spoke" and all(map(is_capital, w.words[body.first : body.end]))  # "Acme", of no list
    return (body.first, body.end) if body.kind == "named" or spoke else None


def _says_little(w: Words, fact: Fact) -> bool:
    """Whether any other affiliation says more: a noun alone, the country of somebody who holds no office of it."""
    first, end = fact.affiliation or (0, 0)
    if not any(map(is_capital, w.words[first:end])):
        return True  # "the firm"
    name = w.between(first, end)
    return is_land(name) and (fact.noun or "") not in words("speakers/offices")


def _as_stated(w: Words, first: int, end: int) -> tuple[int, int] | None:
    """An affiliation's words, unless they are "company", "division", "Republic": any body may be called so."""
    common = end - first == 1 and (not is_capital(w.words[first]) or w.opens_sentence(first))
    any_body = w.low[first] in words("speakers/any_organization") or w.low[first] in PARTS_OF_BODIES
    return None if (common and any_body) or w.low[first:end] == ["republic"] else (first, end)


def _employer(w: Words, role: Fact, bodies: Bodies, fuller: Mapping[str, NameMention]) -> tuple[int, int] | None:
    """The body named last before the role of somebody who must have one: "its founder", "the chief executive"."""
    first = role.role[-1][0]
    if role.outside or w.low[role.at] in ("his", "her"):
        return None  # "a Reyes spokesman", "his spokesman" speak for somebody
    owner = role.owner if role.owner is not None and w.low[role.owner] in PLURAL | SINGULAR else None
    stop = role.at if owner is None else owner + 1
    if w.low[first - 1 : first] == [OWNS]:  # "the prime minister's official spokesman" speaks for nobody else
        kinds = words("speakers/any_organization") | words("speakers/organization_nouns")
        owner, stop = first - 3, first - 1
        if owner < 0 or w.low[owner] not in POINTING:
            return None
        if w.low[first - 2] not in kinds:  # "the gallery's director" is the Oxbow Gallery's
            before = (m for m in reversed(bodies.named) if m.first < owner)
            return next(((m.first, m.end) for m in before if w.low[first - 2] in w.low[m.first : m.end]), None)
    if owner is not None and (meant := _unnamed_before(w, owner) or _meant(w, owner, stop, bodies)) is not None:
        return meant  # "its founder", "the firm's owner"
    named = None if _is_of_another(w, role) else _named_before(w, role, bodies, owner)
    return None if named is None else _whole(w, named, role, fuller)


def _named_before(w: Words, role: Fact, bodies: Bodies, owner: int | None) -> NameMention | None:
    """The body named last before a role, or before the `owner` that stands for it, if somebody in it must have one."""
    first, end = role.role[-1]
    officer = w.low[end - 1] in OFFICERS or any(low in SPOKESPEOPLE | {"executive"} for low in w.low[first:end])
    staff = w.low[end - 1] in STAFF and words("speakers/role_modifiers").issuperset(w.low[first : end - 1])
    staff = staff and w.low[first] not in FORMER  # a festival's director is not of the body that pays for it
    if not (officer or staff or owner is not None):
        return _only_police(w, role, bodies)
    named = bodies.named_before(role.at if owner is None else owner)
    if named is not None and w.low[end - 1] in PLAYERS and w.low[named.end - 1] in GOVERNING:
        return None  # "when the Football Association decides"
    if named is None or owner is not None or w.sentences[role.at] - w.sentences[named.first] < 2:
        return named
    return named if officer and bodies.leads(named) else None


def _only_police(w: Words, role: Fact, bodies: Bodies) -> NameMention | None:
    """The police that an article names, where it names one and a role is a rank of theirs: "Det Insp Ann Lee"."""
    said = {w.low[i].rstrip(".") for first, end in role.role for i in range(first, end)}
    if said.isdisjoint(POLICE_RANKS) or not said <= POLICE_RANKS | {"chief", "senior", "acting", "deputy", "assistant"}:
        return None  # "Tax inspector"
    first = role.role[0][0]
    if first and w.words[first - 1].islower() and not is_closed(w.low[first - 1]):
        return None  # "schools | Superintendent"
    named = [m for m in bodies.named if m.end - m.first > 1 and not POLICE.isdisjoint(w.low[m.first : m.end])]
    return named[0] if len({w.between(m.first, m.end) for m in named}) == 1 else None


def _is_of_another(w: Words, role: Fact) -> bool:
    """Whether the words around a role say of whom or what it is, so that it is of no body named before.

    "head of that tribunal", "the United | boss", "Presidential Spokesman".
    """
    first, end = role.role[-1]
    links = (i for i in range(first, min(max(end, role.end) + 1, len(w) - 1)) if w.low[i] in LINKS)
    links = (i for i in links if PARTS_OF_BODIES.isdisjoint(w.low[i + 1 : i + 4]))  # "head of the division" of Acme
    phrase = any(w.low[i + 1] in DETERMINERS | {"that", "this", "those", "these", "some"} for i in links)
    before = first > 0 and is_capital(w.words[first - 1]) and not is_capital(w.words[first])
    before = before and not w.opens_sentence(first - 1)  # "Charity | boss"
    whose = not {"presidential", "opposition"}.isdisjoint(w.low[first:end])
    return phrase or whose or (before and not is_closed(w.low[first - 1]))


def _whole(w: Words, named: NameMention, role: Fact, fuller: Mapping[str, NameMention]) -> tuple[int, int] | None:
    """The whole name of a body of which a mention may be a part: "Meat | and Livestock Australia (MLA)".

    None of a government or where the role names another kind of body: "a party spokesman".
    """
    spelled = (m for m in fuller.values() if m.first <= named.first and named.end <= m.end)
    full = max(spelled, key=lambda m: m.end - m.first, default=named)
    bodies, any_body = words("speakers/organization_nouns"), words("speakers/any_organization")
    first, end = full.first, max(full.end, organization_end(w, full.first))
    if OWNS in w.low[full.end : end] or w.low[end - 1] in any_body:
        end = full.end  # "Agribusiness | company Timbercorp"
    first, end = _with_beginning(w, first, end)
    said = (bodies - any_body).intersection(w.low[role.role[-1][0] : role.role[-1][1] - 1])
    governs = w.low[end - 1] == "government"  # whose officers are said to be its
    return None if governs or not said.issubset(w.low[first:end]) else (first, end)


def _with_beginning(w: Words, first: int, end: int) -> tuple[int, int]:
    """A body's name with what stands before a part of it: "Herb and | Spice Association", "Farmers' | Association"."""
    alone = end - first == 1 and w.low[first] in words("speakers/organization_nouns")
    part = first > 1 and (w.low[first - 1] in ("and", "&") or (alone and w.low[first - 1] == OWNS))
    part = part or (alone and first > 0 and is_capital(w.words[first - 1]))
    return min(first, name_start(w, end)) if part else first, end


def _unnamed_before(w: Words, owner: int) -> tuple[int, int] | None:
    """The body without a name that the sentence before begins with: "The dockers' union met. | Its secretary"."""
    if not w.opens_sentence(owner) or not owner:
        return None
    begin = bisect_left(w.sentences, w.sentences[owner - 1])
    for i in range(begin + 1, min(begin + LONGEST_UNNAMED, owner)) if w.low[begin] in POINTING | {"a", "an"} else ():
        if is_capital(w.words[i]) or (is_closed(w.low[i]) and w.low[i] != OWNS):
            break
        if w.low[i] in words("speakers/organization_nouns") and i > begin + 1:
            return begin + 1, i + 1
    return None


def _fullest(w: Words, first: int, end: int, fuller: Mapping[str, NameMention]) -> tuple[int, int]:
    """The words that spell out the acronym of an organization, where the article does."""
    name = w.between(first, end)
    full = full_form(w, name, fuller)
    if full is None or full.type != "ORG" or w.words[full.first] == w.words[first]:
        return first, end  # "NBC" of "NBC ANCHOR"
    acronym = sum(map(str.isupper, w.words[end - 1])) > 1 or w.words[full.end : full.end + 2] == ["(", name]
    return (full.first, full.end) if acronym else (first, end)
