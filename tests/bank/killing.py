"""Killing a process that fills a bank, for the tests and for benchmarks/bank_load.py."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time

from quotebank import ClaimBank
from tests.bank.reports import ROOT

ADDING = """
    import sys
    from quotebank import ClaimBank
    from tests.bank.reports import report

    path, begin = sys.argv[1], int(sys.argv[2])
    reports = [report(f"“Number {n} of the roof is up, and the harbour is safe,”", id=str(n)) for n in range(begin, begin + 3000)]
    with ClaimBank(path) as bank:
        bank.add(*report("“Number none,”", id=f"first {begin}"))  # what is loaded at the first time, is
        print("ready", flush=True)
        bank.add_many(reports, progress=lambda added: print(added.article_id, flush=True))
"""


def killed(path: str, begin: int, after: float, *, at_work: bool) -> set[str]:
    """The articles that a process reported as added before it was killed; `at_work`: not before the first report."""
    command = [sys.executable, "-c", textwrap.dedent(ADDING), path, str(begin)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
    process.stdout.readline()
    first = process.stdout.readline() if at_work else ""
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    lines = (first + process.communicate()[0]).splitlines(keepends=True)
    return {line.strip() for line in lines if line.endswith("\n")}


def kill_rounds(path: str, rounds: int, seed: int = 1) -> int:
    """Kill a process that adds, again and again; the bank must have all that was reported, and nothing in part."""
    rng = random.Random(seed)
    reported = set()
    for n in range(rounds):
        reported |= killed(path, 10_000 * n, rng.uniform(0.0, 0.3), at_work=n % 2 == 0)
        with ClaimBank(path) as bank:
            assert bank._writer.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept = set(bank.articles())
            assert reported <= kept
            (halves,) = bank._writer.execute(
                "SELECT count(*) FROM articles WHERE (SELECT count(*) FROM claims WHERE article_id = articles.id) <> 1"
            ).fetchone()
            assert halves == 0
    with ClaimBank(path) as bank:
        assert bank.verify().ok
    return len(reported)
