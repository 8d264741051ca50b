"""An article and its claims as one page for people: HTML that needs no network and no other file.

Nothing of the article is trusted: Jinja2 escapes all of it, the page's own style and script are allowed by their hashes
and nothing else is (Content Security Policy, https://www.w3.org/TR/CSP3/), and only http and https addresses become
links. The page follows WCAG 2.2 AA: every part can be reached by keyboard, colours are never the only sign.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from os import PathLike
from pathlib import Path

import attrs
import jinja2
import regex
from markupsafe import Markup

from quotebank.errors import ArgumentTypeError, SourceError, shown
from quotebank.formats import checked, is_web_address
from quotebank.records import ACTS, KINDS, Article, Claim, Speaker, SpeakerType
from quotebank.spans import Span, covered

POLICY = "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
CONTEXT = 32  # code points shown on either side of the words that state a role
UNNAMED = "No stated source"  # what the pages call the speaker of a claim that has none
LONGEST_HEADING = 160  # code points; a longer first paragraph is no heading
BLANK_LINE = regex.compile(r"\s*?(?:\r\n?+|\n)[^\S\r\n]*+(?:\r\n?+|\n)\s*+|\u2029\s*+")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")
SPACES = regex.compile(r"\s++")
LINE = regex.compile(r"\s*?(?:\r\n?+|[\n\u2028\u2029])\s*+")


@attrs.frozen
class Segment:
    """A stretch of a paragraph in which the same claims' parts lie: numbers of claims, and of cards of speakers.

    `kind` is the kind of the shortest claim whose content it is in; `ends` are the claims whose numeral follows it.
    """

    text: str
    content: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    states: tuple[int, ...] = ()
    kind: str | None = None
    ends: tuple[int, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether no claim has a part in it."""
        return not (self.content or self.cue or self.source or self.states)


@attrs.frozen
class Item:
    """A claim as its card shows it, under its number on the page; `around` is that of the claim that it lies in."""

    number: int
    claim: Claim
    cue: str
    located: bool
    around: int | None

    @property
    def text(self) -> str:
        """The content in one line."""
        return " ".join(self.claim.text.split())

    @property
    def tags(self) -> tuple[str, ...]:
        """What is to be said of the claim beside its kind."""
        claim = self.claim
        act = claim.act if claim.act != "speech" else claim.force if claim.force != "statement" else None
        states = [name for name in ("negated", "conditional") if getattr(claim, name)]
        return tuple(tag for tag in (act, *states) if tag)


@attrs.frozen
class StatedWords:
    """What the article states of a speaker, a role or an affiliation, and the words that do so amid their context."""

    name: str
    value: str
    words: tuple[tuple[str, str, str], ...]


@attrs.frozen
class Card:
    """A speaker with all claims of theirs; `name` is None for claims of no stated source."""

    number: int
    name: str | None
    type: SpeakerType | None
    stated: tuple[StatedWords, ...]
    items: tuple[Item, ...]


def make_report(article: Article, claims: Iterable[Claim]) -> str:
    """The page of an `article` and its `claims`: an HTML document as a `str`, to be written in UTF-8.

    It shows the article with every claim's content, cue and source marked, and a card for every speaker with role and
    affiliation, the words that state them, and the claims; both are joined by links and can be filtered by speaker,
    kind and act. Raises `ArgumentTypeError` or `ArgumentValueError` where a claim is not of the article.
    """
    article, held = checked(article, claims)
    cards = make_cards(article, held)
    style, script = (asset(name) for name in ("report.css", "report.js"))
    text = list(paragraphs(article.text, held, cards))
    heading, headline = article.title, None
    in_text = first_heading(article, ())
    if in_text and len(text) > 1 and (not heading or _is_same(heading, in_text)):  # shown once, with what is in it
        heading, headline, text = " ".join(in_text.split()), text[0], text[1:]
    return template("report.html").render(
        article=article,
        name=heading or "Untitled article",
        headline=headline,
        link=article.url if article.url and is_web_address(article.url) else None,
        cards=cards,
        unnamed=UNNAMED,
        speakers=[(card.number, card.name or UNNAMED, len(card.items)) for card in cards],
        paragraphs=text,
        claims=held,
        kinds=counts(KINDS, [claim.kind for claim in held]),
        acts=counts(ACTS, [claim.act for claim in held]),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=POLICY.format(style=source_hash(style), script=source_hash(script)),
    )


