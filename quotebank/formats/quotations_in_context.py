"""The text of an article of which only the quotations and a few words around each are known."""

from __future__ import annotations

import regex

from quotebank.spans import Span

DAY = regex.compile(r"\d{4}-\d\d-\d\d")
CLOSING = ".,;:!?)"  # what stands at the word before it


def text_and_places(parts: list[tuple[str | None, str, str | None]]) -> tuple[str, list[Span | None]]:
    """One paragraph a quotation, in its context and in quotation marks, and the place of each, marks included."""
    text, places = "", list[Span | None]()
    for before, quoted, after in parts:
        text += "\n\n" if text else ""
        text += f"{before.strip()} " if before and before.strip() else ""
        words = quoted.strip().strip('"“”').strip()
        places.append(Span(len(text), len(text) + len(words) + 2) if words else None)
        text += f"“{words}”" if words else ""
        if after and after.strip():
            text += ("" if after.strip()[0] in CLOSING else " ") + after.strip()
    return text, places


def day(value: str | None) -> str | None:
    """The day of a time stamp such as `2020-01-16 02:00:49` or `2020-01-16T02:00:49Z`, or None."""
    match = DAY.match(value or "")
    return match[0] if match else None
