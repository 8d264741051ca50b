"""Where an organization's name begins and ends: over "of", "for" and "and", lists of fields, "Standard & Poor's"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quotebank.text import OWNS, Words, is_capital, is_closed, is_first_name, words

if TYPE_CHECKING:
    from quotebank.speakers.name_mentions import NameMention

FORMS = frozenset({"plc", "ltd", "inc", "gmbh", "ag", "spa", "llp"})
CONNECTORS = frozenset({"of", "for", "on", "and", "the", "in", "at", "&", OWNS, "to", "a", "an"})
FIELD_BODIES = frozenset(  # whose names list fields: "Department for Media, Culture and Sport"
    {"department", "ministry", "committee", "subcommittee", "commission", "council", "institute", "center", "centre"}
    | {"office", "bureau", "agency", "secretariat", "directorate", "faculty", "school", "society"}
)
HEADLINE_VERBS = frozenset(  # which no name holds, also where a headline has capitals throughout: "Ferry Boss | Says"
    {"says", "said", "tells", "told", "warns", "warned", "denies", "denied", "admits", "admitted", "insists", "vows"}
)
PLURALS_IN_NAMES = frozenset(
    {"sports", "arts", "news", "games", "savings", "services", "motors", "systems", "affairs", "works", "foods"}
    | {"women's", "men's", "girls", "boys", "workers", "students", "teachers", "veterans", "rights", "sales"}
)
LONGEST_FIELDS = 12
LONGEST_NAME_BACK = 12
LONGEST_KIND = 4  # words between the first capital and a body's name that say what it is


def organization_end(w: Words, first: int) -> int:
    """The end of the capitalized name that begins at word `first`: connectors inside it where a capital follows."""
    i = first + 1
    while i < len(w) and w.sentences[i] == w.sentences[first]:
        if w.low[i] in HEADLINE_VERBS:
            return i
        if is_capital(w.words[i]):
            i += 1
            continue
        if w.words[i] == "," and (listed := _fields_end(w, first, i)) is not None:
            i = listed
            continue
        ahead = i
        while ahead < len(w) and ahead - i < 3 and (w.low[ahead] in CONNECTORS or _is_particle(w.low[ahead])):
            ahead += 1
        same = ahead > i and ahead < len(w) and w.sentences[ahead] == w.sentences[first]
        follows = same and is_capital(w.words[ahead]) and w.low[ahead] not in words("text/calendar_words")
        if not follows or (w.low[i] in ("and", "in", "at", "on", "to") and not _goes_on(w, first, i, ahead)):
            break
        i = ahead + 1
    if w.low[i : i + 1] == [OWNS] and _ends_phrase(w, i + 1, first):
        return i + 1  # "Standard & Poor's"
    at = i + (w.low[i : i + 1] == [OWNS])  # "Germany's foreign ministry"
    for length in (1, 2, 3):  # "the Cardiff city council"
        words_after = w.low[at : at + length]
        closed = any(is_closed(low) for low in words_after) or (length > 1 and any(map(_may_be_verb, words_after[:1])))
        if (
            len(words_after) == length
            and not closed
            and words_after[-1] in words("speakers/organization_nouns") | FORMS
        ):
            return at + length if w.sentences[at + length - 1] == w.sentences[first] else i
    return i


def whole_end(w: Words, mention: NameMention, by_word: Mapping[int, NameMention]) -> int:
    """The end of the whole name that a mention of a body begins: none that owns another, or goes on to a person.

    "Acme's core business" is another body, "Acme Vice President of Sales Ann Reyes" none.
    """
    end = max(mention.end, organization_end(w, mention.first))
    person = any(i in by_word and by_word[i].type == "PER" for i in range(mention.end, end))
    return mention.end if person or OWNS in w.low[mention.end : end] else end


def _is_particle(low: str) -> bool:
    """Whether a word in lower case stands in names alone: "Banco de la Plata", "Mercado del Puerto"."""
    return low in words("text/name_particles") and not is_closed(low)


def _may_be_verb(low: str) -> bool:
    """Whether a lower-case word behind a name may be what it does, not a part of it: "Acme | opens second mill"."""
    return low.endswith("s") and not low.endswith(("ss", "us", "is")) and low not in PLURALS_IN_NAMES


def own_name(w: Words, first: int, limit: int) -> tuple[int, int]:
    """The name in a phrase that begins with a capital, behind what only says what it is, as far as word `limit`.

    "US phone company | Qwest", "Britain's biggest union | Unison"; "Oxbow Web site" as a whole.
    """
    end = min(organization_end(w, first), limit)
    noun = end
    while noun < limit and noun - end < LONGEST_KIND and not is_closed(w.low[noun]) and not is_capital(w.words[noun]):
        noun += 1
    behind = noun < limit and is_capital(w.words[noun]) and not is_capital(w.words[noun - 1])
    behind = behind and w.low[noun] not in words("text/calendar_words")
    if not behind or w.sentences[noun] != w.sentences[first] or is_closed(w.low[noun - 1]):
        return first, end
    stop = min(organization_end(w, noun), limit)
    if stop < limit and not is_closed(w.low[stop]):
        return first, end
    return noun, stop


def named_behind(w: Words, first: int, end: int) -> tuple[int, int] | None:
    """The name that a phrase gives behind a noun for a body, as its last word or before a new phrase; or None.

    "a company called | Knightline", "the growers' union, the | NGU", "music site | Earworm".
    """
    kinds = words("speakers/organization_nouns") | words("speakers/any_organization")
    for i in range(first, end - 1):
        if i > first and is_closed(w.low[i]) and w.low[i] != OWNS:
            return None
        if w.words[i].islower() and w.low[i] in kinds:
            at = i + 1 + (w.words[i + 1] == ",")
            at += 2 if w.low[at : at + 2] == ["known", "as"] else w.low[at] in ("called", "named")
            at += w.low[at : at + 1] == ["the"]
            if at >= end or not is_capital(w.words[at]):
                continue
            stop = min(organization_end(w, at), end)
            if stop == end or (is_closed(w.low[stop]) and w.low[stop] not in ("and", OWNS)):
                return at, stop
    return None


def _ends_phrase(w: Words, i: int, first: int) -> bool:
    """Whether nothing that can be owned follows at word `i`."""
    ends = i >= len(w) or w.sentences[i] != w.sentences[first]
    return ends or (is_closed(w.low[i]) and not w.low[i][0].isdigit() and w.low[i] not in ("own", "most"))


def name_start(w: Words, end: int) -> int:
    """Where the name that ends before word `end` begins: "the | Oxbow Department of Health"; `end` where none does."""
    start = i = end
    joined = False  # behind an "and" that may join two names: only a body of fields goes on over it
    while i > 0 and end - i < LONGEST_NAME_BACK and w.sentences[i - 1] == w.sentences[end - 1]:
        i -= 1
        if is_capital(w.words[i]) and (w.words[i].isupper() or not is_closed(w.low[i])):
            reaches = organization_end(w, i) >= end
            if not joined and not reaches:
                break
            if reaches and (not joined or w.low[i] in words("speakers/organization_nouns")):
                start = i
        elif w.low[i] == "and" and start == i + 1 and organization_end(w, max(i - 1, 0)) < end:
            joined = True  # "Party for Socialism | and Liberation"
        elif (w.low[i] not in CONNECTORS and w.words[i] != ",") or (
            w.low[i] in ("a", "an", ",", OWNS) and start == i + 1 and organization_end(w, max(i - 1, 0)) < end
        ):
            break
    return start


def _fields_end(w: Words, first: int, comma: int) -> int | None:
    """The end of the fields that a body's name lists from a comma on.

    "Department for Media, | Culture and Sport", "Prime Minister's Science, | Engineering and Innovation Council".
    """
    links = [k for k in range(first, comma) if w.low[k] in ("for", "of", "on")]
    before = not links and comma > first + 1
    if not before and (not links or w.low[links[0] - 1] not in FIELD_BODIES):
        return None
    i, size = comma + 1, len(w)
    while i < size and i - comma < LONGEST_FIELDS and w.sentences[i] == w.sentences[first]:
        if not is_capital(w.words[i]) or is_first_name(w.words[i]):
            return None
        i = w.capitals_end(i)
        closing = w.low[i : i + 1] == ["and"] or w.low[i : i + 2] == [",", "and"]
        if closing:
            i += w.low[i : i + 2].index("and") + 1
            end = w.capitals_end(i)
            return end if end > i and (not before or w.low[end - 1] in FIELD_BODIES) else None
        if w.words[i : i + 1] != [","]:
            return None
        i += 1
    return None


def _goes_on(w: Words, first: int, link: int, ahead: int) -> bool:
    """Whether a name goes on over "and", "in" or "at": "Committee on Energy and Commerce", not "Acme and Ann"."""
    if w.low[link] in ("in", "to"):
        return False
    if w.low[link] == "at":
        return link - first > 2
    if w.low[link] == "and" and ahead == link + 1 and w.low[link - 1] not in words("speakers/organization_nouns"):
        end = w.capitals_end(ahead)
        if end - ahead > 1 and w.low[end - 1] in words("speakers/organization_nouns"):
            return True  # "Securities and Exchange Commission"
    inside = {w.low[k] for k in range(first, link)}
    return bool(inside & {"of", "for", "on"} or w.low[link] == "on") and not w.low[ahead].endswith(".")
