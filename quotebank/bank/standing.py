"""How words stand in their article: stated, or denied, never said, refused, asked, only possible, or at second hand.

The words of a claim may be somebody's without having been stated by them: "Lee denied saying “…”", "Critics say that I
am a liar". What decides is what embeds the words in their sentence: the verbs of saying before them with their
subjects, and what negates, asks or conditions these verbs. Read without a parser, from the words alone, because a
check looks at many places.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

import attrs

from quotebank.bank.reporting_sentence import WINDOW, closed, paragraphs, whole_sentences, words_at
from quotebank.bank.result_records import Stance, Standing
from quotebank.comparing import Words, is_negation, read_name, read_words, same_speaker, stem
from quotebank.records import Claim
from quotebank.spans import Span
from quotebank.text import lines

GOVERNS = 6  # words before a verb of saying in which it is put off: declined to say, might say
REPORTS = 6  # words between a verb of saying and the speaker of whom it reports
SUBJECT = 8  # words at most of the subject of a verb
NEXT = 3  # words between a participle and what it reports
FIRST_PERSON = frozenset({"i", "we"})
NOBODY = frozenset({"no", "nobody", "none", "few", "neither", "hardly"})
PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
CONDITIONS = frozenset({"if", "unless", "suppose", "supposing", "provided"})
POSSIBLE = frozenset({"could", "might", "may", "would", "should", "will", "shall"})
HAPPENED = frozenset({"later", "only", "eventually", "subsequently", "often", "repeatedly", "always", "go"})
JOINING = frozenset({"and", "but", "while", "though", "although", "because", "then", "instead"})
SUBORDINATE = frozenset({"when", "after", "before", "as", "who", "which", "where", "since"})
DETERMINING = frozenset({"a", "an", "the", "his", "her", "its", "their", "no", "any", "this", "that", "to", "s"})
BEING = frozenset({"is", "are", "was", "were", "be", "been"})
HAVING = frozenset({"has", "have", "had", "having", "shows", "show", "showed", "showing", "depicts", "depicting"})
HEARD = frozenset({"told", "said", "warned", "informed", "assured", "claimed", "reported"})
PASSIVE = frozenset({"said", "uttered", "spoken", "made", "written", "claimed"})
AUXILIARY = (
    BEING | HAVING | POSSIBLE | {"not", "never", "also", "once", "do", "did", "does", "of", "ever", "keep", "keeps"}
)


Told = tuple[Stance, str, str]  # a stance, the owner of the words and their teller


@attrs.frozen
class _Frame:
    """The words of a sentence around a match: all words read, where the match begins and ends, and its bounds.

    `inner`: the first word of what is the speaker's, or told as theirs, in this sentence;
    `own`: the words of the claim's cue, `source` those of its source.
    """

    words: Words
    first: int
    last: int
    start: int
    end: int
    inner: int
    own: frozenset[int]
    source: frozenset[int]


@cache
def _class(name: str) -> frozenset[str]:
    """The stems of the words of a class in `lists/framing/framing_words.txt`."""
    for line in lines("bank/framing_words"):
        label, *entries = line.split()
        if label == name:
            return frozenset(map(stem, entries))
    return frozenset()


def standing(
    text: str, claim: Claim, spans: Sequence[Span], outer: Claim | None = None, inner: Claim | None = None
) -> Standing:
    """How the words at `spans` stand in the article `text`, in which `claim` has them.

    `outer` is the claim that itself tells this one, `inner` one told in this one that has the words too.
    """
    frame, offset = _frame(text, claim, spans)
    w = frame.words
    if not len(w):  # signs alone
        return Standing(stance="stated", sentence=Span(spans[0].start, spans[-1].end))
    sentence = Span(offset + w.starts[frame.start], offset + closed(w.text, w.ends[frame.end - 1]))
    stance, owner, teller = _told(frame, claim)
    if stance == "stated" and outer is not None and same_speaker(outer.speaker, claim.speaker) != "same":
        stance, teller = "second hand", outer.speaker.name if outer.speaker else ""
    if stance == "stated" and inner is not None and same_speaker(inner.speaker, claim.speaker) != "same":
        owner = inner.speaker.name if inner.speaker else ""
        stance, teller = "second hand", claim.speaker.name if claim.speaker and owner else ""
    return Standing(stance=stance, owner=owner, teller=teller, lost=_lost(frame), sentence=sentence)


def _frame(text: str, claim: Claim, spans: Sequence[Span]) -> tuple[_Frame, int]:
    every = [*claim.content, *claim.cue, *claim.source, *spans]
    near = [s for s in every if s.end > spans[0].start - WINDOW and s.start < spans[-1].end + WINDOW]
    low, high = min(s.start for s in near), max(s.end for s in near)
    part, offset = paragraphs(text, low, high)
    w = read_words(part)
    matched = words_at(w, spans, offset) or [0]
    first, last = matched[0], matched[-1]
    own, source = (frozenset(words_at(w, some, offset)) for some in (claim.cue, claim.source))
    content = set(words_at(w, claim.content, offset)) or {first}
    start, end = whole_sentences(w, first, last)
    begun = max((i for i in range(first + 1) if i not in content), default=-1) + 1
    opened, closed = first, last
    while opened > 0 and w.quoted[opened] and w.quoted[opened - 1] and not w.breaks[opened]:
        opened -= 1
    while closed + 1 < len(w) and w.quoted[closed] and w.quoted[closed + 1] and not w.breaks[closed + 1]:
        closed += 1
    start, end = min(start, whole_sentences(w, opened, opened)[0]), max(end, whole_sentences(w, closed, closed)[1])
    sentence = whole_sentences(w, first, first)[0]
    return _Frame(w, first, last, start, end, max(sentence, begun), own, source), offset


# What embeds the words


def _told(frame: _Frame, claim: Claim) -> Told:
    """The stance, and who else the words are given to."""
    w = frame.words
    outside = [i for i in range(frame.start, frame.inner) if not w.quoted[i]]
    behind = [i for i in range(frame.last + 1, frame.end) if not w.quoted[i]]
    inside = list(range(frame.inner, frame.first))
    if _is_called_false(frame, [*outside, *behind]):
        return "called false", "", ""
    for zone, read in ((inside, _told_inside), (outside, _told_outside)):
        found = read(frame, claim, zone)
        if found is not None:
            return found
    return _by_claim(frame, claim, outside), "", ""


def _by_claim(frame: _Frame, claim: Claim, outside: Sequence[int]) -> Stance:
    """The stance that the claim itself has, unless its verb begins anew: "declined to comment, but told them"."""
    w = frame.words
    verbs = [i for i in outside if i in frame.own and _is(w, i, "saying")]
    anew = bool(verbs) and (_begins_anew(w, verbs[-1]) or _is_emphatic(w, outside))
    if claim.force == "question" and _is_asked(frame, claim):
        return "asked"
    if any(_is(w, i, "doubtful") for i in frame.own):
        return "denied"
    if anew:
        return "stated"
    if claim.force == "refusal":
        return "refused"
    if claim.negated:
        return "not said"
    if claim.conditional and not (verbs and set(w.keys[verbs[-1] - 2 : verbs[-1]]) & HAPPENED):
        return "possible"
    return "stated"


def _told_inside(frame: _Frame, claim: Claim, zone: Sequence[int]) -> Told | None:
    """What the words of the claim before the match make of it: "Critics say that", "I never said", "if"."""
    w, first = frame.words, frame.first
    if not zone:
        return None
    if _is_denied(w, zone, first):
        return "denied", "", ""
    if _is_wondered(w, zone, first) or _is_question(frame):
        return "asked", "", ""
    for at in reversed([i for i in zone if _is(w, i, "saying") or _is(w, i, "thinking")]):
        if _ends(w, at, first):
            continue
        owner = _subject(w, at, frame.inner)
        if w.keys[at] in HEARD and w.keys[at - 1] in BEING and at > frame.inner:
            return "second hand", "", ""  # "we were told that"
        mine = _is_own(owner, claim)
        governed = _governed(w, zone, at)
        if governed is not None and not (mine and governed == "possible"):  # "I would say"
            if _is(w, at, "saying"):
                return governed, owner, ""
        elif owner and not mine:
            return "second hand", owner, ""
    held = [i for i in zone if w.keys[i] in CONDITIONS]
    if held and w.clauses[held[-1]] == w.clauses[first]:
        return "conditional", "", ""
    return None


def _told_outside(frame: _Frame, _: Claim, zone: Sequence[int]) -> Told | None:
    """What the sentence around the claim makes of it: its own verb denied, or in turn reported by another one."""
    w, first = frame.words, frame.first
    if not zone:
        return None
    saying = [i for i in zone if _is(w, i, "saying")]
    own = [i for i in saying if i in frame.own or not frame.own]
    governed = own[-1] if own else first
    if _is_denied(w, zone, governed if governed < first and not _is(w, governed, "denial") else first):
        return "denied", "", ""
    if _is_wondered(w, zone, governed):
        return "asked", "", ""
    if own:
        found = _governed(w, zone, own[-1])
        if found is not None:
            return found, "", ""
        quoted = _quoted_as(w, zone, own[-1])
        if quoted:
            return "second hand", quoted, ""
    for at in reversed([i for i in saying if i not in own]):
        if _reports_next(frame, at):
            return "second hand", "", _subject(w, at, zone[0])
        if w.keys[at].endswith("ing") and first - at <= NEXT and any(i < at for i in own):
            return "second hand", _subject(w, at, own[0] + 1), ""  # "recalls her father saying"
    according = next((i for i in zone if w.keys[i : i + 2] == ["according", "to"]), None)
    if according is not None and own and own[-1] > according + 2 and w.keys[own[-1]] != "according":
        owner = _subject(w, own[-1], zone[0])
        return "second hand", owner.partition(", ")[2] or owner, ""
    return None


def _is_finite(w: Words, at: int) -> bool:
    """Whether a word is a finite verb that reports what follows: not "after saying", "his report", "reporters"."""
    if w.keys[at].endswith(("ing", "er", "ers", "ment", "ments")) or w.text[w.ends[at] : w.ends[at] + 1] == ",":
        return False
    return not at or w.keys[at - 1] not in DETERMINING


def _is(w: Words, at: int, name: str) -> bool:
    return w.stems[at] in _class(name)


def _is_called_false(frame: _Frame, narrated: Sequence[int]) -> bool:
    """Whether the article calls the words a forgery, or says right behind them that they are untrue or not said."""
    w = frame.words
    if any(_is(w, i, "forged") for i in narrated):
        return True
    for i in range(frame.last + 1, min(frame.end, frame.last + 8)):
        tail = range(i + 1, min(frame.end, i + 4))
        if w.keys[i] in BEING and w.sentences[i] == w.sentences[frame.last]:
            never = any(is_negation(w.keys[k]) for k in tail) and any(w.keys[k] in PASSIVE for k in tail)
            subject = frame.inner < frame.first and w.keys[frame.first - 1] == "that"
            return never or (subject and any(_is(w, k, "untrue") for k in tail))
    return False


def _is_denied(w: Words, before: Sequence[int], governed: int) -> bool:
    """Whether a verb of denying governs a word: denied saying, rejected reports that he had told; not "denied it: "."""
    for i in reversed([i for i in before if i < governed and _is(w, i, "denial")]):
        between = w.text[w.ends[i] : w.starts[governed]]
        if (i and is_negation(w.keys[i - 1])) or ":" in between or ";" in between:
            return False
        following = w.keys[i + 1 : governed]
        if any(_is(w, k, "saying") and _begins_anew(w, k) for k in range(i + 1, governed + 1)):
            return False
        reported = not _is(w, governed, "saying") and any(_is(w, k, "report") for k in range(i + 1, governed))
        told = reported or "that" in following[:NEXT]
        return told or not any(mark in between for mark in ",—–")
    untrue = [i for i in before if i < governed and _is(w, i, "untrue") and w.keys[i + 1] in ("that", "to")]
    return bool(untrue) and not _ends(w, untrue[-1], governed)


def _begins_anew(w: Words, at: int) -> bool:
    """Whether a verb stands at the head of a clause of its own: "…, saying", "and said", "but told"."""
    apart = at > 0 and w.clauses[at] != w.clauses[at - 1]
    return (apart and w.keys[at].endswith("ing")) or not JOINING.isdisjoint(w.keys[max(at - 2, 0) : at])


def _is_question(frame: _Frame) -> bool:
    """Whether the match is a part, not the beginning, of a quoted question."""
    w = frame.words
    at = frame.last
    while at + 1 < len(w) and w.sentences[at + 1] == w.sentences[frame.last] and w.quoted[at + 1] == w.quoted[at]:
        at += 1
    return w.quoted[frame.first] and "?" in w.text[w.ends[at] : w.ends[at] + 2]


def _is_asked(frame: _Frame, claim: Claim) -> bool:
    """Whether words of a question are cut out of it, or told as what somebody wanted to know."""
    w = frame.words
    if claim.kind != "direct":
        return True
    return not (frame.first == frame.inner and "?" in w.text[w.ends[frame.last] : w.ends[frame.last] + 2])


def _is_wondered(w: Words, zone: Sequence[int], governed: int) -> bool:
    """Whether a word stands in what somebody asks or leaves open: "whether", "wanted to know if"."""
    asked = [i for i in zone if i < governed and (w.keys[i] == "whether" or (w.keys[i] == "if" and _asks(w, i)))]
    return bool(asked) and w.clauses[asked[-1]] == w.clauses[governed]


def _asks(w: Words, at: int) -> bool:
    """Whether an "if" at word `at` belongs to a verb of asking: "asked if", "wanted to know if"."""
    return any(_is(w, k, "asking") or w.keys[k] == "know" for k in range(max(at - 3, 0), at))


def _ends(w: Words, at: int, first: int) -> bool:
    """Whether what a verb at `at` reports has ended before a word: another clause has begun, and no "that" holds it."""
    between = w.text[w.ends[at] : w.starts[first]]
    if ";" in between:
        return True
    joined = any(
        w.keys[k] in JOINING and w.clauses[k] != w.clauses[k - 1] and k + 1 < first for k in range(at + 1, first)
    )
    held = "that" in w.keys[at + 1 : at + 1 + NEXT]
    return joined or (not held and any(mark in between for mark in ",—–"))


def _governed(w: Words, zone: Sequence[int], verb: int) -> Stance | None:
    """What stands before a verb of saying in its clause: a negation, a refusal, a condition, a mere possibility."""
    anew = max((i for i in zone if i < verb and w.keys[i] in JOINING | SUBORDINATE), default=-1)
    clause = [i for i in zone if anew < i < verb and not any(m in w.text[w.ends[i] : w.starts[verb]] for m in ";:")]
    near = [i for i in clause if i >= verb - GOVERNS]
    keys = [w.keys[i] for i in near]
    if not clause or _begins_anew(w, verb) or _is_emphatic(w, clause):
        return None
    opening = w.keys[clause[0]]
    if (opening in ("had", "should") and verb - clause[0] > 1 and "been" not in keys) or opening in CONDITIONS:
        return "conditional"
    if any(_is(w, i, "refusal") for i in near) or keys[-2:] == ["short", "of"]:
        return "refused"
    denying = [i for i in clause if is_negation(w.keys[i]) or w.keys[i] == "hardly"]
    if denying and (denying[-1] in near or denying[-1] <= clause[0] + 1):
        return "refused" if "would" in keys else "not said"
    if any(_is(w, i, "failing") for i in near) or "yet" in keys:
        return "not said"
    if w.keys[verb].endswith("ing") and not HAVING.isdisjoint(keys):
        return "called false"
    keys = [w.keys[i] for i in near if w.clauses[i] == w.clauses[verb]]
    likely = [k for k, key in enumerate(keys) if key in POSSIBLE or key == "expected"]
    return "possible" if likely and HAPPENED.isdisjoint(keys[likely[-1] :]) else None


def _is_emphatic(w: Words, before: Sequence[int]) -> bool:
    """Whether a negation says more, not less: "not only said", "did not hesitate to say", "did not deny saying"."""
    return any(is_negation(w.keys[i]) and _is(w, i + 1, "emphatic") for i in before if i + 1 < len(w))


def _subject(w: Words, verb: int, low: int) -> str:
    """The words before a verb in its clause that may be its subject, as written."""
    start = verb
    while start > low and verb - start < SUBJECT and w.sentences[start - 1] == w.sentences[verb]:
        key = w.keys[start - 1]
        if start == verb and key == "of":  # "accused the mayor of calling"
            start -= 1
            continue
        if key in ("that", "as", "of", "to") or _is(w, start - 1, "saying") or key in JOINING:
            break
        start -= 1
    end = verb
    while end > start and w.keys[end - 1] in AUXILIARY:
        end -= 1
    return w.text[w.starts[start] : w.ends[end - 1]] if start < end else ""


def _is_own(owner: str, claim: Claim) -> bool:
    """Whether the subject of a verb is who speaks: "I said", "he had told", but not "he" of many."""
    low = owner.casefold()
    if not low or low in FIRST_PERSON or low.split()[0] in NOBODY:
        return True
    if low not in PRONOUNS:
        return claim.speaker is not None and claim.kind != "direct" and names(owner, claim.speaker.name)
    several = claim.speaker is not None and claim.speaker.type in ("group", "organization")
    return claim.kind != "direct" and not (several and low in ("he", "she"))


def _quoted_as(w: Words, zone: Sequence[int], verb: int) -> str:
    """Who is quoted in "quoted the general as saying", as written."""
    as_ = verb - 1
    if as_ not in zone or w.keys[as_] != "as":
        return ""
    quoting = [i for i in zone if i < as_ and _is(w, i, "quoting")]
    return w.text[w.starts[quoting[-1] + 1] : w.ends[as_ - 1]] if quoting and quoting[-1] + 1 < as_ else ""


def _reports_next(frame: _Frame, at: int) -> bool:
    """Whether a verb of saying reports that the speaker of the claim said it: the source follows it closely."""
    w = frame.words
    if not _is_finite(w, at):
        return False
    following = [i for i in frame.source if at < i < frame.first]
    if not following or any(i < at for i in frame.source) or min(following) - at > REPORTS:
        return False
    return all(w.keys[i] not in JOINING and w.keys[i] not in SUBORDINATE for i in range(at + 1, min(following)))


def names(subject: str, who: str) -> bool:
    """Whether the words of a subject hold the name of somebody: all parts of it, or their last name."""
    asked, told = read_name(who), set(read_words(subject).keys)
    if asked.last:
        return asked.last in {t.replace("'", "") for t in told}
    return bool(asked.terms) and asked.terms <= told


# What a cut loses


def _lost(frame: _Frame) -> Literal["", "negation", "condition"]:
    """What stands before the words in their own clause and turns them round, or lets them hold only if."""
    w, first = frame.words, frame.first
    inside = range(frame.inner, first)
    clause = [i for i in inside if w.clauses[i] == w.clauses[first]]
    denying = sum(is_negation(w.keys[i]) or _is(w, i, "failing") or _is(w, i, "doubtful") for i in clause)
    if denying % 2 or w.keys[max(first - 3, frame.inner) : first] in (["far", "from", "being"], ["used", "to"]):
        return "negation"
    if any(w.keys[i : i + 2] == ["used", "to"] for i in clause):
        return "negation"
    if inside and w.keys[frame.inner] in CONDITIONS and w.keys[frame.inner + 1 : frame.inner + 3] != ["you", "ask"]:
        return "condition"
    return ""
