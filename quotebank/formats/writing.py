"""Claims out: `write` and the formats it knows, with JSON lines and CSV.

The other formats live with what they follow: `linked_data` (Web Annotation, schema.org), `brat`,
`label_studio` and `parquet`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, ContextManager, Literal, TypeAlias, get_args  # noqa: UP035 - a context manager's type

import attrs
import msgspec
import regex

from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.formats.articles_with_claims import Reading, each
from quotebank.formats.brat import ANNOTATION_CONF, to_brat
from quotebank.formats.label_studio import LABELLING_CONFIG, label_studio_tasks
from quotebank.formats.linked_data import Offsets, schema_org, web_annotations
from quotebank.formats.parquet import write_parquet
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span, covered

Format = Literal["jsonl", "csv", "webanno", "schemaorg", "brat", "labelstudio", "parquet"]
Target: TypeAlias = str | PathLike[str] | BinaryIO
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: Mapping[str, Format] = MappingProxyType(
    {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".jsonld": "webanno", ".parquet": "parquet"}
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula: OWASP, "CSV Injection"
UNSAFE_IN_NAMES = regex.compile(r"[^\p{L}\p{N}_.-]+")
SPEAKER_COLUMNS = tuple(field.name for field in attrs.fields(Speaker))
ARTICLE_COLUMNS = ("title", "publisher", "published", "url")


def write(
    readings: Iterable[Reading] | Reading,
    file: Target,
    *,
    format: Format | None = None,  # noqa: A002 - the word that a caller looks for
    offsets: Offsets = "code points",
) -> int:
    """Write articles' claims to a file and return how many claims were given.

    `readings`: pairs of an article and its claims, or one such pair; JSON lines and CSV are written as they come, so
    `write(zip(articles, extractor.extract_many(articles)), "claims.csv")` needs the memory of one article.
    `file`: a path, or a file open for writing bytes. `format`: one of `FORMATS`, or None to go by the path's suffix:

    - `jsonl`: a claim a line (RFC 8259 objects), the fields of `Claim`; `json_schema` has its JSON Schema
    - `csv`: a claim a row (RFC 4180), with a byte order mark so that Excel reads UTF-8
    - `webanno`: W3C Web Annotation, JSON-LD; `offsets` says in which units its positions are counted
    - `schemaorg`: schema.org Quotation and Claim, JSON-LD
    - `brat`: `file` is a folder, made if need be; an .ann and a .txt file an article, and `annotation.conf`
    - `labelstudio`: tasks with predictions; a path gets the labelling configuration beside it, as `….config.xml`
    - `parquet`: needs the extra `[arrow]`

    Raises `ArgumentTypeError` or `ArgumentValueError` where an argument cannot be used, `OSError` where the file cannot
    be written, `MissingExtraError` where an extra is not installed.
    """
    chosen = format if format is not None else _format_of(file)
    if chosen not in FORMATS:
        raise ArgumentValueError(f"format must be one of {', '.join(FORMATS)}; got {shown(chosen)}")
    if not isinstance(file, str | PathLike) and not hasattr(file, "write"):
        raise ArgumentTypeError(f"file must be a path or a file open for writing bytes; got {shown(file)}")
    given = _Counted(readings)
    if chosen == "brat":
        if not isinstance(file, str | PathLike):
            raise ArgumentTypeError(f"file must be the path of a folder for brat; got {shown(file)}")
        _write_brat(given, Path(file))
    elif chosen == "webanno":
        _write_json(web_annotations(given, offsets=offsets), file)
    else:
        WRITERS[chosen](given, file)
    return given.claims


class _Counted:
    """Readings on their way, counted."""

    def __init__(self, readings: Iterable[Reading] | Reading) -> None:
        self.readings = readings
        self.claims = 0

    def __iter__(self) -> Iterator[Reading]:
        for article, claims in each(self.readings):
            self.claims += len(claims)
            yield article, claims


def _format_of(file: Target) -> Format:
    name = file if isinstance(file, str | PathLike) else getattr(file, "name", "")
    suffix = Path(name).suffix.lower() if isinstance(name, str | PathLike) else ""
    if suffix not in SUFFIXES:
        raise ArgumentValueError(
            f"format must be given where the file's name does not tell it ({', '.join(SUFFIXES)}); got {shown(name)}"
        )
    return SUFFIXES[suffix]


def _opened(file: Target) -> ContextManager[BinaryIO]:
    return Path(file).open("wb") if isinstance(file, str | PathLike) else nullcontext(file)


def jsonl_lines(readings: Iterable[Reading] | Reading) -> Iterator[bytes]:
    """The claims as JSON, a line each, ended by a line feed; `read_claims` reads them back, equal."""
    encoder = msgspec.json.Encoder()
    for _, claims in each(readings):
        for claim in claims:
            try:
                yield encoder.encode(claim) + b"\n"
            except UnicodeEncodeError as error:
                raise ArgumentValueError(
                    f"claims holds claim {claim.id} with a lone surrogate, which UTF-8 cannot hold: {error}"
                ) from error


def _write_jsonl(readings: Iterable[Reading], file: Target) -> None:
    with _opened(file) as out:
        for line in jsonl_lines(readings):
            out.write(line)


def csv_columns() -> tuple[str, ...]:
    """The columns of the CSV, in order: what a person reads first, then every other field and the offsets."""
    first = ["speaker", "speaker_role", "speaker_affiliation", "cue", "text", "kind"]
    fields = [field.name for field in attrs.fields(Claim) if field.name not in ("content", "speaker", *first)]
    speaker = [f"speaker_{n}" for n in SPEAKER_COLUMNS if n != "name" and f"speaker_{n}" not in first]
    articles = [f"article_{n}" for n in ARTICLE_COLUMNS]
    return (*first, *fields, *speaker, *articles, "content_at", "cue_at", "source_at")


def csv_row(article: Article, claim: Claim) -> dict[str, str]:
    """A claim as a row of the CSV, by column: spans as `start–end; start–end`, half-open, in code points.

    The dash is an en dash: a spreadsheet takes 8-12 for a day of August.

    A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV Injection"): articles are
    other people's words.
    """
    row = {f"article_{name}": _cell(getattr(article, name)) for name in ARTICLE_COLUMNS}
    for field in attrs.fields(Claim):
        if field.name not in ("content", "speaker"):
            row[field.name] = _cell(getattr(claim, field.name))
    if claim.speaker is not None:
        row |= {f"speaker_{name}": _cell(getattr(claim.speaker, name)) for name in SPEAKER_COLUMNS if name != "name"}
        row["speaker"] = _cell(claim.speaker.name)
    for role in ("content", "cue", "source"):
        row[f"{role}_at"] = _cell(getattr(claim, role))
    row |= {role: _cell(covered(article.text, getattr(claim, role))) for role in ("cue", "source")}
    return row


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(f"{s.start}–{s.end}" for s in value if isinstance(s, Span))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return str(value)


def _write_csv(readings: Iterable[Reading], file: Target) -> None:
    with _opened(file) as out:
        out.write("\ufeff".encode())
        line = io.StringIO(newline="")
        writer = csv.DictWriter(line, csv_columns(), restval="")
        writer.writeheader()
        for article, claims in readings:
            for claim in claims:
                writer.writerow(csv_row(article, claim))
            out.write(line.getvalue().encode("utf8", "replace"))
            line.seek(0)
            line.truncate()
        out.write(line.getvalue().encode("utf8", "replace"))


def _write_json(document: object, file: Target) -> None:
    # ASCII only: a lone surrogate in a scraped text stays what it is, escaped
    with _opened(file) as out:
        out.write(json.dumps(document, indent=1).encode("ascii") + b"\n")


def _write_label_studio(readings: Iterable[Reading], file: Target) -> None:
    _write_json(label_studio_tasks(readings), file)
    if isinstance(file, str | PathLike):
        Path(file).with_suffix(".config.xml").write_text(LABELLING_CONFIG, encoding="utf8")


def _write_brat(readings: Iterable[Reading], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(ANNOTATION_CONF, encoding="utf8")
    taken: set[str] = set()
    for article, claims in readings:
        name = file_name(article.id, taken)
        (folder / f"{name}.ann").write_bytes(to_brat(article, claims).encode("utf8"))
        # bytes: a text's own line ends are part of what the offsets count
        (folder / f"{name}.txt").write_bytes(article.text.encode("utf8"))


def file_name(id: str, taken: set[str]) -> str:  # noqa: A002 - an article's id
    """A file name for an article, made of its id, that no other has; it is added to `taken`."""
    plain = UNSAFE_IN_NAMES.sub("_", Path(id).name.removesuffix(".txt")).strip("._")[:80] or "article"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.casefold())
    return name


WRITERS: Mapping[Format, Callable[[Iterable[Reading], Target], None]] = MappingProxyType(
    {
        "jsonl": _write_jsonl,
        "csv": _write_csv,
        "schemaorg": lambda readings, file: _write_json(schema_org(readings), file),
        "labelstudio": _write_label_studio,
        "parquet": write_parquet,
    }
)
