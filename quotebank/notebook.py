"""Records as HTML, as a notebook shows what stands last in a cell: what `_repr_html_` of the records is made with.

https://ipython.readthedocs.io/en/stable/config/integrating.html#rich-display
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

LEFT = ' style="text-align: left; vertical-align: top"'


def html_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with a line of headings; every cell is escaped, for articles are other people's words."""
    head = "".join(f"<th{LEFT}>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html_lines(lines: Iterable[str]) -> str:
    """Paragraphs, the first in bold; all escaped."""
    first, *rest = [escape(line) for line in lines]
    return f"<p><b>{first}</b></p>" + "".join(f"<p>{line}</p>" for line in rest)


def _cell(value: object) -> str:
    return f"<td{LEFT}>{'' if value is None else escape(str(value))}</td>"
