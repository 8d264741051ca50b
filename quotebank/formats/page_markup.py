"""What a page's markup says of its lines: headings, captions, list items, block quotations, bylines, bold questions.

The extraction keeps words and drops markup: what each paragraph was is looked up by its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
AROUND = frozenset({"nav", "footer", "form"})


def set_quotation_marks(tree: Any) -> None:
    """Put the marks of every <q> into its text, as browsers do: the element alone would be lost, and break its line."""
    for element in list(tree.iter("q")):
        inner = any(above.tag == "q" for above in element.iterancestors())
        words = "".join(element.itertext()).strip()
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
    """Make who a block quotation is by, its <footer> or <cite>, a paragraph below it: the extraction drops footers."""
    for block in list(tree.iter("blockquote")):
        for element in [one for one in block.iter("footer", "cite") if "".join(one.itertext()).strip()]:
            words = SPACES.sub(" ", "".join(element.itertext())).strip()
            element.drop_tree()
            signature = block.makeelement("p", {})
            signature.text = words if words[0] in DASHES else f"— {words}"
            block.append(signature)


def part_bold_questions(tree: Any, paragraph_end: str) -> None:
    """Put the end of a paragraph behind a question in bold that begins one: <p><b>Why?</b> Because.</p>."""
    for paragraph in tree.iter("p"):
        first = paragraph[0] if len(paragraph) else None
        if first is None or first.tag not in ("b", "strong") or (paragraph.text or "").strip():
            continue
        words = "".join(first.itertext()).strip()
        if words.endswith("?") and _behind(first).strip():
            first.tail = paragraph_end + (first.tail or "")


def _behind(first: Any) -> str:
    """The words of a paragraph behind an element of it."""
    later = ("".join(other.itertext()) + (other.tail or "") for other in first.itersiblings())
    return (first.tail or "") + "".join(later)


def line_marks(tree: Any) -> dict[str, Mark]:
    """What the markup says of a paragraph of these words, by their letters and figures alone."""
    found: dict[str, Mark] = {}
    for tag, mark in KINDS:
        for element in tree.iter(tag):
            found.setdefault(_key("".join(element.itertext())), mark)
    for element in tree.iter("blockquote"):
        words = "".join(element.itertext()).strip()
        blocks = list(element.iter("p")) or [element]
        if words and words[0] not in OPENS:
            found.update((_key("".join(block.itertext())), Mark("block quotation")) for block in blocks)
    for element in tree.iter("p"):
        bold = "".join("".join(part.itertext()) for part in element if part.tag in ("b", "strong"))
        words = _key("".join(element.itertext()))
        if words and _key(bold) == words:
            found.setdefault(words, Mark(bold=True))
    for element in tree.iter("b", "strong"):
        words = "".join(element.itertext()).strip()
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
        words = SPACES.sub(" ", "".join(element.itertext())).strip()
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


def parts(found: list[str], whole: list[str]) -> bool:
    """Whether the paragraphs of a `whole` page are those that were found, of a short page in one: all their words."""
    return len(whole) > len(found) and _key(" ".join(found)) in _key(" ".join(whole))


def _key(words: str) -> str:
    plain: str = PLAIN.sub(" ", words.casefold())
    return plain.strip()
