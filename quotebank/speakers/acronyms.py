"""What acronyms and short forms of an organization's name stand for, where the article spells them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import regex

from quotebank.speakers.name_mentions import NameMention
from quotebank.speakers.organization_name_bounds import name_start, organization_end
from quotebank.speakers.organization_names import ACRONYM, abbreviates, letters_of
from quotebank.speakers.role_chunks import countries
from quotebank.text import Words, is_capital, is_closed, states, words

CLIPPED = regex.compile(r"\p{Lu}\p{Ll}{2,}")
OF_A_COUNTRY = frozenset({"US", "U.S.", "UK", "U.K."})
LONGEST_SPELLED = 12  # words of a name that an acronym may stand for
READ_AS_WORD = regex.compile(r"\p{Lu}\p{Ll}{2,6}")  # Nato, as some papers write what is read as a word


def full_form(w: Words, name: str, fuller: Mapping[str, NameMention]) -> NameMention | None:
    """The mention that has a name in full: of a shorter form, an acronym, "the Chinese CDC"; or None."""
    found = fuller.get(name) or fuller.get(letters_of(name))
    if found is None and READ_AS_WORD.fullmatch(name):
        found = fuller.get(name.upper())
    before, _, last = name.rpartition(" ")
    if found is not None or not before or not ACRONYM.fullmatch(last):
        return found
    full = fuller.get(last) or fuller.get(letters_of(last))
    return full if full is not None and set(before.split()) <= {*w.words[full.first : full.end]} else None


def acronyms(w: Words, found: Iterable[NameMention], sources: Iterable[tuple[int, int]]) -> dict[str, NameMention]:
    """What acronyms stand for: introduced in brackets, "the Harbor Policy Institute (HPI)", or by their letters."""
    found = list(found)
    out = _introduced(w, [m for m in found if m.type != "PER"]) | _clipped(w, found)
    asked = {m.first for m in found if m.type == "ORG" and m.end - m.first == 1}
    asked.update(i for first, end in sources for i in range(first, end))
    # US is a name of its own, as BP
    whole = {(m.first, m.end) for m in found if m.type == "ORG" and w.between(m.first, m.end) not in countries()}
    if not any(ACRONYM.fullmatch(letters_of(w.words[i])) for i in asked):
        return out
    past = 0
    for i, word in enumerate(w.words):
        if i >= past and is_capital(word) and (i == 0 or not is_capital(w.words[i - 1]) or is_closed(w.low[i - 1])):
            end = organization_end(w, i)
            past = end if end - i > LONGEST_SPELLED else past  # capitals throughout: no name, no need to go again
            parts = [part for word in w.words[i:end] for part in word.split("-") if is_capital(part)]
            if parts[-1].lower().rstrip(".") in words("speakers/legal_forms"):
                parts.pop()
            letters = _initials(parts)
            if len(parts) > 1 and (2 < len(letters) < 9 or (len(letters) == 2 and (i, end) in whole)):
                out.setdefault(letters, NameMention(i, i, end, "ORG"))
            own = _initials(parts[_of_a_country(parts) :])
            if len(letters) > len(own) > 2:
                out.setdefault(own, NameMention(i, i, end, "ORG"))  # "the US | Federal Bureau of Investigation"
            if w.low[end - 1] in words("speakers/organization_nouns"):  # "State Department | Dredging Review Board"
                tails = (letters[k:] for k in range(1, len(letters) - 2))
                out.update({tail: NameMention(i, i, end, "ORG") for tail in tails if tail not in out})
            small = "".join(low[0] for low in w.low[i:end] if low not in ("the", "and") and low[0].isalpha())
            if len(small) > len(letters):  # "FOE" of Friends of the Earth
                out.setdefault(small.upper(), NameMention(i, i, end, "ORG"))
    return out


def _initials(parts: Iterable[str]) -> str:
    """The first letters of a name's words, of one in capitals all of them."""
    return "".join(part if part.isupper() and part.isalpha() else part[0] for part in parts)


