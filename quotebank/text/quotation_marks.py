"""Quotation marks: which open, which close, and what they enclose.

`pair_quotes` reads every style (“ ” " '' `` ‘ ’ ' ` « » „ “ ‚ ‘ ‹ › 「 」 『 』), tells apostrophes and inches from
marks, follows quotations over several paragraphs (each opens, only the last closes), nests, and is one pass over them.
What never closes inside its paragraph ends there or before the words that report it, unless a later one closes it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from types import MappingProxyType
from typing import Literal

import attrs
import regex

from quotebank.text.unclosed_quotations import (
    AFTER_CLOSING,
    FEWEST_UNCLOSED,
    before_report,
    closes_behind,
    opens_next,
)
from quotebank.text.word_lists import words

ENTITIES = MappingProxyType(
    dict.fromkeys(("quot", "#34", "#034", "#x22"), '"')
    | dict.fromkeys(("apos", "#39", "#039", "#x27"), "'")
    | dict.fromkeys(("ldquo", "#8220", "#x201c", "#147"), "“")
    | dict.fromkeys(("rdquo", "#8221", "#x201d", "#148"), "”")
    | dict.fromkeys(("lsquo", "#8216", "#x2018", "#145"), "‘")
    | dict.fromkeys(("rsquo", "#8217", "#x2019", "#146"), "’")
    | {"bdquo": "„", "#8222": "„", "laquo": "«", "#171": "«", "raquo": "»", "#187": "»"}
)
"""Marks as HTML writes them; scrapers often leave them so. https://html.spec.whatwg.org/multipage/named-characters.html"""
QUOTATION_MARK = regex.compile(
    r"""
    ''|’’|``|[“”„‟"«»‹›‘‛＂″❝❞「」『』]|(?<![\p{L}\p{N}`])[‚`](?=[\p{L}\p{N}])|['’](?!(?<=\p{L}.)\p{L})  # no apostrophe
  | &(?i:(?P<entity>"""
    + "|".join(ENTITIES).replace("#", r"\#")
    + r"""));  # case is told apart for all else: a scan that does not takes seven times as long
  | (?P<paragraph>(?:\r\n?+|\n)[^\S\r\n]*+(?:\r\n?+|\n)\s*+|\u2029\s*+)
  | (?P<line>(?:\r\n?+|[\n\u2028])[^\S\r\n]*+)
    """,
    regex.VERBOSE | regex.VERSION1,
)
ENTITY_BEFORE = regex.compile(r"&([#\w]{2,6});$")
BLANK_LINE = regex.compile(r"(?:\r\n?+|\n)[^\S\r\n]*+[\r\n]|\u2029")
SINGLE_BREAK = regex.compile(r"(?<![\s])[^\S\r\n]*+(?:\r\n?+|\n)(?![^\S\r\n]*+[\r\n])")
DECADE = regex.compile(r"\d\d(?:s\b|\b(?!['’]))")
CLITIC = regex.compile(r"(?i:s|re|ve|ll|d|m)(?![\p{L}\p{N}])")
ELIDED = regex.compile(r"\p{L}{1,8}+")
FEET = regex.compile(r"\d ?['’′] ?\d{1,2}$")

TERMINAL = frozenset(".!?…")
PAUSE = frozenset(".!?…,:;")
ENDING = TERMINAL | frozenset("”\"’'»:")  # the last sign of a paragraph
BEFORE_OPENING = frozenset("([{—–-/“‘\"'«„‹=>:*_`")
STRAIGHT = frozenset({'"', "''", "’’", "＂", "″"})
ALWAYS_OPEN = frozenset({"„", "‟", "``", "❝", "「", "『"})
FEWEST_LINES = 4  # that end with a stop or not, to tell whether each is a paragraph
DEPTH_LIMIT = 8  # of marks open at once: what lies deeper than any text nests is noise, and the pass stays linear

Role = Literal["open", "close"]
Family = Literal["double", "single"]
Level = Literal["double", "angle", "small angle", "corner", "small corner", "single"]
LEVELS: dict[str, Level] = {"«": "angle", "»": "angle", "‹": "small angle", "›": "small angle", "「": "corner"}
LEVELS |= {"」": "corner", "『": "small corner", "』": "small corner"}
LEVELS |= dict.fromkeys("‘’‛'‚`", "single")


