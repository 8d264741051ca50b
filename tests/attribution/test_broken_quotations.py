"""A quotation that the reporting words break is one claim."""

import pytest


@pytest.mark.parametrize("pause", [",", " —", "–"])
@pytest.mark.parametrize("reporting", ["said the mayor, Ann Lee", "Ann Lee, the mayor, said on Monday", "she said"])
@pytest.mark.parametrize("marks", ["“”", '""'])
def test_both_halves_are_one_claim(extractor, pause, reporting, marks):
    left, right = marks
    text = f"{left}Eleven boats will go{pause}{right} {reporting}, {left}and not one will come back.{right}"
    (claim,) = extractor.extract(text)
    assert [s.slice(text) for s in claim.content] == [
        f"{left}Eleven boats will go{pause}{right}",
        f"{left}and not one will come back.{right}",
    ]
    assert claim.kind == "direct"


@pytest.mark.parametrize(
    "text",
    [
        "“We will not be paid for boats that sank,” Ann Lee said Monday on the Harbour channel’s “Evening With Tom Marsh.”",
        "“It is rare to find one in a burrow,” said Bo Marsh, who studies ‘trace’ fossils at Leith.",
    ],
)
def test_a_title_or_a_word_in_marks_is_no_half(extractor, text):
    (claim,) = extractor.extract(text)
    assert claim.text == text[: text.index("”") + 1]


def test_a_sentence_of_somebody_else_is_not_taken(extractor):
    text = "“The roof is safe,” Ann Lee said. “It is not,” said Bo Marsh, a roofer."
    hers, his = extractor.extract(text)
    assert (hers.speaker.name, his.speaker.name) == ("Ann Lee", "Bo Marsh")
