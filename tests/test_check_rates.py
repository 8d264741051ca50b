"""On passages apart, what was not said is hardly ever called so, and what was said mostly is."""

import pytest

from tests import check_rates

MOST_WRONGLY_SAID = 0.035  # 0.026 when pinned, 0.065 before its kinds were mended
LEAST_SAID = 0.59  # 0.611 when pinned
LEAST_REPORTED = 0.78  # said, or a paraphrase of indirect words; 0.801 when pinned


@pytest.fixture(scope="module")
def count(extractor):
    return check_rates.measure(extractor)


def test_what_was_not_said_is_hardly_ever_called_so(count):
    assert check_rates.share(count, {"said"}, said=False) <= MOST_WRONGLY_SAID, sorted(count.items())


def test_what_was_said_is_mostly_called_so(count):
    assert check_rates.share(count, {"said"}, said=True) >= LEAST_SAID, sorted(count.items())
    assert check_rates.share(count, {"said", "paraphrase"}, said=True) >= LEAST_REPORTED, sorted(count.items())


def test_every_passage_has_its_words_and_an_answer():
    rows = list(check_rates.passages())
    assert len(rows) == len({row["text"] + row["quotation"] for row in rows}) == 1000
    assert {row["verdict"] for row in rows} == {"said", "second hand", "misattributed", "altered", "not stated"}
