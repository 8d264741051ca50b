"""Text to tokens and sentences, with exact offsets, in time linear in the text.

Tokens follow Universal Dependencies' English: clitics are their own (do|n't, Kerry|’s), hyphens split, a stop belongs
to its abbreviation. Sentences end at stops, also where lost line breaks glue them to the next ("then.Three years"),
and at every paragraph break. Nothing in the text is changed; white space belongs to no token, nor do tags of HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

import attrs
import regex

from quotebank.text.line_kinds import Line, read_lines
from quotebank.text.markup import without_markup
from quotebank.text.quotation_marks import Quotations, Role, pair_quotes
from quotebank.text.word_lists import words

# White space is what `str.isspace` says it is: \s and the four separators \x1C to \x1F.
_WEB = r"""
    (?:https?://|www\.)                                            # a web address, up to its last letter or bracket
      (?:[^\s\x1C-\x1F<>"“”‘’«»()]|\([^\s\x1C-\x1F<>"“”‘’«»()]{0,80}\)){0,300}(?<=[\p{L}\p{N}/)])
"""
_MAIL = r"""
  | [\p{L}\p{N}_][\p{L}\p{N}_.%+\-]{0,63}+@[\p{L}\p{N}\-]{1,63}+(?:\.[\p{Ll}\p{N}\-]{1,63}+){1,6}+(?<=\p{Ll})
