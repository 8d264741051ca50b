"""Quotations with no verb of speech: a sentence of its own after a sentence about somebody.

"Ann Lee crossed the yard. “We open at five.” Her knees hurt. “Where would I go?”" They are claims with neither source
nor cue; `Tagged.named` holds the words before them that tell whose they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import attrs
import regex

from quotebank.attribution.cue_words import is_cue
from quotebank.attribution.decoding import Quoted, Tagged, quoted_ranges
from quotebank.text import Tokens, is_first_name, words

SHORTEST = 4  # tokens, marks included
SURE = 0.7  # confidence of a claim that is found here alone
BACK = 4  # sentences before a quotation in which its speaker is looked for
LONGEST_NOUN = 4  # tokens of "the accused", and of the name behind it
AHEAD = 14  # tokens of a sentence in which its subject stands
PRONOUNS = frozenset({"he", "she", "they", "i", "we"})
OWNERS = frozenset({"his", "her", "their", "my", "our"})
STOPS = frozenset({".", "!", "?", "…", ":"})
LINKS = frozenset({"of", "at", "in", "for", "from", "with", "who", "'s", "’s", ","})
LINKS |= {"before", "after", "when", "while", "until", "as", "because"}
PERSONS = regex.compile(r"(?:er|or|ist|man|woman|men|women|ian|ers|ors|ists|ians)$")
HEARER = frozenset({"you", "your", "yours"})
SPEAKER = frozenset({"i", "we", "my", "our", "me", "us"})


def with_floating(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, quotations without a verb of speech among them, each with who is named before it."""
    finder = _Finder(tokens, tagged)
    parted = [part for claim in tagged for part in finder.parted(claim)]
    told = [finder.without_far_source(finder.without_neighbour(claim)) for claim in parted]
    out = [finder.with_name(claim) for claim in told]
    covered = {i for claim in out for i in claim.content}
    for quoted in finder.quotations:
        inside = range(quoted.first, quoted.end)
        if covered.isdisjoint(inside) and finder.stands_alone(quoted):
            found = finder.with_name(Tagged((), (), tuple(inside), SURE))
            out.extend([found] if found.named else [])
    return sorted(out, key=lambda claim: claim.content)


