"""Articles in any number, with their claims, made by varying our own example articles: no model is needed.

Each has 25 passages of the gold standard in tests/gold. One passage in ten stays as it is, as quotations do that many
papers print; in the others some words are exchanged for words of other passages and the speaker's name for another.
"""

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from quotebank import Article, Claim, Span, Speaker
from quotebank.text.quotation_marks import pair_quotes

GOLD = Path(__file__).parent.parent / "tests" / "gold"
CLAIMS = 25  # of an article
EXCHANGED = 0.3  # of the words of five letters and more
KEPT = 0.1  # of the passages
WORD = re.compile(r"[^\W\d_]{5,}|\d+")
FIRST = [
    "Ann",
    "Bo",
    "Cleo",
    "Dan",
    "Eve",
    "Finn",
    "Gail",
    "Hal",
    "Ines",
    "Joss",
    "Kit",
    "Lena",
    "Max",
    "Nia",
    "Olga",
    "Pat",
    "Quin",
    "Rosa",
    "Sam",
    "Tess",
]
LAST = [
    a + b for a in ("Ald", "Bram", "Cor", "Dun", "Ever", "Fair", "Gren", "Hol") for b in ("ton", "well", "by", "wick")
]
OUTLETS = ("The Herald", "Oxbow Gazette", "Continental Wire", "Morning Ledger", "Channel Nine")


def passages() -> list[dict]:
    """The rows of the gold standard."""
    return [row for path in sorted(GOLD.glob("*.json")) for row in json.loads(path.read_text(encoding="utf8"))]


def varied(count: int, seed: int = 1) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """So many articles, each with its claims; the same for the same seed."""
    rows = passages()
    vocabulary = sorted({w.lower() for row in rows for w in WORD.findall(row["passage"]) if w.isalpha()})
    for n in range(count):
        rng = random.Random(f"{seed} {n}")
        yield _article(n, [_vary(rng, row, vocabulary) for row in rng.sample(rows, CLAIMS)], rng)


def _vary(rng: random.Random, row: dict, vocabulary: list[str]) -> dict:
    if rng.random() < KEPT:
        return row
    exchange: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if word not in exchange:
            new = str(rng.randrange(10_000)) if word.isdigit() else rng.choice(vocabulary)
            exchange[word] = new if rng.random() < EXCHANGED else word
        return exchange[word]

    named = f"{rng.choice(FIRST)} {rng.choice(LAST)}" if row["type"] == "person" else row["speaker"]
    return {
        "passage": WORD.sub(other, row["passage"]),
        "content": [WORD.sub(other, piece) for piece in row["content"]],
        "speaker": named,
        "type": row["type"],
    }


def _article(n: int, rows: list[dict], rng: random.Random) -> tuple[Article, tuple[Claim, ...]]:
    text = "\n\n".join(row["passage"] for row in rows)
    published = date(2020, 1, 1) + timedelta(days=rng.randrange(2000))
    article = Article(text=text, id=f"a{n}", publisher=rng.choice(OUTLETS), title=f"Report {n}", published=published)
    quotations = pair_quotes(text)
    claims, base = [], 0
    for row in rows:
        at, spans = 0, []
        for piece in row["content"]:
            found = row["passage"].find(piece, at)
            at = found + len(piece)
            spans.append(Span(base + found, base + at))
        speaker = row["speaker"] and Speaker(name=row["speaker"], type=row["type"])
        claims.append(Claim.build(article, content=spans, speaker=speaker, quotations=quotations))
        base += len(row["passage"]) + 2
    return article, tuple(claims)
