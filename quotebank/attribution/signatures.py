"""Signed quotations as attributions: “We lost the bridge twice.” — Ann Lee, as in readers' voices, reviews and mottos.

The source is the name, with what is added to it; the cue is the dash or colon before it, if there is one.
"""

from __future__ import annotations

from bisect import bisect_left

import attrs
import regex

from quotebank.attribution.decoding import Quoted, Tagged, quoted_ranges
from quotebank.text import COMMENTED, Line, LineKind, Tokens, line_at, words

POSTED = 0.9  # confidence of a post
POSTER = regex.compile(
    r"(?P<dash>[—–-]+)?\s*(?P<who>[\p{L}\p{N}_][^@(\n·•|,]{1,50}?|@[\p{L}\p{N}_]{2,30})\s*(?=\(?@|[·•|,(]|[–—-]\s|$)"
)
RETOLD = regex.compile(r"RT\s+(?P<who>@[\p{L}\p{N}_]{2,30}):?\s+(?=\S)")
POST_BEFORE = regex.compile(  # "Thank you. pic.example/k2 — Ann Lee (@annlee) May 29, 2019"
    r"(?P<said>.{8,600}?[.!?…)”\"]?)(?:\s+(?:pic\.|https?://)\S+)*\s+[—–-]{1,2}\s*"
    r"(?P<who>[\p{L}\p{N}_][^@()\n]{1,50}?)\s*\(@[\p{L}\p{N}_]{2,30}\)(?:\s+[\p{L}\p{N},. ]{3,30})?"
)
PERSONAL = regex.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s)\b")
REPORTS = regex.compile(r"\b(?:said|says|told|tells|according to|announced|asked|added)\b")
SAID: frozenset[LineKind] = frozenset({"body", "headline", "standfirst", "section", "subheading"})
BREAKS = regex.compile(r"\r\n?|[\n\u2029]")
SAYS = frozenset({"says", "said", "say", "saying", "that"})


def signed_claims(tokens: Tokens) -> list[Tagged]:
    """A claim for each signed quotation of a text, in order."""
    if not any(line.signature is not None for line in tokens.lines):
        return []
    quotations = quoted_ranges(tokens, shortest=1)
    return [claim for k in range(len(tokens.lines)) if (claim := _signed(tokens, k, quotations)) is not None]


def posted_claims(tokens: Tokens) -> list[Tagged]:
    """A claim for each post whose line with a name and a handle stands right above its words, or below with a dash.

    Under the name a line with the handle or the time may stand alone; of a post told again ("RT @ann: …") the first
    poster is the source.
    """
    found = []
    lines = tokens.lines
    for k, line in enumerate(lines):
        again = RETOLD.match(tokens.text, line.start, line.end)
        if again is not None:
            found.append(_posted(tokens, again.span("who"), (again.end(), line.end)))
            continue
        whole = POST_BEFORE.fullmatch(tokens.text, line.start, line.end)
        if whole is not None:
            found.append(_posted(tokens, whole.span("who"), whole.span("said")))
            continue
        if line.kind != "post" or (name := POSTER.match(tokens.text, line.start, line.end)) is None:
            continue
        headed = k + 1 < len(lines) and lines[k + 1].kind in ("byline", "dateline")
        at = k - 1 if name["dash"] else k + 1 + headed
        if not 0 <= at < len(lines) or lines[at].kind not in SAID:
            continue
        dated = _is_dated(tokens.text[line.start : line.end])
        sure = name["dash"] or headed or (dated and REPORTS.search(tokens.text, lines[at].start, lines[at].end) is None)
        if not sure and PERSONAL.search(tokens.text, lines[at].start, lines[at].end) is None:
            continue  # an article's paragraph may follow too
        gap = tokens.text[lines[at].end : line.start] if name["dash"] else tokens.text[line.end : lines[at].start]
        if len(BREAKS.findall(gap)) > 1 + headed:
            continue
        found.append(_posted(tokens, name.span("who"), (lines[at].start, lines[at].end)))
    return [claim for claim in found if claim.source and claim.content]


def _is_dated(head: str) -> bool:
    """Whether the line with who posts has a time too, or a day behind the handle."""
    return COMMENTED.fullmatch(head) is not None or any(map(str.isdigit, head.partition("@")[2].partition(" ")[2]))


