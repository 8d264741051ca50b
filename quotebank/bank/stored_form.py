"""Claims made ready to be kept: checked against their article, and as the JSON text that a bank holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from operator import attrgetter

import attrs
import msgspec
import regex

from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span, covered

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
ASCII_WORD = re.compile(r"[a-z0-9]+")  # the same where all is ASCII, and faster

_speaker_spans = attrgetter(*[f.name for f in attrs.fields(Speaker) if f.default == ()])
SPEAKER_SPANS = tuple(f"speaker.{f.name}" for f in attrs.fields(Speaker) if f.default == ())

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Claim)


@attrs.frozen(kw_only=True)
class Prepared:
    """An article and its claims, checked and ready to be written."""

    article: Article
    claims: tuple[Claim, ...]
    records: tuple[str, ...]
    version: str


def as_record(claim: Claim) -> str:
    """A claim as the JSON text that a bank keeps. Raises `ArgumentValueError` for lone surrogates."""
    try:
        return _encoder.encode(claim).decode()
    except UnicodeEncodeError as error:
        raise ArgumentValueError(f"claim {shown(claim.id)} holds a lone surrogate, which is no character") from error


def claim_of(record: str) -> Claim:
    """The claim that `as_record` was given."""
    return _decoder.decode(record)


def prepare(article: Article, claims: Iterable[Claim], version: str | None) -> Prepared:
    """Check that the claims are of this article and their offsets fit it.

    Without a `version` of the extractor that made them, the claims themselves give one. Raises `ArgumentTypeError` or
    `ArgumentValueError`.
    """
    if isinstance(claims, str | bytes | Claim) or not isinstance(claims, Iterable):
        raise ArgumentTypeError(f"claims must be an iterable of Claim; got {shown(claims)}")
    if version is not None and not isinstance(version, str):
        raise ArgumentTypeError(f"version must be a str or None; got {shown(version)}")
    check_strings(article)
    found = tuple(claims)
    for claim in found:
        if not isinstance(claim, Claim):
            raise ArgumentTypeError(f"claims must hold Claim objects; got {shown(claim)}")
        problem = misfit(claim, article)
        if problem:
            raise ArgumentValueError(f"claim {shown(claim.id)} does not fit article {shown(article.id)}: {problem}")
    records = tuple(map(as_record, found))
    if version is None:
        version = "given " + hashlib.sha256("\n".join(records).encode()).hexdigest()[:16]
    return Prepared(article=article, claims=found, records=records, version=version)


def check_strings(article: Article) -> None:
    """Raise `ArgumentValueError` where an article holds what is no character and no database keeps."""
    for name in ("id", "text", "url", "publisher", "title"):
        try:
            (getattr(article, name) or "").encode()
        except UnicodeEncodeError as error:
            raise ArgumentValueError(
                f"article.{name} holds a lone surrogate at code point {error.start}; decode it with errors='replace'"
            ) from error


def misfit(claim: Claim, article: Article) -> str | None:
    """What is wrong with a claim of an article, in words, or None."""
    if claim.article_id != article.id:
        return f"it is of article {shown(claim.article_id)}"
    if not claim.content:
        return "its content is empty"
    length = len(article.text)
    for name, spans in spans_of(claim):
        for span in spans:
            if span.end > length:
                return f"{name} holds {span}, past the end of the text of {length} code points"
    if claim.text != covered(article.text, claim.content):
        return f"its text is {shown(claim.text)}, not {shown(covered(article.text, claim.content))}"
    return None


def spans_of(claim: Claim) -> list[tuple[str, tuple[Span, ...]]]:
    """Every tuple of spans in a claim and its speaker, with its name."""
    found = [("content", claim.content), ("cue", claim.cue), ("source", claim.source)]
    if claim.speaker is not None:
        found += zip(SPEAKER_SPANS, _speaker_spans(claim.speaker), strict=True)
    return found


def digest_of(text: str) -> str:
    """The sha256 of a text's bytes, by which a change of one of them is seen."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal_of(described: Iterable[str | None], records: Iterable[str]) -> str:
    """The sha256 of what a bank keeps of an article beside its text, its claims' records included, in their order."""
    return hashlib.sha256(_encoder.encode([*described, *records])).hexdigest()


def wording_of(text: str) -> int:
    """A number that claims of the same words share: case, accents' form and punctuation do not count."""
    return int.from_bytes(hashlib.blake2b(plain_words(text).encode(), digest_size=8).digest(), "big", signed=True)


def plain_words(text: str) -> str:
    """The words of a text in lower case, one space between two, without punctuation."""
    plain = text.casefold()
    if not plain.isascii():
        ascii_ = plain.replace("’", "'").replace("“", '"').replace("”", '"')  # all that most texts have of other signs
        if not ascii_.isascii():
            return " ".join(WORD.findall(plain))
        plain = ascii_
    return " ".join(ASCII_WORD.findall(plain))