class _Finder:
    """The quotations of a text, and who is spoken of before each."""

    def __init__(self, tokens: Tokens, tagged: Sequence[Tagged]) -> None:
        self.tokens = tokens
        self.quotations = quoted_ranges(tokens, SHORTEST)
        self.quoted = {i for q in self.quotations for i in range(q.first, q.end)}
        self.firsts = frozenset(tokens.sentences)
        small = words("text/closed_class") - PRONOUNS - OWNERS - {"the", "a", "an"}
        self.leading = words("attribution/leading_words") | small
        self.by_first = {q.first: q for q in self.quotations}
        self.body = frozenset(self._read("body", "item", "turn"))
        self.opening = min(self.body, default=-1)
        self.headings = frozenset(self._read("subheading"))
        self.items = frozenset(self._read("item"))
        self.tagged = tagged
        self.furniture = frozenset(self._read("advertisement", "link", "credit", "caption"))
        self.sources: dict[int, Tagged] = {}
        for claim in tagged:
            if self._is_asked_by(claim):
                continue  # "Asked by the magazine why, Ann Lee laughs. “The bees.”"
            for part in (claim.source, claim.cue) if claim.cue else (claim.named,):
                for i in part[:1]:
                    self.sources[self._sentence(i)] = claim
        self.surnames = self._surnames()

    def _is_asked_by(self, claim: Tagged) -> bool:
        """Whether a source is but who asked somebody."""
        asked = [self.tokens.word(i).lower() for i in claim.cue[-1:]] == ["asked"]
        return asked and bool(claim.source) and self.tokens.word(claim.source[0] - 1).lower() == "by"

    def _read(self, *kinds: str) -> list[int]:
        """The tokens of lines of these kinds."""
        starts = self.tokens.starts
        lines = [line for line in self.tokens.lines if line.kind in kinds]
        return [i for line in lines for i in range(bisect_left(starts, line.start), bisect_left(starts, line.end))]

    def _surnames(self) -> frozenset[str]:
        """The words that stand last in a name of two words or more."""
        found = set()
        word = self.tokens.word
        for i in range(1, len(self.tokens)):
            opens = word(i - 1).lower() in words("text/closed_class")  # "The Nobel"
            if i not in self.firsts and _capital(word(i)) and _capital(word(i - 1)) and not opens:
                found.add(word(i))
        return frozenset(found)

    def _sentence(self, i: int) -> int:
        return bisect_right(self.tokens.sentences, i) - 1

    def stands_alone(self, quoted: Quoted) -> bool:
        """Whether a quotation is a sentence of its own: it begins where one does, ends with a stop, and one follows."""
        tokens, end = self.tokens, quoted.end
        if quoted.first not in self.firsts or quoted.first not in self.body:
            return False
        if end < len(tokens) and end not in self.firsts:
            return False
        inside = next((i for i in range(quoted.first, end) if tokens.word(i)[0].isalnum()), None)
        last = tokens.word(end - 1)[-1] if tokens.word(end - 1)[-1] in ".!?…" else tokens.word(end - 2)[-1]
        return (
            inside is not None
            and last in ".!?…"
            and (tokens.word(inside)[0].isupper() or tokens.word(inside)[0].isdigit())
        )

    def parted(self, claim: Tagged) -> list[Tagged]:
        """A claim of two quotations, in two where somebody acts before each: "Ann sat. “Well?” Bo got up. “No.”"

        Who acts before the one and is named again between the two says both. Behind reporting words it takes a name of
        two words that is not theirs: "“Yes,” said Ann. Bo Orr sees it differently. “No.”"
        """
        second = next((i for i in claim.content[1:] if i in self.by_first), None)
        told = any(is_cue(self.tokens.word(i).lower()) for i in claim.cue)
        between = () if second is None else self._between(claim.content[0], second, claim.cue if told else ())
        if second is None or not between:
            return [claim]
        named = claim.source if told else self._named(claim.content[0])
        capitals = [{self.tokens.word(i) for i in part if _capital(self.tokens.word(i))} for part in (named, between)]
        if not named or not capitals[0].isdisjoint(capitals[1]) or (told and min(map(len, capitals)) < 2):
            return [claim]
        first = tuple(i for i in claim.content if i < between[0])
        if set(claim.content).intersection(between) or not self.quoted.issuperset(first):
            return [claim]
        rest = attrs.evolve(
            claim, source=(), cue=(), content=tuple(i for i in claim.content if i >= second), named=between
        )
        if told:
            return [attrs.evolve(claim, content=first), rest]
        return [attrs.evolve(claim, source=(), cue=(), content=first, named=named), rest]

    def _between(self, first: int, second: int, cue: tuple[int, ...]) -> tuple[int, ...]:
        """Whom the one sentence between two quotations of a paragraph is about, where that names somebody.

        It stands right behind the first one, which is inside the paragraph, or else behind the words that report that.
        """
        begin = self.tokens.sentences[self._sentence(second) - 1]
        if second not in self.firsts or begin <= first or begin in self.quoted or (cue and not begin > cue[-1]):
            return ()
        if not cue and (first in self.tokens.paragraphs or begin - 1 not in self.quoted):
            return ()
        if any(i in self.tokens.paragraphs for i in range(first + 1, second + 1)):
            return ()
        return self._named_subject(begin, second)

    def without_neighbour(self, claim: Tagged) -> Tagged:
        """The claim without a source that speaks the next quotation: “How many?” “Thirty,” Ann Lee replied."""
        behind = self.by_first.get(claim.content[-1] + 1)
        if not claim.source or behind is None or behind.first in self.tokens.paragraphs:
            return claim
        theirs = min((*claim.source, *claim.cue)) >= behind.end
        return attrs.evolve(claim, source=(), cue=()) if theirs else claim

    def without_far_source(self, claim: Tagged) -> Tagged:
        """A quotation that stands alone without the source that the network found for it in another sentence.

        Such a source has no cue. Who speaks is told by what the sentence before is about, which is more than its words;
        who stands in the sentence behind says what that one reports.
        """
        quoted = self.by_first.get(claim.content[0])
        if claim.cue or not claim.source or quoted is None or claim.content[-1] + 1 != quoted.end:
            return claim
        if not self.stands_alone(quoted):
            return claim
        behind = claim.source[0] > claim.content[-1]
        if behind and self._is_addressed(claim):
            return attrs.evolve(claim, source=(), named=self._named(claim.content[0]))
        if behind and (before := self._acts_before(claim)):
            return attrs.evolve(claim, source=(), named=before)
        apart = any(i in self.tokens.paragraphs for i in range(quoted.end, claim.source[0] + 1))
        if behind and not apart and self._sentence(claim.source[0]) not in self.sources:
            return claim
        named = self._named(claim.content[0])
        reports = behind and self._sentence(claim.source[0]) in self.sources
        return attrs.evolve(claim, source=(), named=named) if named or reports else claim

    def _is_addressed(self, claim: Tagged) -> bool:
        """Whether a quotation speaks to whom the network takes for its source: “Ready, Mr Fenn?” Fenn got up."""
        word = self.tokens.word
        theirs = {word(i) for i in claim.source if _capital(word(i))}
        return any(
            word(i) in theirs and word(i + 1) in ",?!." and not {word(i - 1), word(i - 2)}.isdisjoint((",", "“", '"'))
            for i in claim.content[1:-1]
        )

    def _acts_before(self, claim: Tagged) -> tuple[int, ...]:
        """Whom the sentence right before a quotation names that stands inside a paragraph: "Ann Lee was blunt. “…”"."""
        first = claim.content[0]
        at = self._sentence(first) - 1
        begin = self.tokens.sentences[at] if at >= 0 else first
        if first in self.tokens.paragraphs or begin in self.quoted or begin not in self.body:
            return ()
        told = self.sources.get(at)
        if told is not None and (answers := self._asked(told)):
            return answers
        if self.tokens.word(first - 1) == "?" and (asked := self._subject(begin, first)) is not None:
            return tuple(range(*asked))
        return self._named_subject(begin, first)

    def _named_subject(self, first: int, end: int) -> tuple[int, ...]:
        """The words of a sentence's subject where it begins with no pronoun; none for all others."""
        subject = self._subject(first, end)
        if subject is None or self.tokens.word(subject[0]).lower() in PRONOUNS | OWNERS:
            return ()
        return tuple(range(*subject))

    def with_name(self, claim: Tagged) -> Tagged:
        """The claim with the words before it that name who speaks, where it has no source and is a quotation."""
        if claim.named or claim.source or claim.cue or not self.quoted.issuperset(claim.content):
            return claim
        first = claim.content[0]
        behind = self.by_first.get(claim.content[-1] + 1)
        if behind is not None and behind.first not in self.tokens.paragraphs:
            return claim  # somebody else answers
        claim = attrs.evolve(
            claim, act="speech", force=claim.force or "statement"
        )  # whatever is felt in it, it is said
        if first in self.headings:
            return attrs.evolve(claim, named=self._told_below(claim))
        named = self._named_behind(claim, sure=True) or self._named(first) or self._named_behind(claim)
        return attrs.evolve(claim, named=named or self._named_below_lead(claim))

    def _named_below_lead(self, claim: Tagged) -> tuple[int, ...]:
        """Whom the paragraph below is about, where a quotation is all of the first: “I quit.” ¶ Ann Lee had just …"""
        tokens, at = self.tokens, claim.content[-1] + 1
        if claim.content[0] != self.opening or at not in tokens.paragraphs or at not in self.body or at in self.quoted:
            return ()
        said = {tokens.word(i).lower() for i in claim.content}
        if not HEARER.isdisjoint(said) and SPEAKER.isdisjoint(said):
            return ()  # “You are fired.” ¶ Bo Orr was at lunch when
        named = self._named_subject(at, tokens.sentence_of(at)[1])
        full = len(named) > 1 and all(_capital(tokens.word(i)) and not tokens.word(i).isupper() for i in named)
        full = full and tokens.word(named[-1] + 1).islower()  # no dateline
        told = self.sources.get(self._sentence(at))
        return named if full and named[0] == at and told is None else ()

    def _told_below(self, claim: Tagged) -> tuple[int, ...]:
        """Who says below a heading the words that it quotes; none where nobody does."""
        said = {self.tokens.word(i).lower() for i in claim.content if self.tokens.word(i)[0].isalnum()}
        below = (other for other in self.tagged if other.content[0] > claim.content[-1])
        told = (other for other in below if said.issubset(self.tokens.word(i).lower() for i in other.content))
        other = next(told, None)
        return () if other is None else other.source or other.named

    def _named_behind(self, claim: Tagged, *, sure: bool = False) -> tuple[int, ...]:
        """The words that name whom the sentence behind a quotation is about, in the paragraph that it begins.

        “I was eleven.” Ann Lee points at the hill. “They came from there.” `sure`: only where a quotation follows.
        """
        tokens, at = self.tokens, claim.content[-1] + 1
        first = claim.content[0]
        begun = {first - 1, first - 2} & tokens.paragraphs
        numbered = first in self.items and bool(begun)  # "4. | ‘I am staying’. Ann Lee ends"
        at += numbered and tokens.word(at) in STOPS
        begins = numbered or first in tokens.paragraphs or tokens.word(first - 1) == "?"
        if not begins or at not in self.firsts or at not in self.body:
            return ()
        if at in tokens.paragraphs or at in self.quoted:
            return ()
        end = tokens.sentences[self._sentence(at) + 1]
        if any(i in self.by_first for i in range(at, end)):
            return ()  # that sentence reports a quotation of its own
        if sure and (end not in self.by_first or end in tokens.paragraphs):
            return ()
        subject = self._subject(at, end)
        return () if subject is None else tuple(range(*subject))

    def _named(self, first: int) -> tuple[int, ...]:
        """The words that name whom the sentences before token `first` are about."""
        bounds = self.tokens.sentences
        at = self._sentence(first)
        for k in range(at - 1, max(-1, at - 1 - BACK), -1):
            if bounds[k] not in self.body:
                if bounds[k] in self.furniture:
                    continue
                return ()
            if bounds[k + 1] in self.items and bounds[k + 1] in self.tokens.paragraphs:
                return ()  # what is in the item before is of something else
            told = self.sources.get(k)
            if told is not None and (told.source or told.named):
                return (k == at - 1 and self._asked(told)) or told.source or told.named
            if bounds[k] in self.quoted:
                continue
            subject = self._subject(bounds[k], bounds[k + 1])
            if subject is not None and not self._is_of_several(first, subject[0]):
                return tuple(range(*subject))
        return ()

    def _asked(self, told: Tagged) -> tuple[int, ...]:
        """The name of who is asked something, and answers next: "The clerk asked | Ann Lee if she was. “Guilty.”"."""
        word = self.tokens.word
        if not told.cue or word(told.cue[-1]).lower() != "asked":
            return ()
        begin = told.cue[-1] + 1
        end = self.tokens.capitals_end(begin)
        named = end - begin > 1 or (end > begin and word(begin) in self.surnames)
        return tuple(range(begin, end)) if named else ()

    def _is_of_several(self, first: int, subject: int) -> bool:
        """Whether a sentence is about "they", and the quotation that begins at token `first` is somebody's: "I"."""
        quoted = self.by_first.get(first)
        inside = () if quoted is None else range(quoted.first, quoted.end)
        several = self.tokens.word(subject).lower() == "they"
        return several and any(self.tokens.word(i) in ("I", "I’m", "I'm", "my") for i in inside)

    def _subject(self, first: int, end: int) -> tuple[int, int] | None:
        """The words of a sentence's subject where it plainly is somebody."""
        if self.tokens.word(end - 1) == "?":  # "Their verdict?"
            asks = self.tokens.word(first).lower() in OWNERS and end - first <= LONGEST_NOUN
            return (first, first + 1) if asks else None
        if self.tokens.word(end - 1) == ":" and (whose := self._introduced(first, end)) is not None:
            return whose
        low = [self.tokens.word(i).lower() for i in range(first, min(end, first + 2 * AHEAD))]
        begin = first
        if low[0] == "for":
            begin += 1
        elif low[1:2] == [","] or (low[0] in self.leading and "," in low[:AHEAD]):
            begin += low.index(",") + 1
        if low[0] in ("it", "there"):
            return self._only_name(first + 1, end)
        if begin >= end:
            return None
        entering = next((k for k in range(len(low) - 1) if self._enters(first + k)), 0)
        if entering:
            begin = first + entering + 1  # "Lee was half way through when | a woman got up"
        word = self.tokens.word(begin).lower()
        if word in PRONOUNS:
            return begin, begin + 1
        named = self._named_too(begin, min(end, begin + AHEAD))
        if named is not None or word in OWNERS:
            return named or (begin, begin + 1)
        verbless = words("attribution/auxiliary_forms").isdisjoint(low)
        return self._only_name(begin + 1, end) if verbless and word in ("a", "an") else None  # "A look from Ann Lee"

    def _enters(self, i: int) -> bool:
        """Whether behind a conjunction somebody comes in: "when | a woman got up", "before | Ann Lee picks up"."""
        low, behind = self.tokens.word(i).lower(), self.tokens.word(i + 1)
        return (low == "when" and behind in ("a", "an")) or (low in ("before", "until") and is_first_name(behind))

    def _introduced(self, first: int, end: int) -> tuple[int, int] | None:
        """Whose words a line with a colon announces: Ann Lee of "Extract from the diary of Ann Lee, 1921:"."""
        if first not in self.tokens.paragraphs:
            return None
        for i in range(first, end - 2):
            given = i > first and self.tokens.word(i - 1).lower() in ("attributable", "attributed")
            announces = self.tokens.word(i).lower() in ("of", "from", "by") or given
            if announces and _capital(self.tokens.word(i + 1)):
                stop = min(self.tokens.capitals_end(i + 1), end)
                if stop - i > 2:
                    return i + 1, stop
        return None

    def _only_name(self, first: int, end: int) -> tuple[int, int] | None:
        """The one name of "It is Dr. Ann Lee, on the phone", "There was anger in Ann Lee's voice"; None for others."""
        runs: list[tuple[int, int]] = []
        for i in range(first, end):
            if _capital(self.tokens.word(i)) and self.tokens.word(i).lower() not in words("text/closed_class"):
                runs = [*runs[:-1], (runs[-1][0], i + 1)] if runs and runs[-1][1] == i else [*runs, (i, i + 1)]
        return runs[0] if len(runs) == 1 and runs[0][1] - runs[0][0] > 1 else None

    def _named_too(self, begin: int, limit: int) -> tuple[int, int] | None:
        """Whom "her brother", "the nurse, Mia Lund," names; None where that is no person: "her knees"."""
        phrase = self._phrase(begin, limit)
        if phrase is None and self.tokens.word(begin).lower() in OWNERS | {"the", "a", "an"}:
            return self._apposed(begin, limit)
        if phrase is None or phrase[1] + 1 >= limit or self.tokens.word(phrase[1]) != ",":
            return phrase
        apposed = self.tokens.word(phrase[1] + 1).lower() in ("the", "a", "an")
        if apposed and phrase[1] - begin > 1 and all(_capital(self.tokens.word(i)) for i in range(*phrase)):
            return phrase  # "Ann Lee, the Rovers coach,"
        name = self._phrase(phrase[1] + 1, limit)
        return name if name is not None and _capital(self.tokens.word(name[1] - 1)) else phrase

    def _apposed(self, begin: int, limit: int) -> tuple[int, int] | None:
        """The name between the commas of "The accused, Jarle Moen, bent over it"."""
        commas = [i for i in range(begin, limit) if self.tokens.word(i) == ","][:2]
        if len(commas) < 2 or commas[0] - begin > LONGEST_NOUN or not 1 < commas[1] - commas[0] - 1 <= LONGEST_NOUN:
            return None
        name = range(commas[0] + 1, commas[1])
        return (begin, commas[1]) if all(_capital(self.tokens.word(i)) for i in name) else None

    def _phrase(self, begin: int, limit: int) -> tuple[int, int] | None:
        """The name, or the noun for a person, that a sentence begins with."""
        word = self.tokens.word
        for i in range(begin, limit):
            low = word(i).lower()
            if low in words("attribution/auxiliary_forms") or (i > begin and low in LINKS and low not in ("'s", "’s")):
                break
            if _capital(word(i)) and low not in words("text/closed_class"):
                end = i + 1
                while end < limit and (
                    _capital(word(end)) or (word(end) in ("-", "’") and end + 1 < limit and _capital(word(end + 1)))
                ):
                    end += 1
                still = words("attribution/auxiliary_forms")
                acts = is_first_name(word(i)) and end < limit and word(end).lower() not in still
                if end - i > 1 or word(i) in self.surnames or acts:
                    return begin, end
                if i > begin and not (end < limit and _is_person(word(end).lower())):
                    return None  # not "The Nobel | laureate"
            if i > begin and _is_person(low) and word(i + 1) not in STOPS | {"'s", "’s"}:  # "The pier's | architect"
                return begin, max(min(self.tokens.capitals_end(i + 1), limit), i + 1)  # "his daughter Poppy"
        return None


def _is_person(low: str) -> bool:
    """Whether a lower-case noun is one for a person, as far as its ending tells."""
    if low in words("text/person_nouns"):
        return True
    return PERSONS.search(low) is not None and low not in words("text/no_person_nouns") | words("text/closed_class")


def _capital(word: str) -> bool:
    return word[0].isupper()
