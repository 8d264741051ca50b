"""Same claim or not: `compare` two claims.

Two claims are the same where one speaker says one thing, in the same words or in others. Words decide first: where the
words of one quotation stand in the other, they are the same. Everything else is weighed by a logistic regression over
the features of `Evidence`, whose weights come from training/same_claim_weights.py.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from functools import cache, cached_property, lru_cache
from operator import attrgetter, mul
from typing import Literal, Protocol

import attrs

from quotebank.comparing.alignment import Difference, Laid, Wording
from quotebank.comparing.compared_words import CACHED_LENGTH, CACHED_TEXTS, Words, is_content, read_words
from quotebank.comparing.same_speaker import Agreement, Likeness, likeness, publicity, same_speaker
from quotebank.comparing.similarity_features import Evidence, total_information, weigh
from quotebank.errors import ArgumentTypeError, shown
from quotebank.records import Act, Claim, Force, Kind, Speaker
from quotebank.text import table

Relation = Literal["exact", "subset", "edited", "paraphrase"]
RELATIONS: tuple[Relation, ...] = ("exact", "subset", "edited", "paraphrase")
_Verdict = tuple[Relation | None, float]
_EXACT: _Verdict = ("exact", 1.0)
_NOT_THE_SAME: _Verdict = (None, 0.0)

_FEATURES = tuple(field.name for field in attrs.fields(Evidence))
_NOTHING = (0.0,) * len(_FEATURES)
_features = attrgetter(*_FEATURES)

SAME = 0.42  # probability of being the same: cross-validated F1 is flat from 0.34 to 0.46
QUOTED = 2 / 3  # a mixed claim counts as a quotation where more than this share of its words is quoted
VERBATIM = 5  # words in a row that two quotations of one speaker have in common only where they are one
HARDLY_EDITED = 0.8  # share of the shorter quotation's words that an edited one keeps only where it is the same
NOT_BY_CHANCE = 12  # and two quotations, whoever may have spoken them: one gives a body where the other names its man
VERBATIM_OF_ANYONE = 5  # and two claims of speakers of whom nobody can tell whether they are one
ALIKE = 0.7  # share of the shorter text that stands in the other one where nobody can tell whether the speakers are one
OVERLAPPING = 0.55  # and what both have of what either tells, where none is a quotation
COPIED = 0.75  # the same, where an article names nobody: one paper has it from the other, or both from an agency;
# groups ask for as much
RETOUCHED = 0.75  # share of the shorter report that another one keeps where it is edited rather than told anew
MENTIONED = 0.4  # share of what a report tells before it comes to what another one says, and then only mentions that
LITTLE = 2  # words more that make no part of a whole
EXCHANGED = 4  # words at most that one name or number is told in


@attrs.frozen(kw_only=True)
class Comparison:
    """What comparing two claims gave."""

    relation: Relation | None
    """`"exact"`, the same words; `"subset"`, the words of one stand in the other; `"edited"`, the same quotation with
    words changed; `"paraphrase"`, the same said in other words; None, not the same claim."""
    score: float
    """How sure it is that they are the same, from 0 to 1."""
    speaker: Agreement
    """Whether their speakers are one: `"same"`, `"different"` or `"unknown"`."""
    wording: Wording | None
    """What the words alone say, whoever spoke them: `"exact"`, `"subset"`, `"edited"` or None."""
    differences: tuple[Difference, ...] = attrs.field(repr=False)
    """The texts laid against each other; the first is claim a's, so that "dropped" words are only in a, "added" ones
    only in b."""


class Said(Protocol):
    """What is compared of a claim: a bank need not make a `Claim` of each of hundreds that it looks at."""

    @property
    def text(self) -> str:
        """As in `Claim`, like all of these."""

    @property
    def kind(self) -> Kind:
        """How it is reported."""

    @property
    def act(self) -> Act:
        """What is reported."""

    @property
    def force(self) -> Force | None:
        """What was done in speaking."""

    @property
    def negated(self) -> bool:
        """Whether the act did not happen."""

    @property
    def conditional(self) -> bool:
        """Whether it may happen."""

    @property
    def speaker(self) -> Speaker | None:
        """Who speaks."""


@attrs.frozen(eq=False)
class _Read:
    """A claim and its words; `core` are those that are quoted, all of them where it is no quotation."""

    claim: Said
    words: Words
    core: Words
    quotation: bool

    @property
    def is_denied(self) -> bool:
        """Whether the words are what the speaker denies, rather than what is said in denying it."""
        return self.claim.force == "denial" and not self.quotation


@attrs.frozen(eq=False, slots=False)  # for what is worked out once, where it is asked for
class _Pair:
    """Two claims read, and their texts laid against each other: `whole`, and of two quotations what is quoted."""

    a: _Read
    b: _Read
    whole: Laid
    spoken: Laid

    @classmethod
    def of(cls, a: Said, b: Said) -> _Pair:
        first, second = _read(a), _read(b)
        whole = spoken = _laid(first.words, second.words)
        if first.quotation and second.quotation and (first.core is not first.words or second.core is not second.words):
            spoken = _laid(first.core, second.core)
        return cls(first, second, whole, spoken)

    def differences(self) -> tuple[Difference, ...]:
        """How the whole texts differ, from the first claim to the second."""
        found = self.whole.differences()
        return found if self.whole.a is self.a.words else tuple(d.turned() for d in found)

    @property
    def are_quotations(self) -> bool:
        return self.a.quotation and self.b.quotation

    @property
    def are_direct(self) -> bool:
        return self.a.claim.kind == self.b.claim.kind == "direct"

    @property
    def adds_own_words(self) -> bool:
        """Whether a mixed claim says something in the paper's own words too: “two sorts of people: “…”"."""
        mixed = [side for side in (self.a, self.b) if side.claim.kind == "mixed"]
        return any(
            is_content(k) and not q for side in mixed for k, q in zip(side.words.keys, side.words.quoted, strict=True)
        )

    @property
    def one_is_denied(self) -> bool:
        return self.a.is_denied != self.b.is_denied

    @cached_property
    def told(self) -> dict[str, float]:
        """The features of the evidence that the words give."""
        kinds = self.a.claim.kind, self.b.claim.kind
        return weigh(self.a.words, self.b.words, self.whole, kinds=kinds, quotations=self.are_quotations)

    def features(self, speakers: Likeness) -> dict[str, float]:
        """The features of `Evidence`, those that are 0 left out at will."""
        first, second = self.a.claim, self.b.claim
        beside = {
            "asked": float((first.force == "request") != (second.force == "request")),
            "same": float(speakers == "same"),
            "open": float(speakers in ("open", "apart")),
            "public": max(publicity(first.speaker), publicity(second.speaker)),
        }
        if self.one_is_denied:
            beside["reversed"] = 0.0
        return self.told | beside


