"""Articles with claims for the tests of the bank, built by hand: no model is needed."""

from pathlib import Path

import quotebank
from quotebank import Article, Claim, Span, Speaker

ROOT = Path(__file__).parents[2]


def spanned(text: str, part: str) -> Span:
    at = text.index(part)
    return Span(at, at + len(part))


def stated(article: Article, content: str, speaker: Speaker | str | None = None, **options) -> Claim:
    """A claim of an article from the words of its content."""
    return Claim.build(article, content=[spanned(article.text, content)], speaker=speaker, **options)


def report(quotation: str, name: str | None = "Ann Lee", *, role=None, affiliation=None, **fields):
    """An article of one quotation, and its claim."""
    article = Article(text=f"{quotation} said {name or 'someone'} on Monday.", **fields)
    speaker = name and Speaker(name=name, role=role, affiliation=affiliation)
    return article, (stated(article, quotation, speaker),)


def filled(bank: "quotebank.ClaimBank", *reports) -> "quotebank.ClaimBank":
    for article, claims in reports:
        bank.add(article, claims)
    return bank


def add_numbers(path: str, worker: int, count: int) -> int:
    """What one of several processes adds."""
    with quotebank.ClaimBank(path) as bank:
        for n in range(count):
            bank.add(*report(f"“Worker {worker} reports number {n},”", f"Person W{worker}", id=f"{worker}-{n}"))
    return count


class Reader:
    """An extractor that finds every quotation between typographic marks, said by Ann Lee. Counts what it reads."""

    def __init__(self, version="one"):
        self.version = version
        self.read = []

    def extract(self, article):
        self.read.append(article.id)
        out, at = [], article.text.find("“")
        while at >= 0 and (end := article.text.find("”", at)) >= 0:
            out.append(Claim.build(article, content=[Span(at, end + 1)], speaker="Ann Lee"))
            at = article.text.find("“", end)
        return tuple(out)

    def extract_many(self, articles, *, workers=1):
        return map(self.extract, articles)
