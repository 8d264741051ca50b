"""Whether the narrator's report of words is itself told by another: "“…,” Lee told them, a clerk wrote"."""

from __future__ import annotations

from collections.abc import Sequence

from quotebank.bank.embedding import RELATIVE, Frame, subject_of
from quotebank.bank.framing_words import BEING, DETERMINING, PREPOSITIONS, is_noun, is_of
from quotebank.bank.plain_reports import JOINING, OPENERS, PRONOUNS, reporting_stems
from quotebank.bank.standing_features import is_by_name
from quotebank.comparing import Words
from quotebank.records import Claim

LABELS = frozenset({"claim", "rumor", "rumour", "myth", "fiction"})
SUBJECT = 6  # words at most from where a clause begins to its verb
ASIDE = 5  # words at most of a clause that only says who tells it
TALES = frozenset({"tale", "story", "legend", "rumour", "rumor", "anecdote", "gossip", "lore"})
JOINED = frozenset({"that", "when", "where"})
NEAR = 4  # words at most from who tells a report aside to who said it
OPENING = PREPOSITIONS | {"in", "during", "after", "before", "when", "while"}
HANGING = frozenset({"because", "after", "since"})
HEARD = frozenset({"heard", "hears", "hear", "overheard", "saw", "seen", "remembered", "recalled"})


def teller_around(frame: Frame) -> str | None:
    """Who tells that the words were said, behind them or before; None where the article itself does.

    "" where it is not told who.
    """
    if _is_put_up(frame) or _is_said_to_have(frame):
        return ""
    return _behind(frame) or _before(frame)


def is_put_in_mouth(frame: Frame, claim: Claim) -> bool:
    """Whether words are read on a thing with somebody's face: "a cut-out of Lee with a bubble that | read"."""
    w = frame.words
    own = sorted(frame.own)
    if not is_by_name(claim.speaker) or not own or w.keys[own[-1]] not in ("read", "reads", "reading"):
        return False
    near = [i for i in range(frame.start, own[-1]) if not w.quoted[i]]
    relative = w.keys[own[-1] - 1] in ("that", "which") or w.keys[own[-1]] == "reading"
    return relative and not any(is_of(w, i, "quotation") or is_of(w, i, "issuing") for i in near)


def _is_put_up(frame: Frame) -> bool:
    """Whether a sentence is labelled as something to be checked: "CLAIM: The minister said …"."""
    w = frame.words
    return w.keys[frame.start] in LABELS and w.text[w.ends[frame.start] :].startswith(":")


def _is_said_to_have(frame: Frame) -> bool:
    """Whether somebody "is said to have answered"."""
    w = frame.words
    return any(w.keys[i : i + 3] == ["said", "to", "have"] and w.keys[i - 1] in BEING for i in frame.own)


def _behind(frame: Frame) -> str | None:
    """Who reports a report that stands before the words in a clause of its own behind them."""
    w = frame.words
    own = [i for i in frame.own if w.sentences[i] in (w.sentences[frame.first], w.sentences[frame.last])]
    zone = [i for i in range(frame.last + 1, frame.end) if not w.quoted[i] and i not in frame.content]
    if not own or max(own) > frame.first or not zone or zone[0] in frame.source:
        return None
    if "," not in w.text[w.ends[frame.last] - 1 : w.starts[zone[0]]]:
        return None
    clause = [i for i in zone if w.clauses[i] == w.clauses[zone[0]] and w.sentences[i] == w.sentences[zone[0]]]
    verb = next((i for i in clause[1:SUBJECT] if w.stems[i] in reporting_stems() and not is_noun(w, i)), None)
    subject = [] if verb is None else [i for i in clause if i < verb]
    if not subject or not (w.keys[subject[0]] in DETERMINING or w.names[subject[0]]):
        return None
    keys = [w.keys[i] for i in subject]
    if any(key in JOINING | RELATIVE | PRONOUNS | OPENERS for key in keys) or not DETERMINING.isdisjoint(keys[1:]):
        return None  # "hours after police said it", "the second time she has", "a line the minister repeated"
    return w.text[w.starts[subject[0]] : w.ends[subject[-1]]]


