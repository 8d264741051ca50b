"""Who is who across articles: from the speakers of one article to rows that stand for one person each.

A full name is the same person in every article unless an article shows two: other initials, another generation
("Jr."), or one name with two unlike roles and affiliations in the same article. An initial or a short form joins the
one person it fits. A last name alone is kept apart, and whom it stands for is worked out of all that the bank has
(`last_names`). Where that is wrong, a person decides (`human_decisions`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

import attrs

from quotebank.bank.arrivals import Waiting
from quotebank.bank.name_keys import Fit, Key, best_fit, fullest, key_of, name_forms, stored_key
from quotebank.bank.same_claim_candidates import Postings
from quotebank.bank.sketches import Sketches
from quotebank.bank.topics import UNLIKE, nearness
from quotebank.comparing import is_content, party_of, read_words
from quotebank.records import Speaker

_initial = attrgetter("initial")
Mark = tuple[str, str, str | None, str | None, str | None]  # name, type, role, affiliation, organization
DESCRIPTIONS = 200  # stated roles and affiliations of a person that are looked at
MANY = 500  # people of one last name that are looked at
BODIES = "SELECT DISTINCT organization FROM claims WHERE resolved_id = ? LIMIT ?"
MOST_KNOWN = 50_000  # last names and people that are kept in mind: some 20 MB


@lru_cache(maxsize=16_384)
def terms(description: str) -> frozenset[str]:
    """The content words of a role or an affiliation, stemmed."""
    words = read_words(description[:1000])
    return frozenset(s for s, k in zip(words.stems, words.keys, strict=True) if is_content(k))


@attrs.define
class Described:
    """What is known of someone: the words of all roles and affiliations that were stated, and of those but parties."""

    roles: frozenset[str] = frozenset()
    affiliations: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()

    def add(self, role: str | None, affiliation: str | None) -> None:
        """Take in one more description."""
        if not role and not affiliation:
            return
        self.roles |= terms(role) if role else frozenset()
        self.affiliations |= terms(affiliation) if affiliation else frozenset()
        party = affiliation is None or party_of(affiliation) is not None or affiliation[1:2] == "-"  # "D-Ohio"
        self.employers |= frozenset() if party else terms(affiliation)

    def agrees(self, other: Described) -> int:
        """How many words both have, affiliations counting double; 0 where the affiliations are unlike."""
        if self.affiliations and other.affiliations and not self.affiliations & other.affiliations:
            return 0
        return len(self.roles & other.roles) + 2 * len(self.affiliations & other.affiliations)

    def clashes(self, other: Described, *, bare: bool = False) -> bool:
        """Whether both have roles and affiliations, and neither has a word in common; roles alone, where less of a name
        tells that they are one (`bare`).
        """
        if bare and self.roles and other.roles and not self.roles & other.roles:
            return not self.affiliations & other.affiliations
        if not (self.roles and self.affiliations and other.roles and other.affiliations):
            return False
        return not (self.roles & other.roles or self.affiliations & other.affiliations)

    def speaks_against(self, other: Described) -> bool:
        """Whether both have employers, and nothing in common."""
        apart = self.employers and other.employers and not self.affiliations & other.affiliations
        return bool(apart) and not self.roles & other.roles

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return not self.roles and not self.affiliations


@attrs.define
class Identity:
    """One person or body of an article, under all names that the article gives.

    `own` are the keys of a body's names as written, where it is kept under the one of its canonical name; `bodies` the
    words of the canonical names of a person's affiliations; `has_bare`: a last name alone in the bank may be theirs.
    """

    type: str
    names: dict[str, Key]
    described: Described
    own: set[Key] = attrs.field(factory=set)
    bodies: set[str] = attrs.field(factory=set)
    row: int | None = None
    has_bare: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether no more than a last name is known of a person."""
        return self.type == "person" and is_bare(self.names.values())

    @property
    def family(self) -> str:
        """The last name, which all names of one person share."""
        return next(iter(self.names.values())).family

    def fits(self, key: Key) -> Fit | None:
        """How a name fits this person: as well as the best of the names here, unless one contradicts it."""
        return best_fit(self.names.values(), key)


