"""Did they say it, in those words: a quotation against the claims of a bank; groups and how their wording differs."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice

import attrs

from quotebank.bank.article_passages import passages
from quotebank.bank.grouping import comparison
from quotebank.bank.result_records import Appearance, Check, Group, Match, Passage, Proof, Reference, Verdict, Wording
from quotebank.bank.same_claim_candidates import FEW, agreement, as_json, telling
from quotebank.bank.searching import BY_DATE, appearances, check_string, find_speakers
from quotebank.bank.stored_form import plain_words, wording_of
from quotebank.comparing import Alignment, Difference, Words, align_words, is_content, read_words, related, same_speaker
from quotebank.errors import ArgumentValueError, NotInBankError, shown
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
PHRASED = 12  # words of that phrase
READ = 1_000  # claims that are read for it: those added last
SHARE = 0.6  # of a short quotation's words that a claim must have to be an altered form of it
LEAST = 3  # words that it must have
BEYOND = 2  # words more than a quotation has at an edge that still stand for those
ORDER: dict[Match, int] = {"verbatim": 0, "altered": 1, "paraphrase": 2}


@attrs.frozen
class Asked:
    """A quotation that is checked: its words, whom it is said to be by, and which speakers of the bank that is."""

    text: str
    words: Words
    speaker: str | None
    people: frozenset[int]
    claim: Claim


def check(connection: sqlite3.Connection, quotation: str, speaker: str | None, limit: int) -> Check:
    """Look for a quotation among the claims. See `ClaimBank.check`."""
    check_string("quotation", quotation, LONGEST)
    asked = _asked(connection, quotation, speaker)
    if asked is None:
        return Check(
            verdict="not found", quotation=quotation, speaker=speaker, explanation="The quotation holds no word."
        )
    proofs = [proof for a in _candidates(connection, asked) if (proof := _proof(asked, a)) is not None]
    verdict, chosen = _verdict(asked, proofs)
    proving = _everywhere(connection, asked, chosen, limit)
    rest = [p for p in proofs if p not in chosen and ORDER[p.match] <= ORDER["altered"]]
    unattributed = verdict == "not found" and not any(p.match == "verbatim" for p in rest)
    printed = passages(connection, asked.words, limit) if unattributed else []
    return Check(
        verdict=verdict,
        quotation=quotation,
        speaker=speaker,
        explanation=_explain_printed(printed) if printed else _explain(verdict, asked, proving, rest),
        proofs=tuple([*proving, *_sorted(rest)][:limit]),
        passages=tuple(printed),
    )


def _asked(connection: sqlite3.Connection, quotation: str, speaker: str | None) -> Asked | None:
    text = " ".join(quotation.replace("\0", " ").split()).strip("\"“”„«»‘’' ")
    words = read_words(text)
    if not len(words):
        return None
    if speaker is not None:
        check_string("speaker", speaker, NAME)
        if not speaker.strip():
            raise ArgumentValueError(f"speaker must name somebody, or be None; got {shown(speaker)}")
    people = frozenset(find_speakers(connection, speaker)) if speaker is not None else frozenset()
    article = Article(text=f"“{text}”", id="")
    claim = Claim.build(article, content=[Span(0, len(article.text))], speaker=speaker and Speaker(name=speaker))
    return Asked(text, words, speaker, people, claim)


def _candidates(connection: sqlite3.Connection, asked: Asked) -> list[Appearance]:
    """Claims that may hold the quotation: of its very words, with most of what it tells, and with its first words."""
    rows = [*_of_these_words(connection, asked), *_telling(connection, asked)]
    content = sum(map(is_content, asked.words.keys[:PHRASED]))
    if content and (content <= FEW or len(asked.words) <= SHORT):
        rows += _phrase(connection, asked.words)
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
        some = [f'"{word}"' for word in most[:words]]
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


def _phrase(connection: sqlite3.Connection, words: Words) -> list[int]:
    """Claims in which the words stand in a row, but for ellipses: found by those that say something, then read.

    FTS5 would find the phrase itself, but reads every claim that has "the" or "is" for it.
    """
    content = [at for at in range(min(len(words), PHRASED)) if is_content(words.keys[at])]
    match = "text : (" + " ".join(f'"{words.text[words.starts[at] : words.ends[at]]}"' for at in content) + ")"
    pieces = [f" {plain_words(piece)} " for piece in _pieces(words)]
    rows = ((row, f" {plain_words(text)} ") for row, text, _ in connection.execute(SAYING, (match, READ, READ)))
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


def _proof(asked: Asked, appearance: Appearance) -> Proof | None:
    """What an appearance proves about the quotation; None for nothing."""
    claim = appearance.claim
    words = read_words(claim.text)
    aligned = align_words(asked.words, words)
    match = _match(asked, claim, words, aligned)
    if match is None:
        return None
    found = aligned.found if match != "paraphrase" and aligned.found else Span(0, len(claim.text))
    return Proof(
        match=match,
        appearance=appearance,
        text=found.slice(claim.text),
        spans=in_article(claim, found),
        share=aligned.share if match != "paraphrase" else 0.0,
        same_speaker=_is_speaker(asked, appearance),
        differences=_inside(aligned.differences, words) if match != "paraphrase" else (),
    )


def _match(asked: Asked, claim: Claim, words: Words, aligned: Alignment) -> Match | None:
    quoted = claim.kind == "direct" or (claim.kind == "mixed" and _is_quoted(words, aligned))
    if quoted and aligned.verbatim:
        return "verbatim"
    if quoted and _is_close(asked.words, aligned):
        return "altered"
    return "paraphrase" if aligned.verbatim or _is_paraphrase(asked, claim) else None


def _is_quoted(words: Words, aligned: Alignment) -> bool:
    """Whether all the words that agree stand in quotation marks."""
    found = aligned.found
    return found is not None and all(
        quoted
        for start, end, quoted in zip(words.starts, words.ends, words.quoted, strict=True)
        if found.start <= start and end <= found.end
    )


def _is_close(words: Words, aligned: Alignment) -> bool:
    """Whether a quotation, most of whose words are there, is an altered one rather than another."""
    if aligned.kept < LEAST or aligned.kept < SHARE * len(words):
        return False
    return aligned.wording is not None or aligned.share >= SHARE


def _is_paraphrase(asked: Asked, claim: Claim) -> bool:
    """Whether the claim says the same in other words; without a speaker that is asked for, its own is taken."""
    mine = asked.claim if asked.speaker else attrs.evolve(asked.claim, speaker=claim.speaker)
    return related(mine, claim)[0] is not None


def _is_speaker(asked: Asked, appearance: Appearance) -> bool | None:
    """Whether the speaker is who is asked for; None where that cannot be told."""
    if asked.speaker is None:
        return None
    if appearance.speaker_id is not None and appearance.speaker_id in asked.people:
        return True
    return {"same": True, "different": False, "unknown": None}[
        same_speaker(Speaker(name=asked.speaker), appearance.claim.speaker)
    ]


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


def in_article(claim: Claim, found: Span) -> tuple[Span, ...]:
    """A stretch of a claim's text as spans of its article: pieces of content are joined by one space."""
    out, at = [], 0
    for span in claim.content:
        start, end = max(found.start, at), min(found.end, at + len(span))
        if start < end:
            out.append(Span(span.start + start - at, span.start + end - at))
        at += len(span) + 1
    return tuple(out)


