"""Names in a text: runs of capitalized words, what each names, and which names are one person's.

Types come from word lists where they are plain (a title, a first name, "Institute") and from the entity model for the
rest, which looks only at the sentences that need it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

import attrs
import regex

from quotebank.nlp import Language
from quotebank.phrases import (
    OWNER,
    Words,
    description,
    is_capital,
    is_closed,
    is_listed,
    is_person_noun,
    organization_end,
    prominence,
)
from quotebank.tokens import Tokens
from quotebank.wordlists import states, table, words

LONGEST_NAME = 6
FOREMOST = 5  # mentions that make somebody the person an article is about
BUCKET = 40  # people of one last name that a new mention is compared with: the latest
ACRONYM = regex.compile(r"[\p{Lu}\p{N}&.]{2,8}")
OPENING = frozenset({"“", '"', "‘", "'", "``"})


@attrs.frozen
class NameMention:
    """A name as it stands in the text: words `first` up to `end`, titles before it left out (`start` is with them)."""

    start: int
    first: int
    end: int
    type: str
    """PER, ORG, LOC or MISC."""


@attrs.define(eq=False)
class Person:
    """Someone named in an article: the parts of the fullest name so far, its mention, and what the titles say."""

    parts: tuple[str, ...]
    name: str
    mention: NameMention
    gender: str | None = None
    count: int = 0
    order: int = 0
    titles: set[str] = attrs.field(factory=set)
    roles: set[str] = attrs.field(factory=set)
    seen: int = -1
    """The last word that named the person so far in a foreground place."""
    described: bool = False
    """Whether the name is a description: an anonymous source."""


def gender_of(first: str | None, titles: Iterable[str]) -> str | None:
    """F or M where a title or the first name tells; None where neither does."""
    for title in titles:
        plain = title.rstrip(".").capitalize()
        low = plain.lower()
        if plain in words("honorifics_female") or low.endswith("woman") or low in words("women_nouns"):
            return "F"
        if plain in words("honorifics_male") or (low.endswith("man") and low != "woman") or low in words("men_nouns"):
            return "M"
    if first is not None:
        if first in words("first_names_female"):
            return "F"
        if first in words("first_names_male"):
            return "M"
    return None


def _is_honorific(word: str) -> bool:
    plain = word.rstrip(".").capitalize()
    return plain in words("honorifics_female") or plain in words("honorifics_male") or plain in ("Dr", "Mx")


def _is_title(word: str) -> bool:
    plain = word.rstrip(".").lower().removesuffix("-elect")
    return _is_honorific(word) or (plain in words("role_titles") and not _is_first_name(word))


def _is_first_name(word: str) -> bool:
    return word in words("first_names_female") or word in words("first_names_male") or word == "Pat"


def _is_initial(word: str) -> bool:
    return len(word) <= 4 and word.endswith(".") and word.replace(".", "").isupper() and not _is_title(word)


def runs(w: Words) -> list[tuple[int, int]]:
    """Runs of capitalized words, with particles ("de la"), a nickname in marks, and ", Jr." in them."""
    found = []
    i, size = 0, len(w)
    particles = words("name_particles")
    while i < size:
        if not is_capital(w.words[i]) or _no_name(w, i):
            i += 1
            continue
        end = i + 1
        while end < size and w.sentences[end] == w.sentences[i]:
            if is_capital(w.words[end]) and not _no_name(w, end):
                end += 1
                continue
            ahead = end
            while ahead < size and ahead - end < 3 and w.low[ahead] in particles:
                ahead += 1
            if ahead < size and ahead > end and is_capital(w.words[ahead]) and w.sentences[ahead] == w.sentences[i]:
                end = ahead + 1
                continue
            if w.words[end] == "&" and end + 1 < size and is_capital(w.words[end + 1]):
                end += 2
                continue
            if _nickname(w, end, i):
                end += 4
                continue
            break
        if end + 1 < size and w.words[end] == "," and w.low[end + 1].rstrip(".") in words("name_suffixes"):
            end += 2
        if end - i > 1 or not (w.words[i] in words("demonyms") or w.words[i] in words("parties")):
            found.append((i, end))
        i = end
    return found


def _no_name(w: Words, i: int) -> bool:
    """A word whose capital is that of a sentence, or "I"."""
    low = w.low[i]
    if not low[0].isalpha() or low in ("i", "i.", "mr", "tv"):
        return low in ("i", "tv") or not low[0].isalpha()
    return (is_closed(low) and w.words[i] not in ("Will", "May")) or (
        w.words[i] in words("sentence_starters") and w.opens_sentence(i)
    )


def _nickname(w: Words, at: int, first: int) -> bool:
    """Whether a nickname in marks follows a first name: William “Bill” Tranter."""
    if at - first > 2 or at + 3 >= len(w.words) or w.words[at] not in OPENING | {"("}:
        return False
    return (
        is_capital(w.words[at + 1])
        and not w.words[at + 2][0].isalnum()
        and is_capital(w.words[at + 3])
        and len(w.words[at + 3]) > 1
        and _is_first_name(w.words[first])
    )


def mentions(
    tokens: Tokens, w: Words, language: Language, sources: Iterable[tuple[int, int]], labels: Collection[int] = ()
) -> list[NameMention]:
    """The names of a text in order.

    `sources` are the words of the claims' sources: a single name there is looked at too. `labels` are the first words
    of a transcript's turns, which name persons.
    """
    in_sources = {i for first, end in sources for i in range(first, end)}
    found = runs(w)
    types: dict[str, str] = {}
    open_runs: dict[str, tuple[int, int]] = {}
    for first, end in found:
        start, name_first = _titled(w, first, end)
        surface = w.between(name_first, end)
        if surface in types:
            continue
        kind = (
            "PER"
            if first in labels and w.low[first] not in ("q", "a", "q.", "a.")
            else _plain_type(w, start, name_first, end)
        )
        if kind is not None:
            types[surface] = kind
        elif (end - name_first > 1 and not surface.isupper()) or any(i in in_sources for i in range(name_first, end)):
            open_runs.setdefault(surface, (name_first, end))
    asked = {s: r for s, r in open_runs.items() if s not in types}
    inner = _ask(tokens, w, language, asked)
    for surface, (first, end) in asked.items():
        person = any(kind == "PER" for _, _, kind in inner[surface])
        if not person and 2 <= end - first <= 3 and _is_described(w, first, end):
            inner[surface] = [(0, end - first, "PER")]
    known = _known_parts(w, types, asked, inner)
    out = []
    for first, end in found:
        out += _typed(w, (first, end), types, inner, known)
    return _companies(w, out, known)


def _known_parts(
    w: Words,
    types: dict[str, str],
    asked: dict[str, tuple[int, int]],
    inner: dict[str, list[tuple[int, int, str]]],
) -> frozenset[str]:
    """Every part of a person's name of more than one word, lower case: alone it names the person again."""
    parts: set[str] = set()
    for surface, kind in types.items():
        if kind == "PER" and " " in surface:
            parts.update(surface.lower().split())
    for surface, found in inner.items():
        first = asked[surface][0]
        for a, b, kind in found:
            if kind == "PER" and b - a > 1:
                parts.update(w.low[first + a : first + b])
    return frozenset(part for part in parts if len(part) > 2 and part not in words("name_particles"))


