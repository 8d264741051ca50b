"""The words of a claim as they are compared: spelt alike, stemmed, with their offsets and the marks around them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from operator import add

import attrs
import regex
import snowballstemmer

from quotebank.spans import Span
from quotebank.text import Tokens, is_one_line, table, tokenize, words

ELLIPSES = frozenset({"…", "..", "...", "....", "....."})
CLITIC_S = frozenset({"'s", "’s", "s", "'S", "’S", "S"})
OPENING, CLOSING = frozenset("["), frozenset("]")  # around words that the paper put in
FIRST_PERSON = frozenset({"I"})  # in capitals, but no name
APOSTROPHES = frozenset("'’‘‛`´")
DOTTED = regex.compile(r"(?:\p{Lu}\.)+\p{Lu}?|US|UK|EU|UN")
NUMBER = regex.compile(r"\p{Nd}[\p{Nd}.,:]*+")
WORD = regex.compile(r"[\p{L}\p{N}%&]")
PLAIN = re.compile(r"(?![A-Z] )[A-Za-z]+(?:,? [A-Za-z]+)*+,?")  # a capital in front may be a drop cap: "T he"
JOINERS = frozenset("-–'’‘“”\"‹›«»`()")  # marks at which no clause ends
CACHED_LENGTH = 4_000  # code points: longer texts are read again each time, so that the cache stays small
CACHED_TEXTS = 1_024
CACHED_STEMS = 65_536
CACHED_TOKENS = 8  # texts: what is read for its sentences is mostly read for its words next
CACHED_SENTENCES = 4_096

_STEMMER = snowballstemmer.stemmer("english")


@attrs.frozen(eq=False)
class Words:
    """The words of a text, one entry each in every list; punctuation is none of them.

    `keys`: lower case, one spelling, contractions expanded. `stems`: the same, stemmed. `starts`, `ends`: code points
    of the text, half-open. `quoted`: whether a word stands in quotation marks; `editorial`, in square brackets.
    `breaks`: whether words may be left out before this one, by an ellipsis or where a quotation begins anew.
    `sentences`, `clauses`: which one a word belongs to, counted from 0. `names`: whether it is written as a name is.
    """

    text: str
    keys: list[str] = attrs.field(factory=list)
    stems: list[str] = attrs.field(factory=list)
    starts: list[int] = attrs.field(factory=list)
    ends: list[int] = attrs.field(factory=list)
    quoted: list[bool] = attrs.field(factory=list)
    editorial: list[bool] = attrs.field(factory=list)
    breaks: list[bool] = attrs.field(factory=list)
    sentences: list[int] = attrs.field(factory=list)
    clauses: list[int] = attrs.field(factory=list)
    names: list[bool] = attrs.field(factory=list)

    def __len__(self) -> int:
        return len(self.keys)

    def only(self, chosen: Iterable[int]) -> Words:
        """The chosen words alone; where some between two are left out, `breaks` says so."""
        indexes = list(chosen)
        lists = {f.name: [getattr(self, f.name)[i] for i in indexes] for f in attrs.fields(Words) if f.name != "text"}
        for at in range(1, len(indexes)):
            if indexes[at] != indexes[at - 1] + 1:
                lists["breaks"][at] = True
        return Words(text=self.text, **lists)


def read_words(text: str) -> Words:
    """The words of any string. Treat the result as read-only: short texts are remembered."""
    return _remembered(text) if len(text) <= CACHED_LENGTH else _read(text)


@lru_cache(maxsize=CACHED_TEXTS)
def _remembered(text: str) -> Words:
    return _read(text)


def _read_plain(text: str) -> Words | None:
    """The words of a text of letters, blanks and commas, as two claims in five and most names are, in half the time.

    None where it is no such text, or where what stands between two blanks may be more or less than a word.
    """
    if not PLAIN.fullmatch(text) or "cannot" in text.lower():  # which is two words
        return None
    tokens = text.split(" ")
    first = [0] * len(tokens)
    clauses = first
    starts = list(accumulate([len(token) + 1 for token in tokens[:-1]], initial=0))
    if "," in text:
        clauses = list(accumulate([token[-1] == "," for token in tokens[:-1]], initial=0))
        tokens = [token.removesuffix(",") for token in tokens]
    if not CLITIC_S.isdisjoint(tokens):
        return None
    keys, stems, names = map(list, zip(*filter(None, map(_word, tokens)), strict=True))
    ends = list(map(add, starts, map(len, tokens)))
    none = [False] * len(tokens)
    return Words(text, keys, stems, starts, ends, none, none, none, first, clauses, names)


def _read(text: str) -> Words:
    return _read_plain(text) or _read_any(text)


def _read_any(text: str) -> Words:
    tokens = _tokens(text)
    quotations = iter(tokens.quotations.outer)
    quotation = next(quotations, None)
    bracket = broken = False
    sentence = clause = 0
    firsts = set(tokens.sentences)
    previous = ""
    found: list[tuple[str, str, int, int, bool, bool, bool, int, int, bool]] = []  # in the order of the fields
    for at, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        token = text[start:end]
        word = _word(token)
        if at in firsts and at:
            sentence, clause = sentence + 1, clause + 1
        while quotation is not None and quotation.end <= start:
            quotation, broken = next(quotations, None), True
        if word is None:
            bracket = (bracket or token in OPENING) and token not in CLOSING
            broken = broken or token in ELLIPSES
            clause += token not in JOINERS and bool(found)
            continue
        key, stem_, named = word
        if token in CLITIC_S:
            key = _clitic(text, start, token, previous)
            stem_ = stem(key)
            if not key:
                continue
        previous = key
        quoted = quotation is not None and quotation.start <= start
        named = named and (not at or at not in firsts)
        found.append((key, stem_, start, end, quoted, bracket, broken, sentence, clause, named))
        broken = False
    return Words(text, *map(list, zip(*found, strict=True)))


@lru_cache(maxsize=CACHED_STEMS)
def _word(token: str) -> tuple[str, str, bool] | None:
    """A token as it is compared, by itself, its stem, and whether it is written as a name is; None for no word."""
    key = _spoken(token)
    return None if key is None else (key, stem(key), token[0].isupper() and token not in FIRST_PERSON)


def place_in(some: Words, of: Words) -> int | None:
    """The first word of some that stand in a row in others; None where they do not, or are none."""
    keys, count = some.keys, len(some)
    places = range(len(of) - count + 1 if keys else 0)
    return next((at for at in places if of.keys[at] == keys[0] and of.keys[at : at + count] == keys), None)


@lru_cache(maxsize=CACHED_TOKENS)
def _tokens(text: str) -> Tokens:
    return tokenize(text, lined="\n" in text and not is_one_line(text))


def _clitic(text: str, start: int, token: str, previous: str) -> str:
    """An 's behind a word as it is compared; "" for the possessive, which papers add and drop as they please."""
    if token in ("s", "S") and text[start - 1 : start] not in APOSTROPHES:
        return token.casefold()
    return "is" if previous in words("text/clitic_hosts") else ""


