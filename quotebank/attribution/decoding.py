"""The network's scores to claims: an anchor's source, cue and content, and which claim a quotation belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from math import exp, log

import attrs
import numpy as np
import numpy.typing as npt

from quotebank.records import Act, Force
from quotebank.text import Tokens

Scores = npt.NDArray[np.float32]

LABELS = ("none", "source", "cue", "content")
NONE, SOURCE, CUE, CONTENT = range(4)
REACH = 120  # words before and after an anchor that can belong to its claim
NEVER = -1e4
SHORTEST_QUOTATION = 4  # tokens, marks included: shorter ones are names and scare quotes


@attrs.frozen
class Tagged:
    """One claim as the network sees it: token indices of each role, in order, and how sure it is (0 to 1).

    `nested` ones lie inside the content of another one. `act` and `force` are None where nothing read them.
    """

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    confidence: float
    nested: bool = False
    act: Act | None = None
    force: Force | None = None
    named: tuple[int, ...] = attrs.field(default=(), kw_only=True)

    def at(self, indices: Sequence[int]) -> Tagged:
        """The claim with each token's number replaced by what `indices` holds for it."""
        source, cue, content = (tuple(indices[i] for i in part) for part in (self.source, self.cue, self.content))
        return attrs.evolve(self, source=source, cue=cue, content=content)


@attrs.frozen
class Decoding:
    """How scores become claims. Thresholds: chosen on articles held back and PolNeAR's dev part, see RESULTS.md."""

    anchor: float = 0.35  # least probability of an anchor
    quoted: float = 0.1  # the same where a quotation begins
    switch: float = 0.9  # log-odds that a change of label inside a window costs
    source: float = 0.15  # least probability of a word that is taken for a source where no other is found
    least: float = 0.34  # least confidence of a claim: below it, more are nobody's than right
    least_quoted: float = 0.15  # the same of a quotation, which somebody did say
    nested: float = 0.4  # least probability of an anchor inside another claim's content
    calibration: tuple[float, ...] = (0.0, 1.0, 0.0, 0.0, 0.0)
    """Of the log-odds that a claim is right: constant, weight of the network's own, and what is added where the claim
    begins a quotation, has no source, is nested (Platt 1999); fitted on held-back gold by `training/calibrate.py`."""

    def believed(self, chance: float, *, quoted: bool, sourced: bool, nested: bool) -> float:
        """How likely a claim is right, from what the network makes of it."""
        constant, slope, if_quoted, if_unsourced, if_nested = self.calibration
        chance = min(max(chance, 1e-4), 1 - 1e-4)
        odds = constant + slope * log(chance / (1 - chance))
        odds += if_quoted * quoted + if_unsourced * (not sourced) + if_nested * nested
        return round(1 / (1 + exp(-odds)), 4)


@attrs.frozen
class Scored:
    """The scores of one window: for each possible anchor its probability and the label scores of every word.

    Word i of `scores` (anchors, words, labels) is token `shift + i` of the text; `anchors` are such words. `nested`
    tells which of them begin a claim inside another one's content; `acts` are their acts and forces.
    """

    shift: int
    anchors: list[int]
    chances: list[float]
    nested: list[bool]
    acts: list[tuple[Act, Force | None]]
    scores: Scores


@attrs.frozen
class Quoted:
    """An outermost quotation: tokens `first` to `end`, its marks included, and where each of its paragraphs begins."""

    first: int
    end: int
    paragraphs: tuple[int, ...]

    def within(self, low: int, high: int) -> Quoted:
        """The part of it that lies in tokens `low` to `high`, counted from `low`."""
        paragraphs = tuple(p - low for p in self.paragraphs if low <= p < high)
        return Quoted(max(0, self.first - low), min(high, self.end) - low, paragraphs)