def _companies(w: Words, found: list[NameMention], known: frozenset[str]) -> list[NameMention]:
    """The mentions, the first word of an organization's name being the organization: "Crane" of "Crane Biotech"."""
    begins = {w.words[m.first] for m in found if m.type == "ORG" and m.end - m.first > 1} - {"The"}
    return [
        attrs.evolve(m, type="ORG")
        if m.type != "ORG"
        and m.start == m.first
        and m.end - m.first == 1
        and w.words[m.first] in begins
        and w.low[m.first] not in known
        else m
        for m in found
    ]


def _titled(w: Words, first: int, end: int) -> tuple[int, int]:
    """Where the run's titles begin, and where its name does: "Former President Bill Clinton"."""
    name = first
    for i in range(first, end - 1):
        if _is_title(w.words[i]) and not (i > first and _is_initial(w.words[i])):
            name = i + 1
    return first, name


def _plain_type(w: Words, start: int, first: int, end: int) -> str | None:
    """The type of a name that lists tell; None where they do not."""
    last = w.low[end - 1].rstrip(".")
    size = end - first
    if w.low[end - 1] in words("organization_nouns") or any("&" in w.words[i] for i in range(first, end)):
        return "ORG"
    if size == 2 and _is_first_name(w.words[first]) and last not in words("company_forms") and start == first:
        return "PER"  # also "Trudy Lake" and "Lillian Post"
    if last in words("organization_suffixes"):
        return "ORG"
    if last in words("place_suffixes") and size > 1:
        return "LOC"
    if (
        start < first
        and size <= 4
        and not w.between(start, end).isupper()
        and not any(w.low[i] in ("of", "&") for i in range(start, end))
    ):
        return "PER"
    shouted = size > 1 and w.between(first, end).isupper()
    if (
        not shouted
        and 1 < size <= LONGEST_NAME
        and _is_first_name(w.words[first])
        and not any(w.words[i] == "&" or "&" in w.words[i] for i in range(first, end))
    ):
        return "PER"
    if w.between(first, end) in states() or (size == 1 and w.words[first] in _abbreviated_places()):
        return "LOC"
    return None


