"""Whether the clause that reports words asserts that they were said, by the form of its verb and by what governs it.

A finite verb reports ("Lee said"), as does a participle that is set off ("…, saying"). An infinitive or a gerund
reports what happened only where what governs it says so: "went on to say" and "admitted saying" do, "hoped to say" and
"talk of saying" do not (factive and implicative verbs, Kiparsky and Kiparsky 1970, Karttunen 1971).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

import attrs

from quotebank.bank.framing_words import (
    BEING,
    DETERMINING,
    DOING,
    HAVING,
    HELPING,
    POSSESSIVE,
    POSSIBLE,
    SHOWING,
    is_adverb,
    is_noun,
    is_of,
    is_taken,
)
from quotebank.bank.result_records import Stance
from quotebank.comparing import Words, is_negation

RELATIVE = frozenset({"who", "which", "that"})
OPENING = frozenset({"there", "had", "were", "should", "did", "does", "do"})
EVERYTHING = frozenset({"all", "everything", "anything"})
NEVER = frozenset({"never", "nor", "neither", "nowhere", "no"})
FRONTED = NEVER | {"only", "not", "so", "rarely", "seldom"}  # what calls for "did" before a subject
HELD = frozenset({"that", "whether"})
SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they"})
NOBODY = frozenset({"no", "nobody", "none", "neither", "hardly", "nothing", "nowhere"})
CONDITIONS = frozenset({"if", "unless", "suppose", "supposing", "provided", "lest", "until", "till"})
PARTING = frozenset(
    [
        "and",
        "but",
        "or",
        "yet",
        "while",
        "though",
        "although",
        "because",
        "since",
        "when",
        "whenever",
        "after",
        "before",
        "as",
        "where",
        "who",
        "which",
        "whose",
    ]
)  # words that begin a clause of which nothing before it is a part
OBJECT = 3  # words at most from a determiner to the noun that it belongs to
OBJECTS = frozenset(
    [
        "him",
        "her",
        "them",
        "me",
        "us",
        "you",
        "it",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "everyone",
        "else",
        "others",
    ]
)
OF_SUBJECT = 8  # words at most of the subject of a gerund or a bare infinitive
FACTIVE_PREPOSITIONS = frozenset({"as", "by", "while", "after", "when", "since", "in", "on", "upon", "for", "before"})
PARTICLES = frozenset({"out", "off", "away", "back"})
LACKING = frozenset({"without", "instead", "than", "against", "from"})
SENSES = frozenset({"hear", "heard", "see", "saw", "watch", "watched", "make", "made", "let", "help", "helped"})
NON_FACTIVE = frozenset(
    {
        "said",
        "alleg",
        "believ",
        "rumor",
        "rumour",
        "claim",
        "thought",
        "report",
        "suppos",
        "understood",
    }
)
HEARSAY = frozenset({"reportedly", "supposedly", "allegedly", "purportedly", "ostensibly", "reputedly"})


@attrs.frozen
class Clause:
    """The clause that reports words: its verb, what stands before its subject, and between the two, as word numbers.

    Other clauses of the sentence are none of it: those set off before it ("Asked why he had not gone, Lee said"),
    in it ("Lee, who did not vote, said") and those that its conjunction parts from it ("Few listened when Lee said").
    """

    verb: int
    before: tuple[int, ...]
    between: tuple[int, ...]
    subject: tuple[int, ...]
    contrasted: bool

    @property
    def words(self) -> tuple[int, ...]:
        """All words of the clause up to its verb."""
        return (*self.before, *self.subject, *self.between)

    @classmethod
    def of(cls, w: Words, zone: Sequence[int], verb: int, source: Collection[int]) -> Clause:
        """The clause of a verb of saying among the words of a sentence that are not quoted."""
        subject = _named(w, [i for i in zone if i in source and i < verb and w.sentences[i] == w.sentences[verb]])
        if not subject or w.keys[subject[-1]] in RELATIVE:
            low = subject[-1] + 1 if subject else 0
            own = [i for i in zone if low <= i < verb and w.clauses[i] == w.clauses[verb]]
            return cls(verb, tuple(_cut(w, own)), (), subject, contrasted=False)
        first, last = subject[0], subject[-1]
        apart = w.clauses[last] != w.clauses[verb] and w.keys[verb].endswith("ing")  # "did not go, saying"
        parts = {w.clauses[verb]} if apart else {w.clauses[last], w.clauses[verb]}
        between = tuple(i for i in zone if last < i < verb and i not in source and w.clauses[i] in parts)
        before = [i for i in zone if i < first and w.clauses[i] == w.clauses[first]]
        contrasted = bool(before) and w.keys[before[-1]] in ("not", "nor") and w.clauses[first] != w.clauses[verb]
        if before and w.keys[before[0]] in HELD:  # "It is not true, he said, that Lee said"
            before = [i for i in zone if i < first and w.sentences[i] == w.sentences[first]]
        if not before and _has_inversion(w, zone, first):
            before = [zone[0]]
        return cls(verb, tuple(_cut(w, before)), between, subject, contrasted=contrasted)


def _named(w: Words, source: Sequence[int]) -> tuple[int, ...]:
    """The words of a source without what was taken for its beginning: "Unless Lee", "There is no record of Lee"."""
    framing = [k for k, i in enumerate(source) if _frames(w, i) or (not k and w.keys[i] in OPENING)]
    if not framing:
        return tuple(source)
    held = [k for k, i in enumerate(source) if k > framing[-1] and w.keys[i] in ("of", "that")]
    return tuple(source[max([*framing[-1:], *held[:1]]) + 1 :])


def _frames(w: Words, at: int) -> bool:
    key = w.keys[at]
    return key in CONDITIONS | LACKING | BEING or is_of(w, at, "supposing") or (key == "no" and w.keys[at - 1] in BEING)


def _cut(w: Words, before: Sequence[int]) -> list[int]:
    """The words that a verb behind them may depend on: those after the last conjunction that begins a clause anew."""
    for k in range(len(before) - 1, -1, -1):
        key = w.keys[before[k]]
        if key == "which" and k and w.keys[before[k - 1]] == "in":
            continue  # "withdrew a story in which Lee said"
        if is_measure(w, before[k]):
            continue
        as_if = w.keys[before[k] : before[k] + 2] == ["as", "though"] or w.keys[before[k] - 1 : before[k] + 1] == [
            "as",
            "though",
        ]
        if key in PARTING and not as_if and w.keys[before[k] : before[k] + 2] != ["as", "if"]:
            return list(before[k + 1 :])
    return list(before)


def is_measure(w: Words, at: int) -> bool:
    """Whether an "as" begins no clause: "as far as to say", "so far as saying", "was quoted as saying"."""
    behind = w.keys[at + 1 : at + 2]
    return w.keys[at] == "as" and bool(behind) and (behind[0] in ("far", "much", "to") or behind[0].endswith("ing"))


def _has_inversion(w: Words, zone: Sequence[int], first: int) -> bool:
    """Whether a sentence begins with a condition that has no conjunction: "Had it been true that Lee said"."""
    return (
        bool(zone)
        and zone[0] < first
        and w.keys[zone[0]] in ("had", "were", "should")
        and "that" in w.keys[zone[0] : first]
    )


def embedded(w: Words, clause: Clause) -> Stance | None:
    """How a clause stands that depends on what is denied or left open before it; None where nothing is.

    "Nobody could remember Lee saying", "it is not true that Lee said", "if Lee had said", "as though Lee had said".
    """
    if clause.contrasted:
        return "not said"
    before = clause.before
    keys = [w.keys[i] for i in before]
    if not before or is_not_until(keys) or is_not_the_first(keys):
        return None
    conditions = [k for k, key in enumerate(keys) if key in CONDITIONS]
    if conditions and not _as_if(keys) and is_complete(w, before[conditions[-1] + 1 :]):
        return None
    if conditions or _is_inverted(w, clause) or _as_if(keys):
        return "conditional"
    asked = [k for k, key in enumerate(keys) if key == "whether"]
    if asked:
        return None if is_complete(w, before[asked[-1] + 1 :]) else "asked"
    denying = [k for k, key in enumerate(keys) if is_negation(key) or key in NOBODY]
    if not denying or keys[denying[-1] + 1 : denying[-1] + 2] == ["only"]:
        return None
    rest = range(denying[-1], len(keys))
    if any(is_of(w, before[k], "denial") or is_of(w, before[k], "emphatic") for k in rest):
        return None
    factive = any(is_of(w, before[k], "factive") for k in rest) and keys[-1] in ("that", "how", "when")
    holds = any(_is_verbal(w, before[k]) for k in range(len(keys)))
    return "not said" if holds and not factive else None


def is_complete(w: Words, clause: Sequence[int]) -> bool:
    """Whether words behind "if" are a clause of their own, so that what follows them begins anew: "if she won | Lee".

    Scraped texts lose the comma between the two. Not "if it is true that | Lee", "if anybody can prove | Lee".
    """
    if len(clause) < 2 or w.keys[clause[-1]] in HELD or w.keys[clause[-1]] in HELPING:
        return False
    if any(is_of(w, clause[-1], name) for name in ("saying", "thinking", "factive", "evidence", "report", "supposing")):
        return False
    if "that" in (w.keys[i] for i in clause):
        return False
    told = any(w.keys[i] in HELPING or w.keys[i].endswith("ed") for i in clause[1:])
    return told or w.keys[clause[0]] in SUBJECTS


def is_not_until(keys: Sequence[str]) -> bool:
    """Whether words that stand before a clause say when at last it held: "Not until the third day did Lee say"."""
    return any(key in ("until", "till") and not {"not", "only"}.isdisjoint(keys[:k]) for k, key in enumerate(keys))


def is_not_the_first(keys: Sequence[str]) -> bool:
    """Whether words say that something happened before, too: "This was not the first time that Lee said"."""
    times = (k for k, pair in enumerate(pairwise(keys)) if pair in (("first", "time"), ("last", "time")))
    return any(any(map(is_negation, keys[:k])) for k in times)


def _is_verbal(w: Words, at: int) -> bool:
    classes = ("saying", "thinking", "factive", "implicative", "evidence")
    return w.keys[at] in HELPING or any(is_of(w, at, name) for name in classes)


def _as_if(keys: Sequence[str]) -> bool:
    return any(a == "as" and b in ("if", "though") for a, b in pairwise(keys))


def _is_inverted(w: Words, clause: Clause) -> bool:
    """Whether a clause is a condition by its order: "Had Lee said", "Should Lee say"."""
    first = clause.before[0]
    begins = first == 0 or w.sentences[first - 1] != w.sentences[first] or w.clauses[first - 1] != w.clauses[first]
    alone = len(clause.before) == 1 or "that" in (w.keys[i] for i in clause.before)
    return begins and alone and w.keys[first] in ("had", "should", "were")


def unasserted(w: Words, zone: Collection[int], verb: int, source: Collection[int]) -> Stance | None:
    """How words stand whose verb of saying is no finite one; None where it asserts that they were said.

    `zone` are the words before them in their sentence that are not quoted, `source` those of who speaks.
    """
    at = _head(w, zone, verb)
    if w.keys[at - 1] in ("have", "having") and at - 1 in zone:
        at -= 1  # "to have said", "as having said"
    before = _before(w, zone, at)
    if before in zone and excepts(w, before):
        return "not said"
    if before in zone and w.keys[before] == "and" and is_unfulfilled(w, [i for i in zone if i < before], before):
        return "possible"
    if any(w.keys[i] in HEARSAY for i in zone if at - OBJECT <= i < at):
        return "second hand"
    if w.keys[at].endswith("ing"):
        return _of_gerund(w, zone, at, source)
    if before in zone and w.keys[before] == "to":
        return _of_infinitive(w, zone, before, source)
    return _of_bare(w, zone, at, source)


def is_unfulfilled(w: Words, zone: Sequence[int], joined: int) -> bool:
    """Whether verbs that "and" joins to another did not happen: "was to have come | and said", "would have stood"."""
    clause = [i for i in zone if w.clauses[i] == w.clauses[joined] and w.sentences[i] == w.sentences[joined]]
    planned = (i for i in clause if w.keys[i] in BEING and w.keys[i + 1 : i + 3] == ["to", "have"])
    unreal = (i for i in clause if w.keys[i] in POSSIBLE and w.keys[i + 1 : i + 2] == ["have"])
    at = min((*planned, *unreal), default=None)
    return at is not None and not any(is_of(w, i, "saying") for i in clause if i < at)  # "said she would have gone and"


def excepts(w: Words, at: int) -> bool:
    """Whether word `at` sets a verb behind it apart from what happened: "than say", "everything but say"."""
    if at < 0 or w.quoted[at] != w.quoted[at + 1]:
        return False
    return w.keys[at] in ("than", "except") or (at > 0 and w.keys[at] == "but" and w.keys[at - 1] in EVERYTHING)


def _head(w: Words, zone: Collection[int], verb: int) -> int:
    """The first verb of some that are joined: "standing up and saying"."""
    joined = verb - 1 in zone and w.keys[verb - 1] in ("and", "or") and w.clauses[verb] == w.clauses[verb - 1]
    if joined and w.keys[verb].endswith("ing"):
        for at in range(verb - 2, max(verb - 6, -1), -1):
            if at in zone and w.keys[at].endswith("ing") and w.clauses[at] == w.clauses[verb]:
                return at
    return verb


def _before(w: Words, zone: Collection[int], at: int) -> int:
    """The word before another, adverbs aside; one that is not in the zone where there is none."""
    at -= 1
    while at in zone and is_adverb(w.keys[at]):
        at -= 1
    return at


def _subject(w: Words, zone: Collection[int], at: int, source: Collection[int]) -> int:
    """Where the subject that stands right before a verb begins; the verb's own place where none does."""
    begin = at
    while begin - 1 in zone and begin - 1 in source and at - begin < OF_SUBJECT:
        begin -= 1
    if begin == at and at - 1 in zone and w.keys[at - 1] in OBJECTS:
        return at - 1
    while (begin == at and w.names[begin - 1] and begin - 1 in zone) or (
        begin < at and begin - 1 in zone and w.names[begin - 1]
    ):
        begin -= 1
    while (
        begin < at
        and begin - 1 in zone
        and (w.names[begin - 1] or w.keys[begin - 1] in DETERMINING - {"that", "to", "s"})
    ):
        begin -= 1
    return begin


