"""What does a bank find of what is there? Nothing needs to be labelled: everything is compared, and claims are altered.

usage: python -m benchmarks.unlabelled_claims GOLD.jsonl [GOLD.jsonl …] [--claims N] [--bank FILE]

Fills a bank with every attribution of the GOLD articles, as `labelled_pairs` does (or takes the bank in FILE).
    groups  of the claims that `compare` calls the same as an earlier one, those in one group with such a one; by how
            much the two tell in common of what either tells. Compared are all pairs that `agreement` finds worth it.
    check   of quotations made from N claims (whole, a part, with words changed or left out) those for which `check`
            gives the claim they were made from, or another that holds them as well; and the time it takes
"""

import argparse
import random
import sqlite3
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.labelled_pairs import attributions
from quotebank import ClaimBank
from quotebank.bank import sketches
from quotebank.bank.same_claim_candidates import OVERLAP, agreement, gist
from quotebank.comparing.alignment import align
from quotebank.comparing.same_claim import relation_of

COMPARED = 60  # of the earlier claims that have most in common with one
WORDS = range(6, 15)  # of a part


def groups(connection: sqlite3.Connection) -> None:
    """Compare everything, and look which of the pairs the bank has joined."""
    sql = sketches.SKETCHES.replace("json_each(?) AS asked CROSS JOIN claims ON claims.id = asked.value", "claims")
    claims = {row[0]: sketches.Sketch._make(row) for row in connection.execute(f"{sql} ORDER BY claims.id")}
    group = dict(connection.execute("SELECT id, group_id FROM claims WHERE group_id IS NOT NULL"))
    first: dict[int, int] = {}
    for row in sorted(group):
        first.setdefault(group[row], row)
    under: dict[int, list[int]] = defaultdict(list)
    found: list[tuple[float, bool]] = []
    for row, claim in claims.items():
        told = gist(claim.text)
        shared: dict[int, float] = defaultdict(float)
        for number, tells in (*told.terms, *told.runs):
            for other in under[number]:
                shared[other] += tells
            under[number].append(row)
        alike = {
            other: agreed.alike
            for other, common in shared.items()
            if common >= OVERLAP * min(told.tells, gist(claims[other].text).tells)
            and sketches.may_be_the_same(claim, claims[other])
            and (agreed := agreement(claim.text, claims[other].text)).is_enough
        }
        nearest = sorted(alike, key=lambda other: -alike[other])[:COMPARED]
        same = [alike[other] for other in nearest if relation_of(claim, claims[other])[0] is not None]
        if same:
            found.append((max(same), row in group and first[group[row]] < row))
    for least in (0.0, 0.15, 0.25, 0.4):
        joined = [held for most, held in found if most >= least]
        print(f"groups: {sum(joined):,} of {len(joined):,} ({sum(joined) / max(1, len(joined)):.3f}) "
              f"that tell {least} or more in common with an earlier one")  # fmt: skip


def check(bank: ClaimBank, connection: sqlite3.Connection, count: int) -> None:
    """Make quotations of claims, and ask for them."""
    rng = random.Random(5)
    sql = "SELECT text FROM claims WHERE kind <> 'indirect' AND length(text) BETWEEN 40 AND 900 ORDER BY id"
    texts = [text for (text,) in connection.execute(sql)]
    rng.shuffle(texts)
    vocabulary = [word for text in texts[:count] for word in text.split()]
    ways = {
        "whole": lambda words: " ".join(words)[:300].split(),
        "a part": lambda words: part(rng, words),
        "a word changed": lambda words: changed(rng, part(rng, words), 1, vocabulary),
        "two words changed": lambda words: changed(rng, part(rng, words), 2, vocabulary),
        "two words left out": lambda words: dropped(rng, part(rng, words)),
    }
    for name, way in ways.items():
        held, times = 0, []
        for text in texts[:count]:
            asked = " ".join(way(text.split()))
            began = time.process_time()
            proofs = bank.check(asked, limit=50).proofs
            times.append(time.process_time() - began)
            true = align(asked, text)
            held += any(
                p.appearance.claim.text == text
                or p.match == "verbatim"
                or (not true.verbatim and p.match == "altered" and p.share >= true.share)
                for p in proofs
            )
        times.sort()
        middle, late = (1000 * times[int(share * len(times))] for share in (0.5, 0.99))
        print(
            f"check, {name}: {held} of {len(times)} ({held / len(times):.3f}), median {middle:.1f} ms, 99 % {late:.1f}"
        )


def part(rng: random.Random, words: list[str]) -> list[str]:
    """Some words in a row."""
    length = rng.choice(WORDS)
    start = rng.randrange(max(1, len(words) - length))
    return words[start : start + length]


def changed(rng: random.Random, words: list[str], count: int, vocabulary: list[str]) -> list[str]:
    """With other words in place of some."""
    for _ in range(count):
        words[rng.randrange(len(words))] = rng.choice(vocabulary)
    return words


def dropped(rng: random.Random, words: list[str]) -> list[str]:
    """Without two words in the middle."""
    for _ in range(2):
        if len(words) > 4:
            del words[rng.randrange(1, len(words) - 1)]
    return words


def main() -> None:
    """Fill, compare, ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*")
    parser.add_argument("--claims", type=int, default=400)
    parser.add_argument("--bank", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = args.bank or Path(name) / "claims.db"
        with ClaimBank(path) as bank:
            if args.gold:
                bank.add_many((article, tuple(found.values())) for article, found in attributions(args.gold))
            connection = sqlite3.connect(path)
            if args.gold:
                groups(connection)
            check(bank, connection, args.claims)
            connection.close()


if __name__ == "__main__":
    main()
