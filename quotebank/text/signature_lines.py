"""Signed quotations: a name under, above or behind what somebody wrote or said, as in readers' letters and vox pops.

“Nobody asked us.” — Ann Lee, 54, of Oxbow · “What lido?” Mrs. K. Dunn, 80 · “No lido” (Bo Orr, 29, roofer); ·
Ann Lee, mayor — “Good.” · a post and its handle under it. Names stand with place, age, job, a dash or none, and a page
of them keeps one direction.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import regex

from quotebank.text.word_lists import is_first_name, words

BIG = r"(?:(?:[dl]['’])?\p{Lu}[\p{L}'’.\-]*+|@[\p{L}\p{N}_]{2,30}+)"
SMALL = r"(?:de|la|van|von|der|den|of|and|al|el|bin|du|di|da|y|the|&)"
NAME = rf"(?P<name>{BIG}(?:\s(?:{BIG}|{SMALL}\s{BIG}|{SMALL}\s{SMALL}\s{BIG})){{0,5}}+)"
NAMELESS = r"(?:[Nn]ames?\s(?:and\saddress(?:es)?\s)?(?:withheld|supplied))"
TAIL = (
    r"(?P<tail>(?:\s*[,(/|·–—]\s*[^“”\"«»\n]{1,90}?"
    r"|\s(?:in|on|from|via|of|at|aged|after|before|during)\s[^“”\"«»\n]{1,80}?)?)"
)
DASH = r"(?:―|—|–|--|-|~)"
SIDE = r"(?:(?i:for|against|yes|no|pro|con)\s?[–—:\-]\s)"  # of two who are asked
JOB = r"(?:(?:\p{Lu}\p{Ll}+\s){1,3}(?:(?!(?:in|from|at|on|near)\s)\p{Ll}+\s){1,3})"  # "— Provincial agronomist Ann Lee"
WHOLE = regex.compile(rf"(?P<sign>{DASH})?\s*{SIDE}?(?:(?<={DASH}\s?){JOB})?{NAME}{TAIL}\.?")
DESCRIBED = regex.compile(rf"{NAME}(?P<tail>,\s(?:an?|the|on|whose|who|of)\s[^“”\"«»\n]{{1,120}}?)\.?")
BEHIND = regex.compile(
    rf"(?:(?<=[.!?…,][”\"’'»])|(?<=[”\"»])(?=\s\([^()\n]*,\s\d\d[,)]))"
    rf"\s*(?P<sign>{DASH}|:|\()?\s*(?:{NAME}|(?P<name>{NAMELESS})){TAIL}[.);]{{0,2}}(?=\s*(?:$|(?P<next>[“\"‘«])))"
)
BESIDE = regex.compile(rf"[“\"](?P<said>[^“”\"]{{5,400}})[”\"]\s+(?P<sign>{DASH})?\s*{NAME}{TAIL}\.?")
BEFORE = regex.compile(
    rf"{NAME}(?P<tail>(?:,\s[^“”\"\n]{{1,90}}?)?)\s+(?P<sign>{DASH}|:)\s*(?=[“\"][^“”\"]{{3,400}}[”\"]$)"
)
FROM = regex.compile(
    r"(?i:from the (?:desk|office) of|from"
    r"|(?:an? |the )?(?:text |voice |press )?(?:note|message|letter|comment|statement|reply|answer|word|e-?mail"
    r"|text|voicemail|memo|telegram|post|release)(?:, [^\n,]{1,20},)? (?:from|by|of)(?: the(?!\s[^\n,:“”\"]{1,60},\s))?"
    r"|(?:review|reviewed|posted|sent|signed|submitted|written) (?:from|by))\s+"
    r"(?:(?i:the|our|your)\s[^\n,:“”\"]{1,60},\s)?"
    rf"{NAME}(?P<tail>(?:,\s[^“”\"\n]{{1,100}}?|\s(?:to|on|at)\s[^“”\"\n]{{1,60}}?)?)[.:]?"
)
FROM_SOMEBODY = regex.compile(  # "And from his sister Ann Lee:"
    r"(?i:(?:and |then )?(?:this |another )?(?:came )?from)\s"
    r"(?P<name>(?:the|his|her|their|its|an?|our|one)\s[^\n:“”\"]{2,60})(?P<tail>):"
)
UNNAMED = regex.compile(
    rf"(?P<sign>{DASH})?\s*(?P<name>(?:The|An?|His|Her|Their|Our|One of)\s[^“”\"‘\n.!?:;]{{3,60}})(?P<tail>)"
)
SHORT = regex.compile(
    r"(?P<sign>)(?P<name>[\p{L}\p{N}_][^“”\"‘\n.!?:;,]{1,50}?)(?P<tail>(?:\sfrom\s[^,\n]+)?)"
)  # "Baz_67"
SENT_FROM = regex.compile(rf"(?i:from):\s+{NAME}(?P<tail>(?:,\s[^\n<:]{{1,60}})?)(?:\s*[<(]\S+@\S+[>)])?")
HEADING = regex.compile(r"(?i:to|cc|bcc|sent|date|subject|re):\s")  # of an e-mail, below who it is from
PLACE = regex.compile(r",\s\p{Lu}[\p{L}'’ -]+")  # "— Frayed, Oxbow"
AGE = regex.compile(r"(?<![:.])\b\d{1,3}\b(?![:.]\d)")  # no clock's hour
CLAUSE = regex.compile(r"\b(?:said|says|say|was|were|is|are|had|has|have|would|will|told|added|asked|did|does|wrote)\b")
OCCASION = regex.compile(r"^,?\s(?:after|when|as|before|on)\s|,\s(?:after|when|as|before|on)\s")
GOES_ON = regex.compile(r",\swho\s[^,]+,\s\p{Ll}")  # "Ann Lee, who keeps the weir, | later left": a sentence
TELLS = regex.compile(r",\s[^,]+,\s\p{Ll}+(?:\s[\p{L}\p{N}’'-]+){2,}")  # "Ann Lee, a florist, | opened a shop in Kent"
PARTLY = regex.compile(r"[\p{L}\p{N}][,;]?\s[“\"][^“”\"]+[”\"]\W*$")
FEWEST = 2  # lines that begin with the name of who is quoted
MOST_WORDS = 5  # of a name; longer ones are headlines
LONGEST_ABBREVIATION = 3  # code points, the stop with them: Jr., J.
LONGEST = 130  # code points of a line with a name


@attrs.frozen
class Signature:
    """A name that signs the line before it (`above`) or the one behind it, by code points: the name with what is added.

    `sign` is the dash or colon in front of it, if there is one; `start` where the line, or that part of it, begins.
    `signed` are the first code point of a letter's words and the one past the last, of the signature of a letter.
    """

    start: int
    name: tuple[int, int]
    end: int
    sign: tuple[int, int] | None
    above: bool
    signed: tuple[int, int] | None = None


@attrs.frozen
class _Read:
    match: regex.Match[str]
    dashed: bool
    sure: bool


def find_signatures(rows: Sequence[tuple[int, str, bool, bool]]) -> list[Signature]:
    """The signatures of a text in order. `rows`: each line's offset, its words, whether it is a quotation and nothing
    else, and whether a blank line stands before it.
    """
    out: list[Signature] = []
    unstopped = [BESIDE.fullmatch(text) if _has_mark(text) else None for _, text, _, _ in rows]
    several = sum(match is not None and _is_said(match) for match in unstopped) > 1
    before = [BEFORE.match(text) if text[-1] in '”"' else None for _, text, _, _ in rows]
    if sum(match is not None for match in before) < FEWEST:
        before = [None] * len(rows)
    names: dict[int, _Read] = {}
    out.extend(_mailed(rows))
    for k, (start, text, quoted, _) in enumerate(rows):
        ahead = before[k]
        if ahead is not None:
            out.append(attrs.evolve(signature_of(start, ahead, above=False), end=start + ahead.end()))
            continue
        behind = [signature_of(start, m) for m in BEHIND.finditer(text) if _signs(m)] if _has_mark(text) else []
        beside = unstopped[k]
        if several and not behind and beside is not None and _is_said(beside):
            name = WHOLE.fullmatch(text, beside.end("said") + 1)
            behind = [] if name is None else [signature_of(start, name)]
        out.extend(behind)
        if not behind and not quoted and len(text) <= LONGEST and (read := _name_line(text)) is not None:
            names[k] = read
    names |= _described_lines(rows, names)
    out.extend(_by_lines(rows, names))
    return sorted(out, key=lambda found: found.start)


def _mailed(rows: Sequence[tuple[int, str, bool, bool]]) -> list[Signature]:
    """Who sent the quotations below the headings of e-mails: "From: Ann Lee", "To: All staff", "Subject: Canteen"."""
    out = []
    for k, (start, text, _, _) in enumerate(rows):
        match = SENT_FROM.fullmatch(text)
        below = next((i for i in range(k + 1, len(rows)) if HEADING.match(rows[i][1]) is None), len(rows))
        if match is not None and k + 1 < below < len(rows) and rows[below][2]:
            said = (rows[below][0], rows[below][0] + len(rows[below][1]))
            out.append(attrs.evolve(signature_of(start, match, above=False), signed=said))
    return out


def _is_said(match: regex.Match[str]) -> bool:
    """Whether a name beside a quotation without a stop signs it: no title, which has capitals throughout."""
    small = any(word.islower() and word not in words("text/title_small_words") for word in match["said"].split())
    return (
        small
        and len(match["said"].split()) > 1
        and _is_name(match["name"].removeprefix("The "), match["tail"] or "", dashed=True)
    )


def _has_mark(text: str) -> bool:
    return any(mark in text for mark in "”\"’'»")


def _signs(match: regex.Match[str]) -> bool:
    """Whether a name behind a quotation signs it: with a sign, or as all that is left of a line."""
    if match["sign"] is None and (match["next"] is not None or match.string[match.start() - 2] == ","):
        return False
    return _is_name(match["name"], match["tail"] or "", dashed=match["sign"] is not None)


def _is_name(name: str, tail: str, *, dashed: bool) -> bool:
    if name.casefold().startswith("name"):  # "(name withheld)"
        return True
    parts = name.split()
    low = [part.lower().strip(".") for part in parts]
    told = CLAUSE.search(tail) is not None and OCCASION.search(tail) is None
    if set(low) & words("text/calendar_words") or told or low[0] in CLOSED or (len(tail.split()) > 12):
        return False
    if GOES_ON.search(tail) or len(parts) > MOST_WORDS or (not dashed and TELLS.fullmatch(tail)):
        return False
    if parts[0].startswith("@") or (len(parts) > 1 and low[0] in words("text/label_titles")):
        return True
    if len(parts) == 1:
        return (
            bool(AGE.search(tail))
            or tail.lstrip().startswith("(")
            or (dashed and (not tail or PLACE.fullmatch(tail)) and low[0] not in words("text/closed_class"))
        )
    return low[0] not in words("text/closed_class")


CLOSED = frozenset({"the", "a", "an", "but", "and", "it", "he", "she", "they", "we", "i", "that", "this"})


def _described_lines(rows: Sequence[tuple[int, str, bool, bool]], names: dict[int, _Read]) -> dict[int, _Read]:
    """Lines right under quotations that name nobody, on a page that signs others by name: "The staff at Salt Bay"."""
    over = [k for k in range(len(rows) - 1) if rows[k + 1][2] and not rows[k][2]]
    if sum(k in names for k in over) >= FEWEST:  # "The Teatro Grande, Verrano", as others stand above what they said
        read = ((k, UNNAMED.fullmatch(rows[k][1])) for k in over if k not in names)
        found = ((k, m) for k, m in read if m is not None and m["name"].split()[1][0].isupper())
        return {
            k: _Read(m, dashed=False, sure=True) for k, m in found if not m["sign"] and not CLAUSE.search(m["name"])
        }
    under = [k for k in range(1, len(rows)) if rows[k - 1][2] and not rows[k][2] and not rows[k][3]]
    signed = sum(k in names for k in under)
    short = [len(rows[k][1].split()) <= MOST_WORDS and rows[k][1][-1].isalnum() for k in under]
    if signed < FEWEST and not (signed and len(under) > FEWEST and all(short)):
        return {}
    form = UNNAMED if signed >= FEWEST else SHORT
    found = ((k, form.fullmatch(rows[k][1])) for k in under if k not in names)
    return {k: _Read(match, dashed=bool(match["sign"]), sure=True) for k, match in found if match is not None}


def _is_job(tail: str) -> bool:
    """Whether what is added to a name says what somebody is: ", conductor"."""
    parts = (part.split() for part in tail.lower().rstrip(".").split(",")[1:])
    return any(part and part[-1] in words("text/person_nouns") for part in parts)


def _name_line(text: str) -> _Read | None:
    """A line that is a name with what is added to it, or says whom the words below are from."""
    match = FROM.fullmatch(text)
    if match is not None and _is_name(match["name"], match["tail"] or "", dashed=True):
        return _Read(match, dashed=False, sure=True)
    match = FROM_SOMEBODY.fullmatch(text)
    if match is not None:
        *before, last = match["name"].split()
        somebody = {last.lower(), last.lower().removesuffix("s")} & words("text/person_nouns")
        named = somebody or any(word[0].isupper() for word in [*before[1:], last])
        return _Read(match, dashed=False, sure=True) if named else None  # not "from the back of the hall:"
    match = DESCRIBED.fullmatch(text)
    if match is not None and match["name"].isupper() and not match["tail"].isupper():  # "ANN LEE, who runs the ferry."
        shape = _is_name(match["name"], "", dashed=False) and " " in match["name"]
        return _Read(match, dashed=False, sure=True) if shape else None
    # “I came to win.” | (Ann Lee, swimmer), or **Ann Lee, swimmer**
    held = int(text[0] == "(" and text[-1] == ")") or 2 * (text.startswith("**") and text.endswith("**"))
    match = WHOLE.fullmatch(text, held, len(text) - held)
    if match is None:
        return None
    dashed, tail = match["sign"] is not None, match["tail"] or ""
    if not _is_name(match["name"], tail, dashed=dashed):
        return None
    first = match["name"].split()[0].strip(".").capitalize()
    known = is_first_name(first)
    return _Read(
        match,
        dashed=dashed,
        sure=dashed or known or bool(AGE.search(tail)) or first.lower() in words("text/label_titles") or _is_job(tail),
    )


def _by_lines(rows: Sequence[tuple[int, str, bool, bool]], names: dict[int, _Read]) -> list[Signature]:
    """The signatures that are lines of their own: each belongs to the quotation above or below, as the page has it."""
    above = {k for k in names if k and rows[k - 1][2] and k - 1 not in names}
    below = {k for k in names if k + 1 < len(rows) and rows[k + 1][2]}
    out = []
    somebody = any(names[k].sure for k in above | below)
    somebody |= sum(bool(names[k].match["tail"]) for k in above | below) >= FEWEST  # a page of them
    close = [k for k in above if not rows[k][3]] + [k for k in below if not rows[k + 1][3]]
    somebody |= len(close) >= FEWEST and any(apart for _, _, _, apart in rows)
    direction = _direction(rows, names, above, below)
    for k, read in names.items():
        form = read.match.re in (FROM, FROM_SOMEBODY)
        up = k in above and not (form and k in below) and (direction == "above" or read.dashed or not below)
        down = k in below and not up and not read.dashed
        alone = k == len(rows) - 1 and sum(r.dashed for r in names.values()) == 1  # who wrote the article
        block = read.dashed and not up and k and not alone and _may_be_block(rows[k - 1])
        name, added = read.match["name"], (read.match["tail"] or "").lstrip()
        plain = read.sure or (somebody and (added.startswith("(") or (" " in name and not name.isupper())))
        if not (up or down or block) or not plain:
            continue
        out.append(signature_of(rows[k][0], read.match, above=not down))
    return out


def _may_be_block(row: tuple[int, str, bool, bool]) -> bool:
    """Whether a line may be what somebody wrote: words up to a stop, of which no sentence quotes a part at its end."""
    checked = row[1].startswith(("Says ", "Say "))  # a claim that is put up to be checked
    whole = checked or PARTLY.search(row[1]) is None
    return row[1][-1] in ".!?…”\"’'" and len(row[1].split()) > 3 and whole


def _direction(
    rows: Sequence[tuple[int, str, bool, bool]], names: dict[int, _Read], above: set[int], below: set[int]
) -> str:
    """Whether a page's names stand under or over their quotations: where it begins, else what stands closer."""
    if not above or not below:
        return "above" if above else "below"
    if any(names[k].dashed for k in above):
        return "above"
    close_above = sum(not rows[k][3] for k in above)
    close_below = sum(not rows[k + 1][3] for k in below)
    if close_above != close_below:
        return "above" if close_above > close_below else "below"
    return "below" if min(below) < min(above) else "above"


def signature_of(start: int, match: regex.Match[str], *, above: bool = True) -> Signature:
    """The signature that a match of a name in a line stands for; `start` is the code point where the line begins."""
    groups = match.re.groupindex
    sign = match.span("sign") if "sign" in groups and match["sign"] not in (None, "", "(") else None
    end = match.end("tail")
    last = match.string[match.start("name") : end].split()[-1]
    end -= last.endswith(".") and len(last) > LONGEST_ABBREVIATION
    begin = match.start() + (len(match.group()) - len(match.group().lstrip()))
    held = begin if match.string[:begin] in ("(", "**") else 0  # a line in brackets
    return Signature(
        start + begin - held,
        (start + match.start("name"), start + end),
        start + match.end() + held,
        None if sign is None else (start + sign[0], start + sign[1]),
        above,
    )
