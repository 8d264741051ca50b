"""A quotation as people type it: with what an editor puts into it, in other marks, copied with who said it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import regex

from quotebank.bank.plain_reports import reporting_stems
from quotebank.comparing import Words, read_words, stem
from quotebank.text import unaccented

MARKS = "\"“”„«»‘’' "  # around a quotation
EDITED_LETTER = regex.compile(r"\[(\p{L})\](?=\p{L})")  # "[w]e", where the article has "We"
UNCLOSED = regex.compile(r"\[(?![^\[\]]*\])")  # a bracket that never ends would put in all that follows
SPACED_ELLIPSIS = regex.compile(r"\.(?: \.){2,3}")
TAG_WORDS = 12  # words of "said Ann Lee, the mayor," at most
# Who said it, copied with the words: in their midst, behind them, before them
TAG_INSIDE = regex.compile(r"(?<=[,.?!…—–-][\"”])\s([^\"“”]{5,150})\s(?=[\"“]\S)")
TAG_BEHIND = regex.compile(r"(?<=[,.?!…—–-][\"”])\s([^\"“”]{5,150})$")
TAG_BEFORE = regex.compile(r"^([^\"“”]{5,150}[,:])\s(?=[\"“]\S)")


def typed(quotation: str) -> str:
    """The words of a quotation, on one line, without marks around them and without who said it."""
    text = " ".join(quotation.replace("\0", " ").split())
    text = text.lower() if text.isupper() else text  # in capitals, "us" would be a country
    text = SPACED_ELLIPSIS.sub("…", UNCLOSED.sub("", EDITED_LETTER.sub(r"\1", text)))
    for tag in (TAG_INSIDE, TAG_BEHIND, TAG_BEFORE):
        text = tag.sub(_without_tag, text)
    return str(text.strip(MARKS))


def _without_tag(match: regex.Match[str]) -> str:
    words = read_words(match[1])
    said = len(words) <= TAG_WORDS and not reporting_stems().isdisjoint(words.stems)
    return " " if said else str(match[0])


def compared(words: Words) -> Words:
    """Words as a quotation is laid against them: without accents, and "[W]e" as one word."""
    if words.text.isascii() and "[" not in words.text:
        return words
    keys = [key if key.isascii() else unaccented(key) for key in words.keys]
    edited = [at for at in range(len(words) - 1) if _is_edited_letter(words, at)]
    if edited:
        return _joined(attrs.evolve(words, keys=keys), edited)
    return words if keys == words.keys else attrs.evolve(words, keys=keys)


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
