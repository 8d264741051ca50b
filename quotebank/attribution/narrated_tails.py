"""Where what was said ends and the article tells on: "said the lamp was dead | and climbed down", "said that it would
appeal, | but the league upheld the ban".

The clause that follows belongs to the article where its tense or its subject cannot be the said clause's: somebody who
says what would happen does not go on with what did; a lamp does not climb down.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile

import attrs

from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens, words

LONGEST_SUBJECT = 6  # tokens of the subject behind "but"
LONGEST_REACTION = 10  # tokens
REACTIONS = frozenset({"cheers", "applause", "laughter", "boos", "jeers", "gasps", "groans", "silence", "whistles"})
JOINING = frozenset({"and", "but", "then"})
MODALS = frozenset({"would", "will", "might", "can", "may"})  # what could and should be may have been
STATES = frozenset({"was", "were", "is", "are", "'s", "’s"})
PERSONAL = frozenset({"he", "she", "they", "we", "i"})
OF_ITSELF = PERSONAL | {"it"}
DETERMINED = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "this", "these", "those", "two", "some", "many"}
)
PARTICIPLES = ("ed", "en", "wn")
PREPOSITIONS = frozenset({"of", "in", "at", "on", "for", "from", "with", "by", "who", "that", "which"})
HAVING = frozenset({"had", "has", "been", "being"})


def as_far_as_said(tokens: Tokens, claim: Tagged, quoted: Collection[int]) -> Tagged:
    """The claim without a clause behind its content in which the article tells on.

    `quoted` are the tokens inside quotations: within one nobody but its speaker tells anything.
    """
    content = _without_parting(tokens, claim, quoted)
    claim = attrs.evolve(claim, content=content)
    if not claim.cue or not content or claim.cue[-1] > content[0] or content[0] in quoted:
        return claim
    for at, i in enumerate(content[3:], 3):
        low = tokens.word(i).lower()
        if i in quoted or (low not in JOINING and low != ","):
            continue
        said = content[:at]
        if _is_heard(tokens, i, content[-1]):
            return attrs.evolve(claim, content=said)
        if _parts(tokens, said, i, content[-1]) or _tells_on(tokens, said, i, content[-1]):
            end = at - (tokens.word(content[at - 1]) == ",")
            return attrs.evolve(claim, content=content[:end])
    return claim


def _without_parting(tokens: Tokens, claim: Tagged, quoted: Collection[int]) -> tuple[int, ...]:
    """The content without how the speaker goes, behind the reporting words: “…,” said the widow, | and sat down."""
    content = claim.content
    if not claim.cue or not claim.source or not content or content[0] > claim.cue[0]:
        return content
    told = max(claim.cue[-1], claim.source[-1])
    tail = [i for i in content if i > told and tokens.word(i)[0].isalnum()]
    if len(tail) < 2 or tail[0] in quoted or tokens.word(tail[0]).lower() not in JOINING:
        return content
    parting = tokens.word(tail[1]).lower() in words("attribution/parting_verbs")
    return tuple(i for i in content if i <= told) if parting else content


def _is_heard(tokens: Tokens, at: int, last: int) -> bool:
    """Whether how it was heard follows, up to the end: "…, to loud cheers from the gallery"."""
    if (
        tokens.word(at) != ","
        or last - at > LONGEST_REACTION
        or tokens.word(at + 1).lower() not in ("to", "amid", "over")
    ):
        return False
    return any(tokens.word(i).lower() in REACTIONS for i in range(at + 2, min(last, at + 5) + 1))


def _parts(tokens: Tokens, said: tuple[int, ...], at: int, last: int) -> bool:
    """Whether "and walked out" follows: how the speaker goes, where the said clause tells of a state or of a thing."""
    behind = at + 1
    while behind < last and (tokens.word(behind).lower() in ("then", "and") or tokens.word(behind).endswith("ly")):
        behind += 1
    if tokens.word(behind).lower() not in words("attribution/parting_verbs"):
        return False
    verb = _finite(tokens, said)
    if verb is None or HAVING & {tokens.word(i).lower() for i in said[said.index(verb) :]}:
        return False
    if tokens.word(verb).lower() in MODALS and any(tokens.word(i).lower() == "have" for i in said):
        return False
    subject = [tokens.word(i) for i in said[: said.index(verb)] if tokens.word(i).lower() != "that"]
    behind_verb = (tokens.word(i).lower() for i in range(verb + 1, min(verb + 4, at)))
    state = tokens.word(verb).lower() in STATES and not any(low.endswith(PARTICIPLES) for low in behind_verb)
    if len(subject) == 1 and subject[0].lower() in PERSONAL:
        return state or tokens.word(verb).lower() in MODALS
    return bool(subject) and state and not _is_person(subject)


def _is_person(subject: list[str]) -> bool:
    """Whether a subject's head may be somebody, who may have walked out himself: a name, "the head of the union"."""
    ends = (k for k, word in enumerate(subject) if k and (word == "," or word.lower() in PREPOSITIONS))
    plain = [word for word in subject[: next(ends, len(subject))] if word[0].isalnum()]
    if not plain or any(word[0].isupper() and word.lower() not in words("text/closed_class") for word in plain):
        return True
    return plain[-1].lower() in words("text/person_nouns") | PERSONAL


