"""Hypothesis's entry point: it tells Hypothesis how to make quotebank's records, once there is a reason to.

This stands beside the package because Hypothesis loads it at every `import hypothesis`, in every suite of the
environment: it imports nothing, so that it costs nothing and cannot fail. Where quotebank is imported first it
registers the strategies here; where Hypothesis is first, `quotebank/__init__.py` does so. Either way
`quotebank.testing` is imported only when a strategy is asked for.
"""

from __future__ import annotations

import sys


def register() -> None:
    """Make `from_type` know `Article`, `Claim`, `Speaker` and `Span`, where quotebank has been imported."""
    quotebank = sys.modules.get("quotebank")
    strategies = sys.modules.get("hypothesis.strategies")
    if strategies is None or not all(hasattr(quotebank, name) for name in ("Article", "Claim", "Speaker", "Span")):
        return

    def strategy_of(record: type) -> object:
        from quotebank.testing.strategies import BY_TYPE  # noqa: PLC0415 - only where a strategy is asked for

        return BY_TYPE[record]()

    for record in (quotebank.Article, quotebank.Claim, quotebank.Speaker, quotebank.Span):  # type: ignore[union-attr]
        strategies.register_type_strategy(record, strategy_of)
