"""CSV, both ways: a claim a row (RFC 4180), for people and their spreadsheets.

What a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV Injection"), which reading takes off
again: articles are other people's words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, get_args, get_type_hints

import attrs
import msgspec
import regex

from quotebank.errors import FormatError, SourceError
from quotebank.formats.articles_with_claims import Reading
from quotebank.formats.compressed import open_binary, reading
from quotebank.formats.opened_files import LONGEST_LINE, Origin, Target, opened_to_write
from quotebank.records import Article, Claim, Reference, Speaker
from quotebank.spans import Span, covered

# An empty string too, which an empty cell, None, would else be taken for.
GUARDED = regex.compile(r"'*(?:[=+\-@\t\r]|\Z)")
ROLES = ("content", "cue", "source")  # the fields of a claim that are given in words as well as by offsets
SPEAKER_COLUMNS = tuple(field.name for field in attrs.fields(Speaker))
ARTICLE_COLUMNS = tuple(field.name for field in attrs.fields(Reference) if field.name != "id")
BYTE_ORDER_MARK = "\ufeff"


def claim_columns() -> tuple[str, ...]:
    """The columns, in order: what a person reads first, then every other field and the offsets."""
    first = ["speaker", "speaker_role", "speaker_affiliation", "cue", "text", "kind"]
    fields = [field.name for field in attrs.fields(Claim) if field.name not in ("content", "speaker", *first)]
    speaker = [f"speaker_{n}" for n in SPEAKER_COLUMNS if n != "name" and f"speaker_{n}" not in first]
    articles = [f"article_{n}" for n in ARTICLE_COLUMNS]
    offsets = [f"{role}_{end}" for role in ROLES for end in ("at", "start", "end")]
    return (*first, *fields, *speaker, *articles, *offsets)


def claim_row(article: Article, claim: Claim) -> dict[str, str]:
    """A claim as a row, by column: spans as `start–end; start–end`, half-open, in code points.

    The dash is an en dash: a spreadsheet takes 8-12 for a day of August. `content_start` and `content_end`, and the
    like of cue and source, are where the first piece begins and the last one ends, as numbers.
    """
    row = {f"article_{name}": cell(getattr(article, name)) for name in ARTICLE_COLUMNS}
    for field in attrs.fields(Claim):
        if field.name not in ("content", "speaker"):
            row[field.name] = cell(getattr(claim, field.name))
    if claim.speaker is not None:
        row |= {f"speaker_{name}": cell(getattr(claim.speaker, name)) for name in SPEAKER_COLUMNS if name != "name"}
        row["speaker"] = cell(claim.speaker.name)
    for role in ROLES:
        spans = getattr(claim, role)
        row[f"{role}_at"] = cell(spans)
        row |= {f"{role}_start": str(spans[0].start), f"{role}_end": str(spans[-1].end)} if spans else {}
    row |= {role: cell(covered(article.text, getattr(claim, role))) for role in ("cue", "source")}
    return row


def claim_of_row(row: Mapping[str, str], where: str) -> Claim:
    """The claim of a row that `claim_row` has made. Raises `FormatError` that says `where` the row stands."""
    try:
        values = {name: _value(hint, row[name]) for name, hint in CLAIM_HINTS.items() if name in row}
        values |= {role: _spans(row[f"{role}_at"]) for role in ROLES}
        values["speaker"] = _speaker(row) if row["speaker_type"] else None
        return msgspec.convert(values, Claim)
    except (KeyError, ValueError, msgspec.ValidationError) as error:
        what = f"there is no column {error}" if isinstance(error, KeyError) else str(error)
        raise FormatError(f"{where}: not a claim ({what})") from error


def _speaker(row: Mapping[str, str]) -> dict[str, Any]:
    there = {name: hint for name, hint in SPEAKER_HINTS.items() if f"speaker_{name}" in row}
    return {"name": _value(str | None, row["speaker"])} | {n: _value(h, row[f"speaker_{n}"]) for n, h in there.items()}


def reference_of_row(row: Mapping[str, str], where: str) -> Reference:
    """The article that a row says its claim is from. Raises `FormatError`."""
    try:
        about = {name: _value(str | None, row.get(f"article_{name}", "")) for name in ARTICLE_COLUMNS}
        return msgspec.convert({"id": _value(str | None, row["article_id"]), **about}, Reference)
    except (KeyError, ValueError, msgspec.ValidationError) as error:
        raise FormatError(f"{where}: not a claim of an article ({error})") from error


def write_csv(readings: Iterable[Reading], file: Target) -> None:
    """Write the claims as they come, with a byte order mark so that Excel reads UTF-8."""
    rows = (claim_row(article, claim) for article, claims in readings for claim in claims)
    with opened_to_write(file) as out:
        for part in csv_parts(claim_columns(), rows):
            out.write(part)


def read_csv(file: Origin) -> Iterator[tuple[Reference, Claim]]:
    """The claims of a CSV that `write_csv` has written, each with the reference to its article, lazily.

    Raises `FormatError` naming the row that is no claim, `SourceError` where the file is no CSV.
    """
    with reading(str(file)), open_binary(file) as opened:
        for where, row in rows_of_csv(opened, str(file)):
            yield reference_of_row(row, where), claim_of_row(row, where)


def rows_of_csv(opened: BinaryIO, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a CSV of claims, each with where it stands. Raises `SourceError` where it is no CSV."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))  # a claim can be longer than the module expects
    try:
        with io.TextIOWrapper(opened, "utf-8-sig", newline="") as text:
            for number, row in enumerate(csv.DictReader(text, restval=""), 2):
                row.pop(None, None)  # cells without a column
                yield f"{name}, row {number}", row
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceError(f"{name}: not CSV in UTF-8 ({error})") from error


def csv_parts(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """A table as CSV (RFC 4180), a row at a time, with a byte order mark so that Excel reads UTF-8."""
    line = io.StringIO(newline="")
    writer = csv.DictWriter(line, tuple(columns), restval="")
    line.write(BYTE_ORDER_MARK)
    writer.writeheader()
    for row in rows:
        yield _taken(line)
        writer.writerow(row)
    yield _taken(line)


def _taken(line: io.StringIO) -> bytes:
    content = line.getvalue().encode("utf8", "replace")
    line.seek(0)
    line.truncate()
    return content


def cell(value: object) -> str:
    """A value as a cell: nothing for None, `true` and `false`, spans with an en dash, an apostrophe before formulas."""
    if isinstance(value, tuple):
        return "; ".join(f"{s.start}–{s.end}" if isinstance(s, Span) else str(s) for s in value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value if GUARDED.match(value) else value
    return str(value)


def _value(hint: Any, written: str) -> Any:
    """What a cell says, as the field of that type takes it. Raises `ValueError`."""
    if hint is bool:
        return {"true": True, "false": False}[written.lower()]
    if hint is float:
        return float(written)
    if any(get_args(option)[:1] == (Span,) for option in (hint, *get_args(hint))):
        return _spans(written)
    if not written:
        return None
    return written[1:] if written.startswith("'") and GUARDED.match(written) else written


def _spans(written: str) -> tuple[dict[str, int], ...]:
    pieces = (piece.strip().replace("-", "–").split("–") for piece in written.split(";") if piece.strip())
    return tuple({"start": int(start), "end": int(end)} for start, end in pieces)


CLAIM_HINTS: Mapping[str, Any] = {n: h for n, h in get_type_hints(Claim).items() if n not in (*ROLES, "speaker")}
SPEAKER_HINTS: Mapping[str, Any] = {n: h for n, h in get_type_hints(Speaker).items() if n != "name"}
