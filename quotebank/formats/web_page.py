"""HTML in: the article of a web page, without what stands around it (extra `[html]`: trafilatura).

A page becomes an `Article` once, before any offset exists; offsets are into the text that this module makes, not into
the page. https://trafilatura.readthedocs.io
"""

from __future__ import annotations

import gzip
import io
import zlib
from copy import deepcopy
from datetime import date
from typing import Any

import regex

from quotebank.errors import ArgumentTypeError, ArgumentValueError, MissingExtraError, shown
from quotebank.formats import page_markup
from quotebank.records import Article

LARGEST_PAGE = 20_000_000  # bytes as given; news pages are a hundredth of it
LARGEST_INFLATED = 50_000_000  # bytes after decompression: a bomb of 20 kB inflates to 20 MB
FEWEST_PARAGRAPHS = 2  # where there are fewer, trafilatura may have run those of a short page together into one
MOST_NODES = 300_000  # elements; what is slow in lxml and trafilatura grows with them, large news pages have 10,000
GZIP = b"\x1f\x8b"
TAG = regex.compile(rb"<[a-zA-Z]")
BLOCKS = frozenset({"p", "quote", "head", "item", "cell", "ab", "code"})
PARAGRAPH_END = "\ue000"  # a private use character, for the two line breaks with which old pages end a paragraph
SPACES = regex.compile(r"[^\S\u00a0]+")
DAY = regex.compile(r"\d{4}-\d\d-\d\d")


def article_from_html(html: str | bytes, url: str | None = None, *, id: str | None = None) -> Article:  # noqa: A002 - as `Article` calls it
    """The article of a page: its text by paragraphs, and title, publisher and date where the page says them.

    `html`: the page, a `str` or its bytes in any encoding that it declares, also compressed with gzip; `url`: where it
    is from, else what the page gives as its canonical address; `id`: the article's id, else the hash of the text.
    Paragraphs, headings, items of lists and paragraphs of block quotations are separated by a blank line; nothing is
    left out for being said twice, as a pull quote and its sentence are both the article's words, except a paragraph
    that repeats the one right before it. What the markup says of a line (a heading, a list's item, a caption, a block
    quotation, the byline, a question in bold) goes into `Article.lines`; <q> has the marks that browsers show. A page
    without an article gives an empty text.

    Raises `ArgumentTypeError` where an argument is of another type, `ArgumentValueError` where the page is larger than
    `LARGEST_PAGE`, inflates to more than `LARGEST_INFLATED` bytes, has more than `MOST_NODES` elements or is no gzip
    though it begins as one, and `MissingExtraError` where trafilatura is not installed.
    """
    if not isinstance(html, str | bytes | bytearray):
        raise ArgumentTypeError(f"html must be a str or bytes; got {shown(html)}")
    for name, value in (("url", url), ("id", id)):
        if value is not None and not isinstance(value, str):
            raise ArgumentTypeError(f"{name} must be a str or None; got {shown(value)}")
    page = _within_bounds(html)
    trafilatura, metadata, etree = _trafilatura()
    tree = trafilatura.load_html(page)
    if tree is None:  # trafilatura takes a page of a few elements for none
        small = _small_tree(page)
        return Article(
            text=page_markup.with_marks(_all_paragraphs(small), page_markup.line_marks(small)), id=id, url=url
        )
    _prepare(tree)
    copy = deepcopy(tree)  # trafilatura takes its tree apart
    marks = page_markup.line_marks(tree)
    writer = page_markup.byline(tree)
    about = metadata.extract_metadata(tree, default_url=url, extensive=False)
    for navigation in tree.xpath("//nav"):  # of a short page trafilatura takes everything
        navigation.drop_tree()
    document = trafilatura.bare_extraction(
        tree,
        url=url,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        deduplicate=False,
        with_metadata=False,
    )
    found = [] if document is None or document.body is None else _paragraphs(document.body, etree)
    if len(found) < FEWEST_PARAGRAPHS:
        found = page_markup.taken_apart(" ".join(found), _all_paragraphs(copy))
    paragraphs = page_markup.with_byline(found, writer, marks)
    return Article(
        text=page_markup.with_marks(paragraphs, marks),
        id=id,
        url=url or _string(about, "url"),
        publisher=_string(about, "sitename"),
        title=_string(about, "title"),
        published=_day(_string(about, "date")),
    )


