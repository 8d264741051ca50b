"""In: articles, our own claims, and articles with claims from others' formats, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal, get_args, overload

import msgspec

from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, shown
from quotebank.formats.article_files import KINDS, Bad, Kind, read_files
from quotebank.formats.articles_with_claims import Reading
from quotebank.formats.brat import read_brat
from quotebank.formats.compressed import inner_suffix
from quotebank.formats.csv_table import read_csv
from quotebank.formats.epfl_quotebank import from_epfl
from quotebank.formats.gdelt import from_gdelt
from quotebank.formats.json_lines import read_json_lines
from quotebank.formats.opened_files import Origin, lines_of
from quotebank.formats.parquet import read_parquet
from quotebank.records import Article, Claim, Reference

Collection = Literal["brat", "gqg", "quotebank"]
COLLECTIONS: tuple[Collection, ...] = get_args(Collection)


@overload
def read_claims(file: Origin | BinaryIO, *, with_article: Literal[False] = False) -> Iterator[Claim]: ...
@overload
def read_claims(file: Origin | BinaryIO, *, with_article: Literal[True]) -> Iterator[tuple[Reference, Claim]]: ...
def read_claims(
    file: Origin | BinaryIO, *, with_article: bool = False
) -> Iterator[Claim] | Iterator[tuple[Reference, Claim]]:
    """The claims of a JSON lines, CSV or Parquet file that `write` has written, lazily, in order.

    `file`: a path, also to a compressed file (.gz, .bz2, .xz, .zst), or a file open for reading the bytes of JSON
    lines. `with_article`: give pairs of a `Reference`, which has title, publisher, date and address of the article,
    and the claim. Fields that the record does not have are ignored, so that a newer version's file can be read. Raises
    `FormatError` naming file and line for what is no claim, `SourceError` where the file cannot be read.
    """
    found = _claims_with_articles(file)
    return found if with_article else (claim for _, claim in found)


def _claims_with_articles(file: Origin | BinaryIO) -> Iterator[tuple[Reference, Claim]]:
    suffix = inner_suffix(file) if isinstance(file, str | PathLike) else ""
    if suffix in (".parquet", ".pq") and isinstance(file, str | PathLike):
        return read_parquet(file)
    if suffix == ".csv" and isinstance(file, str | PathLike):
        return read_csv(file)
    return read_json_lines(file)


@overload
def read_articles(file: Origin, *, format: Collection) -> Iterator[Reading]: ...
@overload
def read_articles(
    file: Origin,
    *,
    format: Kind | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on_error: Bad | None = None,
) -> Iterator[Article]: ...
def read_articles(
    file: Origin,
    *,
    format: Collection | Kind | None = None,  # noqa: A002 - the word a caller looks for
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on_error: Bad | None = None,
) -> Iterator[Reading] | Iterator[Article]:
    """The articles of `file`, a path also of a folder, lazily; of another's format with the claims that it has of them.

    Without a `format`, or with one of `text`, `html`, `jsonl`, `json`, `csv` and `parquet`, it gives `Article` objects.
    A file is what its suffix and its first bytes say: a text file or a page is one article, each record of a data file
    is one, and a folder stands for all files in it.

    - A record has the fields of `Article`; `columns={"text": "body"}` says which have other names, with dots for a
      record within a record ("article.body"). `published` is a date of ISO 8601 or of RFC 5322. All else is left out.
    - A text file may begin with a header (front matter: lines `title: …` between two lines `---`), and a JSON file
      beside it (`a.json` or `a.txt.json` for `a.txt`) may describe it; its headline is else its title.
    - `encoding` is for files that are not in UTF-8. `on_error` is called with each file or record that cannot be read,
      a `SourceError` or `FormatError`, and reading goes on; without it the error is raised.

    With one of these, it gives pairs of an `Article` and its claims; offsets are code points of the article's text.

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

    Files may be compressed (.gz, .bz2, .xz; .zst with Python 3.14 or the extra `[arrow]`). Raises `ArgumentTypeError`
    or `ArgumentValueError` for an argument that cannot be used, `FormatError` naming file and line, `SourceError` where
    a file cannot be read, `MissingExtraError` where a file needs an extra.
    """
    if format is not None and format not in (*COLLECTIONS, *KINDS):
        raise ArgumentValueError(f"format must be one of {', '.join((*COLLECTIONS, *KINDS))}; got {shown(format)}")
    if not isinstance(file, str | PathLike):
        raise ArgumentTypeError(f"file must be a path; got {shown(file)}")
    if format == "brat":
        return read_brat(Path(file))
    reader = READERS.get(format or "")
    if reader is not None:
        return _read_records(Path(file), reader)
    kind = next((kind for kind in KINDS if kind == format), None)
    return read_files(file, kind=kind, columns=columns, encoding=encoding, on_error=on_error)


def _read_records(path: Path, reader: Callable[[bytes], Reading]) -> Iterator[Reading]:
    for where, line in lines_of(path):
        try:
            yield reader(line)
        except msgspec.MsgspecError as error:
            raise FormatError(f"{where}: not in the format ({error})") from error


READERS: Mapping[str, Callable[[bytes], Reading]] = MappingProxyType({"gqg": from_gdelt, "quotebank": from_epfl})
