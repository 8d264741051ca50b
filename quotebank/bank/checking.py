"""Did they say it, in those words: a quotation against the claims of a bank; groups and how their wording differs."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from itertools import combinations, islice
from typing import Literal

import attrs
import regex

from quotebank.bank.article_passages import passages
from quotebank.bank.named_speakers import is_of_body, is_speaker, may_be_meant
from quotebank.bank.quoted_questions import is_question
from quotebank.bank.reporting_sentence import Texts, sentence_of
from quotebank.bank.result_records import Appearance, Check, Match, Proof
from quotebank.bank.same_claim_candidates import FEW, agreement, as_json, telling
from quotebank.bank.searching import BY_DATE, appearances, check_string
from quotebank.bank.speakers_by_name import Sought, nearest_told, sought
from quotebank.bank.standing import standing
from quotebank.bank.stored_form import wording_of
from quotebank.bank.told_differences import joins_halves, moved_words
from quotebank.bank.typed_quotations import alike, in_any_spelling, loosely_spelled, typed
from quotebank.bank.verdicts import ORDER, decide, explain, explain_printed, in_order, is_stated
from quotebank.comparing import Difference, Laid, Words, is_content, is_negation, read_words, relation_of
from quotebank.errors import ArgumentValueError, shown
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span

LONGEST = 5_000  # code points of a quotation that is checked
NAME = 1_000  # and of a speaker's name
ALIGNED = 10  # claims that a quotation is laid against, by each way in which they are found
PART_OF_BEST = 0.5  # of what the best of them has in common with the quotation, the others have at least so much
SHORT = 6  # words of a quotation that is looked for as a phrase
TOGETHER = ((12, 12), (5, 5), (5, 3), (6, 2))  # of so many words that tell most, so many are in a claim to be looked at
TOGETHER_OF_FEW = ((3, 3), (3, 1))  # the same of a quotation that has no more than FEW of them
MATCHED = 512  # claims that have them, those added last, of which those are taken
LOOKED_AT = 128  # such claims, but for those that their speaker made before in these words: those added last
SAYING = (  # of the last that match: of one report that everybody has there may be very many
    "SELECT claims.id, claims.text, claims.speaker_id FROM (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ? "
    "ORDER BY rowid DESC LIMIT ?) AS found CROSS JOIN claims ON claims.id = found.rowid WHERE claims.keyed = 1 LIMIT ?"
)
SAYING_OF = (  # the same, first those of some people
    "SELECT id, text, speaker_id FROM claims WHERE id IN (SELECT c.id FROM (SELECT rowid FROM claims_fts "
    "WHERE claims_fts MATCH ? ORDER BY rowid DESC LIMIT ?) AS found CROSS JOIN claims AS c ON c.id = found.rowid "
    "WHERE c.keyed = 1 ORDER BY c.speaker_id IN (SELECT value FROM json_each(?)) DESC, c.id DESC LIMIT ?)"
)
OF_THEM = (
    "SELECT id, text, speaker_id FROM claims WHERE speaker_id IN (SELECT value FROM json_each(?)) AND keyed = 1 "
    "ORDER BY id DESC LIMIT ?"
)
AGAIN = (
    "SELECT key FROM json_each(?) AS asked WHERE 2 = (SELECT count(*) FROM (SELECT 1 FROM claims "
    "WHERE wording = asked.value ->> 0 AND speaker_id IS asked.value ->> 1 LIMIT 2))"
)
PHRASED = 12  # words of that phrase
GLOSS = regex.compile(r"\((?!(?:do|did|does|will|would|is|was|are|were)?\s*(?:no|not|never)\b)[^()]*\)")
NUMBERS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "twenty"}
    | {"thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion"}
    | {"half", "third", "quarter", "once", "twice", "first", "second"}
)
LIKELY = frozenset({"may", "might", "could"})
SURELY = frozenset({"will", "shall", "must"})
READ = 1_000  # claims that are read for it: those added last
SHARE = 0.6  # of a short quotation's words that a claim must have to be an altered form of it
LEAST = 3  # words that it must have
FARTHEST = 3  # times as many words may be left out between these
BEYOND = 2  # words more than a quotation has at an edge that still stand for those


@attrs.frozen
class Asked:
    """A quotation that is checked: its words, and whom it is said to be by."""

    text: str
    words: Words
    whom: Sought | None = None

    @property
    def speaker(self) -> str | None:
        """The name of who is asked for."""
        return self.whom.name if self.whom is not None else None

    @property
    def people(self) -> frozenset[int]:
        """The speakers of the bank that may be meant."""
        return self.whom.people if self.whom is not None else frozenset()


def check(connection: sqlite3.Connection, quotation: str, speaker: str | None, limit: int) -> Check:
    """Look for a quotation among the claims. See `ClaimBank.check`."""
    check_string("quotation", quotation, LONGEST)
    speaker = unescape(speaker) if isinstance(speaker, str) else speaker  # "H&aring;kan"
    asked = _asked(connection, quotation, speaker)
    if asked is None:
        return Check(
            verdict="not found", quotation=quotation, speaker=speaker, explanation="The quotation holds no word."
        )
    texts = Texts(connection)
    candidates = _candidates(connection, asked)
    proofs, others = _word_proofs(asked, candidates, texts)
    speaker = asked.speaker
    verdict, chosen = decide(speaker, proofs)
    if verdict == "not found":  # only then does it matter what was said in other words
        proofs += [proof for a, laid in others if (proof := _paraphrase(asked, a, laid, texts)) is not None]
        verdict, chosen = decide(speaker, proofs)
    proving = _everywhere(connection, asked, chosen, limit, texts)
    rest = [p for p in proofs if p not in chosen and ORDER[p.match] <= ORDER["altered"]]
    unattributed = verdict == "not found" and not any(
        p.match == "verbatim" or (p.match == "paraphrase" and p.same_speaker is False) for p in proofs
    )
    printed = passages(connection, asked.words, limit, speaker) if unattributed else []
    typed_ = asked.whom.asked.typed if asked.whom is not None else None
    explanation = explain(verdict, speaker, proving, [p for p in proofs if p not in chosen], typed=typed_)
    if printed:
        verdict, explanation = explain_printed(printed, speaker)
    unknown = speaker is not None and not asked.people and not any(_is_known_by(p, speaker) for p in proofs)
    if unknown and speaker is not None and verdict in ("not found", "misattributed"):
        explanation += _unknown(connection, typed_ or speaker)
    return Check(
        verdict=verdict,
        quotation=quotation,
        speaker=typed_,
        explanation=explanation,
        proofs=tuple([*proving, *in_order(rest)][:limit]),
        passages=tuple(printed),
    )


def _is_known_by(proof: Proof, speaker: str) -> bool:
    """Whether a proof tells of somebody of a name, or of a body that is called so."""
    return proof.same_speaker is True or is_of_body(proof.appearance.claim.speaker, speaker)


def _unknown(connection: sqlite3.Connection, speaker: str) -> str:
    """That nobody of a name speaks in the bank, and who is called much like it."""
    return f" Nobody called {speaker} speaks in the bank{nearest_told(connection, speaker)}."


def _asked(connection: sqlite3.Connection, quotation: str, speaker: str | None) -> Asked | None:
    text = typed(quotation)
    words = read_words(text)
    if not len(words):
        return None
    if speaker is not None:
        check_string("speaker", speaker, NAME)
        if not speaker.strip():
            raise ArgumentValueError(f"speaker must name somebody, or be None; got {shown(speaker)}")
    return Asked(text, words, sought(connection, speaker) if speaker is not None else None)


@lru_cache(maxsize=1)
def _claim_of_asked(text: str, speaker: str | None) -> Claim:
    """A quotation as a claim, which few checks need."""
    article = Article(text=f"“{text}”", id="")
    return Claim.build(article, content=[Span(0, len(article.text))], speaker=speaker and Speaker(name=speaker))


def _candidates(connection: sqlite3.Connection, asked: Asked) -> list[Appearance]:
    """Claims that may hold the quotation: of its very words, with most of what it tells, and with its first words."""
    rows = [*_of_these_words(connection, asked), *_telling(connection, asked)]
    content = sum(map(is_content, asked.words.keys[:PHRASED]))
    if content <= FEW or len(asked.words) <= SHORT:
        rows += _phrase(connection, asked)
    return _appearances(connection, list(dict.fromkeys(rows)))


def _of_these_words(connection: sqlite3.Connection, asked: Asked) -> list[int]:
    """The first claim of just these words by each speaker, first those who are asked for."""
    sql = (
        "SELECT min(id) FROM claims WHERE wording = ? GROUP BY speaker_id "
        "ORDER BY speaker_id IN (SELECT value FROM json_each(?)) DESC, 1 LIMIT ?"
    )
    rows = connection.execute(sql, (wording_of(asked.text), as_json(sorted(asked.people)), ALIGNED))
    return [row for (row,) in rows]


def _telling(connection: sqlite3.Connection, asked: Asked) -> list[int]:
    """Claims that tell most in common with the quotation, of those that have most of its words that tell most."""
    told = telling(asked.text)
    most = sorted(told, key=lambda word: -told[word])
    people = as_json(sorted(asked.people))
    claims: dict[int, tuple[str, int | None]] = {}
    for words, together in TOGETHER if len(most) > FEW else TOGETHER_OF_FEW:
        some = [in_any_spelling(word) for word in most[:words]]
        if not some:
            break
        match = " OR ".join(f"({' AND '.join(few)})" for few in combinations(some, min(together, len(some))))
        if asked.people:
            found = connection.execute(SAYING_OF, (f"text : ({match})", MATCHED, people, LOOKED_AT))
        else:
            found = connection.execute(SAYING, (f"text : ({match})", MATCHED, LOOKED_AT))
        claims.update((row, (text, speaker)) for row, text, speaker in found)
    agreed = {row: agreement(asked.text, text) for row, (text, _) in claims.items()}
    least = PART_OF_BEST * max((a.common for a in agreed.values() if a.is_enough), default=0.0)
    near = [row for row, a in agreed.items() if a.is_enough and a.common >= least]
    near.sort(key=lambda row: (agreed[row].common, agreed[row].alike, row), reverse=True)
    theirs = [row for row in near if claims[row][1] in asked.people]
    return [*near[:ALIGNED], *theirs[:ALIGNED]]


def _phrase(connection: sqlite3.Connection, asked: Asked) -> list[int]:
    """Claims in which the words stand in a row, but for ellipses: found by those that say something, then read.

    FTS5 would find the phrase itself, but reads every claim that has "the" or "is" for it. Where no word says something
    ("I will go"), those of who is asked for are read.
    """
    words = asked.words
    content = [at for at in range(min(len(words), PHRASED)) if is_content(words.keys[at])]
    match = (
        "text : ("
        + " AND ".join(in_any_spelling(words.text[words.starts[at] : words.ends[at]]) for at in content)
        + ")"
    )
    pieces = [f" {loosely_spelled(piece)} " for piece in _pieces(words)]
    if content:
        found = connection.execute(SAYING, (match, READ, READ))
    else:
        found = connection.execute(OF_THEM, (as_json(sorted(asked.people)), READ))
    rows = ((row, f" {loosely_spelled(text)} ") for row, text, _ in found)
    return list(islice((row for row, text in rows if all(piece in text for piece in pieces)), ALIGNED))


def _pieces(words: Words) -> list[str]:
    """The first words of a quotation, in pieces where an ellipsis parts them."""
    count = min(len(words), PHRASED)
    begins = [at for at in range(count) if not at or words.breaks[at]]
    return [
        words.text[words.starts[at] : words.ends[end - 1]] for at, end in zip(begins, [*begins[1:], count], strict=True)
    ]


def _appearances(connection: sqlite3.Connection, rows: Sequence[int]) -> list[Appearance]:
    marks = ", ".join("?" * len(rows))
    return list(appearances(connection, f"claims.id IN ({marks})", rows)) if rows else []


def _word_proofs(
    asked: Asked, candidates: Sequence[Appearance], texts: Texts
) -> tuple[list[Proof], list[tuple[Appearance, Laid]]]:
    """What the candidates prove that have the quotation's words, and all others, laid against it."""
    proofs, others = [], []
    for appearance in candidates:
        laid = _laid(asked, appearance.claim)
        proof = _proof(asked, appearance, laid, texts)
        if proof is not None:
            proofs.append(proof)
        else:
            others.append((appearance, laid))
    return proofs, others


