"""Who wrote an article, by its byline: "By Ann Lee", "ANN LEE, Staff Writer", "By Ann Lee in Oxbow"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quotebank.text.line_kinds import Line
from quotebank.text.word_lists import words

BY = regex.compile(r"(?i:(?:words |story |text |posted |written |report(?:ed|ing)? )?by|words:|text:|story:)[:\s]\s*")
NAME = regex.compile(
    r"\p{Lu}[\p{L}\p{M}.'’\-]*+(?:\s(?:(?:de|la|van|von|der|den|al|el|bin|du|di|da)\s)*\p{Lu}[\p{L}\p{M}.'’\-]*+){1,3}"
)
DATELINE = regex.compile(
    r"\p{Lu}{2}[\p{Lu}\s,./’'\-]{0,40}+(?:\p{Lu}?\p{L}+\.?\s\d{1,2},?\s*)?\([^()\n]{2,30}\)\s*(?:[-–—]+\s*)?"
)
JOINED = regex.compile(r"\s*(?:,|&|and\b)\s*")


def writer(text: str, lines: Sequence[Line]) -> tuple[int, int] | None:
    """The code points of the name of who wrote a text; None where no byline names one person."""
    for line in lines:
        if line.kind != "byline":
            continue
        found = _name(text[line.start : line.end])
        if found is not None:
            return line.start + found[0], line.start + found[1]
    return None


def dateline_end(text: str, line: Line) -> int:
    """Where a paragraph begins behind a dateline with an agency in it: "OXBOW, May 3 (Wire) - | The mayor".

    A code point; the line's start where it begins with none.
    """
    match = DATELINE.match(text, line.start, line.end)
    return line.start if match is None else match.end()


def _name(byline: str) -> tuple[int, int] | None:
    """Where the name stands in a byline; None where it has none, or two: neither is "I"."""
    opened = BY.match(byline)
    match = NAME.match(byline, 0 if opened is None else opened.end())
    if match is None or match.group().split()[0].lower() in words("text/closed_class"):
        return None
    if opened is None and byline[match.end() :].lstrip()[:1] == ":":
        return None
    joined = JOINED.match(byline, match.end())
    if joined is not None and (second := NAME.match(byline, joined.end())) is not None and not _is_job(second.group()):
        return None
    return match.start(), match.end()


def _is_job(name: str) -> bool:
    """Whether words behind a writer's name say what the writer does: "Staff Writer", "Rural Editor"."""
    return any(word.lower() in words("text/reporting_jobs") for word in name.split())
