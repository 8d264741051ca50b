"""Turns: lines that begin with the name of who speaks and a colon, in transcripts, interviews, debates and courts.

"OKAFOR: We had no choice.", "Q. Did you see it?", "Ann Lee (Oxbow) (Lab):", "[02:50:05] THE COURT:", "Mr. LEE. Mr.
Speaker, I rise": one label proves nothing ("Note:", "Police: two held"). A text is a transcript where labels come back,
and are names or stand before what people say to one another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

import attrs
import regex

from quotebank.text.interview_questions import QUOTATION, is_put_to_somebody
from quotebank.text.line_shapes import line_openings
from quotebank.text.word_lists import is_first_name, words

NOTE = r"[(\[][^()\[\]\n]{1,40}[)\]]"
HELD = regex.compile(r"[(\[](?P<name>\p{Lu}[^()\[\]\n]*\s\p{Lu}[^()\[\]\n]*)[)\]]")  # "(Mr Alistair Boyne)"
NOTES = regex.compile(rf"\s*{NOTE}")
DATE = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
CLOCK = rf"[(\[]?(?:{DATE},?\s)?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:,\s{DATE})?[)\]]?"
CLOCKED = regex.compile(rf"{CLOCK}\s")
COLON = regex.compile(
    rf"(?:>>+\s*)?(?:Q\d{{1,3}}[.)]?\s+)?[*_]{{0,3}}(?:{CLOCK}\s*[-–—|]?\s*)?[*_]{{0,3}}"
    rf"(?P<name>\p{{L}}[^:()\[\]\n]{{0,80}}?(?:\s{NOTE}(?=,)[^:()\[\]\n]{{2,60}}?)?)(?P<notes>(?:\s*{NOTE})*+)"
    rf"(?:\s*{CLOCK})?[*_]{{0,3}}\s*(?P<colon>:)[*_]{{0,3}}(?=\s|$|\p{{Lu}}|[“\"‘])"
)
STOP = regex.compile(
    r"(?P<name>[QA]|(?:The|THE|Mr\.|Mrs\.|Ms\.|Dr\.|MR\.|MRS\.|MS\.|DR\.|Senator|Chairman|Chairwoman)"
    r"(?:\s\p{Lu}[\p{L}'’\-]+){1,3}"
    r"(?:\sof\s\p{Lu}\p{L}+)?)(?P<notes>(?:\s\(\p{Ll}[^()\n]{1,40}\))?)(?P<colon>\.)"  # "Mr. LEE (rising)."
    r"(?:\s*[(\[](?:By|BY)\s(?P<by>[^()\[\]\n]{2,40})[)\]])?\s+(?=[\p{Lu}“\"‘—])"
)
STOP_AND_DASH = regex.compile(  # "Helga Lund (S&D). – Madam President", "Al Orr, Member of the Commission. – Sir"
    rf"(?P<name>\p{{Lu}}[^()\[\]\n:.,]{{1,50}})(?P<notes>(?:\s*{NOTE})*+)(?:,\s[^\n.:]{{2,60}})?(?P<colon>\.)"
    r"\s[–—-]\s+(?:\(\p{Lu}{2}\)\s+)?(?=[\p{Lu}“\"‘])"
)
STRUCK = regex.compile(  # "Senator LEE (Westmark) (10.41 am)—I move that"
    rf"(?P<name>(?:(?:The|Senator|Mr|Mrs|Ms|Dr|Sir|Dame)\s)?(?:\p{{Lu}}\p{{Ll}}+\s)?\p{{Lu}}[\p{{Lu}}'’\-]{{2,}})"
    rf"(?P<notes>(?:\s*{NOTE})*+)(?P<colon>—)(?=\p{{Lu}})"
)
DASH = regex.compile(r"(?P<name>Q|A)(?P<notes>)\s*(?P<colon>[—–-])\s+(?=\p{Lu})")
BARE = regex.compile(r"(?P<name>Q|A)(?P<notes>)(?P<colon>)\s+(?=\p{Lu})")
BRACKETED = regex.compile(r"(?:\(\(|\[\[)(?P<name>\p{Lu}[^()\[\]\n]{0,60})(?P<notes>)(?P<colon>)(?:\)\)|\]\])\s*(?=\S)")
BARE_QUESTION = regex.compile(r"Q\s+\p{Lu}.*\?\W*")
INLINE = regex.compile(
    r"(?<=[.!?…”\"’)\]\-—])\s*(?P<name>\p{Lu}[\p{Lu}.'’\-]+(?:\s\p{Lu}[\p{Lu}.'’\-]+){0,4}|[QA])"
    rf"(?P<notes>(?:\s*{NOTE})*+)(?P<colon>:)(?=\s|\p{{Lu}})"
)
ALONE = regex.compile(
    rf"[*_]{{0,3}}(?:(?P<clock>{CLOCK})\s+)?(?P<name>\p{{Lu}}[^:()\[\]\n.!?]{{1,60}}?)(?P<clock>\s+{CLOCK})?"
    rf"(?P<notes>(?:\s*{NOTE})*+)[*_]{{0,3}}"
)
SENT = regex.compile(r"(?:Comment|Question|Message|E-?mail|Text|Call) (?:from|by) (?=\p{Lu})")  # in a chat
DASHED = regex.compile(r"\s+[—–-]{1,2}\s+")
INITIAL = regex.compile(r"(?<![\p{L}-])\p{Lu}")
ANSWERING = frozenset({"a", "answer"})
INSIDE_LABELS = frozenset(
    {"of", "the", "de", "la", "van", "von", "and", "for", "bin", "al", "der", "del", "hon.", "hon"}
)
LONGEST = 9  # words of a label
MONTHS_AND_NAMES = frozenset({"april", "may", "june", "august"})
FEWEST = 3
FEWEST_TURNS = 5  # of short lines that come back by turns
FEW_WORDS = 4  # of such a line
FEWEST_ASKED = 2  # of what stands below them
LEAST_TALK = 0.34  # share of the turns that speak to somebody where no label is known for a name
LONGEST_LOOK = 2000  # code points of the last turn
SPOKEN = regex.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Yy]our|[Mm]y|[Oo]ur|[Tt]hank|[Yy]es|[Nn]o|[Ww]ell|[Mm]e|[Uu]s)\b|\?")
"""What people say to one another: a question, or a word of the first or second person."""
CLAUSE = regex.compile(
    SPOKEN.pattern
    + r"|\b(?i:am|is|are|was|were|has|have|had|will|would|can|could|do|does|did|must|should|might|let)\b"
    + r"|n['’]t\b|['’](?:re|ve|ll|m)\b|[“\"]"
)
"""What whole sentences mostly have and lists of things do not: "Ann Lee: two counts of theft, held in jail"."""
QUOTED = regex.compile(QUOTATION.pattern + r"|‘[^’\n]*’")
LEAST_ASKED = 0.6  # share of the answers that stand right below a question
LEAST_CLAUSES = 0.5  # share of the turns, where no label comes back


@attrs.frozen
class Label:
    """Who speaks, by code points: the name from `start` to `end`, the sign behind it, and where the turn's words begin.

    `asks`: True for "Q" and "Interviewer", False for "A", None where the label is a name. `notes` are the brackets
    behind it: "(Oxbow) (Lab)".
    """

    start: int
    end: int
    colon: tuple[int, int] | None
    begins: int
    name: str
    asks: bool | None = None
    notes: str = ""


def find_labels(text: str, rows: Sequence[tuple[int, str]]) -> list[Label]:
    """The labels of a text's turns in order; none where it has none. `rows`: each line's offset and its words."""
    bare = sum(BARE_QUESTION.fullmatch(line) is not None for _, line in rows) > 1
    found = [label for start, line in rows for label in _labels(start, line, bare=bare)]
    alone = _alone(rows)
    names = _known(rows, found)
    kept = _without_cast([label for label in found if _may_name(label.name)], dict(rows))
    kept = _without_title(kept, dict(rows))
    chosen = kept if _is_transcript(text, kept, rows, names) else []
    if not chosen and len(alone) >= FEWEST:
        chosen = alone
    apart: list[Label] = []
    for label in sorted(chosen, key=lambda label: label.start):
        if not apart or label.start >= apart[-1].begins:
            apart.append(label)
    return apart


def casts(rows: Sequence[tuple[int, str]], labels: Sequence[Label]) -> list[int]:
    """The rows above the first turn that say who is there, by index: "Moderator: Cy Dunn", "Guests: Al Orr, Bo Lee"."""
    above = [(k, start, line) for k, (start, line) in enumerate(rows) if labels and start < labels[0].start]
    named = {_last_name(label.name) for label in labels}
    return [
        k for k, start, line in above if (found := _labels(start, line, bare=False)) and _is_cast(found[0], line, named)
    ]


def _without_cast(labels: list[Label], lines_at: dict[int, str]) -> list[Label]:
    """The labels without those above the first turn that only say who is there."""
    for k, label in enumerate(labels):
        if not _is_cast(label, lines_at.get(label.start, ""), {_last_name(other.name) for other in labels[k + 1 :]}):
            return labels[k:]
    return labels


def _is_cast(label: Label, line: str, others: Collection[str]) -> bool:
    """Whether a label stands before names alone, of which one, by its last word, is among the `others`."""
    said = line[label.begins - label.start :]
    names = [name for part in said.split(";") for name in part.split(",")[: 1 if ";" in said else None]]
    told = any(_last_name(name.strip()) in others and _may_name(name.strip()) for name in names)
    return told and (not is_spoken(line) or line.endswith(")"))


def _without_title(labels: list[Label], lines_at: dict[int, str]) -> list[Label]:
    """The labels without a first one that comes once and opens a title or is no name as the others are.

    "Podcast: The Bridge Years, episode 4", "A VILLAGE REMEMBERS: We asked three people."
    """
    if len(labels) < FEWEST:
        return labels
    first, *others = labels
    line = lines_at.get(first.start, "")
    apart = not _looks_like_name(first.name) and all(_looks_like_name(label.name) for label in others)
    again = any(_last_name(label.name) == _last_name(first.name) for label in others)
    above = line.rstrip().endswith(":")  # "ANN LEE, HOST:" over what she says
    return labels if not line or again or ((is_spoken(line) or above) and not apart) else others


def _labels(start: int, text: str, *, bare: bool) -> list[Label]:
    """What looks like a label at the beginning of a line, and in capitals behind a sentence of it.

    `bare`: also "Q" and "A" with nothing behind them.
    """
    out = []
    match = COLON.match(text) if ":" in text[:160] else None
    match = (
        match
        or BRACKETED.match(text)
        or STOP_AND_DASH.match(text)
        or STOP.match(text)
        or STRUCK.match(text)
        or DASH.match(text)
        or (BARE.match(text) if bare else None)
    )
    if match is not None:
        out.append(_label(start, match))
    if ":" in text and len(text) > 30:
        known = -1 if match is None else match.start("colon")
        out.extend(_label(start, m) for m in INLINE.finditer(text, 1) if m.start("colon") != known)
    return [label for label in out if label.name]


def _label(start: int, match: regex.Match[str]) -> Label:
    name = match["name"].rstrip(" *_")
    sent = SENT.match(name)
    plain = name.lower().rstrip(".")
    asks = True if plain in words("text/asking_labels") else False if plain in ANSWERING else None
    first = start + match.start("name")
    if sent is not None:
        name, first = name[sent.end() :], first + sent.end()
    if match.groupdict().get("by"):  # "Q. (By Mr. Lee) Did you see it?"
        name, first = match["by"], start + match.start("by")
    colon = (start + match.start("colon"), start + match.end("colon"))
    return Label(first, first + len(name), colon, start + match.end(), name, asks, match["notes"])


def _alone(rows: Sequence[tuple[int, str]]) -> list[Label]:
    """Names that are whole lines, each above what they say: two at least, which come back or have a job beside them.

    "Ann Lee" over each of her answers; "Ann Lee — Chief Executive" as in calls with investors; "Ann Lee 00:04".
    """
    found: list[tuple[Label, str]] = []
    jobs = spoken = timed = 0
    often = _coming_back(rows)
    for (start, text), below in pairwise(rows):
        match = ALONE.fullmatch(text) if len(text) <= 90 else None
        if match is None or len(below[1]) < 2 or ALONE.fullmatch(below[1][:90]) is not None:
            continue
        name, _, job = (part.strip(" *_") for part in DASHED.sub("|", match["name"], count=1).partition("|"))
        role = name.lower() in words("text/speaking_roles")
        back = text in often
        if _may_name(name) and (role or back or name.isupper() or " " in name) and (back or is_spoken(below[1])):
            begin = start + match.start("name")
            asks = True if name.lower() in words("text/asking_labels") else None
            label = Label(begin, begin + len(name), None, below[0], name, asks)
            found.append((label, _last_name(name)))
            jobs += bool(job)
            timed += match["clock"] is not None
            spoken += SPOKEN.search(below[1]) is not None
    counts = Counter(last for _, last in found)
    returning = {last for last, count in counts.items() if count > 1}
    known = _known(rows, [label for label, _ in found])
    plain = max(sum(_looks_like_name(label.name) or last in known for label, last in found), timed, jobs)
    mostly = bool(returning) and sum(counts[last] for last in returning) >= 0.5 * len(found)
    called = jobs > 1 and spoken >= LEAST_TALK * len(found)
    named = often or plain >= 0.5 * len(found)
    return [label for label, _ in found] if len(counts) > 1 and (mostly or called) and named else []


def _coming_back(rows: Sequence[tuple[int, str]]) -> set[str]:
    """Short lines above what somebody may say, of which several come back by turns, as no headlines do."""
    above = [
        text
        for (_, text), (_, below) in pairwise(rows)
        if len(text.split()) <= FEW_WORDS and ALONE.fullmatch(text) is not None and text != below and is_spoken(below)
    ]
    counts = Counter(text for text in above if not any(map(str.isdigit, text)))
    back = {text for text, count in counts.items() if count > 1}
    turns = [text for text in above if text in back]
    by_turns = sum(a != b for a, b in pairwise(turns)) >= len(turns) - 2
    asked = sum(below.endswith("?") for (_, text), (_, below) in pairwise(rows) if text in back)  # no horoscope's signs
    mostly = len(turns) >= FEWEST_TURNS and 2 * len(turns) > len(above) and asked >= FEWEST_ASKED
    return back if len(back) > 1 and mostly and by_turns else set()


def is_spoken(text: str) -> bool:
    """Whether a line can be what somebody says, rather than another name: it ends as sentences do."""
    return text[-1] in '.!?…”"’)—–-' and len(text.split()) > 1


def _may_name(name: str) -> bool:
    """Whether words before a colon can name who speaks: they have capitals and are no "Note" or "Monday"."""
    low = name.lower().strip(" .")
    if (
        low in words("text/no_labels")
        or low in words("text/clock_and_zones")
        or (low in line_openings() and low != "reporting")
    ):
        return False
    if low in words("text/calendar_words") - MONTHS_AND_NAMES:
        return False
    parts = _head(name)
    if not parts or len(name.split()) > LONGEST or any(c in '“”"?!;' for c in name):
        return False
    if parts[0].lower() in words("text/no_labels") and len(parts) == 1:
        return False
    capitals = [p for p in parts if p[0].isupper() or p[0].isdigit()]
    small = [p for p in parts if p.islower() and p not in INSIDE_LABELS]
    small = [p for p in small if p.removesuffix("s") not in words("text/person_nouns")]  # "Opposition members"
    titled = [p for p in parts if p not in ("hon.", "hon", "members")]  # "Some hon. members"
    return bool(parts[0][0].isupper()) and not small and len(capitals) >= len(titled) / 2


def _head(name: str) -> list[str]:
    """The words of a label's name, without what stands in brackets or behind a comma."""
    plain: str = NOTES.sub("", name)
    return plain.split(",", maxsplit=1)[0].split()


