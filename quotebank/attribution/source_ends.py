"""Sources that are cut off or begin too soon, and contents that are cut off.

"said Ann Lee, who joined him at the" goes on to "news conference", a name to its end: the network finds who is meant by
the words that name somebody, and now and then leaves out the end of what describes them. "She added that | the CEO" has
a conjunction that is no part of a name.
"""

from __future__ import annotations

from quotebank.attribution.decoding import Tagged
from quotebank.attribution.expressive_quotations import OWNERS
from quotebank.attribution.subjects import INSIDE, PRONOUNS
from quotebank.text import Tokens, is_of_calendar, words

LONGEST_TAIL = 24  # tokens that a content may be short of
LONGEST_REST = 10  # tokens that an end may be short of
PREPOSITIONS = frozenset({"of", "in", "at", "on", "for", "from", "with", "by", "as", "than", "about", "into", "near"})
OPENING = PREPOSITIONS | OWNERS | {"a", "an", "the"}  # what ends no phrase
LEFT_OPEN = PREPOSITIONS | {"a", "an", "the", "its", "their", "to"}
NUMBERS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many", "few"})
JOINING = frozenset({"and", "or", "but"})
GOING_ON = INSIDE - {"."}
DROPPED = frozenset({"to", "and", "of"})  # "The only man to | claim that …"
PASSIVE = frozenset({"being", "been"})  # "recalls | being told by her father"
MEANWHILE = frozenset({"as", "when", "while", "after", "before"})
DATE_MARKS = frozenset({",", ":", "."})
ALONE = PRONOUNS | {"you"}  # they are a whole source
CONJUNCTIONS = frozenset({"that", "what", "whether", "if"})


