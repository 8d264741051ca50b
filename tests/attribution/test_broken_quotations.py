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


def test_a_sentence_of_somebody_else_is_not_taken(extractor):
    text = "“The roof is safe,” Ann Lee said. “It is not,” said Bo Marsh, a roofer."
    hers, his = extractor.extract(text)
    assert (hers.speaker.name, his.speaker.name) == ("Ann Lee", "Bo Marsh")
