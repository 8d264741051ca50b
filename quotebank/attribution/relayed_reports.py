"""Reports that somebody else passes on: of "“We shut in May,” Ann Lee said, according to the Herald" both are told."""

from __future__ import annotations

import attrs

from quotebank.attribution.acts import lemma
from quotebank.attribution.decoding import Tagged, quoted_ranges
from quotebank.attribution.relative_clauses import INSIDE_NAMES
from quotebank.attribution.reporting_clauses import names_somebody
from quotebank.attribution.speech_verbs import reports_speech
from quotebank.attribution.subjects import subject_before
from quotebank.text import Tokens, words

RELAYING = frozenset({"according", "per"})
QUOTED = frozenset({"quoted", "cited", "reported", "heard", "overheard", "recorded", "filmed"})
LONGEST_NAME = 10  # tokens
LONGEST_DESCRIBED = 25  # the same with what is put in behind it
SENT = frozenset(
    {
        "text",
        "message",
        "letter",
        "note",
        "memo",
        "email",
        "e-mail",
        "tweet",
        "post",
        "postcard",
        "telegram",
        "voicemail",
    }
)
FROM = frozenset({"from", "by", "that"})
UNNAMED = frozenset({"named", "identified", "anonymity", "anonymous"})
DETERMINING = frozenset({"the", "a", "an", "his", "her", "their", "its", "one", "another"})
BEHIND_WRITER = frozenset({"to", "in", "on", "at", "which", "that", "who", "had", "has", "sent", "wrote", "posted"})
HEARD = frozenset({"tell", "ask", "inform", "remind", "warn"})  # behind these verbs stands who hears it
LONGEST_REST = 6  # tokens behind the verb: "told | a friend on Monday"
MOST_STRAY = 4  # tokens behind who tells it that are none of what is told
GOING_ON = frozenset({"which", "who", "where", "when", "and", "or", "as", "but"})
SHORTEST = 3  # tokens of what was said


