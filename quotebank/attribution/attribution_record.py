"""`Attribution`: what this room gives of each claim that it finds."""

from __future__ import annotations

import attrs

from quotebank.records import Act, Force
from quotebank.spans import Span


@attrs.frozen(kw_only=True)
class Attribution:
    """The three parts of an attribution as spans, in order, and how likely it is right (0 to 1).

    `within` is the number, in the list it comes in, of the attribution in whose content this one lies. `act` and
    `force` are the network's, None where a rule found it.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    within: int | None = None
    act: Act | None = None
    force: Force | None = None
    verbatim: bool = False
    """The content is that person's very words, though no marks say so: a turn of a transcript, a signed line."""
    named: tuple[Span, ...] = ()
    """Words elsewhere that tell who speaks: the subject of the sentence before a quotation, a turn's first label."""
