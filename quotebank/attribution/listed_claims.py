"""Lists behind a lead-in: "The inspectors found that:" and its items, each of which they found.

Every item is a claim of its own with the lead-in's source and cue.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from quotebank.attribution.acts import lemma
from quotebank.attribution.cue_words import is_cue
from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens, words

SURE = 0.8
LONGEST_SUBJECT = 14  # tokens before the verb of a lead-in for which no claim was found
BULLET = regex.compile(r"\W|\(?(?:\d{1,2}|[a-hivx]{1,3})[.)]\s")
LONGEST_REST = 14  # tokens from its verb to its end
NEXT_TO_COLON = 3  # tokens at a lead-in's end in which a verb that is none of saying may stand: "want:", "hope to:"
ARTICLES = frozenset({"the", "a", "an", "our", "your", "my", "his", "her", "their", "its", "this", "key", "main"})
OWNERS = frozenset({"his", "her", "their"})
OPENERS = frozenset({"that", ":", "—", "–"})


def with_lists(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, the items of lists that somebody says among them."""
    lines = tokens.lines
    found: list[Tagged] = []
    for k, line in enumerate(lines[:-1]):
        if lines[k + 1].kind != "item" or line.kind == "item" or tokens.text[line.end - 1] not in ":—–":
            continue
        told = lead_in(tokens, line.start, line.end, tagged)
        if told is None:
            continue
        at = k + 1
        while at < len(lines) and lines[at].kind == "item":
            content = _item(tokens, lines[at].start, lines[at].end)
            if content:
                found.append(Tagged(told[0], told[1], content, SURE))
            at += 1
    if not found:
        return tagged
    taken = {i for claim in found for i in claim.content}
    kept = [c for c in tagged if taken.isdisjoint(c.content) and not _is_opening(tokens, c)]
    return sorted([*kept, *found], key=lambda claim: claim.content)


def _is_opening(tokens: Tokens, claim: Tagged) -> bool:
    """Whether all that a claim says is the "that:" of a lead-in."""
    return all(tokens.word(i).lower() in OPENERS for i in claim.content)


def _item(tokens: Tokens, start: int, end: int) -> tuple[int, ...]:
    """The words of an item without its bullet or number, if it has one."""
    first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
    if BULLET.match(tokens.text, start, end):
        first += 1
        while first < last and tokens.word(first) in (".", ")"):
            first += 1
    return tuple(range(first, last))


def lead_in(
    tokens: Tokens, start: int, end: int, tagged: Sequence[Tagged]
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The source and the cue of a lead-in's last sentence, where it says that somebody says what follows."""
    last = bisect_left(tokens.starts, end)
    first = max(bisect_left(tokens.starts, start), tokens.sentence_of(last - 1)[0])
    inside = [c for c in tagged if c.source and c.cue and all(first <= i < last for i in (*c.source, *c.cue))]
    near = [c for c in inside if max(c.cue) >= last - 4 or max(c.content) >= last - 1]
    if near:
        return near[-1].source, near[-1].cue
    return _by_verb(tokens, first, last)


def _by_verb(tokens: Tokens, first: int, last: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The subject and the verb of "The inspectors found that:", "Lee wrote in a letter:"; None where none says."""
    verbs = (
        i
        for i in range(first + 1, last)
        if lemma(tokens.word(i).lower()) in words("attribution/saying_verbs")
        or (last - i <= NEXT_TO_COLON and is_cue(tokens.word(i).lower()))  # "Campaigners want:"
    )
    at = next((i for i in verbs if tokens.word(i).islower()), None)
    if at is None or last - at > LONGEST_REST:
        return None
    if tokens.word(at - 1).lower() in OWNERS:
        return (at - 1,), (at,)  # "I don't side with Ann Lee, but | her post gets it right:"
    end = next((i for i in range(first + 1, at) if tokens.word(i) in (",", "and")), at)
    if tokens.word(end - 1).lower() in ARTICLES:
        return None  # "The plan:"
    if not first < end <= first + LONGEST_SUBJECT or tokens.word(first).lower() in words("attribution/leading_words"):
        return None
    return tuple(range(first, end)), (at,)
