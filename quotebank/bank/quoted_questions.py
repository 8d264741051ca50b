"""Whether quoted words ask: with a mark of their own, as an echo that is asked about, or as a piece of a question."""

from __future__ import annotations

import regex

from quotebank.bank.embedding import TAG, Frame
from quotebank.bank.framing_words import HELPING
from quotebank.comparing import Words
from quotebank.records import Claim

ASKING = frozenset({"why", "how", "what", "who", "whom", "whose", "where", "which"})
ECHO = regex.compile(r"[”’\"'»]+\?")
BEGINNING = (ASKING - {"whom"}) | {"do", "does", "did"}  # first words of a question that is asked for
SUBJECTS = frozenset(  # behind a verb that begins a question
    {"there", "it", "he", "she", "we", "they", "you", "i", "the", "this", "that", "these", "those", "anyone", "anybody"}
    | {"any", "a", "an", "my", "our", "your", "his", "her", "their"}
)


def ends_as_question(frame: Frame) -> bool:
    """Whether the mark right behind the words is a question mark."""
    w = frame.words
    return "?" in w.text[w.ends[frame.last] : w.ends[frame.last] + 2]


def is_echoed(frame: Frame) -> bool:
    """Whether a question is about the quoted words, whose closing mark stands before its own: "“We quit”?"."""
    w = frame.words
    last = frame.last
    if w.keys[frame.inner] == "asked" and not w.quoted[frame.inner]:
        return True  # "Asked if he would go, Lee laughed", taken for what he laughed
    return w.quoted[frame.first] and bool(ECHO.match(w.text, w.ends[last]))


def is_asked(frame: Frame, claim: Claim) -> bool:
    """Whether words of a question are cut out of it, or told as what somebody wanted to know."""
    w = frame.words
    if claim.kind != "direct":
        return True
    if TAG.match(w.text, w.ends[frame.last]):
        return False  # "we'll look at that, won't we?"
    asked = "?" in w.text[w.starts[min(frame.content)] : w.starts[frame.first]]
    asked = asked or "?" in w.text[_ends_at(frame) : w.ends[max(frame.content)] + 2]
    if asked and w.text[_ends_at(frame) :][:1] in (".", "!"):
        return False  # "“Who are you?” she asked. “You | know my name.”", "| We are afraid. Who rules?"
    begins = frame.first == frame.inner or w.keys[frame.first] in ASKING  # "…, so | why am I paying for it?"
    return not (begins and ends_as_question(frame))


def _ends_at(frame: Frame) -> int:
    """Where the sentence of the words ends within their quotation."""
    w, last = frame.words, frame.last
    while last + 1 < len(w) and w.quoted[last + 1] and w.sentences[last + 1] == w.sentences[last]:
        last += 1
    return w.ends[last]


def is_question(text: str, words: Words) -> bool:
    """Whether a text, of which these are the words, is a question, with its mark or without."""
    keys = words.keys
    inverted = len(keys) > 1 and keys[0] in HELPING | {"can", "must"} and keys[1] in SUBJECTS
    return text.endswith("?") or keys[0] in BEGINNING or inverted
