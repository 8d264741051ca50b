"""Whether an article plainly reports words as said: the one form of sentence that a fact-checker may take for it.

English has few forms that say no more than that somebody said something: a subject and a finite verb of reporting,
in either order, with nothing in front of them that could govern their clause, nothing between them but auxiliaries of
time and adverbs, and nothing set behind them that takes it back. Whatever else embeds words (there is no end of ways to
deny, doubt, imagine or retell) is not plain, also where no rule knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from quotebank.bank.embedding import HAPPENED, Frame, is_emphatic, is_own, subject_of
from quotebank.bank.framing_words import (
    BEING,
    DETERMINING,
    DOING,
    HAVING,
    POSSIBLE,
    is_adverb,
    is_noun,
    is_of,
    stems_of,
)
from quotebank.bank.reporting_clause import excepts, is_hearsay, is_unfulfilled
from quotebank.bank.reporting_sentence import whole_sentences
from quotebank.comparing import Words, is_content, is_negation, stem
from quotebank.records import Claim
from quotebank.text import lines, words

DASH = regex.compile(r"\s[-–]\s")  # between clauses, where a hyphen stands for a dash
COORDINATING = frozenset({"and", "but", "then"})
JOINING = COORDINATING | {"after", "when", "while", "because", "although", "though", "since", "where", "whereas", "as"}
FACTUAL = COORDINATING | frozenset(
    {"so", "yet", "while", "as", "when", "after", "since", "because", "although", "though", "where", "whereas", "for"}
    | {"before", "what", "who", "which", "whom", "whose", "even", "just"}
)  # that open a clause which holds
OPENERS = words("bank/placing_prepositions")
ADVERBIAL = words("bank/harmless_adverbs")
HEDGES = words("bank/hedges")
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
SEVERAL = frozenset({"i", "we", "you", "they", "and", "both"})
NEAR = 4  # words before a verb in which what it depends on stands
RELATIVE = frozenset({"who", "which"})
NOBODY = frozenset({"no", "nobody", "none", "neither", "few", "nothing", "nor", "never", "little"})
MODAL = POSSIBLE | {"can", "must", "ought", "cannot", "did", "does", "do"}
LEADING = frozenset({"if", "unless", "or", "supposing", "assuming", "provided", "whether", "lest", "until", "except"})
LEAST = 3  # words of a quotation that is more than a term
LONGEST = 6  # words of a clause that is put in: "Lee, his critics claim, said"
VAGUE = frozenset({"like", "anything", "something", "nothing", "though", "opposite", "effect"})
UNREAL = ("forged", "fictional", "untrue", "doubtful", "supposing")
DEFERRING = ("control", "prospect", "refusal", "shunning", "denial", "failing")


def is_plain(frame: Frame, claim: Claim) -> bool:
    """Whether the sentence that reports the words of a claim says no more than that they were said."""
    narrated = [i for i in range(frame.start, frame.end) if not frame.words.quoted[i]]
    return is_emphatic(frame.words, narrated) or (_is_plain_around(frame, claim) and _is_plain_inside(frame, claim))


def _is_plain_inside(frame: Frame, claim: Claim) -> bool:
    """Whether the words of a claim around some of its words leave these its speaker's own."""
    w, first, last = frame.words, frame.first, frame.last
    zone = [i for i in range(frame.inner, first) if w.sentences[i] == w.sentences[first] and i in frame.content]
    behind = [i for i in range(last + 1, frame.end) if i in frame.content and not w.quoted[i]]
    cut = bool(zone) and w.quoted[zone[-1]]  # words from the middle of a quotation
    if w.quoted[first] and not cut and (_is_named(w, zone, first) or _is_apposed(w, behind, last)):
        return False
    if w.quoted[first] and any(is_of(w, i, "forged") for i in behind):
        return False
    if not cut and behind[:1] == [last + 1] and _is_subject_of_being(w, first, last):
        return False
    if not cut and zone and w.keys[zone[0]] == "to" and any(is_of(w, i, "saying") for i in zone[1:NEAR]):
        return False  # "called on her to declare “…”"
    near = [i for i in zone if w.clauses[i] == w.clauses[first]] if cut else zone
    for verb in (i for i in near if is_of(w, i, "saying") and not is_noun(w, i) and not _is_name(w, i)):
        owner = subject_of(w, verb, frame.inner)
        if owner and not is_own(owner, claim, quoted=w.quoted[verb]):
            return False
    return True