@cache
def _abbreviated_places() -> frozenset[str]:
    return frozenset({"U.S.", "U.K.", "D.C.", *(short for forms in states().values() for short in forms)})


def _is_described(w: Words, first: int, end: int) -> bool:
    """Whether a role or an age follows a name after a comma: "Renata Voss, Austria's interior minister,"."""
    if end + 1 >= len(w) or w.words[end] != "," or w.sentences[end + 1] != w.sentences[first]:
        return False
    if w.words[end + 1].isdigit():
        return w.words[end + 2 : end + 3] == [","]
    limit = min(end + 12, len(w))
    while w.sentences[limit - 1] != w.sentences[first]:
        limit -= 1
    said = description(w, end + 1, limit)
    stop = said.end if said is not None else limit
    closes = stop >= limit or w.words[stop] in (",", ".", "—", ";")
    return said is not None and is_listed(w.low[said.head]) and w.low[end + 1] != "and" and closes


def _ask(
    tokens: Tokens, w: Words, language: Language, asked: dict[str, tuple[int, int]]
) -> dict[str, list[tuple[int, int, str]]]:
    """The entities inside each undecided name, as words relative to its first, by the sentence of its first mention."""
    by_sentence: dict[int, list[tuple[str, tuple[int, int]]]] = {}
    for surface, (first, end) in asked.items():
        by_sentence.setdefault(w.sentences[first], []).append((surface, (first, end)))
    parsed = language.entities(tokens, sorted(by_sentence))
    inner: dict[str, list[tuple[int, int, str]]] = {}
    for sentence, names in by_sentence.items():
        entities = parsed[sentence].entities if sentence in parsed else ()
        for surface, (first, end) in names:
            inside = [
                (max(w.at(e.span.start), first) - first, min(w.at(e.span.end - 1) + 1, end) - first, e.type)
                for e in entities
                if e.span.start < w.ends[end - 1] and w.starts[first] < e.span.end
            ]
            inner[surface] = inside
    return inner


def _typed(
    w: Words,
    run: tuple[int, int],
    types: dict[str, str],
    inner: dict[str, list[tuple[int, int, str]]],
    known: frozenset[str],
) -> list[NameMention]:
    end = run[1]
    start, name = _titled(w, *run)
    surface = w.between(name, end)
    if surface in types:
        return [NameMention(start, name, end, types[surface])]
    again = w.low[end - 1] in known and (end - name == 1 or all(_is_initial(w.words[i]) for i in range(name, end - 1)))
    if again and (surface not in inner or not any(kind == "LOC" for _, _, kind in inner[surface])):
        return [NameMention(start, name, end, "PER")]
    if surface in inner:
        return [_widened(w, start, name, entity) for entity in inner[surface]]
    return []