def _of_gerund(w: Words, zone: Collection[int], verb: int, source: Collection[int]) -> Stance | None:
    at = _before(w, zone, verb)
    if at not in zone or w.clauses[at] != w.clauses[verb] or w.keys[at] in BEING:
        return None
    subject = _subject(w, zone, at + 1, source)
    governor = _before(w, zone, subject)
    if governor not in zone:
        return None
    key = w.keys[governor]
    if key in LACKING or w.keys[governor - 1 : governor + 1] in (
        ["instead", "of"],
        ["short", "of"],
        ["rather", "than"],
    ):
        return "not said"
    if key in FACTIVE_PREPOSITIONS or (key == "to" and is_of(w, governor - 1, "factive")):
        return None  # "admitted to saying", but not "came close to saying"
    if key in ("of", "about"):
        if w.keys[governor - 1] == "accused":
            return "second hand"
        if w.keys[governor - 2 : governor] == ["a", "point"]:
            return None
        return None if is_of(w, governor - 1, "happened_of") or is_of(w, governor - 1, "factive") else "possible"
    if subject <= at and key in HAVING | SHOWING:
        return None if _is_recorded(w, governor) else "called false"
    if key in PARTICLES:
        governor -= 1
    return "possible" if key == "to" or is_of(w, governor, "shunning") else None


