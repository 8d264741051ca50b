"""Names in a text: runs of capitalized words, what each names, and which names are one person's.

Types come from word lists where they are plain (a title, a first name, "Institute") and from the entity model for the
rest, which looks only at the sentences that need it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import attrs
import regex
from rapidfuzz.distance import DamerauLevenshtein

from quotebank.speakers.lone_names import is_described, is_person
from quotebank.speakers.role_chunks import ADJECTIVES
from quotebank.speakers.role_nouns import OF_A_PLACE, is_honorific, is_listed, is_person_noun, is_role_noun, singular
from quotebank.speakers.titles import FULL, OPENING, VOWELLESS, Run, is_initial, titled, titles_by_use
from quotebank.speakers.whole_names import NameMention, joined_by_particles, whole_name
from quotebank.text import OWNS, Words, is_capital, is_closed, is_first_name, states, unaccented, words

if TYPE_CHECKING:
    from quotebank.attribution import Entity, Language, Reading

LONGEST_NAME = 6
PITIED = frozenset({"Poor", "Dear"})  # before a first name
SHORTEST_ADVERB = 8  # letters of an adverb in "-ly" that begins a sentence: "Reilly" and "Connolly" are names
LONGEST_FOREIGN = 4  # words of a name with letters that English lacks
WORKS = frozenset({"show", "awards", "award", "prize", "cup", "trophy", "memorial"})  # what people give their names to
SHORTEST_MISSPELLED = 6  # letters of a name that is another but for one
PEOPLES = ("speakers/demonyms", "speakers/parties")
ALIASES = frozenset({"known", "name", "names", "identified", "goes", "performs", "performing"})
HONOURING = frozenset({"honourable", "honorable", "hon"})  # which stands before offices, too
LONGEST_PARTY = 8  # words of a party and a country in brackets
LONGEST_ALIAS = 11  # words from who somebody is to the name that they go by
FINITE = frozenset({"was", "is", "had", "has", "did", "does", "will", "would", "could", "can", "never"})
RUN = regex.compile(r"C(?:C|p{1,3}[Cc]|&[Cc]|n+[Ccp])*")
MARKS = "“”\"‘’'`()"
MENTIONS_ASKED = 8  # of one name: the first
Entities = tuple[tuple[int, int, str], ...]  # inside a name: words relative to its first, and the type
CLOSING = frozenset({"”", '"', "’", "'", "''", ")"})
PLACED = frozenset({"on", "in", "at", "along", "near", "off", "down"})  # before streets and towns


def runs(w: Words, cues: Collection[int] = (), labels: Collection[int] = ()) -> list[tuple[int, int]]:
    """Runs of capitalized words, with particles ("de la") and a nickname in marks in them.

    `cues` are words that report what somebody says: they end a name, also in a headline: "Ferry Boss | Says". Of
    `labels` each names somebody: "June:".
    """
    kinds = [_part_of_run(w, i, cues) for i in range(len(w))]
    for i, kind in enumerate(kinds):
        size = _nickname(w, i + 1) if kind == "C" and not OPENING.isdisjoint(w.words[i + 1 : i + 2]) else 0
        if size:
            kinds[i + 1 : i + 1 + size] = "n" * size
    found, first, written = [], 0, "".join(kinds)
    while first < len(w):
        stop = w.sentence_end(first)
        found += [run.span() for run in RUN.finditer(written, first, stop)]
        first = stop
    return [
        (a, b)
        for a, b in found
        if b - a > 1
        or a in labels
        or not (w.low[a] in words("text/calendar_words") or any(w.words[a] in words(p) for p in PEOPLES))
    ]


def _part_of_run(w: Words, i: int, cues: Collection[int]) -> str:
    """The letter of a word in a run: "C" for a name's, "c" for another with a capital, "p" for a particle."""
    if is_capital(w.words[i]):
        return "c" if i in cues or _no_name(w, i) else "C"
    return "p" if w.low[i] in words("text/name_particles") else "&" if w.words[i] == "&" else "."


def _no_name(w: Words, i: int) -> bool:
    """A word whose capital is that of a sentence or of a place in it ("Oxbow-born"), or "I"."""
    if OF_A_PLACE.fullmatch(w.words[i]):
        return True
    if i and is_honorific(w.words[i - 1]) and w.low[i] in words("text/calendar_words"):
        return False  # "Mr | Sunday Eze"
    closed = is_closed(w.low[i]) and w.words[i] not in ("Will", "May", "Per")
    return closed or _is_adverb(w, i) or w.words[i] in words("text/sentence_starters") or _is_pitied(w, i)


