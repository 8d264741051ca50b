"""What embeds words in their sentence: the verbs of saying around them, in a claim and outside of it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import regex

from quotebank.bank.clause_reach import NOBODY, begins_anew_behind, is_held_by_others, of_somebody
from quotebank.bank.framing_words import (
    BEING,
    DETERMINING,
    HAVING,
    POSSIBLE,
    PREPOSITIONS,
    SHOWING,
    is_noun,
    is_of,
    stems_of,
)
from quotebank.bank.reporting_clause import (
    Clause,
    embedded,
    entertained,
    is_complete,
    is_hearsay,
    is_invented,
    is_measure,
    is_not_until,
    tells_a_report,
    unasserted,
)
from quotebank.bank.reporting_sentence import whole_sentences
from quotebank.bank.result_records import Stance
from quotebank.comparing import Words, is_content, is_negation, named_at, read_name, read_words
from quotebank.records import Claim

GOVERNS = 6  # words before a verb of saying in which it is put off: declined to say, might say
REPORTS = 6  # words between a verb of saying and the speaker of whom it reports
SUBJECT = 8  # words at most of the subject of a verb
OPENING = PREPOSITIONS | {"under", "in", "after", "before", "during", "since", "despite", "without", "like", "unlike"}
OCCASIONS = frozenset({"asked", "questioned", "quizzed", "pressed", "speaking", "talking", "responding", "replying"})
TAG = regex.compile(r",\s+\p{L}+(?:n[’']t)?\s+(?:I|you|he|she|it|we|they|there)\?", regex.IGNORECASE)  # ", won't we?"
NEXT = 3  # words between a participle and what it reports
FIRST_PERSON = frozenset({"i", "we"})
NOBODY_AT_ALL = frozenset({"nothing", "nowhere", "nobody"})
RELATIVE = frozenset({"who", "which", "that"})
OTHERS = "others"  # who tells where it is only said that somebody is alleged to have said
MANNER = frozenset({"without", "in", "with", "by", "on"})
PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
CONDITIONS = frozenset({"if", "unless", "suppose", "supposing", "provided"})
HAPPENED = frozenset({"later", "only", "eventually", "subsequently", "often", "repeatedly", "always", "go"})
JOINING = frozenset({"and", "but", "while", "though", "although", "because", "then", "instead"})
SUBORDINATE = frozenset({"when", "after", "before", "as", "who", "which", "where", "since"})
OPENING_ANEW = frozenset({"it", "i", "we", "there"})
HEARD = frozenset({"told", "said", "warned", "informed", "assured", "claimed", "reported"})
AUXILIARY = (
    BEING
    | HAVING
    | SHOWING
    | POSSIBLE
    | {"not", "never", "also", "once", "indeed", "do", "did", "does", "can", "of", "ever", "keep", "keeps"}
)


CONTRACTED = regex.compile(r"['’](?:d|ll|m|re|ve)\b")
Told = tuple[Stance, str, str]  # a stance, the owner of the words and their teller


@attrs.frozen
class Frame:
    """The words of a sentence around a match: all words read, where the match begins and ends, and its bounds.

    `inner`: the first word of what is the speaker's, or told as theirs, in this sentence;
    `own`: the words of the claim's cue, `source` those of its source; `offset`: code points of the article before them.
    """

    words: Words
    first: int
    last: int
    start: int
    end: int
    inner: int
    own: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]
    offset: int = 0


def told_inside(frame: Frame, claim: Claim, zone: Sequence[int]) -> Told | None:
    """What the words of the claim before the match make of it: "Critics say that", "I never said", "if"."""
    w, first = frame.words, frame.first
    if not zone:
        return None
    if _is_denied(w, zone, first):
        return "denied", "", ""
    if _is_wondered(w, zone, first) or _is_question(frame):
        return "asked", "", ""
    telling_verbs = (i for i in zone if is_of(w, i, "saying") or is_of(w, i, "thinking"))
    telling_verbs = (i for i in telling_verbs if w.keys[i - 1 : i + 1] != ["you", "know"])  # which tells of nobody
    verbs = [i for i in telling_verbs if not is_noun(w, i) and not w.names[i]]  # no "Type-C connector"
    verbs = [i for i in verbs if not _agrees_with_nobody(w, i, frame.inner)]
    telling = [i for i in reversed(verbs) if not _ends(w, i, first)]
    found = next(filter(None, (_told_by_inner(frame, claim, zone, i) for i in telling)), None)
    if found is not None:
        return found
    if is_held_by_others(w, zone, first):
        return "second hand", "", ""
    used = _used(w, zone, first)
    if used is not None:
        put_off = governed(w, zone, used)
        owner = subject_of(w, used, frame.inner)
        if put_off is not None or (owner and not is_own(owner, claim, quoted=w.quoted[used])):
            return put_off or "second hand", owner, ""
    conditions = [i for i in zone if w.keys[i] in CONDITIONS and not _is_mine(w, i)]
    conditions = [i for i in conditions if not begins_anew_behind(w, i, first)]
    is_held = bool(conditions) and w.clauses[conditions[-1]] == w.clauses[first]
    return ("conditional", "", "") if is_held else None


def _agrees_with_nobody(w: Words, at: int, low: int) -> bool:
    """Whether a word in the base form of a verb stands behind one thing, and so is a noun: "the new town | rule"."""
    subject = _subject_words(w, at, low)
    if w.keys[at].endswith(("s", "ed", "ing")) or len(subject) < 3 or subject.stop != at:  # not "the town"
        return False
    several = any(w.keys[i] in ("and", "i", "we", "you", "they", "who") or w.keys[i].endswith("s") for i in subject)
    return w.keys[subject.start] in ("the", "a", "an", "this") and not several and w.stems[at] == w.keys[at]


def _is_mine(w: Words, at: int) -> bool:
    """Whether a verb is one of a first person: "I suppose", which puts nothing under a condition."""
    return at > 0 and w.keys[at - 1] in FIRST_PERSON


def _told_by_inner(frame: Frame, claim: Claim, zone: Sequence[int], at: int) -> Told | None:
    """What a verb of saying or thinking in a claim, at word `at`, makes of what follows it."""
    w = frame.words
    owner = subject_of(w, at, frame.inner)
    if w.keys[at] in HEARD and w.keys[at - 1] in BEING and at > frame.inner:
        return "second hand", "", ""  # "we were told that"
    as_ = at - 2 if w.keys[at - 1] == "having" else at - 1
    participle = (w.keys[at].endswith("ing") or as_ < at - 1) and not w.quoted[at]
    if participle and w.keys[as_] in ("as", "of") and as_ > frame.inner:
        # "remember Lee as crying", "accuse Lee of having said"
        return "second hand", w.text[w.starts[frame.inner] : w.ends[as_ - 1]], ""
    mine = is_own(owner, claim, quoted=w.quoted[at])
    if claim.speaker is None and w.keys[at - 1] == "to" and at - 1 >= frame.inner:
        return "possible", "", ""  # "(they expect) Lee to announce"
    put_off = governed(w, zone, at)
    unwilling = w.keys[at - 1] == "to" and any(w.keys[i] == "be" for i in zone if i < at)  # "it would be wrong to say"
    hedged = mine and put_off == "possible" and w.quoted[at] and w.keys[at - 1] != "have"  # "I would say"
    if put_off is not None and (unwilling or not hedged):
        if is_of(w, at, "saying"):
            return put_off, owner, ""
    elif owner and not mine:
        return "second hand", owner, ""
    around = [*range(frame.start, frame.inner), *zone]
    held = entertained(w, around, at, _subject_words(w, at, frame.inner)) if is_of(w, at, "saying") else None
    return (held[0], "", "") if held else None  # "(she wants them to correct) the report that she said"


def _used(w: Words, zone: Sequence[int], first: int) -> int | None:
    """The verb of "used the words", "never uttered the phrase", where it stands before words that are quoted."""
    before = w.keys[max(first - 2, 0) : first]
    named = len(before) > 1 and (before[1] == "words" or is_of(w, first - 1, "quotation"))
    if not named or before[0] not in DETERMINING:
        return None
    return first - 3 if first - 3 in zone and is_of(w, first - 3, "using") else None


def told_outside(frame: Frame, _: Claim, zone: Sequence[int]) -> Told | None:
    """What the sentence around the claim makes of it: its own verb denied, or in turn reported by another one."""
    w, first = frame.words, frame.first
    zone = _behind_occasion(frame, zone)
    if not zone:
        return None
    verbs_of_saying = stems_of("saying")
    saying = [i for i in zone if w.stems[i] in verbs_of_saying]
    own = [i for i in saying if (i in frame.own or (not frame.own and _is_main(w, zone, i))) and not _is_manner(w, i)]
    if is_invented(w, zone):
        return "called false", "", ""
    verbs = own or [i for i in zone if i in frame.own and is_content(w.keys[i])]
    found = _told_by(frame, Clause.of(w, zone, verbs[-1], frame.source), zone) if verbs else None
    if found is None and not own:
        found = _told_by_opening(frame, zone)
    if found is not None:
        return found
    for at in reversed([i for i in saying if i not in own and not is_noun(w, i)]):
        if _reports_next(frame, at):
            teller = subject_of(w, at, zone[0])
            if w.keys[at].startswith("confirm") and "as" in w.keys[max(at - SUBJECT, 0) : at]:
                continue  # "as our reporter's recording confirms"
            if not is_adverbial(teller):  # "speaking after the inquiry was announced Ann Lee said"
                return "second hand", "", teller
        heard = w.keys[at].endswith("ing") and w.keys[at - 1] not in MANNER and first - at <= NEXT
        if heard and any(i < at and not {"to", "on"} & set(w.keys[i:at]) for i in own):
            return "second hand", subject_of(w, at, own[0] + 1), ""  # "recalls her father saying"
    according = next((i for i in zone if w.keys[i : i + 2] == ["according", "to"]), None)
    if according is not None and own and own[-1] > according + 2 and w.keys[own[-1]] != "according":
        owner = subject_of(w, own[-1], zone[0])
        return "second hand", owner.partition(", ")[2] or owner, ""
    return None


def _behind_occasion(frame: Frame, zone: Sequence[int]) -> Sequence[int]:
    """The words outside a claim without the occasion that opens them: "Asked why nobody had come | Lee said"."""
    if not zone or frame.words.keys[zone[0]] not in OCCASIONS:
        return zone
    subject = min((i for i in frame.source if i > zone[0]), default=zone[0])
    return [i for i in zone if i >= subject] if any(i > subject for i in frame.own) else zone


def is_adverbial(phrase: str) -> bool:
    """Whether words that stand where somebody might be named tell of nobody: "after the inquiry"."""
    return phrase.lower().partition(" ")[0] in PREPOSITIONS | SUBORDINATE


def _is_main(w: Words, zone: Sequence[int], at: int) -> bool:
    """Whether a verb stands in no clause that only tells of somebody: "a man who left because they denied"."""
    before = [i for i in zone if i < at and w.clauses[i] == w.clauses[at] and w.sentences[i] == w.sentences[at]]
    return not any(w.keys[i] in SUBORDINATE | {"because"} for i in before)


def _told_by_opening(frame: Frame, zone: Sequence[int]) -> Told | None:
    """What words before the match make of it where no verb of saying is the claim's own."""
    w, first = frame.words, frame.first
    joined = w.clauses[zone[0]] == w.clauses[first]
    if joined and is_of(w, zone[0], "supposing"):
        return "conditional", "", ""
    if joined and w.keys[zone[0]] in NOBODY_AT_ALL:
        return "not said", "", ""  # "Nothing that Lee wrote contains"
    if _is_denied(w, zone, first) and w.keys[first - 1] != "as":  # but "dismissed it as “absurd”"
        return "denied", "", ""
    return ("asked", "", "") if _is_wondered(w, zone, first) else None