def whole_source(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The tokens of a claim's source up to where its last phrase ends; less that phrase where no end is near."""
    source = _without_conjunction(tokens, _with_name(tokens, _noun_phrase(tokens, _one_side(tokens, claim), claim.cue)))
    source = source[len(source) > 1 and tokens.word(source[0]) in PASSIVE :]
    source = _without_occasion(tokens, _without_date(tokens, _without_reader(tokens, source)))
    source = source[-1:] if _ends_in_subject(tokens, source, claim.cue) else source
    if not source:
        return source
    others = {*claim.cue, *claim.content}
    opens = len(source) > 1 and tokens.word(source[-1]).lower() in OPENING
    if opens or _tells(tokens, source):
        rest = _rest(tokens, source[-1] + 1, others)
        source = source + rest if rest or not opens else _cut(tokens, source, OPENING)
    return _cut(tokens, source + _rest_of_name(tokens, source, others), DROPPED)


def whole_content(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The tokens of a claim's content up to where a phrase that its last word opens ends: "to stay in | the union"."""
    content = _cut(tokens, claim.content, JOINING) or claim.content  # "declined to comment and | hung up"
    counted = (
        bool(content) and tokens.word(content[-1]).lower() in NUMBERS and tokens.word(content[-1] + 1).endswith("s")
    )
    if not content or not (counted or tokens.word(content[-1]).lower() in LEFT_OPEN):
        return content
    others = {*claim.cue, *claim.source}
    whole = content + _rest(tokens, content[-1] + 1, others, LONGEST_TAIL)
    return content if whole[-1] + 1 in others else whole


def _noun_phrase(tokens: Tokens, source: tuple[int, ...], cue: tuple[int, ...]) -> tuple[int, ...]:
    """The source, of a name cut at its hyphen all of it; not a verb behind "said Ann Lee, whose house | has been"."""
    word = tokens.word
    if not source or word(source[0]).lower() not in words("attribution/auxiliary_forms") | {"-"}:
        return source
    if word(source[0]) == "-":
        begin, first = source[0], tokens.sentence_of(source[0])[0]
        while begin > first and (_is_capital(word(begin - 1)) or word(begin - 1) == "-"):
            begin -= 1
        return (*range(begin, source[0]), *source)
    at = cue[-1] + 1 if cue else 0
    end = tokens.capitals_end(at) if at else 0
    return tuple(range(at, end)) if at < end else source


def _without_conjunction(tokens: Tokens, source: tuple[int, ...]) -> tuple[int, ...]:
    """The source without the conjunction that leads to it: "She added that | the CEO"; not without "that report"'s."""
    if len(source) < 2 or tokens.word(source[0]) not in CONJUNCTIONS:
        return source
    end = next((k for k in range(1, len(source)) if not _is_open(tokens.word(source[k]))), len(source))
    last = tokens.word(source[max(end - 1, 1)])
    several = last.endswith("s") and not last.endswith("ss")
    return source[1:] if end == 1 or _is_capital(last) or several else source


def _without_reader(tokens: Tokens, source: tuple[int, ...]) -> tuple[int, ...]:
    """The source without who reads it out: "In a statement read by her solicitor, | Al Orr, | his widow, Ann Lee"."""
    before = [tokens.word(i).lower() for i in range(max(source[0] - LONGEST_REST, 0), source[0])] if source else []
    comma = next((k for k, i in enumerate(source) if tokens.word(i) == ","), 0)
    read = "read" in before and {"by", "out"} & set(before[before.index("read") + 1 : before.index("read") + 2])
    return source[comma + 1 :] if read and 0 < comma < len(source) - 1 else source


def _without_occasion(tokens: Tokens, source: tuple[int, ...]) -> tuple[int, ...]:
    """The source without what happened meanwhile: "a man in the crowd | as Bo Orr walked by", not "Lee as chair"."""
    at = next((k for k, i in enumerate(source) if k and tokens.word(i).lower() in MEANWHILE), 0)
    behind = range(source[at] + 1, source[-1] + 2) if at else range(0)
    indefinite = tokens.word(source[0]).lower() in ("a", "an", "one") if source else False
    if (
        at
        and indefinite
        and tokens.word(source[at]) == "as"
        and tokens.word(source[at] + 1).lower() in ("the", "he", "she")
    ):
        return source[:at]  # "a man in the gallery | as the coroner, Ann Lee, left"
    acts = (
        (_is_capital(tokens.word(i)) or tokens.word(i).lower() in PRONOUNS)
        and (tokens.word(i + 1).islower() and tokens.word(i + 1).endswith("ed"))
        for i in behind
    )
    return source[:at] if any(acts) else source


def _without_date(tokens: Tokens, source: tuple[int, ...]) -> tuple[int, ...]:
    """The source without the date that lost its line to it: "3 Mar 2026 10:45 GMT | Councillor Ann Lee"."""
    begin = end = source[0] if source else 0
    first = tokens.sentence_of(begin)[0] if source else 0
    while begin > first and _is_dated(tokens.word(begin - 1)):
        begin -= 1
    while end in source and _is_dated(tokens.word(end)):
        end += 1
    run = [tokens.word(i) for i in range(begin, end)]
    year = any(word.isdigit() and len(word) == len("2026") for word in run)
    month = any(is_of_calendar(word.lower().rstrip(".")) for word in run)
    return tuple(i for i in source if i >= end) if year and month and _is_capital(tokens.word(end)) else source


def _is_dated(word: str) -> bool:
    low = word.lower().rstrip(".")
    return word[0].isdigit() or word in DATE_MARKS or is_of_calendar(low) or low in words("text/clock_and_zones")


def _ends_in_subject(tokens: Tokens, source: tuple[int, ...], cue: tuple[int, ...]) -> bool:
    """Whether the last word of a source is one that is all of it: "In the book | you say"."""
    before = len(source) > 1 and cue[:1] == (source[-1] + 1,)
    return before and tokens.word(source[-1]).lower() in ALONE and _is_open(tokens.word(source[-2]))


def _with_name(tokens: Tokens, source: tuple[int, ...]) -> tuple[int, ...]:
    """The source with the words before a bracket of which it has the end alone: "Ann Lee (born | in Oxbow) said"."""
    last = [tokens.word(i) for i in source]
    if last[-1:] != [")"] or "(" in last:
        return source
    first = tokens.sentence_of(source[0])[0]
    opens = next((i for i in range(source[0] - 1, first - 1, -1) if tokens.word(i) == "("), None)
    if opens is None or opens == first:
        return source
    begin = opens
    while begin > first and opens - begin < LONGEST_REST and _goes_on(tokens.word(begin - 1)):
        begin -= 1
    return tuple(range(begin, source[-1] + 1))


def _tells(tokens: Tokens, source: tuple[int, ...]) -> bool:
    """Whether a source has a clause between commas that is still open: ", who does not know her exact | age"."""
    marks = [k for k, i in enumerate(source) if tokens.word(i) == ","]
    opened = len(marks) == 1 and tokens.word(source[marks[0]] + 1).lower() in ("who", "whose", "which")
    return opened and source[marks[0]] + 1 < source[-1]


def _one_side(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The source on one side of a semicolon only: that of the cue."""
    source = claim.source
    mark = next((k for k, i in enumerate(source) if tokens.word(i) == ";"), None)
    if mark is None:
        return source
    first, other = source[:mark], source[mark + 1 :]
    return first if not other or (claim.cue and claim.cue[0] < source[mark]) else other


def _rest(tokens: Tokens, at: int, others: set[int], longest: int = LONGEST_REST) -> tuple[int, ...]:
    """The tokens from `at` up to a mark, a sentence's end or another part of the claim; none if it is far."""
    end = at
    last = min(at + longest + 1, tokens.sentence_of(at - 1)[1])
    while end < last and end not in others and _goes_on(tokens.word(end)):
        end += 1
    return tuple(range(at, end)) if end <= at + longest else ()


def _goes_on(word: str) -> bool:
    return word[0].isalnum() or word in GOING_ON


def _rest_of_name(tokens: Tokens, source: tuple[int, ...], others: set[int]) -> tuple[int, ...]:
    """The capitals behind a source that ends in one: "the blogger Andrew | Sullivan"."""
    at = end = source[-1] + 1 if source else 0
    if at < 2 or not _is_capital(tokens.word(at - 1)):
        return ()
    last = min(at + LONGEST_REST, tokens.sentence_of(at - 1)[1])
    while end < last and end not in others and _is_capital(tokens.word(end)):
        end += 1
    return tuple(range(at, end))


def _is_open(word: str) -> bool:
    return (word[0].isalnum() or word == "-") and word.lower() not in words("text/closed_class")


def _is_capital(word: str) -> bool:
    low = word.lower()
    return word[0].isupper() and low not in words("text/calendar_words") and low not in words("text/closed_class")


def _cut(tokens: Tokens, source: tuple[int, ...], ends: frozenset[str]) -> tuple[int, ...]:
    while source and tokens.word(source[-1]).lower() in ends:
        source = source[:-1]
    return source