def _trafilatura() -> tuple[Any, Any, Any]:
    try:
        import trafilatura  # noqa: PLC0415 - heavy, and only pages need it
        import trafilatura.metadata  # noqa: PLC0415
        from lxml import etree  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(f"reading HTML needs trafilatura: pip install 'quotebank[html]' ({error})") from error
    return trafilatura, trafilatura.metadata, etree


def _within_bounds(html: str | bytes | bytearray) -> str | bytes:
    """The page, inflated where it is compressed, once it is known to be of a size that can be read."""
    given = html.encode("utf8", "replace") if isinstance(html, str) else bytes(html)
    if len(given) > LARGEST_PAGE:
        raise ArgumentValueError(f"html must be at most {LARGEST_PAGE // 1_000_000} MB; got {len(given)} bytes")
    inflated = _inflate(given) if given.startswith(GZIP) and not isinstance(html, str) else given
    nodes = sum(1 for _ in zip(TAG.finditer(inflated), range(MOST_NODES + 1), strict=False))
    if nodes > MOST_NODES:
        raise ArgumentValueError(f"html must have at most {MOST_NODES} elements; this page has more")
    return html if isinstance(html, str) else inflated


def _inflate(given: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(given)) as file:
            inflated = file.read(LARGEST_INFLATED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ArgumentValueError(f"html begins as gzip does but is not: {error}") from error
    if len(inflated) > LARGEST_INFLATED:
        raise ArgumentValueError(f"html must inflate to at most {LARGEST_INFLATED // 1_000_000} MB; it is more")
    return inflated


def _prepare(tree: Any) -> None:
    """Put into a page's words what its markup alone says and the extraction would lose."""
    _mark_line_breaks(tree)
    page_markup.set_quotation_marks(tree)
    page_markup.part_bold_questions(tree, PARAGRAPH_END)
    page_markup.set_signatures(tree)


def _mark_line_breaks(tree: Any) -> None:
    """Put `PARAGRAPH_END` between two line breaks in a row, which trafilatura would make one."""
    for line_break in tree.iter("br"):
        following = line_break.getnext()
        if following is not None and following.tag == "br" and not (line_break.tail or "").strip():
            line_break.tail = PARAGRAPH_END


def _paragraphs(body: Any, etree: Any) -> list[str]:
    """The blocks of trafilatura's tree, each in one line; what stands in none is a block of its own."""
    found: list[str] = []
    words: list[str] = []

    def close() -> None:
        paragraph = SPACES.sub(" ", "".join(words)).strip()
        words.clear()
        if paragraph:
            found.append(paragraph)

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in BLOCKS or element.tag == "list":
            close()
        if element.tag == "lb" and event == "start":
            words.append(" ")
        first, *others = ((element.text if event == "start" else element.tail) or "").split(PARAGRAPH_END)
        words.append(first)
        for other in others:
            close()
            words.append(other)
    close()
    return found


def _small_tree(page: str | bytes) -> Any:
    from lxml import html as parser  # noqa: PLC0415 - as above

    encoded = page.encode("utf8", "replace") if isinstance(page, str) else page
    parsed = parser.document_fromstring(b"<p></p>" + encoded, parser=parser.HTMLParser(encoding="utf8"))
    _prepare(parsed)
    return parsed


def _all_paragraphs(tree: Any) -> list[str]:
    """The paragraphs of a page too short for trafilatura to find an article in, navigation and the like left out."""
    around = " or ".join(f"ancestor::{tag}" for tag in ("nav", "header", "footer", "aside", "form", "p"))
    blocks = " or ".join(f"self::{tag}" for tag in ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "figcaption"))
    elements = tree.xpath(f"//*[{blocks}][not({around})][not(.//p)]")
    words = (SPACES.sub(" ", "".join(element.itertext())).strip() for element in elements)
    return [paragraph for text in words for paragraph in map(str.strip, text.split(PARAGRAPH_END)) if paragraph]


def _string(about: Any, name: str) -> str | None:
    value = getattr(about, name, None) if about is not None else None
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _day(value: str | None) -> date | None:
    match = DAY.match(value or "")
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None