def _is_recorded(w: Words, verb: int) -> bool:
    """Whether a verb of showing has a recording for its subject: "the footage shows Lee saying"."""
    return w.keys[verb] in SHOWING and any(is_of(w, i, "recorded") for i in range(max(verb - OBJECT, 0), verb))


def _of_infinitive(w: Words, zone: Collection[int], to: int, source: Collection[int]) -> Stance | None:
    """How words stand behind a verb with "to", which is word `to`."""
    at = _before(w, zone, to)
    if at not in zone or w.clauses[at] != w.clauses[to]:
        return None
    clause = [i for i in zone if i < at and w.clauses[i] == w.clauses[to]]
    if any(w.keys[i] in BEING and is_of(w, i + 1, "control") for i in clause):
        return "possible"  # "was pressed on Sunday to say"
    begin = _subject(w, zone, at + 1, source)
    causing = begin <= at and w.keys[begin - 1] not in ("to", "on", "in", "at", "with", "from")
    governor = _before(w, zone, begin) if causing else at
    if governor not in zone:  # "Asked to say", where "Asked" was taken for the one who speaks
        return "possible" if is_of(w, at, "control") else None
    # "was to say", "waited for someone else to say"
    if w.keys[governor] in BEING or (causing and w.keys[governor] == "for" and at not in source):
        return "possible"
    if "too" in w.keys[max(governor - OBJECT, 0) : governor]:
        return "not said"  # "too polite to say"
    if is_of(w, governor, "implicative"):
        return None
    return "asked" if causing else _of_governor(w, zone, governor)