def told_behind(frame: Frame, _: Claim, zone: Sequence[int]) -> Told | None:
    """What a verb of saying behind the words makes of them: "“…,” Lee is alleged to have said"."""
    w = frame.words
    zone = [i for i in zone if i not in frame.content]
    own = [i for i in zone if i in frame.own and is_of(w, i, "saying") and not _is_manner(w, i)]
    return _told_by(frame, Clause.of(w, zone, own[-1], frame.source), zone) if own else None


def _told_by(frame: Frame, clause: Clause, zone: Sequence[int]) -> Told | None:
    """What the clause that reports the words makes of them."""
    w, verb = frame.words, clause.verb
    if is_asked_around(frame, verb):
        return "asked", "", ""
    if is_emphatic(w, clause.words) or _is_a_fact(frame):
        return None
    if _is_denied(w, clause.words, verb):
        return "denied", "", ""
    if _is_wondered(w, clause.words, verb, min(clause.subject, default=None)):
        return "asked", "", ""
    found = embedded(w, clause) or governed(w, clause.between or clause.before, verb, opens=not clause.between)
    if found is not None:
        return found, "", ""
    quoted = _quoted_as(w, zone, verb)
    if quoted:
        return "second hand", quoted, ""
    if is_hearsay(w, [*zone[:1], *clause.words]) or tells_a_report(w, clause):
        return "second hand", "", OTHERS
    return _told_by_form(frame, clause, zone)


