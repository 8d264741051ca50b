"""The words of a source as a phrase: where it begins and ends, and whether it is a transcript's label."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from quotebank.spans import Span, covered
from quotebank.speakers.noun_phrases import DETERMINERS, bounds, description
from quotebank.speakers.role_chunks import Names
from quotebank.speakers.role_nouns import is_person_noun
from quotebank.speakers.roles import POSSESSIVES
from quotebank.text import DASHES, OWNS, Words, is_capital, is_closed, words

if TYPE_CHECKING:
    from quotebank.attribution import Attribution
    from quotebank.speakers.whole_names import NameMention

BETWEEN = frozenset({"of", "and", "most", "many", "some", "all", "both", "one"})  # "…, | one of | whom"
BELOW = frozenset({"of", "for", "to", "with", "by"})  # "a spokesman | for | Mayor Lee", who is not the one
OPENS_NONE = frozenset({"and", "of", "at", "for", OWNS})
LONGEST_PHRASE = 12
AGED = 3  # words of a name, a comma and an age
WHO = frozenset({"who", "whom"})
RELATIVES = WHO | {"which", "that"}
BEFORE_PLACES = frozenset({"of", "from", "in", "at", "near"})
LONGEST_TAIL = 20  # words between a name and "who"
BEFORE_SOURCES = frozenset(  # no part of one
    {"but", "and", "yet", "so", "still", "then", "while", "by", "beyond", "of", "in", "on", "to", "from", "for", "with"}
    | {"within", "among", "into"}
)
BEHIND_SOURCES = RELATIVES | {"he", "she", "we", "they", "also", "himself", "herself", "itself", "themselves", "this"}
INSIDE_PHRASE = frozenset({"of", "and", "the", "a", "an", "some", "many", "at", "for", OWNS})
PAIRS = {")": "(", "”": "“"}
SENT = frozenset(
    {"statement", "letter", "message", "release", "memo", "email", "e-mail", "tweet", "post", "telegram", "note"}
)
"""What somebody says something in, and who that is says it; a report or a study says it by itself."""

SENDING = frozenset({"sent", "wrote", "had", "has", "left", "posted"})
ISSUING = frozenset({"sent", "issued", "wrote", "released", "published", "circulated", "posted"})
FAR_ARTICLE = 4  # words from "a" to the noun of "a handwritten farewell note"
HAS_SAID = frozenset({"said", "says", "say", "told", "wrote", "has", "had", "have", "will", "would", "is", "was"})
OF_NOUNS = DETERMINERS | {OWNS}

AND_ANOTHER = frozenset({("and", "a"), ("and", "an"), ("or", "a")})


def source_core(w: Words, first: int, end: int) -> tuple[int, int]:
    """The words of a source without a possessive or marks at its end and marks at its beginning."""
    while end - first > 1 and (_is_sign(w, first) or _leads_to(w, first) or _is_dateline(w, first, end)):
        first += 1
    while end - first > 1 and (_owns_more(w, end) or _is_mark(w, first, end - 1) or _begins_more(w, end - 1)):
        end -= 1
    if end - first == AGED and w.words[end - 2] == "," and w.words[end - 1].isdigit():
        end -= 2  # "Nils, | 8"
    if first and w.low[first - 1] in ("the", "a", "an") and w.sentences[first - 1] == w.sentences[first]:
        first -= 1
    first = _behind_participle(w, first, end)
    if w.low[first : first + 2] == ["one", "of"] and w.low[first + 2 : first + 4] in (["them", ","], ["these", ","]):
        first += 4 * (first + 4 < end and is_capital(w.words[first + 4]))  # "One of them, | Luxavia, said"
    return _sender(w, first, end)


def _behind_participle(w: Words, first: int, end: int) -> int:
    """Where who speaks begins behind what they do meanwhile: "Sentencing Bo Orr in Oxbow, | Judge Ann Lee"."""
    begin = first - (first > 0 and not w.opens_sentence(first) and w.opens_sentence(first - 1))
    doing = w.low[begin].endswith("ing") and w.opens_sentence(begin)
    doing = doing and w.low[begin] not in words("speakers/role_modifiers")
    comma = next((i for i in range(end - 2, first, -1) if w.words[i] == ","), first) if doing else first
    placed = not BEFORE_SOURCES.isdisjoint(w.low[first:comma]) or "at" in w.low[first:comma]
    titled = comma > first and end > comma + 2 and w.low[comma + 1].rstrip(".") in words("speakers/role_titles")
    return comma + 1 if placed and titled and w.words[begin + 1] != "," else first


def _is_dateline(w: Words, i: int, end: int) -> bool:
    """Whether a source's first word is the place that its line begins with: "OXBOW - | Farmers"."""
    dash = w.words[i + 1] if end - i > 2 else ""
    if dash not in DASHES or not w.words[i].isupper() or len(w.words[i]) < 3 or w.words[end : end + 1] == [dash]:
        return False
    return w.line_start(i) == i and w.low[i + 2] not in ("a", "an", "the")