def is_bare(keys: Iterable[Key]) -> bool:
    """Whether names are no more than a last name."""
    return not any(map(_initial, keys))


@attrs.frozen
class Resolved:
    """The row of each speaker of one article, None for who has no name.

    `families` are the last names of which the bank has people known by nothing more; `renamed` have a fuller name now.
    """

    rows: list[int | None]
    families: set[str]
    renamed: dict[int, str]


def resolve(connection: sqlite3.Connection, speakers: Sequence[Speaker | None], known: Known, text: str) -> Resolved:
    """The row of each speaker of one article, made where there is none yet.

    `known` is what other articles read of the same bank, `text` the article's.
    """
    identities, which = identify(speakers)
    namesakes: dict[str, list[Identity]] = {}
    for identity in identities:
        namesakes.setdefault(identity.family, []).append(identity)
    taken: set[int] = set()
    renamed: dict[int, str] = {}
    for identity in sorted(identities, key=lambda i: -max(k.fullness for k in i.names.values())):
        rivals = any(
            i is not identity and i.type == identity.type and any(i.fits(k) == "full" for k in identity.names.values())
            for i in namesakes[identity.family]
        )
        identity.row, name = _row(connection, identity, known, taken, text, rivals=rivals)
        taken.add(identity.row)
        if name is not None:
            renamed[identity.row] = name
    families = {i.family for i in identities if i.type == "person" and (i.has_bare or i.is_bare)}
    return Resolved([None if at is None else identities[at].row for at in which], families, renamed)


def identify(speakers: Sequence[Speaker | None]) -> tuple[list[Identity], list[int | None]]:
    """The people among the speakers of one article, and which of them each speaker is."""
    found: list[Identity] = []
    families: dict[str, list[int]] = {}
    known: dict[Mark, int | None] = {}
    marks = [_mark(s) if s else None for s in speakers]
    keyed = [(mark, key_of(mark[4] or mark[0], mark[1])) for mark in dict.fromkeys(m for m in marks if m)]
    for mark, key in sorted(keyed, key=lambda pair: -pair[1].fullness if pair[1] else 0):
        known[mark] = None if key is None else _place(found, families.setdefault(key.family, []), mark, key)
    which = [known[mark] if mark else None for mark in marks]
    for at, speaker in zip(which, speakers, strict=True):
        if at is not None and speaker is not None and speaker.organization and speaker.type == "person":
            found[at].bodies |= terms(speaker.organization)
    return found, which


def _mark(speaker: Speaker) -> Mark:
    """What tells a speaker from others; `organization` only of one that is one."""
    named = speaker.organization if speaker.type == "organization" else None
    return speaker.name, speaker.type, speaker.role, speaker.affiliation, named


def _place(found: list[Identity], family: list[int], mark: Mark, key: Key) -> int:
    """The identity of its `family` that a name with its description belongs to, a new one where none fits."""
    name, kind, role, affiliation, _ = mark
    if key.family.startswith("org "):
        kind = "organization"
    described = Described()
    described.add(role, affiliation)
    fitting = [
        (at, found[at].fits(key))
        for at in family
        if _same_kind(found[at].type, kind)
        and not (described.roles and found[at].described.clashes(described, bare=not key.initial and found[at].is_bare))
    ]
    full = [at for at, how in fitting if how == "full"]
    some = [at for at, how in fitting if how]
    if full:
        at = max(full, key=lambda k: found[k].described.agrees(described))
    elif len(some) == 1:
        at = some[0]
    else:
        at = len(found)
        family.append(at)
        found.append(Identity("organization" if kind == "organization" else "person", {}, Described()))
    found[at].names[" ".join(name.split())] = key
    own = key_of(name, kind)
    if own is not None and own != key:
        found[at].own.add(own)
    found[at].described.add(role, affiliation)
    return at


def _same_kind(a: str, b: str) -> bool:
    return (a == "organization") is (b == "organization")


