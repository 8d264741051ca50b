"""How far a negation or a condition reaches: not beyond its clause, nor to what is said of somebody who is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quotebank.bank.framing_words import BEING, HELPING, is_of
from quotebank.bank.reporting_clause import SUBJECTS
from quotebank.comparing import Words, is_negation, stem
from quotebank.text import words

NOBODY = frozenset({"no", "nobody", "none", "few", "neither", "hardly"})
WISHED = frozenset(map(stem, ("wanted", "hoped", "planned", "meant", "intended", "longed", "wished", "going", "about")))
DUE = frozenset(map(stem, ("going", "about", "due", "set", "supposed", "scheduled")))
KNOWN = frozenset({"the", "those", "these", "his", "her", "its", "our", "their", "my", "your"})
MOVING = frozenset({"up", "out", "forward", "over", "back", "down", "round", "by"})  # behind "never stood"
HAD = ("had", "have", "did")
APOLOGISING = frozenset(map(stem, ("apologise", "apologize", "apology")))
ADMITTED = frozenset(
    {"admitted", "admits", "conceded", "concedes", "acknowledged", "acknowledges", "accepted", "accepts", "confessed"}
    | {"confesses", "apologised", "apologized", "apologises", "apologizes", "regretted", "regrets"}
)
UNSURE = frozenset(
    {"if", "unless", "whether", "falsely", "wrongly", "would", "will", "could", "should", "may", "until"}
)
REFUSED = frozenset({"refused", "refuses", "declined", "declines"})
REFUSES = 2  # words of "refused to"
VIEWS = frozenset({"view", "belief", "idea", "notion", "myth", "perception", "assumption", "impression"})
HOLDERS = frozenset({"people", "many", "some", "most", "others", "they", "everyone", "everybody", "public", "there"})
MINE = frozenset({"i", "we", "my", "our"})
DEFINITE = 4  # words at most from one of these to "who"


def begins_anew_behind(w: Words, at: int, first: int) -> bool:
    """Whether another clause begins between a condition and a word: "a step if it comes and they were | going"."""
    anew = first > at + 3 and w.keys[first - 3] in ("and", "but") and w.keys[first - 2] in SUBJECTS
    return anew and w.keys[first - 1] in HELPING


def of_somebody(w: Words, between: Sequence[int], first: int) -> int | None:
    """The "who" behind which words are told of somebody: "it was not fair to blame the voters | who were “…”".

    What a clause denies it does not deny of those whom it takes for known: "the", "those" or "our" voters. None where
    words are told of nobody, or where who they are is what is denied.
    """
    who = next((i for i in reversed(between) if w.keys[i] in ("who", "whose")), None)
    if who is None or w.clauses[who] != w.clauses[first]:
        return None
    near = w.keys[max(between[0], who - DEFINITE) : who]
    if KNOWN.isdisjoint(near) or not NOBODY.isdisjoint(w.keys[i] for i in between):
        return None
    denied = max((i for i in between if i < who and is_negation(w.keys[i])), default=None)
    named = [] if denied is None else w.keys[denied + 1 : who]  # "not | the voters who", "not | one of those who"
    return None if denied is not None and (not named or named[0] in KNOWN | {"one", "among"}) else who


def is_never_done(w: Words, zone: Sequence[int], verb: int) -> bool:
    """Whether "never" before what leads up to this verb denies both: "she never got up and | said"."""
    near = [i for i in zone if i < verb and w.sentences[i] == w.sentences[verb] and w.clauses[i] == w.clauses[verb]]
    never = next((i for i in reversed(near) if w.keys[i] == "never"), None)
    if never is None:
        return False
    between = [i for i in near if i > never]
    keys = [w.keys[i] for i in between[1:]]  # behind its verb
    return len(keys) > 1 and keys[0] in MOVING and keys[1:] == ["and"]


def is_only_wished(w: Words, zone: Sequence[int], verb: int) -> bool:
    """Whether a bare verb goes on what somebody only wished to do: "had wanted to go before the cameras and | say"."""
    if w.keys[verb].endswith(("ed", "s", "ing")) or w.keys[verb] in words("bank/finite_forms"):
        return False
    if w.keys[verb - 1] == "to" and w.stems[verb - 2] in DUE and w.keys[verb - 3] in BEING:
        return True  # "was going to promise"
    near = [i for i in zone if i < verb and w.clauses[i] == w.clauses[verb] and w.sentences[i] == w.sentences[verb]]
    if not near or w.keys[near[-1]] not in ("and", "or"):
        return False
    to = next((i for i in reversed(near) if w.keys[i] == "to" and not is_of(w, i + 1, "saying")), 0)
    plans = w.stems[to - 1] in WISHED or is_of(w, to - 1, "control") or w.keys[to - 1] in BEING
    return to - 1 in near and plans  # "was to stand on the bar and | shout"


def is_held_by_others(w: Words, zone: Sequence[int], first: int) -> bool:
    """Whether words are a view of people in general: "people tend to take the view that | toads are bad"."""
    that = next((i for i in reversed(zone) if w.keys[i] == "that"), 0)
    if not that or w.clauses[that] != w.clauses[first] or w.keys[that - 1] not in VIEWS:
        return False
    before = {w.keys[i] for i in zone if i < that and w.sentences[i] == w.sentences[first]}
    return not HOLDERS.isdisjoint(before) and before.isdisjoint(MINE)


def is_unrepented(w: Words, before: Sequence[int]) -> bool:
    """Whether somebody does not apologise for having said something: "refused to apologise on Monday for telling"."""
    at = next((i for i in before if w.stems[i] in APOLOGISING), None)
    if at is None or at < REFUSES:
        return False
    refuses = any(is_negation(key) or key in REFUSED for key in w.keys[at - REFUSES : at])
    behind = w.keys[at + 1 : before[-1] + 1]
    return refuses and "for" in behind and any(is_of(w, i, "saying") for i in before if i > at + behind.index("for"))


def is_admitted(w: Words, before: Sequence[int], cue: Collection[int]) -> bool:
    """Whether somebody admits or apologises for having said something: "accepted that she had written", "apologised
    for telling them that"; not "would not admit", "if she admits", "falsely confessed", nor what they deny.
    """
    at = next((i for i in before if i in cue and w.keys[i] in ADMITTED), None)
    if at is None or not UNSURE.isdisjoint(w.keys[before[0] : at]) or any(map(is_negation, w.keys[before[0] : at])):
        return False
    said = next((i for i in before if i > at + 1 and is_of(w, i, "saying")), None)
    if said is None or is_of(w, said, "quoting"):
        return False
    if any(is_negation(w.keys[i]) or is_of(w, i, "denial") or is_of(w, i, "untrue") for i in range(at, said)):
        return False
    own = w.keys[said - 3 : said] in (["that", one, had] for one in ("he", "she", "they", "i", "we") for had in HAD)
    return (
        own
        or w.keys[said - 2 : said] == ["to", "having"]
        or (w.keys[said].endswith("ing") and w.keys[said - 1] == "for")
    )
