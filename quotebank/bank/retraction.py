"""What is told behind words that an article gives to somebody: that it is a forgery, that they never said it.

It may stand in the same sentence, where the words are part of its subject ("The line “…” appears in no speech"), or in
one that follows and points back to them ("He never said it.", "The quote is invented.").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Literal

import regex

from quotebank.bank.framing_words import BEING, DOING, HAVING, is_of, is_possessive
from quotebank.bank.reporting_clause import denied_by
from quotebank.bank.reporting_sentence import whole_sentences
from quotebank.comparing import Words, is_negation, read_words, stem

Back = Literal["not said", "called false", "withdrawn"]

BELOW = regex.compile(r"[”’»\"'\s]*?\n\s*+(?P<told>[^\n]{1,350})")  # a paragraph, as much as is read of it
TAKING_BACK = regex.compile(  # what the sentences have that take words back, which are few
    r"(?i)\b(?:n(?:ot|ever|o one|obody|othing|one)|no|den(?:y|ie)|dis(?:put|own|avow)|withdr|retract|recant|"
    r"mis[sq]|fa(?:ke|lse|bricat)|forge|hoax|doctored|invent|bogus|paro|spoof|sati|"
    r"admit|confess|own(?:s|ed) up|hack|hijack|broken into|compromised)|n[’']t\b"
)
RULING = regex.compile(  # the end of a fact-check
    r"(?i)[”»\"'\s]*+(?:our |the )?(?:ruling|verdict|rating)(?::| is| was)\s++(?:\p{L}+[ -]){0,2}?"
    r"(?:false|fake|fabricated|misattributed|invented|pants on fire)\b"
)
FOLLOWING = 2  # sentences behind one that reports words, in which they may be taken back
ELLIPSIS = 5  # words at most of "He never did."
PREDICATE = 12  # words of a predicate that are read
SUBJECT = 5  # words at most before the verb of a sentence that points back
POINTING = frozenset({"it", "that", "this", "so", "them", "those"})
BEHIND = frozenset({"to", "at", "again", "anywhere", "himself", "herself"})
WHICH = frozenset({"such", "those", "these", "the", "nothing"})
REFUSED = frozenset({"refused", "refuses", "declined", "declines"})
SPEAKING = frozenset({"he", "she", "they", "i", "who"})
NEGATED = 2  # words from "never" to "uttered"
NEAR = 5  # words at most from a verb of saying to what it points back with
WRITTEN = frozenset(
    {
        "wrote",
        "written",
        "writes",
        "posted",
        "posts",
        "post",
        "tweeted",
        "tweet",
        "emailed",
        "email",
        "e-mail",
        "letter",
    }
    | {"message", "note", "statement", "page", "account", "memo", "column", "blog", "comment"}
)
ACTUALLY = frozenset({"actually", "really"})
REMARKS = frozenset(
    {"comment", "comments", "remarks", "claim", "claims", "statements", "allegation", "threat", "threats"}
)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "any", "such"})
KINDS = frozenset({"sort", "kind", "thing", "words", "word"})
COPULAS = BEING | {"proved", "proves", "turned", "turns", "seems", "appears", "looks", "remains"}
LINKING = COPULAS | HAVING | DOING | {"does", "can", "cannot", "could", "never"}
AHEAD = frozenset({"will", "would", "shall", "going", "promise", "vow", "pledge"})
WITHDRAWING = ("withdraw", "withdrew", "withdrawn", "retract", "recant", "unsay", "disown")
MISSPEAKING = ("misspeak", "misspoke", "misspoken")
SAID = frozenset({"words", "word", "assurance", "claim", "claims", "allegation", "confession", "evidence", "testimony"})
EARLIER = frozenset({"a", "an", "earlier", "previous", "other", "another", "former"})
KEPT = frozenset({"refused", "refuses", "declined", "declines", "asked", "urged", "calls", "call", "would", "if", "to"})
ADMITTING = frozenset({"admitted", "admits", "confessed", "confesses", "admitting", "owned"})
COMPOSING = frozenset(
    {
        "composing",
        "writing",
        "forging",
        "faking",
        "inventing",
        "fabricating",
        "posting",
        "sending",
        "typing",
        "drafting",
    }
    | {"composed", "written", "forged", "faked", "invented", "fabricated", "posted", "sent", "typed", "drafted"}
)
HACKED = frozenset({"hacked", "hijacked", "compromised"})
ACCOUNTS = frozenset({"account", "accounts", "page", "profile", "phone", "feed", "mailbox", "email"})
NOT_REAL = frozenset({"real", "genuine", "authentic", "true", "accurate"})


def is_called_false_behind(w: Words, last: int, end: int, content: Collection[int]) -> bool:
    """Whether words up to `last` are in the subject of a predicate that denies them: "… proved to be unfounded"."""
    first = last + 1
    if first >= end or w.quoted[first] or w.keys[first] not in LINKING:
        return False
    between = w.text[w.ends[last] : w.starts[first]]
    if first in content and "," not in between:  # what the speaker says of their own words
        return False
    if any(mark in between for mark in ";:.!?") or ("," in between and not _is_apposed(w, last)):
        return False
    behind = (i for i in range(first, min(end, first + PREDICATE)) if not w.quoted[i])
    return denied_by(w, [i for i in behind if w.clauses[i] == w.clauses[first]])


def _is_apposed(w: Words, last: int) -> bool:
    """Whether quoted words are set off between commas behind what names them: "her quip, “…”, is a legend"."""
    first = last
    while first > 0 and w.quoted[first - 1]:
        first -= 1
    before = w.text[w.ends[first - 1] : w.starts[first]] if first else ""
    return "," in before and (
        is_of(w, first - 1, "quotation") or is_of(w, first - 1, "saying") or is_of(w, first - 1, "report")
    )


def refused_behind(w: Words, end: int) -> int | None:
    """Where the sentence from word `end` on ends that says that somebody refused what stands before: "He refused"."""
    if end + 1 >= len(w) or w.keys[end] not in SPEAKING or w.keys[end + 1] not in REFUSED or w.quoted[end]:
        return None
    stop = whole_sentences(w, end, end)[1]
    return stop if stop == end + 2 or w.keys[end + 2] in ("and", "but", "then") else None


def taken_back(w: Words, first: int, last: int, end: int, mine: Collection[str]) -> tuple[Back, int] | None:
    """How the sentences from word `end` on take back the words `first` to `last`, and where the one that does ends.

    "not said", "called false" or "withdrawn", which the rest of their own sentence may tell, too; None where none does.
    `mine`: the words of the name of who speaks.
    """
    rest = [i for i in range(last + 1, end) if not w.quoted[i] and w.clauses[i] != w.clauses[last]]
    if _is_withdrawn(w, rest):
        return "withdrawn", end
    near = {w.sentences[first], w.sentences[last]}
    written = any(w.keys[i] in WRITTEN and not w.quoted[i] for i in range(end) if w.sentences[i] in near)
    for _ in range(FOLLOWING):
        if end >= len(w):
            return None
        stop = whole_sentences(w, end, end)[1]
        told = [i for i in range(end, stop) if not w.quoted[i]]
        if told and not _asks(w, stop):
            back = _taken_back_by(w, told, mine, written=written) or (
                "called false" if _is_put_right(w, first, told) else None
            )
            if back is not None or _is_ellipsis(w, told, range(first, last + 1)):
                return back or "not said", stop
        end = stop
    return None


def _taken_back_by(w: Words, told: Sequence[int], mine: Collection[str], *, written: bool = False) -> Back | None:
    """How a sentence takes back what was said; or, of what is `written`, tells that somebody else did."""
    if _never_said_it(w, told, mine) or _is_never_uttered(w, told) or _disowns(w, told, mine):
        return "not said"
    if _is_of_no_quotation(w, told) or (written and _is_of_another(w, told, mine)):
        return "called false"
    return "withdrawn" if _is_withdrawn(w, told) else None


def _is_put_right(w: Words, first: int, told: Sequence[int]) -> bool:
    """Whether a sentence gives other words for those that somebody was quoted as saying: "What she said is that"."""
    keys = [w.keys[i] for i in told[:SUBJECT]]
    if keys[0] != "what":
        return False
    said = next((k for k, i in enumerate(told[:SUBJECT]) if is_of(w, i, "saying")), 0)
    behind = told[said + 1 :][:PREDICATE]
    aside = bool(behind) and w.clauses[behind[0]] != w.clauses[told[said]]  # "What she said, it turns out, is"
    linking = next((i for i in (behind if aside else behind[:1]) if w.keys[i] in BEING), None)
    other = linking is not None and (
        w.keys[linking + 1 : linking + 2] == ["that"] or any(w.quoted[linking + 1 : linking + 2])
    )
    if not said or not other:
        return False
    before = range(max(first - SUBJECT, 1), first)
    quoted = any(w.keys[i : i + 2] == ["quoted", "as"] and w.keys[i - 1] in BEING | {"been"} for i in before)
    return quoted or not ACTUALLY.isdisjoint(keys)


def is_ruled_false(text: str, end: int) -> bool:
    """Whether a fact-check rules right behind a sentence that ends at `end`: "Our ruling: False."."""
    return RULING.match(text, end) is not None


def taken_back_below(text: str, end: int, mine: Collection[str]) -> tuple[Back, int] | None:
    """How the paragraph behind one that ends at `end` begins by taking back its last words, and where that ends."""
    below = BELOW.match(text, end)
    if below is None or TAKING_BACK.search(below["told"]) is None:
        return None
    w = read_words(below["told"])
    stop = whole_sentences(w, 0, 0)[1] if len(w) else 0
    told = [i for i in range(stop) if not w.quoted[i]]
    back = _taken_back_by(w, told, mine) if told and not _asks(w, stop) else None
    return None if back is None else (back, below.start("told") + w.ends[stop - 1])


def _is_withdrawn(w: Words, told: Sequence[int]) -> bool:
    """Whether words say that somebody takes back what they said: "has withdrawn the remark", "had misspoken"."""
    for at in told:
        around = {w.keys[i] for i in told if at - NEAR <= i < at}
        if (
            not around.isdisjoint(KEPT)
            or any(map(is_negation, around))
            or any(is_of(w, i, "denial") for i in told if at - NEAR <= i < at)
        ):
            continue
        if w.stems[at] in _stems("misspeak"):
            return True
        if w.stems[at] not in _stems("withdraw"):
            continue
        behind = [i for i in told if at < i <= at + NEAR]
        if not EARLIER.isdisjoint(w.keys[i] for i in behind):
            continue  # "disowning an earlier statement"
        if any(is_of(w, i, "quotation") or w.keys[i] in SAID for i in behind):
            return True
    return False


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, WITHDRAWING if name == "withdraw" else MISSPEAKING))


def _asks(w: Words, stop: int) -> bool:
    return "?" in w.text[w.ends[stop - 1] : w.ends[stop - 1] + 2]


def _is_ellipsis(w: Words, told: Sequence[int], words: range) -> bool:
    """Whether a sentence denies no more than that it was so: "He never did.", of words that promise nothing."""
    keys = [w.keys[i] for i in told]
    if (
        len(keys) > ELLIPSIS
        or keys[-1] not in DOING | HAVING | {"not", "n't", "never"}
        or keys[0] in ("i", "we", "nobody", "none")
    ):
        return False  # "“Nobody touches it,” said Lee. Nobody did."
    pledged = any(w.keys[i] in AHEAD or w.keys[i].endswith("'ll") for i in words)
    return not pledged and any(map(is_negation, keys)) and not (DOING | HAVING).isdisjoint(keys)


def _is_theirs(w: Words, subject: Sequence[int], mine: Collection[str], *, named: bool) -> bool:
    """Whether a verb may be of who speaks, by what stands before it: she, or a name that is theirs.

    Not where it has to be `named`, or somebody else is: what another denies was said, and is not so.
    """
    if not {*SPEAKING, *mine, "his", "her", "their"}.isdisjoint(w.keys[i] for i in subject):
        return True
    return not named and not any(w.names[i] for i in subject)


def _never_said_it(w: Words, told: Sequence[int], mine: Collection[str]) -> bool:
    """Whether a sentence says that nothing like it was said: "She has said no such thing", "denies writing it"."""
    for at in told:
        ends = at == told[-1] or w.clauses[at + 1] != w.clauses[at] or w.keys[at + 1] in BEHIND
        if not ends or not (w.keys[at] in POINTING or w.keys[at] in KINDS):
            continue
        clause = [i for i in told if i <= at and w.clauses[i] == w.clauses[at]]
        of_kind = w.keys[at] in KINDS
        if of_kind and {w.keys[i] for i in clause[-NEAR:]}.isdisjoint(WHICH):
            continue
        reach = clause[-NEAR:] if of_kind else clause[-2:]  # "said such a thing", but "said it"
        denying = [i for i in reach if is_of(w, i, "denial")]
        if denying and not _is_theirs(w, [i for i in told if i < denying[0]], mine, named=True):
            return False  # "“It moved,” said Orr. The bank denied this."
        if denying:
            return not any(is_negation(w.keys[i - 1]) for i in denying)  # "has never disputed it"
        verb = next((i for i in reversed(reach) if is_of(w, i, "saying") or (of_kind and is_of(w, i, "using"))), None)
        if verb is None:
            continue
        lacking = [i for i in clause if is_negation(w.keys[i]) and (i >= verb - NEAR or is_of(w, i + 1, "evidence"))]
        # "The BBC says | she never said"
        says = max((i + 1 for i in told if i < verb and is_of(w, i, "saying")), default=0)
        theirs = _is_theirs(w, [i for i in told if says <= i < verb], mine, named=False)
        if lacking and theirs and "until" not in (w.keys[i] for i in clause):
            return True
    return False


def _disowns(w: Words, told: Sequence[int], mine: Collection[str]) -> bool:
    """Whether a sentence says of a remark before it that it was not made: "denied that she made the remark"."""
    for at in told:
        pointing = w.keys[at] in POINTING and (at + 1 not in told or w.keys[at + 1] in BEHIND)
        remark = w.keys[at - 1] in DEFINITE and (is_of(w, at, "quotation") or w.keys[at] in REMARKS)
        if not (pointing or remark) or w.keys[at + 1 : at + 2] in (["about"], ["that"]):
            continue
        verb = at - 1 - remark
        if verb < told[0] or not (is_of(w, verb, "saying") or is_of(w, verb, "using")):
            continue
        before = [i for i in told if verb - NEAR - 1 <= i < verb]
        denial = next((i for i in reversed(before) if is_of(w, i, "denial")), None)
        if denial is None:
            lacking = (
                remark
                and not w.keys[verb].endswith("ing")
                and any(is_negation(w.keys[i]) for i in before[-SUBJECT + 1 :])
            )
            says = max((i + 1 for i in before if is_of(w, i, "saying")), default=told[0])
            if lacking and _is_theirs(w, range(says, verb), mine, named=True):
                return True
        elif not any(is_negation(w.keys[i]) for i in range(max(denial - 2, told[0]), denial)):
            clause = range(denial + 1, verb)
            finite = any(w.keys[i] in SPEAKING or w.names[i] for i in clause)
            if _is_theirs(w, clause if finite else range(told[0], denial), mine, named=True):
                return True
    return False


def _is_of_another(w: Words, told: Sequence[int], mine: Collection[str]) -> bool:
    """Whether a sentence says that somebody else wrote it: "A student admitted composing it", "had been hacked"."""
    at = next((i for i in told if w.keys[i] in ADMITTING), None)
    if at is not None and not _is_theirs(w, [i for i in told if i < at], mine, named=True):
        near = [i for i in told if at < i <= at + NEAR]
        made = next((i for i in near if w.keys[i] in COMPOSING), None)
        behind = told[told.index(made) + 1 :][:2] if made is not None else []
        if behind and (w.keys[behind[0]] in POINTING or is_of(w, behind[-1], "quotation")):
            return True
    broken = next((i for i in told if w.keys[i] in HACKED or w.keys[i : i + 2] == ["broken", "into"]), None)
    account = next((i for i in told if w.keys[i] in ACCOUNTS), None)
    if broken is None or account is None or broken < account or any(is_negation(w.keys[i]) for i in told):
        return False
    owner = [i for i in told if account - NEAR <= i < account]  # "Ann Lee's account", not "a rival's account"
    others = any(is_possessive(w, i) and w.keys[i] not in mine for i in owner)
    return not others and _is_theirs(w, owner, mine, named=not any(w.keys[i] == "the" for i in owner))


def _is_never_uttered(w: Words, told: Sequence[int]) -> bool:
    """Whether a sentence points back to words that nobody said: "That is a sentence he has never uttered"."""
    keys = [w.keys[i] for i in told[: PREDICATE + 2]]
    if keys[0] not in POINTING or len(keys) < SUBJECT or keys[1] not in BEING:
        return False
    never = next((k for k, key in enumerate(keys) if is_negation(key)), len(keys))
    said = [k for k in range(never, len(keys)) if is_of(w, told[k], "saying") or is_of(w, told[k], "using")]
    return bool(said) and said[0] - never <= NEGATED and not {"a", "words", "something"}.isdisjoint(keys[2:never])


def _is_of_no_quotation(w: Words, told: Sequence[int]) -> bool:
    """Whether a sentence about the quotation calls it a forgery: "It is a fake.", "The quote is not real."."""
    linking = next((i for i in told[: SUBJECT + 1] if w.keys[i] in COPULAS), None)
    if linking is None:
        return False
    subject = [i for i in told if i < linking]
    predicate = [i for i in told if linking < i <= linking + PREDICATE and w.clauses[i] == w.clauses[linking]]
    pointing = [w.keys[i] for i in subject] in (["it"], ["this"], ["that"], ["both"], ["they"], ["these"])
    quotation = any(is_of(w, i, "quotation") for i in subject)
    if not (pointing or quotation):
        return False
    negated = sum(is_negation(w.keys[i]) for i in predicate) % 2 == 1
    forged = any(is_of(w, i, "forged") for i in predicate)
    if forged:
        return not negated
    if not quotation:
        return False
    real = any(w.keys[i] in NOT_REAL for i in predicate)
    return (real and negated) or (any(is_of(w, i, "untrue") for i in predicate) and not negated)
