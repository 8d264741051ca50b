"""The lines of a text and what each is: headline, byline, caption, list item, body and so on, from layout and words.

News comes as a page or a scraper leaves it: a headline without a stop, "By …", a credit, a section's name and the
article's paragraphs below one another. Who reads for sources and quotations has to know which of these lines belong
together. Nothing is deleted or changed: a line is a range of code points of the text as given.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Literal, get_args

import attrs
import regex

from quotebank.text.interview_questions import find_exchanges
from quotebank.text.letter_lines import find_letters
from quotebank.text.line_numbers import number_widths
from quotebank.text.line_shapes import (
    AGO,
    HANDLE,
    Shape,
    furniture,
    glued_head,
    is_item,
    is_name_line,
    is_quotation,
    is_short,
    shape_of,
    trailing_credit,
)
from quotebank.text.marked_text import marks_of
from quotebank.text.signature_lines import Signature, find_signatures
from quotebank.text.transcript_labels import SPOKEN, Label, casts, find_labels, prompts
from quotebank.text.wrapped_lines import runs_of_lines

LineKind = Literal[
    "headline", "standfirst", "byline", "dateline", "credit", "caption", "section", "subheading", "pull quote",
    "block quotation", "item", "post", "turn", "direction", "letter", "signature", "link", "advertisement", "end",
    "body",
]  # fmt: skip
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)
NO_PROSE: frozenset[LineKind] = frozenset(
    {"byline", "dateline", "credit", "section", "direction", "advertisement", "end"}
)
"""Lines around an article that are no part of what it tells: nobody in them speaks, or is spoken of."""
APART: frozenset[LineKind] = frozenset({"turn", "letter", "signature"})
DIRECTION = regex.compile(
    r"[(\[][^()\[\]]{1,120}[)\]]\.?|\p{Lu}[^.:?!“”\"\n]{2,60}\s(?:interjecting|interrupting|rising)[—–-]?\.?"
)
SET_APART = regex.compile(r"(\*{1,3}|_{1,3})[^*_]+\1")  # bold or italics as plain text writes them
BLOCK = regex.compile(r">+\s+(?=\S)")
MARKS = regex.compile(r"[“”\"«»]")
BREAK = regex.compile(r"\r\n?+|[\n\v\f\x85\u2028\u2029]")
HEAD_LINES = 12  # lines before the first paragraph that can belong to an article's head
LONGEST_HEADLINE = 25  # words
LONGEST_SUBHEADING = 12
LONGEST_POSTER = 5  # words of the name of who posts
LAST_ANSWER = 2  # paragraphs behind the first one of an answer with which an interview ends
OWN = regex.compile(r"\b(?:I|my|me|we)\b")  # of who still answers
PULLED = 5  # words at either end by which a pull quote is found again
STOP_INSIDE = regex.compile(r"[.!?…][”\"’')]*\s+\p{Lu}")


@attrs.frozen
class Line:
    """A line of a text: code points `start` to `end`, white space around it left out, and what it is.

    Lines that were only wrapped are one; a credit behind a paragraph's last sentence is a line of its own.
    """

    start: int
    """The first code point."""
    end: int
    """One past the last code point."""
    kind: LineKind
    """What it is; all but "direction", "turn", "post", "letter" (from whom it addresses to who signs) and "signature"
    are named as newspapers do. "end" is what stands behind an article, "item" of a list, "body" all that is nothing
    else."""
    label: Label | None = None
    """The name that a turn begins with; a later paragraph of the turn has none. It has `name`, `start` and `end`."""
    signature: Signature | None = None
    """Who signs a quotation, of a line that holds both: `name` is where, as a pair of offsets, `above` whether what is
    signed is the line before it; of who signs a letter `signed` is where its words stand."""
    asks: bool | None = None
    """Whether the turn that begins here asks (True) or answers (False), of "Q" and "A" and of interviews whose turns
    have no labels; None where a label is a name, and on a turn's later paragraphs."""

    @property
    def begins_turn(self) -> bool:
        """Whether a turn begins here, and does not go on from the line above."""
        return self.kind == "turn" and (self.label is not None or self.asks is not None)


@attrs.define(eq=False)
class _Row:
    """A line while it is being read: where it is, its words, and whether a blank line stands before it."""

    start: int
    end: int
    text: str
    apart: bool
    shape: Shape
    kind: LineKind | None = None
    label: Label | None = None
    signature: Signature | None = None
    asks: bool | None = None
    bold: bool = False


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text in order, blank ones left out. Linear in the text's length; any string is accepted."""
    rows = [part for row in _joined(text, _rows(text)) for part in _without_glued_head(row)]
    rows = [part for row in rows for part in _without_credit(row)]
    rows = _with_signatures(text, _with_letters(_with_turns(text, rows)))
    _name_kinds(rows)
    return tuple(Line(r.start, r.end, r.kind or "body", r.label, r.signature, r.asks) for r in rows)


