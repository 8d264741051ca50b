"""Whom an interview is with: the name that its introduction gives, and the names that initials in labels stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise

from quotebank.text import NO_PROSE, Tokens, is_first_name, line_at, words

PLACING = frozenset({"in", "of", "at", "from", "to", "near", "the"})  # before places and bodies
ASKING = frozenset({":", "by"})  # before the name of who asks, where it is no headline's
LONGEST = 4  # tokens of a name
ANNOUNCING = frozenset(
    {"interview", "q", "conversation", "questions", "talk", "chat", "minutes", "hour", "lunch", "coffee", "tea"}
)
CLOSING = (
    ["was", "speaking", "to"],
    ["was", "talking", "to"],
    ["was", "interviewed", "by"],
    ["spoke", "to"],
    ["talked", "to"],
)
LONGEST_POST = 5  # tokens between "with" and a name: "… the lighthouse keeper"
FARTHEST = 60  # tokens behind an interview in which whom it was with is named
JOINING = frozenset({"the", "of", "and", "for"})  # words of a name that its initials leave out


def interviewee(tokens: Tokens, end: int) -> tuple[int, ...]:
    """The words before token `end` that name who is interviewed; none where the introduction names nobody.

    It is whom the headline announces ("Interview with Ann Lee"), else who has a known first name, is named as a person
    is, and most often by the last name; of several the first.
    """
    told, titled = _names(tokens, end)
    announced = next((name for name in (*told, *titled) if _is_announced(tokens, name)), None)
    if announced is not None:
        return announced
    names = told or titled
    counts = Counter(tokens.word(i) for i in _prose(tokens, end))
    if not names:
        return ()

    def rank(name: tuple[int, ...]) -> tuple[bool, bool, int, int]:
        """No place behind "in" or "of" and not who asks, a known first name, named often, named early."""
        apart = tokens.word(max(0, name[0] - 1)).lower() not in PLACING | ASKING
        return apart or _is_announced(tokens, name), _is_known(tokens, name), counts[tokens.word(name[-1])], -name[0]

    return max(names, key=rank)


def announced_or_known(tokens: Tokens, end: int) -> tuple[int, ...]:
    """The same, where it is announced or has a known first name; none where that is less sure."""
    name = interviewee(tokens, end)
    sure = bool(name) and (_is_announced(tokens, name) or _is_known(tokens, name))
    if name and not sure:  # "Yuki Hamanaka taught it to pack. She spoke to our reporter."
        said = [tokens.word(i).lower() for i in _prose(tokens, end)]
        sure = len(_names(tokens, end)[0]) == 1 and any(list(two) in CLOSING for two in pairwise(said))
    return name if sure else ()


def announced_behind(tokens: Tokens, first: int) -> tuple[int, ...]:
    """The words from token `first` on that name whom an interview above was with: "Interview with Ann Lee"."""
    end = min(len(tokens), first + FARTHEST)
    told, titled = _names(tokens, end)
    # whose name stands behind a colon asked: "Interview: Bo Orr"
    behind = [n for n in told or titled if n[0] >= first and tokens.word(n[0] - 1) != ":"]
    return next((n for n in behind if _is_announced(tokens, n) or _spoke(tokens, n)), ())


def _spoke(tokens: Tokens, name: tuple[int, ...]) -> bool:
    """Whether a name stands before what closes an interview: "Ann Lee | was speaking to our sports desk"."""
    behind = [tokens.word(i).lower() for i in range(name[-1] + 1, min(name[-1] + 4, len(tokens)))]
    return behind in CLOSING or behind[:2] in CLOSING


def _is_announced(tokens: Tokens, name: tuple[int, ...]) -> bool:
    """Whether a name stands behind "Interview with", "Q&A:" or the like."""
    first = name[0]
    while max(name[0] - LONGEST_POST, 1) < first and _is_of_post(tokens.word(first - 1)):
        first -= 1  # "Five minutes with … the lighthouse keeper Ann Lee"
    near = (tokens.word(i).lower() for i in range(max(0, first - 4), first))
    before = [low for low in near if low[0].isalnum() or low == ":"]
    if not before or before[-1] not in ("with", ":"):
        return False
    if before[-1] == ":" and _is_sentence(tokens, name[0]):
        return False  # "Interview: Bo Orr" behind an introduction: who asks
    return not ANNOUNCING.isdisjoint(before)


def _is_of_post(word: str) -> bool:
    """Whether a word before a name may tell what somebody does: "with … | the lighthouse keeper | Ann Lee"."""
    return (word.islower() and word != "with") or word in ("…", "...")


def _is_sentence(tokens: Tokens, i: int) -> bool:
    """Whether a token's line holds a sentence before it."""
    line = line_at(tokens.lines, tokens.starts[i])
    first = 0 if line is None else bisect_left(tokens.starts, line.start)
    return any(tokens.word(k) == "." for k in range(first, i))


def spelled_out(tokens: Tokens, letters: str, end: int) -> tuple[int, ...]:
    """The words before token `end` whose first letters are these: "TPR" of "The Pellow Review"; none if none are."""
    word = tokens.word
    for first in _prose(tokens, end):
        i, left = first, letters
        while left and i < end and (word(i)[0] == left[0] or (i > first and word(i) in JOINING)):
            left = left[1:] if word(i)[0] == left[0] else left
            i += 1
        if not left:
            return tuple(range(first, i))
    return ()


def _prose(tokens: Tokens, end: int) -> list[int]:
    """The tokens before `end` that are no byline's, credit's or the like."""
    starts = tokens.starts
    return [
        i
        for line in tokens.lines
        if line.kind not in NO_PROSE
        for i in range(bisect_left(starts, line.start), min(end, bisect_left(starts, line.end)))
    ]


def _names(tokens: Tokens, end: int) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """The runs of two to `LONGEST` words with a capital: of an introduction's sentences, and of its headline."""
    word = tokens.word
    titled = {
        i
        for line in tokens.lines
        if line.kind in ("headline", "section", "subheading")
        for i in range(bisect_left(tokens.starts, line.start), bisect_left(tokens.starts, line.end))
    }
    found: list[tuple[int, ...]] = []
    run: list[int] = []
    for i in (*_prose(tokens, end), end):
        joined = bool(run) and i == run[-1] + 1 and i not in tokens.paragraphs and i < end
        if run and not (joined and word(i)[0].isupper()):
            while len(run) > 1 and (word(run[0]).lower() in words("text/closed_class") or _is_title(word(run[0]))):
                run = run[1:]
            if 2 <= len(run) <= LONGEST:
                found.append(tuple(run))
            run = []
        closed = word(i).lower() in words("text/closed_class") and word(i) not in ("Will", "May") if i < end else True
        if not closed and word(i)[0].isupper() and word(i)[0].isalpha():
            run.append(i)
    return [name for name in found if name[0] not in titled], [name for name in found if name[0] in titled]


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in words("text/label_titles") or word.lower() in words("text/person_nouns")


def _is_known(tokens: Tokens, name: tuple[int, ...]) -> bool:
    first = tokens.word(name[0])
    return is_first_name(first)
