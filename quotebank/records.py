"""The records that go in and come out: `Article`, `Speaker`, `Claim`. Frozen, keyword-only, offsets in code points."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import attrs
import regex

from quotebank.errors import ArgumentTypeError, ArgumentValueError, shown
from quotebank.notebook import html_table
from quotebank.spans import Record, Span, covered

if TYPE_CHECKING:
    from quotebank.text import Line, Quotations

Kind = Literal["direct", "mixed", "indirect"]
SpeakerType = Literal["person", "organization", "group", "anonymous", "author"]
Act = Literal["speech", "attitude", "intention", "evidence"]
Force = Literal["statement", "denial", "question", "request", "promise", "warning", "refusal"]
KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")
SPEAKER_TYPES: tuple[SpeakerType, ...] = ("person", "organization", "group", "anonymous", "author")
ACTS: tuple[Act, ...] = ("speech", "attitude", "intention", "evidence")
FORCES: tuple[Force, ...] = ("statement", "denial", "question", "request", "promise", "warning", "refusal")
DIRECT_SHARE = 0.8  # a content is direct where more than this share of its words is quoted
CLAIM_HEADINGS = ("who", "how", "said", "at", "confidence")  # of a claim in a notebook
WORD = regex.compile(r"\w+")

Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def _a(instance: object) -> str:
    return type(instance).__name__


def _of_type(kind: type[Any], *, optional: bool = False) -> Validator:
    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if optional and value is None:
            return
        if not isinstance(value, kind):
            wanted = f"a {kind.__name__}" + (" or None" if optional else "")
            raise ArgumentTypeError(f"{_a(instance)}.{attribute.name} must be {wanted}; got {shown(value)}")

    return check


def _one_of(options: tuple[str, ...], *, optional: bool = False) -> Validator:
    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if value not in options and not (optional and value is None):
            raise ArgumentValueError(
                f"{_a(instance)}.{attribute.name} must be one of {', '.join(options)}; got {shown(value)}"
            )

    return check


def _spans(instance: object, attribute: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
    if not isinstance(value, tuple):
        raise ArgumentTypeError(f"{attribute.name} must be a sequence of Span objects; got {shown(value)}")
    for part in value:
        if not isinstance(part, Span):
            raise ArgumentTypeError(f"{_a(instance)}.{attribute.name} must hold Span objects; got {shown(part)}")
    ordered = all(a.end <= b.start for a, b in pairwise(value))  # type: ignore[attr-defined]
    if not ordered:
        raise ArgumentValueError(
            f"{_a(instance)}.{attribute.name} must hold spans in order that do not overlap; got {shown(value)}"
        )


def _tuple(value: Iterable[Span], name: str) -> tuple[Span, ...]:
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        raise ArgumentTypeError(f"{name} must be a sequence of Span objects; got {shown(value)}")
    return tuple(value)


def _to_spans(value: Iterable[Span]) -> tuple[Span, ...]:
    """A tuple of what can be one; anything else is left for the validator, which knows the field's name."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes) else value