def _last_name(name: str) -> str:
    parts = [p.strip(".") for p in _head(name)]
    return parts[-1].casefold() if parts else ""


def _looks_like_name(name: str) -> bool:
    """Whether a label plainly is somebody: a first name before others, a title, capitals and a job, a known part."""
    head, _, rest = NOTES.sub("", name).partition(",")
    parts = [p.strip(".") for p in head.split()]
    office = parts[0].lower() == "the" and (len(parts) == 2 or parts[-1].lower() in words("text/person_nouns"))
    members = len(parts) > 1 and parts[-1].lower().removesuffix("s") in words("text/person_nouns")  # "Hon. Members"
    if parts[0].lower() in words("text/label_titles") or office or members:
        return True
    if " ".join(parts).lower() in words("text/asking_labels") | words("text/speaking_roles") | ANSWERING:
        return True
    if len(parts) > 1 and is_first_name(parts[0].capitalize()):
        return True
    job = rest.split()[-1:]
    return len(parts) > 1 and bool(job) and (head.isupper() or job[0].lower() in words("text/person_nouns"))


def _known(rows: Sequence[tuple[int, str]], labels: list[Label]) -> set[str]:
    """The last names, in lower case, that labels or the text before them give with another name."""
    known = set()
    for label in labels:
        if len(_head(label.name)) > 1:
            known.add(_last_name(label.name))
    wanted = {_last_name(label.name) for label in labels}
    for _, text in rows:
        for match in NAMED.finditer(text):
            last = match[1].casefold()
            if last in wanted:
                known.add(last)
    return known


