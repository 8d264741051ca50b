"""The claims that several articles report, and how their words differ there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from quotebank.bank.grouping import comparison
from quotebank.bank.reporting_sentence import Texts
from quotebank.bank.result_records import Appearance, Group, Wording
from quotebank.bank.searching import appearances
from quotebank.errors import NotInBankError
from quotebank.records import Claim


def groups(connection: sqlite3.Connection, *, least: int, limit: int, offset: int) -> list[Group]:
    """The claims that appear in most articles, and how they are worded there."""
    rows = connection.execute(
        "SELECT group_id FROM claims WHERE group_id IS NOT NULL GROUP BY group_id "
        "HAVING count(DISTINCT article_id) >= ? ORDER BY count(DISTINCT article_id) DESC, group_id LIMIT ? OFFSET ?",
        (least, limit, offset),
    ).fetchall()
    return [group(connection, row) for (row,) in rows]


def group(connection: sqlite3.Connection, row: int) -> Group:
    """One group. Raises `NotInBankError` where there is none of that id."""
    found = list(Texts(connection).told(appearances(connection, "claims.group_id = ?", (row,))))
    if not found:
        raise NotInBankError(f"there is no group {row} in the bank")
    return Group(id=row, appearances=tuple(found), wordings=tuple(_wordings(connection, found)))


def group_of(connection: sqlite3.Connection, claim: Claim) -> Group:
    """The group of a claim, which has one appearance where nobody else reports it. Raises `NotInBankError`."""
    found = connection.execute(
        "SELECT claims.id, claims.group_id FROM claims JOIN articles ON articles.id = claims.article_id "
        "WHERE claims.claim_id = ? AND articles.article_id = ?",
        (claim.id, claim.article_id),
    ).fetchone()
    if found is None:
        raise NotInBankError(f"claim {claim.id} of article {claim.article_id!r} is not in the bank")
    if found[1] is not None:
        return group(connection, found[1])
    alone = Texts(connection).told(appearances(connection, "claims.id = ?", (found[0],)))
    return Group(id=0, appearances=tuple(alone))


def _wordings(connection: sqlite3.Connection, found: Sequence[Appearance]) -> Iterator[Wording]:
    first = found[0]
    for other in found[1:]:
        compared = comparison(connection, (first.claim, first.speaker_id), (other.claim, other.speaker_id))
        yield Wording(
            appearance=other,
            relation=compared.relation or compared.wording or "paraphrase",
            differences=compared.differences,
        )
