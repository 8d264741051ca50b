"""How the words of a quotation differ from those of the article, counted and named, as a newspaper would print it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from quotebank.comparing import Difference, Laid, place_in, read_words
from quotebank.records import Claim

NAMED, NAMED_AT_MOST = 4, 160  # differences that are named, and their code points
MOVED = 4  # words in a row that stand elsewhere in what was said
OPENING = frozenset('“"‘«„')
KINDS = ("changed", "left out", "put in", "moved")


def moved_words(laid: Laid) -> int:
    """How many words of a quotation's sentences stand elsewhere in what was said than where they are laid."""
    mine = laid.a
    found = 0
    for start, end, _, _ in laid.gaps:
        bounds = [i for i in range(start, end) if i == start or mine.sentences[i] != mine.sentences[i - 1]]
        for first, behind in pairwise([*bounds, end]):
            sentence = mine.only(range(first, behind))
            found += len(sentence) if len(sentence) >= MOVED and place_in(sentence, laid.b) is not None else 0
    return found


def told_differences(differences: Sequence[Difference], stated: str) -> str:
    """How words differ, counted, and which they are: "1 word changed (“fell” for “rose”)".

    `differences` lay a quotation against the claim `stated`.
    """
    found = [(_kind(mine, theirs, stated), mine, theirs) for mine, theirs in _differing(differences)]
    moved = [read_words(mine) for kind, mine, _ in found if kind == "moved"]
    counts = dict.fromkeys(KINDS, 0)
    which: list[str] = []
    for kind, mine, theirs in found:
        if kind == "left out" and any(place_in(read_words(theirs), one) is not None for one in moved):
            continue
        other = "" if kind == "moved" else theirs  # what stands there is elsewhere in the quotation
        counts[kind] += max(len(mine.split()), len(other.split()))
        which.append(f"“{mine}” for “{other}”" if mine and other else f"“{mine or other}”")
    told = [f"{count} word{'s' if count > 1 else ''} {kind}" for kind, count in counts.items() if count]
    if not told:
        return "its order changed"
    few = len(which) <= NAMED and sum(map(len, which)) <= NAMED_AT_MOST
    return ", ".join(told) + (f" ({', '.join(which)})" if few else "")


def _kind(mine: str, theirs: str, stated: str) -> str:
    words = read_words(mine)
    if len(words) >= MOVED and place_in(words, read_words(stated)) is not None:
        return "moved"
    return "put in" if not theirs else "changed" if mine else "left out"


def _differing(differences: Sequence[Difference]) -> Iterator[tuple[str, str]]:
    """The words of each text that differ, whole: "will" and "won't", where "n't" alone is left out."""
    for before, one in pairwise([None, *differences]):
        if one is None or one.change == "kept":
            continue
        mine, theirs = one.first, one.second
        if before is not None and before.change == "kept" and (_goes_on(before, one, 0) or _goes_on(before, one, 1)):
            mine = _last_word(before.first) + ("" if _goes_on(before, one, 0) else " ") + mine
            theirs = _last_word(before.second) + ("" if _goes_on(before, one, 1) else " ") + theirs
        yield " ".join(mine.split()), " ".join(theirs.split())


def _goes_on(before: Difference, one: Difference, text: int) -> bool:
    """Whether a stretch of one of the texts begins within a word."""
    first = (before.first_span, before.second_span)[text]
    second = (one.first_span, one.second_span)[text]
    return first is not None and second is not None and first.end == second.start


def _last_word(text: str) -> str:
    return (text.split() or [""])[-1]


def joins_halves(laid: Laid, claim: Claim) -> bool:
    """Whether an ellipsis joins half of one sentence to half of another: "The mine … must be closed".

    A piece of a quotation that begins with a capital is a sentence, whatever sign the one before it ends with.
    """
    said = laid.b
    lengths = accumulate(span.end - span.start + 1 for span in claim.content)
    pieces = {at for at in lengths if said.text[at : at + 1] in OPENING or said.text[at : at + 1].isupper()}
    begins = {x for x in range(1, len(said)) if said.sentences[x] != said.sentences[x - 1]}
    begins |= {x for x in range(len(said)) if not pieces.isdisjoint((said.starts[x], said.starts[x] - 1))}
    begins = {x for x in begins if said.text[said.starts[x]].isupper() and said.keys[x] != "i"}
    inner = ((j, m) for i, k, j, m in laid.gaps[1:-1] if i == k and j < m)
    return any(begins.isdisjoint((j, m)) and any(j < x < m for x in begins) for j, m in inner)
