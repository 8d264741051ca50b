"""Which lines of a text are one: those that were only broken where the next word did not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import regex

from quotebank.text.letter_lines import opens_or_ends
from quotebank.text.line_shapes import Shape, is_item, is_short
from quotebank.text.transcript_labels import CLOCKED

NARROWEST = 45  # code points: hard-wrapped text is at least so wide
WIDEST = 130  # and at most
FEWEST_WORDS = 2  # of a wrapped line, on the average
CUT_INSIDE = 0.4  # of a block's lines begin in the middle of a sentence where it is wrapped, however narrow
CHECKED = 120  # code points of a line that may break off in the middle of a sentence
IN_MIDSENTENCE = regex.compile(  # no heading: "What we are waiting for"
    r"(?!(?i:wh\p{L}+|how)\b)(?:\S+\s+){4,}(?:(?:of|to|the|an?|and|or|with|from|by|for|at|as|in|had|has|have|its|their|his|my|our|your)"
    r")|.*[”\"’]\s(?:said|says)"
)
GOING_ON = regex.compile(r"[“‘\"']?[\p{L}\p{N}](?![^.!?\n]{0,30}:)")  # no "Ann Lee: Which one"
Seen = tuple[Shape, bool, bool]
"""A line's shape, whether a blank line stands before it, and whether it is known already to be no prose."""


def runs_of_lines(rows: Sequence[Seen]) -> list[range]:
    """The runs of rows, by their numbers and in order, that are one line each; most have a row alone."""
    blank_lines = any(apart for _, apart, _ in rows[1:])
    blocks = [(block, _is_wrapped([rows[k][0] for k in block], blank_lines)) for block in _blocks(rows)]
    sure = (k for block, wrapped in blocks if wrapped and len(block) > 2 for k in block)
    width = max((len(rows[k][0].text) for k in sure), default=0)
    out: list[range] = []
    for block, alone in blocks:
        wrapped = alone or (width > NARROWEST and _fills([rows[k][0].text for k in block], width))
        first = block.start
        for k in block[1:]:
            if not _goes_on(rows[k - 1], rows[k], wrapped, blank_lines):
                out.append(range(first, k))
                first = k
        out.append(range(first, block.stop))
    return out


def _blocks(rows: Sequence[Seen]) -> Iterable[range]:
    """The runs of rows with no blank line between them."""
    first = 0
    for k in range(1, len(rows) + 1):
        if k == len(rows) or rows[k][1]:
            yield range(first, k)
            first = k


def _is_wrapped(block: Sequence[Shape], blank_lines: bool) -> bool:
    """Whether a block's lines were broken where the next word did not fit, as mail and old agencies' texts are."""
    width = max(len(row.text) for row in block)
    pairs = list(pairwise(block))
    if sum(a.text.endswith("-") and b.text[0].islower() for a, b in pairs) > 1:
        return True  # "the har- | bour", as print has it
    if sum(CLOCKED.match(row.text) is not None for row in block) * 2 > len(block):
        return False  # a chat
    prose = sum(row.count for row in block) > FEWEST_WORDS * len(block)  # no list of things
    if prose and len(block) > 3 and sum(b.text[0].islower() for _, b in pairs) >= CUT_INSIDE * len(pairs):
        return True
    if len(block) < (2 if blank_lines else 4) or not NARROWEST <= width <= WIDEST:
        return False
    if len(block) < 4 and not any(b.text[0].islower() for _, b in pairs):
        return False
    return all(
        len(a.text) + 1 + len(b.text.split(None, 1)[0]) > width or (a.stops and len(block) > 3) for a, b in pairs
    ) and any(not row.stops for row in block[:-1])


def _fills(block: Sequence[str], width: int) -> bool:
    """Whether all lines of a block but the last are as long as they can be where others are `width` wide."""
    full = (len(a) + 1 + len(b.split(None, 1)[0]) > width for a, b in pairwise(block))
    return max(map(len, block)) <= width and all(full)


def _goes_on(over: Seen, under: Seen, wrapped: bool, blank_lines: bool) -> bool:
    """Whether a row is the paragraph above it going on."""
    above, row = over[0], under[0]
    if over[2] or under[2] or is_item(row):
        return False
    if wrapped:
        return True
    if opens_or_ends(above.text[-80:]):
        return False
    if IN_MIDSENTENCE.fullmatch(above.text[-CHECKED:]) and GOING_ON.match(row.text):
        return True
    if not blank_lines or above.stops or above.closes or above.last == ":":
        return False
    return row.text[0].islower() or row.text[0] in ",;)" or not is_short(above)
