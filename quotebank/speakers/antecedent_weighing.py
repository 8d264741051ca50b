"""Which person of a narration a pronoun or a description stands for: features of every candidate, weighed from data.

The features are those of salience-based resolution (Lappin and Leass 1994): how far back, in what place of its
sentence, how often, who spoke last; and for descriptions what is known of somebody's roles. How much each counts is
learned (`training/antecedents.py`), and so is when nobody is meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from math import log1p

import attrs

from quotebank.speakers.linked_mentions import LinkedMentions
from quotebank.speakers.name_mentions import NameMention
from quotebank.speakers.persons import People, Person
from quotebank.speakers.prominence import AFTER_SUBJECTS, OWNER, QUOTED, SUBJECT
from quotebank.speakers.ranking import best, bucket
from quotebank.speakers.roles import Fact
from quotebank.text import Words, groups, is_capital, is_closed, states, table, words

FADING = (1.0, 0.85, 0.55, 0.4, 0.3, 0.22, 0.17, 0.13)  # by sentences of narration between
LEADING = frozenset({"with", "in", "on", "at", "by", "for", "from", "despite", "during", "under", "like", "unlike"})
BESIDE = 3  # words before or behind a name that say where somebody is from
ROOT = 4  # letters that a country and its people have in common
MEMORY = 48  # mentions that a pronoun may look back over
AHEAD = 6  # names that it may look ahead over
APART = (1, 2, 3, 4, 6, 9, 15)
KINDS = (("descriptor", "speakers/descriptors"), ("office", "speakers/offices"))
COMING = frozenset({"incoming", "next", "future"})
OLDER, YOUNGER = frozenset({"older", "elder", "eldest", "oldest"}), frozenset({"younger", "youngest"})
RETOLD = frozenset({"former", "retired", "incoming", "outgoing", "elder", "younger", "ex", "one-time", "veteran"})


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
    telling: bool = True
    """Whether it states a role: "the senator" does, "the 42-year-old" does not."""
    owned: bool = False
    """Whether it begins with whose it is: "his son", "France's minister"."""


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
        self.stated: Mapping[int, frozenset[str]] = {}
        self.role_words: Mapping[int, frozenset[str]] = {}
        self.narrated = _narrated(w)
        self.history: list[tuple[Person, int, float]] = []
        self.places: dict[int, list[int]] = {}  # of each person's mentions, by `Person.order`
        self.called: dict[int, str] = {}
        self.spoke: Person | None = None
        self.paragraphs = _paragraphs(w)
        self.sources: Collection[int] = ()
        self.ages: dict[int, int] = {p.order: age for m, p in named if (age := _age_behind(w, m.end)) is not None}

    def note(self, person: Person, i: int, weight: float) -> None:
        """Remember that word `i` mentions a person, and how much in the foreground."""
        self.history.append((person, i, weight))
        self.places.setdefault(person.order, []).append(i)

    def call(self, person: Person, nominal: Nominal) -> None:
        """Remember that a description has named a person, and the age that it tells."""
        self.called[person.order] = nominal.head
        age = _age_told(nominal)
        if age is not None:
            self.ages.setdefault(person.order, age)

    def antecedent(self, anaphor: Anaphor) -> Link | None:
        """The likeliest person for a pronoun or a description; None where it is likelier that nobody is meant."""
        found = best("speakers/antecedent_weights", *self.choice(anaphor))
        return None if found is None else Link(found.candidate, round(found.probability, 3), anaphor.kind)

    def choice(self, anaphor: Anaphor) -> tuple[list[tuple[Person, dict[str, float]]], dict[str, float]]:
        """Everybody whom a pronoun or a description may stand for, and nobody, with the features that are weighed."""
        candidates = self._candidates(anaphor)
        none = nobody(anaphor, candidates)
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
        known = (t for t in self._traces(anaphor.first) if _may_be(anaphor, t.person))
        traces = [t for t in known if self._may_be_as_old(anaphor, t.person)]
        firsts = self._firsts(anaphor.first)
        matching = self._matching(anaphor, [t.person for t in traces])
        out = []
        following = self._named_next(anaphor.first)
        for trace in traces:
            features = self._behind(anaphor, trace, firsts)
            if matching:
                kind = "match" if trace.person.order in matching else "others match"
                features[f"d salience, {kind}"] = trace.salience
            if trace.person is following:
                features[f"{anaphor.kind} named next"] = 1.0
            if anaphor.nominal is not None:
                features |= self._described(anaphor.nominal, trace.person, matching)
                features |= self._called(anaphor.nominal, trace)
            out.append((trace.person, features))
        behind = {t.person.order for t in traces}
        for n, (mention, person) in enumerate(self._ahead(anaphor)):
            if person.order not in behind and _may_be(anaphor, person):
                behind.add(person.order)
                features = self._before(anaphor, mention, person, n)
                if anaphor.nominal is not None:
                    features |= self._described(anaphor.nominal, person, self._matching(anaphor, [person]))
                out.append((person, features))
        if anaphor.nominal is not None and anaphor.nominal.owned:
            return [(person, features) for person, features in out if "d match" in features]
        return out

    def _matching(self, a: Anaphor, persons: Sequence[Person]) -> frozenset[int]:
        """Those who have the role that a description names, or are from where it says: "the Croatian".

        Nobody has what is only to come: "the incoming mayor".
        """
        if a.nominal is None or not COMING.isdisjoint(self.words.low[a.first : a.nominal.end]):
            return frozenset()
        age, low = _age_told(a.nominal), self.words.low[a.first : a.nominal.end]
        if age is not None:
            return frozenset(p.order for p in persons if self.ages.get(p.order) == age)
        known = [p for p in persons if p.order in self.ages]
        if len(known) > 1 and not (OLDER | YOUNGER).isdisjoint(low):
            pick = max if YOUNGER.isdisjoint(low) else min
            return frozenset({pick(known, key=lambda p: self.ages[p.order]).order})
        people = self.words.words[a.nominal.end - 1]
        if is_capital(people) and not a.nominal.fact.role:
            return frozenset(p.order for p in persons if self._is_from(p, people))
        return frozenset(p.order for p in persons if not alike(a.nominal.head).isdisjoint(p.roles))

    def _may_be_as_old(self, a: Anaphor, person: Person) -> bool:
        """Whether nobody of another age is meant by "the 42-year-old"."""
        age = None if a.nominal is None else _age_told(a.nominal)
        return age is None or self.ages.get(person.order, age) == age

    def _called(self, nominal: Nominal, trace: Trace) -> dict[str, float]:
        """Whether somebody was called something else just now: "the Russian", and then "the American"."""
        called = self.called.get(trace.person.order)
        if called is None or not alike(called).isdisjoint(alike(nominal.head)):
            return {}
        people = not nominal.fact.role and is_capital(self.words.words[nominal.end - 1])
        if people and any(called.capitalize() in words(f"speakers/{kind}") for kind in ("demonyms", "nationals")):
            return {"d of another people": 1.0}  # whoever is "the Russian" is not "the American"
        return {"d called otherwise": 1.0} if trace.between <= 3 else {}

    def _is_from(self, person: Person, people: str) -> bool:
        """Whether a people, or its country, stands beside a person's name: "Croatia's Ana Krpan", "a Dane, Bo Lund"."""
        w, country = self.words, table("speakers/demonyms").get(people, people)
        for mention, named in self.named:
            if named is person:
                before = w.words[max(mention.start - BESIDE, 0) : mention.start]
                beside = " ".join([*before, *w.words[mention.end : mention.end + BESIDE]])
                if country in beside or people[:ROOT] in beside:
                    return True
        return False

    def _traces(self, i: int) -> list[Trace]:
        """Everybody mentioned before word `i`, the last one first."""
        now = self.narrated[self.words.sentences[i]]
        found: dict[int, Trace] = {}
        for person, at, weight in reversed(self.history[-MEMORY:]):
            between = now - self.narrated[self.words.sentences[at]]
            faded = weight * FADING[min(between, len(FADING) - 1)]
            trace = found.get(person.order)
            if trace is None:
                found[person.order] = Trace(person, at, between, faded)
            else:
                trace.salience = max(trace.salience, faded)
        return list(found.values())

    def _firsts(self, i: int) -> dict[int, int]:
        """Who is mentioned first, and owns nothing, in the sentence of word `i` and in the one of narration before.

        Whoever begins the main clause comes before those in what leads up to it: "With Ann Lee out, | Bo Orr won".
        """
        w, now = self.words, self.narrated[self.words.sentences[i]]
        found: dict[int, int] = {}
        begin: dict[int, int] = {}
        for person, at, weight in reversed(self.history[-MEMORY:]):
            between = now - self.narrated[w.sentences[at]]
            if between > 1:
                break
            if weight in (OWNER, QUOTED):
                continue
            found[between] = person.order
            if weight >= SUBJECT and at and w.words[at - 1] == "," and _leads_up(w, at):
                begin[between] = person.order
        return found | begin

    def _where(self, i: int) -> str:
        """Where in its sentence a pronoun stands: it "opens" one, is the "tag" of a quotation, or is "inside"."""
        if self.words.opens_sentence(i):
            return "opens"
        return "tag" if any(self.words.quoted[max(i - 3, 0) : i]) else "inside"

    def _named_next(self, i: int) -> Person | None:
        """Who is named first in the sentence of narration behind that of word `i`: most often somebody else."""
        now, w = self.narrated[self.words.sentences[i]], self.words
        behind = self._names_behind(i)
        next_named = ((m, p) for m, p in self.named[behind : behind + AHEAD] if not w.quoted[m.first])
        mention, person = next(next_named, (None, None))
        return person if mention is not None and self.narrated[w.sentences[mention.first]] == now + 1 else None

    def _behind(self, a: Anaphor, trace: Trace, firsts: Mapping[int, int]) -> dict[str, float]:
        """What speaks for somebody mentioned before; `firsts` are who is first in this sentence and the last one."""
        person, k = trace.person, a.kind
        on = [f"first in sentence {between}" for between, order in firsts.items() if order == person.order]
        if person is self.spoke:
            on += ["spoke", f"spoke {min(trace.between, 2)}"]
        if k == "s":
            on += [f"{name} {self._where(a.first)}" for name in on]
        on += [
            bucket("apart", trace.between, APART),
            bucket("paragraphs", self.paragraphs[a.first] - self.paragraphs[trace.at], (1, 2, 3)),
        ]
        if a.gender and person.gender:
            on.append("gender same" if a.gender == person.gender else "gender other")
        return {f"{k} {name}": 1.0 for name in on} | {f"{k} salience": trace.salience}

    def _ahead(self, a: Anaphor) -> list[tuple[NameMention, Person]]:
        """The next names behind a pronoun or a description, in its sentence or soon after."""
        at = self._names_behind(a.first)
        now = self.narrated[self.words.sentences[a.first]]
        reach = 1 if a.kind in "so" else 3
        return [
            (m, p)
            for m, p in self.named[at : at + AHEAD]
            if self.narrated[self.words.sentences[m.first]] - now <= reach
            and not self.words.quoted[m.first]
            and (a.kind != "i" or p.order in self.sources)  # "A diplomat said …" is no bystander named behind
        ]

    def _before(self, a: Anaphor, mention: NameMention, person: Person, n: int) -> dict[str, float]:
        """What speaks for somebody who is named only later."""
        k = a.kind
        apart = self.narrated[self.words.sentences[mention.first]] - self.narrated[self.words.sentences[a.first]]
        on = ["ahead", f"ahead {min(n, 2)}", bucket("ahead apart", apart, (1, 2, 3))]
        if _gender_differs(a, person):
            on.append("gender other")
        if leads(self.words, a.first):
            on.append("ahead of a lead")
        if self.paragraphs[mention.first] > self.paragraphs[mention.first - 1] or (
            self.paragraphs[mention.first] > self.paragraphs[a.first] and self.words.opens_sentence(mention.start)
        ):
            on.append("ahead begins paragraph")
        if person.roles:
            on.append("ahead with role")
        return {f"{k} {name}": 1.0 for name in on} | {f"{k} ahead named": log1p(person.count)}

    def _described(self, nominal: Nominal, person: Person, matching: Collection[int]) -> dict[str, float]:
        """What is known of somebody that agrees or disagrees with a description."""
        on = []
        known = self.stated.get(person.order, frozenset())
        fits = place_fits(self.words, nominal, known)
        if nominal.fact.affiliation is not None and (known or not fits):
            where = "there" if fits else "elsewhere"
            by_acronym = self.words.between(*nominal.fact.affiliation).isupper()
            on += [where, f"{where} by acronym"] if by_acronym else [where]
        if person.order in matching:
            on += ["match", "only match" if len(matching) == 1 else "one match of some"]
            if nominal.fact.affiliation is not None:
                on.append("match there" if fits else "match elsewhere")
            more = {word for word in self.words.words[nominal.first : nominal.end - 1] if word.islower()}
            more = {word for word in more if not is_closed(word)}
            if more and more.isdisjoint(self.role_words.get(person.order, frozenset())):
                on.append("match said otherwise")  # "the shadow minister" is not who is minister
        elif matching:
            on.append("others match")
        if not person.roles:
            on.append("no role")
        return {f"d {name}": 1.0 for name in on}