def first_heading(article: Article, claims: Iterable[Claim]) -> str | None:
    """The first paragraph of a text, where it is short and no claim has a part in it; None for any other."""
    for start, end in _paragraph_bounds(article.text):
        parts = (span for claim in claims for role in ("content", "cue", "source") for span in getattr(claim, role))
        first = article.text[start:end].strip()
        return None if len(first) > LONGEST_HEADING or any(span.start < end for span in parts) else first
    return None


def _is_same(title: str, heading: str) -> bool:
    """Whether a title is the heading of the text, perhaps with the outlet's name behind it: "Pumps fail | Gazette"."""
    given, printed = (WORD.findall(text.casefold()) for text in (title, heading))
    return bool(printed) and given[: len(printed)] == printed


def write_report(article: Article, claims: Iterable[Claim], file: str | PathLike[str]) -> None:
    """Write the page of `make_report`, of the same `article` and `claims`, to a path, `file`.

    Raises what that raises, and `SourceError` where it cannot write.
    """
    write_page(make_report(article, claims), file)


def write_page(page: str, file: str | PathLike[str]) -> None:
    """Write a page to a path, in UTF-8. Raises `ArgumentTypeError`, and `SourceError` where it cannot write."""
    if not isinstance(file, str | PathLike):
        raise ArgumentTypeError(f"file must be a path; got {shown(file)}")
    try:
        Path(file).write_text(page, encoding="utf8", errors="xmlcharrefreplace", newline="\n")
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror or error}") from error


@cache
def template(name: str) -> jinja2.Template:
    """One of our page templates, by the name of its file."""
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(name)


@cache
def asset(name: str) -> str:
    """The text of a file of the pages: template, style or script."""
    return files("quotebank").joinpath("pages", name).read_text(encoding="utf8")


