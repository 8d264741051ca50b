"""What acronyms and short forms of an organization's name stand for, where the article spells them out.

A short form is aligned with the words of the text, letter by letter, as Schwartz and Hearst (2003, "A simple algorithm
for identifying abbreviation definitions in biomedical text") do, but from a name's first word on and throughout the
text: each of a name's capitals gives its first letter, small words between them one or none. Where the two stand side
by side, one in brackets, less is asked of the letters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import attrs
import regex

from quotebank.speakers.noun_phrases import head_noun
from quotebank.speakers.organization_name_bounds import SMALL_WORDS, name_start, organization_end
from quotebank.speakers.organization_names import ACRONYM, SHORT_FORM, abbreviates, letters_of
from quotebank.speakers.role_chunks import countries
from quotebank.speakers.role_nouns import is_role_noun
from quotebank.speakers.whole_names import NameMention
from quotebank.text import OWNS, Words, initials, is_capital, is_closed, words

MOST_ASKED = 64  # places where a name may begin, of those with the same two letters: the first
LONGEST_SPELLED = 12  # words of a name that an acronym may stand for
SHORTEST_INITIALS = 3  # words of a person's name that is known by them
READ_AS_WORD = regex.compile(r"\p{Lu}\p{Ll}{2,6}")  # Nato, as some papers write what is read as a word
CLIPPED_TO = 3  # letters at least of each of two words that one word is made of: CentCom
OFFICE = regex.compile(r"\p{Lu}{2,6}")
CLIPPED = regex.compile(r"\p{Lu}\p{Ll}{2,}")


def full_form(w: Words, name: str, fuller: Mapping[str, NameMention]) -> NameMention | None:
    """The mention that has a name in full: of a shorter form, an acronym, "the Chinese CDC"; or None."""
    found = fuller.get(name)
    before, _, last = name.rpartition(" ")
    if found is not None or not before or not ACRONYM.fullmatch(last):
        return found
    full = fuller.get(last)
    return full if full is not None and set(before.split()) <= {*w.words[full.first : full.end]} else None


def acronyms(w: Words, found: Iterable[NameMention], sources: Iterable[tuple[int, int]]) -> dict[str, NameMention]:
    """What acronyms stand for: introduced in brackets, "the Harbor Policy Institute (HPI)", or by their letters."""
    found = list(found)
    out = _known_as(w, found) | _introduced(w, [m for m in found if m.type != "PER"]) | _clipped(w, found)
    short_forms = _short_forms(w, found, sources)
    if not short_forms:
        return out
    people = {i for m in found if m.type == "PER" for i in range(m.first, m.end)}
    bodies = {i for m in found if m.type == "ORG" for i in range(m.first, m.end)}
    # of two letters where it is a body by itself; US is a name of its own, as BP
    named = {(m.first, m.end) for m in found if m.type == "ORG" and w.between(m.first, m.end) not in countries()}
    opening = _openings(w)
    for short, places in short_forms.items():
        letters = letters_of(short)
        plain = letters.isupper() or READ_AS_WORD.fullmatch(short)
        last = len(w) if plain else places[0]  # a clipped name has its letters of what stands before it
        spelled = [
            _in_whole(w, i, end)
            for i in opening.get(letters[:2].casefold(), ())
            if i < last
            and (end := _spelled(w, i, short, people)) is not None
            and (len(letters) > 2 or (i, end) in named)
        ] or list(_apposed(w, short, places))
        if spelled:
            first, end = max(spelled, key=lambda s: (s[0] in bodies, s[1] - s[0], -s[0]))
            mention = NameMention(first, first, end, "ORG")
            for form in (short, letters, *(w.between(*one) for one in spelled)):
                out.setdefault(form, mention)
    return out


def with_spelled_out(w: Words, names: Sequence[NameMention], sources: Iterable[tuple[int, int]]) -> list[NameMention]:
    """The names of a text, where what it spells out is a body, whatever its letters may be taken for."""
    taken = [m for m in names if m.type == "PER" and m.end - m.first == 1 and ACRONYM.fullmatch(w.words[m.first])]
    spelled = acronyms(w, names, sources) if taken else {}
    bodies = {m for m in taken if (full := spelled.get(w.words[m.first])) is not None and full.end - full.first > 1}
    persons = _people_by_initials(w, names)
    known = [m for m in names if w.between(m.first, m.end) not in persons]
    found = [NameMention(i, i, i + 1, "PER") for i, word in enumerate(w.words) if word in persons]
    found += [attrs.evolve(m, start=m.first, type="ORG") if m in bodies else m for m in known]
    return sorted(found, key=lambda m: m.first)


def _people_by_initials(w: Words, names: Iterable[NameMention]) -> set[str]:
    """The initials, in capitals, of persons of three names or more: AMLO of Andrés Manuel López Obrador."""
    persons = {w.between(m.first, m.end) for m in names if m.type == "PER" and m.end - m.first >= SHORTEST_INITIALS}
    bodies = {initials(w.words[m.first : m.end]) for m in names if m.type == "ORG"}
    bodies |= {word for before, word in pairwise(w.words) if before.lower() == "the"}  # "the ANC" is no Ann Nora Cole
    return {letters for name in persons if (letters := initials(name.split())).isupper()} - bodies


def _short_forms(w: Words, found: Iterable[NameMention], sources: Iterable[tuple[int, int]]) -> dict[str, list[int]]:
    """Words of names and sources that may stand for a longer name, and where: "HPI", "NorFlCom", "Nato" as a name."""
    found = [m for m in found if m.type != "PER"]
    names = {i for m in found for i in range(m.first, m.end)}
    alone = {m.first for m in found if m.end - m.first == 1}
    out: dict[str, list[int]] = {}
    for i in sorted(names.union(*(range(first, end) for first, end in sources))):
        word = w.words[i]
        letters = letters_of(word)
        short = ACRONYM.fullmatch(letters) or SHORT_FORM.fullmatch(word)
        short = short or (i in alone and READ_AS_WORD.fullmatch(word))
        if short and letters.isalpha() and word not in countries():
            out.setdefault(word, []).append(i)
    return out


def _openings(w: Words) -> dict[str, list[int]]:
    """Where names may begin, by the first two letters of what may stand for them: of its words, or of one of these."""
    out: dict[str, list[int]] = {}
    for i, word in enumerate(w.words):
        if not is_capital(word):
            continue
        seconds = {letters_of(w.low[i])[1:2], *(part[:1].casefold() for part in word.split("-")[1:])}
        for k in range(i + 1, min(i + LONGEST_SPELLED, len(w))):
            seconds.add(w.low[k][0])
            if not _may_be_left_out(w.words[k], w.low[k]):
                break
        for second in seconds:
            places = out.setdefault(word[0].casefold() + second, [])
            if len(places) < MOST_ASKED:
                places.append(i)
    return out


def _spelled(w: Words, first: int, short: str, people: Collection[int]) -> int | None:
    """The end of a name that begins at a word and spells a short form; None where none does.

    Each capital gives its first letter, in a form that has small letters as many as it likes ("CentCom"), in capitals
    itself all of them (the UK of UKIP); small words give one or none.
    """
    letters, several = letters_of(short).casefold(), not letters_of(short).isupper()
    in_one = READ_AS_WORD.fullmatch(short) is not None

    @cache  # else endless where capitals, all of one letter, have many ways to share a form
    def goes_on(i: int, left: str, capitals: int, shortest: int) -> int | None:
        if not left:
            enough = capitals > 1 + (in_one and shortest < CLIPPED_TO)  # Saudia is not Saudi Arabia
            return i if enough and is_capital(w.words[i - 1]) else None
        if i - first == LONGEST_SPELLED or i == len(w) or i in people or w.sentences[i] != w.sentences[first]:
            return None
        word, low = w.words[i], w.low[i]
        if low[0] != left[0]:
            return goes_on(i + 1, left, capitals, shortest) if _may_be_left_out(word, low) else None
        parts = [part for part in word.split("-") if part]
        if len(parts) > 1 and left.startswith(initials := "".join(part[0] for part in parts).casefold()):
            rest: int | None = goes_on(i + 1, left[len(initials) :], capitals + sum(map(is_capital, parts)), 1)
            return rest
        capital = is_capital(word)
        plain = letters_of(low)
        pairs = enumerate(zip(plain, left, strict=False))
        shared = next((k for k, (a, b) in pairs if a != b), min(len(plain), len(left)))
        sizes: Iterable[int] = (0, 1) if _may_be_left_out(word, low) else (1,)
        if capital:
            whole = {len(plain)} if letters_of(word).isupper() else set()
            sizes = range(1, shared + 1) if several else sorted({1} | whole)
        for size in sizes:
            if size <= shared:
                ended = goes_on(i + 1, left[size:], capitals + capital, min(shortest, size or shortest))
                if ended is not None:
                    return ended
        return None

    return goes_on(first, letters, 0, LONGEST_SPELLED)


def _may_be_left_out(word: str, low: str) -> bool:
    """Whether an acronym may have no letter of a word: of small ones in names, and of stops."""
    return low in SMALL_WORDS or not word[0].isalnum() or (is_closed(low) and not is_capital(word))


def _in_whole(w: Words, first: int, end: int) -> tuple[int, int]:
    """The whole name of which words spell an acronym: its country before, "and Prevention" behind."""
    least = max(first - LONGEST_SPELLED, bisect_left(w.sentences, w.sentences[first]))
    while first > least and _in_name(w, first - 1):
        first -= 1
    return first, max(end, organization_end(w, first))


def _apposed(w: Words, short: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The names right behind a short form that says more loosely what they are: "CORAL, the Council of Rural Arts"."""
    for i in places:
        if w.low[i + 1 : i + 3] == [",", "the"] and i + 3 < len(w):
            end = organization_end(w, i + 3)
            if abbreviates(short, w.between(i + 3, end)):
                yield i + 3, end


