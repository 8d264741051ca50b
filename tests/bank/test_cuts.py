"""What a quotation leaves out, who else's story a report is, and what is taken back: by the words alone."""

import pytest

from quotebank import Article, Claim, ClaimBank, Span
from quotebank.bank.cuts import keeps_sense
from quotebank.bank.retelling import is_retold
from quotebank.bank.standing import standing
from quotebank.bank.standing_rules import by_rules
from quotebank.comparing import read_words

DAM = "the dam is safe"


def test_words_with_a_condition_of_their_own_do_not_hang_on_another():
    text = "“If it rains, we leave ... if the dam is safe, we stay,” said Ann Lee."
    article = Article(text=text, id="a")
    claim = Claim.build(
        article, content=[Span(0, 56)], cue=[Span(57, 61)], source=[Span(62, 69)], speaker="Ann Lee", force="statement"
    )
    with ClaimBank(":memory:") as bank:
        bank.add(article, [claim])
        assert bank.check("if the dam is safe, we stay", "Ann Lee").verdict == "said"


def placed(content):
    text = f"“{content},” said Ann Lee on Monday."
    article, closed = Article(text=text, id="a"), len(content) + 3
    claim = Claim.build(
        article,
        content=[Span(0, closed)],
        cue=[Span(closed + 1, closed + 5)],
        source=[Span(closed + 6, closed + 13)],
        speaker="Ann Lee",
        force="statement",
    )
    at = text.casefold().index(DAM)
    return article, claim, [Span(at, at + len(DAM))]


KEPT = [
    "I think that the dam is safe",
    "I'm delighted that the dam is safe",
    "There is no question in my mind that the dam is safe",
    "No matter what they say, the dam is safe",
    "If you ask me, the dam is safe",
    "Although it is old, the dam is safe",
    "They call it old, but the dam is safe",
    "Our figures show that the dam is safe",
    "It is clear that the dam is safe",
    "The dam is safe, and so are we",
]
LOST = [
    ("I don't think that the dam is safe", "negation"),
    ("We are not convinced that the dam is safe", "negation"),
    ("If it rains, the dam is safe", "condition"),
    ("Until the rain comes, the dam is safe", "condition"),
    ("As long as nobody looks, the dam is safe", "condition"),
    ("Should it rain, the dam is safe", "condition"),
    ("The dam is safe the day it rains", "condition"),
    ("The dam is safe, barring a flood", "condition"),
    ("I used to think, God help me, that the dam is safe", "negation"),
    ("Perhaps the dam is safe", "sense"),
    ("Almost all of the dam is safe", "sense"),
    ("The dam is safe? Over my dead body", "question"),
]


@pytest.mark.parametrize("content", KEPT)
def test_a_cut_that_only_leaves_out_who_thinks_so_keeps_the_sense(content):
    article, claim, spans = placed(content)
    frame, rule = by_rules(article.text, claim, spans)
    assert (keeps_sense(frame), rule.lost) == (True, "")
    with ClaimBank(":memory:") as bank:
        bank.add(article, [claim])
        found = bank.check(DAM, "Ann Lee")
    assert found.verdict == "said"
    assert found.explanation.endswith(f": {article.text}")  # what is left out is shown


@pytest.mark.parametrize(("content", "lost"), LOST)
def test_a_cut_may_lose_what_the_words_hang_on(content, lost):
    article, claim, spans = placed(content)
    frame, rule = by_rules(article.text, claim, spans)
    assert (keeps_sense(frame), rule.lost) == (False, lost)
    with ClaimBank(":memory:") as bank:
        bank.add(article, [claim])
        assert bank.check(DAM, "Ann Lee").verdict == "altered"


