"""What embeds words in their sentence, by rule: stated, denied, never said, refused, asked, or at second hand.

The words of a claim may be somebody's without having been stated by them: "Lee denied saying “…”", "Critics say that I
am a liar". What decides is what embeds the words in their sentence: the verbs of saying before them with their
subjects, and what negates, asks or conditions these verbs. Read without a parser, from the words alone, because a
check looks at many places.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quotebank.bank.clause_reach import NOBODY, is_admitted, is_never_done, is_only_wished, is_unrepented
from quotebank.bank.cuts import holds_in_that_event, lost
from quotebank.bank.embedding import (
    FIRST_PERSON,
    HAPPENED,
    NEXT,
    OTHERS,
    RELATIVE,
    SUBJECT,
    Frame,
    Told,
    begins_anew,
    is_adverbial,
    is_asked_around,
    is_emphatic,
    told_behind,
    told_inside,
    told_outside,
)
from quotebank.bank.fiction import is_faked, is_made_up, is_played
from quotebank.bank.framing_words import BEING, DETERMINING, DOING, HAVING, POSSESSIVE, POSSIBLE, is_noun, is_of
from quotebank.bank.made_up_scenes import is_of_fiction
from quotebank.bank.mere_mentions import merely_mentioned
from quotebank.bank.plain_reports import is_plain
from quotebank.bank.quoted_inside import is_quoted_inside
from quotebank.bank.quoted_questions import is_asked, is_echoed
from quotebank.bank.reporting_clause import denied_by, is_hearsay, is_not_the_first, unasserted
from quotebank.bank.reporting_sentence import (
    WINDOW,
    closed,
    has_whole_quotations,
    opened_at,
    paragraphs,
    sure_sentences,
    whole_sentences,
    words_at,
)
from quotebank.bank.result_records import Stance, Standing
from quotebank.bank.retelling import is_read_from, is_retold
from quotebank.bank.retold_reports import is_put_in_mouth, teller_around
from quotebank.bank.retraction import (
    is_called_false_behind,
    is_ruled_false,
    refused_behind,
    taken_back,
    taken_back_below,
)
from quotebank.comparing import Words, is_negation, read_words, same_speaker
from quotebank.records import Claim, Speaker
from quotebank.spans import Span

SIGNS = frozenset(
    {
        "boards",
        "placards",
        "banners",
        "signs",
        "posters",
        "shirts",
        "stickers",
        "flags",
        "graffiti",
        "placard",
        "banner",
    }
)
NOTICES = frozenset({"statement", "letter", "message", "note", "response", "email", "release", "tweet", "post"})
CLIPS = frozenset({"clip", "clips", "video", "videos", "recording", "audio", "meme", "image", "screenshot", "footage"})
CLOCK = regex.compile(r"[(\[]?\d{1,2}[.:h]\d\d(?:\s?[ap]\.?m\.?)?[)\]]?[:,–—-]?")
SUPPOSED_BEHIND = regex.compile(  # "“Nobody starved.” That is what Ann Lee is supposed to have wired."
    r"\s*(?:That|This|These|Those)\s(?:is|was|are|were)\s(?:what|how)\s(?P<who>[^.!?]{2,80}?)\s(?:is|was|are|were)\s"
    r"(?:popularly\s|widely\s|often\s)?(?:supposed|said|alleged|reputed|rumou?red|thought|believed|reported)\sto\shave\b"
)
MARKED = ("denial", "refusal", "question")  # forces of what was not stated, or not as a statement
CLAUSAL = BEING | HAVING | DOING | {"can", "where", "when", "if", "what", "why", "how"}  # in nobody's name
CERTAIN_OF_PRONOUN = 0.8  # confidence in whom "she" or who is only described means, from which on it is taken as sure
HEARING = frozenset({"told", "informed", "warned", "advised", "notified", "briefed", "shown"})
LEFT_OPEN = 6  # words of "would neither confirm nor"
NEAR_HEARING = 4  # words from one of these to what was heard
PASSIVE = frozenset({"said", "uttered", "spoken", "made", "written", "claimed"})


def by_rules(
    text: str, claim: Claim, spans: Sequence[Span], outer: Claim | None = None, inner: Claim | None = None
) -> tuple[Frame, Standing]:
    """The sentences around the words at `spans`, and how the rules alone tell that they stand there."""
    frame = _frame(text, claim, spans)
    w, offset = frame.words, frame.offset
    if not len(w):  # signs alone
        return frame, Standing(stance="stated", sentence=Span(spans[0].start, spans[-1].end))
    sentence = Span(offset + opened_at(w.text, w.starts[frame.start]), offset + closed(w.text, w.ends[frame.end - 1]))
    told = _told(frame, claim)
    nobody_tells = told[0] == "second hand" and not told[2]
    if (told[0] in ("stated", "unclear") or nobody_tells) and outer is not None and not is_owned_up_to(frame):
        told = by if (by := _by_outer(outer, claim))[0] != "stated" else told
    inside = inner is not None and not _is_anew_in_first_person(frame)
    if told[0] in ("stated", "unclear") and inner is not None and inside and _is_of_another(inner, claim, text):
        owner = inner.speaker.name if inner.speaker else ""
        told = "second hand", owner, claim.speaker.name if claim.speaker and owner else ""
    if told[0] == "stated" and inner is None and is_quoted_inside(w, frame.first, frame.last):
        told = "second hand", "", claim.speaker.name if claim.speaker else OTHERS
    supposed = SUPPOSED_BEHIND.match(text, sentence.end)
    mine = frozenset(read_words(claim.speaker.name).keys if claim.speaker else ()) - DETERMINING
    handed_on = _is_handed_on(frame) or (supposed is not None and not mine.isdisjoint(read_words(supposed["who"]).keys))
    if told[0] in ("stated", "unclear") and (handed_on or is_read_from(text, claim, sentence.start)):
        told = "second hand", "", OTHERS
    open_ = told[0] in ("stated", "unclear")
    if open_ and (is_of_fiction(text, claim, sentence.start) or is_ruled_false(text, sentence.end)):
        told = "called false", "", ""
    back = taken_back(w, frame.first, frame.last, frame.end, mine) if told[0] in ("stated", "unclear") else None
    refused = refused_behind(w, frame.end) if told[0] == "unclear" and back is None else None
    back = ("not said", refused) if refused is not None else back
    below = taken_back_below(text, sentence.end, mine) if back is None and told[0] in ("stated", "unclear") else None
    if back is not None or below is not None:
        told = (back or below or told)[0], "", ""
        end = below[1] if below else offset + w.ends[back[1] - 1] if back else sentence.end
        sentence = Span(sentence.start, closed(text, end))
    stance, owner, teller = told
    stance = "not reported" if stance == "not said" and _was_not_told(frame) else stance
    if not {*read_words(owner).keys}.isdisjoint(CLAUSAL):
        owner = ""  # "it has been talked about in the United (States)"
    clauses = {*read_words(teller).keys}
    if not clauses.isdisjoint(CLAUSAL | POSSIBLE) and clauses.isdisjoint(RELATIVE):
        teller = OTHERS  # "progress can be expected"
    left_out = lost(frame) or ("condition" if holds_in_that_event(text, sentence.start) else "")
    return frame, Standing(stance=stance, owner=owner, teller=teller, lost=left_out, sentence=sentence)


def _was_not_told(frame: Frame) -> bool:
    """Whether what is denied is that somebody heard the words: "“I was not told that | the dam was weak,” said Lee"."""
    w = frame.words
    near = range(max(frame.first - NEAR_HEARING, frame.start), frame.first)
    heard = next((i for i in reversed(near) if w.keys[i] in HEARING), frame.start)
    before = w.keys[max(heard - 3, frame.start) : heard]
    return any(map(is_negation, before)) and not (BEING | {"been"}).isdisjoint(before)


def _is_thought(frame: Frame, claim: Claim) -> bool:
    """Whether quoted words are what somebody only thought: "“This will ruin us,” thought Lee"."""
    own = [i for i in sorted(frame.own) if is_of(frame.words, i, "saying") or is_of(frame.words, i, "thinking")]
    return claim.kind == "direct" and bool(own) and all(frame.words.keys[i] == "thought" for i in own)


def _is_on_signs(frame: Frame) -> bool:
    """Whether a colon says on what the words are to be read, and nobody said them: "around her bobbed boards: “…”"."""
    w, before = frame.words, frame.first - 1
    led = before > frame.start and w.quoted[frame.first] and not w.quoted[before] and before not in frame.content
    return led and not frame.own and w.keys[before] in SIGNS and ":" in w.text[w.ends[before] : w.starts[frame.first]]


def _is_labelled(frame: Frame, claim: Claim) -> bool:
    """Whether quoted words stand behind who says them and a colon: "16:47 Ann Lee, chief negotiator: “…”".

    A participle may stand between: "14:40 Ann Lee, speaking to our reporter at the port: “…”".
    """
    w, source, first = frame.words, sorted(frame.source), min(frame.content)
    if claim.kind != "direct" or not source or source[-1] >= first:
        return False
    next_to = source[-1] + 1
    begins = w.text[: w.starts[source[0]]].rpartition("\n")[2].strip()
    alone = not begins or CLOCK.fullmatch(begins) is not None or _is_written(w, source)
    closed = ":" in w.text[w.ends[first - 1] : w.starts[first]]
    return alone and closed and next_to == (min(frame.own) if frame.own else first)


def _is_written(w: Words, source: Sequence[int]) -> bool:
    """Whether a source is what somebody wrote: "a statement from the health department"."""
    return any(is_of(w, i, "quotation") or w.keys[i] in NOTICES for i in source if w.keys[i + 1] in ("from", "by"))


def _is_on_clip(frame: Frame) -> bool:
    """Whether a film or a picture has somebody say words, which may be put together: "a clip has Lee saying"."""
    w = frame.words
    had = [i for i in range(frame.start, frame.first) if w.keys[i] in HAVING and not w.quoted[i]]
    if not had or not any(w.keys[i] == "saying" for i in frame.own):
        return False
    return any(w.keys[i] in CLIPS for i in range(frame.start, had[0]))


def _is_had_to_say(frame: Frame) -> bool:
    """Whether somebody else has somebody say words: "the interpreter had the minister, Ann Lee, saying"."""
    w = frame.words
    says = next((i for i in sorted(frame.own) if w.keys[i] in ("saying", "say")), None)
    had = max((i for i in range(frame.start, frame.first) if w.keys[i] in HAVING and not w.quoted[i]), default=None)
    if says is None or had is None or had + 1 >= says:
        return False
    made = w.names[had + 1] or w.keys[had + 1] in DETERMINING  # not "when all had gone did Lee say"
    return made and frame.source.issuperset(range(had + 1, says))


def _is_handed_on(frame: Frame) -> bool:
    """Whether the narrator says that what is reported is somebody else's story."""
    w = frame.words
    zone = [i for i in range(frame.start, frame.end) if not w.quoted[i] and (i not in frame.content or i < frame.first)]
    return is_retold(w, zone, frame.end, frame.source)


