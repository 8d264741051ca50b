"""The words right behind a quotation that say whose it is: “Is that it?” Ann Lee asked. “It is!” said the umpire.

Such a clause, a name or noun and a verb of speech or the other way round up to a stop, is surer than any network: the
quotation before it is theirs.
"""

from __future__ import annotations

import attrs

from quotebank.attribution.broken_quotations import is_broken
from quotebank.attribution.cue_words import is_cue
from quotebank.attribution.decoding import Quoted, Tagged, quoted_ranges
from quotebank.attribution.speech_verbs import reports_speech
from quotebank.attribution.subjects import INSIDE, PRONOUNS
from quotebank.text import Tokens, words

SHORTEST = 4  # tokens of a quotation, marks included
LONGEST_NAME = 10  # tokens
LONGEST_REST = 4  # tokens between the verb and the stop: "quietly", "on Monday"
LONGEST_TALE = 25  # the same where nobody is known to say it: "recalled in a letter to the paper"
SURE = 0.8
HOW = (["that", "was", "how"], ["that", "is", "how"], ["this", "is", "how"], ["this", "was", "how"])
PHRASAL = frozenset({("cut", "in"), ("broke", "in"), ("chimed", "in"), ("put", "in"), ("shot", "back")})
PHRASAL |= {("fired", "back"), ("hit", "back"), ("piped", "up"), ("went", "on"), ("burst", "out")}
CRIES = frozenset({"cry", "shout", "voice", "yell", "chant", "heckle", "jeer", "roar"})
TALKING = frozenset({"speaking", "writing", "talking"})
ADDRESSED = frozenset({"to", "in", "on", "at", "from", "during", "after", "before"})  # behind a verb of saying
ENDS = frozenset({".", "!", "?", "…"})
ARTICLES = frozenset({"the", "a", "an", "another", "one", "his", "her", "their", "my", "our", "its", "some", "two"})


