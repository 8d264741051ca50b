"""Descriptions of one person in what an article tells: "the Vermont senator", "the 42-year-old", "my wife"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from quotebank.speakers.acronyms import offices_in_short
from quotebank.speakers.antecedent_weighing import Nominal
from quotebank.speakers.name_mentions import is_from_there
from quotebank.speakers.noun_phrases import description, head_noun
from quotebank.speakers.organization_coreference import PAIRS
from quotebank.speakers.role_chunks import Names
from quotebank.speakers.role_nouns import is_anybody, is_listed, is_person_noun, is_role_noun
from quotebank.speakers.roles import ELSEWHERE, POSSESSIVES, Fact, as_described
from quotebank.speakers.source_phrases import without_clause
from quotebank.speakers.titles import RANK
from quotebank.text import OWNS, Words, is_capital, is_closed, words

BODIES_TOO = frozenset({"executive", "guard"})  # nouns for a person that names of bodies end with
FAR_AND = 6  # words from a list of roles to its "and"
PREDICATES = frozenset({"is", "was", "be", "being", "been", "became", "become", "becomes", "remains", "remain"})
ARTICLES = frozenset({"a", "an", "one", "another"})
DEFINITE = frozenset({"the", "that", "this"})
OWNERS = POSSESSIVES | {"my", "our"}
DETERMINERS = ARTICLES | DEFINITE | OWNERS
LONGEST = 14  # words of a description
OF_TWO = ("former", "latter")
BEHIND_ONE = frozenset({"was", "is", "had", "has", ","})  # behind "The Irishwoman"
NOBODIES = (
    "speakers/organization_nouns",
    "speakers/any_organization",
    "speakers/document_nouns",
    "speakers/plural_heads",
    "text/organization_name_words",
)
"""Lists of the nouns that are no person's."""


def nominals(w: Words, names: Names, sources: Sequence[tuple[int, int]], named: Collection[int] = ()) -> list[Nominal]:
    """Descriptions of one person in the narration: "the Vermont senator", "the 42-year-old", "my wife", "a nurse at …".

    Those that begin with a name that has somebody ("France's finance minister") count where they are a claim's source,
    as do those whose noun is not known for a person's. `named` are the words of persons' names: who is named in a
    source is not described by it.
    """
    speaking = dict(sources)
    before = [(w.words[i - 1], (i - 1, i)) for i in named if i and i - 1 not in named]
    ranks = {word: place for word, place in before if RANK.fullmatch(word) and not is_role_noun(word.lower())}
    offices = ranks | offices_in_short(w, sources)
    posts = frozenset(_posts_before_names(w, named))
    found = []
    for i, low in enumerate(w.low):
        begins = low in DETERMINERS
        if w.quoted[i] or (i and w.low[i - 1] in PREDICATES) or not (begins or i in speaking):
            continue  # "Ms. Reyes is the nominee" says something of her, and is among the facts
        titled = w.words[i] == "The" and i not in speaking and not w.opens_sentence(i)
        if titled and any(map(is_capital, w.words[i + 1 : i + 2])):
            continue  # "a copy of The Little Prince"
        if low == "the" and i + 1 < len(w) and w.words[i + 1] in offices and speaking.get(i, i + 2) == i + 2:
            role = offices[w.words[i + 1]]
            found.append(Nominal(i, i + 2, head_noun(w, *role), Fact((role,), None, ELSEWHERE, i)))
            continue
        end = speaking.get(i, len(w))
        owned = max((k + 1 for k in range(i, speaking.get(i, i) - 1) if w.low[k] == OWNS), default=i)
        if not begins and any(k in named for k in range(owned, end)):
            continue
        nominal = _nominal(w, i, end, names, posts, owned=owned > i)
        if nominal is not None and i in speaking and _is_named_behind(w, nominal.end, end, names, named):
            continue  # "the quarry's operator, | Hale SA", "a spokesman for the union, | Bo Lee"
        if nominal is None and begins and i in speaking:
            nominal = _without_noun(w, i, end) or _with_other_noun(w, i, end)
        elif nominal is None and w.opens_sentence(i) and not BEHIND_ONE.isdisjoint(w.low[i + 2 : i + 3]):
            nominal = _without_noun(w, i, i + 2)  # "The Irishwoman was calm."
        if nominal is not None:
            found.append(nominal)
    return found


def _posts_before_names(w: Words, named: Collection[int]) -> Iterator[str]:
    """The nouns for a person with a capital right before somebody's name: "District | Collector | Ann Lee"."""
    for i in named:
        at = i - 1
        while at >= 0 and at not in named and is_capital(w.words[at]) and w.sentences[at] == w.sentences[i]:
            if is_person_noun(w.low[at]):
                yield w.words[at]
            at -= 1


def _is_named_behind(w: Words, first: int, end: int, names: Names, persons: Collection[int]) -> bool:
    """Whether a comma and the name of a body or of a person end a source behind a noun that may be a person's."""
    if first + 1 < end and w.words[first] == "," and w.between(first + 1, end) in names.bodies:
        return True
    begin = end
    while begin > first and begin - 1 in persons:
        begin -= 1
    return first < begin < end and w.words[begin - 1] == ","


