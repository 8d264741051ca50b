"""The words of a claim as they are compared: spelt alike, stemmed, with their offsets and the marks around them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from operator import attrgetter

import attrs
import regex
import snowballstemmer

from quotebank.spans import Span
from quotebank.text import (
    ENDINGS,
    QUOTATION_MARK,
    Quotations,
    Tokens,
    bounds_in,
    is_one_line,
    is_parted,
    pair_quotes,
    sentences_at,
    table,
    tokenize,
    words,
)

ELLIPSES = frozenset({"…", "..", "...", "....", "....."})
CLITIC_S = frozenset({"'s", "’s", "s", "'S", "’S", "S"})
OPENING, CLOSING = frozenset("["), frozenset("]")  # around words that the paper put in
FIRST_PERSON = frozenset({"I"})  # in capitals, but no name
APOSTROPHES = frozenset("'’‘‛`´")
DOTTED = regex.compile(r"(?:\p{Lu}\.)+\p{Lu}?|US|UK|EU|UN")
NUMBER = regex.compile(r"\p{Nd}[\p{Nd}.,:]*+")
WORD = regex.compile(r"[\p{L}\p{N}%&]")
JOINERS = frozenset("-–'’‘“”\"‹›«»`()[]")  # marks at which no clause ends
LONGEST_CHUNK = 40  # code points of what is remembered
NONE_QUOTED = Quotations((), {})
CACHED_LENGTH = 4_000  # code points: longer texts are read again each time, so that the cache stays small
CACHED_TEXTS = 1_024
CACHED_STEMS = 65_536
CACHED_TOKENS = 8  # texts: what is read for its sentences is mostly read for its words next
CACHED_SENTENCES = 4_096

_Compared = tuple[str, str, bool]  # key, stem, and whether it is written as a name is
_Token = tuple[int, int, str, _Compared | None]  # from, to, as written, and as it is compared, if it is a word

_STEMMER = snowballstemmer.stemmer("english")


@attrs.frozen(eq=False)
class Words:
    """The words of a text, one entry each in every list; punctuation is none of them.

    `keys`: lower case, one spelling, contractions expanded. `stems`: the same, stemmed. `starts`, `ends`: code points
    of the text, half-open. `quoted`: whether a word stands in quotation marks; `editorial`, in square brackets.
    `breaks`: whether words may be left out before this one, by an ellipsis or where a quotation begins anew.
    `sentences`, `clauses`: which one a word belongs to, counted from 0. `names`: whether it is written as a name is.
    Most are tuples, which the garbage collector forgets.
    """

    text: str
    keys: list[str] = attrs.field(factory=list)
    stems: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    quoted: tuple[bool, ...] = ()
    editorial: tuple[bool, ...] = ()
    breaks: tuple[bool, ...] = ()
    sentences: tuple[int, ...] = ()
    clauses: tuple[int, ...] = ()
    names: tuple[bool, ...] = ()

    def __len__(self) -> int:
        return len(self.keys)

    def only(self, chosen: Iterable[int]) -> Words:
        """The chosen words alone; where some between two are left out, `breaks` says so."""
        indexes = list(chosen)
        _, keys, *others = attrs.astuple(self, recurse=False)
        columns = (tuple([column[i] for i in indexes]) for column in others)
        stems, starts, ends, quoted, editorial, breaks, *rest = columns
        apart = [at > 0 and i != indexes[at - 1] + 1 for at, i in enumerate(indexes)]
        breaks = tuple([left_out or shown for left_out, shown in zip(apart, breaks, strict=True)])
        return Words(self.text, [keys[i] for i in indexes], stems, starts, ends, quoted, editorial, breaks, *rest)


def read_words(text: str) -> Words:
    """The words of any string. Treat the result as read-only: short texts are remembered."""
    return _remembered(text) if len(text) <= CACHED_LENGTH else _read(text)


@lru_cache(maxsize=CACHED_TEXTS)
def _remembered(text: str) -> Words:
    return _read(text)


def _read(text: str) -> Words:
    """The words of a text: where single blanks part it, as most claims, its chunks are looked up, in half the time."""
    chunks = list(map(_chunk, text.split(" ")))
    return (_in_chunks(text, chunks) if all(chunks) else None) or _in_tokens(text)  # type: ignore[arg-type]


@lru_cache(maxsize=CACHED_STEMS)
def _word(token: str) -> _Compared | None:
    """A token as it is compared, by itself, its stem, and whether it is written as a name is; None for no word."""
    key = _spoken(token)
    return None if key is None else (key, stem(key), token[0].isupper() and token not in FIRST_PERSON)


@attrs.frozen(eq=False)
class _Chunk:
    """What stands between two blanks: its tokens, with their bounds, as written and as they are compared.

    `word` is the one that it is, if nothing but a `comma` stands with it. `marked`: it has marks that may be quotation
    marks; `ends`: the tokens behind which a sentence may end; `capital`: it ends in a capital alone, maybe a drop cap.
    """

    tokens: tuple[_Token, ...]
    length: int
    word: _Compared | None
    comma: bool
    marked: bool
    ends: tuple[int, ...]
    capital: bool


@lru_cache(maxsize=CACHED_STEMS)
def _chunk(written: str) -> _Chunk | None:
    """A chunk, if its tokens are the same in every text; None for nothing, and for any other white space."""
    bounds = bounds_in(written) if len(written) <= LONGEST_CHUNK else None
    if bounds is None:
        return None
    tokens = tuple([(start, end, written[start:end], _word(written[start:end])) for start, end in bounds])
    (_, _, first, word), last = tokens[0], tokens[-1][2]
    comma = len(tokens) == 2 and last == ","
    ended = [token[-1] in ENDINGS for _, _, token, _ in tokens]
    noted = [token[-1].isdigit() and before for (_, _, token, _), before in zip(tokens[1:], ended, strict=False)]
    return _Chunk(
        tokens=tokens,
        length=len(written),
        word=word if (len(tokens) == 1 or comma) and not ended[0] and first not in CLITIC_S else None,
        comma=comma,
        marked=QUOTATION_MARK.search(written) is not None,
        ends=tuple([at for at, (end, note) in enumerate(zip(ended, [False, *noted], strict=True)) if end or note]),
        capital=len(last) == 1 and last.isupper(),
    )


_word_of, _is_marked = attrgetter("word"), attrgetter("marked")


def _in_chunks(text: str, chunks: Sequence[_Chunk]) -> Words | None:
    """The words of a text of these chunks; None where one is the drop cap of the next."""
    at = list(accumulate([chunk.length + 1 for chunk in chunks[:-1]], initial=0))
    for n, chunk in enumerate(chunks[:-1]):
        if chunk.capital:
            start, end, *_ = chunks[n + 1].tokens[0]
            if is_parted(text, at[n] + chunk.length - 1, at[n + 1] + start, at[n + 1] + end):
                return None
    if all(map(_word_of, chunks)):
        return _of_words(text, chunks, at)
    tokens: list[_Token] = []
    places: list[int] = []
    for chunk, begin in zip(chunks, at, strict=True):
        if chunk.ends:
            places += [len(tokens) + n + 1 for n in chunk.ends]
        for start, end, token, word in chunk.tokens:
            tokens.append((begin + start, begin + end, token, word))
    quotations = pair_quotes(text) if any(map(_is_marked, chunks)) else NONE_QUOTED
    behind = len(tokens)
    while behind and tokens[behind - 1][3] is None:
        behind -= 1
    places = [place for place in places if place < behind]  # no word stands behind the others
    firsts = [0]
    if places:
        starts, ends = [t[0] for t in tokens], [t[1] for t in tokens]
        firsts = sentences_at(text, starts, ends, quotations.roles, places)
    return _put_together(text, tokens, frozenset(firsts), quotations)


def _of_words(text: str, chunks: Sequence[_Chunk], starts: Sequence[int]) -> Words:
    """The words of a text of words and commas alone."""
    keys, stems, names = zip(*[chunk.word for chunk in chunks if chunk.word], strict=True)
    commas = [chunk.comma for chunk in chunks]
    ends = tuple([start + chunk.length - chunk.comma for chunk, start in zip(chunks, starts, strict=True)])
    first, none = (0,) * len(chunks), (False,) * len(chunks)
    clauses = tuple(accumulate(commas[:-1], initial=0)) if True in commas else first
    return Words(text, list(keys), stems, tuple(starts), ends, none, none, none, first, clauses, names)


def _in_tokens(text: str) -> Words:
    """The words of any text."""
    found = _tokens(text)
    written = found.words()
    tokens = zip(found.starts, found.ends, written, map(_word, written), strict=True)
    return _put_together(text, tokens, frozenset(found.sentences), found.quotations)


def _put_together(text: str, tokens: Iterable[_Token], firsts: Collection[int], quotations: Quotations) -> Words:
    """The words of a text: those of its tokens that are words, by where they stand; `firsts` begin sentences."""
    outer = iter(quotations.outer)
    quotation = next(outer, None)
    bracket = broken = False
    sentence = clause = 0
    previous = ""
    found: list[tuple[str, str, int, int, bool, bool, bool, int, int, bool]] = []  # in the order of the fields
    for at, (start, end, token, word) in enumerate(tokens):
        if at in firsts and at:
            sentence, clause = sentence + 1, clause + 1
        while quotation is not None and quotation.end <= start:
            quotation, broken = next(outer, None), True
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
    if not found:
        return Words(text)
    keys, *columns = zip(*found, strict=True)
    return Words(text, list(keys), *columns)


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
    return key not in _without_content()


@cache
def _without_content() -> frozenset[str]:
    return words("text/function_words") | words("text/negations")


def is_negation(key: str) -> bool:
    """Whether a word, as `Words.keys` has it, turns a statement into its opposite."""
    return key in words("text/negations")


def begins_a_clause(key: str) -> bool:
    """Whether a word, as `Words.keys` has it, may do no more than begin what is reported: "that", "to"."""
    return key in words("comparing/complementizers")
