"""How fast a bank is and what it survives, on articles made by varying our own.

usage: python -m benchmarks.bank_load [adding] [reading] [killing] [processes] [--articles N] [--rounds N]

adding     articles already extracted: claims a second, and the cost of an article late against early
reading    search and check over a large bank: median and 99th percentile
killing    kill -9 in the middle of add_many: integrity, nothing in part, nothing lost that was reported
processes  6 processes that add at once: nothing lost
All of them where none is named. Figures are of one process unless it says so.
"""

import argparse
import random
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.timing import altered, timed
from benchmarks.varied_articles import OUTLETS, varied
from quotebank import ClaimBank
from tests.bank.killing import kill_rounds
from tests.bank.reports import add_numbers

WINDOW = 100  # articles


def adding(folder: Path, articles: int) -> None:
    """Fill a bank, and print what it takes at 2,500, at 25,000 and at all claims."""
    times: list[tuple[float, float]] = []  # of a hundred articles each
    made = varied(articles)
    with ClaimBank(folder / "claims.db") as bank:
        bank.add(*next(varied(1, seed=9)))  # word lists are read once
        while window := list(islice(made, WINDOW)):
            times.append(timed(lambda: bank.add_many(window)))
    first = times[0][1]
    for end in sorted({1, min(10, len(times)), len(times)}):
        claims = end * WINDOW * 25
        clock, used = (sum(t[which] for t in times[:end]) for which in (0, 1))
        last = times[end - 1][1]
        print(
            f"to {claims:>7,} claims: {claims / clock:6,.0f} claims/s so far ({claims / used:,.0f} by CPU time), "
            f"an article of the last {WINDOW} CPU {1000 * last / WINDOW:.1f} ms ({last / first:.2f} of the first ones)"
        )
    print(f"file: {(folder / 'claims.db').stat().st_size / articles / 25:,.0f} bytes a claim")


def reading(folder: Path, articles: int) -> None:
    """Searches and checks of every sort, over the bank that `adding` filled."""
    rng = random.Random(3)
    claims = [c for _, found in varied(60, seed=1) for c in found]
    words = [w for c in claims for w in c.text.split()]
    with ClaimBank(folder / "claims.db", read_only=True) as bank:
        searches = {
            "search, one word": lambda: bank.search(rng.choice(words)),
            "search, three words": lambda: bank.search(" ".join(rng.choice(claims).text.split()[:3])),
            "search, phrase": lambda: bank.search(f'"{" ".join(rng.choice(claims).text.split()[2:5])}"'),
            "search, by speaker": lambda: bank.search(rng.choice(words), speaker="Ann Aldton"),
            "search, filters": lambda: bank.search(
                rng.choice(words), publisher=rng.choice(OUTLETS), since="2023-01-01"
            ),
            "check, as printed": lambda: bank.check(rng.choice(claims).text[:300]),
            "check, a word changed": lambda: bank.check(altered(rng, rng.choice(claims).text[:300])),
            "check, of a speaker": lambda: bank.check(rng.choice(claims).text[:300], "Ann Aldton"),
            "check, not there": lambda: bank.check(" ".join(rng.sample(words, 12))),
        }
        every = []
        for name, call in searches.items():
            call()
            times = [timed(call) for _ in range(60)]
            every += times
            print(f"{name:22} {_told(times)}")
        print(f"{'all':22} {_told(every)}, {articles * 25:,} claims")


def _told(times: list[tuple[float, float]]) -> str:
    told = []
    for name, which in (("", 0), ("CPU ", 1)):
        ordered = sorted(t[which] for t in times)
        middle, late = (1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.99))
        told.append(f"{name}median {middle:6.1f} ms, 99 % {late:6.1f} ms")
    return "   ".join(told)


def killing(folder: Path, rounds: int) -> None:
    """Kill, look, go on."""
    reported = kill_rounds(str(folder / "killed.db"), rounds)
    print(f"{rounds} rounds: {reported:,} articles reported, none lost, none in part, indexes whole")


def processes(folder: Path) -> None:
    """Six processes, 150 articles each."""
    path = str(folder / "shared.db")
    start = time.perf_counter()
    with ProcessPoolExecutor(6, get_context("spawn")) as pool:
        for done in [pool.submit(add_numbers, path, worker, 150) for worker in range(6)]:
            done.result()
    with ClaimBank(path) as bank:
        kept = len(list(bank.articles()))
        print(f"6 processes: {kept} of 900 articles kept, {'whole' if bank.verify().ok else 'DAMAGED'}, "
              f"{time.perf_counter() - start:.1f} s")  # fmt: skip


def main() -> None:
    """Run what is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help="adding, reading, killing, processes")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=200)
    args = parser.parse_args()
    what = args.what or ["adding", "reading", "killing", "processes"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if {"adding", "reading"} & set(what):
            adding(folder, args.articles)
        if "reading" in what:
            reading(folder, args.articles)
        if "killing" in what:
            killing(folder, args.rounds)
        if "processes" in what:
            processes(folder)


if __name__ == "__main__":
    main()