NAMED = regex.compile(r"\b\p{Lu}\p{Ll}+ (\p{Lu}[\p{Ll}’'\-]+)\b")


def _is_transcript(text: str, labels: list[Label], rows: Sequence[tuple[int, str]], known: set[str]) -> bool:
    """Whether labels are turns: they come back, and are names or stand before what people say to one another."""
    if len(labels) < 2:
        return False
    if prompts(rows, labels):
        return True
    asks = {label.asks for label in labels}
    if {True, False} <= asks:
        return True
    timed = sum(CLOCKED.match(line) is not None and COLON.match(line) is not None for _, line in rows)
    if timed >= FEWEST and len(labels) >= timed and len({label.name for label in labels}) > 1:
        return True  # a chat
    clauses = _share(CLAUSE, text, labels, lines=True)
    if clauses < LEAST_TALK or _is_narrated(rows, labels):
        return False
    counts = Counter(_people(labels))
    back = [last for last, count in counts.items() if count > 1]
    plain = [label for label in labels if _looks_like_name(label.name)]
    if not back:
        enough = len(plain) >= FEWEST or (len(labels) == 2 and len(rows) <= 4 and _are_two(text, labels, len(plain)))
        return enough and clauses >= LEAST_CLAUSES
    if len(labels) < FEWEST or len(counts) < 2:
        return False
    named = {last for last in counts if last in known} | {_last_name(label.name) for label in plain}
    if any(last in named for last in back) or len({_last_name(label.name) for label in plain}) > 1:
        return True
    return _share(SPOKEN, text, labels) >= LEAST_TALK


