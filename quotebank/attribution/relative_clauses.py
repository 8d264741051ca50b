"""Relative clauses that report: of "the group sent a letter | that warned of floods" the letter is the source."""

from __future__ import annotations

import attrs

from quotebank.attribution.decoding import Tagged
from quotebank.attribution.subjects import INSIDE, RELATIVES, is_adverb
from quotebank.text import Tokens, words

DETERMINERS = frozenset({"a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
DETERMINERS |= {
    "some",
    "any",
    "every",
    "another",
    "several",
    "many",
    "few",
    "most",
    "one",
    "two",
    "three",
    "four",
    "five",
}
TIME_PREPOSITIONS = frozenset({"on", "in", "last", "this", "late", "early", "next"})
OF = frozenset({"of", "for", "at", "from", "with"})
LONGEST = 8  # tokens of the phrase that a relative pronoun goes back to
INSIDE_NAMES = INSIDE | {"–"}


def as_related(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with what its relative pronoun goes back to for a source: "two reports | that described".

    One that has the pronoun itself is left alone: whom it stands for is the speakers' matter. Of "the seep, | which Lee
    says | began in May" the pronoun and what follows the verb are what is said.
    """
    claim = _with_rest(tokens, claim)
    if not claim.cue or not claim.source or claim.source[0] > claim.cue[0]:
        return claim
    owned = _of_whose(tokens, claim.cue[0])
    held = bool(owned) and claim.source[0] < owned[0] and tokens.word(owned[0] - 1) == "as"
    whose = bool(owned) and "whose" in (tokens.word(i).lower() for i in claim.source)  # "Bo Orr, whose deputy, Ann Lee"
    if owned and (held or whose or set(owned).isdisjoint(claim.source)):
        return attrs.evolve(claim, source=owned)
    pronoun = _pronoun_before(tokens, claim.cue[0])
    if pronoun is None or tokens.sentence_of(claim.source[0])[0] != tokens.sentence_of(pronoun)[0]:
        return claim
    phrase = _phrase_before(tokens, pronoun)
    if _is_person_of(tokens, claim.source, phrase) and tokens.word(pronoun).lower() == "which":
        return attrs.evolve(claim, source=phrase)
    bare = len(phrase) == 1 and tokens.word(phrase[0]).islower()
    if not phrase or bare or not {phrase[0] - 1, *phrase, pronoun}.isdisjoint(claim.source):
        return claim
    return attrs.evolve(claim, source=phrase)


def _of_whose(tokens: Tokens, verb: int) -> tuple[int, ...]:
    """The name between commas right before a verb behind "whose": "the club, whose chairman, | Ann Lee, | had said".

    Also behind "as the": "Bo Orr listened as | the senator, Ann Lee, | told him".
    """
    commas = [i for i in range(verb - 1, max(verb - 1 - LONGEST, 0), -1) if tokens.word(i) == ","][:2]
    if len(commas) < 2 or commas[0] != verb - 1:
        return ()
    name = range(commas[1] + 1, commas[0])
    near = [tokens.word(i).lower() for i in range(max(commas[1] - 3, 0), commas[1])]
    named = len(name) > 1 and all(tokens.word(i)[0].isupper() for i in name)
    if named and near[-3:-1] == ["as", "the"]:
        return tuple(range(commas[1] - 2, commas[0]))
    return tuple(name) if named and "whose" in near else ()


def _is_person_of(tokens: Tokens, source: tuple[int, ...], phrase: tuple[int, ...]) -> bool:
    """Whether a source is somebody of what it ends with, who is no "which": "a spokesman | for the choir, which"."""
    at = len(source) - len(phrase)
    if not phrase or at < 2 or source[at:] != phrase:
        return False
    somebody, of = (tokens.word(i).lower() for i in source[at - 2 : at])
    return of in OF and somebody in words("text/person_nouns")


def _with_rest(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim whose content is a relative pronoun alone, with the clause behind its verb."""
    alone = len(claim.content) == 1 and tokens.word(claim.content[0]).lower() in RELATIVES
    if not alone or not claim.cue or not claim.source or not claim.content[0] < claim.source[0] < claim.cue[-1]:
        return claim
    first = claim.cue[-1] + 1
    stops = (i for i in range(first, tokens.sentence_of(claim.cue[-1])[1]) if not tokens.word(i)[0].isalnum())
    return attrs.evolve(claim, content=(*claim.content, *range(first, next(stops, first))))


def _pronoun_before(tokens: Tokens, verb: int) -> int | None:
    """The relative pronoun right before a verb; one or two auxiliaries and adverbs may stand between."""
    first = tokens.sentence_of(verb)[0]
    for i in range(verb - 1, max(first, verb - 4), -1):
        low = tokens.word(i).lower()
        if low in RELATIVES:
            return i
        if not (is_adverb(low) or low in ("also", "then", "later", "once", "has", "have", "had")):
            return None
    return None


def _phrase_before(tokens: Tokens, pronoun: int) -> tuple[int, ...]:
    """The noun phrase that ends before a relative pronoun, a comma and a date between them left aside."""
    word, first = tokens.word, tokens.sentence_of(pronoun)[0]
    end = pronoun
    while end > first and word(end - 1) in (",", "-", "–", "—", "--"):
        end -= 1
    dated = end
    while dated > first and word(dated - 1).lower() in words("text/calendar_words"):
        dated -= 1
    while first < dated < end and word(dated - 1).lower() in TIME_PREPOSITIONS:
        dated -= 1
    end = dated
    if end <= first or not word(end - 1)[0].isalpha() or word(end - 1).lower() in words("text/closed_class"):
        return ()
    begin = _name_begin(tokens, first, end) if word(end - 1)[0].isupper() else end - 1
    for i in range(begin - 1, max(first, end - LONGEST) - 1, -1):
        low = word(i).lower()
        if low in DETERMINERS:
            return tuple(range(i, end))
        begin = i if low.isdigit() else begin  # "90 drivers who"
        if not (low[0].isalnum() or low in INSIDE_NAMES) or low in words("text/closed_class"):
            break
    return tuple(range(begin, end))


def _name_begin(tokens: Tokens, first: int, end: int) -> int:
    """Where the capitals begin that end before token `end`; "of" may join them."""
    begin = end - 1
    while begin > first:
        before = tokens.word(begin - 1)
        if before[0].isupper() or before in INSIDE_NAMES:
            begin -= 1
        elif before == "of" and begin - 2 >= first and tokens.word(begin - 2)[0].isupper():
            begin -= 2
        else:
            break
    while begin < end - 1 and not tokens.word(begin)[0].isalnum():
        begin += 1
    return begin
