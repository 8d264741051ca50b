"""Candidates for the same claim: what a claim is looked up by, and the claims of a bank that are found so.

What somebody said is compared with what they said before: a claim stands under each of its content words, and under
runs of small words that are seldom said ("not quite there yet"), among the claims of its speaker. Where nobody can tell
whether the speakers are one, only quotations that have many words in a row in common can be the same: a quotation also
stands under fingerprints of its runs of words, chosen by winnowing (Schleimer, Wilkerson and Aiken 2003), so that two
that have `GUARANTEED` words in a row in common share one. So does a report of anyone but a person who has a row, which
also stands under one number of all its words.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from zlib import crc32

import attrs
import msgspec
import regex

from quotebank.comparing import CACHED_LENGTH, begins_a_clause, information, is_content, stem, total_information
from quotebank.text import one_spelling, table
from quotebank.text import words as word_list

WORD = regex.compile(r"\p{N}[\p{N}.,]*+|\p{L}[\p{L}\p{M}]*+(?:['’]\p{L}+)?")
ASCII_WORD = re.compile(r"[0-9][0-9.,]*|[a-z]+(?:'[a-z]+)?")  # the same where all is ASCII
DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
INDEXED = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+(?:['’]\p{L}+)?")  # a word as full-text search has it
RUN = 4  # small words in a row that are a term
SELDOM = 12.0  # nats of such a run: one in two, "one of the things", is none
FEW = 3  # content words of a text that is looked for by such runs as well
PLAIN = 9.0  # nats of a text without content words, as if its first words were one term
FIRST = 6  # those words
MOST_TERMS = 200  # of a very long claim
COMMON = 64  # claims that are looked at under one key: those added last
MOST_KEPT = 100_000  # keys that are kept in mind: some 20 MB
OVERLAP = 0.35  # of what the shorter claim tells: with less in common, two are not compared any further
FAINT = 0.1  # of what either tells: with less in common, only a claim that stands nearly whole in the other is compared
NEARLY_WHOLE = 0.6
NEVER_SEEN = information("")  # nats of a stem that is in no list
NO_RUNS: frozenset[str] = frozenset()  # of most texts
GRAM = 4  # words that make a fingerprint, as `fingerprints` adds them up
WINDOW = 3  # fingerprints in a row of which one is kept
GUARANTEED = GRAM + WINDOW - 1
MOST_PRINTS = 400  # of a very long quotation
KEY_BITS = 32  # of a term or a fingerprint; above them is the cluster
TELLS_BITS = 12  # of how much a claim tells, behind its number
TELLS = (1 << TELLS_BITS) - 1
STEPS = 8.0  # of a nat
UNDER_KEYS = (  # as one JSON object, of each key its claims, newest first: rows would take twice as long
    "SELECT '{' || group_concat('\"' || value || '\":[' || (SELECT group_concat(claim_id << ?2 | tells) FROM "
    "(SELECT claim_id, tells FROM postings WHERE key = value ORDER BY claim_id DESC LIMIT ?3)) || ']') || '}' "
    "FROM json_each(?1)"
)
_encoder = msgspec.json.Encoder()
_under_keys = msgspec.json.Decoder(dict[int, tuple[int, ...]])

# Clusters: claims that are looked up together. Above 0 are the rows of speakers, below it the words of names; in 0
# stands every quotation, by its fingerprints.
UNNAMED = 2**31 - 1  # quotations of whom another speaker may be


@attrs.frozen
class Gist:
    """What a text tells: each of its content words, and of its runs of small words, with its information in nats.

    `tells` is that of the content words together, `steps` the same in whole steps, at least one, and as many as there
    is room for. Terms are numbers of `KEY_BITS`; `numbers` are all of them.
    """

    terms: tuple[tuple[int, float], ...]
    runs: tuple[tuple[int, float], ...]
    tells: float
    steps: int
    numbers: tuple[int, ...]

    def packed(self, row: int) -> int:
        """A claim of this text as it stands under a key: its number, and behind it how much it tells."""
        return row << TELLS_BITS | self.steps

    def keys(self, cluster: int) -> tuple[int, ...]:
        """The keys of its terms and runs in a cluster, in the order of both."""
        return keys_in(cluster, self.numbers)


def keys_in(cluster: int, numbers: Iterable[int]) -> tuple[int, ...]:
    """The keys of terms or fingerprints in a cluster; in that of everyone they are those numbers."""
    base = cluster << KEY_BITS
    return tuple([base | number for number in numbers])


def gist(text: str) -> Gist:
    """What a text tells. Read with a lighter tokenizer than `compared_words`, most of what adding would take."""
    return _gist(text) if len(text) <= CACHED_LENGTH else _gist.__wrapped__(text)


@lru_cache(maxsize=512)
def _gist(text: str) -> Gist:
    words = _words(text)
    read = list(map(_term, words))
    terms = tuple(islice(dict.fromkeys(filter(None, read)), MOST_TERMS))
    runs = tuple([(crc32(run.encode()), tells) for run, tells in islice(_runs(words, read).items(), MOST_TERMS)])
    if not terms and not runs:
        runs = ((crc32(" ".join(words[:FIRST]).encode()), PLAIN),)
    numbers = tuple([number for number, _ in (*terms, *runs)])
    tells = sum([tells for _, tells in terms])
    return Gist(terms, runs, tells, max(1, min(TELLS, int(tells * STEPS))), numbers)


@lru_cache(maxsize=65_536)
def _term(word: str) -> tuple[int, float] | None:
    """A lower-case word that holds content as a term: a number of its stem, with its information."""
    found = _stem(word)
    return (crc32(found.encode()), information(found)) if found else None


def fingerprints(text: str) -> tuple[int, ...]:
    """Numbers of which two texts share one where they have `GUARANTEED` words in a row in common."""
    numbers = list(chain.from_iterable(map(_numbers, _words(text))))
    if len(numbers) < GUARANTEED:
        return ()
    grams = [
        (a * 0x1F351F35 + b * 0x2C1B3C6D + c * 0x297A2D39 + d) & 0xFFFFFFFF
        for a, b, c, d in zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False)
    ]
    of_window = zip(grams, grams[1:], grams[2:], strict=False)
    least = [(a if a < c else c) if a < b else b if b < c else c for a, b, c in of_window]  # sooner than by `min`
    return tuple(dict.fromkeys(least))[:MOST_PRINTS]


def whole_print(text: str) -> tuple[int, ...]:
    """One number that two reports share where they are in the same words, "that" in front of them aside."""
    words = _words(text)
    begun = bool(words) and begins_a_clause(words[0])
    return (crc32(" ".join(words[begun:]).encode()),) if words[begun:] else ()


@lru_cache(maxsize=65_536)
def _numbers(word: str) -> tuple[int, ...]:
    """A word as numbers, its clitic apart, as `compared_words` has them: "that's" is two, "the party's" none more."""
    head, clitic = (word[:-3], "n't") if word.endswith("n't") else (word.partition("'")[0], word[word.find("'") :])
    if "'" not in word:
        parts = [word.replace(",", "").rstrip(".") if word[0].isdigit() else word]
    elif clitic == "'s":
        parts = [head, "is"] if head in word_list("text/clitic_hosts") else [head]
    else:
        spelt = table("text/contractions")
        parts = [spelt.get(head, head), spelt.get(clitic, clitic)]
    return tuple([crc32(table("text/spelling_variants").get(part, part).encode()) for part in parts])


def telling(text: str) -> dict[str, float]:
    """The words of a text that carry content, each stem once, with their information in nats.

    As full-text search has them in its index. Where they are few, also runs of small words, which take longer to look
    for; all words in a row, where there is neither.
    """
    found: dict[str, tuple[str, float]] = {}
    every = [match[0].replace("’", "'") for match in INDEXED.finditer(text)]
    low = [word.casefold() for word in every]
    for word, stem_ in zip(every, map(_stem, low), strict=True):
        if stem_:
            found.setdefault(stem_, (word.partition("'")[0], information(stem_)))
    told = dict(found.values()) | (_told(low)[1] if len(found) <= FEW else {})
    return told or ({" ".join(every): PLAIN} if every else {})


def stems_of(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(filter(None, map(_stem, _words(text))))


def named_cluster(term: str) -> int:
    """The cluster of the claims of all who have no row, but this word in their name."""
    return ~(crc32(term.encode()) >> 1)


@lru_cache(maxsize=2_048)
def _content(text: str) -> tuple[frozenset[str], float, frozenset[str]]:
    """The stems of a text's content words, how much they tell together, and its runs."""
    stems, runs = _told(list(map(_respelled, _words(text))))
    content = frozenset(stems)
    return content, total_information(content), frozenset(runs) or NO_RUNS