def _widened(w: Words, start: int, name: int, entity: tuple[int, int, str]) -> NameMention:
    """An entity inside a run as a mention; a person's begins with the initials and first names before it."""
    a, b, kind = entity
    first = name + a
    if kind == "PER":
        if b - a == 1 and (_at_a_place(w, first) or (w.words[first].endswith(".") and not _is_initial(w.words[first]))):
            kind = "LOC"
        while first > name and (_is_initial(w.words[first - 1]) or _is_first_name(w.words[first - 1])):
            first -= 1
        if first == name + 1 and w.opens_sentence(name) and _may_be_first_name(w, name):
            first = name  # the model takes a first name's capital for the sentence's
    return NameMention(start if first == name else first, first, name + b, kind)


def _may_be_first_name(w: Words, i: int) -> bool:
    """Whether a capitalized word that no list knows can be a first name."""
    lists = ("demonyms", "parties", "sentence_starters")
    known = any(w.words[i] in words(name) for name in lists) or w.words[i] in states() or w.words[i].isupper()
    low = w.low[i]
    person = is_person_noun(low) or is_person_noun(low.removesuffix("s")) or "-" in low
    return not (
        known or person or low in words("role_modifiers") or low in words("organization_nouns") or low.endswith("ing")
    )


def _at_a_place(w: Words, i: int) -> bool:
    """Whether a single name stands where a place does: "in Ashton", ", of Ashton, Md.", "the Mall"."""
    before = w.low[max(i - 2, 0) : i]
    return before[-1:] in (["in"], ["from"], ["near"], ["the"]) or before == [",", "of"]


class People:
    """The persons of an article, found by any form of their names."""

    def __init__(self, w: Words) -> None:
        self.words = w
        self.by_part: dict[str, list[Person]] = {}
        self.all: list[Person] = []
        self.by_role: dict[str, list[Person]] = {}

    def give_role(self, person: Person, heads: Iterable[str]) -> None:
        """Remember that a person has roles with these nouns."""
        for head in heads:
            person.roles.add(head)
            bucket = self.by_role.setdefault(head, [])
            if person not in bucket[-BUCKET:]:
                bucket.append(person)

    def with_role(self, heads: Iterable[str]) -> list[Person]:
        """The persons who have a role with one of these nouns, at most the latest few."""
        found: dict[int, Person] = {}
        for head in heads:
            found.update({p.order: p for p in self.by_role.get(head, ())[-BUCKET:]})
        return list(found.values())

    def foremost(self) -> Person | None:
        """The person whom the text names far more often than anybody else; None where there is none."""
        named = sorted((p.count, p.order) for p in self.all if not p.described)[-2:]
        if not named or named[-1][0] < FOREMOST or (len(named) > 1 and named[0][0] * 3 > named[-1][0]):
            return None
        return self.all[named[-1][1]]

    def parts(self, mention: NameMention) -> tuple[str, ...]:
        """The parts of a name that tell people apart: no title, no suffix, no marks."""
        kept = [
            w.rstrip(".") if len(w) > 2 else w
            for w in self.words.words[mention.first : mention.end]
            if w[0].isalnum() and w.lower().rstrip(".") not in words("name_suffixes")
        ]
        return tuple(kept) or (self.words.words[mention.first],)

    def titles(self, mention: NameMention) -> list[str]:
        """The titles right before a name."""
        found = self.words.words[mention.start : mention.first]
        before = mention.start - 1
        if before >= 0 and self.words.low[before].endswith(("man", "woman")):
            found = [*found, self.words.words[before]]
        return found

    def add(self, mention: NameMention) -> Person:
        """The person that a mention names: known already, or new."""
        parts = self.parts(mention)
        titles = self.titles(mention)
        gender = gender_of(parts[0] if len(parts) > 1 else None, titles)
        plain = {t.lower().rstrip(".") for t in titles}
        person = self._known(parts, gender, plain, mention)
        if person is None:
            person = self.new(parts, self._name(mention), mention, gender)
        elif _fuller(parts, person.parts):
            person.parts, person.name, person.mention = parts, self._name(mention), mention
            self._index(person)
        person.gender = person.gender or gender
        person.titles |= plain
        person.count += 1
        if prominence(self.words, mention.start, mention.end) >= OWNER:
            person.seen = mention.first
        return person

    def new(self, parts: tuple[str, ...], name: str, mention: NameMention, gender: str | None) -> Person:
        """A person not named before."""
        person = Person(parts, name, mention, gender, 0, len(self.all))
        self.all.append(person)
        self._index(person)
        return person

    def _name(self, mention: NameMention) -> str:
        alone = mention.end - mention.first == 1 and mention.start < mention.first
        kept = alone and self.words.low[mention.first - 1].rstrip(".") in words("name_titles")
        return self.words.between(mention.first - kept, mention.end)

    def _index(self, person: Person) -> None:
        for key in dict.fromkeys(part.lower() for part in person.parts):
            bucket = self.by_part.setdefault(key, [])
            if person not in bucket[-BUCKET:]:
                bucket.append(person)

    def _known(
        self, parts: tuple[str, ...], gender: str | None, titles: set[str], mention: NameMention
    ) -> Person | None:
        bucket = self.by_part.get(parts[-1].lower(), ())[-BUCKET:]
        bucket = [p for p in bucket if not (gender and p.gender and gender != p.gender)]
        options = [p for p in bucket if compatible(parts, p.parts)]
        if not options and len(parts) == 1:
            options = [p for p in bucket if len(p.parts) > 1]
        if len(options) > 1 and len(parts) == 1:
            titled = [p for p in options if titles & p.titles]
            options = titled or options
            return max(options, key=lambda p: (p.seen < mention.first, p.seen if p.seen < mention.first else -p.seen))
        return max(options, key=lambda p: (len(p.parts), -p.order), default=None)