@attrs.frozen
class Quotation:
    """What a pair of marks encloses: code points `start` to `end`, the marks themselves included.

    `depth` is 0 for an outermost quotation. `continued`: the quotation goes on in the next paragraph's quotation,
    so that it has no closing mark of its own. `family` is "double" or "single".
    """

    start: int
    end: int
    depth: int
    family: Family
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
        first = bisect_left(self.outer, start, key=lambda q: q.end)
        last = bisect_left(self.outer, end, key=lambda q: q.start)
        return [q for q in self.outer[first:last] if q.end > start]


def pair_quotes(text: str) -> Quotations:
    """Find the quotations of `text`. Linear in its length; any string is accepted."""
    if not QUOTATION_MARK.search(text):  # two claims in five that are read
        return Quotations((), {})
    pairing = _Pairing(text)
    by_lines = _parted_by_lines(text)
    for match in QUOTATION_MARK.finditer(text):
        start, end = match.span()
        if match["paragraph"]:
            pairing.end_paragraph(start, end)
        elif match["line"]:
            if _ends_paragraph(pairing, start, end, by_lines):
                pairing.end_paragraph(start, end)
        else:
            entity = match["entity"]
            _read_mark(pairing, match.group() if entity is None else ENTITIES[entity.casefold()], start, end)
    pairing.end_paragraph(len(text), len(text))
    return _nested(pairing.found)


@attrs.define(eq=False)
class _Open:
    """A mark that has opened. `maybe`: the offset behind a mark that closes it unless a surer one follows."""

    start: int
    sign: str
    level: Level
    maybe: int | None = None
    maybe_width: int = 1
    doubtful: bool = False
    """The mark at `maybe` rather stands for inches: any later candidate is better."""
    marked: bool = True
    elided: bool = False
    """Rather an apostrophe ('Tis late): it opened only if a mark behind a stop or a comma closes it."""

    def note(self, end: int, width: int, *, doubtful: bool = False) -> None:
        """A mark may close this one. The first such mark counts: a later one is rather a possessive's."""
        if self.elided:
            return
        if self.maybe is None or (self.doubtful and not doubtful):
            self.maybe, self.maybe_width, self.doubtful = end, width, doubtful


@attrs.frozen
class _Found:
    start: int
    end: int
    family: Family
    closing: int
    """The width of the closing mark: none where the quotation continues in the next paragraph, or has none."""
    goes_on: bool = False
    marked: bool = True
    """It begins with a mark, and not with a paragraph that a quotation before it goes on in."""


