"""What proofs say about a quotation: the verdict, the proofs that it rests on, and the sentence that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotebank.bank.embedding import names
from quotebank.bank.framing_words import DETERMINING
from quotebank.bank.named_speakers import other_spelling, speaks_for
from quotebank.bank.result_records import Appearance, Match, Passage, Proof, Reference, Standing, Verdict
from quotebank.bank.standing_features import are_several, is_described
from quotebank.bank.stored_form import plain_words
from quotebank.bank.told_differences import told_differences
from quotebank.comparing import read_words, same_speaker
from quotebank.records import Act

ORDER: dict[Match, int] = {"verbatim": 0, "altered": 1, "paraphrase": 2}
AS_NEAR = 0.1  # of the share of the nearest altered form: other forms that are as near prove it too
FEW = 3  # words that many say
FARTHER = 3  # code points more than a name that a source has, so that it says something of them
CERTAIN = 0.8  # confidence in who speaks, from which on it is told as certain
SHOWN = 400  # code points of a sentence in an explanation
BEGINNING = 24  # characters of words by which their place in a sentence is found where they are in pieces
NOBODY = "Someone who is not named"
UNNAMED = "Someone whom the article calls only"
PRONOUNS = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "who", "this", "that", "these", "those", "one", "some"}
)


def is_stated(proof: Proof) -> bool:
    """Whether the article reports the words as said: not as denied, refused, asked, only possible, or by hearsay."""
    return proof.standing.stance == "stated"


def is_unclear(proof: Proof) -> bool:
    """Whether it is not plain how the article means the words."""
    return proof.standing.stance == "unclear"


def is_whole(proof: Proof) -> bool:
    """Whether the words are there as they are asked for, and cut so that they keep their sense."""
    return proof.match == "verbatim" and not proof.reversed and not proof.standing.lost


def decide(speaker: str | None, proofs: Sequence[Proof]) -> tuple[Verdict, list[Proof]]:
    """The verdict, and the proofs that it rests on, best first; `speaker` is who is asked for."""
    proofs = [p for p in proofs if not _is_told_whole(p, proofs)]
    stated = [p for p in proofs if is_stated(p) and not _is_gainsaid(p, proofs) and not _is_belied(p, proofs)]
    hers = [p for p in stated if p.same_speaker or speaker is None]
    others = [p for p in stated if p.same_speaker is False and _is_telling(p)]
    near = [p for p in stated if p.is_open]
    hers = [p for p in hers if speaker is None or not _is_headline_of(p, others)]
    unstated = [p for p in proofs if not is_stated(p) and _concerns(p, speaker)]
    words = [p for p in unstated if p.match != "paraphrase"]
    known = [p for p in words if not is_unclear(p)]
    unclear = [p for p in words if is_unclear(p)]
    same = [p for p in unstated if p.share and not is_unclear(p)]  # reports in these very words
    ways: list[tuple[Verdict, list[Proof]]] = [
        ("said", [p for p in hers if is_whole(p) and not _is_cut_outside(p, hers)]),
        ("misattributed", [p for p in others if is_whole(p)] if not words else []),
        ("altered", [p for p in hers if p.match == "verbatim"]),
        ("unclear", [p for p in near if is_whole(p)]),
        ("not stated", [p for p in known if p.match == "verbatim"]),
        ("unclear", [p for p in unclear if p.match == "verbatim"]),
        ("altered", [p for p in hers if p.match == "altered"]),
        ("not stated", known),
        ("unclear", unclear),
        ("misattributed", [p for p in others if p.match != "paraphrase" or (p.named and p.share == 1)]),
        ("altered", [p for p in hers if p.share and p.standing.lost]),
        ("not stated", same if not any(p.share for p in hers) else []),
        ("paraphrase", [p for p in hers if p.match == "paraphrase"]),
        ("unclear", near),
        ("not stated", [p for p in unstated if not is_unclear(p)]),
        ("unclear", unstated),
    ]
    for verdict, chosen in ways:
        if not chosen:
            continue
        if any(p.match == "altered" for p in chosen):
            best = max(p.share for p in chosen)
            chosen = _outermost([p for p in chosen if p.share >= best - AS_NEAR])  # noqa: PLW2901 - as near as the nearest
        chosen = in_order(chosen)  # noqa: PLW2901 - the same
        second = verdict == "not stated" and _is_at_second_hand(chosen[0], speaker)
        return "second hand" if second else verdict, chosen
    return "not found", []


def _outermost(proofs: Sequence[Proof]) -> list[Proof]:
    """The proofs but those of claims that lie in a claim of another one: "it rains" in "I suppose it rains"."""
    claims = {(p.appearance.article.id, p.appearance.claim.id) for p in proofs}
    return [p for p in proofs if (p.appearance.article.id, p.appearance.claim.within) not in claims]


def _is_told_whole(proof: Proof, proofs: Sequence[Proof]) -> bool:
    """Whether the claim around one that has some of the words has them all: "Lee said | nobody wants to leave"."""
    return proof.match == "altered" and any(
        q.match != "altered" and (q.match == "verbatim" or q.share == 1) and _is_place_of(q, proof) for q in proofs
    )


def _is_cut_outside(proof: Proof, proofs: Sequence[Proof]) -> bool:
    """Whether what somebody says of their own mind loses by the cut what the claim around it has: "I used to think"."""
    size = len(proof.appearance.claim.text)
    around = (q for q in proofs if q.match == proof.match and len(q.appearance.claim.text) > size)
    return any(q.standing.lost and _is_place_of(q, proof) for q in around)


def _is_gainsaid(proof: Proof, proofs: Sequence[Proof]) -> bool:
    """Whether another claim of words in one place knows that they were not stated: "said he did not believe that …"."""
    return proof.match != "altered" and any(
        q.match == proof.match and q.same_speaker is not False and _is_place_of(q, proof) and _is_against(q)
        for q in proofs
        if not _is_doubt_inside(q, proof)
    )


def _is_headline_of(proof: Proof, others: Sequence[Proof]) -> bool:
    """Whether words stand behind a colon alone and their article gives them to another: "LEE IS OUT: ‘HE IS DONE’"."""
    claim = proof.appearance.claim
    about = claim.speaker is not None and sum(map(len, claim.source)) > len(claim.speaker.name) + FARTHER
    if not about or sum(map(len, claim.cue)) != 1:
        return False
    near = (p for p in others if p.appearance.article.id == proof.appearance.article.id and is_whole(p))
    return any(sum(map(len, p.appearance.claim.cue)) > 1 for p in near)


def _is_belied(proof: Proof, proofs: Sequence[Proof]) -> bool:
    """Whether a headline's words stand in their article in the contrary sense: "LEE: I AM DONE" of "I am not done"."""
    claim = proof.appearance.claim
    if sum(map(len, claim.cue)) > 1 or not claim.source or proof.match != "verbatim":
        return False
    return any(
        q.match == "altered"
        and q.reversed
        and q.same_speaker is not False
        and is_stated(q)
        and sum(map(len, q.appearance.claim.cue)) > 1
        for q in proofs
        if q.appearance.article.id == proof.appearance.article.id
    )


