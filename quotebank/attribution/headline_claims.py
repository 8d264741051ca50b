"""Claims of headlines that have no verb: "Second bridge would bankrupt city: mayor", "‘A disgrace’: islanders react".

The side of the colon or dash that names somebody is the source: a noun for a person, or who is a source or has that
last name in the article itself. "Ticks: where they live" names nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile

import attrs
import regex

from quotebank.attribution.decoding import Tagged, quoted_ranges
from quotebank.text import Line, LineKind, Tokens, is_first_name, line_at, words

SURE = 0.75
HEADLINES: frozenset[LineKind] = frozenset({"headline", "standfirst", "subheading", "link"})
SEPARATORS = frozenset({":", "–", "—", "-"})
LONGEST_NAME = 5  # tokens
SHORTEST_CONTENT = 3
FIRST_PERSON = frozenset({"i", "we"})  # who tells of themselves in a headline: "I never said it — Governor"
SAYS = frozenset({"says", "say", "said"})
LONGEST_TURNED = 2  # tokens of who speaks where all else is taken for the source
LONGEST_KICKER = 3  # tokens: "Exclusive:"
STUDIES = frozenset({"study", "studies", "survey", "poll", "report", "research", "inquiry", "audit"})
KICKERS = frozenset({"–", "—", "-", "|", "//", "·"})
BARS = frozenset({"|", "//"})  # what stands between a headline and a byline, or the paper's name
CLOCK = regex.compile(r"\d{1,2}[:.]\d\d")  # of a live report: "14:05 | Union: no deal"
PERSONS = regex.compile(r"(?:er|or|ist|man|woman|men|women|ian)s?$")


def with_headlines(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those of its headlines without a verb among them."""
    lines = [line for line in tokens.lines if line.kind in HEADLINES]
    if not lines:
        return tagged
    begins = {bisect_left(tokens.starts, line.start) for line in lines}
    tagged = [c for c in _without_kickers(tokens, lines, tagged) if not _is_kicker(tokens, c, begins)]
    ends = {bisect_left(tokens.starts, line.end) for line in lines}
    lasts = _last_names(tokens)
    tagged = [attrs.evolve(c, source=()) if _is_of_news(tokens, c, ends, tagged, lasts) else c for c in tagged]
    known = lasts | _named_in_sources(tokens, tagged)
    tagged = [c for c in tagged if not _is_turned_round(tokens, c, ends, known)]
    sourced = [c for c in tagged if c.source and not FIRST_PERSON.issuperset(tokens.word(i).lower() for i in c.source)]
    taken = {i for claim in sourced for part in (claim.content, claim.source) for i in part}
    found = []
    for line in lines:
        first, end = bisect_left(tokens.starts, line.start), bisect_left(tokens.starts, line.end)
        if line.kind == "link":
            first = _behind_opening(tokens, first, end)
        claim = None if not taken.isdisjoint(range(first, end)) else _claim(tokens, first, end, known)
        found.extend([] if claim is None else [claim])
    theirs = {i for claim in found for part in (claim.content, claim.source, claim.cue) for i in part}
    kept = [c for c in tagged if c in sourced or theirs.isdisjoint(c.content)]
    return sorted([*kept, *found], key=lambda claim: claim.content)


def _is_turned_round(tokens: Tokens, claim: Tagged, ends: set[int], known: frozenset[str]) -> bool:
    """Whether a claim without a verb takes for said who says it: "Survey to resume next week: | Collector"."""
    last, first = claim.content[-1] + 1, claim.content[0]
    if claim.cue or last not in ends or last - first > LONGEST_TURNED or tokens.word(first - 1) != ":":
        return False
    return bool(claim.source) and claim.source[-1] < first and _speaks(tokens, last, known)