def _tells_on(tokens: Tokens, said: tuple[int, ...], at: int, last: int) -> bool:
    """Whether another subject and what it did follow, where the said clause tells what would be, or, before "but", how
    the speaker is: "said it would appeal, but the league upheld the ban".
    """
    comma = tokens.word(at) == ","
    joint = at + comma
    if joint >= last or tokens.word(joint).lower() not in ("and", "but"):
        return False
    verb = _finite(tokens, said)
    finite = None if verb is None else tokens.word(verb).lower()
    if verb is None or not _did_something(tokens, joint + 1, last, anybody=finite in MODALS):
        return False
    subject = [tokens.word(i).lower() for i in said[: said.index(verb)] if tokens.word(i).lower() != "that"]
    if finite in MODALS:
        return tokens.word(verb + 1).lower() != "have"
    return (
        finite in STATES
        and comma
        and tokens.word(joint).lower() == "but"
        and len(subject) == 1
        and (subject[0] in OF_ITSELF)
    )


def _finite(tokens: Tokens, said: tuple[int, ...]) -> int | None:
    """The first auxiliary or modal of what was said: of a clause with another verb nothing is known."""
    known = words("attribution/auxiliary_forms") | STATES
    return next((i for i in said if tokens.word(i).lower() in known), None)


def _did_something(tokens: Tokens, first: int, last: int, *, anybody: bool) -> bool:
    """Whether a clause with a noun or a name for its subject begins at a token and tells an event of the past.

    `anybody`: also one whose subject is a pronoun or has no determiner.
    """
    word = tokens.word
    low = word(first).lower()
    named = low in DETERMINED or (word(first)[0].isupper() and low not in words("text/closed_class"))
    several = low.endswith("s") and low not in words("text/closed_class")
    if not named and not (anybody and (low in OF_ITSELF or several)):
        return False
    for i in range(first + 1, min(last, first + LONGEST_SUBJECT) + 1):
        low = word(i).lower()
        if not low[0].isalnum() or low in words("attribution/auxiliary_forms") or low in ("that", "who", "which"):
            return False
        event = low in words("attribution/past_events") or (
            low.endswith("ed")
            and not low.endswith("eed")
            and len(low) > 3
            and low not in words("attribution/past_states")
        )
        if event and word(i).islower():
            clause = takewhile(lambda low: low != ",", (word(k).lower() for k in range(i + 1, last + 1)))
            return not any(behind in words("attribution/auxiliary_forms") for behind in clause)
    return False