def _is_doubt_inside(proof: Proof, outer: Proof) -> bool:
    """Whether a claim told inside another one only does not look like a report: "all I'd say is" in what was said."""
    inside = proof.appearance.claim.within == outer.appearance.claim.id
    return inside and proof.standing.stance == "not reported"


def _is_against(proof: Proof) -> bool:
    """Whether an article tells that words were not stated, by whomever."""
    return not is_stated(proof) and not is_unclear(proof) and proof.standing.stance != "second hand"


def _is_telling(proof: Proof) -> bool:
    """Whether words are enough of somebody's to be theirs: "numbers" alone, out of a sentence, is nobody's."""
    return proof.text == proof.appearance.claim.text or len(proof.text.split()) >= FEW


def _concerns(proof: Proof, speaker: str | None) -> bool:
    """Whether words that were not stated are given to who is asked for, by the claim or in its sentence."""
    if speaker is None or proof.same_speaker is True or names(proof.sentence, speaker):
        return True
    return proof.named and proof.share == 1


def _is_at_second_hand(proof: Proof, speaker: str | None) -> bool:
    """Whether somebody else says that who is asked for said it; what they told of others is not theirs."""
    told = proof.standing
    if told.stance != "second hand":
        return False
    if not told.owner:
        return bool(told.teller)
    return speaker is None or names(told.owner, speaker) or proof.same_speaker is not True


