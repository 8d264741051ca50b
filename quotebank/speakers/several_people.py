"""Phrases for several people or bodies that "they" may stand for: "the students", "Ann Reyes and Bo Lee"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from quotebank.speakers.persons import Person
from quotebank.speakers.role_nouns import is_person_noun
from quotebank.speakers.roles import POSSESSIVES
from quotebank.speakers.whole_names import NameMention
from quotebank.text import OWNS, Words, is_capital, is_closed, words

LONGEST_BEFORE = 3  # words before a noun that belong to its phrase, an article or a quantifier left aside
LONGEST_TITLE = 5  # words between two names that "and" joins
SHORTEST_OWNER = 2  # words of "Lee's"
OWN_PEOPLE = frozenset({"team", "colleagues", "family"})  # of somebody, with whom they are several
LONGEST_OTHERS = 4  # words of who is joined to a name: "and his elder brother"


def pairs(w: Words, persons: Sequence[NameMention], by_word: Mapping[int, NameMention]) -> list[tuple[int, int]]:
    """Two people joined by "and" in the narration: words of the first name through the second."""
    found = [(a.first, b.end) for a, b in pairwise(persons) if _joined(w, a, b) and not w.quoted[a.first]]
    for mention in persons:  # "Jack and Wendy Sorrell"
        i = mention.start - 1
        joined = i > 0 and w.low[i] == "and" and is_capital(w.words[i - 1]) and not w.quoted[i]
        if joined and (i - 1) not in by_word:
            found.append((i - 1, mention.end))
    return sorted(found)


def with_others(w: Words, persons: Iterable[NameMention]) -> Iterator[tuple[int, int]]:
    """Somebody by name with others who have none: "Ann Reyes and her brother", "Reyes's mother and aunt"."""
    for mention in persons:
        end = _end_of_others(w, mention.end)
        if end is not None:
            yield mention.first, end


def _end_of_others(w: Words, end: int) -> int | None:
    """Where those end of whom a name is the first, or who are its: "Ann Reyes | and her aunt", "Lee | 's team"."""
    several = w.low[end : end + 1] == ["and"]
    owned = w.low[end : end + 1] == [OWNS]
    if not (several or owned) or end + 1 >= len(w):
        return None
    for i in range(end + 1, min(end + 1 + LONGEST_OTHERS, w.sentence_end(end))):
        if is_person_noun(w.low[i]) or is_person_noun(w.low[i].removesuffix("s")):
            if several:
                return i + 1
            joined = w.low[i + 1 : i + 2] == ["and"] and is_person_noun(w.low[i + 2] if i + 2 < len(w) else "")
            return i + 3 if joined else None
        if owned and w.low[i] in OWN_PEOPLE:
            return i + 1
        if is_capital(w.words[i]) or (is_closed(w.low[i]) and w.low[i] not in POSSESSIVES):
            break
    return None


def _joined(w: Words, a: NameMention, b: NameMention) -> bool:
    """Whether "and" and at most a title stand between two names: "Ann Reyes and council member Bo Lee"."""
    return w.low[a.end : a.end + 1] == ["and"] and b.first - a.end - 1 <= LONGEST_TITLE


def plural_phrases(w: Words, by_word: Mapping[int, NameMention]) -> Iterator[tuple[int, int]]:
    """Every phrase that a plural noun for people or bodies heads, as its first word and its end, in order.

    With what stands before the noun, as far as an article or a quantifier: "many local residents".
    """
    for i in range(len(w)):
        if (i in by_word and by_word[i].type != "MISC") or not _names_several(w, i):
            continue
        follows = w.low[i + 1 : i + 2]
        if follows and follows[0] in (OWNS, "'"):
            continue
        first = i
        while first > 0 and i - first < LONGEST_BEFORE and _is_modifier(w, first - 1, i):
            first -= 1
        first += first < i and w.low[first - 1] == "to"  # "to | persuade executives"
        begins = first > 0 and w.low[first - 1] in words("speakers/quantifiers") | {"the"}
        first -= begins and w.sentences[first - 1] == w.sentences[i]
        yield _owner(w, first), i + 1


def _owner(w: Words, first: int) -> int:
    """Where who has those begins whom the words from `first` on name: "the actor's | representatives"."""
    if w.low[first - 1 : first] != [OWNS] or first < SHORTEST_OWNER:
        return first
    owner = first - 2
    while owner > 0 and first - owner <= LONGEST_BEFORE and not is_closed(w.low[owner - 1]):
        owner -= 1
    return owner - (owner > 0 and w.low[owner - 1] in ("the", "a", "an"))


def _names_several(w: Words, i: int) -> bool:
    low = w.low[i]
    if low in ("people", "men", "women", "children", "police"):
        return True
    if not low.endswith("s") or len(low) < 5:
        return False
    one = low[:-3] + "y" if low.endswith("ies") else low[:-1]
    named = w.words[i][:-1]
    return one in words("speakers/organization_nouns") or named in words("speakers/demonyms") or is_person_noun(one)


def _is_modifier(w: Words, i: int, head: int) -> bool:
    low = w.low[i]
    verb = low.endswith(("ing", "ed", "ly")) or low in words("speakers/verb_forms_before_roles")
    return w.sentences[i] == w.sentences[head] and not verb and not is_closed(low)


def in_full(persons: Sequence[Person]) -> str:
    """The full names of several persons in a row, "Ann Reyes and Bo Lee"; empty where it is one."""
    names = list(dict.fromkeys(" ".join(person.name.split()) for person in persons))
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else ""
