"""Whether a word can be a cue at all, as far as the lists know."""

from __future__ import annotations

from functools import cache

from quotebank.attribution.acts import lemma
from quotebank.attribution.speech_verbs import reports_speech
from quotebank.text import lines, words


def is_cue(low: str) -> bool:
    """Whether a lower-case word is a form of a verb of saying, thinking or meaning, or a noun for one."""
    stem = lemma(low)
    return stem in words("attribution/saying_verbs") or reports_speech(low) or stem in _reported()


@cache
def _reported() -> frozenset[str]:
    return frozenset(verb for line in lines("attribution/cue_acts") for verb in line.split()[1:])
