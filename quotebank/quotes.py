"""Quotation marks: which open, which close, and what they enclose.

`pair_quotes` reads every style (“ ” " '' `` ‘ ’ ' « » „ ‹ ›), tells apostrophes from single marks, follows quotations
that run over several paragraphs (each paragraph opens, only the last closes) also where the paragraph breaks are
lost, and nests. It is one pass over the marks of the text; what never closes inside its paragraph encloses nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

import attrs
import regex

from quotebank.wordlists import words

MARK = regex.compile(r"[“”„‟\"«»‹›‘’‛'＂]|``|(?P<para>(?:\r\n?|\n)[ \t\u00a0]*(?:\r\n?|\n)\s*|\u2029)|(?P<line>\r\n?|\n)")
DOUBLE_OPEN = {"“", "‟", "„", "«", "‹", "``"}
DOUBLE_CLOSE = {"”", "»", "›"}
DOUBLE_EITHER = {'"', "''", "’’", "＂"}
TERMINAL = frozenset(".!?…")
DECADE = regex.compile(r"\d\d(?:s\b|\b(?!['’]))")
ELISION_LENGTH = 8

Role = Literal["open", "close"]


@attrs.frozen
class Quotation:
    """What a pair of marks encloses: code points `start` to `end`, the marks themselves included.

    `depth` is 0 for an outermost quotation. `continued`: the quotation goes on in the next paragraph's quotation,
    so that it has no closing mark of its own. `family` is "double" or "single".
    """

    start: int
    end: int
    depth: int
    family: Literal["double", "single"]
    continued: bool = False


@attrs.frozen
class Quotations:
    """The quotations of a text in order of their start, and the role of every mark that belongs to one by offset."""

    spans: tuple[Quotation, ...]
    roles: dict[int, Role]
    outer: tuple[Quotation, ...] = attrs.field(init=False)
    """The quotations that lie in no other."""

    @outer.default
    def _outermost(self) -> tuple[Quotation, ...]:
        return tuple(q for q in self.spans if q.depth == 0)

    def near(self, start: int, end: int) -> list[Quotation]:
        """The outermost quotations that share a code point with `start` to `end`."""
        outer = self.outer
        first = bisect_left(outer, start, key=lambda q: q.end)
        found = []
        for i in range(first, len(outer)):
            if outer[i].start >= end:
                break
            if outer[i].end > start:
                found.append(outer[i])
        return found


@attrs.define
class _Open:
    start: int
    family: Literal["double", "single"]
    glued: bool = False
    deferred: int | None = None  # end of a single mark that may close or be a plural's apostrophe


class _Pairing:
    """The state of the one pass: what is open, what was found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.found: list[Quotation] = []
        self.roles: dict[int, Role] = {}
        self.last_glued: tuple[int, int] | None = None  # a straight mark between two words that we took to close

    def top(self, family: str) -> _Open | None:
        return next((o for o in reversed(self.stack) if o.family == family), None)

    def emit(self, opened: _Open, end: int, width: int, *, continued: bool = False) -> None:
        at = self.stack.index(opened)
        for inner in self.stack[at + 1 :]:
            if inner.deferred is not None:
                self.found.append(Quotation(inner.start, inner.deferred, 0, inner.family))
                self.roles[inner.start], self.roles[inner.deferred - 1] = "open", "close"
        del self.stack[at:]
        self.found.append(Quotation(opened.start, end, 0, opened.family, continued))
        self.roles[opened.start] = "open"
        if not continued:
            self.roles[end - width] = "close"

    def open(self, start: int, family: Literal["double", "single"], *, glued: bool = False) -> None:
        already = self.top(family)
        if already is not None:
            before = self.text[max(0, start - 3) : start].rstrip()
            goes_on = before and (before[-1] in TERMINAL or before[-1] in ",:;") and family == "double"
            if already.deferred is not None:
                self.close_deferred(already)
            elif goes_on:
                self.emit(already, start - (len(self.text[max(0, start - 3) : start]) - len(before)), 0, continued=True)
            else:
                del self.stack[self.stack.index(already) :]
        self.stack.append(_Open(start, family, glued))

    def close_deferred(self, opened: _Open) -> None:
        if opened.deferred is not None:
            self.emit(opened, opened.deferred, 1)

    def close(self, end: int, width: int, family: Literal["double", "single"]) -> bool:
        opened = self.top(family)
        if opened is None:
            return False
        self.emit(opened, end, width)
        return True

    def paragraph(self, start: int, end: int) -> None:
        """A paragraph ends at `start` and the next begins at `end`."""
        self.last_glued = None
        opened = self.top("double")
        goes_on = self.text[end : end + 2].startswith(("“", "„", "«", "``", "''", '"', "‟"))
        if opened is not None and goes_on:
            self.emit(opened, len(self.text[:start].rstrip()) if self.text[start - 1 : start].isspace() else start, 0, continued=True)
        for left in list(self.stack):
            if left in self.stack:
                self.close_deferred(left)
        single = self.top("single")
        if single is not None and self.text[end : end + 1] in ("‘", "'") and single is self.stack[0]:
            self.emit(single, start, 0, continued=True)
        self.stack.clear()


