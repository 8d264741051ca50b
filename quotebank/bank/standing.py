"""How words stand in their article with regard to who is asked for: what the rules tell, weighed.

`standing_rules` reads how the words are embedded; where its rules leave it open, weights learned from passages of many
kinds have a say (`learned_standing`), and so has how sure it is whom "she" or "the firm" means.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotebank.bank.cuts import keeps_sense
from quotebank.bank.embedding import Frame
from quotebank.bank.learned_standing import ANOTHER, DOUBTFUL, NEVER, OPEN, SURE, SURER, chances, revised
from quotebank.bank.named_speakers import is_named_apart, speaks_for, without_article
from quotebank.bank.quoted_questions import ends_as_question
from quotebank.bank.result_records import Standing
from quotebank.bank.standing_features import (
    PRONOUNS,
    Whom,
    are_several,
    features,
    is_by_name,
    is_definite,
    is_described,
    is_description,
)
from quotebank.bank.standing_rules import CERTAIN_OF_PRONOUN, by_rules, is_owned_up_to
from quotebank.comparing import same_speaker
from quotebank.records import Claim, Speaker
from quotebank.spans import Span

ASKED = 0.2  # chance from which on a question that is asked for is their question
EARLIER = 400  # code points before words in which the name of who is asked for is looked for
# confidence in who speaks, from which on a plain report of what they said is taken at its word
CERTAIN = 0.85
CERTAIN_OF_BODY = 0.75  # the same of "the paper", of which fewer are about than persons


@attrs.frozen
class Place:
    """How words stand in their article with regard to who is asked for.

    `same`: whether these are their words; `named`: whether the article names them near the words.
    """

    standing: Standing
    same: bool | None
    named: bool


def standing(
    text: str,
    claim: Claim,
    spans: Sequence[Span],
    outer: Claim | None = None,
    inner: Claim | None = None,
    *,
    asked: str | None = None,
    same: bool | None = None,
    asks: bool = False,
) -> Place:
    """How the words at `spans` stand in the article `text`, in which `claim` has them.

    `outer` is the claim that itself tells this one, `inner` one told in this one that has the words too. `asked` is who
    is asked for, and `same` whether the claim's speaker is, as far as the name tells; without them, its speaker is.
    `asks`: whether the words are asked for with their question mark.
    """
    frame, rule = by_rules(text, claim, spans, outer, inner)
    if asks and rule.lost == "question":
        rule = attrs.evolve(rule, lost="")
    if not len(frame.words):
        return Place(rule, same, named=False)
    before = text[max(spans[0].start - EARLIER, 0) : frame.offset]
    whom = None if asked is None else Whom.of(asked, same, before)
    named = whom is not None and (whom.earlier or bool(whom.places(frame.words)))
    if whom is None or not (same or named):  # nothing tells of who is asked for: how the claim's speaker has them
        given = bool(claim.speaker or claim.source)  # "someone" stated it, whoever that is
        whom = Whom.of(claim.speaker.name if claim.speaker else "", True if given else None, before)
    if not _is_weighed(frame, claim):  # "Lee did not hesitate to say", of which no claim was made
        owned = claim.speaker is None and same is None and bool(asked and whom.places(frame.words))
        return Place(rule, True if owned else same, named)
    told = chances(features(frame, claim, (outer, inner), rule, whom))
    whole = _of_whole_quotation(frame) if rule.stance == "stated" else frame
    of_whole = told if whole is frame else chances(features(whole, claim, (outer, inner), rule, whom))
    if whole is not frame:
        told = told.as_part(of_whole, keeps_sense=keeps_sense(frame))
    speaker = claim.speaker
    is_so_called = speaker is not None and without_article(speaker.name) == without_article(asked or "-")
    if whom.same and speaker is not None and asked is not None:
        told = told.of_the_same(1.0 if is_so_called and is_described(speaker) else speaker.confidence)
    may_be = bool(whom.same) or (not are_several(speaker) and (whom.same is None or is_described(speaker)))
    owns = rule.owner != "" and same_speaker(Speaker(name=rule.owner), Speaker(name=asked or "-")) == "same"
    holds = bool(whom.same) or speaker is None or owns
    least = SURE if whom.same else SURER
    has_cue = bool(frame.own) or _is_headed(text, claim)
    plainly = rule.stance == "stated" and has_cue  # a sentence that says no more than that they were said
    namesake = (
        same
        and is_by_name(speaker)
        and is_named_apart(text, speaker, asked, {frame.words.keys[i] for i in frame.source})
    )
    least = NEVER if namesake else least
    if whom.same and plainly and not namesake and (asks or not ends_as_question(frame)):
        certain = (is_so_called and not is_by_name(speaker)) or _is_sure_of_speaker(frame, claim)
        certain = certain or speaks_for(speaker, asked or "")
        least = (ASKED if asks and claim.force == "question" else DOUBTFUL) if certain else least
    elif not whom.same and asked is not None and is_by_name(speaker) and is_description(asked):
        least = NEVER
    found, whose = revised(rule, told, whom.same, least=least, may_be=may_be, holds=holds)
    if found.stance in ("unclear", "not reported") and whom.same and not asks and whole is not frame:
        found = attrs.evolve(found, stance="unclear", lost="sense") if of_whole.said >= SURE else found
    if found.stance == "not reported" and whom.same is False and _is_plainly_of_another(claim, rule):
        theirs = Whom.of(speaker.name if speaker else "", True, before)
        given = chances(features(frame, claim, (outer, inner), rule, theirs)).said >= ANOTHER
        found = attrs.evolve(rule, stance="stated") if given else found
    if found.stance == "stated" and whose is False and whom.earlier and is_definite(speaker):
        found = attrs.evolve(found, stance="unclear")  # "the airline", which may be the one the article named before
    if not whose and found.stance == "second hand" and not found.teller and claim.speaker is not None:
        teller = outer.speaker if outer is not None else None
        tells = same_speaker(teller, Speaker(name=asked or "-")) == "same"  # who is asked for says that another said it
        told_by = (claim.speaker.name, asked or "") if tells else (asked or "", claim.speaker.name)
        found = attrs.evolve(found, owner=told_by[0], teller=told_by[1])
    return Place(found, whose if named else same, named)


def _is_headed(text: str, claim: Claim) -> bool:
    """Whether a headline's colon gives a quotation to who is named behind it: "‘I will stay’: pensioner fights on"."""
    behind = claim.kind == "direct" and claim.source and claim.source[0].start > claim.content[-1].end
    return bool(behind) and text[claim.content[-1].end : claim.source[0].start].strip() == ":"


