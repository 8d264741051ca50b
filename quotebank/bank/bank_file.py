"""Opening the file of a bank for reading or writing, transactions, and SQLite's errors in our own words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec

from quotebank.bank.tables import VERSION, migrate, version_of
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
    sqlite3.SQLITE_CORRUPT: (
        "the file is damaged, or only a part of it was copied; take a whole copy (`quotebank copy` makes one), or add "
        "its articles to a new bank"
    ),
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


def open_writer(path: str, fill: Callable[[sqlite3.Connection], None]) -> tuple[sqlite3.Connection, str | None]:
    """A connection that may write, to a bank that is made where there is none, and what the file lacks, in words.

    `fill` as in `migrate`. Raises `BankError`.
    """
    if path == ":memory:":
        connection = _connect(path, uri=False)
        migrate(connection, fill)
        return connection, None
    file = Path(path)
    lacks = _looked_at(file)
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
    return connection, lacks


def open_reader(path: str) -> tuple[sqlite3.Connection, str | None]:
    """A connection that cannot write, to a bank that is there, and what the file lacks, in words.

    Raises `BankError`.
    """
    file = Path(path)
    if not file.exists():
        raise BankError(f"there is no bank {path}; `quotebank add` makes one")
    lacks = _looked_at(file)
    connection = _tidy_reader(file) or _read(file)
    if version_of(connection) == 0:
        connection.close()
        raise BankError(f"{path} is empty{f': {lacks}' if lacks else '; `quotebank add` makes a bank of it'}")
    return connection, lacks


def mark_in_use(writer: sqlite3.Connection) -> None:
    """Note in the file itself that there is a log beside it, before the first write.

    By this a copy that was taken without the log is known. Not to be called in a transaction.
    """
    if not writer.execute("SELECT in_use FROM log").fetchone()[0]:
        writer.execute("UPDATE log SET in_use = 1")
        writer.execute("PRAGMA wal_checkpoint(PASSIVE)")


def close_writer(writer: sqlite3.Connection, *, whole: bool) -> None:
    """Close a connection that may write, with a note that there is no log, if the file is `whole` without one."""
    with suppress(sqlite3.Error):  # another process writes: it will close the file; or nothing may be written
        writer.execute("PRAGMA busy_timeout = 100")
        if whole and writer.execute("SELECT in_use FROM log").fetchone()[0]:
            writer.execute("UPDATE log SET in_use = 0")
    writer.close()


def copy(connection: sqlite3.Connection, path: str) -> None:
    """Write a bank as it is now to another file, also while others write to it. Raises `BankError`."""
    file = Path(path)
    if file.exists():
        raise BankError(f"{path} is there already; name a file that is not")
    part = Path(f"{path}.part")
    with told(path):
        part.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(part)) as target:
                connection.backup(target)
                if version_of(target) == VERSION:
                    target.execute("UPDATE log SET in_use = 0")
                    target.commit()
                target.execute("PRAGMA journal_mode = DELETE")
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


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
                f"the bank {file}: what was written last stands in {file.name}-wal, which SQLite reads only in a "
                f"folder that it may write to; copy both files to one ({error})"
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


def _looked_at(file: Path) -> str | None:
    """What a file lacks, in words; looked at without writing: opening a foreign database for that could change it.

    Raises `BankError` for what is no bank.
    """
    try:
        if not file.exists():
            if not file.parent.is_dir():
                raise BankError(f"the bank {file}: there is no folder {file.parent}")
            return None
        if file.is_dir():
            raise BankError(f"the bank {file} is a folder; name a file")
        size, has_log = file.stat().st_size, Path(f"{file}-wal").exists()
    except (OSError, ValueError) as error:
        if isinstance(error, BankError):
            raise
        raise BankError(f"the bank {file} cannot be opened: {error}") from error
    if size == 0:
        return None
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
            version = version_of(connection)
        except BankError as error:
            raise BankError(f"{file} cannot be used: {error}") from None
        return None if has_log else _lacking(connection, file, size, version)


def _lacking(connection: sqlite3.Connection, file: Path, size: int, version: int) -> str | None:
    """What a file of so many bytes that has no log beside it lacks."""
    (whole,) = connection.execute("SELECT page_size * page_count FROM pragma_page_size, pragma_page_count").fetchone()
    if size < whole:
        return f"it is cut short: of {whole:,} bytes {size:,} are here"
    if version == 0 or (version == VERSION and connection.execute("SELECT in_use FROM log").fetchone()[0]):
        return (
            f"its log {file.name}-wal is not beside it. If it was copied while a process wrote to it, what was added "
            "last is missing; `quotebank copy` copies a bank whole at any time"
        )
    return None


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
