"""Which person of a narration a pronoun or a description stands for: features of every candidate, weighed from data.

The features are those of salience-based resolution (Lappin and Leass 1994): how far back, in what place of its
sentence, who spoke last; and for descriptions whether somebody has such a role. How much each counts is learned
(`training/antecedents.py`), and so is when nobody is meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence, Set
from itertools import islice
from math import log1p

import attrs
import regex

from quotebank.speakers.given_names import woman_odds
from quotebank.speakers.linked_mentions import LinkedMentions
from quotebank.speakers.persons import People, Person
from quotebank.speakers.ranking import best, bucket
from quotebank.speakers.role_nouns import FORMER
from quotebank.speakers.roles import Fact
from quotebank.speakers.whole_names import NameMention
from quotebank.text import Words, groups, is_closed, states, table, words

BEHIND_NAMES = ([","], ["("], ["of"], ["from"])  # before where somebody is from, not "Ann Lee | beat Ireland's"
PLAIN_ODDS = 2.5  # of a first name that deceives nobody
LONGEST_AGE = 3  # digits
YEARS_OLD = regex.compile(r"(\d{1,3})-years?-old")
FADING = (1.0, 0.85, 0.55, 0.4, 0.3, 0.22, 0.17, 0.13)  # by sentences of narration between
MEMORY = 48  # mentions that a pronoun may look back over
AHEAD = 6  # names that it may look ahead over
LONGEST_HEADLINE = 16  # words
BESIDE = 3  # words before or behind a name that say where somebody is from
SURE_ODDS = 3.0  # log odds from which on a first name tells a woman or a man as surely as it can
YOUNGER, OLDER = frozenset({"younger", "youngest"}), frozenset({"elder", "older", "eldest", "oldest"})
PAIR = 2  # persons whose ages tell one from the other
PORTFOLIOS = frozenset({"minister", "secretary"})  # what has its field before it
SURE_OF_OFFICE = 0.8  # that who has another role is the mayor
EVIDENT = 4.0  # log odds of all signs of a sex from which on they exclude
LONE = 0.5  # how much less a lone name tells, which may be a last name
KINDS = (("descriptor", "speakers/descriptors"), ("office", "speakers/offices"))


@attrs.frozen
class Nominal:
    """A description that may name someone again: "the former senator", words `first` to `end`."""

    first: int
    end: int
    head: str
    fact: Fact
    indefinite: bool = False
    telling: bool = True
    """Whether it states a role: "the senator" does, "the 42-year-old" does not."""
    owned: bool = False
    """Whether it begins with whose it is: "his son"."""
    unsure: bool = False
    """Whether its noun may be no person's: then it names nobody again, but "he" may be who it is."""


@attrs.frozen
class Link:
    """The person that words stand for, and how sure that is (0 to 1)."""

    person: Person
    confidence: float
    way: str = ""
    """The kind of `Anaphor` where candidates were weighed, "name" for a name, "new" for somebody described first."""


@attrs.frozen
class Anaphor:
    """A pronoun or a description at word `first`, whose person is to be found; never one of `told` (`Person.order`)."""

    first: int
    kind: str
    """"s" for a subject ("he"), "o" for another form ("his"), "d" for a description, "i" for an indefinite one."""
    gender: str | None
    nominal: Nominal | None = None
    told: Collection[int] = ()

    @property
    def head(self) -> int:
        """The word that the network is asked at: the pronoun, or a description's noun."""
        return self.first if self.nominal is None else self.nominal.end - 1


@attrs.define
class Trace:
    """Where somebody was mentioned last, how, and how much in the foreground ever since."""

    person: Person
    at: int
    between: int
    salience: float


