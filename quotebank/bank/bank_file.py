"""Opening the file of a bank for reading or writing, transactions, and SQLite's errors in our own words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from quotebank.bank.tables import migrate, version_of
from quotebank.errors import BankError

WAIT = 60.0  # seconds that a writer waits for another one
CACHE = 64 * 1024  # KiB of pages a connection keeps
LOG = 8 * 1024  # pages of the log after which they are written back into the file

UNWRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)  # how a folder that may not be written to is told

# What a person can do about it, by SQLite's primary result code.
REMEDIES = {
    sqlite3.SQLITE_FULL: "the disk is full; nothing of this was written",
    sqlite3.SQLITE_READONLY: "it cannot be written to",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; is its folder there, and may it be written to?",
    sqlite3.SQLITE_NOTADB: "it is not a claim bank",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore it from a copy, or add its articles to a new bank",
    sqlite3.SQLITE_BUSY: "another process has been writing to it for too long; try again",
    sqlite3.SQLITE_IOERR: "the disk gave an error",
    sqlite3.SQLITE_PERM: "it may not be opened",
    sqlite3.SQLITE_TOOBIG: "a text is larger than SQLite holds",
}


@contextmanager
def told(name: str) -> Iterator[None]:
    """Raise what SQLite raises inside as a `BankError` that names the bank."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        remedy = REMEDIES.get(code & 0xFF, str(error)) if code is not None else str(error)
        raise BankError(f"the bank {name}: {remedy} ({error})") from error
    except msgspec.DecodeError as error:
        raise BankError(
            f"the bank {name}: a record in it is damaged; `quotebank verify` says which ({error})"
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside is written, or nothing is.

    IMMEDIATE, because a transaction that begins by reading and then writes fails at once where another process wrote
    in between, whatever the time it may wait: 750 of 900 writes of six processes did.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back where the disk is full
            connection.execute("ROLLBACK")
        raise


def open_writer(path: str, fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    """A connection that may write, to a bank that is made where there is none; `fill` as in `migrate`.

    Raises `BankError`.
    """
    if path == ":memory:":
        connection = _connect(path, uri=False)
        migrate(connection, fill)
        return connection
    file = Path(path)
    _refuse_what_is_no_bank(file)
    connection = _connect(f"{file.absolute().as_uri()}?mode=rwc", uri=True)
    try:
        _start_log(connection)
        connection.execute("PRAGMA synchronous = NORMAL")  # what is committed outlives the process
        # An article touches pages of the index all over; each is written back once, however often it changed before.
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG}")
        connection.execute("PRAGMA journal_size_limit = 67108864")
        migrate(connection, fill)
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(path: str) -> sqlite3.Connection:
    """A connection that cannot write, to a bank that is there. Raises `BankError`."""
    file = Path(path)
    if not file.exists():
        raise BankError(f"there is no bank {path}; `quotebank add` makes one")
    _refuse_what_is_no_bank(file)
    connection = _tidy_reader(file) or _read(file)
    if version_of(connection) == 0:
        connection.close()
        raise BankError(f"{path} is empty; `quotebank add` makes a bank of it")
    return connection


def _tidy_reader(file: Path) -> sqlite3.Connection | None:
    """A connection that writes nothing, but takes the files of the log away when it is closed, which a reader cannot.

    None where others may be writing, or nothing may be written beside the file.
    """
    if _log_size(file) or not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return None
    connection = _connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _read(file: Path) -> sqlite3.Connection:
    uri = file.absolute().as_uri()
    try:
        return _connect(f"{uri}?mode=ro", uri=True)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in UNWRITABLE:
            raise
        if _log_size(file):
            raise BankError(
                f"the bank {file}: what was written last stands in {file.name}-wal, which SQLite reads only in a folder "
                f"that it may write to; copy both files to one ({error})"
            ) from error
        # The log's index cannot be made in a folder that may not be written to; without a log none is needed.
        return _connect(f"{uri}?mode=ro&immutable=1", uri=True)


def _log_size(file: Path) -> int:
    """The bytes of the log beside a bank; 0 where there is none."""
    try:
        return Path(f"{file}-wal").stat().st_size
    except OSError:
        return 0


def _connect(target: str, *, uri: bool) -> sqlite3.Connection:
    """A connection that has looked into the file."""
    # Shared between threads: SQLite serialises calls itself, and `ClaimBank` lets one thread write at a time.
    connection = sqlite3.connect(target, uri=uri, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        for setting in ("foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON", f"cache_size = -{CACHE}"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA schema_version").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_what_is_no_bank(file: Path) -> None:
    """Look without writing: opening a foreign database for writing could already change it."""
    try:
        if not file.exists():
            if not file.parent.is_dir():
                raise BankError(f"the bank {file}: there is no folder {file.parent}")
            return
        if file.is_dir():
            raise BankError(f"the bank {file} is a folder; name a file")
        empty = file.stat().st_size == 0
    except (OSError, ValueError) as error:
        if isinstance(error, BankError):
            raise
        raise BankError(f"the bank {file} cannot be opened: {error}") from error
    if empty:
        return
    # By SQLite alone: to open and close the file ourselves would drop every lock that this process has on it, and
    # another process that then closes the bank would take away the log into which this one still writes.
    try:
        connection = _read(file)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_NOTADB:
            raise
        raise BankError(f"{file} is not a claim bank: it is no SQLite database") from None
    with closing(connection):
        try:
            version_of(connection)
        except BankError as error:
            raise BankError(f"{file} cannot be used: {error}") from None


def _start_log(connection: sqlite3.Connection) -> None:
    """Turn on write-ahead logging, with which readers and a writer do not wait for each other.

    SQLite does not wait for its turn here, so processes that make the same bank at once have to ask again.
    """
    until = time.monotonic() + WAIT
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
