"""The tables of a claim bank as SQL, and the migrations that lead to them, one for each `user_version`.

Articles and claims are kept as records; the columns beside a record are what a person searches, sorts and facets by.
Full-text tables have no text of their own: they index `claims` and `articles`, and `ClaimBank` keeps them in step
itself, because a bank is opened with `trusted_schema=OFF`, where SQLite lets no trigger write to a virtual table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from quotebank.bank.searching import IN_NAMES, IN_TEXTS
from quotebank.errors import BankError

APPLICATION_ID = 0x51424E4B  # "QBNK": what `file` and our own check tell a bank by

TABLES = f"""
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL UNIQUE,
    published TEXT,
    publisher TEXT,
    title TEXT,
    url TEXT,
    version TEXT NOT NULL,
    added TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_publisher ON articles (publisher COLLATE NOCASE);

CREATE TABLE speakers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    merged_into INTEGER REFERENCES speakers (id)
);
CREATE INDEX speakers_merged_into ON speakers (merged_into);

CREATE TABLE speaker_names (
    id INTEGER PRIMARY KEY,
    speaker_id INTEGER NOT NULL REFERENCES speakers (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    family TEXT NOT NULL,
    initial TEXT NOT NULL,
    given TEXT NOT NULL,
    middle TEXT NOT NULL,
    suffix TEXT NOT NULL,
    UNIQUE (speaker_id, name)
);
CREATE INDEX speaker_names_family ON speaker_names (family, initial, given);

CREATE TABLE groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    wording TEXT NOT NULL
);

CREATE TABLE claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    speaker_id INTEGER REFERENCES speakers (id),
    speaker_name TEXT,
    speaker_type TEXT,
    role TEXT,
    affiliation TEXT,
    organization TEXT,
    kind TEXT NOT NULL,
    act TEXT NOT NULL,
    force TEXT,
    negated INTEGER NOT NULL,
    conditional INTEGER NOT NULL,
    text TEXT NOT NULL,
    cue TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    confidence REAL NOT NULL,
    group_id INTEGER REFERENCES groups (id),
    claim_id TEXT NOT NULL,
    resolved_id INTEGER REFERENCES speakers (id),
    wording INTEGER NOT NULL,
    keyed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX claims_article ON claims (article_id, start);
CREATE INDEX claims_speaker ON claims (speaker_id);
CREATE INDEX claims_resolved ON claims (resolved_id, role, affiliation);
CREATE INDEX claims_claim_id ON claims (claim_id);
CREATE INDEX claims_group ON claims (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX claims_wording ON claims (wording, keyed);

CREATE TABLE records (
    claim_id INTEGER PRIMARY KEY REFERENCES claims (id) ON DELETE CASCADE,
    record TEXT NOT NULL
);

CREATE TABLE keys (
    key INTEGER NOT NULL,
    claim_id INTEGER NOT NULL,
    PRIMARY KEY (key, claim_id)
) WITHOUT ROWID;

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    speaker_id INTEGER NOT NULL REFERENCES speakers (id),
    other_id INTEGER NOT NULL REFERENCES speakers (id),
    made TEXT NOT NULL,
    undone TEXT
);
CREATE INDEX decisions_speaker ON decisions (speaker_id);
CREATE INDEX decisions_other ON decisions (other_id);

CREATE TABLE pins (
    id INTEGER PRIMARY KEY,
    decision_id INTEGER NOT NULL REFERENCES decisions (id),
    article_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    from_id INTEGER NOT NULL REFERENCES speakers (id),
    to_id INTEGER NOT NULL REFERENCES speakers (id)
);
CREATE INDEX pins_article ON pins (article_id);
CREATE INDEX pins_decision ON pins (decision_id);
CREATE INDEX pins_from ON pins (from_id);
CREATE INDEX pins_to ON pins (to_id);

CREATE VIRTUAL TABLE claims_fts USING fts5 (
    text, speaker_name, role, affiliation, organization,
    content="claims", content_rowid="id", tokenize="{IN_TEXTS}"
);
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, text,
    content="articles", content_rowid="id", tokenize="{IN_TEXTS}"
);
CREATE VIRTUAL TABLE names_fts USING fts5 (
    name,
    content="speaker_names", content_rowid="id", tokenize="{IN_NAMES}"
);
"""

VIEWS = """
CREATE VIEW who_said_what AS
SELECT claims.id, articles.published, articles.publisher, coalesce(speakers.name, claims.speaker_name) AS speaker,
    claims.role, claims.affiliation, claims.organization, claims.cue, claims.kind, claims.act, claims.force,
    claims.negated, claims.conditional, claims.text,
    claims.start, claims."end", claims.confidence, articles.title, articles.article_id,
    articles.url, claims.speaker_id, claims.group_id
FROM claims
JOIN articles ON articles.id = claims.article_id
LEFT JOIN speakers ON speakers.id = claims.speaker_id;

