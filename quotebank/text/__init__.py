"""A text and its offsets: what every later room reads of it, and never changes.

In goes the text of an article. Out come its tokens and sentences, its pairs of quotation marks, its lines and what each
is (a headline, a byline, the label of a transcript's turn, a signature), and its words as phrases need them, all with
code-point offsets. The readers of word lists are here too, and the lists of plain English that several rooms read; a
list that one room reads is in that room's own `lists`.
"""

from __future__ import annotations

from quotebank.text.bylines import dateline_end, writer
from quotebank.text.line_kinds import (
    DIRECTION,
    LINE_KINDS,
    NO_PROSE,
    Line,
    LineKind,
    is_one_line,
    is_prose,
    line_at,
    read_lines,
)
from quotebank.text.line_shapes import COMMENTED, is_of_calendar, line_openings
from quotebank.text.marked_text import Mark, MarkedText
from quotebank.text.phrase_words import DASHES, OWNS, Words, is_capital, is_closed, unaccented, words_of
from quotebank.text.quotation_marks import QUOTATION_MARK, Quotation, Quotations, pair_quotes
from quotebank.text.spelling import one_spelling, other_spellings
from quotebank.text.tokens import ENDINGS, Tokens, bounds_in, is_parted, sentences_at, tokenize
from quotebank.text.transcript_labels import initials
from quotebank.text.word_lists import groups, is_first_name, lines, states, table, words

__all__ = [
    "COMMENTED",
    "DASHES",
    "DIRECTION",
    "ENDINGS",
    "LINE_KINDS",
    "NO_PROSE",
    "OWNS",
    "QUOTATION_MARK",
    "Line",
    "LineKind",
    "Mark",
    "MarkedText",
    "Quotation",
    "Quotations",
    "Tokens",
    "Words",
    "bounds_in",
    "dateline_end",
    "groups",
    "initials",
    "is_capital",
    "is_closed",
    "is_first_name",
    "is_of_calendar",
    "is_one_line",
    "is_parted",
    "is_prose",
    "line_at",
    "line_openings",
    "lines",
    "one_spelling",
    "other_spellings",
    "pair_quotes",
    "read_lines",
    "sentences_at",
    "states",
    "table",
    "tokenize",
    "unaccented",
    "words",
    "words_of",
    "writer",
]
