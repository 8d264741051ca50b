"""Who is meant by "he", "the senator", "they": one pass over the narration, every mention in its order.

Each mention of a person weighs by its place in its sentence and fades with the sentences between, as in salience-based
resolution (Lappin and Leass 1994). What stands inside a quotation belongs to its speaker's world: a pronoun there
finds its person there, and the names in it count for little outside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from math import log

from quotebank.speakers.antecedent_weighing import Anaphor, Discourse, Link, Nominal, alike, leads, years_old
from quotebank.speakers.disjoint_reference import DisjointReference
from quotebank.speakers.linked_mentions import LinkedMentions
from quotebank.speakers.nominals import OF_TWO
from quotebank.speakers.persons import People, Person, gender_of, gender_told
from quotebank.speakers.prominence import OWNER, SUBJECT, prominence
from quotebank.speakers.role_chunks import STATED_FOR
from quotebank.speakers.role_nouns import is_anybody, is_honorific, is_listed
from quotebank.speakers.roles import BEFORE, POSSESSIVES, Fact
from quotebank.speakers.source_phrases import without_clause
from quotebank.speakers.titles import FULL
from quotebank.speakers.whole_names import NameMention
from quotebank.text import OWNS, Line, Words, table, words

SUBJECTS = {"he": "M", "she": "F"}
OBJECTS = {"him": "M", "her": "F", "his": "M", "hers": "F", "himself": "M", "herself": "F"}
LEAST_DOUBT = 0.02  # that whom a pronoun means is somebody else
SURE = 0.55  # from here on a description adds its role
SETTLING = 0.97  # from here on it settles it: the other pronoun is somebody else's
TELLING = 0.9  # from here on a pronoun tells whether somebody is a woman or a man
REPORTED = 0.7  # who is mentioned in what somebody says
SPEAKS = 1.1  # who says something, in the foreground more than any subject
NAMELESS = STATED_FOR | {"source", "insider", "eyewitness"}  # of whom "a source" has no name further on
PAIR = 2
BESIDE_QUOTATION = 0.75  # how sure it is that who is named before a quotation is "the Swede"
ANY = frozenset({"a", "an", "another", "two", "several"})
NEAR = 40  # words from a description in a lead to the name of whom it means


def _heard(pronoun: str, sure: float) -> float:
    """The log odds that a pronoun adds to somebody's being a woman, whom it means as surely as that.

    "His" may as well be somebody else's: half as much as "he".
    """
    odds = log(max(sure, 0.5) / max(1 - sure, LEAST_DOUBT)) * (1.0 if pronoun in SUBJECTS else 0.5)
    return odds if (SUBJECTS.get(pronoun) or OBJECTS[pronoun]) == "F" else -odds


def _spelled_elsewhere(nominal: Nominal) -> tuple[int, int] | None:
    """The words of an office that a description gives by its letters alone; None where it has its own words."""
    role = nominal.fact.role[0] if nominal.fact.role else None
    return None if role is None or nominal.first <= role[0] < nominal.end else role


def _share(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches of words overlap."""
    return one[0] < other[1] and other[0] < one[1]


def _is_office(phrase: str) -> bool:
    """Whether a description is an office that one person holds: "prime minister", not "former minister"."""
    return phrase == "prime minister" or phrase in words("speakers/offices")


def pictured(w: Words, lines: Iterable[Line]) -> set[int]:
    """The words of captions: who is on a picture is nobody whom the text around it tells of."""
    shown = ((line.start, line.end) for line in lines if line.kind == "caption")
    return {i for start, end in shown for i in range(bisect_left(w.starts, start), bisect_left(w.starts, end))}


