"""What a place of words in an article shows of how they stand there: features of the learned standing.

The sentence that reports the words is written down as a row of tokens: `Q` for the words themselves, `A` for the name
of who is asked for, `S` for that of somebody else who speaks, `N` for other names, `O` for other quotations, `0` for
numbers, and the stems of all else, those of the claim's cue marked with `^`. Features are the tokens and classes of
words by where they stand (before or behind the words, in the cue, in the claim around them, in the sentences behind),
short runs of tokens, where the name of who is asked for stands, what a quotation of the words leaves out, what the
claim says of itself, and how sure it is of itself and of who speaks. All are there or not, none is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import attrs
import regex

from quotebank.bank.embedding import Frame
from quotebank.bank.framing_words import POSSIBLE, classes_of
from quotebank.bank.plain_reports import reporting_stems
from quotebank.bank.reporting_sentence import whole_sentences
from quotebank.bank.result_records import Standing
from quotebank.comparing import Words, is_mentioned, is_negation, named_at, read_name, same_speaker
from quotebank.records import Claim, Speaker

BEHIND = 2  # sentences behind the reporting one whose words are features
NEAR = 4  # tokens before and behind the words that are features by their distance
SHORT = 6  # words of a sentence behind that is short
ORDER = 8  # changes between words, source and cue that are told
CAPPED = 4  # words of cue and source, likewise
SEVERAL = regex.compile(r"s\b|\b(?:people|men|women|children)\b")
MARKS = ":?;,—–("  # between clauses, the first that is there
MODAL = POSSIBLE | {"can", "must", "ought"}
CONDITIONAL = frozenset({"if", "unless", "whether", "suppose", "provided", "lest", "until"})
PRONOUNS = frozenset({"he", "she", "they", "it", "his", "her", "their", "him", "them", "i", "we"})
SURE = (0.97, 0.95, 0.9, 0.8, 0.65, 0.5)  # confidences below which it is told that a claim, or who speaks, is not sure
PLACES = frozenset("QASNO0")  # tokens that stand for words


@attrs.frozen
class Whom:
    """Who is asked for at a place of words: by which words of the name, and whether the claim's speaker is the same.

    `terms`: the last name of a person, all words of another name; `same`: None where it cannot be told; `earlier`:
    whether the name stands in the text shortly before what is read.
    """

    terms: frozenset[str]
    same: bool | None
    earlier: bool = False

    @classmethod
    def of(cls, name: str, same: bool | None, before: str) -> Whom:
        """Who has a name, of which `before` is the text before what is read."""
        terms = terms_of(name)
        return cls(terms, same, is_mentioned(before, terms))

    def places(self, w: Words) -> frozenset[int]:
        """The words that are of the name."""
        return frozenset(i for i in named_at(w, self.terms) if w.text[w.starts[i]].isupper())


@lru_cache(maxsize=1_000)
def terms_of(name: str) -> frozenset[str]:
    """The words by which a name is known in an article."""
    read = read_name(name)
    return frozenset({read.last}) if read.last else read.terms


def is_described(speaker: Speaker | None) -> bool:
    """Whether an article does not name who speaks: it says nobody, or no more than "the firm"."""
    return speaker is None or (speaker.type != "person" and not read_name(speaker.name).proper)


def is_definite(speaker: Speaker | None) -> bool:
    """Whether who speaks has no name, and the reader should know who it is: "the ambassador", "the firm"."""
    definite = speaker is not None and speaker.name.lower().startswith(("the ", "this ", "that "))
    return definite and speaker is not None and (speaker.type == "person" or is_described(speaker))


def is_by_name(speaker: Speaker | None) -> bool:
    """Whether an article names who speaks, and it is a person."""
    return speaker is not None and speaker.type == "person" and not is_described(speaker)


def is_description(name: str) -> bool:
    """Whether what is asked for is no name: "the new head of the agency"."""
    return name[:1].islower() and not read_name(name).last


def are_several(speaker: Speaker | None) -> bool:
    """Whether a speaker is many: "city officials", but not "the city"."""
    return speaker is not None and speaker.type == "group" and bool(SEVERAL.search(speaker.name))


@attrs.frozen
class Token:
    """One entry of the row: what it is, and its word's number; -1 for a mark."""

    name: str
    word: int


def features(
    frame: Frame, claim: Claim, around: tuple[Claim | None, Claim | None], rule: Standing, whom: Whom
) -> set[str]:
    """The features of the words of a frame; `rule` is the standing that the rules give them.

    `around` are the claim in which `claim` lies, and the one in it that has the words too.
    """
    start, end = _bounds(frame)
    mine = whom.places(frame.words)
    row = list(_row(frame, start, end, mine))
    return {
        *_of_row(frame, row),
        *_of_places(frame, row),
        *_of_sentences_behind(frame.words, end),
        *_of_words(frame),
        *_of_cut(frame),
        *_of_claim(frame, claim, *around),
        *_of_whom(frame, claim, whom, mine, (start, end)),
        *_of_rule(rule, claim, whom),
    }


