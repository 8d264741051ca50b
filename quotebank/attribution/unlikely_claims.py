"""What looks like a claim and is none: a label, a clause about a source's name, a cue that reports nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import regex

from quotebank.attribution.acts import INTERROGATIVES, lemma
from quotebank.attribution.cue_words import is_cue
from quotebank.attribution.decoding import Quoted, Tagged, quoted_ranges
from quotebank.attribution.doubted_claims import SENT
from quotebank.attribution.inner_reports import OWNERS
from quotebank.text import Tokens, line_openings, words

LONGEST_WISH = 16  # tokens
LONGEST_TAKEN = 5
DETERMINING = OWNERS | {"the", "a", "an"}
WISH = regex.compile(
    r"(?:to not |not to |to |that (?:he|she|they|(?:his|her|their) (?:full |last )?names?) (?:not )?)"
    r"(?:be (?:further |publicly )?(?:named|identified|quoted|used|published)|remain anonymous)\b"
    r"(?! to (?:the|an?|any|his|her|their|its)\b| as )"
    r"|(?:on (?:the )?condition of )?anonymity\b"
)
SENDING = frozenset({"sent", "wrote", "written", "posted", "left"})
FINDING = frozenset({"find", "have", "discover", "see", "receive", "release", "obtain", "leave", "publish"})
FAR_FACING = 4  # words from "faced" to "calls"
PRESSURE = frozenset({"calls", "call", "demands", "pressure", "pleas"})
FACING = frozenset({"faced", "faces", "facing", "face", "under", "resisted", "rejected", "ignored", "defied"})
JUDGED = frozenset(  # what something is "to say"
    {
        "easy",
        "hard",
        "difficult",
        "simple",
        "fair",
        "unfair",
        "wrong",
        "right",
        "safe",
        "tempting",
        "important",
        "enough",
    }
    | {"possible", "impossible", "useful", "useless", "reasonable", "common", "customary", "fashionable", "time"}
)
TIMES = frozenset({"yesterday", "today", "tomorrow", "tonight"})
ADDRESSED = frozenset({"sir", "sirs", "madam", "editor"})
SPEAKING = frozenset({"speak", "speaks", "spoke", "speaking", "spoken"})
CONTRADICTING = frozenset({"contrary", "despite", "unlike", "whatever"})
NAMING = frozenset({"call", "label", "brand", "dub", "describe"})  # verbs that say as what


def without_unlikely(tokens: Tokens, claims: list[Tagged]) -> list[Tagged]:
    """The claims but for those in which nobody says anything."""
    quotations = quoted_ranges(tokens, 1)
    quoted = {i: q.first for q in quotations for i in range(q.first, q.end)}
    sources: dict[tuple[int, ...], set[int]] = {}
    for claim in claims:
        sources.setdefault(claim.cue, set()).update(claim.source)
    first = {(c.source, c.cue[:1]) for c in claims if len(c.cue) == 1}
    titled = [q for q in quotations if _is_titled(tokens, q)]
    titles = {i for q in titled for i in range(q.first, q.end)}
    return [
        claim
        for claim in claims
        if not (
            _withholds_name(tokens, claim)
            or _has_no_noun(tokens, claim)
            or _is_unfinished(tokens, claim)
            or _is_labelled(tokens, claim)
            or _is_subject(claim, sources)
            or _names_nothing(tokens, claim)
            or _speaks_for(tokens, claim)
            or _tells_of_report(tokens, claim, first)
            or _says_nothing(tokens, claim)
            or _is_bidden(tokens, claim)
            or _is_appointed(tokens, claim)
            or _is_cut_question(tokens, claim)
            or _is_time_or_vocative(tokens, claim)
            or _is_to_anyone(tokens, claim)
            or _is_for_anyone(tokens, claim)
            or _is_put_to(tokens, claim)
            or _is_shown(tokens, claim, titled)
            or _is_of_message(tokens, claim)
            or _only_takes(tokens, claim)
            or _only_supposes(tokens, claim)
            or _is_assumed(tokens, claim)
            or _is_contradicted(tokens, claim)
            or _is_felt_by(tokens, claim, quoted)
            or _is_title(claim, titles)
            or _quotes_its_cue(tokens, claim, quoted)
        )
    ]


def _has_no_noun(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim's source has only words that can be nobody: "there", "the", marks, the "Who" of a question."""
    said = [tokens.word(i).lower() for i in claim.source]
    if said[:1] == ["page"] and tokens.word(claim.source[0] + 1).isdigit():
        return True  # "(“Pull the plug,” page 7)"
    if said in (["who"], ["what"]) and tokens.sentence_of(claim.source[0])[0] in (claim.source[0], claim.source[0] - 1):
        return True
    return bool(said) and all(w in words("attribution/no_sources") or not any(map(str.isalnum, w)) for w in said)


