"""Where an article tells of those whom it names: in its paragraphs, in no headline, byline or dateline."""

from __future__ import annotations

from quotebank.text import LineKind, Tokens, dateline_end, line_at

TOLD: frozenset[LineKind] = frozenset({"body", "item", "turn", "letter", "block quotation", "caption"})


def is_told(tokens: Tokens, offset: int) -> bool:
    """Whether a code point stands in an article's own paragraphs, in no label of a turn."""
    line = line_at(tokens.lines, offset)
    return line is None or (line.kind in TOLD and (line.label is None or line.label.begins <= offset))


def in_dateline(tokens: Tokens, offset: int) -> bool:
    """Whether a code point stands in the dateline that a paragraph begins with."""
    line = line_at(tokens.lines, offset)
    return line is not None and line.kind == "body" and offset < dateline_end(tokens.text, line)
