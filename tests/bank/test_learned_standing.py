"""The learned part of how words stand: chances of features, and what they make of what the rules say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotebank import Article, Claim, ClaimBank, Span, Speaker
from quotebank.bank.learned_standing import ANOTHER, DOUBTFUL, SURE, SURER, Chances, chances, revised
from quotebank.bank.result_records import Standing
from quotebank.bank.standing import by_rules, standing
from quotebank.bank.standing_features import Whom, features
from quotebank.testing.strategies import readings
from quotebank.text import table

SPAN = Span(0, 1)


def told(said=0.0, second=0.0, other=0.0, cut=0.0):
    return Chances(said, second, other, cut)


@pytest.mark.parametrize(
    ("rule", "lost", "same", "chance", "stance", "whose"),
    [
        ("stated", "", True, told(SURE), "stated", True),
        ("stated", "", True, told(SURE - 0.01), "unclear", True),
        ("unclear", "", True, told(SURE), "stated", True),
        ("denied", "", True, told(0.99), "denied", True),
        ("stated", "negation", True, told(0.99), "stated", True),
        ("stated", "", None, told(SURER), "stated", True),
        ("stated", "", None, told(SURER - 0.01), "unclear", None),
        ("stated", "", True, told(DOUBTFUL), "not reported", True),
        ("stated", "", True, told(0.1, second=0.8), "second hand", True),
        ("stated", "", None, told(0.1, other=ANOTHER), "stated", False),
        ("stated", "", None, told(0.3, other=ANOTHER - 0.01), "unclear", False),
        ("stated", "", True, told(0.1, other=0.8), "not reported", True),
        ("stated", "", True, told(0.1, cut=0.8), "stated", True),
        ("second hand", "", False, told(0.1, second=0.1), "not reported", False),
        ("second hand", "", False, told(0.1, second=0.8), "second hand", False),
        ("asked", "", False, told(0.99), "asked", False),
    ],
)
def test_rules_and_weights_decide_together(rule, lost, same, chance, stance, whose):
    standing_ = Standing(stance=rule, lost=lost, sentence=SPAN)
    found, is_whose = revised(standing_, chance, same, least=SURE if same else SURER, may_be=True, holds=same is True)
    assert (found.stance, is_whose) == (stance, whose)


def test_what_is_left_out_may_be_no_negation_and_no_condition():
    found, _ = revised(
        Standing(stance="stated", sentence=SPAN), told(0.1, cut=0.8), True, least=SURE, may_be=True, holds=True
    )
    assert found.lost == "sense"


def test_what_somebody_else_who_is_named_said_is_never_who_is_asked_for():
    found, whose = revised(
        Standing(stance="stated", sentence=SPAN), told(0.99), False, least=SURER, may_be=False, holds=False
    )
    assert (found.stance, whose) != ("stated", True)


@given(readings(), st.booleans())
def test_the_features_of_any_claim_have_chances(reading, same):
    article, claims = reading
    for claim in claims:
        frame, rule = by_rules(article.text, claim, claim.content)
        if len(frame.words):
            found = chances(features(frame, claim, (None, None), rule, Whom.of("Ann Lee", same, article.text)))
            some = (found.said, found.second_hand, found.misattributed, found.altered, found.not_stated)
            assert all(0.0 <= one <= 1.0 for one in some)
            assert sum(some) == pytest.approx(1.0)


FIVE = st.lists(st.floats(0.0, 1.0), min_size=5, max_size=5)


@given(FIVE, FIVE)
def test_a_part_of_a_quotation_has_chances_too(here, there):
    part, whole = (Chances(*(one / max(sum(five), 1.0) for one in five[:4])) for five in (here, there))
    found = part.as_part(whole)
    assert found.said >= part.said
    assert found.said + found.second_hand + found.misattributed + found.altered <= 1.0 + 1e-9
    assert min(found.said, found.second_hand, found.misattributed, found.altered) >= 0.0


@given(st.sets(st.sampled_from(sorted(table("bank/standing_weights"))), max_size=40))
def test_chances_do_not_hang_on_the_order_of_features(found):
    there, back = chances(sorted(found)), chances(sorted(found, reverse=True))
    assert there.said == pytest.approx(back.said)


def test_every_weight_is_of_a_feature_that_there_is():
    zones = ["before", "behind", "cue", "told before", "told behind", "source", "next", "next1", "next2", "next quoted"]
    begins = [*zones, "run", "next run", "next begins", "asked", "order", "-", "+", "no next", "next short", "first"]
    begins += ["quoted", "not quoted", "ends", "kind", "act", "force", "negated", "conditional", "within", "claim"]
    begins += ["outer", "inner", "cue of", "source of", "speaker", "nobody's", "rule", "intercept", "whose", "whole"]
    begins += ["left out", "nothing left out", "who below"]
    known = tuple(begins)
    assert [name for name in table("bank/standing_weights") if not name.startswith(known)] == []


DESCRIBED = "Ann Lee has run the port for nine years. “{words},” the harbourmaster said on Tuesday."


@pytest.mark.parametrize(
    ("text", "asked", "named"),
    [
        (DESCRIBED, "Ann Lee", True),
        (DESCRIBED, "Bo Diaz", False),
        ("“{words},” the harbourmaster said, as Ann Lee looked on.", "Ann Lee", True),
        ("“{words},” the harbourmaster said. Ann Lee was not there.", "Ann Lee", True),
    ],
)
def test_a_place_tells_whether_who_is_asked_for_is_named_near(text, asked, named):
    words = "the ferry will sail again"
    article = Article(text=text.format(words=words), id="a")
    at = article.text.index(words)
    spans = {
        name: [Span(article.text.index(part), article.text.index(part) + len(part))]
        for name, part in (("cue", "said"), ("source", "the harbourmaster"))
    }
    speaker = Speaker(name="the harbourmaster", type="group")
    claim = Claim.build(article, content=[Span(at - 1, at + len(words) + 2)], speaker=speaker, **spans)
    place = standing(article.text, claim, [Span(at, at + len(words))], asked=asked)
    assert place.named is named
    assert place.same is not True or named


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


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("“is,” said someone. “sold,” said someone. ", "said"),
        ("“roof,” said someone. “is,” said someone. “sold roof,” said someone. ", "said"),
        ("“roof,” said someone. It is not true that someone said “sold”. ", "not stated"),
    ],
)
def test_where_nobody_is_asked_for_whoever_is_not_named_may_have_said_it(text, verdict):
    article = Article(text=text, id="a")
    at = text.index("“sold")
    said = text.rindex("said", 0, at) if "said" not in text[at:] else text.index("said", at)
    source = text.rindex("someone", 0, at) if "someone" not in text[at:] else text.index("someone", at)
    content = Span(at, text.index("”", at) + 1)
    spans = {"cue": [Span(said, said + 4)], "source": [Span(source, source + 7)]}
    with ClaimBank(":memory:") as bank:
        bank.add(article, [Claim.build(article, content=[content], force="statement", **spans)])
        assert bank.check(content.slice(text)).verdict == verdict
