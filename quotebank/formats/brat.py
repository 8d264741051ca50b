"""brat standoff, both ways: a text file, and an .ann file of entities, relations, attributes and notes about it.

The format: https://brat.nlplab.org/standoff.html. A claim is written as entities `Content`, `Cue` and `Source`, with
relations `Cue_of` and `Source_of` to its content, its kind, act, force and the like as attributes of the content, and
its speaker as a note. What is read may also be PolNeAR's: the same entity types, joined by events of type Attribution
(Newell, Margolin and Ruths 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import msgspec
import regex

from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, SourceError, shown
from quotebank.formats.articles_with_claims import Reading, checked
from quotebank.records import ACTS, FORCES, KINDS, Article, Claim, Speaker
from quotebank.spans import Span, covered, trim
from quotebank.text import pair_quotes

ROLES = ("content", "cue", "source")
LINE_END = regex.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]++")  # what any reader may split lines or fields at
ROLE_OF = {"content": "content", "cue": "cue", "source": "source"}
UNSAFE_IN_NAMES = regex.compile(r"[^\p{L}\p{N}_.-]+")
SPEAKER_NOTE, CONFIDENCE_NOTE, PIECES_NOTE, WITHIN_NOTE = "Speaker", "Confidence", "Pieces", "Within"

ANNOTATION_CONF = f"""[entities]
Content
Cue
Source

[relations]
Cue_of\tArg1:Cue, Arg2:Content
Source_of\tArg1:Source, Arg2:Content
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Kind\tArg:Content, Value:{"|".join(KINDS)}
Act\tArg:Content, Value:{"|".join(ACTS)}
Force\tArg:Content, Value:{"|".join(FORCES)}
Negated\tArg:Content
Conditional\tArg:Content
"""
"""The configuration (`annotation.conf`) with which brat shows and edits what `to_brat` writes."""


def to_brat(article: Article, claims: Iterable[Claim]) -> str:
    """The claims as the text of an .ann file; the .txt file beside it is `article.text`, its line ends as they are.

    Offsets are code points. Pieces become a discontinuous entity, and so does a piece that runs over a line break, as
    the format keeps an entity's words on one line; a note `Pieces` keeps what this would lose. A claim whose content is
    white space is left out. Raises `ArgumentTypeError` or `ArgumentValueError` where a claim is
    not of the article.
    """
    article, claims = checked(article, claims)
    lines = _Lines(article.text)
    for claim in claims:
        content = lines.entity("Content", claim.content)
        if content is None:
            continue  # white space is no entity
        for role in ("cue", "source"):
            entity = lines.entity(role.capitalize(), getattr(claim, role))
            if entity is not None:
                lines.add("R", f"{role.capitalize()}_of Arg1:{entity} Arg2:{content}")
        for name in ("kind", "act", "force"):
            if getattr(claim, name) is not None:
                lines.add("A", f"{name.capitalize()} {content} {getattr(claim, name)}")
        for name in ("negated", "conditional"):
            if getattr(claim, name):
                lines.add("A", f"{name.capitalize()} {content}")
        lines.add("#", f"{CONFIDENCE_NOTE} {content}\t{claim.confidence!r}")
        if claim.within is not None:
            lines.add("#", f"{WITHIN_NOTE} {content}\t{_one_line(claim.within)}")
        if claim.speaker is not None:
            lines.add("#", f"{SPEAKER_NOTE} {content}\t{_one_line(claim.speaker)}")
    return "".join(line + "\n" for line in lines.written)


class _Lines:
    """The lines of an .ann file in the making, with the next number of each kind of line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.written: list[str] = []
        self.numbers: dict[str, int] = {}

    def add(self, letter: str, rest: str) -> str:
        self.numbers[letter] = self.numbers.get(letter, 0) + 1
        name = f"{letter}{self.numbers[letter]}"
        self.written.append(f"{name}\t{rest}")
        return name

    def entity(self, kind: str, spans: tuple[Span, ...]) -> str | None:
        """Add an entity; its name, or None where only white space is under the spans."""
        fragments = on_lines(self.text, spans)
        if not fragments:
            return None
        name = self.add("T", f"{kind} {_places(fragments)}\t{covered(self.text, fragments)}")
        if joined_lines(self.text, fragments) != spans:
            self.add("#", f"{PIECES_NOTE} {name}\t{_places(spans)}")
        return name


def _places(spans: Iterable[Span]) -> str:
    return ";".join(f"{span.start} {span.end}" for span in spans)