@lru_cache(maxsize=CACHED_SENTENCES)
def sentences_around(text: str, low: int, high: int) -> Span | None:
    """The sentences that the words between two code points stand in, from their first word to their last.

    None where no word stands there. As `read_words` tells words and sentences, without reading every word.
    """
    tokens = _tokens(text)
    first = next((i for i in range(bisect_right(tokens.ends, low), len(tokens)) if _key(tokens, i)), None)
    if first is None or tokens.starts[first] >= high:
        return None
    last = next(i for i in range(bisect_left(tokens.starts, high) - 1, first - 1, -1) if _key(tokens, i))
    begin, end = bisect_right(tokens.sentences, first) - 1, bisect_right(tokens.sentences, last)
    start = next(i for i in range(tokens.sentences[begin], first + 1) if _key(tokens, i))
    stop = next(i for i in range(tokens.sentences[end] - 1, last - 1, -1) if _key(tokens, i))
    return Span(tokens.starts[start], tokens.ends[stop])


def _key(tokens: Tokens, at: int) -> str:
    """Token `at` as it is compared; "" for one that is no word."""
    token = tokens.word(at)
    if token not in CLITIC_S:
        return _spoken(token) or ""
    previous = next(filter(None, (_key(tokens, i) for i in range(at - 1, -1, -1))), "")
    return _clitic(tokens.text, tokens.starts[at], token, previous)


@lru_cache(maxsize=CACHED_STEMS)
def _spoken(token: str) -> str | None:
    """A token as it is compared, by itself; None for one that is no word."""
    if not WORD.search(token):
        return None
    if DOTTED.fullmatch(token):
        return table("text/spelling_variants").get(token.lower(), _dotted(token))
    plain = token if token.isascii() else unicodedata.normalize("NFKC", token)
    plain = plain.casefold().replace("’", "'").replace("\u00ad", "")
    if NUMBER.fullmatch(plain):
        return plain.replace(",", "").rstrip(".")
    plain = table("text/contractions").get(plain, plain)
    return table("text/spelling_variants").get(plain, plain)


def _dotted(token: str) -> str:
    return ".".join(token.replace(".", "").lower()) + "."


@lru_cache(maxsize=CACHED_STEMS)
def _stem_of(key: str) -> str:
    return str(_STEMMER.stemWord(key))


def stem(key: str) -> str:
    """The stem of a lower-case word (Snowball's English stemmer, Porter 2001); numbers and abbreviations stay."""
    return _stem_of(key) if len(key) < 40 and key.isalpha() else key


def is_content(key: str) -> bool:
    """Whether a word, as `Words.keys` has it, says what a claim is about."""
    return key not in words("text/function_words") and key not in words("text/negations")


def is_negation(key: str) -> bool:
    """Whether a word, as `Words.keys` has it, turns a statement into its opposite."""
    return key in words("text/negations")


def begins_a_clause(key: str) -> bool:
    """Whether a word, as `Words.keys` has it, may do no more than begin what is reported: "that", "to"."""
    return key in words("comparing/complementizers")