def _is_pitied(w: Words, i: int) -> bool:
    """Whether a word stands before a first name without being one: "Poor | Alex", "Dear | Reader,", not "Mark Dear"."""
    if w.words[i] == "Dear" and w.opens_sentence(i) and w.words[i + 2 : i + 3] == [","]:
        return True
    alone = w.words[i] in PITIED and (i == 0 or not is_capital(w.words[i - 1]))
    return alone and any(map(is_first_name, w.words[i + 1 : i + 2]))


def _is_adverb(w: Words, i: int) -> bool:
    """Whether a word in "-ly" begins a sentence before a name: "Apparently | Roxana", not "Connolly said"."""
    if not w.low[i].endswith("ly") or len(w.low[i]) < SHORTEST_ADVERB or not w.opens_sentence(i):
        return False
    before_name = i + 1 < len(w) and is_capital(w.words[i + 1])
    return before_name and w.words[i] not in w.names_inside and not is_first_name(w.words[i])


def _nickname(w: Words, at: int) -> int:
    """How many words are a nickname in marks behind a first name, 0 for none: William “Bill” Tranter."""
    close = next((i for i in range(at + 2, min(at + 6, len(w) - 1)) if not w.words[i][0].isalnum()), 0)
    closed = close > 0 and w.words[close] in CLOSING
    if not closed or not is_capital(w.words[at + 1]) or not is_capital(w.words[close + 1]):
        return 0
    behind_first = w.words[at] != "(" or any(is_first_name(w.words[i]) for i in range(max(at - 2, 0), at + 2))
    return close + 1 - at if behind_first else 0


def mentions(
    w: Words,
    language: Language,
    reading: Reading,
    *,
    labels: Collection[int] = (),
    cues: Collection[int] = (),
) -> list[NameMention]:
    """The names of a text in order.

    `labels` are the first words of a transcript's turns, which name persons, `cues` the words of the claims' cues,
    which are part of no name.
    """
    capitals = runs(w, cues, labels)
    taught = titles_by_use(w, capitals)
    found = [titled(w, first, end, labels, taught) for first, end in capitals]
    full = [run for run in found if run.end - run.name > 1]
    called = {w.words[run.end - 1] for run in full if is_first_name(w.words[run.name])}
    named = {w.words[run.end - 1] for run in full if w.low[run.name] not in w.small}
    found = [_without_adjective(w, run, called, named) for run in found]
    types: dict[str, str] = {}
    asked: dict[str, list[tuple[int, int]]] = {}
    for run in found:
        surface = w.between(run.name, run.end)
        if surface in types or _is_office(w, run, labels):
            continue
        kind = _plain_type(w, run, labels)
        if kind is not None:
            types[surface] = kind
        else:
            asked.setdefault(surface, []).append((run.name, run.end))
    read = _ask(w, language, reading, asked)
    inner = {surface: _agreed(found) for surface, found in read.items()}
    for surface, places in asked.items():
        first, end = places[0]
        kinds = {kind for _, _, kind in inner[surface]}
        described = is_described(w, first, end) or ("LOC" not in kinds and _stands_behind_role(w, first, end))
        described = described or _is_member(w, end)
        a_body = "ORG" in kinds and _stands_behind_body(w, first, end)
        if "PER" not in kinds and 2 <= end - first <= 3 and described and not (a_body or is_role_noun(w.low[end - 1])):
            inner[surface] = [(int(end - first > 2), end - first, "PER")]  # "MP Jo Carver", "Rapper Lil Harbor"
        elif described and kinds == {"PER"} and _has_foreign_letters(w, first, end):
            inner[surface] = [(0, end - first, "PER")]  # "Đặng Thị Hạnh, who mends nets"
        elif "PER" in kinds and not OPENING.isdisjoint(w.words[first + 1 : end - 2]):
            bodies = words("speakers/organization_nouns")
            begin = max((i + 1 for i in range(first, end - 2) if w.low[i] in bodies), default=first)
            inner[surface] = [(begin - first, end - first, "PER")]  # "Oxbow Drivers Union | William J. “Bill” Tranter"
        elif "PER" in kinds and w.opens_sentence(first) and _is_of_many(w, end):
            inner[surface] = [(0, end - first, "ORG")]  # "Menter Glan, which bought", "Real Toya have signed"
        elif "PER" in kinds and end - first > 1 and _is_placed(w, places):
            inner[surface] = [(0, end - first, "LOC")]  # "on Orchard Parade"
    inner = {surface: joined_by_particles(w, asked[surface][0][0], found) for surface, found in inner.items()}
    known = _known_parts(w, types, asked, inner)
    for surface, places in asked.items():
        first, end = places[0]
        if end - first == 1 and not _is_part(unaccented(w.low[first]), known):
            inner[surface] = _lone(w, places, read[surface])
    for surface, places in asked.items():  # "Beverley Lomax" is a person where "Lomax" alone is one
        last = surface.rsplit(" ", 1)[-1]
        alone = last != surface and len(surface.split()) == 2 and surface.split()[0] not in asked
        if alone and last in read and any(kind == "PER" for _, _, kind in inner[last]):
            first, end = places[0]
            kind = "ORG" if w.opens_sentence(first) and _is_of_many(w, end) else "PER"
            inner[surface], inner[last] = [(0, end - first, kind)], [(0, 1, kind)]
    typed = [mention for run in found for mention in _typed(w, run, types, inner, known)]
    unsure = [
        first
        for surface, places in asked.items()
        for first, end in places
        if end - first == 1 and not inner[surface] and _is_read_as_person(read[surface])
    ]
    return _with_one_who_is_meant(w, [whole_name(w, mention) for mention in _with_family(w, typed)], unsure)


