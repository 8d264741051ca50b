"""Passages of articles that hold words in a row, whether or not a claim of the bank is made of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import islice

import attrs
import regex

from quotebank.bank.plain_reports import reporting_stems
from quotebank.bank.reporting_sentence import sentence_of
from quotebank.bank.result_records import Passage, Reference
from quotebank.bank.standing import standing
from quotebank.bank.standing_features import terms_of
from quotebank.bank.stored_form import plain_words
from quotebank.comparing import Words, is_content, is_mentioned, place_in, read_words
from quotebank.records import Article, Claim
from quotebank.spans import Span

SHOWN = 3  # passages at most: to find the place in an article takes long
READ = 50  # articles that are read for a passage, those added last first
LEAST = 3  # words of a passage that is worth showing without quotation marks: two stand in many texts by chance
QUOTED = r"[\"“‘'«]({})[.,!?]*[\"”’'»]"
EARLIER, LATER = 300, 200  # code points before and behind them in which a short passage must name who is asked for
ASKED = 12  # content words by which articles are looked up
PRINTED = (
    "SELECT articles.article_id, articles.publisher, articles.title, articles.published, articles.url, articles.text "
    "FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid "
    "WHERE articles_fts MATCH ? ORDER BY articles_fts.rowid DESC LIMIT ?"
)


def passages(connection: sqlite3.Connection, words: Words, limit: int, speaker: str | None = None) -> list[Passage]:
    """Where the words stand in a row in the text of the articles added last, one place of each, oldest first.

    Few words only where they stand in quotation marks, in a sentence that names the `speaker` who is asked for.
    """
    content = [at for at, key in enumerate(words.keys) if is_content(key)][:ASKED]
    short = len(words) < LEAST
    asked = [words.text[words.starts[at] : words.ends[at]] for at in content]
    if not asked and speaker is not None:  # "yes", "it was over"
        said = (words.text[a:b] for a, b in zip(words.starts[:ASKED], words.ends, strict=False))
        asked = [*said, *sorted(terms_of(speaker))]
    if not asked or any(words.breaks[1:]) or (short and speaker is None):
        return []
    match = "text : (" + " ".join('"{}"'.format(one.replace('"', "")) for one in asked) + ")"
    rows = connection.execute(
        PRINTED,
        (match, READ),
    )
    found = islice(_standing(words, rows, speaker, marked_only=short), min(limit, SHOWN))
    return sorted(found, key=lambda p: (p.article.published is None, str(p.article.published)))


def _standing(
    words: Words, rows: Iterator[tuple[str, ...]], speaker: str | None, *, marked_only: bool
) -> Iterator[Passage]:
    asked = f" {plain_words(words.text)} "
    marked = regex.compile(QUOTED.format(regex.escape(words.text)), regex.IGNORECASE)
    for article, publisher, title, published, url, text in rows:
        # to read a whole article as words takes fifty times as long
        if marked_only and speaker is not None:
            span = _marked_place(marked, text, speaker)
        else:
            span = _place(words, text) if asked in f" {plain_words(text)} " else None
        if span is not None:
            dated = date.fromisoformat(published) if published else None
            where = Reference(id=article, publisher=publisher, title=title, published=dated, url=url)
            claim = Claim.build(Article(text=text, id=article), content=[span])
            place, sentence = standing(text, claim, (span,), asked=speaker), sentence_of(text, claim)
            told = place.standing
            if (
                told.stance == "stated"
                and claim.kind == "indirect"
                and not _reports(sentence, span.slice(text), speaker)
            ):
                told = attrs.evolve(told, stance="unclear")  # the narrator's own words
            yield Passage(
                article=where,
                text=span.slice(text),
                spans=(span,),
                standing=told,
                same_speaker=place.same,
                named=place.named,
                sentence=sentence,
            )


def _reports(sentence: str, words_said: str, speaker: str | None) -> bool:
    """Whether a sentence names who is asked for, and has a word that reports, both beside what they would have said."""
    beside = " … ".join(sentence.split(" ".join(words_said.split()), 1))
    named = speaker is None or is_mentioned(beside, terms_of(speaker))
    return named and beside != sentence and not reporting_stems().isdisjoint(read_words(beside).stems)


def _marked_place(marked: regex.Pattern[str], text: str, speaker: str) -> Span | None:
    """Where the words stand in quotation marks in sentences that name somebody."""
    terms = terms_of(speaker)
    for match in marked.finditer(text):
        if is_mentioned(text[max(match.start() - EARLIER, 0) : match.end() + LATER], terms):
            return Span(*match.span(1))
    return None


def _place(words: Words, text: str) -> Span | None:
    """Where the words stand in a row in a text, as `Words.keys` compares them."""
    read = read_words(text)
    at = place_in(words, read)
    return None if at is None else Span(read.starts[at], read.ends[at + len(words) - 1])
