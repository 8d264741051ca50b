"""Dialogue with dashes: lines that open with a dash, as much of Europe sets speech: "— We are staying, said Ann."

A line is a claim where it says who speaks: a verb of saying and a name or noun behind the first stop or comma, or a
name and the verb. A text needs two such lines: one dash alone may be anything. What the network finds behind one dash
is speech where its words are somebody's own: "— I stay, said Ann."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import attrs

from quotebank.attribution.decoding import Tagged
from quotebank.attribution.speech_verbs import reports_speech
from quotebank.text import Tokens

DASHES = frozenset({"—", "–", "-", "―", "--"})
LONG = frozenset({"—", "―"})  # dashes behind which no blank is needed: "—No, said Ann"
FEWEST = 2
SURE = 0.8
LONGEST_SOURCE = 9  # tokens
LONGEST_LABEL = 6  # tokens from a name to what it says: ", Oxbow:"
PERSONAL = frozenset({"I", "my", "My", "me", "we", "We", "our", "Our", "us", "you", "You", "your", "Your"})
ENDS = frozenset({",", "!", "?", ".", "…"})
STOPS = frozenset({".", "!", "?", ";", "and", "then", "as", "who", "with", "—", "–"})


def dialogue_claims(tokens: Tokens) -> list[Tagged]:
    """A claim for each line of a dialogue with dashes that says who speaks; none where the text has none."""
    opened = _opened(tokens)
    found = [claim for first, end in opened if (claim := _said(tokens, first, end)) is not None]
    return found if len(found) >= FEWEST else []


def with_dialogue(tokens: Tokens, tagged: list[Tagged], found: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those among them that `dialogue_claims` gives."""
    if not found:
        return tagged
    theirs = {i for first, end in _opened(tokens) for i in range(first, end)}
    kept = [c for c in tagged if theirs.isdisjoint((*c.content, *c.source, *c.cue))]
    return sorted([*kept, *found], key=lambda claim: claim.content)


def behind_dashes(tokens: Tokens, tagged: list[Tagged]) -> tuple[list[Tagged], list[Tagged]]:
    """The claims, and those of them that are spoken behind a line's dash, these without it."""
    opened = dict(_opened(tokens, fewest=1))
    out, spoken = [], []
    for claim in tagged:
        words = [i for i in claim.content if tokens.word(i) not in DASHES]
        end = opened.get(words[0]) if words and claim.cue else None
        if end is not None and words[-1] < claim.cue[0] < end and any(tokens.word(i) in PERSONAL for i in words):
            last = words[-1] - (tokens.word(words[-1]) == ",")
            spoken.append(attrs.evolve(claim, content=tuple(i for i in words if i <= last)))
            out.append(spoken[-1])
        else:
            out.append(claim)
    return out, spoken


def _opened(tokens: Tokens, fewest: int = FEWEST) -> list[tuple[int, int]]:
    """The tokens behind the dash of each line that opens with one; none where there are fewer such lines."""
    opened = []
    for line in tokens.lines:
        first = bisect_left(tokens.starts, line.start)
        behind = first + 1 < len(tokens)
        apart = behind and (tokens.starts[first + 1] > tokens.ends[first] or tokens.word(first) in LONG)
        if line.kind in ("body", "item", "subheading") and tokens.word(first) in DASHES and apart:
            opened.append((first + 1, bisect_left(tokens.starts, line.end)))
    return opened if len(opened) >= fewest else []


def _said(tokens: Tokens, first: int, end: int) -> Tagged | None:
    """The claim of a line: what stands before the first sign behind which somebody says it, and what goes on."""
    for at in range(first + 1, end - 1):
        if tokens.word(at) not in ENDS and not _is_dash(tokens, at):
            continue
        content = tuple(range(first, at if tokens.word(at) in DASHES | {","} else at + 1))
        if reports_speech(tokens.word(at + 1)):
            source = _phrase(tokens, at + 2, end)
            if source:
                return Tagged(source, (at + 1,), (*content, *_rest(tokens, source[-1] + 1, end)), SURE)
        source = _phrase(tokens, at + 1, end)
        behind = at + 1 + len(source)
        if source and behind < end and reports_speech(tokens.word(behind)):
            return Tagged(source, (behind,), (*content, *_rest(tokens, behind + 1, end)), SURE)
    return None


def _is_dash(tokens: Tokens, i: int) -> bool:
    """Whether a token is a dash and no hyphen: a long one, or with a blank or another dash beside it."""
    apart = tokens.starts[i] > tokens.ends[i - 1] or (i + 1 < len(tokens) and tokens.starts[i + 1] > tokens.ends[i])
    return tokens.word(i) in DASHES and (apart or tokens.word(i - 1) in DASHES or tokens.word(i) in LONG)


def _rest(tokens: Tokens, first: int, end: int) -> tuple[int, ...]:
    """What is said on behind who says it: "— No, said Ann. — Not | today", "—No —said Ann—. | Not today"."""
    while first < end and tokens.word(first) == ".":
        first += 1
    stop = next((i for i in range(first, min(end, first + LONGEST_SOURCE)) if tokens.word(i) == "."), end)
    if first < stop < end - 1 and tokens.word(first) == ",":  # "said Ann, a volunteer. | I was looking for the goat"
        first = stop + 1
    if any(tokens.word(i) in PERSONAL for i in range(first, end)) and tokens.word(first - 1) == ".":
        return tuple(range(first, end))
    if first < end and tokens.word(first) == ",":  # "said Ann, | closing the shutter —, and it has been dry"
        first = next((i for i in range(first, min(end, first + LONGEST_SOURCE)) if _is_dash(tokens, i)), first)
    if first == end or not _is_dash(tokens, first):
        return ()
    begin = next((i for i in range(first, end) if tokens.word(i)[0].isalnum()), end)
    return tuple(range(begin, end))


def _phrase(tokens: Tokens, first: int, end: int) -> tuple[int, ...]:
    """The words of a name or of a noun with its article, up to a stop, a verb or "and"."""
    out: list[int] = []
    for i in range(first, min(end, first + LONGEST_SOURCE)):
        word = tokens.word(i)
        if word in STOPS or (out and reports_speech(word)):
            break
        if word == "," and not (i + 1 < end and tokens.word(i + 1)[0].isupper()):
            break
        out.append(i)
    if not out:
        return ()
    head = tokens.word(out[0])
    return (
        tuple(out)
        if head[0].isupper() or head.lower() in ("the", "a", "an", "his", "her", "he", "she", "they", "one")
        else ()
    )


def labelled(tokens: Tokens, claims: Iterable[Tagged]) -> list[Tagged]:
    """The claims that are a paragraph behind a name and a colon, in their own words, where two people speak so.

    "ANN LEE: We are ready. ¶ BO CHAN: So am I.", "Hattie P, Oxbow: My dog is quiet."
    """
    found = [claim for claim in claims if not claim.nested and _is_labelled(tokens, claim)]
    return found if len({claim.source for claim in found}) > 1 else []


def _is_labelled(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is all of a paragraph behind the colon of a label, unquoted and in the first person."""
    if not claim.source or claim.source[-1] >= claim.content[0]:
        return False
    if claim.source[0] and claim.source[0] not in tokens.paragraphs:
        return False
    first, last = claim.content[0], claim.content[-1] + 1
    ends = last >= len(tokens) or last in tokens.paragraphs
    mine = any(tokens.word(i) in PERSONAL for i in claim.content)
    marked = any(tokens.word(i)[0] in '“"«' for i in claim.content)
    return tokens.word(first - 1) == ":" and first - claim.source[-1] <= LONGEST_LABEL and ends and mine and not marked
