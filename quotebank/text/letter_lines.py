"""Letters that a page prints as they came: "Sir — The weir leaks. … Ann Lee, Oxbow", "Dear Editor, … Yours, Bo Orr".

A letter is what stands between who is addressed and who signs, over any number of paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import regex

from quotebank.text.line_shapes import is_name_line, shape_of
from quotebank.text.signature_lines import CLOSED, WHOLE, Signature, signature_of
from quotebank.text.word_lists import words

MOST_PARAGRAPHS = 20
NEXT_TO = 4  # lines behind a farewell in which the name stands
ADDRESS = regex.compile(
    r"(?:Dear\s+(?:[\p{L}.’']+\s*){1,5}?|To the (?:Editor|editor)|(?:Sir|SIR|Madam|Sirs)(?=\s*[,:;—–-]|\.\s*—)|Editor)"
    r"\s*(?:[,:;]|\s[—–-]+|\.\s*—|(?=$))\s*"
)
TOPIC = regex.compile(r"(?:Re|RE|Regarding)\s[^:\n]{3,120}:\s+")
FAREWELL = regex.compile(
    r"(?:yours?|sincerely|kind|best|warm|with|respectfully|regards|love|faithfully|cheers|in solidarity)"
    r"(?:\s\p{L}+){0,3}\s*[,.]?",
    regex.IGNORECASE,
)


@attrs.frozen
class Letter:
    """A letter by its rows: the first one, that of the signature, and the signature itself."""

    first: int
    signed: int
    signature: Signature


def opens_or_ends(line: str) -> bool:
    """Whether a line addresses whom a letter is for, or bids farewell, and does no more."""
    return ADDRESS.fullmatch(line) is not None or FAREWELL.fullmatch(line) is not None


def find_letters(rows: Sequence[tuple[int, str]]) -> list[Letter]:
    """The letters of a text in order; `rows`: each line's offset and its words."""
    found: list[Letter] = []
    at = 0
    while at < len(rows):
        match = ADDRESS.match(rows[at][1])
        letter = None if match is None else _letter(rows, at, match.end())
        if letter is None:
            at += 1
            continue
        found.append(letter)
        at = letter.signed + 1
    return found


def _letter(rows: Sequence[tuple[int, str]], at: int, behind: int) -> Letter | None:
    """The letter that begins in a row whose words up to `behind` address somebody; None where nobody signs."""
    start, text = rows[at]
    first = at if text[behind:].strip() else at + 1
    begins = start + behind if first == at else rows[first][0] if first < len(rows) else start
    topic = TOPIC.match(rows[first][1], begins - rows[first][0]) if first < len(rows) else None
    begins += 0 if topic is None else len(topic.group())
    bidden: int | None = None
    for k in range(first, min(len(rows), at + MOST_PARAGRAPHS)):
        line = rows[k][1]
        if k > at and ADDRESS.match(line) is not None:
            return None
        if k > first and bidden is None and FAREWELL.fullmatch(line) is not None:
            bidden = k
            continue
        if bidden is not None and k > bidden + NEXT_TO:
            return None
        name = _name(line) if k > first else None
        if name is not None:
            last = rows[k - 1 if bidden is None else bidden - 1]
            said = (begins, last[0] + len(last[1]))
            return Letter(at, k, attrs.evolve(signature_of(rows[k][0], name), signed=said))
    return None


def _name(line: str) -> regex.Match[str] | None:
    """A line with the name of who signs a letter: two words with a capital at least, and no sentence."""
    match = WHOLE.fullmatch(line)
    if match is None or len(match["name"].split()) < 2 or match["name"].split()[0].lower() in CLOSED:
        return None
    return match if is_name_line(shape_of(match["name"])) and not _is_date(line) else None


def _is_date(line: str) -> bool:
    return any(word.strip(".,").lower() in words("text/calendar_words") for word in line.split()[:2])
