"""What a person decided about speakers: two are one (merge), or one is two (split). Recorded, and undone on request.

A claim keeps the row that was resolved for it (`resolved_id`). The speaker that it counts for (`speaker_id`) follows
from it: first the splits that hold for its place in its article, in the order they were made, then the merges. So what
was decided holds when an article is added again, and undoing is to work it out anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from quotebank.bank.identities import forget
from quotebank.bank.name_keys import fit, key_of, stored_key
from quotebank.bank.result_records import Decision
from quotebank.errors import ArgumentValueError, NotInBankError
from quotebank.records import Claim

Pin = tuple[int, int, int, int]  # start, end, from, to
ANY_LENGTH = 2**62  # a later version of an article may be longer
UNDECIDED = (  # no merge is about a speaker
    "NOT EXISTS (SELECT 1 FROM decisions WHERE undone IS NULL AND kind = 'merge' "
    "AND (speaker_id = speakers.id OR other_id = speakers.id))"
)
STAND_FOR = (  # a last name alone is of whom it stands for, or of whom that one was merged into
    "UPDATE speakers SET merged_into = (SELECT coalesce(meant.merged_into, meant.id) FROM speakers AS meant "
    "WHERE meant.id = speakers.explained_by)"
)
COUNTING = (
    "SELECT claims.id, articles.article_id, claims.start, claims.resolved_id FROM claims "
    "JOIN articles ON articles.id = claims.article_id WHERE claims.resolved_id"
)
COLUMNS = "id, kind, speaker_id, other_id, made, undone"


def decided(
    connection: sqlite3.Connection, article_id: str, claims: Sequence[Claim], resolved: Sequence[int | None]
) -> list[int | None]:
    """The speaker that each claim of an article counts for, from the rows that were resolved."""
    pins = _pins(connection, article_id)
    pinned = [_pinned(pins, claim.content[0].start, row) for claim, row in zip(claims, resolved, strict=True)]
    roots = _roots(connection, pinned)
    return [roots.get(row) for row in pinned]


def _roots(connection: sqlite3.Connection, rows: Iterable[int | None]) -> dict[int | None, int]:
    """The row that each row was merged into, or itself."""
    sql = "SELECT id, coalesce(merged_into, id) FROM speakers WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(sql, (json.dumps(sorted({row for row in rows if row is not None})),)))


def _pins(connection: sqlite3.Connection, article_id: str) -> list[Pin]:
    return connection.execute(
        'SELECT pins.start, pins."end", pins.from_id, pins.to_id FROM pins '
        "JOIN decisions ON decisions.id = pins.decision_id "
        "WHERE pins.article_id = ? AND decisions.undone IS NULL ORDER BY decisions.id, pins.id",
        (article_id,),
    ).fetchall()


def _pinned(pins: Iterable[Pin], at: int, row: int | None) -> int | None:
    for start, end, from_id, to_id in pins:
        if row == from_id and start <= at < end:
            row = to_id
    return row


def merge(connection: sqlite3.Connection, speaker: int, other: int) -> Decision:
    """Make `other` the same person as `speaker`. To be called in a transaction."""
    if speaker == other:
        raise ArgumentValueError(f"speaker {speaker} cannot be merged with itself; is it already one with the other?")
    decision = _record(connection, "merge", speaker, other)
    _apply_merges(connection)
    connection.execute("UPDATE claims SET speaker_id = ? WHERE speaker_id = ?", (speaker, other))
    return decision


def split(connection: sqlite3.Connection, speaker: int, articles: Sequence[str], claims: Sequence[str]) -> Decision:
    """Make the speaker of these articles and claims another person. To be called in a transaction."""
    chosen = _chosen(connection, speaker, articles, claims)
    total = connection.execute("SELECT count(*) FROM claims WHERE speaker_id = ?", (speaker,)).fetchone()[0]
    if len(chosen) == total:
        raise ArgumentValueError(f"all {total} claims of speaker {speaker} are chosen: nobody would be left")
    name, kind = _name_of(connection, chosen)
    made = connection.execute("INSERT INTO speakers (name, type) VALUES (?, ?)", (name, kind))
    other = int(made.lastrowid or 0)
    decision = _record(connection, "split", speaker, other)
    whole = set(articles)
    pins = {_pin(connection, row, whole) for row in chosen}
    connection.executemany(
        'INSERT INTO pins (decision_id, article_id, start, "end", from_id, to_id) VALUES (?, ?, ?, ?, ?, ?)',
        [(decision.id, *pin, other) for pin in sorted(pins)],
    )
    connection.executemany("UPDATE claims SET speaker_id = ? WHERE id = ?", [(other, row) for row in chosen])
    _name(connection, other, chosen)
    return decision


def _chosen(connection: sqlite3.Connection, speaker: int, articles: Sequence[str], claims: Sequence[str]) -> list[int]:
    """The rows of the speaker's claims in these articles and under these ids; each must be there."""
    if not articles and not claims:
        raise ArgumentValueError("articles or claims must name what the other person said; both are empty")
    chosen: dict[int, None] = {}
    for column, ids in (("articles.article_id", articles), ("claims.claim_id", claims)):
        for name in ids:
            found = connection.execute(
                "SELECT claims.id FROM claims JOIN articles ON articles.id = claims.article_id "
                f"WHERE {column} = ? AND claims.speaker_id = ?",
                (name, speaker),
            ).fetchall()
            if not found:
                raise NotInBankError(f"speaker {speaker} says nothing in {column.split('.')[0][:-1]} {name!r}")
            chosen |= dict.fromkeys(row for (row,) in found)
    return list(chosen)


