"""Writing: an article and its claims into the tables of a bank, whole or not at all, and out of them again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from quotebank.bank.arrivals import Arrival
from quotebank.bank.grouping import join, place
from quotebank.bank.human_decisions import decided
from quotebank.bank.identities import Known, forget, resolve
from quotebank.bank.last_names import explain, families_of
from quotebank.bank.regrouping import close_ranks, follow, leave
from quotebank.bank.result_records import Added
from quotebank.bank.stored_form import Prepared, digest_of, seal_of, wording_of
from quotebank.records import Article, Claim
from quotebank.spans import covered

TOGETHER = 128  # articles at most that are written in one transaction
PAUSE = 0.1  # seconds after which what is ready is written: nobody waits longer for a report, or for their turn
DESCRIBED = ("article_id", "published", "publisher", "title", "url", "version")  # what an article's seal is about
RECORDS_OF = (
    "SELECT record FROM claims JOIN records ON records.claim_id = claims.id WHERE article_id = ? ORDER BY claims.id"
)
ARTICLE_COLUMNS = (*DESCRIBED, "added", "text", "digest", "seal")
CLAIM_COLUMNS = (
    "article_id",
    "resolved_id",
    "speaker_id",
    "speaker_name",
    "speaker_type",
    "role",
    "affiliation",
    "organization",
    "kind",
    "act",
    "force",
    "negated",
    "conditional",
    "text",
    "cue",
    "start",
    '"end"',
    "confidence",
    "claim_id",
    "wording",
    "keyed",
)
INDEX_WORDS = tuple(
    f"INSERT INTO {index} (rowid, {columns}) SELECT id, {columns} FROM {table} "
    f"WHERE id > (SELECT coalesce(max(id), 0) FROM {index}_docsize) ORDER BY id"
    for index, table, columns in (
        ("claims_fts", "claims", "text, speaker_name, role, affiliation, organization"),
        ("articles_fts", "articles", "title, text"),
        ("names_fts", "speaker_names", "name"),
    )
)
INSERT_CLAIM = f"INSERT INTO claims ({', '.join(CLAIM_COLUMNS)}) VALUES ({', '.join('?' * len(CLAIM_COLUMNS))})"


def unchanged(connection: sqlite3.Connection, article: Article, version: str) -> Added | None:
    """What the bank has of an article, if it is this very article by this version of the extractor."""
    row = connection.execute(
        "SELECT id, published, publisher, title, url, version, text FROM articles WHERE article_id = ?", (article.id,)
    ).fetchone()
    if row is None or row[1:] != (*_described(article), version, article.text):
        return None
    count = connection.execute("SELECT count(*) FROM claims WHERE article_id = ?", (row[0],)).fetchone()[0]
    return Added(article_id=article.id, claims=count, status="unchanged")


def _rename(connection: sqlite3.Connection, names: dict[int, str], known: Known) -> None:
    """Write fuller names of people, once what waits for its group, said under those that the bank had, has found it."""
    join(connection, known)
    for row, name in names.items():
        connection.execute("UPDATE speakers SET name = ? WHERE id = ?", (name, row))
        known.sketches.forget(row)


def _described(article: Article) -> tuple[str | None, ...]:
    published = article.published.isoformat() if article.published else None
    return published, article.publisher, article.title, article.url


def store(connection: sqlite3.Connection, prepared: Prepared, known: Known) -> Added:
    """Write an article and its claims in place of what the bank had of it.

    To be called in a transaction, and `finish` at its end; `known` is what other articles read of who is who.
    """
    article = prepared.article
    same = unchanged(connection, article, prepared.version)
    if same is not None:
        return same
    row, before = _write_article(connection, prepared, known)
    left = leave(connection, row) if before else ((), ())
    people = remove_claims(connection, row) if before else ()
    if before:  # heirs are found before there are new claims that could stand for them
        close_ranks(connection, *left)
        known.clear()
    found = resolve(connection, [c.speaker for c in prepared.claims], known, article.text)
    if found.renamed:
        _rename(connection, found.renamed, known)
    resolved, families = found.rows, found.families | families_of(connection, people)
    speakers = decided(connection, article.id, prepared.claims, resolved)
    wordings = [wording_of(claim.text) for claim in prepared.claims]
    rows = _write_claims(connection, row, prepared, zip(resolved, speakers, wordings, strict=True))
    known.notice(zip(resolved, (claim.speaker for claim in prepared.claims), strict=True))
    changed = explain(connection, families, known)
    if changed:
        join(connection, known)
        follow(connection, changed, but=row)
        known.forget_claims()
        speakers = decided(connection, article.id, prepared.claims, resolved)
    if before:
        _index_words(connection)  # names of this article, too
        forget(connection, people)
        known.clear()
    arrivals = zip(rows, prepared.claims, resolved, speakers, wordings, strict=True)
    place(connection, [Arrival(*found) for found in arrivals], known.waiting)
    return Added(article_id=article.id, claims=len(prepared.claims), status="replaced" if before else "new")


class Pending:
    """Articles that are ready to be written, many in one transaction, each reported once it is on the disk.

    `writing` opens a transaction and gives what was read in those before it, `report` is told what became of each
    article, in the order they came. Where writing them together fails, they are written one by one, so that all before
    the one that cannot be written are kept.
    """

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[tuple[sqlite3.Connection, Known]]],
        report: Callable[[Added], None],
    ) -> None:
        self._writing = writing
        self._report = report
        self._ready: list[Prepared | Added] = []
        self._written = time.monotonic()

    def add(self, article: Prepared | Added) -> None:
        """Take in one more article, or what became of one that was not to be written."""
        self._ready.append(article)
        if len(self._ready) >= TOGETHER or time.monotonic() - self._written >= PAUSE or isinstance(article, Added):
            self.write()

    def write(self) -> None:
        """Write what is ready."""
        ready, self._ready = self._ready, []
        try:
            done = self._store(ready)
        except Exception:
            if len(ready) == 1:
                raise
            done = []
            for article in ready:
                self._tell(self._store([article]))
        self._tell(done)

    def _store(self, ready: Iterable[Prepared | Added]) -> list[Added]:
        if all(isinstance(a, Added) for a in ready):
            return [a for a in ready if isinstance(a, Added)]
        with self._writing() as (connection, known):
            return [a if isinstance(a, Added) else store(connection, a, known) for a in ready]

    def _tell(self, done: Iterable[Added]) -> None:
        for added in done:
            self._report(added)
        self._written = time.monotonic()


def _write_article(connection: sqlite3.Connection, prepared: Prepared, known: Known) -> tuple[int, bool]:
    """The row of an article, and whether it was there before."""
    article = prepared.article
    now = datetime.now(UTC).isoformat(timespec="seconds")
    described = (article.id, *_described(article), prepared.version)
    values = (*described, now, article.text, digest_of(article.text), seal_of(described, prepared.records))
    found = connection.execute("SELECT id, title, text FROM articles WHERE article_id = ?", (article.id,)).fetchone()
    if found is None:
        places = ", ".join("?" * len(ARTICLE_COLUMNS))
        sql = f"INSERT INTO articles ({', '.join(ARTICLE_COLUMNS)}) VALUES ({places})"
        row = int(connection.execute(sql, values).lastrowid or 0)
    else:
        row = int(found[0])
        finish(connection, known)  # the article and its claims may have come in this very transaction
        connection.execute(
            "INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', ?, ?, ?)", found
        )
        sql = f"UPDATE articles SET {', '.join(f'{c} = ?' for c in ARTICLE_COLUMNS)} WHERE id = ?"
        connection.execute(sql, (*values, row))
        connection.execute(
            "INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)", (row, article.title, article.text)
        )
    return row, found is not None


def finish(connection: sqlite3.Connection, known: Known) -> None:
    """Do what is done once for all articles of a transaction: groups of claims, and full-text indexes."""
    join(connection, known)
    _index_words(connection)


def _index_words(connection: sqlite3.Connection) -> None:
    """Enter what was written since this was last called into the full-text indexes.

    Before many a statement SQLite has each such index write what it holds in memory. Were they filled article by
    article, that would be a part of the index for each, all of which have to be merged.
    """
    for sql in INDEX_WORDS:
        connection.execute(sql)


def sealed(connection: sqlite3.Connection, row: int) -> str:
    """The seal of an article as it is in the bank now, by its row."""
    described = connection.execute(f"SELECT {', '.join(DESCRIBED)} FROM articles WHERE id = ?", (row,)).fetchone()
    records = connection.execute(RECORDS_OF, (row,))
    return seal_of(described, (record for (record,) in records))


def stored_columns(article: Article, claim: Claim, wording: int) -> tuple[object, ...]:
    """What stands beside a claim's record, from who speaks on, in the order of `CLAIM_COLUMNS`."""
    who = claim.speaker
    return (
        who and who.name,
        who and who.type,
        who and who.role,
        who and who.affiliation,
        who and who.organization,
        claim.kind,
        claim.act,
        claim.force,
        claim.negated,
        claim.conditional,
        claim.text,
        covered(article.text, claim.cue),
        claim.content[0].start,
        claim.content[-1].end,
        claim.confidence,
        claim.id,
        wording,
        1,  # in the index, unless it turns out to be one of several in the same words
    )


