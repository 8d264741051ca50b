"""What a quotation leaves out of the sentence that it is cut from: a negation, a condition, or what changes nothing.

"I do not think that | the dam is safe" says the opposite, "until the rain comes, | the dam is safe" holds for a while;
"I think that | the dam is safe" and "whatever they say, | the dam is safe" keep their sense. Read from the words
alone: where neither is plain, the weights of `learned_standing` tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import regex

from quotebank.bank.clause_reach import NOBODY, of_somebody
from quotebank.bank.embedding import CONDITIONS, FIRST_PERSON, Frame
from quotebank.bank.framing_words import BEING, DOING, HAVING, POSSIBLE, is_adverb, is_of
from quotebank.comparing import Words, is_negation

UNREAL = frozenset({"would", "could", "might"})
SPANS = frozenset({"season", "year", "week", "month", "time", "term", "century"})
SOME_OF = frozenset({"anyone", "anybody", "everyone", "everybody", "those", "all", "always", "any", "every", "first"})
TRAILING = frozenset({"if", "unless", "provided", "providing"})  # conditions behind what they bind
LEADING = CONDITIONS | {"until", "till", "barring", "assuming", "providing"}  # before what they bind
INVERTED = frozenset({"should", "were", "had"})  # "Should it rain,"
CONCEDING = frozenset(
    {"although", "though", "whatever", "whoever", "wherever", "however", "despite", "as", "because", "since", "even"}
)
PRESUMING = frozenset({"think", "believe", "feel", "know", "reckon", "understand", "insist", "maintain", "repeat"})
HEDGED = frozenset(
    {"wish", "hope", "pretend", "imagine", "suppose", "wonder", "dream", "doubt", "deny", "unsure", "if"}
)
SURE = frozenset({"doubt", "question", "denying", "disputing", "hiding", "escaping", "secret", "mistake", "mistaking"})
EVIDENT = frozenset({"clear", "obvious", "evident", "plain", "true", "certain", "undeniable", "fact", "truth"})
ADDING = frozenset({"and", "but", "so", "because", "since", "as", "which", "who", "though", "although"})
PROVING = frozenset({"show", "shows", "showed", "prove", "proves", "proved", "mean", "means"})
MOMENTS = frozenset({"day", "minute", "moment", "second", "instant", "time"})
JOINING = frozenset({"and", "but", "so"})
PRESENT = frozenset({"is", "are"})
STATING = frozenset({"i", "we", "he", "she", "they", "you"})  # subjects of a clause of their own
LIMITING = frozenset(
    {"some", "few", "many", "most", "several", "half", "part", "nearly", "almost", "hardly", "barely", "scarcely"}
    | {"rarely", "seldom", "sometimes", "perhaps", "maybe", "possibly"}
)  # "most" and "part" only with "of"
WISHING = frozenset({"would", "had", "i'd", "we'd", "he'd", "she'd", "they'd"})
COUNTED = frozenset({"a", "the", "quite", "last", "next", "past", "first", "these", "those"})  # "the last few days"
CLEFT = 4  # words from a sentence's first to its "only"
NOMINAL: tuple[tuple[str, ...], ...] = (
    *(("on", "paper"), ("in", "theory"), ("in", "principle"), ("in", "a", "perfect"), ("in", "an", "ideal")),
    *((word,) for word in ("officially", "technically", "nominally", "supposedly", "ostensibly", "allegedly")),
)
ASKING = (
    BEING
    | HAVING
    | DOING
    | POSSIBLE
    | {"am", "can", "who", "whose", "whom", "what", "which", "when", "where", "why", "how"}
)
IN_THAT_EVENT = regex.compile(r"In (?:that|such an?|which) (?:event|case)\b")
ON_CONDITION = regex.compile(r"\b(?:[Ii]f|[Uu]nless)\b[^.!?]*[.!?][”\"’']?$")
LONGEST_SENTENCE = 400  # code points of a sentence that is looked back over
VIEWING = frozenset({"ask", "like", "look", "consider", "compare", "remember", "recall"})
FAR_REASON = 7  # words from "because" to the words that are quoted: "because the latter was “…”"
Lost = Literal["", "negation", "condition", "sense", "question"]
NOTHING = frozenset({"nothing", "nobody", "nowhere", "none"})
NEAR = 2  # words at which a question begins: "at what cost"
SUBJECTS = frozenset({"i", "we", "you", "he", "she", "they", "it", "there", "the", "a", "this", "that"})


def lost(frame: Frame) -> Lost:
    """What stands beside the words in what is said: it turns them round, lets them hold only if, or as one of two."""
    w, first = frame.words, frame.first
    inside = range(frame.inner, first)
    clause = [i for i in inside if w.clauses[i] == w.clauses[first]]
    anew = max((k + 1 for k, i in enumerate(clause) if w.keys[i] == "but"), default=0)  # "not only there, but"
    anew = max(anew, _main_clause(w, clause))
    clause = [
        i for i in clause[anew:] if w.keys[i] != "without" or i == first - 1
    ]  # "without rain “the dam will fail”"
    if _is_a_reason(frame):
        clause = []  # "should not go because “…”"
    who = of_somebody(w, clause, first)
    clause = clause if who is None else clause[clause.index(who) :]
    denying = [
        i for i in clause if is_negation(w.keys[i]) or is_of(w, i, "failing") or _is_doubtful(w, i) or _is_of_few(w, i)
    ]
    turned = len(denying) % 2 == 1 and not _is_beyond_doubt(w, denying[0])
    if turned or w.keys[max(first - 3, frame.inner) : first] in (["far", "from", "being"], ["used", "to"]):
        return "negation"
    if any(w.keys[i : i + 2] == ["used", "to"] and (i in clause or is_of(w, i + 2, "thinking")) for i in inside):
        return "negation"
    at_a_loss = any(w.keys[i : i + 2] == ["loss", "to"] for i in inside)  # "at a loss to see how | it would help"
    if at_a_loss or _is_denied_behind(frame):
        return "negation"
    if _holds_if(frame) or _holds_only_if(frame):
        return "condition"
    if _is_one_of_two(frame) or _is_compared(frame) or _is_limited(frame) or _is_nominal(frame):
        return "sense"
    return "question" if _is_wondering(frame) else ""


def _is_denied_behind(frame: Frame) -> bool:
    """Whether the next word of what is said denies it: "the widows owe the company | nothing"."""
    w, at = frame.words, frame.last + 1
    goes_on = at in frame.content and w.clauses[at] == w.clauses[frame.last] and not w.breaks[at]
    return goes_on and w.keys[at] in NOTHING and w.keys[at + 1 : at + 2] not in (["more"], ["but"], ["less"], ["else"])


def _is_of_few(w: Words, at: int) -> bool:
    """Whether a word says that few or rarely anyone do: "Few | people believe that", "Rarely | does it"."""
    if w.keys[at] in ("rarely", "seldom"):
        return True
    begins = at - (at > 0 and w.keys[at - 1] in ("very", "so", "too"))
    opens = begins == 0 or w.clauses[begins - 1] != w.clauses[begins] or w.keys[begins - 1] in JOINING | {"that"}
    return w.keys[at] == "few" and opens and w.keys[at - 1] not in COUNTED


def _is_doubtful(w: Words, at: int) -> bool:
    """Whether a word doubts: "hardly", "hard to see how"; not what is "hard for somebody"."""
    return is_of(w, at, "doubtful") and (w.keys[at] != "hard" or w.keys[at + 1 : at + 2] in (["to"], ["pressed"]))


def _main_clause(w: Words, clause: Sequence[int]) -> int:
    """Where in a clause another one begins that nothing before it reaches: "I will never go and | I can never"."""
    pairs = [k for k, i in enumerate(clause) if w.keys[i] in JOINING and w.keys[i + 1].partition("'")[0] in STATING]
    held = any(w.keys[i] == "that" or is_of(w, i, "thinking") or is_of(w, i, "saying") for i in clause)
    return pairs[-1] + 1 if pairs and not held else 0


def _is_a_reason(frame: Frame) -> bool:
    """Whether words are quoted as a reason for what is denied before them, not as what is no reason.

    Not "it was not because “…”", "not just because “…”", "not because “…”, but for her family".
    """
    w, first, last = frame.words, frame.first, frame.last
    near = range(first - 1, max(frame.inner, first - FAR_REASON, 1) - 1, -1)
    because = next((i for i in near if w.keys[i] == "because" and not w.quoted[i]), None)
    if because is None or w.quoted[first - 1] or not w.quoted[first] or any(map(is_negation, w.keys[because:first])):
        return False
    before = w.keys[because - 1]
    no_reason = is_negation(before) or is_adverb(before) or before in ("just", "only")
    return not no_reason and (last + 1 not in frame.content)


def keeps_sense(frame: Frame) -> bool:
    """Whether the words are cut so that what is left out of their sentence plainly changes nothing."""
    w, first, last = frame.words, frame.first, frame.last
    before = [i for i in sorted(frame.content) if i < first and w.sentences[i] == w.sentences[first]]
    behind = [i for i in sorted(frame.content) if i > last and w.sentences[i] == w.sentences[last]]
    apart = w.breaks[first]  # behind an ellipsis they stand for themselves
    return bool(before or behind) and (apart or _adds_nothing(w, before, first)) and _goes_on(w, behind, last)


def _opening(frame: Frame) -> list[int]:
    """What is said in the words' sentence before them, without the "and" or "but" that it begins with."""
    w = frame.words
    opened = sorted(i for i in frame.content if i < frame.first and w.sentences[i] == w.sentences[frame.first])
    while opened and w.keys[opened[0]] in JOINING:
        opened = opened[1:]
    return opened