def _is_named(w: Words, zone: Sequence[int], first: int) -> bool:
    """Whether quoted words are talked about, not used: "that the message “…” was typed by somebody else"."""
    if not zone or zone[-1] != first - 1:
        return False
    if w.clauses[first] != w.clauses[first - 1]:  # "that a quote going round, “…”, was made up"
        apart = "," in w.text[w.ends[first - 1] : w.starts[first]]
        return apart and any(is_of(w, i, "quotation") and is_noun(w, i) for i in zone)
    return is_of(w, first - 1, "quotation") or w.keys[first - 1] == "words"


def _is_subject_of_being(w: Words, first: int, last: int) -> bool:
    """Whether quoted words, no name of a thing, are what a clause is about: "and “God save us” was on the list"."""
    is_one = w.quoted[first] and w.clauses[last] == w.clauses[last + 1]
    return is_one and w.keys[last + 1] in BEING and w.keys[first] not in DETERMINING and last - first + 1 >= LEAST


def _is_apposed(w: Words, behind: Sequence[int], last: int) -> bool:
    """Whether what a claim has behind quoted words is about them: "“…” – words that he has yet to utter"."""
    if not behind or behind[0] != last + 1:
        return False
    first = behind[0] + (w.keys[behind[0]] in DETERMINING)
    return w.keys[first : first + 1] == ["words"] or (is_of(w, first, "quotation") and not _is_name(w, first))


def _is_plain_around(frame: Frame, claim: Claim) -> bool:
    """Whether the narrator's words do."""
    w = frame.words
    own = sorted(frame.own) or _nearest_verb(frame)
    if not own:
        return _is_plain_alone(frame)
    start, end = whole_sentences(w, own[0], own[-1])
    zone = [i for i in range(start, end) if i not in frame.content and w.quoted[i] == w.quoted[own[0]]]
    source = [i for i in zone if i in frame.source and i not in own]
    told = [i for i in zone if w.keys[i : i + 2] == ["according", "to"]]
    if told and not {*own, *source} & set(told):
        return False
    if told:
        return _is_asserting(w, [i for i in source if w.keys[i] != "according"])
    verb = _verb(w, own)
    if verb is not None and _is_bare(frame, zone, source, verb, claim):
        return False
    if verb is not None and w.stems[verb] in stems_of("dismissing"):
        return w.keys[frame.first - 1] == "as" and _is_reported(frame, zone, source, verb)
    if verb is not None:
        return _is_reported(frame, zone, source, verb)
    return _is_plain_without_verb(frame, zone, own, source)


def _nearest_verb(frame: Frame) -> list[int]:
    """The verb of saying of the narrator next to words whose claim has no cue."""
    w = frame.words
    zone = [i for i in range(frame.start, frame.end) if i not in frame.content and not w.quoted[i]]
    verbs = [i for i in zone if w.stems[i] in reporting_stems() and not is_noun(w, i) and not _is_name(w, i)]
    return sorted(verbs, key=lambda i: min(abs(i - frame.first), abs(i - frame.last)))[:1]


def _verb(w: Words, own: Sequence[int]) -> int | None:
    """The verb of a cue that reports: the last of them that is not how or where it was said."""
    pointing = {i for i in own if w.stems[i] == "point" and w.keys[i + 1 : i + 2] == ["out"]}
    verbs = [i for i in own if (w.stems[i] in reporting_stems() or i in pointing) and not is_noun(w, i)]
    plain = [i for i in verbs if w.keys[i].endswith("ing") or not _is_placed(w, i)]
    return plain[-1] if plain else None


def _is_placed(w: Words, at: int) -> bool:
    """Whether a word stands behind a preposition in its own clause: "in remarks", but not "“come in,” said Lee"."""
    before = at - 1
    if at == 0 or w.clauses[before] != w.clauses[at] or w.quoted[before] != w.quoted[at]:
        return False
    return w.keys[before] in OPENERS - {"to"} and not _is_name(w, before)


