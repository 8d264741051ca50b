"""Interviews whose turns have no labels: a paragraph that asks, one or more that answer, the next that asks.

The question stood in bold type on the page and is a paragraph like any other in its text. Lists of frequent questions
look the same: of an interview the questions speak to somebody ("you") and the answers are in the first person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import regex

FEWEST = 3  # questions
FEWEST_PAIRED = 2  # the same where each stands right above its answer, and every pair apart
FEWEST_ADDRESSED = 0.3  # share of the questions that speak to somebody
FEWEST_PERSONAL = 0.5  # share of the answers in the first person
LONGEST = 90  # words of a question
LONGEST_PROMPT = 30  # words of what is put to somebody without a question mark
MOST_PARAGRAPHS = 12  # of one answer; more in between are an article with questions in it
ASKS = regex.compile(r"\?[”\"’')\]*_]*(?:\s\([^()]{2,60}\))?$")
ADDRESSED = regex.compile(r"\b(?:[Yy]ou(?:r|rs|’re|'re|’ve|'ve|’d|'d|rself)?|YOUR?)\b")
PERSONAL = regex.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself|[Ww]e|[Oo]ur|[Uu]s)\b")
REPORTED = regex.compile(
    r"[”\"’']\s*(?:[\p{L}.]+\s){0,4}?(?:said|says|asked|asks|added|adds|told|replied)\b|\b(?:said|says),?\s*[“\"‘]"
)
QUOTED = regex.compile(r"[“\"«].*[”\"»]")
QUOTATION = regex.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|''(?:[^'\n]|'(?!'))*''")
MOSTLY = 0.8  # share of an answer in marks from which on all of it is said


def find_exchanges(
    rows: Sequence[str | None], bold: Collection[int] = (), apart: Sequence[bool] = ()
) -> list[bool | None]:
    """For each paragraph whether it asks (True), answers (False) or is neither; all None where nobody is interviewed.

    `rows`: the words of each line, None for those that cannot be part of a turn (a byline, a caption). `bold`: the
    numbers of those that a page set in bold; where most of these ask, they are the questions. `apart`: whether a blank
    line stands before each.
    """
    set_apart = [k for k in sorted(bold) if rows[k] is not None]
    most = sum(ASKS.search(rows[k] or "") is not None for k in set_apart) * 2 >= len(set_apart) >= FEWEST
    asking = set_apart if most else _questions(rows)
    none: list[bool | None] = [None] * len(rows)
    if len(asking) < (FEWEST_PAIRED if _is_paired(asking, apart) else FEWEST):
        return none
    answers = [_answer(rows, first, end) for first, end in zip(asking, [*asking[1:], len(rows)], strict=True)]
    if not all(answers) or any(len(answer) > MOST_PARAGRAPHS for answer in answers[:-1]):
        return none
    asked = [rows[k] or "" for k in asking]
    given = [" ".join(rows[k] or "" for k in answer) for answer in answers]
    if sum(ADDRESSED.search(text) is not None for text in asked) < FEWEST_ADDRESSED * len(asked):
        return none
    personal = FEWEST_ADDRESSED if most else FEWEST_PERSONAL
    if sum(PERSONAL.search(_told(text)) is not None for text in given) < personal * len(given):
        return none
    if sum(REPORTED.search(text) is not None for text in given) > len(given) / 4:
        return none  # a report in paragraphs, each behind its question
    out = none
    for k, answer in zip(asking, answers, strict=True):
        out[k] = True
        for row in answer:
            out[row] = False
    return out


def is_put_to_somebody(text: str) -> bool:
    """Whether a line asks, or speaks to somebody in a few words, and quotes nobody."""
    if QUOTED.search(text) is not None or REPORTED.search(text) is not None:
        return False
    words = len(text.split())
    addressed = ADDRESSED.search(text) is not None and words <= LONGEST_PROMPT
    return addressed or (ASKS.search(text) is not None and words <= LONGEST)


def _told(text: str) -> str:
    """What an answer says without its quotations, whose "I" is somebody else's; all of it where it is hardly more."""
    without = QUOTATION.sub("", text)
    return text if len(without) < (1 - MOSTLY) * len(text) else without


def _is_paired(asking: Sequence[int], apart: Sequence[bool]) -> bool:
    """Whether each question has a blank line before it and its answer right below."""
    return bool(asking) and all(k + 1 < len(apart) and apart[k] and not apart[k + 1] for k in asking)


def _questions(rows: Sequence[str | None]) -> list[int]:
    """The lines that may ask: a question behind another one is an answer that ends with one."""
    found: list[int] = []
    for k, text in enumerate(rows):
        if found and found[-1] < k - 1 and _is_prompt(text) and _answers(rows, k + 1):
            found.append(k)  # "You once turned back."
            continue
        if text is None or ASKS.search(text) is None or QUOTED.fullmatch(text) or len(text.split()) > LONGEST:
            continue
        if found and found[-1] == k - 1:
            continue
        if found and PERSONAL.search(text) and not ADDRESSED.search(text) and len(text.split()) > LONGEST / 3:
            continue  # an answer's paragraph that ends with a question
        found.append(k)
    return found


def _is_prompt(text: str | None) -> bool:
    """Whether a line is put to somebody and says nothing of who says it."""
    if text is None or len(text.split()) > LONGEST_PROMPT or QUOTED.search(text) is not None:
        return False
    return text.startswith(("You ", "Your ")) and PERSONAL.search(text) is None


def _answers(rows: Sequence[str | None], k: int) -> bool:
    """Whether a line is there and is in the first person."""
    return k < len(rows) and PERSONAL.search(rows[k] or "") is not None


def _answer(rows: Sequence[str | None], question: int, end: int) -> list[int]:
    """The lines that answer a question: those up to the next one; of the last those that go on in the first person."""
    answer = [k for k in range(question + 1, end) if rows[k] is not None]
    if end < len(rows) or len(answer) < 2:
        return answer
    goes_on = 1
    while goes_on < len(answer) and answer[goes_on] == answer[goes_on - 1] + 1 and _is_spoken(rows[answer[goes_on]]):
        goes_on += 1
    return answer[:goes_on]


def _is_spoken(text: str | None) -> bool:
    return text is not None and PERSONAL.search(text) is not None and REPORTED.search(text) is None