def _is_a_fact(frame: Frame) -> bool:
    """Whether the report is called a fact, or taken for one: "the fact that Lee said", "square with what Lee said"."""
    begins = min(frame.source, default=0)
    before = frame.words.keys[max(begins - 2, 0) : begins]
    return before == ["fact", "that"] or (before[1:] == ["what"] and before[0] in PREPOSITIONS | {"to"})


def _told_by_form(frame: Frame, clause: Clause, zone: Sequence[int]) -> Told | None:
    """What the form of the verb that reports the words makes of them, and what has its clause for an object."""
    w, verb = frame.words, clause.verb
    found = unasserted(w, frozenset(clause.words), verb, frame.source)
    if found is not None:
        return found, "", OTHERS if found == "second hand" else ""
    held = entertained(w, clause.words, verb, frame.source)
    if held is None:
        return None
    stance, at = held
    return stance, "", subject_of(w, at, zone[0]) if stance == "second hand" and not is_noun(w, at) else ""


def is_asked_around(frame: Frame, verb: int) -> bool:
    """Whether the sentence that reports the words is a question itself."""
    w = frame.words
    stop = whole_sentences(w, verb, verb)[1] - 1
    if any(w.keys[i] in RELATIVE for i in frame.source):
        return False  # "Will Lee, who said it, go?"
    behind = w.text[w.ends[stop] : w.ends[stop] + 3]
    return "?" in (behind.lstrip(".,!").lstrip("?")[1:] if w.quoted[stop] else behind[:2])


