"""How many of the texts in cases/pages.json are read right, by class: pages as they come, made by hand of parts.

    python -m tests.page_rates [CLASS]      the share of each class; of a class, what is wrong with its texts
    python -m tests.page_rates --known      the known failures that are none any more

A text is right where every claim of the case is found for its speaker (three quarters of its words, alone or with the
speaker's other claims; `also` has more good names), no speech lies in what is nobody's, and nothing that is only asked comes out as a statement. A case whose
`kind` is known-failure counts in no share; `--known` prints those that are read right now, whose mark can go.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from typing import Any

import quotebank
from quotebank import Claim
from tests.made_texts import read_cases

ENOUGH = 0.75
Case = dict[str, Any]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def same(name: str, wanted: str) -> bool:
    """Whether a speaker is the one wanted: a person by the last name, all others by any word of theirs."""
    got, asked = words(name), words(wanted)
    if wanted[0].isupper() and len(asked) == 2:
        return got[-1:] == asked[-1:] and set(got) <= set(asked)
    return bool(set(got) & set(asked))


def pieces(claim: dict[str, Any]) -> list[str]:
    """The pieces of a wanted claim's content, as they stand in the text."""
    content = claim["content"]
    return [content] if isinstance(content, str) else list(content)


def is_known(case: Case) -> bool:
    return case.get("kind") == "known-failure"


def faults(case: Case, claims: tuple[Claim, ...]) -> list[str]:
    """What is wrong with the claims of a case's text, in words."""
    wrong = []
    for wanted in case["claims"]:
        content = set(words(" ".join(pieces(wanted))))
        theirs = [other for other in case["claims"] if other["speaker"] == wanted["speaker"]]
        joined = set(words(" ".join(piece for other in theirs for piece in pieces(other))))  # several come out as one
        found = [c for c in claims if any(_agree(set(words(c.text)), said) for said in (content, joined))]
        names = [wanted["speaker"], *wanted.get("also", ())]
        if not any(c.speaker is not None and same(c.speaker.name, name) for c in found for name in names):
            wrong.append(f"{wanted['speaker']}: {' … '.join(pieces(wanted))}")
    for part in case["nobody"]:
        start = case["text"].index(part)
        span = range(start, start + len(part))
        spoken = [c for c in claims if c.act == "speech"]
        shares = [sum(max(0, min(s.end, span.stop) - max(s.start, span.start)) for s in c.content) for c in spoken]
        pairs = zip(spoken, shares, strict=True)
        wrong += [f"nobody said {c.text}" for c, n in pairs if n > 0.5 * min(len(c.text), len(part))]
    for part in case.get("no_statement", ()):
        if any(c.is_statement and _agree(set(words(c.text)), set(words(part))) for c in claims):
            wrong.append(f"no statement: {part}")
    return wrong


def _agree(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= ENOUGH * len(one | other)


def measure(extract: Any, only: str | None = None) -> tuple[dict[str, float], list[str]]:
    """The share of right texts of each class, and what is wrong with the others."""
    right: dict[str, list[bool]] = defaultdict(list)
    told = []
    for case in read_cases("pages"):
        if only in (None, case["class"]) and not is_known(case):
            wrong = faults(case, extract(case["text"]))
            right[case["class"]].append(not wrong)
            told += [f"{case['class']}: {case['text']!r}\n    {'; '.join(wrong)}"] * bool(wrong)
    return {name: sum(good) / len(good) for name, good in right.items()}, told


def right_by_now(extract: Any) -> list[str]:
    """The texts of the known failures that are read right."""
    return [case["text"] for case in read_cases("pages") if is_known(case) and not faults(case, extract(case["text"]))]


if __name__ == "__main__":
    if sys.argv[1:] == ["--known"]:
        print(*right_by_now(quotebank.Extractor().extract), sep="\n\n")
        sys.exit()
    chosen = sys.argv[1] if len(sys.argv) > 1 else None
    shares, misses = measure(quotebank.Extractor().extract, chosen)
    print(*(f"{share:.3f}  {name}" for name, share in shares.items()), sep="\n")
    if chosen:
        print(*misses, sep="\n")