def _is_beyond_doubt(w: Words, at: int) -> bool:
    """Whether a negation affirms: "no doubt", "no question", "no denying"."""
    return w.keys[at] == "no" and w.keys[at + 1] in SURE


def _holds_if(frame: Frame) -> bool:
    """Whether a condition opens what is said: "If it rains, | …", "Until …, | …", "As long as …", "Should it rain"."""
    w = frame.words
    opened = _opening(frame)
    if not opened or w.keys[frame.first] in LEADING or w.breaks[frame.first]:
        return False  # "If it rains, we go ... | if it is dry, we stay"
    keys = w.keys[opened[0] : opened[0] + 3]
    if keys[0] in LEADING:
        return not _is_polite(keys)
    if keys[0] == "without":  # "Without her | I would have quit"
        return not UNREAL.isdisjoint(w.keys[frame.first : frame.last + 1])
    if keys[:2] in (["short", "of"], ["on", "condition"]) or keys == ["over", "my", "dead"]:
        return True
    if keys in (["as", "long", "as"], ["so", "long", "as"]):
        return True
    begun = w.quoted[frame.first] and not w.quoted[opened[-1]]  # "should it rain, she would tell them | “we stay”"
    apart = w.clauses[opened[-1]] != w.clauses[frame.first] or begun
    return apart and keys[0] in INVERTED and len(keys) > 1 and not is_of(w, opened[1], "saying")


