"""Compressed files, by their suffix: gzip, bzip2, xz, and Zstandard where Python (3.14) or pyarrow reads it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Literal

from quotebank.errors import MissingExtraError, SourceError

Mode = Literal["rb", "wb"]


def open_binary(path: str | PathLike[str], mode: Mode = "rb") -> BinaryIO:
    """A file open for reading or writing bytes, compressed as its suffix says.

    Raises `OSError` as `open` does, and `MissingExtraError` for Zstandard where nothing on this machine reads it.
    """
    opener = OPENERS.get(Path(path).suffix.lower())
    return opener(path, mode) if opener is not None else Path(path).open(mode)


def inner_suffix(path: str | PathLike[str]) -> str:
    """The suffix of what is in a file, in lower case: `.jsonl` of `articles.jsonl.gz`."""
    name = Path(path)
    if name.suffix.lower() in OPENERS:
        name = name.with_suffix("")
    return name.suffix.lower()


def inner_name(path: str | PathLike[str]) -> str:
    """The name of a file without its folder and without the suffix of a compression, in lower case."""
    name = Path(path)
    return (name.stem if name.suffix.lower() in OPENERS else name.name).lower()


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Raise what goes wrong with a file inside as a `SourceError` that names it."""
    try:
        yield
    except EOFError as error:
        raise SourceError(f"{name}: the compressed file ends too early") from error
    except (lzma.LZMAError, zlib.error) as error:
        raise SourceError(f"{name}: the compressed file is damaged ({error})") from error
    except SourceError:
        raise
    except OSError as error:
        raise SourceError(f"{name}: {error.strerror or error}") from error


def _zstandard(path: str | PathLike[str], mode: Mode) -> BinaryIO:
    if sys.version_info >= (3, 14):
        opened: BinaryIO = import_module("compression.zstd").open(path, mode)
        return opened
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only this compression needs it
    except ImportError as error:
        raise MissingExtraError(
            f"{path}: Zstandard needs Python 3.14 or pyarrow: pip install 'quotebank[arrow]'"
        ) from error
    raw = Path(path).open(mode)  # noqa: SIM115 - closed with what is made of it
    stream: Any
    if mode == "rb":
        stream = io.BufferedReader(pa.CompressedInputStream(raw, "zstd"))
    else:
        stream = pa.CompressedOutputStream(raw, "zstd")
    return stream  # type: ignore[no-any-return]


OPENERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open, ".zst": _zstandard}
)
"""What opens a file, by its suffix in lower case."""