def _is_anew_in_first_person(frame: Frame) -> bool:
    """Whether the words begin another clause of who is quoted: "they feel left out and | we believe in them"."""
    w, first = frame.words, frame.first
    # "We know that they feel left out and | we believe in them", not "They say we lied and | we …"
    own = all(w.keys[i].partition("'")[0] in ("i", "we") for i in (frame.inner, first))
    return first > 1 and w.quoted[first] and own and w.keys[first - 1] in ("and", "but", "so")


def _is_of_another(inner: Claim, claim: Claim, text: str) -> bool:
    """Whether a claim in another one tells what somebody else says: not "our figures show", nor "nobody can doubt".

    "Lee wrote that his view was": where it is not sure whose "his" is, it is the writer's.
    """
    speaker = inner.speaker
    if not inner.source and inner.cue and inner.cue[0].slice(text).partition(" ")[0].endswith("ing"):
        return False  # "admitted having told the tower"
    if inner.cue and text[: inner.cue[0].start].rstrip()[-2:].strip("“‘\"' ") in ("I", "We", "we"):
        return False  # "I | know | from everyone here, in Cabinet, …"
    source = " ".join(span.slice(text) for span in inner.source).casefold()
    if speaker is not None and source in POSSESSIVE and speaker.confidence < CERTAIN_OF_PRONOUN:
        return False
    named = "" if speaker is None else speaker.name.casefold()
    nobody = bool(named) and (named.split()[0] in NOBODY or named in ("it", "this", "that") or named == "his voice")
    if _is_of_outer(inner) or inner.act == "evidence" or nobody:
        return False
    return not _are_one(speaker, claim.speaker)