@cache
def reporting_stems() -> frozenset[str]:
    """The stems of the verbs that report, without denying or doubting it, that somebody expressed something."""
    return frozenset(stem(word) for line in lines("bank/reporting_verbs") for word in line.split())


def _is_bare(frame: Frame, zone: Sequence[int], source: Sequence[int], verb: int, claim: Claim) -> bool:
    """Whether a verb has the bare form that one person's verb has only under another: "had Lee say", "made Lee say"."""
    w = frame.words
    key = w.keys[verb]
    if key.endswith(("ed", "s", "ing")) or key in words("bank/finite_forms") or claim.speaker is None:
        return False
    if claim.speaker.type != "person" or not {w.keys[i] for i in source}.isdisjoint(SEVERAL):
        return False
    helping = MODAL | {"to", "and", "but"}
    return not any(w.keys[i] in helping for i in zone if i < verb and i >= verb - NEAR) or w.keys[verb - 1] == "have"


def _is_unreal(w: Words, at: int) -> bool:
    """Whether a word makes what is told a forgery, a fiction or a falsehood, or casts doubt on it."""
    if _is_name(w, at):
        return False
    key = w.keys[at]
    apt = key in ("likely", "unlikely") and w.keys[at + 1 : at + 2] == ["to"]  # "in the line likely to be remembered"
    return (key in HEDGES and not apt) or (not key.endswith("ly") and any(is_of(w, at, name) for name in UNREAL))


def _puts_off(w: Words, at: int) -> bool:
    """Whether a word may deny or condition what it stands with in its clause."""
    key = w.keys[at]
    denying = key in MODAL or key in LEADING or key in NOBODY or is_negation(key)
    return (denying and not _is_name(w, at)) or _is_unreal(w, at)


def _is_name(w: Words, at: int) -> bool:
    """Whether a word is one of a name, also the first of a sentence: "Will Doyle"."""
    if at and w.names[at]:  # the first word of a text is written as a name is, too
        return True
    return w.keys[at] in ("will", "may") and w.text[w.starts[at]].isupper() and at + 1 < len(w) and w.names[at + 1]


def _begins_name(w: Words, at: int) -> bool:
    """Whether a word is one of a name, also where it begins the text, as any word there is written as a name."""
    return w.names[at] and (at > 0 or (w.names[1:2] == (True,) and is_content(w.keys[0])))


def _is_reported(frame: Frame, zone: Sequence[int], source: Sequence[int], verb: int) -> bool:
    """Whether the clause of a verb of reporting is plain."""
    w = frame.words
    while source and w.keys[source[0]] in LEADING | {"that", "how", "what", "when"}:
        source = source[1:]  # what opens the clause is none of who speaks
    before, behind = [i for i in source if i < verb], [i for i in source if i > verb]
    if before:
        mid = [i for i in zone if before[-1] < i < verb and w.clauses[i] == w.clauses[verb]]
        relative = (
            i for i in reversed([*before, *mid]) if w.keys[i] in RELATIVE or (w.keys[i] == "that" and i == verb - 1)
        )
        first = next(relative, before[0])
        finite = _is_finite(w, mid, verb) or _is_absolute(w, before, mid, verb)
        plain = _opens(w, zone, first) and _is_asserting(w, before) and finite
        if w.keys[first] in RELATIVE and first - 1 in zone:
            antecedent = [i for i in zone if i < first and w.clauses[i] == w.clauses[first - 1]]
            plain = plain and not any(_puts_off(w, i) for i in antecedent[:2])
        besides = [i for i in zone if before[0] - 1 <= i < before[0] and w.clauses[i] == w.clauses[before[0]]]
        plain = (
            plain
            and not any(_puts_off(w, i) for i in besides)
            and _is_subject(w, zone, before, verb)
            and not _is_apposition(w, zone, before, verb)
        )
        last = verb
    elif behind:
        near = [i for i in zone if verb < i < behind[0]]
        agent = w.keys[behind[0] - 1] == "by"
        pre = [i for i in zone if i < verb and w.clauses[i] == w.clauses[verb]]
        opened = not any(_puts_off(w, i) or w.keys[i] == "that" for i in pre) if agent else _opens(w, zone, verb)
        plain = opened and _is_asserting(w, behind) and not any(_puts_off(w, i) for i in near)
        last = behind[-1]
    else:
        mid = [i for i in zone if i < verb and w.clauses[i] == w.clauses[verb]]
        while mid and (_begins_name(w, mid[0]) or w.keys[mid[0]] in PRONOUNS):
            mid = mid[1:]  # whose subject the claim's source left out
        plain, last = not mid or _is_finite(w, mid, verb), verb
    return plain and _closes(frame, zone, verb, last) and not _is_parenthesized(frame, zone, verb)