def _laid(asked: Asked, claim: Claim) -> Laid:
    """The quotation laid against a claim; without what brackets add to it, where that is left out: "(his home)"."""
    words, stated = asked.words, read_words(claim.text)
    laid = Laid.of(*alike(words, stated))
    if not laid.verbatim and any(words.editorial) and not all(words.editorial):  # "It [the river] will flood"
        own = Laid.of(*alike(words.only(i for i in range(len(words)) if not words.editorial[i]), stated))
        laid = own if own.verbatim else laid
    if laid.verbatim or "(" not in claim.text:
        return laid
    bare = read_words(GLOSS.sub(lambda match: " " * len(match[0]), claim.text))
    return without if (without := Laid.of(*alike(words, bare))).verbatim else laid


def _proof(asked: Asked, appearance: Appearance, laid: Laid, texts: Texts) -> Proof | None:
    """What the words of an appearance prove about the quotation; None for nothing."""
    claim = appearance.claim
    match = _match(asked, claim, laid)
    if match is None:
        return None
    proof = _proving(asked, appearance, texts, match, laid.found or Span(0, len(claim.text)))
    differences = _inside(laid.differences(), laid.b)
    cut = match == "verbatim" and len(laid.blocks) == 1  # what is left out around them `standing` knows
    if joins_halves(laid, claim) and not proof.standing.lost:
        proof = attrs.evolve(proof, standing=attrs.evolve(proof.standing, lost="sense"))
    return attrs.evolve(proof, share=laid.share, differences=differences, reversed=laid.reversed and not cut)


