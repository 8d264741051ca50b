"""The network's scores to claims: an anchor's source, cue and content, and which claim a quotation belongs to."""

from __future__ import annotations

from bisect import bisect_left

import attrs
import numpy as np
import torch
from torch import Tensor

from quotebank.tokens import Tokens

LABELS = ("none", "source", "cue", "content")
NONE, SOURCE, CUE, CONTENT = range(4)
REACH = 120  # words before and after an anchor that can belong to its claim
NEVER = -1e4
SHORTEST_QUOTATION = 4  # tokens, marks included: shorter ones are names and scare quotes
POSSIBLE = 0.1  # probability from which on a word's labels as an anchor are computed at all


@attrs.frozen
class Tagged:
    """One claim as the network sees it: token indices of each role, in order, and how sure it is (0 to 1)."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    confidence: float


@attrs.frozen
class Decoding:
    """How scores become claims; calibrated on the dev part of PolNeAR by `training/tagger.py eval`."""

    anchor: float = 0.5  # least probability of an anchor
    quoted: float = 0.2  # the same where a quotation begins
    switch: float = 0.7  # log-odds that a change of label inside a window costs
    source: float = 0.15  # least probability of a word that is taken for a source where no other is found


@attrs.frozen
class Scored:
    """The scores of one window: for each possible anchor its probability and the label scores of every word.

    Word i of `scores` (anchors, words, labels) is token `shift + i` of the text; `anchors` are such words.
    """

    shift: int
    anchors: list[int]
    chances: list[float]
    scores: Tensor


def quotation_ranges(tokens: Tokens) -> list[tuple[int, int]]:
    """(first token, one past the last) of each outermost quotation of some length, its marks included."""
    out = []
    for quotation in tokens.quotations.outer:
        first, last = bisect_left(tokens.starts, quotation.start), bisect_left(tokens.starts, quotation.end)
        if last - first >= SHORTEST_QUOTATION:
            out.append((first, last))
    return out


def decode(window: Scored, quotations: list[tuple[int, int]], decoding: Decoding) -> list[Tagged]:
    """The claims of one window. `quotations` are those of the text, in order, as `quotation_ranges` gives them."""
    length = window.scores.shape[1]
    near = [(max(0, a - window.shift), min(length, b - window.shift)) for a, b in quotations]
    near = [(a, b) for a, b in near if a < b]
    rows = _anchors(window, near, decoding)
    if not rows:
        return []
    anchors = [window.anchors[row] for row in rows]
    chances = [window.chances[row] for row in rows]
    scores = window.scores[rows]
    logp = scores.log_softmax(-1)
    strength = logp.exp()
    _keep_quotations_whole(logp, anchors, chances, near)
    labels = best_labels(torch.tensor(anchors), logp, decoding.switch)
    found = []
    for row, chance in enumerate(chances):
        line = labels[row]
        content = [i for i, label in enumerate(line) if label == CONTENT]
        certain = float(strength[row, content, CONTENT].mean())
        source = _best_run([i for i, label in enumerate(line) if label == SOURCE], strength[row, :, SOURCE])
        if not source:
            source = _likely_source(line, strength[row, :, SOURCE], decoding.source)
        cue = [i for i, label in enumerate(line) if label == CUE]
        shift = window.shift
        found.append(
            Tagged(
                tuple(i + shift for i in source),
                tuple(i + shift for i in cue),
                tuple(i + shift for i in content),
                round(chance * certain, 4),
            )
        )
    return found


def _anchors(window: Scored, quotations: list[tuple[int, int]], decoding: Decoding) -> list[int]:
    """Which of the possible anchors are taken: rows of the window. A quotation's mark and first word count as one."""
    starts = {start: start for start, _ in quotations} | {start + 1: start for start, _ in quotations}
    taken: dict[int, int] = {}
    for row, (anchor, chance) in enumerate(zip(window.anchors, window.chances, strict=True)):
        place = starts.get(anchor, anchor)
        if chance < (decoding.quoted if anchor in starts else decoding.anchor):
            continue
        if place not in taken or window.chances[taken[place]] < chance:
            taken[place] = row
    return sorted(taken.values())


