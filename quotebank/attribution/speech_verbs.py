"""Which words can report a quotation that stands beside them: said, asked, howled."""

from __future__ import annotations

from functools import cache

from quotebank.attribution.acts import lemma
from quotebank.text import words

ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("d", ""), ("es", "e"))


@cache
def reports_speech(word: str) -> bool:
    """Whether a word, as written, is a form of a verb of saying or of manner of speaking, its infinitive left aside."""
    low = word.lower()
    if not word.islower() or not word.isalpha():
        return False
    stem = lemma(low)
    if stem != low and stem in words("attribution/saying_verbs"):
        return True
    known = words("attribution/manner_verbs")
    for ending, instead in ENDINGS:
        bare = low[: -len(ending)] + instead
        if low.endswith(ending) and (bare in known or (bare[-2:-1] == bare[-1:] and bare[:-1] in known)):
            return True
    return False
