"""Words that one text has more than another, placed where a reader would see them left out.

Of "they went. They saw it. They left" and "they went. They left", the words left out may as well begin at "They" as
behind it. They begin where an ellipsis shows that something is missing, or else where a sentence begins, as in the
lossless clean-up of Fraser's diff-match-patch.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotebank.comparing.compared_words import Words

FARTHEST = 40  # words by which what is left out is moved
Block = tuple[int, int, int]  # where it begins in the first and in the second text, and of how many words it is


def settled(blocks: Sequence[Block], a: Words, b: Words) -> list[Block]:
    """The blocks with the words between two of them moved, where only one of the texts has any there."""
    out = list(blocks)
    for at in range(1, len(out)):
        (i, j, n), (k, m, count) = out[at - 1], out[at]
        if (i + n == k) == (j + n == m):
            continue
        shift = _shift(a, b, k, j + n, m) if i + n == k else _shift(b, a, m, i + n, k)
        if -n < shift < count:
            out[at - 1] = (i, j, n + shift)
            out[at] = (k + shift, m + shift, count - shift)
    return out


def _shift(short: Words, long: Words, behind: int, start: int, end: int) -> int:
    """By how many words what `long` has more, from `start` to `end`, is to move; `short` goes on at `behind`."""
    keys = long.keys
    left = right = 0
    while left < min(start, behind, FARTHEST) and keys[start - left - 1] == keys[end - left - 1]:
        left += 1
    behind_all = min(len(long) - end, len(short) - behind, FARTHEST)
    while right < behind_all and keys[start + right] == keys[end + right]:
        right += 1
    if not left and not right:
        return 0
    shifts = sorted(range(-left, right + 1), key=abs)
    shown = [s for s in shifts if behind + s < len(short) and short.breaks[behind + s]]
    begun = [s for s in shifts if start + s == 0 or long.sentences[start + s - 1] != long.sentences[start + s]]
    return next(iter([*shown, *begun, 0]))
