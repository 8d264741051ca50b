"""Signed quotations, and dashes that sign nothing."""

import pytest

from quotebank.attribution.attribution_spans import attributions
from quotebank.text.tokens import tokenize

SIGNED = (
    "Readers wrote in.\n“The ferry never waits for the school bus.” {d} Ann Lee\n"
    "“I sold the boat and bought a bicycle.” {d} Tomas de la Cruz, 54, of Oxbow\n“Nobody asked us.” {d} Bea Ojala.\n\nThe county replied."
)


def found(text):
    return [
        tuple(" ".join(s.slice(text) for s in part) for part in (a.source, a.cue, a.content))
        for a in attributions(tokenize(text), [])
    ]


@pytest.mark.parametrize("dash", ["―", "—", "–", "--", "-"])
def test_a_name_behind_a_dash_signs_the_quotation(dash):
    text = SIGNED.format(d=dash)
    sources = [source for source, _, _ in found(text)]
    assert sources == ["Ann Lee", "Tomas de la Cruz, 54, of Oxbow", "Bea Ojala"]
    assert all(cue == dash for _, cue, _ in found(text))
    assert found(text)[0][2] == "“The ferry never waits for the school bus.”"


@pytest.mark.parametrize(
    "text",
    ["“We lost the bridge twice” — and Ann Lee knew it.\n", "“We lost the bridge twice.” — It rained all day on the hill.\n",
     "“We lost the bridge twice,” Ann Lee said — Oxbow did too.\n", "“We lost the bridge twice.”\n\n— 30 —\n",
     "Ann Lee — “We lost the bridge twice.”\n"],
)  # fmt: skip
def test_a_dash_that_signs_nothing(text):
    assert found(text) == []


def test_the_extractor_gives_each_signed_quotation_to_its_own_name(extractor):
    claims = extractor.extract(SIGNED.format(d="―"))
    names = [c.speaker.name for c in claims if c.kind == "direct"]
    assert names[:2] == ["Ann Lee", "Tomas de la Cruz"]


@pytest.mark.parametrize(
    "below",
    ["Louise Wang, who played the keeper, won the prize.", "Video Shows Last Rescue Of Drowned Keeper"],
)
def test_a_sentence_or_a_headline_below_a_quotation_signs_nothing(below):
    text = f"The film opened in May.\n\n“We lost the bridge twice.”\n\n{below}\n\n“It was dark.”\n\nAnn Lee, 54"
    assert not any(line.kind == "signature" and below in text[line.start : line.end] for line in tokenize(text).lines)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor says that the county has “nothing to hide.”\n– Bea Ojala",  # who wrote the article
        "The bridge closed in May and nobody has asked for it back.\n\n— Bea Ojala",
    ],
)
def test_a_name_at_the_end_of_an_article_signs_no_part_of_it(text):
    assert [source for source, _, _ in found(text) if "Ojala" in source] == []


@pytest.mark.parametrize(
    "head",
    ["Voicemail, 11.42pm, from Lars Tveit to his wife:", "Text message from Lars Tveit to the bank:", "A letter from Lars Tveit:"],
)  # fmt: skip
def test_a_line_over_a_message_says_whose_it_is(head):
    assert [(source, content) for source, _, content in found(f"{head}\n\n“Do not wait up.”\n\nShe waited.")] == [
        ("Lars Tveit", "“Do not wait up.”")
    ]


def test_reviews_with_stars_are_signed_by_the_name_below():
    text = "★★★★☆ “Sturdy, but it squeaks.”\nMargie Plum, verified buyer, 3 March\n\n★☆☆☆☆ “It came with three legs.”\nD. Orrin, verified buyer"
    assert [(source.partition(",")[0], content) for source, _, content in found(text)] == [
        ("Margie Plum", "“Sturdy, but it squeaks.”"), ("D. Orrin", "“It came with three legs.”")
    ]  # fmt: skip