def _is_sure_of_speaker(frame: Frame, claim: Claim) -> bool:
    """Whether it is sure enough whom a source means: of "she" or "the firm", as no name is near, soonest.

    Of "the paper", where it is a body that is named, sooner than of "the plumber", who may be anyone.
    """
    speaker = claim.speaker
    if speaker is None:
        return False
    source = {frame.words.keys[i] for i in frame.source}
    if source <= PRONOUNS or is_described(speaker):
        return speaker.confidence >= CERTAIN_OF_PRONOUN
    return speaker.confidence >= (CERTAIN_OF_BODY if speaker.type == "organization" else CERTAIN)


def _is_plainly_of_another(claim: Claim, rule: Standing) -> bool:
    """Whether words are quoted of a person by name, and nothing is known against it: then nobody else's."""
    return is_by_name(claim.speaker) and claim.kind == "direct" and rule.stance in OPEN


def _is_weighed(frame: Frame, claim: Claim) -> bool:
    """Whether the weights have a say: not of what is given to somebody by its place alone, which the rules know."""
    given = bool(frame.own or frame.source) or claim.speaker is None
    return given and not is_owned_up_to(frame)


def _of_whole_quotation(frame: Frame) -> Frame:
    """The frame of all that a claim has of the quotation of which some words are asked for."""
    w, first, last = frame.words, frame.first, frame.last
    while first and w.quoted[first] and w.quoted[first - 1] and first - 1 in frame.content:
        first -= 1
    while last + 1 < len(w) and w.quoted[last] and w.quoted[last + 1] and last + 1 in frame.content:
        last += 1
    return frame if first == frame.first and last == frame.last else attrs.evolve(frame, first=first, last=last)
