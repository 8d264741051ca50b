"""Networks in one thread: theirs are so small that several threads wait for each other longer than they work.

Where another process keeps a core busy, the threads that OpenMP spins up for a small LSTM made an article forty times
slower. What the host program has set is as before when an article is done, and never changes in its other threads'
running work: OpenMP keeps the number for each thread by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import torch

_lock = threading.Lock()
_inside = 0
_before = 1


@contextmanager
def one_thread() -> Iterator[None]:
    """Run what is inside with one thread of torch's; several of ours may be inside at once."""
    global _inside, _before  # noqa: PLW0603 - torch keeps the number for the whole process, so do we
    with _lock:
        if not _inside:
            _before = torch.get_num_threads()
        _inside += 1
        torch.set_num_threads(1)
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            torch.set_num_threads(_before)
