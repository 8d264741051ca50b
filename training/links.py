"""Which words of news may name somebody again, and whom: what `fit.py --links` and `labels.py --links` read.

usage: python -m training.links CORPORA --work WORK [--labelled MORE.jsonl …]

Writes WORK/links_a.jsonl and links_b.jsonl, texts whose links readers know (news, the phrases of
`antecedent_labels.jsonl`, GAP, texts that we wrote but for `antecedents.APART`, our cases): of the news, each has the half that the other has not,
so that two teachers can tell each other's half unseen. And WORK/links_raw.jsonl, the mentions of all of
news/raw.jsonl.gz, with the teacher, 0 or 1, that has not learned from a text; whom they name is for the teachers to say.
Mentions are given by their first character, the word that asks by its last. Some ten minutes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from quotebank.attribution import Language
from quotebank.speakers.linked_mentions import MENTIONS
from quotebank.speakers.speaker_resolution import Resolver
from quotebank.text import Words, tokenize, words_of
from training.antecedents import WRITTEN, Asked, Choice, Recorder, of_cases, of_gap, of_marked, of_news
from training.labels import digest, read_raw
from training.minimizing import arguments

AT_ONCE = 50  # texts that are read together


def row_of(w: Words, asked: Asked) -> dict:
    """One link without what is known of it."""
    mentions = [[w.starts[i] for i in places[-MENTIONS:]] for places in asked.mentions]
    return {"at": w.ends[asked.head] - 1, "candidates": mentions, "nobody": asked.nobody}


def known_row(w: Words, choice: Choice) -> dict:
    """One link with the chances of its candidates and of nobody."""
    share = 1 / len(choice.right)
    chances = [share if k in choice.right else 0.0 for k in range(len(choice.asked.candidates) + 1)]
    return row_of(w, choice.asked) | {"chances": chances}


def half(text: str) -> int:
    """Which teacher does not learn from a text of the news."""
    return int(digest(text), 16) % 2


def write_known(work: Path, choices: Iterable[Choice]) -> set[str]:
    """Write what readers know of each text; returns the digests of the texts of the news."""
    rows: dict[str, list[dict]] = defaultdict(list)
    news = set()
    read = cache(lambda text: words_of(tokenize(text)))
    for choice in choices:
        w = read(choice.text)
        if all(choice.asked.mentions):
            rows[choice.text].append(known_row(w, choice))
        if choice.source in ("news", "marked"):
            news.add(digest(choice.text))
    for k, name in enumerate("ab"):
        with (work / f"links_{name}.jsonl").open("w", encoding="utf8") as file:
            for text, links in rows.items():
                if digest(text) not in news or half(text) != k:
                    file.write(json.dumps({"text": text, "links": links}) + "\n")
    return news


def write_raw(work: Path, texts: list[str], known: set[str], language: Language) -> None:
    """Write the mentions of unlabelled texts."""
    with (work / "links_raw.jsonl").open("w", encoding="utf8") as file:
        for first in range(0, len(texts), AT_ONCE):
            for document in language.read(texts[first : first + AT_ONCE]):
                tokens = document.quotebank_tokens
                w = words_of(tokens)
                with Recorder() as record:
                    Resolver(tokens, w, document.attributions, language, document.reading).speakers()
                links = [row_of(w, asked) for asked in record.asked if asked.candidates and all(asked.mentions)]
                key = digest(tokens.text)
                row = {"text": key, "unseen_by": half(tokens.text) if key in known else None, "links": links}
                file.write(json.dumps(row) + "\n")


def main() -> None:
    """Write the three files."""
    options = arguments(__doc__, work=True)
    language = Language()
    found = [
        *of_news([options.corpora / "news" / "train.jsonl", *options.labelled], language),
        *of_marked(options.corpora, language),
        *of_news(WRITTEN, language, "written"),
        *of_cases(language),
        *of_gap(options.corpora, language),
    ]
    known = write_known(options.work, (choice for _, choice in found))
    write_raw(options.work, read_raw(options.corpora.parent), known, language)


if __name__ == "__main__":
    main()