def is_one_line(text: str) -> bool:
    """Whether `read_lines` finds one line at most, told without asking what that line is, which takes longer."""
    plain = text.strip()
    if BREAK.search(plain) is not None or trailing_credit(plain) is not None:
        return False
    if glued_head(plain) is not None and furniture(shape_of(plain)) is None:
        return False
    rows = [(0, plain)] if plain else []
    return not find_labels(plain, rows) and not find_signatures([(0, plain, False, True) for _, plain in rows])


def line_at(lines: tuple[Line, ...], offset: int) -> Line | None:
    """The line that a code point stands in or behind; None before the first."""
    at = bisect_right(lines, offset, key=lambda line: line.start) - 1
    return lines[at] if at >= 0 else None


def is_prose(lines: tuple[Line, ...], offset: int) -> bool:
    """Whether a code point stands in a line that is part of what an article tells: in no byline, credit or the like."""
    line = line_at(lines, offset)
    return line is None or line.kind not in NO_PROSE


def _pieces(text: str) -> list[tuple[int, str, str]]:
    """The lines of a text as they stand, each with its offset, its words without a line number, and what ends it."""
    pieces, at = [], 0
    for match in (*BREAK.finditer(text), None):
        stop = len(text) if match is None else match.start()
        piece = text[at:stop]
        pieces.append((stop - len(piece.lstrip()), piece.strip(), "" if match is None else match.group()))
        at = stop if match is None else match.end()
    held = [k for k, (_, plain, _) in enumerate(pieces) if plain]
    for k, width in zip(held, number_widths([pieces[k][1] for k in held]), strict=True):
        start, plain, sign = pieces[k]
        pieces[k] = (start + width, plain[width:], sign)
    return pieces


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    marks = marks_of(text)
    blank = False
    for start, plain, sign in _pieces(text):
        if plain:
            row = _Row(start, start + len(plain), plain, blank or not rows, shape_of(plain))
            mark = marks.get(start)
            row.bold = (mark is not None and mark.bold) or SET_APART.fullmatch(plain) is not None
            told = None if mark is None else mark.kind
            row.kind = told or (None if trailing_credit(plain) is not None else furniture(row.shape))
            if BLOCK.match(plain):
                row.kind = "block quotation"
            rows.append(row)
            blank = False
        elif sign:
            blank = blank or bool(rows)
        blank = blank or sign == "\u2029"
    return rows


def _joined(text: str, rows: list[_Row]) -> list[_Row]:
    """The rows with those made one that are only wrapped lines of a paragraph."""
    runs = runs_of_lines([(row.shape, row.apart, row.kind is not None) for row in rows])
    return [_one(text, rows[run.start : run.stop]) for run in runs]


def _one(text: str, run: list[_Row]) -> _Row:
    """A row of several."""
    if len(run) == 1:
        return run[0]
    whole = text[run[0].start : run[-1].end]
    return _Row(run[0].start, run[-1].end, whole, run[0].apart, shape_of(whole))


def _without_glued_head(row: _Row) -> list[_Row]:
    """The row, and before it by itself the headline or credit that lost its break: "Weir to closeThe owner said …"."""
    at = None if row.kind is not None else glued_head(row.text)
    if at is None:
        return [row]
    head, rest = row.text[:at], row.text[at:]
    first = _Row(row.start, row.start + at, head, row.apart, shape_of(head))
    first.kind = furniture(first.shape)
    return [first, _Row(row.start + at, row.end, rest, False, shape_of(rest))]


def _without_credit(row: _Row) -> list[_Row]:
    """The row, and the credit behind its last sentence by itself: "… was insured. Photograph: Ann Lee"."""
    at = None if row.kind is not None else trailing_credit(row.text)
    if at is None:
        return [row]
    before = row.text[:at].rstrip()
    first = _Row(row.start, row.start + len(before), before, row.apart, shape_of(before))
    if first.shape.count <= LONGEST_HEADLINE and not STOP_INSIDE.search(before):
        first.kind = "caption"
    rest = row.text[at:]
    return [first, _Row(row.start + at, row.end, rest, False, shape_of(rest), "credit")]


