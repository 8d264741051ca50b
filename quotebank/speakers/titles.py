"""Titles before names: those of lists, nouns for a person that lead a name, and what a text itself uses as one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs
import regex

from quotebank.speakers.noun_phrases import TRAILERS
from quotebank.speakers.role_nouns import is_honorific, is_listed, is_person_noun, of_role
from quotebank.text import Words, is_capital, is_first_name, unaccented, words

OF_THE_AIR = (["air", "marshal"], ["air", "commodore"], ["air", "vice"], ["vice", "marshal"], ["air", "chief"])
GIVEN_NAMES_TOO = frozenset({"sheikh", "sultan", "imam", "prince", "duke"})  # titles that people are named
VOWELLESS = regex.compile(r"[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz]{2,4}\.?")
LONGEST_TITLE = 6  # letters of a title that no list has
RANK = regex.compile(r"(?:[B-DF-HJ-NP-TV-XZ]{2,3}|DC?I)\.?")  # DS, but not AMY
FULL = 2  # words of a first name and a last name
OPENING = frozenset({"“", '"', "‘", "'", "``", "("})


@attrs.frozen
class Run:
    """A run of capitalized words `first` to `end`: the titles right before its name begin at `start`, it at `name`."""

    first: int
    start: int
    name: int
    end: int


def _is_title(word: str) -> bool:
    plain = word.rstrip(".").lower().removesuffix("-elect")
    title = plain in words("speakers/role_titles") and is_capital(word)  # no "del" inside a name
    return is_honorific(word) or (title and not is_first_name(word))


def is_initial(word: str) -> bool:
    """Whether a word is letters that stand for names: "J.", "J.R."."""
    return len(word) <= 4 and word.endswith(".") and word.replace(".", "").isupper()


def titles_by_use(w: Words, runs: Sequence[tuple[int, int]]) -> frozenset[str]:
    """The words that a text uses as titles, whatever they mean: "Cr | Ann Lee" is "Cr | Lee", or others are Cr too.

    They have no vowel, or stand before a first name and before the last name alone, or before several full names.
    """
    full: dict[str, set[str]] = {}
    alone: dict[str, set[str]] = {}
    named = {w.words[end - 1] for first, end in runs if end - first > 1 and is_first_name(w.words[end - 2])}
    for first, end in runs:
        word, last = w.words[first], w.words[end - 1]
        given = is_first_name(unaccented(word).capitalize())
        if end - first > FULL and is_first_name(w.words[first + 1]) and not given:
            full.setdefault(word, set()).add(last)
        elif end - first == FULL:
            alone.setdefault(word, set()).add(last)
    ranks = {word for word, lasts in alone.items() if RANK.fullmatch(word) and not lasts.isdisjoint(named)}  # "DC Lee"
    return frozenset(ranks) | frozenset(
        word
        for word, lasts in full.items()
        if len(word) <= LONGEST_TITLE
        and not word.isupper()  # "DSP" is a role
        and (VOWELLESS.fullmatch(word) or len(lasts) > 1 or not lasts.isdisjoint(alone.get(word, ())))
    )


def titled(w: Words, first: int, end: int, labels: Collection[int], taught: Collection[str]) -> Run:
    """A run with where its titles begin, and its name: "Former | President | Bill Clinton".

    In a turn's label a noun for a person before a full name is a title too: "SKIPPER JO LEE:". Of `taught` each is one.
    """
    name = first + (end - first > 1 and w.words[first] in taught)
    if first in labels and end - first > 1 and RANK.fullmatch(w.words[first]):
        name = first + 1  # "DS HOLLOWAY:"
    while first in labels and end - name > 2 and is_person_noun(w.low[name]):
        name += 1
    listed = end - name > FULL or (end - name == FULL and w.low[end : end + 1] == ["and"])
    if listed and w.low[name].endswith("s") and is_person_noun(w.low[name][:-1]):
        name += 1  # "Bakers | Lotte Fry and Simon Ames", "Brothers | Bo and Al Lee"
    name = _behind_unlisted_title(w, name, end)
    for i in range(name, end - 1):
        given = i > first and w.low[i] in GIVEN_NAMES_TOO and is_first_name(w.words[i - 1])  # "Hassan | Sheikh Mohamud"
        called = i > first and w.words[i - 1] in OPENING  # Bo “Duke” Reyes
        if _is_title(w.words[i]) and not (given or called):
            name = i + 1
    while name > first and end - name > 2 and w.low[name] in TRAILERS:
        name += 1  # "Senate President | Pro Tem | Ann Lee"
    while name > first and end - name > 2 and is_listed(w.low[name]) and not is_first_name(w.words[name]):
        name += 1  # "Chief | Engineer | Radoslav Kyncl"
    start = name
    while start > first and (
        w.words[start - 1] in taught
        or _is_title(w.words[start - 1])
        or is_initial(w.words[start - 1])
        or w.low[start - 1 : start + 1] in OF_THE_AIR
    ):
        start -= 1
    return Run(first, start, name, end)


def _behind_unlisted_title(w: Words, first: int, end: int) -> int:
    """Where the name begins behind nouns for a person that no list of titles has: "Deputy Harbourmaster | Lars Tveit".

    The word behind them is a first name, and none of them is.
    """
    at = next((i for i in range(first + 1, end - 1) if is_first_name(w.words[i])), first)
    return at if all(of_role(w.low[i]) and not is_first_name(w.words[i]) for i in range(first, at)) else first
