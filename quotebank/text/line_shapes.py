"""What a line looks like, and what its words alone tell of it: bylines, credits, dates, links, advertisements."""

from __future__ import annotations

from functools import cache
from typing import Literal

import attrs
import regex

from quotebank.text.word_lists import is_first_name, lines, words

LONGEST = 320  # code points: a longer line is a paragraph, whatever it begins with
LONGEST_SHORT = 5  # letters, and more, of no short form of a day or month: "sept", "tues"
MOST_WORDS = 30
LONGEST_BYLINE = 18  # words
LONGEST_CREDIT = 16
WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’.@_\-]+")
STOP = frozenset(".!?…")
CLOSERS = "”’\"'»›)]*_"
TIME = regex.compile(
    r"\d{1,4}(?:st|nd|rd|th|[.:/h]\d{1,2})*(?:am|pm|h)?|[ap]\.?m\.?|\d{4}-\d\d-\d\d\S*"
    r"|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:am|pm)?"
)
GLUE = regex.compile(r"(?<=\d)(?=\p{Lu}\p{Ll})")
AGO = regex.compile(
    r"\d{1,2}\s?(?:s|m|h|d|w|y|min|mins|minutes?|hrs?|hours?|days?|weeks?|months?|years?)(?:\s+ago)?"
    r"|(?:an?|one)\s(?:minute|hour|day|week|month|year)\sago|just now|yesterday(?:\sat\s\S+)?",
    regex.IGNORECASE,
)
COMMENTED = regex.compile(  # the head of a reader's comment: who, and how long ago
    rf"(?P<who>[^@\n:.!?“”\"]{{2,30}}?)\s*(?:[·•|]\s*(?:{AGO.pattern})|[,–—-]\s*(?:{AGO.pattern})(?<=ago))",
    regex.IGNORECASE,
)
HANDLE = regex.compile(r"@[\p{L}\p{N}_]{2,30}")
POSTED = regex.compile(r"(?:[—–-]+\s*)?[^@]{0,60}\(?@[\p{L}\p{N}_]{2,30}\)?(?:\s*[·•,|—–-]?\s*[\p{L}\p{N},. :]{0,40})?")
ANSWERING = (
    regex.compile(  # above a post that answers another: "Replying to @oxbow", "Response from the owner, 3 weeks ago"
        r"(?i)(?:replying to @\S{2,30}|(?:reply|response) from [^.!?,\n]{2,40}(?:(?:,| ·) [^.!?,\n]{1,25})?|quote)"
    )
)
MAIL = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
BY = regex.compile(r"(?i:(?:posted |written |reported |words )?by|von|par)[:\s]\s*(?=\S)")
ITEM = regex.compile(
    r"(?:[•▪◦‣·●○■□➤►✓✔]\s*|\*(?!\*|[^*\s][^*]*\*\W*$)\s*|[-–]\s+|\(?(?:\d{1,2}|[a-hivx]{1,3})[.)]\s+)(?=\S)"
)
RULE = regex.compile(r"[\W_]+|[-–—]\s*\d+\s*[-–—]|#+|(?:ends?|-?30-?|\(?more\)?)\.?", regex.IGNORECASE)
CREDITED = regex.compile(r"©|\(c\)|(?i:getty|alamy|shutterstock|/ap\b|/afp\b|/reuters\b|/pa\b|handout)")
AGENCY = regex.compile(r"(?:PA|AP|AFP|EPA|Reuters|Rex|Alamy|SWNS|Getty(?: Images)?)\s{2,}(?=\p{Lu})")
BRACKETED = regex.compile(r"[(\[][^()\[\]]{2,80}[)\]]\.?")
BEHIND = regex.compile(
    r"(?<=[.!?…”\"’)])\s*(?:(?P<word>(?:Photo|Photograph|Picture|Pic|Image|Video|Illustration|Graphic|Photo credit|"
    r"Image credit|Credit|File photo|Photography)s?(?: by| from|:|/| courtesy of| ©))|©|\|\s*(?:Photo|Image|Picture)"
    r"|[(\[](?=[^()\[\]]{0,60}(?:/|Getty|Reuters|AFP|Photo|photo|©)[^()\[\]]{0,60}[)\]]$))"
)
GLUED = regex.compile(
    r"(?:(?<=[ (]\p{Ll}{3,25})(?=\p{Lu}\p{Ll}{2,25}[ ,’'])|(?<=[\p{Ll}\d])(?=(?P<starter>\p{Lu}\p{Ll}{0,9}) ))"
)
LEAST_BEHIND = 25  # code points of the paragraph behind it
LONGEST_GLUED = 160  # code points of a headline that lost its break
SEPARATORS = frozenset(":|/–—-©>»")
PARTED = regex.compile(r"\s+[|·•–—]\s+")
LONGEST_LINK = 25  # words
SIGNS = regex.compile(r"^[\p{So}\s]+")
OPENS = frozenset("“\"‘'«„`")