@lru_cache(maxsize=65_536)
def _respelled(word: str) -> str:
    """A word in the one spelling, "harbor" of "harbour"; as it is where nobody writes that: "promised", "otherwise".

    A form that was never seen would tell as much as the rarest of words.
    """
    form = one_spelling(word)
    return form if form == word or information(stem(form)) < NEVER_SEEN else word


@attrs.frozen
class Agreement:
    """What two texts tell in common: `common` in nats, `of_least` of what the shorter one tells, `alike` of either."""

    common: float
    of_least: float
    alike: float

    @property
    def is_enough(self) -> bool:
        """Whether the two are worth comparing: much of the shorter one is in common, nearly all if far shorter."""
        return self.of_least >= OVERLAP and (self.alike >= FAINT or self.of_least >= NEARLY_WHOLE)


def agreement(a: str, b: str) -> Agreement:
    """What two texts have in common of their content words, and of those runs of small words that both have.

    Texts that tell nothing agree in all of it, or in nothing.
    """
    (first, told, runs), (second, told_too, other_runs) = (
        _content(text) if len(text) <= CACHED_LENGTH else _content.__wrapped__(text) for text in (a, b)
    )
    run = math.fsum(map(_run_told, runs & other_runs)) if runs and other_runs else 0.0
    common = total_information(first & second) + run
    least = min(told, told_too) + run
    if not least:
        return Agreement(0.0, 1.0, float(first == second))
    return Agreement(common, common / least, common / (told + told_too + run + run - common))