def _with_turns(text: str, rows: list[_Row]) -> list[_Row]:
    """The rows, cut at the labels of turns where the text has turns."""
    lines = [(row.start, row.text) for row in rows]
    labels = find_labels(text, lines)
    if not labels:
        return _with_exchanges(rows)
    for k in casts(lines, labels):
        rows[k].kind = "standfirst"
    for k in prompts(lines, labels):
        rows[k].kind, rows[k].asks = "turn", True
    out: list[_Row] = []
    at = 0
    for row in rows:
        inside = []
        while at < len(labels) and labels[at].start < row.end:
            inside.append(labels[at])
            at += 1
        if not inside:
            out.append(row)
            continue
        cuts = [
            row.start if text[row.start : label.start].count(" ") < 3 and not k else label.start
            for k, label in enumerate(inside)
        ]
        if cuts[0] > row.start:
            out.append(_cut(text, row, row.start, cuts[0]))
        for label, begin, end in zip(inside, cuts, [*cuts[1:], row.end], strict=True):
            out.append(attrs.evolve(_cut(text, row, begin, end), kind="turn", label=label, asks=label.asks))
    _spread_turns(out)
    return out


def _with_exchanges(rows: list[_Row]) -> list[_Row]:
    """The rows, the questions and answers of an interview without labels among them as turns."""
    said = [
        row.text if row.kind is None and (row.bold or not is_item(row.shape) or row.shape.last == "?") else None
        for row in rows
    ]
    asks = find_exchanges(said, [k for k, row in enumerate(rows) if row.bold], [row.apart for row in rows])
    before: bool | None = None
    for row, asking in zip(rows, asks, strict=True):
        if asking is not None:
            row.kind, row.asks = "turn", asking if asking is not before or asking else None
            before = asking
    return rows


def _with_letters(rows: list[_Row]) -> list[_Row]:
    """The rows, those of letters and of who signs them among them."""
    plain = [k for k, row in enumerate(rows) if row.kind in (None, "body", "byline", "dateline")]
    letters = find_letters([(rows[k].start, rows[k].text) for k in plain])
    if not letters or any(row.kind == "turn" for row in rows):
        return rows
    for letter in letters:
        for k in plain[letter.first : letter.signed]:
            rows[k].kind = "letter"
        at = plain[letter.signed]
        rows[at] = attrs.evolve(rows[at], kind="signature", signature=letter.signature)
    return rows


def _with_signatures(text: str, rows: list[_Row]) -> list[_Row]:
    """The rows, cut at the names that sign a quotation on the same line; a line with a name alone is a signature."""
    found = find_signatures([(r.start, r.text, is_quotation(r.shape), r.apart) for r in rows if r.kind not in APART])
    if not found:
        return rows
    out: list[_Row] = []
    at = 0
    for row in rows:
        begin = row.start
        while at < len(found) and found[at].start < row.end:
            one = found[at]
            at += 1
            if row.kind in APART or one.start < begin:
                continue
            if one.start > begin:
                out.append(_cut(text, row, begin, one.start))
            out.append(attrs.evolve(_cut(text, row, one.start, one.end), kind="signature", signature=one))
            begin = one.end
        rest = text[begin : row.end]
        if rest.strip():
            out.append(_cut(text, row, begin + len(rest) - len(rest.lstrip()), row.end))
    return out


def _cut(text: str, row: _Row, start: int, end: int) -> _Row:
    """The part of a row between two code points, white space at its end left out."""
    if (start, end) == (row.start, row.end):
        return row
    plain = text[start:end].rstrip()
    return _Row(start, start + len(plain), plain, row.apart and start == row.start, shape_of(plain), row.kind)


def _spread_turns(rows: list[_Row]) -> None:
    """Let each turn have the paragraphs behind it, up to the next label; the last one those that go on speaking."""
    labelled = [k for k, row in enumerate(rows) if row.label is not None]
    last = labelled[-1]
    several = any(b - a > 1 for a, b in pairwise(labelled))
    ends = len(rows) - 1 - last <= LAST_ANSWER
    for k in range(labelled[0], len(rows)):
        row = rows[k]
        if row.label is not None:
            continue
        if DIRECTION.fullmatch(row.text):
            row.kind = "direction"
        elif k > last and not _speaks_on(rows[k - 1], row, several or (ends and OWN.search(row.text) is not None)):
            return
        elif row.kind is None:
            row.kind = "turn"


def _speaks_on(above: _Row, row: _Row, several: bool) -> bool:
    """Whether a paragraph behind the last label is still that turn: nobody is quoted, and somebody is spoken to."""
    if above.label is not None and above.label.begins >= above.end:
        return True  # the label fills its line
    return several and row.kind is None and MARKS.search(row.text) is None and SPOKEN.search(row.text) is not None


