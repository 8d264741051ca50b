"""Turns of transcripts and interviews as attributions.

A turn is an attribution whose source is the name before the colon, whose cue is the colon and whose content is what
follows, up to the next turn. What a speaker reports inside a turn is a claim inside that one.
"""

from __future__ import annotations

from bisect import bisect_left

import attrs

from quotebank.attribution.decoding import Tagged, in_order
from quotebank.text import Tokens

SURE = 0.6  # confidence from which on a report inside a turn is a claim of its own


@attrs.frozen
class Turn:
    """Token indices: the name from `first` up to `name_end`, the sign behind it, and what is said."""

    first: int
    name_end: int
    cue: tuple[int, ...]
    content: tuple[int, ...]


def turns(tokens: Tokens) -> list[Turn]:
    """The turns of a transcript in order; none where the text is no transcript."""
    found: list[Turn] = []
    starts = tokens.starts
    for line in tokens.lines:
        if line.kind != "turn":
            continue
        end = bisect_left(starts, line.end)
        if line.label is not None:
            label = line.label
            cue = () if label.colon is None else tuple(range(*(bisect_left(starts, at) for at in label.colon)))
            said = range(bisect_left(starts, label.begins), end)
            found.append(Turn(bisect_left(starts, label.start), bisect_left(starts, label.end), cue, tuple(said)))
        elif found:
            said = range(bisect_left(starts, line.start), end)
            found[-1] = attrs.evolve(found[-1], content=(*found[-1].content, *said))
    return [turn for turn in found if turn.content]


def with_turns(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, the turns of a transcript among them; as they are where it is none."""
    found = turns(tokens)
    if not found:
        return tagged
    theirs = {i: turn for turn in found for i in (*range(turn.first, turn.name_end), *turn.cue, *turn.content)}
    kept = []
    for claim in tagged:
        turn = next((theirs[i] for i in (*claim.content, *claim.source, *claim.cue) if i in theirs), None)
        if turn is None:
            kept.append(claim)
        elif _is_report(claim, turn):
            kept.append(attrs.evolve(claim, nested=True))
    full = _in_full(tokens, found)
    for turn, named in zip(found, full, strict=True):
        kept.append(Tagged(tuple(range(turn.first, turn.name_end)), turn.cue, turn.content, 0.99, named=named))
    return in_order(kept)


def _is_report(claim: Tagged, turn: Turn) -> bool:
    """Whether a claim inside a turn is one that the speaker reports: its source and cue stand in the turn's words."""
    if claim.confidence < SURE or not claim.source or not claim.cue:
        return False
    return set(turn.content).issuperset((*claim.content, *claim.source, *claim.cue))


def _in_full(tokens: Tokens, found: list[Turn]) -> list[tuple[int, ...]]:
    """For each turn the fuller label that its last name stands for: the nearest one before it, else the next."""
    last = [tokens.word(_head_end(tokens, turn) - 1).casefold() for turn in found]
    long = [_head_end(tokens, turn) - turn.first > 1 for turn in found]
    out: list[tuple[int, ...]] = [()] * len(found)
    for order in (range(len(found) - 1, -1, -1), range(len(found))):
        seen: dict[str, tuple[int, ...]] = {}
        for k in order:
            if long[k]:
                seen[last[k]] = tuple(range(found[k].first, found[k].name_end))
            elif last[k] in seen:
                out[k] = seen[last[k]]
    return out


def _head_end(tokens: Tokens, turn: Turn) -> int:
    """The end of a label's name, without what it adds after a comma."""
    return next((i for i in range(turn.first + 1, turn.name_end) if tokens.word(i) == ","), turn.name_end)
