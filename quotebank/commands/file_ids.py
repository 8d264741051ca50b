"""Ids of articles that are files: one file is one article of a bank, however its path is spelled.

An id is the path from the folder in which the bank is, or the whole path of a file that is not in it: so it is the same
wherever the command is run, and where folder and bank are moved together.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

import quotebank


class FileIds:
    """The ids of files in a bank, by the path of the bank, which need not be there yet."""

    def __init__(self, bank: str) -> None:
        self._bank = Path(bank)
        self._folder = Path(os.path.abspath(self._bank.parent))  # noqa: PTH100 - as it is spelled, links kept

    def of(self, name: str) -> str:
        """The id of the article that a file is: the one under which the bank has it, or will have it."""
        path = Path(os.path.abspath(name))  # noqa: PTH100 - as above
        if not path.exists() or not path.samefile(name):  # ".." behind a link leads elsewhere than it looks
            path = Path(name).resolve()
        inside = next(
            (folder for folder in (self._folder, self._folder.resolve()) if path.is_relative_to(folder)), None
        )
        new = str(path.relative_to(inside) if inside is not None else path)
        return self._files.setdefault(_identity(path) or new, new)

    def known(self, name: str) -> str:
        """The id that is meant by an id, or by the name of a file."""
        return name if name in self._ids or not Path(name).exists() else self.of(name)

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        if not self._bank.exists():
            return ()
        with quotebank.ClaimBank(self._bank, read_only=True) as bank:
            return tuple(bank.articles())

    @cached_property
    def _files(self) -> dict[tuple[int, int] | str, str]:
        """The ids of the bank whose files are there, by file."""
        found: dict[tuple[int, int] | str, str] = {}
        for known in self._ids:
            identity = _identity(self._folder / known)
            if identity is not None:
                found.setdefault(identity, known)
        return found


def _identity(path: Path) -> tuple[int, int] | None:
    """What is the same of one file under all its names; None where there is none."""
    try:
        stat = path.stat()
    except (OSError, ValueError):  # an id may be anything
        return None
    return stat.st_dev, stat.st_ino