def _write_claims(
    connection: sqlite3.Connection,
    row: int,
    prepared: Prepared,
    found: Iterable[tuple[int | None, int | None, int]],
) -> list[int]:
    """Write the claims of an article with what was found of each: who spoke, resolved and after decisions; wording."""
    values = [
        (row, resolved, speaker, *stored_columns(prepared.article, claim, wording))
        for claim, (resolved, speaker, wording) in zip(prepared.claims, found, strict=True)
    ]
    connection.executemany(INSERT_CLAIM, values)
    rows = [n for (n,) in connection.execute("SELECT id FROM claims WHERE article_id = ? ORDER BY id", (row,))]
    records = zip(rows, prepared.records, strict=True)
    connection.executemany("INSERT INTO records (claim_id, record) VALUES (?, ?)", records)
    return rows


def remove_claims(connection: sqlite3.Connection, row: int) -> set[int]:
    """Take the claims of an article out of every table; the people who spoke them are returned."""
    people = {
        person
        for (person,) in connection.execute("SELECT DISTINCT resolved_id FROM claims WHERE article_id = ?", (row,))
        if person is not None
    }
    connection.execute(
        "INSERT INTO claims_fts (claims_fts, rowid, text, speaker_name, role, affiliation, organization) "
        "SELECT 'delete', id, text, speaker_name, role, affiliation, organization FROM claims WHERE article_id = ?",
        (row,),
    )
    connection.execute("DELETE FROM claims WHERE article_id = ?", (row,))
    return people
