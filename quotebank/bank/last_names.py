"""Whom a last name alone stands for, across articles.

Such a row is explained by the one person of that name in the bank whose roles and affiliations agree best; one of whom
nothing is stated by whom the bank has under that name so often that no reader would ask. Those that nobody explains are
one where their descriptions agree, or where none speaks against another. It follows from all that the bank holds, in
whatever order that came, is kept as `speakers.explained_by`, and works as a merge does, unless a person has decided.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

import attrs

from quotebank.bank.human_decisions import UNDECIDED
from quotebank.bank.identities import Described, Known, is_bare
from quotebank.bank.name_keys import Key, fit, name_forms, stored_key

MANY = 2_000  # names of people of one last name that are looked at
WELL_KNOWN = 5  # articles in which somebody is quoted whom a last name alone may mean
RIVALS = 0.1  # of those articles, in which others of that name may be quoted, all together
COUNTED = 200  # articles of a person that are counted
NAMED = (  # all who speak under a last name, but who was split off by hand
    f"SELECT speakers.id, coalesce(merged_into, speakers.id), explained_by, {UNDECIDED}, "
    "family, initial, given, middle, suffix FROM speaker_names JOIN speakers ON speakers.id = speaker_id "
    "WHERE family = ? AND type = 'person' AND EXISTS (SELECT 1 FROM claims WHERE resolved_id = speakers.id) "
    "AND NOT EXISTS (SELECT 1 FROM decisions WHERE undone IS NULL AND kind = 'split' AND other_id = speakers.id) "
    "ORDER BY speakers.id LIMIT ?"
)
ARTICLES = "SELECT count(*) FROM (SELECT DISTINCT article_id FROM claims WHERE resolved_id = ? LIMIT ?)"


@attrs.define
class Namesake:
    """Somebody who speaks under a last name: the row, all names of it, and whose row it stands for by hand."""

    row: int
    root: int
    explained_by: int | None
    is_open: bool  # no decision says who it is
    described: Described
    keys: list[Key] = attrs.field(factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether it has no more than a last name."""
        return is_bare(self.keys)

    @property
    def has_suffix(self) -> bool:
        """Whether the name says which of several it is: "Jr."."""
        return any(key.suffix for key in self.keys)

    def may_be(self, other: Namesake) -> bool:
        """Whether no name of one contradicts one of the other; a last name alone is no more without a "Jr."."""
        short = (self.is_bare and not self.has_suffix) or (other.is_bare and not other.has_suffix)
        return (short and self.is_bare is not other.is_bare) or all(
            fit(a, b) is not None for a in self.keys for b in other.keys
        )


def explain(connection: sqlite3.Connection, families: Iterable[str], known: Known) -> list[int]:
    """Work out anew whom the last names stand for; the rows that now stand for another one than before.

    To be called in a transaction, after claims of somebody of these names were written or deleted, or a decision made.
    """
    changed: list[int] = []
    for family in sorted(families):
        people = _namesakes(connection, family, known)
        bare = [p for p in people if p.is_bare]
        if not bare:
            continue
        meant = _meant(connection, bare, [p for p in people if not p.is_bare])
        for one in bare:
            if meant.get(one.row) != one.explained_by:
                changed.append(one.row)
                connection.execute("UPDATE speakers SET explained_by = ? WHERE id = ?", (meant.get(one.row), one.row))
    return changed


def families_of(connection: sqlite3.Connection, rows: Iterable[int]) -> set[str]:
    """The last names of people, by their rows."""
    sql = (
        "SELECT family FROM speaker_names JOIN speakers ON speakers.id = speaker_id "
        "WHERE speaker_id = ? AND type = 'person'"
    )
    return {family for row in rows for (family,) in connection.execute(sql, (row,))}


def bare_families(connection: sqlite3.Connection) -> set[str]:
    """The last names by which alone somebody in the bank is known."""
    sql = (
        "SELECT DISTINCT family FROM speaker_names JOIN speakers ON speakers.id = speaker_id "
        "WHERE initial = '' AND type = 'person'"
    )
    return {family for (family,) in connection.execute(sql)}


