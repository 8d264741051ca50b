"""What the benchmarks of a bank share: a call by both clocks, a quotation with a word changed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable


def altered(rng: random.Random, text: str) -> str:
    """The text with one of its words another one."""
    words = text.split()
    words[rng.randrange(len(words))] = "otherwise"
    return " ".join(words)


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of this process alone, which neighbours do not lengthen."""
    start, used = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - start, time.process_time() - used
