"""Claims of several articles as one page for people: what a search or a timeline found, by date and by article.

The page is made as `report` makes its own, with its style, script and filters: it needs no network and trusts nothing
that an article says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from os import PathLike

import attrs
import regex
from markupsafe import Markup

from quotebank.bank import Appearance, Group, Hit, Reference
from quotebank.errors import ArgumentTypeError, shown
from quotebank.formats import is_web_address
from quotebank.pages.elsewhere import Elsewhere, by_claim, elsewhere
from quotebank.pages.report import POLICY, UNNAMED, asset, counts, source_hash, template, write_page
from quotebank.records import ACTS, KINDS

MADE_ID = regex.compile(r"[0-9a-f]{64}")  # an article's own, of its text
MOST_DAYS = 31  # a longer list of days is one of months
WIDEST = 100  # units of the picture that the longest bar of the timeline takes


@attrs.frozen
class Stretch:
    """Some words of the sentence that reports a claim: whether they are `said`, and whether a search `sought` them."""

    text: str
    said: bool = True
    sought: bool = False


@attrs.frozen
class Entry:
    """A claim as the page shows it, under its number there and that of its speaker, 0 where none is stated.

    `around` is the number of the claim in whose content it lies, where that is on the page.
    """

    number: int
    speaker: int
    found: Appearance | Hit
    stretches: tuple[Stretch, ...]
    around: int | None
    elsewhere: Elsewhere | None

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


def make_overview(found: Iterable[Appearance | Hit], *, title: str, groups: Iterable[Group] = ()) -> str:
    """The page under a `title`: an HTML document as a `str`, to be written in UTF-8.

    Articles stand in the order in which they first occur in `found`, each with its claims in their sentences; above
    them an index and, where articles have dates, how many claims each day has, or each month where there are more than
    31 days. `groups` of the claims, if given, tell what other articles have of each, and where it was reported first.
    Raises `ArgumentTypeError`.
    """
    if not isinstance(title, str):
        raise ArgumentTypeError(f"title must be a str; got {shown(title)}")
    held = _checked(found)
    people = _people(held)
    parts = _parts(held, people, by_claim(groups))
    style, script = asset("report.css") + asset("overview.css"), asset("report.js")
    numbers = Counter(entry.speaker for part in parts for entry in part.entries)
    speakers = [(number, name, numbers[number]) for number, name in enumerate(people.names, 1)]
    return template("overview.html").render(
        name=title,
        parts=parts,
        periods=_periods(parts),
        claims=len(held),
        named=len(people.names),
        undated=sum(len(part.entries) for part in parts if part.article.published is None),
        speakers=[*speakers, (0, UNNAMED, numbers[0])] if numbers[0] else speakers,
        unnamed=UNNAMED,
        kinds=counts(KINDS, [one.claim.kind for one in held]),
        acts=counts(ACTS, [one.claim.act for one in held]),
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own file
        policy=POLICY.format(style=source_hash(style), script=source_hash(script)),
    )


def write_overview(
    found: Iterable[Appearance | Hit], file: str | PathLike[str], *, title: str, groups: Iterable[Group] = ()
) -> None:
    """Write the page of `make_overview`, of the same `found`, `title` and `groups`, to a path, `file`.

    Raises what that raises, and `SourceError` where it cannot write.
    """
    write_page(make_overview(found, title=title, groups=groups), file)


def _checked(found: Iterable[Appearance | Hit]) -> tuple[Appearance | Hit, ...]:
    held = tuple(found)
    for one in held:
        if not isinstance(one, Appearance | Hit):
            raise ArgumentTypeError(f"found must hold Appearance or Hit objects; got {shown(one)}")
    return held


@attrs.frozen
class _People:
    """Who speaks on a page, each once whatever names the articles give: their fullest names, and who is which."""

    names: tuple[str, ...]
    numbers: dict[int | str, int]

    def number(self, one: Appearance | Hit) -> int:
        """The number of a claim's speaker, from 1 in the order of the names; 0 where none is stated."""
        key = _person(one)
        return 0 if key is None else self.numbers[key]


def _person(one: Appearance | Hit) -> int | str | None:
    """What a speaker is told by: the row in the bank, else the name."""
    if one.claim.speaker is None:
        return None
    return one.claim.speaker.name if one.speaker_id is None else one.speaker_id


def _people(found: Sequence[Appearance | Hit]) -> _People:
    fullest: dict[int | str, str] = {}
    for one in found:
        key = _person(one)
        if key is not None and one.claim.speaker is not None:
            fullest[key] = max(fullest.get(key, ""), one.claim.speaker.name, key=len)
    order = sorted(fullest, key=lambda key: (fullest[key].casefold(), fullest[key], str(key)))
    return _People(tuple(fullest[key] for key in order), {key: n for n, key in enumerate(order, 1)})


def _parts(found: Sequence[Appearance | Hit], people: _People, groups: Mapping[str, Group]) -> tuple[Part, ...]:
    numbers = {one.claim.id: number for number, one in enumerate(found, 1)}
    entries: dict[str, list[Entry]] = {}
    for number, one in enumerate(found, 1):
        around = numbers.get(one.claim.within or "")
        other = elsewhere(one, groups.get(one.claim.id), numbers)
        entry = Entry(number, people.number(one), one, tuple(_stretches(one)), around, other)
        entries.setdefault(one.article.id, []).append(entry)
    return tuple(Part(n, held[0].found.article, tuple(held)) for n, held in enumerate(entries.values(), 1))


def _stretches(one: Appearance | Hit) -> Iterator[Stretch]:
    """The sentence that reports a claim, cut where what is said begins and ends; where there is none, the claim."""
    sentence = list(_in_sentence(one))
    if sentence:
        words = [span.slice(one.snippet) for span in one.matches] if isinstance(one, Hit) else []
        sought = regex.compile(r"\b(?:\L<words>)\b", flags=regex.I, words=words) if words else None
        for stretch in sentence:
            bounds = [match.span() for match in sought.finditer(stretch.text)] if sought else []
            yield from _cut(stretch.text, bounds, said=stretch.said)
    elif isinstance(one, Hit):
        yield from _cut(one.snippet, [(span.start, span.end) for span in one.matches], said=True)
    else:
        yield Stretch(one.claim.text)


def _in_sentence(one: Appearance | Hit) -> Iterator[Stretch]:
    """The sentence, what is said apart; nothing where it does not hold every piece of the claim."""
    at, rest = 0, one.claim.text
    bounds: list[tuple[int, int]] = []
    for span in one.claim.content:  # the pieces stand in the text one after the other, a space between two
        piece = " ".join(rest[: len(span)].split())
        rest = rest[len(span) + 1 :]
        start = one.sentence.find(piece, at)
        if start < 0:
            return
        at = start + len(piece)
        bounds.append((start, at))
    at = 0
    for start, end in [*bounds, (len(one.sentence), len(one.sentence))]:
        if at < start:
            yield Stretch(one.sentence[at:start], said=False)
        if start < end:
            yield Stretch(one.sentence[start:end])
        at = end


def _cut(text: str, sought: Sequence[tuple[int, int]], *, said: bool) -> Iterator[Stretch]:
    """A text in stretches, those that were sought apart."""
    at = 0
    for start, end in [*sought, (len(text), len(text))]:
        if at < start:
            yield Stretch(text[at:start], said)
        if start < end:
            yield Stretch(text[start:end], said, sought=True)
        at = end


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