def _is_asserted(proof: Proof) -> bool:
    """Whether the article reports the words as said: not as never said, only possible or refused."""
    claim = proof.appearance.claim
    return not (claim.negated or claim.conditional or claim.force == "refusal")


def _verdict(asked: Asked, proofs: Sequence[Proof]) -> tuple[Verdict, list[Proof]]:
    """The verdict, and the proofs that it rests on."""
    told = [p for p in proofs if _is_asserted(p)]
    hers = [p for p in told if p.same_speaker or asked.speaker is None]
    others = [p for p in told if p.same_speaker is False]
    ways: list[tuple[Verdict, list[Proof]]] = [
        ("said", [p for p in hers if p.match == "verbatim"]),
        ("misattributed", [p for p in others if p.match == "verbatim"]),
        ("altered", [p for p in hers if p.match == "altered"]),
        ("misattributed", [p for p in others if p.match == "altered"]),
        ("paraphrase", [p for p in hers if p.match == "paraphrase"]),
    ]
    for verdict, chosen in ways:
        if chosen:
            if verdict == "altered" or chosen[0].match == "altered":
                best = max(p.share for p in chosen)
                chosen = [p for p in chosen if p.share >= best - 0.1]  # noqa: PLW2901 - those as near as the nearest
            return verdict, _sorted(chosen)
    return "not found", []