def _with_family(w: Words, names: Sequence[NameMention]) -> Iterator[NameMention]:
    """The names, of which one that seemed a body's is a person's by a last name that others have: "Zia | Thorne"."""
    nouns = words("speakers/organization_nouns") | words("speakers/company_name_endings")
    lasts = {w.words[m.end - 1] for m in names if m.type == "PER" and m.end - m.first >= FULL}
    for m in names:
        related = m.type == "ORG" and m.end - m.first == FULL and w.words[m.end - 1] in lasts
        plain = related and w.low[m.first] not in w.small and w.low[m.end - 1] not in nouns
        yield attrs.evolve(m, type="PER") if plain and not w.words[m.first].isupper() else m


def _is_read_as_person(read: Counter[Entities]) -> bool:
    """Whether the network takes every mention of a single word for a person's name."""
    return all([kind for _, _, kind in entities] == ["PER"] for entities in read)


def _with_one_who_is_meant(w: Words, names: list[NameMention], unsure: Sequence[int]) -> list[NameMention]:
    """The names, of which one that seemed a body's is a person's: "Yusra Hadad wiped the bar. | She" means nobody else.

    No person is named before, and the name is two words that are no other, before what somebody does; or one of the
    single words that are read as a person's, at `unsure`: "Hadad smiled".
    """
    pronoun = next((i for i, low in enumerate(w.low) if low in ("he", "she") and not w.quoted[i]), 0)
    before = [m for m in names if m.first < pronoun]
    if any(m.type == "PER" for m in before):
        return names
    lone = [i for i in unsure if i < pronoun]
    if lone and len({w.words[i] for i in lone}) == 1 and _acts_alone(w, lone[-1], pronoun):
        called = [NameMention(i, i, i + 1, "PER") for i in unsure if w.words[i] == w.words[lone[0]]]
        return sorted([*names, *called], key=lambda m: m.first)
    if not before:
        return names
    last = before[-1]
    between = {w.sentences[i] for i in range(last.end, pronoun) if not w.quoted[i]}
    near = len(between) <= 2 and last.type == "ORG" and last.end - last.first == FULL
    plain = words("speakers/organization_nouns").isdisjoint(w.low[last.first : last.end])
    acts = w.words[last.end].islower() and not is_closed(w.low[last.end])
    if not (near and plain and acts) or any(low in w.small for low in w.low[last.first : last.end]):
        return names
    name = w.between(last.first, last.end)
    return [attrs.evolve(m, type="PER") if w.between(m.first, m.end) == name else m for m in names]


def _acts_alone(w: Words, at: int, pronoun: int) -> bool:
    """Whether a single word is the subject of its clause, and nobody else is told of up to a pronoun behind it."""
    between = range(at + 1, pronoun)
    near = len({w.sentences[i] for i in between if not w.quoted[i]}) <= 2
    opens = w.opens_sentence(at) or w.words[at - 1] == ","
    acts = w.words[at + 1].islower() and (not is_closed(w.low[at + 1]) or w.low[at + 1] in FINITE)
    return near and opens and acts and not any(is_person_noun(w.low[i]) for i in between if not w.quoted[i])