def source_hash(content: str) -> str:
    """A style or script as a Content Security Policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def counts(names: Sequence[str], values: Sequence[str]) -> dict[str, int]:
    """How often each name is among the values, in the order of the names; those that are not are left out."""
    return {name: values.count(name) for name in names if name in values}


def make_cards(article: Article, claims: Sequence[Claim]) -> tuple[Card, ...]:
    """The speakers in the order in which they first speak, those of no stated source last."""
    grouped: dict[tuple[str, SpeakerType] | None, list[int]] = {}
    for number, claim in enumerate(claims, 1):
        key = None if claim.speaker is None else (claim.speaker.name, claim.speaker.type)
        grouped.setdefault(key, []).append(number)
    places = {claim.id: number for number, claim in enumerate(claims, 1)}
    cards: list[Card] = []
    for who in sorted(grouped, key=lambda key: key is None):
        numbers = grouped[who]
        items = tuple(
            Item(
                n,
                claims[n - 1],
                " … ".join(_words(article, claims[n - 1].cue)),
                bool(claims[n - 1].content),
                places.get(claims[n - 1].within or ""),
            )
            for n in numbers
        )
        speakers = [item.claim.speaker for item in items if item.claim.speaker is not None]
        cards.append(
            Card(
                number=len(cards) + 1,
                name=" ".join(who[0].split()) or "(nameless)" if who else None,
                type=who[1] if who else None,
                stated=tuple(_stated(article, speakers)),
                items=items,
            )
        )
    return tuple(cards)


def _stated(article: Article, speakers: Sequence[Speaker]) -> Iterator[StatedWords]:
    for name in ("role", "affiliation"):
        values = list(dict.fromkeys(value for s in speakers if (value := getattr(s, name))))
        spans = dict.fromkeys(span for speaker in speakers for span in getattr(speaker, f"{name}_spans"))
        if values:
            yield StatedWords(name, "; ".join(values), tuple(_in_context(article.text, span) for span in [*spans][:2]))


def _in_context(text: str, span: Span) -> tuple[str, str, str]:
    """The words before, under and after a span, in one line, cut at white space."""
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    if span.start > CONTEXT:
        before = "… " + before.partition(" ")[2]
    if span.end + CONTEXT < len(text):
        after = after.rpartition(" ")[0] + " …"
    parts = [SPACES.sub(" ", part) for part in (before, span.slice(text), after)]
    return parts[0].lstrip(), parts[1], parts[2].rstrip()


def _words(article: Article, spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(" ".join(covered(article.text, [span]).split()) for span in spans)


def paragraphs(text: str, claims: Sequence[Claim], cards: Sequence[Card]) -> Iterator[list[Segment]]:
    """The text by paragraphs, each cut into segments at every border of a claim's part.

    Spans may overlap in any way: segments lie side by side and never nest, so that the page is always well formed.
    """
    parts = list(_parts(claims, cards))
    bounds = list(_paragraph_bounds(text))
    ends: dict[int, list[int]] = {}
    for number, claim in enumerate(claims, 1):
        if claim.content:
            ends.setdefault(_numeral_offset(claim.content[0], bounds), []).append(number)
    edges = {edge for _, _, span in parts for edge in (span.start, span.end)} | ends.keys()
    cuts = sorted(edges)
    opening: dict[int, list[int]] = {}
    for k, (_, _, span) in enumerate(parts):
        opening.setdefault(span.start, []).append(k)
    lengths = {n: sum(map(len, claim.content)) for n, claim in enumerate(claims, 1)}
    active: set[int] = set()
    at = 0
    for start, end in bounds:
        inner = [start, *(cut for cut in cuts[at:] if start < cut < end), end]
        segments = []
        for a, b in pairwise(inner):
            while at < len(cuts) and cuts[at] <= a:
                active.update(opening.get(cuts[at], ()))
                at += 1
            active = {k for k in active if parts[k][2].end > a}
            numbers: dict[str, list[int]] = {"content": [], "cue": [], "source": [], "states": []}
            for role, number, _ in sorted(parts[k] for k in active):
                if number not in numbers[role]:
                    numbers[role].append(number)
            first = min(numbers["content"], key=lambda n: (lengths[n], n), default=None)
            segments.append(
                Segment(
                    text[a:b],
                    **{role: tuple(held) for role, held in numbers.items()},
                    kind=claims[first - 1].kind if first else None,
                    ends=tuple(ends.get(b, ())),
                )
            )
        yield segments


def _parts(claims: Sequence[Claim], cards: Sequence[Card]) -> Iterator[tuple[str, int, Span]]:
    for number, claim in enumerate(claims, 1):
        for role in ("content", "cue", "source"):
            for span in getattr(claim, role):
                yield role, number, span
    for card in cards:
        for item in card.items:
            if item.claim.speaker is not None:
                for span in (*item.claim.speaker.role_spans, *item.claim.speaker.affiliation_spans):
                    yield "states", card.number, span


def _paragraph_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs start and end; a line is one where no line is blank."""
    pattern = BLANK_LINE if BLANK_LINE.search(text.strip()) else LINE
    at = 0
    for found in [*pattern.finditer(text), None]:
        end = len(text) if found is None else found.start()
        if text[at:end].strip():
            yield at, end
        if found is not None:
            at = found.end()


def _numeral_offset(span: Span, bounds: Sequence[tuple[int, int]]) -> int:
    """Where a claim's numeral stands: behind its first piece, in the paragraph in which that starts."""
    for start, end in bounds:
        if span.start < end:
            return min(max(span.end, start + 1), end)
    return bounds[-1][1] if bounds else 0