def _is_elision(text: str, at: int) -> bool:
    """Whether the mark at `at`, at a word's start, stands for letters left out: 'em, ’90s."""
    if DECADE.match(text, at + 1):
        return True
    word = regex.match(r"\p{L}+", text[at + 1 : at + 1 + ELISION_LENGTH])
    return word is not None and word.group().lower() in words("elisions")


def pair_quotes(text: str) -> Quotations:
    """Find the quotations of `text`. Linear in its length; any string is accepted."""
    state = _Pairing(text)
    length = len(text)
    skip = -1
    for match in MARK.finditer(text):
        start, end = match.span()
        if start < skip:
            continue
        mark = match.group()
        if match["para"]:
            state.paragraph(start, end)
            continue
        if match["line"]:
            if end < length and text[end] in "“„«`\"" and state.top("double") is not None and text[start - 1 : start] in TERMINAL:
                state.paragraph(start, end)
            continue
        if mark in "'’" and text[end : end + 1] == mark:
            # Two single marks are one double mark, unless a single quotation ends inside another single one.
            mark, end, skip = mark * 2, end + 1, end + 1
        before = text[start - 1] if start else " "
        after = text[end] if end < length else " "
        if mark in DOUBLE_OPEN:
            state.open(start, "double")
        elif mark in DOUBLE_CLOSE:
            state.close(end, len(mark), "double")
        elif mark in DOUBLE_EITHER:
            _straight_double(state, start, end, before, after)
        else:
            _single(state, mark, start, end, before, after)
    for left in list(state.stack):
        if left in state.stack:
            state.close_deferred(left)
    return Quotations(_nested(state.found), state.roles)


def _nested(found: list[Quotation]) -> tuple[Quotation, ...]:
    """The quotations in order, each with its depth; one that crosses the end of another is left out."""
    out: list[Quotation] = []
    ends: list[int] = []
    for quotation in sorted(found, key=lambda q: (q.start, -q.end)):
        while ends and ends[-1] <= quotation.start:
            ends.pop()
        if ends and quotation.end > ends[-1]:
            continue
        out.append(attrs.evolve(quotation, depth=len(ends)))
        ends.append(quotation.end)
    return tuple(out)


def _opens_after(before: str) -> bool:
    return before.isspace() or before in "([{—–-/“‘\"'«"


def _straight_double(state: _Pairing, start: int, end: int, before: str, after: str) -> None:
    """A mark that looks the same on both sides: its neighbours say which it is, else what is open."""
    could_open = _opens_after(before) and not after.isspace()
    could_close = not before.isspace() and not after.isalnum()
    inside = state.top("double") is not None
    if could_open and not could_close:
        state.open(start, "double")
    elif could_close and not could_open:
        if not state.close(end, end - start, "double") and state.last_glued is not None:
            # The glued mark before this one opened after all: `… two.”` lost its closing mark at a lost break.
            opened = _Open(state.last_glued[0], "double")
            state.stack.append(opened)
            state.emit(opened, end, end - start)
        state.last_glued = None
    elif inside:
        state.close(end, end - start, "double")
        state.last_glued = (start, end) if before in TERMINAL else None
    elif not after.isspace():
        state.open(start, "double", glued=True)


def _single(state: _Pairing, mark: str, start: int, end: int, before: str, after: str) -> None:
    if before.isalnum() and after.isalpha() and mark != "‘":
        return  # an apostrophe inside a word
    opened = state.top("single")
    opens = mark in "‘‛" or (mark == "'" and _opens_after(before))
    if opens and not after.isspace():
        if opened is None or not before.isalnum():
            if not _is_elision(state.text, start):
                state.open(start, "single")
        return
    if opened is None or before.isspace() or after.isalnum() and before not in TERMINAL:
        return
    if before in ".,!?…;:—–\"”)’" or (not before.isalnum()):
        state.emit(opened, end, 1)
    elif before in "sS" or before == "n":
        if opened.deferred is None:
            opened.deferred = end
    elif opened.deferred is None:
        state.emit(opened, end, 1)
