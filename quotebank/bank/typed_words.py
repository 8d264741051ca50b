"""Words as people type them, as FTS5 is asked for them: beginnings, hyphens, apostrophes of every kind."""

from __future__ import annotations

import regex

APOSTROPHES = "'’ʼ‘`´"  # U+02BC is a letter to FTS5's unicode61, the others part words
BEGINNINGS = ("e", "co", "re", "pre", "anti", "non", "pro", "multi", "semi", "sub", "post", "over", "under", "mid")
REST = 4  # letters behind such a beginning that make a word of their own
SHORTEST = 5  # letters of the stem that a beginning may be longer than: immigr for immigrat*
CUT = 4  # letters that a stemmer may take away from a beginning
HYPHEN = regex.compile(r"(?<=\w)[-‐‑](?=\w)")
PLAIN = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def asked_for(word: str, *, begins: bool) -> str:
    """A word, or words in quotation marks, as an expression of FTS5; `begins`: as the beginning of words.

    Whatever is typed is quoted, so that nothing of it is an operator.
    """
    forms = [_quoted(form, begins=begins) for form in _spelled(word)]
    if begins and PLAIN.fullmatch(word):  # full-text search knows "immigration" as "immigr"
        forms += [_quoted(word[:end], begins=False) for end in range(max(SHORTEST, len(word) - CUT), len(word))]
    return forms[0] if len(forms) == 1 else f"({' OR '.join(forms)})"


def _quoted(text: str, *, begins: bool) -> str:
    return '"' + text.replace('"', " ") + '"' + ("*" if begins else "")


def _spelled(word: str) -> list[str]:
    """The ways in which texts write a word: e-mail and email, cooperation and co-operation, don't and donʼt."""
    forms = [word]
    if HYPHEN.search(word):
        forms.append(HYPHEN.sub("", word))
    elif PLAIN.fullmatch(word):
        low = word.casefold()
        forms += [
            f"{word[: len(part)]}-{word[len(part) :]}"
            for part in BEGINNINGS
            if low.startswith(part) and len(word) - len(part) >= REST
        ]
    if any(mark in word for mark in APOSTROPHES):
        plain = "".join("'" if mark in APOSTROPHES else mark for mark in word)
        forms += [plain, plain.replace("'", "ʼ")]
    return list(dict.fromkeys(forms))
