"""What cues report: the cases of cases/acts.json, and what must hold of any."""

import pytest

from quotebank.attribution.acts import lemma, reported
from quotebank.attribution.attribution_record import Attribution
from quotebank.records import ACTS, FORCES
from quotebank.spans import Span
from quotebank.text.phrase_words import words_of
from quotebank.text.tokens import tokenize
from tests.conftest import article, article_names
from tests.made_texts import as_parameters, attributed, read_cases


@pytest.mark.parametrize("case", as_parameters(read_cases("acts")))
def test_what_a_cue_reports(case):
    found = reported(words_of(tokenize(case["text"])), attributed(case["text"], case))
    wanted = tuple(case[field] for field in ("act", "force", "negated", "conditional"))
    assert (found.act, found.force, found.negated, found.conditional) == wanted


def test_the_cases_hold_every_act_and_force():
    cases = read_cases("acts")
    assert {c["act"] for c in cases} == set(ACTS) - {"evidence"}  # which only the network tells, see test_extractor
    assert {c["force"] for c in cases} - {None} == set(FORCES)


@pytest.mark.parametrize("name", article_names())
def test_acts_of_the_examples_are_consistent(extractor, name):
    claims = extractor.extract(article(name))
    assert all((c.force is None) == (c.act != "speech") for c in claims)
    assert sum(c.is_statement for c in claims) > len(claims) / 2


def test_a_refusal_is_no_statement(extractor):
    text = "The mayor, Ann Lee, declined on Wednesday to say whether the bridge was safe. She said it was old."
    refused, said = extractor.extract(text)
    assert (refused.force, refused.is_statement) == ("refusal", False)
    assert (said.force, said.is_statement) == ("statement", True)


@pytest.mark.parametrize(
    ("form", "verb"),
    [("said", "say"), ("denies", "deny"), ("denied", "deny"), ("planned", "plan"), ("promising", "promise"), ("urges", "urge"), ("table", "table")],
)  # fmt: skip
def test_forms_of_cues(form, verb):
    assert lemma(form) == verb


@pytest.mark.parametrize(
    ("line", "force"),
    [("Ban it. Next.", "statement"), ("What would you do?", "question"), ("Why not? I left.", "statement")],
)
def test_what_a_label_stands_before_asks_by_its_own_mark_alone(line, force):
    text = f"BO ORR: And you?\nANN LEE: {line}"
    label, first = text.rindex(":"), text.rindex(line)
    found = Attribution(
        source=(Span(label - len("ANN LEE"), label),),
        cue=(Span(label, label + 1),),
        content=(Span(first, first + len(line)),),
        confidence=1.0,
        act="speech",
        force="question",
    )
    assert reported(words_of(tokenize(text)), found).force == force
