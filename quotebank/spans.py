"""Spans of text and the arithmetic on them. Offsets are code points, half-open: `text[span.start:span.end]`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown


class Record:
    """What every record of ours can do."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts, tuples, strings and numbers, by field; a date is its ISO 8601 form.

        `json.dumps` takes it; `msgspec.convert(…, quotebank.Claim)` makes an equal record of it.
        """
        import msgspec  # noqa: PLC0415 - `import quotebank` stays light

        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


def _is_offset(_: object, attribute: attrs.Attribute[int], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ArgumentTypeError(f"Span.{attribute.name} must be an int, a count of code points; got {shown(value)}")


@attrs.frozen(order=True)
class Span(Record):
    """A stretch of text: code points `start` up to, not including, `end`.

    Raises `ArgumentTypeError` where an offset is no int, `ArgumentValueError` where 0 <= start < end does not hold.
    """

    start: int = attrs.field(validator=_is_offset)
    """The first code point, counted from 0."""
    end: int = attrs.field(validator=_is_offset)
    """One past the last code point."""

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ArgumentValueError(
                f"Span needs 0 <= start < end, in code points; got start={self.start}, end={self.end}"
            )

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        """The words of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether this span and `other` share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every code point of `other` is in this span."""
        return self.start <= other.start and other.end <= self.end


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends, or None where nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def covered(text: str, spans: Iterable[Span]) -> str:
    """The words under the spans as one string, pieces that do not touch joined by one space."""
    return " ".join([span.slice(text) for span in spans])