def _find_post_heads(rows: list[_Row]) -> None:
    """Mark the lines with the name of who posts: right above a handle or a time with the words below, as pages have it.

    A time alone stands under a writer's name too: of such names there are several, as in readers' comments.
    """
    heads: list[tuple[int, bool]] = []
    for k, (name, under, said) in enumerate(zip(rows, rows[1:], rows[2:], strict=False)):
        if name.kind not in (None, "byline") or under.apart or said.apart or said.kind is not None:
            continue
        handle = HANDLE.fullmatch(under.text) is not None
        if is_short(name.shape) and name.shape.count <= LONGEST_POSTER and (handle or AGO.fullmatch(under.text)):
            heads.append((k, handle))
    comments = sum(not handle for _, handle in heads) > 1
    for k, handle in heads:
        timed = any(row.kind == "dateline" for row in rows[k + 3 : k + 6])
        if comments or (handle and timed):
            rows[k].kind = "post"


def _name_kinds(rows: list[_Row]) -> None:
    """Give each row its kind by what it looks like and where it stands."""
    _find_post_heads(rows)
    first = _first_body(rows)
    last = next((k for k in range(len(rows) - 1, -1, -1) if _is_body(rows[k])), -1)
    headline = False
    for k, row in enumerate(rows):
        if row.kind is None and is_item(row.shape):
            row.kind = "item"
        if row.kind is not None:
            headline = headline or row.kind == "headline"
            continue
        under = rows[k - 1].kind if k else None
        follower = rows[k + 1].kind if k + 1 < len(rows) else None
        if follower == "credit" and k + 1 < len(rows) and not rows[k + 1].apart and is_short(row.shape):
            row.kind = "caption"
        elif k < first:
            row.kind, headline = _head_kind(row, under, headline, alone=first == len(rows) == k + 1)
        elif _is_title_with_stop(rows, k):
            row.kind, headline = "headline", True
        elif not is_short(row.shape) or row.shape.count > LONGEST_SUBHEADING:
            row.kind = "body"
        elif k > last and is_name_line(row.shape):
            row.kind = "byline" if _is_byline_below(rows, k) else "body"
        else:
            row.kind = "subheading" if len(rows) > 1 else "body"
    _find_pull_quotes(rows)


def _is_body(row: _Row) -> bool:
    return row.kind is None and not is_item(row.shape) and not is_short(row.shape)


def _first_body(rows: list[_Row]) -> int:
    """The first row that is a paragraph; the number of rows where none is, or the head would be too long."""
    found = next((k for k, row in enumerate(rows) if _is_body(row)), len(rows))
    return found if found <= HEAD_LINES else 0


def _is_title_with_stop(rows: list[_Row], k: int) -> bool:
    """Whether the first row is a headline that ends with a stop: most of its words have a capital."""
    row = rows[k]
    return k == 0 and len(rows) > 1 and rows[1].apart and row.shape.count <= LONGEST_HEADLINE and row.shape.titled


def _head_kind(row: _Row, under: str | None, headline: bool, *, alone: bool) -> tuple[LineKind, bool]:
    """What a row before the first paragraph is, and whether the headline has been met."""
    if alone:
        return "body", headline
    if is_quotation(row.shape):
        return "body", headline
    if row.shape.jobs and headline | (under == "byline"):
        return "byline", headline
    if is_name_line(row.shape) and row.shape.count <= 4:
        return ("byline" if row.shape.named or headline else "section"), headline
    if row.shape.count <= 2 and not headline:
        return "section", headline
    if not headline:
        return "headline", True
    return "standfirst", True


def _is_byline_below(rows: list[_Row], k: int) -> bool:
    """Whether a name below the last paragraph is the writer's: no quotation stands right above."""
    return k > 0 and not rows[k - 1].shape.closes and rows[k].shape.named


def _find_pull_quotes(rows: list[_Row]) -> None:
    """Mark the lines that are a quotation alone and stand in another paragraph too."""
    candidates = [k for k, row in enumerate(rows) if row.kind in ("body", "subheading") and is_quotation(row.shape)]
    if not candidates or len(rows) < 3:
        return
    places: dict[tuple[str, ...], list[int]] = {}
    words = {k: _plain(row.text) for k, row in enumerate(rows) if row.kind in ("body", "subheading")}
    for k, said in words.items():
        for i in range(len(said) - PULLED + 1):
            seen = places.setdefault(tuple(said[i : i + PULLED]), [])
            if len(seen) < 2 and k not in seen:
                seen.append(k)
    for k in candidates:
        said = words[k]
        if len(said) < PULLED:
            continue
        elsewhere = set(places[tuple(said[:PULLED])]) & set(places[tuple(said[-PULLED:])]) - {k}
        if any(rows[other].kind != "pull quote" and len(words[other]) > len(said) for other in elsewhere):
            rows[k].kind = "pull quote"


def _plain(text: str) -> list[str]:
    return list(map(str, regex.findall(r"[\p{L}\p{N}]+", text.casefold())))
