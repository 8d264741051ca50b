"""Text to tokens and sentences, with exact offsets, in time linear in the text.

Tokens follow Universal Dependencies' English: clitics are their own (do|n't, Kerry|’s), hyphens split, a stop belongs
to its abbreviation. Sentences end at stops, also where lost line breaks glue them to the next ("then.Three years"),
and at every paragraph break. Nothing in the text is changed; white space belongs to no token.
"""

from __future__ import annotations

import attrs
import regex

from quotebank.quotes import Quotations, pair_quotes
from quotebank.wordlists import words

TOKEN = regex.compile(
    r"""
    (?:https?://|www\.)[^\s<>"“”‘’«»]{0,300}[\p{L}\p{N}/]       # a web address, up to its last letter
  | [@\#][\p{L}\p{N}_]++                                         # a handle, a hash tag
  | (?<![\p{L}])(?:\p{L}\.){2,}+(?:\p{L}(?![\p{L}\p{M}]))?       # U.S., a.m., J.F.K
  | \p{L}[\p{L}\p{N}]{0,40}\.(?:com|org|net|gov|edu|tv|co\.uk)(?![\p{L}\p{N}])
  | \p{N}++(?:[.,:]\p{N}++)++\p{L}{0,3}(?!\p{L})                 # 100,000  3.5m  10:30
  | (?i:ca|do|did|does|is|are|was|were|wo|would|could|should|had|has|have|must|might|need|ai|sha)(?=n['’]t(?!\p{L}))
  | (?i:can)(?=not(?!\p{L}))
  | (?i:n['’]t)(?!\p{L})
  | ['’](?i:s|re|ve|ll|d|m)(?![\p{L}\p{N}])
  | [\p{L}\p{M}\p{N}_\u00AD\u200D]++(?:['’](?!(?i:s|re|ve|ll|d|m)(?![\p{L}\p{N}]))(?=\p{L})[\p{L}\p{M}\p{N}_]++)*+
  | \.{2,}+ | -{2,}+ | '' | `` | ’’
  | \S\p{M}*+
    """,
    regex.VERBOSE | regex.VERSION1,
)
BREAK = regex.compile(r"(?:\r\n?|\n)[ \t\u00a0]*(?:\r\n?|\n)|\u2029")
NEWLINE = regex.compile(r"[\r\n]")
INITIAL = regex.compile(r"\p{Lu}")
STOPS = frozenset({".", "!", "?", "…"})
CLOSERS = frozenset({"”", "’", '"', "'", "''", "’’", "»", "›", ")", "]"})
OPENERS = frozenset({"“", "‘", '"', "'", "``", "«", "‹", "„", "(", "[", "—", "–", "•", "*"})


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

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, index: int) -> str:
        """Token `index` as written."""
        return self.text[self.starts[index] : self.ends[index]]

    def words(self) -> list[str]:
        """All tokens as written."""
        text = self.text
        return [text[s:e] for s, e in zip(self.starts, self.ends, strict=True)]

    def sentence_bounds(self) -> list[tuple[int, int]]:
        """(first token, one past the last token) of each sentence."""
        return list(zip(self.sentences, self.sentences[1:], strict=False))


def tokenize(text: str) -> Tokens:
    """Cut `text` into tokens and sentences. Any string is accepted; a blank one has neither."""
    starts, ends = _tokens(text)
    quotations = pair_quotes(text)
    first_of_line = text.count("\n") + text.count("\r") > 0
    sentences, paragraphs = _sentences(text, starts, ends, quotations, first_of_line)
    return Tokens(text, starts, ends, sentences, paragraphs, quotations)


def _tokens(text: str) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    abbreviations = words("abbreviations")
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if end - start == 1 and text[start] == "." and ends and ends[-1] == start:
            word = text[starts[-1] : start]
            if word in abbreviations or (len(word) == 1 and INITIAL.match(word) and not _ends_glued(text, end)):
                ends[-1] = end
                continue
        starts.append(start)
        ends.append(end)
    return starts, ends


