"""Whether a bank is whole: SQLite's own checks, the indexes, and every offset against the kept text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from quotebank.bank.regrouping import heirs
from quotebank.bank.result_records import Verification
from quotebank.bank.searching import article
from quotebank.bank.stored_form import claim_of, digest_of, misfit, wording_of
from quotebank.bank.stored_types import misplaced
from quotebank.bank.storing import CLAIM_COLUMNS, sealed, stored_columns
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
    reader: sqlite3.Connection,
    writer: sqlite3.Connection | None,
    progress: Callable[[int, int], None] | None = None,
    *,
    found: Iterable[str] = (),
) -> Verification:
    """Check everything; `progress` is told how many of how many articles are done.

    `found` is what was found already. The full-text indexes are checked only where there is a connection that may
    write: FTS5 asks for one. What cannot be read is a finding like others, and the rest is looked at.
    """
    problems = [*found, *_readable("the file", _sound(reader)), *(_indexes(writer) if writer else ())]
    for what, sql in ORPHANS.items():
        problems += _readable("the file", (f"{what}: row {row}" for (row,) in reader.execute(f"{sql} LIMIT 20")))
    problems += _readable("the file", misplaced(reader))
    names: list[str] = []
    problems += _readable("the list of articles", _listed(reader, names))
    for done, name in enumerate(names, 1):
        problems += _readable(f"article {name!r}", _article(reader, name))
        if progress is not None:
            progress(done, len(names))
    claims = [0]
    problems += _readable("the list of claims", _counted(reader, claims))
    return Verification(articles=len(names), claims=claims[0], problems=tuple(dict.fromkeys(problems)))


def _readable(what: str, problems: Iterator[str]) -> Iterator[str]:
    """The problems, and as the last one that no more could be read."""
    try:
        yield from problems
    except (sqlite3.Error, QuotebankError, ValueError, TypeError) as error:
        yield f"{what} cannot be read: {error}"


def _listed(connection: sqlite3.Connection, names: list[str]) -> Iterator[str]:
    """Fill in the articles' ids."""
    for row, name in connection.execute("SELECT id, article_id FROM articles ORDER BY id"):
        if isinstance(name, str):
            names.append(name)
        else:
            yield f"row {row} of articles has no id that is a text"


def _counted(connection: sqlite3.Connection, claims: list[int]) -> Iterator[str]:
    """Fill in how many claims there are."""
    (claims[0],) = connection.execute("SELECT count(*) FROM claims").fetchone()
    yield from ()


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
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
                yield f"the full-text index {name} does not agree with its table"
            else:
                yield f"the full-text index {name} cannot be checked: {error}"


def _article(connection: sqlite3.Connection, name: str) -> Iterator[str]:
    """What is wrong with an article and with its claims."""
    yield from _changed(connection, name)
    kept = article(connection, name)
    if kept is None:
        yield f"article {name!r} is gone"
        return
    rows = connection.execute(
        f"SELECT claims.id, records.record, {', '.join(COLUMNS)} FROM claims "
        "JOIN records ON records.claim_id = claims.id JOIN articles ON articles.id = claims.article_id "
        "WHERE articles.article_id = ? ORDER BY claims.id",
        (name,),
    )
    for row, record, *columns in rows:
        try:
            claim = claim_of(record)
        except (msgspec.MsgspecError, QuotebankError, TypeError) as error:
            yield f"article {name!r}: a claim's record cannot be read (row {row}): {error}"
            continue
        wrong = misfit(claim, kept) or _differing(columns, kept, claim)
        if wrong:
            yield f"article {name!r}, claim {claim.id}: {wrong}"


def _changed(connection: sqlite3.Connection, name: str) -> Iterator[str]:
    """Whether a text is not the one that was added, or anything else of an article and its claims' records."""
    columns = {column for _, column, *_ in connection.execute("PRAGMA table_info (articles)")}
    if "seal" not in columns:  # a bank of an earlier version, opened for reading only
        return
    row, text, digest, seal = connection.execute(
        "SELECT id, text, digest, seal FROM articles WHERE article_id = ?", (name,)
    ).fetchone()
    if not isinstance(text, str) or digest != digest_of(text):
        yield f"article {name!r}: its text is not the one that was added"
    if seal != sealed(connection, row):
        yield f"article {name!r}: its title, publisher, day, address or version, or a claim's record, is not as added"


def _differing(columns: Sequence[object], kept: Article, claim: Claim) -> str | None:
    """Which columns say something else than the record of their claim."""
    told = stored_columns(kept, claim, wording_of(claim.text))[: len(COLUMNS)]
    wrong = [name for name, column, own in zip(COLUMNS, columns, told, strict=True) if column != own]
    return f"its columns and its record differ: {', '.join(wrong)}" if wrong else None
