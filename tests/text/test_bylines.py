"""Who wrote an article, and interviews told by their questions."""

import pickle

import pytest

from quotebank.text import Mark, MarkedText, read_lines, writer
from quotebank.text.interview_questions import find_exchanges


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Dora Penn", "Dora Penn"),
        ("BY DORA PENN, RURAL EDITOR", "DORA PENN"),
        ("By Dora Penn in Pellow", "Dora Penn"),
        ("Words by Lars Voss", "Lars Voss"),
        ("By Dora Penn, Rural Affairs Editor", "Dora Penn"),
        ("By Dora Penn and Lars Voss", None),
        ("By our rural correspondent", None),
    ],
)
def test_the_writer(byline, name):
    text = f"Weir to close\n\n{byline}\n\nThe owner said on Monday that the weir would close."
    found = writer(text, read_lines(text))
    assert (None if found is None else text[slice(*found)]) == name


ASKED = ["Do you like it?", "I do.", "Who is next?", "My niece.", "Will you stop?", "I will. I must."]


def test_paragraphs_that_ask_and_answer():
    assert find_exchanges(ASKED) == [True, False] * 3
    assert find_exchanges(["It rained.", *ASKED, "The board met."]) == [None, *[True, False] * 3, None]


def test_bold_questions_need_no_question_mark():
    rows = ["Do you like it?", "I do.", "You said that you would stop.", "I did.", "And now?", "I go on."]
    assert find_exchanges(rows, [0, 2, 4]) == [True, False] * 3


@pytest.mark.parametrize(
    "rows",
    [
        ASKED[:4],
        ["How do I apply?", "Fill in the form.", "What does it cost?", "Nothing.", "Who can?", "Anyone."],
        ["Did it leak?", "“It did,” said Lee.", "Did you know?", "“We knew,” said Orr.", "And you?", "“No,” I said."],
    ],
)
def test_other_questions_are_no_interview(rows):
    assert find_exchanges(rows) == [None] * len(rows)


def test_a_page_s_word_for_its_lines_is_taken_and_pickled():
    text = MarkedText("Is it safe.\n\nWe do not know.", {0: Mark("headline")})
    assert text == "Is it safe.\n\nWe do not know."
    for one in (text, pickle.loads(pickle.dumps(text))):
        assert [line.kind for line in read_lines(one)] == ["headline", "body"]
    assert read_lines(str(text) + " ")[0].kind == "body"