def _of_a_country(parts: Sequence[str]) -> int:
    """How many of a name's first words say whose it is: "US", "United States", "German"."""
    if " ".join(parts[:2]) in countries():
        return 2
    return sum(part in OF_A_COUNTRY or part in words("speakers/demonyms") for part in parts[:1])


def _clipped(w: Words, found: Iterable[NameMention]) -> dict[str, NameMention]:
    """Names made of the beginnings of another's words: "the Lib Dems", "CentCom" of "the US Central Command"."""
    named = {w.between(m.first, m.end): m for m in found if m.type != "PER"}
    out: dict[str, NameMention] = {}
    for name in named:
        pieces = CLIPPED.findall(name)
        if len(pieces) > 1 and "".join(pieces) == name.replace(" ", ""):
            full = next((mention for other, mention in named.items() if _begin(pieces, other.split())), None)
            if full is not None:
                out[name] = full
    return out


def _begin(pieces: Iterable[str], parts: Iterable[str]) -> bool:
    """Whether pieces are the beginnings of a name's words in their order, a plural's of a plural."""
    rest = iter(parts)
    stems = [(piece.removesuffix("s"), "s" if piece[-1] == "s" else "", len(piece)) for piece in pieces]
    return all(any(p.startswith(stem) and p.endswith(end) and len(p) > size for p in rest) for stem, end, size in stems)


def _introduced(w: Words, found: Iterable[NameMention]) -> dict[str, NameMention]:
    """The acronyms and short forms that stand in brackets behind what they stand for."""
    ends = {m.end: m for m in found}
    places = {w.between(m.first, m.end) for m in found if m.type == "LOC"} | countries() | states().keys()
    out: dict[str, NameMention] = {}
    for i in range(1, len(w) - 2):
        if w.words[i] != "(" or w.words[i + 2] != ")":
            continue
        short = w.words[i + 1]
        letters = letters_of(short)
        first = _spelled_from(w, i, letters.upper()) if is_capital(short) and letters.isalpha() else None
        if first is None and i in ends and short not in places:
            first = _called(w, i, ends[i])
        if first is not None:
            for form in (short, letters, w.between(first, min(organization_end(w, first), i))):
                out.setdefault(form, NameMention(first, first, i, "ORG"))
    return out


def _called(w: Words, bracket: int, mention: NameMention) -> int | None:
    """The first word of the name before a bracket that gives a short form by which the article goes on to call it.

    The form may be one of another language, "the Central Reserve Bank (BCR)", or no letters of the name's at all.
    """
    short = w.words[bracket + 1]
    begin = first = min(name_start(w, bracket), mention.first)
    while first and w.sentences[first - 1] == w.sentences[bracket] and _in_name(w, first - 1):
        first -= 1
    starts: list[int] = [mention.first, *range(first, bracket)]
    for start in starts:
        if abbreviates(short, w.between(start, bracket)):
            return start
    again = is_capital(short) and w.words.count(short) > 1 and short.lower() not in w.small
    again = again and (ACRONYM.fullmatch(short) is not None or short[0] == w.words[begin][0])  # no "Institute (Bergen)"
    if not again or mention.type != "ORG" or bracket - begin == 1:
        return None
    return begin


def _in_name(w: Words, i: int) -> bool:
    return is_capital(w.words[i]) and not is_closed(w.low[i])


def _spelled_from(w: Words, end: int, left: str) -> int | None:
    """The first of the words before `end` whose initials make an acronym, small words left out: "Alliance to …"."""
    i = end - (w.low[end - 1].rstrip(".") in words("speakers/company_name_endings"))
    while left and i > 0 and end - i < LONGEST_SPELLED and w.sentences[i - 1] == w.sentences[end - 1]:
        i -= 1
        if w.words[i].isupper() and len(w.words[i]) > 1 and left.endswith(w.words[i]):
            left = left.removesuffix(w.words[i])  # the "UK" of UKIP
        elif w.words[i][0].upper() == left[-1] and (is_capital(w.words[i]) or not is_closed(w.low[i])):
            left = left[:-1]
        elif is_capital(w.words[i]) or not is_closed(w.low[i]):
            return None
    return i if not left else None