"""
_ENTITY = r"""
  | [\p{L}\p{M}\p{N}_]*+                                          # Ren&eacute;e
      (?:&(?:[A-Za-z](?:acute|grave|uml|circ|tilde|cedil|ring|slash|caron)|szlig|[AaOo][Ee]lig);
      [\p{L}\p{M}\p{N}_]*+)++
  | &(?:\#0?39|\#x27|\#8217|\#x2019|rsquo|apos);(?i:s|re|ve|ll|d|m|t)(?![\p{L}\p{N}])
  | &(?:\#x?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});                       # an entity of HTML that a scraper left
"""
_WORD = r"""
  | [@\#][\p{L}\p{N}_]++                                           # a handle, a hash tag
  | (?<!\p{L})(?:(?:Ph|Ed|Psy|Th)\.D|[BDM]\.(?:Sc|Phil|Ed))(?!\p{L})\.?+
  | (?<!\p{L})(?:\p{L}\.){2,}+(?:\p{L}(?![\p{L}\p{M}]))?           # U.S., a.m., J.F.K
  | \p{L}[\p{L}\p{N}]{0,40}\.(?:com|org|net|gov|edu|tv|co\.uk)(?![\p{L}\p{N}])
  | \p{N}++(?:[.,:]\p{N}++)++(?:\p{L}{1,3}(?!\p{L}))?+             # 100,000  3.5m  10:30
  | (?i:ca|do|did|does|is|are|was|were|wo|would|could|should|had|has|have|must|might|need|ai|sha)
      (?=(?i:n['’]t)(?!\p{L}))
  | (?i:can(?=not(?!\p{L})))
  | (?i:n['’]t)(?!\p{L})
  | ['’](?i:re|ve|ll)(?![\p{L}\p{N}])
  | \A['’]t\Z                                                      # van ’t Hoff
  | ['’](?i:s|d|m)(?![\p{L}\p{N}])(?!(?<!\p{L}['’].)['’])          # a clitic, but not a letter between marks: 'D'
  | [\p{L}\p{M}\p{N}_\u00AD\u200D]++
      (?:['’](?!(?i:s|re|ve|ll|d|m)(?![\p{L}\p{N}]))(?=\p{L})[\p{L}\p{M}\p{N}_]++)*+
      (?:\.(?<=\p{N}\.)\p{N}++)*+                                  # v2.0
  | \.{2,}+ | -{2,}+ | '' | `` | ’’
  | [\U0001F1E6-\U0001F1FF]{2}                                     # a flag
  | \p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}]*+           # a family is one token
      (?:\u200D\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}]*+)*+
  | [^\s\x1C-\x1F\u200B\u2060\uFEFF]\p{M}*+                         # all but blanks, those of no width too
"""
TOKEN = regex.compile(_WEB + _WORD, regex.VERBOSE | regex.VERSION1)
TOKEN_OR_MAIL = regex.compile(_WEB + _MAIL + _WORD, regex.VERBOSE | regex.VERSION1)
TOKEN_OR_ENTITY = regex.compile(_WEB + _MAIL + _ENTITY + _WORD, regex.VERBOSE | regex.VERSION1)
CHUNK = re.compile(r"\S+")  # no token holds white space, and none depends on what stands beyond it
CACHED_LENGTH = 32  # code points of a chunk that is remembered
ENTITY = regex.compile(r"&(?:\#x?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
INITIAL = regex.compile(r"\p{Lu}")
NAME_ENDS = regex.compile(r"[\"”’']|[^\S\r\n]*+(?:[\r\n]|\Z)")  # behind an initial: no name goes on there
NUMBER_FOLLOWS = regex.compile(r"[ \u00A0]?[\d#]")
STOPS = frozenset({".", "!", "?", "…"})
CLOSERS = frozenset({"”", "’", '"', "'", "''", "’’", "»", "›", "❞", "″", "」", "』", ")", "]"})
OPENERS = frozenset({"“", "‘", '"', "'", "``", "«", "‹", "„", "❝", "″", "「", "『", "(", "[", "—", "–", "•", "*"})
STRAIGHT = frozenset({'"', "'", "''", "’’", "″"})
ENDINGS = frozenset(".!?…”’\"'»›❞″」』)]")
MAY_END = ENDINGS | frozenset("0123456789¹²³")  # a footnote's number may follow the stop
LONE_LETTERS = frozenset("AIOXTECQUV")  # that begin sentences as words: T cells, X marks
AFTER_ARTICLE = frozenset({"long", "round", "gain", "cross", "mid"})  # of "A | long look", which is not "Along"
LETTER_AND_STOP = 2  # code points of "J."
SHORTEST_REST = 3  # letters of a word behind its drop cap, where no list has the word
NOTE_LENGTH = 3  # digits in the number of a footnote: more are a year
BRACKET_LENGTH = 12  # tokens in brackets that a lost line break may follow: (AP)The


@attrs.frozen
class Tokens:
    """A text's tokens and sentences.

    `starts[i]`, `ends[i]`: the code points of token i. `sentences[k]`: the index of sentence k's first token (a last
    entry closes the list with the number of tokens, where there are any). `paragraphs`: first tokens of paragraphs.
    """

    text: str
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    paragraphs: frozenset[int]
    quotations: Quotations
    lines: tuple[Line, ...] = ()

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, index: int) -> str:
        """Token `index` as written; a blank where the text has no more, for rules that look ahead."""
        try:
            return self.text[self.starts[index] : self.ends[index]]
        except IndexError:
            return " "

    def words(self) -> list[str]:
        """All tokens as written."""
        text = self.text
        return [text[s:e] for s, e in zip(self.starts, self.ends, strict=True)]

    def capitals_end(self, first: int) -> int:
        """One past the words with capital letters that stand in a row from token `first` on: that itself if none do."""
        end = first
        while self.word(end)[0].isupper():
            end += 1
        return end

    def sentence_of(self, index: int) -> tuple[int, int]:
        """First token and one past the last of the sentence that token `index` stands in."""
        behind = bisect_right(self.sentences, index)
        return self.sentences[behind - 1], self.sentences[behind]

    def sentence_bounds(self) -> list[tuple[int, int]]:
        """(first token, one past the last token) of each sentence."""
        return list(zip(self.sentences, self.sentences[1:], strict=False))


def tokenize(text: str, *, lined: bool = True) -> Tokens:
    """Cut `text` into tokens and sentences. Any string is accepted; a blank one has neither.

    Where it is not `lined`, as a part of one line, nobody asks what each line is: that takes most of the time.
    """
    text = without_markup(text)
    starts, ends = _tokens(text)
    quotations = pair_quotes(text)
    lines = read_lines(text) if lined else ()
    _cut_at_lines(starts, ends, lines)
    sentences, paragraphs = _sentences(text, starts, ends, quotations.roles, {line.start for line in lines})
    return Tokens(text, starts, ends, sentences, paragraphs, quotations, lines)


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """The bounds of tokens, before any are joined. Most of a text is chunks that were met before."""
    for chunk in CHUNK.finditer(text):
        at, written = chunk.start(), chunk[0]
        for start, end in _in_chunk(written) if len(written) <= CACHED_LENGTH else _in_chunk.__wrapped__(written):
            yield at + start, at + end


@lru_cache(maxsize=16_384)
def _in_chunk(chunk: str) -> tuple[tuple[int, int], ...]:
    """The bounds of tokens in what stands between two blanks."""
    pattern = TOKEN_OR_MAIL if "@" in chunk else TOKEN
    if "&" in chunk and ENTITY.search(chunk):
        pattern = TOKEN_OR_ENTITY
    return tuple([match.span() for match in pattern.finditer(chunk)])


@lru_cache(maxsize=16_384)
def bounds_in(chunk: str) -> tuple[tuple[int, int], ...] | None:
    """The bounds of the tokens of what stands between two blanks, where they are the same in every text; else None."""
    bounds: list[tuple[int, int]] = []
    behind = 0
    for start, end in _in_chunk(chunk):
        if start != behind or chunk[start] == "&":
            return None
        behind = end
        if bounds and chunk[start:end] == ".":
            word = chunk[slice(*bounds[-1])]
            if _has_stop(word):
                bounds[-1] = bounds[-1][0], end
                continue
            if INITIAL.fullmatch(word) or word in words("text/abbreviations_numbered"):
                return None
        bounds.append((start, end))
    return tuple(bounds) if behind == len(chunk) > 0 else None


def _tokens(text: str) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    numbered = words("text/abbreviations_numbered")
    first, last = -2, -2  # where the token before begins and ends
    for start, end in _cut(text):
        if last == start and end - start == 1 and text[start] == ".":
            word = text[first:start]
            if (
                _has_stop(word)
                or (len(word) == 1 and INITIAL.match(word) and not NAME_ENDS.match(text, end))
                or (word in numbered and NUMBER_FOLLOWS.match(text, end))
            ):
                ends[-1] = last = end
                continue
        if last - first == 1 and last == start - 1 and is_parted(text, first, start, end):
            ends[-1] = last = end
            continue
        starts.append(start)
        ends.append(end)
        first, last = start, end
    return starts, ends


@lru_cache(maxsize=16_384)
def _has_stop(word: str) -> bool:
    """Whether a stop belongs to a word, whatever stands behind it."""
    known = words("text/abbreviations")
    if word in known:
        return True
    if len(word) <= 2 or not word.isupper():  # "SUPT. LEE", no "SAT."
        return False
    title = word.capitalize()
    return title in known and title not in words("text/abbreviations_final")


def _cut_at_lines(starts: list[int], ends: list[int], lines: tuple[Line, ...]) -> None:
    """Cut the tokens in two in which a line begins, as a headline that lost its break has no blank behind it."""
    cuts = [line.start for line in lines if _is_inside(starts, ends, line.start)]
    if cuts:
        starts[:] = sorted([*starts, *cuts])
        ends[:] = sorted([*ends, *cuts])


def _is_inside(starts: list[int], ends: list[int], at: int) -> bool:
    """Whether a code point stands inside a token, behind its first one."""
    i = bisect_right(starts, at) - 1
    return i >= 0 and starts[i] < at < ends[i]


def is_parted(text: str, first: int, start: int, end: int) -> bool:
    """Whether the letter at `first` is an initial that the next word lost, as scrapers leave drop caps: T he."""
    initial, rest = text[first], text[start:end]
    if not (initial.isupper() and rest.islower() and rest.isalpha() and text[start - 1] == " "):
        return False
    before = text[:first].rstrip()[-1:] if first < 4 else text[first - 4 : first].rstrip()[-1:]
    if before and before not in '.!?…”"’' and text[first - 1] not in "\n\r\u2029":
        return False
    if initial == "A" and rest in AFTER_ARTICLE:
        return False
    if (initial + rest).lower() in words("text/closed_class") or initial + rest in words("text/sentence_starters"):
        return True
    return initial not in LONE_LETTERS and len(rest) > SHORTEST_REST and rest not in words("text/closed_class")


def _sentences(
    text: str, starts: list[int], ends: list[int], roles: dict[int, Role], opens: set[int]
) -> tuple[list[int], frozenset[int]]:
    """The first tokens of sentences and of paragraphs; `opens` are the code points at which lines begin."""
    count = len(starts)
    if not count:
        return [], frozenset()
    sentences = [0]
    paragraphs = {0}
    reader = _Stops(text, starts, ends, roles)
    for i in range(1, count):
        if starts[i] in opens:
            sentences.append(i)
            paragraphs.add(i)
        elif (text[ends[i - 1] - 1] in MAY_END or text[starts[i - 1]] == "&") and reader.end_before(i, sentences[-1]):
            sentences.append(i)
    sentences.append(count)
    return sentences, frozenset(paragraphs)


def sentences_at(
    text: str, starts: list[int], ends: list[int], roles: dict[int, Role], places: Iterable[int]
) -> list[int]:
    """The first tokens of sentences, of these `places` behind what may end one, in a text of one line."""
    sentences = [0]
    reader = _Stops(text, starts, ends, roles)
    for i in places:
        if reader.end_before(i, sentences[-1]):
            sentences.append(i)
    return sentences


@attrs.frozen
class _Stops:
    """Tells the stops that end a sentence from those that do not."""

    text: str
    starts: list[int]
    ends: list[int]
    roles: dict[int, Role]
    abbreviations: frozenset[str] = attrs.field(factory=lambda: words("text/abbreviations"))
    finals: frozenset[str] = attrs.field(factory=lambda: words("text/abbreviations_final"))
    starters: frozenset[str] = attrs.field(factory=lambda: words("text/sentence_starters"))
    clock: frozenset[str] = attrs.field(factory=lambda: words("text/clock_words"))

    def word(self, i: int) -> str:
        word = self.text[self.starts[i] : self.ends[i]]
        return unescape(word) if word[0] == "&" and len(word) > 1 else word

    def glued(self, i: int) -> bool:
        """Whether nothing is between token i and the one before."""
        return self.starts[i] == self.ends[i - 1]

    def end_before(self, i: int, first: int) -> bool:
        """Whether a sentence that began at token `first` ends before token i.

        Walk back over closing marks to the stop, then look ahead over opening ones to the next word.
        """
        j = self.stop_before(i)
        if j < first:
            return False
        stop = self.word(j)
        follower = self.opened_before(i)
        if follower is None:
            return False
        if stop[-1] not in STOPS:
            return stop in ")]" and follower == i and self.ends_bracket(i)
        if not self.begins(follower, glued=self.glued(i)):
            return False
        if len(stop) > 1 and stop.rstrip(".!?…"):
            return j > first and self.ends_abbreviation(j, i, follower) and not self.before_nickname(j, i, follower)
        return not (self.is_list_number(j, first) or (i == follower == j + 1 and self.glued(i) and self.in_code(i)))

    def before_nickname(self, j: int, i: int, follower: int) -> bool:
        """Whether token j is a name's initial, and a nickname in marks and the last name follow: J. “Billy” Tranter."""
        letter = self.word(j)
        if len(letter) != LETTER_AND_STOP or not letter[0].isupper() or follower != i + 1 or i + 3 >= len(self.starts):
            return False
        return self.word(i + 2) in CLOSERS and self.word(i + 3)[0].isupper()

    def stop_before(self, i: int) -> int:
        """The token before i that is, or bears, the stop: closing marks and the sign of a footnote may follow it."""
        j = self.before_notes(i)
        lowest = max(0, j - 4)
        while j > lowest and self.word(j) in CLOSERS and self.roles.get(self.starts[j]) != "open":
            j -= 1
        if self.text[self.ends[j] - 1] in STOPS or j == i - 1:
            return j
        return i - 1

    def before_notes(self, i: int) -> int:
        """The token before i, or before the footnotes in front of it: `agreed.2 Then`, `agreed.[2] Then`."""
        j = i - 1
        if self.glued(i):
            return j
        while j >= 3 and self.glued(j - 2) and self.is_number(j - 1) and self.word(j - 2) + self.word(j) == "[]":
            j -= 3
        if j >= 2 and self.is_number(j) and self.glued(j) and self.text[self.ends[j - 1] - 1] in ENDINGS:
            before = self.text[self.starts[j - 1] - 1]
            if self.glued(j - 1) and (before.isalpha() or before in ENDINGS):
                j -= 1
        return j

    def is_number(self, i: int) -> bool:
        return self.ends[i] - self.starts[i] <= NOTE_LENGTH and self.word(i).isdigit()

    def opened_before(self, i: int) -> int | None:
        """Token i, or the first one behind the marks that open there; None where one of them closes."""
        follower = i
        limit = min(i + 4, len(self.starts) - 1)
        while follower < limit and self.word(follower) in OPENERS:
            if self.closes(follower):
                return None
            follower += 1
        return follower

    def closes(self, i: int) -> bool:
        """Whether the mark at token i closes: one that belongs to no quotation tells by what it touches."""
        role = self.roles.get(self.starts[i])
        if role is None and self.word(i) in STRAIGHT:
            return self.glued(i) and not self.glued(i + 1)
        return role == "close"

    def begins(self, i: int, *, glued: bool) -> bool:
        """Whether a sentence can begin with token i."""
        word = self.word(i)
        if word[0].isupper() or word[0].istitle():
            return True
        return not glued and (word[0].isdigit() or word[0] in "$£€#@" or (len(word) > 2 and word[1].isupper()))

    def in_code(self, i: int) -> bool:
        """Whether token i is glued to a stop as in a code, a name or an unknown abbreviation: A.B, .NET."""
        word = self.word(i)
        if len(word) > 1 and not word.isupper():
            return False
        if i < 2 or not self.glued(i - 1):
            return len(word) > 1
        return self.ends[i - 2] - self.starts[i - 2] == 1 and not self.word(i - 2).isdigit()

    def is_list_number(self, j: int, first: int) -> bool:
        """Whether the stop at j belongs to the number, or small letter, of a list's item that the sentence begins."""
        if self.word(j) != "." or j - 1 != first or not self.glued(j):
            return False
        item = self.word(first)
        return (item.isdigit() and len(item) <= 2) or (len(item) == 1 and item.islower())

    def ends_bracket(self, i: int) -> bool:
        """Whether brackets, and the line with them, end before the word i that is glued to them: (AP)The."""
        word = self.word(i)
        if not (self.glued(i) and len(word) > 1 and word[0].isupper() and word[1:].islower()):
            return False
        for k in range(i - 2, max(-1, i - 2 - BRACKET_LENGTH), -1):
            if self.word(k) in "([":
                return (k == 0 or not self.glued(k)) and self.word(k + 1)[0].isupper()
        return False

    def ends_abbreviation(self, j: int, i: int, follower: int) -> bool:
        """Whether the abbreviation j is its sentence's last word, token i the next."""
        stem = self.word(j).rstrip(".")
        word = self.word(follower)
        initial = len(stem) == 1 and stem.isupper()
        if not (stem in self.finals or initial or ("." in stem and stem not in self.abbreviations)):
            return False
        if self.word(i) in "—–":
            return False
        if word in self.starters:
            return True
        if follower != i:
            return self.roles.get(self.starts[i]) == "open" or self.word(i) in "•*"
        if j != i - 1:
            return False
        if self.glued(i):
            return not initial and len(word) > 1
        return stem.islower() and word[0].isupper() and word not in self.clock
