"""Speakers that are no named person: organizations, groups, documents, and what "they" and "it" stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from quotebank.records import SpeakerType
from quotebank.speakers.acronyms import full_form
from quotebank.speakers.noun_phrases import DETERMINERS, ORIGINS
from quotebank.speakers.organization_name_bounds import named_behind, organization_end, own_name, whole_end
from quotebank.speakers.role_chunks import begins_team, countries
from quotebank.speakers.role_nouns import is_force, is_listed, is_person_noun, singular
from quotebank.speakers.whole_names import NOBLE, NameMention
from quotebank.text import OWNS, Words, is_capital, is_closed, is_first_name, words

KNOWING = frozenset({"familiar", "close", "briefed", "aware", "involved", "privy", "present"})  # behind a noun
UNNAMED = frozenset({"source", "insider", "official", "analyst", "expert"})
INDEFINITE = frozenset({"a", "an", "one", "another", "someone", "somebody"})
COUNTS = frozenset(
    {"none", "percent", "cent", "%", "number", "numbers", "share", "half", "couple", "everyone", "everybody", "nobody"}
)
NOTICES = frozenset({"statement", "statements", "release", "releases"})  # of a body: it speaks in them
INSIDE = frozenset({OWNS, "some", "all", "those", "both", "another", "two", "three", "four", "five", "six"})
ABOUT = frozenset({"only", "just", "about", "nearly", "almost", "some", "around", "over"})  # before "8%"
CAMPAIGNS = ("team", "camp")  # a candidate's campaign by another name
OF_A_COUNTRY = frozenset({"US", "U.S.", "UK", "U.K."})  # before a name of another
REACH = 3  # sentences of narration that "they" and "it" may look back over


@attrs.frozen
class Other:
    """A speaker that is no person: its name or phrase, its type, and the words `first` to `end` that named it."""

    name: str
    type: SpeakerType
    first: int
    end: int


def type_of(w: Words, first: int, end: int, by_word: dict[int, NameMention]) -> SpeakerType:
    """The type of a source that names no person, by the head of its phrase; `person` for one person described."""
    start = first
    while start < end - 1 and w.low[start] in DETERMINERS:
        start += 1
    end -= end - start > 1 and w.low[end - 1] == OWNS  # "Moody's"
    stop = max(start, min(organization_end(w, start), end - 1)) if is_capital(w.words[start]) else start
    stop = stop if is_person_noun(w.low[end - 1]) else start
    while stop < end and not (is_closed(w.low[stop]) and w.low[stop] not in INSIDE) and not _goes_on(w, start, stop):
        stop += 1
    last = max(stop - 1, start)
    last -= last > start and w.low[last] in KNOWING  # "people | familiar with the matter"
    head, before = w.low[last], w.low[last - 1] if last > start else ""
    plain = not is_person_noun(head) and not head.endswith("s") and head not in words("speakers/document_nouns")
    if before in words("text/person_nouns") and plain:
        head = before  # "a source | close to", not "its official | statement"
    if is_force(before, head):
        return "organization"
    someone: SpeakerType = "person" if w.low[first] in DETERMINERS - INDEFINITE else "anonymous"
    if _is_one(w, first, end):
        return "anonymous"
    noble = w.low[start] in NOBLE and w.low[start + 1 : start + 2] == ["of"]
    if noble or (head == "one" and last > start):
        return "person"  # "the Earl of Oxbow", "the new one"
    document = head in words("speakers/document_nouns")
    couple = _is_couple(w, first, by_word)
    if document or named_behind(w, first, end) is not None or (not couple and joins_bodies(w, first, end, by_word)):
        return "organization"
    several = head in ("group", "team", "crowd") and w.low[last + 1 : last + 2] == ["of"]
    quantified = several or not words("speakers/quantifiers").isdisjoint((w.low[first], w.low[start]))
    counted = w.low[first] in ABOUT and start == first and first + 1 < end
    quantified = quantified or (counted and w.low[first + 1] in words("speakers/quantifiers"))  # "Only three of"
    quantified = quantified and not begins_team(w, first)
    if quantified or couple or _joins_speakers(w, first, end) or _counts(w, start, end):
        return "group"
    if _is_title(w, first, last, by_word):  # "the Inspector General"
        return someone
    if is_capital(w.words[last]) and not (last == first and head in words("speakers/plural_heads")):
        return _type_of_name(w, first, start, last, by_word)
    if head in words("speakers/plural_heads") or (head.endswith("s") and not head.endswith(("ss", "us", "is", "news"))):
        return "group"
    return someone if is_person_noun(head) or w.low[first] in ("someone", "somebody") else "organization"


def _is_one(w: Words, first: int, end: int) -> bool:
    """Whether a source is one of several, or withholds the name: "one of them", "another", "anonymous, 42"."""
    one = w.low[first:end] in (["one"], ["another"]) or (w.low[first] == "one" and "of" in w.low[first:end])
    return one or w.low[first : first + 2] in (["anonymous", ","], ["name", "withheld"], ["name", "supplied"])


def _is_couple(w: Words, first: int, by_word: Mapping[int, NameMention]) -> bool:
    """Whether a first name shares the last name of the person named behind "and": "Leonie and | Max Orr"."""
    other = by_word.get(first + 2) if w.low[first + 1 : first + 2] == ["and"] else None
    alone = is_capital(w.words[first]) and first not in by_word
    return alone and other is not None and other.type == "PER" and other.end - other.first > 1


def _type_of_name(w: Words, first: int, start: int, last: int, by_word: Mapping[int, NameMention]) -> SpeakerType:
    """The type of a source whose head, word `last`, has a capital; behind determiners it begins at `start`."""
    head, mention = w.low[last], by_word.get(last)
    parties, peoples = words("speakers/parties"), words("speakers/demonyms")
    if w.words[last] in parties and is_person_noun(head):
        return "anonymous" if w.low[first] in INDEFINITE else "person"
    one_of = w.words[last] in peoples or w.words[last] in words("speakers/nationals")
    if one_of and last > first and w.low[first] == "the" and not head.endswith(("s", "ese", "ish", "ch")):
        return "person"  # "the Kenyan"
    several = w.words[last].removesuffix("s") if head.endswith("s") else ""
    of_people = several in parties or several in peoples  # "House Democrats"
    named = mention is not None and mention.type == "ORG"
    lone = last == start and mention is None and head.endswith("s") and w.opens_sentence(start)
    lone = lone and not is_first_name(w.words[last])  # "Tomas puts down his cup"
    plainly = last == start and w.opens_sentence(start) and several.lower() in UNNAMED  # not "Rangers"
    people = of_people or plainly or (not named and (lone or is_person_noun(several.lower() or "-")))
    if people and (of_people or start == last):
        return "group"
    if (
        last == first
        and mention is None
        and is_listed(head)
        and w.opens_sentence(first)
        and not w.words[first].isupper()
    ):
        return "anonymous"  # "Woman who said she was a duchess jailed"
    return "person" if last == first and is_first_name(w.words[last]) else "organization"


def _goes_on(w: Words, start: int, i: int) -> bool:
    """Whether a participle behind people tells on of them: "doctors | writing in a journal"."""
    low = w.low[i]
    return i > start and low.endswith(("ing", "ed")) and singular(w.low[i - 1]) is not None


def _is_title(w: Words, first: int, last: int, by_word: Mapping[int, NameMention]) -> bool:
    """Whether a phrase, up to its head, is an office in capitals, "the First Lady", and no name: "the Weekly Post"."""
    head, mention = w.low[last], by_word.get(last)
    if mention is not None or w.low[first] not in DETERMINERS - INDEFINITE or not is_capital(w.words[last]):
        return False
    return (head in words("speakers/role_titles") and head != "executive") or (last - first > 1 and is_listed(head))


def _counts(w: Words, start: int, end: int) -> bool:
    """Whether a phrase counts people: "52 percent of voters", "a number of teachers", "eight of 10", "no one"."""
    stop = next((i for i in range(start, end) if w.low[i] in ("of", ",", "who", "in", "at")), end)
    one = start - 1 if start and w.low[start - 1] == "one" else start  # it is a determiner too
    start += w.low[start] in ABOUT and start + 1 < end
    share = w.low[one] == "one" and w.low[one + 1 : one + 2] in (["in"], ["out"])
    counted = share or any(low in COUNTS for low in w.low[start:stop]) or w.low[start : start + 2] == ["no", "one"]
    return counted or w.low[start].rstrip("%").replace(".", "").isdigit()


def _joins_speakers(w: Words, first: int, end: int) -> bool:
    """Whether a phrase joins several speakers, before any preposition: "officials and analysts"."""
    start = first + (end - first > 1 and w.low[first] in DETERMINERS)
    whole = organization_end(w, start) if is_capital(w.words[start]) else first + 1
    for i in range(whole, end - 1):  # not the fields of "the Water, Forests and Mines Department"
        if w.low[i] == "and":
            if (
                is_capital(w.words[i - 1])
                and all(map(is_capital, w.words[i + 1 : end - 1]))
                and is_person_noun(w.low[end - 1])
            ):
                return False  # "the former Oxbow and Salt player"
            return not is_person_noun(w.low[i - 1]) or w.low[i + 1] in DETERMINERS  # "the first lady and U.S. senator"
        if (
            is_closed(w.low[i])
            and w.low[i] not in (",", OWNS)
            and w.words[i - 1 : i + 1] not in ([",", "a"], [",", "an"])
        ):
            return False  # but "a nurse, | a teacher and a cook"
    return False


def joins_bodies(w: Words, first: int, end: int, by_word: Mapping[int, NameMention]) -> bool:
    """Whether a phrase joins bodies by their names, no countries: "Apple and the Times"."""
    if not _joins_speakers(w, first, end):
        return False
    capitals = [i for i in range(first, end) if is_capital(w.words[i]) and w.low[i] not in DETERMINERS]
    named = [by_word.get(i) for i in capitals]
    lands = countries() | words("speakers/demonyms")
    small = all(is_closed(w.low[i]) or w.words[i] == "&" for i in range(first, end) if i not in capitals)
    return small and all(m is not None and m.type == "ORG" and w.words[m.first] not in lands for m in named)


def name_of(w: Words, first: int, end: int, fuller: Mapping[str, NameMention]) -> str:
    """The name of an organization in a source phrase, in the fullest form of the text; else the phrase."""
    start = first
    while start < end - 1 and w.low[start] in ("the", "a", "an"):
        start += 1
    end = next((i for i in range(start + 1, end - 2) if _is_set_off(w, i)), end)
    start += start < end - 1 and w.low[start].endswith(ORIGINS)  # "the Paris-based | think tank"
    behind = named_behind(w, first, end)
    if behind is None and (not is_capital(w.words[start]) or w.low[start] in words("text/closed_class")):
        return w.between(first, end)
    start, last = behind or own_name(w, start, end)
    if behind is None and w.low[last + 1 : last + 2] == ["of"] and last < end and not is_closed(w.low[last]):
        return w.between(
            start, next((i for i in range(last, end) if w.words[i] in ("(", ",")), end)
        )  # "Oxbow branch of"
    called = last < end and not any(is_closed(low) for low in w.low[last:end])  # by a noun behind the name
    if called and w.low[end - 1] in words("speakers/document_nouns") - NOTICES:
        return w.between(start, end)  # "the Oxbow report"
    if last == start + 1 < end and w.opens_sentence(start) and not w.words[start].isupper():  # it may be the sentence's
        last = end
    name = w.between(start, last)
    if called and w.low[end - 1] not in NOTICES and name in words("speakers/demonyms") | countries() | OF_A_COUNTRY:
        return w.between(start, end)  # "the German stock exchange", "the US military"
    full = full_form(w, name, fuller)
    return w.between(full.first, full.end) if full is not None else name


def _is_set_off(w: Words, i: int) -> bool:
    """Whether a comma sets off what a body is from its name: "Reed, Okoye & Lee, | a law firm"."""
    return w.words[i] == "," and w.low[i + 1] in ("a", "an", "the") and not is_capital(w.words[i + 2])


def fuller_names(w: Words, named: Sequence[NameMention]) -> dict[str, NameMention]:
    """The fullest name of an organization by each shorter form of it, where it is one name's alone.

    A form begins the name, or is what follows its first words: "Daily Sun" of "New York Daily Sun".
    """
    found: dict[str, NameMention | None] = {}
    by_word = {i: m for m in named for i in range(m.first, m.end)}
    for mention in named:
        if w.low[mention.end : mention.end + 1] == ["campaign"]:
            campaign = NameMention(mention.first, mention.first, mention.end + 1, "ORG")
            found.update({f"{w.between(mention.first, mention.end)} {alias}": campaign for alias in CAMPAIGNS})
        if mention.type != "ORG":
            continue
        end = whole_end(w, mention, by_word)
        whole = NameMention(mention.first, mention.first, end, "ORG")
        tails = [(i, end) for i in range(mention.first + 1, end - 1) if all(map(is_capital, w.words[i:end]))]
        heads = [(mention.first, cut) for cut in range(mention.first + 1, end)]
        for begin, cut in (*heads, *tails):
            form = w.between(begin, cut)
            other = found.get(form, whole)
            if other is not None:
                short, long = sorted((whole, other), key=lambda m: m.end - m.first)
                same = w.between(short.first, short.end) in w.between(long.first, long.end)
                found[form] = long if same else None
    return {form: mention for form, mention in found.items() if mention is not None}