def test_a_question_is_said_with_its_mark():
    article, claim, spans = placed("The dam is safe? Over my dead body")
    assert standing(article.text, claim, spans, asks=True).standing.lost == ""
    with ClaimBank(":memory:") as bank:
        bank.add(article, [claim])
        assert bank.check("The dam is safe?", "Ann Lee").verdict != "altered"
        assert "lose their question mark" in bank.check("The dam is safe", "Ann Lee").explanation


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The dam is safe, Ann Lee told them, provided that it stays dry.", ("The dam is safe", "provided … dry")),
        ("Until the rain comes, said Ann Lee, “the dam is safe”.", ("Until … comes", "“the dam is safe”")),
    ],
)
def test_a_condition_may_stand_beyond_the_reporting_words(text, pieces):
    article = Article(text=text, id="a")
    ends = [(piece.split(" … ")[0], piece.split(" … ")[-1]) for piece in pieces]
    content = [Span(text.index(first), text.index(last) + len(last)) for first, last in ends]
    cue = "told them" if "told" in text else "said"
    cues, source = [Span(text.index(cue), text.index(cue) + len(cue))], text.index("Ann Lee")
    claim = Claim.build(article, content=content, cue=cues, source=[Span(source, source + 7)], speaker="Ann Lee")
    at = text.casefold().index(DAM)
    assert by_rules(text, claim, [Span(at, at + len(DAM))])[1].lost == "condition"


RETOLD = [
    ("In the bookkeeper's telling, Hale laughed and said no.", True),
    ("By their account Hale said no.", True),
    ("Hale said no, by one dispatcher's account.", True),
    ("Hale said no, or so his affidavit has it.", True),
    ("If the cook is to be believed, Hale said no.", True),
    ("To hear the cook tell it, Hale said no.", True),
    ("Hale said no. That, at any rate, is how the bowler remembers it.", True),
    ("Hale said no. So the verger swore.", True),
    ("By his own account Hale said no.", False),
    ("In Hale's telling he said no.", False),
    ("As Hale tells it, the answer was no.", False),
    ("Hale said no. So he left.", False),
    ("Hale said no. That was the story of the day.", False),
]


@pytest.mark.parametrize(("text", "retold"), RETOLD)
def test_whose_story_a_report_is(text, retold):
    w = read_words(text)
    end = w.sentences.index(1) if 1 in w.sentences else len(w)
    assert is_retold(w, range(end), end, [w.keys.index("hale")]) is retold


BACK = [
    ("By lunch she had withdrawn the remark.", True),
    ("At ten her office said that she had misspoken.", True),
    ("On Friday she retracted her statement in full.", True),
    ("She refused to withdraw the remark.", False),
    ("She did not retract her statement.", False),
    ("She denied that she had misspoken.", False),
    ("The army withdrew its troops.", False),
    ("She was disowning an earlier statement.", False),
]


@pytest.mark.parametrize(("behind", "withdrawn"), BACK)
def test_what_is_taken_back_is_told_so(behind, withdrawn):
    article, claim, spans = placed("The dam is safe")
    article = Article(text=f"{article.text} {behind}", id="a")
    assert (by_rules(article.text, claim, spans)[1].stance == "withdrawn") is withdrawn


def test_who_is_named_by_no_more_than_a_pronoun_is_told_so():
    text = "“The dam is safe,” he said. “The dam is old,” someone said."
    article = Article(text=text, id="a")
    claims = [
        Claim.build(article, content=[Span(0, 18)], cue=[Span(22, 26)], source=[Span(19, 21)], speaker="he"),
        Claim.build(article, content=[Span(28, 45)], cue=[Span(54, 58)], source=[Span(46, 53)]),
    ]
    with ClaimBank(":memory:") as bank:
        bank.add(article, claims)
        assert bank.check("the dam is safe").explanation.startswith("Someone whom the article calls only “he” said it")
        assert bank.check("the dam is old").explanation.startswith("Someone who is not named said it")


def test_what_is_called_a_fact_was_said():
    text = "What they had, having nothing else to hold on to, was the fact that Ann Lee said, “The dam is safe.”"
    article, at = Article(text=text, id="a"), text.index("“")
    names, said = text.index("Ann Lee"), text.index("said")
    claim = Claim.build(
        article,
        content=[Span(at, len(text))],
        cue=[Span(said, said + 4)],
        source=[Span(names, names + 7)],
        speaker="Ann Lee",
        force="statement",
    )
    with ClaimBank(":memory:") as bank:
        bank.add(article, [claim])
        assert bank.check(DAM, "Ann Lee").verdict in ("said", "unclear")
