"""Whose a verb of saying is where another subject stands nearer to it than the one that a network took.

"Nobody believed Ann Lee when | she | came in and told them …": told is joined to came. "Only after the sheriff had
asked did | Ann Lee | agree that …": an auxiliary stands before its subject behind what excludes all else.
"""

from __future__ import annotations

import attrs

from quotebank.attribution.cue_words import is_cue
from quotebank.attribution.decoding import Tagged
from quotebank.text import Tokens, words

SUBJECTS = frozenset({"he", "she", "they"})
SILENT = frozenset({"nobody", "no", "none", "few", "it", "neither", "not"})  # first words of who or what says nothing
DOING = frozenset({"did", "does", "do"})
EXCLUDING = frozenset({"Only", "Not", "Never", "Nor", "Seldom", "Rarely", "Hardly", "Scarcely"})
COURTS = frozenset({"court", "jury", "inquest", "inquiry", "tribunal", "trial", "hearing", "magistrates", "panel"})
REASONS = frozenset({"because", "since", "although", "though"})
LONGEST_SUBJECT = 12  # tokens
LONGEST_OPENING = 5  # tokens from a comma to what was taken for a source: ", who has now"


def with_nearer_subject(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with the subject that its cue has by grammar, and with a verb beside its source where it has no cue."""
    if not claim.source:
        return claim
    if not claim.cue:
        return _with_verb_beside(tokens, claim)
    if claim.source[-1] >= claim.cue[0]:
        return claim
    if _is_court(tokens, claim):
        return attrs.evolve(claim, source=())
    subject = _joined_to(tokens, claim) or _behind_auxiliary(tokens, claim) or _around_clause(tokens, claim)
    return attrs.evolve(claim, source=subject) if subject else claim


def _is_court(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a source is where people are heard, and only hears: "The tribunal | heard that the men had met"."""
    cue = [tokens.word(i).lower() for i in claim.cue]
    told = cue == ["told"] and claim.content[-1] < claim.source[0]  # in a headline: "…, inquest | told"
    heard = told or cue in (["heard"], ["has", "heard"], ["was", "told"], ["hears"])
    return heard and tokens.word(claim.source[-1]).lower() in COURTS


def _around_clause(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The subject around a clause that was taken for one: "An official, speaking because he was not to, | said"."""
    first, end = tokens.sentence_of(claim.source[0])[0], claim.source[0]
    low = tokens.word(end).lower()
    comma = next((i for i in range(end - 1, first, -1) if tokens.word(i) == ","), None)
    asked = any(tokens.word(i).endswith("ed") and tokens.word(i + 1) == "by" for i in claim.source[:3])
    if asked and end == first:  # "Cross-examined by Lee, Orr said"
        last = next((i for i in range(claim.cue[0] - 1, end, -1) if tokens.word(i) == ","), end)
        named = range(last + 1, claim.cue[0])
        return tuple(named) if last > end and named and tokens.word(named[0])[0].isupper() else ()
    if comma is None or tokens.word(claim.cue[0] - 1) != ",":
        return ()
    relative = "who" in (tokens.word(i).lower() for i in range(comma + 1, end)) and end - comma <= LONGEST_OPENING
    reason = low in REASONS and end > first
    begun = tokens.word(first)[0].isupper() and "," not in (tokens.word(i) for i in range(first, comma))
    if not begun or not (relative or reason) or tokens.word(first).lower() in words("attribution/leading_words"):
        return ()
    return tuple(range(first, comma))


def _joined_to(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The pronoun of a clause behind "when" or "after" whose second verb is the cue, where nobody else does a thing.

    "Nobody believed Lee when | he | came in and told them"; but "Lee left when they came and said".
    """
    verb = claim.cue[0]
    if tokens.word(verb - 1).lower() != "and" or tokens.sentence_of(verb)[0] > claim.source[0]:
        return ()
    opening = words("attribution/subordinators") - {"but", "and"}
    between = range(verb - 2, claim.source[-1] + 1, -1)
    at = next((i for i in between if tokens.word(i).lower() in SUBJECTS or tokens.word(i) in ",;:"), verb)
    silent = tokens.word(claim.source[0]).lower() in SILENT and tokens.word(at).lower() in SUBJECTS
    return (at,) if at < verb and silent and tokens.word(at - 1).lower() in opening else ()


def _behind_auxiliary(tokens: Tokens, claim: Tagged) -> tuple[int, ...]:
    """The subject between "did" and the cue of a sentence that begins with "Only" or "Not until"."""
    verb = claim.cue[0]
    first = tokens.sentence_of(verb)[0]
    if tokens.word(first) not in EXCLUDING:
        return ()
    doing = next((i for i in range(verb - 1, max(first, verb - LONGEST_SUBJECT), -1) if tokens.word(i) in DOING), verb)
    if not claim.source[-1] < doing < verb - 1 or tokens.word(doing - 1).lower() in SUBJECTS:
        return ()
    if tokens.word(doing + 1).lower() in ("not", "n't"):
        return ()
    end = verb - (tokens.word(verb - 1) == ",")
    comma = next((i for i in range(doing + 1, end) if tokens.word(i) == ","), end)
    return tuple(range(doing + 1, comma if tokens.word(min(comma + 1, end)).isdigit() else end))


def _with_verb_beside(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with the verb of saying right behind its source, which stands behind the content: "| asked, twice"."""
    verb = claim.source[-1] + 1
    behind = claim.content[-1] + 1 == claim.source[0] and verb < len(tokens)
    plain = behind and tokens.word(verb).islower() and is_cue(tokens.word(verb))
    return attrs.evolve(claim, cue=(verb,)) if plain else claim
