"""Who said what: claims, their speakers and the offsets that prove them, from news articles.

    import quotebank
    for claim in quotebank.extract(open("article.txt").read()):
        print(claim.speaker and claim.speaker.name, claim.kind, claim.text)

What needs a model or an index is loaded at its first use, so that `import quotebank` stays fast.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from quotebank.errors import (
    ArgumentTypeError,
    ArgumentValueError,
    BankError,
    FormatError,
    MissingExtraError,
    ModelError,
    NotInBankError,
    QuotebankError,
    RegistryError,
    SourceError,
    WorkerError,
)
from quotebank.records import Article, Claim, Reference, Speaker
from quotebank.spans import Span

if TYPE_CHECKING:
    from quotebank.bank import ClaimBank
    from quotebank.comparing import Comparison, compare
    from quotebank.extractor import Extractor, extract
    from quotebank.formats import article_from_html, read_articles, read_claims, write
    from quotebank.speakers import AffiliationRegistry, Organization

__version__ = "0.1.0"
__all__ = [
    "AffiliationRegistry",
    "ArgumentTypeError",
    "ArgumentValueError",
    "Article",
    "BankError",
    "Claim",
    "ClaimBank",
    "Comparison",
    "Extractor",
    "FormatError",
    "MissingExtraError",
    "ModelError",
    "NotInBankError",
    "Organization",
    "QuotebankError",
    "Reference",
    "RegistryError",
    "SourceError",
    "Span",
    "Speaker",
    "WorkerError",
    "article_from_html",
    "compare",
    "extract",
    "read_articles",
    "read_claims",
    "write",
]
LATER = {  # torch and stanza, the bank and the formats load only when they are needed
    "AffiliationRegistry": "speakers",
    "ClaimBank": "bank",
    "Comparison": "comparing",
    "Extractor": "extractor",
    "Organization": "speakers",
    "article_from_html": "formats",
    "compare": "comparing",
    "extract": "extractor",
    "read_articles": "formats",
    "read_claims": "formats",
    "write": "formats",
}


def __getattr__(name: str) -> Any:
    if name in LATER:
        return getattr(import_module(f"quotebank.{LATER[name]}"), name)
    raise AttributeError(f"module 'quotebank' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if "hypothesis" in sys.modules:  # a test suite: `from_type(quotebank.Claim)` is to work there, see the module's words
    from quotebank_hypothesis import register

    register()
