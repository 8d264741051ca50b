"""What becomes of groups and of their index where claims go, or where somebody decides who is who."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from quotebank.bank.arrivals import Arrival
from quotebank.bank.grouping import KEYED, enter, entries_of, regroup
from quotebank.bank.human_decisions import stand_for
from quotebank.bank.identities import Known
from quotebank.bank.last_names import explain, families_of
from quotebank.bank.result_records import Decision
from quotebank.bank.same_claim_candidates import KEY_BITS, as_json
from quotebank.bank.stored_form import claim_of

GROUPED = (
    "SELECT claims.article_id, claims.id, records.record, resolved_id, speaker_id, wording, group_id FROM claims "
    "JOIN records ON records.claim_id = claims.id WHERE"
)
THEIRS = f"{GROUPED} resolved_id IN (:one, :other) OR speaker_id IN (:one, :other) ORDER BY claims.id"
RESOLVED_TO = (
    f"{GROUPED} resolved_id IN (SELECT value FROM json_each(?)) AND claims.article_id IS NOT ? ORDER BY claims.id"
)
AS_THEIRS = "c.wording IN (SELECT wording FROM claims WHERE resolved_id IN (SELECT value FROM json_each(?)))"


def leave(connection: sqlite3.Connection, article: int) -> tuple[set[int], set[tuple[int, int | None]]]:
    """Take an article's claims out of the index, before they are deleted.

    Returned are the groups that they leave, and the wordings, with their speakers, that the index may have lost.
    """
    found = entries_of(connection.execute(f"{KEYED} AND article_id = ?", (article,)), ever=True)
    keys = ((key, claim) for of_claim, claim, _ in found for key in of_claim)
    connection.executemany("DELETE FROM postings WHERE key = ? AND claim_id = ?", keys)
    sql = "SELECT group_id, wording, speaker_id, keyed FROM claims WHERE article_id = ?"
    left = connection.execute(sql, (article,)).fetchall()
    groups = {group for group, *_ in left if group is not None}
    return groups, {(wording, speaker) for _, wording, speaker, keyed in left if keyed}


def close_ranks(
    connection: sqlite3.Connection, groups: Iterable[int], wordings: Iterable[tuple[int, int | None]]
) -> None:
    """After claims were deleted: groups of one are none, and another claim of the same words enters the index."""
    for group in groups:
        rows = connection.execute("SELECT id FROM claims WHERE group_id = ? LIMIT 2", (group,)).fetchall()
        if len(rows) < 2:
            connection.execute("UPDATE claims SET group_id = NULL WHERE group_id = ?", (group,))
            connection.execute("DELETE FROM groups WHERE id = ?", (group,))
    for wording in wordings:
        _key(connection, connection.execute(heirs("c.wording = ? AND c.speaker_id IS ?"), wording).fetchall())


def settle(connection: sqlite3.Connection, decision: Decision) -> None:
    """After a decision was made or undone: every claim is under a row that is there, and has a twin in the index.

    What the people concerned said leaves its groups and finds them anew, in the order in which it was added.
    """
    if decision.kind == "split" and decision.undone is not None:  # all of the other is the speaker's again
        cluster = decision.other_id << KEY_BITS
        connection.execute("DELETE FROM postings WHERE key >= ? AND key < ?", (cluster, cluster + (1 << KEY_BITS)))
        enter(connection, entries_of(connection.execute(f"{KEYED} AND resolved_id = ?", (decision.speaker_id,))))
    families = families_of(connection, (decision.speaker_id, decision.other_id))
    follow(connection, explain(connection, families, Known()))
    _key(connection, connection.execute(heirs()).fetchall())
    people = {"one": decision.speaker_id, "other": decision.other_id}
    _group_anew(connection, connection.execute(THEIRS, people).fetchall())


def follow(connection: sqlite3.Connection, changed: Sequence[int], *, but: int | None = None) -> None:
    """After it was worked out anew whom these last names stand for: their claims count for those, and are grouped so.

    `but` is the row of an article whose claims are not in the index yet.
    """
    if not changed:
        return
    stand_for(connection, changed)
    rows = as_json(changed)
    _key(connection, connection.execute(heirs(AS_THEIRS), (rows,)).fetchall())
    _group_anew(connection, connection.execute(RESOLVED_TO, (rows, but)).fetchall())


def _group_anew(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    groups = {group for *_, group in rows if group is not None}
    connection.executemany("UPDATE claims SET group_id = NULL WHERE id = ?", [(row[1],) for row in rows])
    close_ranks(connection, groups, ())
    found: dict[int, list[Arrival]] = {}
    for article, row, record, resolved, speaker, wording, _ in rows:
        found.setdefault(article, []).append(Arrival(row, claim_of(record), resolved, speaker, wording))
    for arrivals in found.values():
        regroup(connection, arrivals)


def heirs(condition: str = "TRUE") -> str:
    """SQL for the first claim of those in the same words, told the same way, where it is not in the index.

    A later one may be: of two who were one in the meantime.
    """
    return (
        f"SELECT min(c.id) FROM claims AS c WHERE c.keyed = 0 AND {condition} AND NOT EXISTS ("
        "SELECT 1 FROM claims AS k WHERE k.wording = c.wording AND k.speaker_id IS c.speaker_id AND k.keyed = 1 "
        "AND k.id < c.id AND k.kind = c.kind AND k.act = c.act AND k.force IS c.force AND k.negated = c.negated "
        "AND k.conditional = c.conditional) "
        "GROUP BY c.wording, c.speaker_id, c.kind, c.act, c.force, c.negated, c.conditional"
    )


def _key(connection: sqlite3.Connection, rows: Sequence[tuple[int]]) -> None:
    """Take claims into the index that had a twin there."""
    connection.executemany("UPDATE claims SET keyed = 1 WHERE id = ?", rows)
    for row in rows:
        enter(connection, entries_of(connection.execute(f"{KEYED} AND claims.id = ?", row)))