def _owns_more(w: Words, end: int) -> bool:
    """Whether a source's last word is a possessive that is no part of a name: "Lee | 's letter", not "Moody's said"."""
    return w.low[end - 1] == OWNS and w.low[end : end + 1] != [] and w.low[end] not in HAS_SAID


def _leads_to(w: Words, i: int) -> bool:
    """Whether a source's first word is no part of its phrase: "But | Lee", "of | Lee"; not "In" of "In Touch"."""
    return w.low[i] in BEFORE_SOURCES and (w.words[i].islower() or w.low[i] in ("but", "and"))


def _begins_more(w: Words, i: int) -> bool:
    """Whether a source's last word is no part of its phrase: "sources | who", "figures | also"; not of "those who"."""
    alone = w.low[i - 1] in ("he", "she", "it", "they") and w.low[i].endswith(("self", "selves"))  # "she | herself"
    return w.low[i] in BEHIND_SOURCES and (alone or not is_closed(w.low[i - 1]))


def _sender(w: Words, first: int, end: int) -> tuple[int, int]:
    """The words for whom a statement or a letter is from; all words of the source, `first` to `end`, where none is.

    "a statement released by | the mayor's office", "the letter on her health, from | Dr Lee", "Dr Lee | 's letter"; a
    report speaks itself.
    """
    sent = first
    while sent < end and w.low[sent] not in SENT and (w.low[sent] in OF_NOUNS or not is_closed(w.low[sent])):
        sent += 1
    if sent == end or w.low[sent] not in SENT:
        return first, end
    limit = next((i for i in range(sent, end) if w.low[i] in RELATIVES), end)
    from_whom = next((i + 1 for i in range(sent + 1, limit - 1) if w.low[i] in ("from", "by")), None)
    if from_whom is not None and w.low[from_whom - 1] == "by" and "," in w.words[sent:from_whom]:
        from_whom = None  # "the email, seen by the Oxbow Courier"
    if from_whom is not None and _may_send(w.low[from_whom]):
        return from_whom, end
    if w.low[first] in ("his", "her"):
        return first, first + 1
    return first, max((i for i in range(first + 1, sent) if w.low[i] == OWNS), default=end)


def message_before(w: Words, attribution: Attribution) -> tuple[int, int] | None:
    """The message that "it" is behind its words, in the sentence before: "They found a note. “I left,” | it read"."""
    quotation = w.at(attribution.content[0].start)
    at = quotation - 1
    if not w.quoted[quotation] or quotation > w.at(attribution.source[0].start) or at < 0:
        return None
    begin = bisect_left(w.sentences, w.sentences[at])
    noun = next((i for i in range(at, begin, -1) if w.low[i] in SENT and w.lines[i] == w.lines[quotation]), begin)
    first = next((i for i in range(noun - 1, max(noun - FAR_ARTICLE, begin), -1) if w.low[i] in ("a", "an")), begin)
    sent = any(w.low[i] in ISSUING for i in range(begin, first))  # "The council issued a statement": it speaks
    plain = first > begin and not sent and not any(map(is_closed, w.low[first + 1 : noun]))
    return (first, noun + 1) if plain and w.low[first - 1] not in ("in", "through", "by") else None