@attrs.frozen
class Candidate:
    """A row that may be the person of an article; `by_form`, by another first name; `split_off` by hand."""

    id: int
    fit: Fit
    exact: bool
    by_form: bool
    described: Described
    split_off: bool = False


def _row(
    connection: sqlite3.Connection, identity: Identity, known: Known, taken: set[int], text: str, *, rivals: bool
) -> tuple[int, str | None]:
    """The row of a person, made where none is theirs, and their name, where the bank had a less full one.

    `rivals` says that the article has another one of the name.
    """
    namesakes = known.of(connection, identity)
    identity.has_bare = any(is_bare(names.values()) for names in namesakes.values())
    candidates = [
        c
        for c in _candidates(connection, identity, known, namesakes, taken, rivals=rivals)
        if not _is_another(connection, identity, c.id, known, text)
    ]
    if identity.is_bare:
        row = _described_alike(candidates, identity.described)
    else:
        row = _choose(candidates, identity, rivals=rivals)
    if row is None and not identity.is_bare and identity.described.empty:
        row = _nearest(connection, identity, candidates, text)
    if row is None:
        name = fullest(identity.names)
        made = connection.execute("INSERT INTO speakers (name, type) VALUES (?, ?)", (name, identity.type))
        row = int(made.lastrowid or 0)
    before = namesakes.get(row, {})
    fresh = _remember(connection, row, identity.names, before)
    known.forget(fresh)
    return row, fullest(before | identity.names) if before and fresh else None


def _is_another(connection: sqlite3.Connection, identity: Identity, row: int, known: Known, text: str) -> bool:
    """Whether a full name is another person's here: somebody else's employer, nothing of the role, another subject."""
    if identity.type != "person" or identity.is_bare or not identity.described.affiliations:
        return False
    if not identity.described.speaks_against(known.described(connection, row)):
        return False
    known_bodies = connection.execute(BODIES, (row, DESCRIPTIONS))
    if any(not identity.bodies.isdisjoint(terms(body)) for (body,) in known_bodies if body):
        return False
    return nearness(connection, row, text, fullest(identity.names)) < UNLIKE


def _nearest(
    connection: sqlite3.Connection, identity: Identity, candidates: Sequence[Candidate], text: str
) -> int | None:
    """Of several people of just this name that one whose articles have most in common with a text."""
    exact = [c.id for c in candidates if c.exact and not c.split_off]
    name = fullest(identity.names)
    return max(exact, key=lambda row: (nearness(connection, row, text, name), -row), default=None)


def _described_alike(candidates: Sequence[Candidate], described: Described) -> int | None:
    """The row of a last name alone that is described in just these words."""
    same = (c.id for c in candidates if c.fit == "full" and not c.split_off and c.described == described)
    return min(same, default=None)


def _choose(candidates: Sequence[Candidate], identity: Identity, *, rivals: bool) -> int | None:
    described = identity.described
    full = [c for c in candidates if c.fit == "full" and not (rivals and c.described.clashes(described))]
    if len(full) == 1:
        return full[0].id
    if full:
        return _by_description(full, described) or _by_default([c for c in full if not c.split_off])
    loose = [
        c for c in candidates if c.fit == "loose" and not (c.by_form and c.described.clashes(described, bare=True))
    ]
    return loose[0].id if len(loose) == 1 else _by_description(loose, described)


def _by_default(candidates: Sequence[Candidate]) -> int | None:
    """The one candidate of just this name, or the first such of whom nothing is known, or the one of any name.

    Nothing tells two of just this name apart: were nobody chosen, every further article would make one more.
    """
    exact = [c.id for c in candidates if c.exact]
    if len(exact) == 1:
        return exact[0]
    unknown = [c for c in candidates if c.described.empty]
    named = [c.id for c in unknown if c.exact]
    return min(named) if named else unknown[0].id if len(unknown) == 1 else None


def _by_description(candidates: Sequence[Candidate], described: Described) -> int | None:
    """The candidate whose roles and affiliations agree best, if only one does."""
    ranked = sorted(((c.described.agrees(described), c.id) for c in candidates), reverse=True)
    if not ranked or not ranked[0][0] or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]