def _pin(connection: sqlite3.Connection, row: int, whole: set[str]) -> tuple[str, int, int, int]:
    """Where a claim stands: article, start, end, and the row that it had before merges."""
    article, start, end, resolved = connection.execute(
        'SELECT articles.article_id, claims.start, claims."end", claims.resolved_id '
        "FROM claims JOIN articles ON articles.id = claims.article_id WHERE claims.id = ?",
        (row,),
    ).fetchone()
    before = _pinned(_pins(connection, article), start, resolved)
    if article in whole:
        start, end = 0, ANY_LENGTH
    return article, start, end, resolved if before is None else before


def _name_of(connection: sqlite3.Connection, chosen: Sequence[int]) -> tuple[str, str]:
    name, kind = connection.execute(
        "SELECT speaker_name, speakers.type FROM claims JOIN speakers ON speakers.id = claims.speaker_id "
        "WHERE claims.id = ?",
        (chosen[0],),
    ).fetchone()
    return " ".join(name.split()), kind


def _name(connection: sqlite3.Connection, row: int, chosen: Sequence[int]) -> None:
    """Keep the forms under which the chosen claims have their speaker."""
    marks = ", ".join("?" * len(chosen[:10_000]))
    found = connection.execute(
        f"SELECT DISTINCT speaker_name, speaker_type FROM claims WHERE id IN ({marks})",
        chosen[:10_000],
    ).fetchall()
    for name, kind in found:
        key = key_of(name, kind)
        if key is None:
            continue
        made = connection.execute(
            "INSERT OR IGNORE INTO speaker_names (speaker_id, name, family, initial, given, middle, suffix) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row, " ".join(name.split()), key.family, key.initial, key.given, key.middle, key.suffix),
        )
        if made.rowcount:
            connection.execute(
                "INSERT INTO names_fts (rowid, name) VALUES (?, ?)", (made.lastrowid, " ".join(name.split()))
            )


def undo(connection: sqlite3.Connection, decision: int | None) -> Decision:
    """Undo a decision, the last one that holds if none is named. To be called in a transaction."""
    found = [d for d in decisions(connection) if d.undone is None and decision in (None, d.id)]
    if not found:
        raise NotInBankError(
            "no decision is left to undo" if decision is None else f"decision {decision} does not hold"
        )
    last = found[-1]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute("UPDATE decisions SET undone = ? WHERE id = ?", (now, last.id))
    touched = {last.speaker_id, last.other_id}
    if last.kind == "split":
        # Claims added since may have been resolved to the other person, who is not there any more.
        connection.execute("UPDATE claims SET resolved_id = ? WHERE resolved_id = ?", (last.speaker_id, last.other_id))
    _apply_merges(connection)
    _recount(connection, touched)
    if last.kind == "split":
        forget(connection, [last.other_id])
        _forget_names(connection, last.other_id)
    return Decision(
        id=last.id, kind=last.kind, speaker_id=last.speaker_id, other_id=last.other_id, made=last.made, undone=now
    )


def _forget_names(connection: sqlite3.Connection, row: int) -> None:
    """So that nobody is resolved to a person who was split off by mistake."""
    for at, name in connection.execute("SELECT id, name FROM speaker_names WHERE speaker_id = ?", (row,)).fetchall():
        connection.execute("INSERT INTO names_fts (names_fts, rowid, name) VALUES ('delete', ?, ?)", (at, name))
    connection.execute("DELETE FROM speaker_names WHERE speaker_id = ?", (row,))


