"""What an article states of each person beside the name, and what their roles tell of them: nouns, and the sex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import attrs

from quotebank.speakers.noun_phrases import head_noun
from quotebank.speakers.persons import Person, gender_told
from quotebank.speakers.role_chunks import STATED_FOR, Names
from quotebank.speakers.role_nouns import FORMER, is_person_noun
from quotebank.speakers.roles import BEFORE, Fact, facts, is_past
from quotebank.speakers.whole_names import NameMention
from quotebank.text import OWNS, Words, words


@attrs.frozen
class PersonFacts:
    """The persons of a text, of whom facts are stated: each mention of a name with who that is."""

    words: Words
    persons: Sequence[tuple[NameMention, Person]]
    by_word: Mapping[int, NameMention]
    person_at: Mapping[int, Person]

    def stated(self, read: Sequence[Sequence[Fact]], known: Names) -> dict[int, list[Fact]]:
        """The facts of each person, by `Person.order`, with what the network has `read`; nouns of roles are theirs."""
        stated: dict[int, list[Fact]] = {}
        for (mention, person), more in zip(self.persons, read, strict=True):
            for fact in more:
                self._hold(person, fact, {fact.noun} if fact.noun else set())
            beside = [self.no_person(fact) for fact in facts(self.words, mention, known)]
            stated.setdefault(person.order, []).extend([*more, *beside])
            for fact in beside:
                self._note(person, fact)
            person.addressed = person.addressed or self._told_by_kin(mention)
        return stated

    def _told_by_kin(self, mention: NameMention) -> str | None:
        """F or M, as the relative behind a name tells: "Lee | and his wife"."""
        behind = self.words.low[mention.end : mention.end + 4]
        kin = behind[:1] == ["and"] and not words("speakers/relations").isdisjoint(behind[2:])
        return {"his": "M", "her": "F"}.get(behind[1]) if kin else None

    def _note(self, person: Person, fact: Fact) -> None:
        """Remember the nouns of a person's role, and the sex that it tells."""
        low = self.words.low
        inside = {low[i].rstrip(".") for a, b in fact.role for i in range(a, b)}
        nouns = {noun for noun in inside if is_person_noun(noun)}
        kin = nouns & words("speakers/relations") if fact.place <= BEFORE else ()
        told = filter(None, map(gender_told, sorted(kin)))  # "His wife and former colleague Jean Abbot"
        person.addressed = person.addressed or next(told, None)
        nouns |= {low[end - 1].rstrip(".") for _, end in fact.role}
        nouns |= {head_noun(self.words, *piece).rstrip(".") for piece in fact.role}
        nouns |= {"premier"} if "prime" in inside and "deputy" not in inside else set()
        self._hold(person, fact, nouns | ({fact.noun} if fact.noun else set()))

    def _hold(self, person: Person, fact: Fact, nouns: AbstractSet[str]) -> None:
        """Remember nouns of a person's role, and whether no statement has them for the present."""
        over = any(is_past(self.words, first) or self.words.low[first] in FORMER for first, _ in fact.role)
        person.past = person.past | (nouns - person.roles) if over else person.past - nouns
        person.roles.update(nouns)

    def no_person(self, fact: Fact) -> Fact:
        """A fact without an affiliation that is a person, but for whom somebody speaks for, who is named in full."""
        low = self.words.low
        first, end = fact.affiliation or (0, 0)
        named = self.by_word.get(end - 1)
        if named is None or named.type != "PER" or (first < named.first and low[first - 1] in ("for", "to")):
            return fact  # "adviser to President Reyes"
        if not words("speakers/organization_nouns").isdisjoint(low[end : end + 1]):
            return attrs.evolve(fact, affiliation=(first, end + 1))  # "a Reyes campaign | adviser"
        person = self.person_at[named.first]
        known = person.gender or end - first == 1 or OWNS in low[end : end + 1]  # not "AC Milan | defender"
        if known and STATED_FOR.isdisjoint({fact.noun, *(low[stop - 1] for _, stop in fact.role)}):
            return attrs.evolve(fact, affiliation=None, outside=True)
        return attrs.evolve(fact, affiliation=(person.mention.first, person.mention.end)) if known else fact
