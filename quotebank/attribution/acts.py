"""What an attribution reports, by its cue in its sentence: speech, an attitude or an intention, and of what force.

The outermost verb decides: "said he believes" is speech, "declined to say" a refusal. A cue that the article denies
("never said") or that it only imagines ("could argue", "if she says") is marked, not dropped.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from types import MappingProxyType

import attrs

from quotebank.attribution.attribution_record import Attribution
from quotebank.records import FORCES, Act, Force
from quotebank.spans import Span
from quotebank.text import Words, lines, words

NEGATIONS = frozenset(
    {"not", "n't", "never", "neither", "nor", "no", "without", "hardly", "scarcely", "barely"}
    | {"fail", "fails", "failed", "failing", "omitted", "neglected"}
)
NOBODY = frozenset({"no", "nobody", "none", "neither", "few", "nothing"})
CONDITIONS = frozenset({"if", "unless", "whether", "suppose", "supposing", "provided"})
INVERTED = frozenset({"had", "should", "were"})  # "Had the guard said": a condition where it begins the sentence
LIKELY = frozenset({"could", "might", "may", "can", "should", "likely"})
RETOLD = frozenset(
    {"later", "only", "go", "eventually", "subsequently", "again", "often"}
)  # "would later claim": he did
INTERROGATIVES = frozenset({"if", "whether", "who", "what", "when", "where", "why", "how", "which"})
CLAUSES = frozenset(
    {"when", "but", "while", "because", "that", "as", "after", "before", "and", "who", "which", "where"}
)
ASKED_WITH = frozenset({"did", "does", "do", "has", "have", "will", "would", "can", "could", "should", "is", "are"})
PASSIVE = frozenset({"was", "were"})  # "Was the captain told that …?"
DOUBTED = frozenset({"attributed", "ascribed", "purported", "alleged", "supposed"})  # "a quote attributed to Lee"
UNTRUE = frozenset({"no", "not", "n't", "nothing", "false", "untrue", "incorrect"})
PERFECT = frozenset({"has", "have", "is", "are"})  # of these no infinitive follows
LONGEST_ASIDE = 14  # words
AFFIRMING = {"not": ("only", "just"), "no": ("secret", "bones", "doubt")}  # negations that affirm: "makes no secret of"
SPAN = 6  # words before a cue that may negate it


@attrs.frozen
class Reported:
    """What a cue reports: see `Claim.act`, `force`, `negated`, `conditional`."""

    act: Act = "speech"
    force: Force | None = "statement"
    negated: bool = False
    conditional: bool = False


def reported(w: Words, attribution: Attribution) -> Reported:
    """The act, its force, and whether it is negated or conditional; a statement where there is no cue."""
    source, cue = _words(w, attribution.source), _words(w, attribution.cue)
    nobody = bool(source) and w.low[source[0]] in NOBODY and not w.words[source[-1]][0].isdigit()
    nobody = nobody and w.low[max(source[0] - 1, 0)] != "a"  # "a few"
    if not cue:
        doubted = any(w.low[i] in DOUBTED for i in source)
        return _read(attribution, negated=nobody, conditional=doubted)
    low = [w.low[i].replace("’", "'") for i in cue]
    if attribution.force == "question" and not any(word[0].isalnum() for word in low):
        attribution = attrs.evolve(attribution, force=_force_of_line(w, attribution))
    around = [*_before(w, cue, {*source, *_words(w, attribution.content)}), *low]
    content = w.at(attribution.content[0].start)
    asked = content + (content < cue[0] and w.low[content] == "to")  # "To date nobody has come, Lee told"
    label = "refusal" if _refused(around) else _label(low, w.low[asked : asked + 3], w.low[content : content + 12])
    passive = content < cue[0] and bool(words("attribution/forms_of_be") & set(low))
    nobody = nobody or (w.low[content] == "no" and passive)  # "No deal was announced"
    nobody = nobody or (not source and not NOBODY.isdisjoint(around[:1]))  # "Nobody has been told | to leave"
    not_yet = any(a == "yet" and b == "to" for a, b in pairwise(around))  # "has yet to say"
    nobody = nobody or not_yet
    nobody = nobody or bool(source and source[0] < cue[0] and {"nor", "never"} & set(_in_front(w, source[0])))
    affirmed = any(b in AFFIRMING.get(a, ()) for a, b in pairwise(around))
    negated = label != "refusal" and (nobody or (any(word in NEGATIONS for word in around) and not affirmed))
    conditional = _imagined(around, w.low[cue[-1] + 1 : cue[-1] + 2]) or _is_wished(w, cue[0])
    conditional = conditional or bool(source and source[0] < cue[0] and _on_condition(w, source[0]))
    conditional = conditional or bool(source and source[0] < cue[0] and _is_awaited(w, source[0], cue[0]))
    conditional = conditional or bool(source and w.low[source[0]] in ("whoever", "anyone", "anybody"))
    conditional = conditional or _questioned(w, source, cue) or _is_put_up(low, source)
    negated = negated or (label != "refusal" and bool(source) and _is_denied_around(w, source[0]))
    if label == "attitude" and not source and low[-1] in ("heard", "hears"):
        label = "statement"  # "the court | heard | that", where nobody is named who said it
    if label in ("attitude", "intention"):
        return Reported("attitude" if label == "attitude" else "intention", None, negated, conditional)
    if label is None or (attribution.act == "evidence" and label == "statement"):
        return _read(attribution, negated=negated, conditional=conditional)
    return Reported("speech", next((f for f in FORCES if f == label), "statement"), negated, conditional)


def _read(attribution: Attribution, *, negated: bool, conditional: bool) -> Reported:
    """What the network makes of an attribution whose cue no list knows: a statement where it did not see it."""
    if attribution.act is None:
        return Reported(negated=negated, conditional=conditional)
    force = attribution.force or "statement"
    return Reported(attribution.act, force if attribution.act == "speech" else None, negated, conditional)


def _force_of_line(w: Words, attribution: Attribution) -> Force:
    """The force of words behind a mark alone ("LEE: Ban it."): a question by its own mark, not by the line before."""
    last = w.at(attribution.content[-1].end - 1)
    return "question" if "?" in w.words[last : last + 2] else "statement"


def _words(w: Words, spans: tuple[Span, ...]) -> list[int]:
    return [i for span in spans for i in range(w.at(span.start), w.at(span.end - 1) + 1)]


def _before(w: Words, cue: list[int], outside: set[int]) -> list[str]:
    """The words of the clause right before the cue: up to the source, the content or the beginning of the clause."""
    found: list[str] = []
    i = cue[0] - 1
    while i >= 0 and len(found) < SPAN and w.sentences[i] == w.sentences[cue[0]] and i not in outside:
        if not w.low[i][0].isalnum() or w.low[i] in CLAUSES:
            break
        found.append(w.low[i].replace("’", "'"))
        i -= 1
    return found[::-1]


def _questioned(w: Words, source: list[int], cue: list[int]) -> bool:
    """Whether the article asks if it was said: "Did the mayor say …?", "Who said …?", "Does the law say so"."""
    sentence = w.sentences[cue[0]]
    first = end = cue[0]
    while first > 0 and w.sentences[first - 1] == sentence:
        first -= 1
    while end < len(w) and w.sentences[end] == sentence:
        end += 1
    while first < cue[0] and not w.low[first][0].isalnum():
        first += 1
    if w.quoted[first] or w.quoted[cue[0]]:
        return False
    if w.low[first] in PASSIVE:
        return first < cue[0] and w.low[end - 1] == "?" and not w.quoted[end - 1]
    if w.low[first] in ASKED_WITH:
        inverted = bool(source) and first < source[0] < cue[0] and source[0] - first < SPAN
        return inverted and (w.low[first] in PERFECT or _is_infinitive(w.low[cue[0]]))
    return w.low[first] in INTERROGATIVES and w.low[end - 1] == "?" and not w.quoted[end - 1]


def _is_put_up(cue: list[str], source: list[int]) -> bool:
    """Whether a cue is the label of a line that a fact-check is about to judge: "CLAIM: …"."""
    label = " ".join(word for word in cue if word[0].isalpha()) or "-"
    return not source and cue[-1] in (":", "|") and puts_up(label)


def puts_up(label: str) -> bool:
    """Whether a label, in lower case, puts up a claim which is then judged: "the claim", "what the post says"."""
    first, *rest = label.split()
    says = first == "what" and bool(rest) and lemma(rest[-1]) in ("say", "claim", "show")
    return says or label in words("attribution/put_up_labels")


def _is_denied_around(w: Words, source: int) -> bool:
    """Whether a clause around the report denies it: "There is no evidence that the mayor said …"."""
    before = _in_front(w, source, 7)
    return before[:1] == ["that"] and not UNTRUE.isdisjoint(before[1:])


def _is_infinitive(word: str) -> bool:
    """Whether a cue's first word may be one: in "Will Carver said" nobody asks, a man called Will speaks."""
    return lemma(word) == word and word not in words("attribution/auxiliaries")


