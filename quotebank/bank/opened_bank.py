"""A bank that is open: one connection that may write, and as many that read as there are threads that ask at once.

Whoever reads sees one state of the file until it is answered, whatever others write meanwhile.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from weakref import finalize

from quotebank.bank.bank_file import close_writer, mark_in_use, open_reader, open_writer, told, transaction
from quotebank.bank.stored_types import damage_told
from quotebank.errors import BankError

LOGGER = logging.getLogger("quotebank")


class OpenedBank:
    """The connections to a file. `fill` as in `migrate`; `lacking` is what the file lacks, in words, if anything.

    Raises `BankError`.
    """

    def __init__(self, path: str, *, read_only: bool, fill: Callable[[sqlite3.Connection], None]) -> None:
        self.path = path
        self.lock = RLock()  # of whoever writes
        self.writer: sqlite3.Connection | None = None
        self._idle: list[sqlite3.Connection] = []
        self._is_open = True
        with told(path):
            if read_only:
                reader, lacks = open_reader(path)
                self._idle.append(reader)
            else:
                self.writer, lacks = open_writer(path, fill)
        self.lacking = [lacks] if lacks else []
        if lacks:
            LOGGER.warning("the bank %s: %s", path, lacks)
        self._close = finalize(self, _close, self._idle, self.writer, self.lacking, os.getpid())

    def close(self) -> None:
        """Close every connection; those in use are closed when they are no longer."""
        with self.lock:
            self._is_open = False
            self._close()
            self.writer = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file."""
        if not self._is_open:
            raise BankError(f"the bank {self.path} is closed")
        with told(self.path):
            if self.path == ":memory:":
                with self.lock, damage_told(self.path, self.for_writing()):
                    yield self.for_writing()
                return
            reader = self._idle.pop() if self._idle else open_reader(self.path)[0]
            try:
                reader.execute("BEGIN")
                with damage_told(self.path, reader):
                    yield reader
            finally:
                if reader.in_transaction:
                    reader.execute("COMMIT")
                self._idle.append(reader)
                if not self._is_open:
                    self._idle.pop().close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection that may write, in a transaction."""
        with self.lock, told(self.path):
            writer = self.for_writing()
            self.lacking.clear()  # whoever goes on with a file that lacks something has been told
            if self.path != ":memory:":
                mark_in_use(writer)
            with damage_told(self.path, writer), transaction(writer):
                yield writer

    def for_writing(self) -> sqlite3.Connection:
        """The connection that may write. Raises `BankError` where there is none."""
        if self.writer is None:
            raise BankError(f"the bank {self.path} is {'open for reading only' if self._is_open else 'closed'}")
        return self.writer


def _close(idle: list[sqlite3.Connection], writer: sqlite3.Connection | None, lacking: list[str], process: int) -> None:
    """Close what a process has opened, also one that ends without a word; not in a process forked off it."""
    if os.getpid() != process:
        return
    while idle:
        idle.pop().close()
    if writer is not None:  # the last one: it alone can tidy the log away
        close_writer(writer, whole=not lacking)