def _candidates(
    connection: sqlite3.Connection,
    identity: Identity,
    known: Known,
    namesakes: dict[int, dict[str, Key]],
    taken: set[int],
    *,
    rivals: bool,
) -> list[Candidate]:
    found: list[tuple[int, Fit, bool, bool]] = []
    mine = identity.names.values()
    bare = is_bare(mine)
    for row in sorted(namesakes.keys() - taken):
        keys = namesakes[row].values()
        if identity.type == "person" and is_bare(keys) is not bare:  # a last name is never written to a full name's row
            continue
        fits = [best_fit(keys, key) for key in mine]
        if not identity.own.isdisjoint(keys):
            fits = ["full"]  # kept under another name of it
        best: Fit | None = "full" if "full" in fits else "loose" if "loose" in fits else None
        if best and None not in fits:
            by_form = best == "loose" and any(key.given for key in mine) and all(key.given for key in keys)  # Charlie
            found.append((row, best, any(key in keys for key in mine), by_form))
    if len(found) == 1 and found[0][1] == "full" and not rivals and not identity.is_bare:
        return [Candidate(*found[0], Described())]  # the name decides
    return [
        Candidate(*row, known.described(connection, row[0]), _is_split_off(connection, row[0]))
        if row[1] == "full" or not identity.described.empty
        else Candidate(*row, Described())  # nothing is stated that it could agree with
        for row in found
    ]


def _is_split_off(connection: sqlite3.Connection, row: int) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM decisions WHERE other_id = ? AND kind = 'split' AND undone IS NULL)"
    return bool(connection.execute(sql, (row,)).fetchone()[0])


@attrs.frozen
class Known:
    """What was read of a bank: rows that names may fit, with all names of each and descriptions; claims, by key too.

    To be forgotten where claims are deleted or come to count for others, where a transaction fails, and where another
    process has written to the bank.
    """

    families: dict[str, dict[tuple[str, Key], dict[int, dict[str, Key]]]] = attrs.field(factory=dict)
    descriptions: dict[int, Described] = attrs.field(factory=dict)
    postings: Postings = attrs.field(factory=Postings)
    sketches: Sketches = attrs.field(factory=Sketches)
    waiting: Waiting = attrs.field(factory=Waiting)

    @property
    def is_full(self) -> bool:
        """Whether it is time to begin anew."""
        return len(self.families) + len(self.descriptions) > MOST_KNOWN

    def clear(self) -> None:
        """Forget everything."""
        for kept in (self.families, self.descriptions):
            kept.clear()
        self.forget_claims()

    def forget_claims(self) -> None:
        """Forget who said what: claims have come to count for others."""
        self.postings.rows.clear()
        self.sketches.rows.clear()

    def described(self, connection: sqlite3.Connection, row: int) -> Described:
        """The roles and affiliations that were stated of somebody."""
        found = self.descriptions.get(row)
        if found is None:
            found = self.descriptions[row] = _described(connection, row)
        return found

    def of(self, connection: sqlite3.Connection, identity: Identity) -> dict[int, dict[str, Key]]:
        """The rows that one of a person's names may fit."""
        keys = set(identity.names.values()) | identity.own
        if len(keys) == 1:
            return self._under(connection, identity.type, keys.pop())
        found: dict[int, dict[str, Key]] = {}
        for key in keys:
            found |= self._under(connection, identity.type, key)
        return found

    def _under(self, connection: sqlite3.Connection, kind: str, key: Key) -> dict[int, dict[str, Key]]:
        family = self.families.setdefault(key.family, {})
        found = family.get((kind, key))
        if found is None:
            found = family[kind, key] = {}
            for row, name, *parts in _named(connection, key, kind):
                found.setdefault(row, {})[name] = stored_key(*parts)
        return found

    def forget(self, keys: Iterable[Key]) -> None:
        """Read anew who goes by these last names: somebody has come to."""
        for key in keys:
            self.families.pop(key.family, None)

    def notice(self, speakers: Iterable[tuple[int | None, Speaker | None]]) -> None:
        """Take in how those rows are described of which claims were written that describe them."""
        for row, speaker in speakers:
            if row is not None and speaker is not None and (speaker.role or speaker.affiliation):
                found = self.descriptions.get(row)
                if found is not None:
                    found.add(speaker.role, speaker.affiliation)


