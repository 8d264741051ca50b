"""Whether two speakers are one: by the parts of their names, or by the words of a description."""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Literal

import attrs
import regex

from quotebank.comparing.compared_words import Words, is_content, read_words, stem
from quotebank.records import Speaker
from quotebank.text import is_first_name, lines, table, unaccented, words

Agreement = Literal["same", "different", "unknown"]
Likeness = Literal["same", "alike", "open", "apart", "different"]
ASIDES = regex.compile(  # in brackets, and a nickname between marks
    r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]|(?<=\s)(?:[\"“”][^\"“”]{1,30}[\"“”]|['‘’][^'‘’]{1,30}['’])(?=\s)"
)
PARTY_AND_STATE = regex.compile(r",? ?\b[RDI]-\p{Lu}[\p{L}. ]{1,20}$|, [RDI]$")
GENERATION = regex.compile(r",?\s(junior|jnr|senior|snr)\.?$")
POSSESSIVE = regex.compile(r"['’]s?$")
CAPITALIZED = regex.compile(r"\p{Lu}[\p{L}\p{M}’'.\-]*+")
PLAIN = regex.compile(r"[A-Z][a-z]+(?:(?: [A-Z]\.)? [A-Z][a-z]+)?")
HYPHEN = regex.compile(r"(?<=\p{L}\p{L})[-‐‑](?=\p{L}\p{L})")
WITH_PARTICLE = regex.compile(r"(\p{Ll}{1,4})[-‐‑'’]" + CAPITALIZED.pattern)
NUMERAL = regex.compile(r"[IVXivx]+")
ACRONYM = regex.compile(r"(?:\p{Lu}\.?){2,}+")
LINKING = frozenset({"of", "for", "in", "at", "the", "and", "&", "to", "from", "on", "near"})
HYPHENS = ("-", "‐", "‑")
RESPELT = 6  # letters of a name that several languages spell otherwise: Smith is not Smyth
ROMANIZED = tuple(
    (regex.compile(found), put)
    for found, put in (
        (r"t?sch", "sh"),
        (r"tch|cz", "ch"),
        (r"ck|q", "k"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"o[ou]", "u"),
        (r"i?[yj]i?", "i"),
        (r"ie$", "i"),
        (r"(.)\1+", r"\1"),
    )
)
SLIP = 4  # letters of a name in which one may be wrong
LONGEST = 200  # code points of a name; what is longer is no name, and is cut
CACHED_NAMES = 65_536
CACHED_PAIRS = 16_384
NAME_WORDS = range(1, 9)  # titles and suffixes included
SHARED = 0.6  # of the content words of the shorter description, where names in it do not tell
PERSON_ENDINGS = ("man", "woman", "person", "er", "or", "ist")


@attrs.frozen
class Name:
    """A speaker's name as it is compared: `last`, `given` and `suffix` of a person, and for any name its words.

    `joined` are the names that hyphens join to a last one; `terms` are its content words in lower case, `proper` those
    that are capitalized.
    """

    last: str = ""
    joined: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    suffix: str = ""
    terms: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()

    @property
    def apart(self) -> Name:
        """The name without hyphens: "Kilroy-Silk" is "Kilroy Silk" behind a first name, and "al-Assad" "Assad"."""
        if not self.joined or self.joined == (self.last,):
            return self
        given = (*self.given, *self.joined[:-1]) if self.given else ()
        return attrs.evolve(self, last=self.joined[-1], joined=(), given=given)


def same_speaker(a: Speaker | None, b: Speaker | None) -> Agreement:
    """Whether two speakers are one, as far as their names tell: "same", "different" or "unknown".

    People are one where their last names are equal and nothing else in the names contradicts it: initials and short
    forms fit ("J. Biden", "Bill" for "William"), titles do not matter. Organizations and descriptions are one where
    their names or words are. "unknown" where one is missing, anonymous, a pronoun or described without a name.
    """
    return "unknown" if a is None or b is None else same_name(a.name, a.type, b.name, b.type)


@lru_cache(maxsize=CACHED_PAIRS)
def same_name(name: str, type_: str, other_name: str, other_type: str) -> Agreement:
    """`same_speaker`, of speakers of which there are no more than the names and types."""
    first, second = read_name(name), read_name(other_name)
    if "anonymous" in (type_, other_type) or not first.terms or not second.terms:
        return "unknown"
    party = party_of(name)
    if party is not None and party == party_of(other_name):
        return "same"
    if first.last and second.last:
        return _same_person(first, second)
    if first.last or second.last:
        if first.terms == second.terms:
            return "same"
        return "unknown" if _may_be_a_person(second if first.last else first) else "different"
    return _same_description(first, second)


@lru_cache(maxsize=CACHED_NAMES)
def party_of(name: str) -> str | None:
    """The party that a name is one of: "conservative" for "the Tories", "Conservative Party"; None for any other."""
    plain = name[:LONGEST].partition("(")[0].casefold().split()
    return _parties().get("-".join(word for word in plain if word not in ("the", "party")))


@cache
def _parties() -> dict[str, str]:
    return {form: forms.split()[0] for forms in lines("comparing/party_names") for form in forms.split()}


def likeness(a: Speaker | None, b: Speaker | None) -> Likeness:
    """How likely two speakers are one or speak for one another, as far as their names and descriptions tell.

    "same": one by name. "alike": not named, but in words that they share ("the magazine", "Pictures", "Shocking
    pictures"). "open": nobody can tell, or one is described ("a source", "her lawyer"). "apart": a person and an
    organization, or two organizations. "different": two people.
    """
    return "open" if a is None or b is None else _likeness(a.name, a.type, b.name, b.type)


@lru_cache(maxsize=CACHED_PAIRS)
def _likeness(name: str, type_: str, other_name: str, other_type: str) -> Likeness:
    if same_name(name, type_, other_name, other_type) == "same":
        return "same"
    first, second = read_name(name), read_name(other_name)
    if first.last and second.last:
        return "different"
    if first.terms and first.terms == second.terms:
        return "alike"
    if first.last or second.last:
        described = second if first.last else first
        return "open" if _may_be_a_person(described) or not described.proper else "apart"
    if first.terms & second.terms:
        return "alike"
    return "apart" if first.proper and second.proper else "open"


def publicity(speaker: Speaker | None) -> float:
    """How much a person is in the news, from 0 to 1: by how many sentences of background news have that last name."""
    return 0.0 if speaker is None or speaker.type != "person" else _publicity(speaker.name)


@lru_cache(maxsize=CACHED_NAMES)
def _publicity(name: str) -> float:
    return math.sqrt(_named_in_news().get(stem(read_name(name).last), 0.0))


@cache
def _named_in_news() -> dict[str, float]:
    """Last names, each with the sentences it is in, as a share of those of the commonest one."""
    counts = {name: float(n) for name, n in table("comparing/name_counts").items()}
    most = max(counts.values())
    return {name: n / most for name, n in counts.items()}


@lru_cache(maxsize=CACHED_NAMES)
def read_name(name: str) -> Name:
    """The parts of a name in any form: with titles, brackets, an apposition, the last name first."""
    plain = without_letters(" ".join(ASIDES.sub(" ", name[:LONGEST]).split()))
    plain = GENERATION.sub(lambda found: " Jr" if found[1].startswith("j") else " Sr", plain)
    found = read_words(plain)
    content = [i for i, key in enumerate(found.keys) if is_content(key)]
    while len(content) > 1 and found.keys[content[-1]].rstrip(".") in words("text/legal_forms"):
        content.pop()  # "Oxbow Steel plc"
    terms = frozenset(unaccented(found.keys[i]) for i in content)
    proper = frozenset(unaccented(found.keys[i]) for i in content if plain[found.starts[i]].isupper())
    person = _person(POSSESSIVE.sub("", plain))
    if not person:
        return Name(terms=terms, proper=proper)
    given, family, suffix = _plain_parts(person) or _parts(person)
    last = family.split()[-1] if family else ""
    joined = [part for part in HYPHEN.split(last) if part.casefold() not in words("text/name_particles")]
    return Name(
        last=_folded(last),
        joined=tuple(filter(None, map(_folded, joined))),
        given=tuple(filter(None, map(_folded, given))),
        suffix=_folded(suffix),
        terms=terms,
        proper=proper,
    )


def without_letters(name: str) -> str:
    """A name without what stands behind it: "Ann Lee" of "Ann Lee KC, MP" and of "Ann Lee, D-Ohio"."""
    plain = PARTY_AND_STATE.sub("", name)
    words_ = plain.split()
    while len(words_) > 2 and words_[-1].strip(",").replace(".", "") in words("text/post_nominals"):
        words_.pop()
    return " ".join(words_).rstrip(",") if len(words_) < len(name.split()) else name


def _plain_parts(person: str) -> tuple[list[str], str, str] | None:
    """The parts of a name that is a first and a last one, or a last one, as most are: nameparser takes 0.5 ms each."""
    if not PLAIN.fullmatch(person):
        return None
    *given, family = person.split()
    if NUMERAL.fullmatch(family) or not _no_names().isdisjoint(person.casefold().replace(".", "").split()):
        return None
    return given, family, ""


@cache
def _no_names() -> frozenset[str]:
    """What nameparser reads as a title, a suffix or a particle."""
    from nameparser.config import CONSTANTS  # noqa: PLC0415 - as below

    before = ("titles", "first_name_titles", "prefixes", "non_first_name_prefixes", "bound_first_names", "conjunctions")
    behind = ("suffix_acronyms", "suffix_acronyms_ambiguous", "suffix_not_acronyms")
    return frozenset(word for kind in (*before, *behind) for word in getattr(CONSTANTS, kind)) | words(
        "text/name_particles"
    )


def _parts(person: str) -> tuple[list[str], str, str]:
    """The given names, the family name and the suffix of a name."""
    from nameparser import HumanName  # noqa: PLC0415 - 60 ms, and needed only where speakers are compared

    split = person.split()
    numeral = split.pop() if len(split) > 1 and len(split[-1]) > 1 and NUMERAL.fullmatch(split[-1]) else ""
    parts = HumanName(" ".join(split).replace("’", "'"))
    if split[0] in words("text/name_particles"):  # "von der Leyen" is no first name and a last one
        parts = HumanName(split[-1])
    given = f"{parts.first} {parts.middle}".split() if parts.last else []
    return given, parts.last or parts.first, parts.suffix or numeral


def _person(name: str) -> str:
    """The words of `name` that may name a person, or nothing: "Ana Reyes" of "mayor Ana Reyes, 51"."""
    if name.lower().startswith(("the ", "a ", "an ")):
        return ""
    if name.isupper() and " " in name:  # a name in capitals: "ANA REYES"
        name = name.title()
    if _is_name(name):
        return name
    before = name.split(",", 1)[0].split()
    last = len(before)
    while last and _is_capitalized(before[last - 1]):
        last -= 1
    tail = before[last:]
    if last and before[last - 1] in LINKING:
        return ""  # "the Duke of Upper Oxbow"
    return " ".join(tail) if len(tail) > 1 and _is_name(" ".join(tail)) else ""


def _is_name(name: str) -> bool:
    parts = name.replace(",", " ").split()
    named = [p for p in parts if _is_capitalized(p)]
    return (
        len(named) in NAME_WORDS
        and all(p in named or p in words("text/name_particles") for p in parts)
        and (not ACRONYM.fullmatch(parts[-1]) or (len(parts) > 1 and NUMERAL.fullmatch(parts[-1])))
        and not any(is_organization(p) for p in parts)
    )


def _is_capitalized(part: str) -> bool:
    """Whether a part of a name has a capital, behind a particle at most: "al-Assad", "d'Arc"."""
    if CAPITALIZED.fullmatch(part):
        return True
    found = WITH_PARTICLE.fullmatch(part)
    return found is not None and (found[1] == "d" or found[1] in words("text/name_particles"))


def is_organization(word: str) -> bool:
    """Whether a word of a name says that it names no person: Institute, Party, Times."""
    return word.casefold().rstrip(".") in words("text/organization_name_words")


def _folded(part: str) -> str:
    """A part of a name in lower case, without accents and stops: Łukasz, Økland and Strauß as they are typed."""
    return "".join(c for c in unaccented(part) if c.isalnum())


def named_at(w: Words, terms: Collection[str]) -> list[int]:
    """The words of a text that stand for a term of a name: "Keïta" for "keita", the first of "Price-Hughes"."""
    found = []
    for at, key in enumerate(w.keys):
        whole = key
        for behind in range(at + 1, len(w)):
            if w.text[w.ends[behind - 1] : w.starts[behind]] not in HYPHENS:
                break
            whole += w.keys[behind]
        if (whole if whole.isalnum() and whole.isascii() else _folded(whole)) in terms:
            found.append(at)
    return found


def is_mentioned(text: str, terms: Collection[str]) -> bool:
    """Whether a text, which is not read as words, holds a term of a name, written as one."""
    return any(_folded(POSSESSIVE.sub("", one)) in terms for one in CAPITALIZED.findall(text))


def _same_person(a: Name, b: Name) -> Agreement:
    if _are_turned(a, b):
        return "same"
    a, b = a.apart, b.apart
    if a.last != b.last and a.given and b.given and respelt(a.last, b.last) and respelt(a.given[0], b.given[0]):
        return "same"
    if a.last != b.last and a.given and a.given == b.given and len(a.given[0]) > 1 and slips(a.last, b.last):
        return "same"
    if a.last != b.last:
        alone = a if not a.given else b if not b.given else None
        other = b if alone is a else a
        return "unknown" if alone is not None and alone.last in other.given else "different"
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return "different"
    # "J. Edgar Hoover" is "Edgar Hoover", but "George H. W. Bush" is not "George W. Bush".
    if not a.given or not b.given or all(map(_same_given, a.given, b.given)):
        return "same"
    shorter, longer = sorted((a.given, b.given), key=len)
    return "same" if len(shorter) == 1 and any(_same_given(shorter[0], g) for g in longer[1:]) else "different"


def _are_turned(a: Name, b: Name) -> bool:
    """Whether two names are one with the family name first or last: "Kim Soo-yeon", "Sooyeon Kim"."""
    parts, others = (*a.given, a.last), (*b.given, b.last)
    if a.last == b.last or not a.given or others not in ((*parts[1:], parts[0]), (parts[-1], *parts[:-1])):
        return False
    return not all(is_first_name(part.capitalize()) for part in parts)  # James Thomas is not Thomas James


def _same_given(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    return a == b or bool(_forms(a) & _forms(b)) or slips(a, b)


def slips(a: str, b: str) -> bool:
    """Whether two parts of a name differ by a letter put in or left out: Vicente, Vincente; not Mark, Mary."""
    shorter, longer = (a, b) if len(a) < len(b) else (b, a)
    if len(longer) != len(shorter) + 1 or len(shorter) <= SLIP or longer[:-1] == shorter:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer) - 1))


