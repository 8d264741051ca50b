"""The numbers before the lines of a transcript, as courts and inquiries print them: "4   MR LEE: Who told you?"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

NUMBERED = regex.compile(r"(?P<number>\d{1,4})\s+(?=\S)")
FEWEST = 4  # lines in a row


def number_widths(lines: Sequence[str]) -> list[int]:
    """How many code points of each line are its number and the blanks behind it: 0 where the lines are not numbered.

    Numbers go up by one from line to line, or begin again with a page.
    """
    widths = [0] * len(lines)
    run: list[tuple[int, int]] = []  # the lines of a page, each with the end of its number
    last = 0
    for k, line in enumerate(lines):
        match = NUMBERED.match(line)
        number = 0 if match is None else int(match["number"])
        if match is None or not run or number not in (last + 1, 1):
            _keep(run, widths)
            run = []
        if match is not None:
            run.append((k, match.end()))
            last = number
    _keep(run, widths)
    return widths


def _keep(run: list[tuple[int, int]], widths: list[int]) -> None:
    if len(run) >= FEWEST:
        for k, width in run:
            widths[k] = width