def holds_in_that_event(text: str, start: int) -> bool:
    """Whether the sentence from code point `start` on holds on the condition of the one before it.

    "She will go only if it rains. In that event, she said, “…”"
    """
    before = text[max(start - LONGEST_SENTENCE, 0) : start].rpartition("\n\n")[2].rstrip()
    return IN_THAT_EVENT.match(text, start) is not None and ON_CONDITION.search(before) is not None


def _is_polite(keys: Sequence[str]) -> bool:
    """Whether an "if" with what follows binds nothing: "if you ask me", "if I may say so", "if you look at it"."""
    if keys[0] != "if":
        return False  # "unless anyone objects"
    behind = (*keys[1:3], "", "")
    viewing = behind[0] == "you" and behind[1] in VIEWING
    return behind[0] in ("anything", "anyone") or behind[:2] == ("i", "may") or viewing


def _holds_only_if(frame: Frame) -> bool:
    """Whether a condition follows the words in what is said: "she would sign | only if …", "… | unless it rained"."""
    w = frame.words
    at = min((i for i in frame.content if i > frame.last), default=len(w))  # the reporting clause may stand before it
    while at < len(w) and w.keys[at] in ("but", "and") and w.keys[at + 1 : at + 2] == ["only"]:
        at += 1
    if at not in frame.content or w.sentences[at] != w.sentences[frame.last]:
        return False
    keys = w.keys[at : at + 3]
    if keys[:1] == ["only"]:
        return keys[1:2] in (["if"], ["when"], ["after"], ["once"])
    if keys in (["as", "long", "as"], ["so", "long", "as"]) or keys[:2] in (["on", "condition"], ["subject", "to"]):
        return True
    near = w.keys[max(frame.last - NEAR, frame.first) : frame.last + 1]
    if keys[0] == "when" and not PRESENT.isdisjoint(near) and MOMENTS.isdisjoint(near):
        rest = [i for i in range(at, len(w)) if w.clauses[i] == w.clauses[at]]
        does = len(keys) > 2 and keys[1] in STATING | {"it"} and keys[2].endswith("s") and keys[2] != "was"
        apart = w.clauses[at] != w.clauses[frame.last] and does  # ", when it breaks"
        return apart or not PRESENT.isdisjoint(w.keys[i] for i in rest)  # "is safe | when it is switched off"
    if keys[0] == "the" and keys[1:2] and keys[1] in MOMENTS and at + 2 in frame.content and keys[2:] != ["of"]:
        return True  # "the day he pays"
    if _is_restricted(frame, at):
        return True
    if keys[0] in ("except", "barring") or keys == ["over", "my", "dead"] or keys[:2] == ["when", "hell"]:
        return True
    return keys[0] in TRAILING and keys[:2] not in (["if", "only"], ["if", "not"]) and not _is_polite(keys)


