"""How much in the foreground a mention is, by its place in its sentence, as in Lappin and Leass (1994)."""

from __future__ import annotations

from quotebank.speakers.noun_phrases import DETERMINERS
from quotebank.speakers.role_nouns import is_person_noun
from quotebank.text import OWNS, Words, is_closed, words

SUBJECT, OWNER, OBJECT, OBLIQUE, QUOTED = 1.0, 0.75, 0.62, 0.55, 0.25
REACH = 12  # words before a name that may describe it
AFTER_SUBJECTS = frozenset(
    {"and", "but", "that", "as", "when", "while", "because", "if", "after", "before", "where", "though", "although"}
    | {"whether", "since", "until", "what", "how", "why", "than", "said", "says", "added", "adds"}
)


def prominence(w: Words, first: int, end: int) -> float:
    """How much a mention at words `first` to `end` is in the foreground, by its place in its sentence."""
    if w.quoted[first]:
        return QUOTED
    if end < len(w) and w.low[end] == OWNS:
        return OWNER
    before = first - 1
    while before >= 0 and first - before < 8 and w.sentences[before] == w.sentences[first] and _describes(w, before):
        before -= 1
    if before > 0 and w.words[before] == ",":
        before = _before_described(w, before)
    if before < 0 or w.sentences[before] != w.sentences[first] or w.low[before] in AFTER_SUBJECTS | {",", ":", "—"}:
        return SUBJECT
    return OBLIQUE if w.low[before] in words("text/closed_class") else OBJECT


def _before_described(w: Words, comma: int) -> int:
    """The last word before the description that a comma ends, where one stands there; else the comma.

    A name beside a description stands where that does: "met | the widow, Anna Bosch," "| The bank's head, Bo Lee,".
    """
    at, noun = comma - 1, False
    while at >= 0 and comma - at < REACH and w.sentences[at] == w.sentences[comma]:
        if w.low[at] in DETERMINERS:
            return at - 1 if noun else comma
        if w.low[at] not in (OWNS, "of", "for") and not _describes(w, at):
            break
        noun = noun or is_person_noun(w.low[at])
        at -= 1
    return at if noun else comma


def _describes(w: Words, i: int) -> bool:
    """Whether word `i` before a name can belong to a title or a description of it."""
    low = w.low[i]
    return not is_closed(low) and not low.endswith("ed") and low not in words("speakers/verb_forms_before_roles")