class _Pairing:
    """The state of the one pass: what is open, what was found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.found: list[_Found] = []
        self.closed_at = -1  # the offset behind the last mark that closed
        self.glued: tuple[int, int] | None = None  # index in `found` of what a mark between two words closed; the mark

    def nearest(self, level: Level) -> _Open | None:
        """The innermost open mark of a level."""
        for opened in reversed(self.stack):
            if opened.level == level:
                return opened
        return None

    def covers(self, opened: _Open) -> bool:
        """Whether a mark of another level has opened since, and is open."""
        return any(o.start > opened.start and o.level != opened.level for o in self.stack)

    def add(self, opened: _Open, end: int, closing: int, *, goes_on: bool = False) -> None:
        family: Family = "single" if opened.level == "single" else "double"
        self.found.append(_Found(opened.start, end, family, closing, goes_on, opened.marked))

    def emit(self, opened: _Open, end: int, closing: int, *, goes_on: bool = False) -> None:
        """`opened` closes at `end`; what is still open within closes where it may have, or was nothing."""
        self.drop(opened)
        self.add(opened, end, closing, goes_on=goes_on)
        self.closed_at = end if closing else self.closed_at

    def drop(self, opened: _Open) -> None:
        """Take `opened`, and what has opened since, from the stack."""
        at = self.stack.index(opened)
        for inner in self.stack[at + 1 :]:
            if inner.maybe is not None:
                self.add(inner, inner.maybe, inner.maybe_width)
        del self.stack[at:]

    def settle(self, opened: _Open) -> None:
        """`opened` closes where it may have; what opened behind that place stays open."""
        if opened.maybe is None:
            self.drop(opened)
            return
        kept = [o for o in self.stack if o.start < opened.start or o.start >= opened.maybe]
        self.add(opened, opened.maybe, opened.maybe_width)
        self.stack = kept

    def open(self, mark: _Mark, *, elided: bool = False) -> None:
        """A mark opens. One of its level that is open already has closed, goes on here, or was nothing."""
        self.glued = self.glued if elided else None
        already = self.nearest(mark.level)
        if already is not None and not self._holds(already):
            end = self.trimmed(mark.start)
            if already.maybe is not None:
                self.settle(already)
            elif mark.level != "single" and end - 1 > already.start and self.text[end - 1] in PAUSE:
                told = before_report(self.text, already.start, end)
                self.emit(already, *(told or (end, 0)), goes_on=told is None)
            else:
                self.drop(already)
        if len(self.stack) >= DEPTH_LIMIT:
            del self.stack[0]
        self.stack.append(_Open(mark.start, mark.sign, mark.level, elided=elided))

    def _holds(self, already: _Open) -> bool:
        """Whether a mark of the same level can open within `already`: inside one of another level."""
        if already.level == "single":
            return self.covers(already)
        top = self.stack[-1]
        return top.level != already.level and top.sign in "‘«‹" and top.maybe is None and not top.elided

    def close(self, mark: _Mark) -> None:
        """A mark closes what is open of its level, if anything is."""
        opened = self.nearest(mark.level)
        if opened is None and mark.sign == "”" and self.stack and self.stack[-1].sign in "«»":
            opened = self.stack[-1]  # «We are open,” she said
        if opened is not None:
            self.emit(opened, mark.end, mark.width)
        elif mark.level == "double" and self.glued is not None:
            # A mark between two words opened after all: `"One two."To them,"` lost its break, and continues.
            index, start = self.glued
            before = self.found[index]
            self.found[index] = attrs.evolve(before, end=self.trimmed(start), closing=0, goes_on=True)
            self.found.append(_Found(start, mark.end, "double", mark.width))
            self.glued = None

    def trimmed(self, end: int) -> int:
        """`end`, before the white space in front of it."""
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        return end

    def end_paragraph(self, start: int, end: int) -> None:
        """A paragraph ends at `start` and the next begins at `end`: quotations go on there, or were not closed."""
        self.glued = None
        level = self._level_opening(end)
        opened = None if level is None else self.nearest(level)
        same = opened is not None and (opened.sign in STRAIGHT) is (self.text[end] in STRAIGHT | {"'"})
        if opened is not None and (same or opened.level == "single") and self._goes_on(opened):
            self.emit(opened, self.trimmed(start), 0, goes_on=True)
        again = self._end_unclosed(self.trimmed(start), end)
        while self.stack:
            self.settle(self.stack[0])
        if again is not None:
            self.stack.append(again)

    def _end_unclosed(self, end: int, follows: int) -> _Open | None:
        """End the outermost quotation of a paragraph that has no closing mark; what goes on of it at `follows`, if any.

        It ends before the words that report it, else with its paragraph, if that ends as sentences do.
        """
        opened = self.stack[0] if self.stack else None
        if opened is None or opened.level == "single" or opened.maybe is not None or self.text[end - 1] not in TERMINAL:
            return None
        if self.text[opened.start + 1 : end].count(" ") < FEWEST_UNCLOSED - 1:
            return None
        if closes_behind(self.text, follows):
            self.emit(opened, end, 0, goes_on=True)
            return _Open(follows, opened.sign, opened.level, marked=False)
        self.emit(opened, *(before_report(self.text, opened.start, end) or (end, 0)))
        return None

    def _goes_on(self, opened: _Open) -> bool:
        if opened.level == "single":
            begins = opened.start == 0 or self.text[opened.start - 1] in "\r\n\u2029"
            return opened is self.stack[0] and not opened.elided and (opened.maybe is None or begins)
        return opened.maybe is None

    def _level_opening(self, at: int) -> Level | None:
        """The level of the quotation mark that opens at offset `at`, if one does."""
        mark = self.text[at : at + 1]
        if mark == "&" and (entity := QUOTATION_MARK.match(self.text, at)):
            mark = ENTITIES[entity["entity"].casefold()]
            if mark == '"':
                return "double"
        if self.text.startswith(("''", "``"), at):
            return "double"
        if mark in STRAIGHT or mark == "'":
            opens = not self.text[at + 1 : at + 2].isspace() and at + 1 < len(self.text)
            return LEVELS.get(mark, "double") if opens else None
        return LEVELS.get(mark, "double") if mark and mark in "“„‟«‹‘" else None


def _parted_by_lines(text: str) -> bool:
    """Whether single line breaks part paragraphs: all that does, or most stand behind a stop."""
    first = len(text) - len(text.lstrip())
    last = max(first, len(text.rstrip()))
    if BLANK_LINE.search(text, first, last) is None:
        return True
    behind = [text[m.start() - 1] in ENDING for m in SINGLE_BREAK.finditer(text, first, last)]
    return len(behind) >= FEWEST_LINES and sum(behind) * 2 > len(behind)


def _ends_paragraph(pairing: _Pairing, start: int, end: int, by_lines: bool) -> bool:
    """Whether a line break inside a quotation ends the paragraph, rather than a line of one.

    It does where the line ends with a stop, if breaks part this text's paragraphs, or if a mark opens.
    """
    if not pairing.stack:
        return False
    at = pairing.trimmed(start)
    if at == 0 or pairing.text[at - 1] not in TERMINAL:
        return False
    return by_lines or pairing.text[end : end + 1] in ("“", "„", "«", "`", '"')


@attrs.define(eq=False)
class _Mark:
    """A mark as the text has it, and the code points that it stands between: a space at either end of the text."""

    sign: str
    start: int
    end: int
    before: str
    after: str
    level: Level

    @property
    def opens(self) -> bool:
        """Whether what stands before it lets it open."""
        return self.before.isspace() or self.before in BEFORE_OPENING

    @property
    def width(self) -> int:
        return self.end - self.start


def _read_mark(pairing: _Pairing, sign: str, start: int, end: int) -> None:
    text = pairing.text
    before = " " if not start or text[start - 6 : start].lower() == "&nbsp;" else text[start - 1]
    after = text[end] if end < len(text) else " "
    if before == ";" and (entity := ENTITY_BEFORE.search(text, max(0, start - 9), start)):
        before = ENTITIES.get(entity[1].lower(), before)
    mark = _Mark(sign, start, end, before, after, LEVELS.get(sign, "double"))
    if sign in STRAIGHT:
        _read_straight(pairing, mark)
    elif mark.level == "single":
        _read_single(pairing, mark)
    elif sign in ALWAYS_OPEN:
        pairing.open(mark)
    elif sign in "“«‹":
        _read_opening(pairing, mark)
    else:
        _read_closing(pairing, mark)


def _read_opening(pairing: _Pairing, mark: _Mark) -> None:
    """“ « ‹, which open; but „…“ and »…« close with them, and “ is often mistyped at a quotation's end."""
    opened = pairing.nearest(mark.level)
    spaced = mark.before.isspace()
    at_end = not mark.opens and (mark.after.isspace() or mark.after in AFTER_CLOSING)
    if opened is None:
        closes = False
    elif opened.sign in "„»›":
        closes = not spaced
    else:
        closes = mark.sign == "“" and (at_end or (spaced and mark.after.isspace()))
    if closes:
        pairing.close(mark)
    elif not at_end:
        pairing.open(mark)


