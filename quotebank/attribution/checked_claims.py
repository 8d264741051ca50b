"""Fact-check pages: "CLAIM: The weir was sold. ASSESSMENT: False." A page puts up what it checks and judges it.

What is put up is a claim of nobody, whose cue is the label; what is judged behind a label is the page's own.
"""

from __future__ import annotations

from bisect import bisect_left

import attrs
import regex

from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens, words

PUT_UP = 0.8  # confidence of what stands behind "CLAIM:" alone
LABEL = regex.compile(r"(?P<label>\p{L}[\p{L}’' ]{1,30}?)(?:\s+\d{1,2})?\s*(?P<sign>[:|])\s+(?=\S)")


def with_checked(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those that a fact-check puts up among them; none that its labels would make."""
    labelled = _labelled(tokens)
    if not labelled:
        return tagged
    labels = {i for first, behind, _, _ in labelled for i in range(first, behind)}
    kept = [c for c in tagged if labels.isdisjoint((*c.cue, *c.source))]
    taken = {i for claim in kept if claim.source and not claim.nested for i in (*claim.cue, *claim.content)}
    found = []
    for first, behind, end, put_up in labelled:
        said = tuple(range(behind, end))
        if not put_up or not said or not taken.isdisjoint(said):
            continue
        found.append(Tagged((), tuple(range(first, behind)), said, PUT_UP, act="speech", force="statement"))
        inside = set(said)
        kept = [attrs.evolve(c, nested=True) if inside.issuperset(c.content) else c for c in kept]
    return sorted([*kept, *found], key=lambda claim: claim.content)


def _labelled(tokens: Tokens) -> list[tuple[int, int, int, bool]]:
    """The lines with such a label: the label's first token, the first behind it, the line's end, and whether it puts
    up a claim. None where the text has no line of the one kind and one of the other.
    """
    found = []
    for line in tokens.lines:
        if line.kind == "turn" or (match := LABEL.match(tokens.text, line.start, line.end)) is None:
            continue
        name = match["label"].lower().replace("’", "'")
        put_up = name in words("attribution/put_up_labels")
        last = " ".join(name.split()[-1:])
        if put_up or name in words("attribution/judging_labels") or last in words("attribution/judging_labels"):
            at = (bisect_left(tokens.starts, offset) for offset in (line.start, match.end(), line.end))
            found.append((*at, put_up))
    return found if {put_up for *_, put_up in found} == {True, False} else []  # type: ignore[return-value]
