"""A quotation as people type it: with what an editor puts into it, in other marks, copied with who said it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import attrs
import regex

from quotebank.bank.plain_reports import reporting_stems
from quotebank.bank.stored_form import plain_words
from quotebank.comparing import Words, matching_blocks, read_words, stem
from quotebank.text import one_spelling, other_spellings, unaccented

CLITICS = {  # and what they stand for, as words without apostrophes
    **dict.fromkeys(("s", "is", "has", "us"), "s"),
    **dict.fromkeys(("d", "would", "had"), "d"),
    **dict.fromkeys(("ll", "will", "wo"), "ll"),
    **dict.fromkeys(("ve", "have"), "ve"),
    **dict.fromkeys(("re", "are"), "re"),
    **dict.fromkeys(("m", "am"), "m"),
}
OPEN = {  # those that may be one of several words
    **{word: clitic for word, clitic in CLITICS.items() if clitic in ("s", "d")},
    "'d": "d",
}
NOT = regex.compile(r"\b(can) t\b|(?<=\w)n t\b|\b(can)not\b")
CLITIC = 2  # code points of "'s"
MARKS = "\"“”„«»‘’' "  # around a quotation
EDITED_LETTER = regex.compile(r"\[(\p{L})\](?=\p{L})")  # "[w]e", where the article has "We"
UNCLOSED = regex.compile(r"\[(?![^\[\]]*\])")  # a bracket that never ends would put in all that follows
SPACED_ELLIPSIS = regex.compile(r"\.(?: \.){2,3}")
TAG_WORDS = 12  # words of "said Ann Lee, the mayor," at most
# Who said it, copied with the words: in their midst, behind them, before them
TAG_INSIDE = regex.compile(r"(?<=[,.?!…—–-][\"”])\s([^\"“”]{5,150})\s(?=[\"“]\S)")
TAG_BEHIND = regex.compile(r"(?<=[,.?!…—–-][\"”])\s([^\"“”]{5,150})$")
TAG_BEFORE = regex.compile(r"^([^\"“”]{5,150}[,:])\s(?=[\"“]\S)")
SIGNED = regex.compile(  # “…” — Ann Lee, mayor of Oxbow; “…” (Ann Lee)
    r"^[\"“](?:[^\"”]*+[\"”])++\K\s*+(?:[—–-]{1,2}\s*+(?<who>\p{L}[^\"“”()]{1,80})|\((?<who>\p{L}[^\"“”()]{1,80})\))$"
)
LABELLED = regex.compile(r"^(?<who>\p{Lu}[^\"“”:]{1,80}):\s*+(?=[\"“].*[\"”]$)")  # Ann Lee, engineer: “…”
LETTER_MARK = regex.compile(r"(?<=\p{L})[´`](?=\p{L})")  # for an apostrophe
SIGNATURE_WORDS = 8
CACHED = 65_536  # words


def typed(quotation: str) -> str:
    """The words of a quotation, on one line, without marks around them and without who said it."""
    text = " ".join(quotation.replace("\0", " ").split())
    text = text.lower() if text.isupper() else text  # in capitals, "us" would be a country
    text = SPACED_ELLIPSIS.sub("…", UNCLOSED.sub("", EDITED_LETTER.sub(r"\1", text)))
    text = LETTER_MARK.sub("'", text)
    for tag in (TAG_INSIDE, TAG_BEHIND, TAG_BEFORE):
        text = tag.sub(_without_tag, text)
    for signed in (SIGNED, LABELLED):
        text = signed.sub(_without_signature, text)
    return str(text.strip(MARKS))


def _without_tag(match: regex.Match[str]) -> str:
    words = read_words(match[1])
    said = len(words) <= TAG_WORDS and not reporting_stems().isdisjoint(words.stems)
    return " " if said else str(match[0])


def _without_signature(match: regex.Match[str]) -> str:
    words = read_words(match["who"])
    named = 0 < len(words) <= SIGNATURE_WORDS and match["who"][0].isupper()
    return "" if named and (len(words) == 1 or any(words.names[1:])) else str(match[0])


def alike(words: Words, others: Words) -> tuple[Words, Words]:
    """The words of two texts as one is laid against the other: "per cent" as one word where one has "percent".

    "'s" and "'d" are the words that stand for them in the other text: "He'd need" beside "He would need".
    """
    joined = ("percent" in words.keys) != ("percent" in others.keys)
    return _settled(compared(words, joined=joined), compared(others, joined=joined))


def compared(words: Words, *, joined: bool = False) -> Words:
    """Words as a quotation is laid against them: in one spelling, "[W]e" as one word.

    Without accents, too; `joined`: whether "per cent" is one word.
    """
    keys = [one_spelling(unaccented(key)) for key in words.keys]
    pairs = range(len(words) - 1)
    halves = [at for at in pairs if _is_edited_letter(words, at) or (joined and keys[at : at + 2] == ["per", "cent"])]
    respelled = _with_keys(words, keys)
    return _joined(respelled, halves) if halves else respelled


def in_any_spelling(word: str) -> str:
    """A word, or a run of words, as full-text search is asked for it: in all its spellings."""
    forms = [word, *other_spellings(word.casefold())] if word.isalnum() else [word]
    return f'"{word}"' if len(forms) == 1 else "(" + " OR ".join(f'"{form}"' for form in forms) + ")"


def loosely_spelled(text: str) -> str:
    """The words of a text in one spelling, one space between two, each contraction as any that it may stand for."""
    plain = NOT.sub(lambda found: f"{found[1] or found[2] or ''} not", plain_words(text))
    return " ".join(map(_loosely, plain.split()))


@lru_cache(maxsize=CACHED)
def _loosely(word: str) -> str:
    return CLITICS.get(word) or one_spelling(unaccented(word))


def _settled(mine: Words, told: Words) -> tuple[Words, Words]:
    """Two texts, each "'s" and "'d" of one as the word that stands for it in the other: "It's known", "It is known".

    Which word it is cannot be told from one text: "It's known to be bad" is "is", "It's known bad times" "has".
    """
    clitics, others = _open_clitics(mine), _open_clitics(told)
    if not clitics and not others:
        return mine, told
    keys, other_keys = list(mine.keys), list(told.keys)
    for i, j, count in matching_blocks(_loose(mine), _loose(told)):
        for at, place in zip(range(i, i + count), range(j, j + count), strict=True):
            if at in clitics:
                keys[at] = told.keys[place]
            elif place in others:
                other_keys[place] = mine.keys[at]
    return _with_keys(mine, keys), _with_keys(told, other_keys)


def _open_clitics(words: Words) -> frozenset[int]:
    """Where "'s" and "'d" stand, which may each be one of several words; "'s" is read as "is" already."""
    read = enumerate(zip(words.keys, words.starts, words.ends, strict=True))
    return frozenset(
        [
            at
            for at, (key, start, end) in read
            if key == "'d" or (key == "is" and end - start <= CLITIC and words.text[start] not in "iI")
        ]
    )


def _loose(words: Words) -> Words:
    """The words, each that "'s" or "'d" may stand for as that clitic."""
    return attrs.evolve(words, keys=[OPEN.get(key, key) for key in words.keys])


def _with_keys(words: Words, keys: list[str]) -> Words:
    """The words in other spellings."""
    if keys == words.keys:
        return words
    columns = zip(keys, words.keys, words.stems, strict=True)
    stems = tuple([as_it_is if key == was else stem(key) for key, was, as_it_is in columns])
    return attrs.evolve(words, keys=keys, stems=stems)


def _is_edited_letter(words: Words, at: int) -> bool:
    start, end = words.starts[at], words.ends[at]
    return words.editorial[at] and end == start + 1 and words.text[end] == "]" and words.starts[at + 1] == end + 1


def _joined(words: Words, letters: Sequence[int]) -> Words:
    """The words with each of some letters joined to the word behind it."""
    keys, ends, editorial = list(words.keys), list(words.ends), list(words.editorial)
    stems = list(words.stems)
    for at in letters:
        keys[at], ends[at], editorial[at] = keys[at] + keys[at + 1], ends[at + 1], False
        stems[at] = stem(keys[at])
    kept = sorted({*range(len(words))} - {at + 1 for at in letters})
    whole = attrs.evolve(words, keys=keys, stems=tuple(stems), ends=tuple(ends), editorial=tuple(editorial)).only(kept)
    return attrs.evolve(whole, breaks=tuple([words.breaks[at] for at in kept]))
