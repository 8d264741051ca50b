"""Fact-check pages: "CLAIM: The weir was sold. ASSESSMENT: False." A page puts up what it checks and judges it.

What is put up is a claim of nobody, whose cue is the label; what is judged behind a label is the page's own. A post or
a claim that a sentence judges is one too, where the network overlooked it: "A message claiming that … is a hoax."
"""

from __future__ import annotations

from bisect import bisect_left

import attrs
import regex

from quotebank.attribution.acts import puts_up
from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens, words

JUDGED = 0.6  # confidence of a claim that a sentence judges
LONGEST_SUBJECT = 8  # tokens up to the post or the claim, and from there to what it says
SAYING = frozenset(
    {"claiming", "saying", "alleging", "suggesting", "asserting", "stating", "says", "claims", "alleges"}
)
PLAIN = frozenset(
    {"not", "n't", "a", "an", "been", "completely", "entirely", "partly", "mostly", "simply", "also", "both"}
)
HOLDING = frozenset({"hold", "holds", "stand", "stands", "add", "adds", "check"})
PUT_UP = 0.8  # confidence of what stands behind "CLAIM:" alone
WRONG = regex.compile(r"why .{1,25}(?:wrong|false|misleading|untrue|fake)")
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


def with_judged(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those of posts and claims among them that a sentence judges and none of them covers."""
    taken = {i for claim in tagged for i in claim.content}
    found = []
    for k in range(len(tokens.sentences) - 1):
        claim = _judged(tokens, tokens.sentences[k], tokens.sentences[k + 1])
        if claim is not None and taken.isdisjoint(claim.content):
            found.append(claim)
    return sorted([*tagged, *found], key=lambda claim: claim.content)


def _judged(tokens: Tokens, first: int, end: int) -> Tagged | None:
    """The claim of a sentence "A post claiming that … is false", "A claim by Ann Lee that … does not hold up"."""
    low = [tokens.word(i).lower() for i in range(first, min(end, first + 2 * LONGEST_SUBJECT))]
    noun = next((k for k, word in enumerate(low[:LONGEST_SUBJECT]) if word in words("attribution/claim_nouns")), None)
    if noun is None or any(not word[0].isalnum() for word in low[:noun]):
        return None
    that = next((k for k in range(noun + 1, len(low)) if low[k] == "that" and low[k - 1] != "post"), None)
    if that is None or any(word in words("attribution/auxiliary_forms") for word in low[:that]):
        return None
    verb = next((k for k in range(noun + 1, that) if low[k] in SAYING), None)
    by = noun + 1 if low[noun + 1] in ("by", "from", "of") else None
    if verb is None and by is None and that != noun + 1:
        return None
    said = first + that + 1
    stop = next((i for i in range(said + 1, end) if _is_verdict(tokens, i, end)), None)
    if stop is None:
        return None
    if verb is None:
        source = range(first + by + 1, first + that) if by is not None else range(0)
        return Tagged(tuple(source), (first + noun,), tuple(range(said, stop)), JUDGED)
    return Tagged(tuple(range(first, first + noun + 1)), (first + verb,), tuple(range(said, stop)), JUDGED)


def _is_verdict(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a verb begins what a sentence says of a claim: "is a hoax", "has been debunked", "do not hold up"."""
    if tokens.word(at).lower() not in words("attribution/auxiliary_forms"):
        return False
    behind = (tokens.word(i).lower() for i in range(at + 1, min(end, at + LONGEST_SUBJECT)))
    judged = next((low for low in behind if low not in PLAIN), "")
    return judged in words("attribution/verdicts") or (judged in HOLDING and "up" in behind)


def _labelled(tokens: Tokens) -> list[tuple[int, int, int, bool]]:
    """The lines with such a label: the label's first token, the first behind it, the line's end, and whether it puts
    up a claim. None where the text has no line of the one kind and one of the other.
    """
    found = []
    for line in tokens.lines:
        if line.kind == "turn" or (match := LABEL.match(tokens.text, line.start, line.end)) is None:
            continue
        name = match["label"].lower().replace("’", "'")
        put_up = puts_up(name)
        last = " ".join(name.split()[-1:])
        judges = name in words("attribution/judging_labels") or WRONG.fullmatch(name) is not None
        if put_up or judges or last in words("attribution/judging_labels"):
            at = (bisect_left(tokens.starts, offset) for offset in (line.start, match.end(), line.end))
            found.append((*at, put_up))
    return found if {put_up for *_, put_up in found} == {True, False} else []  # type: ignore[return-value]