def _before(frame: Frame) -> str | None:
    """Who reports, before the words, that somebody else said them."""
    w = frame.words
    zone = [i for i in range(frame.start, frame.inner) if not w.quoted[i]]
    if any(w.keys[i] in TALES and w.keys[i + 1] in ("goes", "went", "has") for i in zone):
        return ""  # "as the tale goes", "rumour has it that"
    if any(w.keys[i : i + 3] in (["so", "it", "goes"], ["so", "they", "say"]) for i in zone):
        return ""
    return _hearer(frame, zone) or _accordingly(w, zone) or _aside(frame, zone)


def _aside(frame: Frame, zone: Sequence[int]) -> str | None:
    """Who tells a report aside, in its midst: "Lee raised a mug, | a clerk writes, | and declared"."""
    w = frame.words
    own = max((i for i in zone if i in frame.own), default=frame.first)
    begins = min((i for i in zone if i in frame.source), default=None)
    if begins is None:
        return None
    for first in zone:
        clause = [i for i in zone if w.clauses[i] == w.clauses[first]]
        last = clause[-1]
        if first != clause[0] or not 1 < len(clause) <= ASIDE or last + 1 not in zone or first - 1 not in zone:
            continue
        told = is_of(w, last, "saying") and not is_noun(w, last) and last < own and begins not in clause
        told = told and (w.names[first] or w.keys[first] in PRONOUNS | DETERMINING)
        anew = any(w.names[i] or w.keys[i] in PRONOUNS for i in zone if last < i < own)
        between = begins < first and not anew and w.keys[first - 1] not in RELATIVE
        opened = w.keys[frame.start] in OPENING and w.clauses[first - 1] == w.clauses[frame.start]
        framed = opened or w.keys[first - 1] in RELATIVE | JOINED or w.keys[last + 1] in HANGING
        at_once = w.keys[last + 1] not in JOINING and begins - last <= NEAR
        if told and (between or (framed and begins > last and (at_once or w.keys[last + 1] in HANGING))):
            return w.text[w.starts[first] : w.ends[clause[-2]]]
    return None


def _hearer(frame: Frame, zone: Sequence[int]) -> str | None:
    """Who heard what somebody said or shouted: "the neighbour said she had heard | Lee shout: “…”"."""
    w = frame.words
    heard = next((i for i in reversed(zone) if w.keys[i] in HEARD), None)
    if heard is None or w.clauses[heard] != w.clauses[zone[-1]]:
        return None
    verbs = [i for i in zone if is_of(w, i, "saying") and not is_noun(w, i)]
    told = bool(verbs) and verbs[0] < heard < verbs[-1]
    between = range(heard + 1, verbs[-1]) if told else range(0)
    told = told and any(w.names[i] for i in between) and all(w.keys[i] not in JOINING for i in between)
    return subject_of(w, verbs[0], zone[0]) if told else None


def _accordingly(w: Words, zone: Sequence[int]) -> str | None:
    """According to whom somebody who is named said the words: "According to a suit, Ian Lee told them: “…”"."""
    told = next((i for i in zone if w.keys[i : i + 2] == ["according", "to"]), None)
    if told is None:
        return None
    verbs = [i for i in zone if i > told + 2 and w.stems[i] in reporting_stems() and not is_noun(w, i)]
    apart = [i for i in verbs if w.clauses[i] != w.clauses[told]]
    if apart and not RELATIVE.isdisjoint(w.keys[i] for i in zone if w.clauses[i] == w.clauses[apart[-1]]):
        return None  # "According to Lee, who told the paper"
    if not apart or not any(w.names[i] for i in zone if i > told and w.clauses[i] == w.clauses[apart[-1]]):
        return None
    clause = [i for i in zone if w.clauses[i] == w.clauses[told] and i > told + 1]
    return w.text[w.starts[clause[0]] : w.ends[clause[-1]]] if clause else ""
