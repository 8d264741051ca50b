"""Hypothesis strategies for tests of what reads or holds claims: articles with known claims, claims, spans.

    from hypothesis import given
    from quotebank.testing import articles

    @given(articles())
    def test_my_extractor_finds_what_was_said(example):
        found = my_extractor(example.article.text)
        ...                                             # example.claims is what it should find

`hypothesis.strategies.from_type(quotebank.Claim)`, and `Article`, `Speaker` and `Span`, work in any suite without an
import of this module: https://hypothesis.readthedocs.io/en/latest/extending.html. Hypothesis is not installed with
quotebank; importing this module without it raises `MissingExtraError`.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import regex

from quotebank.errors import ArgumentTypeError, ArgumentValueError, MissingExtraError, shown
from quotebank.records import Article, Claim, Kind, Speaker, claim_id
from quotebank.spans import Span, covered
from quotebank.text import pair_quotes  # noqa: F401 - loaded before a first example, which has a deadline

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtraError("quotebank.testing needs Hypothesis: pip install 'quotebank[hypothesis]'") from error

DATA = "testing/constructions.json"
MARKUP = regex.compile(r"\[(?P<tag>\w+)\||(?P<end>\])|\{(?P<word>\w+)\}|(?P<mark>[«»‹›])")
CONTENT = regex.compile(r"\[content\|(.*?)\]")
STYLES = ("“”‘’", "\"\"''", "‘’“”", "«»‹›")  # outer and inner marks
BREAKS = ("\n\n", "\n", "\r\n\r\n", "\n \n", "")  # the last: a scraped page's, where sentences are glued
SURROGATES: tuple[Literal["Cs"]] = ("Cs",)  # no file in UTF-8 can hold them


@attrs.frozen(kw_only=True)
class Example:
    """A generated article and what was put into it."""

    article: Article
    """The article."""
    claims: tuple[Claim, ...]
    """The claims that were put into it, in order."""
    constructions: tuple[str, ...]
    """The name of each one's construction."""


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("quotebank").joinpath(DATA).read_text(encoding="utf8"))
    return data


def constructions() -> tuple[str, ...]:
    """The names of the constructions in which `articles` puts claims."""
    return tuple(construction["name"] for construction in _data()["constructions"])


def articles(
    *, constructions: Iterable[str] | None = None, min_claims: int = 1, max_claims: int = 6
) -> st.SearchStrategy[Example]:
    """Short news-like articles with known claims, each an `Example`.

    `constructions`: the names of those to use (see the function of that name), None for all. `min_claims` and
    `max_claims` bound how many there are. Quotation marks and line ends are those of one style in an article; between
    the claims stand sentences that report nothing; before them may stand a headline, a byline, a place. Speakers carry
    the name, type, role and affiliation that the sentence states, with spans; some are spoken of again as "she" or by
    their last names.

    Raises `ArgumentTypeError` or `ArgumentValueError` where an argument cannot be used.
    """
    for name, value in (("min_claims", min_claims), ("max_claims", max_claims)):
        if isinstance(value, bool) or not isinstance(value, int):
            raise ArgumentTypeError(f"{name} must be an int; got {shown(value)}")
    if not 0 <= min_claims <= max_claims:
        raise ArgumentValueError(f"min_claims must be from 0 to max_claims; got {min_claims} and {max_claims}")
    known = {construction["name"]: construction for construction in _data()["constructions"]}
    names = tuple(known) if constructions is None else tuple(constructions)
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise ArgumentValueError(f"constructions must hold names of {', '.join(known)}; got {shown(unknown or names)}")
    return _examples([known[name] for name in names], min_claims, max_claims)


@st.composite
def _examples(draw: st.DrawFn, options: Sequence[dict[str, Any]], least: int, most: int) -> Example:
    chosen = draw(st.lists(st.sampled_from(options), min_size=least, max_size=most))
    marks, gap = draw(st.sampled_from(STYLES)), draw(st.sampled_from(BREAKS))
    page = _Page(draw=draw, marks=dict(zip("«»‹›", marks, strict=True)), gap=gap)
    page.write(draw(st.sampled_from(_data()["openings"])))
    found = []
    for construction in chosen:
        apart = gap if draw(st.booleans()) or construction["template"].startswith("[content|«") else " "
        page.text += apart if page.text else ""
        found.append(page.write(construction["template"]))
        if draw(st.booleans()):
            page.write(" {filler}")
    article = Article(text=page.text, published=draw(st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))))
    return Example(
        article=article,
        claims=tuple(_claim(article, spans, c) for spans, c in zip(found, chosen, strict=True)),
        constructions=tuple(construction["name"] for construction in chosen),
    )