def _is_of_news(tokens: Tokens, claim: Tagged, ends: set[int], tagged: list[Tagged], lasts: frozenset[str]) -> bool:
    """Whether a quotation's source is what a headline goes on to tell, behind a colon: “It roared”: | hill slides.

    `lasts` are the last names of the text.
    """
    if claim.cue or len(claim.source) <= LONGEST_TURNED or claim.source[-1] + 1 not in ends:
        return False
    if claim.source[0] != claim.content[-1] + 2 or tokens.word(claim.source[0] - 1) not in SEPARATORS:
        return False
    known = lasts | _named_in_sources(tokens, [other for other in tagged if other is not claim])
    return _name_end(tokens, claim.source[0], claim.source[-1] + 1, known) is None


def _is_kicker(tokens: Tokens, claim: Tagged, begins: set[int]) -> bool:
    """Whether what seems to report is how a headline opens: "Revealed: the towns that pay most"."""
    line_begins = max((at for at in begins if at <= claim.content[0]), default=-LONGEST_KICKER)
    if not claim.source and not claim.cue:
        opened = tokens.word(max(claim.content[0] - 1, 0)) == ":"
        return opened and claim.content[0] - line_begins <= LONGEST_KICKER
    if claim.source or claim.cue[0] not in begins:
        return False
    return claim.cue[-1] - claim.cue[0] < LONGEST_KICKER and tokens.word(claim.content[0] - 1) == ":"


def _without_kickers(tokens: Tokens, lines: list[Line], tagged: list[Tagged]) -> list[Tagged]:
    """The claims, those of a headline as far as its quotation, “I will stay” | – live updates, or its first part."""
    ends = {q.end: q.first for q in quoted_ranges(tokens, 1)}
    out = []
    for claim in tagged:
        line = line_at(tokens.lines, tokens.starts[claim.content[0]])
        cut = next((i for i in claim.content if i in ends and tokens.word(i) in KICKERS), None)
        ends_there = cut is not None and line in lines and ends[cut] == claim.content[0]
        cut = cut if ends_there else next((i for i in claim.content if tokens.word(i) in BARS), None)
        cut = cut if line in lines else None
        content = tuple(i for i in claim.content if cut is None or i < cut)
        out.append(attrs.evolve(claim, content=content) if content else claim)
    return out


def _behind_opening(tokens: Tokens, first: int, end: int) -> int:
    """The first token behind "Read more:"."""
    return next((i + 1 for i in range(first, min(end, first + 4)) if tokens.word(i) == ":"), first)


def _named_in_sources(tokens: Tokens, tagged: list[Tagged]) -> frozenset[str]:
    """The words, in lower case and without a plural's ending, that name the sources of claims."""
    found = {_single(tokens.word(i)) for claim in tagged for i in _naming(tokens, claim.source)}
    return frozenset(found - words("text/closed_class"))


def _last_names(tokens: Tokens) -> frozenset[str]:
    """The last names of a text, in lower case and without a plural's ending."""
    found, word = set(), tokens.word
    firsts = set(tokens.sentences)
    for i in range(1, len(tokens)):
        named = i - 1 not in firsts or is_first_name(word(i - 1))
        if i not in firsts and word(i)[0].isupper() and word(i - 1)[0].isupper() and named:
            found.add(_single(word(i)))
    return frozenset(found - words("text/closed_class"))


def _naming(tokens: Tokens, source: tuple[int, ...]) -> list[int]:
    """The words of a source that name it: its noun and the capitals before, of "Ann Lee, | who runs the shop"."""
    small = words("text/closed_class")
    joined = list(takewhile(lambda i: i == source[0] or tokens.word(i).lower() not in small, source))
    return [i for i in joined if tokens.word(i)[0].isupper() or i == joined[-1]]


def _single(word: str) -> str:
    low = word.lower()
    return low[:-1] if low.endswith("s") and len(low) > 3 else low


