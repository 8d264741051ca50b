"""Who is called by a post in a headline: "Mayor says no" above "Ann Lee, the mayor, …"."""

from __future__ import annotations

from collections.abc import Iterable

from quotebank.speakers.noun_phrases import DETERMINERS
from quotebank.speakers.persons import Person
from quotebank.text import Words


def holder_below(w: Words, persons: Iterable[Person], first: int, end: int) -> Person | None:
    """Who alone below a headline holds the post by which it calls its source, words `first` to `end`; None of others.

    An article's first line is read as its headline. Behind an article or "his" somebody may be new.
    """
    headline, _, below = w.text.partition("\n")
    if w.ends[end - 1] > len(headline) or w.low[first] in DETERMINERS:
        return None
    noun, post = w.low[end - 1], w.between(first, end).casefold()
    held = {person.order: person for person in persons if noun in person.roles and not person.described}
    return next(iter(held.values())) if len(held) == 1 and post in below.casefold() else None
