"""Which speakers of a bank a name means, or a description of somebody by post and body."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping

import attrs
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from quotebank.bank.asked_speaker import AskedSpeaker, Post, read_asked
from quotebank.bank.identities import terms
from quotebank.bank.name_keys import key_of
from quotebank.bank.result_records import Profile
from quotebank.bank.searching import LONGEST, check_string, counted, match_of
from quotebank.bank.topics import UNLIKE, likeness_of_topics
from quotebank.comparing import read_name
from quotebank.errors import ArgumentTypeError, ArgumentValueError, NotInBankError, shown

ALIKE_BEGINNING = 2  # letters of a last name that a misspelt one has right
READ_NAMES = 5_000  # names of that beginning that are looked at
LEAST_ALIKE = 70  # per cent of two names, as rapidfuzz counts, that are alike
DESCRIPTIONS = 1_000  # claims of people that are looked at for what is told of them
FEWEST_TERMS = 2  # of a post by which somebody is looked for: "the mayor" is too many
WELL_KNOWN = 5  # articles in which somebody is described of whom nobody asks which of several they are
FORMER = terms("former ex")
NAMED = (
    "SELECT DISTINCT coalesce(speakers.merged_into, speakers.id) FROM speaker_names "
    "JOIN speakers ON speakers.id = speaker_names.speaker_id"
)
TOLD = (  # of so many claims of these people, of whom there may be hundreds of thousands
    "SELECT DISTINCT speaker_id, articles.article_id, role, affiliation, organization FROM ("
    "SELECT speaker_id, article_id, role, affiliation, organization FROM claims "
    "WHERE speaker_id IN (SELECT value FROM json_each(?)) LIMIT ?) AS found "
    "JOIN articles ON articles.id = found.article_id WHERE role IS NOT NULL"
)
OF_POST = (
    "SELECT DISTINCT speaker_id, claims.role, claims.affiliation, claims.organization FROM ("
    "SELECT rowid FROM claims_fts WHERE claims_fts MATCH ? ORDER BY rowid DESC LIMIT ?) AS found "
    "CROSS JOIN claims ON claims.id = found.rowid WHERE speaker_id IS NOT NULL"
)


@attrs.frozen
class Sought:
    """Who is asked for: as typed, and the rows of the bank that may be meant.

    Of what is said beside the name some articles may tell it of somebody of the name: `so` has these rows with the
    articles. `told` has for every row what each article tells of it.
    """

    asked: AskedSpeaker
    people: frozenset[int]
    so: frozenset[tuple[int, str]] = frozenset()
    told: Mapping[int, Mapping[str, frozenset[str]]] = attrs.field(factory=dict)

    @property
    def name(self) -> str:
        """The name that is asked for, or the description."""
        return self.asked.name

    def is_another(self, row: int) -> bool:
        """Whether a row is somebody of the name of whom other things are told than of who is described so."""
        return bool(self.so) and row in self.told and row not in {one for one, _ in self.so}

    def leaves_open(self, row: int, article: str, text_of: Callable[[str], str]) -> bool:
        """Whether somebody of the name may be another one in an article than who is described so.

        Nothing that it tells of the person is told where it is as asked, and its subject is another. Of who speaks in
        many articles, none: they are well known.
        """
        if not self.so or (row, article) in self.so:
            return False
        if row not in self.people:
            return True
        told = self.told.get(row, {})
        known = [other for one, other in self.so if one == row]
        if article not in told or len(told) >= WELL_KNOWN or not known:
            return False
        here, of_known = told[article], frozenset().union(*(told[other] for other in known))
        if not of_known.isdisjoint(here) or not FORMER.isdisjoint(here):
            return False
        return max(likeness_of_topics(text_of(article), text_of(other), self.name) for other in known) < UNLIKE


def sought(connection: sqlite3.Connection, typed: str) -> Sought:
    """The speakers of a bank that somebody may mean who typed a name with a description, or one of them alone."""
    asked = read_asked(typed)
    read = read_name(asked.name).apart
    people = find_speakers(connection, asked.name)
    one = bool(asked.described) and " " not in asked.name  # "PM Lee", who may be Lee Kuan, but is no Lee Mason, a baker
    family = _of_last_name(connection, read.last) if read.last and not read.given and (one or not people) else people
    people = list(dict.fromkeys([*people, *family]))
    if not asked.described or not people:
        return Sought(asked, frozenset(people))
    told: dict[int, dict[str, frozenset[str]]] = {}
    for row, article, *words in connection.execute(TOLD, (json.dumps(people), DESCRIPTIONS)):
        articles = told.setdefault(row, {})
        articles[article] = articles.get(article, frozenset()) | terms(" ".join(filter(None, words)))
    common = {(row, at): len(asked.described & some) for row, articles in told.items() for at, some in articles.items()}
    most = max(common.values(), default=0)
    so = frozenset(place for place, count in common.items() if count == most > 0)
    return Sought(asked, frozenset(people if so else family), so, told)


def find_speakers(connection: sqlite3.Connection, name: str | None = None) -> list[int]:
    """The speakers that go by a name, those of all words of it if nobody has just that name; all without a name."""
    if name is None:
        sql = "SELECT DISTINCT speaker_id FROM claims WHERE speaker_id IS NOT NULL ORDER BY 1"
        return [row for (row,) in connection.execute(sql)]
    check_string("speaker", name, LONGEST)
    named = match_of("name", name)
    if named is None:
        return []
    rows = connection.execute(
        "SELECT DISTINCT coalesce(speakers.merged_into, speakers.id), speaker_names.name FROM names_fts "
        "JOIN speaker_names ON speaker_names.id = names_fts.rowid "
        "JOIN speakers ON speakers.id = speaker_names.speaker_id WHERE names_fts MATCH ? ORDER BY 1",
        (named,),
    ).fetchall()
    wanted = " ".join(name.split()).casefold()
    exact = [row for row, form in rows if form.casefold() == wanted and (" " in wanted or not _may_be_last(name))]
    found = list(dict.fromkeys(exact or [row for row, _ in rows]))
    return found or _by_key(connection, name) or _by_post(connection, name)


def _may_be_last(name: str) -> bool:
    """Whether a name may be the last one of somebody: "Blair" asks for Tony Blair too, "NATO" for nobody else."""
    return bool(read_name(name).last)


def nearest(connection: sqlite3.Connection, name: str) -> list[str]:
    """Names in the bank that are written much like one that is not there."""
    plain = " ".join(name.split())
    if not plain:
        return []
    last = (read_name(plain).last or plain.casefold().split()[-1])[:ALIKE_BEGINNING]
    sql = "SELECT DISTINCT name FROM speaker_names WHERE family >= ? AND family < ? LIMIT ?"
    for low, high in ((last, last + "\U0010ffff"), ("", "\U0010ffff")):  # Gaddafi may be Qaddafi
        names = [row for (row,) in connection.execute(sql, (low, high, READ_NAMES))]
        typed = {name: name if " " in plain else name.split()[-1] for name in names}  # "Gaddafi" is a last name
        found = [name for *_, name in extract(plain, typed, scorer=ratio, score_cutoff=LEAST_ALIKE, limit=3)]
        if found:
            return found
    return []


def nearest_told(connection: sqlite3.Connection, name: str) -> str:
    """The names in the bank that are written much like one, told behind a semicolon; "" where there are none."""
    near = nearest(connection, name)
    if not near:
        return ""
    return f"; the nearest names are {', '.join(near)}" if len(near) > 1 else f"; the nearest name is {near[0]}"


def speaking(connection: sqlite3.Connection, name: str | None = None) -> list[int]:
    """The speakers that go by a name, or all, who have claims; those with most first, then by name."""
    sql = (
        "SELECT claims.speaker_id FROM claims JOIN speakers ON speakers.id = claims.speaker_id {where}"
        "GROUP BY claims.speaker_id ORDER BY count(*) DESC, speakers.name, speakers.id"
    )
    if name is None:
        return [row for (row,) in connection.execute(sql.format(where=""))]
    rows = json.dumps(find_speakers(connection, name))
    where = "WHERE claims.speaker_id IN (SELECT value FROM json_each(?)) "
    return [row for (row,) in connection.execute(sql.format(where=where), (rows,))]


def _of_last_name(connection: sqlite3.Connection, last: str) -> list[int]:
    """The persons of a last name, by whatever first name."""
    sql = f"{NAMED} WHERE family = ? AND type = 'person' ORDER BY 1 LIMIT ?"
    return [row for (row,) in connection.execute(sql, (last, READ_NAMES))]


def _by_key(connection: sqlite3.Connection, name: str) -> list[int]:
    """Speakers by the parts of a name: "Gov. Ann Lee" finds "Ann Lee"."""
    found: list[int] = []
    for kind in ("person", "organization"):
        key = key_of(name, kind)
        if key is not None:
            found += [
                row
                for (row,) in connection.execute(
                    f"{NAMED} WHERE family = ? AND given = ? AND (suffix = ? OR ? = '') ORDER BY 1",
                    (key.family, key.given, key.suffix, key.suffix),
                )
            ]
    return found


def _by_post(connection: sqlite3.Connection, name: str) -> list[int]:
    """Speakers whom articles give a post at a body: "the mayor of Springfield", "the Voltera chief executive"."""
    post = Post.of(" ".join(name.split()))
    noun = match_of("role", post.role.rpartition(" ")[2])
    told = match_of("{role affiliation organization}", f"{post.role} {post.body}")
    if not noun or not told or len(post.terms) < FEWEST_TERMS or not read_asked(name).is_post:
        return []
    rows = connection.execute(OF_POST, (f"{noun} AND {told}", DESCRIPTIONS))
    return sorted({row for row, *held in rows if post.is_held(*held)})


def one_speaker(connection: sqlite3.Connection, who: object) -> int:
    """The one speaker that a name, an id or a profile means. Raises `NotInBankError` for none and for several."""
    if isinstance(who, Profile):
        who = who.id
    if isinstance(who, int) and not isinstance(who, bool):
        row = connection.execute(
            "SELECT coalesce(merged_into, id) FROM speakers WHERE id = ?", (counted("speaker", who),)
        ).fetchone()
        if row is None:
            raise NotInBankError(f"there is no speaker {who} in the bank")
        return int(row[0])
    if not isinstance(who, str):
        raise ArgumentTypeError(f"speaker must be a name, an id or a Profile; got {shown(who)}")
    if not who.strip():
        raise ArgumentValueError("speaker must not be blank; give a name, or an id as `speakers` lists them")
    found = [row for row in find_speakers(connection, who) if _speaks(connection, row)]
    if not found:
        raise NotInBankError(f"nobody called {shown(who)} speaks in the bank{nearest_told(connection, who)}")
    if len(found) > 1:
        names = ", ".join(f"{row} ({name})" for row, name in _names(connection, found[:8]))
        raise NotInBankError(f"{len(found)} speakers are called {shown(who)}; name one by its id: {names}")
    return found[0]


def _speaks(connection: sqlite3.Connection, row: int) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM claims WHERE speaker_id = ?)"
    return bool(connection.execute(sql, (row,)).fetchone()[0])


def _names(connection: sqlite3.Connection, rows: Iterable[int]) -> list[tuple[int, str]]:
    return [(row, connection.execute("SELECT name FROM speakers WHERE id = ?", (row,)).fetchone()[0]) for row in rows]