def _claim(tokens: Tokens, first: int, end: int, known: frozenset[str]) -> Tagged | None:
    """The claim of a headline, tokens `first` up to `end`; None where neither side of a sign names somebody."""
    first += CLOCK.fullmatch(tokens.word(first)) is not None
    first += tokens.word(first) in KICKERS
    quoted = {i for q in quoted_ranges(tokens, 1) if q.first < end and q.end > first for i in range(q.first, q.end)}
    reported = _behind_comma(tokens, first, end)
    if reported is not None:
        return reported
    signs = [
        i for i in range(first + 1, end - 1) if tokens.word(i) in SEPARATORS and i not in quoted and _apart(tokens, i)
    ]
    if not signs:
        return None
    at = signs[-1]
    if any(tokens.word(i) == "." and i not in quoted for i in range(first, at)):
        return None  # a sentence and a label behind it
    last = tokens.word(end - 1)
    body = last.islower() and at == end - 2  # "Two held over harbour blaze - | police"
    body = body and (last in STUDIES or last in words("text/organization_name_words"))
    speaks = body or _speaks(tokens, end, known)
    if end - at - 1 <= LONGEST_NAME and at - first >= SHORTEST_CONTENT and speaks:
        return Tagged(tuple(range(at + 1, end)), (at,), tuple(range(first, at)), SURE)
    at = signs[0]
    if quoted.issuperset(range(first, at)):
        stop = _name_end(tokens, at + 1, end, known)
        return None if stop is None else Tagged(tuple(range(at + 1, stop)), (at,), tuple(range(first, at)), SURE)
    asks = tokens.word(end - 1) == "?"  # "Street poll: should it move?"
    speaks = _speaks(tokens, at, known) or (tokens.word(at - 1).lower() in STUDIES and not asks)
    if at - first <= LONGEST_NAME and end - at - 1 >= SHORTEST_CONTENT and speaks:
        said = range(at + 1, end)
        if not quoted.isdisjoint(said) or any(
            tokens.word(i).lower() in words("attribution/headline_clause_words") for i in said
        ):
            return Tagged(tuple(range(first, at)), (at,), tuple(said), SURE)
    return None


def _behind_comma(tokens: Tokens, first: int, end: int) -> Tagged | None:
    """The claim of a headline that ends with who says it: "Bank knew of fraud in May, ex-clerk says"."""
    word = tokens.word
    comma = next((i for i in range(end - 2, max(first, end - LONGEST_NAME - 3), -1) if word(i) == ","), None)
    if comma is None or comma - first < SHORTEST_CONTENT:
        return None
    kicker = next((i + 1 for i in range(first, min(comma, first + LONGEST_KICKER)) if word(i) == ":"), first)
    said = tuple(range(kicker, comma))
    if word(end - 1).lower() in SAYS:
        return Tagged(tuple(range(comma + 1, end - 1)), (end - 1,), said, SURE) if end - 1 > comma + 1 else None
    if word(comma + 1).lower() in SAYS and end > comma + 2:
        return Tagged(tuple(range(comma + 2, end)), (comma + 1,), said, SURE)
    return None


def _apart(tokens: Tokens, i: int) -> bool:
    """Whether a sign parts a headline: a colon, or a dash with blanks around it."""
    return tokens.word(i) == ":" or (tokens.starts[i] > tokens.ends[i - 1] and tokens.ends[i] < tokens.starts[i + 1])


def _speaks(tokens: Tokens, end: int, known: frozenset[str]) -> bool:
    """Whether the words up to a token name somebody: their last one is a noun for a person, or is known."""
    last = tokens.word(end - 1).lower()
    return _single(last) in known or last in words("text/person_nouns") or _single(last) in words("text/person_nouns")


def _name_end(tokens: Tokens, first: int, end: int, known: frozenset[str]) -> int | None:
    """Where the name or noun ends with which the words behind a quotation begin; None where they begin with none."""
    for stop in range(first + 1, min(end, first + LONGEST_NAME) + 1):
        low = tokens.word(stop - 1).lower()
        if _speaks(tokens, stop, known) or (PERSONS.search(low) and low not in words("text/closed_class")):
            follows = stop < end and tokens.word(stop)[0].isupper() and tokens.word(stop - 1)[0].isupper()
            if not follows:
                return stop
    return None
