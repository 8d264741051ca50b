"""Texts that we wrote, with who said what marked in them: `training/written/` is learned from, `tests/written/` is not.

A text begins with `=== id | what kind of text` and ends with a line `---`. Within it `<s1>`, `<q1>` and `<c1>` open and `</s1>`
… close a piece of the source, the cue and the content of claim 1; `<s1,2>` is of two claims, and pieces may lie inside
others. Then come a line a claim, `1 | speaker | type | role | affiliation | act | force`, perhaps ` | doubt`, and a line a
statement of what somebody named is, `@ name | words that state it | role in these | affiliation in these` (`words #2` where
they stand a second time). What the words mean is in `shared/annotate/GUIDE.md`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from quotebank.records import ACTS, FORCES

TAG = re.compile(r"<(/?)([sqc])(\d+(?:,\d+)*)>")
PARTS = {"s": "source", "q": "cue", "c": "content"}
WHICH = re.compile(r" #([1-9])$")
TYPES = frozenset({"person", "group", "organization", "anonymous", "author", "none"})
LENGTH = 7  # fields of a claim, of which the last, the force, may be left out
Pieces = dict[tuple[str, int], list[list[int]]]


def read_marked(path: Path) -> list[dict[str, Any]]:
    """The texts of a file as documents: id, text, attributions, people. Raises ValueError at what cannot be read."""
    documents = []
    for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf8"))[1:]:
        head, _, rest = block.partition("\n")
        name = head.partition("|")[0].strip()
        try:
            documents.append({"id": name, "nested": True} | _document(*(rest + "\n").partition("\n---\n")))
        except ValueError as error:
            raise ValueError(f"{path.name}, {name}: {error}") from error
    return documents


def _document(body: str, rule: str, told: str) -> dict[str, Any]:
    if not rule:
        raise ValueError("no line --- ends it")
    text, pieces = _unmarked(body.strip("\n"))
    attributions, people = [], defaultdict(list)
    for line in filter(None, map(str.strip, told.splitlines())):
        fields = [field.strip() for field in line.removeprefix("@").split("|")]
        if line.startswith("@"):
            people[fields[0]] += _statement(text, *fields[1:])
        else:
            attributions.append(_attribution(pieces, fields))
    told_of = [int(a["id"]) for a in attributions]
    unknown = {number for _, number in pieces} - set(told_of)
    if unknown or len(set(told_of)) < len(told_of):
        raise ValueError(f"nothing is told of {sorted(unknown)}" if unknown else "a claim is told of twice")
    attributions.sort(key=lambda a: a["content"][0])
    return {
        "text": text,
        "attributions": attributions,
        "people": [{"name": name, "stated": stated} for name, stated in people.items()],
    }


def _unmarked(body: str) -> tuple[str, Pieces]:
    """A text without its tags, and where the pieces between them stand."""
    text, at = "", 0
    opened: dict[tuple[str, int], int] = {}
    pieces: Pieces = defaultdict(list)
    for tag in TAG.finditer(body):
        text += body[at : tag.start()]
        at = tag.end()
        for number in map(int, tag[3].split(",")):
            key = tag[2], number
            if (key in opened) != bool(tag[1]):
                raise ValueError(f"{tag[0]} opens what is open, or closes what is not")
            if tag[1]:
                pieces[key].append([opened.pop(key), len(text)])
            else:
                opened[key] = len(text)
    if opened:
        raise ValueError(f"never closed: {sorted(opened)}")
    return text + body[at:], pieces


def _attribution(pieces: Pieces, fields: list[str]) -> dict[str, Any]:
    doubt = fields[-1] == "doubt"
    told = [*fields[: len(fields) - doubt], ""][:LENGTH]
    number, speaker, kind, role, affiliation, act, force = told if len(told) == LENGTH else ("",) * LENGTH
    more = any(fields[LENGTH : len(fields) - doubt])
    if more or not number.isdigit() or kind not in TYPES or act not in ACTS or force not in (*FORCES, ""):
        raise ValueError(f"not a claim: {' | '.join(fields)}")
    parts = {part: pieces.get((letter, int(number)), []) for letter, part in PARTS.items()}
    if not parts["content"]:
        raise ValueError(f"{number} has no content")
    row = {"id": number} | parts | {"speaker": speaker, "type": kind, "role": role, "affiliation": affiliation}
    return row | {"act": act, "force": force} | ({"doubt": True} if doubt else {})


def _statement(text: str, words: str = "", role: str = "", affiliation: str = "", *_: str) -> list[dict[str, Any]]:
    if not words:
        return []
    which = WHICH.search(words)
    words, number = (words[: which.start()], int(which[1])) if which else (words, 1)
    places = [m.start() for m in re.finditer(re.escape(words), text)]
    start = places[number - 1] if len(places) >= number else -1
    if start < 0 or role not in words or affiliation not in words:
        raise ValueError(f"not in the text: {words} | {role} | {affiliation}")
    stated = {"words": [start, start + len(words)]}
    for field, phrase in (("role", role), ("affiliation", affiliation)):
        if phrase:
            first = start + words.index(phrase)
            stated[field] = [first, first + len(phrase)]
    return [stated]
