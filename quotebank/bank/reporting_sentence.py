"""The sentence that reports a claim, as a reader finds it in the article: content, cue and source together."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import attrs
import regex

from quotebank.bank.result_records import Appearance
from quotebank.bank.stored_form import claim_of
from quotebank.comparing import Words, sentences_around
from quotebank.records import Claim
from quotebank.spans import Span

OF_ARTICLE = (
    "SELECT records.record FROM articles JOIN claims ON claims.article_id = articles.id "
    "JOIN records ON records.claim_id = claims.id WHERE articles.article_id = ? AND "
)
OUTER = OF_ARTICLE + "claims.claim_id = ?"
INNER = OF_ARTICLE + "instr(records.record, ?)"  # to parse every record of an article takes ten times as long
STOPS = ".!?…\n"
UNSURE = "…\n"
MARKS = '"”’»'  # that stand behind a stop
CLOSING = "\"”’'»)]"
SHORT = 3  # letters of a word that is no abbreviation
BEGINS = regex.compile(r"\s+[\"“‘«(]*+[\p{Lu}\p{N}]|\s*+$")
WINDOW = 500  # code points on either side of a claim in which its other parts are looked for
BEFORE, BEHIND = 400, 350  # code points of a paragraph that are read before and behind them


def sentence_of(text: str, claim: Claim) -> str:
    """The sentence or sentences that report a claim, on one line: from its first word to its last, cue and source."""
    found = [*claim.content, *claim.cue, *claim.source]
    spans = [s for s in found if s.start >= claim.content[0].start - WINDOW and s.end <= claim.content[-1].end + WINDOW]
    low, high = min(s.start for s in spans), max(s.end for s in spans)
    part, offset = paragraphs(text, low, high)
    sure = sure_sentences(part, low - offset, high - offset)
    if sure is not None:
        return " ".join(sure.slice(part).split())
    around = sentences_around(part, low - offset, high - offset)
    if around is None:
        return " ".join(text[low:high].split())
    return " ".join(part[_opened(part, around.start) : closed(part, around.end)].split())


def sure_sentences(text: str, low: int, high: int) -> Span | None:
    """The sentences around two places where their bounds are plain; None where the words must be read to tell.

    Of the sentences that a search shows, two in three are told so, in a twentieth of the time.
    """
    before = max(text.rfind(stop, 0, low) for stop in STOPS)
    start = _sure_end(text, before) if before >= 0 else 0
    if start is None or start > low:
        return None
    last = high
    while last > low and text[last - 1] in CLOSING:
        last -= 1
    if last > low and text[last - 1] in STOPS:
        at = last - 1
    else:
        at = min((found for stop in STOPS if (found := text.find(stop, high)) >= 0), default=-1)
    end = _sure_end(text, at) if at >= 0 else len(text)
    return None if end is None else Span(start, max(end, high))


def _sure_end(text: str, at: int) -> int | None:
    """Where a sentence ends whose stop is at a place, with the marks behind it; None where it may be no end."""
    stop = text[at]
    if stop in UNSURE or text[at - 1 : at] in STOPS:
        return None
    word = text[max(at - 4, 0) : at].rstrip(CLOSING)
    if stop == "." and (len(word) < SHORT or not word[-SHORT:].islower() or not word[-SHORT:].isalpha()):
        return None  # an abbreviation, an initial, a number
    end = at + 1
    while end < len(text) and text[end] in MARKS:
        end += 1
    if stop != "." and end > at + 1:
        return None  # "“Why?” Smith asked"
    return end if BEGINS.match(text, end) else None


def has_whole_quotations(text: str) -> bool:
    """Whether every quotation that begins in a text also ends there, as far as its marks tell."""
    return text.count("“") == text.count("”") and text.count("«") == text.count("»") and text.count('"') % 2 == 0


def paragraphs(text: str, low: int, high: int) -> tuple[str, int]:
    """The paragraphs from `low` to `high`, no more than a window around, and where they begin."""
    parted = text.rfind("\n\n", 0, low)
    start = max(parted + 2 if parted >= 0 else 0, low - BEFORE)
    end = text.find("\n\n", high)
    end = min(len(text) if end < 0 else end, high + BEHIND)
    return text[start:end], start


def words_at(w: Words, spans: Iterable[Span], offset: int) -> list[int]:
    """The words that the spans touch, `offset` code points before which the read text begins."""
    found: set[int] = set()
    for span in spans:
        found.update(range(bisect_right(w.ends, span.start - offset), bisect_left(w.starts, span.end - offset)))
    return sorted(found)


def whole_sentences(w: Words, first: int, last: int) -> tuple[int, int]:
    """The words of the sentences from word `first` to word `last`: from, up to."""
    start, end = first, last + 1
    while start > 0 and w.sentences[start - 1] == w.sentences[first]:
        start -= 1
    while end < len(w) and w.sentences[end] == w.sentences[last]:
        end += 1
    return start, end


def _opened(text: str, at: int) -> int:
    """Where a sentence begins whose first word begins at `at`, with the marks before it."""
    while at and not text[at - 1].isspace() and not text[at - 1].isalnum():
        at -= 1
    return at


def closed(text: str, at: int) -> int:
    """Where a sentence ends whose last word ends at `at`, with the marks behind it."""
    while at < len(text) and not text[at].isspace() and not text[at].isalnum():
        at += 1
    return at


def opened_at(text: str, at: int) -> int:
    """Where a sentence begins whose first word begins at `at`, with the marks before it."""
    start = at
    while start and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1
    return at if start and text[start - 1].isalnum() else start  # "end.”“But": whose these are is not told


class Texts:
    """The texts of articles, each read once, where a sentence of it is needed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, str] = {}

    def of(self, article_id: str) -> str:
        """The text of an article of the bank."""
        if article_id not in self._known:
            sql = "SELECT text FROM articles WHERE article_id = ?"
            self._known[article_id] = self._connection.execute(sql, (article_id,)).fetchone()[0]
        return self._known[article_id]

    def outer(self, claim: Claim) -> Claim | None:
        """The claim of the bank in whose content a claim lies."""
        if claim.within is None:
            return None
        row = self._connection.execute(OUTER, (claim.article_id, claim.within)).fetchone()
        return claim_of(row[0]) if row else None

    def inner(self, claim: Claim, spans: Sequence[Span]) -> Claim | None:
        """The claim of the bank that lies in a claim's content and itself has the words at `spans`, all of them."""
        within = f'"within":{json.dumps(claim.id, ensure_ascii=False)}'
        for (record,) in self._connection.execute(INNER, (claim.article_id, within)):
            one = claim_of(record)
            if all(any(piece.covers(span) for piece in one.content) for span in spans):
                return one
        return None

    def read(self, article_ids: Iterable[str]) -> None:
        """Read the texts of articles of the bank at once."""
        sql = "SELECT article_id, text FROM articles WHERE article_id IN (SELECT value FROM json_each(?))"
        self._known.update(self._connection.execute(sql, (json.dumps(list(set(article_ids) - self._known.keys())),)))

    def told(self, found: Iterable[Appearance]) -> Iterator[Appearance]:
        """What was found, with the sentences that report it."""
        for one in found:
            yield attrs.evolve(one, sentence=sentence_of(self.of(one.article.id), one.claim))
