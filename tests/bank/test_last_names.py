"""Whom a last name alone stands for across articles: the same in any order, and after any history."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank import ClaimBank
from tests.bank.reports import filled, report

PEOPLE = (*["Ann Lee"] * 6, "Bo Lee", "Bo Lee Jr.", "Lee", "Lee", "Lee Jr.", "Cy Ott", "Ott")
ROLES = ("mayor", "farmer", "retired farmer", None)
PLACES = ("Oxbow", "Brindle", None)
spoken = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ROLES), st.sampled_from(PLACES)), max_size=16)
HISTORIES = ("again", "removed", "other", "merged", "split", "kept")
histories = st.lists(st.tuples(st.sampled_from(HISTORIES), st.integers(0, 15)), max_size=10)


@pytest.fixture
def bank():
    with ClaimBank(":memory:") as opened:
        yield opened


def said(n, name, role=None, place=None):
    return report(f"“Number {n} is up,”", name, role=role, affiliation=place, id=str(n))


def people(bank):
    """Who speaks in which articles, one each."""
    return {frozenset(a.article.id for a in bank.timeline(p)) for p in bank.speakers()}


def called(bank):
    return sorted((p.name, p.articles) for p in bank.speakers())


def test_a_last_name_that_came_first_is_who_comes_later(bank):
    filled(bank, said(1, "Lee", "mayor"), said(2, "Lee", "mayor of Oxbow"), said(3, "Ann Lee", "candidate"))
    assert called(bank) == [("Ann Lee", 1), ("Lee", 2)]
    filled(bank, said(4, "Ann Lee", "mayor"))
    assert called(bank) == [("Ann Lee", 4)]
    assert bank.speaker("Lee").id == bank.speaker("Ann Lee").id
    assert [a.article.id for a in bank.timeline("Lee")] == ["1", "2", "3", "4"]
    assert bank.check("Number 1 is up", "Ann Lee").verdict == "said"


def test_who_is_no_more_in_the_bank_explains_nobody(bank):
    filled(bank, said(1, "Lee", "mayor"), said(2, "Ann Lee", "mayor"))
    assert called(bank) == [("Ann Lee", 2)]
    bank.remove("2")
    assert called(bank) == [("Lee", 1)]
    filled(bank, said(2, "Bo Lee", "mayor"))
    assert called(bank) == [("Bo Lee", 2)]
    bank.add(*said(2, "Cy Ott", "mayor"))
    assert called(bank) == [("Cy Ott", 1), ("Lee", 1)]
    assert bank.verify().ok


def test_of_two_who_may_be_meant_it_is_neither(bank):
    filled(bank, said(1, "Lee", "mayor"), said(2, "Ann Lee", "mayor"), said(3, "Bo Lee", "mayor"))
    assert called(bank) == [("Ann Lee", 1), ("Bo Lee", 1), ("Lee", 1)]


def test_nobody_asks_which_one_a_well_known_one_is(bank):
    filled(bank, said(0, "Blair"), *(said(n, "Tony Blair", "prime minister") for n in range(1, 5)))
    assert called(bank) == [("Blair", 1), ("Tony Blair", 4)]
    filled(bank, said(5, "Tony Blair"))
    assert called(bank) == [("Tony Blair", 6)]
    filled(bank, said(6, "Blair", "farmer"), said(7, "Blair", "prime minister", "Whitehall"))
    assert called(bank) == [("Blair", 1), ("Tony Blair", 7)]
    filled(bank, said(8, "Lionel Blair"))  # who else may be meant
    assert called(bank) == [("Blair", 2), ("Lionel Blair", 1), ("Tony Blair", 6)]


def test_a_well_known_one_is_meant_before_one_of_whom_little_is_said(bank):
    filled(bank, *(said(n, "Ann Lee", "president", "Reform Party") for n in range(5)))
    filled(bank, said(5, "Bo Lee", "president"), said(6, "Lee", "president", "Oxbow"))
    assert called(bank) == [("Ann Lee", 5), ("Bo Lee", 1), ("Lee", 1)]  # one in six is another
    filled(bank, *(said(n, "Ann Lee", "president") for n in range(7, 12)))
    assert called(bank) == [("Ann Lee", 11), ("Bo Lee", 1)]


def test_a_first_name_is_no_last_name_of_somebody_well_known(bank):
    filled(bank, said(0, "Thomas"), *(said(n, "Dylan Thomas") for n in range(1, 9)))
    assert called(bank) == [("Dylan Thomas", 8), ("Thomas", 1)]


def test_a_father_is_meant_before_his_son(bank):
    filled(bank, said(1, "Lee"), *(said(n, "Ann Lee", "singer") for n in range(2, 8)), said(8, "Ann Lee Jr.", "singer"))
    filled(bank, said(9, "Lee", "singer"))
    assert called(bank) == [("Ann Lee", 8), ("Ann Lee Jr.", 1)]


def test_a_hand_decides_before_the_bank(bank):
    filled(bank, said(1, "Lee", "mayor"), said(2, "Bo Lee", "farmer"))
    lee, bo = (next(p.id for p in bank.speakers() if p.name == name) for name in ("Lee", "Bo Lee"))
    decision = bank.merge(bo, lee)
    filled(bank, said(3, "Ann Lee", "mayor"))
    assert called(bank) == [("Ann Lee", 1), ("Bo Lee", 2)]
    bank.undo(decision)
    assert called(bank) == [("Ann Lee", 2), ("Bo Lee", 1)]
    split = bank.split("Ann Lee", articles=["1"])  # a last name, of another one
    assert called(bank) == [("Ann Lee", 1), ("Bo Lee", 1), ("Lee", 1)]
    filled(bank, said(4, "Lee", "mayor"))
    assert called(bank) == [("Ann Lee", 2), ("Bo Lee", 1), ("Lee", 1)]
    bank.undo(split)
    assert called(bank) == [("Ann Lee", 3), ("Bo Lee", 1)]
    assert bank.verify().ok


def test_one_who_was_merged_by_hand_is_one_of_whom_a_last_name_may_be(bank):
    filled(bank, said(1, "Lee", "mayor"), said(2, "Ann Lee", "mayor"), said(3, "Maria Lee", "mayor"))
    assert called(bank) == [("Ann Lee", 1), ("Lee", 1), ("Maria Lee", 1)]
    merged = bank.merge("Ann Lee", "Maria Lee")
    assert called(bank) == [("Ann Lee", 3)]
    bank.undo(merged)
    assert called(bank) == [("Ann Lee", 1), ("Lee", 1), ("Maria Lee", 1)]


@settings(max_examples=80, deadline=None)
@given(spoken, st.randoms(use_true_random=False))
def test_people_are_the_same_in_any_order(said_by, rng):
    reports = [said(n, *who) for n, who in enumerate(said_by)]
    with ClaimBank(":memory:") as one, ClaimBank(":memory:") as other:
        one.add_many(reports)
        rng.shuffle(reports)
        filled(other, *reports)
        assert people(one) == people(other)
        assert one.verify().problems == other.verify().problems == ()


@settings(max_examples=80, deadline=None)
@given(spoken, histories)
def test_people_are_those_of_a_bank_made_at_once(said_by, history):
    now = {str(n): said(n, *who) for n, who in enumerate(said_by)}
    with ClaimBank(":memory:") as bank, ClaimBank(":memory:") as anew:
        filled(bank, *now.values())
        for change, n in history:
            happens(bank, now, change, str(n))
        filled(anew, *now.values())
        assert people(bank) == people(anew)
        assert bank.verify().problems == ()


def happens(bank, now, change, name):
    """One thing that happens to an article of a bank, or to somebody who speaks in it, and is taken back."""
    if name not in now:
        return
    article, claims = now[name]
    speaker = next(p for p in bank.speakers() if name in (a.article.id for a in bank.timeline(p)))
    if change == "removed":
        bank.remove(name)
        del now[name]
    elif change == "other":
        now[name] = said(int(name), "Bo Lee", "mayor", "Oxbow")
        bank.add(*now[name])
    elif change == "again":
        bank.add(article, ())
        bank.add(article, claims)
    elif change == "merged":
        others = [p for p in bank.speakers() if p.id != speaker.id]
        if others:
            bank.merge(speaker.id, others[0].id)
            bank.undo()
    elif change == "split" and speaker.articles > 1:
        bank.split(speaker.id, articles=[name])
        bank.undo()
