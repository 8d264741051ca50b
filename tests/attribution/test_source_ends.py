"""Sources that the network cuts off: how far they go."""

from __future__ import annotations

import pytest

from tests.attribution.given_claims import read

SAID = "the weir would hold"


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("Ida Frome, who joined the mayor at the news conference, said {}.", "Ida Frome, who joined the mayor at the", "Ida Frome, who joined the mayor at the news conference"),
        ("Professor Nils Aker of the Institute for Rivers said {}.", "Professor Nils Aker of the", "Professor Nils Aker of the Institute for Rivers"),
        ("The engineer, who turned her back on the crowd, said {}.", "The engineer, who turned her", "The engineer, who turned her back on the crowd"),
        (
            "Ida Frome, who like many does not know her exact age, said {}.",
            "Ida Frome, who like many does not know her exact",
            "Ida Frome, who like many does not know her exact age",
        ),
        ("Ida Frome (born Ida Maria Hale; 3 March 1951) said {}.", "3 March 1951)", "Ida Frome (born Ida Maria Hale; 3 March 1951)"),
        ("The blogger Tessa Marlow said {}.", "The blogger Tessa", "The blogger Tessa Marlow"),
        ("Mr. Hale and Mr. Orrin said {}.", "Mr. Hale and Mr.", "Mr. Hale and Mr. Orrin"),
        ("The only man to say so, he said {}.", "The only man to", "The only man"),
        ("According to Asa, a carter; others disagree, {}.", "Asa, a carter; others", "Asa, a carter"),
        ("Frome added that Ida Hale said {}.", "that Ida Hale", "Ida Hale"),
        ("Frome added that engineer Ida Hale, then in Oxbow, said {}.", "that engineer Ida Hale, then in Oxbow,", "engineer Ida Hale, then in Oxbow,"),
        ("Frome added that the engineer said {}.", "that the engineer", "the engineer"),
        ("Frome added that ship-owners said {}.", "that ship-owners", "ship-owners"),
        ("What the engineers said is {}.", "What the engineers", "What the engineers"),
        ("That engineer said {}.", "That engineer", "That engineer"),
        ("To Frome that engineer said {}.", "that engineer", "that engineer"),
    ],
)  # fmt: skip
def test_a_source_goes_on_to_the_end_of_its_phrase_or_name(text, source, whole):
    cue = "said" if "said" in text else "According to"
    assert read(text.format(SAID), (source, cue, SAID))[0][0] == whole


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Ida Frome Tuesday said the weir would hold.", ("Ida Frome", "said", SAID)),  # a day is part of no name
        ("The two have said the weir would hold.", ("The two", "have said", SAID)),
        ("Frome Says Weir Will Hold.", ("Frome", "Says", "Weir Will Hold")),
        (  # the end of the phrase is too far away to be sure of it
            "Somebody in the long queue of people that had stood all night before the gates of the works said so: the weir would hold.",
            ("Somebody", "said so", SAID),
        ),
    ],
)  # fmt: skip
def test_a_source_that_is_whole_stays_as_it_is(text, claim):
    assert claim[0] in [source for source, _, _ in read(text, claim)]


def test_a_phrase_whose_end_is_far_is_left_out():
    text = "Somebody in the long queue of people that had stood all night before the gates said the weir would hold."
    assert read(text, ("Somebody in the", "said", SAID))[0][0] == "Somebody"


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        ("Ida Frome said the weir would hold in the spring.", "the weir would hold in the", "the weir would hold in the spring"),
        ("Ida Frome said the weir would hold and sat down.", "the weir would hold and", "the weir would hold"),
        ("Ida Frome said “and” and sat down.", "and", "and"),
        ("Ida Frome said that is what weirs are for, and sat down.", "that is what weirs are for", "that is what weirs are for"),
        ("The weir would hold in, Ida Frome said, the spring.", "The weir would hold in", "The weir would hold in"),
    ],
)  # fmt: skip
def test_a_content_goes_on_to_the_end_of_the_phrase_that_it_opens(text, content, whole):
    assert read(text, ("Ida Frome", "said", content))[0][2] == whole


def test_a_name_that_is_cut_at_its_hyphen_is_whole():
    text = f"Inspector Malcolm Fere-Otto said {SAID}."
    assert read(text, ("-Otto", "said", SAID))[0][0] == "Inspector Malcolm Fere-Otto"


def test_a_verb_is_no_source_where_a_name_stands_behind_the_cue():
    text = "“Nobody came,” said Ilmar Keto, whose road has been under water."
    assert read(text, ("has been under water", "said", "“Nobody came,”"))[0][0] == "Ilmar Keto"