def quoted_ranges(tokens: Tokens, shortest: int = SHORTEST_QUOTATION) -> list[Quoted]:
    """The outermost quotations of some length, in order; one that runs over several paragraphs is one."""
    out: list[Quoted] = []
    goes_on = False
    for quotation in tokens.quotations.outer:
        first, end = bisect_left(tokens.starts, quotation.start), bisect_left(tokens.starts, quotation.end)
        if goes_on and out[-1].end == first:
            out[-1] = Quoted(out[-1].first, end, (*out[-1].paragraphs, first))
        else:
            out.append(Quoted(first, end, (first,)))
        goes_on = quotation.continued
    return [q for q in out if q.end - q.first >= shortest]


def decode(windows: Iterable[Scored], quotations: list[Quoted], decoding: Decoding) -> list[Tagged]:
    """The claims of a text from the scores of its windows, in order of their contents.

    The contents of two lie apart, but for the nested ones: `fitted_inside` is for them. `quotations` are those of the
    text, in order, as `quoted_ranges` gives them.
    """
    rows: list[_Row] = []
    for window in windows:
        rows.extend(_rows(window, quotations, decoding))
    if not rows:
        return []
    labels = best_labels(np.stack([row.logp for row in rows]), decoding.switch)
    found = [(row, _claim(row, line, decoding)) for row, line in zip(rows, labels, strict=True)]
    kept = [
        c for row, c in found if c.confidence >= (decoding.least if row.quotation is None else decoding.least_quoted)
    ]
    outer = _without_overlaps([c for c in kept if not c.nested])
    return in_order([*outer, *(c for c in kept if c.nested)])


def in_order(claims: Iterable[Tagged]) -> list[Tagged]:
    """Claims by where their content begins, one that holds another before it."""
    return sorted(claims, key=lambda c: (c.content[0], -c.content[-1], -len(c.content), c.nested))


@attrs.frozen
class _Row:
    """One anchor: token, probability, and the log-probabilities of the labels from REACH words before it to after."""

    token: int
    chance: float
    logp: Scores  # (2 * REACH + 1, labels), with what quotations imply
    strength: Scores  # the same as probabilities, as the network gives them
    quotation: Quoted | None
    """The quotation that the anchor begins, or a paragraph of it: all of it is content."""
    beyond: Quoted | None
    """The quotation that goes on where what the network sees of this claim ends: its reach, or its window."""
    last: int
    """The last token that is seen."""
    nested: bool
    act: tuple[Act, Force | None]


def _rows(window: Scored, quotations: list[Quoted], decoding: Decoding) -> list[_Row]:
    """The anchors of one window that are taken, each with its scores around it."""
    length = window.scores.shape[1]
    first = bisect_right(quotations, window.shift, key=lambda q: q.end)
    last = bisect_left(quotations, window.shift + length, key=lambda q: q.first)
    near = [q.within(window.shift, window.shift + length) for q in quotations[first:last]]
    begun = {p + k: n for n, q in enumerate(near) for p in q.paragraphs for k in (1, 0)}
    taken = _anchors(window, begun, decoding)
    if not taken:
        return []
    anchors = [window.anchors[row] for row in taken]
    chances = [window.chances[row] for row in taken]
    scores = window.scores[taken]
    top = scores.max(-1, keepdims=True)
    logp = scores - top - np.log(np.exp(scores - top).sum(-1, keepdims=True))
    strength = np.exp(logp)
    levels = [window.nested[row] for row in taken]
    _keep_quotations_whole(logp, anchors, chances, levels, quotations=near, begun=begun)
    out = []
    for k, (anchor, chance) in enumerate(zip(anchors, chances, strict=True)):
        around = np.full((2 * REACH + 1, len(LABELS)), NEVER, dtype=np.float32)
        around[:, NONE] = 0.0
        seen = np.zeros_like(around)
        low, high = max(0, anchor - REACH), min(length, anchor + REACH + 1)
        place = slice(low - anchor + REACH, high - anchor + REACH)
        around[place], seen[place] = logp[k, low:high], strength[k, low:high]
        own = quotations[first + begun[anchor]] if anchor in begun and not levels[k] else None
        begin = anchor if own is None else own.first - window.shift
        around[: max(0, REACH - (anchor - begin)), CONTENT] = NEVER  # content begins with the anchor or its quotation
        around[REACH] = NEVER
        around[REACH, CONTENT] = 0.0
        act = window.acts[taken[k]]
        seen_last = window.shift + high - 1
        beyond = next((q for q in quotations[first:last] if q.first <= seen_last < q.end - 1), None)
        out.append(_Row(window.shift + anchor, chance, around, seen, own, beyond, seen_last, levels[k], act))
    return out


