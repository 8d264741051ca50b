"""Whether a single capitalized word that no full name explains names a person: "Umbro said", "Ronaldo scored".

News gives a person's name in full once, so a word that stands alone throughout is as often a company, and the
network's entities take most unknown words for persons. What stands around all its mentions tells them apart: who or
which follows, a spokesman of its own, "the" or "in" before it, he or it behind it. A logistic regression, its weights
learned from news articles whose persons are listed (`training/lone_names.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log

from quotebank.speakers.noun_phrases import description
from quotebank.speakers.organization_name_bounds import HE, IT, NEXT
from quotebank.speakers.ranking import weights
from quotebank.speakers.role_nouns import is_listed, is_person_noun, singular
from quotebank.text import OWNS, Words, is_closed, is_first_name, words

PLACED = frozenset({"in", "at", "from", "near", "into"})
LINKED = frozenset({"with", "against", "to", "by", "for", "of"})
SPOKE = frozenset({"said", "says", "told", "added"})
PLURAL_VERBS = frozenset({"has", "have", "are", "were"})
TELLING = frozenset(
    {"role before", "body before", "has somebody", "age", "described", "who", "which", "spoke"}
    | {"said he", "said it", "he next", "it next"}
)
AGE = 2  # digits of an age


def is_person(w: Words, places: Sequence[tuple[int, int]], read: Mapping[str, float]) -> bool:
    """Whether a word with mentions at `places` names a person; `read` has the share that is read as each type."""
    weighed = weights("speakers/lone_name_weights")
    return sum(weighed.get(name, 0.0) * value for name, value in features(w, places, read).items()) > 0


def features(w: Words, places: Sequence[tuple[int, int]], read: Mapping[str, float]) -> dict[str, float]:
    """What the mentions of a lone name have beside them: in which share of them, or, of what tells, in any."""
    word = w.words[places[0][0]]
    found = {"always": 1.0, "mentions": log(len(places)), **{f"read {kind}": share for kind, share in read.items()}}
    beside = Counter(name for first, end in places for name in _beside(w, first, end))
    for name, count in beside.items():
        found[name] = 1.0 if name in TELLING else count / len(places)
    if is_first_name(word):
        found["first name"] = 1.0
    if singular(word.lower()) is not None:
        found["people"] = 1.0  # "Anglers"
    if any(low in words("speakers/company_name_endings") for low in _followers(w, word)):
        found["company"] = 1.0
    if word.isupper():
        found["capitals"] = 1.0
    if not word.isalpha():
        found["marks or digits"] = 1.0
    return found


def _followers(w: Words, word: str) -> Iterator[str]:
    """The words right behind every mention of a word, also where it is part of a longer name: "Whitlock | Inc."."""
    at = -1
    for _ in range(w.words.count(word)):
        at = w.words.index(word, at + 1)
        yield from (low.rstrip(".") for low in w.low[at + 1 : at + 2])


def _beside(w: Words, first: int, end: int) -> set[str]:
    """What stands before and behind one mention, in its sentence."""
    before = w.low[first - 1] if first and w.sentences[first - 1] == w.sentences[first] else ""
    apposed = before == "," and end < len(w) and w.words[end] in (",", ".", "–", "—")  # "his mother, Renata, said"
    role = w.low[first - 2] if apposed else before
    behind = [*w.low[end : min(end + NEXT, w.sentence_end(first))], "", ""]
    noun = bool(behind[0]) and not is_closed(behind[0]) and not behind[0].endswith(("ed", "s"))
    pronoun = next((low for low in w.low[end : end + NEXT] if low in HE | IT), None)
    told = {
        "placed": before in PLACED,
        "article": before in ("the", "a", "an"),
        "linked": before in LINKED,
        "role before": bool(role) and is_person_noun(role),
        "body before": before in words("speakers/organization_nouns"),
        "owns": behind[0] == OWNS,
        "has somebody": bool(behind[0]) and is_person_noun(behind[0]),
        "noun behind": noun,
        "age": behind[0] == "," and behind[1].isdigit(),
        "described": is_described(w, first, end),
        "who": "who" in (behind[0], behind[1] if behind[0] == "," else ""),
        "which": "which" in (behind[0], behind[1] if behind[0] == "," else ""),
        "spoke": behind[0] in SPOKE,
        "has": behind[0] in PLURAL_VERBS,
        "said he": behind[0] in SPOKE and not HE.isdisjoint(behind[1:4]),
        "said it": behind[0] in SPOKE and not IT.isdisjoint(behind[1:4]),
        "he next": pronoun in HE,
        "it next": pronoun in IT,
    }
    return {name for name, holds in told.items() if holds}


def is_described(w: Words, first: int, end: int) -> bool:
    """Whether a role, an age or "who" follows a name after a comma: "Renata Voss, Austria's interior minister,"."""
    if end + 1 >= len(w) or w.words[end] != "," or w.sentences[end + 1] != w.sentences[first]:
        return False
    if w.low[end + 1] == "who":
        return True  # a body is "which"
    if w.words[end + 1].isdigit():
        closed = w.words[end + 2 : end + 3]
        return closed == [","] or (closed == ["."] and len(w.words[end + 1]) == AGE)
    limit = min(end + 12, w.sentence_end(first))
    said = description(w, end + 1, limit)
    stop = said.end if said is not None else limit
    closes = stop >= limit or w.low[stop] in (",", ".", "—", ";", "who")
    if said is None or not closes:
        return False
    tells = "who" in w.low[stop : stop + 2] and is_person_noun(w.low[said.head])  # "Sukarman, the verger, who"
    return tells or is_listed(w.low[said.head])