@pytest.mark.parametrize(
    ("text", "claim", "source"),
    [
        (
            "In a statement read by her solicitor, Amir Rahm, the widow, Joan Syke, said: “It is over.”",
            ("Amir Rahm, the widow, Joan Syke", "said", "“It is over.”"),
            "the widow, Joan Syke",
        ),
        ("“Best news since May,” wrote @annlee on X.", ("", "wrote", "“Best news since May,”"), "@annlee"),
        ("Tankers: The Orion is reported sold.", ("Tankers", "is reported", "The Orion … sold"), ""),
        ("Acme informs all its clients that it is late.", ("all its clients", "informs", "that it is late"), "Acme"),
        (
            "Farmers have been told by coordinator Bo Orr that it is late.",
            ("coordinator Bo Orr", "told", "that it is late"),
            "coordinator Bo Orr",
        ),
    ],
)
def test_who_says_it_and_nobody_else(text, claim, source):
    ((found, _, _),) = read(text, claim)
    assert found == source


def test_a_number_opens_what_is_counted():
    text = "The flood, which insurers say cost three towns last year, began."
    ((_, _, content),) = read(text, ("insurers", "say", "which … cost three"))
    assert content == "which … cost three towns last year"


def test_what_is_told_of_a_report_is_no_claim_in_it():
    text = "The weir is late, Hemi Ngat said in a report that ministers hid."
    claim = ("Hemi Ngat", "said", "The weir is late")
    assert read(text, claim, ("Hemi Ngat", "said in a report", "that ministers hid")) == [claim]


def test_who_says_it_in_a_headline_is_not_what_is_said():
    text = "Survey to resume next week: Collector\n\nThe survey will go on, District Collector Ann Lee said on Monday. She was glad of it."
    below = ("District Collector Ann Lee", "said", "The survey will go on")
    found = read(text, ("Survey to resume next week", "", "Collector"), below)
    assert found == [("Collector", ":", "Survey to resume next week"), below]


@pytest.mark.parametrize(
    ("text", "claim", "source"),
    [
        ("In the book you say the sea is a clerk.", ("the book you", "say", "the sea is a clerk"), "you"),
        ("In his memoir he says it was late.", ("his memoir he", "says", "it was late"), "he"),
        (
            "“No,” said Bo Orr of the man he sold.",
            ("Bo Orr of the man he", "said", "“No,”"),
            "Bo Orr of the man he",
        ),
    ],
)
def test_a_pronoun_before_a_verb_is_all_of_its_source(text, claim, source):
    ((found, _, _),) = read(text, claim)
    assert found == source


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("3 Mar 2026 Ann Lee said the roll had fallen.", "3 Mar 2026 Ann Lee", "Ann Lee"),
        (
            "Published 3 March 2026 10:45 GMT Councillor Ann Lee said it.",
            "GMT Councillor Ann Lee",
            "Councillor Ann Lee",
        ),
        ("March 3 marchers said it was late.", "March 3 marchers", "March 3 marchers"),
        ("The 2026 Candidate said it was late.", "The 2026 Candidate", "The 2026 Candidate"),
    ],
)
def test_a_date_that_lost_its_line_is_no_part_of_a_source(text, source, whole):
    said = text[text.index("said") + 5 : -1]
    ((found, _, _),) = read(text, (source, "said", said))
    assert found == whole


def test_a_body_behind_the_dash_of_a_headline_says_it():
    text = "Two held over harbour blaze - police\n\nThe fire gutted four sheds, officers said on Thursday."
    below = ("officers", "said on Thursday", "The fire gutted four sheds")
    assert read(text, below) == [("police", "-", "Two held over harbour blaze"), below]
    text = "Storm shuts the school - last week\n\nThe storm broke four sheds, officers said on Thursday."
    below = ("officers", "said on Thursday", "The storm broke four sheds")
    assert read(text, below) == [below]


def test_a_byline_behind_the_bar_of_a_headline_is_not_said():
    text = "Judge: Tenants were misled | By Bo Orr, Courts Reporter\n\nThe judge said that it was late."
    found = read(text, ("Judge", ":", "Tenants were misled | By Bo Orr, Courts Reporter"))
    assert found == [("Judge", ":", "Tenants were misled")]


def test_what_happened_meanwhile_is_no_part_of_a_source():
    text = "“We lost,” shouted a man in the crowd as coach Bo Orr walked by."
    ((source, _, _),) = read(text, ("a man in the crowd as coach Bo Orr walked", "shouted", "“We lost,”"))
    assert source == "a man in the crowd"
    text = "“We lost,” said Ann Lee as chair of the club."
    ((source, _, _),) = read(text, ("Ann Lee as chair of the club", "said", "“We lost,”"))
    assert source == "Ann Lee as chair of the club"