def _is_restricted(frame: Frame, at: int) -> bool:
    """Whether what follows the words, at word `at`, takes some of what they say away.

    "The army will stay | until …", "Nobody has died | since the reforms", "We will leave nobody behind | who has a
    visa", "I trust the judges | as far as …", "they work | and only in summer".
    """
    w = frame.words
    keys = w.keys[at : at + 3]
    said = [i for i in frame.content if w.sentences[i] == w.sentences[at] and i < at]
    denied = any(is_negation(w.keys[i]) or w.keys[i] in NOTHING | NOBODY for i in said)
    anyone = denied or any(w.keys[i] in SOME_OF for i in range(frame.first, frame.last + 1))
    joined = w.clauses[at] == w.clauses[frame.last]
    if keys[:2] in (["but", "one"], ["but", "two"], ["but", "for"]):
        return True  # "in every interview | but one"
    if keys[:1] == ["until"] or keys == ["as", "far", "as"] or keys[:2] in (["and", "only"], ["but", "only"]):
        return True
    if keys[:1] == ["since"] or (keys[:1] == ["this"] and keys[1:2] and keys[1] in SPANS):
        return denied and joined and not HAVING.isdisjoint(w.keys[i] for i in said)
    return joined and keys[:1] in (["who"], ["whose"], ["where"]) and anyone


def _is_one_of_two(frame: Frame) -> bool:
    """Whether the words are one of two things that may be so: "I can promise a bridge, | or I can tell the truth"."""
    w, first, at = frame.words, frame.first, frame.last + 1
    if first - 1 in frame.content and w.keys[first - 1] == "or" and w.keys[first].partition("'")[0] in STATING:
        return not w.breaks[first]  # "You sign or | you walk"
    if at + 2 not in frame.content or w.sentences[at] != w.sentences[frame.last] or w.keys[at] != "or":
        return False
    other = w.keys[at + 1].partition("'")[0]
    return other in STATING or (w.clauses[at] != w.clauses[frame.last] and other in SUBJECTS)


def _is_compared(frame: Frame) -> bool:
    """Whether the words are what somebody would sooner do than what follows: "I would rather drown | than beg"."""
    w, at = frame.words, frame.last + 1
    said = w.keys[frame.first : at]
    asked = (k for k, key in enumerate(said) if key in ("rather", "sooner"))
    wish = any(not WISHING.isdisjoint(said[max(k - 2, 0) : k]) for k in asked)
    return at in frame.content and w.keys[at] == "than" and wish  # not "She is rather younger | than I am"


def _is_limited(frame: Frame) -> bool:
    """Whether right before the words stands what takes some of it away: "some | people are crooks", "few of | our"."""
    w, at = frame.words, frame.first - 1
    while at in frame.content and w.keys[at] in ("of", "all"):
        at -= 1
    is_beside = at in frame.content and w.clauses[at] == w.clauses[frame.first] and not w.breaks[frame.first]
    if is_beside and w.keys[at] == "few" and w.keys[at - 1] in COUNTED:
        return False
    return is_beside and w.keys[at] in LIMITING and not (w.keys[at] in ("most", "part") and at == frame.first - 1)


