"""What a bank answers as CSV, for a spreadsheet: a row a claim, as `quotebank extract` writes it, or a speaker."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from quotebank.bank import Appearance, Check, ClaimBank, Group, Hit, Passage, Profile
from quotebank.formats import cell, claim_columns, claim_row, csv_parts
from quotebank.spans import Span

if TYPE_CHECKING:
    from quotebank.records import Article, Claim

Row = dict[str, str]


def print_csv(bank: ClaimBank, answer: Sequence[Any]) -> None:
    """Print what a bank has answered, with a byte order mark so that Excel reads UTF-8."""
    article = lru_cache(maxsize=64)(bank.article)
    rows = [row for record in answer for row in _rows(record, article)]
    of_claims = claim_columns() if any("content_at" in row for row in rows) else ()
    own = dict.fromkeys(name for row in rows for name in row if name not in of_claims)
    columns = [*own, *of_claims]
    for part in csv_parts(columns, rows):
        sys.stdout.buffer.write(part)
    sys.stdout.flush()


def _rows(record: Any, article: Callable[[str], Article]) -> Iterator[Row]:
    """The rows of one answer: its own fields, then the claim's."""

    def of_claim(appearance: Appearance | Hit, **own: object) -> Row:
        claim: Claim = appearance.claim
        about = {name: cell(value) for name, value in own.items()}
        return {**about, "speaker_id": cell(appearance.speaker_id), **claim_row(article(claim.article_id), claim)}

    if isinstance(record, Check):
        own = {name: getattr(record, name) for name in ("verdict", "quotation", "explanation")}
        found = [of_claim(p.appearance, **own, **_own(p), differences=p.marked()) for p in record.proofs]
        found += [_passage(p, own) for p in record.passages]
        yield from found or [{name: cell(value) for name, value in own.items()}]
    elif isinstance(record, Group):
        relations = ["first", *(wording.relation for wording in record.wordings)]
        for appearance, relation in zip(record.appearances, relations, strict=True):
            yield of_claim(appearance, group=record.id, relation=relation)
    elif isinstance(record, Profile):
        yield {
            **{name: cell(value) for name, value in _own(record).items()},
            "names": cell(record.names),
            "roles": _stated(record.roles),
            "affiliations": _stated(record.affiliations, "formerly "),
        }
    elif isinstance(record, Hit):
        yield of_claim(record, snippet=record.snippet, score=record.score)
    else:
        yield of_claim(record)


def _own(record: attrs.AttrsInstance) -> dict[str, Any]:
    """The fields that are one value each, so that a field that is added has its column."""
    simple = (str, int, float, bool, type(None))
    found = {field.name: getattr(record, field.name) for field in attrs.fields(type(record))}
    dates = ("first", "last")
    return {name: value for name, value in found.items() if isinstance(value, simple) or name in dates}


def _passage(passage: Passage, own: Mapping[str, object]) -> Row:
    about = passage.article
    at: tuple[Span, ...] = passage.spans
    known = {f"article_{name}": getattr(about, name) for name in ("title", "publisher", "published", "url")}
    row = {**own, "match": "in the text", "article_id": about.id, "text": passage.text, "content_at": at, **known}
    return {name: cell(value) for name, value in row.items()}


def _stated(stated: Sequence[Any], over: str = "") -> str:
    return cell("; ".join(dict.fromkeys(over * s.former + " ".join(s.text.split()) for s in stated)))