def _anchors(window: Scored, begun: dict[int, int], decoding: Decoding) -> list[int]:
    """Which of the possible anchors are taken: rows of the window.

    `begun` has, for the mark and the first word of every paragraph of a quotation, the number of that quotation: all
    of them are one anchor's places, and the likeliest is taken.
    """
    taken: dict[tuple[str, int], int] = {}
    for row, (anchor, chance) in enumerate(zip(window.anchors, window.chances, strict=True)):
        if window.nested[row]:
            if chance >= decoding.nested:
                taken["nested", anchor] = row
            continue
        place = ("quotation", begun[anchor]) if anchor in begun else ("word", anchor)
        if chance < (decoding.quoted if anchor in begun else decoding.anchor):
            continue
        if place not in taken or window.chances[taken[place]] < chance:
            taken[place] = row
    return sorted(taken.values())


def _keep_quotations_whole(
    logp: Scores,
    anchors: list[int],
    chances: list[float],
    nested: list[bool],
    *,
    quotations: list[Quoted],
    begun: dict[int, int],
) -> None:
    """Let every quotation be one claim's content or nobody's: a mean over its words decides, and the strongest claim.

    A claim whose own anchor stands inside the quotation, where no paragraph begins, is left alone: somebody in the
    quotation reports somebody else.
    """
    for number, quotation in enumerate(quotations):
        words = slice(quotation.first, quotation.end)
        own = [begun.get(anchor) == number and not nested[row] for row, anchor in enumerate(anchors)]
        outside = [
            row
            for row, anchor in enumerate(anchors)
            if own[row] or (not nested[row] and not quotation.first <= anchor < quotation.end)
        ]
        if not outside:
            continue
        mean = logp[outside, words].mean(1)
        strength = {}
        for k, row in enumerate(outside):
            logp[row, words] = mean[k]
            if own[row]:
                logp[row, words, CONTENT] = 0.0
            strength[row] = chances[row] * float(np.exp(logp[row, quotation.first, CONTENT]))
        best = max(outside, key=lambda row: strength[row])
        for row in outside:
            if row != best and not own[row]:
                logp[row, words, CONTENT] = NEVER


def best_labels(logp: Scores, switch: float) -> npt.NDArray[np.intp]:
    """Viterbi over words (rows, words, labels) with one cost for every change of label, all rows at once."""
    count, length, _ = logp.shape
    rows = np.arange(count)
    score = logp[:, 0].copy()
    stays = np.empty(logp.shape, dtype=bool)
    bests = np.empty((length, count), dtype=np.intp)
    for t in range(1, length):
        best = score.argmax(1)
        top = (score[rows, best] - switch)[:, None]
        bests[t], stays[:, t] = best, score >= top
        score = np.maximum(score, top) + logp[:, t]
    labels = np.empty((count, length), dtype=np.intp)
    labels[:, -1] = score.argmax(1)
    for t in range(length - 1, 0, -1):
        state = labels[:, t]
        labels[:, t - 1] = np.where(stays[rows, t, state], state, bests[t])
    return labels


