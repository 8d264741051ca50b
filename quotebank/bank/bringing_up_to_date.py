"""What a bank of an earlier version lacks once its tables are as they are now."""

from __future__ import annotations

import sqlite3

from quotebank.bank.grouping import index_anew
from quotebank.bank.identities import Known
from quotebank.bank.last_names import bare_families, explain
from quotebank.bank.name_keys import key_of
from quotebank.bank.regrouping import follow
from quotebank.bank.stored_form import digest_of
from quotebank.bank.storing import sealed


def fill_in(connection: sqlite3.Connection) -> None:
    """Fill the index of claims, digests and seals, and the keys of names. To be called in a transaction."""
    if connection.execute("SELECT NOT EXISTS (SELECT 1 FROM postings)").fetchone()[0]:
        index_anew(connection)
    for row, text in connection.execute("SELECT id, text FROM articles WHERE digest IS NULL"):
        connection.execute("UPDATE articles SET digest = ? WHERE id = ?", (digest_of(text), row))
    for (row,) in connection.execute("SELECT id FROM articles WHERE seal IS NULL").fetchall():
        connection.execute("UPDATE articles SET seal = ? WHERE id = ?", (sealed(connection, row), row))
    _key_names_anew(connection)
    follow(connection, explain(connection, bare_families(connection), Known()))


def _key_names_anew(connection: sqlite3.Connection) -> None:
    """Names are told apart by more than before: letters behind them, strokes, numbers of kings."""
    sql = (
        "SELECT n.id, n.name, s.type, n.family, n.initial, n.given, n.middle, n.suffix FROM speaker_names AS n "
        "JOIN speakers AS s ON s.id = n.speaker_id"
    )
    for row, name, kind, *before in connection.execute(sql).fetchall():
        key = key_of(name, kind)
        parts = None if key is None else [key.family, key.initial, key.given, key.middle, key.suffix]
        if parts is not None and parts != before:
            connection.execute(
                "UPDATE speaker_names SET family = ?, initial = ?, given = ?, middle = ?, suffix = ? WHERE id = ?",
                (*parts, row),
            )
