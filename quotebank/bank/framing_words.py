"""The words that embed others in a sentence, by class: what says, thinks, denies, refuses, reports, is forged."""

from __future__ import annotations

from functools import cache

from quotebank.comparing import Words, stem
from quotebank.text import lines

BEING = frozenset({"is", "are", "was", "were", "be", "been", "being"})
HAVING = frozenset({"has", "have", "had", "having"})
SHOWING = frozenset({"shows", "show", "showed", "showing", "depicts", "depicting", "features"})
DOING = frozenset({"do", "does", "did"})
POSSIBLE = frozenset({"could", "might", "may", "would", "should", "will", "shall"})
HELPING = BEING | HAVING | DOING | POSSIBLE
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "your"})
DETERMINING = POSSESSIVE | {"a", "an", "the", "no", "any", "this", "that", "these", "those", "such", "to", "s"}
PREPOSITIONS = frozenset({"of", "at", "about", "on", "over", "by", "from", "with", "against", "for"})
APART = frozenset({"doctor", "doctors", "doctoral", "doctorate"})  # share a stem with "doctored", and nothing else
LONGEST_TAKEN = 4  # words from "took" to "opportunity"
TAKEN = frozenset({"took", "taken", "taking", "used", "using", "seized", "found"})  # of a chance to say something
NOUN_ENDINGS = ("er", "ers", "ment", "ments", "ssion", "ssions", "ation", "ations")
ADVERBS = frozenset(
    {"also", "almost", "once", "ever", "then", "even", "again", "just", "only", "simply", "later", "so", "thus"}
)


@cache
def stems_of(name: str) -> frozenset[str]:
    """The stems of the words of a class in `lists/framing/framing_words.txt`."""
    for line in lines("bank/framing_words"):
        label, *entries = line.split()
        if label == name:
            return frozenset(map(stem, entries))
    return frozenset()


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """The classes of each stem that has one."""
    found: dict[str, list[str]] = {}
    for label in (line.split()[0] for line in lines("bank/framing_words")):
        for one in stems_of(label):
            found.setdefault(one, []).append(label)
    return {one: tuple(labels) for one, labels in found.items()}


def classes_of(stemmed: str) -> tuple[str, ...]:
    """The classes that a stem is of, in the order of the list."""
    return _classes().get(stemmed, ())


def is_of(w: Words, at: int, name: str) -> bool:
    """Whether word `at` is of a class."""
    return 0 <= at < len(w) and w.stems[at] in stems_of(name) and w.keys[at] not in APART


def is_taken(w: Words, at: int) -> bool:
    """Whether a chance to do something was taken: "took the | opportunity to say", not "has to find the courage to"."""
    near = range(max(at - LONGEST_TAKEN, 1), at)
    return any(w.keys[i] in TAKEN and w.keys[i - 1] not in {"to"} | POSSIBLE for i in near)


def is_adverb(key: str) -> bool:
    """Whether a word may stand between a verb and what governs it: "to publicly say", "then said"."""
    return key in ADVERBS or (key.endswith("ly") and len(key) > 4)


def is_possessive(w: Words, at: int) -> bool:
    """Whether a word ends in the possessive: "Lee's", "the Lees'"."""
    behind = w.text[w.ends[at] : w.ends[at] + 2]
    return behind in ("’s", "'s") or (w.keys[at].endswith("s") and behind in ("’ ", "' ") and not w.quoted[at])


def is_noun(w: Words, at: int) -> bool:
    """Whether a word that may be a verb is a noun where it stands: "his remarks", "Lee's report", "of reports"."""
    if w.keys[at].endswith(NOUN_ENDINGS):
        return True
    if not at or w.quoted[at] != w.quoted[at - 1]:
        return False  # "“I saw her,” said Lee"
    before = w.keys[at - 1]
    if before in DETERMINING - {"to", "that"} or is_possessive(w, at - 1):
        return True
    return before in PREPOSITIONS | HAVING | {"got"} and w.keys[at].endswith("s")  # "has got states that fail"
