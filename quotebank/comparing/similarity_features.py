"""What speaks for and against two texts saying the same thing, as shares from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import attrs

from quotebank.comparing.alignment import Laid
from quotebank.comparing.compared_words import CACHED_LENGTH, CACHED_TEXTS, Words, is_content
from quotebank.records import Kind
from quotebank.text import table

SENTENCES = "<sentences>"  # the entry of stem_counts.txt that holds the number of sentences counted
STRETCH = 15.0  # nats of a run of words that seldom come so by chance
LEAST_TOLD = 1.0  # nats of a small word in such a run
PHRASE = 6.0  # nats of a phrase that is nobody else's: two rare words, or five common ones
LONG_RUN = 8  # words in a row beyond which more make it no surer that one is taken from the other
CLAUSES = 8  # in a row that are weighed together as what a claim may be told from
LONGEST = 1_000  # content words of a text that are weighed; beyond it no claim is one thing said
NONE: frozenset[str] = frozenset()  # of the names and numbers of most texts
AGREEING = 0.4  # a sentence agrees where it has so much of what is in common


@attrs.frozen(kw_only=True)
class Evidence:
    """Features of two texts, each from 0 to 1, the same for both orders of the two.

    Information is the sum of the inverse document frequencies of the stems of content words (Spärck Jones 1972) over
    background news. The shorter text is the one with less of it.

    Of all words, small ones included: `words`, the Dice coefficient of their stems; `stretch`, what the heaviest run
    that stands in both tells, 1 where it is much; `longest`, the most words in a row that the alignment keeps; `kept`,
    the share of the text with fewer words that it keeps, less what `lead` is; `wording`, that share where both are
    quotations. Of content words: `overlap`, what both have, of what either has; `focus`, the Dice coefficient of the
    shorter text and the clauses of the longer one that fit it best; `run`, the share of the shorter text that stands in
    both as one run. `lead`: how much stands before the matched part in the longer one's sentence; `late`, before the
    first word in common in all of it, of that and what is in common: what a claim says comes first, background later.
    `phrase`: how much of the words that a mixed claim quotes stand in the other as they are, less where they are few
    and common. `merely_named`: how much of what is in common are names; `numbers`: 1 where each has one that the other
    does not. `reversed`: the words that differ turn the sense round. `direct`: 1 where both are quotations; `told`,
    where both are reported in other words; `retold`, where one is. `asked`: one claim asks for what the other one says.
    `same`, `open`: what is known of the speakers, as in `likeness`; those apart are open, too. `public`: how much in
    the news one of them is, a person: who speaks every day says much that is alike.
    """

    words: float = 0.0
    stretch: float = 0.0
    longest: float = 0.0
    kept: float = 0.0
    wording: float = 0.0
    overlap: float = 0.0
    focus: float = 0.0
    run: float = 0.0
    lead: float = 0.0
    late: float = 0.0
    phrase: float = 0.0
    merely_named: float = 0.0
    numbers: float = 0.0
    reversed: float = 0.0
    direct: float = 0.0
    told: float = 0.0
    retold: float = 0.0
    asked: float = 0.0
    same: float = 0.0
    open: float = 0.0
    public: float = 0.0


@cache
def _counts() -> tuple[dict[str, float], float]:
    counts = {stem: float(n) for stem, n in table("comparing/stem_counts").items()}
    return counts, counts[SENTENCES]


@lru_cache(maxsize=65_536)
def information(stem: str) -> float:
    """The inverse document frequency of a stem, in nats; one that is not listed counts as seen once."""
    counts, total = _counts()
    return math.log(total / (1.0 + counts.get(stem, 0.0)))


def total_information(stems: Iterable[str]) -> float:
    """The information of some stems, in nats, the same in whatever order they come: a set's is another each time."""
    return math.fsum(map(information, stems))