def in_order(proofs: Iterable[Proof]) -> list[Proof]:
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


def explain(
    verdict: Verdict, speaker: str | None, chosen: Sequence[Proof], rest: Sequence[Proof], *, typed: str | None = None
) -> str:
    """The verdict in a sentence or two that may be published; `typed`: who is asked for, with what is said beside."""
    whom = typed or speaker
    if verdict in ("misattributed", "unclear") and whom is not None and chosen and is_stated(chosen[0]):
        speaker = whom
    return _begun(_explain(verdict, speaker, chosen, rest))


def _explain(verdict: Verdict, speaker: str | None, chosen: Sequence[Proof], rest: Sequence[Proof]) -> str:
    if verdict == "not found":
        return _explain_nothing(speaker, rest)
    first = chosen[0]
    who = _name(first)
    alike = [p for p in chosen if p.match != "altered" or p is first or _changes(p) == _changes(first)]
    where = _where([p.appearance for p in alike if _is_one(p, first)])
    given = _given_to(first, [*chosen, *rest])
    if verdict in ("not stated", "second hand", "unclear"):
        why = (
            _unassigned(first, speaker, where)
            if first.is_open and speaker and is_stated(first)
            else f"{_unstated(first, speaker, who)}, {where}"
        )
        return f"{why}: {_shown(first)}"
    against = _contradicted(first, rest)
    if verdict == "said":
        meant = _meant(first, speaker)
        shown = f": {_shown(first)}" if meant or _is_part(first) else "."
        return f"{who}{meant} said it word for word, {where}{shown}{_spelt(first, speaker)}{given}{against}"
    if verdict == "misattributed":
        instead = f"Not {_inside(speaker or NOBODY)}: {who}"
        if first.match == "paraphrase":
            return f"{instead} {_are(first)} reported to have said so, {where}.{given}"
        how = "word for word" if first.match == "verbatim" else f"but {_changes(first)}"
        return f"{instead} said it, {how}, {where}.{given}"
    if verdict == "altered":
        if first.match != "altered":
            cut = f"but cut like this they lose {_lost(first.standing)}"
            return f"{who} said these words, {where}, {cut}: {_shown(first)}{given}"
        turned = " The change turns its sense round." if first.reversed else ""
        turned += f" Cut like this it loses {_lost(first.standing)}, too." if first.standing.lost and not turned else ""
        said = "said it" if first.appearance.claim.kind != "indirect" else f"{_are(first)} reported to have said it"
        return f"{who} {said}, but not word for word, {where}: {_changes(first)}.{given}{turned}{against}"
    who += _meant(first, speaker)
    if first.share:  # a report in these very words
        quoted = "not quoted" if first.appearance.claim.kind == "indirect" else "not all quoted"
        return f"{who} {_are(first)} reported to have said so, {where}, but these words are {quoted}.{against}"
    return f"{who} {_are(first)} only reported to have said something like it, {where}.{against}"


def _spelt(proof: Proof, speaker: str | None) -> str:
    """How the article spells a name that is asked for with a slip, as a sentence."""
    told = proof.appearance.claim.speaker
    spelling = other_spelling(told.name, speaker) if told is not None and speaker is not None else ""
    return f" The article spells the name “{spelling}”, not “{speaker}”." if spelling else ""


def _is_part(proof: Proof) -> bool:
    """Whether the words are a part of what somebody said, so that one wants to see the rest."""
    return len(read_words(proof.text)) < len(read_words(proof.appearance.claim.text))