def _named(connection: sqlite3.Connection, key: Key, kind: str) -> Iterable[tuple[int, str, str, str, str, str, str]]:
    """Names of rows of the kind that may fit: the same last name, no other initial unless for a short form."""
    where, values = "n.family = :family", {"family": key.family, "kind": kind, "many": MANY}
    if key.initial:
        forms = sorted(name_forms(key.given))
        places = ", ".join(f":form{at}" for at in range(len(forms)))
        where += f" AND (n.initial IN ('', :initial) OR n.given IN ({places}))"
        values |= {"initial": key.initial} | {f"form{at}": form for at, form in enumerate(forms)}
    sql = (
        "SELECT a.speaker_id, a.name, a.family, a.initial, a.given, a.middle, a.suffix FROM ("
        "SELECT DISTINCT n.speaker_id FROM speaker_names n JOIN speakers s ON s.id = n.speaker_id "
        f"WHERE {where} AND s.type = :kind ORDER BY n.speaker_id LIMIT :many) AS found "
        "CROSS JOIN speaker_names a ON a.speaker_id = found.speaker_id"
    )
    return connection.execute(sql, values)


def _described(connection: sqlite3.Connection, row: int) -> Described:
    found = Described()
    sql = "SELECT DISTINCT role, affiliation FROM claims WHERE resolved_id = ? LIMIT ?"
    for role, affiliation in connection.execute(sql, (row, DESCRIPTIONS)):
        found.add(role, affiliation)
    return found


def _remember(connection: sqlite3.Connection, row: int, names: dict[str, Key], known: dict[str, Key]) -> Iterable[Key]:
    """Keep the forms of a name under its row; `storing.finish` indexes them.

    Returned are all keys of the row, if any form is new.
    """
    fresh = {name: key for name, key in names.items() if name not in known}
    if not fresh:
        return ()
    for name, key in fresh.items():
        connection.execute(
            "INSERT INTO speaker_names (speaker_id, name, family, initial, given, middle, suffix) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row, name, *attrs.astuple(key)),
        )
    return (known | fresh).values()


def forget(connection: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Drop what no claim speaks of any more: names, and the rows themselves unless a decision names them."""
    for row in set(rows):
        used = {
            name
            for (name,) in connection.execute("SELECT DISTINCT speaker_name FROM claims WHERE resolved_id = ?", (row,))
        }
        held = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM decisions WHERE speaker_id = :row OR other_id = :row) "
            "OR EXISTS (SELECT 1 FROM pins WHERE from_id = :row OR to_id = :row)",
            {"row": row},
        ).fetchone()[0]
        if used or not held:
            _drop_names(connection, row, {" ".join(n.split()) for n in used if n})
        if not used and not held:
            connection.execute(  # of those who are kept for a decision's sake, and say nothing now
                "UPDATE speakers SET explained_by = NULL, merged_into = nullif(merged_into, :row) "
                "WHERE explained_by = :row",
                {"row": row},
            )
            connection.execute("DELETE FROM speakers WHERE id = ?", (row,))


def _drop_names(connection: sqlite3.Connection, row: int, keep: set[str]) -> None:
    """Drop the forms of a name that are not to be kept; the row's own name becomes the fullest of the others."""
    sql = "SELECT id, name, family, initial, given, middle, suffix FROM speaker_names WHERE speaker_id = ?"
    found = connection.execute(sql, (row,)).fetchall()
    for at, name, *_ in found:
        if name not in keep:
            connection.execute("INSERT INTO names_fts (names_fts, rowid, name) VALUES ('delete', ?, ?)", (at, name))
            connection.execute("DELETE FROM speaker_names WHERE id = ?", (at,))
    left = {name: Key(*key) for _, name, *key in found if name in keep}
    if left and len(left) < len(found):
        connection.execute("UPDATE speakers SET name = ? WHERE id = ?", (fullest(left), row))