def compatible(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of one last name can be one person's: the shorter's other parts stand in the longer, in order.

    An initial stands for a name, a nickname for the name it is short for.
    """
    if a[-1].lower() != b[-1].lower():
        return False
    short, long = sorted((a[:-1], b[:-1]), key=len)
    rest = iter(long)
    return all(any(_same_part(x, y) for y in rest) for x in short)


def _same_part(a: str, b: str) -> bool:
    x, y = a.lower().rstrip("."), b.lower().rstrip(".")
    if x == y or (min(len(x), len(y)) == 1 and x[0] == y[0]):
        return True
    return not _full_names(x).isdisjoint(_full_names(y))


def _full_names(given: str) -> set[str]:
    return {given, *table("nicknames").get(given, "").split()}


def _fuller(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(a) > len(b) or (len(a) == len(b) and sum(map(len, a)) > sum(map(len, b)))


def acronyms(w: Words, found: Iterable[NameMention], sources: Iterable[tuple[int, int]]) -> dict[str, NameMention]:
    """What acronyms stand for: introduced in brackets, "the Harbor Policy Institute (HPI)", or by their letters."""
    out: dict[str, NameMention] = {}
    for mention in found:
        i = mention.end
        if i + 2 < len(w) and w.words[i] == "(" and w.words[i + 2] == ")" and ACRONYM.fullmatch(w.words[i + 1]):
            out.setdefault(w.words[i + 1], mention)
    if not any(ACRONYM.fullmatch(w.words[end - 1].replace(".", "")) for _, end in sources):
        return out
    for i, word in enumerate(w.words):
        if is_capital(word) and (i == 0 or not is_capital(w.words[i - 1])):
            end = organization_end(w, i)
            letters = "".join(part[0] for part in w.words[i:end] if is_capital(part))
            if 2 < len(letters) < 9:
                out.setdefault(letters, NameMention(i, i, end, "ORG"))
    return out