def _spans(places: str) -> tuple[Span, ...]:
    found = []
    for place in places.split(";"):
        start, end = place.split()
        found.append(Span(int(start), int(end)))
    return tuple(found)


def on_lines(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of spans that lie on one line each, without the white space at their ends."""
    fragments = []
    for span in spans:
        breaks = [(found.start(), found.end()) for found in LINE_END.finditer(text, span.start, span.end)]
        for (_, start), (end, _) in pairwise([(0, span.start), *breaks, (span.end, 0)]):
            fragment = trim(text, start, end)
            if fragment is not None:
                fragments.append(fragment)
    return tuple(fragments)


def _one_line(value: Speaker | str) -> str:
    # JSON escapes what would end a line, except the separators beyond ASCII
    written = msgspec.json.encode(value).decode("utf8")
    escaped: str = LINE_END.sub(lambda found: "".join(f"\\u{ord(c):04x}" for c in found[0]), written)
    return escaped


@attrs.define
class _Standoff:
    """What the lines of an .ann file say, by the names that they give."""

    entities: dict[str, tuple[str, tuple[Span, ...]]] = attrs.Factory(dict)
    links: list[tuple[str, str]] = attrs.Factory(list)
    groups: list[list[str]] = attrs.Factory(list)
    attributes: dict[str, dict[str, str]] = attrs.Factory(dict)
    notes: dict[str, dict[str, str]] = attrs.Factory(dict)


def from_brat(
    text: str,
    annotations: str,
    *,
    id: str | None = None,  # noqa: A002 - as `Article` calls it
    name: str = "annotations",
) -> tuple[Article, tuple[Claim, ...]]:
    """The article and the claims of a text and its .ann file, in the order of their contents.

    Read are entities of the types Content, Cue and Source (in any case; a suffix such as `-span` is ignored), joined
    by events with these roles, as PolNeAR has them, or by relations; attributes Kind, Act, Force, Negated and
    Conditional and our notes where they are there. The rest is ignored. A content that nothing joins to a cue or source
    is a claim of its own. `kind` follows from the text where it is not stated. Pieces with only a line break between
    them are read as one, as the format splits at line breaks.

    Raises `FormatError`, naming `name` and the line, for a line that is not in the format or points past the text.
    """
    for argument, value in (("text", text), ("annotations", annotations)):
        if not isinstance(value, str):
            raise ArgumentTypeError(f"{argument} must be a str; got {shown(value)}")
    article = Article(text=text, id=id)
    found = _parse(text, annotations, name)
    quotations = pair_quotes(text)
    claims = []
    for content, roles in _attributions(found):
        stated, notes = found.attributes.get(content, {}), found.notes.get(content, {})
        try:
            speaker = msgspec.json.decode(notes[SPEAKER_NOTE], type=Speaker) if SPEAKER_NOTE in notes else None
            confidence = float(notes.get(CONFIDENCE_NOTE, 1.0))
            within = msgspec.json.decode(notes[WITHIN_NOTE], type=str) if WITHIN_NOTE in notes else None
            act: Any = stated.get("act", "speech")
            claim = Claim.build(
                article,
                content=found.entities[content][1],
                cue=roles["cue"],
                source=roles["source"],
                speaker=speaker,
                act=act,
                force=stated.get("force"),  # type: ignore[arg-type] # the record checks it
                negated="negated" in stated,
                conditional="conditional" in stated,
                confidence=confidence,
                within=within,
                quotations=quotations,
            )
            if "kind" in stated:
                kind: Any = stated["kind"]
                claim = attrs.evolve(claim, kind=kind)
        except (ValueError, msgspec.DecodeError) as error:
            raise FormatError(f"{name}: the claim of {content}: {error}") from error
        claims.append(claim)
    return article, tuple(sorted(claims, key=_place))


def _place(claim: Claim) -> tuple[Any, ...]:
    """Claims by where their content begins, one that holds another before it, as the extractor gives them."""
    return (claim.content[0].start, -claim.content[-1].end, claim.content, claim.cue, claim.source)


def _parse(text: str, annotations: str, name: str) -> _Standoff:
    found = _Standoff()
    for number, line in enumerate(annotations.split("\n"), 1):
        line = line.rstrip("\r")  # noqa: PLW2901 - a file from Windows
        if not line.strip():
            continue
        try:
            _read_line(line, found, text)
        except (ValueError, IndexError) as error:
            raise FormatError(f"{name}, line {number}: not brat standoff: {shown(line)} ({error})") from error
    return found


def _read_line(line: str, found: _Standoff, text: str) -> None:
    name, rest = line.split("\t", 1)
    if name[0] == "T":
        kind, places = rest.split("\t", 1)[0].split(" ", 1)
        spans = _spans(places)
        if max(span.end for span in spans) > len(text):
            raise ArgumentValueError(f"past the end of the text of {len(text)} code points")
        found.entities[name] = (_role(kind), joined_lines(text, spans))
    elif name[0] == "E":
        found.groups.append([argument.split(":", 1)[1] for argument in rest.split()])
        found.links.append((name, rest.split()[0].split(":", 1)[1]))
    elif name[0] == "R":
        first, second = (argument.split(":", 1)[1] for argument in rest.split("\t")[0].split()[1:3])
        found.groups.append([first, second])
    elif name[0] in "AM":
        kind, target, *value = rest.split()
        found.attributes.setdefault(target, {})[kind.lower()] = value[0] if value else ""
    elif name[0] == "#":
        head, note = rest.split("\t", 1) if "\t" in rest else (rest, "")
        kind, target = head.split(" ", 1)
        found.notes.setdefault(target, {})[kind] = note
        if kind == PIECES_NOTE and target in found.entities:
            role, spans = found.entities[target]
            pieces = _spans(note)
            if joined_lines(text, on_lines(text, pieces)) == spans:  # else the entity was changed after the note
                found.entities[target] = role, pieces


def _role(kind: str) -> str:
    return ROLE_OF.get(regex.split(r"[-_]", kind.lower())[0], kind)


def joined_lines(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those joined into one that the format has split at a line break."""
    out: list[Span] = []
    for span in sorted(spans):
        gap = text[out[-1].end : span.start] if out else ""
        if out and gap.isspace() and LINE_END.search(gap):
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def _attributions(found: _Standoff) -> Iterator[tuple[str, dict[str, tuple[Span, ...]]]]:
    """Each content with the spans of its cues and sources: those in one event or relation with it, and the sources of
    its cues.
    """
    near: dict[str, set[str]] = {}
    for group in found.groups:
        for one in group:
            near.setdefault(one, set()).update(group)
    for name, (role, _) in found.entities.items():
        if role != "content":
            continue
        joined = set(near.get(name, ()))
        for other in [n for n in joined if found.entities.get(n, ("",))[0] == "cue"]:
            joined |= {n for n in near[other] if found.entities.get(n, ("",))[0] == "source"}
        roles: dict[str, tuple[Span, ...]] = {"cue": (), "source": ()}
        for other in sorted(joined, key=lambda n: found.entities.get(n, ("", ()))[1]):
            kind, spans = found.entities.get(other, ("", ()))
            if kind in roles:
                roles[kind] = _united((*roles[kind], *spans))
        yield name, roles


def _united(spans: Iterable[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def read_brat(path: Path) -> Iterator[Reading]:
    """The articles of an .ann file, or of a folder of them, each with its text; see `read_articles`."""
    found = sorted(path.rglob("*.ann")) if path.is_dir() else [path]
    if not found:
        raise SourceError(f"{path}: holds no .ann file")
    for file in found:
        beside = (file.with_suffix(".txt"), file.parent.parent / "text" / f"{file.stem}.txt")
        text_file = next((p for p in beside if p.is_file()), None)
        if text_file is None:
            raise SourceError(f"{file}: no {beside[0].name} beside it, nor in a folder 'text' beside its own")
        try:
            text, annotations = (p.read_bytes().decode("utf8") for p in (text_file, file))
        except OSError as error:
            raise SourceError(f"{file}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise SourceError(f"{file}: it or its text is not UTF-8 ({error})") from error
        yield from_brat(text, annotations, id=file.stem, name=str(file))


def write_brat(readings: Iterable[Reading], folder: Path) -> None:
    """Write a text file and an .ann file an article, and brat's configuration, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(ANNOTATION_CONF, encoding="utf8")
    taken: set[str] = set()
    for article, claims in readings:
        name = file_name(article.id, taken)
        (folder / f"{name}.ann").write_bytes(to_brat(article, claims).encode("utf8"))
        # bytes: a text's own line ends are part of what the offsets count
        (folder / f"{name}.txt").write_bytes(article.text.encode("utf8"))


def file_name(id: str, taken: set[str]) -> str:  # noqa: A002 - an article's id
    """A file name for an article, made of its id, that no other has; it is added to `taken`."""
    plain = UNSAFE_IN_NAMES.sub("_", Path(id).name.removesuffix(".txt")).strip("._")[:80] or "article"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.casefold())
    return name
