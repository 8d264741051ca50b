"""Roles and affiliations as the network reads them beside a name: for what no rule knows.

On news that nobody tuned to, it finds roles that the rules miss; its affiliations are right only where they are sure
and named (training/RESULTS.md).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from quotebank.speakers.noun_phrases import DETERMINERS, TOPICS, head_noun, is_home, stands_outside
from quotebank.speakers.role_chunks import ADJECTIVES, COMPETITIONS, PLAYERS, Names, countries, is_shouted
from quotebank.speakers.role_nouns import OF_A_TIME, is_anybody, is_person_noun, of_role, singular
from quotebank.speakers.roles import READ, Fact, former_before
from quotebank.speakers.whole_names import NameMention
from quotebank.text import Tokens, Words, is_capital, is_closed, states, words

if TYPE_CHECKING:
    from quotebank.attribution import Reading, Statement

LONGEST_NICKNAME = 6  # words of "known as Queen of the"
SURE = 0.7  # of a statement: below, on unseen articles, half are wrong
HAVING = frozenset({"has", "have", "had", "having"})
FINITE = frozenset({"is", "are", "was", "were", "has", "had", "have"})
NOT_YET = frozenset({"not", "never", "n't", "n’t", "no", "will"})
BEFORE_NOUNS = frozenset({"in", "on", "at", "of", "for", "with", "from", "by", "to"})
SERVING = FINITE | {"be", "been", "being", "became", "become", "becomes", "as", "remains"}
HOLDING = frozenset(  # what somebody does to a body that is theirs
    {"heads", "headed", "leads", "led", "runs", "ran", "chairs", "chaired", "represents", "represented", "founded"}
    | {"directs", "directed", "owns", "owned", "manages", "managed", "coaches", "coached", "edits", "edited", "joined"}
    | {"commands", "commanded", "started", "left"}
)


def read_facts(
    tokens: Tokens,
    w: Words,
    reading: Reading,
    names: Sequence[NameMention],
    reported: Collection[int],
    *,
    known: Names,
) -> list[list[Fact]]:
    """What the network reads of each name outside quotations and what others say (`reported`, words)."""
    out: list[list[Fact]] = [[] for _ in names]
    asked = [k for k, m in enumerate(names) if not w.quoted[m.first] and m.first not in reported]
    at = [bisect_right(tokens.starts, w.starts[names[k].first]) - 1 for k in asked]
    for k, found in zip(asked, reading.statements(at), strict=True):
        out[k] = [fact for said in found if (fact := _fact(tokens, w, names[k], said, known)) is not None]
    return out


def _is_of_another(w: Words, mention: NameMention, at: tuple[int, int], known: Names, *, is_role: bool) -> bool:
    """Whether words that the network reads as somebody's are not: another's, not yet so, or what they have."""
    first, end = at
    named_so = w.low[max(first - LONGEST_NICKNAME, 0) : first]
    if mention.end <= first and "known" in named_so and named_so[named_so.index("known") + 1 :][:1] == ["as"]:
        return True  # "Reyes, known as Queen of the Sky"
    between = range(mention.end, first) if mention.end <= first else range(end, mention.start)
    if any(w.low[i] == "whose" or i in known.persons for i in between):
        return True
    if end <= mention.start:  # "a correspondent of Oxbow News contacted Lee", "Queen of Salt, otherwise known as Lee"
        if "this" in w.low[max(first - 2, 0) : first]:
            return True  # "The life of this American | citizen Reyes depends on you"
        contacted = any(w.words[i].islower() and w.low[i].endswith("ed") for i in between)
        return contacted or any(w.low[i] == "known" for i in between)
    behind = w.words[end] if is_role and end < w.sentence_end(end - 1) else ","
    acts = behind.endswith(("ed", "ing", "ly")) or (behind.endswith("s") and w.low[first - 1] not in BEFORE_NOUNS)
    if behind.islower() and not is_closed(behind) and not acts:
        return True  # "runs a graduate | course", "was on fan | sites", not "as the nominee | looks"
    clause = range(max((i + 1 for i in between if w.words[i] == ","), default=between.start), first)
    if any(w.words[i] in NOT_YET or w.low[i].endswith("n't") for i in clause):
        return True  # "Lee is not | a fighter", "Lee will become | chairman"
    if is_role and "who" in w.low[mention.end : mention.end + 2] and SERVING.isdisjoint(w.low[i] for i in between):
        return "the" in w.low[max(first - 3, 0) : first]  # "who dated the US | swimmer"
    anew = max((i + 1 for i in clause if w.low[i] in ("and", "as", "but")), default=clause.start)
    # "has a | special interest", "has a tattoo of the | Little Prince"; not "has a degree and is | director"
    return any(w.low[i] in HAVING and w.low[i + 1] in DETERMINERS for i in clause if i >= anew)


def _fact(tokens: Tokens, w: Words, mention: NameMention, said: Statement, known: Names) -> Fact | None:
    first, end = w.at(tokens.starts[said.first]), w.at(tokens.ends[said.end - 1] - 1) + 1
    overlaps = first < mention.end and mention.start < end
    if overlaps or said.confidence < SURE or not any(c.isalpha() for c in w.words[end - 1]):
        return None
    if _is_of_another(w, mention, (first, end), known, is_role=said.label == "role"):
        return None
    while said.label == "role" and end > first + 1 and is_closed(w.low[end - 1]):
        end -= 1  # "prime minister | of"
    noun = w.low[end - 1].rstrip(".")
    if said.label == "role":
        former = former_before(w, first)
        former = None if former is None or mention.start <= former < mention.end else former
        first -= former is not None and former == first - 1
        small = w.words[first].islower() if mention.end <= first else w.opens_sentence(first)
        verb = small and noun.endswith("s") and not noun.endswith("ss")
        verb = verb and not of_role(noun) and singular(noun) is None
        named = is_capital(w.words[first]) and not (w.words[first].isupper() or of_role(noun) or is_person_noun(noun))
        verb = verb or (small and noun.endswith("s") and w.low[first - 1 : first] == ["who"])  # "who | curates"
        if end - first == 1 and (is_anybody(noun) or verb or named or w.low[first - 1 : first] == ["in"]):
            return None  # "Lee | teaches", "Plus | Lee", "Facebook | Ann Lee", "in | charge"
        if end - first == 1 and w.low[first - 2 : first] == ["of", "the"] and not is_person_noun(noun):
            return None  # "Man of the | match Ann Lee"
        head = head_noun(w, first, end).rstrip(".")
        over = ((former, former + 1),) if former is not None and former < first else ()
        return Fact((*over, (first, end)), None, READ, first, None, head, plural=singular(noun) is not None)
    bodies = words("speakers/organization_nouns") | words("speakers/any_organization")
    begin = first
    first += first < end - 1 and w.low[first] in DETERMINERS | OF_A_TIME  # "Outgoing | Leeds chairman"
    named = is_capital(w.words[end - 1]) or (end - first > 1 and w.low[end - 1] in bodies)  # "a victims' association"
    home = w.low[begin - 1 : begin] in (["of"], ["from"]) and w.between(first, end) not in states()
    home = home and any(is_home(w, first, i, known) for i in range(first + 1, end + 1))
    if begin > 1 and w.low[begin - 2] in ("who", "which") and w.low[begin - 1] not in HOLDING:
        return None  # "a researcher who monitors | Islamic State"
    place = w.between(first, end) in (known.all_places - countries()) | states().keys()
    noun_there = next(iter(w.low[end : end + 1]), "")
    of_there = is_person_noun(noun_there) and noun_there not in words("speakers/offices")  # "Ohio man"
    from_there = w.words[first - 1 : first] == [","] and w.low[max(first - 3, 0)] == "from"  # "from Kells, Co. Meath"
    home = home or (place and (of_there or from_there))
    fan = begin > 1 and w.low[begin - 2] in words("speakers/outsiders")  # "a resident of Kings Mill"
    named = named and not (home or fan or noun_there in FINITE)  # "who ran the firm | Oxbow Motors were sold by"
    named = named and "quit" not in w.low[max(begin - 2, 0) : begin]  # "who quit the | Oxbow Party"
    named = named and words("speakers/demonyms").isdisjoint(w.words[end : end + 1])  # "North | Korean"
    named = named and not noun_there.startswith("prize")  # "Pulitzer | prize-winning"
    alone = end - first == 1 and w.opens_sentence(first)
    ordinary = (
        w.low[first] in words("speakers/role_modifiers") or w.low[first].endswith(ADJECTIVES) or w.low[first] in w.small
    )
    named = named and not (alone and ordinary)  # "Conservative economist"
    named = named and not is_shouted(w, first)
    named = named and not stands_outside(w, (first, end), min(end, len(w) - 1))
    scene = "in" in w.low[max(first - 2, 0) : first] and w.low[end - 1].rsplit("-", 1)[-1] in COMPETITIONS
    holder = {low.rsplit("-", 1)[-1] for low in w.low[max(first - 4, 0) : first]}
    named = named and not (scene and not PLAYERS.isdisjoint(holder))  # "vice-captain in the League"
    studied = not TOPICS.isdisjoint(w.low[max(first - 2, 0) : first])
    named = named and not (studied and words("speakers/outsiders") & holder)  # "expert on the North Korean leadership"
    near = (
        *w.low[max(first - 4, 0) : first],
        *(low.removesuffix("s").rsplit("-", 1)[-1] for low in w.low[end : end + 3]),
    )
    named = named and words("speakers/relations").isdisjoint(near)  # "sister of Bo Lee", "Bo Lee's two sisters"
    return Fact((), (first, end), READ, first) if named else None