@attrs.frozen
class Shape:
    """What a line looks like: its words (at most `MOST_WORDS`), how it ends, and which of its words have a capital."""

    text: str
    words: tuple[str, ...]
    count: int
    stops: bool
    """It ends with a stop, marks and brackets behind it left aside."""
    closes: bool
    """It ends with a mark that may close a quotation."""
    last: str
    titled: bool
    """Most of its words have a capital, as in headlines."""
    named: bool
    """It is two to four words with a capital, the first of them a first name or an initial, as names are."""
    jobs: bool
    """It names a job in a newsroom and says nothing else."""


def shape_of(text: str) -> Shape:
    """The shape of a line without white space around it."""
    if len(text) > LONGEST:
        stops = _stops(text[-20:])
        return Shape(text, (), MOST_WORDS + 1, stops, text[-1] in "”\"’'»", text[-1], False, False, False)
    found = tuple(WORD.findall(text))
    weighed = [w for w in found if w.lower() not in words("text/title_small_words") and w[0].isalpha()]
    capitals = sum(w[0].isupper() for w in weighed)
    titled = len(weighed) > 2 and capitals >= 0.75 * len(weighed) and sum(w[0].isupper() for w in found) > 3
    return Shape(
        text,
        found,
        len(found),
        _stops(text),
        text[-1] in "”\"’'»",
        text[-1],
        titled,
        _is_named(found),
        _has_jobs(found),
    )


def _stops(text: str) -> bool:
    plain = text.rstrip(CLOSERS + " ")
    return plain[-1:] in STOP and not plain.endswith((" Jr.", " Sr.", " Inc.", " Ltd."))


def is_short(shape: Shape) -> bool:
    """Whether a line is too short for a paragraph and has no stop: a headline, a name, a label."""
    return shape.count <= 25 and not shape.stops and shape.last not in ",;:—–" and bool(shape.words)


def is_item(shape: Shape) -> bool:
    """Whether a line begins with a bullet or a number, as items of lists do."""
    return ITEM.match(shape.text) is not None


def is_quotation(shape: Shape) -> bool:
    """Whether a line is a quotation and nothing else but signs, as pull quotes and signed reviews are: ★★★ “Good.”"""
    opens = SIGNS.sub("", shape.text)[:1]
    return bool(opens) and opens in OPENS and shape.closes and shape.count >= 2


def is_name_line(shape: Shape) -> bool:
    """Whether all words of a line that are not small have a capital or are figures: a name, with place or age."""
    if not 1 <= shape.count <= 10 or (shape.stops and not shape.named):
        return False
    big = [w for w in shape.words if w.lower() not in words("text/name_joining_words")]
    return bool(big) and all(w[0].isupper() or w[0].isdigit() for w in big) and shape.text[0].isupper()


def _is_named(found: tuple[str, ...]) -> bool:
    plain = [w for w in found if w.lower() not in words("text/name_joining_words")]
    if not 2 <= len(plain) <= 4 or not all(w[0].isupper() for w in plain):
        return False
    first = plain[0].rstrip(".").capitalize() if len(plain[0]) > 2 else plain[0]
    return len(first) < 3 or is_first_name(first)


def _has_jobs(found: tuple[str, ...]) -> bool:
    low = [w.lower().rstrip(".") for w in found]
    return (
        1 <= len(low) <= 8
        and any(w.rstrip("s") in words("text/reporting_jobs") or w in words("text/reporting_jobs") for w in low)
        and (not any(w in ("said", "says", "has", "have", "is", "was", "told", "will") for w in low))
    )


Furniture = Literal["byline", "credit", "caption", "dateline", "link", "advertisement", "end", "post"]


