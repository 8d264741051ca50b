"""Writing: an article and its claims into the tables of a bank, whole or not at all, and out of them again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import attrs
import msgspec
import regex

from quotebank.answers import Added
from quotebank.decisions import decided
from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.people import forget, resolve
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span, covered

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
ARTICLE_COLUMNS = ("article_id", "published", "publisher", "title", "url", "version", "added", "text")
CLAIM_COLUMNS = (
    "article_id",
    "resolved_id",
    "speaker_id",
    "speaker_name",
    "speaker_type",
    "role",
    "affiliation",
    "kind",
    "act",
    "force",
    "negated",
    "conditional",
    "text",
    "cue",
    "start",
    '"end"',
    "confidence",
    "claim_id",
    "wording",
)
INSERT_CLAIM = f"INSERT INTO claims ({', '.join(CLAIM_COLUMNS)}) VALUES ({', '.join('?' * len(CLAIM_COLUMNS))})"

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Claim)


@attrs.frozen(kw_only=True)
class Prepared:
    """An article and its claims, checked and ready to be written."""

    article: Article
    claims: tuple[Claim, ...]
    records: tuple[str, ...]
    version: str


def encode(claim: Claim) -> str:
    """A claim as the JSON text that a bank keeps. Raises `ArgumentValueError` for lone surrogates."""
    try:
        return _encoder.encode(claim).decode()
    except UnicodeEncodeError as error:
        raise ArgumentValueError(f"claim {shown(claim.id)} holds a lone surrogate, which is no character") from error


def decode(record: str) -> Claim:
    """The claim that `encode` was given."""
    return _decoder.decode(record)


def prepare(article: Article, claims: Iterable[Claim], version: str | None) -> Prepared:
    """Check that the claims are of this article and their offsets fit it.

    Without a `version` of the extractor that made them, the claims themselves give one. Raises `ArgumentTypeError` or
    `ArgumentValueError`.
    """
    if isinstance(claims, str | bytes | Claim) or not isinstance(claims, Iterable):
        raise ArgumentTypeError(f"claims must be an iterable of Claim; got {shown(claims)}")
    if version is not None and not isinstance(version, str):
        raise ArgumentTypeError(f"version must be a str or None; got {shown(version)}")
    check_strings(article)
    found = tuple(claims)
    for claim in found:
        if not isinstance(claim, Claim):
            raise ArgumentTypeError(f"claims must hold Claim objects; got {shown(claim)}")
        problem = misfit(claim, article)
        if problem:
            raise ArgumentValueError(f"claim {shown(claim.id)} does not fit article {shown(article.id)}: {problem}")
    records = tuple(map(encode, found))
    if version is None:
        version = "given " + hashlib.sha256("\n".join(records).encode()).hexdigest()[:16]
    return Prepared(article=article, claims=found, records=records, version=version)


def check_strings(article: Article) -> None:
    """Raise `ArgumentValueError` where an article holds what is no character and no database keeps."""
    for name in ("id", "text", "url", "publisher", "title"):
        try:
            (getattr(article, name) or "").encode()
        except UnicodeEncodeError as error:
            raise ArgumentValueError(
                f"article.{name} holds a lone surrogate at code point {error.start}; decode it with errors='replace'"
            ) from error


def misfit(claim: Claim, article: Article) -> str | None:
    """What is wrong with a claim of an article, in words, or None."""
    if claim.article_id != article.id:
        return f"it is of article {shown(claim.article_id)}"
    if not claim.content:
        return "its content is empty"
    for name, spans in spans_of(claim):
        for span in spans:
            if span.end > len(article.text):
                return f"{name} holds {span}, past the end of the text of {len(article.text)} code points"
    if claim.text != covered(article.text, claim.content):
        return f"its text is {shown(claim.text)}, not {shown(covered(article.text, claim.content))}"
    return None


def spans_of(claim: Claim) -> list[tuple[str, tuple[Span, ...]]]:
    """Every tuple of spans in a claim and its speaker, with its name."""
    found = [("content", claim.content), ("cue", claim.cue), ("source", claim.source)]
    if claim.speaker is not None:
        for field in attrs.fields(Speaker):
            value = getattr(claim.speaker, field.name)
            if isinstance(value, tuple) and all(isinstance(v, Span) for v in value):
                found.append((f"speaker.{field.name}", value))
    return found


def wording_of(text: str) -> int:
    """A number that claims of the same words share: case, accents' form and punctuation do not count."""
    words = " ".join(WORD.findall(text.casefold()))
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


