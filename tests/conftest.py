"""What several tests share: one extractor for the session, the example articles, and their gold claims."""

import json
from functools import cache
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, settings

import quotebank

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "examples" / "articles"
GOLD = ROOT / "tests" / "gold"

# Examples that load a model take as long as the machine is busy: the deadline would measure the neighbours.
settings.register_profile("quotebank", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quotebank")
torch.set_num_threads(1)


@pytest.fixture(scope="session")
def extractor() -> quotebank.Extractor:
    return quotebank.Extractor()


@pytest.fixture(scope="session")
def browser():
    pytest.importorskip("selenium.webdriver")
    from tests.pages.browsing import start_browser

    driver = start_browser()
    yield driver
    driver.quit()


@cache
def article(name: str) -> quotebank.Article:
    return quotebank.Article(text=(ARTICLES / f"{name}.txt").read_text(encoding="utf8"), id=name)


def article_names() -> list[str]:
    return sorted(p.stem for p in ARTICLES.glob("*.txt"))


@cache
def gold_rows(name: str) -> list[dict]:
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf8"))


def located(text: str, row: dict) -> dict[str, list[list[int]]]:
    """The offsets of a gold claim: each piece stands in its passage, after the piece before it."""
    if text.count(row["passage"]) != 1:
        raise ValueError(f"the passage occurs {text.count(row['passage'])} times: {row['passage'][:60]!r}")
    base = text.index(row["passage"])
    roles = {}
    for role in ("source", "cue", "content"):
        at, spans = 0, []
        for piece in row[role]:
            found = row["passage"].find(piece, at)
            if found < 0:
                raise ValueError(f"{role} {piece!r} is not in its passage {row['passage'][:60]!r}")
            at = found + len(piece)
            spans.append([base + found, base + at])
        roles[role] = spans
    return roles
