"""Turns of transcripts and interviews as attributions.

A turn is an attribution whose source is the name before the colon, whose cue is the colon and whose content is what
follows, up to the next turn. What a speaker reports inside a turn is a claim inside that one. Who asks at "Q:" is
nobody that the text names; who answers where no label says so is whom the introduction names.
"""

from __future__ import annotations

from bisect import bisect_left

import attrs
import regex

from quotebank.attribution.decoding import Tagged, in_order
from quotebank.attribution.interviewees import announced_behind, announced_or_known, interviewee, spelled_out
from quotebank.text import DIRECTION, Line, Tokens, initials, words

SURE = 0.6  # confidence from which on a report inside a turn is a claim of its own
LABELLED = 0.99  # confidence of a turn whose label names who speaks
UNLABELLED = 0.8
LONGEST_NAME = 4  # tokens of an answer that is a name
INITIALS = regex.compile(r"\p{Lu}{2,4}|(?:\p{Lu}\.){2,4}")
NAME = r"(?P<name>\p{Lu}[\p{L}.'’-]*(?:[ ]\p{Lu}[\p{L}.'’-]*){1,3})"
WITNESS = regex.compile(
    rf"(?m:^){NAME}(?:[ ]\((?:affirmed|sworn|recalled)\)|,[ ][^\n]{{0,40}}?\b(?:as[ ]a[ ]witness|sworn|affirmed)\b)"
    rf"|(?i:\b(?:deposition|testimony|examination|evidence)[ ]of[ ]){NAME}"
)
OFFICE_BEGINS = frozenset({"the", "minister", "secretary", "chair", "chairman", "chairwoman", "president", "leader"})
LONGEST_REMARK = 4  # words of "Laughter and applause"
OPENS_NOTE = frozenset("([")
CLOSES_NOTE = frozenset(")]")
STOPS = frozenset('.!?…—–-”"')  # before a remark in brackets that is nobody's words


@attrs.frozen
class Turn:
    """Token indices: the name from `first` up to `name_end`, the sign behind it, and what is said.

    Without a label the name is empty; `asks` as a line has it.
    """

    first: int
    name_end: int
    cue: tuple[int, ...]
    content: tuple[int, ...]
    asks: bool | None = None


def _turns(tokens: Tokens) -> list[Turn]:
    """The turns of a transcript in order, also those that are labels alone; none where the text is no transcript."""
    found: list[Turn] = []
    for line in tokens.lines:
        if line.begins_turn:
            found.append(_begun(tokens, line))
        elif line.kind == "byline" and tokens.text[line.end - 1] == ":":
            found.append(Turn(bisect_left(tokens.starts, line.start), bisect_left(tokens.starts, line.end - 1), (), ()))
        elif line.kind == "turn" and found:
            said = range(bisect_left(tokens.starts, line.start), bisect_left(tokens.starts, line.end))
            found[-1] = attrs.evolve(found[-1], content=(*found[-1].content, *said))
    return found


def _begun(tokens: Tokens, line: Line) -> Turn:
    """The turn that begins with a line, as far as that line goes."""
    starts, label = tokens.starts, line.label
    first, end = bisect_left(starts, line.start), bisect_left(starts, line.end)
    if label is None:
        return Turn(first, first, (), tuple(range(first, end)), line.asks)
    cue = () if label.colon is None else tuple(range(*(bisect_left(starts, at) for at in label.colon)))
    said = tuple(range(bisect_left(starts, label.begins), end))
    return Turn(bisect_left(starts, label.start), bisect_left(starts, label.end), cue, said, line.asks)


def claims_of_turns(tokens: Tokens) -> list[Tagged]:
    """A claim for each turn of a text, in order."""
    read = [attrs.evolve(turn, content=_without_notes(tokens, turn.content)) for turn in _turns(tokens)]
    found = [turn for turn in read if turn.content]
    guest = _guest(tokens, found)
    offices = _offices(tokens, found)
    asking = _examiners(tokens, read)
    return [
        _claim(tokens, turn, full or offices.get(_label(tokens, turn)) or who or (guest if turn.asks is False else ()))
        for turn, full, who in zip(found, _in_full(tokens, found), asking, strict=True)
    ]