def _paraphrase(asked: Asked, appearance: Appearance, laid: Laid, texts: Texts) -> Proof | None:
    """The proof of an appearance that says the same in other words, or reports the very words as its own."""
    claim = appearance.claim
    turned = laid.reversed or _is_turned(asked.words, laid.b)
    exchanged = None if laid.verbatim else "negation" if turned else _exchanged(laid)
    if exchanged is not None and claim.kind != "direct" and _is_close(asked.words, laid):
        if exchanged in ("number", "likelihood", "negation") or not _is_paraphrase(asked, claim):
            return _changed_report(asked, appearance, laid, texts)
    elif not laid.verbatim and not _is_paraphrase(asked, claim):
        return None
    whole = Span(0, len(claim.text))
    proof = _proving(asked, appearance, texts, "paraphrase", (laid.found if laid.verbatim else None) or whole)
    share = laid.share if laid.verbatim else 0.0
    return attrs.evolve(proof, text=claim.text, spans=in_article(claim, whole), share=share, reversed=laid.reversed)


def _is_turned(asked: Words, stated: Words) -> bool:
    """Whether the same words stand in another order around a negation: "a floor, not a ceiling"."""
    if Counter(asked.keys) != Counter(stated.keys) or "or" in asked.keys:
        return False
    denied = [
        {next(filter(is_content, told.keys[i + 1 :]), "") for i, key in enumerate(told.keys) if is_negation(key)}
        for told in (asked, stated)
    ]
    return denied[0] != denied[1]