def _sorted(proofs: Iterable[Proof]) -> list[Proof]:
    """Best first, then oldest."""
    return sorted(
        proofs,
        key=lambda p: (
            ORDER[p.match],
            -p.share if p.match == "altered" else 0.0,
            p.appearance.article.published is None,
            str(p.appearance.article.published),
        ),
    )


def _everywhere(connection: sqlite3.Connection, asked: Asked, chosen: Sequence[Proof], limit: int) -> list[Proof]:
    """The proofs in all articles that have a claim of the same words by the same speaker, oldest first."""
    found: dict[tuple[str, tuple[Span, ...]], Proof] = {(p.appearance.article.id, p.spans): p for p in chosen}
    for wording, person in {(wording_of(p.appearance.claim.text), p.appearance.speaker_id) for p in chosen}:
        same = appearances(
            connection,
            "claims.wording = ? AND claims.speaker_id IS ?",
            (wording, person),
            order=f"{BY_DATE} LIMIT {limit}",
        )
        for appearance in same:
            proof = _proof(asked, appearance)
            if proof is not None and proof.match == chosen[0].match and _is_asserted(proof):
                found.setdefault((appearance.article.id, proof.spans), proof)
    return _sorted(found.values())


# What the verdict says


def _explain(verdict: Verdict, asked: Asked, chosen: Sequence[Proof], rest: Sequence[Proof]) -> str:
    if verdict == "not found":
        return _explain_nothing(asked, rest)
    first = chosen[0]
    who = _name(first)
    where = _where([p.appearance for p in chosen if _is_one(p, first)])
    given = _given_to(first, [*chosen, *rest])
    if verdict == "said":
        cut = " Cut like this, it loses a negation." if _is_turned(asked, first) else ""
        return f"{who} said it word for word, {where}.{given}{cut}"
    if verdict == "misattributed":
        how = "word for word" if first.match == "verbatim" else f"but {_changes(first)}"
        return f"Not {asked.speaker}: {who} said it, {how}, {where}.{given}"
    if verdict == "altered":
        turned = " The change turns its sense round." if _is_turned(asked, first) else ""
        return f"{who} said it in other words, {where}: {_changes(first)}.{given}{turned}"
    return f"{who} is only reported to have said something like it, {where}."


def _explain_nothing(asked: Asked, rest: Sequence[Proof]) -> str:
    whom = f" by {asked.speaker}" if asked.speaker else ""
    denied = [p for p in rest if not _is_asserted(p)]
    if denied:
        return f"Nothing like it{whom} is in the bank but as something that was not, or only might be, said."
    verbatim = [p for p in rest if p.match == "verbatim"]
    if verbatim:
        return f"The words are in the bank, but the article does not say that {asked.speaker} spoke them."
    return f"Nothing like it{whom} is in the bank."


def _explain_printed(found: Sequence[Passage]) -> str:
    return f"The words stand in the text, {_place(p.article for p in found)}, but no claim gives them to anyone."


def _is_turned(asked: Asked, proof: Proof) -> bool:
    return align_words(asked.words, read_words(proof.appearance.claim.text)).reversed


def _name(proof: Proof) -> str:
    speaker = proof.appearance.claim.speaker
    return speaker.name if speaker else "Someone who is not named"


