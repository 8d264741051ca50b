"""Who is meant by "he", "the senator", "they": one pass over the narration, every mention in its order.

Each mention of a person weighs by its place in its sentence and fades with the sentences between, as in salience-based
resolution (Lappin and Leass 1994). What stands inside a quotation belongs to its speaker's world: a pronoun there
finds its person there, and the names in it count for little outside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import attrs

from quotebank.names import NameMention, People, Person, gender_of
from quotebank.phrases import Words, description, is_capital
from quotebank.roles import ELSEWHERE, Fact
from quotebank.wordlists import groups, states, words

SUBJECTS = {"he": "M", "she": "F"}
OBJECTS = {"him": "M", "her": "F", "his": "M", "hers": "F", "himself": "M", "herself": "F"}
FADING = (1.0, 0.85, 0.55, 0.4, 0.3, 0.22, 0.17, 0.13)  # by sentences of narration between
SUBJECT, OWNER, OBJECT, OBLIQUE, QUOTED = 1.0, 0.75, 0.62, 0.55, 0.25
SPOKE = 1.35  # who spoke last is likely to go on speaking
KNOWN_GENDER = 1.25
MEMORY = 48  # mentions that a pronoun may look back over
AFTER_SUBJECTS = frozenset(
    {
        "and",
        "but",
        "that",
        "as",
        "when",
        "while",
        "because",
        "if",
        "after",
        "before",
        "where",
        "though",
        "although",
        "whether",
        "since",
        "until",
        "what",
        "how",
        "why",
        "than",
        "said",
        "says",
        "added",
        "adds",
    }
)


@attrs.frozen
class Nominal:
    """A description that may name someone again: "the former senator", words `first` to `end`."""

    first: int
    end: int
    head: str
    fact: Fact


@attrs.frozen
class Link:
    """The person that words stand for, and how sure that is (0 to 1)."""

    person: Person
    confidence: float


class Discourse:
    """The people of a narration as a reader has them in mind at a word."""

    def __init__(self, w: Words) -> None:
        self.words = w
        self.narrated = _narrated(w)
        self.history: list[tuple[Person, int, float]] = []
        self.spoke: Person | None = None

    def note(self, person: Person, i: int, weight: float) -> None:
        """Remember that word `i` mentions a person."""
        self.history.append((person, i, weight))

    def antecedent(self, i: int, gender: str | None, *, unlike: Person | None = None) -> Link | None:
        """The likeliest person for a pronoun or a description at word `i`; None where nobody fits."""
        now = self.narrated[self.words.sentences[i]]
        best: dict[int, float] = {}
        by_id: dict[int, Person] = {}
        for person, at, weight in reversed(self.history[-MEMORY:]):
            between = now - self.narrated[self.words.sentences[at]]
            if between >= len(FADING):
                break
            if person is unlike or (gender and person.gender and gender != person.gender):
                continue
            score = weight * FADING[between]
            if gender and person.gender:
                score *= KNOWN_GENDER
            best[id(person)] = max(best.get(id(person), 0.0), score)
            by_id[id(person)] = person
        for key, person in by_id.items():
            best[key] *= 1 + 0.05 * min(person.count, 8)
            if person is self.spoke:
                best[key] *= SPOKE
        if not best:
            return None
        first, *others = sorted(best.items(), key=lambda item: -item[1])
        second = others[0][1] if others else 0.0
        return Link(by_id[first[0]], round(0.5 + 0.45 * (first[1] - second) / first[1], 3))


def _narrated(w: Words) -> list[int]:
    """For each sentence, how many sentences up to it have words outside quotations."""
    counts: list[int] = []
    total = seen = -1
    for sentence, quoted in zip(w.sentences, w.quoted, strict=True):
        while len(counts) <= sentence:
            counts.append(total)
        if not quoted and sentence != seen:
            total, seen = total + 1, sentence
            counts[sentence] = total
    return counts


def nominals(w: Words, places: frozenset[str]) -> list[Nominal]:
    """Definite descriptions of one person in the narration: "the Vermont senator", "the 42-year-old"."""
    found = []
    for i, low in enumerate(w.low):
        if low not in ("the", "that", "this") or w.quoted[i] or i + 1 >= len(w):
            continue
        limit = i + 1
        while (
            limit < len(w)
            and limit - i < 14
            and w.sentences[limit] == w.sentences[i]
            and w.low[limit] not in ("'s", "’s", ",")
        ):
            limit += 1
        said = description(w, i, limit, place=places)
        if said is None or not said.role or w.low[said.head].endswith("s") and not w.low[said.head].endswith("ss"):
            continue
        end = max(said.role[-1][1], said.affiliation[1] if said.affiliation else 0)
        if end < len(w) and (
            w.words[end] == "," and end + 1 < len(w) and is_capital(w.words[end + 1]) or is_capital(w.words[end])
        ):
            continue  # the name follows
        found.append(Nominal(i, end, w.low[said.head].rstrip("."), Fact(said.role, said.affiliation, ELSEWHERE, i)))
    return found


def weight_of(w: Words, first: int, end: int) -> float:
    """How much a mention at words `first` to `end` is in the foreground, by its place in its sentence."""
    if w.quoted[first]:
        return QUOTED
    if end < len(w) and w.low[end] in ("'s", "’s", "’"):
        return OWNER
    before = first - 1
    while (
        before >= 0
        and w.sentences[before] == w.sentences[first]
        and not w.low[before][0].isalnum()
        and w.low[before] not in (",", ":", "—")
    ):
        before -= 1
    if (
        before < 0
        or w.sentences[before] != w.sentences[first]
        or w.words[before] in (",", ":", "—")
        or w.low[before] in AFTER_SUBJECTS
    ):
        return SUBJECT
    return OBLIQUE if w.low[before] in words("function_words") else OBJECT


def resolve(
    w: Words,
    people: People,
    named: Sequence[tuple[NameMention, Person]],
    found: Iterable[Nominal],
    facts: dict[int, list[Fact]],
    sources: Sequence[tuple[int, int]],
) -> tuple[dict[int, Link], dict[int, list[Fact]]]:
    """Whom every pronoun and description in the text stands for, by its first word, and what descriptions add.

    `facts` are the stated roles of each person, by `Person.order`; `sources` the words of claims' sources.
    """
    discourse = Discourse(w)
    inside = _Quoted(w, named)
    speaking = {i for first, end in sources for i in range(first, end)}
    events: list[tuple[int, int, NameMention | Nominal | None, Person | None]] = [
        (m.first, m.end, m, p) for m, p in named
    ]
    events += [(n.first, n.end, n, None) for n in found]
    taken = {i for n in events for i in range(n[0], n[1])}
    events += [
        (i, i + 1, None, None) for i, low in enumerate(w.low) if (low in SUBJECTS or low in OBJECTS) and i not in taken
    ]
    links: dict[int, Link] = {}
    added: dict[int, list[Fact]] = {}
    for first, end, event, person in sorted(events, key=lambda e: e[0]):
        link = Link(person, 0.97) if person is not None else None
        if event is None and w.quoted[first]:
            link = inside.antecedent(first)
        elif event is None:
            gender = SUBJECTS.get(w.low[first]) or OBJECTS[w.low[first]]
            link = discourse.antecedent(first, gender) or _ahead(w, named, first, gender)
        elif isinstance(event, Nominal):
            link = _described(w, discourse, people, event, facts)
            if link is not None:
                added.setdefault(link.person.order, []).append(event.fact)
        if link is None:
            continue
        links[first] = link
        if not w.quoted[first] or person is not None:
            weight = SUBJECT if w.low[first] in SUBJECTS else weight_of(w, first, end)
            discourse.note(link.person, first, 1.1 if first in speaking and not w.quoted[first] else weight)
        if first in speaking and not w.quoted[first]:
            discourse.spoke = link.person
    return links, added


def _ahead(w: Words, named: Sequence[tuple[NameMention, Person]], i: int, gender: str | None) -> Link | None:
    """The first fitting name behind a pronoun, in its sentence or the next: "Before she left, Ms. Reyes said"."""
    at = bisect_left(named, i, key=lambda n: n[0].first)
    for mention, person in named[at : at + 6]:
        if w.sentences[mention.first] - w.sentences[i] > 1:
            return None
        if not w.quoted[mention.first] and not (gender and person.gender and gender != person.gender):
            return Link(person, 0.6)
    return None


class _Quoted:
    """Names inside quotations, for the pronouns there."""

    def __init__(self, w: Words, named: Sequence[tuple[NameMention, Person]]) -> None:
        self.words = w
        self.named = [(m.first, p) for m, p in named if w.quoted[m.first]]

    def antecedent(self, i: int) -> Link | None:
        """The last fitting name before word `i` in the same quotation."""
        low = self.words.low[i]
        gender = SUBJECTS.get(low) or OBJECTS.get(low)
        at = bisect_left(self.named, i, key=lambda n: n[0])
        for first, person in reversed(self.named[max(at - 4, 0) : at]):
            if not all(self.words.quoted[first : i + 1]):
                return None
            if not (gender and person.gender and gender != person.gender):
                return Link(person, 0.6)
        return None


def _described(
    w: Words, discourse: Discourse, people: People, nominal: Nominal, facts: dict[int, list[Fact]]
) -> Link | None:
    """Whom a description names again: who has that role, else, for a mere descriptor, who is in mind."""
    gender = gender_of(None, [nominal.head]) or _gendered(nominal.head)
    matching = []
    alike = _alike(nominal.head)
    for person in people.with_role(alike):
        if gender and person.gender and gender != person.gender:
            continue
        if not _place_fits(w, nominal, facts.get(person.order, ())):
            continue
        matching.append(person)
    if matching:
        latest = {id(p): k for k, (p, _, _) in enumerate(discourse.history)}
        best = max(matching, key=lambda p: (latest.get(id(p), -1), -p.order))
        return Link(best, 0.85 if len(matching) == 1 else 0.7)
    plain = nominal.head.rsplit("-", 1)[-1]
    if nominal.head in words("descriptors") or plain == "old":
        link = discourse.antecedent(nominal.first, gender)
        return Link(link.person, min(link.confidence, 0.7)) if link is not None else None
    return None


def _gendered(head: str) -> str | None:
    plain = head.rsplit("-", 1)[-1]
    if plain in words("women_nouns") or plain.endswith("woman"):
        return "F"
    return "M" if plain in words("men_nouns") else None


def _alike(head: str) -> frozenset[str]:
    """The nouns and titles that name the same role."""
    return groups("same_roles").get(head, frozenset({head}))


def _place_fits(w: Words, nominal: Nominal, known: Iterable[Fact]) -> bool:
    """Whether what a description names beside the role ("Vermont" in "the Vermont senator") does not contradict."""
    if nominal.fact.affiliation is None:
        return True
    said = w.between(*nominal.fact.affiliation)
    stated = [w.between(*f.affiliation) for f in known if f.affiliation is not None]
    if not stated:
        return True
    forms = {said, *said.split()}
    for name, short in states().items():
        if name in said:
            forms.update(short)
    return any(form in text for form in forms for text in stated if len(form) > 1)
