"""Whether two articles are on one subject, by what their words tell in common."""

from __future__ import annotations

import math
import sqlite3
from calendar import day_name, month_name
from functools import lru_cache

from quotebank.bank.same_claim_candidates import stems_of
from quotebank.comparing import total_information

UNLIKE = 0.055  # of what two articles tell: below it nine in eleven of one name and other employers are two people
LEAST = 150.0  # nats that an article must tell for anything to follow from what it does not
READ = 5  # articles of a person that are read

TEXTS = "SELECT text FROM articles WHERE id IN (SELECT DISTINCT article_id FROM claims WHERE resolved_id = ? LIMIT ?)"


def nearness(connection: sqlite3.Connection, row: int, text: str, name: str) -> float:
    """How much a text has in common with that one of a person's articles which has most, from 0 to 1.

    1 where one of them is too short to tell, and of who is quoted in `READ` articles or more, as the well known are.
    """
    others = [other for (other,) in connection.execute(TEXTS, (row, READ))]
    if len(others) >= READ:
        return 1.0
    own = stems_of(name)
    return max((_alike(_topic(text) - own, _topic(other) - own) for other in others), default=1.0)


def likeness_of_topics(text: str, other: str, name: str) -> float:
    """How much two texts have in common but for a name, days and months, from 0 to 1, however short they are."""
    own = stems_of(name) | stems_of(" ".join((*day_name, *month_name, "Dr", "Mr", "Mrs", "Ms")))
    return _share(_topic(text) - own, _topic(other) - own)


@lru_cache(maxsize=64)
def _topic(text: str) -> frozenset[str]:
    return stems_of(text)


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    return 1.0 if min(total_information(a), total_information(b)) < LEAST else _share(a, b)


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    told, told_too = total_information(a), total_information(b)
    return total_information(a & b) / math.sqrt(told * told_too) if told and told_too else 0.0