def _age_behind(w: Words, end: int) -> int | None:
    """The age in years that stands behind a name: "Ann Reyes, 42, said", "Bo Lee, aged 7,"."""
    at = end + 1 + (w.low[end + 1 : end + 2] in (["now"], ["aged"]))
    at += w.low[at : at + 1] == ["aged"]
    behind = w.words[at : at + 1]
    is_age = w.words[end : end + 1] == [","] and behind and behind[0].isdecimal() and len(behind[0]) < 3
    closes = w.words[at + 1 : at + 2] in ([","], ["."], ["and"], [")"], [";"])
    return int(behind[0]) if is_age and closes else None


def _age_told(nominal: Nominal) -> int | None:
    """The age in years that a description names: "the 42-year-old"."""
    number = nominal.head.partition("-")[0]
    return int(number) if nominal.head.endswith("-old") and number.isdecimal() else None


def nobody(a: Anaphor, candidates: Iterable[tuple[Person, Mapping[str, float]]]) -> dict[str, float]:
    """The features of nobody: that a pronoun or a description names none of those who are known."""
    on = ["nobody"]
    n = a.nominal
    if n is not None:
        matched = any("d match" in features for _, features in candidates)
        listed = next((kind for kind, heads in KINDS if n.head in words(heads)), "other")
        kind = listed if n.fact.role or listed != "other" else "origin"
        on += [f"nobody {kind}", f"nobody again {n.again}", f"nobody telling {n.telling}"]
        on.append(f"nobody placed {n.fact.affiliation is not None}")
        on.append("nobody matched" if matched else f"nobody unmatched {kind}")
    return {f"{a.kind} {name}": 1.0 for name in on}