def _known_parts(
    w: Words,
    types: Mapping[str, str],
    asked: Mapping[str, Sequence[tuple[int, int]]],
    inner: Mapping[str, Sequence[tuple[int, int, str]]],
) -> frozenset[str]:
    """Every part of a person's name of more than one word, without accents: alone it names the person again."""
    full = [surface.split() for surface, kind in types.items() if kind == "PER"]
    for surface, found in inner.items():
        first = asked[surface][0][0]
        full += [w.words[first + a : first + b] for a, b, kind in found if kind == "PER"]
    parts = {unaccented(word.strip(MARKS)) for name in full if len(name) > 1 for word in name}
    return frozenset(part for part in parts if len(part) > 1)


def _is_part(low: str, known: frozenset[str]) -> bool:
    """Whether a word is part of a known person's name, or of one but for a letter: it is then no name of its own."""
    if low in known:
        return True
    return len(low) >= SHORTEST_MISSPELLED and any(
        part[0] == low[0] and DamerauLevenshtein.distance(part, low, score_cutoff=1) == 1 for part in known
    )


def _without_adjective(w: Words, run: Run, called: Collection[str], named: Collection[str]) -> Run:
    """A run without what a headline says before a last name that is in full elsewhere: "Fuming | Reyes hits out".

    `called` are the last words of names behind a first name, `named` those behind any word that is never small.
    """
    low = w.low[run.name]
    last, noun = w.words[run.end - 1], is_person_noun(low)
    told = noun or low.endswith(ADJECTIVES) or low in w.small if last in called else low in w.small and last in named
    told = told and run.end - run.name == 2 and w.opens_sentence(run.name) and not is_first_name(w.words[run.name])
    return attrs.evolve(run, start=run.name + 1, name=run.name + 1) if told else run


def _is_office(w: Words, run: Run, labels: Collection[int]) -> bool:
    """Whether a run is an office alone: the last word of "Inspector General" or "General Secretary" is no name."""
    start, name, end = run.start, run.name, run.end
    if end - name == 1 and is_honorific(w.words[name]) and w.low[end : end + 1] == ["the"]:
        return True  # "Minister Dr | the Honourable Ann Lee"
    if end - run.first == 1 and w.words[name].isupper() and run.first not in labels and is_person_noun(w.low[name]):
        return True  # "LENA HOLT, DRIVER"
    if start < name < end - 1 and w.low[name - 1] == "chief" and is_listed(w.low[end - 1]):
        return True  # "Chief Financial Officer"
    if not start < name == end - 1:
        return False
    if is_honorific(w.words[name - 1]):
        return w.low[name - 1].rstrip(".") in HONOURING and is_listed(w.low[name])  # "the Honourable Minister"
    return w.low[name] in words("speakers/role_titles")


def _plain_type(w: Words, run: Run, labels: Collection[int]) -> str | None:
    """The type of a name that a label or lists tell; None where they do not."""
    start, first, end = run.start, run.name, run.end
    size, last = end - first, w.low[end - 1]
    lettered = size > FULL and w.words[end - 1] in words("text/post_nominals")  # "Dorothea Pym KC"
    if run.first in labels or is_alias(w, start) or lettered:
        return "PER"
    ticker = w.words[first - 1 : first] == ["."] and len(w.words[first]) == 1 and w.words[first].isupper()  # "(BWCF.N)"
    if size == 1 and (ticker or _is_national(w, first)):
        return "MISC"
    if start == first > 0 and size == FULL and _is_called_by_what_they_are(w, first, end):
        return "ORG"
    bodies = words("speakers/organization_nouns")
    if size == 1 and w.opens_sentence(first) and last in bodies:
        return None  # "Harbour pilots walked out"
    if last in bodies or ((size > 1 or start < first) and last.rstrip(".") in words("speakers/company_name_endings")):
        return "ORG"
    if size > 2 and last in WORKS:
        return "MISC"  # "The Doris Day Show"
    called = is_first_name(w.words[first]) and w.low[first] not in words("text/name_particles")  # not "Al Qaeda"
    called = called and (size == 2 or not w.between(first, end).isupper())  # "PAULA STEIN VOWS"
    if called and 1 < sum(map(is_capital, w.words[first:end])) <= LONGEST_NAME:
        return "PER"  # also "Trudy Lake" and "Lillian Post"
    if start < first and not w.between(start, end).isupper():
        return "PER"
    return "LOC" if w.between(first, end) in _plain_places() or w.words[first] == "Co." else None  # "Co. Meath"