def _opens(w: Words, zone: Sequence[int], first: int) -> bool:
    """Whether what stands in a clause before its subject or verb leaves it a main clause, or one that holds."""
    pre = [i for i in zone if i < first and w.clauses[i] == w.clauses[first] and w.sentences[i] == w.sentences[first]]
    apart = [i for i in zone if i < first and i not in pre]
    if is_hearsay(w, zone) or _is_of_nobody(w, zone, first):
        return False
    if first and w.keys[first - 1] == "what" and first - 1 not in zone:
        return True  # "to mend what | Lee says are “…”", of which "what" is the claim's
    anew = bool(pre) and w.keys[pre[0]] in JOINING  # "Critics doubt it, but Lee said"
    if not anew and any(_is_unreal(w, i) or is_of(w, i, "posing") for i in apart if not _is_adjunct(w, apart, i)):
        return False  # "In the parody, Lee said", "The impostor, posing as Lee, said"
    cut = max((k + 1 for k, i in enumerate(pre) if w.keys[i] in JOINING and not _is_as_if(w, i)), default=0)
    dashes = (k for k, i in enumerate(pre) if k and DASH.search(w.text, w.ends[i - 1], w.starts[i]))
    rest = pre[max([cut, *dashes]) :]
    if len(rest) > 1 and w.keys[rest[0]] in BEING and w.keys[rest[-1]] in ("how", "what"):
        return len(rest) == 2
    if any(_puts_off(w, i) or w.keys[i] == "that" or _is_as_if(w, i) for i in rest):
        return False
    if w.keys[first] in RELATIVE | {"that"}:
        return True
    if rest and w.keys[rest[-1]] in HAVING | BEING | DOING:
        return False  # "Had Lee said"
    while rest and (w.keys[rest[0]] in FACTUAL | ADVERBIAL or is_adverb(w.keys[rest[0]])):
        rest = rest[1:]
    if not rest or all(_begins_name(w, i) or is_of(w, i, "titled") for i in rest):
        return True
    leading = w.keys[rest[0]] in OPENERS or w.keys[rest[0]].isdigit()
    return leading and not any(_embeds(w, i) for i in rest[1:])


def _is_as_if(w: Words, at: int) -> bool:
    return "as" in (w.keys[at - 1], w.keys[at]) and not {"if", "though"}.isdisjoint(w.keys[at : at + 2])


def _embeds(w: Words, at: int) -> bool:
    """Whether a word is a verb that may have a clause for its object."""
    if _is_name(w, at) or is_noun(w, at):
        return False
    return any(is_of(w, at, name) for name in ("saying", "thinking", "denial", "report"))


def _is_of_nobody(w: Words, zone: Sequence[int], first: int) -> bool:
    """Whether a sentence is about nobody, whoever is named in it: "No minister, including Ann Lee, has said"."""
    opening = [i for i in zone if w.sentences[i] == w.sentences[first]][:1]
    if not opening or w.keys[opening[0]] not in NOBODY or opening[0] >= first:
        return False
    clauses = sorted({w.clauses[i] for i in zone if opening[0] <= i <= first})
    if w.keys[opening[0] + 1] == "one":
        return False  # "Never one to mince words, Lee said"
    if any(w.keys[i] in JOINING for i in zone if opening[0] < i < first and w.clauses[i] == clauses[0]):
        return False  # "Few listened when Lee said"
    return not any(w.keys[next(i for i in zone if w.clauses[i] == c)] in JOINING for c in clauses[1:])