def _posted(tokens: Tokens, who: tuple[int, int], said: tuple[int, int]) -> Tagged:
    """The claim of a post, from where its poster and its words stand."""
    source, content = (range(*(bisect_left(tokens.starts, at) for at in span)) for span in (who, said))
    return Tagged(tuple(source), (), tuple(content), POSTED)


def with_signatures(tokens: Tokens, tagged: list[Tagged], found: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those among them that `signed_claims` gives; what a letter reports lies in it."""
    if not found:
        return tagged
    letters = [set(claim.content) for claim in found if len(claim.content) > 1 and _is_letter(tokens, claim)]
    taken = {i for claim in found for i in claim.content}
    signed = {i for claim in found for i in (*claim.source, *claim.cue)}
    kept = []
    for claim in tagged:
        parts = (*claim.content, *claim.source, *claim.cue)
        if claim.source and claim.cue and any(letter.issuperset(parts) for letter in letters):
            kept.append(attrs.evolve(claim, nested=True))
            continue
        content = tuple(i for i in claim.content if i not in taken and i not in signed)
        if content == claim.content:
            kept.append(claim)
        elif len(content) > len(claim.content) / 2:
            kept.append(attrs.evolve(claim, content=content))
    return sorted([*kept, *found], key=lambda claim: claim.content)


def _is_letter(tokens: Tokens, claim: Tagged) -> bool:
    line = line_at(tokens.lines, tokens.starts[claim.content[0]])
    return line is not None and line.kind == "letter"


def _signed(tokens: Tokens, k: int, quotations: list[Quoted]) -> Tagged | None:
    """The claim of a line that signs another one; None for every other line."""
    signature = tokens.lines[k].signature
    other = None if signature is None else k - 1 if signature.above else k + 1
    if signature is None or other is None or not 0 <= other < len(tokens.lines):
        return None
    if signature.signed is None:
        content = _content(tokens, tokens.lines[other], quotations, above=signature.above)
    else:
        content = tuple(range(*(bisect_left(tokens.starts, at) for at in signature.signed)))
    source = _without_place(tokens, range(*(bisect_left(tokens.starts, at) for at in signature.name)))
    cue = () if signature.sign is None else range(*(bisect_left(tokens.starts, at) for at in signature.sign))
    return Tagged(tuple(source), tuple(cue), content, 0.95) if content and source else None


def _without_place(tokens: Tokens, name: range) -> range:
    """The words of a signature without a handle and a date, or the place, behind the name.

    "Ann Lee, Oxbow" would read as two people.
    """
    handle = next((i for i in name if tokens.word(i)[0] == "@"), name.stop)
    if name.start + 1 < handle < name.stop:
        return range(name.start, handle - (tokens.word(handle - 1) == "("))  # "Ann Lee (@annlee) May 4"
    name = range(name.start, next((i for i in name if tokens.word(i) == "to"), name.stop))  # "Ann Lee to her bank"
    comma = next((i for i in name if tokens.word(i) == ","), name.stop)
    added = [tokens.word(i) for i in range(comma + 1, name.stop)]
    place = bool(added) and all(w[0].isupper() or w == "," for w in added)
    place = place and not any(w.lower() in words("text/person_nouns") for w in added)
    return range(name.start, comma) if place and comma > name.start else name


def _content(tokens: Tokens, line: Line, quotations: list[Quoted], *, above: bool) -> tuple[int, ...]:
    """What is signed of a line: the quotation that it ends or begins with, else all of it."""
    first, end = bisect_left(tokens.starts, line.start), bisect_left(tokens.starts, line.end)
    if first >= end:
        return ()
    at = (
        bisect_left(quotations, end, key=lambda q: q.end)
        if above
        else bisect_left(quotations, first, key=lambda q: q.first)
    )
    if at < len(quotations):
        near = quotations[at]
        if above and near.end == end:
            return tuple(range(near.first, end))
        if not above and near.first == first:
            return tuple(range(first, near.end))
    while first < end and tokens.word(first).lower() in SAYS:
        first += 1
    return tuple(range(first, end))
