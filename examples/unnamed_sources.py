"""How much of what an outlet reports rests on people it does not name.

usage: python examples/unnamed_sources.py [FOLDER]

FOLDER holds an outlet's articles, as files or as JSON lines, CSV or Parquet, by default examples/articles. Unnamed are
single people without a name ("a senior official") and people in the plural ("two people briefed on the talks");
organizations and documents count as named. Every claim that counts is listed with its place, so that you can look.
"""

import re
import sys
from collections import Counter
from pathlib import Path

import quotebank

if {"-h", "--help"} & {*sys.argv[1:]}:
    print(__doc__)
    sys.exit()

OFFICIALS = re.compile(
    r"official|aide|adviser|diplomat|spokes|briefed|minister|administration|officer|prosecutor", re.I
)
folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "articles"
articles = list(quotebank.read_articles(folder, on_error=lambda error: print(error, file=sys.stderr)))
if not articles:
    sys.exit(f"{folder} holds no articles")

counts, unnamed = Counter(), []
for article, claims in zip(articles, quotebank.Extractor().extract_many(articles), strict=True):
    for claim in claims:
        if not claim.is_statement:
            continue
        if claim.speaker is None:
            counts["nobody"] += 1
        elif claim.speaker.type in ("anonymous", "group"):
            counts["unnamed"] += 1
            unnamed.append((article, claim))
        else:
            counts["named"] += 1

total = sum(counts.values())
print(f"{len(articles)} articles, {total} statements")
for label, key in (("named people, organizations, documents", "named"), ("unnamed people", "unnamed")):
    print(f"  {counts[key]:4}  {counts[key] / max(total, 1):4.0%}  {label}")
print(f"  {counts['nobody']:4}  {counts['nobody'] / max(total, 1):4.0%}  no source stated")
official = [(article, claim) for article, claim in unnamed if OFFICIALS.search(claim.speaker.name)]
print(f"Of the unnamed, {len(official)} are officials, spokespeople or the like:")
for article, claim in official:
    name = " ".join(claim.speaker.name.split())
    print(f"\n  {name} — {Path(article.id).name}, {claim.kind}, at {claim.content[0].start}")
    print(f"    {' '.join(claim.text.split())}")
