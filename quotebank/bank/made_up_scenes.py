"""Whether words stand in what an article does not tell as true: a dream, a scene of a play, its own satire.

Read from the words right before a sentence, and from what the article says of itself. "In a dream start for the club"
tells of no dream, and whoever "says" or "recalls" something speaks as themselves: in a play somebody "roars".
"""

from __future__ import annotations

from functools import lru_cache

import regex

from quotebank.records import Claim

# "In the dream that she describes, her late editor leans over the desk." "Let us imagine that Lee wakes up honest."
DREAM = regex.compile(
    r"(?:In|During) (?:the|a|an|her|his|my|one)(?: recurring)? (?:dream|nightmare|daydream)"
    r"(?:,|(?= (?:that|which|she|he|I|we|they|of his|of hers|of mine)\b))"
    r"|(?:Let us|Let's|Let’s) (?:imagine|suppose)\b|Imagine that\b|Suppose that\b"
)
# "Imagine, for a moment, that the mayor said"
SUPPOSED = regex.compile(r"(?:Imagine|Suppose|Picture)(?:, [^,]{1,30},)? that\b")
# "In my head the judge leaned over and said"
IN_MIND = regex.compile(
    r"\b[Ii]n (?:my|his|her|our|their) (?:head|mind|imagination|dreams?|fantas(?:y|ies)|daydreams?)\b"
)
LONGEST_IN_MIND = 20  # code points of "In my imagination, "
STAGED = r"production|revival|play|drama|film|staging|musical|opera|pantomime|adaptation|sitcom|comedy"
# "As the tyrant in the spring revival, Ann Lee is terrifying."
PART = regex.compile(
    rf"(?:As|Playing) (?:the|a|an) [^,.]{{1,40}} in [^,.]{{0,40}}\b(?:{STAGED})\b"
    r"|In the (?:first|second|third|last|final|opening|closing) (?:act|scene)\b"
)
# "In the new thriller by Ann Lee, a thinly disguised Bo Orr mutters", "In the play now running …"
IN_WORK = regex.compile(
    rf"(?:In|For|During) (?:the|a|an|his|her|one)\s(?:[\w’'-]+\s){{0,2}}"
    rf"(?:{STAGED}|thriller|novel|sketch|movie|cartoon|episode|advertisement|advert|commercial|trailer|skit|promo)\b"
)
# "in the second act, when Bo Lee, as the surgeon, turns to the stalls and confesses"
ACT = regex.compile(
    r"\b[Ii]n the (?:first|second|third|last|final|opening|closing) (?:act|scene)\b.*, as (?:the|an?) [^,]+,"
)
# "Act two of “The Cabinet” puts Ann Lee alone at her desk." "Bo Orr plays her superbly."
IN_PLAY = regex.compile(r"(?:Act|Scene) (?:one|two|three|four|five|[IV]+|[1-5])\b")
PLAYED = regex.compile(r"[^.!?]*[.!?][”\"’]? [^.!?]*\b(?:plays|portrays) (?:him|her)\b")
PLAYS = regex.compile(rf"\bplays? (?:the|an?) .*\b(?:{STAGED})\b")
IN_ACT = regex.compile(r"^[^.!?]*\bin the (?:first|second|third|last|final|opening|closing) (?:act|scene)\b")
LONGEST_BEHIND = 80  # code points of "she says in the second act"
IN_IT = regex.compile(r"In it\b")
DREAMT = regex.compile(r"\b(?:dream|nightmare|daydream)\b[^.!?]*[.!?]?$")
FIRST_NIGHT = regex.compile(
    r"\b(?:opening|first|closing|press|last) night of (?:[“\"‘]|the (?:\p{Ll}+ )?(?:play|opera|musical|production)\b)"
)
IN_PART = regex.compile(rf"\bplays? (?:the|an?) [^.!?]*\b(?:{STAGED})\b[^.!?]*\bin the \p{{Ll}}+ (?:act|scene)\b")
PERFORMED = frozenset(
    {"purrs", "roars", "sighs", "bawls", "snarls", "whispers", "shouts", "cries", "thunders", "hisses", "bellows"}
    | {"growls", "screams", "howls", "sneers", "croons", "barks", "wails", "sobs", "declaims", "sings"}
)
AWAKE = frozenset({"said", "says", "told", "added", "adds", "recalled", "recalls", "wrote", "explained", "explains"})
SPOOF = regex.compile(
    r"(?m)^(?:From|In) our (?:\p{Ll}+ )?(?:spoof|satirical|parody) (?:column|page|section|diary)\b"
    r"|\A[^.\n]{0,60}\b(?:page|column|section|diary) of (?:made-up|invented|spoof|satirical)\b"
    r"|(?<=^|[.!?]\s)This (?:article|story|page|piece|column|post) is (?:a |an )?"
    r"(?:satire|satirical|spoof|parody|fiction|joke)\b"
)
SENTENCE_END = regex.compile(r"[.!?…][”\"’')]?\s+(?=[\p{Lu}“\"‘«])")
OPENING = ' \n\t“"‘«'
SCENE = 300  # code points before a sentence in which the one before it is looked for