def compare(a: Claim, b: Claim) -> Comparison:
    """Whether claims `a` and `b` are the same, and how their words differ.

    Quotations are compared by their words, in which ellipses, brackets and dropped words are allowed and changed ones
    shown; what is said in other words is the same only where the speaker is. A claim and its denial are not the same.
    Raises `ArgumentTypeError` where an argument is no `Claim`.
    """
    for name, value in (("a", a), ("b", b)):
        if not isinstance(value, Claim):
            raise ArgumentTypeError(f"{name} must be a Claim; got {shown(value)}")
    pair = _Pair.of(a, b)
    relation, score = _EXACT if a == b else _verdict(pair, likeness(a.speaker, b.speaker))
    return Comparison(
        relation=relation,
        score=score,
        speaker=same_speaker(a.speaker, b.speaker),
        wording=pair.whole.wording,
        differences=pair.differences(),
    )


def relation_of(a: Said, b: Said, among: Collection[Relation] = RELATIONS) -> tuple[Relation | None, float]:
    """The relation and score of `compare` alone, for many pairs: hardly any time where the speakers differ.

    Claims whose words have another relation than those that are asked for need not be weighed, and then have none.
    """
    if a == b:
        return _EXACT
    speakers = likeness(a.speaker, b.speaker)
    if speakers == "different" or not _same_act(a, b):
        return _NOT_THE_SAME
    if speakers in ("same", "alike") and (a.text, a.kind, a.force) == (b.text, b.kind, b.force):
        return _EXACT
    return _verdict(_Pair.of(a, b), speakers, among)


def evidence(a: Claim, b: Claim) -> Evidence:
    """The features by which two claims that their words do not decide on are weighed."""
    return Evidence(**_Pair.of(a, b).features(likeness(a.speaker, b.speaker)))