def _meant(proof: Proof, speaker: str | None) -> str:
    """What is said behind a name where the sentence does not have it, and it is not sure: ", it seems,".

    Also for whom somebody speaks, where that is asked for: ", speaking for the firm,"; and who is asked for, where the
    article only describes who speaks: ", by all signs Ann Lee,".
    """
    told = proof.appearance.claim.speaker
    if told is not None and (speaker is None or names(told.name, speaker)):
        doubted = told.confidence < CERTAIN and told.name.lower() not in PRONOUNS
        if f" {plain_words(told.name)} " in f" {plain_words(proof.sentence)} ":
            return ""
        return ", it seems," if doubted else ""
    if speaker is not None and speaks_for(told, speaker):
        return f", speaking for {_inside(speaker)},"
    return f", by all signs {speaker}," if speaker is not None and is_described(told) else ""


def _unstated(proof: Proof, speaker: str | None, who: str) -> str:
    """Why words that an article has were not stated by who is asked for, without place and full stop."""
    told = proof.standing
    if told.stance == "second hand":
        owned = bool(told.owner) and told.owner.lower() not in PRONOUNS
        if owned and proof.same_speaker is True and not (speaker and names(told.owner, speaker)):
            return f"{who} did not say it as their own, but as the words or the view of “{told.owner}”"
        whose = speaker if speaker and names(told.owner or who, speaker) else told.owner or who
        if not told.owner and not told.teller:
            return f"{who} did not say it as their own, but as what others say"
        teller = _inside(told.teller or who)
        nobody = not told.owner and whose == NOBODY and proof.appearance.claim.source  # "they", whoever that is
        if nobody or (told.owner.lower() == "you" and told.owner == whose):
            return f"{_begun(teller)} did not say it as their own, but as what somebody else says or thinks"
        if _inside(whose) == teller:
            return f"{who} did not say it as their own, but as what somebody else says or thinks"
        if not names(told.teller, whose):
            return f"Only at second hand: according to {teller}, {_inside(whose)} said it"
    if told.stance == "unclear" and told.lost and proof.same_speaker:
        return f"{who} said these words, but it is not plain that they keep their sense when they are cut like this"
    if told.stance in ("unclear", "stated", "second hand"):  # stated, but of somebody else; told by themselves
        there = (
            "The words are there"
            if proof.match == "verbatim" or proof.share == 1
            else "Words much like these are there"
        )
        return (
            f"{there}, but the sentence does not plainly report that {_inside(speaker or told.owner or who)} said them"
        )
    claim = proof.appearance.claim
    whose = _inside(speaker or told.owner or who)
    if claim.within is not None and claim.act in ("attitude", "intention") and (speaker is None or proof.same_speaker):
        return f"{_begun(whose)} says there what they {_minded(told)}: the words alone are not what they said"
    return _reason(told, whose, claim.act)


def _unassigned(proof: Proof, speaker: str, where: str) -> str:
    """That somebody said words, and that it is open whether they are those of who is asked for."""
    how = "said it word for word" if is_whole(proof) else f"{_are(proof)} reported to have said so"
    open_ = f"the article does not tell whether that is the word of {_inside(speaker)}"
    return f"{_with_role(proof)} {how}, {where}; {open_}"


def _reason(told: Standing, whose: str, act: Act = "speech") -> str:
    """What keeps words from being what somebody stated; `act`: what the claim that has them reports."""
    if act in ("attitude", "intention") and told.stance in ("not said", "possible"):
        return f"It is what {whose} {_minded(told)}, as the article has it, not what they said"
    return {
        "denied": f"The words are what is denied, not what {whose} said",
        "not said": f"The article says that {whose} did not say it",
        "refused": f"It is what {whose} declined to say or to do",
        "asked": f"It is asked, not stated by {whose}",
        "possible": f"It is only what {whose} might say, or was still to say",
        "conditional": f"It stands under a condition, and {whose} did not state it",
        "called false": f"The article does not take the words for those of {whose}: it calls them false or made up",
        "withdrawn": f"The article says that {whose} said it, but that it was taken back",
        "not reported": f"As it reads, the article does not report that {whose} said it",
    }[told.stance]


