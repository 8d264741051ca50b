"""Speakers that are no named person: organizations, groups, documents, and what "they" and "it" stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from quotebank.records import SpeakerType
from quotebank.speakers.name_mentions import NameMention
from quotebank.speakers.noun_phrases import DETERMINERS, TRAILERS, is_person_noun, organization_end
from quotebank.speakers.organization_registry import AffiliationRegistry
from quotebank.text import OWNS, Tokens, Words, is_capital, is_closed, is_prose, words

if TYPE_CHECKING:
    from quotebank.attribution import Language, Sentence

INDEFINITE = frozenset({"a", "an", "one", "another", "someone", "somebody"})
PAIRS = frozenset(
    {"couple", "pair", "two", "duo", "brothers", "sisters", "siblings", "twins", "men", "women", "both", "each"}
)
COUNTS = frozenset({"percent", "%", "number", "numbers", "share", "half", "couple", "everyone", "everybody", "nobody"})
CAMPAIGNS = ("team", "camp")  # a candidate's campaign by another name
INSIDE = frozenset({OWNS, "some", "all", "those", "both", "another", "two", "three", "four", "five", "six"})
REACH = 3  # sentences of narration that "they" and "it" may look back over
OUTSIDE = frozenset({"acl", "appos", "parataxis", "punct", "cc", "discourse"})  # no part of a subject's name


@attrs.frozen
class Other:
    """A speaker that is no person: its name or phrase, its type, and the words `first` to `end` that named it."""

    name: str
    type: SpeakerType
    first: int
    end: int


def type_of(w: Words, first: int, end: int, by_word: dict[int, NameMention]) -> SpeakerType:
    """The type of a source that names no person, by the head of its phrase; `person` for one person described."""
    start = first
    while start < end - 1 and (w.low[start] in DETERMINERS or w.low[start] == "whose" or not w.low[start][0].isalnum()):
        start += 1
    stop = start
    while stop < end and not (is_closed(w.low[stop]) and w.low[stop] not in INSIDE):
        stop += 1
    last = max(stop - 1, start)
    head = w.low[last]
    if (
        last > start
        and not is_person_noun(head)
        and w.low[last - 1] in words("text/person_nouns")
        and not head.endswith("s")
    ):
        head = w.low[last - 1]  # "a person familiar with", "a source close to"
    if w.low[first] == "one" and "of" in w.low[first:end]:
        return "anonymous"
    if head in words("speakers/document_nouns"):
        return "organization"
    if (
        _joins_speakers(w, first, end, by_word)
        or _counts(w, start, end)
        or w.low[first] in words("speakers/quantifiers")
        or w.low[start] in words("speakers/quantifiers")
    ):
        return "group"
    office = (
        last > start
        and head in TRAILERS
        and w.low[last - 1] in words("speakers/role_titles") | words("text/person_nouns")
    )
    if office:  # "the Inspector General"
        return "person" if w.low[first] in DETERMINERS - INDEFINITE else "anonymous"
    if is_capital(w.words[last]) and not (last == first and w.low[last] in words("speakers/plural_heads")):
        several = w.words[last].removesuffix("s") if head.endswith("s") else ""
        mention = by_word.get(last)
        named = mention is not None and mention.type == "ORG"
        named = named or AffiliationRegistry.default().lookup(w.words[last]) is not None  # Reuters
        people = several in words("speakers/parties") or several in words("speakers/demonyms")
        people = people or (is_person_noun(several.lower() or "-") and not named)
        people = people or w.words[last] in words("speakers/demonyms") or head in words("speakers/plural_heads")
        if w.words[last] in words("speakers/parties") and is_person_noun(head) and w.low[first] in DETERMINERS:
            return "anonymous" if w.low[first] in INDEFINITE else "person"
        lone = last == start and mention is None and head.endswith("s") and w.opens_sentence(start)
        people = people or (lone and not named)
        several_of = several in words("speakers/parties") or several in words("speakers/demonyms")  # "House Democrats"
        whole = start < last and is_capital(w.words[start]) and not several_of
        return "group" if people and not whole else "organization"
    if head in words("speakers/plural_heads") or (head.endswith("s") and not head.endswith(("ss", "us", "is", "news"))):
        return "group"
    if is_person_noun(head) or w.low[first] in ("someone", "somebody"):
        return "anonymous" if w.low[first] in INDEFINITE or w.low[first] not in DETERMINERS else "person"
    return "organization"


def _counts(w: Words, start: int, end: int) -> bool:
    """Whether a phrase counts people: "52 percent of voters", "a number of teachers", "eight of 10", "no one"."""
    stop = next((i for i in range(start, end) if w.low[i] in ("of", ",", "who", "in", "at")), end)
    one = start - 1 if start and w.low[start - 1] == "one" else start  # it is a determiner too
    share = w.low[one] == "one" and w.low[one + 1 : one + 2] in (["in"], ["out"])
    counted = share or any(low in COUNTS for low in w.low[start:stop]) or w.low[start : start + 2] == ["no", "one"]
    shared = w.low[stop : stop + 1] == ["of"] and w.low[stop + 1 : stop + 2] and w.low[stop + 1][0].isdigit()
    return counted or bool(shared) or (w.low[start].rstrip("%").isdigit() and end - start > 1)


def _joins_speakers(w: Words, first: int, end: int, by_word: dict[int, NameMention]) -> bool:
    """Whether a phrase joins several speakers, before any preposition: "officials and analysts"."""
    for i in range(first + 1, end - 1):
        low = w.low[i]
        if low == "and":
            before, after = by_word.get(i - 1), by_word.get(i + 1)
            if before is not None and before is after:
                return False
            one = is_person_noun(w.low[i - 1]) and is_person_noun(w.low[end - 1]) and w.low[i + 1] not in DETERMINERS
            if one and w.low[first] in DETERMINERS and before is None:
                return False  # "the former first lady and U.S. senator"
            return not (is_person_noun(w.low[i - 1]) and w.low[end - 1] in words("speakers/organization_nouns"))
        if is_closed(low) and low not in (",", OWNS) and low not in DETERMINERS:
            return False
    return False


def name_of(w: Words, first: int, end: int, fuller: Mapping[str, NameMention]) -> str:
    """The name of an organization in a source phrase, in the fullest form of the text; else the phrase."""
    start = first
    while start < end - 1 and (w.low[start] in ("the", "a", "an") or not w.low[start][0].isalnum()):
        start += 1
    if not is_capital(w.words[start]) or (w.low[start] in words("text/closed_class")):
        return " ".join(w.between(first, end).split())
    last = min(organization_end(w, start), end)
    if last == start + 1 < end and w.opens_sentence(start):  # the capital may be the sentence's
        last = end
    name = w.between(start, last)
    full = fuller.get(name) or fuller.get(name.replace(".", ""))
    return " ".join((w.between(full.first, full.end) if full is not None else name).split())


def fuller_names(w: Words, named: Iterable[NameMention]) -> dict[str, NameMention]:
    """The fullest name of an organization by each shorter form of it, where it is one name's alone.

    A form begins the name, or is what follows its first words: "Daily Sun" of "New York Daily Sun".
    """
    found: dict[str, NameMention | None] = {}
    for mention in named:
        if w.low[mention.end : mention.end + 1] == ["campaign"]:
            campaign = NameMention(mention.first, mention.first, mention.end + 1, "ORG")
            found.update({f"{w.between(mention.first, mention.end)} {alias}": campaign for alias in CAMPAIGNS})
        if mention.type != "ORG":
            continue
        end = max(organization_end(w, mention.first), mention.end)
        whole = NameMention(mention.first, mention.first, end, "ORG")
        tails = [(i, end) for i in range(mention.first + 1, end - 1) if all(map(is_capital, w.words[i:end]))]
        for begin, cut in [*((mention.first, cut) for cut in range(mention.first + 1, end)), *tails]:
            form = w.between(begin, cut)
            other = found.get(form, whole)
            same = other is not None and (
                w.between(whole.first, whole.end) in w.between(other.first, other.end)
                or w.between(other.first, other.end) in w.between(whole.first, whole.end)
            )
            longer = whole if other is None or end - mention.first > other.end - other.first else other
            found[form] = longer if same else None
    return {form: mention for form, mention in found.items() if mention is not None}


class Others:
    """The organizations and groups of a text, as a reader has them in mind."""

    def __init__(self, w: Words, names: Sequence[NameMention], pairs: Sequence[tuple[int, int]]) -> None:
        self.words = w
        self.named = [m for m in names if m.type == "ORG" and not w.quoted[m.first]]
        self.starts = [m.first for m in self.named]
        self.pairs = [Other(w.between(a, b), "group", a, b) for a, b in pairs]
        self.spoken: list[Other] = []
        self.subjects: list[Other] = []

    def read(self, tokens: Tokens, language: Language, asked: Sequence[int], by_word: dict[int, NameMention]) -> None:
        """Find the subjects of the sentences before the words `asked`, each an "it" or a "they"."""
        w = self.words
        wanted = set()
        for i in asked:
            k, back = w.sentences[i] - 1, 0
            while k >= 0 and back < 2:
                wanted.add(k)
                k, back = k - 1, back + 1
        told = [k for k in sorted(wanted) if is_prose(tokens.lines, tokens.starts[tokens.sentences[k]])]
        for parsed in language.trees(tokens, told).values():
            found = _subject(w, parsed)
            if found is not None:
                first, end = found
                subject = by_word.get(first)
                if subject is not None and subject.type == "PER":
                    continue
                kind = type_of(w, first, end, by_word)
                self.subjects.append(Other(" ".join(w.between(first, end).split()), kind, first, end))

    def before(self, i: int, kinds: tuple[SpeakerType, ...]) -> Other | None:
        """What "it" or "they" at word `i` names again: who spoke last, the last subject, or the last name."""
        w = self.words
        best: tuple[float, int] = (0.0, -1)
        found = None
        spoken = [(o, 1.0) for o in self.spoken[-4:]]
        subjects = [(o, 0.9) for o in self.subjects]
        at = bisect_left(self.starts, i)
        names = [
            Other(w.between(m.first, m.end), "organization", m.first, m.end) for m in self.named[max(at - 4, 0) : at]
        ]
        pairs = self.pairs[max(bisect_left([o.first for o in self.pairs], i) - 2, 0) :][:2]
        options = [*spoken, *subjects, *((o, 0.55) for o in names), *((o, 0.95) for o in pairs)]
        for other, weight in options:
            distance = w.sentences[i] - w.sentences[other.first]
            if other.end > i or other.type not in kinds or distance > 2 * REACH:
                continue
            score = (weight * 0.7**distance, other.first)
            if score > best:
                best, found = score, other
        return found

    def named_before(self, i: int) -> NameMention | None:
        """The last organization named before word `i`, in its sentence or the one before."""
        before = bisect_left(self.starts, i) - 1
        if before < 0 or self.words.sentences[i] - self.words.sentences[self.named[before].first] > 1:
            return None
        return self.named[before]

    def body(self, first: int, end: int) -> tuple[int, int] | None:
        """The words that name the organization which "authority" or "the union" as an affiliation names again."""
        w = self.words
        if end - first != 1 or w.low[first] not in words("speakers/organization_nouns") or is_capital(w.words[first]):
            return None
        before = self.named[: bisect_right(self.starts, first)]
        for mention in reversed(before[-12:]):
            name_end = max(mention.end, organization_end(w, mention.first))
            if w.low[first] in w.low[mention.first : name_end]:
                return mention.first, name_end
        other = self.again(first - 1, end) if first and w.low[first - 1] == "the" else None
        return None if other is None else (other.first, other.end)

    def again(self, first: int, end: int) -> Other | None:
        """What "the company" or "the couple" names again: the last organization that can be one, the last pair."""
        w = self.words
        head = w.low[end - 1]
        if w.low[first] != "the" or end - first > 3:
            return None
        if head in PAIRS:
            near = [o for o in self.pairs if o.end <= first and w.sentences[first] - w.sentences[o.first] <= REACH]
            return near[-1] if near else None
        if (
            head not in words("speakers/organization_nouns") and head not in words("speakers/any_organization")
        ) or end - first != 2:
            return None
        named = self.named[: bisect_right(self.starts, first)][-12:]
        for mention in reversed(named):
            last = w.low[mention.end - 1]
            if last == head:
                return Other(w.between(mention.first, mention.end), "organization", mention.first, mention.end)
        for mention in reversed(named[-3:]):
            last = w.low[mention.end - 1]
            clash = (
                last in words("speakers/organization_nouns")
                and last not in words("speakers/any_organization")
                and head not in words("speakers/any_organization")
            )
            if not clash and w.sentences[first] - w.sentences[mention.first] <= 2:
                return Other(w.between(mention.first, mention.end), "organization", mention.first, mention.end)
        return None


def _subject(w: Words, sentence: Sentence) -> tuple[int, int] | None:
    """The words of the subject of a sentence's main clause, clauses and appositives behind it left out."""
    root = next((i for i, word in enumerate(sentence.words) if word.head == -1), None)
    subject = next(
        (i for i, word in enumerate(sentence.words) if word.head == root and (word.relation or "").startswith("nsubj")),
        None,
    )
    if subject is None or sentence.words[subject].upos == "PRON":
        return None
    inside = {subject}
    for i, word in enumerate(sentence.words):  # heads of what stands before come later: go up from each word
        path = [i]
        while path[-1] != subject and len(path) < 12:
            parent = sentence.words[path[-1]].head
            if parent is None or parent < 0 or (sentence.words[path[-1]].relation or "").split(":")[0] in OUTSIDE:
                break
            path.append(parent)
        if path[-1] == subject and word.text != ",":
            inside.add(i)
    first, last = subject, subject
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    i, j = w.at(sentence.words[first].start), w.at(sentence.words[last].end - 1) + 1
    return None if w.quoted[i] else (i, j)
