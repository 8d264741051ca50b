"""Who said what: claims, their speakers and the offsets that prove them, from news articles.

    import quotebank
    for claim in quotebank.extract(open("article.txt").read()):
        print(claim.speaker and claim.speaker.name, claim.kind, claim.text)

What needs a model or an index is loaded at its first use, so that `import quotebank` stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotebank.errors import (
    ArgumentTypeError,
    ArgumentValueError,
    BankError,
    ModelError,
    NotInBankError,
    QuotebankError,
    SourceError,
)
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span

if TYPE_CHECKING:
    from quotebank.bank import ClaimBank
    from quotebank.extractor import Extractor, extract
    from quotebank.matching import Comparison, compare

__version__ = "0.1.0"
__all__ = [
    "ArgumentTypeError",
    "ArgumentValueError",
    "Article",
    "BankError",
    "Claim",
    "ClaimBank",
    "Comparison",
    "Extractor",
    "ModelError",
    "NotInBankError",
    "QuotebankError",
    "SourceError",
    "Span",
    "Speaker",
    "compare",
    "extract",
]


def __getattr__(name: str) -> Any:
    if name in ("Extractor", "extract"):
        from quotebank import extractor  # noqa: PLC0415 - torch and stanza load only when they are needed

        return getattr(extractor, name)
    if name == "ClaimBank":
        from quotebank.bank import ClaimBank  # noqa: PLC0415 - sqlite3 and the matching load only for a bank

        return ClaimBank
    if name in ("Comparison", "compare"):
        from quotebank import matching  # noqa: PLC0415 - so do the word lists by which claims are compared

        return getattr(matching, name)
    raise AttributeError(f"module 'quotebank' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