def _is_finite(w: Words, at: int) -> bool:
    """Whether a word is a finite verb that reports what follows: not "after saying", "his report", "reporters"."""
    if w.keys[at].endswith(("ing", "er", "ers", "ment", "ments")) or w.text[w.ends[at] : w.ends[at] + 1] == ",":
        return False
    return not at or w.keys[at - 1] not in DETERMINING


def _is_manner(w: Words, at: int) -> bool:
    """Whether a word only tells how something was said: "said in a statement", "said without further comment"."""
    return at > 1 and (w.keys[at - 1] in MANNER or w.keys[at - 2] in MANNER) and not w.keys[at].endswith("ing")


def _is_denied(w: Words, before: Sequence[int], governed: int) -> bool:
    """Whether a verb of denying governs a word: denied saying, rejected reports that he had told; not "denied it: "."""
    for i in reversed([i for i in before if i < governed and is_of(w, i, "denial")]):
        between = w.text[w.ends[i] : w.starts[governed]]
        if (i and is_negation(w.keys[i - 1])) or any(mark in between for mark in (":", ";", "…", "...")):
            return False
        following = w.keys[i + 1 : governed]
        if following[-1:] == ["because"] and w.quoted[governed]:
            return False  # "the tapes were withdrawn because “| they did not sell”"
        if any(is_of(w, k, "saying") and begins_anew(w, k) for k in range(i + 1, governed + 1)):
            return False
        reported = not is_of(w, governed, "saying") and any(is_of(w, k, "report") for k in range(i + 1, governed))
        told = reported or "that" in following[:NEXT]
        return told or not any(mark in between for mark in ",—–")
    untrue = [i for i in before if i < governed and is_of(w, i, "untrue") and w.keys[i + 1] in ("that", "to")]
    return bool(untrue) and not _ends(w, untrue[-1], governed)


def begins_anew(w: Words, at: int) -> bool:
    """Whether a verb stands at the head of a clause of its own: "…, saying", "and said", "but told"."""
    apart = at > 0 and w.clauses[at] != w.clauses[at - 1]
    return (apart and w.keys[at].endswith("ing")) or not JOINING.isdisjoint(w.keys[max(at - 2, 0) : at])


def _is_question(frame: Frame) -> bool:
    """Whether the match is a part, not the beginning, of a quoted question."""
    w = frame.words
    at = frame.last
    while at + 1 < len(w) and w.sentences[at + 1] == w.sentences[frame.last] and w.quoted[at + 1] == w.quoted[at]:
        at += 1
    asks = "?" in w.text[w.ends[at] : w.ends[at] + 2] and w.sentences[frame.first] == w.sentences[frame.last]
    return w.quoted[frame.first] and asks and not TAG.match(w.text, w.ends[frame.last])