def _is_one(a: Proof, b: Proof) -> bool:
    """Whether two appearances have one speaker."""
    if a.appearance.speaker_id is not None and a.appearance.speaker_id == b.appearance.speaker_id:
        return True
    first, second = a.appearance.claim.speaker, b.appearance.claim.speaker
    return first == second or same_speaker(first, second) == "same"


def _given_to(first: Proof, proofs: Sequence[Proof]) -> str:
    """To whom other articles give the same words, as a sentence."""
    others = [p for p in proofs if p.match == first.match and p.same_speaker is not True and not _is_one(p, first)]
    by_name = {_name(p): p.appearance for p in reversed(others) if p.appearance.claim.speaker is not None}
    told = [f"{_where([appearance]).removeprefix('in ')} gives it to {name}" for name, appearance in by_name.items()]
    return f" But {', and '.join(reversed(told))}." if told else ""


def _where(found: Sequence[Appearance]) -> str:
    return _place(a.article for a in found)


def _place(found: Iterable[Reference]) -> str:
    articles = list({a.id: a for a in found}.values())
    first = articles[0]
    dated = f" of {first.published}" if first.published else ""
    place = f"{first.publisher or first.id}{dated}"
    return f"in {place}" if len(articles) == 1 else f"in {len(articles)} articles, first in {place}"


def _changes(proof: Proof) -> str:
    """How the quotation's words differ, counted: "1 word changed, 2 left out"."""
    counts = {"changed": 0, "dropped": 0, "added": 0}
    for difference in proof.differences:
        if difference.change != "kept":
            counts[difference.change] += max(len(difference.first.split()), len(difference.second.split()))
    told = [
        f"{counts[change]} word{'s' if counts[change] > 1 else ''} {name}"
        for change, name in (("changed", "changed"), ("added", "left out"), ("dropped", "put in"))
        if counts[change]
    ]
    return ", ".join(told) or "its order changed"


# Groups


def groups(connection: sqlite3.Connection, *, least: int, limit: int, offset: int) -> list[Group]:
    """The claims that appear in most articles, and how they are worded there."""
    rows = connection.execute(
        "SELECT group_id FROM claims WHERE group_id IS NOT NULL GROUP BY group_id "
        "HAVING count(DISTINCT article_id) >= ? ORDER BY count(DISTINCT article_id) DESC, group_id LIMIT ? OFFSET ?",
        (least, limit, offset),
    ).fetchall()
    return [group(connection, row) for (row,) in rows]


def group(connection: sqlite3.Connection, row: int) -> Group:
    """One group. Raises `NotInBankError` where there is none of that id."""
    found = list(appearances(connection, "claims.group_id = ?", (row,)))
    if not found:
        raise NotInBankError(f"there is no group {row} in the bank")
    return Group(id=row, appearances=tuple(found), wordings=tuple(_wordings(connection, found)))


def group_of(connection: sqlite3.Connection, claim: Claim) -> Group:
    """The group of a claim, which has one appearance where nobody else reports it. Raises `NotInBankError`."""
    found = connection.execute(
        "SELECT claims.id, claims.group_id FROM claims JOIN articles ON articles.id = claims.article_id "
        "WHERE claims.claim_id = ? AND articles.article_id = ?",
        (claim.id, claim.article_id),
    ).fetchone()
    if found is None:
        raise NotInBankError(f"claim {claim.id} of article {claim.article_id!r} is not in the bank")
    if found[1] is not None:
        return group(connection, found[1])
    return Group(id=0, appearances=tuple(_appearances(connection, [found[0]])))


def _wordings(connection: sqlite3.Connection, found: Sequence[Appearance]) -> Iterator[Wording]:
    first = found[0]
    for other in found[1:]:
        compared = comparison(connection, (first.claim, first.speaker_id), (other.claim, other.speaker_id))
        yield Wording(
            appearance=other,
            relation=compared.relation or compared.wording or "paraphrase",
            differences=compared.differences,
        )
