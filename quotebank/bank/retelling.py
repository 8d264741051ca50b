"""What makes a report of words a story that somebody else tells: "in the cook's telling", "or so he claims".

The report itself may be plain ("Lee turned and said, “…”"); an adverbial beside it or the next sentence says whose
story it is. First hand is what people tell of themselves: "by his own account", "in Lee's telling" of Lee's words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from quotebank.bank.framing_words import BEING, POSSESSIVE, is_of
from quotebank.bank.reporting_sentence import whole_sentences
from quotebank.comparing import Words, read_words
from quotebank.records import Claim
from quotebank.text import words

TELLINGS = frozenset(
    {"account", "accounts", "telling", "retelling", "version", "recollection", "recollections", "memory", "story"}
)
PLACING = frozenset({"in", "by", "from"})
OWNING = ("'s", "s'", "’s", "s’")
VIEWS = frozenset({"view", "opinion", "words", "judgment", "judgement"})
READING = frozenset({"read", "reads", "reading", "quoted", "quotes", "quoting", "recited", "recites"})
WRITTEN = frozenset(
    {
        "charge",
        "charges",
        "indictment",
        "leaflet",
        "slogan",
        "placard",
        "banner",
        "verses",
        "message",
        "messages",
        "text",
        "letter",
        "letters",
        "note",
        "e-mail",
        "email",
        "diary",
        "poem",
        "verse",
        "entry",
    }
    | {"postcard", "telegram", "tweet", "transcript"}
)
SPOKEN = frozenset({"statement", "testimony", "affidavit", "deposition", "judgment", "judgement", "will"})
POINTING = frozenset({"that", "this", "such"})
TRUSTED = frozenset({"believed", "trusted"})
TELLS = frozenset({"tell", "tells", "told", "remember", "remembers", "remembered", "recall", "recalls", "recalled"})
LEFT = frozenset({"left", "sent", "written", "wrote"})
LONGEST_BEFORE = 300  # code points of a sentence before the words that is read
NEAR = 5  # words at most from a preposition to its noun, and from what points back to what it says
LONGEST = 14  # words of a sentence that only says whose story it was


def is_retold(w: Words, zone: Sequence[int], end: int, source: Collection[int]) -> bool:
    """Whether words of a sentence around a report, or the sentence from word `end` on, make it somebody else's story.

    `source`: the words of who speaks, whose own story it may be.
    """
    mine = {w.keys[i] for i in source if w.names[i]}
    begins = min(source, default=0)
    told = (
        _is_of_a_telling(w, i, mine, begins) or _is_as_told(w, i, mine) or _is_view(w, i, mine) or _is_read_out(w, i)
        for i in zone
    )
    return any(told) or _is_handed_on(w, end, mine)


def is_read_from(text: str, claim: Claim, start: int) -> bool:
    """Whether words are read aloud, in the sentence at code point `start`, after one that has another's letter in it.

    "She unfolded the letter from her father. “…,” she read."
    """
    cue = " ".join(span.slice(text) for span in claim.cue).casefold().split()
    source = " ".join(span.slice(text) for span in claim.source)
    if cue[:1] not in (["read"], ["reads"]) or not (WRITTEN | SPOKEN).isdisjoint(read_words(source).keys):
        return False  # "Lee's message read"
    w = read_words(text[max(start - LONGEST_BEFORE, 0) : start].rstrip())
    told = [i for i in range(len(w)) if w.sentences[i] == w.sentences[-1]]
    wrote = next((i for i in told if w.keys[i] in WRITTEN | SPOKEN and not w.quoted[i]), None)
    if wrote is None:
        return False
    left = [i for i in told if wrote < i <= wrote + NEAR and w.keys[i] in LEFT]  # "the letter her father had left"
    return (
        bool(left)
        or _is_owned(w, range(max(wrote - NEAR, told[0]), wrote), ())
        or w.keys[wrote + 1 : wrote + 2] == ["from"]
    )


def _is_view(w: Words, at: int, mine: set[str]) -> bool:
    """Whether a word is a view of somebody else: "Lee said that, in the view of the hauliers, the toll is a tax"."""
    if w.keys[at] not in VIEWS or w.keys[at - 2 : at] != ["in", "the"] or w.keys[at + 1 : at + 2] != ["of"]:
        return False
    theirs = [i for i in range(at + 2, min(at + 2 + NEAR, len(w))) if w.clauses[i] == w.clauses[at]]
    return mine.isdisjoint(w.keys[i] for i in theirs)


def _is_read_out(w: Words, at: int) -> bool:
    """Whether somebody reads what another wrote: "read out the last message on it", not "read from her statement".

    Or quotes it: "quoted her rival's leaflet, “…”", not "was quoted by the letter".
    """
    if w.keys[at] not in READING or w.keys[at - 1] in BEING:
        return False
    if w.keys[at + 1 : at + 2] == ["it"]:  # "It was from a pupil, she said, and she would read it as it stood"
        return any(w.keys[i : i + 3] == ["it", "was", "from"] and not w.quoted[i] for i in range(at))
    near = [i for i in range(at + 1, min(at + 2 + NEAR, len(w))) if w.clauses[i] == w.clauses[at] and not w.quoted[i]]
    spoken = next((i for i in near if w.keys[i] in SPOKEN), None)
    if spoken is not None and _is_owned(w, range(at + 1, spoken), ()):
        return True  # "read from the widow's statement"
    wrote = next((i for i in near if w.keys[i] in WRITTEN), None)
    between = [] if wrote is None else w.keys[at + 1 : wrote]
    others = wrote is not None and _is_owned(w, range(at + 1, wrote), ())
    return others or (not {"the", "a", "one"}.isdisjoint(between) and {"own", *POSSESSIVE}.isdisjoint(between))


def _is_of_a_telling(w: Words, at: int, mine: Collection[str], begins: int) -> bool:
    """Whether a word is a telling of somebody else in an adverbial: "by one dispatcher's account".

    `begins` is the first word of who speaks.
    """
    if w.keys[at] not in TELLINGS or w.keys[at + 1 : at + 2] == ["of"]:
        return False
    near = range(max(at - NEAR, 0), at)
    place = next((i for i in reversed(near) if w.keys[i] in PLACING), None)
    return place is not None and _is_owned(w, range(place + 1, at), mine, named=begins > at and len(mine) > 1)


def _is_owned(w: Words, between: range, mine: Collection[str], *, named: bool = False) -> bool:
    """Whether a noun behind these words is somebody else's: "the cook's", "their", not "his own" nor the speaker's.

    `named`: whether the speaker is named in full behind it.
    """
    keys = [w.keys[i] for i in between]
    if "own" in keys:
        return False
    if named and not {"his", "her"}.isdisjoint(keys):  # "By her account, Bo Lee said": hardly Bo Lee's
        others = words("text/first_names_female" if "his" in keys else "text/first_names_male")
        return not others.isdisjoint(key.capitalize() for key in mine)
    owners = [w.text[w.starts[i] : w.ends[i] + 2] for i in between if w.keys[i].replace("'s", "") not in mine]
    return "their" in keys or any(mark in owner for owner in owners for mark in OWNING)


def _is_as_told(w: Words, at: int, mine: Collection[str]) -> bool:
    """Whether at a word begins who tells a report: "or so she claims", "as he tells it", "to hear him tell it"."""
    keys = w.keys[at : at + NEAR + 3]
    if keys[:2] == ["or", "so"]:
        return any(is_of(w, i, "saying") or w.keys[i : i + 2] == ["has", "it"] for i in range(at + 2, at + len(keys)))
    near = [i for i in range(at, min(at + LONGEST, len(w))) if w.sentences[i] == w.sentences[at]]
    clause = [w.keys[i] for i in near if w.clauses[i] == w.clauses[at]]
    if keys[0] == "if":
        return not TRUSTED.isdisjoint(clause) and not {"be", "can", "could", "is"}.isdisjoint(clause)
    begun = [w.keys[i] for i in near] if keys[:2] == ["to", "hear"] else clause if keys[0] == "as" else []
    ends = next((k for k, two in enumerate(pairwise(begun)) if two[0] in TELLS and two[1] in ("it", "things")), 0)
    return ends > 0 and {*mine}.isdisjoint(begun[:ends])  # "as Lee tells it" is Lee's own


def _is_handed_on(w: Words, end: int, mine: Collection[str]) -> bool:
    """Whether the sentence from word `end` on says whose story the one before is: "That is how the cook tells it"."""
    if end >= len(w):
        return False
    first, stop = whole_sentences(w, end, end)
    keys = w.keys[first:stop]
    if w.quoted[first] or len(keys) > LONGEST:
        return False
    if keys[0] == "so" and len(keys) > 2:
        return any(is_of(w, i, "saying") and w.keys[i] not in ("so", "put") for i in range(first + 1, first + NEAR))
    if keys[0] not in POINTING or BEING.isdisjoint(keys[1 : NEAR + 1]):
        return False
    if "how" in keys and not TELLS.isdisjoint(keys[keys.index("how") :]):
        return True
    telling = next((i for i in range(first, stop) if w.keys[i] in TELLINGS), None)
    return telling is not None and _is_owned(w, range(first, telling), mine)