def _bounds(frame: Frame) -> tuple[int, int]:
    """The sentences of the words, with those right beside them that hold cue or source: from word, up to word."""
    w = frame.words
    start, end = whole_sentences(w, frame.first, frame.last)
    for i in sorted(frame.own | frame.source):
        first, behind = whole_sentences(w, i, i)
        if behind == start:
            start = first
        if first == end:
            end = behind
    return start, end


def _row(frame: Frame, start: int, end: int, mine: frozenset[int]) -> Iterator[Token]:
    w = frame.words
    previous = ""
    for i in range(start, end):
        name = _token(frame, i, mine)
        if i > start and w.clauses[i] != w.clauses[i - 1]:
            between = w.text[w.ends[i - 1] : w.starts[i]]
            mark = next((m for m in MARKS if m in between), "")
            if mark:
                yield Token(mark, -1)
                previous = mark
        if name != previous or name not in PLACES - {"0"}:
            yield Token(f"{name}^" if i in frame.own and name not in PLACES - {"0"} else name, i)
        previous = name


def _token(frame: Frame, i: int, mine: frozenset[int]) -> str:
    w = frame.words
    if frame.first <= i <= frame.last:
        return "Q"
    if w.quoted[i] and not w.quoted[frame.first]:
        return "O"
    if i in mine:
        return "A"
    if i in frame.source and (w.names[i] or (i > 0 and w.text[w.starts[i]].isupper())):
        return "S"
    if w.names[i]:
        return "N"
    return "0" if w.keys[i][0].isdigit() else w.stems[i]


@lru_cache(maxsize=20_000)
def _classes(key: str, stem: str) -> tuple[str, ...]:
    """The classes of a word that is no name."""
    found = [*classes_of(stem)]
    found += ["reporting"] if stem in reporting_stems() else []
    found += ["negation"] if is_negation(key) else []
    found += [
        name for name, some in (("modal", MODAL), ("condition", CONDITIONAL), ("pronoun", PRONOUNS)) if key in some
    ]
    return tuple(found)


def _of_row(frame: Frame, row: list[Token]) -> Iterator[str]:
    w = frame.words
    names = ["<", *(token.name for token in row), ">"]
    yield from (f"run {a} {b}" for a, b in pairwise(names))
    yield from (f"run {a} {b} {c}" for a, b, c in zip(names, names[1:], names[2:], strict=False))
    last = row[-1].word
    if "?" in w.text[w.ends[last] : w.ends[last] + 3]:
        yield "asked"
    kinds = (t.name if t.name in ("Q", "S", "A") else "V" if t.word in frame.own else "" for t in row)
    order = ""
    for kind in kinds:
        if kind and order[-1:] != kind:
            order += kind
    yield f"order {order[:ORDER]}"


def _of_places(frame: Frame, row: list[Token]) -> Iterator[str]:
    """Tokens and classes by where they stand."""
    w = frame.words
    places = [k for k, token in enumerate(row) if token.name == "Q"]
    first, last = places[0], places[-1]
    cue = next((k for k, token in enumerate(row) if token.word in frame.own), -1)
    for k, token in enumerate(row):
        if first <= k <= last or token.word < 0:
            continue
        side = "before" if k < first else "behind"
        zone = side
        if token.word in frame.own:
            zone = "cue"
        elif token.word in frame.content:
            zone = f"told {side}"
        elif token.word in frame.source:
            zone = "source"
        yield f"{zone}: {token.name.rstrip('^')}"
        for name in () if w.names[token.word] else _classes(w.keys[token.word], w.stems[token.word]):
            yield f"{zone}/ {name}"
            if zone == side and cue >= 0:
                yield f"{zone}{'<' if k < cue else '>'} {name}"
    yield from (f"-{d} {row[first - d].name}" for d in range(1, NEAR + 1) if first >= d)
    yield from (f"+{d} {row[last + d].name}" for d in range(1, NEAR + 1) if last + d < len(row))


def _of_sentences_behind(w: Words, end: int) -> Iterator[str]:
    if end == len(w):
        yield "no next"
    for n in range(1, BEHIND + 1):
        if end >= len(w):
            break
        first, end = whole_sentences(w, end, end)
        yield from _of_sentence(w, first, end, ("next", f"next{n}"))
        names = ["N" if w.names[i] else w.stems[i] for i in range(first, end)]
        yield from (f"next run {a} {b}" for a, b in pairwise(names))
        if n == 1 and not w.quoted[first]:
            yield f"next begins {names[0]}"
            yield f"next begins {' '.join(names[:2])}"
        if end - first < SHORT:
            yield "next short"


def _of_sentence(w: Words, first: int, end: int, zones: tuple[str, ...]) -> Iterator[str]:
    for i in range(first, end):
        if w.names[i]:
            continue
        quoted = " quoted" if w.quoted[i] else ""
        for zone in zones:
            yield f"{zone}{quoted}: {w.stems[i]}"
            yield from (f"{zone}/ {name}" for name in (() if quoted else _classes(w.keys[i], w.stems[i])))