def _clipped(w: Words, found: Iterable[NameMention]) -> dict[str, NameMention]:
    """Names made of the beginnings of another's words: "the Lib Dems", "CentCom" of "the US Central Command".

    One word is so only behind the whole name, else ValGaz is the Valdorian Gazette that is named on the next page.
    """
    named: dict[str, NameMention] = {}
    for mention in found:
        if mention.type != "PER":
            named.setdefault(w.between(mention.first, mention.end), mention)
    out: dict[str, NameMention] = {}
    for name, short in named.items():
        pieces = CLIPPED.findall(name)
        if len(pieces) > 1 and "".join(pieces) == name.replace(" ", ""):
            full = next((m for other, m in named.items() if _begin(pieces, other.split())), None)
            if full is not None and (full.first < short.first or " " in name):
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
    out: dict[str, NameMention] = {}
    for i, short, spelled in _bracketed(w):
        if spelled is not None and _is_role(w, spelled, i):
            continue  # of somebody: "superintendent of police (SP)"
        first = _called(w, i, ends[i]) if spelled is None and i in ends else spelled
        if first is not None:
            end = i - (w.low[i - 1] == OWNS and i - 1 > first)  # "the Agency's (EPA) view"
            for form in (short, letters_of(short), w.between(first, min(organization_end(w, first), end))):
                out.setdefault(form, NameMention(first, first, end, "ORG"))
    return out


