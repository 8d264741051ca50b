"""What somebody said over time: every statement by date, and a plot of how many there were.

usage: python examples/over_time.py [SPEAKER] [BANK] [PLOT.png]

BANK is a file that `quotebank add` has filled; it is only read. Without one, it is the four articles of examples/bank.
The plot is drawn in characters; given the name of a picture (.png, .svg, .pdf), also as one, for which matplotlib must
be installed.
"""

import sys
from collections import Counter
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
speaker = sys.argv[1] if len(sys.argv) > 1 else "Winifred Stroud"
pictures = [name for name in sys.argv[2:] if Path(name).suffix in (".png", ".svg", ".pdf")]
banks = [name for name in sys.argv[2:] if name not in pictures]

try:
    bank = quotebank.ClaimBank(banks[0], read_only=True) if banks else quotebank.ClaimBank(":memory:")
except quotebank.BankError as error:
    sys.exit(str(error))
with bank:
    for name, (publisher, published) in () if banks else OUTLETS.items():
        text = (ARTICLES / f"{name}.txt").read_text(encoding="utf8")
        bank.add(quotebank.Article(text=text, id=name, publisher=publisher, published=published))
    try:
        profile = bank.speaker(speaker)
    except quotebank.NotInBankError as error:
        sys.exit(str(error))
    said = [appearance for appearance in bank.timeline(profile) if appearance.claim.is_statement]

bodies = ("formerly " * stated.former + stated.text for stated in profile.affiliations)
roles = dict.fromkeys(" ".join(told.split()) for told in (*(stated.text for stated in profile.roles), *bodies))
print(f"{profile.name} ({'; '.join(roles)})" if roles else profile.name)
for appearance in said:
    claim, article = appearance.claim, appearance.article
    where = article.publisher or article.title or article.id
    print(f"\n{article.published or 'without a date'}  {where}, {claim.kind}, at {claim.content[0].start}")
    print(f"    {' '.join(claim.text.split())}")

days = Counter(appearance.article.published for appearance in said if appearance.article.published)
if not days:
    print(f"\nNothing to plot: the articles of {profile.name} have no dates (`quotebank add --published` gives one)")
    sys.exit()
print("\nStatements a day")
for day, count in sorted(days.items()):
    print(f"{day}  {'█' * count} {count}")

for picture in pictures:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        sys.exit(f"{picture}: not written, for matplotlib is not installed: pip install matplotlib")
    figure = Figure(figsize=(7, 2.5), layout="constrained")
    axes = figure.subplots()
    axes.stem(sorted(days), [days[day] for day in sorted(days)], basefmt=" ")
    axes.set(title=f"Statements by {profile.name}", ylim=(0, max(days.values()) + 1), ylabel="statements")
    if len(days) <= 8:
        axes.set_xticks(sorted(days), [f"{day:%Y-%m-%d}" for day in sorted(days)])
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.spines[["top", "right"]].set_visible(False)
    figure.autofmt_xdate()
    figure.savefig(picture, dpi=150)
    print(f"\n{picture}: written")