class Discourse:
    """The people of a narration as a reader has them in mind at a word."""

    def __init__(
        self, w: Words, people: People, named: Sequence[tuple[NameMention, Person]], linked: LinkedMentions
    ) -> None:
        self.words, self.people, self.named, self.linked = w, people, named, linked
        self.narrated = _narrated(w)
        self.history: list[tuple[Person, int, float]] = []
        self.places: dict[int, list[int]] = {}  # of each person's mentions, by `Person.order`
        self.spoke: Person | None = None
        self.sources: Set[int] = frozenset()
        self.stated: Mapping[int, Collection[str]] = {}  # affiliations by `Person.order`
        self.posts: dict[int, list[frozenset[str]]] = {}  # "trade minister" and its like, by `Person.order`
        self.ages = {p.order: age for m, p in named if (age := _age_beside(w, m)) is not None}

    def note(self, person: Person, i: int, weight: float) -> None:
        """Remember that word `i` mentions a person, and how much in the foreground."""
        self.history.append((person, i, weight))
        self.places.setdefault(person.order, []).append(i)

    def antecedent(self, anaphor: Anaphor) -> Link | None:
        """The likeliest person for a pronoun or a description; None where it is likelier that nobody is meant."""
        found = best("speakers/antecedent_weights", *self.choice(anaphor))
        return None if found is None else Link(found.candidate, round(found.probability, 3), anaphor.kind)

    def by_age(self, mention: NameMention) -> Person | None:
        """Whom "the younger Lee" means: of several of the last name whose ages are known, the youngest."""
        told = self.words.low[mention.first - 1] if mention.end - mention.first == 1 and mention.first else ""
        last = self.words.words[mention.first]
        family = [p for p in self.people.all if p.parts[-1:] == (last,) and p.order in self.ages and len(p.parts) > 1]
        if told not in YOUNGER | OLDER or len(family) < PAIR:
            return None
        return (min if told in YOUNGER else max)(family, key=lambda p: self.ages[p.order])

    def holds_other(self, nominal: Nominal, link: Link) -> bool:
        """Whether a description is an office, and who it may mean has another role: no forecaster is "the mayor"."""
        office = nominal.head in words("speakers/offices") and link.confidence < SURE_OF_OFFICE
        return office and bool(link.person.roles) and not self.matches(nominal, link.person)

    def choice(self, anaphor: Anaphor) -> tuple[list[tuple[Person, dict[str, float]]], dict[str, float]]:
        """Everybody whom a pronoun or a description may stand for, and nobody, with the features that are weighed."""
        candidates = self._candidates(anaphor)
        none = nobody(anaphor)
        mentions = self.mentions(anaphor.first, [p for p, _ in candidates])
        features = [*(f for _, f in candidates), none]
        for on, chance in zip(features, self.linked.chances(anaphor.head, mentions, nobody=True), strict=True):
            on[f"{anaphor.kind} linked"] = chance
        return candidates, none

    def mentions(self, i: int, persons: Sequence[Person]) -> list[list[int]]:
        """Where each of the persons was mentioned before word `i`; of who was not, where the next name is."""
        found = []
        behind = self._names_behind(i)
        for person in persons:
            places = self.places.get(person.order, [])
            before = places[: bisect_left(places, i)]
            ahead = (m.first for m, p in islice(self.named, behind, None) if p is person)
            found.append(before or list(islice(ahead, 1)))
        return found

    def _names_behind(self, i: int) -> int:
        """Where in `named` the names behind word `i` begin."""
        return bisect_left(self.named, i + 1, key=lambda n: n[0].first)

    def _candidates(self, anaphor: Anaphor) -> list[tuple[Person, dict[str, float]]]:
        """Everybody whom a pronoun or a description may stand for, with the features that are weighed."""
        behind = self._traces(anaphor.first) if anaphor.kind != "i" else ()
        found = {t.person.order: (t.person, self._behind(anaphor, t)) for t in behind}
        for mention, person in self._ahead(anaphor):
            found.setdefault(person.order, (person, self._before(anaphor, mention, person)))
        out = [(person, features) for person, features in found.values() if self.may_be(anaphor, person)]
        if anaphor.nominal is None:
            named = any(person.order in self.places and person.parts for person, _ in out)
            return [pair for pair in out if not (named and pair[0].supposed)]  # "a festival" is hardly "she"
        post = self.post(anaphor.nominal.fact)
        out = [(person, features) for person, features in out if not self._holds_another(person, post)]
        matching = [self.matches(anaphor.nominal, person) for person, _ in out]
        if anaphor.nominal.owned:
            out = [pair for pair, matches in zip(out, matching, strict=True) if matches]
            matching = [True] * len(out)
        for (person, features), matches in zip(out, matching, strict=True):
            known = self.stated.get(person.order)
            if anaphor.nominal.fact.affiliation is not None and known:
                said = self.words.between(*anaphor.nominal.fact.affiliation)
                where = "d there" if _fits(said, known) else "d elsewhere"
                features |= {where: 1.0, f"{where} by acronym": float(said.isupper())}
            if any(matching):
                features["d match" if matches else "d others match"] = 1.0
            if not person.roles:
                features["d no role"] = 1.0
        return out

    def may_be(self, a: Anaphor, person: Person) -> bool:
        """Whether no title and no age speaks against a person, as a first name alone does not."""
        if person.order in a.told or (a.gender and person.addressed and a.gender != person.addressed):
            return False
        if a.gender and _is_plainly(person) not in (None, a.gender):
            return False
        if a.gender and _is_by_all_signs(person) not in (None, a.gender):
            return False
        told = None if a.nominal is None else years_old(self.words, a.nominal.first, a.nominal.end)
        return told is None or self.ages.get(person.order, told) == told

    def matches(self, nominal: Nominal, person: Person) -> bool:
        """Whether somebody has the role that a description names, the age, or is from where it says: "the Croatian"."""
        w = self.words
        low = w.low[nominal.first : nominal.end]
        if self.ages and ("younger" in low or "older" in low):
            return self.ages.get(person.order) == (min if "younger" in low else max)(self.ages.values())
        if nominal.fact.role:
            held = person.roles if not FORMER.isdisjoint(low) else person.roles - person.past
            return not alike(nominal.head).isdisjoint(held)
        people = w.words[nominal.end - 1].removesuffix("woman").removesuffix("man")
        people = people if people in words("speakers/demonyms") else w.words[nominal.end - 1]  # "Irishwoman", "German"
        country = table("speakers/demonyms").get(people, people)
        beside = (
            w.words[max(m.start - BESIDE, 0) : m.end + BESIDE * (w.low[m.end : m.end + 1] in BEHIND_NAMES)]
            for m, p in self.named
            if p is person
        )
        return any(country in near or people in near for near in beside)

    def post(self, fact: Fact) -> frozenset[str]:
        """The words of a post of which there are several, by what it is for: "trade minister"; none of another role."""
        role = frozenset(self.words.low[i] for first, end in fact.role for i in range(first, end))
        return frozenset() if role.isdisjoint(PORTFOLIOS) or len(role) == 1 else role

    def _holds_another(self, person: Person, post: Collection[str]) -> bool:
        """Whether somebody holds such a post, and another one: the home secretary is not "the foreign secretary"."""
        held = self.posts.get(person.order, ()) if post else ()
        return bool(held) and all(PORTFOLIOS.issuperset(one.intersection(post)) for one in held)

    def _traces(self, i: int) -> list[Trace]:
        """Everybody mentioned before word `i`, the last one first."""
        now = self.narrated[self.words.sentences[i]]
        found: dict[int, Trace] = {}
        for person, at, weight in reversed(self.history[-MEMORY:]):
            between = now - self.narrated[self.words.sentences[at]]
            faded = weight * FADING[min(between, len(FADING) - 1)]
            trace = found.setdefault(person.order, Trace(person, at, between, faded))
            trace.salience = max(trace.salience, faded)
        return list(found.values())

    def _behind(self, a: Anaphor, trace: Trace) -> dict[str, float]:
        """What speaks for somebody mentioned before."""
        person = trace.person
        on = [bucket("paragraphs", self.words.lines[a.first] - self.words.lines[trace.at], (1, 2, 3))]
        if person is self.spoke:
            on.append(f"spoke {min(trace.between, 2)}")
        if person.described:
            on.append("described")
        told = {f"{a.kind} salience": trace.salience, **_gender_fits(a, person)}
        return {f"{a.kind} {name}": 1.0 for name in on} | told

    def _ahead(self, a: Anaphor) -> list[tuple[NameMention, Person]]:
        """The next names behind a pronoun or a description, in its sentence or soon after.

        "A diplomat said …" is nobody mentioned before, and no bystander named behind.
        """
        at = self._names_behind(a.first)
        reach = 1 if a.kind in "so" else 3
        return [
            (m, p)
            for m, p in self.named[at : at + AHEAD]
            if self._apart(a, m) <= reach
            and not self.words.quoted[m.first]
            and (a.kind != "i" or (p.order in self.sources | self.ages.keys() and p.order not in self.places))
        ]

    def _apart(self, a: Anaphor, mention: NameMention) -> int:
        """The sentences of narration between a pronoun or a description and a name behind it."""
        sentences = self.words.sentences
        return self.narrated[sentences[mention.first]] - self.narrated[sentences[a.first]]

    def _before(self, a: Anaphor, mention: NameMention, person: Person) -> dict[str, float]:
        """What speaks for somebody who is named only later."""
        on = ["ahead", bucket("ahead apart", self._apart(a, mention), (1, 2, 3))]
        if leads(self.words, a.first):
            on.append("ahead of a lead")
        told = {f"{a.kind} ahead named": log1p(person.count), **_gender_fits(a, person)}
        return {f"{a.kind} {name}": 1.0 for name in on} | told


