"""Whether a bank is whole: SQLite's own checks, the indexes, and every offset against the kept text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

import msgspec

from quotebank.bank.regrouping import heirs
from quotebank.bank.result_records import Verification
from quotebank.bank.searching import article
from quotebank.bank.stored_form import claim_of, digest_of, misfit, wording_of
from quotebank.bank.storing import CLAIM_COLUMNS, stored_columns
from quotebank.errors import QuotebankError
from quotebank.records import Article, Claim

COLUMNS = tuple(f"claims.{name}" for name in CLAIM_COLUMNS[3:-1])  # those that come from the record alone
INDEXES = ("claims_fts", "articles_fts", "names_fts")
ORPHANS = {
    "a claim without its record": "SELECT id FROM claims WHERE id NOT IN (SELECT claim_id FROM records)",
    "a record without its claim": "SELECT claim_id FROM records WHERE claim_id NOT IN (SELECT id FROM claims)",
    "a key without its claim": (
        "SELECT DISTINCT claim_id FROM postings WHERE claim_id NOT IN (SELECT id FROM claims WHERE keyed)"
    ),
    "a claim that is in no index": heirs(),
    "a group of nothing": "SELECT id FROM groups g WHERE NOT EXISTS (SELECT 1 FROM claims WHERE group_id = g.id)",
}


def verify(
    reader: sqlite3.Connection, writer: sqlite3.Connection | None, progress: Callable[[int, int], None] | None = None
) -> Verification:
    """Check everything; `progress` is told how many of how many articles are done.

    The full-text indexes are checked only where there is a connection that may write: FTS5 asks for one.
    """
    problems = [*_sound(reader), *(_indexes(writer) if writer else ()), *_orphans(reader)]
    ids = [name for (name,) in reader.execute("SELECT article_id FROM articles ORDER BY id")]
    claims = 0
    for done, name in enumerate(ids, 1):
        count, found = _article(reader, name)
        claims += count
        problems += found
        if progress is not None:
            progress(done, len(ids))
    return Verification(articles=len(ids), claims=claims, problems=tuple(problems))


def _sound(connection: sqlite3.Connection) -> Iterator[str]:
    for (message,) in connection.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield f"SQLite's integrity check: {message}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"


def _indexes(connection: sqlite3.Connection) -> Iterator[str]:
    for name in INDEXES:
        try:
            connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            yield f"the full-text index {name} does not agree with its table"


def _orphans(connection: sqlite3.Connection) -> Iterator[str]:
    for what, sql in ORPHANS.items():
        for (row,) in connection.execute(f"{sql} LIMIT 20"):
            yield f"{what}: row {row}"


def _article(connection: sqlite3.Connection, name: str) -> tuple[int, list[str]]:
    """How many claims an article has, and what is wrong with it and with them."""
    try:
        kept = article(connection, name)
    except (QuotebankError, ValueError) as error:
        return 0, [f"article {name!r} cannot be read: {error}"]
    problems = list(_changed_text(connection, name, kept))
    rows = connection.execute(
        f"SELECT records.record, {', '.join(COLUMNS)} FROM claims "
        "JOIN records ON records.claim_id = claims.id JOIN articles ON articles.id = claims.article_id "
        "WHERE articles.article_id = ? ORDER BY claims.id",
        (name,),
    ).fetchall()
    for record, *columns in rows:
        try:
            claim = claim_of(record)
        except (msgspec.MsgspecError, QuotebankError) as error:
            problems.append(f"article {name!r}: a claim's record cannot be read: {error}")
            continue
        wrong = misfit(claim, kept) if kept else "its article is gone"
        if wrong is None and kept is not None:
            wrong = _differing(columns, kept, claim)
        if wrong:
            problems.append(f"article {name!r}, claim {claim.id}: {wrong}")
    return len(rows), problems


def _changed_text(connection: sqlite3.Connection, name: str, kept: Article | None) -> Iterator[str]:
    """Whether a text is not the one that was added."""
    columns = {column for _, column, *_ in connection.execute("PRAGMA table_info (articles)")}
    if kept is None or "digest" not in columns:  # a bank of an earlier version, opened for reading only
        return
    (digest,) = connection.execute("SELECT digest FROM articles WHERE article_id = ?", (name,)).fetchone()
    if digest != digest_of(kept.text):
        yield f"article {name!r}: its text is not the one that was added"


def _differing(columns: Sequence[object], kept: Article, claim: Claim) -> str | None:
    """Which columns say something else than the record of their claim."""
    told = stored_columns(kept, claim, wording_of(claim.text))[: len(COLUMNS)]
    wrong = [name for name, column, own in zip(COLUMNS, columns, told, strict=True) if column != own]
    return f"its columns and its record differ: {', '.join(wrong)}" if wrong else None
