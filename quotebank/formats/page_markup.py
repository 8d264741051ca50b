"""What a page's markup says of its lines: headings, captions, list items, block quotations, bylines, bold questions.

The extraction keeps words and drops markup: what each paragraph was is looked up by its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, chain, takewhile
from typing import Any

import regex

from quotebank.text import Mark, MarkedText

SPACES = regex.compile(r"\s+")
PLAIN = regex.compile(r"[^\p{L}\p{N}]+")
BYLINE = regex.compile(r"(?:^|[\s_-])(?:byline|author|writer|contributor)s?(?:$|[\s_-]|name)", regex.IGNORECASE)
NO_BYLINE = regex.compile(r"bio|about|avatar|image|photo|social|follow|list|related|comment|card|box", regex.IGNORECASE)
LONGEST_BYLINE = 16  # words
KINDS: tuple[tuple[str, Mark], ...] = (
    ("h1", Mark("headline")),
    ("h2", Mark("subheading")),
    ("h3", Mark("subheading")),
    ("h4", Mark("subheading")),
    ("figcaption", Mark("caption")),
    ("li", Mark("item")),
)
OPENS = "“\"‘'«„"
DASHES = "—–-"
SENTENCE_END = regex.compile(r"[.!?…][\"'”’»]?[\s—–-]*\Z")
LINES = frozenset({"p", "div", "br", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "figure", "hr"})
ASIDE = frozenset({"a", "cite", "footer"})  # elements of a signature
UNLINKED = ".//text()[not(ancestor::*[self::a or self::cite or self::footer][ancestor::blockquote])]"
MOST_CITES = 4  # at the end of one block quotation: a name, a work, a paper
AROUND = frozenset({"nav", "footer", "form"})


def set_quotation_marks(tree: Any) -> None:
    """Put the marks of every <q> into its text, as browsers do: the element alone would be lost, and break its line."""
    for element in list(tree.iter("q")):
        inner = any(above.tag == "q" for above in element.iterancestors())
        words = _text(element).strip()
        if words and words[0] not in OPENS:
            opened, closed = ("‘", "’") if inner else ("“", "”")
            element.text = opened + (element.text or "").lstrip()
            if len(element):
                element[-1].tail = (element[-1].tail or "").rstrip() + closed
            else:
                element.text = element.text.rstrip() + closed
    for element in list(tree.iter("q")):
        element.drop_tag()


def set_signatures(tree: Any) -> None:
    """Make who a block quotation is by, its <footer> or <cite>, a paragraph below it: the extraction drops footers.

    <blockquote><p>It is bad.</p><footer>Ann Lee</footer></blockquote> gets a last paragraph "— Ann Lee"; the title in
    <p>I read <cite>Emma</cite> every year.</p> is among the words of the quotation and stays there.
    """
    for block in list(tree.iter("blockquote")):
        for element in _signatures(block):
            words = SPACES.sub(" ", _text(element)).strip()
            _drop_dash_before(element)
            element.drop_tree()
            signature = block.makeelement("p", {})
            signature.text = words if words[0] in DASHES else f"— {words}"
            block.append(signature)


def _signatures(block: Any) -> list[Any]:
    """The elements that say whom a block quotation is by, not those of a quotation within it; nothing twice.

    In <footer>Ann Lee in <cite>The Oxbow Times</cite></footer> the footer has the words of the <cite> already.
    """
    own = [one for one in block.iter("footer", "cite") if next(one.iterancestors("blockquote")) is block]
    footers = [one for one in own if one.tag == "footer" and next(one.iterancestors("footer", "blockquote")) is block]
    cites = [one for one in own if one.tag == "cite" and next(one.iterancestors("footer", "blockquote")) is block]
    signed = [_line_of(one, block) for one in cites[-MOST_CITES:] if _is_signature(one, block)]
    found = [one for one in dict.fromkeys([*signed, *footers]) if _key(_text(one))]
    return [one for one in found if not any(above in found for above in one.iterancestors())]


def _is_signature(cite: Any, block: Any) -> bool:
    """Whether a <cite> stands in a line of its own below the words of a block quotation, so is no title among them.

    It is in "<p>It is bad.</p>— <cite>Ann Lee</cite> <a>(source)</a>"; not in "<p>I read <cite>Emma</cite></p>", nor
    where the quotation goes on behind it. Where the block has no paragraphs, "It is bad. <cite>Ann Lee</cite>", the
    end of a sentence is the end of the quotation.
    """
    inside = [cite, *takewhile(lambda above: above is not block, cite.iterancestors())]
    parted = any(_key(words) for one in inside for words in chain([one.tail or ""], _behind_in_parent(one)))
    before = "".join(reversed(list(_before_in_line(cite))))
    alone = not _key(before) or (cite.getparent() is block and SENTENCE_END.search(before) is not None)
    return alone and not parted and _key(_text(block)) != _key(_text(cite))


def _behind_in_parent(element: Any) -> Iterator[str]:
    """The words behind an element in its parent and the tails of what stands there, links and the like left out."""
    for other in element.itersiblings():
        yield _unlinked(other)
        yield other.tail or ""


def _before_in_line(element: Any) -> Iterator[str]:
    """The words before an element in its line of its parent, links and the like left out."""
    for other in element.itersiblings(preceding=True):
        yield other.tail or ""
        if other.tag in LINES:
            return
        yield _unlinked(other)
    yield element.getparent().text or ""


def _line_of(cite: Any, block: Any) -> Any:
    """The outermost element of a block quotation with no words but a <cite>: the paragraph of <p>— <cite>Lee</cite>."""
    element = cite
    while element.getparent() is not block and not _key(_unlinked(element.getparent())):
        element = element.getparent()
    return element


def _drop_dash_before(element: Any) -> None:
    """Drop a dash that stands between the last paragraph and an element: the signature gets its own."""
    before = element.getprevious()
    if before is not None and not (before.tail or "").strip(f"{DASHES} \n\t"):
        before.tail = None


def _unlinked(element: Any) -> str:
    """The words of an element within a block quotation without those of links, <cite> and <footer>."""
    return "" if element.tag in ASIDE else "".join(element.xpath(UNLINKED))


def _text(element: Any) -> str:
    return "".join(element.itertext())


def part_bold_questions(tree: Any, paragraph_end: str) -> None:
    """Put the end of a paragraph behind a question in bold that begins one: <p><b>Why?</b> Because.</p>."""
    for paragraph in tree.iter("p"):
        first = paragraph[0] if len(paragraph) else None
        if first is None or first.tag not in ("b", "strong") or (paragraph.text or "").strip():
            continue
        words = _text(first).strip()
        if words.endswith("?") and _behind(first).strip():
            first.tail = paragraph_end + (first.tail or "")


def _behind(first: Any) -> str:
    """The words of a paragraph behind an element of it."""
    later = (_text(other) + (other.tail or "") for other in first.itersiblings())
    return (first.tail or "") + "".join(later)


def line_marks(tree: Any) -> dict[str, Mark]:
    """What the markup says of a paragraph of these words, by their letters and figures alone."""
    found: dict[str, Mark] = {}
    for tag, mark in KINDS:
        for element in tree.iter(tag):
            found.setdefault(_key(_text(element)), mark)
    for element in tree.iter("blockquote"):
        words = _text(element).strip()
        blocks = list(element.iter("p")) or [element]
        if words and words[0] not in OPENS:
            found.update((_key(_text(block)), Mark("block quotation")) for block in blocks)
    for element in tree.iter("p"):
        bold = "".join(_text(part) for part in element if part.tag in ("b", "strong"))
        words = _key(_text(element))
        if words and _key(bold) == words:
            found.setdefault(words, Mark(bold=True))
    for element in tree.iter("b", "strong"):
        words = _text(element).strip()
        if words.endswith("?"):
            found.setdefault(_key(words), Mark(bold=True))
    for words in _bylines(tree):
        found.setdefault(_key(words), Mark("byline"))
    found.pop("", None)
    return found


def byline(tree: Any) -> str | None:
    """The words of a page's byline, by its markup; None where it has none, or several that differ."""
    found = list(dict.fromkeys(_bylines(tree)))
    longest = max(found, key=len, default="")
    return longest if found and all(_key(words) in _key(longest) for words in found) else None