def _is_nominal(frame: Frame) -> bool:
    """Whether what opens the sentence says that the words hold in name alone: "On paper | they have more days off"."""
    w = frame.words
    keys = tuple(w.keys[i] for i in _opening(frame))
    cleft = "only" in keys[:CLEFT] and keys[-1:] == ("that",)  # "It's only at dusk that | they look alike"
    return not w.breaks[frame.first] and (cleft or any(keys[: len(one)] == one for one in NOMINAL))


def _is_wondering(frame: Frame) -> bool:
    """Whether all of a sentence is a question by its mark alone: "We are leaving? Over my dead body", not "Are we?"."""
    w, first, last = frame.words, frame.first, frame.last
    if not w.quoted[first] or "?" not in w.text[w.ends[last] : w.ends[last] + 2]:
        return False
    inside = [i for i in range(first, last + 1) if w.sentences[i] == w.sentences[last] and w.keys[i] not in JOINING]
    opening = [i for k, i in enumerate(inside) if k < NEAR or w.clauses[i] != w.clauses[inside[k - 1]]]
    return ASKING.isdisjoint(w.keys[i] for i in opening)


def _adds_nothing(w: Words, before: Sequence[int], first: int) -> bool:
    """Whether words in front of others, in one sentence, only say who thinks so, how sure, or what does not matter."""
    if not before:
        return True
    if before[-1] != first - 1 or w.quoted[before[-1]] != w.quoted[first]:
        return False
    keys = [w.keys[i] for i in before if not is_adverb(w.keys[i])]
    while keys and keys[0] in JOINING:
        keys = keys[1:]
    linked = keys[-1:] in (["that"], ["how"])
    keys = keys[:-1] if linked else keys
    if not keys or keys in (["no"], ["yes"]) or _concedes(keys):  # "No, | we are not"
        return not keys or w.clauses[before[-1]] != w.clauses[first]
    if not HEDGED.isdisjoint(keys):
        return False
    if keys[-1] == "but":
        return True
    if any(map(is_negation, keys)) or any(is_of(w, i, "doubtful") for i in before):
        return keys[0] == "there" and keys[1] in BEING and keys[2] == "no" and keys[3:4] != [] and keys[3] in SURE
    return _assures(w, before, keys, linked=linked)


def _concedes(keys: Sequence[str]) -> bool:
    """Whether a clause that begins so is one in spite of which the next one holds: "although", "if I may"."""
    if keys[:1] == ["as"] and keys[2:3] == ["as"]:
        return False  # "as long as"
    if keys[0] == "whether":
        return list(keys[-2:]) == ["or", "not"]
    return keys[0] in CONCEDING or list(keys[:2]) == ["no", "matter"] or _is_polite(keys)


def _assures(w: Words, before: Sequence[int], keys: Sequence[str], *, linked: bool) -> bool:
    """Whether words say that what follows is so: "I think", "I am glad that", "it is clear", "figures show"."""
    if any(is_of(w, i, "saying") and w.keys[i] not in PRESUMING for i in before):
        return False  # "I was told that"
    if linked and keys[-1] in PROVING:
        return True
    if keys[0] in FIRST_PERSON:
        return _is_sure(keys[1:], linked=linked)
    return keys[0] == "it" and len(keys) > 2 and keys[1] in BEING and keys[2] in EVIDENT


def _is_sure(keys: Sequence[str], *, linked: bool) -> bool:
    """Whether words behind "I" take what follows for true: "think", "am glad that", "have always believed"."""
    rest = [key for key in keys if key not in HAVING]
    if not rest:
        return False
    if rest[0] in BEING | {"am"}:
        return linked
    return len(rest) < 4 and rest[0] in PRESUMING


def _goes_on(w: Words, behind: Sequence[int], last: int) -> bool:
    """Whether words behind others, in one sentence, only go on: "…, and so are the nurses", "…, which is a pity"."""
    if not behind:
        return True
    apart = behind[0] == last + 1 and w.clauses[behind[0]] != w.clauses[last]
    return apart and w.keys[behind[0]] in ADDING and w.keys[behind[0] + 1 : behind[0] + 2] not in (["only"], ["if"])