def _of_governor(w: Words, zone: Collection[int], governor: int) -> Stance | None:
    """How words stand behind a verb, a noun or an adjective with "to say"."""
    if is_of(w, governor, "prospect") or is_of(w, governor, "control"):
        return None if is_taken(w, governor) else "possible"  # "took the opportunity to say"
    if w.stems[governor] in ("seem", "appear"):
        return "unclear"
    if w.stems[governor] in NON_FACTIVE:
        return "second hand"
    described = w.keys[_before(w, zone, governor)] in BEING  # "was poised to say", but not "was at home to say"
    a_thing = not DETERMINING.isdisjoint(w.keys[max(governor - OBJECT, 0) : governor])
    return "possible" if described and not a_thing and not w.names[governor] else None


def _of_bare(w: Words, zone: Collection[int], verb: int, source: Collection[int]) -> Stance | None:
    """How words stand behind a verb in its bare form, with its subject before it: "had Lee say", "did Lee say"."""
    if not _is_bare(w, verb):
        return None
    subject = _subject(w, zone, verb, source)
    governor = subject - 1
    if subject == verb or governor not in zone or w.sentences[governor] != w.sentences[verb]:
        return None
    key = w.keys[governor]
    opening = w.keys[next((i for i in sorted(zone) if w.sentences[i] == w.sentences[verb]), governor)]
    if key in DOING and opening in FRONTED:  # "Only on Friday did Lee say", "Never did Lee say"
        return "not said" if opening in NEVER else None
    if key in DOING and _opens(w, zone, governor):
        return "asked"
    if key in SENSES and (w.keys[_before(w, zone, governor)] in POSSIBLE | {"can", "to"}):
        return "possible"  # "you can almost hear Lee say", "who came to hear Lee say"
    if key in HAVING and governor - 1 in zone:
        return "called false"  # "a parody had Lee say"
    return None