def sent_by(w: Words, end: int) -> tuple[int, int] | None:
    """The words for who sent the message that ends before word `end`: "a note that | Ann Lee | had left"."""
    if w.low[end : end + 1] not in (["that"], ["which"]):
        return None
    stop = next((i for i in range(end + 1, w.sentence_end(end)) if w.low[i] in SENDING), end)
    first = end + 1
    return (first, stop - (w.words[stop - 1] == ",")) if stop > first else None


def is_modifier(w: Words, mention: NameMention, end: int) -> bool:
    """Whether a name only describes what follows it: "Trump's aide", "the Trump campaign", "Hartley manager".

    Also with another one: "the former Kiwi Fern and Warriors player". `end` is the end of the source.
    """
    if mention.end >= end or (mention.end == end - 1 and w.words[mention.end] in words("text/post_nominals")):
        return False  # "Ann Lee MP"
    after, other = w.low[mention.end], w.capitals_end(mention.end + 1)
    if after == "and" and mention.end + 1 < other == end - 1:
        return is_person_noun(w.low[other])
    several = after in words("speakers/organization_nouns") | words("speakers/plural_heads")  # "the Reyes family"
    return after == OWNS or several or is_person_noun(after)


def coordinated(w: Words, a: NameMention, b: NameMention) -> bool:
    """Whether nothing but "and" or a comma stands between two names."""
    return w.low[a.end : b.start] in (["and"], ["or"], [","], ["&"], [",", "and"])


def in_a_statement(w: Words, found: Sequence[Attribution], attribution: Attribution) -> Attribution | None:
    """The attribution before one by "the statement" that is told "in a statement", whose speaker speaks there too."""
    first, end = bounds(w, attribution.source)
    if w.low[first] not in ("the", "this") or end != first + 2 or w.low[first + 1] not in SENT:
        return None
    for told in reversed(found[: found.index(attribution)]):
        at = w.at((told.source or told.content)[0].start)
        begin, stop = bisect_left(w.sentences, w.sentences[at]), w.sentence_end(at)
        if any(
            w.low[i : i + 3] in (["in", "a", w.low[first + 1]], ["in", "an", w.low[first + 1]])
            for i in range(begin, stop)
        ):
            return told if told.source else None
    return None


def _may_send(low: str) -> bool:
    """Whether a phrase that begins with a word may be who sends something: not "by Friday" or "from 2019"."""
    return low in DETERMINERS or not (is_closed(low) or low[0].isdigit())


def _is_mark(w: Words, first: int, i: int) -> bool:
    """Whether the last word of a phrase is a mark: one that closes only where nothing in the phrase opens it."""
    mark, before = w.words[i], w.words[first:i]
    if mark in PAIRS:
        return before.count(PAIRS[mark]) <= before.count(mark)
    share = mark == "%" and i > first and w.words[i - 1][0].isdigit()
    return before.count('"') % 2 == 0 if mark == '"' else _is_sign(w, i) and not share


def without_clause(w: Words, first: int, end: int) -> int:
    """The end of a phrase without a relative clause or whom it includes."""
    named = w.low[first] in words("speakers/quantifiers") | {"the", "a", "an", "my", "our", *POSSESSIVES}
    for i in range(first + 1, end):
        low, behind = w.low[i], w.words[i - 1] == ","
        if low in ("-", "–", "—") and w.ends[i - 1] < w.starts[i]:
            return i
        # "the post, | shared 40,000 times"
        participle = named and w.words[i].islower() and (low.endswith(("ed", "ing")) or low == "known")
        follows = w.low[i + 1] if low in ("and", "but", "also") and i + 1 < end else low
        clause = behind and (participle or follows in ("who", "whose", "which") or low == "also")
        one = (
            behind and named and low in ("a", "an") and not any(map(is_capital, w.words[i:end]))
        )  # "his late father, | a driver", not "a nurse, a cook and a maid"
        clause = clause or (one and not any(pair in AND_ANOTHER for pair in pairwise(w.low[i:end])))
        dated = participle and low.endswith("ed") and w.low[i + 1 : i + 2] == ["in"]
        clause = clause or (dated and w.words[i + 2 : i + 3] != [] and w.words[i + 2].isdigit())  # "| founded in 1977"
        if clause or low == "including":
            return i - 1 if behind and i - 1 > first else i
    return end


