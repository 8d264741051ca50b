"""Claims as web pages for people, each one file that needs no network.

In go an article with its claims, or what a bank found. Out comes HTML: `report` for one article, `overview` for
several. Templates, style and script stand beside the module that fills them.
"""

from __future__ import annotations

from quotebank.pages.overview import make_overview, write_overview
from quotebank.pages.report import first_heading, make_report, write_report

__all__ = [
    "first_heading",
    "make_overview",
    "make_report",
    "write_overview",
    "write_report",
]
