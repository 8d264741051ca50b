"""Claims as a network would give them, written by their words, for rules that go over them."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from quotebank.attribution.attribution_spans import attributions, spans_of
from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens, tokenize


def tokens_of(tokens: Tokens, words: str) -> tuple[int, ...]:
    """The tokens of words that stand in the text, in pieces where " … " parts them."""
    found: list[int] = []
    at = 0
    for piece in words.split(" … ") if words else ():
        start = tokens.text.index(piece, at)
        at = start + len(piece)
        found.extend(range(bisect_left(tokens.starts, start), bisect_left(tokens.starts, at)))
    return tuple(found)


def given(tokens: Tokens, source: str, cue: str, content: str, **more: Any) -> Tagged:
    """A claim of the first words of the text that are these."""
    parts = (tokens_of(tokens, part) for part in (source, cue, content))
    return Tagged(*parts, **{"confidence": 0.9, **more})


def read(text: str, *claims: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Source, cue and content of the attributions that the rules make of a text and of the claims given."""
    tokens = tokenize(text)
    found = attributions(tokens, [given(tokens, *claim) for claim in claims])
    return [tuple(" … ".join(s.slice(text) for s in part) for part in (a.source, a.cue, a.content)) for a in found]  # type: ignore[misc]


def words(tokens: Tokens, indices: tuple[int, ...]) -> str:
    """What tokens say, in pieces."""
    return " … ".join(span.slice(tokens.text) for span in spans_of(tokens, indices))