CREATE VIEW speakers_across_articles AS
SELECT speakers.id, speakers.name, speakers.type, count(*) AS claims, count(DISTINCT claims.article_id) AS articles,
    min(articles.published) AS first, max(articles.published) AS last,
    group_concat(DISTINCT claims.speaker_name) AS names, group_concat(DISTINCT claims.role) AS roles,
    group_concat(DISTINCT claims.affiliation) AS affiliations
FROM speakers
JOIN claims ON claims.speaker_id = speakers.id
JOIN articles ON articles.id = claims.article_id
GROUP BY speakers.id;

CREATE VIEW roles_and_affiliations AS
SELECT speakers.id AS speaker_id, speakers.name AS speaker, claims.role, claims.affiliation, articles.published,
    articles.publisher, articles.article_id
FROM claims
JOIN speakers ON speakers.id = claims.speaker_id
JOIN articles ON articles.id = claims.article_id
WHERE claims.role IS NOT NULL OR claims.affiliation IS NOT NULL
GROUP BY speakers.id, claims.role, claims.affiliation, articles.id;

CREATE VIEW same_claims AS
SELECT claims.group_id, articles.published, articles.publisher, coalesce(speakers.name, claims.speaker_name) AS speaker,
    claims.kind, claims.text, articles.article_id, claims.start, claims."end", claims.id AS claim
FROM claims
JOIN articles ON articles.id = claims.article_id
LEFT JOIN speakers ON speakers.id = claims.speaker_id
WHERE claims.group_id IS NOT NULL;
"""

# What claims are looked up by: keys by speaker and term, where the first version had pairs of terms. Under another
# name, so that a process with the code before fails at adding rather than leaving claims out. `fill_in` fills
# it.
KEYS_BY_SPEAKER = """
DROP TABLE keys;
CREATE TABLE postings (
    key INTEGER NOT NULL,
    claim_id INTEGER NOT NULL,
    tells INTEGER NOT NULL,
    PRIMARY KEY (key, claim_id)
) WITHOUT ROWID;
DROP INDEX claims_wording;
CREATE INDEX claims_wording ON claims (wording, speaker_id, keyed);
DROP INDEX claims_claim_id;
"""

# A digest by which `verify` knows the text's bytes again. `bringing_up_to_date.fill_in` fills it.
DIGESTS = """
ALTER TABLE articles ADD COLUMN digest TEXT;
"""

# A digest of all else that is kept of an article, its claims' records included, filled as the one before; and whether
# what was written last stands in the log beside the file.
SEALS = """
ALTER TABLE articles ADD COLUMN seal TEXT;
CREATE TABLE log (in_use INTEGER NOT NULL);
INSERT INTO log (in_use) VALUES (0);
"""

# What somebody without a row is reported to say is looked up by its runs of words, and what a body says by others, too.
# `fill_in` fills it.
KEYS_OF_BODIES = """
DELETE FROM postings;
"""

# Whom a row stands for that is known by a last name alone. `fill_in` works it out.
EXPLAINED = """
ALTER TABLE speakers ADD COLUMN explained_by INTEGER REFERENCES speakers (id);
CREATE INDEX speakers_explained_by ON speakers (explained_by) WHERE explained_by IS NOT NULL;
"""

# Each is run in one transaction, together with the `user_version` that it leads to; never edit one that was released.
MIGRATIONS = (TABLES + VIEWS, KEYS_BY_SPEAKER, DIGESTS, SEALS, KEYS_OF_BODIES, EXPLAINED)
VERSION = len(MIGRATIONS)
STATE = (  # in one statement: another process may be making the bank right now
    "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), "
    "(SELECT count(*) FROM sqlite_master)"
)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the bank behind a connection, 0 where the file is still empty.

    Raises `BankError` where the file is a database of something else, or of a newer quotebank.
    """
    application, version, tables = connection.execute(STATE).fetchone()
    if application == version == tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise BankError("it is an SQLite database, but not a claim bank")
    if version > VERSION:
        raise BankError(f"the bank is of version {version}, this quotebank reads up to {VERSION}; update quotebank")
    return int(version)


def migrate(connection: sqlite3.Connection, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Bring a bank up to `VERSION`, each step whole or not at all. The connection must be in autocommit mode.

    `fill` writes what the last step leaves empty, in the same transaction.
    """
    while version_of(connection) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            done = version_of(connection)  # another process may have been first
            if done < VERSION:
                for statement in statements(MIGRATIONS[done]):
                    connection.execute(statement)
                if done + 1 == VERSION:
                    fill(connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {done + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def statements(script: str) -> list[str]:
    """The statements of a script: `executescript` would commit before it runs one."""
    found, start = [], 0
    for end in (i for i, c in enumerate(script) if c == ";"):
        if sqlite3.complete_statement(script[start : end + 1]):
            found.append(script[start : end + 1].strip())
            start = end + 1
    return found
