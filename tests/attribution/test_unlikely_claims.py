"""What looks like a claim and is none, and who owns a saying."""

import pytest

from tests.attribution.given_claims import read


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("What our readers say\n\n“Too many gulls.”", ("", "say", "What our readers")),
        ("What our readers say\n\n“Too many gulls.”", ("our readers", "say", "What")),
        ("Dr. Leonard Quist was called by the defence.", ("the defence", "was called by", "Dr. Leonard Quist")),
        ("When she heard of it, Dora Penn wept.", ("Dora Penn", "", "When she heard of it")),
        ("Motto of the club: “Row hard or go.”", ("Motto of the club", ":", "“Row hard or go.”")),
        ("Asked whether it was sold, Voss said nothing.", ("Voss", "said nothing", "Asked whether it was sold")),
        ("It “underestimates” the cost of the weir.", ("It", "“underestimates", "the cost of the weir")),
        ("Yesterday’s headline, “Mayor quits”, was wrong.", ("Yesterday", "’s headline", "“Mayor quits”")),
        ("Mr. Speaker, I rise to thank the keeper.", ("Mr. Speaker", "", "I rise to thank the keeper")),
        ("The storm claimed eleven lives and the pier.", ("The storm", "claimed", "eleven lives and the pier")),
        ("Its keeper claimed the reward.", ("Its keeper", "claimed", "the reward")),
        ("Ames smokes, as he was told not to.", ("he", "was told", "not to")),
        ("Who told you that it was safe?", ("Who", "told", "that it was safe")),
        ("Chief Moss, who speaks for eleven towns, left.", ("Chief Moss", "speaks for", "eleven towns")),
        ("SIR – Could someone tell me the time?", ("SIR", "", "Could someone tell me the time?")),
    ],
)
def test_nobody_says_anything(text, claim):
    assert read(text, claim) == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Voss “strongly believes” that the weir is safe.", ("Voss", "“strongly believes", "that the weir is safe")),
        ("Voss claimed responsibility for the weir.", ("Voss", "claimed", "responsibility for the weir")),
        ("Voss claimed the weir was safe.", ("Voss", "claimed", "the weir was safe")),
        ("The keeper was called a fool by Voss.", ("Voss", "was called … by", "a fool")),
        ("The mayor: “Row hard or go.”", ("The mayor", ":", "“Row hard or go.”")),
    ],
)
def test_somebody_does(text, claim):
    assert len(read(text, claim)) == 1


def test_who_is_fined_for_saying_it_said_it():
    text = "The league’s chief, Vera Holm, fined pundit Lou Banks for suggesting that referees were paid."
    claim = ("The league’s chief, Vera Holm", "suggesting", "that referees were paid")
    assert read(text, claim) == [("pundit Lou Banks", "suggesting", "that referees were paid")]


def test_who_is_rebuked_for_saying_it_said_it():
    text = "Trainer Lou Banks was rebuked by the league’s chief, Vera Holm, for claiming that referees were paid."
    (claim,) = read(text, ("the league’s chief, Vera Holm", "for claiming", "that referees were paid"))
    assert claim[0] == "Trainer Lou Banks"


def test_a_second_relative_clause_is_a_claim_of_its_own():
    text = "The ban, which officials say is brief and that anglers fear is not, began in May."
    claims = read(text, ("officials", "say", "which … is brief and that anglers fear is not"))
    assert claims == [("officials", "say", "which … is brief"), ("anglers", "fear", "that … is not")]


def test_who_speaks_is_not_what_is_said():
    text = "The trade body that sells boats blamed the weir."
    claims = [
        ("sells boats", "blamed", "The trade body that"),
        ("The trade body that sells boats", "blamed", "the weir"),
    ]
    assert [content for _, _, content in read(text, *claims)] == ["the weir"]


def test_what_goes_without_saying_nobody_says():
    assert read("It goes without saying that the weir lost.", ("It", "goes without saying", "that the weir lost")) == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Explain, in ten words, why the church has two clocks.", ("", "Explain", "why the church has two clocks")),
        ("The board named Kari Tveit as treasurer.", ("The board", "named", "Kari Tveit as treasurer")),
        ("The club has named Kari Tveit its captain.", ("The club", "has named", "Kari Tveit its captain")),
    ],
)
def test_nobody_says_what_a_reader_is_bidden_to_or_somebody_appointed_to(text, claim):
    assert read(text, claim) == []


def test_who_names_somebody_for_a_deed_says_it():
    claim = ("Police", "named", "Bo Orr as the driver")
    assert read("Police named Bo Orr as the driver.", claim) == [claim]
