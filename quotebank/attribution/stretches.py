"""What of a text is read together: its paragraphs as one, a headline, caption or list by itself, a byline not at all.

So no claim can reach over a line that does not belong to its words: whoever looks for sources and quotations in a
stretch sees no other.
"""

from __future__ import annotations

from bisect import bisect_left

import attrs
import regex

from quotebank.text import NO_PROSE, LineKind, Tokens

ALONE: frozenset[LineKind] = frozenset({"headline", "standfirst", "subheading", "caption", "link", "item"})
UNREAD: frozenset[LineKind] = NO_PROSE | {"post", "signature", "pull quote"}
STOPPED = regex.compile(r"[.!?…][”’\"')\]]*$")  # a headline that ends so runs into nothing
LEAST = 3  # tokens: in fewer nobody says anything


@attrs.frozen
class Stretch:
    """Tokens of a text that are read together, as a text of their own; `indices` are their numbers in the whole."""

    tokens: Tokens
    indices: tuple[int, ...] | range

    def at(self, index: int) -> int | None:
        """The number in the stretch of a token of the text; None where it is not in it."""
        at = bisect_left(self.indices, index)
        return at if at < len(self.indices) and self.indices[at] == index else None


def stretches(tokens: Tokens) -> list[Stretch]:
    """The stretches of a text that are read, those of its paragraphs first."""
    bounds = [bisect_left(tokens.starts, line.start) for line in tokens.lines] + [len(tokens)]
    body: list[int] = []
    alone: list[list[int]] = []
    led = False
    for k, line in enumerate(tokens.lines):
        inside = range(bounds[k], bounds[k + 1])
        if line.kind == "item" and led:
            alone[-1].extend(inside)
        elif line.begins_turn:
            begins = line.start if line.label is None else line.label.begins
            alone.append(list(range(bisect_left(tokens.starts, begins), bounds[k + 1])))
            led = False
        elif line.kind == "turn":
            alone[-1].extend(inside)
        elif line.kind in ALONE and not (
            line.kind == "headline" and STOPPED.search(tokens.text, max(line.start, line.end - 4), line.end)
        ):
            alone.append(list(inside))
            led = False
        elif line.kind not in UNREAD:
            follower = tokens.lines[k + 1].kind if k + 1 < len(tokens.lines) else None
            led = follower == "item" and tokens.text[line.end - 1] in ":—–"
            if led:
                alone.append(list(inside))
            else:
                body.extend(inside)
    if not len(tokens):
        return []
    if len(body) == len(tokens):
        return [Stretch(tokens, range(len(tokens)))]
    return [only(tokens, part) for part in (body, *alone) if len(part) >= LEAST]


def only(tokens: Tokens, kept: list[int]) -> Stretch:
    """Some of the tokens, by their numbers in order; where others are left out a sentence and a paragraph begin."""
    firsts = frozenset(tokens.sentences)
    sentences: list[int] = []
    paragraphs: set[int] = set()
    before = -2
    for at, i in enumerate(kept):
        if i in tokens.paragraphs or i != before + 1:
            paragraphs.add(at)
        if i in firsts or i != before + 1:
            sentences.append(at)
        before = i
    alone = attrs.evolve(
        tokens,
        starts=[tokens.starts[i] for i in kept],
        ends=[tokens.ends[i] for i in kept],
        sentences=[*sentences, len(kept)],
        paragraphs=frozenset(paragraphs),
    )
    return Stretch(alone, tuple(kept))