def _read(claim: Said) -> _Read:
    read = _quoted if len(claim.text) <= CACHED_LENGTH else _quoted.__wrapped__
    return _Read(claim, *read(claim.text, claim.kind))


@lru_cache(maxsize=CACHED_TEXTS)
def _quoted(text: str, kind: Kind) -> tuple[Words, Words, bool]:
    """The words of a claim, those that are quoted, and whether it counts as a quotation."""
    words = read_words(text)
    quoted = [at for at, inside in enumerate(words.quoted) if inside] if True in words.quoted else []
    quotation = kind == "direct" or (kind == "mixed" and len(quoted) > QUOTED * len(words))
    return words, words.only(quoted) if quotation and 0 < len(quoted) < len(words) else words, quotation


def _laid(a: Words, b: Words) -> Laid:
    """Two texts laid against each other, the same whichever comes first: the shorter one on the longer."""
    return Laid.of(a, b) if (len(a.keys), a.keys) <= (len(b.keys), b.keys) else Laid.of(b, a)


def _verdict(pair: _Pair, speakers: Likeness, among: Collection[Relation] = RELATIONS) -> _Verdict:
    if speakers == "different" or not _same_act(pair.a.claim, pair.b.claim):
        return _NOT_THE_SAME
    decided = _by_words(pair, speakers)
    if decided is not None:
        return decided
    relation = _relation(pair)
    return _by_weight(pair, speakers, relation) if relation in among else _NOT_THE_SAME


def _by_words(pair: _Pair, speakers: Likeness) -> _Verdict | None:
    """What the words decide alone: same, not the same, or None where they do not tell."""
    spoken = pair.spoken
    wording = _wording_of(pair)
    if pair.one_is_denied:
        # "denied that he knew" and "said that he did not know" are one claim, in other words.
        return None if speakers == "same" and pair.whole.reversed else _NOT_THE_SAME
    if speakers in ("same", "alike") and _is_another_report(pair, wording):
        return _NOT_THE_SAME
    if wording is not None and spoken.share >= ALIKE and spoken.reversed:
        return _NOT_THE_SAME
    if pair.are_quotations and spoken.wording in ("exact", "subset") and spoken.longest >= NOT_BY_CHANCE:
        return spoken.wording, spoken.share
    if speakers in ("open", "apart"):
        return None if _are_alike(pair) else _NOT_THE_SAME
    if wording == "exact":
        return _EXACT
    if _is_mentioned(pair):
        return _NOT_THE_SAME
    least = {"subset": 1.0, "edited": HARDLY_EDITED}.get(wording or "", 2.0)
    if pair.are_quotations and spoken.share >= least and spoken.longest >= VERBATIM:
        return wording, spoken.share
    return None


def _is_another_report(pair: _Pair, wording: Wording | None) -> bool:
    """Whether one speaker said two things: two quotations in other words, or reports of which each names another.

    Told sooner than whether words turn the sense round.
    """
    if pair.are_direct:
        return wording is None
    return not pair.are_quotations and wording != "exact" and _exchanges_a_name(pair)


def _are_alike(pair: _Pair) -> bool:
    """Whether the words are so much alike that two speakers of whom nobody can tell may be one.

    A quotation, a good part of one that another retells, or reports in nearly the same words that begin alike.
    """
    whole, spoken = pair.whole, pair.spoken
    if pair.are_quotations and spoken.wording is not None and spoken.longest >= VERBATIM:
        return True
    if whole.share < ALIKE:
        return False
    verbatim = whole.longest >= VERBATIM_OF_ANYONE
    if pair.a.claim.speaker is None or pair.b.claim.speaker is None:
        return verbatim and pair.told.get("overlap", 0.0) >= COPIED
    if verbatim and (pair.a.claim.kind != "indirect" or pair.b.claim.kind != "indirect"):
        return True
    found = pair.told
    return (verbatim or found.get("overlap", 0.0) >= OVERLAPPING) and not found.get("lead", 0.0)


def _by_weight(pair: _Pair, speakers: Likeness, relation: Relation) -> _Verdict:
    """What the evidence says of two claims of speakers who may be one, of that relation if they are the same."""
    probability = _probability(map(pair.features(speakers).get, _FEATURES, _NOTHING))
    return (relation if probability >= SAME else None), probability