def unchanged(connection: sqlite3.Connection, article: Article, version: str) -> Added | None:
    """What the bank has of an article, if it is this very article by this version of the extractor."""
    row = connection.execute(
        "SELECT id, published, publisher, title, url, version, text FROM articles WHERE article_id = ?", (article.id,)
    ).fetchone()
    if row is None or row[1:] != (*_described(article), version, article.text):
        return None
    count = connection.execute("SELECT count(*) FROM claims WHERE article_id = ?", (row[0],)).fetchone()[0]
    return Added(article_id=article.id, claims=count, status="unchanged")


def _described(article: Article) -> tuple[str | None, ...]:
    published = article.published.isoformat() if article.published else None
    return published, article.publisher, article.title, article.url


def store(connection: sqlite3.Connection, prepared: Prepared) -> Added:
    """Write an article and its claims in place of what the bank had of it. To be called in a transaction."""
    article = prepared.article
    same = unchanged(connection, article, prepared.version)
    if same is not None:
        return same
    row, before = _write_article(connection, prepared)
    people = remove_claims(connection, row) if before else set()
    resolved = resolve(connection, [c.speaker for c in prepared.claims])
    speakers = decided(connection, article.id, prepared.claims, resolved)
    for claim, record, *people_of in zip(prepared.claims, prepared.records, resolved, speakers, strict=True):
        _write_claim(connection, (row, *people_of, *_columns(article, claim)), record)
    connection.execute(
        "INSERT INTO claims_fts (rowid, text, speaker_name, role, affiliation) "
        "SELECT id, text, speaker_name, role, affiliation FROM claims WHERE article_id = ?",
        (row,),
    )
    forget(connection, people)
    return Added(article_id=article.id, claims=len(prepared.claims), status="replaced" if before else "new")


def _write_article(connection: sqlite3.Connection, prepared: Prepared) -> tuple[int, bool]:
    """The row of an article, and whether it was there before."""
    article = prepared.article
    now = datetime.now(UTC).isoformat(timespec="seconds")
    values = (article.id, *_described(article), prepared.version, now, article.text)
    found = connection.execute("SELECT id, title, text FROM articles WHERE article_id = ?", (article.id,)).fetchone()
    if found is None:
        places = ", ".join("?" * len(ARTICLE_COLUMNS))
        sql = f"INSERT INTO articles ({', '.join(ARTICLE_COLUMNS)}) VALUES ({places})"
        row = int(connection.execute(sql, values).lastrowid or 0)
    else:
        row = int(found[0])
        connection.execute(
            "INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', ?, ?, ?)", found
        )
        sql = f"UPDATE articles SET {', '.join(f'{c} = ?' for c in ARTICLE_COLUMNS)} WHERE id = ?"
        connection.execute(sql, (*values, row))
    connection.execute(
        "INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)", (row, article.title, article.text)
    )
    return row, found is not None


def _columns(article: Article, claim: Claim) -> tuple[object, ...]:
    who = claim.speaker
    return (
        who and who.name,
        who and who.type,
        who and who.role,
        who and who.affiliation,
        claim.kind,
        claim.act,
        claim.force,
        claim.negated,
        claim.conditional,
        claim.text,
        covered(article.text, claim.cue),
        claim.content[0].start,
        claim.content[-1].end,
        claim.confidence,
        claim.id,
        wording_of(claim.text),
    )


def _write_claim(connection: sqlite3.Connection, values: tuple[object, ...], record: str) -> int:
    made = connection.execute(INSERT_CLAIM, values).lastrowid or 0
    connection.execute("INSERT INTO records (claim_id, record) VALUES (?, ?)", (made, record))
    return made


def remove_claims(connection: sqlite3.Connection, row: int) -> set[int]:
    """Take the claims of an article out of every table; the people who spoke them are returned."""
    people = {
        person
        for (person,) in connection.execute("SELECT DISTINCT resolved_id FROM claims WHERE article_id = ?", (row,))
        if person is not None
    }
    connection.execute(
        "INSERT INTO claims_fts (claims_fts, rowid, text, speaker_name, role, affiliation) "
        "SELECT 'delete', id, text, speaker_name, role, affiliation FROM claims WHERE article_id = ?",
        (row,),
    )
    connection.execute("DELETE FROM claims WHERE article_id = ?", (row,))
    return people


def ids_of(connection: sqlite3.Connection, row: int) -> Sequence[int]:
    """The rows of an article's claims, in order."""
    return [r for (r,) in connection.execute("SELECT id FROM claims WHERE article_id = ? ORDER BY id", (row,))]
