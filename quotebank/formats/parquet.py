"""Claims as an Arrow table and a Parquet file, spans and speakers as nested parts (extra `[arrow]`: pyarrow).

https://arrow.apache.org/docs/format/Columnar.html and https://parquet.apache.org/docs/file-format
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from os import PathLike
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import msgspec

from quotebank.errors import FormatError, MissingExtraError
from quotebank.formats.articles_with_claims import Reading, each
from quotebank.records import Article, Claim, Reference

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 4096  # claims that are in memory at a time
ARTICLE_FIELDS = ("url", "publisher", "title", "published")  # its id is the claim's own, its text would be repeated


def _pyarrow() -> Any:
    try:
        import pyarrow  # noqa: PLC0415 - heavy, and only this format needs it
    except ImportError as error:
        raise MissingExtraError("Parquet and Arrow need pyarrow: pip install 'quotebank[arrow]'") from error
    return pyarrow


def arrow_schema() -> pa.Schema:
    """The columns: a claim's fields as the record has them, and `article` with url, publisher, title and published."""
    pa = _pyarrow()
    hints = get_type_hints(Article)
    article = pa.struct([(name, _arrow_type(hints[name])) for name in ARTICLE_FIELDS])
    return pa.schema([*_arrow_type(Claim), ("article", article)])


def _arrow_type(hint: Any) -> Any:
    pa = _pyarrow()
    options = [option for option in get_args(hint) if option is not type(None)]
    if attrs.has(hint):
        hints = get_type_hints(hint)
        return pa.struct([(field.name, _arrow_type(hints[field.name])) for field in attrs.fields(hint)])
    if get_origin(hint) in (Union, types.UnionType):
        return _arrow_type(options[0])
    if get_origin(hint) is Literal:
        return pa.string()
    if get_origin(hint) is tuple:
        return pa.list_(_arrow_type(options[0]))
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}[hint]


def arrow_rows(article: Article, claims: Iterable[Claim]) -> Iterator[dict[str, Any]]:
    """The claims as rows of `arrow_schema`."""
    about = {name: getattr(article, name) for name in ARTICLE_FIELDS}
    for claim in claims:
        yield {**msgspec.to_builtins(claim), "article": about}


def arrow_table(readings: Iterable[Reading] | Reading) -> pa.Table:
    """The claims as an Arrow table, a row each. Raises `MissingExtraError` where pyarrow is not installed."""
    pa = _pyarrow()
    rows = [row for article, claims in each(readings) for row in arrow_rows(article, claims)]
    return pa.Table.from_pylist(rows, schema=arrow_schema())


def write_parquet(readings: Iterable[Reading] | Reading, file: str | PathLike[str] | BinaryIO) -> None:
    """Write the claims as a Parquet file, as they come. Raises `MissingExtraError` where pyarrow is not installed."""
    pa = _pyarrow()
    import pyarrow.parquet  # noqa: PLC0415 - as above

    schema = arrow_schema()
    rows = (row for article, claims in each(readings) for row in arrow_rows(article, claims))
    with pyarrow.parquet.ParquetWriter(file, schema) as writer:
        while part := list(islice(rows, ROWS)):
            writer.write_table(pa.Table.from_pylist(part, schema=schema))


def read_parquet(file: str | PathLike[str] | BinaryIO) -> Iterator[tuple[Reference, Claim]]:
    """The claims of a Parquet file that `write_parquet` has written, each with the reference to its article.

    Raises `FormatError` for any other.
    """
    pa = _pyarrow()
    import pyarrow.parquet  # noqa: PLC0415 - as above

    try:
        with pyarrow.parquet.ParquetFile(file) as opened:
            rows = (row for batch in opened.iter_batches(ROWS) for row in batch.to_pylist())
            for number, row in enumerate(rows, 1):
                about = row.pop("article", None) or {}
                try:
                    claim = msgspec.convert(row, Claim)
                    yield msgspec.convert({"id": claim.article_id, **about}, Reference), claim
                except msgspec.ValidationError as error:
                    raise FormatError(f"{file}, row {number}: not a claim ({error})") from error
    except pa.ArrowInvalid as error:
        raise FormatError(f"{file}: not a Parquet file ({error})") from error
