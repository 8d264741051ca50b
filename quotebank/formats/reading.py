"""Claims in: our own JSON lines and Parquet, and articles with claims from brat, GDELT's and EPFL's collections."""

from __future__ import annotations

import bz2
import gzip
import io
from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Literal, TypeAlias, get_args

import msgspec
import regex

from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, SourceError, shown
from quotebank.formats.articles_with_claims import Reading
from quotebank.formats.brat import from_brat
from quotebank.formats.parquet import read_parquet
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span

Origin: TypeAlias = str | PathLike[str]
Collection = Literal["brat", "gqg", "quotebank"]
COLLECTIONS: tuple[Collection, ...] = get_args(Collection)
LONGEST_LINE = 50_000_000  # bytes; a longer line is no article
DAY = regex.compile(r"\d{4}-\d\d-\d\d")
CLOSING = ".,;:!?)"  # what stands at the word before it
NOBODY = frozenset({"", "None"})  # how EPFL's Quotebank writes that no speaker was found


def read_claims(file: Origin | BinaryIO) -> Iterator[Claim]:
    """The claims of a JSON lines file (also .gz or .bz2) or a Parquet file that `write` has written, lazily, in order.

    `file`: a path, or a file open for reading the bytes of JSON lines. Fields that the record does not have are
    ignored, so that a newer version's file can be read. Raises `FormatError` naming file and line for what is no claim,
    `SourceError` where the file cannot be read.
    """
    if isinstance(file, str | PathLike) and Path(file).suffix.lower() == ".parquet":
        yield from read_parquet(file)
        return
    decoder = msgspec.json.Decoder(Claim)
    for where, line in _lines(file):
        try:
            yield decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise FormatError(f"{where}: not a claim ({error})") from error


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
        return _read_brat(Path(file))
    return _read_records(Path(file), READERS[format])


def _lines(file: Origin | BinaryIO) -> Iterator[tuple[str, bytes]]:
    """The lines that hold something, each with where it stands."""
    if isinstance(file, str | PathLike):
        path = Path(file)
        openers: dict[str, Callable[[Path], Any]] = {".gz": gzip.open, ".bz2": bz2.open}
        try:
            with openers.get(path.suffix.lower(), _plainly)(path) as opened:
                yield from _numbered(opened, str(path))
        except EOFError as error:
            raise SourceError(f"{path}: the compressed file ends too early") from error
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror or error}") from error
    elif isinstance(file, io.IOBase) or hasattr(file, "readline"):
        yield from _numbered(file, str(getattr(file, "name", "file")))
    else:
        raise ArgumentTypeError(f"file must be a path or a file open for reading bytes; got {shown(file)}")


def _plainly(path: Path) -> BinaryIO:
    return path.open("rb")


