"""Searching: what counts as the same word, the SQL of a search, and rows as the records that a bank answers with."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import regex

from quotebank.bank.reporting_sentence import Texts, sentence_of
from quotebank.bank.result_records import Appearance, Hit, Profile, Reference, Stated
from quotebank.bank.stored_form import claim_of
from quotebank.bank.typed_words import asked_for
from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.records import ACTS, FORCES, KINDS, Article
from quotebank.spans import Span
from quotebank.text import words

# of a post that is over
FORMER = regex.compile(r"(?i)(?:former(?:ly)?|ex|then|one-?time|retired|erstwhile|was|were|previously)\b")
LONGEST = 1_000  # code points of a search; more is no search but a text
RANKED = 4_000  # claims that are ranked; of more that match, those added last are listed, newest first
SAID = "{text speaker_name}"  # the columns in which a text is looked for
SNIPPET = 32  # words
SENTENCE = 10  # words of a claim: shorter ones are fragments, and the less found by what they hold alone
WHOLE = (  # how much of a sentence a claim is, by the words that the index counts: to read the claims takes far longer
    f"CASE WHEN substr(sizes.sz, 1, 1) >= x'{SENTENCE:02X}' THEN 1.0 "
    f"ELSE instr(x'{''.join(f'{n:02X}' for n in range(1, SENTENCE))}', substr(sizes.sz, 1, 1)) / {SENTENCE}.0 END"
)
BEGIN, END = "\ufdd0", "\ufdd1"  # noncharacters: no text holds them, so that they can mark matches
QUOTES = '"“”„«» '
PHRASE = regex.compile(r"[\"“”„«»]([^\"“”„«»]*+)[\"“”„«»]|(\S+)")
INDEXED = frozenset("LNM")  # general categories of which FTS5's unicode61 makes words; Co aside
COLUMNS = (
    "records.record, articles.article_id, articles.publisher, articles.title, articles.published, articles.url, "
    "claims.speaker_id"
)
RECORDS = "JOIN records ON records.claim_id = claims.id"
TABLES = f"JOIN articles ON articles.id = claims.article_id {RECORDS}"
AROUND = (  # the claim that tells another one, the outermost
    "SELECT o.id FROM claims AS o WHERE o.article_id = claims.article_id AND o.start <= claims.start "
    'AND o."end" >= claims."end" AND o."end" - o.start > claims."end" - claims.start '
    'ORDER BY o.start, o."end" DESC LIMIT 1'
)
BY_DATE = "articles.published IS NULL, articles.published, articles.id, claims.start"

# How a search takes words: accents do not count, and in texts endings do not. The full-text tables are made with these;
# who changes one adds a migration that makes them anew, see `tables`.
IN_TEXTS = "porter unicode61 remove_diacritics 2"
IN_NAMES = "unicode61 remove_diacritics 2"

Parameters = dict[str, str | int]


def search_sql(
    text: str = "",
    *,
    speaker: str | int | None = None,
    affiliation: str | None = None,
    role: str | None = None,
    kind: str | None = None,
    act: str | None = None,
    publisher: str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> tuple[str, Parameters]:
    """The SQL of a search and its named parameters, for `sqlite3`, Datasette or any other reader of the file.

    Rows are: the claim as JSON, the article's id, publisher, title, date and url, the speaker's id, the snippet with
    matches between U+FDD0 and U+FDD1, and the score. See `ClaimBank.search` for what goes in and what is raised.
    """
    check_string("text", text, LONGEST)
    _check_strings(affiliation=affiliation, role=role, kind=kind, act=act, publisher=publisher)
    values: Parameters = {"limit": counted("limit", limit), "offset": counted("offset", offset)}
    where: list[str] = []
    match = match_of(SAID, text), match_of("role", role), match_of("{affiliation organization}", affiliation)
    _filter_speaker(speaker, where, values)
    _filter_columns(kind, act, publisher, where, values)
    for name, bound, operator in (("since", since, ">="), ("until", until, "<=")):
        if bound is not None:
            where.append(f"articles.published {operator} :{name}")
            values[name] = as_date(name, bound).isoformat()
    if text.strip() and match[0] is None:  # emoji and other signs are in no index: look for them as they stand
        signs = " ".join(text.replace("\0", " ").split())
        values["signs"] = signs if signs.strip(QUOTES) else ""  # marks around nothing ask for nothing
        where.append("instr(claims.text, :signs) > 0" if values["signs"] else ":signs <> ''")
    for name, given, found in (("role", role, match[1]), ("affiliation", affiliation, match[2])):
        if given is not None and found is None:
            column = "coalesce(claims.affiliation, '') || ' ' || coalesce(claims.organization, '')"
            where.append(f"instr({column if name == 'affiliation' else 'claims.role'}, :{name}) > 0")
            values[name] = given
    if match[0] and "news" in text.casefold().split():  # which the stemmer takes for more than one "new"
        where.append("claims.text || coalesce(claims.speaker_name, '') LIKE '%news%'")
    terms = [m for m in match if m is not None]
    if terms:
        values["match"] = " AND ".join(terms)
    if match[0]:
        return _ranked(where), values
    if terms:
        where.append("claims.id IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH :match)")
    return _listed(where, few=bool(terms) or speaker is not None), values


def _ranked(where: Sequence[str]) -> str:
    condition = "".join(f" AND {c}" for c in where)
    # CROSS, so that SQLite begins with the words, whatever other conditions there are
    filtered = "CROSS JOIN claims_fts_docsize AS sizes ON sizes.id = claims_fts.rowid " + (
        "CROSS JOIN claims ON claims.id = claims_fts.rowid CROSS JOIN articles ON articles.id = claims.article_id "
        if where
        else ""
    )
    newest = "CASE WHEN (SELECT least FROM many) IS NULL THEN 1 ELSE -1 END"
    return (
        # bm25 first counts every claim of every word, which takes longest where many match and ranking tells least
        "WITH many (least) AS MATERIALIZED (SELECT (SELECT rowid FROM claims_fts WHERE claims_fts MATCH :match "
        f"ORDER BY rowid DESC LIMIT 1 OFFSET {RANKED})), "
        "near (id, score) AS MATERIALIZED ("
        "SELECT claims_fts.rowid, CASE WHEN (SELECT least FROM many) IS NULL "
        f"THEN -bm25(claims_fts, 1.0, 0.5, 0.0, 0.0, 0.0) * {WHOLE} ELSE 0.0 END "
        f"FROM claims_fts {filtered}"
        f"WHERE claims_fts MATCH :match{condition} "
        "AND claims_fts.rowid >= coalesce((SELECT least FROM many), 0) "
        f"ORDER BY 2 DESC, {newest} * claims_fts.rowid LIMIT :limit + :offset), "
        f"told (id, score, outer_id) AS MATERIALIZED (SELECT near.id, near.score, ({AROUND}) "
        "FROM near CROSS JOIN claims ON claims.id = near.id), "
        # whoever tells what was found comes with it, as near and before it, where what is asked for holds there
        "around (id, score) AS MATERIALIZED (SELECT outer_id, max(score) FROM told WHERE outer_id IN ("
        f"SELECT claims_fts.rowid FROM claims_fts {filtered}WHERE claims_fts MATCH :match{condition} "
        "AND claims_fts.rowid IN (SELECT outer_id FROM told)) GROUP BY outer_id), "
        "found (id, score, beside, inner) AS MATERIALIZED ("
        "SELECT id, max(score), beside, inner FROM ("
        "SELECT id, score, CASE WHEN outer_id IN (SELECT id FROM around) THEN outer_id ELSE id END AS beside, "
        "outer_id IN (SELECT id FROM around) AS inner FROM told UNION ALL SELECT id, score, id, 0 FROM around) "
        f"GROUP BY id ORDER BY 2 DESC, {newest} * beside, inner, id LIMIT :limit OFFSET :offset) "
        f"SELECT {COLUMNS}, snippet(claims_fts, 0, '{BEGIN}', '{END}', '…', {SNIPPET}), found.score "
        f"FROM found CROSS JOIN claims ON claims.id = found.id {TABLES} "
        "CROSS JOIN claims_fts ON claims_fts.rowid = found.id "
        f"WHERE claims_fts MATCH :match ORDER BY found.score DESC, {newest} * found.beside, found.inner, found.id"
    )


def _listed(where: Sequence[str], *, few: bool) -> str:
    """Without words to rank by, the newest come first: read in that order, unless `few` are known to be found."""
    condition = f"WHERE {' AND '.join(where)} " if where else ""
    tables = f"claims {TABLES}" if few else f"articles CROSS JOIN claims ON articles.id = claims.article_id {RECORDS}"
    return (
        f"SELECT {COLUMNS}, claims.text, 0.0 FROM {tables} {condition}"
        "ORDER BY articles.published DESC, articles.id DESC, claims.start LIMIT :limit OFFSET :offset"
    )


def match_of(column: str, text: str | None) -> str | None:
    """What FTS5 is asked for: every word, and every phrase in quotation marks; None where there is no word.

    Each word is quoted, so that nothing that a person types is an operator; a `*` at its end asks for all words that
    begin so. Function words ("the", "of") are left out where others are left: every claim has them, and to rank by
    them takes longer than by all others.
    """
    terms: list[str] = []
    small: list[str] = []
    for match in PHRASE.finditer((text or "").replace("\0", " ")):
        phrase = match[1] if match[1] is not None else match[2]
        if not any(unicodedata.category(c)[0] in INDEXED for c in phrase):
            continue
        begins = match[1] is None and phrase.endswith("*") and phrase[-2].isalnum()
        term = asked_for(phrase.rstrip("*") if begins else phrase, begins=begins)
        is_small = column == SAID and match[1] is None and phrase.casefold() in words("text/function_words")
        (small if is_small else terms).append(term)
    found = terms or small
    return f"{column} : ({' AND '.join(found)})" if found else None


def _filter_speaker(speaker: str | int | None, where: list[str], values: Parameters) -> None:
    if speaker is None:
        return
    if not isinstance(speaker, str):
        where.append("claims.speaker_id = (SELECT coalesce(merged_into, id) FROM speakers WHERE id = :speaker)")
        values["speaker"] = counted("speaker", speaker)
        return
    check_string("speaker", speaker, LONGEST)
    named = match_of("name", speaker)
    if named is None:
        where.append("claims.speaker_name = :speaker")
        values["speaker"] = speaker
        return
    where.append(
        "claims.id IN (SELECT claims.id FROM claims WHERE claims.speaker_id IN ("
        "SELECT coalesce(speakers.merged_into, speakers.id) FROM names_fts "
        "JOIN speaker_names ON speaker_names.id = names_fts.rowid "
        "JOIN speakers ON speakers.id = speaker_names.speaker_id WHERE names_fts MATCH :speaker) "
        "UNION ALL SELECT claims.id FROM claims_fts CROSS JOIN claims ON claims.id = claims_fts.rowid "
        "WHERE claims_fts MATCH :unnamed AND claims.speaker_id IS NULL)"
    )
    values["speaker"], values["unnamed"] = named, str(match_of("speaker_name", speaker))


def _filter_columns(
    kind: str | None, act: str | None, publisher: str | None, where: list[str], values: Parameters
) -> None:
    if kind is not None:
        where.append("claims.kind = :kind")
        values["kind"] = one_of("kind", kind, KINDS)
    if act is not None:
        where.append(f"claims.{'act' if act in ACTS else 'force'} = :act")
        values["act"] = one_of("act", act, (*ACTS, *FORCES))
    if publisher is not None:
        where.append("articles.publisher = :publisher COLLATE NOCASE")
        values["publisher"] = publisher


def counted(name: str, value: object) -> int:
    """A count or an id. Raises `ArgumentTypeError`, `ArgumentValueError`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ArgumentTypeError(f"{name} must be an int; got {shown(value)}")
    if not 0 <= value < 2**31:
        raise ArgumentValueError(f"{name} must be from 0 to {2**31 - 1}; got {shown(value)}")
    return value


