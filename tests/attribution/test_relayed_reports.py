"""Reports that somebody else passes on: both who passes on and who said it are told, one inside the other."""

from __future__ import annotations

import pytest

from tests.attribution.given_claims import read


@pytest.mark.parametrize(
    ("text", "claim", "inner"),
    [
        (
            "“The tower is bad,” Okafor said, according to Metro Press. “And we know it.”",
            ("Metro Press", "according to", "“The tower is bad,” Okafor said … “And we know it.”"),
            ("Okafor", "said", "“The tower is bad,” … “And we know it.”"),
        ),
        (
            "“Here we stand,” he told port workers, according to a statement.",
            ("a statement", "according to", "“Here we stand,” he told port workers"),
            ("he", "told", "“Here we stand,”"),
        ),
        (
            "The tunnel would open in May, the mayor said, according to two people who heard him.",
            ("two people who heard him", "according to", "The tunnel would open in May, the mayor said"),
            ("the mayor", "said", "The tunnel would open in May"),
        ),
        (
            "“It was never safe,” said Ruth Hale, according to the Times.",
            ("the Times", "according to", "“It was never safe,” said Ruth Hale"),
            ("Ruth Hale", "said", "“It was never safe,”"),
        ),
        (
            "“We lost it all,” Marta Ruiz, 41, who kept the café, told the court, according to the Times.",
            ("the Times", "according to", "“We lost it all,” Marta Ruiz, 41, who kept the café, told the court"),
            ("Marta Ruiz, 41, who kept the café", "told", "“We lost it all,”"),
        ),
    ],
)
def test_who_said_it_is_inside(text, claim, inner):
    assert read(text, claim) == [claim, inner]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The pool, once loved, is shut, according to Ann Lee.",
            ("Ann Lee", "according to", "The pool, once loved, is shut"),
        ),
        (
            "The pool will shut, and nobody is said to mind, according to Ann Lee.",
            ("Ann Lee", "according to", "The pool will shut, and nobody is said to mind"),
        ),
    ],
)
def test_where_nobody_says_it_there_is_one_claim(text, claim):
    assert read(text, claim) == [claim]


def test_who_stands_behind_according_to_passes_it_on():
    text = "“We lost it all,” Marta Ruiz, who kept the café, told the court, according to the Times."
    outer, inner = read(text, ("kept the café", "according to", "“We lost it all,” Marta Ruiz, who … , told the court"))
    assert outer == ("the Times", "according to", text[: text.index(", according")])
    assert inner == ("Marta Ruiz, who kept the café", "told", "“We lost it all,”")


def test_who_hears_it_says_nothing():
    claim = ("the minutes", "according to", "The pool would shut in May, told the court")
    assert read("The pool would shut in May, told the court, according to the minutes.", claim) == [claim]


def test_a_name_is_no_preposition():
    claim = ("its director, Per Aas", "added", "“That is our answer,”")
    assert read("“That is our answer,” added its director, Per Aas.", claim) == [claim]


def test_who_passes_it_on_is_no_part_of_who_said_it():
    claim = ("Ruth Hale, per the Harbour Times", "said", "“The bridge was never safe,”")
    found = read("“The bridge was never safe,” said Ruth Hale, per the Harbour Times.", claim)
    assert found == [("Ruth Hale", *claim[1:])]


@pytest.mark.parametrize(
    ("text", "claims", "expected"),
    [
        (
            "Reuters quoted Ann Lee as saying that the pool would shut.",
            [],
            [
                ("Reuters", "quoted", "Ann Lee as saying that the pool would shut"),
                ("Ann Lee", "as saying", "that the pool would shut"),
            ],
        ),
        (
            "State television quoted Omar Saleh, the envoy, as saying: “We will not sign.”",
            [("State television … Omar Saleh, the envoy,", "as saying", "“We will not sign.”")],
            [
                ("State television", "quoted", "Omar Saleh, the envoy, as saying … “We will not sign.”"),
                ("Omar Saleh, the envoy", "as saying", "“We will not sign.”"),
            ],
        ),
        (
            "“We will not sign,” the agency quoted Saleh as saying.",
            [("the agency … Saleh", "quoted … as saying", "“We will not sign,”")],
            [
                ("the agency", "quoted", "“We will not sign,” … Saleh as saying"),
                ("Saleh", "as saying", "“We will not sign,”"),
            ],
        ),
        (
            "He was quoted as saying that the mine was safe.",
            [("He", "was quoted as saying", "that the mine was safe")],
            [("He", "was quoted as saying", "that the mine was safe")],
        ),
    ],
)
def test_who_is_quoted_as_saying_it_is_inside(text, claims, expected):
    assert read(text, *claims) == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Mr Hale was quoted by the Post as saying the men were tired.", "Mr Hale"),
        ("Ida Frome had been quoted by the Post as saying the men were tired.", "Ida Frome"),
    ],
)
def test_who_is_quoted_by_a_paper_says_it(text, source):
    assert read(text, ("the Post", "as saying", "the men were tired"))[0][0] == source


@pytest.mark.parametrize(
    ("text", "claim", "source", "cue"),
    [
        (
            "Prosecutor Tan showed the jury a text from the accused to his cousin: “Burn the shoes.”",
            ("Prosecutor Tan", "showed", "“Burn the shoes.”"),
            "the accused",
            "text",
        ),
        (
            "The club posted a message from captain Bo Orr: “We go again.”",
            ("The club", "posted", "“We go again.”"),
            "captain Bo Orr",
            "message",
        ),
    ],
)
def test_who_wrote_what_is_shown_or_read_out_says_it(text, claim, source, cue):
    assert read(text, claim) == [(source, cue, claim[2])]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Lee ended with a message from May: “Be patient.”", ("Lee", "ended", "“Be patient.”")),
        ("Lee posted a message from hospital: “I am well.”", ("Lee", "posted", "“I am well.”")),
        ("A letter from Bo Orr came. Lee said: “I am well.”", ("Lee", "said", "“I am well.”")),
    ],
)
def test_a_message_from_nobody_is_whose_it_was(text, claim):
    assert read(text, claim) == [claim]


def test_who_has_no_name_says_it_and_the_reason_is_no_claim():
    text = "The officials, who asked not to be named because the talks are private, said Prime Minister Orr would go."
    read_on = ("because the talks are private", "said", "Prime Minister Orr would go")
    reason = ("Prime Minister Orr", "said", "The officials, who asked not to be named")
    assert read(text, read_on) == [("The officials", "said", "Prime Minister Orr would go")]
    assert read(text, reason) == []
