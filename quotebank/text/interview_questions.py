"""Interviews whose turns have no labels: a paragraph that asks, one or more that answer, the next that asks.

The question stood in bold type on the page and is a paragraph like any other in its text, often without a question
mark: "Tell us about your first boat." What a paragraph shows by itself and beside its neighbours, whom it speaks to and
of whom, how long it is, is weighed from pages of many kinds (`training/interview_lines.py`), with lists of frequent
questions, advice and features in the first person among them, which look the same and are none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

import regex

from quotebank.text.line_sequences import Weights, likeliest
from quotebank.text.word_lists import table, words

FEWEST = 3  # questions
FEWEST_PAIRED = 2  # the same where each stands right above its answer, and every pair apart
FEWEST_PUT = 0.34  # share of the questions that ask, or speak to somebody
LEAST = 5.0  # log odds over no interview at all
LONGEST = 90  # words of a question
LONGEST_PROMPT = 30  # words of what is put to somebody without a question mark
STATES = (None, True, False)  # neither, asks, answers
ASKS = regex.compile(r"\?[”\"’')\]*_]*(?:\s\([^()]{2,60}\))?$")
ADDRESSED = regex.compile(r"\b(?:[Yy]ou(?:r|rs|’re|'re|’ve|'ve|’d|'d|’ll|'ll|rself)?|YOUR?)\b")
PERSONAL = regex.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself)\b")
PLURAL = regex.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
OTHERS = regex.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Tt]hey|[Tt]heir)\b")
REPORTED = regex.compile(
    r"[”\"’']\s*(?:[\p{L}.]+\s){0,4}?(?:said|says|asked|asks|added|adds|told|replied)\b|\b(?:said|says),?\s*[“\"‘]"
)
TELLING = regex.compile(r"\b(?:said|says|told|according to|announced|reported|added)\b")
OPENING, CLOSING = '“"«', '”"»'
QUOTATION = regex.compile(r"“[^“”\n]*+”|\"[^\"\n]*+\"|«[^«»\n]*+»|''(?:[^'\n]|'(?!')){0,600}+''")
FULL_NAME = regex.compile(r"(?<=\s)\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+")
SHORTENED = regex.compile(r"(?:n|I|[Ii]t|[Tt]hat|[Yy]ou|[Ww]e)['’](?:t|m|s|re|ve|d|ll)\b")
LENGTHS = (3, 8, 15, 30, 60)  # words, from which on a paragraph is longer
SHORT = 20  # words of a paragraph that may be what is put to somebody


def find_exchanges(
    rows: Sequence[str | None], bold: Collection[int] = (), apart: Sequence[bool] = ()
) -> list[bool | None]:
    """For each paragraph whether it asks (True), answers (False) or is neither; all None where nobody is interviewed.

    `rows`: the words of each line, None for those that cannot be part of a turn (a byline, a caption). `bold`: the
    numbers of those that a page set in bold. `apart`: whether a blank line stands before each.
    """
    none: list[bool | None] = [None] * len(rows)
    if sum(row is not None for row in rows) < 2 * FEWEST_PAIRED or not any(
        row and ADDRESSED.search(row) for row in rows
    ):
        return none
    path, gain = likeliest(list(features(rows, bold, apart)), _weights())
    out = [STATES[state] if row else None for row, state in zip(rows, path, strict=True)]
    asked = [k for k, asks in enumerate(out[:-1]) if asks is True and out[k + 1] is False]
    fewest = FEWEST_PAIRED if _is_paired(asked, apart) else FEWEST
    return out if gain >= LEAST and len(asked) >= fewest and not _is_narrated(rows, out) else none


def _is_narrated(rows: Sequence[str | None], told: Sequence[bool | None]) -> bool:
    """Whether what looks like an interview is a dialogue in a story: with who says it, in marks, or put to nobody."""
    asked = [row for row, asks in zip(rows, told, strict=True) if row is not None and asks is True]
    given = [row for row, asks in zip(rows, told, strict=True) if row is not None and asks is False]
    reported = (sum(REPORTED.search(row) is not None for row in side) * 4 > len(side) for side in (asked, given))
    quoted = sum(map(_is_quotation, asked))
    put = sum(ASKS.search(row) is not None or ADDRESSED.search(row) is not None for row in asked)
    return any(reported) or 2 * quoted > len(asked) or put < FEWEST_PUT * len(asked)


def _is_paired(asked: Sequence[int], apart: Sequence[bool]) -> bool:
    """Whether each question has a blank line before it and its answer right below."""
    return bool(asked) and all(k + 1 < len(apart) and apart[k] and not apart[k + 1] for k in asked)


def features(rows: Sequence[str | None], bold: Collection[int], apart: Sequence[bool]) -> Iterator[set[str]]:
    """What each line shows of whether it asks or answers: by itself, and by the lines right before and behind it."""
    own = [_of_line(row) if row else set() for row in rows]
    several = len(bold) >= FEWEST_PAIRED
    for k, row in enumerate(rows):
        found = set(own[k]) if row else {"no turn"}
        if k in bold and row is not None:
            found |= {"bold", "bold among several"} if several else {"bold"}
        elif several:
            found.add("plain among bold")
        if apart and k < len(apart):
            found.add("apart" if apart[k] else "close")
        found.add(f"line {min(k, 4)}")
        for name, at in (("before", k - 1), ("behind", k + 1)):
            near = own[at] if 0 <= at < len(own) else {"none"}
            found |= {f"{name} {one}" for one in near if not one.startswith("begins")}
        yield found


def has_quotation(text: str) -> bool:
    """Whether a mark that opens a quotation stands before one that closes one."""
    first = min((at for mark in OPENING if (at := text.find(mark)) >= 0), default=len(text))
    return max(map(text.rfind, CLOSING)) > first


def _is_quotation(text: str) -> bool:
    """Whether a line is all in quotation marks."""
    return len(text) > 1 and text[0] in OPENING and text[-1] in CLOSING


def _of_line(text: str) -> set[str]:
    """What the words of a line show."""
    told = QUOTATION.sub(" ", text)
    first = regex.match(r"[^\p{L}]*([\p{L}'’]+)", text)
    low = first[1].lower().replace("’", "'") if first else ""
    count = len(text.split())
    found = {f"longer {least}" for least in LENGTHS if count > least}
    signs = {
        "asks": ASKS.search(text),
        "asks inside": "?" in told[:-2],
        "addressed": ADDRESSED.search(told),
        "personal": PERSONAL.search(told),
        "plural": PLURAL.search(told),
        "others": OTHERS.search(told),
        "reported": REPORTED.search(text),
        "telling": TELLING.search(told),
        "quoted": has_quotation(text),
        "all quoted": _is_quotation(text),
        "named": FULL_NAME.search(told),
        "shortened": SHORTENED.search(told),
        "stopped": text[-1] in ".!…",
        "open": text[-1].isalnum(),
        "colon": text[-1] == ":",
        "capitals": text.isupper(),
        "digits": any(map(str.isdigit, text)),
    }
    found |= {name for name, there in signs.items() if there}
    listed = low in words("text/closed_class") or low in words("text/turn_beginnings")
    found.add(f"begins {low}" if listed else "begins other")
    length = "short" if count <= SHORT else "long"
    found |= {
        f"{length} {name}" for name in ("asks", "addressed", "personal", "others", "named", "stopped") if signs[name]
    }
    if not signs["personal"] and signs["addressed"]:
        found.add("addressed alone")
    if signs["personal"] and not signs["addressed"]:
        found.add("personal alone")
    return found


@cache
def _weights() -> Weights:
    return {name: tuple(map(float, value.split("\t"))) for name, value in table("text/interview_weights").items()}


def is_put_to_somebody(text: str) -> bool:
    """Whether a line asks, or speaks to somebody in a few words, and quotes nobody."""
    if has_quotation(text) or REPORTED.search(text) is not None:
        return False
    count = len(text.split())
    addressed = ADDRESSED.search(text) is not None and count <= LONGEST_PROMPT
    return addressed or (ASKS.search(text) is not None and count <= LONGEST)
