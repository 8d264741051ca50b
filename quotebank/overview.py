"""Claims of several articles as one page for people: what a search or a timeline found, by date and by article.

The page is made as `quotebank.report` makes its own: it needs no network, runs no script, and trusts nothing that an
article says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from os import PathLike

import attrs
from markupsafe import Markup

from quotebank.answers import Appearance, Hit, Reference
from quotebank.errors import ArgumentTypeError, shown
from quotebank.linked_data import is_web_address
from quotebank.report import asset, source_hash, template, write_page

POLICY = "default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'"
WIDEST = 100  # units of the picture that the longest bar of the timeline takes


@attrs.frozen
class Entry:
    """A claim as the page shows it: its text cut into stretches, each with whether a search looked for it."""

    found: Appearance | Hit
    stretches: tuple[tuple[str, bool], ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """What is to be said of the claim beside its kind."""
        claim = self.found.claim
        act = claim.act if claim.act != "speech" else claim.force if claim.force != "statement" else None
        return tuple(t for t in (act, "negated" * claim.negated, "conditional" * claim.conditional) if t)


@attrs.frozen
class Part:
    """An article of the index, under its number on the page, with the claims found in it."""

    number: int
    article: Reference
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """What the article is called: its title, else its id."""
        return " ".join((self.article.title or self.article.id).split()) or "Untitled article"

    @property
    def link(self) -> str | None:
        """Its address, where that is one a browser may open."""
        return self.article.url if self.article.url and is_web_address(self.article.url) else None


@attrs.frozen
class Day:
    """A day of the timeline: how many claims, the bar's length, and the first article of that day."""

    day: date
    count: int
    length: float
    first: int


def make_overview(found: Iterable[Appearance | Hit], *, title: str) -> str:
    """The page: an HTML document as a `str`, to be written in UTF-8.

    Articles stand in the order in which they first occur in `found`, each with its claims; above them an index and,
    where articles have dates, how many claims each day has. Raises `ArgumentTypeError`.
    """
    if not isinstance(title, str):
        raise ArgumentTypeError(f"title must be a str; got {shown(title)}")
    parts = _parts(found)
    style = asset("report.css") + asset("overview.css")
    return template("overview.html").render(
        title=title,
        parts=parts,
        days=_days(parts),
        claims=sum(len(part.entries) for part in parts),
        speakers=len({e.found.claim.speaker.name for part in parts for e in part.entries if e.found.claim.speaker}),
        style=Markup(style),  # noqa: S704 - our own files
        policy=POLICY.format(style=source_hash(style)),
    )


def write_overview(found: Iterable[Appearance | Hit], file: str | PathLike[str], *, title: str) -> None:
    """Write the page of `make_overview` to a path. Raises what that raises, and `SourceError` where it cannot write."""
    write_page(make_overview(found, title=title), file)


def _parts(found: Iterable[Appearance | Hit]) -> tuple[Part, ...]:
    entries: dict[str, list[Entry]] = {}
    for one in found:
        if not isinstance(one, Appearance | Hit):
            raise ArgumentTypeError(f"found must hold Appearance or Hit objects; got {shown(one)}")
        entries.setdefault(one.article.id, []).append(Entry(one, tuple(_stretches(one))))
    return tuple(Part(n, held[0].found.article, tuple(held)) for n, held in enumerate(entries.values(), 1))


def _stretches(one: Appearance | Hit) -> Iterable[tuple[str, bool]]:
    if not isinstance(one, Hit):
        yield one.claim.text, False
        return
    at = 0
    for span in one.matches:
        yield one.snippet[at : span.start], False
        yield span.slice(one.snippet), True
        at = span.end
    yield one.snippet[at:], False


def _days(parts: Sequence[Part]) -> tuple[Day, ...]:
    counts: Counter[date] = Counter()
    first: dict[date, int] = {}
    for part in parts:
        if part.article.published is not None:
            counts[part.article.published] += len(part.entries)
            first.setdefault(part.article.published, part.number)
    most = max(counts.values(), default=1)
    return tuple(Day(day, counts[day], WIDEST * counts[day] / most, first[day]) for day in sorted(counts))
