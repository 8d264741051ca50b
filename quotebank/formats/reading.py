"""Claims in: our own files, and articles with claims from others' formats, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal, get_args

import msgspec

from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, shown
from quotebank.formats.articles_with_claims import Reading
from quotebank.formats.brat import read_brat
from quotebank.formats.epfl_quotebank import from_epfl
from quotebank.formats.gdelt import from_gdelt
from quotebank.formats.json_lines import read_json_lines
from quotebank.formats.opened_files import Origin, lines_of
from quotebank.formats.parquet import read_parquet
from quotebank.records import Claim

Collection = Literal["brat", "gqg", "quotebank"]
COLLECTIONS: tuple[Collection, ...] = get_args(Collection)


def read_claims(file: Origin | BinaryIO) -> Iterator[Claim]:
    """The claims of a JSON lines file (also .gz or .bz2) or a Parquet file that `write` has written, lazily, in order.

    `file`: a path, or a file open for reading the bytes of JSON lines. Fields that the record does not have are
    ignored, so that a newer version's file can be read. Raises `FormatError` naming file and line for what is no claim,
    `SourceError` where the file cannot be read.
    """
    if isinstance(file, str | PathLike) and Path(file).suffix.lower() == ".parquet":
        yield from read_parquet(file)
    else:
        yield from read_json_lines(file)


def read_articles(file: Origin, *, format: Collection) -> Iterator[Reading]:  # noqa: A002 - the word a caller looks for
    """Articles with their claims from another's format, lazily; offsets are code points of the article's text.

    - `brat`: an .ann file, or a folder of them; the text is the .txt file of the same name beside it, or in a folder
      `text` beside the file's own, as PolNeAR has it. See `brat.from_brat`.
    - `gqg`: GDELT's Global Quotation Graph, JSON lines
      (https://blog.gdeltproject.org/announcing-the-global-quotation-graph/). Read: `url`, `title`, `date`, and of each
      of `quotes` its `pre`, `quote` and `post`. The article's text is what the graph has of it: one paragraph a quote,
      `pre “quote” post`. Nobody is named as speaker, as the graph names none.
    - `quotebank`: EPFL's Quotebank, article-centric, JSON lines (Vaucher, Spitz, Catasta and West 2021,
      https://doi.org/10.5281/zenodo.4277311). Read: `articleID`, `url`, `title`, `date`, `content` where it is there,
      and of each of `quotations` its `quotation`, `leftContext`, `rightContext`, `localTopSpeaker` (or else
      `globalTopSpeaker`) and the first of `localProbas` as confidence. Where there is no `content` the text is made of
      the contexts, as for `gqg`; a quotation that is not in the `content` is left out. Offsets in tokens are not used.

    Files may be compressed (.gz, .bz2). Raises `ArgumentValueError` for another format, `FormatError` naming file and
    line, `SourceError` where a file cannot be read.
    """
    if format not in COLLECTIONS:
        raise ArgumentValueError(f"format must be one of {', '.join(COLLECTIONS)}; got {shown(format)}")
    if not isinstance(file, str | PathLike):
        raise ArgumentTypeError(f"file must be a path; got {shown(file)}")
    if format == "brat":
        return read_brat(Path(file))
    return _read_records(Path(file), READERS[format])


def _read_records(path: Path, reader: Callable[[bytes], Reading]) -> Iterator[Reading]:
    for where, line in lines_of(path):
        try:
            yield reader(line)
        except msgspec.MsgspecError as error:
            raise FormatError(f"{where}: not in the format ({error})") from error


READERS: Mapping[str, Callable[[bytes], Reading]] = MappingProxyType({"gqg": from_gdelt, "quotebank": from_epfl})
