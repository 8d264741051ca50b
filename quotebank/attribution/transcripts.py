"""Transcripts: turns that begin with their speaker's name and a colon ("OKAFOR: We had no choice.").

A turn is an attribution whose source is the name, whose cue is the colon and whose content is what follows, up to the
next turn. Where a speaker reports somebody else inside a turn, that claim keeps its words and the turn has the rest.
"""

from __future__ import annotations

from collections import Counter

import attrs

from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens

FEWEST_TURNS = 3  # a text with fewer labels is no transcript: "NOTE:" and "UPDATE:" stand alone
LONGEST_LABEL = 5  # tokens of a name before its colon
SURE = 0.8  # confidence from which on a report inside a turn is a claim of its own
FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})


@attrs.frozen
class Turn:
    """Token indices: the name from `first` up to `colon`, the content from `colon + 1` up to `end`."""

    first: int
    colon: int
    end: int


def turns(tokens: Tokens) -> list[Turn]:
    """The turns of a transcript in order; none where the text is no transcript."""
    labels = _labels(tokens)
    if len(labels) < FEWEST_TURNS:
        return []
    counts = Counter(tuple(tokens.word(i) for i in range(first, colon)) for first, colon in labels)
    if max(counts.values()) < 2:
        return []
    paragraphs = sorted(tokens.paragraphs)
    ends = [first for first, _ in labels[1:]]
    last = next((p for p in paragraphs if p > labels[-1][1]), len(tokens))
    return [
        Turn(first, colon, end) for (first, colon), end in zip(labels, [*ends, last], strict=True) if end > colon + 1
    ]


def _labels(tokens: Tokens) -> list[tuple[int, int]]:
    """(first token, colon) of every label in capitals, or Q and A, that begins a sentence."""
    found = []
    for first in tokens.sentences[:-1]:
        for colon in range(first + 1, min(first + LONGEST_LABEL + 1, len(tokens))):
            if tokens.word(colon) == ":":
                name = [tokens.word(i) for i in range(first, colon)]
                letters = "".join(name)
                if letters in ("Q", "A") or (letters.isupper() and sum(c.isalpha() for c in letters) > 2):
                    found.append((first, colon))
                break
    return found


def with_turns(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, the turns of a transcript among them; as they are where it is none."""
    found = turns(tokens)
    if not found:
        return tagged
    kept = []
    for claim in tagged:
        turn = next((t for t in found if t.first <= claim.content[0] < t.end), None)
        if turn is None or _is_report(tokens, claim, turn):
            kept.append(claim)
    taken = {i for claim in kept for i in claim.content}
    for turn in found:
        content = tuple(i for i in range(turn.colon + 1, turn.end) if i not in taken)
        if content:
            kept.append(Tagged(tuple(range(turn.first, turn.colon)), (turn.colon,), content, 0.99))
    return sorted(kept, key=lambda claim: claim.content)


def _is_report(tokens: Tokens, claim: Tagged, turn: Turn) -> bool:
    """Whether a claim inside a turn is somebody else's: its source and its cue stand in the turn's own words."""
    inside = turn.colon < claim.content[0] and claim.content[-1] < turn.end
    if not inside or claim.confidence < SURE or not claim.source or not claim.cue:
        return False
    if min(*claim.source, *claim.cue) <= turn.colon or max(*claim.source, *claim.cue) >= turn.end:
        return False
    return tokens.word(claim.source[0]).lower() not in FIRST_PERSON