def _is_wondered(w: Words, zone: Sequence[int], governed: int, subject: int | None = None) -> bool:
    """Whether a word stands in what somebody asks or leaves open: "whether", "wanted to know if".

    `subject` is where the clause of the word begins, if that is known: "asked whether it had rained | he said yes".
    """
    asked = [i for i in zone if i < governed and (w.keys[i] == "whether" or (w.keys[i] == "if" and _asks(w, i)))]
    if not asked or w.clauses[asked[-1]] != w.clauses[governed]:
        return False
    return subject is None or not is_complete(w, [i for i in zone if asked[-1] < i < subject])


def _asks(w: Words, at: int) -> bool:
    """Whether an "if" at word `at` belongs to a verb of asking: "asked if", "wanted to know if"."""
    return any(is_of(w, k, "asking") or w.keys[k] == "know" for k in range(max(at - 3, 0), at))


def _ends(w: Words, at: int, first: int) -> bool:
    """Whether what a verb at `at` reports has ended before a word: another clause has begun, and no "that" holds it."""
    between = w.text[w.ends[at] : w.starts[first]]
    if ";" in between:
        return True
    held = "that" in w.keys[at + 1 : at + 1 + NEXT]
    if not held and "but" in w.keys[at + 1 : first] and w.keys[first] in OPENING_ANEW:
        return True  # "he said it was nothing but | it's sad"
    joined = any(
        w.keys[k] in JOINING
        and w.clauses[k] != w.clauses[k - 1]
        and w.keys[k + 1 : k + 2] != ["that"]
        and k + 1 != first
        for k in range(at + 1, first + 1)
    )
    if not held and of_somebody(w, range(at + 1, first), first) is not None:
        return True
    return joined or (not held and any(mark in between for mark in ",—–"))


def governed(w: Words, zone: Sequence[int], verb: int, *, opens: bool = True) -> Stance | None:
    """What stands before a verb of saying in its clause: a negation, a refusal, a condition, a mere possibility.

    `opens`: whether the clause begins with the first word, not only what is behind its subject.
    """
    parting = [i for i in zone if i < verb and w.keys[i] in JOINING | SUBORDINATE and not is_measure(w, i)]
    anew = max(parting, default=-1)
    clause = [i for i in zone if anew < i < verb and not any(m in w.text[w.ends[i] : w.starts[verb]] for m in ";:")]
    near = [i for i in clause if i >= verb - GOVERNS]
    keys = [w.keys[i] for i in near]
    if not clause or begins_anew(w, verb) or is_emphatic(w, clause) or is_not_until([w.keys[i] for i in clause]):
        return None
    opening = w.keys[clause[0]]
    if (
        opens and opening in ("had", "should") and verb - clause[0] > 1 and "been" not in keys
    ) or opening in CONDITIONS:
        return "conditional"
    if any(is_of(w, i, "refusal") for i in near) or keys[-2:] == ["short", "of"]:
        return "refused"
    denying = [i for i in clause if is_negation(w.keys[i]) or w.keys[i] == "hardly"]
    if denying and (denying[-1] in near or denying[-1] <= clause[0] + 1):
        return "refused" if "would" in keys else "not said"
    if any(is_of(w, i, "failing") for i in near) or "yet" in keys:
        return "not said"
    if w.keys[verb].endswith("ing") and BEING.isdisjoint(keys) and _has_somebody(w, near):
        return "called false"  # "a parody has Lee saying", but "has been saying", "has written to Lee saying"
    keys = [w.keys[i] for i in near if w.clauses[i] == w.clauses[verb] and not w.names[i]]
    if "must" in keys and "have" in keys:
        return "possible"  # "must have said"
    heard = {k for k in range(len(keys)) if keys[k + 1 : k + 3] in (["be", "heard"], ["be", "seen"])}
    likely = [k for k, key in enumerate(keys) if (key in POSSIBLE and k not in heard) or key == "expected"]
    return "possible" if likely and HAPPENED.isdisjoint(keys[likely[-1] :]) else None