def _changed_report(asked: Asked, appearance: Appearance, laid: Laid, texts: Texts) -> Proof:
    """The proof of a report in the same words but for a number or a name: an altered one, not another."""
    proof = _proving(asked, appearance, texts, "altered", laid.found or Span(0, len(appearance.claim.text)))
    differences = _inside(laid.differences(), laid.b)
    return attrs.evolve(proof, share=laid.share, differences=differences, reversed=laid.reversed)


def _exchanged(laid: Laid) -> Literal["number", "likelihood", "name"] | None:
    """What two texts have each another of, of those that a report must not change."""
    found: Literal["name"] | None = None
    for pair in laid.changes():
        sides = [side.split() for side in pair]
        if all(any(w[:1].isdigit() or w.casefold() in NUMBERS for w in side) for side in sides):
            return "number"
        alone = {side.casefold() for side in pair}
        if not LIKELY.isdisjoint(alone) and not SURELY.isdisjoint(alone):
            return "likelihood"
        if all(any(w[:1].isupper() and is_content(w.casefold()) for w in side) for side in sides):
            found = "name"
    return found


def _proving(asked: Asked, appearance: Appearance, texts: Texts, match: Match, at: Span) -> Proof:
    """A proof by what stands at a stretch of a claim's text, without how the words differ."""
    claim = appearance.claim
    text = texts.of(appearance.article.id)
    sentence = sentence_of(text, claim)
    places = in_article(claim, at)
    same = is_speaker(asked.whom, appearance, texts.of)
    open_ = (
        same is not True and asked.speaker is not None and may_be_meant(claim.speaker, asked.speaker, text, same=same)
    )
    place = standing(
        text,
        claim,
        places,
        texts.outer(claim),
        texts.inner(claim, places),
        asked=claim.speaker.name if open_ and claim.speaker is not None else asked.speaker,
        same=open_ or same,
        asks=is_question(asked.text, asked.words),
    )
    stands = place.standing
    back = stands.sentence.end > claim.content[-1].end and stands.stance in ("not said", "called false", "withdrawn")
    shown = " ".join(stands.sentence.slice(text).split()) if back else sentence
    return Proof(
        match=match,
        appearance=attrs.evolve(appearance, sentence=sentence),
        text=at.slice(claim.text),
        spans=places,
        share=0.0,
        same_speaker=None if open_ else place.same,
        is_open=open_,
        named=place.named,
        standing=stands,
        sentence=shown if len(shown) > len(sentence) else sentence,
    )