def _keep_quotations_whole(
    logp: Tensor, anchors: list[int], chances: list[float], quotations: list[tuple[int, int]]
) -> None:
    """Let every quotation be one claim's content or nobody's: a mean over its words decides, and the strongest claim.

    A claim whose own anchor stands inside the quotation, past its first word, is left alone: somebody in the
    quotation reports somebody else.
    """
    for first, last in quotations:
        outside = [row for row, anchor in enumerate(anchors) if anchor <= first + 1 or anchor >= last]
        if not outside:
            continue
        part = logp[outside, first:last].mean(1, keepdim=True)
        logp[outside, first:last] = part
        strength = {row: float(part[k, 0, CONTENT].exp()) for k, row in enumerate(outside)}
        for row in outside:
            if first <= anchors[row] <= first + 1:
                strength[row] = max(strength[row], chances[row])
                logp[row, first:last, CONTENT] = 0.0
        best = max(outside, key=lambda row: strength[row])
        for row in outside:
            if row != best and anchors[row] not in (first, first + 1):
                logp[row, first:last, CONTENT] = NEVER


def _likely_source(line: list[int], strength: Tensor, least: float) -> tuple[int, ...]:
    """The words around the likeliest source that no other role has taken, where it is likely enough."""
    free = torch.tensor([label == NONE for label in line])
    chances = strength.masked_fill(~free, 0.0)
    best = int(chances.argmax())
    if float(chances[best]) < least:
        return ()
    first = last = best
    while first > 0 and float(chances[first - 1]) >= least * 0.7:
        first -= 1
    while last + 1 < len(line) and float(chances[last + 1]) >= least * 0.7:
        last += 1
    return tuple(range(first, last + 1))


def _best_run(indices: list[int], strength: Tensor) -> tuple[int, ...]:
    """The run of neighbouring indices (gaps of two words allowed) with the most strength: a claim has one source."""
    runs: list[list[int]] = []
    for i in indices:
        if runs and i - runs[-1][-1] <= 3:
            runs[-1].append(i)
        else:
            runs.append([i])
    if not runs:
        return ()
    return tuple(max(runs, key=lambda run: float(sum(strength[i] for i in run))))


def best_labels(anchors: Tensor, logp: Tensor, switch: float) -> list[list[int]]:
    """Viterbi over words with one cost for every change of label, all anchors at once.

    The anchor itself is content; nothing before it is; and nothing beyond REACH words belongs to the claim.
    """
    count, length, size = logp.shape
    offset = torch.arange(length)[None, :] - anchors[:, None]
    logp = logp.clone()
    logp[:, :, CONTENT].masked_fill_(offset < 0, NEVER)
    logp[:, :, 1:].masked_fill_((offset.abs() > REACH)[:, :, None], NEVER)
    forced = torch.full((size,), NEVER)
    forced[CONTENT] = 0.0
    logp[torch.arange(count), anchors] = forced
    array = logp.numpy()
    score = array[:, 0].copy()
    back = []
    for t in range(1, length):
        best = score.argmax(1)
        top = score.max(1) - switch
        stay = score >= top[:, None]
        back.append((stay, best))
        score = array[:, t] + np.where(stay, score, top[:, None])
    rows = np.arange(count)
    state = score.argmax(1)
    path = [state]
    for stay, best in reversed(back):
        state = np.where(stay[rows, state], state, best)
        path.append(state)
    labels: list[list[int]] = np.stack(path[::-1], axis=1).tolist()
    return labels


def without_overlaps(found: list[Tagged]) -> list[Tagged]:
    """Give each word to the content of one claim at most, the surest first; a claim left with no content goes."""
    taken: set[int] = set()
    kept: list[Tagged] = []
    for claim in sorted(found, key=lambda c: (-c.confidence, c.content)):
        content = tuple(i for i in claim.content if i not in taken)
        if len(content) * 2 <= len(claim.content) or claim.content[0] not in content:
            continue
        taken.update(content)
        kept.append(attrs.evolve(claim, content=content))
    return sorted(kept, key=lambda c: c.content)
