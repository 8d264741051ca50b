"""Claims of several articles as one page for people: what a search or a timeline found, by date and by article.

The page is made as `report` makes its own, with its style, script and filters: it needs no network and trusts nothing
that an article says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from os import PathLike

import attrs
import regex
from markupsafe import Markup

from quotebank.bank import Appearance, Hit, Reference
from quotebank.errors import ArgumentTypeError, shown
from quotebank.formats import is_web_address
from quotebank.pages.report import POLICY, UNNAMED, asset, counts, source_hash, template, write_page
from quotebank.records import ACTS, KINDS

MADE_ID = regex.compile(r"[0-9a-f]{64}")  # an article's own, of its text
MOST_DAYS = 31  # a longer list of days is one of months
WIDEST = 100  # units of the picture that the longest bar of the timeline takes


@attrs.frozen
class Entry:
    """A claim as the page shows it, under its number there and that of its speaker, 0 where none is stated.

    Its text is cut into stretches, each with whether a search looked for it.
    """

    number: int
    speaker: int
    found: Appearance | Hit
    stretches: tuple[tuple[str, bool], ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """What is to be said of the claim beside its kind."""
        claim = self.found.claim
        act = claim.act if claim.act != "speech" else claim.force if claim.force != "statement" else None
        return tuple(t for t in (act, "negated" * claim.negated, "conditional" * claim.conditional) if t)

    @property
    def office(self) -> str:
        """Role and affiliation in one line, without what the name says already."""
        speaker = self.found.claim.speaker
        held = (speaker.role, speaker.affiliation) if speaker else ()
        return ", ".join(text for text in held if text and speaker and text.casefold() not in speaker.name.casefold())


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
    def file(self) -> str | None:
        """Its id, where the title stands for it and it is one that a person has given: a file's name, say."""
        return None if self.name == self.article.id or MADE_ID.fullmatch(self.article.id) else self.article.id

    @property
    def link(self) -> str | None:
        """Its address, where that is one a browser may open."""
        return self.article.url if self.article.url and is_web_address(self.article.url) else None


@attrs.frozen
class Period:
    """A day or a month of the timeline: as it is called, as HTML's `time` writes it, how many claims, the bar's length.

    `first` is the number of the first article of that time.
    """

    name: str
    datetime: str
    count: int
    length: float
    first: int


def make_overview(found: Iterable[Appearance | Hit], *, title: str) -> str:
    """The page under a `title`: an HTML document as a `str`, to be written in UTF-8.

    Articles stand in the order in which they first occur in `found`, each with its claims; above them an index and,
    where articles have dates, how many claims each day has, or each month where there are more than 31 days. Raises
    `ArgumentTypeError`.
    """
    if not isinstance(title, str):
        raise ArgumentTypeError(f"title must be a str; got {shown(title)}")
    held = _checked(found)
    names = _speakers(held)
    parts = _parts(held, names)
    style, script = asset("report.css") + asset("overview.css"), asset("report.js")
    numbers = Counter(entry.speaker for part in parts for entry in part.entries)
    speakers = [(number, name, numbers[number]) for name, number in names.items()]
    return template("overview.html").render(
        title=title,
        parts=parts,
        periods=_periods(parts),
        claims=len(held),
        named=len(names),
        speakers=[*speakers, (0, UNNAMED, numbers[0])] if numbers[0] else speakers,
        unnamed=UNNAMED,
        kinds=counts(KINDS, [one.claim.kind for one in held]),
        acts=counts(ACTS, [one.claim.act for one in held]),
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own file
        policy=POLICY.format(style=source_hash(style), script=source_hash(script)),
    )


def write_overview(found: Iterable[Appearance | Hit], file: str | PathLike[str], *, title: str) -> None:
    """Write the page of `make_overview`, of the same `found` and `title`, to a path, `file`.

    Raises what that raises, and `SourceError` where it cannot write.
    """
    write_page(make_overview(found, title=title), file)


def _checked(found: Iterable[Appearance | Hit]) -> tuple[Appearance | Hit, ...]:
    held = tuple(found)
    for one in held:
        if not isinstance(one, Appearance | Hit):
            raise ArgumentTypeError(f"found must hold Appearance or Hit objects; got {shown(one)}")
    return held


def _speakers(found: Sequence[Appearance | Hit]) -> dict[str, int]:
    """The numbers of the speakers on the page, from 1, in the order in which a reader looks for a name."""
    names = {one.claim.speaker.name for one in found if one.claim.speaker}
    return {name: n for n, name in enumerate(sorted(names, key=lambda name: (name.casefold(), name)), 1)}


def _parts(found: Sequence[Appearance | Hit], names: Mapping[str, int]) -> tuple[Part, ...]:
    entries: dict[str, list[Entry]] = {}
    for number, one in enumerate(found, 1):
        speaker = names[one.claim.speaker.name] if one.claim.speaker else 0
        entries.setdefault(one.article.id, []).append(Entry(number, speaker, one, tuple(_stretches(one))))
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


def _periods(parts: Sequence[Part]) -> tuple[Period, ...]:
    """The days that have claims, or the months where the days are too many to be looked at."""
    dated = [(part, part.article.published) for part in parts if part.article.published is not None]
    by_month = len({day for _, day in dated}) > MOST_DAYS
    counts: Counter[date] = Counter()
    first: dict[date, int] = {}
    for part, published in dated:
        time = published.replace(day=1) if by_month else published
        counts[time] += len(part.entries)
        first.setdefault(time, part.number)
    most = max(counts.values(), default=1)
    return tuple(
        Period(
            name=f"{time:%B} {time.year}" if by_month else f"{time.day} {time:%B} {time.year}",
            datetime=time.isoformat()[: 7 if by_month else 10],
            count=counts[time],
            length=WIDEST * counts[time] / most,
            first=first[time],
        )
        for time in sorted(counts)
    )