def _match(asked: Asked, claim: Claim, laid: Laid) -> Match | None:
    quoted = claim.kind == "direct" or (claim.kind == "mixed" and _is_quoted(laid))
    if quoted and laid.verbatim:
        return "verbatim"
    return "altered" if quoted and _is_close(asked.words, laid) else None


def _is_quoted(laid: Laid) -> bool:
    """Whether all the words that agree stand in quotation marks."""
    found, words = laid.found, laid.b
    return found is not None and all(
        quoted
        for start, end, quoted in zip(words.starts, words.ends, words.quoted, strict=True)
        if found.start <= start and end <= found.end
    )


def _is_close(words: Words, laid: Laid) -> bool:
    """Whether a quotation, most of whose words are there, is an altered one rather than another."""
    moved = moved_words(laid) if laid.kept < SHARE * len(words) else 0
    if laid.kept < LEAST or laid.kept + moved < SHARE * len(words) or _left_out(laid) > FARTHEST * laid.kept:
        return False
    return bool(moved) or laid.wording is not None or laid.share >= SHARE


def _left_out(laid: Laid) -> int:
    """How many words of a claim a quotation leaves out in its midst with nothing to show it."""
    inner = zip(laid.gaps[1:-1], laid.missing_b[1:-1], strict=True)
    return sum(missing for (_, k, _, _), missing in inner if not laid.a.breaks[k])


def _is_paraphrase(asked: Asked, claim: Claim) -> bool:
    """Whether the claim says the same in other words; without a speaker that is asked for, its own is taken."""
    mine = _claim_of_asked(asked.text, asked.speaker)
    mine = mine if asked.speaker and claim.speaker else attrs.evolve(mine, speaker=claim.speaker)
    # how the words stand in their article decides later whether they were stated
    stated = attrs.evolve(claim, act="speech", force="statement", negated=False, conditional=False)
    return relation_of(mine, stated)[0] is not None


