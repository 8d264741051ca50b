"""Measure the speaker stage alone: on the attributions of a gold file, or on those that the network found.

    python training/measure_speakers.py CORPORA KEPT [--found] [--misses N] [FILE …]

FILE is a path in CORPORA (by default news/train.jsonl and polnear/dev_speakers.jsonl). What the network reads of each
article (attributions, statements beside names, links, entities) is kept in the folder KEPT, so that a second run takes seconds;
delete it when a model changes. Scored by CORPORA/../score_speakers.py.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pickle
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import torch

from quotebank import AffiliationRegistry, Span
from quotebank.attribution import Attribution, Entity, Language, Links, Statement
from quotebank.speakers import speakers, with_organizations
from quotebank.text import tokenize, words_of

FILES = ("news/train.jsonl", "polnear/dev_speakers.jsonl")


@attrs.define
class Kept:
    """What the network read of an article; as a reading and as a language it answers from that."""

    found: list[Attribution]
    text: str
    stated: dict[int, list[Statement]]
    linked: Links
    known: dict[int, tuple[Entity, ...]]
    language: Language | None = None

    def statements(self, names: Sequence[int]) -> list[list[Statement]]:
        """As `Reading.statements`."""
        return [list(self.stated.get(name, ())) for name in names]

    def links(self, places: Sequence[int]) -> Links:
        """As `Reading.links`."""
        return Links(*(told[list(places)] for told in attrs.astuple(self.linked, recurse=False)))

    def entities(self, _: Any, sentences: Collection[int]) -> dict[int, tuple[Entity, ...]]:
        """As `Language.entities`, asking the network for what is not kept yet."""
        missing = [k for k in sentences if k not in self.known]
        if missing:
            self.language = self.language or Language()
            read = self.language.entities(self.language.tagger.read(tokenize(self.text)), missing)
            self.known.update({k: read.get(k, ()) for k in missing})
        return {k: self.known[k] for k in sentences}


def kept(documents: Iterable[Mapping[str, Any]], file: Path) -> dict[str, Kept]:
    """What the network reads of each article, by its id: from the file, or read now."""
    store: dict[str, Kept] = pickle.loads(file.read_bytes()) if file.exists() else {}
    language = None
    for document in documents:
        if document["id"] not in store:
            language = language or Language()
            (read,) = language.read([document["text"]])
            tokens = read.quotebank_tokens
            names = [i for i in range(len(tokens)) if any(map(str.isupper, tokens.word(i)))]
            stated = dict(zip(names, read.reading.statements(names), strict=True))
            linked = read.reading.links(range(len(tokens)))
            store[document["id"]] = Kept(
                list(read.attributions), document["text"], {i: s for i, s in stated.items() if s}, linked, {}
            )
    return store


def gold(document: Mapping[str, Any]) -> list[Attribution]:
    """The attributions of a document as its reader made them."""
    rows = sorted((row for row in document["attributions"] if row["content"]), key=lambda row: row["content"])
    parts = ({part: tuple(Span(*s) for s in row[part]) for part in ("source", "cue", "content")} for row in rows)
    return [Attribution(**spans, confidence=1.0) for spans in parts]


def predicted(document: Mapping[str, Any], read: Kept, *, found: bool) -> dict[str, Any]:
    """A document as predict.py writes it."""
    tokens = tokenize(document["text"])
    claims = read.found if found else gold(document)
    who = speakers(tokens, words_of(tokens), claims, read, read)  # type: ignore[arg-type]
    rows = []
    for claim, speaker in zip(claims, with_organizations(who, AffiliationRegistry.default()), strict=True):
        row: dict[str, Any] = {
            part: [[s.start, s.end] for s in getattr(claim, part)] for part in ("source", "cue", "content")
        }
        if speaker is not None:
            row |= {field: getattr(speaker, field) for field in ("type", "role", "affiliation", "organization")}
            row["speaker"] = speaker.name
        rows.append(row)
    return {"id": document["id"], "attributions": rows}


def main() -> None:
    """Measure each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("kept", type=Path)
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("--found", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    sys.path.insert(0, str(options.corpora.resolve().parent))
    score = importlib.import_module("score_speakers").score
    options.kept.mkdir(parents=True, exist_ok=True)
    for name in options.files:
        lines = (options.corpora / name).read_text(encoding="utf8").splitlines()
        documents = [json.loads(line) for line in lines if line.strip()]
        file = options.kept / f"{name.replace('/', '-')}.pickle"
        store = kept(documents, file)
        table, misses = score(documents, [predicted(d, store[d["id"]], found=options.found) for d in documents])
        file.write_bytes(pickle.dumps({key: attrs.evolve(value, language=None) for key, value in store.items()}))
        print(name)
        for key, figures in table.items():
            print(f"  {key:13}", "  ".join(f"{what} {value:.3f}" for what, value in figures.items()))
        for row in misses[: options.misses]:
            print("  ", *row, sep="\t")


if __name__ == "__main__":
    main()
