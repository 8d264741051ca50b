"""Who owns a saying that somebody else answers: "A was rebuked by B for claiming that …", "which officials say is … and
that regulars fear is …".
"""

from __future__ import annotations

import attrs

from quotebank.attribution.acts import lemma
from quotebank.attribution.cue_words import is_cue
from quotebank.attribution.decoding import Tagged
from quotebank.attribution.subjects import RELATIVES, subject_before
from quotebank.text import Tokens, words

LONGEST_SOURCE = 4  # tokens of who thinks the second thing
LONGEST_OBJECT = 10  # tokens of who is praised or blamed
OBJECTS = frozenset({"him", "her", "them", "the", "a", "an", "his", "their", "its", "this", "that", "those", "some"})
NO_OBJECTS = frozenset({"apologised", "apologized", "resigned", "used", "waited", "called", "asked", "wanted"})
SURE = 0.6


def as_owned(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with who is rebuked or praised for a source, where it has who does that: "A was rebuked by B for
    saying", "B praised her for saying".
    """
    claim = _with_saying(tokens, claim)
    low = [tokens.word(i).lower() for i in claim.cue]
    if not claim.source or not claim.cue or claim.source[-1] > claim.cue[0]:
        return claim
    if "for" not in (*low, tokens.word(claim.cue[0] - 1).lower()) or not any(word.endswith("ing") for word in low):
        return claim
    praised = _object(tokens, claim)
    if praised:
        return attrs.evolve(claim, source=praised)
    by = claim.source[0] - 1
    if by < 2 or tokens.word(by).lower() != "by":
        return claim
    verb = next(
        (i for i in range(by - 1, max(by - 4, 0), -1) if tokens.word(i).lower() in words("attribution/forms_of_be")),
        None,
    )
    owner = () if verb is None else subject_before(tokens, verb)
    return attrs.evolve(claim, source=owner) if owner else claim


def _with_saying(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with what reports it in its cue: "apologised to Bo Orr | for saying | he “could not count”"."""
    content = claim.content
    low = [tokens.word(i).lower() for i in content[: LONGEST_OBJECT + 2]]
    at = low.index("for") if "for" in low else len(low)
    said = at + 1 < len(low) and low[at + 1].endswith("ing") and lemma(low[at + 1]) in words("attribution/saying_verbs")
    behind = bool(claim.cue) and 0 < content[0] - claim.cue[-1] < LONGEST_OBJECT and low[:1] in (["to"], ["for"])
    if not said or not behind or len(content) <= at + 2:
        return claim
    return attrs.evolve(claim, cue=(*claim.cue, *content[at : at + 2]), content=content[at + 2 :])


def _object(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The object between a source's verb and "for saying": "B praised | her | for saying"; none where it has none."""
    low = [tokens.word(i).lower() for i in range(claim.source[-1] + 1, claim.cue[0] + 1)]
    stop = low.index("for") if "for" in low else len(low)
    verb = next((k for k, word in enumerate(low[:stop]) if word.endswith("ed") and word not in NO_OBJECTS), None)
    if verb is None or not verb + 1 < stop <= verb + 1 + LONGEST_OBJECT or "by" in low[:stop]:
        return ()
    first = claim.source[-1] + 1 + verb + 1
    praised = range(first, claim.source[-1] + 1 + stop)
    named = any(tokens.word(i)[0].isupper() for i in praised)  # "fined pundit Ann Lee"
    return tuple(praised) if named or low[verb + 1] in OBJECTS else ()


def with_second_relative(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, those of a second relative clause apart: "… and that regulars fear is not"."""
    out: list[Tagged] = []
    for claim in tagged:
        split = _second_relative(tokens, claim)
        out.extend([claim] if split is None else split)
    return out


def _second_relative(tokens: Tokens, claim: Tagged) -> tuple[Tagged, Tagged] | None:
    """The claim up to "and that regulars fear is …", and that of the regulars; None for all other claims."""
    content = claim.content
    for at, i in enumerate(content[1:-3], 1):
        if tokens.word(i).lower() not in ("and", "but") or tokens.word(i + 1).lower() not in RELATIVES:
            continue
        end = tokens.sentence_of(i)[1]
        for verb in range(i + 3, min(end - 1, i + 3 + LONGEST_SOURCE)):
            auxiliary = tokens.word(verb + 1).lower() in words("attribution/auxiliary_forms")
            plain = tokens.word(verb).islower() and all(tokens.word(k)[0].isalnum() for k in range(i + 2, verb))
            if auxiliary and plain and is_cue(tokens.word(verb)) and set(content) >= set(range(i, verb + 2)):
                rest = (i + 1, *(k for k in content if k > verb))
                first = attrs.evolve(claim, content=content[:at])
                return first, Tagged(tuple(range(i + 2, verb)), (verb,), rest, SURE, nested=claim.nested)
    return None
