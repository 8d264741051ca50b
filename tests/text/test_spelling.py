"""British and American spelling of one word."""

import pytest

from quotebank.text import one_spelling, other_spellings


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("tyre", "tire"),
        ("cheques", "checks"),
        ("storey", "story"),
        ("fulfilment", "fulfillment"),
        ("kerb", "curb"),
        ("sceptically", "skeptically"),
        ("harbours", "harbors"),
        ("organised", "organized"),
        ("twentieth", "20th"),
    ],
)
def test_a_word_is_one_in_both_spellings(british, american):
    assert one_spelling(british) == one_spelling(american) == american
    assert british in other_spellings(american)
    assert american in other_spellings(british)
