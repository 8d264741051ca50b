"""What a bank costs as it grows: adding, searching, checking, memory and file size, at 250,000 and 1,000,000 claims.

usage: python -m benchmarks.growth ARTICLES [--claims N] [--at N …] [--folder DIR]

ARTICLES: JSON lines with a field `text`, also .gz, of as many articles as there are: what claims are made of. A claim
is a sentence of theirs; one in ten stays as it is, as what several outlets print does, in the others some words are
exchanged for others of the same articles, drawn as often as they occur. Names of speakers are made up, and drawn as
unevenly as people are quoted. With --folder the bank is kept, and a run that was stopped goes on where it was. No model
is needed, and nothing of the articles is printed.
"""

import argparse
import gc
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from itertools import accumulate, islice
from pathlib import Path

import attrs

from benchmarks.timing import altered, timed
from benchmarks.varied_articles import FIRST, OUTLETS
from quotebank import Article, Claim, ClaimBank, Span, Speaker
from quotebank.text.quotation_marks import pair_quotes

CLAIMS = 15  # of an article
KEPT = 0.1  # of the sentences
EXCHANGED = 0.25  # of the words of five letters and more
PEOPLE = 50_000  # who may speak
WINDOW = 200  # articles that are written and timed together
CALLS = 80  # of each sort of question
WORD = re.compile(r"[^\W\d_]{5,}|\d+")
SENTENCE = re.compile(r"[A-Z“][^\n.!?]{40,300}[.!?]")
GROUPS = ("officials", "police", "critics", "experts", "residents", "analysts", "campaigners", "ministers")


@attrs.frozen
class Material:
    """What claims are made of: sentences, words as often as they occur, and names with their cumulated weights."""

    sentences: list[str]
    vocabulary: list[str]
    people: list[str]
    weights: list[float]

    @classmethod
    def read(cls, path: str) -> "Material":
        """That of the articles of a file."""
        opened = gzip.open if path.endswith(".gz") else open
        with opened(path, "rt", encoding="utf8") as file:
            texts = [json.loads(line)["text"] for line in file]
        sentences = sorted({sentence for text in texts for sentence in SENTENCE.findall(text)})
        random.Random(1).shuffle(sentences)
        vocabulary = [word.lower() for sentence in sentences for word in WORD.findall(sentence) if word.isalpha()]
        rng = random.Random(2)
        last = sorted({word.capitalize() for word in vocabulary})
        people = [
            f"{rng.choice(FIRST)} {rng.choice('ABCDEFGHIJKLMNOPRSTW')}. {rng.choice(last)}" for _ in range(PEOPLE)
        ]
        weights = list(accumulate(1 / (rank + 10) for rank in range(PEOPLE)))
        gc.freeze()  # nothing of it is to be looked at again and again while the bank is at work
        return cls(sentences, vocabulary, people, weights)

    def sentence(self, rng: random.Random) -> str:
        """One sentence, most often with some of its words exchanged."""
        kept = rng.choice(self.sentences)
        return kept if rng.random() < KEPT else WORD.sub(lambda match: self._other(rng, match[0]), kept)

    def _other(self, rng: random.Random, word: str) -> str:
        if rng.random() >= EXCHANGED:
            return word
        return str(rng.randrange(10_000)) if word.isdigit() else rng.choice(self.vocabulary)

    def speaker(self, rng: random.Random) -> Speaker | None:
        """Most often a person of full name; also groups, people known by a last name alone, and nobody."""
        drawn = rng.random()
        if drawn < 0.7:
            (name,) = rng.choices(self.people, cum_weights=self.weights)
            return Speaker(name=name if drawn < 0.6 else name.rpartition(" ")[2])
        return Speaker(name=rng.choice(GROUPS), type="group") if drawn < 0.9 else None

    def articles(self, count: int, first: int = 0) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
        """So many articles with their claims, less those before the `first`, always the same ones."""
        for n in range(first, count):
            yield self._article(n, random.Random(n))

    def _article(self, n: int, rng: random.Random) -> tuple[Article, tuple[Claim, ...]]:
        said = [(self.sentence(rng), self.speaker(rng), rng.random() < 0.5) for _ in range(CLAIMS)]
        lines, spans, at = [], [], 0
        for words, speaker, quoted in said:
            content = f"“{words.rstrip('.!?“”')},”" if quoted else words.rstrip(".!?")
            line = f"{content} said {speaker.name if speaker else 'one of them'}."
            lines.append(line)
            spans.append(Span(at, at + len(content)))
            at += len(line) + 2
        article = Article(
            text="\n\n".join(lines),
            id=f"a{n}",
            publisher=rng.choice(OUTLETS),
            title=f"Report {n}",
            published=date(2020, 1, 1) + timedelta(days=rng.randrange(2000)),
        )
        quotations = pair_quotes(article.text)
        claims = [
            Claim.build(article, content=[span], speaker=speaker, quotations=quotations)
            for span, (_, speaker, _) in zip(spans, said, strict=True)
        ]
        return article, tuple(claims)


