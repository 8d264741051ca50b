"""How many known claims of generated articles the extractor gives back, by construction.

    python -m tests.construction_rates          # prints the rates beside the floors
    python -m tests.construction_rates --pin    # raises the floors to what is measured; never lowers one

A claim is found where one is extracted whose content shares at least half of the code points with it (intersection
over union) and, where a source is stated, whose source overlaps the known one. It is exact where the content is the
same, its speaker where the name is, its office where role and affiliation are, its act where act, force, negation and
condition are. "True" is the share of extracted claims that have words of a known one: all else in the articles reports
nothing. The articles are the same every time: Hypothesis draws them from a seed, and from nothing else.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

import quotebank
from quotebank import testing

FLOORS = Path(__file__).parent / "construction_rates.json"
ARTICLES = 25


class Seeded(HypothesisProvider):
    """Draws by the seed alone.

    Hypothesis likes to draw numbers that stand in the code of the project: a number changed anywhere in the package
    would change the articles, and with them the rates.
    """

    def _maybe_draw_constant(self, *_, **__):
        return None


AVAILABLE_PROVIDERS["seeded"] = f"{__name__}.{Seeded.__name__}"  # the extension point for other sources of choices


def examples(construction: str) -> list[testing.Example]:
    """Articles with claims of one construction, always the same."""
    drawn: list[testing.Example] = []

    @seed(20261122)
    @settings(
        max_examples=ARTICLES,
        database=None,
        backend="seeded",
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(testing.articles(constructions=[construction], max_claims=2))
    def draw(example):
        drawn.append(example)

    draw()
    return drawn


def offsets(spans) -> set[int]:
    return {k for span in spans for k in range(span.start, span.end)}


def outcome(known: quotebank.Claim, found: tuple[quotebank.Claim, ...]) -> dict[str, bool]:
    content, source = offsets(known.content), offsets(known.source)
    best = max(found, key=lambda c: len(content & offsets(c.content)) / len(content | offsets(c.content)), default=None)
    other = offsets(best.content) if best else set()
    back = 2 * len(content & other) >= len(content | other) and (not source or bool(source & offsets(best.source)))
    speaker = best.speaker if back else None

    return {
        "found": back,
        "exact": back and best.content == known.content,
        "speaker": speaker is not None and speaker.name == known.speaker.name,
        "office": speaker is not None
        and all(getattr(speaker, name) == getattr(known.speaker, name) for name in ("role", "affiliation")),
        "act": back
        and all(getattr(best, name) == getattr(known, name) for name in ("act", "force", "negated", "conditional")),
    }


def rates(extractor: quotebank.Extractor) -> dict[str, dict[str, float]]:
    """By construction, the shares of known claims that are given back, and in what; and that of claims that are known."""
    made = {}
    for construction in testing.constructions():
        readings = [(example.claims, extractor.extract(example.article)) for example in examples(construction)]
        outcomes = [outcome(claim, found) for known, found in readings for claim in known]
        made[construction] = {measure: share(o[measure] for o in outcomes) for measure in outcomes[0]}
        made[construction]["true"] = share(
            any(a.overlaps(b) for claim in known for a in claim.content for b in other.content)
            for known, found in readings
            for other in found
        )
    return made


def share(values: Iterable[bool]) -> float:
    held = list(values)
    return round(sum(held) / len(held), 3)


def floors() -> dict[str, dict[str, float]]:
    return json.loads(FLOORS.read_text(encoding="utf8")) if FLOORS.exists() else {}


def main() -> None:
    warnings.simplefilter("ignore")
    measured, pinned = rates(quotebank.Extractor()), floors()
    for name, row in measured.items():
        print(
            "  ".join(f"{m} {rate:.3f} (≥ {pinned.get(name, {}).get(m, 0):.3f})" for m, rate in row.items()), "", name
        )
    if "--pin" in sys.argv[1:]:
        raised = {n: {m: max(r, pinned.get(n, {}).get(m, 0)) for m, r in row.items()} for n, row in measured.items()}
        FLOORS.write_text(json.dumps(raised, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
