"""Collections of articles as data: JSON lines, CSV and Parquet, a record an article, read as a stream.

A record's fields are those of `Article` (`text`, `id`, `url`, `publisher`, `title`, `published`), or have other names
that the caller gives; whatever else a record holds is left out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any, BinaryIO

import attrs
import msgspec

from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, MissingExtraError, SourceError, shown
from quotebank.formats.opened_files import LONGEST_LINE
from quotebank.records import Article

FIELDS = tuple(field.name for field in attrs.fields(Article))
ROWS = 64  # records of a Parquet file that are in memory at a time
CLAIM_FIELDS = frozenset({"article_id", "kind", "act"})  # what our own output has and no list of articles would
Record = Mapping[str, Any]


def checked_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The name of the column that holds each field, the field's own where none is given.

    Raises `ArgumentTypeError` and `ArgumentValueError` for what is no mapping from fields of `Article` to names.
    """
    if columns is None:
        columns = {}
    if not isinstance(columns, Mapping):
        raise ArgumentTypeError(f"columns must be a mapping such as {{'text': 'body'}}; got {shown(columns)}")
    for field, name in columns.items():
        if field not in FIELDS:
            raise ArgumentValueError(
                f"columns must have fields of an article ({', '.join(FIELDS)}); got {shown(field)}"
            )
        if not isinstance(name, str) or not name:
            raise ArgumentTypeError(f"columns[{field!r}] must be the name of a column; got {shown(name)}")
    return {field: columns.get(field, field) for field in FIELDS}


def article_of(record: object, columns: Mapping[str, str], where: str) -> Article:
    """The article of a record. Raises `FormatError` that says `where` the record stands."""
    if not isinstance(record, Mapping):
        raise FormatError(f"{where}: not an article but {shown(record)}; a record has named fields")
    values: dict[str, Any] = {field: _value(record, column) for field, column in columns.items()}
    if values["text"] is None:
        raise FormatError(f"{where}: no text: {_what_there_is(record, columns)}")
    if isinstance(values["id"], int) and not isinstance(values["id"], bool):
        values["id"] = str(values["id"])
    try:
        values["published"] = day_of(values["published"])
        return Article(**values)
    except (ArgumentTypeError, ArgumentValueError) as error:
        raise FormatError(f"{where}: {error}") from error


def _what_there_is(names: Iterable[str], columns: Mapping[str, str]) -> str:
    there = ", ".join(sorted(map(str, names))) or "nothing"
    return f"there is no {columns['text']!r} but {there}; say which holds the text, such as --column text=body"


def check_names(names: Collection[str], columns: Mapping[str, str], name: str) -> None:
    """Raise `SourceError` where the columns of a table are those of claims, or lack one that is asked for."""
    if set(names) >= CLAIM_FIELDS:
        raise SourceError(f"{name}: holds claims, not articles; `quotebank.read_claims` reads them")
    if columns["text"].split(".")[0] not in names:
        raise SourceError(f"{name}: {_what_there_is(names, columns)}")
    for field, column in columns.items():
        if column != field and column.split(".")[0] not in names:
            raise SourceError(f"{name}: there is no column {column!r} for {field}, but {', '.join(sorted(names))}")


def _value(record: Record, column: str) -> object:
    """What stands in a column, or by a name with dots in the records within the record; None for what is empty."""
    found: object = record.get(column)
    if found is None and "." in column and column not in record:
        found = record
        for part in column.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    return found


def day_of(value: Any) -> Any:
    """A date as feeds and tables write it: of ISO 8601, or of RFC 5322 ("Sun, 22 Nov 2026 10:00:00 GMT").

    What is neither is given back, for the record to refuse.
    """
    if value is None or value == "" or (isinstance(value, float) and value != value):  # noqa: PLR0124 - not a number
        return None
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).date()
        except ValueError:
            try:
                return parsedate_to_datetime(value).date()
            except ValueError:
                return value
    return value.date() if isinstance(value, datetime) else value


def records_of_lines(
    lines: Iterable[tuple[str, bytes]], bad: Callable[[FormatError], object]
) -> Iterator[tuple[str, Any]]:
    """The values of JSON lines, each with where it stands; what is no JSON goes to `bad`."""
    for where, line in lines:
        try:
            yield where, decoded(line)
        except ValueError as error:
            bad(FormatError(f"{where}: not JSON ({error})"))


def decoded(line: bytes | str) -> Any:
    """The value of a JSON text, also with NaN or a lone surrogate, as Python writes them. Raises `ValueError`."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return json.loads(line)


def records_of_array(content: bytes, name: str) -> Iterator[tuple[str, Any]]:
    """The values of a JSON array, or the one value of any other JSON text. Raises `SourceError`."""
    try:
        value = decoded(content)
    except ValueError as error:
        raise SourceError(f"{name}: not JSON ({error})") from error
    for number, record in enumerate(value if isinstance(value, list) else [value], 1):
        yield f"{name}, record {number}", record


def records_of_csv(
    opened: BinaryIO, name: str, columns: Mapping[str, str], encoding: str | None
) -> Iterator[tuple[str, Any]]:
    """The rows of a CSV file (RFC 4180) as records by its first row; commas, semicolons or tabs, as that has them.

    Raises `SourceError` where it is none. An empty cell is None.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))  # an article is longer than the module expects
    text = io.TextIOWrapper(opened, encoding or "utf-8-sig", newline="")
    header = text.readline()
    rows = csv.reader(chain([header], text), delimiter=max(",;\t", key=header.count))
    try:
        names = next(rows, [])
        check_names(set(names), columns, name)
        for number, row in enumerate(rows, 2):
            if row:
                yield f"{name}, row {number}", {n: v or None for n, v in zip(names, row, strict=False)}
    except csv.Error as error:
        raise SourceError(f"{name}: not CSV ({error})") from error


def records_of_parquet(path: str, columns: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """The rows of a Parquet file, of the columns that are asked for. Raises `SourceError`, `MissingExtraError`."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only this format needs it
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(f"{path}: Parquet needs pyarrow: pip install 'quotebank[arrow]'") from error
    try:
        with pq.ParquetFile(path) as opened:
            names = opened.schema_arrow.names
            check_names(set(names), columns, path)
            wanted = [name for name in names if any(c == name or c.startswith(f"{name}.") for c in columns.values())]
            rows = (row for batch in opened.iter_batches(ROWS, columns=wanted) for row in batch.to_pylist())
            for number, row in enumerate(rows, 1):
                yield f"{path}, row {number}", row
    except pa.ArrowInvalid as error:
        raise SourceError(f"{path}: not Parquet ({error})") from error
