"""Print who said what in an article, with the offsets that prove it.

usage: python examples/who_said_what.py [FILE or FOLDER]

The file is a text, a page, or articles as JSON lines, CSV or Parquet; without one, examples/articles/broadsheet.txt.
Offsets are code points into the text, the end not included.
"""

import sys
from pathlib import Path

import quotebank

if {"-h", "--help"} & {*sys.argv[1:]}:
    print(__doc__)
    sys.exit()

path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "articles" / "broadsheet.txt"
articles = list(quotebank.read_articles(path, on_error=lambda error: print(error, file=sys.stderr)))
if not articles:
    sys.exit(f"{path} holds no articles")


def who(speaker):
    if speaker is None:
        return "(no source stated)"
    known = ", ".join(part for part in (speaker.role, speaker.affiliation) if part and part != speaker.name)
    return " ".join(speaker.name.split()) + (f" ({known})" if known else "")


for article in articles:
    if len(articles) > 1:
        print(f"\n{article.title or article.id}\n")
    for claim in quotebank.extract(article):
        cue = " … ".join(span.slice(article.text) for span in claim.cue)
        first, last = claim.content[0].start, claim.content[-1].end
        act = claim.act if claim.force in (None, "statement") else claim.force
        print(f"{who(claim.speaker)} [{cue}] {claim.kind} {act}, {first}–{last}, sure {claim.confidence:.2f}")
        print(f"    {' '.join(claim.text.split())}")
