"""Forgetting: articles with their claims, groups and words out of the file of a bank, for retractions and privacy.

SQLite only marks what is deleted as free, and a full-text index keeps the words of a deleted text until its parts are
merged: so free pages are overwritten, the indexes merged, and the file is written anew.
https://sqlite.org/pragma.html#pragma_secure_delete, https://sqlite.org/fts5.html#the_optimize_command
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from quotebank.bank.identities import Known, forget
from quotebank.bank.last_names import explain, families_of
from quotebank.bank.regrouping import close_ranks, follow, leave
from quotebank.bank.result_records import Removed
from quotebank.bank.storing import remove_claims

INDEXES = ("claims_fts", "articles_fts", "names_fts")
SPEAKS = "EXISTS (SELECT 1 FROM claims WHERE speaker_id = {0} OR resolved_id = {0})"


def rows_of(
    connection: sqlite3.Connection, article_id: str | None, url: str | None, publisher: str | None
) -> list[int]:
    """The rows of the articles that are meant, by exactly one of these."""
    column, value = next(
        (column, value)
        for column, value in (("article_id", article_id), ("url", url), ("publisher", publisher))
        if value is not None
    )
    folded = " COLLATE NOCASE" if column == "publisher" else ""
    return [row for (row,) in connection.execute(f"SELECT id FROM articles WHERE {column} = ?{folded}", (value,))]


def remove(connection: sqlite3.Connection, articles: Iterable[int]) -> Removed:
    """Delete articles, by row, with all that rests on them. To be called in a transaction, and `erase` after it."""
    connection.execute("PRAGMA secure_delete = ON")
    removed = claims = 0
    people: set[int] = set()
    for row in articles:
        left = leave(connection, row)
        claims += connection.execute("SELECT count(*) FROM claims WHERE article_id = ?", (row,)).fetchone()[0]
        people |= remove_claims(connection, row)
        connection.execute(
            "INSERT INTO articles_fts (articles_fts, rowid, title, text) "
            "SELECT 'delete', id, title, text FROM articles WHERE id = ?",
            (row,),
        )
        connection.execute("DELETE FROM pins WHERE article_id = (SELECT article_id FROM articles WHERE id = ?)", (row,))
        connection.execute("DELETE FROM articles WHERE id = ?", (row,))
        close_ranks(connection, *left)
        removed += 1
    people |= _drop_decisions(connection, people)
    follow(connection, explain(connection, families_of(connection, people), Known()))
    forget(connection, people)
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    return Removed(articles=removed, claims=claims)


def _drop_decisions(connection: sqlite3.Connection, people: Iterable[int]) -> set[int]:
    """Drop the decisions about people of whom nothing is left, and say whom they were about."""
    about: set[int] = set()
    for person in people:
        found = connection.execute(
            "SELECT id, speaker_id, other_id FROM decisions WHERE ? IN (speaker_id, other_id) "
            f"AND NOT {SPEAKS.format('decisions.speaker_id')} AND NOT {SPEAKS.format('decisions.other_id')}",
            (person,),
        ).fetchall()
        for decision, speaker, other in found:
            connection.execute("DELETE FROM pins WHERE decision_id = ?", (decision,))
            connection.execute("DELETE FROM decisions WHERE id = ?", (decision,))
            connection.execute("UPDATE speakers SET merged_into = NULL WHERE id IN (?, ?)", (speaker, other))
            about |= {speaker, other}
    return about


def erase(connection: sqlite3.Connection) -> None:
    """Write the file anew, without what is free in it, and empty its log. Not to be called in a transaction."""
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