def _is_national(w: Words, i: int) -> bool:
    """Whether a word tells where somebody described is from: "the | Dane"."""
    return w.low[i - 1 : i] == ["the"] and w.words[i] in words("speakers/nationals")


def _is_called_by_what_they_are(w: Words, first: int, end: int) -> bool:
    """Whether a name of several people stands behind what they are: "brokers | Fairlie Moss"."""
    several = singular(w.low[first - 1])
    alone = w.low[end : end + 1] not in ([","], ["and"], ["&"], [OWNS])
    return several is not None and several != w.low[first - 1] and alone


@cache
def _plain_places() -> frozenset[str]:
    """The states of the US, and what stands for these and for countries by letters."""
    return frozenset({"U.S.", "U.K.", "D.C.", *states(), *(short for forms in states().values() for short in forms)})


def is_alias(w: Words, first: int) -> bool:
    """Whether a phrase tells that the name at word `first` is somebody's: "a cook who gave her name as", "called"."""
    if w.low[first - 1 : first] in (["called"], ["named"]):
        return is_person_noun(w.low[first - 2])
    if not first or w.low[first - 1] not in ("as", "by"):
        return False
    before = [w.low[i] for i in range(max(first - LONGEST_ALIAS, 0), first) if w.sentences[i] == w.sentences[first]]
    if "identified" in before and before[before.index("identified") + 1] in ("the", "a", "an", "him", "her", "them"):
        return False  # "an officer identified the woman as Ann Reyes"
    return not ALIASES.isdisjoint(before) and any(map(is_person_noun, before))


def _stands_behind_role(w: Words, first: int, end: int) -> bool:
    """Whether a role before a comma tells that a name is somebody's: "its director, | Per Aas"."""
    if first < 3 or w.words[first - 1] != ",":
        return False
    return (
        w.low[first - 2] != "rival"
        and is_listed(w.low[first - 2])
        and (end >= len(w) or w.words[end] in (",", ".", ";", ":", ")"))
    )


def _is_member(w: Words, end: int) -> bool:
    """Whether the brackets behind a name have a party, and perhaps a country: "(Labour)", "(Greens, Lithuania)"."""
    close = next((i for i in range(end + 1, min(end + LONGEST_PARTY, len(w))) if w.words[i] == ")"), 0)
    if w.words[end : end + 1] != ["("] or not close:
        return False
    comma = next((i for i in range(end + 1, close) if w.words[i] == ","), 0)
    return w.between(end + 1, comma or close) in words("speakers/parties")


def _stands_behind_body(w: Words, first: int, end: int) -> bool:
    """Whether what may be a body's noun tells that a name is one's: "a developer, | Hale Homes, which"."""
    if first < 3 or w.words[first - 1] != ",":
        return False
    return w.low[first - 2] in words("speakers/any_organization") or w.low[end : end + 2] == [",", "which"]


def _is_of_many(w: Words, end: int) -> bool:
    """Whether a body's name ends before word `end`: "which" follows it, or the plural of a verb."""
    return w.low[end : end + 2] == [",", "which"] or w.low[end : end + 1] in (["have"], ["are"], ["were"])


def _has_foreign_letters(w: Words, first: int, end: int) -> bool:
    """Whether words of a name have letters that English lacks: of these the network parts what is one name."""
    return end - first <= LONGEST_FOREIGN and sum(not word.isascii() for word in w.words[first:end]) > 1


