"""Who said what: claims, their speakers and the offsets that prove them, from news articles.

    import quotebank
    for claim in quotebank.extract(open("article.txt").read()):
        print(claim.speaker and claim.speaker.name, claim.kind, claim.text)

`Extractor` and `extract` are loaded at their first use, so that `import quotebank` stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotebank.affiliations import AffiliationRegistry, Organization
from quotebank.errors import (
    ArgumentTypeError,
    ArgumentValueError,
    ModelError,
    QuotebankError,
    RegistryError,
    SourceError,
)
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span

if TYPE_CHECKING:
    from quotebank.extractor import Extractor, extract

__version__ = "0.1.0"
__all__ = [
    "AffiliationRegistry",
    "ArgumentTypeError",
    "ArgumentValueError",
    "Article",
    "Claim",
    "Extractor",
    "ModelError",
    "Organization",
    "QuotebankError",
    "RegistryError",
    "SourceError",
    "Span",
    "Speaker",
    "extract",
]


def __getattr__(name: str) -> Any:
    if name in ("Extractor", "extract"):
        from quotebank import extractor  # noqa: PLC0415 - torch and stanza load only when they are needed

        return getattr(extractor, name)
    raise AttributeError(f"module 'quotebank' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