def one_of(name: str, value: str, options: Sequence[str]) -> str:
    """`value`, if it is one of the options. Raises `ArgumentValueError`."""
    if value not in options:
        raise ArgumentValueError(f"{name} must be one of {', '.join(options)}; got {shown(value)}")
    return value


def as_date(name: str, value: object) -> date:
    """A date, also from an ISO 8601 string. Raises `ArgumentTypeError`, `ArgumentValueError`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ArgumentTypeError(f"{name} must be a date or an ISO 8601 date; got {shown(value)}")
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        raise ArgumentValueError(f"{name} must be an ISO 8601 date such as '2026-11-22'; got {shown(value)}") from None


def _check_strings(**given: object) -> None:
    for name, value in given.items():
        if value is not None:
            check_string(name, value, LONGEST)


def check_string(name: str, value: object, longest: int) -> None:
    """Raise `ArgumentTypeError` or `ArgumentValueError` for what is no string that a bank can look for."""
    if not isinstance(value, str):
        raise ArgumentTypeError(f"{name} must be a str; got {shown(value)}")
    if len(value) > longest:
        raise ArgumentValueError(f"{name} must have at most {longest:,} code points; got {len(value):,}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ArgumentValueError(f"{name} holds a lone surrogate at code point {error.start}") from error


# Rows as records


def search(connection: sqlite3.Connection, sql: str, values: Parameters) -> list[Hit]:
    """The hits of a search, each with the sentence that reports it."""
    rows = connection.execute(sql, values).fetchall()
    texts = Texts(connection)
    texts.read(row[1] for row in rows)
    return [_hit(row, texts) for row in rows]


def _hit(row: tuple[Any, ...], texts: Texts) -> Hit:
    found = appearance(row[:7])
    pieces = row[7].split(BEGIN)
    snippet, matches = pieces[0], []
    for piece in pieces[1:]:
        inside, _, after = piece.partition(END)
        if inside:
            matches.append(Span(len(snippet), len(snippet) + len(inside)))
        snippet += inside + after
    return Hit(
        claim=found.claim,
        article=found.article,
        speaker_id=found.speaker_id,
        sentence=sentence_of(texts.of(found.article.id), found.claim),
        snippet=snippet,
        matches=tuple(matches),
        score=row[8],
    )


def appearance(row: Sequence[Any]) -> Appearance:
    """A row of `COLUMNS` as a record."""
    return Appearance(claim=claim_of(row[0]), article=_reference(row[1:6]), speaker_id=row[6])


def _reference(row: Sequence[Any]) -> Reference:
    article, publisher, title, published, url = row
    return Reference(id=article, publisher=publisher, title=title, published=_date(published), url=url)


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def article(connection: sqlite3.Connection, article_id: str) -> Article | None:
    """An article as it was added."""
    row = connection.execute(
        "SELECT article_id, text, url, publisher, title, published FROM articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is None:
        return None
    names = ("id", "text", "url", "publisher", "title", "published")
    return Article(**dict(zip(names, row, strict=True)))


def appearances(
    connection: sqlite3.Connection, condition: str, values: Sequence[object] = (), *, order: str = BY_DATE
) -> Iterator[Appearance]:
    """Claims with their articles, oldest first, where a condition of our own SQL holds."""
    sql = f"SELECT {COLUMNS} FROM claims {TABLES} WHERE {condition} ORDER BY {order}"
    return map(appearance, connection.execute(sql, values))


def profile(connection: sqlite3.Connection, row: int) -> Profile:
    """All that the articles say of one speaker."""
    name, kind = connection.execute("SELECT name, type FROM speakers WHERE id = ?", (row,)).fetchone()
    claims, articles, first, last = connection.execute(
        "SELECT count(*), count(DISTINCT claims.article_id), min(articles.published), max(articles.published) "
        "FROM claims JOIN articles ON articles.id = claims.article_id WHERE claims.speaker_id = ?",
        (row,),
    ).fetchone()
    names = connection.execute(
        "SELECT speaker_name FROM claims WHERE speaker_id = ? GROUP BY speaker_name ORDER BY count(*) DESC, 1", (row,)
    )
    return Profile(
        id=row,
        name=name,
        type=kind,
        names=tuple(dict.fromkeys(" ".join(n.split()) for (n,) in names)),
        roles=tuple(_stated(connection, row, "role")),
        affiliations=tuple(_stated(connection, row, "affiliation")),
        claims=claims,
        articles=articles,
        first=_date(first),
        last=_date(last),
    )


def _stated(connection: sqlite3.Connection, row: int, what: str) -> Iterator[Stated]:
    sql = (
        f"SELECT claims.{what}, articles.article_id, articles.publisher, articles.title, articles.published, "
        "articles.url, records.record, min(claims.id) "
        f"FROM claims {TABLES} WHERE claims.speaker_id = ? AND claims.{what} IS NOT NULL "
        f"GROUP BY claims.{what}, articles.id ORDER BY {BY_DATE}"
    )
    for found in connection.execute(sql, (row,)):
        speaker = claim_of(found[6]).speaker
        spans = getattr(speaker, f"{what}_spans") if speaker else ()
        role = (speaker.role or "") if speaker else ""
        former = FORMER.match(role) is not None
        yield Stated(text=found[0], article=_reference(found[1:6]), spans=spans, former=former)