def _without_noun(w: Words, first: int, end: int) -> Nominal | None:
    """Somebody named by where they are from or by their place: "the 55-year-old Frenchman", "the former"."""
    end = without_clause(w, first, end)
    last = w.words[end - 1]
    known = last in words("speakers/demonyms") or last in words("speakers/nationals") or last in OF_TWO
    if w.low[first] != "the" or not (known or is_from_there(last)):
        return None
    return Nominal(first, end, w.low[end - 1], Fact((), None, ELSEWHERE, first), telling=False)


def _with_other_noun(w: Words, first: int, end: int) -> Nominal | None:
    """Somebody who speaks and whose noun may be a person's: "the mechanic", "one man selling tickets"."""
    core = without_clause(w, first, end)
    stop = next((i for i in range(first + 1, core) if is_closed(w.low[i])), core)
    head = w.low[stop - 1]
    several = head.endswith("s") or head in PAIRS
    if stop - first < 2 or is_capital(w.words[stop - 1]) or several or any(head in words(x) for x in NOBODIES):
        return None
    said = Fact((), None, ELSEWHERE, first)
    return Nominal(first, stop, head, said, w.low[first] in ARTICLES, telling=False, unsure=True)


def _nominal(w: Words, i: int, stop: int, names: Names, posts: Collection[str], *, owned: bool) -> Nominal | None:
    """The description of somebody that begins at word `i` and ends before word `stop` at the latest.

    `posts` are nouns for a person that somebody has before a name.
    """
    indefinite = w.low[i] in ARTICLES
    bare = owned or not (indefinite or w.low[i] in DEFINITE)
    limit = i + 1
    while limit < min(stop, i + LONGEST) and w.sentences[limit] == w.sentences[i] and w.words[limit] != ",":
        if w.low[limit] == OWNS and not bare:
            break
        limit += 1
    said = description(w, i, limit, names=names)
    if said is None or not said.role or ["and", "the"] in map(list, pairwise(w.low[i : said.role[-1][1]])):
        return None  # "the rift between the chancellor and the prime minister"
    member = w.words[said.head] in words("speakers/parties")
    if member and w.low[said.head + 1 : said.head + 2] == [OWNS]:
        return None  # "the Conservative's record"
    sits = w.words[said.head].isupper() and w.low[said.head] in words("speakers/role_titles")  # "the Leeds MP"
    if said.head > i and w.between(i + 1, said.head + 1) in names.bodies and not (member or sits):
        return None  # "the Scottish Executive"
    if _is_of_others(w, i, limit, said, names):
        return None
    prime = w.low[said.head - 1 : said.head + 1] == ["prime", "minister"]
    head = "premier" if prime else w.low[said.head].rstrip(".")
    if head.endswith("s") and not head.endswith("ss"):
        return None
    title = head in words("speakers/role_titles") or member or said.head - i > 1 or w.words[said.head] in posts
    if is_capital(w.words[said.head]) and not indefinite and not title:
        return None  # "The Guardian"
    end = max(said.role[-1][1], said.affiliation[1] if said.affiliation else 0)
    if not indefinite and w.low[said.head + 1 : said.head + 2] not in (["of"], ["from"]):
        end = said.head + 1
        said = description(w, i, end, names=names) or said
    if end < len(w) and is_capital(w.words[end]):
        return None  # the name follows
    owner = i if w.low[i] in POSSESSIVES else None
    owned = w.low[i] in OWNERS or (bare and OWNS in w.low[i:end])
    party = Fact((), (said.head, said.head + 1), ELSEWHERE, i)  # "the Ohio | Republican"
    fact = party if member else as_described(said, ELSEWHERE, i, owner)
    return Nominal(i, end, head, fact, indefinite, not is_anybody(head), owned)


def _is_of_others(w: Words, first: int, limit: int, said: Fact, names: Names) -> bool:
    """Whether what seems to describe one person is a body, an adjective or one of a list of posts.

    "the executive" of the Scottish Executive, "the authoritarian and hasty decisions", "The chairman, treasurer and two
    directors left", "an expert on the leadership and contributor to the paper".
    """
    head = said.head
    alone, behind = head == first + 1 and w.low[first] not in ARTICLES, w.low[head + 1 : head + 3]
    body = alone and w.low[head] in BODIES_TOO and any(name.lower().endswith(w.low[head]) for name in names.bodies)
    of_thing = alone and behind[:1] == ["and"] and not (is_listed(behind[-1]) or behind[-1] in DETERMINERS)
    listed = w.words[limit : limit + 1] == [","] and any(map(is_listed, w.low[limit + 1 : limit + 2]))
    listed = listed and "and" in w.low[limit + 2 : limit + 2 + FAR_AND]
    other = w.low[head - 1] == "and" and head > first + 2 and not is_listed(w.low[head - 2])
    return body or of_thing or listed or other
