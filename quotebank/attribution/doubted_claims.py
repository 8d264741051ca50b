"""Questions, conditions, and claims that an article judges: "Did the mayor say …?", "a post saying … is false".

What is asked, supposed or judged stays a claim, of its own words alone: the auxiliary of a question or the "if" of a
condition is no part of who speaks, the verdict and the main clause no part of what was claimed, and whoever "was asked"
said nothing by it.
"""

from __future__ import annotations

from collections.abc import Collection

import attrs

from quotebank.attribution.acts import INTERROGATIVES
from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens, words

LONGEST_VERDICT = 8  # tokens
LONGEST_AGENT = 14
WHEN = frozenset({"on", "last", "in"})  # before a day or a month
BEFORE = 8  # tokens of a sentence among which the post or the claim is named
PLAIN = frozenset({"not", "n't", "a", "completely", "entirely", "partly", "mostly", "simply", "also", "therefore", ","})
SENT = frozenset({"note", "letter", "message", "memo", "email", "e-mail"})  # from whom they are is who speaks
NOUNS = frozenset({"claim", "claims", "allegation", "assertion", "suggestion", "statement", "contention", "boast"})
WHOEVER = frozenset({"whoever", "anyone", "anybody", "everyone", "everybody"})
OWNING = frozenset({"'s", "’s", "'", "’", "his", "her", "their", "its", "my", "our", "your"})
RELATIVES = frozenset({"who", "which", "that", "n't", "not", "to"})
LONGEST_SUBJECT = 5  # tokens
ASKED = frozenset({"asked", "pressed", "questioned", "quizzed", "challenged"})
LEAST_CLAUSE = 3  # tokens of the clause behind "claim", "that" among them, before the sentence's own verb
STAYING = frozenset({"remains", "remain", "remained", "seems", "seemed"})
OCCASIONS = frozenset(
    {"In", "At", "During", "Before", "After", "Speaking", "Talking", "Answering", "Responding", "Asked"}
)


def as_stated(tokens: Tokens, claim: Tagged, firsts: Collection[int], quoted: Collection[int]) -> Tagged:
    """The claim without what opens the clause in its source, and the verdict or the main clause behind its content.

    `firsts` are the first tokens of sentences, `quoted` those inside quotations.
    """
    source = _without_opening(tokens, _behind_agency(tokens, claim, firsts), firsts)
    if source and _was_asked(tokens, claim):
        source = agent_behind(tokens, claim)
    if not source and claim.cue and tokens.word(claim.cue[0] - 1)[0] == "@":
        source = (claim.cue[0] - 1,)  # "@oxbowwater tweeted"
    elif claim.cue and len(handle := tokens.word(claim.cue[-1] + 1)) > 1 and handle[0] == "@":
        source = (claim.cue[-1] + 1,)  # "wrote @oxbowwater on X"
    if source and tokens.word(source[0]) == "Dear" and [tokens.word(i) for i in claim.cue] == [":"]:
        return attrs.evolve(claim, source=(), cue=())  # "Dear Ann: …" is to her
    plain = _with_own_subject(tokens, attrs.evolve(claim, source=source))
    content = _without_verdict(tokens, plain)
    return attrs.evolve(plain, content=_without_main_clause(tokens, attrs.evolve(plain, content=content), quoted))