def _is_adjunct(w: Words, zone: Sequence[int], at: int) -> bool:
    """Whether the clause of a word only tells of its subject what else they did or when: "Dismissing the hoax, …"."""
    first = next(i for i in zone if w.clauses[i] == w.clauses[at])
    participle = w.keys[first].endswith(("ing", "ed")) and not is_of(w, first, "posing")
    return participle or w.keys[first] in FACTUAL - OPENERS or w.sentences[first] != w.sentences[zone[-1]]


def _is_asserting(w: Words, source: Sequence[int]) -> bool:
    """Whether a source is somebody who speaks: not nobody, nor a forger, nor one who poses as another."""
    if not source:
        return True
    filled = range(source[0], source[-1] + 1)  # with what stands between its pieces
    head = [i for i in filled if w.clauses[i] == w.clauses[source[0]]]
    apart = next((k for k, i in enumerate(head) if w.keys[i] in RELATIVE), len(head))
    if any(is_of(w, i, "report") and w.keys[i + 1 : i + 2] == ["of"] for i in head):
        return False  # "Reports of Lee calling it"
    of_others = {i for i in head if i and w.keys[i - 1] in OPENERS}  # "the police unit for forged notes"
    if any(_puts_off(w, i) for i in head[:apart] if i not in of_others) or w.keys[head[0]] in HAVING | BEING | DOING:
        return False
    finite = [i for i in head[1:apart] if w.keys[i].endswith(("s", "ed")) or w.keys[i] in words("bank/finite_forms")]
    return not any(is_of(w, i, "posing") for i in head) and not any(_embeds(w, i) for i in finite)


def _is_subject(w: Words, zone: Sequence[int], source: Sequence[int], verb: int) -> bool:
    """Whether a verb behind a comma is still its source's: not in "Some insist the senator, Ann Lee, tweeted"."""
    last, clause = source[-1], w.clauses[verb]
    begins = next(i for i in zone if w.clauses[i] == clause)
    relative = any(w.keys[i] in RELATIVE for i in source)
    if w.clauses[last] == clause or relative or w.keys[begins] in FACTUAL or w.keys[verb].endswith("ing"):
        return True
    return not any(_embeds(w, i) for i in zone if i > last and w.clauses[i] == w.clauses[last])


def _is_apposition(w: Words, zone: Sequence[int], source: Sequence[int], verb: int) -> bool:
    """Whether a source only names the object of another verb: "Police say the suspect, Ann Lee, told officers"."""
    first = source[0]
    if w.clauses[first] == w.clauses[verb] or first - 1 not in zone or w.clauses[first - 1] == w.clauses[first]:
        return False
    before = [i for i in zone if w.clauses[i] == w.clauses[first - 1]]
    return not w.keys[before[0]].endswith(("ing", "ed")) and any(_embeds(w, i) for i in before)