def _is_bare(w: Words, verb: int) -> bool:
    key = w.keys[verb]
    return not key.endswith(("s", "d", "t", "ke", "ote", "ing")) or key in ("suggest", "admit", "insist", "write")


def _opens(w: Words, zone: Collection[int], at: int) -> bool:
    """Whether a word begins its clause, a word that asks aside: "Did he say", "Why did he say"."""
    return at - 1 not in zone or w.sentences[at - 1] != w.sentences[at] or w.keys[at - 1] in ("why", "when", "where")


def entertained(w: Words, zone: Sequence[int], verb: int, source: Collection[int]) -> tuple[Stance, int] | None:
    """How the clause of a verb stands in what takes it for its object, and where that is; None where it is asserted.

    "Many believe that Lee said", "supporters hope Lee will say", "the claim that Lee said", "imagine Lee saying".
    """
    begins = min(_named(w, [i for i in zone if i in source and i < verb]), default=verb)
    if begins < verb and is_of(w, begins, "supposing") and _opens(w, frozenset(zone), begins):
        return "conditional", begins  # "Imagine Lee saying", where "Imagine" was taken for a part of the name
    for at in reversed([i for i in zone if i < begins]):
        if w.sentences[at] != w.sentences[verb] or not _reaches(w, at, begins):
            return None
        if is_of(w, at, "supposing") and (_opens(w, zone, at) or not is_noun(w, at)):
            return "conditional", at
        if is_of(w, at, "factive"):
            return None
        if is_of(w, at, "thinking") and not is_noun(w, at):
            return (
                "possible" if w.stems[at] in ("hope", "fear", "wish", "want", "expect", "doubt") else "second hand"
            ), at
        if is_of(w, at, "report") and is_noun(w, at) and (at + 1 == begins or w.keys[at + 1] in ("that", "of")):
            return "second hand", at
    return None


