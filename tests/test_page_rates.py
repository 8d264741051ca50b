"""Pages as they come: the share of texts that are read right does not fall, class by class."""

import pytest

from tests import page_rates
from tests.made_texts import read_cases

LEAST = 0.9
CLASSES = sorted({case["class"] for case in read_cases("pages")})


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_of_pages_is_read(extractor, name):
    shares, wrong = page_rates.measure(extractor.extract, name)
    assert shares[name] >= LEAST, "\n".join(wrong)


def test_there_are_many_texts_and_each_says_what_is_right():
    cases = read_cases("pages")
    assert len(cases) >= 300
    assert len({case["text"] for case in cases}) == len(cases)
    for case in cases:
        assert all(part["content"] in case["text"] for part in case["claims"])
        assert all(part in case["text"] for part in (*case["nobody"], *case.get("no_statement", ())))
        assert case["claims"] or case["nobody"] or case["no_statement"]