@attrs.frozen(eq=False)
class _Side:
    """One of the two texts: its words, and of each kind of them the stems.

    `tells` is the information of each word, at least a little, `places` are those of the words that carry content,
    `content` their stems in order, and `content_tells` the information of each.
    """

    words: Words
    tells: tuple[float, ...]
    places: tuple[int, ...]
    content: tuple[str, ...]
    content_tells: tuple[float, ...]
    stems: frozenset[str]
    every: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    information: float

    @classmethod
    def of(cls, words: Words) -> _Side:
        """The side of a text; of a short one, as it was read before."""
        return _remembered(words) if len(words.text) <= CACHED_LENGTH else cls.read(words)

    @classmethod
    def read(cls, words: Words) -> _Side:
        places = tuple([at for at, key in enumerate(words.keys) if is_content(key)][:LONGEST])
        content = tuple([words.stems[at] for at in places])
        stems = frozenset(content)
        return cls(
            words=words,
            tells=tuple([tells if tells > LEAST_TOLD else LEAST_TOLD for tells in map(information, words.stems)]),
            places=places,
            content=content,
            content_tells=tuple(map(information, content)),
            stems=stems,
            every=frozenset(words.stems),
            names=frozenset([words.stems[at] for at in places if words.names[at]]) or NONE,
            numbers=frozenset([key for key in words.keys if key[0].isdigit()]) or NONE,
            information=total_information(stems),
        )


@lru_cache(maxsize=CACHED_TEXTS)
def _remembered(words: Words) -> _Side:
    return _Side.read(words)


def weigh(a: Words, b: Words, laid: Laid, *, kinds: tuple[Kind, Kind], quotations: bool) -> dict[str, float]:
    """The features of `Evidence` that the words `a` and `b`, of claims of these kinds, give, in whichever order.

    `quotations` tells whether both are quotations.
    """
    # of two with the same information either can be the shorter: their texts decide, so that the order does not
    sides = sorted(
        ((_Side.of(a), kinds[0]), (_Side.of(b), kinds[1])), key=lambda s: (s[0].information, s[0].words.text, s[1])
    )
    (shorter, kind), (longer, longer_kind) = sides
    words = len(shorter.every) + len(longer.every)
    found = {
        "words": 2 * len(shorter.every & longer.every) / words if words else 0.0,
        "stretch": 1 - math.exp(-_heaviest_run(shorter.words.stems, shorter.tells, longer.words.stems) / STRETCH),
        "longest": min(1.0, laid.longest / LONG_RUN),
        "phrase": max(
            (
                _phrase(side.words, other.words)
                for side, other, of in ((shorter, longer, kind), (longer, shorter, longer_kind))
                if of == "mixed"
            ),
            default=0.0,
        ),
        "numbers": float(bool(shorter.numbers - longer.numbers and longer.numbers - shorter.numbers)),
        "reversed": float(laid.reversed),
        "wording": laid.share if quotations else 0.0,
        "direct": float(quotations),
        "told": float(kind == longer_kind == "indirect"),
        "retold": float((kind == "direct") != (longer_kind == "direct")),
        "kept": laid.share,
    }
    common = shorter.stems & longer.stems
    shared = total_information(common)
    if shared:
        least = shorter.information
        lead = _lead(longer, common, _agreeing(longer, common, shared))
        found |= {
            "overlap": shared / (least + longer.information - shared),
            "focus": _focus(shorter, longer, shared),
            "run": min(1.0, _heaviest_run(shorter.content, shorter.content_tells, longer.content) / least),
            "lead": lead,
            "late": _late(longer, common, shared),
            "merely_named": total_information(common & (shorter.names | longer.names)) / shared,
            "kept": laid.share * (1 - lead),
        }
    return found


def _agreeing(side: _Side, common: frozenset[str], shared: float) -> set[int]:
    """The sentences that have a good part of what is in common."""
    sentences = side.words.sentences
    if not sentences[-1]:  # the only one
        return {0}
    by_sentence: dict[int, set[str]] = {}
    for at, stem in zip(side.places, side.content, strict=True):
        if stem in common:
            by_sentence.setdefault(sentences[at], set()).add(stem)
    agreeing = {k for k, stems in by_sentence.items() if total_information(stems) >= AGREEING * shared}
    return agreeing or set(by_sentence)


