"""The words of a text as phrases need them: hyphened ones whole, lowered, each with its sentence and place."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from html import unescape
from itertools import pairwise

import attrs

from quotebank.spans import Span
from quotebank.text.tokens import Tokens
from quotebank.text.word_lists import words

OWNS = "'s"  # how `Words.low` writes every possessive ending
DASHES = frozenset({"—", "–", "--", "-"})
LONGEST_DATELINE = 9  # words, marks included
JOINERS = frozenset({"-", "–", "&", "‑", "/"})
HIDDEN = str.maketrans({"\u00a0": " ", **dict.fromkeys("\u00ad\u200b\u2060\ufeff")})
STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"})


@attrs.frozen
class Words:
    """The words of a text, hyphened ones whole: with offsets, sentence, line, and whether they stand in a quotation."""

    text: str
    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    quoted: list[bool]
    lines: list[int]
    """The number of each one's line; wrapped lines are one."""

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> int:
        """The word at an offset, or the last before it; 0 at the beginning."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def span(self, first: int, end: int) -> Span:
        """The code points from word `first` up to, not including, word `end`."""
        return Span(self.starts[first], self.ends[end - 1])

    def under(self, spans: Iterable[Span]) -> list[int]:
        """The words that stand under spans."""
        return [i for s in spans for i in range(self.at(s.start), self.at(s.end - 1) + 1)]

    def between(self, first: int, end: int) -> str:
        """The text from word `first` up to, not including, word `end`, as it is seen."""
        return as_seen(self.text[self.starts[first] : self.ends[end - 1]])

    def line_start(self, i: int) -> int:
        """The first word of the line of word `i`."""
        return bisect_left(self.lines, self.lines[i])

    def opens_sentence(self, i: int) -> bool:
        """Whether word `i` is the first of its sentence, quotation marks and a dateline left aside."""
        first = i
        while first > 0 and self.sentences[first - 1] == self.sentences[i] and not self.low[first - 1][0].isalnum():
            first -= 1
        if first == 0 or self.sentences[first - 1] != self.sentences[i]:
            return True
        if DASHES.isdisjoint(self.words[first:i]):
            return False
        while first > 0 and i - first < LONGEST_DATELINE and self.sentences[first - 1] == self.sentences[i]:
            first -= 1
        begins = first == 0 or self.sentences[first - 1] != self.sentences[i]
        return begins and len(self.words[first]) > 1 and self.words[first].isupper()  # "KARVIK, Thursday — Pilots"

    def sentence_end(self, i: int) -> int:
        """One past the last word of the sentence of word `i`."""
        return bisect_right(self.sentences, self.sentences[i])

    def capitals_end(self, first: int) -> int:
        """The end of the capitalized words from word `first` on, in its sentence; `first` where it has no capital."""
        end, size = first, len(self)
        while end < size and is_capital(self.words[end]) and self.sentences[end] == self.sentences[first]:
            end += 1
        return end

    @cached_property
    def small(self) -> frozenset[str]:
        """Words that stand somewhere without a capital."""
        return frozenset(low for word, low in zip(self.words, self.low, strict=True) if word == low)

    @cached_property
    def names_inside(self) -> frozenset[str]:
        """Words that stand with a capital inside a sentence and nowhere without: names, where they begin one too."""
        inside = (i for i, low in enumerate(self.low) if low not in self.small and not self.opens_sentence(i))
        return frozenset(self.words[i] for i in inside if is_capital(self.words[i]))


def as_seen(written: str) -> str:
    """Words of a text as they are read: entities of HTML as what they stand for, without hyphens and blanks unseen."""
    return written if written.isascii() and "&" not in written else unescape(written).translate(HIDDEN)


def words_of(tokens: Tokens) -> Words:
    """The words of a tokenized text; "vice-presidential", "R-Ohio" and "AT&T" are one."""
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    made_starts: list[int] = []
    made_ends: list[int] = []
    numbers: list[int] = []
    lines: list[int] = []
    line = 0
    sentence, firsts = -1, [*tokens.sentences, len(starts) + 1]
    glue = False
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        line += i in tokens.paragraphs
        if text[start] == "&" and as_seen(text[start:end]).isspace():
            continue  # "&nbsp;"
        new = i >= firsts[sentence + 1]
        while i >= firsts[sentence + 1]:
            sentence += 1
        joined = made_ends and start == made_ends[-1] and not new
        if joined and glue and text[start].isalnum():
            made_ends[-1] = end
            glue = False
            continue
        if (
            joined
            and text[start:end] in JOINERS
            and text[made_ends[-1] - 1].isalnum() | (text[made_ends[-1] - 1] == ".")
            and i + 1 < len(starts)
            and starts[i + 1] == end
            and text[end].isalnum()
            and not (text[start] == "–" and text[starts[i + 1] : ends[i + 1]] in words("text/closed_class"))
        ):
            made_ends[-1] = end
            glue = True
            continue
        glue = False
        made_starts.append(start)
        made_ends.append(end)
        numbers.append(sentence)
        lines.append(line)
    quoted = [False] * len(made_starts)
    for quotation in tokens.quotations.outer:
        i = bisect_right(made_starts, quotation.start - 1)
        while i < len(made_starts) and made_ends[i] <= quotation.end:
            quoted[i] = True
            i += 1
    written = (as_seen(text[s:e]) or text[s:e] for s, e in zip(made_starts, made_ends, strict=True))
    surface = [word.replace(" ", "") if " " in word else word for word in written]  # a drop cap apart: "F isherman"
    made = Words(text, surface, _lowered(surface), made_starts, made_ends, numbers, quoted, lines)
    for i in range(1, len(made)):
        if _owns(made, i):
            made.low[i] = OWNS
    return made


def _owns(w: Words, i: int) -> bool:
    """Whether word `i` is a possessive ending: "Iran’s", "the nurses' union", but no mark that closes a quotation."""
    if w.low[i] == "’s":
        return True
    if w.low[i] not in ("'", "’") or w.starts[i] != w.ends[i - 1] or i + 1 >= len(w):
        return False
    apart = w.starts[i + 1] > w.ends[i] and w.sentences[i + 1] == w.sentences[i] and w.quoted[i + 1] == w.quoted[i]
    return apart and w.low[i - 1][-1] in "sxz" and w.low[i + 1][0].isalnum()


def _lowered(surface: list[str]) -> list[str]:
    """The words in lower case, but for names that would read as words of a closed class: US, WHO, No 10."""
    low = [word.lower() for word in surface]
    for i, word in enumerate(surface):
        if word == "No" and i + 1 < len(surface) and surface[i + 1].isdigit():
            low[i] = word  # No 10
        if 1 < len(word) < 5 and word.isupper() and low[i] in words("text/closed_class"):
            beside = [s for s in (*surface[max(i - 1, 0) : i], *surface[i + 1 : i + 2]) if s[0].isalpha()]
            if beside and not any(s.isupper() and len(s) > 1 for s in beside):
                low[i] = word
    return low


def is_capital(word: str) -> bool:
    """Whether a word has a capital where names have one: its first letter, or one after a hyphen or apostrophe."""
    if word[0].isupper() or word.isalpha() or len(word) < 4:
        return word[0].isupper()
    return any(a in "-’'" and b.isupper() for a, b in pairwise(word))


def unaccented(word: str) -> str:
    """A word in lower case without accents and strokes, as it is typed where there are none: Łukasz, Økland, Strauß."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word).casefold().translate(STROKED)
    return "".join(c for c in letters if not unicodedata.combining(c))


def is_closed(low: str) -> bool:
    """Whether a lower-case word is of a closed class, or is punctuation."""
    return low in words("text/closed_class") or not low[0].isalnum()
