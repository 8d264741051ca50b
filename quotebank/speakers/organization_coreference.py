"""Which organization or group "it", "they", "the company" stand for: features of every candidate, weighed from data.

A body is everything that one name, or a shorter form of it, mentions, whoever spoke without being a person, and what a
plural noun names. How much distance, agreement of the noun, the place in the sentence and the rest count is learned,
and so is when nobody of those is meant and the phrase stands (`training/antecedents.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import attrs

from quotebank.records import SpeakerType
from quotebank.speakers.acronyms import full_form
from quotebank.speakers.antecedent_weighing import leads
from quotebank.speakers.linked_mentions import LinkedMentions
from quotebank.speakers.noun_phrases import head_noun
from quotebank.speakers.organization_name_bounds import name_start, whole_end
from quotebank.speakers.organizations_and_groups import OF_A_COUNTRY, Other
from quotebank.speakers.ranking import Ranked, best
from quotebank.speakers.role_chunks import COMPETITIONS
from quotebank.speakers.role_nouns import MAKER, is_listed, is_person_noun
from quotebank.speakers.several_people import plural_phrases, with_others
from quotebank.speakers.whole_names import NameMention
from quotebank.text import DASHES, OWNS, Words, is_capital, is_closed, words

PAIRS = frozenset(
    {"couple", "pair", "two", "duo", "brothers", "sisters", "siblings", "twins", "men", "women", "both", "each", "trio"}
)
PLURAL = frozenset({"they", "them", "their", "both", "each", "neither", "these", "those"})
SINGULAR = frozenset({"it", "its"})
POINTING = frozenset({"the", "this", "that", "its", "their", "both"})
ONE_OF_MANY = frozenset(
    {
        "bank", "union", "airline", "club", "utility", "regulator", "watchdog", "newspaper", "magazine", "startup",
        "studio", "restaurant", "hotel", "brewery", "party", "team", "channel", "station", "university", "hospital",
        "school",
    }
)  # fmt: skip
"""Nouns that, as "company" does, name again a body that was named: "the police" and "the council" need no name."""
OF_PEOPLE = frozenset({"union", "council", "court", "party", "charity", "ministry", "school", "university", "church"})
COMPANIES = frozenset({"company", "firm", "business", "retailer", "manufacturer", "maker", "airline", "lender"})
TELLING = frozenset({"told", "tells", "telling"})
SURVEYED = frozenset({"surveyed", "polled", "quoted", "cited", "compiled", "published", "interviewed"})
SAID_ON = frozenset(
    {"posted", "wrote", "said", "apologised", "apologized", "live", "post", "video", "statement", "announced"}
)
DATELINED = [[dash] for dash in DASHES]  # behind the place that a dateline begins with
OF_ITSELF = frozenset({"it", "kind", "any", "other"})  # ways of asking for one body
MOST = 14  # bodies that are looked at: those mentioned last
LONGEST_PHRASE = 4  # words of a phrase that can name a body again
APPOSED = frozenset({",", "the", "called"})  # between what a body is and its name: "the lobby group, the | EEF"
LEADING = frozenset({"a", "an", "one"})  # before a body that is named only later
BELOW = 2  # sentences below in which it is
BESIDE = 4  # words before a name, or behind it, that say what it is


@attrs.define
class Body:
    """An organization, a group or a document: its name or phrase, where it is mentioned, what it is called beside."""

    name: str
    type: SpeakerType
    first: int
    end: int
    kind: str
    """"named", "spoke" for one known as a source, "pair", "plural", "unknown"."""
    at: list[int] = attrs.field(factory=list)
    called: set[str] = attrs.field(factory=set)
    meant_as: set[str] = attrs.field(factory=set)
    """The nouns by which it was named again: "the company"."""
    spoke: int = -1


class Bodies:
    """The bodies of a text, as a reader has them in mind at a word."""

    def __init__(
        self,
        w: Words,
        names: Sequence[NameMention],
        pairs: Mapping[tuple[int, int], str],
        fuller: Mapping[str, NameMention],
        linked: LinkedMentions,
        *,
        unknown: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.words, self.fuller, self.linked = w, fuller, linked
        self.named = [m for m in names if m.type == "ORG" and not w.quoted[m.first]]
        self.starts = [m.first for m in self.named]
        self.all: dict[str, Body] = {}
        self.by_word = {i: m for m in names for i in range(m.first, m.end)}
        for mention in names:
            alone = mention.end - mention.first == 1  # "Company" of a headline is no name
            if mention.type == "ORG" and not (alone and w.low[mention.first] in words("speakers/any_organization")):
                self._mention(mention)
        for (first, end), name in pairs.items():
            self.all.setdefault(f"{name} ", Body(name, "group", first, end, "pair")).at.append(first)
        persons = (m for m in names if m.type == "PER")
        named_at = {at: body for body in reversed(self.all.values()) if body.kind == "named" for at in body.at}
        for first, end in (*plural_phrases(w, self.by_word), *with_others(w, persons)):
            if end in named_at:  # "Local agents | Hale & Sons"
                named_at[end].called.add(w.low[end - 1])
            else:
                self._plural(first, end)
        for first, end in unknown:
            alone = end - first == 1 and w.opens_sentence(first)
            post = is_person_noun(w.low[end - 1]) or w.low[end - 1].endswith("-based")  # "Chief Press Secretary"
            if not alone and not post and not any(i in self.by_word for i in range(first, end)):
                name = w.between(first, end)
                self.all.setdefault(name, Body(name, "organization", first, end, "unknown")).at.append(first)
        self.last: Body | None = None
        linked.expect(at for body in self.all.values() for at in body.at)

    def _mention(self, mention: NameMention) -> None:
        w = self.words
        end = whole_end(w, mention, self.by_word)
        begin = mention.first
        if begin > 1 and w.low[begin - 1] == OWNS and is_listed(w.low[begin - 2]):  # "Orrin County Sheriff's | Office"
            begin = name_start(w, end)
        name = w.between(begin, end)
        full = full_form(w, name, self.fuller) or full_form(w, w.between(mention.first, mention.end), self.fuller)
        key = name if full is None else w.between(full.first, full.end)
        body = self.all.get(key)
        if body is None:
            first, stop = (begin, end) if full is None else (full.first, full.end)
            body = self.all[key] = Body(key, "organization", first, stop, "named")
        body.at.append(mention.first)
        body.called |= self._beside(mention.first, end)

    def _plural(self, first: int, end: int) -> None:
        w = self.words
        name = " ".join(w.between(first, end).split())
        body = self.all.setdefault(name.lower(), Body(name, "group", first, end, "plural"))
        body.at.append(first)
        body.called |= {low for low in w.low[first:end] if not is_closed(low)}

    def _beside(self, first: int, end: int) -> set[str]:
        """Nouns for bodies right before a name, or right behind it: "the mortgage lender | Acme", "Acme, a lender"."""
        w, found = self.words, set()
        before = w.low[max(first - BESIDE, 0) : first]
        while before and before[-1] in APPOSED:
            before.pop()
        if before and before[-1] in words("speakers/organization_nouns") | words("speakers/any_organization"):
            found.add(before[-1])
        if w.low[end : end + 2] in ([",", "a"], [",", "an"], [",", "the"], ["is", "a"], ["is", "the"], ["is", "an"]):
            found |= {low for low in w.low[end + 2 : end + 2 + BESIDE] if low in words("speakers/organization_nouns")}
        return found | {low for low in w.low[first:end] if not is_closed(low)}

    def spoke(self, other: Other) -> None:
        """Remember that a source, which names no person, was an organization or a group."""
        body = self._known(other.name)
        if body is None and (begun := self._begun(other)) is not None:  # "Parents | at the school in Oxbow"
            body = begun
            body.name, body.end = other.name, other.end
        if body is None:
            body = self.all[other.name] = Body(other.name, other.type, other.first, other.end, "spoke")
            body.called = {low for low in self.words.low[other.first : other.end] if not is_closed(low)}
        if other.first not in body.at:
            body.at.append(other.first)
            body.at.sort()
        body.spoke = other.first
        self.last = body

    def _begun(self, other: Other) -> Body | None:
        """The plural noun that a group who speaks is known by, at the very words where it begins."""
        of_it = (b for b in self.all.values() if b.kind == "plural" and b.first == other.first and b.end < other.end)
        return next(of_it, None) if other.type == "group" else None

    def _known(self, name: str) -> Body | None:
        """The body of a name, or of the full form of it."""
        full = full_form(self.words, name, self.fuller)
        key = name if full is None else self.words.between(full.first, full.end)
        found = self.all.get(key)
        return found if found is not None else self.all.get(name.lower())

    def meant(self, first: int, end: int, content: Sequence[tuple[int, int]] = ()) -> Ranked[Body] | None:
        """The body that a source stands for: "it", "they", "the company"; None where it names nobody again."""
        asked = self.asks(first, end)
        if asked is None:
            return None
        found, none = self.choice(first, end, asked, content)
        head = self.words.low[end - 1]
        found = [(body, on) for body, on in found if not (head in OF_PEOPLE and self._is_where(body, first))]
        likeliest = best("speakers/body_weights", found, none)
        if likeliest is None and asked == "plural":  # "the officials", of "four officials" before
            told = {low for low in self.words.low[first:end] if not is_closed(low)}
            likeliest = best("speakers/body_weights", [(body, on) for body, on in found if told <= body.called], None)
        return likeliest

    def _is_where(self, body: Body, first: int) -> bool:
        """Whether a body is only the place where something is, as far as word `first`: "In Leeds, the council"."""
        w, before = self.words, [at for at in body.at if at < first]
        for at in before:
            begin = at
            while begin > 1 and w.words[begin - 1] == "," and is_capital(w.words[begin - 2]):
                begin -= 2
            if not begin or w.low[begin - 1] not in ("in", "near"):
                return False
        return bool(before)

    def in_full(self, body: Body, noun: str, first: int) -> tuple[str, int, int]:
        """The name of a body, and its words; of a place's the whole of what is meant: "city council of Leeds"."""
        w = self.words
        plain = body.kind == "named" and noun in OF_PEOPLE and noun not in body.name.lower().split()
        at = next((i for i in body.at if plain and i < first and w.low[i - 2 : i] == [noun, "of"]), None)
        if at is None:
            return body.name, body.first, body.end
        begin, end = at - 2, whole_end(w, self.by_word[at], self.by_word)
        while begin and not is_closed(w.low[begin - 1]) and w.words[begin - 1][0].isalnum():
            begin -= 1
        return w.between(begin, end), begin, end

    def meant_by_noun(self, i: int) -> Ranked[Body] | None:
        """The body that a noun alone names again: "a | company | spokesman" is the company's."""
        known = any(self.words.low[i] in b.called and b.kind == "named" and b.at[0] < i for b in self.all.values())
        return best("speakers/body_weights", *self.choice(i, i + 1, "kind" if known else "any"))

    def asks(self, first: int, end: int) -> str | None:
        """How the words of a source may name a body again; None where they do not."""
        low = self.words.low
        if end - first == 1 and low[first] in PLURAL | SINGULAR:
            return "it" if low[first] in SINGULAR else "they"
        theirs = low[first] == "their" and low[end - 1] not in words(
            "speakers/document_nouns"
        )  # "the pilots … their union"
        if low[first] not in POINTING or end - first > LONGEST_PHRASE or theirs:
            return None
        if any(is_capital(word) and not _tells_where(word) for word in self.words.words[first + 1 : end]):
            return None
        head = low[end - 1]
        if head in PAIRS:
            return "pair"
        if head in words("speakers/document_nouns"):
            return "it" if low[first] == "its" or head == "statement" else "document"  # it is somebody's
        if any(head in b.called and b.kind == "named" and b.at[0] < first for b in self.all.values()):
            return "kind"
        listed = head in words("speakers/any_organization") or head in words("speakers/organization_nouns")
        if listed or (head.endswith(MAKER) and not is_person_noun(head)):
            return "any"
        if head.endswith("s"):
            return "plural"
        return None if is_person_noun(head) else "other"

    def choice(
        self, first: int, end: int, asked: str, content: Sequence[tuple[int, int]] = ()
    ) -> tuple[list[tuple[Body, dict[str, float]]], dict[str, float] | None]:
        """The bodies that a source may stand for, and nobody, with the features that are weighed.

        None is a body of which only `content` has mentions; nobody is None where somebody is meant.
        """
        candidates = self._candidates(first, end, asked, content)
        none = self._nobody(first, end, asked)
        mentions = [self.mentioned(body, first, asked, content) for body, _ in candidates]
        *chances, left = self.linked.chances(end - 1, mentions, nobody=none is not None)
        for (_, on), chance in zip(candidates, chances, strict=True):
            on[f"{asked} linked"] = chance
        return candidates, none if none is None else none | {f"{asked} linked": left}

    def _candidates(
        self, first: int, end: int, asked: str, content: Sequence[tuple[int, int]]
    ) -> list[tuple[Body, dict[str, float]]]:
        """The bodies that a source may stand for, with what is told of them without the network."""
        head = self.words.low[end - 1]
        bodies = self.all.values()
        behind = [(places[-1], b) for b in bodies if (places := self.mentioned(b, first, asked, content))]
        if asked == "it":
            behind = [(at, b) for at, b in behind if b.type == "organization" and not self._is_told(at)]
        elif asked != "they":
            behind = [(at, b) for at, b in behind if b.kind != "unknown"]
        if asked in ("kind", "any", "document", "other"):
            behind = [(at, b) for at, b in behind if b.kind not in ("plural", "pair")]
        behind = sorted(behind, key=lambda pair: -pair[0])[:MOST]
        if head in OF_PEOPLE:  # no company is "the union"
            behind = [(at, b) for at, b in behind if COMPANIES.isdisjoint(b.meant_as) or head in b.called]
        of_kind = [b for _, b in behind if _is_called(b, head)]
        begun = {self.words.sentences[at]: at for at, _ in behind}  # the first mention in each sentence
        out = []
        for at, body in behind:
            own = self._known_as(body, at, first)
            if _is_called(body, head):
                own += ["called so", "alone called so" if len(of_kind) == 1 else "called so too"]
            elif of_kind:
                own.append("others called so")
            number = self.words.sentences[at]
            place = "first" if begun[number] == at else "later"
            shared = [f"{place} in sentence {min(self.words.sentences[first] - number, 2)}"]
            features = {f"{asked} {name}": 1.0 for name in own}
            out.append((body, features | {f"any asked {name}": 1.0 for name in (*own, *shared)}))
        return out

    def _is_told(self, at: int) -> bool:
        """Whether somebody tells the body at word `at` something, as papers are told: "told | Radio Oxbow"."""
        low = self.words.low
        return low[at - 1] in TELLING or (low[at - 1] == "the" and low[at - 2] in TELLING)

    def _known_as(self, body: Body, at: int, first: int) -> list[str]:
        """What is known of a body mentioned at word `at`; how much each counts depends on what asks."""
        w = self.words
        apart = "same" if w.lines[at] == w.lines[first] else "other"
        on = [f"kind {body.kind}", f"{apart} paragraph"]
        if body.spoke >= 0:
            on.append("spoke last" if body is self.last else "spoke")
        return on

    def _nobody(self, first: int, end: int, asked: str) -> dict[str, float] | None:
        """The features of nobody: that the phrase stands for itself, as no pronoun does."""
        if asked in ("it", "they"):
            return None
        w = self.words
        head = w.low[end - 1]
        on = ["nobody", f"nobody {w.low[first]}"]
        if head in words("speakers/any_organization") or head in ONE_OF_MANY:
            on.append("nobody again")
        return {f"{k} {name}": 1.0 for name in on for k in (asked, "any asked")}

    def mentioned(self, body: Body, first: int, asked: str, content: Sequence[tuple[int, int]]) -> list[int]:
        """Where a body is mentioned before word `first`, but for what somebody says there.

        One body tells of itself by name where it is not quoted: "Acme will hire fifty people, | the company said".
        """
        before = body.at[: bisect_left(body.at, first)]
        of_itself = asked in OF_ITSELF
        return [
            i for i in before if (of_itself and not self.words.quoted[i]) or not any(a <= i < b for a, b in content)
        ]

    def named_before(self, i: int) -> NameMention | None:
        """The organization whose officer a text may speak of at word `i`: the last one named in its own sentence.

        Else the first one of the last sentence that names any, which is mostly what that sentence is about.
        """
        numbers = self.words.sentences
        before = [m for m in self.named[: bisect_left(self.starts, i)] if not self._is_scene(m)]
        if not before or numbers[before[-1].first] == numbers[i]:
            return before[-1] if before else None
        return before[bisect_left(before, numbers[before[-1].first], key=lambda m: numbers[m.first])]

    def _is_scene(self, named: NameMention) -> bool:
        """Whether a body is where something happens: "play in the Champions League"."""
        w, first = self.words, named.first
        if w.words[first].isupper() and w.opens_sentence(first) and w.words[named.end : named.end + 1] in DATELINED:
            return True  # "OSTHAVN — Norvik Air grounded"
        before = w.low[max(first - 2, 0) : first]
        if before[1:] == ["by"] and before[0] in SURVEYED:
            return True  # "analysts surveyed by Oxbow Data"
        if before[1:] == ["on"] and before[0] in SAID_ON:
            return True  # "apologised on Instagram"
        played = w.low[named.end - 1].rsplit("-", 1)[-1] in COMPETITIONS
        return played and (before[-1:] == ["in"] or before == ["in", "the"])

    def named_below(self, first: int, end: int) -> NameMention | None:
        """The body that is named first below a lead in which it is described: "A bank has said … . | Hale Bank"."""
        w = self.words
        noun = w.low[end - 1]
        nouns = words("speakers/any_organization") | words("speakers/organization_nouns")
        noun = next((one for one in (noun, noun.removesuffix("s"), f"{noun.removesuffix('ies')}y") if one in nouns), "")
        if (
            not noun
            or w.low[first] not in LEADING
            or any(is_capital(x) and not _tells_where(x) for x in w.words[first + 1 : end])
        ):
            return None
        known = bisect_left(self.starts, first)
        if not leads(w, first) or known == len(self.starts):
            return None
        below = self.named[known]
        apart = w.sentences[below.first] - w.sentences[end - 1]
        new = all(w.between(m.first, m.end) != w.between(below.first, below.end) for m in self.named[:known])
        called = noun in w.low[below.first : below.end]
        return below if 0 < apart <= BELOW and new and called and w.opens_sentence(below.start) else None

    def leads(self, named: NameMention) -> bool:
        """Whether no body is mentioned more often in the text than the one that a mention names."""
        most = max((len(body.at) for body in self.all.values() if body.kind == "named"), default=0)
        return any(len(body.at) == most and named.first in body.at for body in self.all.values())

    def body(self, first: int, end: int) -> tuple[int, int] | None:
        """The words that name the organization which "authority" or "the union" as an affiliation names again."""
        w = self.words
        if end - first != 1 or w.low[first] not in words("speakers/organization_nouns"):
            return None
        if is_capital(w.words[first]) and not w.opens_sentence(first):
            return None
        if w.words[first] in self.all and any(not w.opens_sentence(i) for i in self.all[w.words[first]].at):
            return None  # "House Speaker", in a text of the House and the White House
        before = self.named[: bisect_left(self.starts, first)][-MOST:]
        whole = ((m.first, whole_end(w, m, self.by_word)) for m in reversed(before))
        return next((named for named in whole if head_noun(w, *named) == w.low[first]), None)


def _tells_where(word: str) -> bool:
    """Whether a word with a capital before a noun tells where a body is from: the German, US or Leeds-based lender."""
    return word in words("speakers/demonyms") or word in OF_A_COUNTRY or word.endswith("-based")


def _is_called(body: Body, head: str) -> bool:
    """Whether a noun, or its plural, is among what a body is called by: the airline is Northern Airlines."""
    return head in body.called or f"{head}s" in body.called