def _are_one(a: Speaker | None, b: Speaker | None) -> bool:
    """Whether an article has one speaker in two places: by name, or "the government" in both."""
    if a is not None and b is not None and a.name == b.name and a.name.casefold().startswith("the "):
        return True
    return same_speaker(a, b) == "same"


def _is_of_outer(claim: Claim) -> bool:
    """Whether who speaks around a claim says so: of "That, I'm sure, won't do" at times "'m sure" alone is found.

    "You know that" and "You can think of it as" tell of nobody else either.
    """
    if claim.speaker is None:
        return claim.act == "attitude" and not claim.source
    return claim.act == "attitude" and claim.speaker.name.casefold() == "you"


def _frame(text: str, claim: Claim, spans: Sequence[Span]) -> Frame:
    every = [*claim.content, *claim.cue, *claim.source, *spans]
    near = [s for s in every if s.end > spans[0].start - WINDOW and s.start < spans[-1].end + WINDOW]
    low, high = min(s.start for s in near), max(s.end for s in near)
    part, offset = _read(text, low, high)
    w = read_words(part)
    matched = words_at(w, spans, offset) or [0]
    first, last = matched[0], matched[-1]
    own, source = (frozenset(words_at(w, some, offset)) for some in (claim.cue, claim.source))
    content = set(words_at(w, claim.content, offset)) or {first}
    start, end = whole_sentences(w, first, last)
    begun = max((i for i in range(first + 1) if i not in content), default=-1) + 1
    opened, closed = first, last
    while opened > 0 and w.quoted[opened] and w.quoted[opened - 1] and not w.breaks[opened]:
        opened -= 1
    while closed + 1 < len(w) and w.quoted[closed] and w.quoted[closed + 1] and not w.breaks[closed + 1]:
        closed += 1
    start, end = min(start, whole_sentences(w, opened, opened)[0]), max(end, whole_sentences(w, closed, closed)[1])
    sentence = whole_sentences(w, first, first)[0]
    return Frame(w, first, last, start, end, max(sentence, begun), own, source, frozenset(content), offset)


