"""Of the pairs of claims that are the same, how many does a bank find through its index?

usage: python -m benchmarks.labelled_pairs PAIRS.jsonl GOLD.jsonl [GOLD.jsonl …]

Fills a bank with every attribution of the GOLD articles, oldest article first, so that the index is as crowded as in
use and its caps bite; sources stand for the speakers where PAIRS names none. Then, of the pairs labelled as the same:
    compare    those that `compare` finds, as comparing all pairs would
    index      those that are candidates for comparing, or claims of just their words
    found      those, and those that come into one group by way of a third claim
    group      those that stand in one group, of those that `compare` finds
"""

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from quotebank import Article, Claim, ClaimBank, Span, compare
from quotebank.bank import grouping
from quotebank.bank.stored_form import wording_of
from quotebank.text.quotation_marks import Quotations, pair_quotes

Named = Mapping[tuple[str, str], str]  # by article and attribution


def main() -> None:
    """Fill, look up, print."""
    pairs = [row for row in _rows(sys.argv[1]) if row["same"]]
    named = {(s["doc"], s["attribution"]): s["speaker"] for row in pairs for s in (row["a"], row["b"])}
    claims: dict[tuple[str, str], Claim] = {}
    compared: set[tuple[int, int]] = set()

    candidates = grouping._candidates

    def recorded(arrival, sketches):
        found = list(candidates(arrival, sketches))
        compared.update((wording_of(arrival.known.text), wording_of(other.text)) for other in found)
        return found

    grouping._candidates = recorded
    used = 0.0
    with ClaimBank(":memory:") as bank:
        given = list(attributions(sys.argv[2:], named))
        for article, found in given:
            start = time.process_time()
            bank.add(article, found.values())
            used += time.process_time() - start
            claims |= {(article.id, name): claim for name, claim in found.items()}
        print(f"{len(claims):,} claims in {len(given):,} articles, added in {used:.1f} s of CPU time")
        same, looked, both, grouped, either = 0, 0, 0, 0, 0
        for row in pairs:
            a, b = (claims[s["doc"], s["attribution"]] for s in (row["a"], row["b"]))
            is_same = compare(a, b).relation is not None
            words = wording_of(a.text), wording_of(b.text)
            is_found = words in compared or words[::-1] in compared
            is_found = is_found or words[0] == words[1]
            one = bank.group(a).id == bank.group(b).id != 0
            same, looked, both, grouped = (
                same + is_same, looked + is_found, both + (is_same and is_found), grouped + (is_same and one)
            )  # fmt: skip
            either += is_same and (is_found or one)
            if is_same and not (is_found and one):
                print(
                    f"  {row['id']} {row['variant']}: {'' if is_found else 'no candidate '}{'' if one else 'no group'}"
                )
        print(f"compare: {same} of {len(pairs)}")
        print(
            f"index:   {looked} of {len(pairs)} ({looked / len(pairs):.3f}); {both} of the {same} ({both / same:.3f})"
        )
        print(f"found:   {either} of the {same} ({either / same:.3f})")
        print(f"group:   {grouped} of the {same} ({grouped / same:.3f})")


def attributions(
    paths: Iterable[str], named: Named = MappingProxyType({})
) -> Iterator[tuple[Article, dict[str, Claim]]]:
    """Every article of gold files, the oldest first, with its claims by their ids; `named` tells who speaks in some."""
    for document in sorted((row for path in paths for row in _rows(path)), key=_date):
        article = Article(text=document["text"], id=document["id"], published=document.get("date"))
        quotations = pair_quotes(article.text)
        found = {a["id"]: _claim(article, a, named, quotations) for a in document["attributions"] if a["content"]}
        yield article, found


def _rows(path: str) -> list[dict]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf8").split("\n") if line]


def _date(document: dict) -> tuple[str, str]:
    return document.get("date") or "", document["id"]


def _claim(article: Article, attribution: dict, named: Named, quotations: Quotations) -> Claim:
    spans = {r: tuple(Span(s, e) for s, e in attribution[r]) for r in ("content", "cue", "source")}
    source = " ".join(s.slice(article.text) for s in spans["source"])
    speaker = re.split(r"[,;:(]|[’']s\b", source)[0].strip() or None
    speaker = named.get((article.id, attribution["id"]), speaker)
    return Claim.build(article, speaker=speaker, quotations=quotations, **spans)


if __name__ == "__main__":
    main()