@lru_cache(maxsize=65_536)
def _run_told(run: str) -> float:
    """How much a run of words tells, if they were said together by chance."""
    return sum(information(stem(word)) for word in run.split())


@lru_cache(maxsize=8)
def _words(text: str) -> list[str]:
    """The words of a text in lower case; most texts have no other signs but quotation marks, and are read faster."""
    if "." in text:
        text = DOTTED.sub(lambda match: match[0].replace(".", ""), text)  # the U.S. and the US
    plain = text.casefold()
    if not plain.isascii():
        plain = plain.replace("’", "'").replace("“", '"').replace("”", '"')
    return ASCII_WORD.findall(plain) if plain.isascii() else WORD.findall(plain)


def _told(words: Sequence[str]) -> tuple[list[str], dict[str, float]]:
    """The stems of the content words, and the runs of small words with how much each tells."""
    stems = list(map(_stem, words))
    return list(filter(None, stems)), _runs(words, stems)


def _runs(words: Sequence[str], content: Sequence[object]) -> dict[str, float]:
    """The runs of small words, those that hold no `content`, with how much each tells, where they are seldom said."""
    runs: dict[str, float] = {}
    if bytes(RUN) not in bytes(map(bool, content)):
        return runs
    small = 0
    for at, holds in enumerate(content, 1):
        small = 0 if holds else small + 1
        if small >= RUN and (tells := _run_told(run := " ".join(words[at - RUN : at]))) >= SELDOM:
            runs[run] = tells
    return runs


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """The stem of a lower-case word that holds content, a number as it is compared; "" for any other."""
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    if "'" in word and not word.endswith("'s"):
        return ""
    plain = word.removesuffix("'s")
    plain = table("text/spelling_variants").get(plain, plain)
    return stem(plain) if is_content(plain) else ""