def _read(text: str, low: int, high: int) -> tuple[str, int]:
    """The sentences from `low` to `high` and those around that may bear upon them, and where what is read begins.

    To read words takes most of the time, and most sentences begin at a plain bound: then nothing before it is read.
    """
    part, offset = paragraphs(text, low, high)
    sure = sure_sentences(part, low - offset, high - offset)
    if sure is None or not has_whole_quotations(part[: sure.start]) or not has_whole_quotations(sure.slice(part)):
        return part, offset
    return part[sure.start :], offset + sure.start


def _told(frame: Frame, claim: Claim) -> Told:
    """The stance, and who else the words are given to."""
    w = frame.words
    outside = [i for i in range(frame.start, frame.inner) if not w.quoted[i]]
    behind = [i for i in range(frame.last + 1, frame.end) if not w.quoted[i]]
    inside = list(range(frame.inner, frame.first))
    given = bool(claim.cue or claim.source or claim.speaker)
    teller = teller_around(frame) if given else None
    plain = given and teller is None and (is_plain(frame, claim) or _is_labelled(frame, claim))
    forged = any(is_faked(w, i) for i in outside)
    forged = forged or (not plain and any(is_of(w, i, "forged") or is_made_up(w, i) for i in (*outside, *behind)))
    if (
        forged
        or is_played(frame, claim.speaker)
        or _is_called_false(frame)
        or is_called_false_behind(w, frame.last, frame.end, frame.content)
    ):
        return "called false", "", ""
    mentioned = "refused" if _is_left_open(w, outside, frame.first) else merely_mentioned(frame, claim)
    never = not plain and any(is_never_done(w, outside, i) for i in frame.own if is_of(w, i, "saying"))
    unsaid = never or _is_thought(frame, claim) or _is_on_signs(frame)
    wished = any(is_only_wished(w, outside, i) for i in frame.own)
    if mentioned is not None or unsaid or wished or is_echoed(frame):
        return mentioned or ("not said" if unsaid else "possible" if wished else "asked"), "", ""
    found = _told_by_begun(frame, outside, inside)
    if found is not None:
        return found
    put = is_put_in_mouth(frame, claim) or _is_on_clip(frame)
    had = not put and _is_had_to_say(frame)
    if put or had or _is_mentioned(frame):
        told = told_outside(frame, claim, outside) if had else None
        return told or ("second hand", "", OTHERS if put or had else "")
    found = None if _is_anew_in_first_person(frame) else told_inside(frame, claim, inside)
    plain = plain and found is None
    marked = claim.negated or claim.conditional or claim.force in MARKED
    if plain and not marked:
        return "stated", "", ""
    if plain and claim.force == "question" and not claim.negated and not claim.conditional:
        return "asked" if is_asked(frame, claim) else "stated", "", ""
    found = found or told_outside(frame, claim, outside) or told_behind(frame, claim, behind)
    if found is not None or teller is not None:
        return found or ("second hand", "", teller or OTHERS)
    narrated = [i for i in (*outside, *behind) if i not in frame.content]
    if is_hearsay(w, sorted(frame.own) or narrated):
        return "second hand", "", OTHERS
    stance = _printed(frame, narrated) or _by_claim(frame, claim, outside)
    return ("unclear" if stance == "stated" and given and not plain else stance), "", ""


