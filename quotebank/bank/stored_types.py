"""Values in the tables of a bank that are none of theirs: another program's, or a damaged file's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

from quotebank.errors import BankError, QuotebankError
from quotebank.records import SpeakerType

TABLES = ("articles", "speakers", "speaker_names", "groups", "claims", "records", "decisions", "pins")
TYPES = {"TEXT": ("text",), "INTEGER": ("integer",), "REAL": ("real", "integer")}
DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
KINDS = ", ".join(f"'{kind}'" for kind in get_args(SpeakerType))
OTHERS = {
    "articles.published is no day": f"SELECT id FROM articles WHERE published IS NOT NULL AND NOT published {DAY}",
    "speakers.type is no type of speaker": f"SELECT id FROM speakers WHERE type NOT IN ({KINDS})",
    "claims.speaker_name is missing": "SELECT id FROM claims WHERE speaker_id IS NOT NULL AND speaker_name IS NULL",
}


def misplaced(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, a sentence for each column that holds what it never may."""
    for table in TABLES:
        checks = {}
        for _, column, declared, needed, _, is_key in connection.execute(f"PRAGMA table_info ({table})"):
            allowed = (*TYPES[declared], *(() if needed or is_key else ("null",)))
            checks[column] = f"""sum(typeof("{column}") NOT IN ({", ".join(f"'{name}'" for name in allowed)}))"""
        (counts,) = connection.execute(f"SELECT {', '.join(checks.values())} FROM {table}")
        for column, count in zip(checks, counts, strict=True):
            if count:
                yield f"{table}.{column} holds what is of another type, in {count} rows"
    for what, sql in OTHERS.items():
        for (row,) in connection.execute(f"{sql} LIMIT 1"):
            yield f"{what}: row {row} of its table"


@contextmanager
def damage_told(name: str, connection: sqlite3.Connection) -> Iterator[None]:
    """Raise as a `BankError` what fails inside because of a value that is none of the bank's; all else as it is."""
    try:
        yield
    except (TypeError, ValueError, AttributeError) as error:
        found = None if isinstance(error, QuotebankError) else next(misplaced(connection), None)
        if found is None:
            raise
        raise BankError(f"the bank {name} is damaged: {found}; `quotebank verify` says all") from error