def furniture(shape: Shape) -> Furniture | None:
    """What a line is whose words alone show that it is no part of the article's text; None for all others."""
    text = shape.text
    if shape.count > MOST_WORDS:
        return None
    if not shape.words or RULE.fullmatch(text):
        return "end"
    if _is_byline(shape) or _is_parted_byline(shape) or _is_timed_byline(shape):
        return "byline"
    answers = ANSWERING.fullmatch(text) is not None
    posted = POSTED.fullmatch(text) is not None and shape.count <= 12 and not shape.stops and not answers
    if posted and not MAIL.search(text):
        return "byline" if HANDLE.fullmatch(text) else "post"
    if answers or _is_dated(shape):
        return "dateline"
    if _is_credit(shape):
        return "credit"
    if shape.count <= 10 and (AGO.fullmatch(text) or COMMENTED.fullmatch(text)):
        return "dateline" if AGO.fullmatch(text) else "post"
    if shape.count <= 6 and MAIL.search(text):
        return "byline"
    return _by_opening(shape)


def _is_byline(shape: Shape) -> bool:
    """By Ann Lee; By ANN LEE and Bo Orr in Oxbow; By Ann Lee, Political Correspondent."""
    match = BY.match(shape.text)
    if match is None or shape.count > LONGEST_BYLINE:
        return False
    name, _, rest = shape.text[match.end() :].partition(",")
    parts = WORD.findall(name)
    big = [w for w in parts if w.lower() not in words("text/name_joining_words") and not w.startswith("@")]
    if not parts or not (parts[0][0].isupper() or parts[0] == "our"):
        return False
    if not all(
        w[0].isupper() or w[0].isdigit() or w.lower() in words("text/reporting_jobs") for w in big if w != "our"
    ):
        return False
    behind = [w.lower().rstrip(".") for w in WORD.findall(rest)]
    return not rest or (len(behind) <= 10 and not shape.text.endswith(("!", "?")) and not _has_clause(behind))


def _is_parted_byline(shape: Shape) -> bool:
    """Whether signs part a line into names, a place and a date: "Oxbow, 4 May | Ann Lee"."""
    parts = [part for part in PARTED.split(shape.text) if part.strip()]
    if not 2 <= len(parts) <= 5 or shape.stops or shape.count > LONGEST_BYLINE:
        return False
    dated = [part for part in parts if any(map(str.isdigit, part)) and _is_dated_place(part)]
    return 0 < len(dated) < len(parts) and all(part in dated or _is_named(tuple(WORD.findall(part))) for part in parts)


def _is_timed_byline(shape: Shape) -> bool:
    """Whether a line is a time and a name, as over the entries of a live blog: "14.32 Ann Lee"."""
    clock, _, rest = shape.text.partition(" ")
    return not shape.stops and TIME.fullmatch(clock.lower()) is not None and _is_named(tuple(WORD.findall(rest)))


def _is_dated_place(part: str) -> bool:
    """Whether words are a date, with at most three with a capital before it, as places are."""
    low = [word.lower().strip(".,") for word in WORD.findall(part)]
    dated = [TIME.fullmatch(word) is not None or word in words("text/calendar_words") for word in low]
    return (
        any(dated) and sum(not each for each in dated) <= 3 and part.strip()[:1].isupper() | part.strip()[:1].isdigit()
    )


def _has_clause(low: list[str]) -> bool:
    return any(
        w in ("said", "says", "was", "were", "had", "has", "have", "is", "are", "would", "will", "told") for w in low
    )


def _is_dated(shape: Shape) -> bool:
    """Published 10:32 GMT, 4 May; OXBOW | Wed May 4, 2022; 5 min read: dates, times and at most three other words."""
    if (shape.stops and not shape.text.endswith((".m.", "M."))) or shape.count > 20:
        return False
    seen, others = 0, []
    for word in GLUE.sub(" ", " ".join(shape.words)).split():
        low = word.lower().strip(".'’-")
        if TIME.fullmatch(low) or is_of_calendar(low) or low in words("text/clock_and_zones"):
            seen += 1
        elif low not in words("text/date_line_words"):
            others.append(word)
    if not seen:
        return False
    lead = shape.words[0].lower() in ("published", "updated", "posted", "last")
    figures = any(c.isdigit() for c in shape.text)
    few = (lead or seen >= 3) and len(others) <= 3
    return figures and (not others or (few and others[0][0].isupper()))