def _are_two(text: str, labels: list[Label], plain: int) -> bool:
    """Whether two labels are turns: both are names, or capitals of which the first asks and the second answers."""
    asked = text[labels[0].begins : labels[1].start].rstrip().endswith("?")
    return plain == len(labels) or (asked and plain > 0 and all(label.name.isupper() for label in labels))


def prompts(rows: Sequence[tuple[int, str]], labels: list[Label]) -> list[int]:
    """The numbers of the lines that ask, in an interview of which the answers alone have a label, each time the same.

    They stand right above the labels; none where most of what stands there asks nothing.
    """
    if len(set(_people(labels))) > 1 or any(label.asks for label in labels):
        return []
    begins = [start for start, _ in rows]
    held = {bisect_right(begins, label.start) - 1 for label in labels}
    above = (k - 1 for k in sorted(held) if k and k - 1 not in held)
    found = [k for k in above if is_put_to_somebody(rows[k][1])]
    return found if len(found) >= max(2, LEAST_ASKED * len(labels)) else []


def _is_narrated(rows: Sequence[tuple[int, str]], labels: list[Label]) -> bool:
    """Whether an article goes on between the labels: more paragraphs without one, and few speak to somebody."""
    begins = [start for start, _ in rows]
    held = {bisect_right(begins, label.start) - 1 for label in labels}
    first, last = min(held), max(held)
    between = [QUOTED.sub("", rows[k][1]) for k in range(first, last) if k not in held]
    spoken = sum(SPOKEN.search(text) is not None for text in between)
    return len(between) > len(held) and spoken < LEAST_TALK * len(between)


