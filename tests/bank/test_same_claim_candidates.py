"""What claims are looked up by: nothing that is the same may be passed over, and little else be looked at."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank.bank.same_claim_candidates import (
    GUARANTEED,
    KEY_BITS,
    Postings,
    agreement,
    fingerprints,
    gist,
    named_cluster,
    stems_of,
    telling,
)
from quotebank.bank.tables import MIGRATIONS, statements
from quotebank.comparing import total_information
from quotebank.comparing.compared_words import read_words
from tests.made_texts import growth, newslike, read_cases

WORDS = [
    "roof",
    "pump",
    "the",
    "is",
    "not",
    "we",
    "that's",
    "can't",
    "bridge",
    "2,300",
    "safe",
    "of",
    "harbour’s",
    "café",
]
said = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
PERSON = 7


def bank_of(*texts: str) -> sqlite3.Connection:
    """A bank's index that holds these texts as claims 1, 2, … of one person."""
    connection = sqlite3.connect(":memory:")
    for statement in (s for script in MIGRATIONS for s in statements(script)):
        connection.execute(statement)
    for row, text in enumerate(texts, 1):
        told = gist(text)
        entries = [(key, row, told.steps) for key in told.keys(PERSON)]
        connection.executemany("INSERT OR IGNORE INTO postings VALUES (?, ?, ?)", entries)
    return connection


def likely(connection: sqlite3.Connection, text: str, most: int = 100) -> list[int]:
    told = gist(text)
    postings = Postings()
    postings.read(connection, told.keys(PERSON))
    return postings.likely(told, [told.keys(PERSON)], most)


class TestFingerprints:
    @given(said, st.lists(st.sampled_from(WORDS), min_size=GUARANTEED, max_size=12).map(" ".join), said, said, said)
    def test_texts_with_a_run_in_common_share_one(self, a: str, run: str, b: str, c: str, d: str) -> None:
        assert set(fingerprints(f"{a} {run} {b}")) & set(fingerprints(f"{c} {run} {d}"))

    @given(newslike)
    def test_any_text(self, text: str) -> None:
        prints = fingerprints(text)
        assert len(prints) == len(set(prints))
        assert all(0 <= number < 1 << KEY_BITS for number in prints)

    def test_spelling_does_not_count(self) -> None:
        assert fingerprints("That’s above my pay GRADE.") == fingerprints("that is above my pay grade")
        assert fingerprints("I can't, they won't: the party's over.") == fingerprints(
            "I can not they will not the party over"
        )

    def test_short_texts_have_none_and_others_few(self) -> None:
        assert fingerprints("the roof of the bridge") == ()
        long = " ".join(a + b for a in "abcdefghijklmn" for b in "opqrstuvwxyz")
        assert 0.4 * 168 < len(fingerprints(long)) < 0.6 * 168  # a window of three keeps a half of all


class TestLikely:
    @settings(deadline=None)
    @given(st.lists(said, min_size=1, max_size=12), said)
    def test_are_those_that_tell_much_in_common(self, texts: list[str], text: str) -> None:
        found = likely(bank_of(*texts), text)
        assert len(found) == len(set(found))
        for row in found:
            assert 1 <= row <= len(texts)
        if gist(text).terms and not gist(text).runs:
            exact = {n for n, t in enumerate(texts, 1) if agreement(text, t).is_enough and agreement(text, t).common}
            nearly = {n for n, t in enumerate(texts, 1) if agreement(text, t).of_least > 0.34}
            assert exact <= set(found) <= nearly  # what a claim tells is kept in eighths of a nat

    def test_likeliest_first(self) -> None:
        bank = bank_of(
            "the ferry sank in the harbour at night",
            "the ferry sank",
            "the ferry sank in the harbour",
            "the mayor painted the tunnel",
        )
        assert likely(bank, "the ferry sank in the harbour!") == [3, 1, 2]
        assert likely(bank, "the ferry sank in the harbour!", most=1) == [3]

    def test_small_words_alone_are_found(self) -> None:
        bank = bank_of("we are not quite there yet", "it is what it is", "the harbour is not quite there yet")
        assert set(likely(bank, "they were not quite there yet")) == {1, 3}
        assert likely(bank, "It is what it is.") == [2]

    def test_a_claim_in_several_clusters_counts_once(self) -> None:
        told = gist("the ferry sank in the harbour")
        clusters = [named_cluster("state"), named_cluster("department")]
        postings = Postings()
        keys = list(map(told.keys, clusters))
        postings.read(bank_of(), [*keys[0], *keys[1]])
        for row, text in enumerate(["the ferry sank in the harbour", "the ferry sank"], 1):
            for cluster in clusters[: 3 - row]:
                postings.enter(gist(text).keys(cluster), gist(text).packed(row))
        assert postings.likely(told, keys, 9) == [1, 2]

    @pytest.mark.parametrize(
        "case", [c for c in read_cases("matching") if c["relation"] and c["kind"] != "known-failure"],
        ids=lambda c: c["label"].replace(" ", "-"),
    )  # fmt: skip
    def test_claims_that_are_the_same_are_found(self, case: dict[str, Any]) -> None:
        if read_words(case["a"]).keys:
            shared = set(fingerprints(case["a"])) & set(fingerprints(case["b"]))
            assert shared or likely(bank_of(case["b"]), case["a"])


class TestTelling:
    @given(newslike)
    def test_words_that_full_text_search_can_be_asked_for(self, text: str) -> None:
        words = telling(text)
        assert all('"' not in word and word for word in words)
        assert bool(words) == any(c.isalnum() for word in words for c in word)

    def test_each_stem_once_and_small_words_in_runs(self) -> None:
        assert list(telling("The ferry's captain painted ferries")) == ["ferry", "captain", "painted"]
        assert "not quite there yet" in telling("we are not quite there yet")
        assert list(telling("it is what it is")) == ["it is what it is"]
        assert telling("…") == {}


@pytest.mark.parametrize("make", [lambda n: "ferry sank " * n, lambda n: "not quite " * n, lambda n: "“no, " * n])
@pytest.mark.parametrize("run", [gist, fingerprints, telling])
def test_grows_with_the_text(run: Any, make: Any) -> None:
    assert growth(getattr(run, "__wrapped__", run), make, 16_000, limit=2.6) <= 2.6


def test_a_word_that_is_spelled_in_one_way_keeps_its_weight() -> None:
    text = "She promised a surprise, otherwise the chancellor exercises"
    assert agreement(text, text).common == pytest.approx(total_information(stems_of(text)))
    assert agreement("the new harbours", "a new harbor").of_least == 1.0
