"""Who is asked for, as people type it: a name with a description, a post, another form of a name, somebody's body."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotebank import Article, ClaimBank, Speaker
from quotebank.bank.asked_speaker import Post, read_asked
from quotebank.bank.named_speakers import is_also_called
from quotebank.comparing import same_name
from tests.bank.reports import filled, report

CASES = json.loads((Path(__file__).parents[1] / "cases" / "asked.json").read_text(encoding="utf8"))
"""Banks of one to three articles, by a writer who knew nothing of the rules, and what is asked of each."""

RIGHT = {
    "said": {"said", "paraphrase"},
    "unclear": {"said", "paraphrase", "unclear", "not found"},  # whether the body's chief executive is the body
    "not said": {"misattributed", "unclear", "not stated", "second hand", "altered", "not found"},
}
QUESTIONS = [(at, question) for at, case in enumerate(CASES) for question in case["questions"]]


@pytest.fixture(scope="module")
def bank_of(extractor):
    @cache
    def made(at: int) -> ClaimBank:
        bank = ClaimBank(":memory:")
        for number, row in enumerate(CASES[at]["articles"]):
            article = Article(**row, id=str(number))
            bank.add(article, extractor.extract(article))
        return bank

    yield made
    made.cache_clear()


@pytest.mark.parametrize(
    ("at", "question"),
    [
        pytest.param(at, q, id=f"{at}-{q['speaker']}", marks=[pytest.mark.xfail(strict=True)] * bool(q.get("missed")))
        for at, q in QUESTIONS
    ],
)
def test_who_is_asked_for(bank_of, at, question):
    found = bank_of(at).check(question["quotation"], question["speaker"])
    assert found.verdict in RIGHT[question["want"]], found.explanation


def test_most_questions_are_answered():
    assert len(QUESTIONS) > 480
    assert sum("missed" in question for _, question in QUESTIONS) < 95
    wrongly = [question for _, question in QUESTIONS if question["want"] == "not said" and "missed" in question]
    assert len(wrongly) <= 22  # of 180 that come back as said


@pytest.mark.parametrize(
    ("typed", "name", "described"),
    [
        ("finance minister Joan Marsh", "Joan Marsh", {"financ", "minist"}),
        ("Joan Marsh, the nurse", "Joan Marsh", {"nurs"}),
        ("the pharmacist Maria Santos", "Maria Santos", {"pharmacist"}),
        ("Oxbow's acting president, Luca Hale", "Luca Hale", {"oxbow", "act", "presid"}),
        ("Tariq, then crown prince of Lesk", "Tariq", {"crown", "princ", "lesk"}),
        ("Judge Peter Lund", "Judge Peter Lund", {"judg"}),
        ("health secretary Reyes", "Reyes", {"health", "secretari"}),
        ("Ludwig van Beethoven", "Ludwig van Beethoven", set()),
        ("Lee, Ann", "Lee, Ann", set()),
        ("Ann Lee, D-Ohio", "Ann Lee, D-Ohio", set()),
        ("Ann Lee, Oxbow", "Ann Lee, Oxbow", set()),
        ("the mayor of Hale", "the mayor of Hale", set()),
        ("a spokesman for Ann Lee", "a spokesman for Ann Lee", set()),
        ("the Bank of Lesk", "the Bank of Lesk", set()),
        ("Dr Ann Lee", "Dr Ann Lee", set()),
        ("ann lee", "ann lee", set()),
    ],
)
def test_a_name_is_told_from_what_is_said_beside_it(typed, name, described):
    asked = read_asked(typed)
    assert asked.name == name
    assert asked.described == described
    assert asked.typed == typed


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(typed):
    asked = read_asked(typed)
    assert set(asked.name.split()) <= {part.strip() for piece in typed.split(",") for part in piece.split()} | {
        *typed.split()
    }


def test_a_post_is_held_with_its_body():
    assert Post.of("the chief executive of Voltera").is_held("chief executive", "Voltera")
    assert Post.of("Voltera's chief executive").is_held("chief executive", "Voltera")
    assert Post.of("the mayor").is_held("mayor", "Hale")
    assert not Post.of("the mayor of Hale").is_held("mayor", "Leeds")
    assert not Post.of("the mayor of Hale").is_held("deputy", "Hale")
    assert not Post.of("the mayor of Hale").is_held(None, "Hale")


@pytest.mark.parametrize(
    ("one", "other", "agreed"),
    [
        ("Kim Soo-yeon", "Sooyeon Kim", "same"),
        ("Szabó Eszter", "Eszter Szabó", "same"),
        ("James Thomas", "Thomas James", "different"),
        ("Dmitry Chaykin", "Dmitri Tchaikin", "same"),
        ("Ann Smith", "Ann Smyth", "different"),
        ("Mario Rossi", "Maria Rossi", "different"),
    ],
)
def test_names_in_another_order_or_spelling(one, other, agreed):
    assert same_name(one, "person", other, "person") == agreed
    assert same_name(other, "person", one, "person") == agreed


@pytest.mark.parametrize(
    ("text", "told", "asked", "expected"),
    [
        ("Ruth Stone, née Abara, won.", "Ruth Stone", "Ruth Abara", True),
        ("Ruth Stone, formerly Ruth Abara, won.", "Ruth Stone", "Ruth Abara", True),
        ("The singer Kizu, whose real name is Ana Reyes, won.", "Kizu", "Ana Reyes", True),
        ("The singer Kizu, whose real name is Ana Luz Reyes, won.", "Kizu", "Bo Reyes", False),
        ("Mr Abara's son Tom, 5, said no.", "Tom", "Tom Abara", True),
        ("Mr Abara's son Tom said no, Tom Abara's aide wrote.", "Tom", "Tom Abara", False),
        ("Ruth Stone won. Ian Hale, née Abara, lost.", "Ruth Stone", "Ruth Abara", False),
        ("Ruth Stone won.", "Ruth Stone", "Ruth Abara", False),
    ],
)
def test_somebody_goes_by_another_name(text, told, asked, expected):
    assert is_also_called(text, Speaker(name=told, type="person"), asked) is expected


NURSE = report(
    "“The ward was full of people who should be at home,”",
    "Joan Marsh",
    role="nurse",
    affiliation="Oxbow clinic",
    id="a",
)
MINISTER = report("“The budget will hold for another year,”", "Joan Marsh", role="finance minister", id="b")


def test_of_two_of_one_name_the_one_who_is_described_is_meant():
    with ClaimBank(":memory:") as bank:
        filled(bank, NURSE, MINISTER)
        assert bank.check("The ward was full of people", "the nurse Joan Marsh").verdict == "said"
        assert bank.check("The ward was full of people", "Joan Marsh").verdict == "said"
        found = bank.check("The ward was full of people", "finance minister Joan Marsh")
        assert found.verdict in ("unclear", "misattributed")
        assert "nurse" in found.explanation or found.verdict == "misattributed"
        assert (
            bank.check("The ward was full of people", "baker Joan Marsh").verdict == "said"
        )  # of whom nothing is told


def test_a_post_finds_who_holds_it():
    held = report("“We will appeal in the spring,”", "Bo Orr", role="chief executive", affiliation="Voltera", id="c")
    with ClaimBank(":memory:") as bank:
        filled(bank, held, NURSE)
        assert bank.check("We will appeal in the spring", "the chief executive of Voltera").verdict == "said"
        assert bank.check("We will appeal in the spring", "the chief executive of Oxbow").verdict != "said"
        assert [p.name for p in bank.speakers("Voltera's chief executive")] == ["Bo Orr"]


def test_who_speaks_for_a_person_may_be_meant():
    aide = report("“She will not stand again,”", "Bo Orr", role="spokesman", affiliation="Ann Lee", id="d")
    with ClaimBank(":memory:") as bank:
        filled(bank, aide)
        found = bank.check("She will not stand again", "Ann Lee")
        assert found.verdict == "unclear"
        assert found.explanation.startswith("Bo Orr (spokesman, Ann Lee) said it word for word")


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("Francis Hale", "Pope Francis"),
        ("Clinton Dole", "President Clinton"),
        ("Lee Mason", "PM Lee"),
        ("Lee Mason", "prime minister Lee"),
        ("Jan Kovar Jr.", "Jan Kovar Sr."),
        ("Ruth Stone", "Ruth Paris"),
    ],
)
def test_a_part_of_a_name_is_not_the_name(named, asked):
    with ClaimBank(":memory:") as bank:
        filled(bank, report("“The bread was stale on Friday,”", named, id="a"))
        assert bank.check("The bread was stale on Friday", asked).verdict != "said"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Officials in Springfield were shocked. “We think of the families,” said the mayor, Ann Lee.",
            "the mayor of Kent",
        ),
        ("A woman was hurt. “We will find him,” said the interior minister, Ann Lee.", "the interior minister of Oman"),
        ("Hale and Springfield agreed. “We are glad,” said the mayor, Ann Lee.", "the mayor of Springfield"),
        ("Ann Lee was shot by Bo Orr. “She was our light,” her family said.", "Bo Orr's family"),
        ("“We are glad,” said Ruth Stone. For Stone, once Bo Orr resigned, all was over.", "Bo Orr"),
    ],
)
def test_what_an_article_only_mentions_makes_nobody_the_speaker(extractor, text, asked):
    article = Article(text=text, id="a")
    quotation = text.partition("“")[2].partition(",”")[0]
    with ClaimBank(":memory:") as bank:
        bank.add(article, extractor.extract(article))
        assert bank.check(quotation, asked).verdict not in ("said", "paraphrase")
