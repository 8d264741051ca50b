"""Whether a given name is a woman's or a man's, by its letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotebank.speakers.given_names import LONGEST, runs_of_letters, woman_odds
from quotebank.text import unaccented

WOMEN = ["Olga", "Nelda", "Anneliese", "Fatima", "Wilhelmina", "Božena"]
MEN = ["Sergei", "Aurelio", "Muhammad", "Wolfgang", "Dimitrios", "Ludvík"]


@pytest.mark.parametrize("name", WOMEN)
def test_a_womans_name(name):
    assert woman_odds(name) > 1


@pytest.mark.parametrize("name", MEN)
def test_a_mans_name(name):
    assert woman_odds(name) < -1


def test_letters_tell_no_more_than_they_do():
    assert abs(woman_odds("Xq")) < 2


@given(st.text(min_size=1, max_size=30))
def test_any_word_has_odds(name):
    assert -40 < woman_odds(name) < 40
    assert all(0 < len(run) <= LONGEST for run in runs_of_letters(name))


@given(st.sampled_from([*WOMEN, *MEN]))
def test_case_and_accents_do_not_count(name):
    assert woman_odds(name) == woman_odds(name.upper()) == woman_odds(name.lower()) == woman_odds(unaccented(name))


def test_a_run_stands_at_an_end_or_is_short():
    assert {"<ol", "lga>", "<olga"} <= runs_of_letters("Olga")
    assert "olga" not in runs_of_letters("Nolgan")
