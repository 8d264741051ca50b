"""Quotations that go on behind the sentence that reports them are one claim; questions and others' words are not."""

import numpy as np
import numpy.typing as npt
import pytest

from quotebank.attribution.continued_quotations import with_continuations
from quotebank.attribution.decoding import LABELS, NONE, REACH, Decoding, Scored, Tagged, decode, quoted_ranges
from quotebank.text import tokenize

FIRST = "“The slipway is ours,” Ann Lee told the harbour board."


def made(text: str, *claims: tuple[str, str, str]) -> tuple[list[Tagged], list[Tagged]]:
    """Claims of a text by the words of source, cue and content, before and after."""
    tokens = tokenize(text)
    words = tokens.words()

    def places(part: str) -> tuple[int, ...]:
        wanted = tokenize(part).words()
        at = next(i for i in range(len(words)) if words[i : i + len(wanted)] == wanted) if wanted else 0
        return tuple(range(at, at + len(wanted)))

    given = [Tagged(places(source), places(cue), places(content), 0.9) for source, cue, content in claims]
    return given, with_continuations(tokens, given)


@pytest.mark.parametrize("between", [" ", "\n\n"])
@pytest.mark.parametrize(
    "first", [("“The slipway is ours,”", FIRST), ("“The slipway is ours,”", "“The slipway is ours,” Ann Lee told.")]
)
def test_a_quotation_behind_the_reporting_sentence_goes_on(between, first):
    content, sentence = first
    more = "“And nobody has paid for it but us.”"
    given, (claim,) = made(sentence + between + more, ("Ann Lee", "told", content), ("", "", more))
    assert claim.content == (*given[0].content, *given[1].content)
    assert (claim.source, claim.cue) == (given[0].source, given[0].cue)


def test_so_does_the_one_behind_that():
    second, third = "“And nobody has paid for it.”", "“Nobody has even asked.”"
    given, (claim,) = made(
        f"{FIRST}\n\n{second}\n\n{third}",
        ("Ann Lee", "told", "“The slipway is ours,”"),
        ("", "", second),
        ("", "", third),
    )
    assert claim.content == tuple(i for c in given for i in c.content)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # an answer
        (
            "“Whose is the slipway?” Ann Lee asked. “It is ours.”",
            [("Ann Lee", "asked", "“Whose is the slipway?”"), ("", "", "“It is ours.”")],
        ),
        # a sentence of the article's own between the two
        (
            f"{FIRST} Bo Marsh shook his head. “It never was.”",
            [("Ann Lee", "told", "“The slipway is ours,”"), ("", "", "“It never was.”")],
        ),
        # words of somebody else
        (
            f"{FIRST} “It never was,” said Bo Marsh.",
            [("Ann Lee", "told", "“The slipway is ours,”"), ("Bo Marsh", "said", "“It never was,”")],
        ),
        # what was reported was no quotation
        (
            "Ann Lee said that the slipway was theirs. “Nobody has paid for it.”",
            [("Ann Lee", "said", "that the slipway was theirs"), ("", "", "“Nobody has paid for it.”")],
        ),
    ],
)
def test_others_stay_apart(text, claims):
    given, kept = made(text, *claims)
    assert kept == given


@pytest.mark.parametrize("cut", [30, 10 * REACH])
def test_a_quotation_in_which_a_claim_s_reach_ends_is_taken_whole(cut):
    """Whether the network sees no farther, or its window ends: “…,” she said, “and … .” keeps its second half."""
    assert REACH < 200
    text = "“Go,” she said, “and " + "do not look back and " * 40 + "wait for us.”"
    tokens = tokenize(text)
    count = min(len(tokens), cut)
    scores = 8.0 * (tokenized_labels(count) - 1)
    window = Scored(0, [1], [0.99], [False], [("speech", "statement")], scores[None])
    (claim,) = decode([window], quoted_ranges(tokens), Decoding())
    assert claim.content[-1] == len(tokens) - 1
    assert (claim.source, claim.cue) == ((4,), (5,))


def tokenized_labels(count: int) -> npt.NDArray[np.float32]:
    """Every word content but for the reporting ones, as a network that is sure of it would score them."""
    labels = np.full(count, LABELS.index("content"))
    labels[4], labels[5], labels[6] = LABELS.index("source"), LABELS.index("cue"), NONE
    return np.eye(len(LABELS), dtype=np.float32)[labels]


def test_what_a_name_behind_a_dash_has_signed_does_not_go_on():
    text = "“We were promised a bus.” ― Carol Mott\n“Nobody came.” ― Uwe Brandt"
    given, after = made(text, ("Carol Mott", "―", "“We were promised a bus.”"), ("", "", "“Nobody came.”"))
    assert after == given


@pytest.mark.parametrize("between", [" ", "  ", "\n\n"])
def test_a_sentence_in_quotation_marks_that_no_claim_has_goes_on_too(between):
    more = "“We mended it with tape and string. Nobody asked why.”"
    given, (claim,) = made(FIRST + between + more, ("Ann Lee", "told", "“The slipway is ours,”"))
    tokens = tokenize(FIRST + between + more)
    assert claim.content == (*given[0].content, *range(len(tokens) - len(tokenize(more)), len(tokens)))


@pytest.mark.parametrize("more", ["“Tape and String” is her second book.", "The choir sang “Bring Her Home” twice."])
def test_a_title_in_quotation_marks_does_not(more):
    given, after = made(f"{FIRST} {more}", ("Ann Lee", "told", "“The slipway is ours,”"))
    assert after == given


@pytest.mark.parametrize(
    ("cue", "between", "joined"),
    [("said", " ", True), ("said", "\n\n", False), ("asked", " ", False), ("wondered", " ", False)],
)
def test_a_question_goes_on_where_nobody_can_answer_it(cue, between, joined):
    more = "“When he holds himself up as a friend, look at his record.”"
    first = f"“Who do you trust to decide?” {cue} Daniel Plume, the architect."
    given, claims = made(first + between + more, ("Daniel Plume", cue, "“Who do you trust to decide?”"), ("", "", more))
    assert (len(claims) == 1) is joined
    assert claims[0].source == given[0].source


def test_a_crosshead_parts_no_quotation_that_is_still_open():
    text = "“We smelled it,” Ann Lee said. “I woke the children.\n\nStairwell\n\n“A man shouted at us to go back up.”\n\nIt rained all day on the hill."
    tokens = tokenize(text)
    _, (claim, *_) = made(text, ("Ann Lee", "said", "“We smelled it,”"), ("", "", "“I woke the children."))
    assert tokens.word(claim.content[-2]) == "."
    assert "shouted" in {tokens.word(i) for i in claim.content}


def test_a_question_right_before_another_quotation_goes_on_from_nobody():
    text = "“It is late,” Ann Lee said. “Left?” “Died,” she said."
    _, claims = made(text, ("Ann Lee", "said", "“It is late,”"), ("", "", "“Left?”"), ("she", "said", "“Died,”"))
    assert len(claims) == 3
