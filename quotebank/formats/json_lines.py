"""JSON lines, both ways: a claim a line, an RFC 8259 object with the fields of the record, and `article`.

`json_schema` has its JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

import msgspec

from quotebank.errors import ArgumentValueError, FormatError
from quotebank.formats.articles_with_claims import Reading, each
from quotebank.formats.csv_table import ARTICLE_COLUMNS
from quotebank.formats.opened_files import Origin, Target, lines_of, opened_to_write
from quotebank.records import Claim, Reference


def jsonl_lines(readings: Iterable[Reading] | Reading) -> Iterator[bytes]:
    """The claims as JSON, a line each, ended by a line feed; `read_claims` reads them back, equal."""
    encoder = msgspec.json.Encoder()
    for article, claims in each(readings):
        about = {name: getattr(article, name) for name in ARTICLE_COLUMNS}
        for claim in claims:
            try:
                yield encoder.encode(claim)[:-1] + b',"article":' + encoder.encode(about) + b"}\n"
            except UnicodeEncodeError as error:
                raise ArgumentValueError(
                    f"claims holds claim {claim.id} with a lone surrogate, which UTF-8 cannot hold: {error}"
                ) from error


def write_json_lines(readings: Iterable[Reading], file: Target) -> None:
    """Write the claims as they come."""
    with opened_to_write(file) as out:
        for line in jsonl_lines(readings):
            out.write(line)


def read_json_lines(file: Origin | BinaryIO) -> Iterator[tuple[Reference, Claim]]:
    """The claims of a file, each with the reference to its article, lazily.

    Raises `FormatError` naming the line that is no claim.
    """
    for where, line in lines_of(file):
        try:
            claim = _claim.decode(line)
            about = _with_article.decode(line).article or _About()
            yield Reference(id=claim.article_id, **msgspec.structs.asdict(about)), claim
        except msgspec.MsgspecError as error:
            raise FormatError(f"{where}: not a claim ({error})") from error


class _About(msgspec.Struct):
    """What a line says of its claim's article."""

    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    url: str | None = None


class _WithArticle(msgspec.Struct):
    article: _About | None = None


_claim = msgspec.json.Decoder(Claim)
_with_article = msgspec.json.Decoder(_WithArticle)
