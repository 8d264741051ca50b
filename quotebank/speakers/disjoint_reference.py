"""Who a pronoun or a description does not mean, by the words around it: whom it is said of, told or asked.

The grammar of a clause keeps its parts apart (disjoint reference, Chomsky 1981): in "Ruiz praised her" she is not Ruiz,
in "“I saw Ruiz,” she said" neither, and of two who talk in turns none is "he".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import attrs

from quotebank.speakers.antecedent_weighing import Nominal
from quotebank.speakers.persons import Person
from quotebank.speakers.role_nouns import is_person_noun
from quotebank.speakers.whole_names import NameMention
from quotebank.text import Words, is_closed, words

FARTHEST_VERB = 5  # words from a mention back to the end of its verb's subject
AUXILIARIES = frozenset({"has", "had", "will", "would"})
ANSWERS = frozenset({"answered", "answers", "replied", "replies"})
HEARD = frozenset({"told", "tells", "asked", "asks", "reminded", "assured", "informed", "warned"})
LONGEST_RELATION = 6  # words of "his former head coach"
TITLES = 4  # words before a name
INTERVIEW = 2  # who asks, and who answers
FAR_ASKED = 60  # words from an answer back to who asked
INNER_OPENING = frozenset({"‘", "'", "“", '"'})  # inside a quotation


@attrs.frozen
class DisjointReference:
    """The names of a text's persons, in order, and what its claims tell of who says what to whom.

    `sources` are the first words of claims' sources with their ends, `said`, `tellers` and `turns` as for `Narration`.
    """

    words: Words
    named: Sequence[tuple[NameMention, Person]]
    sources: Mapping[int, int]
    said: Mapping[int, Sequence[tuple[int, int]]]
    tellers: Mapping[int, tuple[int, int]]
    turns: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    named_until: Mapping[int, Person]

    def of_pronoun(self, first: int) -> list[int]:
        """Who the pronoun at word `first` does not mean, by `Person.order`."""
        low = self.words.low
        others = self.named_by(first) + self._asks(first) + self._tells(first) + self._talk(first) + self._hears(first)
        others += self._quotes(first) + self._has(first)
        if low[first] == "him" or (low[first] == "her" and all(map(is_closed, low[first + 1 : first + 2]))):
            others += self.acts_on(first)
        return others

    def named_by(self, first: int) -> list[int]:
        """Who is named in the quotations of a source, or behind it: nobody calls themselves by name.

        "The captain | said that Bo Lee was drunk."
        """
        told: list[int] = []
        for words_said in self.said.get(first, ()):
            named = self.named_in(*words_said)
            named = [n for n in named if not self._is_called_to(words_said[0], n[0])]
            told += [p.order for m, p in named if self.words.quoted[m.first] or m.first > first]
        return told

    def _is_called_to(self, first: int, mention: NameMention) -> bool:
        """Whether others call out a name in a quotation: who speaks there of “She asked, ‘Bo, will it rain?’”."""
        w, at = self.words, mention.start - 1
        return at > first and w.words[at] in INNER_OPENING and w.words[mention.end : mention.end + 1] == [","]

    def is_said_of(self, first: int, person: Person) -> bool:
        """Whether what a source says names somebody: "Bo Lee “told us tales,” | his father said" is of Bo Lee."""
        return any(p is person for words_said in self.said.get(first, ()) for _, p in self.named_in(*words_said))

    def _quotes(self, first: int) -> list[int]:
        """Who is named as the one whose very words have a pronoun: “| He said no,” Ann Lee recalled."""
        if not self.words.quoted[first]:
            return []
        quoting = [src for src, said in self.said.items() if any(a <= first < b for a, b in said)]
        outside = [src for src in quoting if not self.words.quoted[src] and src != first]
        return [p.order for src in outside for _, p in self.named_in(src, self.sources.get(src, src + 1))]

    def _has(self, first: int) -> list[int]:
        """Whom somebody has, who is not the owner: "| His publisher, Bo Lee"."""
        w, at = self.words, first + 1
        while at < len(w) and w.words[at].islower() and not is_closed(w.low[at]):
            at += 1
        someone = is_person_noun(w.low[at - 1]) or w.low[at - 1] in words("speakers/any_organization")  # "publisher"
        if not 1 < at - first <= LONGEST_RELATION or not someone:
            return []
        at += w.words[at : at + 1] == [","]
        return [person.order for mention, person in self.named_in(at, at + TITLES) if mention.start == at]

    def _tells(self, first: int) -> list[int]:
        """Who tells what a pronoun's person says: "According to Ann Lee, a friend, | she said"."""
        return [person.order for _, person in self.named_in(*self.tellers.get(first, (0, 0)))]

    def _talk(self, first: int) -> list[int]:
        """Who speaks in a turn of an interview, and to whom: neither is "he" or "she" there.

        Of several who talk, who speaks, and who asked right before.
        """
        at = next((k for k, (_, (begin, end)) in enumerate(self.turns) if begin <= first < end), None)
        if at is None:
            return []
        talking = [{p.order for _, p in self.named_in(*label)[:1]} for label, _ in self.turns]
        asked = self.turns[at - 1][1][1] if at else 0
        near = talking[at - 1 : at + 1] if "?" in self.words.words[asked - 1 : asked + 1] else talking[at : at + 1]
        everybody = set().union(*talking)
        return sorted(everybody if len(everybody) == INTERVIEW else set().union(*near))

    def _asks(self, first: int) -> list[int]:
        """Who asked what the pronoun's person answers: "Reyes asked the witness, Bo Lee, … . “No,” | he answered."""
        if ANSWERS.isdisjoint(self.words.low[first : first + 2]):
            return []
        asked = next((i for i in range(first, max(first - FAR_ASKED, -1), -1) if self.words.low[i] == "asked"), 0)
        if self.words.low[asked : asked + 2] == ["asked", "by"]:
            return [p.order for m, p in self.named_in(asked + 2, asked + 5)[:1] if m.start == asked + 2]
        return [self.named_until[asked].order] if asked in self.named_until else []

    def _hears(self, first: int) -> list[int]:
        """Whom the pronoun's person tells or asks something, by name or role: "he told | the detective"."""
        w, at = self.words, first + 2
        if w.low[first] not in ("he", "she") or HEARD.isdisjoint(w.low[first + 1 : at]):
            return []
        nouns = w.low[at + 1 : at + 3] if w.low[at : at + 1] == ["the"] else []
        by_role = {p.order for _, p in self.named_in(0, first) if not p.roles.isdisjoint(nouns)}
        return [*(by_role if len(by_role) == 1 else ()), *(p.order for _, p in self.named_in(at, at + 1))]

    def acts_on(self, first: int) -> list[int]:
        """The subject of the verb whose object a mention is, who is somebody else: "Ruiz | praised her for …"."""
        w = self.words
        for end in range(first - 1, max(first - FARTHEST_VERB, 0), -1):
            if end in self.named_until and w.sentences[end] == w.sentences[first]:
                verb = w.low[first - 1]
                return [self.named_until[end].order] if verb.isalpha() and not verb.endswith("ly") else []
            if is_closed(w.low[end]) and w.low[end] not in AUXILIARIES:
                behind = end - (w.words[end - 1] == ",")  # "Ruiz, who | met the mayor"
                return [self.named_until[behind].order] if w.low[end] == "who" and behind in self.named_until else []
        return []

    def met_by(self, nominal: Nominal) -> list[int]:
        """Who is named behind a description in its clause, and so is somebody else: "The mayor | came after Bo Lee"."""
        w, first = self.words, nominal.end
        stop = next((i for i in range(first, w.sentence_end(first - 1)) if not w.words[i][0].isalnum()), first)
        if nominal.first in self.sources:  # who speaks may meet themselves further on
            stop = min(stop, first + 2) if first < len(w) and w.low[first].endswith("ed") else first
        return [person.order for _, person in self.named_in(first + 1, stop)]

    def named_in(self, first: int, end: int) -> Sequence[tuple[NameMention, Person]]:
        """The names of persons that begin at word `first` or behind it, before word `end`."""
        low, high = (bisect_left(self.named, i, key=lambda n: n[0].first) for i in (first, end))
        return self.named[low:high]
