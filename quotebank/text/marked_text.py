"""`MarkedText`: a page's text with what its markup says of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

import attrs

MarkedKind = Literal["headline", "subheading", "byline", "caption", "item", "block quotation"]


@attrs.frozen
class Mark:
    """What markup says of a line: its kind, where it tells one, and whether all of it is set in bold."""

    kind: MarkedKind | None = None
    bold: bool = False


class MarkedText(str):
    """A `str` that knows of some lines, by the code point they begin at, what a page's markup said of them.

    Wherever a text is read it is a `str` like any other; `read_lines` takes the page's word for its lines. What is cut
    from it, or stored and read again, is a plain `str`, whose lines are told by their looks alone.
    """

    marks: Mapping[int, Mark]

    def __new__(cls, text: str, marks: Mapping[int, Mark]) -> MarkedText:
        """A text with its marks, by the code point at which each marked line begins."""
        made = super().__new__(cls, text)
        made.marks = MappingProxyType(dict(marks))
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return MarkedText, (str(self), dict(self.marks))


def marks_of(text: str) -> Mapping[int, Mark]:
    """What is known of a text's lines from markup: nothing of a plain `str`."""
    return text.marks if isinstance(text, MarkedText) else {}
