"""What somebody quotes another as saying is the other's word, and at second hand."""

import pytest

from quotebank import Article, Claim, ClaimBank, Span

TEXT = (
    "“My neighbour, Leo Park, told me, ‘Either the gauge is broken or the river is,’” said Anneke Dufresne. "
    "“I think that the gauge was right.” "
    "“We were told on Monday that the roof was safe,” said Rosa Achter, the mayor of Oxbow."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def bank(tmp_path):
    article = Article(text=TEXT, id="river")
    hers = Claim.build(
        article,
        content=[
            span("“My neighbour, Leo Park, told me, ‘Either the gauge is broken or the river is,’”"),
            span("“I think that the gauge was right.”"),
        ],
        cue=[span("said")],
        source=[span("Anneke Dufresne")],
        speaker="Anneke Dufresne",
    )
    his = Claim.build(
        article,
        content=[span("‘Either the gauge is broken or the river is,’")],
        cue=[span("told")],
        source=[span("Leo Park")],
        speaker="Leo Park",
        within=hers.id,
    )
    hers_too = Claim.build(
        article,
        content=[span("that the gauge was right")],
        cue=[span("think")],
        source=[span("I")],
        speaker="Anneke Dufresne",
        act="attitude",
        within=hers.id,
    )
    mayor = Claim.build(
        article,
        content=[span("“We were told on Monday that the roof was safe,”")],
        cue=[Span(TEXT.rindex("said"), TEXT.rindex("said") + 4)],
        source=[span("Rosa Achter, the mayor of Oxbow")],
        speaker="Rosa Achter",
    )
    nobodys = Claim.build(article, content=[span("that the roof was safe")], cue=[span("were told")], within=mayor.id)
    with ClaimBank(tmp_path / "bank.db") as bank:
        bank.add(article, [hers, his, hers_too, mayor, nobodys])
        yield bank


def test_what_another_said_is_not_hers(bank):
    found = bank.check("Either the gauge is broken or the river is", speaker="Anneke Dufresne")
    assert found.verdict != "said"
    assert (
        "Anneke Dufresne did not say it as their own, but as the words or the view of “Leo Park”" in found.explanation
    )


def test_it_is_his_at_second_hand(bank):
    assert bank.check("Either the gauge is broken or the river is", speaker="Leo Park").verdict == "second hand"


def test_what_she_thinks_of_it_is_hers(bank):
    assert bank.check("the gauge was right", speaker="Anneke Dufresne").verdict == "said"


def test_what_she_was_told_is_not_hers(bank):
    found = bank.check("the roof was safe", speaker="Rosa Achter")
    assert found.verdict in ("not stated", "second hand")
    assert "someone who is not named said it" in found.explanation


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("The agency quoted Deputy Minister Omar Saleh as saying: “We will not sign.”", "the agency"),
        ("“We will not sign,” Omar Saleh said, according to the Harbour Times.", "Harbour Times"),
    ],
)
def test_who_passes_it_on_is_named(extractor, text, teller):
    article = Article(text=text, id="treaty")
    with ClaimBank(":memory:") as bank:
        bank.add(article, extractor.extract(article))
        check = bank.check("We will not sign", "Omar Saleh")
    assert check.verdict == "second hand"
    assert check.explanation.startswith(f"Only at second hand: according to {teller}, Omar Saleh said it")