def _read_closing(pairing: _Pairing, mark: _Mark) -> None:
    """” » ›, which close; but »…« and ”…” open with them."""
    opened = pairing.nearest(mark.level)
    if opened is None and mark.opens and mark.after.isalnum():
        pairing.open(mark)
    elif opened is not None and mark.before.isdigit() and _after_feet(pairing.text, mark.start):
        opened.note(mark.end, mark.width, doubtful=True)
    else:
        pairing.close(mark)


def _read_straight(pairing: _Pairing, mark: _Mark) -> None:
    """A mark that looks the same on both sides: its neighbours say which it is, else what is open."""
    opened = pairing.nearest("double")
    punctuated = mark.after in AFTER_CLOSING and not pairing.text.startswith("..", mark.end)
    closes_late = opened is not None and mark.before.isspace() and punctuated  # "We ran ", he said
    could_open = mark.opens and not mark.after.isspace() and not closes_late
    could_close = closes_late or (not mark.before.isspace() and not mark.after.isalnum())
    only_closes = could_close and not could_open
    if mark.sign in ("''", "’’") and opened is None and only_closes and pairing.nearest("single"):
        _read_mark(pairing, mark.sign[0], mark.start, mark.start + 1)  # two single marks, not a double one
    elif could_open and not could_close:
        pairing.open(mark)
    elif opened is not None and mark.sign == '"' and mark.before.isdigit() and (could_close or opened.maybe is None):
        opened.note(mark.end, 1, doubtful=mark.after.isalnum() or _after_feet(pairing.text, mark.start))
    elif only_closes:
        pairing.close(mark)
    elif opened is None and mark.before.isspace() and mark.after.isspace():
        pairing.open(mark)  # " We are open , " as text that was cut into words has it
    elif opened is not None and opened.maybe is None:
        pairing.close(mark)
        pairing.glued = (len(pairing.found) - 1, mark.start) if mark.before in TERMINAL else None
    elif pairing.glued is not None and mark.before in TERMINAL and opens_next(pairing.text, mark.end):
        pairing.close(mark)
    elif not mark.after.isspace() and not mark.before.isdigit():
        pairing.open(mark)


