"""What several papers report, and whether somebody said something in those words.

usage: python examples/did_they_say_it.py [BANK.db [QUOTATION [SPEAKER]]]

BANK.db is one that `quotebank add` has filled; it is only read. Without one, four articles on two events are read into
memory. Offsets are code points into the article, the end not included.
"""

import sys
from pathlib import Path

import quotebank

if {"-h", "--help"} & {*sys.argv[1:]}:
    print(__doc__)
    sys.exit()

ARTICLES = Path(__file__).parent / "bank"
OUTLETS = {
    "harbour_courier": ("The Harbour Courier", "2026-09-01"),
    "northern_wire": ("Northern Wire", "2026-09-02"),
    "valley_gazette": ("Tarn Valley Gazette", "2026-09-03"),
    "capital_post": ("The Capital Post", "2026-09-07"),
}
QUESTIONS = [
    ("We were told on Monday afternoon that the roof was safe", "Rosalind Achterberg"),
    ("Nobody on my staff ignored a warning, because nobody told us", "Rosalind Achterberg"),
    ("Four minutes is the difference between a headline and eleven funerals", "Ingrid Holm"),
    ("The roof was made of cheese", "Ingrid Holm"),
]

yours = len(sys.argv) > 1
try:
    bank = quotebank.ClaimBank(sys.argv[1], read_only=True) if yours else quotebank.ClaimBank(":memory:")
except quotebank.BankError as error:
    sys.exit(str(error))
with bank:
    for name, (publisher, published) in () if yours else OUTLETS.items():
        text = (ARTICLES / f"{name}.txt").read_text(encoding="utf8")
        article = quotebank.Article(text=text, id=name, publisher=publisher, published=published)
        print(f"{publisher}: {bank.add(article).claims} claims")

    print("\nWhat several papers report:")
    for group in bank.groups():
        speaker = group.first.claim.speaker
        print(f"  {speaker.name if speaker else 'someone'}: {' '.join(group.first.claim.text.split())}")
        for other in group.wordings:
            article = other.appearance.article
            print(f"    {other.relation} in {article.publisher or article.title or article.id}")

    print("\nDid they say it?")
    asked = [(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)] if len(sys.argv) > 2 else QUESTIONS
    for quotation, speaker in () if yours and len(sys.argv) < 3 else asked:
        print(f"\n“{quotation}” — {speaker or 'anybody'}?")
        print(bank.check(quotation, speaker))