def is_of_fiction(text: str, claim: Claim, start: int) -> bool:
    """Whether an article says of itself that it is made up, or the sentence before `start` tells of a dream or play."""
    if _is_spoof(text):
        return True
    before = text[max(start - SCENE, 0) : start].rpartition("\n\n")[2].rstrip(OPENING)
    begins = [m.end() for m in SENTENCE_END.finditer(before)]
    scene = before[begins[-1] if begins else 0 :]
    cue = " ".join(span.slice(text) for span in claim.cue).casefold()
    if cue not in AWAKE and (DREAM.match(scene) is not None or _is_in_it(text, start, before)):
        return True
    if SUPPOSED.match(text, start) is not None:
        return True
    told = cue in ("", ":") or (cue.endswith("s") and " " not in cue)
    if told and any(IN_WORK.match(part) is not None for part in (scene, text[start : start + SCENE])):
        return True
    if cue not in AWAKE and (IN_PLAY.match(scene) is not None or PLAYED.match(text, claim.content[-1].end) is not None):
        return True
    source = claim.source[0].start if claim.source else start
    pictured = IN_MIND.search(text, max(min(start, source) - LONGEST_IN_MIND, 0), source + LONGEST_IN_MIND)
    if pictured is not None and not any(span.start <= pictured.start() < span.end for span in claim.content):
        return True
    led = text[start : claim.content[0].start]  # empty where the words begin the sentence
    if not claim.cue and IN_MIND.search(led) is not None and led.rstrip().endswith(":"):
        return True  # "had carried one line about in her head for the ceremony: “…”"
    behind = text[claim.content[-1].end : claim.content[-1].end + LONGEST_BEHIND]
    acted = PLAYS.search(scene) is not None and IN_ACT.search(behind.partition("\n")[0]) is not None
    acted = acted or _is_on_stage(text, start, cue, told=told)
    return acted or (cue in PERFORMED and PART.match(scene) is not None) or ACT.search(led or scene) is not None


def _is_on_stage(text: str, start: int, cue: str, *, told: bool) -> bool:
    """Whether the sentence at `start` is of a play: "roared “…” on the opening night of “The Siege”"."""
    performed = cue in PERFORMED or (cue.endswith("ed") and not PERFORMED.isdisjoint((f"{cue[:-2]}s", f"{cue[:-1]}s")))
    if not performed and not told:
        return False
    sentence = SENTENCE_END.split(text[start : start + SCENE], maxsplit=1)[0]
    return (performed and FIRST_NIGHT.search(sentence) is not None) or (told and IN_PART.search(sentence) is not None)


def _is_in_it(text: str, start: int, before: str) -> bool:
    """Whether the sentence at `start` is told of the dream of the one `before`: "In it, she hears herself say"."""
    return IN_IT.match(text, start) is not None and DREAMT.search(before) is not None


@lru_cache(maxsize=1)
def _is_spoof(text: str) -> bool:
    """Whether an article says so itself: asked for each of its claims, one after the other."""
    return SPOOF.search(text) is not None