def phrase_before(w: Words, pronoun: int) -> tuple[int, int]:
    """The words of the phrase that the relative pronoun at word `pronoun` goes back to; none where none is there."""
    end = pronoun
    while end and w.sentences[end - 1] == w.sentences[pronoun] and (_is_sign(w, end - 1) or w.low[end - 1] in BETWEEN):
        end -= 1
    if not end or w.sentences[end - 1] != w.sentences[pronoun]:
        return end, end
    first = end - 1
    while first and pronoun - first < LONGEST_PHRASE and _is_of_phrase(w, first - 1, end):
        first -= 1
    while first < end - 1 and (w.low[first] in OPENS_NONE or _is_sign(w, first)):
        first += 1
    return first, end


def _is_sign(w: Words, i: int) -> bool:
    return not any(map(str.isalnum, w.low[i]))


def _is_of_phrase(w: Words, i: int, end: int) -> bool:
    """Whether word `i` can belong to the phrase that ends before word `end`."""
    low = w.low[i]
    place = low in BEFORE_PLACES and all(is_capital(w.words[k]) for k in range(i + 1, end))  # "villagers | from Kells"
    return w.sentences[i] == w.sentences[end - 1] and (place or not is_closed(low) or low in INSIDE_PHRASE)


def role_leads(w: Words, first: int, role: tuple[int, int], place: int) -> bool:
    """Whether a role in a source leads to the name at `place`: not in "the officer who found Lee".

    Nor in "the mother of actor Lee": another one's mother is no office.
    """
    begin, end = role
    anothers = any(w.low[i] == "of" and is_person_noun(w.low[i + 1]) for i in range(begin, end - 1))
    before = begin - 1 - (w.low[begin - 1 : begin] == ["the"])
    below = begin > first and w.low[before] in BELOW
    return not anothers and not below and RELATIVES.isdisjoint((*w.low[first:begin], *w.low[end:place]))


def leads(w: Words, first: int, place: int) -> bool:
    """Whether the words from `first` up to a place leave it the head: none puts what is there below them.

    Not in "an actor playing | Bo Lee".
    """
    between, last = w.low[first:place], w.words[place - 1]
    if len(between) > 1 and last.islower() and last.endswith("ing") and not is_person_noun(last):
        return False
    return not any(low in words("text/closed_class") and low not in OF_NOUNS for low in between)


def named_before(w: Words, end: int, by_word: Mapping[int, NameMention], names: Names) -> NameMention | None:
    """The person's name that the words before word `end` are, or go on from: "Ann Reyes, a nurse, | who"."""
    end -= w.low[end - 1] in WHO
    for i in range(end - 1, max(end - LONGEST_TAIL, -1), -1):
        if w.sentences[i] != w.sentences[end - 1]:
            return None
        mention = by_word.get(i)
        if mention is not None and mention.type == "PER":
            tail = _pieces(w, mention.end, end)
            return mention if all(_describes(w, *piece, by_word, names) for piece in tail) else None
    return None


def _pieces(w: Words, first: int, end: int) -> list[tuple[int, int]]:
    """The words from `first` to `end` in pieces, cut at commas and brackets, none empty."""
    marks = [first - 1, *(i for i in range(first, end) if not w.low[i][0].isalnum()), end]
    return [(a + 1, b) for a, b in pairwise(marks) if b > a + 1]


def _describes(w: Words, first: int, end: int, by_word: Mapping[int, NameMention], names: Names) -> bool:
    """Whether words between commas tell of who stands before them: an age, a place, "of Ayr", "a former miner"."""
    if w.low[first] in BEFORE_PLACES | RELATIVES or all(i in by_word or w.low[i].isdigit() for i in range(first, end)):
        return True
    return description(w, first, end, names) is not None


def is_label(w: Words, attribution: Attribution) -> bool:
    """Whether a source is the label of a turn: capitals before a colon."""
    source = covered(w.text, attribution.source)
    if source.rstrip(".:") in ("Q", "A"):
        return True
    return [s.slice(w.text) for s in attribution.cue] == [":"] and source.isupper()


def apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, of two that overlap the first given alone."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(sorted(kept))