class Narration:
    """One pass over what an article tells: whom every pronoun and description stands for, by its first word (`links`),
    and what descriptions add of each person (`added`, by `Person.order`).

    `facts` are the stated roles of each person; `sources` the words of claims' sources, `reported` those of their
    contents outside quotation marks; `said` has the words of a claim's contents by its source's first:
    who is named in what is quoted is somebody else than who says it. `tellers` has, by the first word of a source in
    what is told "according to" somebody, the words of who tells it. `turns` are the words of the labels and
    of the contents of a transcript's turns; `pictured` the words of captions, whose people are in nobody's foreground.
    """

    def __init__(
        self,
        w: Words,
        people: People,
        named: Sequence[tuple[NameMention, Person]],
        facts: Mapping[int, Sequence[Fact]],
        *,
        sources: Sequence[tuple[int, int]],
        reported: Collection[int],
        said: Mapping[int, Sequence[tuple[int, int]]],
        tellers: Mapping[int, tuple[int, int]],
        turns: Sequence[tuple[tuple[int, int], tuple[int, int]]],
        linked: LinkedMentions,
        pictured: Collection[int] = (),
    ) -> None:
        self.pictured = pictured
        self.w, self.people, self.named, self.facts, self.reported = w, people, named, facts, reported
        self.discourse = Discourse(w, people, named, linked)
        self.discourse.stated = {
            order: {w.between(*f.affiliation) for f in known if f.affiliation is not None}
            for order, known in facts.items()
        }
        for order, known in facts.items():
            posts = [post for f in known if (post := self.discourse.post(f))]
            if posts:
                self.discourse.posts[order] = posts
        # "a customer, who gave her name as Pat", "A fisherman, Bo Lee"
        self.described = {f.at: people.all[order] for order, known in facts.items() for f in known if f.place <= BEFORE}
        self.speaking = {i for first, end in sources for i in range(first, end)}
        self.ends = dict(sources)
        self.named_until = {m.end: p for m, p in named}
        self.others = DisjointReference(w, named, self.ends, said, tellers, turns, self.named_until)
        self.named_at = {m.first for m, _ in named}
        self.first_named = {p.order: m.first for m, p in reversed(named)}
        self.discourse.sources = {
            p.order for m, p in named if m.first in self.speaking and w.low[m.end : m.end + 1] != [OWNS]
        }
        self.links: dict[int, Link] = {}
        self.supposed: Person | None = None  # whose sex a pronoun told last
        self.described_until: dict[int, Person] = {}
        self.added: dict[int, list[Fact]] = {}
        self.meant: dict[str, dict[int, float]] = {}  # whom each description means, how surely: their squares, summed
        self.offered: list[tuple[str, Person, Nominal]] = []  # what descriptions tell of whom they mean, if of anybody

    def read(self, found: Iterable[Nominal]) -> None:
        """Go through every mention in its order."""
        w = self.w
        events: list[tuple[int, int, NameMention | Nominal | None, Person | None]] = [
            (m.first, m.end, m, p) for m, p in self.named
        ]
        events += [(n.first, n.end, n, None) for n in found]
        taken = {i for n in events for i in range(n[0], n[1])}
        pronouns = SUBJECTS | OBJECTS
        events += [(i, i + 1, None, None) for i, low in enumerate(w.low) if low in pronouns and i not in taken]
        heads = (e[1] - 1 if isinstance(e[2], Nominal) else e[0] for e in events)
        self.discourse.linked.expect({*heads, *(e[0] for e in events)})
        for first, end, event, person in sorted(events, key=lambda e: e[0]):
            if isinstance(event, Nominal) and w.words[first - 1] == "," and first - 1 in self.named_until:
                self._add(self.named_until[first - 1], event)  # an appositive, no mention of its own
                continue
            alone = isinstance(event, Nominal) and self.named_at.isdisjoint(range(first, end))
            known = self.described.get(first) if alone else person
            link = Link(known, 0.97) if known is not None else self._link(first, event)
            if event is None and w.quoted[first]:  # in the speaker's world, and in nobody's foreground outside of it
                self.links.update({} if link is None else {first: link})
                continue
            told = None if event is not None else SUBJECTS.get(w.low[first])
            if link is None and told and self._think_again(told):
                link = self._link(first, event)
            if link is not None:
                if event is None:
                    link.person.heard += _heard(w.low[first], link.confidence)
                if told and link.person.gender is None and link.confidence >= TELLING:
                    link.person.gender = told  # "Ruxandra … she": who is a she once is no he
                    self.supposed = link.person
                if told and link.person.gender == told and link.confidence >= SETTLING:
                    link.person.addressed = told
                age = years_old(w, first, end)
                if age is not None:
                    self.discourse.ages.setdefault(link.person.order, age)
                self._note(first, end, event, link)
        held = self._held()
        for phrase, person, nominal in self.offered:
            if held.get(phrase) == person.order:
                self._add(person, nominal)

    def _think_again(self, told: str) -> bool:
        """Whether who a pronoun told to be the other sex may be what one behind it says, which else means nobody."""
        person, self.supposed = self.supposed, None
        if person is None or person.gender == told:
            return False
        person.gender = person.addressed = None
        return True

    def _held(self) -> dict[str, int]:
        """Whom each description means throughout: "the premier" is one person, and not "the chancellor" too."""
        held: dict[str, int] = {}
        for phrase, sure in sorted(self.meant.items(), key=lambda meant: -max(meant[1].values())):
            office = _is_office(phrase)
            taken = {order for other, order in held.items() if office and _is_office(other)}
            free = [order for order in sure if order not in taken]
            if free:
                held[phrase] = max(free, key=lambda order: sure[order])
        return held

    def _add(self, person: Person, nominal: Nominal) -> None:
        """Remember what a description tells of a person."""
        if nominal.telling:
            self.added.setdefault(person.order, []).append(nominal.fact)

    def _link(self, first: int, event: NameMention | Nominal | None) -> Link | None:
        """Whom a pronoun or a description stands for."""
        if isinstance(event, Nominal):
            return self._described(event)
        low = self.w.low[first]
        if self.w.quoted[first] and not (low in SUBJECTS and first in self.ends):
            return None  # its person is in the speaker's world
        kind, gender = "s" if low in SUBJECTS else "o", SUBJECTS.get(low) or OBJECTS[low]
        return self.discourse.antecedent(Anaphor(first, kind, gender, told=self.others.of_pronoun(first)))

    def _joined_to(self, nominal: Nominal) -> list[int]:
        """Who stands before "and" in front of a description: "the chancellor and | the prime minister" are two."""
        joined = self.w.low[nominal.first - 1] == "and" and nominal.first > 1
        other = self.described_until.get(nominal.first - 1) if joined else None
        return [] if other is None else [other.order]

    def _kin(self, nominal: Nominal) -> Link | None:
        """Whom "his wife" names: the one other person of the owner's last name."""
        owner, noun = self.w.low[nominal.first], nominal.head.rsplit("-", 1)[-1]
        if owner not in OBJECTS or noun not in words("speakers/relations"):
            return None
        if (other := self._other_of_two(noun)) is not None:
            return other
        link = self.discourse.antecedent(Anaphor(nominal.first, "o", OBJECTS[owner]))
        if link is None:
            return None
        told, last = gender_told(noun), link.person.parts[-1:]
        family = [p for p in self.people.all if len(p.parts) > 1 and p.parts[-1:] == last and p is not link.person]
        others = [p for p in family if told is None or p.gender in (None, told)]
        kin = words("speakers/relations")
        others = [p for p in others if noun in p.roles or kin.isdisjoint(p.roles)]  # "her husband" is no brother
        if len(others) == 1 and self.others.is_said_of(nominal.first, others[0]):
            return Link(link.person, 0.7, "d") if told in (None, link.person.gender or told) else None
        return Link(others[0], 0.85, "d") if len(others) == 1 else None

    def _other_of_two(self, noun: str) -> Link | None:
        """Who is a relative of that kind, as the one other person of the last name is theirs: "her mother, Ann Lee"."""
        named = [p for p in self.people.all if len(p.parts) > 1]
        relatives = table("speakers/relations")
        for person in named:
            kin = {one for role in person.roles for one in relatives.get(role, "").split()}
            family = [p for p in named if p.parts[-1] == person.parts[-1] and p is not person]
            if noun in kin and len(family) == 1 and gender_told(noun) in (None, family[0].gender or gender_told(noun)):
                return Link(family[0], 0.85, "d")
        return None

    def _of_two(self, nominal: Nominal) -> Link | None:
        """Whom "the former" and "the latter" name: the one and the other of the last two names."""
        behind = bisect_left(self.named, nominal.first, key=lambda n: n[0].first)
        if nominal.head not in OF_TWO or behind < 2:
            return None
        return Link(self.named[behind - 2 + OF_TWO.index(nominal.head)][1], 0.9, "d")

    def _of_age(self, nominal: Nominal) -> Link | None:
        """Whom "the 74-year-old" names: the one of that age; or "the younger woman", of two whose ages are known."""
        ages, low = self.discourse.ages, self.w.low[nominal.first : nominal.end]
        if len(ages) == PAIR and not {"elder", "older", "younger"}.isdisjoint(low):
            chosen = (min if "younger" in low else max)(ages, key=lambda order: ages[order])
            return Link(self.people.all[chosen], 0.95, "d")
        age = years_old(self.w, nominal.first, nominal.end)
        same = [order for order, years in ages.items() if age == years]
        return Link(self.people.all[same[0]], 0.95, "d") if len(same) == 1 else None

    def _by_letters(self, nominal: Nominal) -> Link | None:
        """Who holds the office that letters stand for, where it is spelled out: "the DPP"."""
        role = _spelled_elsewhere(nominal)
        if role is None:
            return None
        held = (order for order, known in self.facts.items() if any(f.role and _share(f.role[0], role) for f in known))
        behind = (p.order for m, p in self.named if m.first == role[1])  # "DSP | Ann Lee"
        holder = next(chain(held, behind), None)
        return None if holder is None else Link(self.people.all[holder], 0.95, "d")

    def _is_spelled_out(self, nominal: Nominal) -> bool:
        """Whether letters stand for an office whose words are elsewhere, not right before them in brackets."""
        role = _spelled_elsewhere(nominal)
        return role is not None and self.w.words[role[1]] != "("

    def _named_below(self, nominal: Nominal) -> Link | None:
        """Who is named further on for the first time: who alone has the role, or speaks right behind a lead.

        "A contestant … The contestant, Ann Lee, …"; "the mayor has said. Ann Lee …"; "its owner said. “No,” Lee said".
        """
        told_apart = not nominal.indefinite and self.w.low[nominal.end : nominal.end + 1] == ["who"]
        brought_in = self._is_named_as("the", nominal.head)  # "a spokeswoman … . The spokeswoman, Ann Lee, …"
        unnamed = told_apart or (nominal.head in NAMELESS and not nominal.owned and not brought_in)
        if unnamed or nominal.first not in self.ends or self.w.low[nominal.first] == "one":
            return None
        end, same = max(nominal.end, self.ends[nominal.first]), alike(nominal.head)
        named = [p for p in self.people.all if p.order in self.first_named]
        new = [p for p in named if self.first_named[p.order] >= end]
        held = [p for p in named if not same.isdisjoint(p.roles)]
        if len(held) == 1 and held[0] in new:
            return Link(held[0], 0.7, "d")
        if not leads(self.w, nominal.first) or not new:
            return None
        person, told = min(new, key=lambda p: self.first_named[p.order]), self._told_behind(nominal)
        if told not in (None, person.gender or told) or self._is_otherwise(person, same):
            return None
        at = self.first_named[person.order]
        has = self.w.low[end : end + 1] == ["has"] and len(new) == len(self.first_named)
        near = at - end < NEAR and (nominal.indefinite or nominal.owned)
        if any(role.startswith("spokes") for role in person.roles) and not nominal.head.startswith("spokes"):
            return None  # "the network operator has warned. Oxbow Energy spokeswoman Ann Lee …"
        return Link(person, 0.7, "d") if (has or near) and at in self.speaking else None

    def _is_named_as(self, article: str, noun: str) -> bool:
        """Whether somebody is first named behind an article, a noun and a comma: "the spokeswoman, | Ann Lee"."""
        firsts = (
            p.mention.start if self.first_named[p.order] == p.mention.first else self.first_named[p.order]
            for _, p in self.named
        )
        return any(self.w.low[max(at - 3, 0) : at] == [article, noun, ","] for at in firsts)

    def _beside_quotation(self, anaphor: Anaphor) -> Link | None:
        """Who alone is named in the paragraph before a quotation: "Coach Ann Lee was sad. “No,” said | the Swede"."""
        w = self.w
        said = [begin for begin, end in self.others.said.get(anaphor.first, ()) if end <= anaphor.first]
        if not said or not w.quoted[said[0]]:
            return None
        begin = w.line_start(said[0])
        near = [(m, p) for m, p in self.others.named_in(begin, said[0]) if not w.quoted[m.first]]
        named = {p.order: p for _, p in near}
        if all(m.first in self.reported for m, _ in near):
            return None  # "He testified that his supervisor, Ann Lee, had rung. “Twice,” the witness said."
        person = next(iter(named.values()), None)
        if person is None or len(named) > 1 or len(person.parts) < FULL or not self.discourse.may_be(anaphor, person):
            return None
        noun = "" if anaphor.nominal is None else anaphor.nominal.head
        return None if self._is_brought_in(noun, anaphor.first) else Link(person, BESIDE_QUOTATION, "d")

    def _is_brought_in(self, noun: str, at: int) -> bool:
        """Whether somebody without a name was brought in before by a noun: "met a lawyer … | the lawyer said"."""
        w = self.w
        return any(w.low[i] == noun and not ANY.isdisjoint(w.low[max(i - 2, 0) : i]) for i in range(1, at))

    def _told_behind(self, nominal: Nominal) -> str | None:
        """F or M, as the noun of a description tells, or the first pronoun of its sentence: "the engineer said she"."""
        behind = range(nominal.end, self.w.sentence_end(nominal.end - 1))
        said = next((SUBJECTS[self.w.low[i]] for i in behind if self.w.low[i] in SUBJECTS), None)
        return gender_told(nominal.head) or said

    def _is_otherwise(self, person: Person, same: Collection[str]) -> bool:
        """Whether who is named has a role or title that is none of the `same`: no engineer is "Ann Lee, a teacher"."""
        titles = {title for title in person.titles if not is_honorific(title)}
        told = {role for role in person.roles if not is_anybody(role)} | (titles & words("speakers/role_titles"))
        return bool(told) and told.isdisjoint(same)

    def _described(self, nominal: Nominal) -> Link | None:
        """Whom a description stands for: somebody named, or one whom it brings in."""
        if nominal.unsure:
            supposed = self._introduce(nominal)
            supposed.supposed = True
            return Link(supposed, 0.85, "new")
        kin = self._kin(nominal)
        if kin is not None:
            return kin  # "his wife" is no role
        inside = self.w.low[nominal.first : nominal.end]
        gender = next((g for low in reversed(inside) if (g := gender_told(low)) is not None), None)
        speaks = nominal.first in self.ends
        told = self.others.named_by(nominal.first) + self.others.acts_on(nominal.first)
        told += self.others.met_by(nominal) + self._joined_to(nominal)
        anaphor = Anaphor(nominal.first, "i" if nominal.indefinite else "d", gender, nominal, told)
        nameless = nominal.indefinite and (nominal.head in NAMELESS or not speaks)
        by_letters = self._by_letters(nominal)
        if by_letters is None and self._is_spelled_out(nominal):
            return None  # "the FMG", where nobody is known as the Financial Markets Guardian
        plain = self._of_two(nominal) or self._of_age(nominal) or by_letters
        link = None if nameless else plain or self.discourse.antecedent(anaphor)
        theirs = self.w.low[nominal.first] in POSSESSIVES  # "her mother", behind whom she is named
        beside = None if plain or nameless or nominal.indefinite or theirs else self._beside_quotation(anaphor)
        if beside is not None and not (link is not None and self.discourse.matches(nominal, link.person)):
            link = beside if link is None or link.person is not beside.person else link
        if speaks and link is not None and self.discourse.holds_other(nominal, link):
            link = None
        link = link or self._named_below(nominal)
        if link is None and not speaks:
            unknown = not is_listed(nominal.head) and not nominal.head.endswith("-old")
            if unknown or self.w.low[nominal.end : nominal.end + 1] == [OWNS]:
                return None  # "a hospital slipper", "the governor's office"
        if link is None:
            link = Link(self._introduce(nominal), 0.85, "new")  # "her lawyer said": whom "he" may stand for further on
        elif not nominal.indefinite:
            phrase = " ".join(inside[1:])
            sure = self.meant.setdefault(phrase, {})
            sure[link.person.order] = sure.get(link.person.order, 0.0) + link.confidence**2
            if self._is_theirs(nominal, link):
                self.offered.append((phrase, link.person, nominal))
            return link
        self._add(link.person, nominal)
        return link

    def _is_theirs(self, nominal: Nominal, link: Link) -> bool:
        """Whether what a description states is a person's: its role is unlike no other one that is known."""
        if nominal.first in self.reported:
            return False  # "Bell accused the chancellor of lying"
        known = [role for role in link.person.roles if not is_anybody(role)]
        same = not alike(nominal.head).isdisjoint(known)
        phrase = " ".join(self.w.low[nominal.first + 1 : nominal.end])
        if nominal.first not in self.ends and _is_office(phrase):
            return same  # "the prime minister", of whom others speak, may be any of two
        return link.confidence > SURE and (same or not known or not nominal.fact.role)

    def _introduce(self, nominal: Nominal) -> Person:
        """The person that a description brings in: known by the description alone, as long as its source is."""
        end = max(nominal.end, without_clause(self.w, nominal.first, self.ends.get(nominal.first, nominal.end)))
        mention = NameMention(nominal.first, nominal.first, end, "PER")
        person = self.people.new((), self.w.between(nominal.first, end), mention, gender_of(None, [nominal.head]))
        person.described = True
        person.addressed = person.gender
        person.count = 1
        person.roles.add(nominal.head)
        return person

    def _note(self, first: int, end: int, event: NameMention | Nominal | None, link: Link) -> None:
        """Remember whom a mention stands for, and how much in the foreground it is."""
        w = self.w
        if not (isinstance(event, Nominal) and event.unsure):
            self.links[first] = link
        self.described_until[end] = link.person
        if isinstance(event, NameMention) and first in self.pictured and first not in self.speaking:
            return
        owns = not isinstance(event, Nominal) and (w.low[first] in POSSESSIVES or w.low[end : end + 1] == [OWNS])
        if first in self.speaking and not owns and not w.quoted[first]:
            self.discourse.spoke = link.person
            self.discourse.note(link.person, first, SPEAKS)
            return
        start = event.start if isinstance(event, NameMention) else first
        weight = OWNER if owns else SUBJECT if w.low[first] in SUBJECTS else prominence(w, start, end)
        self.discourse.note(link.person, first, weight * REPORTED if first in self.reported else weight)