def leads(w: Words, i: int) -> bool:
    """Whether word `i` stands in the first paragraph behind a headline, the article's or a section's."""
    before = w.text[: w.text.rfind("\n", 0, w.starts[i]) + 1].rstrip()
    return not before or before[-1].isalnum() or before[-1] in "?'’"


def _gender_differs(a: Anaphor, person: Person) -> bool:
    return bool(person.gender and a.gender and person.gender != a.gender)


def _may_be(a: Anaphor, person: Person) -> bool:
    """Whether no title and nothing else that is sure speaks against a person, as a first name alone is not."""
    return not (a.gender and person.addressed and a.gender != person.addressed) and person.order not in a.told


def _leads_up(w: Words, i: int) -> bool:
    """Whether the sentence of word `i` begins with what leads up to its main clause: "When …,", "Asked by …,"."""
    first = bisect_left(w.sentences, w.sentences[i])
    low = w.low[first]
    return (
        low in AFTER_SUBJECTS or low in LEADING or (low.endswith(("ed", "ing")) and not is_capital(w.words[first + 1]))
    )


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


def _paragraphs(w: Words) -> list[int]:
    """For each word, how many line breaks stand before it."""
    found, total, end = [], 0, 0
    for start, stop in zip(w.starts, w.ends, strict=True):
        total += "\n" in w.text[end:start]
        end = stop
        found.append(total)
    return found


def alike(head: str) -> frozenset[str]:
    """The nouns and titles that name the same role."""
    return groups("speakers/same_roles").get(head, frozenset({head}))


def place_fits(w: Words, nominal: Nominal, stated: frozenset[str]) -> bool:
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
