"""Same claim or not: `compare` two claims, and the `keys` by which an index finds those worth comparing.

Two claims are the same where one speaker says one thing, in the same words or in others. Words decide first: where the
words of one quotation stand in the other, they are the same. Everything else is weighed by a logistic regression over
the features of `Evidence`, whose weights come from training/matching.py.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Literal

import attrs

from quotebank.alignment import Alignment, Difference, Wording, align_words
from quotebank.errors import ArgumentTypeError, shown
from quotebank.evidence import Evidence, information, weigh
from quotebank.names import Agreement, same_speaker
from quotebank.records import Claim
from quotebank.wording import Words, is_content, read_words
from quotebank.wordlists import table

Relation = Literal["exact", "subset", "edited", "paraphrase"]

SAME = 0.4  # probability of being the same: cross-validated F1 is flat from 0.35 to 0.5, and a missed claim is lost
QUOTED = 2 / 3  # a mixed claim counts as a quotation where more than this share of its words is quoted
VERBATIM = 5  # words in a row that two quotations of one speaker have in common only where they are one
VERBATIM_OF_ANYONE = 6  # and two quotations of which one has no named speaker
EXCHANGED = 4  # words at most that one name or number is told in
NEIGHBOURS = 3  # content words behind a word that make a key with it
TELLING = 9.0  # nats of a pair worth a key: a quarter of the candidates, and no pair that is the same lost
RUN = 4  # words of a key without much content


@attrs.frozen(kw_only=True)
class Comparison:
    """What comparing two claims gave.

    `relation`: "exact", the same words; "subset", the words of one stand in the other; "edited", the same quotation
    with words changed; "paraphrase", the same said in other words; None, not the same claim. `score`: how sure it is
    that they are the same, 0 to 1. `speaker`: whether their speakers are one: "same", "different" or "unknown".
    `wording` and `differences`: what the words alone say, whoever spoke them; the first text is claim a's, so that
    "dropped" words are only in a, "added" ones only in b.
    """

    relation: Relation | None
    score: float
    speaker: Agreement
    wording: Wording | None
    differences: tuple[Difference, ...] = attrs.field(repr=False)


@attrs.frozen(eq=False)
class _Read:
    """A claim's words; `core` are those that are quoted, all of them where it is no quotation."""

    words: Words
    core: Words
    quotation: bool


def compare(a: Claim, b: Claim) -> Comparison:
    """Whether two claims are the same, and how their words differ.

    Quotations are compared by their words, in which ellipses, brackets and dropped words are allowed and changed ones
    shown; what is said in other words is the same only where the speaker is. A claim and its denial are not the same.
    Raises `ArgumentTypeError` where an argument is no `Claim`.
    """
    for name, value in (("a", a), ("b", b)):
        if not isinstance(value, Claim):
            raise ArgumentTypeError(f"{name} must be a Claim; got {shown(value)}")
    first, second = _read(a), _read(b)
    speaker = same_speaker(a.speaker, b.speaker)
    whole = _aligned(first.words, second.words)
    relation, score = _judge(a, b, first, second, whole, speaker)
    return Comparison(
        relation=relation, score=score, speaker=speaker, wording=whole.wording, differences=whole.differences
    )


def evidence(a: Claim, b: Claim) -> Evidence:
    """The features by which two claims that their words do not decide on are weighed."""
    first, second = _read(a), _read(b)
    return _evidence(a, b, first, second, _aligned(first.words, second.words))


def _read(claim: Claim) -> _Read:
    words = read_words(claim.text)
    quoted = [at for at, inside in enumerate(words.quoted) if inside]
    quotation = claim.kind == "direct" or (claim.kind == "mixed" and len(quoted) > QUOTED * len(words))
    return _Read(words, words.only(quoted) if quotation and 0 < len(quoted) < len(words) else words, quotation)


def _aligned(a: Words, b: Words) -> Alignment:
    """The alignment of two texts, the same whichever comes first: found for the shorter one laid on the longer."""
    if (len(a), a.keys) <= (len(b), b.keys):
        return align_words(a, b)
    return align_words(b, a).turned()


