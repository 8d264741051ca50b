"""Whether words are a part that somebody plays, or were made up for who is said to have spoken them."""

from __future__ import annotations

from quotebank.bank.embedding import Frame
from quotebank.bank.framing_words import POSSESSIVE, is_of, stems_of
from quotebank.comparing import Words

WRONGLY = frozenset({"falsely", "wrongly", "mistakenly", "erroneously", "incorrectly"})
ACTING = frozenset({"playing", "plays", "portraying", "portrays", "starring", "acting"})
REACH = 20  # words from "put" to "in the mouth of"


def is_played(frame: Frame) -> bool:
    """Whether who speaks is a part in a play: "the President, played by Dee Tan, says", "his Ann Lee says"."""
    w = frame.words
    first = min(frame.source, default=len(w) - 1)
    if w.keys[first] in POSSESSIVE and not w.quoted[first] and w.names[first + 1 : first + 2] == (True,):
        return True
    acting = next((i for i in range(frame.start, frame.first) if w.keys[i] in ACTING and not w.quoted[i]), None)
    if acting is not None and any(w.stems[i] in stems_of("staged") for i in range(frame.start, frame.first)):
        return True  # "on stage Ann Lee, playing a baker's wife, says"
    behind = max((i for i in frame.source if w.sentences[i] in (w.sentences[k] for k in frame.own)), default=-1) + 1
    if not behind or w.keys[behind : behind + 1] not in (["played"], ["portrayed"]) or w.quoted[behind]:
        return False
    clause = [i for i in range(behind, len(w)) if w.clauses[i] == w.clauses[behind]]
    apart = w.clauses[behind] != w.clauses[behind - 1]
    return apart and any(w.keys[i] == "by" and (i == behind + 1 or w.keys[behind + 1] == "with") for i in clause)


def is_made_up(w: Words, at: int) -> bool:
    """Whether a word says that words are invented: "made up a statement", "was falsely credited with"."""
    if w.keys[at] in WRONGLY:
        return any(is_of(w, k, "attributing") or is_of(w, k, "quoting") for k in range(at + 1, min(at + 4, len(w))))
    making = w.keys[at] in ("made", "make", "makes", "making", "dreamed", "cooked") and w.keys[at + 1 : at + 2] == [
        "up"
    ]
    if w.keys[at] == "mouth" and at > 1 and w.keys[at - 2] in ("in", "into"):
        return any(w.keys[k].startswith("put") for k in range(max(at - REACH, 0), at))
    return making and any(is_of(w, k, "quotation") or is_of(w, k, "report") for k in range(at + 2, min(at + 6, len(w))))