def decisions(connection: sqlite3.Connection) -> list[Decision]:
    """Every decision, in the order they were made, those undone included."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM decisions ORDER BY id").fetchall()
    return [
        Decision(id=row[0], kind=row[1], speaker_id=row[2], other_id=row[3], made=row[4], undone=row[5]) for row in rows
    ]


def _record(connection: sqlite3.Connection, kind: str, speaker: int, other: int) -> Decision:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made = connection.execute(
        "INSERT INTO decisions (kind, speaker_id, other_id, made) VALUES (?, ?, ?, ?)", (kind, speaker, other, now)
    )
    return next(d for d in decisions(connection) if d.id == made.lastrowid)


def _apply_merges(connection: sqlite3.Connection) -> None:
    """Work out anew which row every merged row now stands for."""
    into: dict[int, int] = {}

    def top(row: int) -> int:
        while row in into:
            row = into[row]
        return row

    for decision in decisions(connection):
        if decision.kind == "merge" and decision.undone is None and top(decision.other_id) != top(decision.speaker_id):
            into[top(decision.other_id)] = top(decision.speaker_id)
    connection.execute("UPDATE speakers SET merged_into = NULL WHERE merged_into IS NOT NULL")
    connection.executemany("UPDATE speakers SET merged_into = ? WHERE id = ?", [(top(row), row) for row in into])
    connection.execute(f"{STAND_FOR} WHERE explained_by IS NOT NULL AND {UNDECIDED}")


def stand_for(connection: sqlite3.Connection, rows: Iterable[int]) -> None:
    """After it was worked out anew whom these last names stand for: what they said counts for those now."""
    for row in rows:
        connection.execute(f"{STAND_FOR} WHERE id = ? AND {UNDECIDED}", (row,))
    _count_anew(connection, (claim for row in rows for claim in connection.execute(f"{COUNTING} = :person", (row,))))


def _recount(connection: sqlite3.Connection, people: Iterable[int]) -> None:
    """Work out anew for whom the claims count that count for one of these people, or were resolved to one."""
    sql = (
        f"{COUNTING} = :person OR claims.speaker_id = :person "
        "OR claims.speaker_id = (SELECT coalesce(merged_into, id) FROM speakers WHERE id = :person)"
    )
    _count_anew(connection, (row for person in people for row in connection.execute(sql, {"person": person})))


def _count_anew(connection: sqlite3.Connection, claims: Iterable[tuple[int, str, int, int | None]]) -> None:
    rows = list(claims)
    pins: dict[str, list[Pin]] = {}
    for claim, article, start, resolved in rows:
        if article not in pins:
            pins[article] = _pins(connection, article)
        pinned = _pinned(pins[article], start, resolved)
        speaker = _roots(connection, [pinned]).get(pinned)
        connection.execute("UPDATE claims SET speaker_id = ? WHERE id = ?", (speaker, claim))


NAMESAKES = (  # rows that speak under one last name, each with one of its names, those with most claims first
    "WITH speaking AS (SELECT speaker_id, count(*) AS claims FROM claims WHERE speaker_id IS NOT NULL GROUP BY 1) "
    "SELECT a.speaker_id, b.speaker_id, a.family, a.initial, a.given, a.middle, a.suffix, b.initial, b.given, "
    "b.middle, b.suffix FROM speaker_names AS a "
    "JOIN speaker_names AS b ON b.family = a.family AND b.speaker_id > a.speaker_id "
    "JOIN speaking AS x ON x.speaker_id = a.speaker_id JOIN speaking AS y ON y.speaker_id = b.speaker_id "
    "ORDER BY min(x.claims, y.claims) DESC, a.speaker_id, b.speaker_id"
)


def namesakes(connection: sqlite3.Connection, limit: int) -> list[tuple[int, int]]:
    """Pairs of speakers whose names fit one person, as they stand, those who say most first."""
    found: dict[tuple[int, int], bool] = {}
    for one, other, family, *parts in connection.execute(NAMESAKES):
        fits = fit(stored_key(family, *parts[:4]), stored_key(family, *parts[4:])) is not None
        found[one, other] = found.get((one, other), True) and fits
    return [pair for pair, fits in found.items() if fits][:limit]
