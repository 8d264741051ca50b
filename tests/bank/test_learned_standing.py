"""The learned part of how words stand: chances of features, and what they change of what the rules say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotebank import Article, Claim, ClaimBank, Span
from quotebank.bank import learned_standing
from quotebank.bank.learned_standing import DOUBTFUL, SURE, SURER, chances, is_open, revised
from quotebank.bank.result_records import Standing
from quotebank.bank.standing import by_rules
from quotebank.bank.standing_features import features
from quotebank.testing.strategies import readings
from quotebank.text import table


def of_chance(monkeypatch, stated, second=0.0):
    """Weights by which any words are stated, or told at second hand, with these chances."""
    told = learned_standing.Chances(stated, second, 1.0 - stated - second)
    monkeypatch.setattr(learned_standing, "chances", lambda _: told)


@pytest.mark.parametrize(
    ("rule", "stated", "second", "stance"),
    [
        ("stated", SURE + 0.01, 0.0, "stated"),
        ("stated", SURE - 0.01, 0.0, "unclear"),
        ("stated", DOUBTFUL - 0.01, 0.0, "not reported"),
        ("stated", DOUBTFUL - 0.01, 0.7, "second hand"),
        ("unclear", SURE + 0.01, 0.0, "unclear"),
        ("unclear", SURER + 0.01, 0.0, "stated"),
        ("unclear", DOUBTFUL - 0.01, 0.0, "not reported"),
    ],
)
def test_rules_and_weights_decide_together(monkeypatch, rule, stated, second, stance):
    of_chance(monkeypatch, stated, second)
    assert revised(Standing(stance=rule, sentence=Span(0, 1)), []).stance == stance


@pytest.mark.parametrize(
    ("stance", "lost", "is_so"),
    [
        ("stated", "", True),
        ("unclear", "", True),
        ("unclear", "negation", True),
        ("stated", "negation", False),
        ("denied", "", False),
        ("second hand", "", False),
    ],
)
def test_the_weights_have_a_say_only_where_the_rules_do_not_know(stance, lost, is_so):
    assert is_open(Standing(stance=stance, lost=lost, sentence=Span(0, 1))) == is_so


@given(readings())
def test_the_features_of_any_claim_have_chances(reading):
    article, claims = reading
    for claim in claims:
        frame, rule = by_rules(article.text, claim, claim.content)
        if len(frame.words):
            found = chances(features(frame, claim, None, None, rule))
            assert found.stated + found.second_hand + found.unstated == pytest.approx(1.0)


@given(st.sets(st.sampled_from(sorted(table("bank/standing_weights"))), max_size=40))
def test_chances_do_not_hang_on_the_order_of_features(found):
    there, back = chances(sorted(found)), chances(sorted(found, reverse=True))
    assert there.stated == pytest.approx(back.stated)


def test_every_weight_is_of_a_feature_that_there_is():
    zones = ["before", "behind", "cue", "told before", "told behind", "source", "next", "next1", "next2", "next quoted"]
    begins = [*zones, "run", "next run", "next begins", "asked", "order", "-", "+", "no next", "next short", "first"]
    begins += ["quoted", "not quoted", "cut", "ends", "kind", "act", "force", "negated", "conditional", "within"]
    begins += ["outer", "inner", "cue of", "source of", "speaker", "nobody's", "rule", "intercept"]
    known = tuple(begins)
    assert [name for name in table("bank/standing_weights") if not name.startswith(known)] == []


# new wordings, none of which the weights or the rules were made by
known = pytest.mark.xfail(strict=True, reason="neither the rules nor the weights know it")
UNSAID = [
    pytest.param("In the ballad, {who} {cue} “{words}” to the hangman.", "tells", marks=known),
    ("“{words}” is what {who} {cue}, if the barman's memory can be trusted, which it cannot.", "said"),
    ("A parrot that once belonged to {who} {cue} “{words}” all day long.", "says"),
    ("The puppet of {who} {cue} “{words}” and bows.", "says"),
    pytest.param(
        "“{words},” {who} {cue}. An hour later the office of the minister took every word of it back.",
        "said",
        marks=known,
    ),
]
SAID = [
    ("“{words},” {who} {cue} on Tuesday.", "said"),
    ("{who} {cue} reporters at the harbour: “{words}.”", "told"),
    ("Speaking after the vote, {who} {cue}: “{words}.”", "said"),
    ("“{words},” {cue} {who}, who has run the ferry for nine years.", "said"),
    ("In a letter to the council {who} {cue}: “{words}.”", "wrote"),
]


def check(form, cue, words="the ferry will sail again"):
    text = form.format(who="Ann Lee", cue=cue, words=words)
    article = Article(text=text, id="a")
    spans = {
        name: [Span(text.index(part), text.index(part) + len(part))]
        for name, part in (("content", words), ("cue", cue), ("source", "Ann Lee"))
    }
    spans["content"] = [Span(spans["content"][0].start - 1, spans["content"][0].end + 1)]
    with ClaimBank(":memory:") as bank:
        bank.add(article, [Claim.build(article, **spans, speaker="Ann Lee", force="statement")])
        return bank.check(words, "Ann Lee").verdict


@pytest.mark.parametrize(("form", "cue"), UNSAID)
def test_what_nobody_stated_is_not_said(form, cue):
    assert check(form, cue) != "said"


@pytest.mark.parametrize(("form", "cue"), SAID)
def test_ordinary_reports_are_said(form, cue):
    assert check(form, cue) == "said"