def _is_plainly(person: Person) -> str | None:
    """F or M where a person's first name is a woman's or a man's by list and by its letters, too: Lucinda."""
    odds = woman_odds(person.parts[0]) if len(person.parts) > 1 else 0.0
    return person.gender if abs(odds) >= PLAIN_ODDS and person.gender == ("F" if odds > 0 else "M") else None


def _is_by_all_signs(person: Person) -> str | None:
    """F or M where the letters of an unlisted first name and the pronouns before tell the same, and plainly."""
    if person.gender is not None or not person.parts:
        return None
    odds = woman_odds(person.parts[0]) * (LONE if len(person.parts) == 1 else 1.0)
    both = person.heard + odds if person.heard * odds > 0 else 0.0
    return None if abs(both) < EVIDENT else "F" if both > 0 else "M"


def _gender_fits(a: Anaphor, person: Person) -> dict[str, float]:
    """Whether somebody is of a mention's gender: as far as known, else as the letters of the first name tell."""
    if a.gender is None or (person.gender is None and not person.parts):
        return {}
    if person.gender is not None:
        return {f"{a.kind} gender other": float(person.gender != a.gender)}
    odds = max(min(woman_odds(person.parts[0]) / SURE_ODDS, 1.0), -1.0)
    alone = "lone name " if len(person.parts) == 1 else ""  # may be a last name
    return {f"{a.kind} {alone}gender": odds if a.gender == "F" else -odds}