def _minded(told: Standing) -> str:
    """What they did not do, or might, in the words of an explanation."""
    return "did not think, know, want or plan" if told.stance == "not said" else "would or might think, want or plan"


def _begun(name: str) -> str:
    """A name as it stands at the beginning of a sentence: "The firm", but "iRobot"."""
    return name[:1].upper() + name[1:] if name.split(maxsplit=1)[0].islower() else name


def _shown(found: Proof | Passage) -> str:
    """The sentence of a place; of a long one the part that has its words."""
    sentence, words = found.sentence, " ".join(found.text.split())
    if len(sentence) <= SHOWN:
        return sentence
    begin = max(sentence.find(words), sentence.find(words[:BEGINNING]), 0)
    if begin + len(words) < SHOWN:
        return f"{sentence[: SHOWN - 1].rstrip()}…"
    begin = min(begin, len(sentence) - SHOWN + 1)
    if len(sentence) - begin < SHOWN:
        return f"…{sentence[begin:].strip()}"
    return f"…{sentence[begin : begin + SHOWN - 2].strip()}…"


def _is_place_of(a: Proof, b: Proof) -> bool:
    """Whether two proofs are of words in one place: a claim, and the claim that tells it."""
    if a.appearance.article.id != b.appearance.article.id:
        return False
    return a.spans[0].start < b.spans[-1].end and b.spans[0].start < a.spans[-1].end


def _contradicted(first: Proof, rest: Sequence[Proof]) -> str:
    """Where else the same words are reported as not stated by the same speaker."""
    told = [p for p in rest if not is_stated(p) and not is_unclear(p) and not _is_place_of(p, first)]
    against = [p for p in told if p.match != "paraphrase" and _is_one(p, first)]
    if not against:
        return ""
    return f" But {_where([p.appearance for p in against])} they are reported otherwise: {_shown(against[0])}"


def _explain_nothing(speaker: str | None, rest: Sequence[Proof]) -> str:
    whom = f" by {speaker}" if speaker else ""
    retold = [p for p in rest if p.match == "paraphrase" and p.same_speaker is False and is_stated(p)]
    if retold and speaker:
        other = f"{_name(retold[0])} {_are(retold[0])} reported to have said something like it"
        return f"Nothing like it{whom} is in the bank; {other}."
    printed = [p for p in rest if p.match == "verbatim"]
    described = [p for p in printed if is_stated(p) and is_described(p.appearance.claim.speaker) and _is_told(p)]
    if described:
        return (
            f"The words are in the bank, {_where([p.appearance for p in described])}, but the article gives them to "
            f"“{_name(described[0])}” and names no one, so that it does not tell whether {speaker} said them."
        )
    if printed:
        where = _where([p.appearance for p in printed])
        return f"The words are there, {where}, but not as those of {_inside(speaker or NOBODY)}: {_shown(printed[0])}"
    return f"Nothing like it{whom} is in the bank."


def explain_printed(found: Sequence[Passage], speaker: str | None) -> tuple[Verdict, str]:
    """What is said of words that stand in articles, but in no claim: not stated, where their sentences tell so."""
    known = [p for p in found if p.standing.stance != "unclear"]
    told = bool(known) and (known[0].named if speaker else known[0].standing.stance != "stated")
    if told and len(known) == len(found):
        verdict, why = _of_passage(known[0], speaker or "who is named there")
        return verdict, f"{why}, {_place([known[0].article])}: {_shown(known[0])}"
    named = [p for p in found if p.named]
    if named:
        why = f"The words are there, but the sentence does not plainly report that {speaker} said them"
        return "unclear", f"{why}, {_place([named[0].article])}: {_shown(named[0])}"
    return (
        "not found",
        f"The words stand in the text, {_place([p.article for p in found])}, but no claim gives them to anyone.",
    )


