"""Files in and out: what others write is read as articles with claims, claims are written for others to read.

In go text files, web pages, and the files of other tools and collections; out come `Article`s, alone or with their
claims. The other way round, `write` puts claims into the formats that spreadsheets, annotation tools and the web know.
"""

from __future__ import annotations

from quotebank.formats.article_files import (
    articles_of,
    check_encoding,
    files_of,
    headline,
    is_one_article,
    read_article,
)
from quotebank.formats.article_tables import FIELDS, article_of, checked_columns
from quotebank.formats.articles_with_claims import Reading, checked
from quotebank.formats.csv_table import cell, claim_columns, claim_row, csv_parts
from quotebank.formats.linked_data import OFFSETS, Offsets, is_web_address
from quotebank.formats.parquet import arrow_rows, arrow_schema
from quotebank.formats.reading import COLLECTIONS, read_articles, read_claims
from quotebank.formats.web_page import article_from_html
from quotebank.formats.writing import FORMATS, Format, format_of, write

__all__ = [
    "COLLECTIONS",
    "FIELDS",
    "FORMATS",
    "OFFSETS",
    "Format",
    "Offsets",
    "Reading",
    "arrow_rows",
    "arrow_schema",
    "article_from_html",
    "article_of",
    "articles_of",
    "cell",
    "check_encoding",
    "checked",
    "checked_columns",
    "claim_columns",
    "claim_row",
    "csv_parts",
    "files_of",
    "format_of",
    "headline",
    "is_one_article",
    "is_web_address",
    "read_article",
    "read_articles",
    "read_claims",
    "write",
]