def _is_left_open(w: Words, outside: Sequence[int], first: int) -> bool:
    """Whether somebody neither confirms nor denies having said words: "would neither confirm nor deny that she had"."""
    denial = max((i for i in outside if is_of(w, i, "denial")), default=0)
    before, behind = w.keys[max(denial - LEFT_OPEN, 0) : denial], range(denial + 1, first)
    if not any(key.startswith("confirm") for key in before) or ":" in w.text[w.ends[denial] : w.starts[first]]:
        return False
    said = [i for i in behind if is_of(w, i, "saying") and not is_noun(w, i)]
    own = all(
        w.keys[i - 1] in HAPPENED | HAVING | {"of"} or w.keys[i].endswith("ing") for i in said
    )  # "that she had told"
    put_off = any(map(is_negation, before)) or any(key.startswith(("declin", "refus")) for key in before)
    return put_off and bool(said) and own and not any(w.clauses[i] != w.clauses[i - 1] for i in said)


def _printed(frame: Frame, narrated: Sequence[int]) -> Stance | None:
    """The stance of quoted words that no claim gives to anyone, by the words around them."""
    if not _is_nobodys(frame):
        return None
    if is_asked_around(frame, frame.last):
        return "asked"
    if any(is_of(frame.words, i, name) for i in narrated for name in ("untrue", "forged", "doubtful")):
        return "called false"
    return "not reported" if denied_by(frame.words, narrated) else None


def _told_by_begun(frame: Frame, outside: Sequence[int], inside: Sequence[int]) -> Told | None:
    """What a verb of saying makes of the words with which the content begins: "was rumoured | to have told them"."""
    w, at = frame.words, frame.inner
    if _is_stood_by(frame):
        return "stated", "", ""
    if not inside or is_emphatic(w, outside):
        return None
    near = range(at + 1, min(at + NEXT + 1, frame.first)) if w.keys[at] == "to" else range(0)
    verbs = [at] if w.keys[at].endswith("ing") else near
    verb = next((i for i in verbs if is_of(w, i, "saying")), None)
    found = None if verb is None else unasserted(w, frozenset([*outside, *inside]), verb, frame.source)
    return None if found is None else (found, "", OTHERS if found == "second hand" else "")


def _is_stood_by(frame: Frame) -> bool:
    """Whether the words before the content say that somebody has no regret of it, or has admitted to it."""
    before = [i for i in range(frame.start, frame.first) if not frame.words.quoted[i]]
    return is_unrepented(frame.words, before) or is_admitted(frame.words, before, frame.own)


def is_owned_up_to(frame: Frame) -> bool:
    """Whether a sentence says that somebody did not deny or hesitate to say something, which the rules know."""
    w = frame.words
    zone = [i for i in range(frame.start, frame.end) if not w.quoted[i]]
    if _is_stood_by(frame):
        return True
    saying = (i for i in zone if is_of(w, i, "saying"))
    return any(is_emphatic(w, [i - 3, i - 2]) for i in saying if i > frame.start + 2)


