"""Where a quotation ends that has no closing mark: before the words that report it, or at the next mark that closes."""

from __future__ import annotations

import regex

FEWEST_UNCLOSED = 4  # words: a mark before fewer is a stray one
FARTHEST = 3000  # code points from an unclosed quotation's paragraph to the mark that closes it
MOST_BREAKS = 6  # line breaks among them
AFTER_CLOSING = frozenset(".,;:!?)]}")
DOUBLE_MARK = regex.compile(r"[“„”\"«»]")
DOUBLE = regex.compile(DOUBLE_MARK.pattern + r"|\r\n?|[\n\u2029]")
REPORTS = (
    r"\s(?:he|she|they|it|\p{Lu}[\p{L}.'’\-]*(?:\s\p{Lu}[\p{L}.'’\-]*){0,3})\s"
    r"(?:said|says|added|adds|told|asked|replied|wrote|recalled|explained)\b"
)
REPORTED = regex.compile(
    rf"(?<=[\p{{L}}\p{{N}}](?:[,!?…]|[,.!?…]['’]))(?:\s(?:said|says)\s|{REPORTS})|(?<=[.!?…]){REPORTS}[^.!?…\n]{{0,60}}:$"
)
"""Where words that report an unclosed quotation begin, also behind the wrong mark: “We have lost all,' said Ann Lee.

Also where they lead to the next one: “We have lost all. He added: “It is late.”
"""


def before_report(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where an unclosed quotation ends, before the words that report it, and the width of the wrong mark there."""
    told = REPORTED.search(text, start, end)
    return None if told is None else (told.start(), int(text[told.start() - 1] in "'’"))


def closes_behind(text: str, at: int) -> bool:
    """Whether the next double mark behind a paragraph's end closes: the quotation plainly goes on up to it."""
    breaks = 0
    for match in DOUBLE.finditer(text, at, at + FARTHEST):
        mark, before, after = match.group(), text[match.start() - 1], text[match.end() : match.end() + 1]
        if mark.isspace():
            breaks += 1
            if breaks > MOST_BREAKS:
                return False
        else:
            closes = mark in "”»" or (mark == '"' and (not after or after.isspace() or after in AFTER_CLOSING))
            return closes and not before.isspace()
    return False


def opens_next(text: str, at: int) -> bool:
    """Whether the next double mark from `at` on plainly opens, so that none is open before it."""
    match = DOUBLE_MARK.search(text, at, at + FARTHEST)
    if match is None:
        return False
    before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
    return match.group() in "“„«" or (match.group() == '"' and before.isspace() and not after.isspace())