def _is_placed(w: Words, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a name stands behind what is said of places wherever it is, more than once."""
    before = [w.low[first - 1] for first, _ in places if first and not is_first_name(w.words[first])]
    return len(before) == len(places) > 1 and PLACED.issuperset(before)


def _ask(
    w: Words, language: Language, reading: Reading, asked: dict[str, list[tuple[int, int]]]
) -> dict[str, Counter[Entities]]:
    """How the network reads each undecided name: the entities in its first mentions, and how often each."""
    places = {surface: found[:MENTIONS_ASKED] for surface, found in asked.items()}
    named = language.entities(reading, sorted({w.sentences[first] for found in places.values() for first, _ in found}))
    return {
        surface: Counter(_inside(w, named.get(w.sentences[first], ()), first, end) for first, end in found)
        for surface, found in places.items()
    }


def _agreed(read: Counter[Entities]) -> list[tuple[int, int, str]]:
    """The entities in a name as most of its mentions are read: a headline's capitals do not decide."""
    known = [(count, entities) for entities, count in read.items() if entities]
    enough = sum(count for count, _ in known) * 2 >= read.total()
    return list(max(known, key=lambda k: k[0])[1]) if enough else []


def _lone(w: Words, places: list[tuple[int, int]], read: Counter[Entities]) -> list[tuple[int, int, str]]:
    """The entity that a single word is: a person's name as its surroundings tell, else what the network reads."""
    kinds: Counter[str] = Counter()
    for entities, count in read.items():
        kinds[entities[0][2] if entities else ""] += count
    shares = {kind: count / read.total() for kind, count in kinds.items()}
    if not shares.get("PER") and not shares.get("ORG"):
        return _agreed(read)
    if is_from_there(w.words[places[0][0]]) and all(first and w.low[first - 1] == "the" for first, _ in places):
        return []
    if is_person(w, places, shares):
        return [(0, 1, "PER")]
    if is_first_name(w.words[places[0][0]]):
        return []
    others = {kind: share for kind, share in shares.items() if kind not in ("PER", "")}
    return [(0, 1, max(others, key=lambda kind: others[kind]))] if others else []


def is_from_there(word: str) -> bool:
    """Whether a noun is for somebody of a people: "Frenchman", "Dutchwoman"; not the Scotsman, a newspaper."""
    people = word.removesuffix("woman").removesuffix("man")
    return people != word and people in words("speakers/demonyms")


def _inside(w: Words, entities: Iterable[Entity], first: int, end: int) -> Entities:
    """The entities that overlap a name, cut to it: words relative to its first, and the type."""
    found: list[tuple[int, int, str]] = []
    for e in entities:
        if e.span.start < w.ends[end - 1] and w.starts[first] < e.span.end:
            a, b = max(w.at(e.span.start), first) - first, min(w.at(e.span.end - 1) + 1, end) - first
            if found and e.type == found[-1][2] == "PER" and _no_word(w, first + found[-1][1], first + a):
                before, alone = w.words[first + found[-1][0]], found[-1][1] - found[-1][0] == 1
                noun = is_person_noun(before.lower())
                titled = noun or (len(before) > 2 and before.endswith(".")) or before == "U"
                family = any(low in words("text/name_particles") for low in w.low[first + a : first + b])
                whole = alone and family and not (titled or before.isupper())  # "Leif | Sáez de Oria"
                if b - a == 1 or whole or _goes_on(w, first + a) or _are_given(w, first + a, first + b, titled=titled):
                    a = found.pop()[0]  # "Leif | Sørhus", "Leif | Ó Broin", "Constance | Mary Oakley"
                elif noun or (alone and (titled or VOWELLESS.fullmatch(before))):
                    found.pop()  # "Landlord | Jo Aas", "Atty. | Jo Aas Orr", "SP | Jo Aas"
            found.append((a, b, e.type))
    return tuple(found)


def _are_given(w: Words, first: int, end: int, *, titled: bool) -> bool:
    """Whether the word before a name that begins with a first name, at `first`, is another: "Constance | Mary Orr"."""
    word = w.words[first - 1]
    told = titled or word.isupper() or w.low[first - 1].endswith(ADJECTIVES) or w.low[first - 1] in w.small
    return end - first == FULL and is_first_name(w.words[first]) and not told and w.words[first - 1].isalpha()


def _no_word(w: Words, first: int, end: int) -> bool:
    return not any(word[0].isalnum() for word in w.words[first:end])


def _goes_on(w: Words, i: int) -> bool:
    """Whether a name that begins at word `i` is the rest of one: by a particle, or a nickname in marks."""
    return w.words[i - 1] in OPENING or len(w.words[i]) == 1 or w.low[i] in words("text/name_particles")


def _typed(
    w: Words,
    run: Run,
    types: Mapping[str, str],
    inner: Mapping[str, Sequence[tuple[int, int, str]]],
    known: Collection[str],
) -> list[NameMention]:
    """The mentions in a run."""
    start, name, end = run.start, run.name, run.end
    surface = w.between(name, end)
    if surface in types:
        return [NameMention(start, name, end, types[surface])]
    if end - name == 1 and unaccented(w.low[name]) in known:
        return [NameMention(start, name, end, "PER")]
    if surface in inner:
        return [_widened(w, start, name, entity) for entity in inner[surface]]
    return []


def _widened(w: Words, start: int, name: int, entity: tuple[int, int, str]) -> NameMention:
    """An entity inside a run as a mention; a person's begins with the initials before it."""
    a, b, kind = entity
    first = name + a
    while kind == "PER" and first > name and is_initial(w.words[first - 1]):
        first -= 1
    return NameMention(start if first == name else first, first, name + b, kind)
