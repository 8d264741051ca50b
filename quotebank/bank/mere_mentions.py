"""Words that a sentence holds without reporting that they were said: what was said instead of them, what they were.

"Instead of “…,” Lee said"; "Lee said “…” was a lie"; "Lee called “…” the worst line of all"; "In a draft Lee wrote".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotebank.bank.embedding import Frame
from quotebank.bank.framing_words import BEING, DETERMINING, DOING, HAVING, POSSIBLE, is_of
from quotebank.bank.result_records import Stance
from quotebank.comparing import Words
from quotebank.records import Claim

INSTEAD = (["instead", "of"], ["rather", "than"], ["far", "from"])
PLACED = frozenset({"beside", "under", "beneath", "above", "below", "against"})
NAMING = frozenset({"called", "calls", "dubbed", "dubs", "labelled", "labeled", "labels", "named", "termed", "terms"})
DRAFTS = frozenset({"draft", "drafts"})
YET = frozenset({"but", "though", "although"})
PROOFS = frozenset({"recording", "record", "evidence", "proof", "trace", "transcript", "footage", "source"})
FAR = 6  # words from "but" to "no recording"
FAR_LONGING = 5  # words from "wanted" to "to shout"
LONGING = frozenset({"longed", "longing", "itched", "itching", "ached", "aching", "yearned", "tempted", "dying"})
FINITE = BEING | HAVING | DOING | POSSIBLE | {"will", "shall", "can", "must"}


def merely_mentioned(frame: Frame, claim: Claim) -> Stance | None:
    """How quoted words stand that are only spoken of; None where they may have been said."""
    w = frame.words
    if not w.quoted[frame.first]:
        return None
    if _is_regretted(w, frame.first):
        return "not said"
    opened, closed = _quotation(w, frame.first, frame.last)
    if w.keys[max(opened - 2, 0) : opened] in INSTEAD:
        return "not said"
    begins = opened == 1 or (opened > 1 and w.sentences[opened - 1] != w.sentences[opened - 2])
    if begins and w.keys[opened - 1] in PLACED and closed + 1 not in frame.content:
        return "not reported"  # "Beside “the mosque has been good” he wrote “pass”"
    if _is_subject(frame, opened, closed) or _is_renamed(frame, opened, closed) or _is_unproved(frame, closed):
        return "not reported"
    person = claim.speaker is not None and claim.speaker.type == "person"
    before = [i for i in range(frame.start, opened) if not w.quoted[i] and i not in frame.content]
    return "possible" if person and any(w.keys[i] in DRAFTS for i in before) else None


def _quotation(w: Words, first: int, last: int) -> tuple[int, int]:
    """The first and the last word of the quotation around words."""
    while first and w.quoted[first - 1]:
        first -= 1
    while last + 1 < len(w) and w.quoted[last + 1]:
        last += 1
    return first, last


def _follows(frame: Frame, closed: int) -> str:
    """The key of the word that goes on right behind a quotation, no comma between; "" where none does."""
    w, behind = frame.words, closed + 1
    if behind >= frame.end or w.quoted[behind] or w.text[w.ends[closed] : w.starts[behind]].strip("”“\"’‘' "):
        return ""
    return w.keys[behind]


def _is_subject(frame: Frame, opened: int, closed: int) -> bool:
    """Whether a whole sentence is what something is said of: "Lee said “the roof was safe” | was a lie"."""
    w = frame.words
    told = bool(frame.own) and max(frame.own) < opened
    whole = any(w.keys[i] in FINITE for i in range(opened, closed + 1))
    return told and whole and _follows(frame, closed) in BEING


def _is_renamed(frame: Frame, opened: int, closed: int) -> bool:
    """Whether words are called something: "called “the roof was safe” | the worst line of the report"."""
    named = opened - 1 in frame.own and frame.words.keys[opened - 1] in NAMING
    return named and _follows(frame, closed) in DETERMINING


def _is_regretted(w: Words, first: int) -> bool:
    """Whether words are what somebody wishes to have said: "I wish I'd told him, ‘Stay at home’"."""
    low = max(first - FAR - 1, 0)
    wish = next((i for i in range(low + 1, first) if w.keys[i - 1 : i + 1] in (["i", "wish"], ["we", "wish"])), None)
    behind = range(first, first) if wish is None else range(wish + 1, first)
    had = any(w.keys[i] == "had" or w.keys[i].endswith(("'d", "’d")) for i in behind)
    return (had and any(is_of(w, i, "saying") for i in behind)) or _is_longed_for(w, first)


def _is_longed_for(w: Words, first: int) -> bool:
    """Whether words are what somebody tells that they wanted to say: "I wanted so badly to shout, you will pay"."""
    low = max(first - FAR - 1, 0)
    to = next((i for i in range(first - 1, low, -1) if w.keys[i] == "to" and is_of(w, i + 1, "saying")), low)
    before = [i for i in range(max(to - FAR_LONGING, low), to) if w.quoted[i]]
    longed = any(w.keys[i] in LONGING for i in before)
    badly = any(w.keys[i] == "wanted" for i in before) and any(w.keys[i] in ("badly", "desperately") for i in before)
    return to > low and (longed or badly) and w.keys[to + 2] != "you"  # "I wanted to tell you that it is over" says so


def _is_unproved(frame: Frame, closed: int) -> bool:
    """Whether nothing shows that somebody who is quoted so said it: "…, but no recording of it exists"."""
    w = frame.words
    quoted = any(w.keys[i] == "quoted" for i in frame.own)
    behind: Sequence[int] = range(closed + 1, frame.end)
    yet = next((i for i in behind if w.keys[i] in YET and not w.quoted[i]), None)
    near = w.keys[yet : yet + FAR] if quoted and yet is not None else []
    return "no" in near and not PROOFS.isdisjoint(near)