def _inside(differences: Sequence[Difference], stated: Words) -> tuple[Difference, ...]:
    """The differences without what the article says before and after: a quotation may be a part.

    Where its first or last words are changed, those of the same sentence stand for them; the rest come before or after.
    """
    kept = list(differences)
    while kept and kept[0].change == "added":
        kept.pop(0)
    while kept and kept[-1].change == "added":
        kept.pop()
    if kept and kept[0].change == "changed":
        kept[0] = _cut(kept[0], stated, first=True)
    if len(kept) > 1 and kept[-1].change == "changed":
        kept[-1] = _cut(kept[-1], stated, first=False)
    return tuple(kept)


def _cut(changed: Difference, stated: Words, *, first: bool) -> Difference:
    """A change at an edge of a quotation, with the article's words up to the end of their sentence there.

    Where the sentence goes on for long, only with as many words as the quotation has.
    """
    span = changed.second_span
    if span is None:
        return changed
    count = len(read_words(changed.first))
    within = range(bisect_left(stated.starts, span.start), bisect_right(stated.ends, span.end))
    edge = within[-1 if first else 0]
    found = [at for at in within if _is_in_one(stated, *sorted((edge, at)))]
    if len(found) > count + BEYOND:
        found = found[-count:] if first else found[:count]
    cut = Span(stated.starts[found[0]], stated.ends[found[-1]])
    return attrs.evolve(changed, second=cut.slice(stated.text), second_span=cut)


def _is_in_one(words: Words, start: int, last: int) -> bool:
    """Whether words stand in one sentence, with nothing left out between them."""
    return words.sentences[start] == words.sentences[last] and not any(words.breaks[start + 1 : last + 1])


def _everywhere(
    connection: sqlite3.Connection, asked: Asked, chosen: Sequence[Proof], limit: int, texts: Texts
) -> list[Proof]:
    """The proofs in all articles that have a claim of the same words by the same speaker, oldest first."""
    found: dict[tuple[str, tuple[Span, ...]], Proof] = {}
    for one in chosen:  # of two claims of the same words that stand alike, the one in the other's content
        place = one.appearance.article.id, one.spans
        if place not in found or found[place].standing.stance == one.standing.stance:
            found[place] = one
    known = {(p.appearance.article.id, p.appearance.claim.id): p for p in chosen}
    for wording, person in _said_again(connection, chosen):
        same = appearances(
            connection,
            "claims.wording = ? AND claims.speaker_id IS ?",
            (wording, person),
            order=f"{BY_DATE} LIMIT {limit}",
        )
        for appearance in same:
            proof = known.get((appearance.article.id, appearance.claim.id))
            if proof is None or proof.appearance.claim != appearance.claim:
                laid = _laid(asked, appearance.claim)
                proof = _proof(asked, appearance, laid, texts) or _paraphrase(asked, appearance, laid, texts)
            if proof is not None and proof.match == chosen[0].match and is_stated(proof) == is_stated(chosen[0]):
                found.setdefault((appearance.article.id, proof.spans), proof)
    return in_order(found.values())


def _said_again(connection: sqlite3.Connection, chosen: Sequence[Proof]) -> list[tuple[int, int | None]]:
    """The words of proofs, with who spoke them, that more than one claim of the bank has."""
    told = sorted({(wording_of(p.appearance.claim.text), p.appearance.speaker_id) for p in chosen}, key=str)
    rows = connection.execute(AGAIN, (json.dumps(told),)).fetchall()
    return [told[at] for (at,) in rows]


def in_article(claim: Claim, found: Span) -> tuple[Span, ...]:
    """A stretch of a claim's text as spans of its article: pieces of content are joined by one space."""
    out, at = [], 0
    for span in claim.content:
        start, end = max(found.start, at), min(found.end, at + len(span))
        if start < end:
            out.append(Span(span.start + start - at, span.start + end - at))
        at += len(span) + 1
    return tuple(out)