def _is_awaited(w: Words, source: int, cue: int) -> bool:
    """Whether it is still to be said: "Until the owners | admit that", not "until they said"."""
    today = w.low[cue] == lemma(w.low[cue]) or w.low[cue].endswith("s")
    return today and not {"until", "till"}.isdisjoint(_in_front(w, source))


def _is_wished(w: Words, cue: int) -> bool:
    """Whether somebody wishes that it had been said: "I wish I | had told them"."""
    return w.low[cue] == "had" and "wish" in w.low[max(cue - 3, 0) : cue]


def _on_condition(w: Words, source: int) -> bool:
    """Whether a condition stands before the source: "if she says", "had she said", "If, as some expect, she says"."""
    before = _in_front(w, source)
    opens = max(source - 1, 0)
    while opens > 0 and w.sentences[opens - 1] == w.sentences[source] and source - opens < LONGEST_ASIDE:
        opens -= 1
    aside = w.low[opens] in CONDITIONS and w.low[opens + 1] == w.low[source - 1] == "," and opens + 1 < source - 1
    return bool(CONDITIONS & set(before)) or (len(before) == 1 and before[0] in INVERTED) or aside


def _in_front(w: Words, source: int, most: int = 3) -> list[str]:
    """The last words before the source, the nearest first, as far as a comma: so many at most."""
    before: list[str] = []
    i = source - 1
    while i >= 0 and w.sentences[i] == w.sentences[source] and len(before) < most and w.low[i][0].isalnum():
        before.append(w.low[i])
        i -= 1
    return before


