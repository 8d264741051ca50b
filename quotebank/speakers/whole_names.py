"""Where a name begins and ends, once it is known what it names: letters, seats and particles."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotebank.speakers.role_nouns import OF_A_TIME
from quotebank.text import Words, is_capital, is_closed, is_first_name, unaccented, words

NOBLE = frozenset(
    {"count", "countess", "duke", "duchess", "earl", "viscount", "prince", "princess", "lord", "lady"}
    | {"baron", "baroness"}
)
LONE_PARTICLES = frozenset({"von", "van", "bin", "ibn"})
TERRITORIES = (["territory"], ["province"], ["peninsula"], ["prefecture"], ["governorate"])


@attrs.frozen
class NameMention:
    """A name as it stands in the text: words `first` up to `end`, titles before it left out (`start` is with them)."""

    start: int
    first: int
    end: int
    type: str
    """PER, ORG, LOC or MISC."""


def whole_name(w: Words, mention: NameMention) -> NameMention:
    """A name with what belongs to it, and without what does not."""
    return _with_particle(w, _with_seat(w, _without_letters(w, _with_general(w, mention))))


def joined_by_particles(w: Words, first: int, found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What a name holds, two persons in it as one where particles alone part them: "Rhiannon | ap | Gwilym"."""
    out: list[tuple[int, int, str]] = []
    for begin, end, kind in found:
        last = out[-1] if out else (0, begin, "")
        parted = w.low[first + last[1] : first + begin]
        if kind == last[2] == "PER" and parted and words("text/name_particles").issuperset(parted):
            out[-1] = (last[0], end, kind)
        else:
            out.append((begin, end, kind))
    begin, end, kind = out[0] if out else (0, 0, "")
    particles = w.low[first + 1 : first + begin]
    if kind == "PER" and particles and words("text/name_particles").issuperset(particles):
        given = is_first_name(unaccented(w.words[first]).capitalize())
        out[0] = (0, end, kind) if given else out[0]  # "María del | Pilar Ocampo"
    return out


def _with_general(w: Words, mention: NameMention) -> NameMention:
    """A body's name with the word before it that is a title of persons only: "General | Motors".

    Without one that says of when somebody was in it: "Former | Cabinet minister Ann Lee".
    """
    start, first = mention.start, mention.first
    if mention.type == "ORG" and start == first < mention.end - 1 and w.low[first] in OF_A_TIME:
        return attrs.evolve(mention, start=first + 1, first=first + 1)
    if mention.type == "ORG" and w.words[mention.end : mention.end + 1] in TERRITORIES:
        return attrs.evolve(mention, type="LOC")  # "the Ladakh Union | territory"
    cut = mention.type == "ORG" and start == first - 1 and w.low[start] == "general"
    return attrs.evolve(mention, first=start) if cut else mention


def _without_letters(w: Words, mention: NameMention) -> NameMention:
    """A person's name without what is behind a suffix or letters: "Bo Reed Jr. | Messaged", "Bo Reed | MP"."""
    suffixed = (i for i in range(mention.first + 2, mention.end - 1) if w.low[i].rstrip(".") in ("jr", "sr"))
    last = next(suffixed, mention.end - 1)
    if mention.type == "PER" and last < mention.end - 1:
        return attrs.evolve(mention, end=last + 1)
    while mention.type == "PER" and last > mention.first and w.words[last] in words("text/post_nominals"):
        last -= 1
    return attrs.evolve(mention, end=last + 1)


def _with_particle(w: Words, mention: NameMention) -> NameMention:
    """A person's single name with the particle before it: "But | von Hippel", not "the van Lee drove"."""
    first = mention.first
    alone = mention.type == "PER" and mention.start == first == mention.end - 1
    if not alone or not first or w.words[first - 1] not in LONE_PARTICLES:
        return mention
    at = first - 1
    opens = at == 0 or w.sentences[at - 1] != w.sentences[at] or not w.words[at - 1][0].isalnum()
    plain = opens or (is_closed(w.low[at - 1]) and w.low[at - 1] not in ("the", "a", "an", "his", "her", "their", "my"))
    return attrs.evolve(mention, start=at, first=at) if plain or w.low[at] != "van" else mention


def _with_seat(w: Words, mention: NameMention) -> NameMention:
    """A noble's single name with the seat that tells them from others: "Countess Ann | of Savern"."""
    first, end = mention.first, mention.end
    noble = mention.type == "PER" and mention.start < first == end - 1 and w.low[first - 1] in NOBLE
    if not noble or end + 1 >= len(w) or w.low[end] != "of" or not is_capital(w.words[end + 1]):
        return mention
    return attrs.evolve(mention, end=w.capitals_end(end + 1))