def _numbered(opened: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    number = 0
    while line := opened.readline(LONGEST_LINE + 1):
        number += 1
        where = f"{name}, line {number}"
        if isinstance(line, str):
            raise ArgumentTypeError("file must be open for reading bytes ('rb'), not text")
        if len(line) > LONGEST_LINE:
            raise FormatError(f"{where}: longer than {LONGEST_LINE // 1_000_000} MB, which is no record")
        if line.strip():
            yield where, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _read_brat(path: Path) -> Iterator[Reading]:
    found = sorted(path.rglob("*.ann")) if path.is_dir() else [path]
    if not found:
        raise SourceError(f"{path}: holds no .ann file")
    for file in found:
        beside = (file.with_suffix(".txt"), file.parent.parent / "text" / f"{file.stem}.txt")
        text_file = next((p for p in beside if p.is_file()), None)
        if text_file is None:
            raise SourceError(f"{file}: no {beside[0].name} beside it, nor in a folder 'text' beside its own")
        try:
            text, annotations = (p.read_bytes().decode("utf8") for p in (text_file, file))
        except OSError as error:
            raise SourceError(f"{file}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise SourceError(f"{file}: it or its text is not UTF-8 ({error})") from error
        yield from_brat(text, annotations, id=file.stem, name=str(file))


class _GdeltQuote(msgspec.Struct):
    quote: str = ""
    pre: str = ""
    post: str = ""


class _GdeltArticle(msgspec.Struct):
    quotes: list[_GdeltQuote]
    url: str | None = None
    title: str | None = None
    date: str | None = None


class _EpflQuotation(msgspec.Struct, rename="camel"):
    quotation: str
    left_context: str | None = None
    right_context: str | None = None
    local_top_speaker: str | None = None
    global_top_speaker: str | None = None
    local_probas: list[Any] | None = None


class _EpflArticle(msgspec.Struct, rename={"article_id": "articleID"}):
    quotations: list[_EpflQuotation]
    article_id: str | None = None
    url: Any = None
    title: str | None = None
    date: str | None = None
    content: str | None = None


def _read_records(path: Path, reader: Callable[[bytes], Reading]) -> Iterator[Reading]:
    for where, line in _lines(path):
        try:
            yield reader(line)
        except msgspec.MsgspecError as error:
            raise FormatError(f"{where}: not in the format ({error})") from error


_gdelt = msgspec.json.Decoder(_GdeltArticle)
_epfl = msgspec.json.Decoder(_EpflArticle)


def _from_gdelt(line: bytes) -> Reading:
    record = _gdelt.decode(line)
    text, places = _passages([(q.pre, q.quote, q.post) for q in record.quotes])
    article = Article(text=text, url=record.url, title=record.title, published=_day(record.date))
    return article, tuple(Claim.build(article, content=(place,)) for place in places if place is not None)


def _from_epfl(line: bytes) -> Reading:
    record = _epfl.decode(line)
    if record.content is not None:
        text, places = record.content, list(_found(record.content, [q.quotation for q in record.quotations]))
    else:
        text, places = _passages([(q.left_context, q.quotation, q.right_context) for q in record.quotations])
    url = record.url[0] if isinstance(record.url, list) and record.url else record.url
    article = Article(
        text=text,
        id=record.article_id,
        url=url if isinstance(url, str) else None,
        title=record.title,
        published=_day(record.date),
    )
    claims = [
        Claim.build(article, content=(place,), speaker=_speaker(quotation), confidence=_probability(quotation))
        for quotation, place in zip(record.quotations, places, strict=True)
        if place is not None
    ]
    return article, tuple(sorted(claims, key=lambda c: c.content))


def _passages(parts: list[tuple[str | None, str, str | None]]) -> tuple[str, list[Span | None]]:
    """One paragraph a quotation, in its context and in quotation marks, and the place of each, marks included."""
    text, places = "", list[Span | None]()
    for before, quoted, after in parts:
        text += "\n\n" if text else ""
        text += f"{before.strip()} " if before and before.strip() else ""
        words = quoted.strip().strip('"“”').strip()
        places.append(Span(len(text), len(text) + len(words) + 2) if words else None)
        text += f"“{words}”" if words else ""
        if after and after.strip():
            text += ("" if after.strip()[0] in CLOSING else " ") + after.strip()
    return text, places


def _found(text: str, quoted: list[str]) -> Iterator[Span | None]:
    """Where each quotation stands in a text: after the one before it, or else anywhere."""
    at = 0
    for words in map(str.strip, quoted):
        start = text.find(words, at)
        if start < 0:
            start = text.find(words)
        if start < 0 or not words:
            yield None
        else:
            at = start + len(words)
            yield Span(start, at)


def _speaker(quotation: _EpflQuotation) -> Speaker | None:
    for name in (quotation.local_top_speaker, quotation.global_top_speaker):
        if name is not None and name.strip() not in NOBODY:
            return Speaker(name=name.strip())
    return None


def _probability(quotation: _EpflQuotation) -> float:
    """The first of `localProbas`, pairs of a speaker and a probability, the latter a number or digits in a string."""
    try:
        value = float((quotation.local_probas or [[None, 1.0]])[0][1])
    except (TypeError, ValueError, LookupError):
        return 1.0
    return value if 0 <= value <= 1 else 1.0


def _day(value: str | None) -> str | None:
    """The day of a time stamp such as `2020-01-16 02:00:49` or `2020-01-16T02:00:49Z`, or None."""
    match = DAY.match(value or "")
    return match[0] if match else None


READERS: Mapping[str, Callable[[bytes], Reading]] = MappingProxyType({"gqg": _from_gdelt, "quotebank": _from_epfl})