def _namesakes(connection: sqlite3.Connection, family: str, known: Known) -> list[Namesake]:
    found: dict[int, Namesake] = {}
    for row, root, explained_by, is_open, *key in connection.execute(NAMED, (family, MANY)):
        if row not in found:
            found[row] = Namesake(row, root, explained_by, bool(is_open), known.described(connection, row))
        found[row].keys.append(stored_key(*key))
    return list(found.values())


def _meant(connection: sqlite3.Connection, bare: Sequence[Namesake], full: Sequence[Namesake]) -> dict[int, int]:
    """Whom bare rows stand for: each that stands for another row, with that row."""
    articles = _articles(connection, full)
    meant: dict[int, int] = {}
    for one in (b for b in bare if b.is_open):
        fitting = [p for p in full if p.may_be(one)]
        who = _well_known(fitting, articles)
        if not _is_of(one, who):
            who = _agreeing(one, [p for p in fitting if not p.has_suffix] or fitting)
            who = who if len({p.root for p in who}) == 1 else _well_known(who, articles)
        if who:
            meant[one.row] = min(p.row for p in who)
    for together in _alike([one for one in bare if one.row not in meant]):
        meant |= {one.row: together[0].row for one in together[1:] if one.is_open}
    return meant


def _agreeing(one: Namesake, fitting: Sequence[Namesake]) -> list[Namesake]:
    """Those whose roles and affiliations agree best with a bare row's, as far as any do.

    Where it is the role alone, all are who have as much of it, at whatever place.
    """
    found = [p.described.agrees(one.described) for p in fitting]
    most = max(found, default=0)
    best = [p for n, p in zip(found, fitting, strict=True) if n == most > 0]
    if not best or any(p.described.affiliations & one.described.affiliations for p in best):
        return best
    return [p for p in fitting if len(p.described.roles & one.described.roles) >= most]


def _is_of(one: Namesake, known: Sequence[Namesake]) -> bool:
    """Whether a last name may mean somebody well known: no first name is meant, or any role that they have."""
    if one.described.empty:
        return not any(name_forms(key.family) for key in one.keys)
    return any(p.described.roles & one.described.roles for p in known)


def _articles(connection: sqlite3.Connection, full: Iterable[Namesake]) -> dict[int, int]:
    """How many articles quote each person, by root."""
    articles: dict[int, int] = {}
    for p in full:
        count = connection.execute(ARTICLES, (p.row, COUNTED)).fetchone()[0]
        articles[p.root] = articles.get(p.root, 0) + int(count)
    return articles


def _well_known(people: Sequence[Namesake], articles: dict[int, int]) -> list[Namesake]:
    """The rows of the person whom so many articles quote, and hardly any another one of these people; else none.

    One of the same first name is none of the others: a son is "Jr.".
    """
    known = max((p.root for p in people), key=lambda root: (articles[root], -root), default=0)
    rows = [p for p in people if p.root == known]
    given = {key.given for p in rows for key in p.keys}
    others = {p.root for p in people if p.root != known and given.isdisjoint(key.given for key in p.keys)}
    if not rows or articles[known] < WELL_KNOWN or sum(articles[root] for root in others) > RIVALS * articles[known]:
        return []
    return rows


def _alike(bare: Sequence[Namesake]) -> Iterator[list[Namesake]]:
    """Bare rows that are taken for one person, those that a decision is about first."""
    groups: list[list[Namesake]] = []
    for one in bare:
        near = [g for g in groups if any(p.may_be(one) and p.described.agrees(one.described) for p in g)]
        groups = [g for g in groups if g not in near] + [[one, *(p for g in near for p in g)]]
    if all(_are_compatible(a, b) for i, a in enumerate(groups) for b in groups[:i]):
        groups = [[p for g in groups for p in g]]
    else:
        described = [g for g in groups if not all(p.described.empty for p in g)]
        unknown = [p for g in groups if g not in described for p in g]
        if len(described) == 1 and _are_compatible(described[0], unknown):
            groups = [[*described[0], *unknown]]
    for group in groups:
        yield sorted(group, key=lambda p: (p.is_open, p.row))


def _are_compatible(some: Collection[Namesake], others: Collection[Namesake]) -> bool:
    return all(a.may_be(b) and not a.described.clashes(b.described, bare=True) for a in some for b in others)