def _without_notes(tokens: Tokens, said: tuple[int, ...]) -> tuple[int, ...]:
    """The words of a turn without the remarks in brackets that it ends with: "(Inaudible.)", "[off microphone]"."""
    while said and tokens.word(said[-1]) in CLOSES_NOTE:
        opened = next((k for k in range(len(said) - 1, -1, -1) if tokens.word(said[k]) in OPENS_NOTE), None)
        if opened is None or (opened and tokens.word(said[opened - 1])[-1] not in STOPS):
            break
        if DIRECTION.fullmatch(tokens.text, tokens.starts[said[opened]], tokens.ends[said[-1]]) is None:
            break
        if opened and not _is_remark([tokens.word(i).lower() for i in said[opened + 1 : -1]]):
            break
        said = said[:opened]
    return said


def _is_remark(held: list[str]) -> bool:
    """Whether what stands in brackets behind a turn's words is a remark: "Laughter", not "I really do"."""
    plain = [word for word in held if word[0].isalnum()]
    return 0 < len(plain) <= LONGEST_REMARK and plain[0] not in words("text/closed_class")


def _examiners(tokens: Tokens, read: list[Turn]) -> list[tuple[int, ...]]:
    """For each turn with words who asks at "Q.".

    It is whom the line "BY MR. LEE:" above names, or whose question "A." answered last.
    """
    examiner: tuple[int, ...] = ()
    before: Turn | None = None
    out = []
    for turn in read:
        label = tuple(range(turn.first, turn.name_end))
        if label and tokens.word(label[0]).lower() == "by":
            examiner = label[1:]
        elif turn.asks is False and before is not None and before.asks is None and before.name_end > before.first:
            asked = tuple(range(before.first, before.name_end))
            examiner = examiner if tokens.word(asked[0]).lower() == "the" else asked
        if turn.content:
            out.append(examiner if turn.asks is True and tokens.word(turn.first).rstrip(".") == "Q" else ())
        before = turn
    return out


def _label(tokens: Tokens, turn: Turn) -> str:
    return " ".join(tokens.word(i) for i in range(turn.first, turn.name_end)).casefold()


def _offices(tokens: Tokens, found: list[Turn]) -> dict[str, tuple[int, ...]]:
    """The words that name who holds an office, by the office: "The Minister for Transport (Kai Bould):"."""
    named: dict[str, tuple[int, ...]] = {}
    for turn in found:
        at = turn.name_end
        if at + 2 >= len(tokens) or tokens.word(at) != "(" or tokens.word(at + 2) == "of":
            continue  # "Ann Lee (Minister of Transport)"
        titled = tokens.word(at + 1).lower().rstrip(".") in words("text/label_titles")
        if not titled and tokens.word(turn.first).lower() not in OFFICE_BEGINS:
            continue
        end = next((i for i in range(at + 1, min(at + 8, len(tokens))) if tokens.word(i) == ")"), at)
        name = range(at + 1, end)
        if len(name) > 1 and all(tokens.word(i)[0].isupper() or tokens.word(i) in ("of", "and") for i in name):
            named.setdefault(_label(tokens, turn), tuple(name))
    return named


def _guest(tokens: Tokens, found: list[Turn]) -> tuple[int, ...]:
    """The words that name who answers, at "A:" only where that is sure; none where a label names everybody."""
    answer = next((turn for turn in found if turn.asks is False), None)
    if answer is None:
        return ()
    find = interviewee if answer.first == answer.name_end else announced_or_known
    return (
        _witness(tokens, found[0].first)
        or find(tokens, found[0].first)
        or next((name for turn in found if (name := _own_name(tokens, turn))), ())
        or announced_behind(tokens, max(i for turn in found for i in turn.content) + 1)
    )


def _witness(tokens: Tokens, end: int) -> tuple[int, ...]:
    """The words before token `end` that name who is heard: "ANN LEE, called as a witness", "Deposition of Ann Lee"."""
    limit = tokens.starts[end] if end < len(tokens) else len(tokens.text)
    match = next(WITNESS.finditer(tokens.text, 0, limit), None)
    if match is None:
        return ()
    return tuple(range(*(bisect_left(tokens.starts, at) for at in match.span("name"))))


def _own_name(tokens: Tokens, turn: Turn) -> tuple[int, ...]:
    """The words of an answer that is a name and nothing else: "Q: State your name. A: Ann Lee."."""
    said = turn.content[:-1] if tokens.word(turn.content[-1]) == "." else turn.content
    plain = turn.asks is False and 2 <= len(said) <= LONGEST_NAME
    return said if plain and all(tokens.word(i)[0].isupper() for i in said) else ()