def _ends_glued(text: str, end: int) -> bool:
    """Whether what follows offset `end` cannot continue a name after an initial: nothing, or a line's end."""
    return end >= len(text) or text[end] in "\r\n" or text[end] in "\"”’'"


def _sentences(
    text: str, starts: list[int], ends: list[int], quotations: Quotations, lines: bool
) -> tuple[list[int], frozenset[int]]:
    count = len(starts)
    sentences = [0] if count else []
    paragraphs = {0} if count else set()
    blank_lines = bool(BREAK.search(text)) if lines else False
    finals, starters, roles = words("abbreviations_final"), words("sentence_starters"), quotations.roles
    for i in range(1, count):
        gap_start, gap_end = ends[i - 1], starts[i]
        if lines and gap_end > gap_start:
            gap = text[gap_start:gap_end]
            if ("\n" in gap or "\r" in gap or "\u2029" in gap) and _is_break(text, gap, starts, ends, i, blank_lines):
                sentences.append(i)
                paragraphs.add(i)
                continue
        if text[gap_start - 1] in ".!?…”’\"'»›)]" and _ends_sentence(text, starts, ends, i, roles, finals, starters):
            sentences.append(i)
    if count:
        sentences.append(count)
    return sentences, frozenset(paragraphs)


def _is_break(text: str, gap: str, starts: list[int], ends: list[int], i: int, blank_lines: bool) -> bool:
    """Whether a gap with a line break in it parts two paragraphs, rather than two lines of one."""
    if BREAK.search(gap):
        return True
    if not blank_lines:
        return True
    first = text[starts[i]]
    return text[ends[i - 1] - 1] in ".!?…”\"’'" or first in "•*-–—“\"" or text[ends[i - 1] - 1] == ":"


def _ends_sentence(
    text: str,
    starts: list[int],
    ends: list[int],
    i: int,
    roles: dict[int, str],
    finals: frozenset[str],
    starters: frozenset[str],
) -> bool:
    """Whether a sentence ends before token i: walk back over closing marks to the stop, then look ahead."""
    j = i - 1
    while j > 0 and text[starts[j] : ends[j]] in CLOSERS and roles.get(starts[j]) != "open" and i - j < 5:
        j -= 1
    stop = text[starts[j] : ends[j]]
    last = stop[-1]
    if last not in STOPS or roles.get(starts[i]) == "close":
        return False
    follower = i
    while follower < len(starts) - 1 and text[starts[follower] : ends[follower]] in OPENERS and follower - i < 4:
        if roles.get(starts[follower]) == "close":
            return False
        follower += 1
    word = text[starts[follower] : ends[follower]]
    glued = starts[i] == ends[i - 1]
    begins = word[0].isupper() or word[0].istitle() or (not glued and (word[0].isdigit() or word[0] in "$£€#@"))
    if not begins:
        return False
    if len(stop) > 1 and stop.rstrip(".!?…"):
        return (j == i - 1 or follower != i) and _abbreviation_ends(stop, word, follower != i, glued, finals, starters)
    return not (glued and i == follower and j == i - 1 and (len(word) == 1 or word.isupper()) and _short(text, starts, ends, j))


def _short(text: str, starts: list[int], ends: list[int], j: int) -> bool:
    """Whether the word before the stop is one letter, as in a code or an unknown abbreviation (A.B)."""
    return j > 0 and ends[j - 1] == starts[j] and ends[j - 1] - starts[j - 1] == 1 and not text[starts[j - 1]].isdigit()


def _abbreviation_ends(
    stop: str, word: str, marked: bool, glued: bool, finals: frozenset[str], starters: frozenset[str]
) -> bool:
    stem = stop.rstrip(".")
    may_end = "." in stem or stem in finals or (len(stem) == 1 and stem.isupper())
    if not may_end:
        return False
    if stem == "No" or stem == "Art":
        return word in starters
    return word in starters or marked or (stem.islower() and word[0].isupper()) or (glued and len(word) > 1)