def offices_in_short(w: Words, sources: Iterable[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The offices of letters: the words of "superintendent of police (SP)" by "SP".

    Without brackets, of letters that speak: "the DSG", who is the Deputy Solicitor General.
    """
    out: dict[str, tuple[int, int]] = {}
    for i, short, first in _bracketed(w):
        if first is not None and ACRONYM.fullmatch(short) and _is_role(w, first, i):
            out.setdefault(short, (first, i))
    for first, end in sources:
        short = w.words[end - 1]
        if w.low[first : end - 1] == ["the"] and OFFICE.fullmatch(short) and short not in out:
            places = (i for i in range(first) if w.words[i][0] == short[0])
            spelled = next(((i, stop) for i in places if (stop := _spelled_by_capitals(w, i, short)) is not None), None)
            out.update({short: spelled} if spelled else {})
    return out


def _spelled_by_capitals(w: Words, first: int, short: str) -> int | None:
    """Where an office ends whose capitals, from word `first` on, are a short form: "Director of Public Works"."""
    i, left = first, short
    while left and i < w.sentence_end(first) and (w.words[i][0] == left[0] or is_closed(w.words[i])):
        left = left[w.words[i][0] == left[0] :]
        i += 1
    return i if not left and _is_role(w, first, i) else None


def _bracketed(w: Words) -> Iterator[tuple[int, str, int | None]]:
    """Each bracket that holds one word, the word, and where what it abbreviates begins; None where nothing does."""
    for i in range(1, len(w) - 2):
        if w.words[i] == "(" and w.words[i + 2] == ")":
            letters = letters_of(w.words[i + 1])
            yield i, w.words[i + 1], _spelled_from(w, i, letters.upper()) if letters.isalpha() else None


def _is_role(w: Words, first: int, end: int) -> bool:
    """Whether words are an office that somebody holds, by their noun: "superintendent | of police"."""
    return OWNS not in w.low[first:end] and "for" not in w.low[first:end] and is_role_noun(head_noun(w, first, end))


def _known_as(w: Words, found: Iterable[NameMention]) -> dict[str, NameMention]:
    """The acronyms set off behind "or", which may be of another language: "the World Rivers Union, or UMR,"."""
    out: dict[str, NameMention] = {}
    for m in found:
        at = m.end + 2
        said = w.low[m.end : at] == [",", "or"] and at + 1 < len(w) and w.words[at + 1] in (",", ".", ")")
        if said and m.type == "ORG" and m.end - m.first > 1 and ACRONYM.fullmatch(w.words[at]):
            out[w.words[at]] = m
    return out


def _called(w: Words, bracket: int, mention: NameMention) -> int | None:
    """The first word of the name before a bracket that gives a short form by which the article goes on to call it.

    The form may be one of another language, "the Central Reserve Bank (BCR)", or no letters of the name's at all.
    """
    short = w.words[bracket + 1]
    begin = min(name_start(w, bracket), mention.first)
    starts: list[int] = [mention.first, *range(begin, bracket)]
    for start in starts:
        if abbreviates(short, w.between(start, bracket)):
            run = start  # and what goes before: "Oxbow Council | Centre of Care (CoC)"
            while run > begin and _in_name(w, run - 1):
                run -= 1
            titled = is_role_noun(w.low[run]) and w.words[run] not in words("speakers/demonyms")
            return start if titled else run
    again = ACRONYM.fullmatch(short) is not None or short[0] == w.words[begin][0]  # no "Institute (Bergen)"
    return begin if again and mention.type == "ORG" and bracket - begin > 1 else None


def _in_name(w: Words, i: int) -> bool:
    return is_capital(w.words[i]) and not is_closed(w.low[i])


def _spelled_from(w: Words, end: int, left: str) -> int | None:
    """The first of the words before `end` whose initials make an acronym, small words left out: "Alliance to …"."""
    i = end
    while left and i > max(end - LONGEST_SPELLED, 0):
        i -= 1
        if w.words[i][0].upper() == left[-1] and (is_capital(w.words[i]) or not is_closed(w.low[i])):
            left = left[:-1]
        elif is_capital(w.words[i]) or not is_closed(w.low[i]):
            return None
    return i if not left else None
