"""A quotation as people type it: with what an editor puts into it, in other marks, copied with who said it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import attrs
import regex

from quotebank.bank.plain_reports import reporting_stems
from quotebank.bank.stored_form import plain_words
from quotebank.comparing import Words, read_words, stem
from quotebank.text import one_spelling, other_spellings, unaccented

CLITICS = {  # and what they stand for, as words without apostrophes
    **dict.fromkeys(("s", "is", "has", "us"), "s"),
    **dict.fromkeys(("d", "would", "had"), "d"),
    **dict.fromkeys(("ll", "will", "wo"), "ll"),
    **dict.fromkeys(("ve", "have"), "ve"),
    **dict.fromkeys(("re", "are"), "re"),
    **dict.fromkeys(("m", "am"), "m"),
}
NOT = regex.compile(r"\b(can) t\b|(?<=\b\w+)n t\b|\b(can)not\b")
CLITIC = 2  # code points of "'s"
PERFECT = frozenset(  # what stands behind "has" and "had", and seldom behind "is" and "would"
    {"been", "had", "got", "gone", "done", "made", "said", "told", "lost", "found", "seen", "given", "taken", "become"}
    | {"come", "won", "left", "kept", "heard", "known", "shown", "begun", "better", "brought", "bought", "paid", "sold"}
)
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
    r"(?<=^[\"“].*[\"”])\s*+(?:[—–-]{1,2}\s*+(?<who>\p{L}[^\"“”()]{1,80})|\((?<who>\p{L}[^\"“”()]{1,80})\))$"
)
LABELLED = regex.compile(r"^(?<who>\p{Lu}[^\"“”:]{1,80}):\s*+(?=[\"“].*[\"”]$)")  # Ann Lee, engineer: “…”
LETTER_MARK = regex.compile(r"(?<=\p{L})[´`](?=\p{L})")  # for an apostrophe
SIGNATURE_WORDS = 8


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
    return "" if named and any(words.names[1:] or (len(words) == 1,)) else str(match[0])


def alike(words: Words, others: Words) -> tuple[Words, Words]:
    """The words of two texts as one is laid against the other: "per cent" as one word where one has "percent"."""
    joined = ("percent" in words.keys) != ("percent" in others.keys)
    return compared(words, joined=joined), compared(others, joined=joined)


def compared(words: Words, *, joined: bool = False) -> Words:
    """Words as a quotation is laid against them: in one spelling, contractions in full, "[W]e" as one word.

    Without accents, too; `joined`: whether "per cent" is one word.
    """
    keys = [one_spelling(unaccented(key)) for key in map(partial(_in_full, words), range(len(words)))]
    pairs = range(len(words) - 1)
    halves = [at for at in pairs if _is_edited_letter(words, at) or (joined and keys[at : at + 2] == ["per", "cent"])]
    if keys == words.keys and not halves:
        return words
    stems = [
        stem(key) if key != was else as_it_is for key, was, as_it_is in zip(keys, words.keys, words.stems, strict=True)
    ]
    respelled = attrs.evolve(words, keys=keys, stems=tuple(stems))
    return _joined(respelled, halves) if halves else respelled


def in_any_spelling(word: str) -> str:
    """A word, or a run of words, as full-text search is asked for it: in all its spellings."""
    forms = [word, *other_spellings(word.casefold())] if word.isalnum() else [word]
    return f'"{word}"' if len(forms) == 1 else "(" + " OR ".join(f'"{form}"' for form in forms) + ")"


def loosely_spelled(text: str) -> str:
    """The words of a text in one spelling, one space between two, each contraction as any that it may stand for."""
    plain = NOT.sub(lambda found: f"{found[1] or found[2] or ''} not", plain_words(text))
    return " ".join(map(_loosely, plain.split()))


@lru_cache(maxsize=65_536)
def _loosely(word: str) -> str:
    return CLITICS.get(word) or one_spelling(unaccented(word))


def _in_full(words: Words, at: int) -> str:
    """A word without a contraction: "had" or "would" of "'d", "has" of "'s" before "been", "us" of "let's"."""
    key = words.keys[at]
    following = next((behind for behind in words.keys[at + 1 : at + 3] if behind != "not"), "")
    if key in ("'d", "’d", "´d"):
        return "had" if following in PERFECT or following.endswith("ed") else "would"
    if key != "is" or words.text[words.ends[at] - 1] not in "sS" or words.ends[at] - words.starts[at] > CLITIC:
        return key
    if words.text[words.starts[at]] in "iI":
        return key
    if at and words.keys[at - 1] == "let":
        return "us"
    return "has" if following in PERFECT else key


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