def _claim(row: _Row, labels: npt.NDArray[np.intp], decoding: Decoding) -> Tagged:
    """One anchor's claim from the label of every word around it."""
    offset = row.token - REACH
    content = np.flatnonzero(labels == CONTENT)
    certain = float(row.strength[content[content >= REACH], CONTENT].mean())
    words = set((content + offset).tolist())
    if row.quotation is not None:
        words.update(range(row.quotation.first, row.quotation.end))
    if row.beyond is not None and labels[row.last - offset] == CONTENT:
        words.update(range(row.last, row.beyond.end))
    likely = row.strength[:, SOURCE]
    source = _best_run(np.flatnonzero(labels == SOURCE), likely)
    if not len(source):
        source = _likely_source(np.where(labels == NONE, likely, 0.0), decoding.source)
    return Tagged(
        tuple((source + offset).tolist()),
        tuple((np.flatnonzero(labels == CUE) + offset).tolist()),
        tuple(sorted(words)),
        decoding.believed(
            row.chance * certain, quoted=row.quotation is not None, sourced=bool(len(source)), nested=row.nested
        ),
        row.nested,
        *row.act,
    )


def _best_run(indices: npt.NDArray[np.intp], strength: Scores) -> npt.NDArray[np.intp]:
    """The run of neighbouring indices (gaps of two words allowed) with the most strength: a claim has one source."""
    if not len(indices):
        return indices
    runs = np.split(indices, np.flatnonzero(np.diff(indices) > 3) + 1)
    return max(runs, key=lambda run: float(strength[run].sum()))


def _likely_source(chances: Scores, least: float) -> npt.NDArray[np.intp]:
    """The words around the likeliest source that no other role has taken, where it is likely enough."""
    best = int(chances.argmax())
    if chances[best] < least:
        return np.empty(0, dtype=np.intp)
    first = last = best
    while first > 0 and chances[first - 1] >= least * 0.7:
        first -= 1
    while last + 1 < len(chances) and chances[last + 1] >= least * 0.7:
        last += 1
    return np.arange(first, last + 1)


def _without_overlaps(found: list[Tagged]) -> list[Tagged]:
    """Give each word to the content of one claim at most, the surest first; a claim left with no content goes.

    Of "declined | to say more" and "declined to say | more" the first is left: it has what the other's cue takes of it.
    """
    taken: set[int] = set()
    kept: list[Tagged] = []
    for claim in sorted(found, key=lambda c: (-c.confidence, c.content)):
        whole, sure = set(claim.content), claim.confidence
        for inner in [k for k in kept if whole.issuperset(k.content) and not whole.isdisjoint(k.cue)]:
            kept.remove(inner)
            taken.difference_update(inner.content)
            sure = max(sure, inner.confidence)
        content = tuple(i for i in claim.content if i not in taken)
        if len(content) * 2 <= len(claim.content) or claim.content[0] not in content:
            continue
        taken.update(content)
        kept.append(attrs.evolve(claim, content=content, confidence=sure))
    return sorted(kept, key=lambda c: c.content)


def fitted_inside(outer: list[Tagged], found: list[Tagged]) -> list[Tagged]:
    """Those of the claims found that lie inside an outer one's content, without what they take outside of it.

    Where two of them overlap in part, the one less sure keeps what is inside the other, if it begins there, or what is
    outside.
    """
    holder = {i: claim for claim in outer for i in claim.content}
    kept: list[Tagged] = []
    for claim in sorted(found, key=lambda c: (-c.confidence, c.content)):
        around = holder.get(claim.content[0])
        if around is None:
            continue
        whole = set(around.content)
        content = [i for i in claim.content if i in whole]
        for other in kept:
            taken = set(other.content)
            if taken.isdisjoint(content) or taken.issuperset(content) or taken.issubset(content):
                continue
            inside = content[0] in taken
            content = [i for i in content if (i in taken) is inside]
        same = any(set(other.content) == set(content) for other in (around, *kept))
        if len(content) * 2 > len(claim.content) and not same:
            kept.append(attrs.evolve(claim, content=tuple(content)))
    return kept