def with_reporting_clauses(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, each quotation before a plain reporting clause given to whom that names."""
    out = list(tagged)
    quotations = quoted_ranges(tokens, SHORTEST)
    for n, quotation in enumerate(quotations):
        inside = range(quotation.first, quotation.end)
        holders = [k for k, c in enumerate(out) if not c.nested and not set(c.content).isdisjoint(inside)]
        nobodys = len(holders) == 1 and not out[holders[0]].source and not out[holders[0]].cue
        comma = quotation.end < len(tokens) and tokens.word(quotation.end) == ","
        told = _clause_behind(tokens, quotation.end + comma, LONGEST_TALE if nobodys else LONGEST_REST)
        other = None if told is not None or holders else _other_half(tokens, quotation, quotations[n + 1 : n + 2])
        if other is not None:
            told = _clause_behind(tokens, quotation.end, LONGEST_TALE, broken=True)
        if not holders and (cleft := _cleft(tokens, quotation.end)) is not None:
            out.append(Tagged(*cleft, tuple(inside), SURE))
            continue
        if told is None and not holders:
            told = _inverted(tokens, quotation.end)
        if holders and _is_introduced(tokens, quotation, out[holders[0]]):
            continue  # "The union said: “We have had no rise.” The employers called it late."
        if told is None or not (comma or _may_end_before(tokens, quotation)):
            continue
        source, cue = told
        if not holders:
            half = () if other is None else range(other.first, other.end)
            out.append(Tagged(source, cue, (*inside, *half), SURE))
        elif len(holders) == 1 and set(out[holders[0]].content) <= set(inside):
            claim = out[holders[0]]
            if set(claim.source).isdisjoint(source):
                out[holders[0]] = attrs.evolve(claim, source=source, cue=cue)
    return sorted((_with_participle(tokens, claim) for claim in out), key=lambda claim: claim.content)


def _with_participle(tokens: Tokens, claim: Tagged) -> Tagged:
    """A claim with the participle that leads to its colon: "Ann Lee, | speaking | to our reporter at the port: “…”"."""
    first = claim.content[0]
    if (
        claim.cue
        or not claim.source
        or not 1 < first - claim.source[-1] <= LONGEST_TALE
        or tokens.word(first - 1) != ":"
    ):
        return claim
    between = range(claim.source[-1] + 1, first - 1)
    if any(tokens.word(i) in CRIES and tokens.word(i - 1) in ARTICLES for i in between):
        return attrs.evolve(claim, source=())  # "Ann Lee had just sat down when a cry went up:"
    verb = next((i for i in between if tokens.word(i) in TALKING), None)
    return claim if verb is None else attrs.evolve(claim, cue=(verb,))


def _is_introduced(tokens: Tokens, quotation: Quoted, claim: Tagged) -> bool:
    """Whether a claim has a cue that a colon or a comma parts from its quotation: "The union told the mayor:"."""
    mark = quotation.first - 1
    if not claim.source or not claim.cue or mark < 1:
        return False
    told = claim.cue[-1] == mark - 1 or tokens.sentence_of(mark)[0] <= claim.cue[0] <= claim.cue[-1] < mark
    return (tokens.word(mark) == ":" and told) or (tokens.word(mark) == "," and claim.cue[-1] == mark - 1)


def _may_end_before(tokens: Tokens, quotation: Quoted) -> bool:
    """Whether a quotation ends as one before a reporting clause does: with a comma or a stop inside its marks."""
    return any(tokens.word(i)[0] in ",!?.…—–" for i in range(max(quotation.first, quotation.end - 2), quotation.end))


def _other_half(tokens: Tokens, first: Quoted, behind: list[Quoted]) -> Quoted | None:
    """The quotation that goes on behind the reporting words of one sentence: “Go,” Lee said, waving, “and run.”"""
    if not behind or not is_broken(tokens, first, behind[0]):
        return None
    return behind[0] if tokens.word(first.end - 2) == tokens.word(behind[0].first - 1) == "," else None


def _clause_behind(
    tokens: Tokens, at: int, rest: int, *, broken: bool = False
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The source and the cue of a clause "Ann Lee asked." that begins at a token; None where none does.

    `rest`: how many tokens may follow its verb. `broken`: a comma right behind the verb, as the quotation goes on. Also
    of the sentence "That was how Ann Lee described it.", which may begin a paragraph.
    """
    how = [tokens.word(i).lower() for i in range(at, min(at + 3, len(tokens)))] in HOW
    if at in tokens.paragraphs and not how:
        return None
    at, rest, reports = (at + 3, LONGEST_TALE, _is_told) if how else (at, rest, reports_speech)
    if at >= len(tokens):
        return None
    end = tokens.sentence_of(at)[1]
    near = range(at + 1, min(end, at + LONGEST_NAME))
    verb = next((i for i in near if reports(tokens.word(i)) or _is_phrasal(tokens, i)), None)
    if verb is None or not names_somebody(tokens, at, verb):
        return None
    if verb + 1 < end and tokens.word(verb + 1).lower() in ADDRESSED:
        rest = LONGEST_TALE
    if not (broken and tokens.word(verb + 1) == ",") and not _stops(tokens, verb + 1, min(end, verb + 2 + rest)):
        return None
    last = verb - 1 if tokens.word(verb - 1) == "," else verb
    return tuple(range(at, last)), (verb, verb + 1) if _is_phrasal(tokens, verb) else (verb,)


def _inverted(tokens: Tokens, at: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The source and the cue of "snapped the mechanic, Ann Lee, who had a van to load." that begins at a token."""
    if at in tokens.paragraphs or at + 1 >= len(tokens) or not reports_speech(tokens.word(at)):
        return None
    limit = min(tokens.sentence_of(at)[1], at + 1 + LONGEST_NAME)
    end = next(
        (i for i in range(at + 1, limit) if not (tokens.word(i)[0].isalnum() or tokens.word(i) in INSIDE)), limit
    )
    named = names_somebody(tokens, at + 1, end)
    if end + 1 < limit and tokens.word(end) == "," and tokens.word(end + 1)[0].isupper():  # ", Ann Lee"
        end = next((i for i in range(end + 1, limit) if not tokens.word(i)[0].isalnum()), limit)
    return (tuple(range(at + 1, end)), (at,)) if named else None


def _cleft(tokens: Tokens, at: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The source and the cue of "is what Ann Lee said" that begins at a token."""
    if at + 2 >= len(tokens) or tokens.word(at) not in ("is", "was") or tokens.word(at + 1) not in ("what", "how"):
        return None
    end = min(tokens.sentence_of(at)[1], at + 2 + LONGEST_NAME)
    verb = next((i for i in range(at + 3, end) if is_cue(tokens.word(i))), None)
    if verb is None or not names_somebody(tokens, at + 2, verb):
        return None
    behind = tokens.word(verb + 1).lower() if verb + 1 < end else "."  # not "recalls Ann Lee calling it"
    ends = not behind[0].isalnum() or behind in words("text/closed_class") or behind.endswith("ly")
    return (tuple(range(at + 2, verb)), (verb,)) if ends else None


def _is_phrasal(tokens: Tokens, i: int) -> bool:
    """Whether two words together report: "Bo Orr | cut in"."""
    return i + 1 < len(tokens) and (tokens.word(i), tokens.word(i + 1)) in PHRASAL


def _is_told(word: str) -> bool:
    """Whether a word can say what somebody did with the words before it: "That was how Ann Lee | opened the day"."""
    return is_cue(word) or (word.islower() and word.endswith("ed"))


def names_somebody(tokens: Tokens, first: int, end: int) -> bool:
    """Whether the words between a quotation and a verb are a pronoun, a name, or a noun with its article."""
    word = tokens.word
    low = word(first).lower()
    if low in PRONOUNS:
        return end == first + 1
    plain = [word(i).lower() for i in range(first, end)]
    if any(w in words("attribution/auxiliary_forms") or w in ("and", "but", "who", "that", "which") for w in plain):
        return False
    if low in ARTICLES:
        return end - first > 1 and plain.count(",") in (0, 2)
    named = word(first)[0].isupper() or (end - first > 1 and word(end - 1)[0].isupper())
    return named and low not in words("text/closed_class") and plain.count(",") in (0, 2)


def _stops(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a stop comes soon behind the verb, and neither a colon nor a quotation that the verb might report."""
    for i in range(at, end):
        word = tokens.word(i)
        if word in ENDS:
            return True
        if word == "," and tokens.word(i + 1).lower() == "according" and tokens.word(at) in ADDRESSED:
            return True  # "Lee wrote to the clerk in May, according to records"
        if not (word[0].isalnum() or word in INSIDE):
            return False
    return False