def _is_finite(w: Words, mid: Sequence[int], verb: int) -> bool:
    """Whether a verb is finite behind what is between its subject and it, or governed by what says that it happened."""
    cut = max((k + 1 for k, i in enumerate(mid) if w.keys[i] in COORDINATING), default=0)
    anew = (
        cut and w.stems[next((i for i in mid if not _is_light(w, i)), verb)] in reporting_stems()
    )  # "said no and added"
    near = list(mid[cut:])
    if cut and is_unfulfilled(w, mid[:cut], mid[cut - 1]):
        return False  # "was to have come out and said"
    if any(w.keys[i] == "that" for i in mid[:cut]) or any(excepts(w, i) for i in mid):
        return False  # "spread the story that Lee had laughed and said"
    happened = not HAPPENED.isdisjoint([*(w.keys[i] for i in near), *w.keys[verb + 1 : verb + 2]])  # "would later say"
    harmless = DOING | POSSIBLE if happened else DOING
    if any(_puts_off(w, i) and w.keys[i] not in harmless for i in (near if anew else mid)):
        return False
    governor = verb - 1
    while governor in near and (is_adverb(w.keys[governor]) or w.keys[governor] in ADVERBIAL):
        governor -= 1
    if w.keys[verb].endswith("ing"):
        apart = verb == 0 or w.clauses[verb] != w.clauses[verb - 1] or bool(cut)
        return apart if governor not in near else _is_factual_gerund(w, near, governor)
    if governor in near and w.keys[governor] == "to":
        main = [i for i in near if i < governor and not _is_light(w, i)]
        heard = [w.keys[i] for i in main] == ["heard"] and any(w.keys[i] in BEING for i in near)  # "is heard to say"
        return heard or (bool(main) and is_of(w, main[0], "implicative") and not any(_defers(w, i) for i in main))
    if any(w.keys[i] in BEING for i in near):
        return is_of(w, verb, "quoting") or w.keys[verb] in ("heard", "recorded")
    rest = [i for i in near if not _is_light(w, i) and w.keys[i] not in harmless]
    placed = bool(rest) and (w.keys[rest[0]] in OPENERS or w.keys[rest[0]].endswith("ing"))
    return not rest or cut > 0 or placed or all(_is_name(w, i) for i in rest)


def _is_absolute(w: Words, source: Sequence[int], mid: Sequence[int], verb: int) -> bool:
    """Whether a participle reports what went with something else: "Oxbow backed it, with Ann Lee saying"."""
    return not mid and w.keys[verb].endswith("ing") and source[0] > 0 and w.keys[source[0] - 1] == "with"


def _is_light(w: Words, at: int) -> bool:
    key = w.keys[at]
    return key in HAVING | BEING | DOING | ADVERBIAL or is_adverb(key) or key in ("who", "which", "that", "s", "is")


def _defers(w: Words, at: int) -> bool:
    return any(is_of(w, at, name) for name in DEFERRING)


def _is_factual_gerund(w: Words, near: Sequence[int], governor: int) -> bool:
    """Whether a gerund behind word `governor` is of what happened: ", saying", "by saying", "was quoted as saying"."""
    if any(_defers(w, i) for i in near):
        return False
    key = w.keys[governor]
    if key == "as":
        known = any(is_of(w, i, name) for i in near for name in ("quoting", "implicative", "recorded"))
        return known and not BEING.isdisjoint(w.keys[i] for i in near)  # not "for quoting Lee as saying"
    if key == "for":  # "was criticised for saying", but not "sued a rival for saying"
        return DETERMINING.isdisjoint(w.keys[i] for i in near) and not any(_is_name(w, i) for i in near)
    if key in ("by", "in", "while", "after", "when", "since", "on", "upon", "before", "and"):
        return True
    if any(is_of(w, i, "issuing") for i in near) and is_of(w, governor, "quotation"):
        return True  # "issued a statement saying"
    return key in BEING or is_of(w, governor, "factive") or is_of(w, governor, "implicative")


def _closes(frame: Frame, zone: Sequence[int], verb: int, last: int) -> bool:
    """Whether nothing behind the verb and its subject takes back what they report."""
    w = frame.words
    inside = [
        i for i in zone if i > verb and i not in frame.source and w.clauses[i] in (w.clauses[verb], w.clauses[last])
    ]
    told = last if frame.inner < verb else max(last, frame.last)
    anew = next((i for i in inside if i > told and w.keys[i] in FACTUAL | {"that"}), len(w))
    inside = [i for i in inside if i < anew]
    if any(_puts_off(w, i) or w.keys[i] in VAGUE for i in inside):
        return False
    if any(w.keys[i] == "to" and w.keys[i + 1 : i + 2] in (["have"], ["be"]) for i in inside):
        return False
    behind = [i for i in zone if i > last and i not in inside]
    firsts = {w.clauses[i]: i for i in reversed(behind)}
    for first in firsts.values():
        if w.keys[first] in LEADING or w.keys[first] in HEDGES:
            return False
        placed = w.keys[first] in OPENERS | BEING  # "“…,” he said in the parody", "“…” is a forgery"
        if placed and any(_is_unreal(w, i) for i in behind if w.clauses[i] == w.clauses[first]):
            return False
    return True