def _with_own_subject(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with the subject of what is put into it: "The van, | detectives believe, | was sold"."""
    verb = claim.cue[-1] if claim.cue else 0
    if claim.source or not claim.content[0] < verb < claim.content[-1] or tokens.word(verb + 1) != ",":
        return claim
    put_in = next((i for i in range(claim.cue[0] - 1, claim.content[0], -1) if tokens.word(i) == ","), None)
    if put_in is None or not 0 < claim.cue[0] - put_in - 1 <= LONGEST_SUBJECT:
        return claim
    subject = tuple(range(put_in + 1, claim.cue[0]))
    content = tuple(i for i in claim.content if not put_in <= i <= verb + 1)
    nobody = len(subject) == 1 and tokens.word(subject[0]).lower() == "it"
    return attrs.evolve(claim, source=() if nobody else subject, content=content)


def _without_opening(tokens: Tokens, source: tuple[int, ...], firsts: Collection[int]) -> tuple[int, ...]:
    """The source without the auxiliary of a question, or the conjunction of a clause, that it begins with."""
    source = source[_dateline(tokens, source, firsts) :]
    if len(source) < 2:
        return source
    low = tokens.word(source[0]).lower()
    if low in ("from", "by"):
        return source[1:]  # "a note | from Ann Lee"
    if len(source) > 3 and tokens.word(source[1]).lower() in SENT and tokens.word(source[2]).lower() == "from":
        return source[3:]
    opens = source[0] in firsts or tokens.word(source[0] - 1) == ","
    comma = next((k for k in range(len(source) - 1, 0, -1) if tokens.word(source[k]) == ","), 0)
    first = tokens.sentence_of(source[0])[0]
    if comma and tokens.word(source[0] - 1) == "," and tokens.word(first) in OCCASIONS:
        name = source[comma + 1 :]
        if len(name) > 1 and all(tokens.word(i)[0].isupper() for i in (*name, source[0])):
            return name  # "In an interview with the chairman, Tom Roe, | Ann Lee said"
    if (source[0] in firsts and low in words("attribution/auxiliaries")) or (opens and _subordinates(tokens, source)):
        return source[1:]
    return source


def _behind_agency(tokens: Tokens, claim: Tagged, firsts: Collection[int]) -> tuple[int, ...]:
    """The source; where it is the agency in a dateline, "OXBOW (Wire) Police said", who stands behind that."""
    word = tokens.word
    named = [i for i in claim.source if word(i)[0].isalnum()]
    if not named or not claim.cue or named[0] < 2 or word(named[0] - 1) != "(" or named[-1] + 2 >= claim.cue[0]:
        return claim.source
    place = named[0] - 2
    if not word(place).isupper() or word(named[-1] + 1) != ")":
        return claim.source
    while place not in firsts and word(place - 1).isupper():
        place -= 1
    return tuple(range(named[-1] + 2, claim.cue[0])) if place in firsts else claim.source


def _dateline(tokens: Tokens, source: tuple[int, ...], firsts: Collection[int]) -> int:
    """How many tokens of a source are a dateline without its dash: "OXBOW (Wire) Police said"; also half of one."""
    written = [tokens.word(i) for i in source]
    if ")" in written[:-1] and "(" not in written[: written.index(")")]:
        return written.index(")") + 1
    if source[:1] == () or source[0] not in firsts or ")" not in written[:-1] or not written[0].isupper():
        return 0
    bracket, end = written.index("(") if "(" in written else 0, written.index(")")
    place = all(word.isupper() or not word[0].isalnum() for word in written[:bracket])
    return end + 1 if 0 < bracket < end and place and len(written[0]) > 1 else 0


def _subordinates(tokens: Tokens, source: tuple[int, ...]) -> bool:
    """Whether a source begins with a conjunction, also where its drop cap stands apart: "W hen the ferry firm"."""
    return tokens.word(source[0]).lower().replace(" ", "") in words("attribution/subordinators")


def _was_asked(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim's source is who was asked, with nobody behind "by".

    "The mayor was asked whether …", "Asked whether …, the mayor said", "The mayor, pressed on whether …, said".
    """
    at = next((i for i in claim.cue if tokens.word(i).lower() in ASKED), None)
    if at is None:
        return False
    before = {tokens.word(i).lower() for i in range(max(0, at - 2), at)}
    if claim.source[0] < at:
        bare = all(tokens.word(i) != "," for i in claim.source) and tokens.word(at - 1) == ","
        apart = bare and claim.content[0] > at and tokens.word(at + 1).lower() in INTERROGATIVES | {"on", "about"}
        return apart or bool(before & words("attribution/forms_of_be"))
    first = tokens.sentence_of(at)[0]
    opens = at == first or (at == first + 1 and tokens.word(first).lower() in words("attribution/subordinators"))
    return opens and at < claim.content[0] and claim.content[-1] < claim.source[0]


def agent_behind(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """Who does it behind "was asked by" or "was told by": the words up to the content; none where nobody is named."""
    first, end = claim.cue[-1] + 1, claim.content[0]
    while first < end and ((low := tokens.word(first).lower()) in WHEN or low in words("text/calendar_words")):
        first += 1  # "were told on Monday | by the mayor"
    if not first + 1 < end <= first + LONGEST_AGENT or tokens.word(first).lower() != "by":
        return ()
    return tuple(range(first + 1, end - (tokens.word(end - 1) == ",")))


def _without_verdict(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The content up to "is false", where the sentence is about a post, a claim or the like, or asks "whether"."""
    content = claim.content
    if _is_cleft(tokens, content[-1]) and len(content) > 1:
        return content[:-1]
    behind_cue = [i for i in content if claim.cue and i > claim.cue[-1]]
    if not behind_cue:
        return content
    main = _main_verb(tokens, claim, behind_cue)
    if main is not None:
        return tuple(k for k in content if k < main)
    around = {tokens.word(i).lower() for i in range(max(0, claim.cue[0] - BEFORE), claim.cue[-1] + 1)}
    if not around & (words("attribution/claim_nouns") | {"whether"}):
        return content
    end = tokens.sentence_of(content[-1])[1]
    for i in reversed(behind_cue[-LONGEST_VERDICT:]):
        if tokens.word(i).lower() not in words("attribution/forms_of_be") | STAYING:
            continue
        if i - behind_cue[0] < LEAST_CLAUSE:
            continue  # "saying it | is a hoax": what would be left is no clause
        behind = [tokens.word(k).lower() for k in range(i + 1, min(end, i + LONGEST_VERDICT))]
        judged = next((low for low in behind if low not in PLAIN), "")
        if judged in words("attribution/verdicts"):
            return tuple(k for k in content if k < i)
    return content


def _main_verb(tokens: Tokens, claim: Tagged, behind_cue: list[int]) -> int | None:
    """The verb of a sentence whose subject is a claim, where that reaches to its end: "Lee's claim that … | is false".

    A sentence that begins with "Lee's claim that" or "Whoever says" needs one: it is the last verb that stands in no
    relative clause.
    """
    first, end = tokens.sentence_of(claim.cue[0])
    low = tokens.word(claim.cue[-1]).lower()
    if not claim.source:
        return None
    by = tokens.word(claim.cue[-1] + 1).lower() in ("by", "from")
    owned = low in NOUNS and (by or tokens.word(max(claim.cue[0] - 1, 0)).lower() in OWNING)
    owned = owned and tokens.word(behind_cue[0]).lower() == "that"
    if not owned and (tokens.word(claim.source[0]).lower() not in WHOEVER or claim.cue[0] - claim.source[0] > 2):
        return None
    if min(claim.source[0], claim.cue[0]) > first + 1 or any(
        tokens.word(i)[0].isalnum() for i in range(behind_cue[-1] + 1, end)
    ):
        return None
    for i in reversed(behind_cue[LEAST_CLAUSE:]):
        verb = tokens.word(i).lower()
        if verb not in words("attribution/auxiliary_forms") | words("attribution/past_events"):
            continue
        if tokens.word(i - 1).lower() in words("attribution/auxiliary_forms") | RELATIVES:
            continue
        return i
    return None


def _is_cleft(tokens: Tokens, last: int) -> bool:
    """Whether a content ends with the verb that makes it a name for itself: “No swimming” is what the sign says."""
    if last + 1 >= len(tokens) or tokens.word(last).lower() not in words("attribution/forms_of_be"):
        return False
    return tokens.word(last + 1).lower() in ("what", "how")


def _without_main_clause(tokens: Tokens, claim: Tagged, quoted: Collection[int]) -> tuple[int, ...]:
    """The content up to the comma behind which the main clause begins: "If Lee says no, …", "When Lee said …, …"."""
    content = claim.content
    if not claim.source or not claim.cue or not claim.source[0] < claim.cue[0] < content[0]:
        return content
    opening = claim.source[0] - 1
    first = tokens.sentence_of(claim.source[0])[0]
    if opening < first or not (_opens(tokens, opening, first) or _is_inverted(tokens, opening, first)):
        return content
    inside = claim.cue[0] in quoted
    for i in range(content[0] + 1, content[-1]):
        if tokens.word(i) == "," and (i in quoted) is inside and _begins_clause(tokens, i + 1):
            if _is_put_in(tokens, i, content[-1]):
                continue
            return tuple(k for k in content if k < i)
    return content


def _is_put_in(tokens: Tokens, comma: int, last: int) -> bool:
    """Whether a comma opens what is put into a clause that goes on with its verb: "the weir, built then, was safe"."""
    other = next((i for i in range(comma + 1, last) if tokens.word(i) == ","), last)
    return tokens.word(other + 1).lower() in words("attribution/auxiliary_forms") if other < last else False


def _opens(tokens: Tokens, at: int, first: int) -> bool:
    """Whether a conjunction opens a sentence at token `at`, or one or two words behind its first: "Even if".

    Behind "As the judge said" the main clause is what was said.
    """
    low = tokens.word(at).lower().replace(" ", "")
    return at - first <= 2 and low in words("attribution/subordinators") - {"but", "and", "as"}


def _is_inverted(tokens: Tokens, at: int, first: int) -> bool:
    """Whether a sentence supposes by its order: "Had the guard said that …, …"; questions end otherwise."""
    end = tokens.sentence_of(at)[1]
    last = next((tokens.word(i) for i in range(end - 1, at, -1) if tokens.word(i)[0] not in "”\"’')"), "")
    return at == first and tokens.word(at) in ("Had", "Should", "Were") and last != "?"


def _begins_clause(tokens: Tokens, at: int) -> bool:
    """Whether a main clause may begin with a token: no participle, no word that goes on with the clause before it."""
    low = tokens.word(at).lower()
    participle = low.endswith(("ed", "ing")) and tokens.word(at).islower()
    going_on = words("attribution/continuing_words") | words("attribution/auxiliary_forms")
    return low[0].isalnum() and low not in going_on and not participle
