"""Claims as CSV, a row a claim (RFC 4180), for people and their spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import attrs

from quotebank.formats.articles_with_claims import Reading
from quotebank.formats.opened_files import Target, opened_to_write
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span, covered

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula: OWASP, "CSV Injection"
SPEAKER_COLUMNS = tuple(field.name for field in attrs.fields(Speaker))
ARTICLE_COLUMNS = ("title", "publisher", "published", "url")


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


def write_csv(readings: Iterable[Reading], file: Target) -> None:
    """Write the claims as they come, with a byte order mark so that Excel reads UTF-8."""
    with opened_to_write(file) as out:
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
