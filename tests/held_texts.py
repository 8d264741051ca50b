"""The second gate: how good the library is on texts that we wrote, that nothing learns from and that nobody reads.

usage: python -m tests.held_texts            print the figures by kind of text, and what was pinned
       python -m tests.held_texts --pin      pin today's figures; refuses where one of all texts falls, unless --lower

A fifth of what each writer of `training/written/` wrote lies in `tests/written/`. It tells what carries over as long as it
is not looked at: mend what the other four fifths show, and read the totals here. Claims are paired as in `tests.gate`; doubtful
ones count neither way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import quotebank
from tests.gate import SLACK, arguments, f1, matched, pin, stated
from tests.marked_texts import read_marked

FOLDER = Path(__file__).parent / "written"
PINNED = Path(__file__).parent / "held_texts.json"
FIGURES = ("attributed", "speaker", "role", "affiliation")


def measure(extractor: quotebank.Extractor) -> dict[str, dict[str, float]]:
    """The figures of each kind of text and of all: F1 of what is attributed, shares of speakers, roles, affiliations."""
    counts = {path.stem: _counted(extractor, read_marked(path)) for path in sorted(FOLDER.glob("*.txt"))}
    counts["all"] = sum(counts.values(), Counter())
    return {kind: _figures(count) for kind, count in counts.items()}


def _counted(extractor: quotebank.Extractor, documents: Iterable[dict]) -> Counter[str]:
    count: Counter[str] = Counter()
    for document in documents:
        claims = extractor.extract(quotebank.Article(text=document["text"], id=document["id"]))
        gold = document["attributions"]
        right = matched(document["text"], gold, claims)
        doubtful = [g for g, row in enumerate(gold) if row.get("doubt")]
        count["gold"] += len(gold) - len(doubtful)
        count["found"] += len(claims) - sum(g in right for g in doubtful)
        count["right"] += len(right) - sum(g in right for g in doubtful)
        for g, p in right.items():
            row = gold[g]
            if not row.get("doubt") and row["type"] not in ("none", "author") and row["speaker"]:
                known = row | {field: row[field] or None for field in ("role", "affiliation")}
                for field, good in stated(known, claims[p].speaker).items():
                    count[field] += good
                    count[f"{field} of"] += 1
    return count


def _figures(count: Counter[str]) -> dict[str, float]:
    shares = {field: round(count[field] / max(count[f"{field} of"], 1), 4) for field in FIGURES[1:]}
    return {"attributed": f1(count["right"], count["found"], count["gold"])} | shares


def falls(pinned: dict[str, dict[str, float]], now: dict[str, dict[str, float]]) -> list[str]:
    """The figures of all texts that are below what was pinned."""
    told = ((field, pinned["all"][field], now["all"][field]) for field in FIGURES)
    return [f"{field}: {is_now:.3f}, pinned {was:.3f}" for field, was, is_now in told if is_now < was - SLACK]


def main() -> None:
    args = arguments(__doc__)
    pinned = json.loads(PINNED.read_text(encoding="utf8")) if PINNED.exists() else {}
    now = measure(quotebank.Extractor())
    print(f"{'':12} {'  '.join(f'{field:>16}' for field in FIGURES)}")
    for kind, figures in now.items():
        before = pinned.get(kind, figures)
        print(f"{kind:12} {'  '.join(f'{figures[f]:.3f} ({before[f]:.3f})'.rjust(16) for f in FIGURES)}")
    if args.pin:
        pin(PINNED, now, falls(pinned, now) if pinned else [], allowed=args.lower)


if __name__ == "__main__":
    main()