def _lead(side: _Side, common: frozenset[str], agreeing: set[int]) -> float:
    """How much of the agreeing sentences' information stands before their first words in common."""
    before = total = 0.0
    begun: set[int] = set()
    sentences = side.words.sentences
    for at, stem, tells in zip(side.places, side.content, side.content_tells, strict=True):
        sentence = sentences[at]
        if sentence not in agreeing:
            continue
        total += tells
        if stem in common:
            begun.add(sentence)
        elif sentence not in begun:
            before += tells
    return before / total if total else 0.0


def _late(side: _Side, common: frozenset[str], shared: float) -> float:
    """How much the text tells before its first word in common, of that and what is in common."""
    first = next(n for n, stem in enumerate(side.content) if stem in common)
    before = math.fsum(side.content_tells[:first])
    return before / (before + shared)


def _focus(shorter: _Side, longer: _Side, shared: float) -> float:
    of_words = longer.words.clauses
    if not of_words[-1]:  # the only one
        return 2 * shared / (shorter.information + longer.information)
    by_clause: dict[int, set[str]] = {}
    for at, stem in zip(longer.places, longer.content, strict=True):
        by_clause.setdefault(of_words[at], set()).add(stem)
    clauses = list(by_clause.values())
    best = 0.0
    for first, begins in enumerate(clauses):
        if not begins & shorter.stems:
            continue
        so_far: set[str] = set()
        for clause in clauses[first : first + CLAUSES]:
            so_far |= clause
            inside = total_information(so_far & shorter.stems)
            best = max(best, 2 * inside / (shorter.information + total_information(so_far)))
    return best


def _heaviest_run(a: Sequence[str], tells: Iterable[float], b: Sequence[str]) -> float:
    """What the heaviest run of stems that stands in both texts tells, by what each stem of the first one does."""
    a, b = a[:LONGEST], b[:LONGEST]
    once = dict(zip(b, range(len(b)), strict=True))
    if len(once) == len(b):
        return _heaviest_run_once(a, tells, once)
    common = once.keys() & a
    places: dict[str, list[int]] = {stem: [] for stem in common}
    for j, stem in enumerate(b):
        if stem in common:
            places[stem].append(j)
    best = 0.0
    runs: dict[int, float] = {}  # by the place in b where they end
    for stem, more in zip(a, tells, strict=False):
        at = places.get(stem)
        if at is None:
            runs = {}
            continue
        if len(at) == 1:
            told = runs.get(at[0] - 1, 0.0) + more
            runs = {at[0]: told}
        else:
            runs = {j: runs.get(j - 1, 0.0) + more for j in at}
            told = max(runs.values())
        best = max(best, told)
    return best


def _heaviest_run_once(a: Iterable[str], tells: Iterable[float], places: dict[str, int]) -> float:
    """The same where each stem of the second text has one place, as in most."""
    best = told = 0.0
    before = LONGEST  # where the run has come to in the second text
    for at, more in zip(map(places.get, a), tells, strict=False):
        if at is None:
            before = LONGEST
            continue
        told = told + more if at == before + 1 else more
        best = max(best, told)
        before = at
    return best


def _phrase(words: Words, other: Words) -> float:
    """How much of the quoted words stand in the other text in runs, less where those say little."""
    common = total = 0.0
    for start, end in _quotations(words):
        quoted = words.stems[start:end]
        total += total_information(quoted)
        common += _heaviest_run(quoted, map(information, quoted), other.stems)
    return common / total * (1 - math.exp(-common / PHRASE)) if total else 0.0


def _quotations(words: Words) -> list[tuple[int, int]]:
    """The runs of quoted words: where each begins and ends."""
    out: list[tuple[int, int]] = []
    for at, quoted in enumerate(words.quoted):
        if not quoted:
            continue
        if out and out[-1][1] == at and not words.breaks[at]:
            out[-1] = out[-1][0], at + 1
        else:
            out.append((at, at + 1))
    return out