def _is_mentioned(frame: Frame) -> bool:
    """Whether a claim is about quoted words, which are not its speaker's: "called the phrase “…” a mistranslation"."""
    w, first, last = frame.words, frame.first, frame.last
    if first < 2 or not w.quoted[first] or w.quoted[first - 1] or w.keys[first - 2] not in DETERMINING:
        return False
    named = w.keys[first - 1] in ("words", "phrase", "slogan", "term", "line", "quote", "quotation", "sentence")
    using = any(
        is_of(w, i, "saying") or is_of(w, i, "using") for i in range(max(first - SUBJECT, frame.start), first - 2)
    )
    if named and not using and first - 1 in frame.own and frame.inner == first:
        return True
    follows = last + 1 in frame.content and not w.quoted[last + 1] and w.clauses[last + 1] == w.clauses[last]
    return named and follows and frame.inner == first - 2


def _is_nobodys(frame: Frame) -> bool:
    """Whether the words are quoted, but neither by a claim nor by a verb of saying in front of them."""
    w, first = frame.words, frame.first
    if frame.own or frame.source or not w.quoted[first]:
        return False
    near = [i for i in range(max(first - SUBJECT, frame.start), first) if w.clauses[i] == w.clauses[first]]
    return not any(is_of(w, i, "saying") and not is_noun(w, i) for i in near)


def _by_outer(outer: Claim, claim: Claim) -> Told:
    """The stance of what lies in another claim: "doubts that he said", "hopes to say", "Lee says that Diaz said"."""
    if outer.negated:
        return "not said", "", ""
    if outer.conditional or outer.act == "intention":
        return "possible", "", ""
    by_force: dict[str | None, Stance] = {
        "denial": "denied",
        "refusal": "refused",
        "question": "asked",
        "request": "asked",
    }
    stance = by_force.get(outer.force, "stated")
    teller = outer.speaker.name if outer.speaker else ""
    if is_adverbial(teller):
        return stance, "", ""  # "after the inquiry", which says nothing
    if stance == "stated" and not _are_one(outer.speaker, claim.speaker) and not _is_of_outer(claim):
        return "second hand", "", teller
    return stance, "", ""


def _by_claim(frame: Frame, claim: Claim, outside: Sequence[int]) -> Stance:
    """The stance that the claim itself has, unless its verb begins anew: "declined to comment, but told them"."""
    w = frame.words
    verbs = [i for i in outside if i in frame.own and is_of(w, i, "saying")]
    anew = bool(verbs) and (begins_anew(w, verbs[-1]) or is_emphatic(w, outside))
    if claim.force == "question" and is_asked(frame, claim):
        return "asked"
    if any(is_of(w, i, "doubtful") for i in frame.own):
        return "denied"
    if anew:
        return "stated"
    if claim.force == "refusal":
        return "refused"
    # "did not hesitate: “…”"
    at_once = any(is_of(w, i, "wavering") and is_negation(w.keys[i - 1]) for i in outside if i)
    again = at_once or is_not_the_first([w.keys[i] for i in outside])
    if claim.negated and not again and not (claim.force == "denial" and is_emphatic(w, outside)):  # "did not deny"
        return "not said"
    said = bool(verbs) and not HAPPENED.isdisjoint(w.keys[verbs[-1] - 2 : verbs[-1]])
    return "possible" if claim.conditional and not said and not _can_tell(frame) else "stated"


def _can_tell(frame: Frame) -> bool:
    """Whether who speaks says that they can say something, and so says it: "“We can confirm that …”".

    Or that they would do so again: "I would say it again: …".
    """
    w = frame.words
    mine = any(w.keys[i] in FIRST_PERSON and w.quoted[i] for i in frame.source)
    again = any(w.keys[i : i + 3] == ["say", "it", "again"] for i in frame.own)
    return mine and (again or any(w.keys[i] == "can" and not is_negation(w.keys[i + 1]) for i in frame.own))


def _is_called_false(frame: Frame) -> bool:
    """Whether the article says right behind the words that they are untrue or were not said."""
    w = frame.words
    for i in range(frame.last + 1, min(frame.end, frame.last + 8)):
        tail = range(i + 1, min(frame.end, i + 4))
        if w.quoted[i] and not all(w.quoted[frame.last : i]):
            return False  # another quotation's words are none about this one
        if w.keys[i] in BEING and w.sentences[i] == w.sentences[frame.last]:
            never = any(is_negation(w.keys[k]) for k in tail) and any(w.keys[k] in PASSIVE for k in tail)
            subject = frame.inner < frame.first and w.keys[frame.first - 1] == "that"
            return never or (subject and any(is_of(w, k, "untrue") for k in tail))
    return False