def test_names_with_a_dash_before_several_quotations_are_theirs():
    text = "What they said\n\nRuth Amis, Union of Small Grocers — “A kick in the trolley.”\n\nUnions North-East — “Crumbs from a big table.”"
    assert [(source.partition(",")[0], content) for source, _, content in found(text)] == [
        ("Ruth Amis", "“A kick in the trolley.”"), ("Unions North-East", "“Crumbs from a big table.”")
    ]  # fmt: skip
    assert found(text.partition("\n\nUnions")[0]) == []  # one line alone may be anything


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "The finish\n\nElouan Kerm (Brass), stage winner\n“I did not look.”\n\nTadej Hoc (Team Alp), leader\n“I lost a shoe.”",
            ["Elouan Kerm (Brass), stage winner", "Tadej Hoc (Team Alp), leader"],
        ),
        (
            "Two readers.\n\nFOR – Marit Odd, nurse\n“I finish at three.”\n\nAGAINST – Herc Vand, clerk\n“We could send taxis.”",
            ["Marit Odd, nurse", "Herc Vand, clerk"],
        ),
        ("Quotation of the day\n\n“A bridge by six kings.”\n\nEFREM ZED, a ferryman at Lake Dob, where work has stopped.", ["EFREM ZED, a ferryman at Lake Dob, where work has stopped"]),
        (
            "Said\n\n“I asked.”\n— Ann Lee, cleaner, on her first day\n\n“Nobody told the bees.”\n— Salt Bay agronomist Bo Orr, after the show was moved",
            ["Ann Lee, cleaner, on her first day", "Bo Orr, after the show was moved"],
        ),
        ("The text.\n\nMessage from the Principal, Mrs Aki Odh\n\n“A goat shed.”\n\nThe dance begins at eight.", ["Mrs Aki Odh"]),
        ("The text.\n\nStatement by the Marl Rowing Union\n\n“A flag.”\n\nThe dance begins.", ["Marl Rowing Union"]),
        ("The text.\n\nAnd from his sister Concha Ray:\n\n“He owes me boots.”\n\nThe dance begins.", ["his sister Concha Ray"]),
        (
            "Praise\n\n“It was quiet.”\nIrma Tonn\nChief engineer, Nord Grid\n\n“They answered.”\nCaspar Ade\nHead of trade, Vell",
            ["Irma Tonn", "Caspar Ade"],
        ),
        (
            "Tributes\n\n“She taught me.”\nTendai Maru, pupil\n\n“Last to leave.”\nThe staff at Salt Bay\n\n“My compass.”\nPaul Eck",
            ["Tendai Maru, pupil", "The staff at Salt Bay", "Paul Eck"],
        ),
        ("Players\n\nDAGNY (left back)\n“The kit man.”\n\nTOVE (striker)\n“Myself, twice.”\n\nThe bus left.", ["DAGNY (left back)", "TOVE (striker)"]),
        ("View\n\nLEO ASANTE, RATES STRATEGIST, HOLB CAPITAL, LONDON\n\n“They blinked. It is late.”", ["LEO ASANTE, RATES STRATEGIST, HOLB CAPITAL, LONDON"]),
    ],
)  # fmt: skip
def test_lines_of_names_beside_quotations_sign_them(text, sources):
    assert [source for source, _, _ in found(text) if source] == sources


@pytest.mark.parametrize(
    "text",
    [
        "The plan\n\n“It was quiet.”\n\nStreet Lighting\n\n“They answered.”\n\nNext Steps\n\nThe council meets on Monday.",
        "The plan\n\n“It was quiet.”\n\nThe staff at Salt Bay\n\nThe council meets on Monday, and it will be long.",
    ],
)
def test_headings_between_quotations_sign_nothing(text):
    assert [source for source, _, _ in found(text) if source] == []


def test_a_name_in_brackets_below_signs_the_quotation():
    text = "“I came to win.”\n(Naomi Reed, swimmer)\n\n“The pitch was softer than my bed.”\n(Declan Roe, full-back)"
    assert [(source, content) for source, _, content in found(text)] == [
        ("Naomi Reed, swimmer", "“I came to win.”"),
        ("Declan Roe, full-back", "“The pitch was softer than my bed.”"),
    ]


def test_an_agency_in_brackets_signs_nothing():
    assert found("“The pitch was softer than my bed.”\n(Oxbow Press)") == []
