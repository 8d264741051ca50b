"""Who is meant by "he", "the senator", "they": one pass over the narration, every mention in its order.

Each mention of a person weighs by its place in its sentence and fades with the sentences between, as in salience-based
resolution (Lappin and Leass 1994). What stands inside a quotation belongs to its speaker's world: a pronoun there
finds its person there, and the names in it count for little outside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from quotebank.speakers.name_mentions import NameMention
from quotebank.speakers.noun_phrases import SUBJECT, description, prominence
from quotebank.speakers.persons import People, Person, gender_of
from quotebank.speakers.roles import ELSEWHERE, Fact
from quotebank.text import OWNS, Words, groups, is_capital, states, words

SUBJECTS = {"he": "M", "she": "F"}
OBJECTS = {"him": "M", "her": "F", "his": "M", "hers": "F", "himself": "M", "herself": "F"}
FADING = (1.0, 0.85, 0.55, 0.4, 0.3, 0.22, 0.17, 0.13)  # by sentences of narration between
SPOKE = 1.5  # who spoke last is likely to go on speaking
SURE = 0.69  # a description adds a role from this confidence on, or where it is a source
REPORTED = 0.7  # who is mentioned in what somebody says
KNOWN_GENDER = 1.25
MEMORY = 48  # mentions that a pronoun may look back over
RETOLD = frozenset({"former", "retired", "incoming", "outgoing", "elder", "younger", "ex", "one-time", "veteran"})
ORDINALS = {"first": 0, "second": 1, "third": 2}
PREDICATES = frozenset({"is", "was", "be", "being", "been", "became", "become", "becomes", "remains", "remain"})
LONGEST_SENTENCE = 60  # words of one that are read
SILENT = frozenset({"n't", "n’t", "declined", "refused"})  # and negations: "could not be reached"
ARTICLES = frozenset({"a", "an", "one", "another"})


@attrs.frozen
class Nominal:
    """A description that may name someone again: "the former senator", words `first` to `end`."""

    first: int
    end: int
    head: str
    fact: Fact
    indefinite: bool = False
    again: bool = False
    """Whether it reads as a further word on someone known: "the former senator", "the 42-year-old"."""
    former: bool = False
    telling: bool = True
    """Whether it states a role: "the senator" does, "the 42-year-old" does not."""


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

    def antecedent(self, i: int, gender: str | None, *, fits: Callable[[Person], bool] = lambda _: True) -> Link | None:
        """The likeliest person that `fits` for a mention at word `i`; None where nobody does.

        Who spoke last is likely to go on, unless "he" or "she" follows a sentence that begins with somebody else.
        """
        now = self.narrated[self.words.sentences[i]]
        best: dict[int, float] = {}
        by_id: dict[int, Person] = {}
        goes_on = True
        for person, at, weight in reversed(self.history[-MEMORY:]):
            between = now - self.narrated[self.words.sentences[at]]
            if between >= len(FADING):
                break
            if (gender and person.gender and gender != person.gender) or not fits(person):
                continue
            if not by_id and between == 1 and self.words.low[i] in SUBJECTS and self._turns_to(at):
                goes_on = person is self.spoke
            score = weight * FADING[between]
            if gender and person.gender:
                score *= KNOWN_GENDER
            best[id(person)] = max(best.get(id(person), 0.0), score)
            by_id[id(person)] = person
        for key, person in by_id.items():
            best[key] *= 1 + 0.05 * min(person.count, 8)
            if person is self.spoke and goes_on:
                best[key] *= SPOKE
        if not best:
            return None
        first, *others = sorted(best.items(), key=lambda item: -item[1])
        second = others[0][1] if others else 0.0
        return Link(by_id[first[0]], round(0.5 + 0.45 * (first[1] - second) / first[1], 3))

    def _turns_to(self, at: int) -> bool:
        """Whether a sentence begins with the mention at word `at`, and not to tell who could not be reached."""
        w, end = self.words, at
        while end < len(w) and end - at < LONGEST_SENTENCE and w.sentences[end] == w.sentences[at]:
            end += 1
        silent = words("text/negations") | SILENT
        return w.opens_sentence(at) and silent.isdisjoint(w.low[at:end])


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


def nominals(w: Words, places: frozenset[str], sources: Sequence[tuple[int, int]]) -> list[Nominal]:
    """Descriptions of one person in the narration: "the Vermont senator", "the 42-year-old", "a nurse at the clinic".

    Indefinite ones count where they are a claim's source or begin a sentence: the others name nobody in particular.
    """
    speaking = dict(sources)
    found = []
    for i, low in enumerate(w.low):
        indefinite = low in ARTICLES
        if low not in ("the", "that", "this") and not (indefinite and (i in speaking or w.opens_sentence(i))):
            continue
        if w.quoted[i] or i + 1 >= len(w) or (i and w.low[i - 1] in PREDICATES):
            continue  # "Ms. Reyes is the nominee" says something of her, and is among the facts
        nominal = _nominal(w, i, speaking.get(i, len(w)), places, indefinite=indefinite)
        if nominal is not None:
            found.append(nominal)
    return found


def _nominal(w: Words, i: int, stop: int, places: frozenset[str], *, indefinite: bool) -> Nominal | None:
    limit, sentence = i + 1, w.sentences[i]
    while limit < stop and limit - i < 14 and w.sentences[limit] == sentence and w.low[limit] not in (OWNS, ","):
        limit += 1
    said = description(w, i, limit, place=places)
    if said is None or not said.role:
        return None
    head = w.low[said.head].rstrip(".")
    if head.endswith("s") and not head.endswith("ss"):
        return None
    end = max(said.role[-1][1], said.affiliation[1] if said.affiliation else 0)
    held_for = w.low[said.head + 1 : said.head + 2]
    if not indefinite and held_for != ["of"] and (held_for != ["from"] or head not in words("speakers/offices")):
        end = said.head + 1
        said = description(w, i, end, place=places) or said
    follows = w.words[end : end + 2]
    if follows and (is_capital(follows[0]) or (follows[0] == "," and len(follows) > 1 and is_capital(follows[1]))):
        return None  # the name follows
    before = said.affiliation is not None and said.affiliation[1] <= said.head
    placed = not indefinite and (before or (said.affiliation is not None and held_for == ["from"]))
    again = (
        placed
        or bool(RETOLD & set(w.low[i:end]))
        or "-turned-" in w.low[said.head]
        or w.low[said.head].endswith("-old")
    )
    telling = head.rsplit("-", 1)[-1] not in words("speakers/no_roles") and w.words[said.head] not in words(
        "speakers/parties"
    )
    former = bool({"former", "retired", "one-time"} & set(w.low[i:end]))
    return Nominal(i, end, head, Fact(said.role, said.affiliation, ELSEWHERE, i), indefinite, again, former, telling)


def resolve(
    w: Words,
    people: People,
    named: Sequence[tuple[NameMention, Person]],
    found: Iterable[Nominal],
    facts: dict[int, list[Fact]],
    *,
    sources: Sequence[tuple[int, int]],
    reported: Collection[int] = (),
    said: Mapping[int, Sequence[tuple[int, int]]] = MappingProxyType({}),
) -> tuple[dict[int, Link], dict[int, list[Fact]]]:
    """Whom every pronoun and description in the text stands for, by its first word, and what descriptions add.

    `facts` are the stated roles of each person, by `Person.order`; `sources` the words of claims' sources, `reported`
    those of their contents outside quotation marks. `said` has the words of a claim's contents by its source's first.
    """
    stated = {
        order: frozenset(w.between(*f.affiliation) for f in known if f.affiliation is not None)
        for order, known in facts.items()
    }
    discourse = Discourse(w)
    inside = _Quoted(w, named)
    speaking = {i for first, end in sources for i in range(first, end)}
    begins = {first for first, _ in sources}
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
    named_until = {m.end: p for m, p in named}
    for first, end, event, person in sorted(events, key=lambda e: e[0]):
        if isinstance(event, Nominal) and w.words[first - 1] == "," and first - 1 in named_until:
            if event.telling:  # an appositive, no mention of its own
                added.setdefault(named_until[first - 1].order, []).append(event.fact)
            continue
        link = Link(person, 0.97) if person is not None else None
        if event is None and w.quoted[first]:
            link = inside.antecedent(first)
        elif event is None:
            told = {p.order for a, b in said.get(first, ()) for _, p in named[_at(named, a) : _at(named, b)]}
            link = _pronoun(w, discourse, named, first, told)
        elif isinstance(event, Nominal) and event.indefinite:
            someone = _introduce(w, people, event)
            if event.telling:
                added.setdefault(someone.order, []).append(event.fact)
            link = Link(someone, 0.85)
        elif isinstance(event, Nominal):
            link = _described(w, discourse, people, event, stated)
            sure = link is not None and (link.confidence > SURE or first in begins or w.opens_sentence(first))
            if link is not None and event.telling and sure:
                added.setdefault(link.person.order, []).append(event.fact)
        if link is None:
            continue
        links[first] = link
        if not w.quoted[first] or person is not None:
            start = event.start if isinstance(event, NameMention) else first
            weight = SUBJECT if w.low[first] in SUBJECTS else prominence(w, start, end)
            if first in reported:
                weight *= REPORTED
            discourse.note(link.person, first, 1.1 if first in speaking and not w.quoted[first] else weight)
        if first in speaking and not w.quoted[first]:
            discourse.spoke = link.person
    return links, added


def _pronoun(
    w: Words,
    discourse: Discourse,
    named: Sequence[tuple[NameMention, Person]],
    i: int,
    told: Collection[int],
) -> Link | None:
    """Whom the pronoun at word `i` of the narration stands for: nobody its own claim tells about (`Person.order`)."""
    gender = SUBJECTS.get(w.low[i]) or OBJECTS[w.low[i]]
    link = discourse.antecedent(i, gender, fits=lambda person: person.order not in told)
    return link or _ahead(w, named, i, gender, told)


def _introduce(w: Words, people: People, nominal: Nominal) -> Person:
    """The person that an indefinite description brings in: known by the description alone."""
    mention = NameMention(nominal.first, nominal.first, nominal.end, "PER")
    person = people.new((), w.between(nominal.first, nominal.end), mention, gender_of(None, [nominal.head]))
    person.described = True
    person.count = 1
    people.give_role(person, [nominal.head])
    return person


def _at(named: Sequence[tuple[NameMention, Person]], i: int) -> int:
    """How many of the names stand before word `i`."""
    return bisect_left(named, i, key=lambda n: n[0].first)


def _ahead(
    w: Words, named: Sequence[tuple[NameMention, Person]], i: int, gender: str | None, told: Collection[int]
) -> Link | None:
    """The first fitting name behind a pronoun, in its sentence or the next: "Before she left, Ms. Reyes said".

    Nobody of those whom the pronoun's own claim tells about (`Person.order` in `told`) fits.
    """
    at = _at(named, i)
    for mention, person in named[at : at + 6]:
        if w.sentences[mention.first] - w.sentences[i] > 1:
            return None
        if person.order in told:
            continue
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
    w: Words, discourse: Discourse, people: People, nominal: Nominal, stated: dict[int, frozenset[str]]
) -> Link | None:
    """Whom a description names again: who has that role, else, for a mere descriptor, who is in mind."""
    gender = next((g for low in w.low[nominal.first : nominal.end] if (g := _gendered(low)) is not None), None)
    matching = []
    alike = _alike(nominal.head)
    for person in people.with_role(alike):
        if gender and person.gender and gender != person.gender:
            continue
        if not _place_fits(w, nominal, stated.get(person.order, frozenset())):
            continue
        matching.append(person)
    if matching:
        ordinal = next((ORDINALS[low] for low in w.low[nominal.first : nominal.end] if low in ORDINALS), None)
        numbered = [p for p in matching if p.described]
        if ordinal is not None and ordinal < len(numbered):
            return Link(sorted(numbered, key=lambda p: p.mention.first)[ordinal], 0.75)
        link = discourse.antecedent(nominal.first, gender, fits=lambda person: person in matching)
        best = link.person if link is not None else matching[0]
        return Link(best, 0.85 if len(matching) == 1 else 0.7)
    if nominal.head in words("speakers/descriptors") or nominal.again:
        link = discourse.antecedent(
            nominal.first,
            gender,
            fits=lambda person: (
                (nominal.former or not _holds_other_office(person, nominal.head))
                and not _is_elsewhere(w, nominal, stated.get(person.order, frozenset()))
            ),
        )
        if link is None or link.person.described:
            return None
        return Link(link.person, 0.7 if link.confidence > 0.94 else min(link.confidence, 0.65))
    return _main_person(w, people, nominal)


def _main_person(w: Words, people: People, nominal: Nominal) -> Link | None:
    """Whom "the attorney general" is in an article about one person to whom no role is given by name."""
    words_in = {w.low[i].rstrip(".") for i in range(nominal.first, nominal.end)}
    if not words_in & words("speakers/offices"):
        return None
    most = people.foremost()
    return Link(most, 0.7) if most is not None and not most.roles else None


def _holds_other_office(person: Person, head: str) -> bool:
    """Whether a person is known to hold an office other than the one that a description names."""
    return head in words("speakers/offices") and bool(person.roles & (words("speakers/offices") - _alike(head)))


def _gendered(head: str) -> str | None:
    plain = head.rsplit("-", 1)[-1]
    if plain.capitalize() in words("speakers/demonyms"):
        return None  # German, Roman
    if plain in words("speakers/women_nouns") or plain.endswith("woman"):
        return "F"
    return "M" if plain in words("speakers/men_nouns") or (plain.endswith("man") and len(plain) > 5) else None


def _alike(head: str) -> frozenset[str]:
    """The nouns and titles that name the same role."""
    return groups("speakers/same_roles").get(head, frozenset({head}))


def _place_fits(w: Words, nominal: Nominal, stated: frozenset[str]) -> bool:
    """Whether what a description names ("Vermont" in "the Vermont senator") fits some affiliation, if any is known."""
    if nominal.fact.affiliation is None:
        return True
    said = w.between(*nominal.fact.affiliation)
    if not stated:
        return True
    forms = {said, *said.split()}
    for name, short in states().items():
        if name in said:
            forms.update(short)
    for word in said.lower().split():
        forms.update(groups("speakers/same_parties").get(word, ()))
    if said.upper() in {_initials(text) for text in stated}:
        return True
    forms = {form.lower() for form in forms}
    return any(form in text.lower() for form in forms for text in stated if len(form) > 1)


def _initials(name: str) -> str:
    """The acronym that a name's capitals make: GM of General Motors."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _is_elsewhere(w: Words, nominal: Nominal, stated: frozenset[str]) -> bool:
    """Whether a description names by its acronym an organization that is none of somebody's: "the GM chief"."""
    said = nominal.fact.affiliation
    return said is not None and w.between(*said).isupper() and not _place_fits(w, nominal, stated)