@attrs.frozen
class Postings:
    """The claims under the keys read so far, each with how much it tells: of each key the last `COMMON` of a bank.

    Newest first, in tuples of numbers, which the garbage collector forgets: of lists and arrays it goes through each.
    """

    rows: dict[int, tuple[int, ...]] = attrs.field(factory=dict)

    def read(self, connection: sqlite3.Connection, keys: Iterable[int]) -> None:
        """Read what a bank has under those of these keys that were not read before."""
        if len(self.rows) > MOST_KEPT:
            self.rows.clear()
        fresh = set(keys).difference(self.rows)
        if fresh:
            asked = as_json(sorted(fresh))
            (found,) = connection.execute(UNDER_KEYS, (asked, TELLS_BITS, COMMON)).fetchone()
            self.rows.update(dict.fromkeys(fresh, ()))
            self.rows.update(_under_keys.decode(found or "{}"))

    def enter(self, keys: Iterable[int], packed: int) -> None:
        """Put a claim that has just come in under those of its keys that were read."""
        rows = self.rows
        for key in keys:
            if key in rows:
                rows[key] = (packed, *rows[key][: COMMON - 1])

    def likely(self, told: Gist, gists: Sequence[Sequence[int]], most: int) -> list[int]:
        """Claims that tell most in common with a text, less what either tells alone, by its keys in each cluster."""
        shared = self._told(told.terms, gists)
        runs = self._told(told.runs, [keys[len(told.terms) :] for keys in gists]) if told.runs else {}
        mine = told.tells
        likely = []
        if runs:
            shared.update((claim, 0.0) for claim in runs.keys() - shared.keys())
        for claim, common in shared.items():
            # as `Agreement.is_enough`, of hundreds for each article: without making an object of each
            other = (claim & TELLS) / STEPS
            least, either, both = mine if mine < other else other, mine + other, common
            if runs:
                run = runs.get(claim, 0.0)
                least, either, both = least + run, either + run, both + run
            if both >= OVERLAP * least:
                alike = both / (either - common)
                if alike >= FAINT or both >= NEARLY_WHOLE * least:
                    likely.append((alike, claim))
        likely.sort(reverse=True)
        return [claim >> TELLS_BITS for _, claim in likely[:most]]

    def _told(self, terms: Iterable[tuple[int, float]], gists: Sequence[Sequence[int]]) -> dict[int, float]:
        """The claims under some terms, by their keys in each cluster, with what each claim has of them."""
        told: dict[int, float] = defaultdict(float)
        first, *others = (map(self.rows.__getitem__, keys) for keys in gists)
        every: Iterable[Iterable[int]] = map(set().union, first, *others) if others else first  # each claim once
        for (_, tells), under in zip(terms, every, strict=False):
            if told:
                for claim in under:
                    told[claim] += tells
            else:
                told.update(dict.fromkeys(under, tells))
        return told

    def sharing(self, prints: Iterable[int], most: int) -> list[int]:
        """The claims that share most fingerprints, by their keys, of equals the newest."""
        under = list(filter(None, map(self.rows.__getitem__, prints)))
        if len(under) < 2:  # where nearly all share none
            return [claim >> TELLS_BITS for claim in (under[0][:most] if under else ())]
        shared = Counter(chain.from_iterable(under))
        likely = sorted(shared, reverse=True)
        likely.sort(key=shared.__getitem__, reverse=True)  # which leaves equals in their order
        return [claim >> TELLS_BITS for claim in likely[:most]]


def as_json(rows: Sequence[int | tuple[int, ...]]) -> str:
    """Numbers, or rows of them, as SQLite's `json_each` reads them."""
    return _encoder.encode(rows).decode()