def is_of_calendar(low: str) -> bool:
    """Whether a word, in small letters and without a stop, is a day's, a month's or short for one: "mar", "tues"."""
    return low in words("text/calendar_words") or (low[:3].rstrip(".") in _months() and len(low) < LONGEST_SHORT)


@cache
def _months() -> frozenset[str]:
    return frozenset(
        w[:3] for w in words("text/calendar_words") if w not in ("week", "month", "year", "night", "evening")
    )


def _is_credit(shape: Shape) -> bool:
    if shape.count > LONGEST_CREDIT:
        return False
    if BRACKETED.fullmatch(shape.text):
        inner = shape.text.strip("()[]. ")
        return (
            CREDITED.search(inner) is not None
            or "/" in inner
            or inner.lower().startswith(("photo", "picture", "image"))
        )
    return shape.text[0] == "©" or (CREDITED.search(shape.text) is not None and "/" in shape.text and not shape.stops)


def trailing_credit(text: str) -> int | None:
    """Where a credit begins behind the last sentence of a line; None where there is none."""
    tail = max(0, len(text) - 120)
    for match in BEHIND.finditer(text, tail):
        rest = text[match.end() :]
        if len(WORD.findall(rest)) <= 8 and not _stops(rest.strip() or "."):
            found: int = match.start("word") if match["word"] else match.end() - len(match.group().lstrip())
            return found
    return None


def glued_head(text: str) -> int | None:
    """Where the paragraph begins behind a headline, or a credit, that lost its break; None where none did.

    "Weir to close in MayThe owner said", "held after raidPolice said": a capital inside a word of small letters, or
    with a word that begins sentences, before which nothing stops.
    """
    for match in GLUED.finditer(text, 0, min(len(text), LONGEST_GLUED)):
        head = text[: match.start()]
        if any(mark in head for mark in '.!?…“"”'):
            return None
        starter = match["starter"]
        if starter is not None and starter not in words("text/sentence_starters"):
            continue
        if 2 <= head.count(" ") < MOST_WORDS and len(text) > match.start() + LEAST_BEHIND:
            found: int = match.start()
            return found
    return None


def _by_opening(shape: Shape) -> Furniture | None:
    """By the first words, up to four: "Photo: …", "Read more: …"; a line that says no more, or a short one."""
    if AGENCY.match(shape.text) is not None and not shape.stops:
        return "caption"  # "PA   Passing through: the dog was found at Ayr station"
    low = [w.lower() for w in regex.findall(r"[\p{L}\p{N}'’]+", shape.text[:80])[:5]]
    for size in range(min(4, len(low)), 0, -1):
        kind = line_openings().get(" ".join(low[:size]))
        if kind is None:
            continue
        behind = _behind(shape.text, low[:size])
        rest = len(shape.words) - size
        if not behind.strip(" .:|…>»→"):
            return kind
        if kind == "caption" and size > 1 and behind.startswith(","):
            return kind  # "Media caption, Watch: the boats come in"
        if behind.lstrip()[:1] in SEPARATORS and kind != "advertisement":
            return kind if rest <= LONGEST_LINK and _may(kind, shape) else None
        if kind in ("credit", "byline") and low[size : size + 1] == ["by"] and rest <= 12:
            return kind
        if kind == "caption" and size > 1 and shape.text[0].isupper() and behind.lstrip()[:1].isupper():
            return kind  # "Image caption The bridge at dawn"
        if kind in ("advertisement", "end", "dateline") and size > 1 and rest <= 14:
            return kind
    return None


def _may(kind: str, shape: Shape) -> bool:
    """Whether a line with a word and a colon may be furniture: "Video: what the mayor said." is a sentence.

    Behind "Interview:" stands whoever made it, or a title.
    """
    if kind == "byline":
        return all(w[0].isupper() or w.lower() in words("text/name_joining_words") for w in shape.words)
    return kind in ("link", "end", "caption") or not shape.stops or shape.count <= 9


def _behind(text: str, low: list[str]) -> str:
    at = 0
    plain = text.lower()
    for word in low:
        at = plain.find(word, at) + len(word)
    return text[at:]


@cache
def line_openings() -> dict[str, Furniture]:
    """What kind of line opens with which words, lower case: "read more" a link, "photo" a credit."""
    table: dict[str, Furniture] = {}
    for line in lines("text/line_openings"):
        kind, _, opening = line.partition("|")
        table[opening] = kind  # type: ignore[assignment]
    return table