def _relation(pair: _Pair) -> Relation:
    """How two claims that are the same relate by their words."""
    if pair.one_is_denied:
        return "paraphrase"
    wording = _wording_of(pair) if pair.are_quotations else pair.whole.wording
    if pair.are_quotations and pair.adds_own_words:  # whose words differ, though the quoted ones do not
        wording = pair.whole.wording or wording
    if wording == "subset" and _begins_by_little(pair):
        return "exact"
    if wording != "edited" or pair.are_quotations:
        return wording or "paraphrase"
    alike = pair.a.claim.kind == pair.b.claim.kind and pair.whole.share >= RETOUCHED
    return "edited" if alike else "paraphrase"


def _begins_by_little(pair: _Pair) -> bool:
    """Whether all that one text has more is a small word or two before it: "would “see you on Monday”"."""
    whole = pair.whole
    missing = zip(whole.gaps, whole.missing_a, whole.missing_b, strict=True)
    if whole.kept <= LITTLE or any(a or b for at, (_, a, b) in enumerate(missing) if at):
        return False
    (i, k, j, m), extra = whole.gaps[0], whole.missing_a[0] + whole.missing_b[0]
    return extra <= LITTLE and not any(map(is_content, [*whole.a.keys[i:k], *whole.b.keys[j:m]]))


def _wording_of(pair: _Pair) -> Wording | None:
    """How the words relate: those that are quoted, but in direct claims all.

    The paper's own words in a direct claim are few, and may stand for quoted ones: Clinton “knew” for “She knew”.
    """
    whole = pair.whole.wording
    return whole if whole == "exact" or (pair.are_direct and whole) else pair.spoken.wording


def _same_act(a: Said, b: Said) -> bool:
    """Whether both claims report an act that happened, or both one that did not, of kinds that can be one act."""
    if a.negated != b.negated or a.conditional != b.conditional or (a.force == "refusal") != (b.force == "refusal"):
        return False
    asked = a.force == "question" or b.force == "question"
    return not asked or a.force == b.force or (a.kind == "direct" and b.kind == "direct")


def _is_mentioned(pair: _Pair) -> bool:
    """Whether one report only mentions the other: it tells more before that, in the same clause.

    “The unions would strike over the plan to shut the yard” is not “to shut the yard”. Where the other one begins with
    words of its own, too, they may be two names for one: “the young woman could not see”, “she could not see”.
    """
    whole = pair.whole
    if pair.a.claim.kind != "indirect" or pair.b.claim.kind != "indirect" or whole.share < HARDLY_EDITED:
        return False
    if not whole.blocks or whole.missing_a[0]:
        return False
    longer, begins = whole.b, whole.blocks[0][1]
    told = [at for at, key in enumerate(longer.keys) if is_content(key)]
    before = [at for at in told if at < begins]
    if not before or longer.clauses[before[-1]] != longer.clauses[begins]:
        return False
    tells, earlier = (total_information(longer.stems[at] for at in places) for places in (told, before))
    return earlier >= MENTIONED * tells


def _exchanges_a_name(pair: _Pair) -> bool:
    """Whether one text has a name or number where the other has another one."""
    if pair.whole.wording is None:
        return False
    return any(
        (_names(first) and _names(second)) or (_numbers(first) and _numbers(second))
        for first, second in pair.whole.changes()
        if len(first.split()) <= EXCHANGED and len(second.split()) <= EXCHANGED
    )


def _names(text: str) -> bool:
    """Whether all that words tell is a name: “Ann Lee”, but not “heard from Ann Lee”."""
    if text.islower():
        return False
    telling = [word for word in text.split() if is_content(word.casefold())]
    return bool(telling) and all(word[:1].isupper() for word in telling)


def _numbers(text: str) -> bool:
    return any(word[:1].isdigit() for word in text.split())


def same_probability(found: Evidence) -> float:
    """The probability, by the shipped weights, that two claims of one speaker with this evidence are the same."""
    return _probability(_features(found))


def _probability(features: Iterable[float]) -> float:
    intercept, weights = _weights()
    return 1 / (1 + math.exp(-intercept - sum(map(mul, weights, features))))


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    """The intercept, and the weights of the features in their order."""
    weights = {name: float(value) for name, value in table("comparing/same_claim_weights").items()}
    return weights["intercept"], tuple(weights[name] for name in _FEATURES)
