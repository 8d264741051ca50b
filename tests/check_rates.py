"""How `check` answers on passages apart: checks_apart.jsonl, of which no weight was learned.

    python -m tests.check_rates     the verdicts for each thing that readers say of a passage

Five writers who knew nothing of the rules wrote 200 each: courts and politics, sport and business, culture and science,
local papers and the web, agencies of the world. Each has a text, words, who is asked for, and what a careful reader
answers. Mend kinds of faults, and write new passages to see whether it helped: these show what is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import quotebank

PASSAGES = Path(__file__).parent / "checks_apart.jsonl"
Verdicts = Counter[tuple[str, str]]


def passages() -> Iterator[dict[str, Any]]:
    yield from map(json.loads, PASSAGES.read_text(encoding="utf8").splitlines())


def measure(extractor: quotebank.Extractor) -> Verdicts:
    """How often each answer of a reader meets each verdict of `check`."""
    count: Verdicts = Counter()
    rows = list(passages())
    articles = [quotebank.Article(text=row["text"], id="a") for row in rows]
    for row, article, claims in zip(rows, articles, extractor.extract_many(articles), strict=True):
        with quotebank.ClaimBank(":memory:") as bank:
            bank.add(article, claims)
            count[row["verdict"], bank.check(row["quotation"], row["speaker"]).verdict] += 1
    return count


def share(count: Verdicts, verdicts: set[str], *, said: bool) -> float:
    """The share of some verdicts among the passages that readers call said, or call anything else."""
    chosen = {pair: n for pair, n in count.items() if (pair[0] == "said") is said}
    return sum(n for (_, verdict), n in chosen.items() if verdict in verdicts) / sum(chosen.values())


def main() -> None:
    count = measure(quotebank.Extractor())
    for (wanted, verdict), n in sorted(count.items()):
        print(f"{wanted:14} {verdict:14} {n:4}")
    print(f"not said, called said  {share(count, {'said'}, said=False):.3f}")
    print(f"said, called said      {share(count, {'said'}, said=True):.3f}")
    print(f"said, or reported      {share(count, {'said', 'paraphrase'}, said=True):.3f}")


if __name__ == "__main__":
    main()
