"""JSON lines, both ways: a claim a line, an RFC 8259 object with the fields of the record (see `json_schema`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from quotebank.errors import ArgumentValueError, FormatError
from quotebank.formats.articles_with_claims import Reading, each
from quotebank.formats.opened_files import Origin, Target, lines_of, opened_to_write
from quotebank.records import Claim


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


def write_json_lines(readings: Iterable[Reading], file: Target) -> None:
    """Write the claims as they come."""
    with opened_to_write(file) as out:
        for line in jsonl_lines(readings):
            out.write(line)


def read_json_lines(file: Origin | BinaryIO) -> Iterator[Claim]:
    """The claims of a file (also .gz or .bz2), lazily. Raises `FormatError` naming the line that is no claim."""
    decoder = msgspec.json.Decoder(Claim)
    for where, line in lines_of(file):
        try:
            yield decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise FormatError(f"{where}: not a claim ({error})") from error
