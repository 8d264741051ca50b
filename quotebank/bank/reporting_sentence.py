"""The sentence that reports a claim, as a reader finds it in the article: content, cue and source together."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import attrs

from quotebank.bank.result_records import Appearance, Hit
from quotebank.bank.stored_form import claim_of
from quotebank.comparing import Words, sentences_around
from quotebank.records import Claim
from quotebank.spans import Span

Found = TypeVar("Found", Appearance, Hit)

OF_ARTICLE = (
    "SELECT records.record FROM articles JOIN claims ON claims.article_id = articles.id "
    "JOIN records ON records.claim_id = claims.id WHERE articles.article_id = ? AND "
)
OUTER = OF_ARTICLE + "claims.claim_id = ?"
INNER = OF_ARTICLE + "json_extract(records.record, '$.within') = ?"
WINDOW = 500  # code points of a paragraph that are read on either side of a claim


def sentence_of(text: str, claim: Claim) -> str:
    """The sentence or sentences that report a claim, on one line: from its first word to its last, cue and source."""
    found = [*claim.content, *claim.cue, *claim.source]
    spans = [s for s in found if s.start >= claim.content[0].start - WINDOW and s.end <= claim.content[-1].end + WINDOW]
    low, high = min(s.start for s in spans), max(s.end for s in spans)
    part, offset = paragraphs(text, low, high)
    around = sentences_around(part, low - offset, high - offset)
    if around is None:
        return " ".join(text[low:high].split())
    return " ".join(part[_opened(part, around.start) : closed(part, around.end)].split())


def paragraphs(text: str, low: int, high: int) -> tuple[str, int]:
    """The paragraphs from `low` to `high`, no more than a window around, and where they begin."""
    parted = text.rfind("\n\n", 0, low)
    start = max(parted + 2 if parted >= 0 else 0, low - WINDOW)
    end = text.find("\n\n", high)
    end = min(len(text) if end < 0 else end, high + WINDOW)
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
        for (record,) in self._connection.execute(INNER, (claim.article_id, claim.id)):
            one = claim_of(record)
            if all(any(piece.covers(span) for piece in one.content) for span in spans):
                return one
        return None

    def told(self, found: Iterable[Found]) -> Iterator[Found]:
        """What was found, with the sentences that report it."""
        for one in found:
            yield attrs.evolve(one, sentence=sentence_of(self.of(one.article.id), one.claim))