def _judge(
    a: Claim, b: Claim, first: _Read, second: _Read, whole: Alignment, speaker: Agreement
) -> tuple[Relation | None, float]:
    if a == b:
        return "exact", 1.0
    if speaker == "different" or not _same_act(a, b):
        return None, 0.0
    quotations = first.quotation and second.quotation
    spoken = _aligned(first.core, second.core) if quotations else whole
    both_direct = a.kind == b.kind == "direct"
    # The paper's own words in a direct claim are few, but may stand for quoted ones: “She knew” is not Clinton “knew”.
    wording = whole.wording if whole.wording == "exact" or (both_direct and whole.wording) else spoken.wording
    if _is_denied(a, first) != _is_denied(b, second):
        # "denied that he knew" and "said that he did not know" are one claim, in other words.
        if not whole.reversed:
            return None, 0.0
        wording, quotations = None, False
    elif wording is not None and spoken.reversed:
        return None, 0.0
    if speaker == "unknown":
        enough = quotations and wording is not None and spoken.longest >= VERBATIM_OF_ANYONE
        return (wording, spoken.share) if enough else (None, 0.0)
    if wording == "exact":
        return "exact", 1.0
    # Two quotations in other words are two utterances; a report that names another than the first is another report.
    if (both_direct and wording is None) or (not quotations and whole.wording and _exchanges_a_name(whole)):
        return None, 0.0
    probability = same_probability(_evidence(a, b, first, second, whole))
    if quotations and wording == "subset" and spoken.longest >= VERBATIM:
        return "subset", max(probability, spoken.share)
    if probability < SAME:
        return None, probability
    if quotations or wording == "subset":
        return wording or "paraphrase", probability
    return "paraphrase", probability


def _evidence(a: Claim, b: Claim, first: _Read, second: _Read, whole: Alignment) -> Evidence:
    found = weigh(
        first.words,
        second.words,
        whole,
        kinds=(a.kind, b.kind),
        quotations=first.quotation and second.quotation,
    )
    if _is_denied(a, first) == _is_denied(b, second):
        return found
    return attrs.evolve(found, negation=1 - found.negation, reversed=0.0)


def _same_act(a: Claim, b: Claim) -> bool:
    """Whether both claims report an act that happened, or both one that did not, of kinds that can be one act."""
    if a.negated != b.negated or a.conditional != b.conditional or (a.force == "refusal") != (b.force == "refusal"):
        return False
    asked = a.force == "question" or b.force == "question"
    return not asked or a.force == b.force or (a.kind == "direct" and b.kind == "direct")


def _exchanges_a_name(aligned: Alignment) -> bool:
    """Whether one text has a name or number where the other has another one."""
    changed = [d for d in aligned.differences if d.change == "changed"]
    return any(
        (_names(d.first) and _names(d.second)) or (_numbers(d.first) and _numbers(d.second))
        for d in changed
        if max(len(d.first.split()), len(d.second.split())) <= EXCHANGED
    )


def _names(text: str) -> bool:
    return any(word[:1].isupper() for word in text.split())


def _numbers(text: str) -> bool:
    return any(word[:1].isdigit() for word in text.split())


def _is_denied(claim: Claim, read: _Read) -> bool:
    """Whether the claim's words are what its speaker denies, rather than what is said in denying it."""
    return claim.force == "denial" and not read.quotation


def same_probability(found: Evidence) -> float:
    """The probability, by the shipped weights, that two claims of one speaker with this evidence are the same."""
    weights = _weights()
    total = weights["intercept"] + sum(weights[name] * value for name, value in attrs.asdict(found).items())
    return 1 / (1 + math.exp(-total))


@cache
def _weights() -> dict[str, float]:
    return {name: float(value) for name, value in table("matching_weights").items()}


def keys(text: str) -> frozenset[str]:
    """The keys under which an index finds the claims that may be the same as one of this text.

    Two claims that are the same share at least one key, nearly always; few others do. A key is a pair of stems of
    content words that stand near each other, in order of the letters, or a run of words that hold hardly any content.
    A text without words has none.
    An index may leave out keys that very many claims have: claims that are the same share others.
    Raises `ArgumentTypeError` where `text` is no str.
    """
    if not isinstance(text, str):
        raise ArgumentTypeError(f"text must be a str; got {shown(text)}")
    words = read_words(text)
    contents = [is_content(key) for key in words.keys]
    stems = [stem for stem, content in zip(words.stems, contents, strict=True) if content]
    pairs = {
        " ".join(sorted((stem, other)))
        for at, stem in enumerate(stems)
        for other in stems[at + 1 : at + 1 + NEIGHBOURS]
        if other != stem and information(stem) + information(other) >= TELLING
    }
    runs = {
        " ".join(words.keys[at : at + RUN])
        for at in range(len(contents) - RUN + 1)
        if sum(contents[at : at + RUN]) <= 1 and words.sentences[at] == words.sentences[at + RUN - 1]
    }
    return frozenset(pairs | runs) or frozenset({" ".join(words.keys[:RUN])} if len(words) else ())