def respelt(a: str, b: str) -> bool:
    """Whether two parts of a name are one as writers of several languages spell it: Tchaikin, Chaykin."""
    return a == b or (min(len(a), len(b)) >= RESPELT and _romanized(a) == _romanized(b))


def _romanized(part: str) -> str:
    for found, put in ROMANIZED:
        part = found.sub(put, part)
    return part


def _forms(given: str) -> set[str]:
    return {given, *table("text/nicknames").get(given, "").split()}


def _may_be_a_person(name: Name) -> bool:
    """Whether a description may be of one person: "a campaign official", not "the poll"."""
    nouns = {t.removesuffix("s") for t in name.terms - name.proper} | {t for t in name.terms if len(name.terms) == 1}
    return any(
        t in words("text/person_nouns") or (t.endswith(PERSON_ENDINGS) and t not in words("text/no_person_nouns"))
        for t in nouns
    )


def _same_description(a: Name, b: Name) -> Agreement:
    if a.proper and b.proper:
        named = a.proper <= b.proper or b.proper <= a.proper
        small = a.terms - a.proper - b.terms, b.terms - b.proper - a.terms
        if all(small):
            return "different"  # "the Lesk defence ministry", "the Lesk foreign ministry"
        shared = len(a.terms & b.terms) / min(len(a.terms), len(b.terms))
        return "same" if named and shared >= SHARED else "different"
    if a.terms == b.terms or bool(a.proper) != bool(b.proper) or (_may_be_a_person(a) and _may_be_a_person(b)):
        return "unknown"  # "the firm" may be any that is named
    return "different"