def _share(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ArgumentTypeError(f"{_a(instance)}.{attribute.name} must be a number; got {shown(value)}")
    if not 0 <= value <= 1:
        raise ArgumentValueError(f"{_a(instance)}.{attribute.name} must be from 0 to 1; got {value}")


def _published(value: date | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        raise ArgumentValueError(
            f"Article.published must be a date or an ISO 8601 date such as '2026-11-22'; got {shown(value)}"
        ) from None


def _text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str):
        hint = "; decode bytes first" if isinstance(value, bytes | bytearray) else ""
        raise ArgumentTypeError(f"{_a(instance)}.{attribute.name} must be a str{hint}; got {shown(value)}")


def text_id(text: str) -> str:
    """The sha256 of a text, as hexadecimal digits: an article's id where none is given."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _given_id(value: str | None) -> str:
    return value  # type: ignore[return-value]  # None until the text is known, see `Article.__attrs_post_init__`


@attrs.frozen(kw_only=True)
class Article(Record):
    """A news article. `text` is never changed: every offset in a claim is a code point of it.

    Raises `ArgumentTypeError` where `text` is no str, or another field is not of its type, and `ArgumentValueError`
    where `published` is no date.
    """

    text: str = attrs.field(validator=_text, repr=shown)
    """What offsets count, in code points; never changed. May be empty."""
    id: str = attrs.field(default=None, converter=_given_id, validator=_of_type(str, optional=True))
    """Names the article; the sha256 of the text in hexadecimal digits unless it is given."""
    url: str | None = attrs.field(default=None, validator=_of_type(str, optional=True))
    """The address it was read at, as it was given."""
    publisher: str | None = attrs.field(default=None, validator=_of_type(str, optional=True))
    """The newspaper or site, as a reader knows it."""
    title: str | None = attrs.field(default=None, validator=_of_type(str, optional=True))
    """The headline, where it is known apart from the text."""
    published: date | None = attrs.field(default=None, converter=_published, validator=_of_type(date, optional=True))
    """The day it came out. May be given as an ISO 8601 date, `"2026-11-22"`, or a datetime, whose day counts."""

    def __attrs_post_init__(self) -> None:
        if self.id is None:
            object.__setattr__(self, "id", text_id(self.text))

    @property
    def lines(self) -> tuple[Line, ...]:
        """What each line of the text is, in order: headline, byline, caption, turn, body and so on, with its offsets.

        Worked out anew each time it is asked for. A `Line` has `start`, `end`, `kind`, and for turns and signed
        quotations who speaks.
        """
        from quotebank.text import read_lines  # noqa: PLC0415 - `import quotebank` stays light

        return read_lines(self.text)

    def __str__(self) -> str:
        about = (self.publisher, self.published and self.published.isoformat(), self.title or _cut(self.text, 80))
        return " · ".join(part for part in about if part) or "an empty article"


@attrs.frozen(kw_only=True)
class Reference(Record):
    """What a reader needs to find an article: all that is known of it but its text."""

    id: str
    """The `Article.id`."""
    publisher: str | None = None
    """The newspaper or site."""
    title: str | None = None
    """The headline."""
    published: date | None = None
    """The day it came out."""
    url: str | None = None
    """Its address."""

    @classmethod
    def to(cls, article: Article) -> Reference:
        """The reference to an `article`."""
        return cls(**{field.name: getattr(article, field.name) for field in attrs.fields(cls)})


@attrs.frozen(kw_only=True)
class Speaker(Record):
    """To whom a claim is attributed, as the article states it.

    Raises `ArgumentTypeError` where a field is not of its type, `ArgumentValueError` where it cannot be used.
    """

    name: str = attrs.field(validator=_of_type(str))
    """The fullest form in the article, or the phrase that stands for a name."""
    type: SpeakerType = attrs.field(default="person", validator=_one_of(SPEAKER_TYPES))
    """`"person"`, `"organization"`, `"group"` (people in the plural, without a name), `"anonymous"` (one of them) or
    `"author"` (who wrote the article)."""
    role: str | None = attrs.field(default=None, validator=_of_type(str, optional=True))
    """What they are, in the article's own words, wherever it states them: "mayor"; "former mayor", "was mayor", "then
    mayor" of a post that is over."""
    affiliation: str | None = attrs.field(default=None, validator=_of_type(str, optional=True))
    """Whose they are, in the article's own words: "Oxbow", "the dock union"."""
    role_spans: tuple[Span, ...] = attrs.field(default=(), converter=_to_spans, validator=_spans)
    """Where the article states the role, in code points of its text."""
    affiliation_spans: tuple[Span, ...] = attrs.field(default=(), converter=_to_spans, validator=_spans)
    """Where it states the affiliation."""
    mentions: tuple[Span, ...] = attrs.field(default=(), converter=_to_spans, validator=_spans)
    """Where it names the speaker for this claim: the source, and the fullest form if that stands elsewhere."""
    organization: str | None = attrs.field(default=None, validator=_of_type(str, optional=True))
    """The affiliation, or a speaker that is one, by the canonical name in the registry, else by the fullest name in the
    article. It never replaces what is stated."""
    confidence: float = attrs.field(default=1.0, validator=_share)
    """How sure it is who is meant, from 0 to 1; lower for pronouns and descriptions."""

    def __str__(self) -> str:
        name = _cut(self.name) if self.type == "person" else f"{_cut(self.name)} ({self.type})"
        stated = (self.role if self.role != self.name else None, self.affiliation)
        return ", ".join([name, *(_cut(part) for part in stated if part)])


@attrs.frozen(kw_only=True)
class Claim(Record):
    """One attribution: what was said, by whom, and the words that report it.

    Offsets are code points of the article's text, half-open. `Claim.build` makes one by hand from an article and spans.
    Raises `ArgumentTypeError` where a field is not of its type, `ArgumentValueError` where it cannot be used.
    """

    id: str = attrs.field(validator=_of_type(str))
    """16 hexadecimal digits, of the article's id and the spans alone: the same for the same spans of one article."""
    article_id: str = attrs.field(validator=_of_type(str))
    """The `Article.id`."""
    kind: Kind = attrs.field(validator=_one_of(KINDS))
    """How the content is quoted: `"direct"`, over 80 % of its words inside quotation marks; `"mixed"`, some;
    `"indirect"`, none (the classes of PolNeAR, Newell et al. 2018). Direct are also words that the article gives as
    somebody's own without marks: a turn of a transcript or an interview, a signed line, a line of a dialogue."""
    content: tuple[Span, ...] = attrs.field(converter=_to_spans, validator=_spans)
    """What was said: one span, or its pieces in order."""
    cue: tuple[Span, ...] = attrs.field(default=(), converter=_to_spans, validator=_spans)
    """The words that report it ("said", "according to"), in pieces or none."""
    source: tuple[Span, ...] = attrs.field(default=(), converter=_to_spans, validator=_spans)
    """The words that name who said it, there ("she", "the mayor"), in pieces or none."""
    text: str = attrs.field(validator=_of_type(str))
    """The content as written, its pieces joined by one space."""
    speaker: Speaker | None = attrs.field(default=None, validator=_of_type(Speaker, optional=True))
    """Who is meant; None where the article names nobody."""
    act: Act = attrs.field(default="speech", validator=_one_of(ACTS))
    """What the cue reports: `"speech"` ("said", "denied"), an `"attitude"` ("believes", "fears"), an `"intention"`
    ("plans") or `"evidence"` ("the study found", "records show")."""
    force: Force | None = attrs.field(default="statement", validator=_one_of(FORCES, optional=True))
    """The kind of speech act (its illocutionary force, Searle 1976): `"statement"`, `"denial"`, `"question"`,
    `"request"`, `"promise"`, `"warning"` or `"refusal"` ("declined to say"); None for what is no speech."""
    negated: bool = attrs.field(default=False, validator=_of_type(bool))
    """Whether the article reports the act as one that did not happen ("never said")."""
    conditional: bool = attrs.field(default=False, validator=_of_type(bool))
    """Whether the article reports it as one that would or might happen ("could argue")."""
    confidence: float = attrs.field(default=1.0, validator=_share)
    """The probability, from 0 to 1, that somebody says this here, from this source, in about these words; not that it
    is true, nor who spoke, which is `Speaker.confidence`."""
    within: str | None = attrs.field(default=None, validator=_of_type(str, optional=True))
    """The id of the claim in whose content this one lies ("She said that the mayor wanted it" holds two), None outside
    of any."""

    def __attrs_post_init__(self) -> None:
        if (self.force is None) is (self.act == "speech"):
            raise ArgumentValueError(
                f"Claim.force must be given for speech and be None for all else; got {self.force!r} for {self.act}"
            )

    def __str__(self) -> str:
        at = f"{self.content[0].start}–{self.content[-1].end}" if self.content else ""
        marks = [self.kind, *self._marks(), at]
        return f"{self.speaker or 'Nobody named'}: {_cut(self.text)} ({', '.join(mark for mark in marks if mark)})"

    def _marks(self) -> Iterator[str]:
        """What there is to say of the act where it is no plain statement."""
        act = self.force or self.act
        yield from () if act == "statement" else (act,)
        yield from (name for name in ("negated", "conditional") if getattr(self, name))

    def _row(self) -> tuple[object, ...]:
        at = self.content[0].start if self.content else None
        return (self.speaker, ", ".join([self.kind, *self._marks()]), self.text, at, f"{self.confidence:.2f}")

    def _repr_html_(self) -> str:
        return html_table(CLAIM_HEADINGS, [self._row()])

    @property
    def is_statement(self) -> bool:
        """Whether the source, by the article, did state the content: nothing denied, refused or only possible."""
        spoken = self.act == "evidence" or self.force in ("statement", "promise", "warning")
        return spoken and not (self.negated or self.conditional)

    @classmethod
    def build(
        cls,
        article: Article,
        *,
        content: Iterable[Span],
        cue: Iterable[Span] = (),
        source: Iterable[Span] = (),
        speaker: Speaker | str | None = None,
        act: Act = "speech",
        force: Force | None = None,
        negated: bool = False,
        conditional: bool = False,
        confidence: float = 1.0,
        within: str | None = None,
        quotations: Quotations | None = None,
        kind: Kind | None = None,
    ) -> Claim:
        """Make a claim of `article` from spans, and a `speaker` or the name of one.

        `content`, `cue`, `source`, `act`, `negated`, `conditional`, `confidence` and `within` are the fields; `text`,
        `id` and, where it is not given, `kind` follow from the article; speech of no given `force` is a statement.
        `quotations` saves pairing the marks again where they are known. Raises `ArgumentTypeError` or
        `ArgumentValueError` where the content is empty or a span does not fit the article.
        """
        if not isinstance(article, Article):
            raise ArgumentTypeError(f"article must be an Article; got {shown(article)}")
        roles = {name: _tuple(spans, name) for name, spans in (("content", content), ("cue", cue), ("source", source))}
        if not roles["content"]:
            raise ArgumentValueError("content must hold at least one Span: a claim says something")
        for name, spans in roles.items():
            for span in spans:
                if not isinstance(span, Span):
                    raise ArgumentTypeError(f"{name} must hold Span objects; got {shown(span)}")
                if span.end > len(article.text):
                    raise ArgumentValueError(
                        f"{name} holds {span}, past the end of the article's text of {len(article.text)} code points"
                    )
        if isinstance(speaker, str):
            speaker = Speaker(name=speaker, mentions=roles["source"])
        if kind is None:
            kind = kind_of(article.text, roles["content"], quotations or _quotations(article.text))
        return cls(
            id=claim_id(article.id, roles["content"], roles["cue"], roles["source"]),
            article_id=article.id,
            kind=kind,
            text=covered(article.text, roles["content"]),
            speaker=speaker,
            act=act,
            force="statement" if force is None and act == "speech" else force,
            negated=negated,
            conditional=conditional,
            confidence=confidence,
            within=within,
            content=roles["content"],
            cue=roles["cue"],
            source=roles["source"],
        )


class Claims(tuple[Claim, ...]):
    """The claims of an article: a tuple, which a notebook shows as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return html_table(CLAIM_HEADINGS, [claim._row() for claim in self])


def _cut(words: str, longest: int = 200) -> str:
    """Words in one line, an ellipsis where they are cut."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def claim_id(article_id: str, *roles: tuple[Span, ...]) -> str:
    """The id of a claim: 16 hexadecimal digits of the sha256 of the article's id and the spans of its roles."""
    spans = "|".join(",".join(f"{s.start}-{s.end}" for s in role) for role in roles)
    return hashlib.sha256(f"{article_id}|{spans}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _quotations(text: str) -> Quotations:
    from quotebank.text import pair_quotes  # noqa: PLC0415 - `import quotebank` stays light

    return pair_quotes(text)


def kind_of(text: str, content: tuple[Span, ...], quotations: Quotations) -> Kind:
    """How a content is quoted, by the share of its words that lie in quotation marks."""
    quoted = total = 0
    outer = quotations.near(content[0].start, content[-1].end)
    for span in content:
        for match in WORD.finditer(text, span.start, span.end):
            total += 1
            quoted += any(q.start <= match.start() and match.end() <= q.end for q in outer)
    if not total or not quoted:
        return "indirect"
    return "direct" if quoted / total > DIRECT_SHARE else "mixed"
