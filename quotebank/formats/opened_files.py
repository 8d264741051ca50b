"""Files of the formats, given by path or open already: what is written to them, and their lines, also compressed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import nullcontext
from os import PathLike
from typing import BinaryIO, ContextManager, TypeAlias  # noqa: UP035 - a context manager's type

from quotebank.errors import ArgumentTypeError, FormatError, shown
from quotebank.formats.compressed import open_binary, reading

Target: TypeAlias = str | PathLike[str] | BinaryIO
Origin: TypeAlias = str | PathLike[str]
LONGEST_LINE = 50_000_000  # bytes; a longer line is no article


def opened_to_write(file: Target) -> ContextManager[BinaryIO]:
    """A file for bytes, compressed as its suffix says; one that was open stays open."""
    return open_binary(file, "wb") if isinstance(file, str | PathLike) else nullcontext(file)


def write_json(document: object, file: Target) -> None:
    """Write one JSON document."""
    # ASCII only: a lone surrogate in a scraped text stays what it is, escaped
    with opened_to_write(file) as out:
        out.write(json.dumps(document, indent=1).encode("ascii") + b"\n")


def lines_of(file: Origin | BinaryIO) -> Iterator[tuple[str, bytes]]:
    """The lines that hold something, each with where it stands."""
    if isinstance(file, str | PathLike):
        with reading(str(file)), open_binary(file) as opened:
            yield from numbered(opened, str(file))
    elif isinstance(file, io.IOBase) or hasattr(file, "readline"):
        yield from numbered(file, str(getattr(file, "name", "file")))
    else:
        raise ArgumentTypeError(f"file must be a path or a file open for reading bytes; got {shown(file)}")


def numbered(opened: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    """The lines of an open file that hold something, with where they stand. Raises `FormatError` for endless ones."""
    number = 0
    while line := opened.readline(LONGEST_LINE + 1):
        number += 1
        where = f"{name}, line {number}"
        if isinstance(line, str):
            raise ArgumentTypeError("file must be open for reading bytes ('rb'), not text")
        if len(line) > LONGEST_LINE:
            raise FormatError(f"{where}: longer than {LONGEST_LINE // 1_000_000} MB, which is no record")
        if line.strip():
            yield where, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
