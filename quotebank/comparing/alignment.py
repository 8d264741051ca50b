"""Words of one text laid against those of another: which were kept, dropped, added or changed.

`align` is what a fact-checker's "did they say it in those words" rests on. Texts are anchored at the runs of words that
occur once in each (as in Cohen's patience diff), so that the time grows with the length of the texts and a quotation
finds its place in a long statement; between anchors rapidfuzz finds the longest common subsequence. Stray small words
that two unrelated stretches have in common count as no agreement (the semantic clean-up of Fraser's diff-match-patch).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Literal

import attrs
from rapidfuzz.distance import Indel

from quotebank.comparing.compared_words import (
    CACHED_LENGTH,
    CACHED_TEXTS,
    Words,
    begins_a_clause,
    is_content,
    is_negation,
    place_in,
    read_words,
)
from quotebank.comparing.opposites import are_opposed
from quotebank.comparing.settled_gaps import Block, settled
from quotebank.errors import ArgumentTypeError, shown
from quotebank.spans import Span
from quotebank.text import words

Change = Literal["kept", "dropped", "added", "changed"]
Wording = Literal["exact", "subset", "edited"]
Gap = tuple[int, int, int, int]  # what differs: from, to in the first text, and from, to in the second

RUN = 3  # words of an anchor, as `_once` cuts them: runs of three seldom recur within a statement
LARGEST = 1_000_000  # pairs of words between two anchors that are compared; beyond it no claim is so unlike itself
SLACK = 4  # words beyond the length of a loose end that are looked at for it in the other text
SCOPE = 8  # words before a clause's matched part in which a negation still turns it round
EDITED = 0.5  # share of the shorter text's words that an edited quotation keeps
FAIL = "fail"  # the stem of "failed", "failing"
RARE = frozenset({"few", "barely", "scarcely", "rarely", "seldom"})
ALONE = 3  # words of a clause that may be said without what follows
VERBATIM = 12  # words in a row that nobody says twice: texts that have so many in common are one, much edited
LEAST = 4  # words in a row that an edited quotation keeps: fewer are a common phrase


@attrs.frozen(kw_only=True)
class Difference:
    """One stretch of an alignment."""

    change: Change
    """`"kept"`, in both; `"dropped"`, only in the first text; `"added"`, only in the second; `"changed"`, other
    words in each."""
    first: str = ""
    """The words of the first text as written, "" where there are none."""
    second: str = ""
    """Those of the second."""
    first_span: Span | None = None
    """Where they stand in the first text, in code points of it; None where there are none."""
    second_span: Span | None = None
    """Where they stand in the second."""

    def turned(self) -> Difference:
        """The same difference with the two texts exchanged."""
        change: Change = {"dropped": "added", "added": "dropped"}.get(self.change, self.change)  # type: ignore[assignment]
        return Difference(
            change=change,
            first=self.second,
            second=self.first,
            first_span=self.second_span,
            second_span=self.first_span,
        )


@attrs.frozen(kw_only=True)
class Alignment:
    """How the words of one text stand in another.

    `wording`: "exact", the same words; "subset", the words of one are all in the other, in order; "edited", most of
    them, some changed; None, too few. Case, punctuation, spelling ("e-mail"), contractions ("don't") and words in
    square brackets do not count. `share`: the part of the shorter text's words that are kept, 0 to 1. `verbatim`: all
    words of the first text stand in the second without a gap, but for gaps that an ellipsis or a new pair of
    quotation marks shows. `reversed`: the words that differ hold a negation, so that one may deny the other.
    `found`: the stretch of the second text that holds what is kept. `differences` in order, those kept included.
    """

    wording: Wording | None
    share: float
    verbatim: bool
    reversed: bool
    kept: int
    longest: int
    found: Span | None
    differences: tuple[Difference, ...]


def align(quotation: str, stated: str) -> Alignment:
    """Lay the words of `quotation` against those of `stated`.

    Raises `ArgumentTypeError` where one of them is no str.
    """
    for name, value in (("quotation", quotation), ("stated", stated)):
        if not isinstance(value, str):
            raise ArgumentTypeError(f"{name} must be a str; got {shown(value)}")
    return Laid.of(read_words(quotation), read_words(stated)).alignment()


# Blocks


def matching_blocks(a: Words, b: Words) -> list[Block]:
    """Runs of words that two texts have in common, in order in both."""
    if a.keys == b.keys:
        return [(0, 0, len(a))] if len(a) else []
    return _without_strays(_blocks(a, b), a, b)


def _blocks(a: Words, b: Words) -> list[Block]:
    anchors = _extended(_in_order(_anchors(a, b)), a.keys, b.keys)
    if not anchors:
        short, other = (a, b) if len(a.keys) <= len(b.keys) else (b, a)
        at = place_in(short, other)  # "I slept" in "I'd lie if I said I slept"
        if at is None:
            return _between(a, b, (0, len(a.keys)), (0, len(b.keys)))
        return [(0, at, len(a.keys)) if short is a else (at, 0, len(b.keys))]
    first, last = anchors[0], anchors[-1]
    out = _before(a, b, first[0], first[1])
    for block, following in pairwise([*anchors, (len(a.keys), len(b.keys), 0)]):
        out.append(block)
        if block is not last:
            out += _between(a, b, (block[0] + block[2], following[0]), (block[1] + block[2], following[1]))
    out += _after(a, b, last[0] + last[2], last[1] + last[2])
    return _joined(out)


def _anchors(a: Words, b: Words) -> list[tuple[int, int]]:
    """Where runs of `RUN` words stand that occur once in each text."""
    first, second = _runs(a), _runs(b)
    return sorted([(first[run], second[run]) for run in first.keys() & second.keys()])


def _runs(w: Words) -> dict[str, int]:
    return _remembered_runs(w) if len(w.text) <= CACHED_LENGTH else _once(w)


@lru_cache(maxsize=CACHED_TEXTS)
def _remembered_runs(w: Words) -> dict[str, int]:
    return _once(w)


def _once(w: Words) -> dict[str, int]:
    """Where each run that occurs once begins, by its words: a text is nothing to the garbage collector, a tuple is."""
    at: dict[str, int] = {}
    again = set()
    for i, run in enumerate(map(" ".join, zip(w.keys, w.keys[1:], w.keys[2:], strict=False))):
        if run in at:
            again.add(run)
        at[run] = i
    return {run: i for run, i in at.items() if run not in again} if again else at


def _in_order(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the anchors, in the order of the first text, that rises in both texts."""
    second = [j for _, j in anchors]
    if second == sorted(second):  # no run stands twice in a text
        return anchors
    ends: list[int] = []  # the smallest place in the second text at which a rising run of each length ends
    last: list[int] = []
    before: list[int] = []
    for k, (_, j) in enumerate(anchors):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(j)
            last.append(k)
        else:
            ends[at], last[at] = j, k
    out = []
    k = last[-1] if last else -1
    while k >= 0:
        out.append(anchors[k])
        k = before[k]
    return out[::-1]


