"""Who speaks: a `Speaker` for each attribution, with type, role, affiliation and the words that state them.

Where nobody fits, the speaker is named by the source's own words: a wrong name is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import regex

from quotebank.records import Speaker, SpeakerType
from quotebank.spans import Span, covered
from quotebank.speakers.acronyms import acronyms, with_spelled_out
from quotebank.speakers.antecedent_weighing import Link
from quotebank.speakers.confidence import LEAST, calibrated
from quotebank.speakers.headline_posts import holder_below
from quotebank.speakers.linked_mentions import LinkedMentions
from quotebank.speakers.name_mentions import is_alias, mentions, runs
from quotebank.speakers.nominals import nominals
from quotebank.speakers.noun_phrases import bounds, description
from quotebank.speakers.organization_coreference import PLURAL, SINGULAR, Bodies, Body
from quotebank.speakers.organization_name_bounds import typed_by_sources
from quotebank.speakers.organizations_and_groups import Other, fuller_names, joins_bodies, name_of, type_of
from quotebank.speakers.person_coreference import Narration, pictured
from quotebank.speakers.person_facts import PersonFacts
from quotebank.speakers.persons import People, Person
from quotebank.speakers.read_facts import read_facts
from quotebank.speakers.role_chunks import Names, begins_team
from quotebank.speakers.role_nouns import is_anybody, of_role
from quotebank.speakers.roles import BESIDE, MEMBER, Fact, as_described
from quotebank.speakers.several_people import in_full, pairs
from quotebank.speakers.source_phrases import (
    RELATIVES,
    WHO,
    apart,
    coordinated,
    in_a_statement,
    is_label,
    is_modifier,
    leads,
    message_before,
    named_before,
    phrase_before,
    role_leads,
    sent_by,
    source_core,
    without_clause,
)
from quotebank.speakers.spoken_turns import (
    author,
    begins_turn,
    called_alone,
    is_according,
    is_turn,
    reported_words,
    spoken_to,
    who_answers,
    whose_words,
)
from quotebank.speakers.stated_facts import stated_facts
from quotebank.speakers.whole_names import NameMention
from quotebank.text import NO_PROSE, OWNS, Tokens, Words, is_closed, is_prose, line_at, words, writer

if TYPE_CHECKING:
    from quotebank.attribution import Attribution, Language, Reading

DEFINITE_OR_NOT = frozenset({"the", "that", "this", "a", "an", "one", "another"})
HE_OR_SHE = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
CREDITED = [[kind, "by"] for kind in ("photo", "photograph", "picture", "image", "video", "illustration", "graphic")]
FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
UNNAMED = regex.compile(r"\bnot to be (?:named|identified)|\banonym|declined to (?:be named|give)")
WEIGHED = frozenset({"s", "o", "d"})  # ways in which the likeliest of several persons is taken
NAMED_BELOW = 0.7  # how sure it is that a body described in a lead is the one named next
TAKEN_UP = 0.65  # how sure it is that a quotation without a source is of who was named or spoke before
ANSWERED = 0.8  # how sure it is whom "you" in a turn is


def speakers(
    tokens: Tokens, w: Words, found: Sequence[Attribution], language: Language, reading: Reading
) -> list[Speaker | None]:
    """One speaker, or None where no source is stated, for each attribution of a text.

    `reading` is the text as the network has read it: it is asked for entities, and for roles and affiliations that no
    rule knows.
    """
    told = [attrs.evolve(a, source=a.named) if a.named else a for a in found]
    if not any(a.source for a in told):
        return [None] * len(told)
    who = Resolver(tokens, w, told, language, reading).speakers()
    return [
        attrs.evolve(speaker, mentions=apart((*a.source, *speaker.mentions))) if speaker and a.named else speaker
        for a, speaker in zip(found, who, strict=True)
    ]


class Resolver:
    """What is known of the names and persons of one text."""

    def __init__(
        self,
        tokens: Tokens,
        w: Words,
        found: Sequence[Attribution],
        language: Language,
        reading: Reading,
    ) -> None:
        self.w, self.found = w, found
        self.writer = writer(w.text, tokens.lines)
        self.sources = sorted(source_core(w, *bounds(w, a.source)) for a in found if a.source)
        self.labels = {bounds(w, a.source)[0] for a in found if a.source and is_label(w, a)}
        self.labels |= {w.at(line.label.start) for line in tokens.lines if line.label and line.label.name.isupper()}
        self.labels |= {i for line in tokens.lines if (i := called_alone(w, line)) is not None}
        cues = {i for a in found for i in w.under(a.cue)}
        heard = {bounds(w, a.named)[0] for a in found if a.named and a.verbatim}  # "ANN LEE, called as a witness"
        named = mentions(w, language, reading, labels=self.labels | heard, cues=cues)
        named = typed_by_sources(w, with_spelled_out(w, named, self.sources), self.sources)
        self.names = [m for m in named if self._is_told_of(tokens, m)]
        self.people = People(w, {i for first, end in self.sources for i in range(first, end)})
        in_order = sorted((m for m in self.names if m.type == "PER"), key=lambda m: (m.end - m.first == 1, m.first))
        known: dict[NameMention, Person] = {}
        alone = {w.words[m.first] for m in in_order if m.end - m.first == 1 and w.words[m.start - 1] != "and"}
        for mention in in_order:
            known[mention] = self.people.add(mention)
            self.people.add_partner(mention, alone)
        self.persons = [(m, known[m]) for m in self.names if m.type == "PER"]
        self.places = frozenset(w.between(m.first, m.end) for m in self.names if m.type == "LOC")
        bodies = frozenset(w.between(m.first, m.end) for m in self.names if m.type == "ORG")
        in_names = frozenset(i for m, _ in self.persons for i in range(m.first, m.end))
        self.known = Names(self.places, bodies, in_names)
        self.fuller = fuller_names(w, self.names) | acronyms(w, self.names, self.sources)
        self.by_word = {i: m for m in self.names for i in range(m.first, m.end)}
        self.person_at = {m.first: p for m, p in self.persons}
        self.reported = reported_words(w, found)
        read = read_facts(tokens, w, reading, [m for m, _ in self.persons], self.reported, known=self.known)
        self.of_person = PersonFacts(w, self.persons, self.by_word, self.person_at)
        self.facts = self.of_person.stated(read, self.known)
        described = nominals(w, self.known, self.sources, in_names)
        self.described = {n.first: n.end for n in described}
        said = {bounds(w, a.source)[0]: [bounds(w, [s]) for s in a.content] for a in found if a.source}
        tellers = {
            bounds(w, a.source)[0]: bounds(w, teller.source)
            for a in found
            if a.source and a.within is not None and is_according(w, teller := found[a.within])
        }
        linked = LinkedMentions(w, tokens, reading)
        narration = Narration(
            w,
            self.people,
            self.persons,
            self.facts,
            sources=self.sources,
            reported=self.reported,
            said=said,
            tellers=tellers,
            turns=[(bounds(w, a.source), bounds(w, a.content)) for a in found if a.source and is_turn(w, a)],
            linked=linked,
            pictured=pictured(w, tokens.lines),
        )
        narration.read(described)
        self.links, self.by_age = narration.links, narration.discourse.by_age
        for order, more in narration.added.items():
            self.facts.setdefault(order, []).extend(map(self.of_person.no_person, more))
        outside = [a for a in found if a.source and not w.quoted[w.at(a.source[0].start)]]
        self.contents = sorted(((s, a) for a in outside for s in a.content), key=lambda c: c[0])
        self.last: Speaker | None = None  # who spoke last
        self.known_as: dict[int, Speaker] = {}  # persons by `Person.order`, with what is stated of them
        couples = pairs(w, [m for m, _ in self.persons], self.by_word)
        joined = {
            (first, end): in_full([p for m, p in self.persons if first <= m.first < end]) or w.between(first, end)
            for first, end in couples
        }
        self.others = Bodies(
            w,
            self.names,
            joined,
            self.fuller,
            linked,
            unknown=[r for r in runs(w) if r[0] not in self.labels and is_prose(tokens.lines, w.starts[r[0]])],
        )

    def _is_told_of(self, tokens: Tokens, mention: NameMention) -> bool:
        """Whether a name stands in what the article tells, or speaks: in no byline, credit or link to another.

        Where a member of a parliament is from is nobody: "Ann Lee, | R-Oxbow Falls".
        """
        at = mention.start - 3
        if at >= 0 and self.w.words[at] in ("(", "[") and self.w.low[at + 1 : mention.start] in CREDITED:
            return False  # "(Photo by Ann Lee / Oxbow News)"
        behind = mention.start > 0 and self.w.words[mention.start - 1] in (",", "(")
        if behind and MEMBER.match(self.w.words[mention.first]):
            return False
        line = line_at(tokens.lines, self.w.starts[mention.first])
        around = line is not None and line.kind in NO_PROSE | {"link"}
        return not around or any(first <= mention.first < end for first, end in self.sources)

    def speakers(self) -> list[Speaker | None]:
        """One speaker, or None where no source is stated, for each attribution."""
        out: list[Speaker | None] = []
        for i, attribution in enumerate(self.found):
            out.append(self._speaker(attribution) if attribution.source else self._takes_up(i, out) if i else None)
            self.last = out[-1]
        return out

    def _takes_up(self, i: int, speakers: Sequence[Speaker | None]) -> Speaker | None:
        """Who says a turn without a source: who was just named, else who spoke: he, of “He said people thought …”."""
        last = i - 1
        while (outer := self.found[last].within) is not None and outer < last:
            last = outer
        w, spoke, before, attribution = self.w, speakers[last], self.found[last], self.found[i]
        first = w.at(attribution.content[0].start)
        last = w.at(max(span.end for span in (*before.source, *before.content)) - 1)
        described = any(last < k < first and k not in self.by_word for k in self.described)
        if spoke is None or described or not begins_turn(w, before, attribution):
            return None  # "The clerk laughed. “Not me.”"
        named = next((m for m, _ in reversed(self.persons) if last < m.first < first), None)
        if named is not None and "?" not in w.words[named.end : first]:
            return self._person(Link(self.person_at[named.first], TAKEN_UP), (w.span(named.first, named.end),))
        if before.force == "question" and before.cue and before.source:
            return None  # "Asked by the magazine why, the umpire laughs. “The bees.”"
        return attrs.evolve(spoke, confidence=round(spoke.confidence * TAKEN_UP, 3))

    def _speaker(self, attribution: Attribution) -> Speaker:
        if (told := self._told_before(attribution)) is not None:
            return attrs.evolve(told, mentions=apart((*attribution.source, *told.mentions)))
        return self._by_source(attribution)

    def _told_before(self, attribution: Attribution) -> Speaker | None:
        """Who is "the statement" or "it" of a message before, or "they", if who spoke asked not to be named."""
        w, last = self.w, self.last
        stated = in_a_statement(w, self.found, attribution)
        if stated is not None:
            return self._speaker(stated)
        first, end = bounds(w, attribution.source)
        if w.low[first:end] == ["it"]:
            return self._written(attribution)
        if last is None or last.type != "anonymous" or w.low[first:end] != ["they"]:
            return None
        near = w.lines[w.at(last.mentions[0].start)] == w.lines[first]
        return last if near and UNNAMED.search(w.text, last.mentions[0].start, w.starts[first]) is not None else None

    def _by_source(self, attribution: Attribution) -> Speaker:
        w = self.w
        first, end = source_core(w, *bounds(w, attribution.source))
        low = w.low[first]
        alone = end - first == 1
        if alone and low in FIRST_PERSON | {"you"}:
            return self._in_dialogue(attribution, low)
        if first in self.labels and w.words[first].rstrip(".") in ("Q", "A") and alone:
            guest = None if low.startswith("q") else self._guest
            source = attribution.source
            return self._plain(attribution, "person", 0.4) if guest is None else self._person(Link(guest, 0.6), source)
        theirs = self._is_anothers_label(first, end, attribution)
        named = None if theirs else self._named(first, end, attribution.source)
        if named is not None and not (alone and low in HE_OR_SHE and self._of_himself(named, attribution)):
            return named
        if alone and low in HE_OR_SHE:
            return self._plain(attribution, "person", 0.3)
        if low in RELATIVES and (alone or low != "that") and not w.words[first].isupper():  # not "WHO officials"
            return self._before_relative(first, attribution)
        before_who = not WHO.isdisjoint(w.low[end - 1 : end + 2])
        whose = named_before(w, end, self.by_word, self.known) if before_who else None
        if whose is not None and whose.first < first:
            return self._person(Link(self.person_at[whose.first], 0.85), attribution.source)
        core = without_clause(w, first, end)
        said = [(self.w.at(s.start), self.w.at(s.end - 1) + 1) for s in attribution.content]
        found = self.others.meant(first, core, said)
        sure = 0.0 if found is None else calibrated(self.others.asks(first, core) or "", found.probability)
        if found is not None and sure >= LEAST:
            return self._again(found.candidate, attribution, sure)
        if not (alone and low in PLURAL | SINGULAR):
            return self._described(first, end, attribution.source)
        return self._plain(attribution, "organization" if low in SINGULAR else "group", 0.3)

    def _written(self, attribution: Attribution) -> Speaker | None:
        """Who wrote the message that "it" is, or the message; None where a body is named behind it."""
        message = message_before(self.w, attribution)
        if message is None:
            return None
        sender = sent_by(self.w, message[1])
        named = None if sender is None else self._named(*source_core(self.w, *sender), attribution.source)
        until = self.w.at(attribution.source[0].start)
        body = any(message[0] <= at < until for at in self.others.starts)
        return named or (None if body else self._described(*message, attribution.source))

    def _is_anothers_label(self, first: int, end: int, attribution: Attribution) -> bool:
        """Whether the label of a turn that names nobody would be somebody who has a label: THE CLERK is not MR. LEE."""
        if not is_turn(self.w, attribution):
            return False
        link = None if any(first <= m.first < end for m, _ in self.persons) else self._person_in(first, end)
        return link is not None and link.person.order in self._labelled

    @cached_property
    def _labelled(self) -> set[int]:
        """The persons, by `Person.order`, whom labels of turns name."""
        inside = {i for a in self.found if is_turn(self.w, a) for i in self.w.under(a.source)}
        return {person.order for mention, person in self.persons if mention.first in inside}

    def _of_himself(self, named: Speaker, attribution: Attribution) -> bool:
        """Whether somebody whose very words these are would be "he" or "she" in them: that is somebody else."""
        other = whose_words(self.w, self.found, self.contents, attribution)
        return other is not None and self._speaker(other).name == named.name

    def _plain(self, attribution: Attribution, kind: str, confidence: float) -> Speaker:
        name = " ".join(covered(self.w.text, attribution.source).split())
        return Speaker(name=name, type=kind, mentions=attribution.source, confidence=confidence)  # type: ignore[arg-type]

    def _again(self, body: Body, attribution: Attribution, sure: float) -> Speaker:
        first, end = bounds(self.w, attribution.source)
        self.others.spoke(Other(body.name, body.type, first, end))
        body.meant_as.add(self.w.low[end - 1])
        name, begin, stop = self.others.in_full(body, self.w.low[end - 1], first)
        mentions = apart((*attribution.source, self.w.span(begin, stop)))
        return Speaker(name=" ".join(name.split()), type=body.type, mentions=mentions, confidence=sure)

    def _in_dialogue(self, attribution: Attribution, low: str) -> Speaker:
        """Who "I" and "we" are: who is quoted, whose turn it is, else the author; "you" is whom a turn speaks to."""
        w, you = self.w, low == "you"
        other = spoken_to(self.found, attribution) if you else whose_words(w, self.found, self.contents, attribution)
        if other is not None:
            said = self._speaker(other)
            sure = round(said.confidence * (ANSWERED if you else 1.0), 3)
            return attrs.evolve(said, mentions=apart((*attribution.source, *said.mentions)), confidence=sure)
        return self._plain(attribution, "person", 0.3) if you else author(w.text, attribution.source, self.writer)

    @cached_property
    def _guest(self) -> Person | None:
        """Who answers at "A."."""
        return who_answers(self.w, self.persons, sorted(self.labels))

    def _person_in(self, first: int, end: int) -> Link | None:
        """The person that a source names or describes: not one who only owns its head ("Mr. Assad's spokesman")."""
        w = self.w
        if end - first == 1 and w.low[first] in HE_OR_SHE:
            return self.links.get(first)
        quantified = w.low[first] in words("speakers/quantifiers") - {"one"} and not begins_team(w, first)
        for mention in [] if quantified else self._people_in(first, end):
            if self._heads(first, mention):
                if w.low[mention.end : end][:2] in (["and", "his"], ["and", "her"], ["and", "others"]):
                    return None  # "Dad Bo Lee and his partner"
                return Link(self.by_age(mention) or self.person_at[mention.first], 0.97, "name")
        stop = self.described.get(first)
        several = (stop != end or w.low[first] == "the") and type_of(w, first, end, self.by_word) == "group"
        set_off = stop is not None and w.low[stop : stop + 1] == [","]  # "Her husband, | who plays the cello"
        if several or (stop != end and not set_off and w.low[first] not in DEFINITE_OR_NOT):
            return None
        link = self.links.get(first)  # "the wife of Bo Lee" is not he
        inside = [self.person_at[i] for i in range(first + 1, end) if i in self.person_at]
        return None if link is not None and link.person in inside else link

    def _people_in(self, first: int, end: int) -> list[NameMention]:
        """The persons named in a source, but for names that only describe what follows them."""
        inside = [m for i in range(first, end) if (m := self.by_word.get(i)) is not None and i in (m.first, first)]
        people = [m for m in inside if m.type == "PER" and not is_modifier(self.w, m, end)]
        listed = len(people) > 1 and people[0].start > first and self.w.words[people[0].start - 1] in ("-", "–", "—")
        return [] if listed else people  # "Four officials - Ann Reyes, Bo Lee and Al Orr -"

    def _several(self, first: int, end: int) -> list[NameMention]:
        """The persons whom a source joins by "and": "Ann Reyes (D) and Speaker Bo Lee"; none where it joins no two."""
        people = self._people_in(first, end)
        if not people or not self._heads(first + (self.w.low[first] == "both"), people[0]):
            return []
        joined = people[:1]
        for mention in people[1:]:
            behind = self.w.low[mention.start - 1] == "and" and self.w.words[mention.start - 2] in (",", ")")
            if behind or coordinated(self.w, joined[-1], mention):
                joined.append(mention)
        if len(joined) == 2 and self.w.low[joined[0].end : joined[1].start] == [","]:
            return []  # "Ann Lee, Oxbow": where she is from
        return joined if len(joined) > 1 else []

    def _named(self, first: int, end: int, source: tuple[Span, ...]) -> Speaker | None:
        """The person or the persons whom a source names or describes, if it does."""
        several = self._several(first, end)
        if several:
            self.others.spoke(Other(self.w.between(first, end), "group", first, end))
            return self._joint(several, source)
        joined = self._with_others(first, end)
        if joined is not None:
            self.others.spoke(Other(joined, "group", first, end))
            return Speaker(name=joined, type="group", mentions=source, confidence=0.85)
        link = self._person_in(first, end)
        if link is None or (link.way in WEIGHED and calibrated(link.way, link.confidence) < LEAST):
            return None
        return self._person(link, source)

    def _with_others(self, first: int, end: int) -> str | None:
        """Somebody and others, by names: "Ann Lee and her husband" for "she and her husband"; None of one alone."""
        low = self.w.low
        begin = first + (low[first] == "both")
        if begin >= end:
            return None  # "said both"
        alone = low[begin] in ("he", "she")
        named = next((m for m in self._people_in(begin, end) if m.start == begin), None)
        stop = begin + 1 if alone else named.end if named is not None else self.described.get(begin, end)
        if stop + 1 >= end or low[stop] != "and" or (not alone and OWNS in low[stop:end]):
            return None  # not "Lee and Orr's mother"
        other = self._person_in(stop + 1, end)
        if named is None and other is not None and other.way == "name" and of_role(self.w.words[stop + 1]):
            return None  # "The actor and former mayor Ann Lee" is one
        one = self._person_in(begin, stop)
        if one is None and alone:
            return self.w.between(first, end)
        if one is None or one.person.described or (other is not None and other.person is one.person):
            return None
        rest = self.w.between(stop + 1, end) if other is None else other.person.name
        return " ".join(f"{one.person.name} and {rest}".split())

    def _joint(self, joined: list[NameMention], source: tuple[Span, ...]) -> Speaker:
        """The group of several persons, by their full names."""
        persons = [self.person_at[m.first] for m in joined]
        name = in_full(persons)
        stated = (self.w.span(p.mention.first, p.mention.end) for p in persons)
        return Speaker(name=name, type="group", mentions=apart((*source, *stated)), confidence=0.9)

    def _heads(self, first: int, mention: NameMention) -> bool:
        """Whether a name inside a source is its head: titles and a description may stand before it, no preposition."""
        between = self.w.low[first : mention.start]
        if is_alias(self.w, mention.start) or between[-3:] == ["also", "known", "as"]:
            return True
        if (
            "including" in between
            or between[-1:] == ["of"]
            or ("office", "of") in pairwise(self.w.words[first : mention.start])
        ):
            return False  # "aides including their head, Bo Lee", "the coach of Bo Lee", "the office of Mayor Bo Lee"
        if between[1:3] == ["of", "the"] and is_anybody(between[0]) and not is_closed(between[-1]):
            return True  # "Man of the match Ann Reyes"
        offices = self.facts.get(self.person_at[mention.first].order, ())
        roles = [f.role[0] for f in offices if f.role and f.at < mention.first and f.role[0][0] >= first]
        if any(role_leads(self.w, first, role, mention.start) for role in roles):
            return True  # "Secretary of State Ann Reyes", not "the government of President Ann Reyes"
        return not between or between[-1] in (OWNS, ",", "“", '"') or leads(self.w, first, mention.start)

    def _person(self, link: Link, source: tuple[Span, ...]) -> Speaker:
        person = link.person
        if person.order not in self.known_as:
            facts_known = self.facts.get(person.order, ())
            self.known_as[person.order] = self._stating(person.name, self._kind(person), facts_known)
        stated = apart((*source, self.w.span(person.mention.first, person.mention.end)))
        sure = calibrated(link.way, link.confidence)
        return attrs.evolve(self.known_as[person.order], mentions=stated, confidence=sure)

    def _stating(self, name: str, kind: SpeakerType, known: Iterable[Fact]) -> Speaker:
        """A speaker with the role and the affiliation of the facts that are `known`."""
        role_spans, affiliation_spans = stated_facts(self.w, known, self.others, self.fuller)
        return Speaker(
            name=" ".join(name.split()),
            type=kind,
            role=covered(self.w.text, role_spans) if role_spans else None,
            role_spans=role_spans,
            affiliation=covered(self.w.text, affiliation_spans) if affiliation_spans else None,
            affiliation_spans=affiliation_spans,
        )

    def _kind(self, person: Person) -> SpeakerType:
        """The type of a person: who is known by a description alone is unnamed, or one of a kind ("the judge")."""
        if not person.described:
            return "person"
        kind = type_of(self.w, person.mention.first, person.mention.end, self.by_word)
        return kind if kind == "person" else "anonymous"

    def _before_relative(self, i: int, attribution: Attribution) -> Speaker:
        """The speaker of "who" and "which": what stands right before."""
        first, end = phrase_before(self.w, i)
        if end == first:
            return self._plain(attribution, "group", 0.3)
        named = named_before(self.w, end, self.by_word, self.known) if self.w.low[i] != "which" else None
        link = Link(self.person_at[named.first], 0.85) if named is not None else self._person_in(first, end)
        if link is not None:
            return self._person(link, attribution.source)
        return self._described(first, end, (self.w.span(first, end),))

    def _described(self, first: int, end: int, source: tuple[Span, ...]) -> Speaker:
        """A speaker that is described, or an organization: named by the phrase itself."""
        w = self.w
        core = without_clause(w, first, end)
        below = self.others.named_below(first, core)
        if below is not None:
            whole = name_of(w, below.first, below.end, self.fuller)
            stated = apart((*source, w.span(below.first, below.end)))
            return Speaker(name=whole, type="organization", mentions=stated, confidence=NAMED_BELOW)
        kind = type_of(w, first, core, self.by_word)
        holder = holder_below(w, [p for _, p in self.persons], first, core) if kind == "anonymous" else None
        if holder is not None:
            return self._person(Link(holder, NAMED_BELOW), source)
        one = kind == "organization" and not joins_bodies(w, first, core, self.by_word)
        name = name_of(w, first, core, self.fuller) if one else w.between(first, core)
        said = description(w, first, end, names=self.known) if kind in ("anonymous", "person") else None
        known = []
        if said is not None and not said.plural and not is_anybody(w.low[said.head]):
            known = [self.of_person.no_person(attrs.evolve(as_described(said, BESIDE, first), noun=w.low[said.head]))]
        speaker = self._stating(name, kind, known)
        self.others.spoke(Other(speaker.name, kind, first, end))
        sure = calibrated("definite" if w.low[first] in ("the", "this", "that") else "phrase", 0.8)
        return attrs.evolve(speaker, mentions=source, confidence=sure)
