"""The persons of an article, found by any form of their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property

import attrs
from rapidfuzz.distance import DamerauLevenshtein

from quotebank.speakers.given_names import woman_odds
from quotebank.speakers.role_nouns import is_listed, is_person_noun
from quotebank.speakers.whole_names import NameMention
from quotebank.text import Words, initials, is_capital, is_closed, is_first_name, table, unaccented, words

BUCKET = 40  # people of one last name that a new mention is compared with: the latest
NAME_AND_ROLE = 2  # words of "Dean Lee"
ROLE_BEHIND = 4  # words of ", the dean"
SHORTEST_MISSPELLED = 5  # letters: "Lane" is not "Lang"
NEAR = 30  # words back: of several of a last name, who just spoke is meant
MOST_INITIALS = 4  # letters of a name's initials
ARTICLES = ("al-", "el-", "ul-")
SHORTEST_WITH_ARTICLE = 6  # letters of a name that is one without its article, too: "al-Ali" is
MOST_PARTS = 5  # of a name that is cut to its first two
SERVANTS = frozenset({"Abdel", "Abdul", "Abd", "Abdal", "Abu", "Umm"})  # what begins an Arabic name of two words
PARTICLES = frozenset({"Al", "El", "Abu", "Bin"})  # of a last name of two words: "Al Harrasi" is no Al
CALLED = frozenset({"called", "named"})
NOUN_AHEAD = frozenset({"a", "an", "the"})  # before somebody else whom a pronoun may mean
PRONOUNS = {"he": "M", "his": "M", "she": "F", "her": "F"}
CALLED_SO = 2  # times that somebody is called by the first name: who is not, or half as often, has the last name alone
PLACING = frozenset({"in", "to", "from", "at", "of", "near", "for"})  # before a place of that name
BESIDE = 2  # words from a name to a pronoun that is hardly another one's
JUNIOR = frozenset({"jr", "jr."})
TOLD_APART = 1.0  # the log odds between two first names of which one is a woman's
GENERATIONS = frozenset({"jr", "sr"})
SAINTS = frozenset({"St", "Saint"})
OF_EITHER_SEX = frozenset({"chairman", "spokesman", "ombudsman", "freshman", "batsman", "alderman"})


@attrs.define(eq=False)
class Person:
    """Someone named in an article: the parts of the fullest name so far, its mention, and what the titles say."""

    parts: tuple[str, ...]
    name: str
    mention: NameMention
    gender: str | None = None
    """F or M, as titles, descriptions or the first name say: names deceive."""
    addressed: str | None = None
    """F or M, as titles or descriptions alone say."""
    count: int = 0
    order: int = 0
    titles: set[str] = attrs.field(factory=set)
    roles: set[str] = attrs.field(factory=set)
    generation: str | None = None
    """"jr" or "sr", as stands behind the name."""
    past: set[str] = attrs.field(factory=set)
    """The nouns of roles that are only stated as over: "former minister"."""
    speaks: list[int] = attrs.field(factory=list)
    """The first words of the names in sources of claims."""
    heard: float = 0.0
    """Log odds that it is a woman, as the pronouns that stood for somebody tell, however unsurely."""
    described: bool = False
    """Whether the name is a description: an anonymous source."""
    supposed: bool = False
    """Whether the noun of the description may be no person's: "a festival"."""


def gender_told(word: str) -> str | None:
    """F or M where a title or a noun for a person tells it: "Mrs.", "spokeswoman"; no people do ("German")."""
    low = word.rstrip(".").rsplit("-", 1)[-1].lower()
    plain = low.capitalize()
    if plain in words("speakers/demonyms"):
        return None
    if plain in words("speakers/titles_of_women") or low in words("speakers/women_nouns") or low.endswith("woman"):
        return "F"
    man = low in words("speakers/men_nouns") or (low.endswith("man") and len(low) > 5)
    return "M" if man or plain in words("speakers/titles_of_men") else None


