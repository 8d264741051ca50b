"""Files in and out: what others write is read as articles with claims, claims are written for others to read.

In go text files, web pages, and the files of other tools and collections; out come `Article`s, alone or with their
claims. The other way round, `write` puts claims into the formats that spreadsheets, annotation tools and the web know.
"""

from __future__ import annotations

from quotebank.formats.article_files import files_of, read_article
from quotebank.formats.articles_with_claims import Reading, checked
from quotebank.formats.linked_data import is_web_address
from quotebank.formats.reading import COLLECTIONS, read_articles, read_claims
from quotebank.formats.web_page import article_from_html
from quotebank.formats.writing import FORMATS, Format, write

__all__ = [
    "COLLECTIONS",
    "FORMATS",
    "Format",
    "Reading",
    "article_from_html",
    "checked",
    "files_of",
    "is_web_address",
    "read_article",
    "read_articles",
    "read_claims",
    "write",
]