@attrs.define
class _Page:
    """A text as it is written, and where in it what stands."""

    draw: st.DrawFn
    marks: dict[str, str]
    gap: str
    text: str = ""
    person: tuple[str, str] = ("", "")  # the pronoun and the last name of whoever was named last
    named: set[str] = attrs.Factory(set)  # last names: two persons of one name would make an article ambiguous

    def write(self, template: str) -> dict[str, tuple[Span, ...]]:
        """Add what a template says, and return the spans of each of its tags."""
        at = 0
        spans: dict[str, list[Span]] = {}
        opened: list[tuple[str, int]] = []
        for found in MARKUP.finditer(template):
            self.text += template[at : found.start()]
            at = found.end()
            if found["tag"]:
                opened.append((found["tag"], len(self.text)))
            elif found["end"]:
                tag, start = opened.pop()
                spans.setdefault(tag, []).append(Span(start, len(self.text)))
            elif found["mark"]:
                self.text += self.marks[found["mark"]]
            else:
                for tag, held in self.write(self.word(found["word"])).items():
                    spans.setdefault(tag, []).extend(held)
        self.text += template[at:]
        return {tag: tuple(sorted(held)) for tag, held in spans.items()}

    def word(self, name: str) -> str:
        words = _data()["words"]
        if name == "gap":
            return self.gap
        if name == "break":
            return self.gap if self.gap.count("\n") > 1 else "\n\n"  # only a paragraph goes on with an opening mark
        if name == "name":
            pronoun, first = self.draw(st.sampled_from([(p, first) for p in ("she", "he") for first in words[p]]))
            unused = [last for last in words["last"] if last not in self.named]
            self.person = (pronoun, self.draw(st.sampled_from(unused or words["last"])))
            self.named.add(self.person[1])
            return f"{first} {self.person[1]}"
        pronoun, last = self.person
        again = {"pronoun": pronoun, "last": last, "honorific": "Ms." if pronoun == "she" else "Mr."}
        drawn: str = again.get(name.lower()) or self.draw(st.sampled_from(words[name.lower()]))
        return drawn[0].upper() + drawn[1:] if name[0].isupper() else drawn


def _kind(template: str) -> Kind:
    """How the content of a template is quoted."""
    contents = CONTENT.findall(template)
    if all(content.startswith("«") for content in contents):
        return "direct"
    return "mixed" if any("«" in content for content in contents) else "indirect"


def _claim(article: Article, spans: dict[str, tuple[Span, ...]], construction: dict[str, Any]) -> Claim:
    """The known claim, without `Claim.build`: what is known must not follow from what is tested."""

    def words(tag: str) -> str:
        return " ".join(article.text[span.start : span.end] for span in spans.get(tag, ()))

    speaker = Speaker(
        name=spans["mention"][0].slice(article.text),
        type=construction.get("speaker", "person"),
        role=words("role") or None,
        affiliation=words("affiliation") or None,
        role_spans=spans.get("role", ()),
        affiliation_spans=spans.get("affiliation", ()),
        mentions=spans["mention"],
    )
    act = construction.get("act", "speech")
    content, cue, source = (spans.get(tag, ()) for tag in ("content", "cue", "source"))
    return Claim(
        id=claim_id(article.id, content, cue, source),
        article_id=article.id,
        kind=_kind(construction["template"]),
        text=words("content"),
        content=content,
        cue=cue,
        source=source,
        speaker=speaker,
        act=act,
        force=construction.get("force", "statement") if act == "speech" else None,
        negated=construction.get("negated", False),
        conditional=construction.get("conditional", False),
    )


def spans(text: str) -> st.SearchStrategy[Span]:
    """Spans of `text`, any that it has. Raises `ArgumentValueError` where it has none, being empty."""
    _check_text(text)
    if not text:
        raise ArgumentValueError("text must not be empty: it has no span")
    starts = st.integers(0, len(text) - 1)
    return starts.flatmap(lambda start: st.builds(Span, st.just(start), st.integers(start + 1, len(text))))


def _check_text(text: object) -> None:
    if not isinstance(text, str):
        raise ArgumentTypeError(f"text must be a str; got {shown(text)}")


def several_spans(text: str, *, min_size: int = 0, max_size: int = 4) -> st.SearchStrategy[tuple[Span, ...]]:
    """Spans of `text` as a record holds them: in order, none overlapping another, `min_size` to `max_size` of them.

    Raises `ArgumentTypeError` where `text` is no str.
    """
    _check_text(text)
    return _spans_within(len(text), min_size, max_size)