def _read_single(pairing: _Pairing, mark: _Mark) -> None:
    """A single mark, or an apostrophe: inside a word, before a clitic, for letters left out, after a plural."""
    joined = _continues_word(mark.before)
    if joined and mark.after.isalpha():
        return
    could_open = mark.opens and mark.start != pairing.closed_at
    if not could_open and CLITIC.match(pairing.text, mark.end):
        return
    opened = pairing.nearest("single")
    low = mark.sign == "‘" and opened is not None and opened.sign == "‚" and not mark.before.isspace()  # ‚…‘
    glued = mark.before in TERMINAL and mark.after.isupper() and opened is None
    if not low and (mark.sign in "‘‛‚`" or (mark.sign == "'" and (could_open or glued))) and not mark.after.isspace():
        elided = _is_elision(pairing.text, mark.start)
        if not joined and not (elided and opened):
            pairing.open(mark, elided=elided)
    elif opened is None or mark.before.isspace() or (mark.after.isalnum() and mark.before not in TERMINAL):
        return
    elif low or not joined:
        pairing.close(mark)
    elif not pairing.covers(opened):
        opened.note(mark.end, 1)


def _continues_word(before: str) -> bool:
    return before.isalnum() or (before > "\u00a0" and unicodedata.category(before) in ("Mn", "Mc", "Cf"))


def _after_feet(text: str, at: int) -> bool:
    """Whether the mark at `at` stands for inches after feet: 5'10"."""
    return FEET.search(text[max(0, at - 6) : at]) is not None


def _is_elision(text: str, at: int) -> bool:
    """Whether the mark at `at`, at a word's start, stands for letters left out: 'em, ’90s."""
    word = ELIDED.match(text, at + 1)
    elided = word is not None and word.group().lower() in words("text/elisions")
    return elided or DECADE.match(text, at + 1) is not None


def _nested(found: list[_Found]) -> Quotations:
    """The quotations in order, each with its depth; one that crosses the end of another is left out."""
    spans: list[Quotation] = []
    roles: dict[int, Role] = {}
    ends: list[int] = []
    for pair in sorted(found, key=lambda q: (q.start, -q.end)):
        while ends and ends[-1] <= pair.start:
            ends.pop()
        if ends and pair.end > ends[-1]:
            continue
        spans.append(Quotation(pair.start, pair.end, len(ends), pair.family, pair.goes_on))
        if pair.marked:
            roles[pair.start] = "open"
        if pair.closing:
            roles[pair.end - pair.closing] = "close"
        ends.append(pair.end)
    return Quotations(tuple(spans), roles)