def relayed(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims inside those of who passes them on, of which none of `claims` has the verb."""
    known = {i for claim in claims for i in claim.cue}
    quoted = {i for q in quoted_ranges(tokens, SHORTEST) for i in range(q.first, q.end)}
    found = (_inside(tokens, claim, quoted) for claim in claims if _relays(tokens, claim))
    return [claim for claim in found if claim is not None and known.isdisjoint(claim.cue)]


def with_relayer(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim "according to" somebody with those words behind it for a source, whatever else was taken for one."""
    low = [tokens.word(i).lower() for i in claim.cue[-2:]]
    if low != ["according", "to"] or (claim.source and claim.source[0] > claim.cue[-1]):
        return claim
    begin = claim.cue[-1] + 1
    limit = min(tokens.sentence_of(claim.cue[-1])[1], begin + LONGEST_NAME)
    near = ((i, tokens.word(i)) for i in range(begin, limit))
    end = next((i for i, word in near if not (word[0].isalnum() or word in INSIDE_NAMES)), limit)
    end -= begin < end and not tokens.word(end - 1)[0].isalnum()  # the sentence's stop
    if begin == end:
        return claim
    inside = [i for i in claim.source if claim.content[0] < i < claim.cue[0]]  # words of what is passed on
    content = tuple(sorted({*claim.content, *inside}))
    return attrs.evolve(claim, source=tuple(range(begin, end)), content=content)


def with_apposition(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim "according to" somebody with what they are in its source: "to Ann Lee, | the mayor, | it rains"."""
    word, source = tokens.word, claim.source
    if [word(i).lower() for i in claim.cue[-2:]] != ["according", "to"] or not source or source[0] < claim.cue[-1]:
        return claim
    first, content = claim.content[0], claim.content
    if first < claim.cue[0]:  # "It rained, according to Ann Lee, Acme's | director": nothing told stands behind
        end = tokens.sentence_of(claim.cue[-1])[1]
        rest = [i for i in content if claim.cue[-1] < i < end]
        stray = 0 < len(rest) <= MOST_STRAY
        return attrs.evolve(claim, content=tuple(i for i in content if i not in rest)) if stray else claim
    named = next((word(i) for i in reversed(source) if word(i)[0].isalnum()), "")
    if not named[:1].isupper() or first - source[-1] > 2 or "," not in (word(first - 1), word(source[-1])):
        return claim
    comma = next((i for i in range(first + 1, min(first + LONGEST_NAME, content[-1])) if word(i) == ","), None)
    if comma is None or len(content) - content.index(comma) <= SHORTEST:
        return claim
    owned = any(word(i) in ("'s", "’s") for i in range(first, min(first + 3, comma)))
    low = [word(i).lower() for i in range(first, comma)]
    somebody = not words("text/person_nouns").isdisjoint(low) and words("attribution/forms_of_be").isdisjoint(low)
    described = somebody and (owned or low[0] == "the") and not any(one.endswith("ed") for one in low)
    if not described or word(comma + 1).lower() in GOING_ON or word(comma + 1).isdigit():
        return claim
    told = tuple(range(source[0], comma))
    return attrs.evolve(claim, source=told, content=tuple(i for i in content if i > comma))


def without_relay(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim without who passes it on in its source: "said Ann Lee, | per the Herald"."""
    source = [tokens.word(i) for i in claim.source]  # as written: Per Aas is a man
    at = next((k for k, word in enumerate(source) if k > 1 and source[k - 1] == "," and word in RELAYING), None)
    return claim if at is None else attrs.evolve(claim, source=claim.source[: at - 1])


def with_quoted(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with who "was quoted by the Herald as saying" it for a source, not the paper that quotes them."""
    at = claim.source[0] - 2 if claim.source and claim.cue else -1
    if at < 1 or claim.cue[0] < claim.source[0] or tokens.word(claim.cue[-1] - 1).lower() != "as":
        return claim
    if tokens.word(at + 1).lower() != "by" or tokens.word(at).lower() not in QUOTED:
        return claim
    begin = at
    auxiliary = words("attribution/forms_of_be") | words("attribution/auxiliary_forms")
    while begin > 0 and tokens.word(begin - 1).lower() in auxiliary:
        begin -= 1
    subject = subject_before(tokens, begin) if begin < at else ()
    return attrs.evolve(claim, source=subject) if subject else claim


def with_writer(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with who wrote it for a source, not who shows it: "Lee read out a text from Bo Orr to her: “…”"."""
    colon = claim.content[0] - 1
    if not claim.source or claim.source[-1] > colon or colon < 1 or tokens.word(colon) != ":":
        return claim
    near = range(colon - 1, max(claim.source[-1] + 1, colon - LONGEST_DESCRIBED), -1)
    sent = next((i for i in near if tokens.word(i).lower() in FROM and tokens.word(i - 1).lower() in SENT), None)
    if sent is None:
        return claim
    goes_on = (i for i in range(sent + 2, colon) if tokens.word(i) == "," and tokens.word(i + 1).islower())
    end = next((i for i in range(sent + 2, colon) if tokens.word(i).lower() in BEHIND_WRITER), next(goes_on, colon))
    who = tuple(range(sent + 1, end))
    named = any(tokens.word(i)[0].isupper() and tokens.word(i).lower() not in words("text/calendar_words") for i in who)
    if not named and tokens.word(who[0]) not in DETERMINING:
        return claim
    return attrs.evolve(claim, source=who, cue=(sent - 1,))


def with_unnamed(tokens: Tokens, claim: Tagged) -> Tagged | None:
    """The claim with who asked not to be named for a source, not the reason: "The officials, who …, said".

    None for a claim of what stands there: "| The officials, who asked not to be named | said | Prime Minister Orr".
    """
    verb = claim.cue[0] if claim.cue else 0
    if not claim.source or tokens.word(verb - 1) != ",":
        return claim
    first = tokens.sentence_of(verb)[0]
    apart = [i for i in range(first + 1, verb - 2) if tokens.word(i) == "," and tokens.word(i + 1).lower() == "who"]
    who = apart[-1] if apart else verb
    clause = {tokens.word(i).lower() for i in range(who, verb)}
    subject = tuple(range(first, who))
    if clause.isdisjoint(UNNAMED) or claim.source[0] in subject or len(subject) > LONGEST_NAME:
        return claim
    return attrs.evolve(claim, source=subject) if claim.content[0] > verb else None


def _relays(tokens: Tokens, claim: Tagged) -> bool:
    return bool(claim.cue and claim.source) and tokens.word(claim.cue[0]).lower() in RELAYING


def _inside(tokens: Tokens, claim: Tagged, quoted: set[int]) -> Tagged | None:
    """What a claim's content reports by the clause that it ends in before the cue: "…, Ann Lee told a friend"."""
    before = [i for i in claim.content if i < claim.cue[0]]
    if not before or claim.cue[0] - before[-1] > 2:
        return None
    first = max(before[0], before[-1] - LONGEST_DESCRIBED - LONGEST_REST)
    for begin in range(before[-1] - 1, first, -1):
        closed = begin - 1 in quoted and begin not in quoted
        if begin in quoted or not (closed or tokens.word(begin - 1) == ","):
            continue
        told = _clause(tokens, begin, before[-1] + 1, closed=closed)
        if told is None:
            continue
        content = tuple(i for i in claim.content if i < begin or i > before[-1])
        while content and not closed and content[-1] == begin - 1:
            content = content[:-1]
        if len(content) < SHORTEST:
            return None
        return attrs.evolve(claim, source=told[0], cue=(told[1],), content=content, nested=True)
    return None


def _clause(tokens: Tokens, begin: int, end: int, *, closed: bool) -> tuple[tuple[int, ...], int] | None:
    """The source and the verb of a reporting clause, tokens `begin` to `end`: "said Ann Lee", "he told me".

    `closed`: a quotation ends right before it. Then what is put in behind a name is its own: "Ann Lee, who sat there,".
    """
    if reports_speech(tokens.word(begin)):
        alone = end - begin <= LONGEST_NAME and lemma(tokens.word(begin).lower()) not in HEARD
        named = alone and names_somebody(tokens, begin + 1, end)
        return (tuple(range(begin + 1, end)), begin) if named else None
    limit = min(end, begin + (LONGEST_DESCRIBED if closed else LONGEST_NAME))
    verb = next((i for i in range(limit - 1, begin, -1) if reports_speech(tokens.word(i))), None)
    if verb is None or end - 1 - verb > LONGEST_REST:
        return None
    name = next((i for i in range(begin + 1, verb) if tokens.word(i) == ","), verb) if closed else verb
    if not names_somebody(tokens, begin, name):
        return None
    return tuple(range(begin, verb - (tokens.word(verb - 1) == ","))), verb
