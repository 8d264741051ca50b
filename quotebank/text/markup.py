"""Tags of HTML that a scraper left in a text: line breaks where they set a block or break a line, else blanks.

Only elements that stand in an article's body are tags: "<3", "a < b" and "<ann@oxbow.example>" are words as before.
"""

from __future__ import annotations

import regex

BLOCKS = (
    "address|article|aside|blockquote|br|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|"
    "nav|ol|option|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
INLINE = (
    "a|abbr|acronym|audio|b|bdi|bdo|big|button|center|cite|code|del|dfn|em|font|i|iframe|img|input|ins|kbd|label|mark|"
    "noscript|path|picture|q|s|samp|small|source|span|strike|strong|sub|sup|svg|time|tt|u|var|video|wbr"
)
ATTRIBUTES = r"(?:\s(?:[^<>\"']|\"[^\"<>]*+\"|'[^'<>]*+'){0,2000})?+"
TAG = regex.compile(
    rf"<(?:(?P<unread>script|style)\b[^<>]*+>(?:(?!<(?P=unread)).)*?</(?P=unread)\s*>"
    rf"|/?(?:(?P<block>{BLOCKS})|(?:{INLINE})){ATTRIBUTES}\s*/?>|!--(?:(?!<!--).)*?-->)",
    regex.DOTALL | regex.IGNORECASE,
)


def without_markup(text: str) -> str:
    """`text` with a blank for every code point of a tag, or a line break where a tag makes one: all offsets stay.

    A text without tags is returned as it is.
    """
    return TAG.sub(_blank, text) if "<" in text else text


def _blank(tag: regex.Match[str]) -> str:
    first = "\n" if tag["block"] else " "
    return first + " " * (len(tag[0]) - 1)