def _bylines(tree: Any) -> Iterator[str]:
    for element in tree.iter("p", "div", "span", "a", "address"):
        named = " ".join(element.get(name) or "" for name in ("class", "id"))
        told = "author" in (element.get("rel"), element.get("itemprop")) or BYLINE.search(named) is not None
        if not told or NO_BYLINE.search(named) or any(above.tag in AROUND for above in element.iterancestors()):
            continue
        words = SPACES.sub(" ", _text(element)).strip()
        if 2 <= len(words.split()) <= LONGEST_BYLINE and words[-1] not in ".!?":
            yield words


def with_marks(paragraphs: list[str], marks: Mapping[str, Mark]) -> MarkedText:
    """The text of paragraphs, a blank line between two, with what is known of them."""
    known: dict[int, Mark] = {}
    at = 0
    for paragraph in paragraphs:
        mark = marks.get(_key(paragraph))
        if mark is not None:
            known[at] = mark
        at += len(paragraph) + 2
    return MarkedText("\n\n".join(paragraphs), known)


def with_byline(paragraphs: list[str], words: str | None, marks: Mapping[str, Mark]) -> list[str]:
    """The paragraphs, and the byline below the headline, or first, where the extraction has left it out."""
    if words is None or not paragraphs or any(_key(words) in _key(paragraph) for paragraph in paragraphs[:4]):
        return paragraphs
    first = marks.get(_key(paragraphs[0]))
    at = 1 if first is not None and first.kind == "headline" else 0
    return [*paragraphs[:at], words, *paragraphs[at:]]


def taken_apart(words: str, paragraphs: list[str]) -> list[str]:
    """The paragraphs in a row that `words` are the run-together of; `words` as they are where there are none.

    "It is bad. We go." of a page "Sport", "It is bad.", "We go.", "Most read" is "It is bad.", "We go."; the rest of
    the page stays away. All paragraphs where nothing was found, `words` being empty.
    """
    wanted = _key(words)
    if not wanted:
        return paragraphs
    keys = [f"{_key(paragraph)} " for paragraph in paragraphs]
    bounds = {at: k for k, at in enumerate(accumulate(map(len, keys), initial=0))}
    for found in regex.finditer(regex.escape(f"{wanted} "), "".join(keys), overlapped=True):
        if found.start() in bounds and found.end() in bounds:
            return paragraphs[bounds[found.start()] : bounds[found.end()]]
    return [words]


def _key(words: str) -> str:
    plain: str = PLAIN.sub(" ", words.casefold())
    return plain.strip()