def _extended(anchors: list[tuple[int, int]], a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The anchors as blocks that are as long as the texts agree."""
    out: list[Block] = []
    low = high = 0
    for i, j in anchors:
        if i < low or j < high:
            continue
        start = 0
        while i - start > low and j - start > high and a[i - start - 1] == b[j - start - 1]:
            start += 1
        end = RUN
        for word, other in zip(a[i + RUN :], b[j + RUN :], strict=False):
            if word != other:
                break
            end += 1
        out.append((i - start, j - start, start + end))
        low, high = i + end, j + end
    return out


def _between(a: Words, b: Words, in_a: tuple[int, int], in_b: tuple[int, int]) -> list[Block]:
    """The blocks of the longest common subsequence of two stretches, each from one word up to, not with, another."""
    (i, i_end), (j, j_end) = in_a, in_b
    if not 0 < (i_end - i) * (j_end - j) <= LARGEST:
        return []
    found = Indel.opcodes(a.keys[i:i_end], b.keys[j:j_end])
    return [(i + op.src_start, j + op.dest_start, op.src_end - op.src_start) for op in found if op.tag == "equal"]


def _before(a: Words, b: Words, i: int, j: int) -> list[Block]:
    """The blocks before the first anchor: near it, unless the text that begins there shows that words are left out."""
    reach = min(i, j) + SLACK
    if any((a if i < j else b).breaks[1 : min(i, j) + 1]):
        reach = max(i, j)
    return _between(a, b, (max(0, i - reach), i), (max(0, j - reach), j))


def _after(a: Words, b: Words, i: int, j: int) -> list[Block]:
    left_a, left_b = len(a.keys) - i, len(b.keys) - j
    reach = min(left_a, left_b) + SLACK
    if any(a.breaks[i:] if left_a < left_b else b.breaks[j:]):
        reach = max(left_a, left_b)
    return _between(a, b, (i, min(len(a.keys), i + reach)), (j, min(len(b.keys), j + reach)))


def _joined(blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    for i, j, n in blocks:
        if out and out[-1][0] + out[-1][2] == i and out[-1][1] + out[-1][2] == j:
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + n)
        else:
            out.append((i, j, n))
    return out


def _without_strays(blocks: list[Block], a: Words, b: Words) -> list[Block]:
    """The blocks but those of small words no longer than what differs on either side of them."""
    out: list[Block] = []
    for at, (i, j, n) in enumerate(blocks):
        if n < LEAST:
            end_i, end_j = (out[-1][0] + out[-1][2], out[-1][1] + out[-1][2]) if out else (0, 0)
            next_i, next_j = blocks[at + 1][:2] if at + 1 < len(blocks) else (len(a), len(b))
            before, after = max(i - end_i, j - end_j), max(next_i - i - n, next_j - j - n)
            if n <= before and n <= after and not any(map(is_content, a.keys[i : i + n])):
                continue
        out.append((i, j, n))
    return out


# What the blocks say


@attrs.frozen(eq=False, slots=False)  # for what is worked out once, where it is asked for
class Laid:
    """Two texts laid against each other: what agrees, what differs before, between and behind it, and how many words.

    `missing_a`, `missing_b`: how many words of each gap count as missing in the other text; `countable`: how many
    words of the shorter text could.
    """

    a: Words
    b: Words
    blocks: list[Block]
    gaps: list[Gap]
    missing_a: list[int]
    missing_b: list[int]
    kept: int
    longest: int
    countable: int

    @classmethod
    def of(cls, a: Words, b: Words) -> Laid:
        """Find what two texts have in common."""
        blocks = settled(matching_blocks(a, b), a, b)
        last, last_too = len(a.keys), len(b.keys)
        edges = [(0, 0, 0), *blocks, (last, last_too, 0)]
        gaps = [(i + n, k, j + n, m) for (i, j, n), (k, m, _) in pairwise(edges)]
        lengths = [n for _, _, n in blocks]
        return cls(
            a=a,
            b=b,
            blocks=blocks,
            gaps=gaps,
            missing_a=[_missing(a, i, k) if i < k else 0 for i, k, _, _ in gaps],
            missing_b=[_missing(b, j, m) if j < m else 0 for _, _, j, m in gaps],
            kept=sum(lengths),
            longest=max(lengths, default=0),
            countable=min(_missing(a, 0, last), _missing(b, 0, last_too)),
        )

    @cached_property
    def wording(self) -> Wording | None:
        """As in `Alignment`."""
        return _wording(self)

    @cached_property
    def reversed(self) -> bool:
        """As in `Alignment`."""
        return _reverses(self)

    @cached_property
    def verbatim(self) -> bool:
        """As in `Alignment`."""
        return _is_verbatim(self)

    @property
    def found(self) -> Span | None:
        """As in `Alignment`."""
        if not self.blocks:
            return None
        (_, first, _), (_, last, count) = self.blocks[0], self.blocks[-1]
        return Span(self.b.starts[first], self.b.ends[last + count - 1])

    @property
    def share(self) -> float:
        """As in `Alignment`."""
        return min(1.0, self.kept / self.countable) if self.countable else float(self.a.text == self.b.text)

    def alignment(self) -> Alignment:
        """All that this says."""
        return Alignment(
            wording=self.wording,
            share=self.share,
            verbatim=self.verbatim,
            reversed=self.reversed,
            kept=self.kept,
            longest=self.longest,
            found=self.found,
            differences=self.differences(),
        )

    def differences(self) -> tuple[Difference, ...]:
        """Every stretch of both texts, in order."""
        return tuple(_differences(self))

    def changes(self) -> list[tuple[str, str]]:
        """The words, as written, that stand in the one text where others stand in the other."""
        a, b = self.a, self.b
        return [
            (a.text[a.starts[i] : a.ends[k - 1]], b.text[b.starts[j] : b.ends[m - 1]])
            for i, k, j, m in self.gaps
            if i < k and j < m
        ]


def _missing(w: Words, start: int, end: int) -> int:
    """How many words count as missing: not those in square brackets, nor what only begins a reported clause."""
    missing = end - start - sum(w.editorial[start:end])
    if start == 0 < end and not w.quoted[0] and not w.editorial[0] and begins_a_clause(w.keys[0]):
        return missing - 1
    return missing


def _wording(laid: Laid) -> Wording | None:
    a, b = laid.a, laid.b
    if not laid.blocks:
        return "exact" if a.text.split() == b.text.split() and not len(a) else None
    only_a, only_b = any(laid.missing_a), any(laid.missing_b)
    if not only_a and not only_b:
        return "exact"
    if not only_a or not only_b:
        unmarked = sum(_unmarked(laid, at) for at in range(1, len(laid.gaps) - 1))
        if unmarked <= laid.kept // 2:
            return "subset"
    if laid.longest >= VERBATIM:
        return "edited"
    return None if laid.kept < EDITED * laid.countable or laid.longest < LEAST else "edited"


def _unmarked(laid: Laid, at: int) -> int:
    """How many words are left out in a gap between two blocks with nothing to show it."""
    i, k, j, m = laid.gaps[at]
    a, b = laid.a, laid.b
    if k < len(a) and m < len(b) and ((i == k and a.breaks[k]) or (j == m and b.breaks[m])):
        return 0
    return laid.missing_a[at] + laid.missing_b[at]


def _is_verbatim(laid: Laid) -> bool:
    if not laid.blocks:
        return laid.a.text.split() == laid.b.text.split()
    if any(laid.missing_a):
        return False
    inner = zip(laid.gaps[1:-1], laid.missing_b[1:-1], strict=True)
    return all(laid.a.breaks[k] or not missing for (_, k, _, _), missing in inner)


def _reverses(laid: Laid) -> bool:
    """Whether the words that differ turn the sense round: a negation more, or a word for its opposite.

    Before the first block only what stands in its clause counts, and a whole clause that is left out counts nowhere.
    """
    a, b = laid.a, laid.b
    if not laid.blocks:
        return False
    last = len(laid.gaps) - 1
    for at, (i, k, j, m) in enumerate(laid.gaps):
        if i == k and j == m:
            continue
        if are_opposed(a.keys[i:k], b.keys[j:m]):
            return True
        if at == last:
            continue
        low_i, low_j = (i, j) if at else (_scope(a, k), _scope(b, m))
        shown = a.breaks[k] or b.breaks[m]
        more = abs(_negations(a, low_i, k, shown=shown) - _negations(b, low_j, m, shown=shown))
        # One more turns a statement round; several pile up where it is negative already ("not me, nobody").
        if more == 1 or (more and not _kept_negation(laid, at)):
            return True
    return False


def _kept_negation(laid: Laid, at: int) -> bool:
    """Whether the sentence around a gap keeps a negation."""
    a, k = laid.a, min(laid.gaps[at][1], len(laid.a) - 1)
    return any(
        is_negation(a.keys[x]) for i, _, n in laid.blocks for x in range(i, i + n) if a.sentences[x] == a.sentences[k]
    )


def _scope(w: Words, end: int) -> int:
    """From where the words before `end` belong to its clause."""
    start = end
    while start > max(0, end - SCOPE) and end < len(w) and w.clauses[start - 1] == w.clauses[end]:
        start -= 1
    return start


def _negations(w: Words, start: int, end: int, *, shown: bool) -> int:
    """How many words deny, from `start` up to `end`: negations, "few", "failed to"; not those of a clause left out.

    Where an ellipsis shows that words are left out, those behind a clause that can stand alone are none of it: "You
    cannot certify a beam … and nobody asked" for "a beam that you may not see", but not "I … support" for "I do not".
    """
    if FAIL not in w.stems[start:end] and _denying().isdisjoint(w.keys[start:end]):
        return 0
    beside = {w.clauses[end]} if end < len(w) else set()
    before = start - 1
    while before >= 0 and start and w.clauses[before] == w.clauses[start - 1]:
        before -= 1
    if start and not (shown and start - 1 - before >= ALONE):
        beside.add(w.clauses[start - 1])
    return sum(_denies(w, i) for i in range(start, end) if w.clauses[i] in beside)


@cache
def _denying() -> frozenset[str]:
    return RARE | words("text/negations")


def _denies(w: Words, at: int) -> bool:
    if w.stems[at] == FAIL:
        return w.keys[at + 1 : at + 2] == ["to"]
    rare = w.keys[at] in RARE and (not at or w.keys[at - 1] != "a")
    return rare or is_negation(w.keys[at])


def _differences(laid: Laid) -> list[Difference]:
    out = []
    for gap, block in zip(laid.gaps, [*laid.blocks, None], strict=True):
        i, k, j, m = gap
        if i < k or j < m:
            change: Change = "changed" if i < k and j < m else "dropped" if i < k else "added"
            out.append(_difference(change, laid.a, laid.b, gap))
        if block is not None:
            out.append(_difference("kept", laid.a, laid.b, (k, k + block[2], m, m + block[2])))
    return out


def _difference(change: Change, a: Words, b: Words, ranges: Gap) -> Difference:
    i, k, j, m = ranges
    first, second = _span(a, i, k), _span(b, j, m)
    return Difference(
        change=change,
        first=first.slice(a.text) if first else "",
        second=second.slice(b.text) if second else "",
        first_span=first,
        second_span=second,
    )


def _span(w: Words, start: int, end: int) -> Span | None:
    return Span(w.starts[start], w.ends[end - 1]) if start < end else None
