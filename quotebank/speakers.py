"""Who speaks: a `Speaker` for each attribution, with type, role, affiliation and the words that state them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotebank.attribution import Attribution
from quotebank.coreference import Link, nominals, resolve
from quotebank.names import NameMention, People, Person, acronyms, mentions
from quotebank.nlp import Language
from quotebank.phrases import (
    DETERMINERS,
    Words,
    bounds,
    description,
    is_capital,
    is_closed,
    is_person_noun,
    organization_end,
    words_of,
)
from quotebank.records import Speaker, SpeakerType
from quotebank.roles import Fact, facts
from quotebank.spans import Span, covered
from quotebank.tokens import Tokens
from quotebank.wordlists import words

HE_OR_SHE = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
BACKWARD = frozenset({"they", "them", "their", "it", "its", "both", "each", "neither"})
INDEFINITE = frozenset({"a", "an", "one", "another", "someone", "somebody"})
SEVERAL = frozenset(
    {
        "many",
        "some",
        "several",
        "most",
        "few",
        "both",
        "all",
        "others",
        "two",
        "three",
        "four",
        "five",
        "six",
        "dozens",
        "hundreds",
        "thousands",
        "those",
        "these",
    }
)
REACH = 3  # sentences of narration that "they" and "it" may look back over


@attrs.frozen
class _Other:
    """A speaker that is no named person: name, type, and where it was named; `index` is its first word."""

    name: str
    type: SpeakerType
    mentions: tuple[Span, ...]
    index: int


def speakers(tokens: Tokens, found: Sequence[Attribution], language: Language) -> list[Speaker | None]:
    """One speaker, or None where no source is stated, for each attribution of a text."""
    if not any(a.source for a in found):
        return [None] * len(found)
    w = words_of(tokens)
    return _Resolver(tokens, w, found, language).speakers()


class _Resolver:
    """What is known of the names and persons of one text."""

    def __init__(self, tokens: Tokens, w: Words, found: Sequence[Attribution], language: Language) -> None:
        self.w, self.found = w, found
        self.sources = [bounds(w, a.source) for a in found if a.source]
        self.names = mentions(tokens, w, language, self.sources)
        self.people = People(w)
        fuller = sorted((m for m in self.names if m.type == "PER"), key=lambda m: (m.end - m.first == 1, m.first))
        known = {m: self.people.add(m) for m in fuller}
        self.persons = [(m, known[m]) for m in self.names if m.type == "PER"]
        self.places = frozenset(w.between(m.first, m.end) for m in self.names if m.type == "LOC")
        self.acronyms = acronyms(w, self.names)
        self.by_word = {i: m for m in self.names for i in range(m.first, m.end)}
        self.person_at = {m.first: p for m, p in self.persons}
        self.facts = self._stated()
        self.links, added = resolve(w, self.people, self.persons, nominals(w, self.places), self.facts, self.sources)
        for order, more in added.items():
            self.facts.setdefault(order, []).extend(more)
        self.others: list[_Other] = []

    def _stated(self) -> dict[int, list[Fact]]:
        stated: dict[int, list[Fact]] = {}
        for mention, person in self.persons:
            for fact in facts(self.w, mention, self.places):
                stated.setdefault(person.order, []).append(fact)
                heads = {self.w.low[end - 1].rstrip(".") for _, end in fact.role}
                heads |= {
                    self.w.low[i].rstrip(".")
                    for first, end in fact.role
                    for i in range(first, end)
                    if is_person_noun(self.w.low[i])
                }
                self.people.give_role(person, sorted(heads))
        return stated

    def speakers(self) -> list[Speaker | None]:
        out: list[Speaker | None] = []
        for attribution in self.found:
            out.append(self._speaker(attribution) if attribution.source else None)
        return out

    def _speaker(self, attribution: Attribution) -> Speaker:
        first, end = bounds(self.w, attribution.source)
        phrase = covered(self.w.text, attribution.source)
        while end - first > 1 and (
            self.w.low[end - 1] in ("'s", "’s", "’", "'")
            or not self.w.low[end - 1][0].isalnum()
            and self.w.words[end - 1] != ")"
        ):
            end -= 1
        low = self.w.low[first]
        if end - first == 1 and low in FIRST_PERSON:
            return self._first_person(first, phrase, attribution)
        link = self._person_in(first, end)
        if link is not None:
            return self._person(link, attribution)
        if end - first == 1 and low in HE_OR_SHE:
            return Speaker(name=phrase, type="person", mentions=attribution.source, confidence=0.3)
        if end - first == 1 and low in RELATIVES:
            return self._before_relative(first, attribution)
        if end - first == 1 and low in BACKWARD:
            other = self._mentioned(first, plural=low not in ("it", "its"))
            if other is not None:
                return Speaker(
                    name=other.name,
                    type=other.type,
                    mentions=(*other.mentions, *attribution.source)
                    if other.mentions[-1].end <= attribution.source[0].start
                    else attribution.source,
                    confidence=0.6,
                )
            return Speaker(
                name=phrase,
                type="organization" if low in ("it", "its") else "group",
                mentions=attribution.source,
                confidence=0.3,
            )
        speaker = self._described(first, end, attribution)
        self.others.append(_Other(speaker.name, speaker.type, attribution.source, first))
        return speaker

    def _first_person(self, i: int, phrase: str, attribution: Attribution) -> Speaker:
        return Speaker(name=phrase, type="author", mentions=attribution.source, confidence=0.9)

    def _person_in(self, first: int, end: int) -> Link | None:
        """The person that a source names or describes: not one who only owns its head ("Mr. Assad's spokesman")."""
        if end - first == 1 and self.w.low[first] in HE_OR_SHE:
            return self.links.get(first)
        people = [
            (m, p)
            for i in range(first, end)
            if (m := self.by_word.get(i)) is not None
            and m.type == "PER"
            and m.first == i
            and (p := self.person_at.get(i)) is not None
        ]
        people = [(m, p) for m, p in people if not (m.end < end and self.w.low[m.end] in ("'s", "’s", "’"))]
        if people:
            mention, person = people[0]
            if len(people) > 1 and self._coordinated(first, people[0][0], people[1][0]):
                return None
            if mention.first > first and not self._heads(first, mention, end):
                return None
            if mention.end < end and self.w.low[mention.end] in words("organization_nouns"):
                return None
            return Link(person, 0.97)
        if self.w.low[first] in ("the", "that", "this"):
            return self.links.get(first)
        return None

    def _coordinated(self, first: int, a: NameMention, b: NameMention) -> bool:
        between = self.w.low[a.end : b.start]
        return between in (["and"], ["or"], [","], ["&"], [",", "and"])

    def _heads(self, first: int, mention: NameMention, end: int) -> bool:
        """Whether a name inside a source is its head: titles and a description may stand before it, no preposition."""
        between = self.w.low[first : mention.start]
        if not between:
            return True
        if between[-1] in (",", "—", "–", "-", "“", '"'):
            return True
        if "," in between:
            between = between[len(between) - between[::-1].index(",") :]
        return not any(
            b in words("function_words") and b not in DETERMINERS and b not in ("'s", "’s", "and", "then")
            for b in between
        )

    def _person(self, link: Link, attribution: Attribution) -> Speaker:
        person = link.person
        role, role_spans, affiliation, affiliation_spans = self._facts_of(person)
        named = self.w.span(person.mention.first, person.mention.end)
        spans = sorted({*attribution.source, named})
        apart = [s for k, s in enumerate(spans) if not any(s.overlaps(o) for o in spans[:k])]
        return Speaker(
            name=" ".join(person.name.split()),
            type="person",
            role=role,
            affiliation=affiliation,
            role_spans=role_spans,
            affiliation_spans=affiliation_spans,
            mentions=tuple(apart),
            confidence=link.confidence,
        )

    def _facts_of(self, person: Person) -> tuple[str | None, tuple[Span, ...], str | None, tuple[Span, ...]]:
        known = sorted(self.facts.get(person.order, ()), key=lambda f: (f.place, f.at))
        role = next((f for f in known if f.role and f.affiliation), None) or next((f for f in known if f.role), None)
        owned = [f for f in ([role] if role else []) + known if f.affiliation is not None]
        bracket = next((f for f in owned if not f.role), None)
        from_role = owned[0] if owned else None
        best = from_role
        if (
            bracket is not None
            and from_role is not None
            and from_role.affiliation is not None
            and self.w.between(*from_role.affiliation) in words("parties")
        ):
            best = bracket
        return (*self._role(role), *self._affiliation(role, best))

    def _role(self, fact: Fact | None) -> tuple[str | None, tuple[Span, ...]]:
        if fact is None or not fact.role:
            return None, ()
        spans = tuple(self.w.span(*piece) for piece in fact.role)
        return covered(self.w.text, spans), spans

    def _affiliation(self, role: Fact | None, fact: Fact | None) -> tuple[str | None, tuple[Span, ...]]:
        if fact is not None and fact.affiliation is not None:
            span = self.w.span(*fact.affiliation)
            return span.slice(self.w.text), (span,)
        owner = self.links.get(role.owner) if role is not None and role.owner is not None else None
        if owner is not None:
            span = self.w.span(owner.person.mention.first, owner.person.mention.end)
            return span.slice(self.w.text), (span,)
        return None, ()

    def _before_relative(self, i: int, attribution: Attribution) -> Speaker:
        """The speaker of "who" and "which": what stands right before."""
        w = self.w
        last = i - 1
        while (
            last > 0
            and (not w.low[last][0].isalnum() or w.low[last] in ("of", "most", "many", "some", "all", "both", "one"))
            and w.sentences[last] == w.sentences[i]
        ):
            last -= 1
        mention = self.by_word.get(last)
        if mention is not None and mention.type == "PER" and mention.first in self.person_at:
            return self._person(Link(self.person_at[mention.first], 0.85), attribution)
        first = last
        while (
            first > 0
            and w.sentences[first - 1] == w.sentences[i]
            and i - first < 12
            and w.low[first - 1] not in words("verb_forms")
            and (
                not is_closed(w.low[first - 1])
                or w.low[first - 1] in ("of", "and", "the", "a", "an", "some", "many", "at", "for", "'s", "’s")
            )
        ):
            first -= 1
        while first < last and (w.low[first] in ("and", "of", "at", "for", "'s") or not w.low[first][0].isalnum()):
            first += 1
        link = self._person_in(first, last + 1)
        if link is not None:
            return self._person(link, attribution)
        span = w.span(first, last + 1)
        return self._described(first, last + 1, attrs.evolve(attribution, source=(span,)))

    def _mentioned(self, i: int, *, plural: bool) -> _Other | None:
        """The group or organization that "they" or "it" at word `i` names again."""
        w = self.w
        before = [o for o in self.others if o.index < i and w.sentences[i] - w.sentences[o.index] <= 2 * REACH]
        wanted = ("group", "organization") if plural else ("organization",)
        for other in reversed(before[-4:]):
            if other.type in wanted:
                return other
        for mention in reversed([m for m in self.names if m.first < i and m.type == "ORG"][-3:]):
            if w.sentences[i] - w.sentences[mention.first] <= 1 and not w.quoted[mention.first]:
                return _Other(
                    w.between(mention.first, mention.end),
                    "organization",
                    (w.span(mention.first, mention.end),),
                    mention.first,
                )
        return None

    def _described(self, first: int, end: int, attribution: Attribution) -> Speaker:
        """A speaker that is described, or an organization: named by the phrase itself."""
        w = self.w
        phrase = " ".join(covered(w.text, attribution.source).split())
        start = first
        while start < end - 1 and (w.low[start] in DETERMINERS or not w.low[start][0].isalnum()):
            start += 1
        kind = self._type(first, start, end)
        name = phrase
        if kind == "organization" and is_capital(w.words[start]):
            last = min(organization_end(w, start), end)
            name = w.between(start, last)
            full = self.acronyms.get(name)
            if full is not None:
                name = w.between(full.first, full.end)
        role, role_spans, affiliation, affiliation_spans = None, (), None, ()
        if kind == "anonymous":
            said = description(w, first, end, place=self.places)
            if said is not None:
                fact = Fact(said.role, said.affiliation, 0, first)
                role, role_spans = self._role(fact)
                affiliation, affiliation_spans = self._affiliation(None, fact)
        return Speaker(
            name=name,
            type=kind,
            role=role,
            role_spans=role_spans,
            affiliation=affiliation,
            affiliation_spans=affiliation_spans,
            mentions=attribution.source,
            confidence=0.8,
        )

    def _type(self, first: int, start: int, end: int) -> SpeakerType:
        w = self.w
        if "and" in w.low[start:end] and self._joined(start, end):
            return "group"
        stop = start
        while stop < end and not (
            is_closed(w.low[stop]) and w.low[stop] not in ("'s", "’s", "some", "all", "those", "both", "another")
        ):
            stop += 1
        head = w.low[max(stop - 1, start)]
        if (
            is_capital(w.words[max(stop - 1, start)])
            and w.words[start] not in words("demonyms")
            and not (head.endswith("s") and is_person_noun(head[:-1]))
        ):
            return "group" if w.words[start].endswith(("ans", "crats")) and stop - start == 1 else "organization"
        if head in words("document_nouns"):
            return "organization"
        if w.low[first] in INDEFINITE and head == "of" or (w.low[first] == "one" and "of" in w.low[first:end]):
            return "anonymous"
        if (
            w.low[first] in SEVERAL
            or head in words("plural_heads")
            or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
        ):
            return "group"
        if is_person_noun(head) or w.low[first] in ("someone", "somebody"):
            return "anonymous"
        return "organization"

    def _joined(self, start: int, end: int) -> bool:
        """Whether a phrase joins several speakers, before any preposition: "officials and analysts"."""
        for i in range(start, end):
            if self.w.low[i] == "and":
                inside = self.by_word.get(i - 1)
                return not (inside is not None and self.by_word.get(i + 1) is inside)
            if is_closed(self.w.low[i]) and self.w.low[i] not in (",", "the", "a", "'s", "’s"):
                return False
        return False