def _is_unfinished(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a content leaves out what it is about: "smokes, as he was told | not to", "What | our readers say"."""
    said = [tokens.word(i).lower() for i in claim.content]
    if len(said) == 1 and said[0] in INTERROGATIVES:
        return True
    return said[-1:] == ["to"] and words("text/closed_class").issuperset(said)


def _is_subject(claim: Tagged, sources: Mapping[tuple[int, ...], set[int]]) -> bool:
    """Whether what seems to be said is who speaks, of another claim of the verb: "The body that sells | blamed"."""
    return bool(claim.cue) and sources[claim.cue].issuperset(claim.content)


def _is_labelled(tokens: Tokens, claim: Tagged) -> bool:
    """Whether what seems to speak is the label of a line behind which nobody does: "Pros: it is cheap"."""
    behind = (claim.source[-1] + 1,) if claim.source and claim.source[-1] + 1 < len(tokens) else ()
    if not claim.source or [tokens.word(i) for i in claim.cue or behind] != [":"]:
        return False
    label = " ".join(tokens.word(i) for i in claim.source).lower().removeprefix("the ")
    if label in words("text/no_labels") or label in line_openings():
        return True
    kind = label.partition(" of ")[0].rsplit(" ", 1)[-1]  # "Today's question: should it go?"
    return kind in words("attribution/written_words")


def _says_nothing(tokens: Tokens, claim: Tagged) -> bool:
    """Whether nothing was said, or by nobody: "Asked why, Lee said nothing", "It goes without saying"."""
    cue = [tokens.word(i).lower() for i in claim.cue]
    if cue[-3:] == ["goes", "without", "saying"]:
        return True
    return bool(cue) and claim.content[-1] < claim.cue[0] and cue[-1] in ("nothing", "little")


def _is_bidden(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim without a source is what its reader is to say: "Explain in ten words | why it has two clocks"."""
    if claim.source or len(claim.cue) != 1 or claim.content[0] < claim.cue[0]:
        return False
    at = claim.cue[0]
    first = tokens.sentence_of(at)[0] == at and tokens.word(at + 1) != ":"
    return first and tokens.word(at).lower() in words("attribution/saying_verbs")


def _is_appointed(tokens: Tokens, claim: Tagged) -> bool:
    """Whether somebody is named to a post, and nobody for somebody: "The board named | Ann Lee as treasurer"."""
    first = claim.content[0]
    end = tokens.capitals_end(first)
    named = [tokens.word(i).lower() for i in claim.cue] in (["named"], ["names"], ["has", "named"]) and end > first
    post = tokens.word(end) in ("its", "their") or (
        tokens.word(end) == "as" and tokens.word(end + 1).lower() not in ("the", "a", "an", "one")
    )  # not "Police named Bo Orr as the driver"
    return named and post and end in claim.content


def _is_cut_question(tokens: Tokens, claim: Tagged) -> bool:
    """Whether content and cue are a clause in a heading that nobody says: "What our readers | say"."""
    last = claim.cue[-1] if claim.cue else claim.content[-1]
    if claim.source or (claim.cue and claim.content[-1] + 1 != claim.cue[0]) or not is_cue(tokens.word(last).lower()):
        return False
    ends = last + 1 >= len(tokens) or last + 1 in tokens.paragraphs
    return ends and tokens.word(claim.content[0]).lower() in ("what", "how", "who", "why", "where")


def _is_time_or_vocative(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a source is a day ("yesterday’s headline"), or whom a speech is held to ("Mr. Speaker, I rise to …")."""
    if len(claim.source) == 1 and tokens.word(claim.source[0]).lower() in words("text/calendar_words") | TIMES:
        return True
    if len(claim.source) == 1 and tokens.word(claim.source[0]).lower() in ADDRESSED:
        return claim.source[0] in tokens.paragraphs  # "SIR – Could someone tell me"
    if claim.cue or not claim.source or claim.content[0] != claim.source[-1] + 2:
        return False
    return tokens.word(claim.source[-1] + 1) == "," and tokens.word(claim.content[0]) in ("I", "we", "you", "We", "You")


def _is_to_anyone(tokens: Tokens, claim: Tagged) -> bool:
    """Whether nobody in particular is told, or a reader bidden to write: "Anyone who was told that the gate was open".

    "To report an error, | write to the editor".
    """
    if not claim.cue:
        return False
    first, low = claim.cue[0], tokens.word(claim.cue[-1]).lower()
    before = [tokens.word(i).lower() for i in range(max(first - 2, 0), first)]
    if not claim.source:
        return before[-1:] == ["who"] and before[0] in ("anyone", "anybody", "those", "everyone", "everybody")
    return low == "to" and claim.source[0] == claim.cue[-1] + 1 and tokens.word(claim.content[0]) == "To"


def _is_for_anyone(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is what anybody may say: "It is easy to say “the future is digital”"."""
    cue = [tokens.word(i).lower() for i in claim.cue]
    if "to" not in cue[1:-1] or cue[0] not in words("attribution/auxiliary_forms"):
        return False
    nobody = not claim.source or [tokens.word(i).lower() for i in claim.source] == ["it"]
    return nobody and cue[cue.index("to", 1) - 1] in JUDGED


def _is_shown(tokens: Tokens, claim: Tagged, titled: list[Quoted]) -> bool:
    """Whether a claim is the title of what is to be shown or sold: "“The Last Lock,” the first film to be shown"."""
    passive = bool(claim.cue) and claim.cue[-1] > claim.content[-1] and tokens.word(claim.cue[0] - 1).lower() == "be"
    return passive and any(q.first <= claim.content[0] and claim.content[-1] < q.end for q in titled)


def _is_put_to(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is what its source is pressed to do: "Lee faced calls | to resign"."""
    cue = [tokens.word(i).lower() for i in claim.cue]
    if not cue or cue[-1] not in PRESSURE or not claim.source:
        return False
    for i in range(claim.cue[-1] - 1, max(claim.source[-1], claim.cue[-1] - FAR_FACING), -1):  # "faced growing | calls"
        low = tokens.word(i).lower()
        if low in FACING:
            return True
        if not low[0].isalpha() or low in words("text/closed_class"):
            return False  # "faced reporters at the gate and repeated her | demands"
    return False


def _is_of_message(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is the relative clause of a message: "found a note | that Ann Lee had written to her sister"."""
    first = claim.content[0]
    if not claim.source or tokens.word(first).lower() != "that" or tokens.word(first - 1).lower() not in SENT:
        return False
    verb = lemma(tokens.word(claim.cue[0]).lower()) if claim.cue else "find"
    if verb not in FINDING and claim.cue[0] < first - 1:
        return False  # "said in a letter that Orr wrote to the bank twice"
    said = [tokens.word(i).lower() for i in claim.content]
    sent = next((k for k, low in enumerate(said) if low in SENDING), None)
    return sent is not None and (sent + 1 == len(said) or said[sent + 1] in words("text/closed_class"))


def _withholds_name(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is the clause that says why a source has no name: "an official who asked not to be named"."""
    if len(claim.content) > LONGEST_WISH or not claim.source:
        return False
    behind = [tokens.word(i).lower() for i in range(claim.source[-1], claim.source[-1] + 3)]
    if behind[0] != "who" and behind[1:] != [",", "who"]:
        return False
    return WISH.match(" ".join(tokens.word(i) for i in claim.content).lower()) is not None


def _names_nothing(tokens: Tokens, claim: Tagged) -> bool:
    """Whether somebody is only called and not called anything: "Dr. Lee was called by the defence"."""
    low = [tokens.word(i).lower() for i in claim.cue]
    if not words("attribution/forms_of_be") & set(low) or not any(lemma(word) in NAMING for word in low):
        return False
    return claim.content[-1] < claim.cue[0]


def _speaks_for(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is for whom somebody speaks: "who speaks for | eleven nations"."""
    low = [tokens.word(i).lower() for i in (*claim.cue, claim.content[0])]
    return len(low) > 1 and low[0] in SPEAKING and "for" in low[1:3]


def _tells_of_report(tokens: Tokens, claim: Tagged, first: Collection[tuple[tuple[int, ...], tuple[int, ...]]]) -> bool:
    """Whether a claim is what is told of the report in which another one is: "said in a report | that they hid"."""
    told = len(claim.cue) > 1 and tokens.word(claim.cue[-2]).lower() in DETERMINING
    return (
        told
        and (claim.source, claim.cue[:1]) in first
        and claim.content[0] == claim.cue[-1] + 1
        and tokens.word(claim.content[0]).lower() == "that"
    )


def _only_takes(tokens: Tokens, claim: Tagged) -> bool:
    """Whether somebody or something claims a thing, and nothing is said of it: "The storm claimed | eleven lives"."""
    if not claim.cue or lemma(tokens.word(claim.cue[-1]).lower()) != "claim" or claim.content[0] != claim.cue[-1] + 1:
        return False
    said = [tokens.word(i).lower() for i in claim.content]
    counted = said[0] in DETERMINING or said[0][0].isdigit() or "lives" in said
    return (
        counted
        and len(said) <= LONGEST_TAKEN
        and words("attribution/auxiliary_forms").isdisjoint(said)
        and not any(low.endswith(("ed", "ing")) or low in ("that", "to") for low in said)
    )


def _only_supposes(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a content without a cue is a clause that opens a sentence: "When she heard of the verdict, …"."""
    low = tokens.word(claim.content[0]).lower()
    if claim.cue or not claim.source or low not in words("attribution/subordinators") - {"but", "and"}:
        return False
    return claim.source[0] == claim.content[-1] + 2 and tokens.word(claim.source[0] - 1) == ","


def _is_assumed(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is what readers are asked to assume: "Say | you earn £30,000 and …"."""
    if claim.source or len(claim.cue) != 1 or claim.cue[0] + 1 != claim.content[0]:
        return False
    return tokens.word(claim.cue[0]) == "Say" and claim.cue[0] == tokens.sentence_of(claim.cue[0])[0]


def _is_contradicted(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is what contradicts somebody: "Contrary to what the firm said, | the tax was never raised"."""
    if not claim.source or not claim.cue or claim.source[0] < 2 or claim.content[0] < claim.cue[-1]:
        return False
    before = [tokens.word(i).lower() for i in range(max(0, claim.source[0] - 3), claim.source[0])]
    return before[-1] in ("what", "how") and not CONTRADICTING.isdisjoint(before)


def _is_felt_by(tokens: Tokens, claim: Tagged, quoted: dict[int, int]) -> bool:
    """Whether the article tells how things are for somebody: "For Ann Lee, | the closure is personal"."""
    if claim.cue or not claim.source or claim.content[0] in quoted or claim.source[0] > claim.content[0]:
        return False
    before = claim.source[0] - 1
    return before >= 0 and tokens.word(before).lower() == "for" and before == tokens.sentence_of(before)[0]


def _is_titled(tokens: Tokens, quotation: Quoted) -> bool:
    """Whether a quotation is written as titles are, all words of weight with capitals: “They Said It Would Rain”."""
    plain = [tokens.word(i) for i in range(quotation.first, quotation.end) if tokens.word(i)[0].isalpha()]
    weighty = [word for word in plain if len(word) > 3]
    stops = any(tokens.word(i) == "." for i in range(max(quotation.end - 2, 0), quotation.end))
    return len(plain) > 2 and len(weighty) > 1 and all(word[0].isupper() for word in weighty) and not stops


def _is_title(claim: Tagged, titles: set[int]) -> bool:
    """Whether source and cue of a claim are words of a title: “They | Said | It Would Rain”."""
    said = (*claim.source, *claim.cue) if claim.cue else claim.content
    return bool(said) and titles.issuperset(said)


def _quotes_its_cue(tokens: Tokens, claim: Tagged, quoted: dict[int, int]) -> bool:
    """Whether the cue is the first word of a quotation and no word that reports: said it “underestimates” the cost.

    `quoted`: the first token of its quotation for each token in one.
    """
    if not claim.cue or not claim.source or any(i in quoted for i in claim.source):
        return False
    inside = [i for i in claim.cue if i in quoted and tokens.word(i)[0].isalnum()]
    if not inside or len(inside) < sum(tokens.word(i)[0].isalnum() for i in claim.cue):
        return False
    return inside[0] == quoted[inside[0]] + 1 and not any(is_cue(tokens.word(i).lower()) for i in inside)