def _refused(around: list[str]) -> bool:
    """Whether words say that someone would not speak: declined to say, would not comment, stopped short of saying."""
    lemmas = [lemma(low) for low in around]
    speaks = any(verb in words("attribution/withheld_verbs") for verb in lemmas)
    if "decline" in lemmas or "refusal" in lemmas or ("refuse" in lemmas and speaks):
        return True
    if "short" in around and "of" in around and any(verb in ("stop", "fall") for verb in lemmas):
        return True
    if NEGATIONS & set(around) and any(verb in ("respond", "return") for verb in lemmas):
        return True  # "did not respond to a request for comment"
    would_not = any(a == "would" and set(around[k + 1 : k + 4]) & NEGATIONS for k, a in enumerate(around))
    return would_not and speaks


def _label(cue: list[str], content: list[str], all_content: list[str]) -> str | None:
    """The class of the first word in the cue that has one; a verb of saying before it is the outermost."""
    table = _classes()
    for k, word in enumerate(cue):
        stem = lemma(word)
        if stem == "expect" and k and cue[k - 1] in words("attribution/forms_of_be") and "to" in cue[k:]:
            continue  # "is expected to announce"
        if stem == "hear" and {"saying", "telling", "say", "tell"} & set(cue[k:]):
            continue  # "was heard saying", "is heard to say"
        told = _by_complement(stem, cue[:k], cue[k:], content, all_content)
        if told is not None:
            return told
        if stem in words("attribution/saying_verbs"):
            return "statement"
        if stem in table:
            return table[stem]
    return None


def _by_complement(
    stem: str, before: list[str], cue: list[str], content: list[str], all_content: list[str]
) -> str | None:
    """The class of a verb that what goes with it decides: "told the crowd | to move back" is a request."""
    request = (
        (stem in ("ask", "call") and ("for" in cue or content[:1] == ["for"]))
        or (stem == "call" and {"on", "upon"} & set(cue) and ("to" in cue or "to" in all_content))
        or (stem == "ask" and next((low for low in content if low == "to" or low in INTERROGATIVES), None) == "to")
        or (stem == "tell" and content[:1] == ["to"] and words("attribution/forms_of_be").isdisjoint((*before, *cue)))
    )
    if request:
        return "request"
    if stem == "question" and content[0][0].isalnum() and content[0] not in INTERROGATIVES:
        return "statement"  # "questioned the senator's temper"
    if (stem == "advise" and content[:1] == ["that"]) or (stem == "doubt" and "cast" in before):
        return "statement"
    decided = stem == "decide" and content[0] != "to" and "to" not in cue
    return "attitude" if decided else None  # "decided that they could not stomach it"


@cache
def _classes() -> MappingProxyType[str, str]:
    table: dict[str, str] = {}
    for line in lines("attribution/cue_acts"):
        label, *verbs = line.split()
        for verb in verbs:
            table.setdefault(verb, label)
    return MappingProxyType(table)


@cache
def _irregular() -> MappingProxyType[str, str]:
    rows = [line.split() for line in lines("attribution/irregular_verbs")]
    return MappingProxyType({form: verb for verb, *forms in rows for form in forms})


@cache
def lemma(word: str) -> str:
    """The infinitive or the singular of a lower-case word that a cue may hold, as far as the lists know it."""
    if word in _irregular():
        return _irregular()[word]
    known = _classes().keys() | words("attribution/saying_verbs") | words("attribution/withheld_verbs")
    if word in known:
        return word
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("es", ""),
        ("s", ""),
        ("ed", ""),
        ("ed", "e"),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("es", "e"),
    ):
        if word.endswith(ending):
            stem = word[: -len(ending)] + instead
            if stem in known or stem in ("decline", "refuse", "stop", "fall"):
                return stem
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in known | {"stop"}:
                return stem[:-1]
    return word


def _imagined(around: list[str], behind: list[str]) -> bool:
    """Whether the act is only possible: could, might, would, "is expected to"; not "would say | only this"."""
    for k, low in enumerate(around):
        heard = around[k + 1 : k + 3] in (["be", "heard"], ["be", "seen"])  # "can be heard saying"
        if (low in LIKELY and not heard) or (low == "expected" and "to" in around[k:]):
            return True
        if low == "would" and not {*around[k + 1 : k + 3], *behind} & {*RETOLD, "not", "n't", "neither"}:
            return True
    return False
