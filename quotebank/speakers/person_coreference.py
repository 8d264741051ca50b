"""Who is meant by "he", "the senator", "they": one pass over the narration, every mention in its order.

Each mention of a person weighs by its place in its sentence and fades with the sentences between, as in salience-based
resolution (Lappin and Leass 1994). What stands inside a quotation belongs to its speaker's world: a pronoun there
finds its person there, and the names in it count for little outside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

import attrs
import regex

from quotebank.speakers.antecedent_weighing import RETOLD, Anaphor, Discourse, Link, Nominal, alike, leads
from quotebank.speakers.linked_mentions import LinkedMentions
from quotebank.speakers.name_mentions import NameMention
from quotebank.speakers.noun_phrases import description
from quotebank.speakers.organization_name_bounds import named_behind
from quotebank.speakers.persons import People, Person, gender_of, gender_told
from quotebank.speakers.prominence import OWNER, SUBJECT, prominence
from quotebank.speakers.role_chunks import STATED_FOR, Names, countries
from quotebank.speakers.role_nouns import is_anybody, is_listed
from quotebank.speakers.roles import BESIDE, ELSEWHERE, POSSESSIVES, Fact, as_described
from quotebank.speakers.source_phrases import without_clause
from quotebank.text import OWNS, Words, is_capital, is_closed, table, words

SUBJECTS = {"he": "M", "she": "F"}
OBJECTS = {"him": "M", "her": "F", "his": "M", "hers": "F", "himself": "M", "herself": "F"}
SURE, SURE_AGAIN, SURE_KNOWN = 0.65, 0.45, 0.3  # from here on a description adds a role: any; one that tells of
# somebody known, without a role so far; one of somebody's own role
SURE_LAND = 0.7  # from here on a description says of which country somebody is: there are many ministers
REPORTED = 0.7  # who is mentioned in what somebody says
PREDICATES = frozenset({"is", "was", "be", "being", "been", "became", "become", "becomes", "remains", "remain"})
VERBS = PREDICATES | {"has", "had", "who", "will", "would"}
LONGEST_BODY = 8  # words of "for Refugees (UNHCR)"
FARTHEST_VERB = 5  # words from a pronoun back to the end of its verb's subject
NAMES = 12  # names back that "the former" and "the latter" may go back to
ASKS, ANSWERS = frozenset({"asked", "asks"}), frozenset({"answered", "answers", "replied", "replies"})
FAR_ASKED = 60  # words from an answer back to who asked
FAR_ACCUSED = 6  # words from "accused" to whom
NAMELESS = STATED_FOR | {"source", "insider", "eyewitness"}  # of whom "a source" has no name further on
ARTICLES = frozenset({"a", "an", "one", "another"})


def nominals(w: Words, names: Names, sources: Sequence[tuple[int, int]], named: Collection[int] = ()) -> list[Nominal]:
    """Descriptions of one person in the narration: "the Vermont senator", "the 42-year-old", "a nurse at the clinic".

    Indefinite ones, and those that begin with what has somebody ("France's finance minister", "its chief executive"),
    count where they are a claim's source; indefinite ones also where they begin a sentence. `named` are the words of
    persons' names: who is named in a source is not described by it.
    """
    speaking = dict(sources)
    found = []
    for i, low in enumerate(w.low):
        indefinite = low in ARTICLES
        begins = low in ("the", "that", "this") or (indefinite and w.opens_sentence(i))
        if not begins and i not in speaking:
            continue
        owners = _owners(w, i, speaking.get(i, i))
        if not begins and any(k in named for k in range(owners, speaking[i])):
            continue
        if i in speaking and named_behind(w, i, speaking[i]) is not None:
            continue  # "human rights group Amnesty International"
        if w.quoted[i] or i + 1 >= len(w) or (i and w.low[i - 1] in PREDICATES):
            continue  # "Ms. Reyes is the nominee" says something of her, and is among the facts
        nominal = _nominal(w, i, speaking.get(i, len(w)), names, indefinite=indefinite, owned=owners > i)
        if nominal is None and low == "the":
            nominal = _by_origin(w, i, speaking.get(i) or _end_of_origin(w, i))
        if low == "the" and w.low[i + 1 : i + 2] in (["former"], ["latter"]) and speaking.get(i) == i + 2:
            nominal = Nominal(i, i + 2, w.low[i + 1], Fact((), None, ELSEWHERE, i), telling=False)
        if nominal is not None:
            found.append(nominal)
    return found


def _owners(w: Words, first: int, end: int) -> int:
    """Where what somebody has begins in a source: "the mayor's | spokesman"; its first word where nobody has it."""
    return max((i + 1 for i in range(first, end - 1) if w.low[i] == OWNS), default=first)


def _end_of_origin(w: Words, i: int) -> int:
    """Where "The Serb" ends that begins a sentence and is no source: before a verb or a comma; else its first word."""
    end = i + 2
    while w.low[end - 1 : end] and w.low[end - 1].endswith("-old"):
        end += 1
    behind = w.low[end : end + 1]
    acts = behind and (behind[0] == "," or behind[0] in VERBS or behind[0].endswith("ed"))
    return end if w.opens_sentence(i) and acts else i + 1


def _by_origin(w: Words, first: int, end: int) -> Nominal | None:
    """Somebody named by where they are from: "the Spaniard", "the 55-year-old Frenchman"."""
    if end - first < 2:
        return None
    last = w.words[end - 1]
    people = (
        last in words("speakers/demonyms") or last in words("speakers/nationals") or last.endswith(("man", "woman"))
    )
    several = last.endswith(("sh", "ch", "ese", "ss"))  # "the British"
    if (
        several
        or not (people and is_capital(last))
        or any(not w.low[i].endswith("-old") for i in range(first + 1, end - 1))
    ):
        return None
    return Nominal(first, end, w.low[end - 1], Fact((), None, ELSEWHERE, first), again=True, telling=False)


def _nominal(w: Words, i: int, stop: int, names: Names, *, indefinite: bool, owned: bool = False) -> Nominal | None:
    bare = owned or (not indefinite and w.low[i] not in ("the", "that", "this"))
    limit, sentence = i + 1, w.sentences[i]
    accused = any(low.startswith("accus") for low in w.low[max(i - FAR_ACCUSED, 0) : i])  # "the mayor | of lying"
    while limit < stop and limit - i < 14 and w.sentences[limit] == sentence and w.words[limit] != ",":
        if (w.low[limit] == OWNS and not bare) or (w.low[limit] == "of" and accused):
            break
        limit += 1
    said = description(w, i, limit, names=names)
    if said is None or not said.role or ["and", "the"] in map(list, pairwise(w.low[i : said.role[-1][1]])):
        return None  # "the rift between the chancellor and the prime minister"
    member = w.words[said.head] in words("speakers/parties")
    if w.between(i + 1, said.head + 1) in names.bodies and not member:
        return None  # "the Scottish Executive"
    prime = w.low[said.head - 1 : said.head + 1] == ["prime", "minister"]
    head = "premier" if prime else w.low[said.head].rstrip(".")
    if head.endswith("s") and not head.endswith("ss"):
        return None
    title = head in words("speakers/role_titles") or member
    title = title or (said.head - i > 1 and is_listed(head))
    if is_capital(w.words[said.head]) and not indefinite and not title:
        return None  # "The Guardian"
    place = w.words[i - 2] if i > 1 and w.words[i - 1] == "," and w.opens_sentence(i - 2) else ""
    if place in names.places and w.words[said.end : said.end + 1] == [","]:
        return None  # "Paris, the prince of Troy, …"
    end = max(said.role[-1][1], said.affiliation[1] if said.affiliation else 0)
    held_for = w.low[said.head + 1 : said.head + 2]
    if not indefinite and held_for != ["of"] and (held_for != ["from"] or head not in words("speakers/offices")):
        end = said.head + 1
        said = description(w, i, end, names=names) or said
    behind = w.between(end, min(end + LONGEST_BODY, len(w))) if end < len(w) else ""
    if regex.match(r"(?:for|of) \p{Lu}[^.;:]* \(\p{Lu}{3,}\)", behind):
        return None  # "the UN High Commissioner for Refugees (UNHCR)"
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
    telling = not is_anybody(head) and not member
    owner = i if w.low[i] in POSSESSIVES else None
    owned = bare and (owner is not None or OWNS in w.low[i:end])
    fact = as_described(said, ELSEWHERE, i, owner)
    return Nominal(i, end, head, fact, indefinite, again, telling, owned)


class Narration:
    """One pass over what an article tells: whom every pronoun and description stands for, by its first word (`links`),
    and what descriptions add of each person (`added`, by `Person.order`).

    `facts` are the stated roles of each person; `sources` the words of claims' sources, `reported` those of their
    contents outside quotation marks; `said` has the words of a claim's contents by its source's first:
    who is named in what is quoted is somebody else than who says it.
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
        linked: LinkedMentions,
    ) -> None:
        self.w, self.people, self.named, self.reported, self.said = w, people, named, reported, said
        self.discourse = Discourse(w, people, named, linked)
        self.discourse.stated = {
            order: frozenset(w.between(*f.affiliation) for f in known if f.affiliation is not None)
            for order, known in facts.items()
        }
        self.discourse.role_words = {
            order: frozenset(w.low[i] for f in known for a, b in f.role for i in range(a, b))
            for order, known in facts.items()
        }
        # "a customer, who gave her name as Pat"
        self.described = {f.at: people.all[order] for order, known in facts.items() for f in known if f.place == BESIDE}
        self.speaking = {i for first, end in sources for i in range(first, end)}
        self.begins = {first for first, _ in sources}
        self.ends = dict(sources)
        self.named_until = {m.end: (m, p) for m, p in named}
        self.links: dict[int, Link] = {}
        self.person_at = {m.first: p for m, p in named}
        self.discourse.sources = {
            p.order for m, p in named if m.first in self.speaking and w.low[m.end : m.end + 1] != [OWNS]
        }
        self.added: dict[int, list[Fact]] = {}
        self.meant: dict[str, dict[int, float]] = {}  # by each description, how surely: confidences, summed
        self.offered: list[tuple[str, Person, Fact]] = []  # what descriptions would add
        self.kin: list[tuple[Person, str, Person]] = []  # whose, what, who

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
                if event.telling:  # an appositive, no mention of its own
                    self.added.setdefault(self.named_until[first - 1][1].order, []).append(event.fact)
                continue
            alone = isinstance(event, Nominal) and not any(i in self.person_at for i in range(first, end))
            known = person or (self.described.get(first) if alone else None)
            link = Link(known, 0.97) if known is not None else self._link(first, event)
            if isinstance(event, NameMention) and person is not None:
                self._relate(event, person)
            if link is not None:
                self._note(first, end, event, link)
        held = self._held()
        for phrase, someone, fact in self.offered:
            if held.get(phrase) == someone.order:
                self.added.setdefault(someone.order, []).append(fact)

    def _held(self) -> dict[str, int]:
        """Who is meant by each description throughout: "the premier" is one person, and not "the chancellor" too."""
        held: dict[str, int] = {}
        offices = {f"the {office}" for office in words("speakers/offices")}
        for phrase, sure in sorted(self.meant.items(), key=lambda pair: -max(pair[1].values())):
            taken = {held[other] for other in held.keys() & offices} if phrase in offices else set()
            free = {order: chance for order, chance in sure.items() if order not in taken}
            if free:
                held[phrase] = max(free, key=lambda order: free[order])
        return held

    def _link(self, first: int, event: NameMention | Nominal | None) -> Link | None:
        """Whom a pronoun or a description stands for."""
        if isinstance(event, Nominal):
            return self._introduced(event) if event.indefinite else self._described(event)
        low = self.w.low[first]
        if self.w.quoted[first]:
            return None  # its person is in the speaker's world
        kind = "s" if low in SUBJECTS else "o"
        told = self._acts_on(first) + self._asks(first) + self._named_by(first)
        return self.discourse.antecedent(Anaphor(first, kind, SUBJECTS.get(low) or OBJECTS[low], told=told))

    def _named_by(self, first: int) -> list[int]:
        """Who is named in the quotations of a source: nobody calls themselves by name."""
        told: list[int] = []
        for words_said in self.said.get(first, ()):
            begin, end = (bisect_left(self.named, i, key=lambda n: n[0].first) for i in words_said)
            told += [person.order for m, person in self.named[begin:end] if self.w.quoted[m.first]]
        return told

    def _relate(self, mention: NameMention, person: Person) -> None:
        """Remember whose kin a name is said to be, and what the other is then: "her sister, Ruth", "Lee's son Bo"."""
        w, at = self.w, mention.start - 1
        at -= at > 0 and w.words[at] == ","
        others = table("speakers/relations").get(w.low[at]) if at > 0 else None
        owner = next((i for i in range(at - 1, max(at - 4, -1), -1) if w.low[i] in ("his", "her", OWNS)), None)
        if others is None or owner is None or w.sentences[owner] != w.sentences[at] or w.quoted[at]:
            return
        link = self.links.get(owner)
        whose = link.person if link is not None else self.named_until[owner][1] if owner in self.named_until else None
        if whose is not None and whose is not person:
            own = [noun for noun in others.split() if whose.gender in (None, gender_told(noun))]
            person.roles.add(w.low[at])
            person.gender = person.gender or gender_told(w.low[at])
            whose.roles.update(own)
            self.kin += [(whose, w.low[at], person), *((person, noun, whose) for noun in own)]

    def _kin(self, nominal: Nominal) -> Link | None:
        """Whom "his wife" names: who was told to be that, else the one other person of the owner's last name."""
        low, noun = self.w.low[nominal.first], nominal.head.rsplit("-", 1)[-1]
        if not nominal.owned or noun not in words("speakers/relations"):
            return None
        found = {who.order: whose for whose, told, who in self.kin if told == noun}
        if len(found) != 1 and low in OBJECTS:
            owner = self.discourse.antecedent(Anaphor(nominal.first, "o", OBJECTS[low]))
            whose = None if owner is None else owner.person
            found = {who: one for who, one in found.items() if one is whose}
            if not found and whose is not None and len(whose.parts) > 1:
                named = (p for p in self.people.all if len(p.parts) > 1 and p.parts[-1] == whose.parts[-1])
                found = {p.order: whose for p in named if p is not whose and gender_told(noun) in (None, p.gender)}
        return Link(self.people.all[next(iter(found))], 0.85, "d") if len(found) == 1 else None

    def _acts_on(self, first: int) -> list[int]:
        """The subject of the verb whose object the pronoun is, who is somebody else: "Ruiz | praised her for …"."""
        for end in range(first - 1, max(first - FARTHEST_VERB, 0), -1) if self._is_object(first) else ():
            if end in self.named_until:
                return [self.named_until[end][1].order]
            if is_closed(self.w.low[end]) and self.w.low[end] not in PREDICATES | {"has", "had", "will", "would"}:
                break
        return []

    def _asks(self, first: int) -> list[int]:
        """Who asked what the pronoun's person answers: "Reyes asked the witness, Bo Lee, … . “No,” | he answered."""
        w = self.w
        if ANSWERS.isdisjoint(w.low[max(first - 1, 0) : first + 2]):
            return []
        for i in range(first - 1, max(first - FAR_ASKED, 0), -1):
            if w.low[i] in ASKS and not w.quoted[i]:
                return [self.named_until[i][1].order] if i in self.named_until else []
        return []

    def _is_object(self, i: int) -> bool:
        """Whether a pronoun is "him", or "her" as an object and not as whose something is."""
        follows = self.w.low[i + 1] if i + 1 < len(self.w) else "."
        return self.w.low[i] == "him" or (self.w.low[i] == "her" and is_closed(follows))

    def _owns(self, first: int, end: int) -> bool:
        """Whether a name or a pronoun only says whose something is: "her | aunt", "Mr. Stroud's | lawyer"."""
        w = self.w
        if w.low[first] in POSSESSIVES:
            return not self._is_object(first)
        return end < len(w) and w.low[end] == OWNS

    def _anaphor(self, nominal: Nominal) -> Anaphor:
        w = self.w
        gender = next((g for low in w.low[nominal.first : nominal.end] if (g := gender_told(low)) is not None), None)
        kind = "i" if nominal.indefinite else "d"
        verb = nominal.first - 1  # "Reyes | shoved the officer", not "Reyes, formerly the mayor"
        acts = verb in self.named_until and w.sentences[verb - 1] == w.sentences[nominal.first]
        acts = acts and w.low[verb].isalpha() and not (is_closed(w.low[verb]) or w.low[verb].endswith("ly"))
        told = [self.named_until[verb][1].order] if acts else []
        return Anaphor(nominal.first, kind, gender, nominal, told=told + self._named_by(nominal.first))

    def _introduced(self, nominal: Nominal) -> Link:
        """Somebody new, or in a lead whoever is named further on."""
        nameless = nominal.head in NAMELESS or nominal.first not in self.begins
        link = None if nameless else self.discourse.antecedent(self._anaphor(nominal))
        someone = link.person if link is not None else self._introduce(nominal)
        if nominal.telling:
            self.added.setdefault(someone.order, []).append(nominal.fact)
        return link or Link(someone, 0.85, "new")

    def _described(self, nominal: Nominal) -> Link | None:
        kin = self._kin(nominal)
        if kin is not None:
            return kin  # "his wife" is no role
        link = self._of_two(nominal) or self.discourse.antecedent(self._anaphor(nominal))
        ahead = self._named_behind_lead(nominal) if link is None else None
        if ahead is not None:
            if nominal.telling:
                self.added.setdefault(ahead.order, []).append(nominal.fact)
            return Link(ahead, 0.7, "d")
        if link is None and nominal.first in self.begins:
            someone = self._introduce(nominal)  # "her lawyer said": whom "he" may stand for further on
            if nominal.telling:
                self.added.setdefault(someone.order, []).append(nominal.fact)
            return Link(someone, 0.8, "new")
        if link is not None and nominal.telling:
            bare = self.w.low[nominal.first : nominal.end - 1] in (["the"], ["the", "prime"])
            phrase = f"the {nominal.head}" if bare else " ".join(self.w.low[nominal.first : nominal.end])
            sure = self.meant.setdefault(phrase, {})
            sure[link.person.order] = sure.get(link.person.order, 0.0) + link.confidence
            if self._is_theirs(nominal, link.person, link.confidence):
                self.offered.append((phrase, link.person, self._without_land(nominal.fact, link.confidence)))
        elif link is not None and link.confidence > SURE and self.w.words[nominal.end - 1] in words("speakers/parties"):
            party = attrs.evolve(nominal.fact, role=(), affiliation=(nominal.end - 1, nominal.end))
            self.added.setdefault(link.person.order, []).append(party)  # "the Ohio | Republican"
        return link

    def _named_behind_lead(self, nominal: Nominal) -> Person | None:
        """Who is named first, right behind a lead that describes who speaks: "Oxbow's mayor has said. Ann Lee …"."""
        w, end = self.w, self.ends.get(nominal.first)
        if not self.named or end is None or w.low[end : end + 1] != ["has"] or not leads(w, nominal.first):
            return None
        mention, person = self.named[0]
        follows = mention.first > nominal.first and w.sentences[mention.first] - w.sentences[nominal.first] == 1
        speaks = mention.first in self.speaking and not w.quoted[mention.first]
        same = not person.roles or not alike(nominal.head).isdisjoint(person.roles)
        return person if follows and speaks and same else None

    def _of_two(self, nominal: Nominal) -> Link | None:
        """Whom "the former" and "the latter" name: the one and the other of the last two names of one sentence."""
        if nominal.head not in ("former", "latter"):
            return None
        behind = bisect_left(self.named, nominal.first, key=lambda n: n[0].first)
        for (one, former), (other, latter) in pairwise(reversed(self.named[max(behind - NAMES, 0) : behind])):
            if self.w.sentences[one.first] == self.w.sentences[other.first] and former is not latter:
                return Link(latter if nominal.head == "former" else former, 0.9, "d")
        return None

    def _is_theirs(self, nominal: Nominal, person: Person, confidence: float) -> bool:
        """Whether the role that a description states is a person's: no other one is known that it is unlike."""
        if any(
            begin <= nominal.first < end and self._speaks_at(source) is person
            for source, contents in self.said.items()
            for begin, end in contents
        ):
            return False  # "Bell accused the chancellor of lying"
        said = nominal.fact.affiliation
        party = said is not None and self.w.between(*said) in words("speakers/parties")  # it has many members
        same = not alike(nominal.head).isdisjoint(person.roles)
        again, known = nominal.again and not party, not all(map(is_anybody, person.roles))
        least = SURE_KNOWN if nominal.head in person.roles else SURE_AGAIN if again and not known else SURE
        return confidence > least and (same or again or not known)

    def _without_land(self, fact: Fact, confidence: float) -> Fact:
        """A description's fact without the country that it may tell of another one's: "the Norlandic minister"."""
        name = self.w.between(*fact.affiliation) if fact.affiliation is not None else ""
        of_people = name in words("speakers/demonyms") or name in countries()
        return attrs.evolve(fact, affiliation=None) if of_people and confidence < SURE_LAND else fact

    def _speaks_at(self, source: int) -> Person | None:
        """Whom the source that begins at a word names, or stands for as far as is read."""
        found = (self.links.get(i) for i in range(source, self.ends.get(source, source + 1)))
        return next((link.person for link in found if link is not None), None)

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
        w = self.w
        self.links[first] = link
        owner = self._owns(first, end) and not isinstance(event, Nominal)
        speaks = first in self.speaking and not w.quoted[first] and not owner
        if not w.quoted[first] or isinstance(event, NameMention):
            start = event.start if isinstance(event, NameMention) else first
            weight = SUBJECT if w.low[first] in SUBJECTS else prominence(w, start, end)
            weight = OWNER if owner else weight
            if first in self.reported:
                weight *= REPORTED
            self.discourse.note(link.person, first, 1.1 if speaks else weight)
        if isinstance(event, Nominal):
            self.discourse.call(link.person, event)
        if speaks:
            self.discourse.spoke = link.person
