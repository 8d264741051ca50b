"""The news that readers labelled for this project, put together from its labels and from the texts.

usage: python -m training.news_labels RAW.jsonl.gz OUT

`news_labels.jsonl` holds no word of an article: for each, by its id in RAW (`corpora/news/raw.jsonl.gz`), the code points
of every attribution's parts, its act and force, whom it is from and what the article states of people. Writes
OUT/learn.jsonl, OUT/apart.jsonl (of which no network learns for whom words stand: what it tells of that is weighed on
these, `antecedents.py`; those shipped learned nothing of them), OUT/held.jsonl (which no network learns from; the confidence is fitted on it) and OUT/unread.jsonl
(which nothing learns from and nobody looks at: read the totals, never the misses), in the format of `news/train.jsonl`,
for `fit.py --more`, `calibrate.py` and `score.py`.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "news_labels.jsonl"


def whole(row: dict[str, Any], text: str) -> dict[str, Any]:
    """An article with its labels; a name that its text does not have as it is, is left empty."""

    def named(span: list[int] | None) -> str:
        return "" if span is None else text[slice(*span)]

    def told(attribution: dict[str, Any]) -> dict[str, str]:
        words = {field: "; ".join(map(named, attribution.get(field, ()))) for field in ("role", "affiliation")}
        return {"speaker": named(attribution.get("speaker"))} | words

    attributions = [
        {"id": str(n), "content": [], "cue": [], "source": [], "force": ""} | a | told(a)
        for n, a in enumerate(row["attributions"])
    ]
    people = [{"name": named(person["name"]), "stated": person["stated"]} for person in row["people"]]
    return {"id": row["id"], "nested": True, "text": text, "attributions": attributions, "people": people}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("raw", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    with gzip.open(args.raw, "rt", encoding="utf8") as file:
        texts = {article["id"]: article["text"] for article in map(json.loads, file)}
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf8").splitlines()]
    other = [row["id"] for row in rows if len(texts.get(row["id"], "")) != row["length"]]
    if other:
        raise SystemExit(f"{args.raw} has not the texts that were labelled: {', '.join(other[:3])} …")
    args.out.mkdir(parents=True, exist_ok=True)
    for part in ("learn", "apart", "held", "unread"):
        lines = [json.dumps(whole(row, texts[row["id"]]), ensure_ascii=False) for row in rows if row["part"] == part]
        (args.out / f"{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
        print(f"{len(lines)} articles in {args.out / part}.jsonl")


if __name__ == "__main__":
    main()
