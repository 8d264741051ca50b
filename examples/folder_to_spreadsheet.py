"""A folder of articles to a spreadsheet: one row for every claim.

usage: python examples/folder_to_spreadsheet.py [FOLDER] [CLAIMS.csv]

FOLDER holds articles, as files or as JSON lines, CSV or Parquet; without one, examples/articles. The file, claims.csv
unless you name it, opens in LibreOffice and Excel; text that would run as a formula there is quoted.
"""

import csv
import sys
from pathlib import Path

import quotebank

if {"-h", "--help"} & {*sys.argv[1:]}:
    print(__doc__)
    sys.exit()

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "articles"
output = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("claims.csv")
articles = list(quotebank.read_articles(folder, on_error=lambda error: print(error, file=sys.stderr)))
if not articles:
    sys.exit(f"{folder} holds no articles")

readings = zip(articles, quotebank.Extractor().extract_many(articles), strict=True)
quotebank.write(readings, output, format="csv")

with output.open(encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
print(f"{output}: {len(rows)} claims of {len(articles)} articles")
if rows:
    first = list(rows[0])[:6]
    print(f"columns: {', '.join(first)} and {len(rows[0]) - len(first)} more: when, where, how sure, the offsets")
else:
    print("no claims were found")
for row in rows[:3]:
    print(" | ".join(" ".join(row[name].split()) for name in ("article_id", "speaker", "kind", "text")))