def _of_words(frame: Frame) -> Iterator[str]:
    """What the words themselves show."""
    w, first, last = frame.words, frame.first, frame.last
    yield f"first {w.keys[first]}"
    yield "quoted" if w.quoted[first] else "not quoted"
    behind = w.text[w.ends[last] : w.ends[last] + 3]
    yield from (f"ends {mark}" for mark in "?!,." if mark in behind)


def _of_cut(frame: Frame) -> Iterator[str]:
    """What else their sentence has of what the claim says, which a quotation of the words alone leaves out."""
    w, first, last = frame.words, frame.first, frame.last
    before = sorted(i for i in frame.content if i < first and w.sentences[i] == w.sentences[first])
    behind = sorted(i for i in frame.content if i > last and w.sentences[i] == w.sentences[last])
    for side, some, begins, beside, edge in (
        ("before", before, before[:1], before[-1:], first),
        ("behind", behind, behind[:1], behind[:1], last),
    ):
        if not some:
            yield f"nothing left out {side}"
            continue
        yield f"left out {side}"
        yield from (f"left out {side}: {w.keys[i]}" for i in begins)
        yield from (f"left out {side}: {' '.join(w.keys[i : i + 2])}" for i in begins)
        yield from (f"left out {side} {'same' if w.clauses[i] == w.clauses[edge] else 'apart'}" for i in beside)
        yield from (f"left out {side} {'quoted' if w.quoted[i] and w.quoted[edge] else 'told'}" for i in beside)
    if not before and not behind:
        yield "whole"
    for i in (*before, *behind):
        yield f"left out: {w.stems[i]}"
        yield from (f"left out/ {name}" for name in _classes(w.keys[i], w.stems[i]))


def _of_claim(frame: Frame, claim: Claim, outer: Claim | None, inner: Claim | None) -> Iterator[str]:
    yield from (f"kind {claim.kind}", f"act {claim.act}", f"force {claim.force}")
    yield from (name for name in ("negated", "conditional", "within") if getattr(claim, name))
    yield f"claim {claim.kind} {claim.act} {claim.force} {claim.negated} {claim.conditional}"
    if outer is not None:
        yield f"outer and claim {outer.force} {outer.negated} {outer.conditional} {claim.force}"
        yield from (f"outer act {outer.act}", f"outer force {outer.force}")
        yield from (f"outer {name}" for name in ("negated", "conditional") if getattr(outer, name))
        yield f"outer {same_speaker(outer.speaker, claim.speaker)}"
    if inner is not None:
        yield f"inner {same_speaker(inner.speaker, claim.speaker)}"
    yield f"cue of {min(len(frame.own), CAPPED)}"
    yield f"source of {min(len(frame.source), CAPPED)}"
    yield f"speaker {claim.speaker.type if claim.speaker else None}"
    yield from (f"claim below {least}" for least in SURE if claim.confidence < least)
    if not frame.own and not frame.source:
        yield "nobody's"


def _of_whom(frame: Frame, claim: Claim, whom: Whom, mine: frozenset[int], bounds: tuple[int, int]) -> Iterator[str]:
    """Where the name of who is asked for stands, and who speaks instead."""
    speaker = claim.speaker
    kind = "described" if is_described(speaker) else speaker.type if speaker else None
    pronoun = {frame.words.keys[i] for i in frame.source} <= PRONOUNS if frame.source else False
    same = f"{whom.same}"
    doubted = [least for least in SURE if speaker is not None and speaker.confidence < least]
    yield from (f"who below {least}{one}" for least in doubted for one in ("", f" {same}"))
    yield from (f"whose {same}", f"whose {same} {kind}", f"whose {same} {kind} {pronoun}")
    start, end = bounds
    near = [i for i in mine if start <= i < end]
    places = {"told" if i in frame.content else "source" if i in frame.source else "sentence" for i in near}
    places |= {"before" if i < frame.first else "behind" for i in near}
    places |= {"next" for i in mine if i >= end}
    if whom.earlier or any(i < start for i in mine):
        places.add("earlier")
    for place in places or {"nowhere"}:
        yield from (f"asked {place}", f"asked {place} {same}", f"asked {place} {same} {kind}")
    yield f"asked at {'+'.join(sorted(places))}"


def _of_rule(rule: Standing, claim: Claim, whom: Whom) -> Iterator[str]:
    yield f"rule {rule.stance}"
    yield from (f"rule {rule.stance}{rule.lost} {one}" for one in (claim.kind, claim.force, whom.same))
    if rule.lost:
        yield f"rule lost {rule.lost}"
    if rule.stance not in ("stated", "unclear", "second hand"):
        yield "rule against"
    if rule.owner:
        yield "rule owner"
    if rule.teller:
        yield "rule teller"