def _age_beside(w: Words, mention: NameMention) -> int | None:
    """The age that stands beside a name: "Ann Reyes, 42, said", "Bo Lee, aged 7,", "20-year-old striker Bo Lee"."""
    at = mention.end + 1 + (w.low[mention.end + 1 : mention.end + 2] == ["aged"])
    age = w.words[at] if w.words[mention.end : mention.end + 1] == [","] and at < len(w) else ""
    if age.isdecimal() and len(age) <= LONGEST_AGE:
        return int(age)
    first = mention.start
    while first > 0 and w.words[first - 1][0].isalnum() and not is_closed(w.low[first - 1]):
        first -= 1
    return years_old(w, first, mention.start)


def years_old(w: Words, first: int, end: int) -> int | None:
    """The age that words tell of somebody: 42 of "the 42-year-old teacher"."""
    return next((int(told[1]) for low in w.low[first:end] if (told := YEARS_OLD.match(low)) is not None), None)


def nobody(a: Anaphor) -> dict[str, float]:
    """The features of nobody: that a pronoun or a description names none of those who are known."""
    on = ["nobody"]
    if a.nominal is not None:
        on.append("nobody " + next((kind for kind, heads in KINDS if a.nominal.head in words(heads)), "other"))
    return {f"{a.kind} {name}": 1.0 for name in on}


def leads(w: Words, i: int) -> bool:
    """Whether word `i` stands in the first paragraph behind a headline, the article's or a section's."""
    before = w.text[: w.starts[w.line_start(i)]].rstrip()
    headline = not before or before[-1].isalnum() or before[-1] in "?'’"
    return headline and len(before[before.rfind("\n") + 1 :].split()) <= LONGEST_HEADLINE  # else its stop was lost


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


def alike(head: str) -> frozenset[str]:
    """The nouns and titles that name the same role."""
    return groups("speakers/same_roles").get(head, frozenset({head}))


def _fits(said: str, known: Collection[str]) -> bool:
    """Whether what a description names is among somebody's affiliations: "Vermont", "R-Vt.", GM for General Motors."""
    forms = {said, *said.split(), *states().get(said, ())}
    forms |= {alias for word in said.lower().split() for alias in groups("speakers/same_parties").get(word, ())}
    inside = any(form.lower() in text.lower() for form in forms for text in known if len(form) > 1)
    return inside or said in {"".join(filter(str.isupper, text)) for text in known}
