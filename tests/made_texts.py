"""Texts that are hard on tokens and quotation marks: strategies for Hypothesis, case files, and a measure of growth."""

from __future__ import annotations

import gc
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from quotebank.attribution import Attribution
from quotebank.spans import Span

MARKS = ["“", "”", "„", "‟", '"', "«", "»", "‹", "›", "‘", "’", "‛", "'", "＂", "``", "''", "’’"]
WORDS = [
    "the",
    "mayor",
    "said",
    "He",
    "Reyes",
    "it's",
    "can't",
    "dogs’",
    "’90s",
    "'em",
    "iPhone",
    "café",
    "nai\u0308ve",
]
NUMBERS = ["5'10\"", '6"', "1,000", "3.5m", "10:30", "2", "1.", "$5", "[3]"]
ABBREVIATIONS = ["Mr.", "U.S.", "p.m.", "No.", "Inc.", "J.R.R.", "Ph.D.", "e.g.", "Fla."]
WEB = ["@ana", "#pier", "www.example.org/a", "a.b@example.org", "example.com", "👨\u200d👩\u200d👧", "🇺🇸"]
STOPS = [*".,;:!?…—–-()[]*•", "...", "--"]
BREAKS = ["\n", "\n\n", "\r\n", "\r\n\r\n", " \n \n ", "\u2029", "\u2028", "\u00a0", "\t", "\r"]
SPACES = [" "] * 20
WHITE_SPACE = ["\n\n", " ", "\u00a0\n", "\r\n", "\t \u2029"]

newslike = st.lists(
    st.sampled_from(WORDS + NUMBERS + ABBREVIATIONS + WEB + MARKS + STOPS + BREAKS + SPACES), max_size=60
).map("".join)
marks_mostly = st.text(alphabet=st.sampled_from("“”„\"«»‹›‘’'` .,aA1\n\r"), max_size=40)
anything = st.text(alphabet=st.characters(), max_size=60)  # control characters and lone surrogates too
texts = st.one_of(newslike, marks_mostly, anything)


def read_cases(name: str) -> list[dict[str, Any]]:
    """The cases of cases/<name>.json: label, kind, text and what is expected."""
    return json.loads((Path(__file__).parent / "cases" / f"{name}.json").read_text(encoding="utf8"))


def as_parameters(cases: list[dict[str, Any]]) -> list[Any]:
    """The cases for pytest; a known failure must fail, so that an accidental fix is noticed."""
    failure = pytest.mark.xfail(strict=True, raises=AssertionError, reason="known failure")
    return [
        pytest.param(c, id=c["label"].replace(" ", "-"), marks=[failure] if c["kind"] == "known-failure" else [])
        for c in cases
    ]


def attributed(text: str, row: dict[str, Any]) -> Attribution:
    """The attribution that a row of a case file describes: its content stands once, source and cue nearest to it."""
    start = text.index(row["content"])
    content = Span(start, start + len(row["content"]))
    parts = {role: [row[role]] if isinstance(row[role], str) else row[role] for role in ("source", "cue")}
    found = {role: tuple(sorted(_nearest(text, p, content) for p in pieces if p)) for role, pieces in parts.items()}
    return Attribution(source=found["source"], cue=found["cue"], content=(content,), confidence=1.0)


def _nearest(text: str, piece: str, content: Span) -> Span:
    """The occurrence of whole words nearest to the content, outside it."""
    found = [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(piece)}(?!\w)|{re.escape(piece)}", text)]
    outside = [s for s in found if not s.overlaps(content) and _whole(text, s)]
    return min(outside, key=lambda s: max(s.start - content.end, content.start - s.end, 0))


def _whole(text: str, span: Span) -> bool:
    before, after = text[: span.start][-1:] + text[span.start], text[span.end - 1] + text[span.end :][:1]
    return not (len(before) == 2 and before.isalnum()) and not (len(after) == 2 and after.isalnum())


def seconds(run: Callable[[str], object], text: str) -> float:
    """CPU time, as other work shares the machine, without the garbage collector, whose turns come by chance."""
    gc.collect()
    gc.disable()
    began = time.process_time()
    run(text)
    taken = time.process_time() - began
    gc.enable()
    return taken


def growth(run: Callable[[str], object], make: Callable[[int], str], size: int, *, limit: float) -> float:
    """How many times longer twice the input takes: the mean over three doublings up to `size`, by the best of three.

    Three doublings tell linear from quadratic work, 8 times from 64, also where another process has the cache. A
    first run within `limit` is enough: work that grows by more would have to be slowed when small alone.
    """
    small, large = make(max(1, size // 8)), make(size)
    once, eightfold = [], []
    for _ in range(3):
        once.append(seconds(run, small))
        eightfold.append(seconds(run, large))
        ratio = (min(eightfold) / max(min(once), 0.001)) ** (1 / 3)
        if ratio <= limit:
            break
    return ratio