def gender_of(first: str | None, titles: Iterable[str]) -> str | None:
    """F or M where a title or the first name tells; None where neither does. A chairman may be a woman."""
    told = next(filter(None, (gender_told(t) for t in titles if t.lower() not in OF_EITHER_SEX)), None)
    if told is not None or first is None:
        return told
    return (
        "F" if first in words("text/first_names_female") else "M" if first in words("text/first_names_male") else None
    )


class People:
    """The persons of an article, found by any form of their names; `speaking` are the words of claims' sources."""

    def __init__(self, w: Words, speaking: Collection[int]) -> None:
        self.words, self.speaking = w, speaking
        self.by_part: dict[str, list[Person]] = {}
        self.all: list[Person] = []

    def parts(self, mention: NameMention) -> tuple[str, ...]:
        """The parts of a name that tell people apart: no title, no suffix, no marks."""
        kept = [
            (w.rstrip(".") if len(w) > 2 else w).replace("’", "'")
            for w in self.words.words[mention.first : mention.end]
            if w[0].isalnum() and w.lower().rstrip(".") not in words("speakers/name_suffixes")
        ]
        return tuple(kept) or (self.words.words[mention.first],)

    def _generation(self, mention: NameMention) -> str | None:
        """Which of several of one name is meant, as stands behind it: "Bo Lee | Jr."."""
        behind = self.words.low[max(mention.end - 1, mention.first) : mention.end + 1]
        return next((told for low in behind if (told := low.rstrip(".")) in GENERATIONS), None)

    def titles(self, mention: NameMention) -> list[str]:
        """The titles right before a name, and the noun before them where it tells of a woman or a man."""
        called = mention.start > 0 and self.words.low[mention.start - 1] in CALLED
        apart = mention.start > 1 and self.words.words[mention.start - 1] == ","
        apart = apart and self.words.words[mention.end : mention.end + 1] in ([","], ["("])
        at = mention.start - (called or apart)  # "a woman | called Ann Lee", "his wife | , Ann Lee"
        noun = self.words.words[max(at - 1, 0) : at]
        return [*self.words.words[mention.start : mention.first], *filter(gender_told, noun)]

    def add(self, mention: NameMention) -> Person:
        """The person that a mention names: known already, or new."""
        parts = self.parts(mention)
        titles = self.titles(mention)
        gender = gender_of(parts[0] if len(parts) > 1 and parts[0] not in PARTICLES else None, titles)
        plain = {t.lower().rstrip(".") for t in titles}
        other = mention.start > 0 and self.words.low[mention.start - 1] == "another"  # "another Ann Lee"
        known = None if other else self._known(parts, gender, plain, mention)
        person = known or self._by_initials(parts) or self._by_role(parts) or self._misspelled(parts, gender)
        if person is None:
            person = self.new(parts, self._name(mention), mention, gender)
        elif _fuller(parts, person.parts):
            person.parts, person.name, person.mention = parts, self._name(mention), mention
            self._index(person)
        person.generation = person.generation or self._generation(mention)
        person.addressed = person.addressed or gender_of(None, titles)
        person.gender = person.addressed or person.gender or gender
        person.titles |= plain
        person.count += 1
        if mention.first in self.speaking:
            person.speaks.append(mention.first)
        return person

    def add_partner(self, mention: NameMention, alone: Collection[str]) -> None:
        """Remember who shares the last name of a full name behind "and": Jack of "Jack and Wendy Sorrell".

        The word before "and" has to be a first name, or somebody's name where it stands `alone`, or the text to tell
        Mr. from Mrs. Sorrell.
        """
        w, i, last = self.words, mention.start - 2, self.parts(mention)[-1]
        if i < 0 or w.low[i + 1] != "and" or not is_capital(w.words[i]) or mention.end - mention.first < 2:
            return
        kin = (
            i > 0 and is_person_noun(w.low[i - 1].removesuffix("s")) and w.low[i - 1][-1] == "s"
        )  # "Brothers | Bo and"
        longer = i > 0 and w.sentences[i - 1] == w.sentences[i] and is_capital(w.words[i - 1]) and not kin
        told = {w.low[k - 1].rstrip(".") for k in range(mention.end, len(w)) if w.words[k] == last}
        if longer or not (gender_of(w.words[i], ()) or w.words[i] in alone or ("mr" in told and told & {"mrs", "ms"})):
            return
        parts = (w.words[i], last)
        if not any(compatible(parts, person.parts) for person in self.by_part.get(_key(last), ())):
            self.new(parts, " ".join(parts), NameMention(i, i, i + 1, "PER"), gender_of(parts[0], ()))

    def new(self, parts: tuple[str, ...], name: str, mention: NameMention, gender: str | None) -> Person:
        """A person not named before."""
        person = Person(parts, name, mention, gender, order=len(self.all))
        self.all.append(person)
        self._index(person)
        return person

    def _name(self, mention: NameMention) -> str:
        alone = mention.end - mention.first == 1 and mention.start < mention.first
        kept = alone and self.words.low[mention.first - 1].rstrip(".") in words("speakers/titles_kept_in_names")
        name = self.words.between(mention.first - kept, mention.end)
        first, close, rest = name.partition(")")
        return f"{first[1:]}{rest}" if close and first[0] == "(" else name  # of "Lord (Percy) Vane"

    def _index(self, person: Person) -> None:
        for key in dict.fromkeys(map(_key, person.parts)):
            bucket = self.by_part.setdefault(key, [])
            if person not in bucket[-BUCKET:]:
                bucket.append(person)

    def _by_initials(self, parts: tuple[str, ...]) -> Person | None:
        """The one person whose initials a word in capitals is, as the labels of an interview have them: "ABR:"."""
        letters = parts[0].replace(".", "")
        if len(parts) > 1 or not letters.isupper() or len(letters) > MOST_INITIALS:
            return None
        same = [p for p in self.all if len(p.parts) > 1 and initials(p.parts).upper() == letters]
        return same[0] if len(same) == 1 else None

    def _by_role(self, parts: tuple[str, ...]) -> Person | None:
        """The person whose role a first name before the last one is: Dean Lee of "Ann Lee, dean of the law school"."""
        first, last = parts[0].lower(), parts[-1]
        if len(parts) != NAME_AND_ROLE or not is_listed(first):
            return None
        same = (p for p in self.by_part.get(_key(last), ()) if len(p.parts) > 1 and p.parts[-1] == last)
        low = self.words.low
        return next((p for p in same if first in low[p.mention.end : p.mention.end + ROLE_BEHIND]), None)

    def _misspelled(self, parts: tuple[str, ...], gender: str | None) -> Person | None:
        """The person named in full whose last name a lone name misspells by one letter: "McLenney" for McClenney."""
        if len(parts) > 1 or len(parts[0]) < SHORTEST_MISSPELLED:
            return None
        name = parts[0].lower()
        for person in reversed(self.all[-BUCKET:]):
            if len(person.parts) < 2 or (gender and person.gender and gender != person.gender):
                continue
            last = person.parts[-1].lower()
            if last[0] == name[0] and DamerauLevenshtein.distance(last, name, score_cutoff=1) == 1:
                return person if {last, name}.isdisjoint({last + "s", name + "s"}) else None
        return None

    def _leaves_out(self, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        """Whether of two names, `a` behind `b`, one leaves out the second of two last names: Luis Tavares (Gou).

        The text calls him Tavares alone, and nobody Gou: George Washington is not George Washington Carver.
        """
        short, long = sorted((a, b), key=len)
        if len(short) != 2 or not 2 < len(long) <= MOST_PARTS or long[:2] != short:
            return False
        if short[0].capitalize() in SERVANTS:
            return short == a  # "Abdel Shakour" is one name, of whom it was given in full before
        return len(long) == 3 and not is_first_name(short[1]) and short[1] in self._alone and long[2] not in self._alone

    def _of_several(self, options: list[Person], first: int) -> Person:
        """Whom of several a last name at word `first` alone means: who just spoke, else whom the article is about."""
        spoke = self._just_spoke(options, first)
        if spoke is None or self.words.words[spoke[0]] != spoke[1].parts[0]:  # not by the full name
            options = self._not_by_first_name(options)
            spoke = self._just_spoke(options, first)
        if spoke is not None:
            return spoke[1]
        heard = [p for p in options if any(at < first for at in p.speaks)] if first in self.speaking else []
        return heard[0] if len(heard) == 1 else min(options, key=lambda p: p.mention.first)

    def _just_spoke(self, options: Iterable[Person], first: int) -> tuple[int, Person] | None:
        """Who spoke last before word `first`, not long ago, and the word that names them there."""
        spoke = [(at, p.order) for p in options for at in p.speaks if first - NEAR < at < first]
        return (max(spoke)[0], self.all[max(spoke)[1]]) if spoke else None

    def _not_by_first_name(self, options: list[Person]) -> list[Person]:
        """Those of a last name who are not called by the first one, if they speak: a child is "Ann", not "Lee"."""
        called = [self._alone[p.parts[0]] if len(p.parts) > 1 else 0 for p in options]
        most = max(called)
        rest = [p for p, count in zip(options, called, strict=True) if p.speaks and count * CALLED_SO <= most]
        return rest if most >= CALLED_SO and rest else options

    def _is_called_otherwise(self, mention: NameMention, person: Person) -> bool:
        """Whether a last name with a title is "he" before a woman is named in full: President Trump is no Ivanka."""
        w, name = self.words, self.words.words[mention.first]
        if person.gender is None or person.mention.first < mention.first or len(person.parts) < 2:
            return False
        told: list[str] = []
        for i in range(mention.first, len(w)):
            if w.words[i] == name and w.words[i - 1 : i] != [person.parts[0]]:
                rest = range(i + 1, w.sentence_end(i))
                stops = (k for k in rest if w.low[k] in PRONOUNS or w.low[k] in NOUN_AHEAD or is_capital(w.words[k]))
                said = next(stops, None)
                plainly = 2 if said is not None and said - i <= BESIDE else 1  # "President Lee | for his part"
                told += [PRONOUNS[w.low[said]]] * plainly if said is not None and w.low[said] in PRONOUNS else []
        return len(told) > 1 and person.gender not in told

    def _is_beside(self, mention: NameMention, person: Person) -> bool:
        """Whether somebody has another title, in full, behind a title and last name: "President Lee, Lady Ann Lee"."""
        w, first = self.words, person.mention.first
        title = w.low[mention.first - 1].rstrip(".") in words("speakers/role_titles")
        full = len(person.parts) > 1 and mention.first < first < w.sentence_end(mention.first)
        return title and full and bool(self.titles(person.mention)) and not w.quoted[mention.first]

    def _is_father_of(self, person: Person) -> bool:
        """Whether a last name alone is the father's of a Jr.: "President Lee" stands before "Ian Lee Jr." is named."""
        w, last = self.words, person.parts[-1]
        if len(person.parts) < 2 or not JUNIOR.issuperset(w.low[person.mention.end - 1 : person.mention.end]):
            return False
        headline = w.text.find("\n")
        before = (i for i in range(1, person.mention.first) if w.words[i] == last)
        titled = (w.low[i - 1].rstrip(".") for i in before if 0 <= headline < w.starts[i])
        return any(low in words("speakers/role_titles") or low == "mr" for low in titled)

    @cached_property
    def _alone(self) -> Counter[str]:
        """How often words with a capital stand between words without one, outside quotations."""
        w = self.words
        capital = [False, *map(is_capital, w.words), False]
        alone = (i for i in range(len(w)) if capital[i : i + 3] == [False, True, False] and not w.quoted[i])
        return Counter(w.words[i] for i in alone if not is_closed(w.low[i]) and w.low[i - 1] not in PLACING)

    def _known(
        self, parts: tuple[str, ...], gender: str | None, titles: set[str], mention: NameMention
    ) -> Person | None:
        bucket = list(self.by_part.get(_key(parts[-1]), ())[-BUCKET:])
        if len(parts) > 2:  # of whom one of two last names may be all that was given
            shorter = {_key(parts[-2]), _key(parts[1])} - {_key(parts[-1])}
            bucket += [p for key in sorted(shorter) for p in self.by_part.get(key, ())[-BUCKET:] if p not in bucket]
        generation = self._generation(mention)
        bucket = [p for p in bucket if not (generation and p.generation and p.generation != generation)]
        bucket = [p for p in bucket if not (gender and p.gender and gender != p.gender)]
        bucket = [p for p in bucket if SAINTS.isdisjoint(parts) == SAINTS.isdisjoint(p.parts)]  # two Francises
        options = [p for p in bucket if compatible(parts, p.parts) or self._leaves_out(parts, p.parts)]
        if not options and len(parts) == 1:
            options = [p for p in bucket if len(p.parts) > 1]
        if len(parts) == 1:
            options = [p for p in options if not self._is_father_of(p)]
        if len(parts) == 1 and titles:
            options = [p for p in options if not self._is_called_otherwise(mention, p)]
            options = [p for p in options if not self._is_beside(mention, p)]
        if len(options) > 1 and len(parts) == 1:
            if gender:  # "his sister Ann Lee" is Ms. Lee
                fitting = [p for p in options if p.gender == gender or _odds(p, gender) > TOLD_APART]
                options = fitting or _by_first_names(options, gender)
            return self._of_several([p for p in options if titles & p.titles] or options, mention.first)
        return max(options, key=lambda p: (len(p.parts), -p.order), default=None)


def _key(part: str) -> str:
    """A part of a name as it is looked up: without accents, and without an Arabic article, "al-Badri" as "Badri"."""
    plain = unaccented(part)
    return plain[3:] if plain.startswith(ARTICLES) and len(plain) >= SHORTEST_WITH_ARTICLE else plain


def compatible(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of one last name can be one person's: the shorter's other parts stand in the longer, in order.

    An initial stands for a name, a nickname for the name it is short for.
    """
    if _key(a[-1]) != _key(b[-1]):
        return False
    short, long = sorted((a[:-1], b[:-1]), key=len)
    rest = iter(long)
    return all(any(_same_part(x, y) for y in rest) for x in short)


def _same_part(a: str, b: str) -> bool:
    x, y = unaccented(a).rstrip("."), unaccented(b).rstrip(".")
    if x == y or (min(len(x), len(y)) == 1 and x[0] == y[0]):
        return True
    return not _full_names(x).isdisjoint(_full_names(y))


def _full_names(given: str) -> set[str]:
    return {given, *table("text/nicknames").get(given, "").split()}


def _odds(person: Person, gender: str) -> float:
    """The log odds that somebody is of that sex, by the first name; 0 of whom no full name tells, or it is known."""
    partner = person.mention.end - person.mention.first < len(person.parts)  # "Castellan and Robert Dunmore"
    if len(person.parts) < 2 or partner or person.gender is not None:
        return 0.0
    return woman_odds(person.parts[0]) * (1 if gender == "F" else -1)


def _by_first_names(people: list[Person], gender: str) -> list[Person]:
    """The one whose first name is likeliest of that sex, of people of whom nothing else tells it; else all of them."""
    odds = [_odds(person, gender) for person in people]
    likely = sorted(odds, reverse=True)
    plain = 0.0 not in odds and likely[0] - likely[1] > TOLD_APART
    return [p for p, one in zip(people, odds, strict=True) if one == likely[0]] if plain else people


def _fuller(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(a) > len(b) or (len(a) == len(b) and sum(map(len, a)) > sum(map(len, b)))
