"""Whether words are a part that somebody plays, or were made up for who is said to have spoken them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quotebank.bank.embedding import Frame
from quotebank.bank.framing_words import POSSESSIVE, is_of, stems_of
from quotebank.comparing import Words
from quotebank.records import Claim, Speaker

WRONGLY = frozenset({"falsely", "wrongly", "mistakenly", "erroneously", "incorrectly"})
ACTING = frozenset({"playing", "portraying"})
PICTURING = frozenset(
    {
        "picture",
        "pictures",
        "pictured",
        "picturing",
        "imagine",
        "imagines",
        "imagined",
        "imagining",
        "envisage",
        "envisages",
    }
    | {"dream", "dreams", "dreamed", "dreamt", "dreaming", "fantasise", "fantasises", "fantasize", "fantasizes"}
)
TIMES = frozenset({"day", "moment", "time", "world", "scene", "hour", "morning", "evening", "future"})
LIKENESSES = frozenset(
    {"caricature", "effigy", "puppet", "statue", "likeness", "impression", "impersonation", "cartoon"}
)
LIKENESSES |= {"impersonator", "impressionist", "avatar", "hologram", "waxwork", "mannequin", "lookalike", "dummy"}
STAGED = r"production|revival|play|drama|film|staging|musical|opera|pantomime|adaptation|sitcom|comedy|series|show"
# "In the dream that she describes, her late editor leans over the desk."
DREAM = regex.compile(
    r"(?:In|During) (?:the|a|an|her|his|my|one|this|that)(?: \p{Ll}+)? (?:dream|nightmare|daydream)\b"
)
# "In my head the judge leaned over and said"
IN_MIND = regex.compile(
    r"\b[Ii]n (?:my|his|her|our|their) (?:head|mind|imagination|dreams?|fantas(?:y|ies)|daydreams?)\b"
)
# "As the tyrant in the spring revival, Ann Lee is terrifying."
PART = regex.compile(rf"(?:As|Playing) (?:the|a|an) [^,.]{{1,40}} (?:in|of) [^,.]{{0,40}}\b(?:{STAGED})\b")
SPOOF = regex.compile(
    r"\b(?:our|this) (?:\p{Ll}+ )?(?:spoof|satirical|parody) "
    r"(?:column|page|site|section|piece|story|article|post|diary)\b"
    r"|\b(?:column|page|section|diary) of (?:made-up|invented|spoof|satirical)\b"
    r"|\bthis (?:article|story|page|piece|column|post) is (?:a |an )?(?:satire|satirical|spoof|parody|fiction|joke)\b",
    regex.IGNORECASE,
)
SENTENCE_END = regex.compile(r"[.!?…][”\"’')]?\s+(?=[\p{Lu}“\"‘«])")
OPENING = ' \n\t“"‘«'
SCENE = 300  # code points before a sentence in which the one before it is looked for
AHEAD = 4  # words from "picture" to "day when"
FAR_LIKE = 4  # words before a source in which "like that of" stands
REACH = 20  # words from "put" to "in the mouth of"


def is_played(frame: Frame, speaker: Speaker | None) -> bool:
    """Whether who speaks is a part in a play: "the President, played by Dee Tan, says", "his Ann Lee says".

    Or in what somebody pictures: "I picture the day when Ann Lee gets up and says".
    """
    w = frame.words
    source = sorted(frame.source)
    if not source or speaker is None:
        return False
    if _is_daydream(frame, source[0]) or _is_likened(frame, source):
        return True
    named = w.text[w.starts[source[0]] : w.ends[source[-1]]].partition(" ")[2]
    if w.keys[source[0]] in POSSESSIVE and not w.quoted[source[0]] and named == speaker.name:
        return True  # "his Ann Lee"
    acting = (i for i in range(source[0], frame.first) if w.keys[i] in ACTING and w.keys[i + 1] in ("a", "an", "the"))
    if any(w.keys[i].endswith("s") for i in frame.own) and any(not w.quoted[i] for i in acting):
        return any(w.stems[i] in stems_of("staged") for i in range(frame.start, frame.first))
    behind = max((i for i in frame.source if w.sentences[i] in (w.sentences[k] for k in frame.own)), default=-1) + 1
    if not behind or w.keys[behind : behind + 1] not in (["played"], ["portrayed"]) or w.quoted[behind]:
        return False
    clause = [i for i in range(behind, len(w)) if w.clauses[i] == w.clauses[behind]]
    apart = w.clauses[behind] != w.clauses[behind - 1]
    return apart and any(w.keys[i] == "by" and (i == behind + 1 or w.keys[behind + 1] == "with") for i in clause)


def is_of_fiction(text: str, claim: Claim, start: int) -> bool:
    """Whether an article says of itself that it is made up, or the sentence before `start` tells of a dream or play.

    In a play somebody "roars" or "tells her"; "she says" may be the actor.
    """
    if SPOOF.search(text) is not None:
        return True
    before = text[max(start - SCENE, 0) : start].rpartition("\n\n")[2].rstrip(OPENING)
    begins = [m.end() for m in SENTENCE_END.finditer(before)]
    scene = before[begins[-1] if begins else 0 :]
    if DREAM.match(scene) is not None:
        return True
    source = claim.source[0].start if claim.source else start
    if IN_MIND.search(text, min(start, source) - len("In my imagination "), source + len("my head ")) is not None:
        return True
    cue = " ".join(span.slice(text) for span in claim.cue).casefold()
    return cue.endswith("s") and cue not in ("says", "is", "was") and PART.match(scene) is not None


def _is_daydream(frame: Frame, source: int) -> bool:
    """Whether who speaks does so in what somebody only pictures: "imagine the day when | Ann Lee gets up and says"."""
    w = frame.words
    if source - 2 < frame.start or w.keys[source - 1] not in ("when", "where") or w.keys[source - 2] not in TIMES:
        return False
    near = range(max(source - 2 - AHEAD, frame.start), source - 2)
    return any(w.keys[i] in PICTURING and not w.quoted[i] and i not in frame.content for i in near)


def _is_likened(frame: Frame, source: Sequence[int]) -> bool:
    """Whether a source is only like somebody: "a voice like that of Ann Lee", "a caricature of Ann Lee"."""
    w = frame.words
    if any(w.keys[i] in LIKENESSES and w.keys[i + 1] == "of" and not w.quoted[i] for i in source[:-1]):
        return True
    near = range(max(source[0] - FAR_LIKE, 0), source[-1])
    near_it = (i for i in near if w.clauses[i] == w.clauses[source[0]] and not w.quoted[i] and i not in frame.content)
    return any(w.keys[i : i + 3] == ["like", "that", "of"] for i in near_it)


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