def grow(path: Path, material: Material, claims: int, stops: list[int], source: str) -> None:
    """Fill a bank, or go on, and at each stop print what the last part of the way cost, and have questions asked."""
    clock, used, last_used = 0.0, 0.0, 0.0
    before = _peak()
    with ClaimBank(path) as bank:
        there = sum(1 for _ in bank.articles())
        done = last_done = begun = there * CLAIMS
        stops = [stop for stop in stops if stop > done]
        made = material.articles(-(-claims // CLAIMS), there)
        while window := list(islice(made, WINDOW)):
            start, start_used = time.perf_counter(), time.process_time()
            bank.add_many(window)
            clock, used = clock + time.perf_counter() - start, used + time.process_time() - start_used
            done += sum(len(found) for _, found in window)
            if stops and done >= stops[0]:
                stops.pop(0)
                fresh, late = done - begun, done - last_done
                size = path.stat().st_size
                print(
                    f"{done:,} claims: {fresh:,} added at {fresh / clock:,.0f} a second by the clock, "
                    f"{fresh / used:,.0f} by CPU time, the last {late:,} at {late / (used - last_used):,.0f}; "
                    f"{_peak() - before} MB of memory at most; "
                    f"file {size / 1e9:.2f} GB, {size / done:,.0f} bytes a claim",
                    flush=True,
                )
                last_used, last_done = used, done
                command = [sys.executable, "-m", "benchmarks.growth", source, "--ask", str(path)]
                subprocess.run(command, check=True)


def ask(path: Path, material: Material) -> None:
    """Questions of every sort, from a process of its own: median and 95th percentile."""
    rng = random.Random(3)
    known = [claim for _, found in material.articles(400) for claim in found if len(claim.text) > 60]
    person = next(claim.speaker.name for claim in known if claim.speaker and " " in claim.speaker.name)

    def said() -> str:
        return rng.choice(known).text

    def some(count: int) -> str:
        return " ".join(rng.choice(material.vocabulary) for _ in range(count))

    before = _peak()
    with ClaimBank(path, read_only=True) as bank:
        start = time.perf_counter()
        bank.speaker(person)
        opened = time.perf_counter() - start
        sorts: dict[str, Callable[[], object]] = {
            "search, one word": lambda: bank.search(some(1)),
            "search, two words": lambda: bank.search(some(2)),
            "search, three of a claim": lambda: bank.search(" ".join(WORD.findall(said())[:3])),
            "search, phrase": lambda: bank.search(f'"{" ".join(said().split()[2:5])}"'),
            "search, word and speaker": lambda: bank.search(some(1), speaker=person),
            "search, word, outlet, since": lambda: bank.search(some(1), publisher=OUTLETS[0], since="2024-01-01"),
            "check, as printed": lambda: bank.check(said()),
            "check, a word changed": lambda: bank.check(altered(rng, said())),
            "check, of a speaker": lambda: bank.check(said(), person),
            "check, not there": lambda: bank.check(some(12)),
            "timeline": lambda: bank.timeline(rng.choice(material.people[:200])),
        }
        taken: dict[str, list[tuple[float, float]]] = {}
        for name, call in sorts.items():
            times = [timed(partial(_ask, call)) for _ in range(CALLS)]
            taken.setdefault(name.partition(",")[0], []).extend(times)
            print(f"  {name:28} {_told(times)}", flush=True)
        for name, times in taken.items():
            print(f"  {'all of ' + name:28} {_told(times)}", flush=True)
    print(f"  first answer after {1000 * opened:.0f} ms; {_peak() - before} MB of memory at most", flush=True)


def _ask(call: Callable[[], object]) -> None:
    with suppress(LookupError):  # a name that nobody has, or several
        call()


def _told(times: list[tuple[float, float]]) -> str:
    told = []
    for name, which in (("CPU", 1), ("clock", 0)):
        ordered = sorted(t[which] for t in times)
        middle, late = (1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95))
        told.append(f"{name} median {middle:6.1f} ms, 95 % {late:6.1f} ms")
    return "   ".join(told)


def _peak() -> int:
    """The most memory that this process has held so far, in MB; to `getrusage` a child begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="utf8")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


def main() -> None:
    """Grow a bank, or ask one that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--at", type=int, nargs="*", default=[250_000])
    parser.add_argument("--folder", help="where the bank is left; else it is thrown away")
    parser.add_argument("--ask", type=Path, help="a bank that was grown before: only ask")
    args = parser.parse_args()
    material = Material.read(args.articles)
    if args.ask:
        ask(args.ask, material)
        return
    print(f"{len(material.sentences):,} sentences, {len(set(material.vocabulary)):,} words", flush=True)
    with tempfile.TemporaryDirectory() as name:
        grow(
            Path(args.folder or name) / "grown.db",
            material,
            args.claims,
            sorted({*args.at, args.claims}),
            args.articles,
        )


if __name__ == "__main__":
    main()