def _has_somebody(w: Words, near: Sequence[int]) -> bool:
    """Whether a "has" in these words is no auxiliary: a past participle behind it would make it one."""
    having = next((i for i in near if w.keys[i] in HAVING), None)
    behind = [i for i in near if having is not None and i > having and not w.names[i]]
    return having is not None and not any(w.keys[i].endswith(("ed", "en")) or is_of(w, i, "saying") for i in behind)


def is_emphatic(w: Words, before: Sequence[int]) -> bool:
    """Whether a negation says more, not less: "not only said", "did not hesitate to say", "did not deny saying"."""
    neither = any(w.keys[i] == "neither" for i in before)  # "neither confirmed nor denied"
    return not neither and any(is_negation(w.keys[i]) and is_of(w, i + 1, "emphatic") for i in before if i + 1 < len(w))


def subject_of(w: Words, verb: int, low: int) -> str:
    """The words before a verb in its clause that may be its subject, as written."""
    found = _subject_words(w, verb, low)
    return w.text[w.starts[found.start] : w.ends[found.stop - 1]] if found else ""


def _subject_words(w: Words, verb: int, low: int) -> range:
    start = verb
    while start > low and verb - start < SUBJECT and w.sentences[start - 1] == w.sentences[verb]:
        key = w.keys[start - 1]
        if start == verb and key == "of":  # "accused the mayor of calling"
            start -= 1
            continue
        if key in ("that", "as", "of", "to") or is_of(w, start - 1, "saying") or key in JOINING:
            break
        start -= 1
    end = verb
    while end > start and w.keys[end - 1] in AUXILIARY:
        end -= 1
    if start < end and w.keys[start] in OPENING:  # "Under the agreement, England"
        while start < end and w.clauses[start] != w.clauses[end - 1]:
            start += 1
    return range(start, end)


def is_own(owner: str, claim: Claim, *, quoted: bool) -> bool:
    """Whether the subject of a verb is who speaks: "I said", "he had told", but not "he" of many."""
    low = CONTRACTED.sub("", owner.casefold()).strip()  # "all I'd (say)"
    if not low or low in FIRST_PERSON or low.split()[0] in NOBODY:
        return True
    last = low.rpartition(", ")[2].removeprefix("all ")
    if {low.split()[0], low.split()[-1]} <= FIRST_PERSON or last in FIRST_PERSON:
        return True  # "I think we (were hopeful)", "However, we (know)", "and so on, all I (say)"
    if low not in PRONOUNS:
        return claim.speaker is not None and not quoted and names(owner, claim.speaker.name)
    several = claim.speaker is not None and claim.speaker.type in ("group", "organization")
    return not quoted and not (several and low in ("he", "she"))


def _quoted_as(w: Words, zone: Sequence[int], verb: int) -> str:
    """Who is quoted in "quoted the general as saying", as written; nobody in "was quoted by the paper as saying"."""
    as_ = verb - 2 if w.keys[verb - 1] == "having" else verb - 1
    if as_ not in zone or w.keys[as_] != "as":
        return ""
    quoting = [i for i in zone if i < as_ and (is_of(w, i, "quoting") or is_of(w, i, "recalling"))]
    if not quoting or quoting[-1] + 1 >= as_ or w.keys[quoting[-1] + 1] in ("by", "in"):
        return ""
    return w.text[w.starts[quoting[-1] + 1] : w.ends[as_ - 1]]


def _reports_next(frame: Frame, at: int) -> bool:
    """Whether a verb of saying reports that the speaker of the claim said it: the source follows it closely."""
    w = frame.words
    if not _is_finite(w, at):
        return False
    following = [i for i in frame.source if at < i < frame.first]
    if not following or any(i < at for i in frame.source) or min(following) - at > REPORTS:
        return False
    apposed = all(w.clauses[i] != w.clauses[following[-1]] for i in frame.own)  # "Police say the suspect, Lee, told"
    if w.clauses[at] != w.clauses[following[0]] and w.keys[at + 1] != "that" and not apposed:
        return False  # "Rejecting calls for his resignation, Lee said"
    return all(w.keys[i] not in JOINING and w.keys[i] not in SUBORDINATE for i in range(at + 1, min(following)))


def names(subject: str, who: str) -> bool:
    """Whether the words of a subject hold the name of somebody: all parts of it, or their last name."""
    asked, told = read_name(who), read_words(subject)
    if asked.last:
        return bool(named_at(told, {asked.last}))
    return bool(asked.terms) and asked.terms <= {*told.keys}