# Made once for a length: a strategy that is made anew in every draw costs a hundred times what drawing from it does,
# and Hypothesis draws some ten thousand times to explain a failure.
@lru_cache(maxsize=1024)
def _spans_within(length: int, least: int, most: int) -> st.SearchStrategy[tuple[Span, ...]]:
    ends = st.lists(st.integers(0, length), min_size=2 * least, max_size=2 * min(most, length // 2), unique=True)
    return ends.map(lambda drawn: _paired(sorted(drawn)))


def _paired(offsets: list[int]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in zip(offsets[::2], offsets[1::2], strict=False))


_names = st.text(st.characters(exclude_categories=SURROGATES), min_size=1, max_size=30)


def plain_articles() -> st.SearchStrategy[Article]:
    """Articles of any text at all, from two code points up, with any title, publisher, address and date."""
    return st.builds(
        Article,
        text=st.text(st.characters(exclude_categories=SURROGATES), min_size=2, max_size=300),
        title=st.none() | _names,
        publisher=st.none() | _names,
        url=st.none() | st.sampled_from(["https://news.example/a?b=1&c=2", "javascript:alert(1)", "not an address"]),
        published=st.none() | st.dates(),
    )


def speakers(text: str) -> st.SearchStrategy[Speaker]:
    """Speakers with any fields that the record accepts, their spans in `text`.

    Raises `ArgumentTypeError` where `text` is no str.
    """
    _check_text(text)
    return _speakers(len(text))


@lru_cache(maxsize=1024)
def _speakers(length: int) -> st.SearchStrategy[Speaker]:
    return _records(Speaker, length)


def claims(article: Article | None = None) -> st.SearchStrategy[Claim]:
    """Claims with any fields that the record accepts, of `article` or, where none is given, of a generated one.

    They say nothing sensible: `articles` has claims that are in their text. Raises `ArgumentTypeError` for what is no
    `Article`, `ArgumentValueError` for one of less than two code points.
    """
    if article is None:
        return _claims_of_any()
    if not isinstance(article, Article):
        raise ArgumentTypeError(f"article must be an Article or None; got {shown(article)}")
    if len(article.text) < 2:
        raise ArgumentValueError(f"article must have a text of two code points or more; got {shown(article.text)}")
    return _any_claims(article)


@cache
def _claims_of_any() -> st.SearchStrategy[Claim]:
    return plain_articles().flatmap(_any_claims)


@st.composite
def _any_claims(draw: st.DrawFn, article: Article) -> Claim:
    length = len(article.text)
    content = draw(_spans_within(length, 1, 4))
    act, force = draw(_acts())
    return Claim(
        article_id=article.id,
        content=content,
        text=covered(article.text, content),
        speaker=draw(st.none() | _speakers(length)),
        act=act,
        force=force,
        **{name: draw(strategy) for name, strategy in _free_fields(length).items()},
    )


@cache
def _acts() -> st.SearchStrategy[tuple[Any, Any]]:
    """An act and a force that go together."""
    hints = get_type_hints(Claim)
    forces = [force for force in _choices(hints["force"]) if force is not None]
    return st.sampled_from(
        [("speech", f) for f in forces] + [(act, None) for act in _choices(hints["act"]) if act != "speech"]
    )


@lru_cache(maxsize=1024)
def _free_fields(length: int) -> dict[str, st.SearchStrategy[Any]]:
    fixed = ("article_id", "content", "text", "speaker", "act", "force")
    return _fields(Claim, length, fixed)


def readings() -> st.SearchStrategy[tuple[Article, tuple[Claim, ...]]]:
    """Any article with any claims of it: what the formats have to carry."""
    return _readings()


@cache
def _readings() -> st.SearchStrategy[tuple[Article, tuple[Claim, ...]]]:
    return plain_articles().flatmap(
        lambda article: st.tuples(st.just(article), st.lists(_any_claims(article), max_size=3).map(tuple))
    )


@st.composite
def _records(draw: st.DrawFn, record: Any, length: int) -> Any:
    return record(**{name: draw(strategy) for name, strategy in _fields(record, length, ()).items()})


@lru_cache(maxsize=4096)
def _fields(record: Any, length: int, fixed: tuple[str, ...]) -> dict[str, st.SearchStrategy[Any]]:
    """A strategy for each field but the `fixed` ones."""
    hints = get_type_hints(record)
    return {f.name: _strategy(hints[f.name], length) for f in attrs.fields(record) if f.name not in fixed}


def _strategy(hint: Any, length: int) -> st.SearchStrategy[Any]:
    """Any value of a record's field, by its type; so a field that is added to a record is drawn too."""
    if get_origin(hint) is tuple:
        return _spans_within(length, 0, 4)
    return _scalars(hint)


@cache
def _scalars(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of([st.none() if option is type(None) else _scalars(option) for option in get_args(hint)])
    known: dict[Any, st.SearchStrategy[Any]] = {str: _names, bool: st.booleans(), float: st.floats(0, 1)}
    return known[hint] if hint in known else st.from_type(hint)


def _choices(hint: Any) -> list[Any]:
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    return [choice for option in get_args(hint) for choice in _choices(option)]


BY_TYPE: dict[type[Any], Any] = {
    Article: lambda: articles().map(lambda example: example.article),
    Claim: lambda: st.one_of(claims(), articles().flatmap(lambda example: st.sampled_from(example.claims))),
    Speaker: lambda: speakers("any text whatever"),
    Span: lambda: spans("any text whatever"),
}
"""What makes the strategy of each record, for `hypothesis.strategies.from_type`."""