def _reaches(w: Words, at: int, begins: int) -> bool:
    """Whether a clause that begins at a word may be the object of word `at`: nothing, or "that", between them."""
    between = w.keys[at + 1 : begins]
    joining = {"that", "of", "in", "which", "how", "if", "what", "the", "a", "an", *POSSESSIVE}
    return all(key in joining or is_adverb(key) or w.names[k] for k, key in enumerate(between, at + 1)) and not any(
        mark in w.text[w.ends[at] : w.starts[begins]] for mark in ";:,—–"
    )


def is_hearsay(w: Words, zone: Sequence[int]) -> bool:
    """Whether words are told as what others say: "supposedly by Lee", "if you believe the posters"."""
    if any(w.keys[i] in HEARSAY for i in zone):
        return True
    return bool(zone) and w.keys[zone[0] : zone[0] + 3] in (["if", "you", "believe"], ["if", "one", "believes"])


def tells_a_report(w: Words, clause: Clause) -> bool:
    """Whether before the verb of a clause stands what its subject only tells: "they spread the story that"."""
    return any(is_of(w, i, "report") and is_noun(w, i) and w.keys[i + 1] == "that" for i in clause.between)


def is_invented(w: Words, zone: Sequence[int]) -> bool:
    """Whether what is told happens in a work of somebody's making: "in the play", "a meme in which Lee says"."""
    works = [i for i in zone if is_of(w, i, "fictional") and is_noun(w, i)]
    return any(
        "in" in w.keys[max(i - OBJECT, 0) : i] or w.keys[i + 1 : i + 3] in (["in", "which"], ["where"], ["with"])
        for i in works
    )


def denied_by(w: Words, at: Sequence[int]) -> bool:
    """Whether among some words is one that denies, doubts or calls false."""
    return any(
        is_negation(w.keys[i]) or is_of(w, i, "untrue") or is_of(w, i, "forged") or is_of(w, i, "doubtful") for i in at
    )