def _people(labels: list[Label]) -> list[str]:
    """The last name of each label, of initials that of the label they stand for: "TTR:" of "The Tarn Review:".

    Of an office it is that of who holds it, where another label has the name: "The Minister (Ann Lee):".
    """
    last = [_last_name(label.name) for label in labels]
    long = {initials(_head(label.name)): name for label, name in zip(labels, last, strict=True)}
    people = []
    for label, name in zip(labels, last, strict=True):
        short = label.name.replace(".", "")
        abbreviated = 1 < len(short) < 5 and short.isupper() and short in long
        holders = [note.split()[-1].casefold() for note in HELD.findall(label.notes)]
        people.append(long[short] if abbreviated else next((held for held in holders if held in last), name))
    return people


def initials(parts: Iterable[str]) -> str:
    """The capital letters that the words of a name begin with, also behind an apostrophe: MOD of Matt O'Dowd."""
    return "".join(letter for part in parts for letter in INITIAL.findall(part))


def _share(pattern: regex.Pattern[str], text: str, labels: list[Label], *, lines: bool = False) -> float:
    """The share of turns in which a pattern is found; of `lines`, in the first line of each."""
    ends = [label.start for label in labels[1:]] + [min(len(text), labels[-1].begins + LONGEST_LOOK)]
    if lines:
        ends = [_line_end(text, label.begins, end) for label, end in zip(labels, ends, strict=True)]
    found = (pattern.search(text, label.begins, end) is not None for label, end in zip(labels, ends, strict=True))
    return sum(found) / len(labels)


def _line_end(text: str, begins: int, end: int) -> int:
    """Where the line ends that a turn begins in, or the one below a label that stands alone; `end` at most."""
    while begins < end and text[begins].isspace():
        begins += 1
    at = text.find("\n", begins, end)
    return end if at < 0 else at