def _is_parenthesized(frame: Frame, zone: Sequence[int], verb: int) -> bool:
    """Whether another reports the report, set off between or behind its words: "Lee, critics claim, said"."""
    w = frame.words
    clauses: dict[int, list[int]] = {}
    begins = min([verb, *(i for i in zone if i in frame.source)])
    for i in zone:
        clauses.setdefault(w.clauses[i], []).append(i)
    for some in clauses.values():
        if some[0] < begins or not 1 < len(some) < LONGEST or not frame.source.isdisjoint(some):
            continue
        if verb in some or w.sentences[some[0]] != w.sentences[verb]:
            continue
        key = w.keys[some[0]]
        opens = not DETERMINING.isdisjoint(w.keys[i] for i in some[1:])  # "struck a gloomy note"
        opens = opens or key in FACTUAL | OPENERS | {"that"} or key.endswith(("ing", "ed")) or is_adverb(key)
        if not opens and not w.keys[some[-1]].endswith("ing") and _embeds(w, some[-1]):
            return True
    return False


def _is_plain_without_verb(frame: Frame, zone: Sequence[int], own: Sequence[int], source: Sequence[int]) -> bool:
    """Whether a cue that holds no verb of reporting still plainly gives words to its source, by how they are set."""
    w = frame.words
    if any(_puts_off(w, i) or (_defers(w, i) and not is_of(w, i, "denial")) for i in own):
        return False
    if [w.keys[i] for i in own] == ["for"] and source[:1] == [own[0] + 1] and own[0] == zone[0]:
        return _is_asserting(w, source)  # "For the chamber, it is “vital” that …"
    if len(own) == 1 and _is_shouted(frame, own[0], source):
        return _is_asserting(w, source) and _closes(frame, zone, own[0], source[-1])
    return _is_introduced(frame, zone, source)


def _is_shouted(frame: Frame, verb: int, source: Sequence[int]) -> bool:
    """Whether a verb that is none of reporting stands where only one does: "“…,” | boomed the actress"."""
    w = frame.words
    if not source or source[0] != verb + 1 or not verb or not w.quoted[verb - 1] or not w.keys[verb].endswith("ed"):
        return False
    return "," in w.text[w.ends[verb - 1] : w.starts[verb]]


def _is_introduced(frame: Frame, zone: Sequence[int], source: Sequence[int]) -> bool:
    """Whether words stand behind a colon, in front of which somebody is the subject: "Lee was blunt: “…”"."""
    w = frame.words
    before = [i for i in zone if i < frame.inner]
    if not before or not source or source[0] > frame.inner:
        return False
    if ":" not in w.text[w.ends[before[-1]] : w.starts[frame.inner]]:
        return False
    around = [i for i in before if i > source[-1]]
    denying = any(_puts_off(w, i) for i in around)
    if denying and any(_embeds(w, i) or is_of(w, i, "using") for i in around):
        return False
    unreal = any(_is_unreal(w, i) or (_defers(w, i) and not is_of(w, i, "denial")) for i in around)
    return not unreal and _opens(w, zone, source[0]) and _is_asserting(w, source)


def _is_plain_alone(frame: Frame) -> bool:
    """Whether words without a cue are given to who speaks by their place: alone, or behind a colon."""
    w = frame.words
    zone = [i for i in range(frame.start, frame.end) if i not in frame.content and not w.quoted[i]]
    source = [i for i in zone if i in frame.source]
    besides = [i for i in zone if i not in frame.source]
    if not source or not besides:
        return _is_asserting(w, source) and not any(_puts_off(w, i) or _embeds(w, i) or _defers(w, i) for i in besides)
    verb = source[-1] + 1  # "“…,” Ann Lee radioed"
    told = verb in besides and w.keys[verb].endswith("ed") and not (_puts_off(w, verb) or _defers(w, verb))
    if (
        told
        and frame.last < source[0]
        and min(besides) == verb
        and "," in w.text[w.ends[frame.last] - 1 : w.starts[source[0]]]
    ):
        return _is_asserting(w, source) and _closes(frame, zone, verb, verb)
    return _is_introduced(frame, zone, source)
