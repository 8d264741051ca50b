"""The quality gate: what the library finds in the example articles, held against gold claims written by hand.

usage: python -m tests.gate            print the figures, and the claims gained and lost since they were pinned
       python -m tests.gate --pin      pin today's figures; refuses where one falls, unless --lower is given too

Claims are paired as in attribution scoring on PolNeAR: contents by word overlap (intersection over union at least
one half), best first; `attributed` also asks for a word shared by the sources, or none on both sides. Of the claims that
are attributed, `speaker` is the share with the right name, `role` and `affiliation` the shares of persons with what the
gold states, nothing included.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

import quotebank
from tests.conftest import ARTICLES, GOLD, article, article_names, gold_rows, located

PINNED = Path(__file__).parent / "gate.json"
WORD = re.compile(r"\w+")
FIELDS = ("speaker", "role", "affiliation")
SLACK = 0.005  # F1 differs by this much between processors, whose rounding differs


def digest() -> str:
    """Names the gate's inputs: changes when an article or a gold claim does."""
    sha = hashlib.sha256()
    for name in article_names():
        sha.update((ARTICLES / f"{name}.txt").read_bytes() + (GOLD / f"{name}.json").read_bytes())
    return sha.hexdigest()[:16]


def word_set(words: list[tuple[int, int]], spans) -> set[int]:
    return {i for i, (s, e) in enumerate(words) if any(a <= s and e <= b for a, b in spans)}


def matched(text: str, gold: list[dict], claims: tuple[quotebank.Claim, ...]) -> dict[int, int]:
    """Gold claims that are found and attributed: index of gold → index of claim. `gold` has the spans of each part."""
    words = [m.span() for m in WORD.finditer(text)]
    wanted = [{role: word_set(words, row[role]) for role in ("source", "content")} for row in gold]
    found = [
        {role: word_set(words, [(s.start, s.end) for s in getattr(c, role)]) for role in ("source", "content")}
        for c in claims
    ]
    options = []
    for g, a in enumerate(wanted):
        for p, b in enumerate(found):
            both, either = len(a["content"] & b["content"]), len(a["content"] | b["content"])
            if both and both / either >= 0.5:
                same = bool(a["source"] & b["source"]) or not (a["source"] or b["source"])
                options.append((-both / either, not same, g, p))
    pairs: dict[int, int] = {}
    right = {}
    for _, wrong, g, p in sorted(options):
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
            if not wrong:
                right[g] = p
    return right


def label(row: dict) -> str:
    """A gold claim as a person tells it from others."""
    return f"{' '.join(row['source']) or '—'} · {' '.join(row['content'])}"


def measure(extractor: quotebank.Extractor) -> dict[str, dict]:
    figures = {}
    totals = [0, 0, 0]
    known = {field: [0, 0] for field in FIELDS}
    for name in article_names():
        text, gold = article(name).text, gold_rows(name)
        claims = extractor.extract(article(name))
        right = matched(text, [located(text, row) for row in gold], claims)
        counts = len(right), len(claims), len(gold)
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        for g, p in right.items():
            for field, good in stated(gold[g], claims[p].speaker).items():
                known[field][0] += good
                known[field][1] += 1
        figures[name] = {"f1": f1(*counts), "found": sorted(label(gold[g]) for g in right)}
    figures["all"] = {"f1": f1(*totals), "found": []}
    for field, (good, of) in known.items():
        figures[field] = {"f1": round(good / max(of, 1), 4), "found": []}
    return figures


def stated(row: dict, speaker: quotebank.Speaker | None) -> dict[str, bool]:
    """For each field that the gold has of a speaker, whether the claim's is right."""
    if row.get("speaker") is None or row.get("type") == "author":
        return {}
    if speaker is None:
        return {"speaker": False}
    told = {"speaker": alike(row["speaker"], speaker.name)}
    if told["speaker"] and row["type"] in ("person", "anonymous"):
        told |= {field: alike(row[field], getattr(speaker, field)) for field in ("role", "affiliation")}
    return told


def alike(wanted: str | None, said: str | None) -> bool:
    """Whether two phrases are one: none twice, or the words of one among the other's, articles left out."""
    if wanted is None or said is None:
        return wanted is said
    a, b = ({w for w in WORD.findall(text.lower()) if w not in ("a", "an", "the")} for text in (wanted, said))
    return bool(a and b) and (a <= b or b <= a)


def f1(right: int, predicted: int, gold: int) -> float:
    return round(2 * right / (predicted + gold), 4) if predicted + gold else 0.0


def changes(pinned: dict[str, dict], now: dict[str, dict]) -> list[str]:
    """Claims gained and lost, one a line."""
    lines = []
    for name, figures in now.items():
        before = set(pinned.get(name, {}).get("found", []))
        lines += [f"{name}: gained  {claim[:110]}" for claim in figures["found"] if claim not in before]
        lines += [f"{name}: lost    {claim[:110]}" for claim in sorted(before - set(figures["found"]))]
    return lines


def falls(pinned: dict[str, dict], now: dict[str, dict]) -> list[str]:
    return [
        f"{name}: {now[name]['f1']:.3f}, pinned {old['f1']:.3f}"
        for name, old in pinned.items()
        if now[name]["f1"] < old["f1"] - (4 * SLACK if name in article_names() else SLACK)
    ]


def arguments(doc: str | None) -> argparse.Namespace:
    """Whether to pin, and whether figures may fall by it; `doc` is what --help prints."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", action="store_true", help="with --pin: allow a figure to fall")
    return parser.parse_args()


def pin(path: Path, figures: object, lower: list[str], *, allowed: bool) -> None:
    """Write figures to a file; exit where some are `lower` than what it holds and that is not `allowed`."""
    if lower and not allowed:
        sys.exit("not pinned, figures fall; --lower pins them all the same:\n" + "\n".join(lower))
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


def main() -> None:
    args = arguments(__doc__)
    pinned = json.loads(PINNED.read_text(encoding="utf8"))["articles"] if PINNED.exists() else {}
    now = measure(quotebank.Extractor())
    for name, figures in now.items():
        print(f"{name:12} {'share right' if name in FIELDS else 'attributed F1'} {figures['f1']:.3f}")
    print("\n".join(changes(pinned, now)))
    if args.pin:
        pin(PINNED, {"inputs": digest(), "articles": now}, falls(pinned, now), allowed=args.lower)


if __name__ == "__main__":
    main()