def _claim(tokens: Tokens, turn: Turn, named: tuple[int, ...]) -> Tagged:
    """The claim of a turn; a turn that only asks is a question."""
    nameless = turn.asks is True and tokens.word(turn.first).lower().rstrip(".") in words("attribution/nameless_labels")
    source = () if nameless else tuple(range(turn.first, turn.name_end))
    labelled = turn.name_end > turn.first
    claim = Tagged(source, turn.cue, turn.content, LABELLED if labelled else UNLABELLED, named=named)
    return attrs.evolve(claim, act="speech", force="question") if _asks(tokens, turn) else claim


def _asks(tokens: Tokens, turn: Turn) -> bool:
    """Whether all that a turn says is a question: one sentence, or what an interviewer says up to one."""
    said = turn.content
    if turn.asks is True and tokens.word(said[-1]) == ")":  # "Do you mind? (Ali, 11)"
        said = said[: next((k for k in range(len(said) - 1, 0, -1) if tokens.word(said[k]) == "("), len(said))]
    last = next((tokens.word(i) for i in reversed(said) if tokens.word(i) not in ("”", '"', ")", "*")), "")
    if last != "?":
        return False
    return turn.asks is True or not any(tokens.word(i) in (".", "!") for i in turn.content)


def with_turns(tokens: Tokens, tagged: list[Tagged], spoken: list[Tagged]) -> list[Tagged]:
    """The claims of a text, the turns of a transcript, which `claims_of_turns` gives, among them."""
    if not spoken:
        return tagged
    theirs = {i: turn for turn in spoken for part in (turn.source, turn.cue, turn.content) for i in part}
    labels = {
        i
        for line in tokens.lines
        if line.label is not None
        for i in range(bisect_left(tokens.starts, line.label.start), bisect_left(tokens.starts, line.label.begins))
    }
    kept = []
    for claim in tagged:
        parts = (*claim.content, *claim.source, *claim.cue)
        turn = next((theirs[i] for i in parts if i in theirs), None)
        if turn is None:
            kept.extend([] if not labels.isdisjoint(parts) else [claim])
        elif _is_report(claim, turn):
            kept.append(attrs.evolve(claim, nested=True))
    return in_order([*kept, *spoken])


def _is_report(claim: Tagged, turn: Tagged) -> bool:
    """Whether a claim inside a turn is one that the speaker reports: its source and cue stand in the turn's words."""
    if claim.confidence < SURE or not claim.source or not claim.cue:
        return False
    return set(turn.content).issuperset((*claim.content, *claim.source, *claim.cue))


def _in_full(tokens: Tokens, found: list[Turn]) -> list[tuple[int, ...]]:
    """For each turn the fuller label that its last name or its initials stand for: the nearest before it, else the
    next; of initials that no label spells out, the name in the text before the first turn.
    """
    labelled = [turn if turn.name_end > turn.first and turn.asks is None else None for turn in found]
    last = ["" if turn is None else tokens.word(_head_end(tokens, turn) - 1).casefold() for turn in labelled]
    long = [turn is not None and _head_end(tokens, turn) - turn.first > 1 for turn in labelled]
    short = ["" if turn is None or long[k] else _initials(tokens, turn) for k, turn in enumerate(labelled)]
    out: list[tuple[int, ...]] = [()] * len(found)
    for order in (range(len(found) - 1, -1, -1), range(len(found))):
        seen: dict[str, tuple[int, ...]] = {}
        for k in order:
            turn = labelled[k]
            if turn is not None and long[k]:
                name = tuple(range(turn.first, turn.name_end))
                seen[last[k]] = seen[_first_letters(tokens, turn)] = name
            elif turn is not None and (last[k] in seen or short[k] in seen):
                out[k] = seen[last[k] if last[k] in seen else short[k]]
    for k, letters in enumerate(short):
        if letters and not out[k]:
            out[k] = spelled_out(tokens, letters, found[0].first)
    return out


def _initials(tokens: Tokens, turn: Turn) -> str:
    """The letters of a label that may be initials: "TPR:", "A.Q.:"; an empty string for all others."""
    word = tokens.word(turn.first)
    return word.replace(".", "") if turn.name_end == turn.first + 1 and INITIALS.fullmatch(word) else ""


def _first_letters(tokens: Tokens, turn: Turn) -> str:
    return initials(tokens.word(i) for i in range(turn.first, _head_end(tokens, turn)))


def _head_end(tokens: Tokens, turn: Turn) -> int:
    """The end of a label's name, without what it adds in brackets or after a comma."""
    ends = (i for i in range(turn.first + 1, turn.name_end) if tokens.word(i) == "," or tokens.word(i) in OPENS_NOTE)
    return next(ends, turn.name_end)
