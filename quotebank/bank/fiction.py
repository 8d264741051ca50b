"""Whether words are a part that somebody plays, or were made up for who is said to have spoken them."""

from __future__ import annotations

from collections.abc import Sequence

from quotebank.bank.embedding import Frame
from quotebank.bank.framing_words import POSSESSIVE, is_of, is_possessive, stems_of
from quotebank.comparing import Words, read_words
from quotebank.records import Speaker

WRONGLY = frozenset({"falsely", "wrongly", "mistakenly", "erroneously", "incorrectly"})
FAKED = frozenset({"fake", "faked", "bogus", "fabricated", "invented", "fictitious", "phoney", "phony"})
ACTING = frozenset({"playing", "portraying"})
PERFORMERS = frozenset(
    {"actor", "actress", "comic", "comedian", "mimic", "impressionist", "impersonator", "lookalike", "puppeteer"}
)
FAR_PERFORMER = 8  # words before "as" in which who performs is named
SPEAKING = frozenset({"speaks", "spoke", "speaking", "reads", "reading", "dressed", "performs", "performing"})
SPEAKING |= {"posing", "posed", "masquerading", "masqueraded"}
PRETENDED = frozenset({"parody", "spoof", "deepfake", "deepfaked", "impersonating", "impostor", "imposter", "hoax"})
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
STORIES = frozenset(
    {"novel", "novels", "novella", "thriller", "poem", "sonnet", "sketch", "sitcom", "musical", "opera"}
)
TIMES = frozenset({"day", "moment", "time", "world", "scene", "hour", "morning", "evening", "future"})
LIKENESSES = frozenset(
    {"caricature", "effigy", "puppet", "statue", "likeness", "impression", "impersonation", "cartoon"}
)
LIKENESSES |= {"impersonator", "impressionist", "avatar", "hologram", "waxwork", "mannequin", "lookalike", "dummy"}
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
    if _is_daydream(frame, source[0]) or _is_likened(frame, source, "".join(read_words(speaker.name).keys[-1:])):
        return True
    if any(w.keys[i - 1] == "as" and i - 1 not in frame.source and _is_imitated(frame, i, source[-1]) for i in source):
        return True
    named = w.text[w.starts[source[0]] : w.ends[source[-1]]].partition(" ")[2]
    if w.keys[source[0]] in POSSESSIVE and not w.quoted[source[0]] and named == speaker.name:
        return True  # "his Ann Lee"
    told = _is_told_by(w, source, {*read_words(speaker.name).keys})
    cast = (i for i in range(source[0] + 1, frame.first) if w.keys[i : i + 2] == ["cast", "as"] and not w.quoted[i])
    # "Ann Lee, cast as prime minister, announced", not "cast as a villain by the papers"
    told = told or any(w.clauses[i] != w.clauses[i - 1] and w.keys[i + 2] not in ("a", "an") for i in cast)
    if told or any(w.keys[i] in PRETENDED and not w.quoted[i] for i in range(frame.start, frame.first)):
        return True  # "Ann Lee's parody account"
    last = read_words(speaker.name).keys[-1:]
    if any(w.keys[i] in ACTING and last[0] in w.keys[i + 1 : source[-1] + 1] for i in source if last):
        return True  # "an actor playing Ann Lee"
    acting = (i for i in range(source[0], frame.first) if w.keys[i] in ACTING and w.keys[i + 1] in ("a", "an", "the"))
    if any(w.keys[i].endswith("s") for i in frame.own) and any(not w.quoted[i] for i in acting):
        return any(w.stems[i] in stems_of("staged") for i in range(frame.start, frame.first))
    behind = max((i for i in frame.source if w.sentences[i] in (w.sentences[k] for k in frame.own)), default=-1) + 1
    if not behind or w.keys[behind : behind + 1] not in (["played"], ["portrayed"]) or w.quoted[behind]:
        return False
    clause = [i for i in range(behind, len(w)) if w.clauses[i] == w.clauses[behind]]
    apart = w.clauses[behind] != w.clauses[behind - 1]
    return apart and any(w.keys[i] == "by" and (i == behind + 1 or w.keys[behind + 1] == "with") for i in clause)


def _is_told_by(w: Words, source: list[int], mine: set[str]) -> bool:
    """Whether a source is a story: "Ann Lee's fourth novel | begins"; not "the author of a novel", an opera singer."""
    story = next((i for i in source[1:] if w.keys[i] in STORIES and not w.names[i]), source[0])
    whose = [i for i in source if i < story]
    last = story == source[-1] or w.clauses[story] != w.clauses[story + 1] or not w.keys[story + 1].isalpha()
    owned = any((is_possessive(w, i) and w.keys[i] in mine) or w.keys[i] in POSSESSIVE for i in whose)
    return bool(whose) and last and owned and not any(w.keys[i] in ("of", "in", "to", "who") for i in whose)


def _is_imitated(frame: Frame, first: int, last: int) -> bool:
    """Whether somebody else speaks as who is named: "a comic shuffled on as Ann Lee and croaked", "speaks as"."""
    w, before = frame.words, first - 2
    joined = last + 2 in frame.own and w.keys[last + 1] == "and"
    if joined or (before >= frame.start and w.keys[before] in SPEAKING and not w.quoted[before]):
        return True
    near = range(max(before - FAR_PERFORMER, frame.start), before + 1)  # "an actor made up as | Ann Lee leaned over"
    return any(w.keys[i] in PERFORMERS and not w.quoted[i] and w.clauses[i] == w.clauses[first] for i in near)


def _is_daydream(frame: Frame, source: int) -> bool:
    """Whether who speaks does so in what somebody only pictures: "imagine the day when | Ann Lee gets up and says"."""
    w = frame.words
    dreamt = (i for i in range(frame.start, source) if w.keys[i] in PICTURING and w.keys[i + 1] == "that")
    if any(not w.quoted[i] and i not in frame.content for i in dreamt):
        return True  # "Ann Lee dreams that her landlord stands there and says"
    if source - 2 < frame.start or w.keys[source - 1] not in ("when", "where") or w.keys[source - 2] not in TIMES:
        return False
    near = range(max(source - 2 - AHEAD, frame.start), source - 2)
    return any(w.keys[i] in PICTURING and not w.quoted[i] and i not in frame.content for i in near)


def _is_likened(frame: Frame, source: Sequence[int], last: str) -> bool:
    """Whether a source is only like somebody: "a voice like that of Ann Lee", "a caricature of Ann Lee".

    `last` is the key of the last word of the speaker's name.
    """
    w = frame.words
    drawn = (i for i in source[:-1] if w.keys[i] in LIKENESSES and w.keys[i + 1] == "of" and not w.quoted[i])
    if any(w.text[w.starts[i]].islower() and last in w.keys[i + 2 : source[-1] + 1] for i in drawn):
        return True
    near = range(max(source[0] - FAR_LIKE, 0), source[-1])
    near_it = (i for i in near if w.clauses[i] == w.clauses[source[0]] and not w.quoted[i] and i not in frame.content)
    return any(w.keys[i : i + 3] == ["like", "that", "of"] for i in near_it)


def is_faked(w: Words, at: int) -> bool:
    """Whether a word calls what somebody is quoted with a fake: "carried a made-up quote from Ann Lee, saying"."""
    noun = at + 1 + (w.keys[at : at + 2] == ["made", "up"])
    faked = w.keys[at] in FAKED or noun == at + 2
    return faked and w.keys[noun + 1 : noun + 2] in (["from"], ["by"], ["attributed"]) and is_of(w, noun, "quotation")


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
