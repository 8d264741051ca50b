"""Refusals to speak that the network overlooked: "declined to comment on …", "did not return calls about …".

A refusal is a claim where it says to what: "declined to" with a verb of speaking, or no answer to questions about
something. That somebody "did not respond to a request for comment" tells nothing that could be looked for.
"""

from __future__ import annotations

import attrs

from quotebank.attribution.acts import lemma
from quotebank.attribution.decoding import Tagged
from quotebank.attribution.subjects import subject_before
from quotebank.text import Tokens, words

SURE = 0.6
REFUSING = frozenset({"declined", "declines", "refused", "refuses"})
NOT = frozenset({"not", "n't", "n’t"})
ANSWERING = frozenset({"respond", "responded", "reply", "replied", "return", "returned", "answer", "answered"})
ASKED = frozenset(
    {"request", "requests", "question", "questions", "call", "calls", "message", "messages", "email", "emails"}
    | {"inquiry", "inquiries", "enquiry", "enquiries", "letter", "letters", "text", "texts", "e-mail", "e-mails"}
)
TOPIC = frozenset({"about", "on", "over", "regarding", "concerning", "whether", "asking", "why", "how"})
QUESTIONS = frozenset({"whether", "if", "how", "why", "when", "who", "whose", "what", "where", "which"})
QUESTION = 3  # tokens of "to say whether"
LONGEST = 40  # tokens of what is refused
LOOK = 8  # tokens in which the questions and their topic are named


def with_refusals(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, refusals to speak that none of them covers among them."""
    taken = {i for claim in tagged for part in (claim.cue, claim.content) for i in part}
    found = []
    for i in range(1, len(tokens) - 2):
        low = tokens.word(i).lower()
        if low not in REFUSING and low not in NOT:
            continue
        claim = _declined(tokens, i) if low in REFUSING else _unanswered(tokens, i)
        if claim is not None and taken.isdisjoint((*claim.cue, claim.content[0])):
            found.append(claim)
    whole = [_of_question(tokens, claim) for claim in (*tagged, *found)]
    return sorted(whole, key=lambda claim: claim.content)


def _of_question(tokens: Tokens, claim: Tagged) -> Tagged:
    """A refusal whose content is the question that it leaves open: "declined to say | whether …"."""
    cue, content, word = claim.cue, claim.content, tokens.word
    parted = len(cue) > 1 and word(cue[-1]).lower() == "to" and content[:1] == (cue[-1] + 1,)
    if parted and word(cue[-2]).lower() in REFUSING:
        cue, content = cue[:-1], (cue[-1], *content)
    whole = len(content) > QUESTION and cue and word(cue[-1]).lower() in REFUSING
    if not whole or content[:QUESTION] != tuple(range(cue[-1] + 1, cue[-1] + 1 + QUESTION)):
        return claim
    to, verb, question = (word(i).lower() for i in content[:QUESTION])
    if to != "to" or question not in QUESTIONS or lemma(verb) not in words("attribution/withheld_verbs"):
        return claim
    return attrs.evolve(claim, cue=(*cue, *content[:2]), content=content[2:])


def _declined(tokens: Tokens, at: int) -> Tagged | None:
    """The claim of "declined to comment on …": a verb of speaking behind "to"."""
    verb = at + 2 + (tokens.word(at + 2).endswith("ly"))
    if tokens.word(at + 1).lower() != "to" or verb >= len(tokens):
        return None
    if lemma(tokens.word(verb).lower()) not in words("attribution/withheld_verbs"):
        return None
    return _refusal(tokens, at, (at,), at + 1)


def _unanswered(tokens: Tokens, at: int) -> Tagged | None:
    """The claim of "did not respond to questions about …": the questions and their topic are named."""
    verb = next((i for i in range(at + 1, min(len(tokens) - 1, at + 3)) if tokens.word(i).lower() in ANSWERING), None)
    helper = tokens.word(at - 1).lower()
    if verb is None or helper not in ("did", "has", "have", "had", "does", "do"):
        return None
    first = verb + 1 + (tokens.word(verb + 1).lower() == "to")
    asked = [i for i in range(first, min(len(tokens), first + LOOK)) if tokens.word(i).lower() in ASKED]
    end = tokens.sentence_of(verb)[1]
    if not asked or not any(_tells_topic(tokens, i) for i in range(asked[0], min(end - 1, asked[0] + LOOK))):
        return None
    return _refusal(tokens, at - 1, tuple(range(at - 1, first)), first)


def _tells_topic(tokens: Tokens, i: int) -> bool:
    """Whether a token leads to what the questions are about, and not to a day: "on Friday"."""
    return tokens.word(i).lower() in TOPIC and tokens.word(i + 1).lower() not in words("text/calendar_words")


def _refusal(tokens: Tokens, verb: int, cue: tuple[int, ...], first: int) -> Tagged | None:
    """The claim with the subject before the verb and what follows `first` in its clause; None without a subject."""
    source = subject_before(tokens, verb)
    end = tokens.sentence_of(verb)[1]
    stop = next((i for i in range(first, end) if _ends_clause(tokens, i)), end)
    content = tuple(range(first, min(stop, first + LONGEST)))
    return Tagged(source, cue, content, SURE, act="speech", force="refusal") if source and content else None


def _ends_clause(tokens: Tokens, i: int) -> bool:
    word = tokens.word(i)
    if word in (".", "!", "?", ";", "…", "”", "—", "–"):
        return True
    behind = tokens.word(i + 1).lower() if i + 1 < len(tokens) else ""
    return word == "," and (
        behind in ("but", "and", "saying", "citing", "adding", "while", "though") or behind[:1] == "“"
    )
