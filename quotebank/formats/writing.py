"""Claims out: `write` and the formats that it knows, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.formats.articles_with_claims import Reading, each
from quotebank.formats.brat import write_brat
from quotebank.formats.compressed import inner_name
from quotebank.formats.csv_table import write_csv
from quotebank.formats.json_lines import write_json_lines
from quotebank.formats.label_studio import write_label_studio
from quotebank.formats.linked_data import OFFSETS, Offsets, schema_org, web_annotations
from quotebank.formats.opened_files import Target, write_json
from quotebank.formats.parquet import write_parquet

Format = Literal["jsonl", "csv", "webanno", "schemaorg", "brat", "labelstudio", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: Mapping[str, Format] = MappingProxyType(
    {
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".csv": "csv",
        ".schema.jsonld": "schemaorg",
        ".jsonld": "webanno",
        ".labelstudio.json": "labelstudio",
        ".brat": "brat",
        ".parquet": "parquet",
    }
)


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
    if not isinstance(file, str | PathLike) and not hasattr(file, "write"):
        raise ArgumentTypeError(f"file must be a path or a file open for writing bytes; got {shown(file)}")
    chosen = format if format is not None else format_of(file)
    if chosen not in FORMATS:
        raise ArgumentValueError(f"format must be one of {', '.join(FORMATS)}; got {shown(chosen)}")
    if offsets not in OFFSETS:
        raise ArgumentValueError(f"offsets must be one of {', '.join(OFFSETS)}; got {shown(offsets)}")
    given = _Counted(readings)
    if chosen == "brat":
        if not isinstance(file, str | PathLike):
            raise ArgumentTypeError(f"file must be the path of a folder for brat; got {shown(file)}")
        write_brat(given, Path(file))
    elif chosen == "webanno":
        write_json(web_annotations(given, offsets=offsets), file)
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


def format_of(file: Target) -> Format:
    """The format that a file's name tells, a compression's suffix aside; brat for a folder that is there.

    Raises `ArgumentValueError` where it tells none.
    """
    name = file if isinstance(file, str | PathLike) else getattr(file, "name", "")
    if isinstance(name, str | PathLike):
        if isinstance(file, str | PathLike) and (str(file).endswith("/") or Path(file).is_dir()):
            return "brat"
        inner = inner_name(name)
        for ending, found in ENDINGS.items():
            if inner.endswith(ending) and (found != "parquet" or str(name).lower().endswith(ending)):
                return found  # Parquet is compressed within
    raise ArgumentValueError(
        f"format must be given where the file's name does not tell it ({', '.join(ENDINGS)}); got {shown(name)}"
    )


WRITERS: Mapping[Format, Callable[[Iterable[Reading], Target], None]] = MappingProxyType(
    {
        "jsonl": write_json_lines,
        "csv": write_csv,
        "schemaorg": lambda readings, file: write_json(schema_org(readings), file),
        "labelstudio": write_label_studio,
        "parquet": write_parquet,
    }
)