def _of_passage(passage: Passage, whose: str) -> tuple[Verdict, str]:
    """How words of no claim, which are not unclear, stand with regard to somebody: the verdict and why."""
    told = passage.standing
    if told.stance == "second hand":
        return "second hand", f"Only at second hand: according to {_inside(told.teller or NOBODY)}, {whose} said it"
    if told.stance != "stated":
        return "not stated", _reason(told, whose)
    if not passage.same_speaker:
        return "misattributed", f"Not {whose}: as it reads, somebody else said it"
    if told.lost:
        return "altered", f"{whose} said these words, but cut like this they lose {_lost(told)}"
    return "said", f"{whose} said it word for word"


def _lost(told: Standing) -> str:
    """What words lose that are cut amiss, or that have lost what turns them round."""
    named = {"condition": "a condition", "sense": "their sense", "question": "their question mark"}
    return named.get(told.lost, "a negation")


def _is_told(proof: Proof) -> bool:
    """Whether the article says at least by what somebody they are: "the firm", not "someone"."""
    speaker = proof.appearance.claim.speaker
    return speaker is not None and speaker.type != "anonymous"


def _are(proof: Proof) -> str:
    """The verb for a speaker: "city officials are", "the city is"."""
    return "are" if are_several(proof.appearance.claim.speaker) else "is"


def _name(proof: Proof) -> str:
    speaker = proof.appearance.claim.speaker
    name = " ".join(speaker.name.split()) if speaker else NOBODY
    return f"{UNNAMED} “{name.lower()}”" if name.lower() in PRONOUNS else name


def _with_role(proof: Proof) -> str:
    """Who speaks with what the article says of them: "Ann Orr (chief executive, Vantor)"."""
    told = proof.appearance.claim.speaker
    beside = (
        ", ".join(" ".join(one.split()) for one in (told.role, told.affiliation) if one) if told is not None else ""
    )
    return f"{_name(proof)} ({beside})" if beside else _name(proof)


def _inside(name: str) -> str:
    """A name as it stands within a sentence."""
    if name.lower() in PRONOUNS:
        name = f"{UNNAMED} “{name.lower()}”"
    first, _, rest = name.partition(" ")
    described = first.lower() in DETERMINING and (rest[:1].islower() or first in ("A", "An"))  # not "The Guardian"
    return name[:1].lower() + name[1:] if described or name.startswith((NOBODY, UNNAMED)) else name


def _is_one(a: Proof, b: Proof) -> bool:
    """Whether two appearances have one speaker."""
    if a.appearance.speaker_id is not None and a.appearance.speaker_id == b.appearance.speaker_id:
        return True
    first, second = a.appearance.claim.speaker, b.appearance.claim.speaker
    return first == second or same_speaker(first, second) == "same"


def _given_to(first: Proof, proofs: Sequence[Proof]) -> str:
    """To whom other articles give the same words, as a sentence."""
    same = [p for p in proofs if p.match == first.match and is_stated(p)]
    others = [
        p
        for p in same
        if p.same_speaker is not True and not _is_one(p, first) and not is_described(p.appearance.claim.speaker)
    ]
    by_name = {_name(p): p.appearance for p in reversed(others) if p.appearance.claim.speaker is not None}
    told = [f"{_where([appearance]).removeprefix('in ')} gives it to {name}" for name, appearance in by_name.items()]
    return f" But {', and '.join(reversed(told))}." if told else ""


def _where(found: Sequence[Appearance]) -> str:
    return _place([a.article for a in found])


def _place(found: Sequence[Reference]) -> str:
    articles = list({a.id: a for a in found}.values())
    first = articles[0]
    titled = f" (“{first.title}”)" if first.title else ""
    place = f"{first.publisher or first.id}{f' of {first.published}' if first.published else ''}{titled}"
    return f"in {place}" if len(articles) == 1 else f"in {len(articles)} articles, first in {place}"


def _changes(proof: Proof) -> str:
    return told_differences(proof.differences, proof.appearance.claim.text)
