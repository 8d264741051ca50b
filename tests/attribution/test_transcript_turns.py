"""Turns: who asks and who answers, with labels and without."""

import pytest

from quotebank.attribution.attribution_spans import attributions
from quotebank.text import tokenize

INTERVIEW = (
    "The weir keeper\n\nBy Dora Penn\n\nLars Voss has kept the weir for thirty years.\n\nDo you still like it?\n\n"
    "I do. My knees do not.\n\nWho will follow you?\n\nMy niece. I trust her.\n\nWill you miss it?\n\nI live beside it."
)


def found(text):
    return [
        (" ".join(s.slice(text) for s in (a.source or a.named)), a.force, a.verbatim, a.content[0].slice(text)[:12])
        for a in attributions(tokenize(text), [])
    ]


def test_the_answers_are_whom_the_introduction_names():
    turns = found(INTERVIEW)
    assert [who for who, *_ in turns] == ["", "Lars Voss"] * 3
    assert [force for _, force, *_ in turns] == ["question", None] * 3
    assert all(verbatim for _, _, verbatim, _ in turns)


@pytest.mark.parametrize(
    ("label", "named"), [("TPR", "The Pellow Review"), ("PENN", "DORA PENN, HOST"), ("DP", "DORA PENN, HOST")]
)
def test_a_short_label_is_the_long_one_that_it_stands_for(label, named):
    text = (
        f"{named}: Will the weir close?\nLARS VOSS (D), GOVERNOR: I hope not.\n{label}: When will you know?\n"
        "VOSS: When they tell us."
    )
    tokens = tokenize(text)
    full = [" ".join(s.slice(text) for s in a.named) for a in attributions(tokens, [])]
    assert full[2:] == [named, "LARS VOSS (D), GOVERNOR"]


def test_q_names_nobody_and_a_whom_the_headline_announces():
    text = "Q&A with Iva Kos\nQ What hurts?\nA The left knee. I feel it daily.\nQ Will you stop?\nA When I must."
    assert [who for who, *_ in found(text)] == ["", "A", "", "A"]
    named = [" ".join(s.slice(text) for s in a.named) for a in attributions(tokenize(text), [])]
    assert named == ["", "Iva Kos", "", "Iva Kos"]


def test_i_and_you_in_a_turn_are_who_speaks_and_who_is_spoken_to(extractor):
    text = (
        "Lars Voss, a keeper, spoke to us.\n\nQ: You said last year that the weir was safe.\n\n"
        "A: I said that the gate was safe.\n\nQ: Is it?\n\nA: I think so."
    )
    inner = {c.text: c.speaker.name for c in extractor.extract(text) if c.within is not None}
    assert inner.get("that the gate was safe") == "Lars Voss"
    assert inner.get("that the weir was safe") == "Lars Voss"


def test_the_words_of_a_turn_are_direct(extractor):
    claims = extractor.extract(INTERVIEW)
    assert {c.kind for c in claims if c.within is None and c.force != "question"} == {"direct"}


def test_the_writer_of_the_byline_is_i_in_the_narration(extractor):
    claims = extractor.extract("By Dora Penn\n\nI hope that the weir stays open. “We will see,” said Lars Voss.")
    assert (claims[0].speaker.name, claims[0].speaker.type) == ("Dora Penn", "author")


@pytest.mark.parametrize(
    "rows",
    [
        [
            "Elena Burton: Two counts of theft, resisting arrest, held in jail in lieu of 900 crowns.",
            "Karl Tays: One out-of-county warrant, possession of a stolen boat, released on bond.",
            "Ryan Holm: Handling stolen goods, three counts of theft, held in jail.",
        ],
        [
            "Anna Lee: 12 points, 3 rebounds, 4 fouls.",
            "Maria Voss: 9 points, 11 rebounds, out with a knee injury.",
            "Laura Penn: 21 points, her best of the season.",
        ],
    ],
)
def test_a_list_of_what_there_is_of_each_is_no_talk(rows):
    assert found("\n\n".join(["The names came out on Monday.", *rows])) == []


def test_a_list_of_what_each_has_to_say_is():
    rows = ["Elena Burton: It was dark.", "Karl Tays: We ran, that is all.", "Ryan Holm: Nobody told me anything."]
    assert len(found("\n\n".join(["Three who were there:", *rows]))) == 3


def test_an_essay_that_asks_itself_is_no_interview():
    text = (
        "What the port could do\n\nThe outline of a plan seems clear. How patient can the islanders be?\n\n"
        "A paper of the harbour master puts the cost at nine million. “If we raise the fares, we lose,” Mr. Dunne told me."
        "\n\nA question remains, however: what will you do on a Monday in January?\n\n"
        "It has shown it knows how. “We picked the right week,” said Ines Prado.\n\n"
        "Yet, as Ms. Prado put it, “what would you cut?”\n\nA strike would hurt. “We cannot eat boats,” Ms. Hale said."
    )
    assert not any(line.kind == "turn" for line in tokenize(text).lines)


@pytest.mark.parametrize(
    "labels",
    [
        ("WARNING, FLASHING IMAGES", "Wholesome", "WARNING, FLASHING IMAGES"),
        ("Ruth Hale, the harbour master, said", "Feed", "Jo Blake, the union leader, said"),
    ],
)
def test_an_article_with_labels_here_and_there_is_no_transcript(labels):
    between = (
        "The ferry came in an hour late.\n\nPassengers stood on the pier with their bags.\n\n"
        "Divers searched the bay, “because we had to,” one said.\n\nThe mate was found on Monday."
    )
    text = "\n\n".join(f"{label}: Storm closes the bay as ferry turns back\n\n{between}" for label in labels)
    assert not any(line.kind == "turn" for line in tokenize(text).lines)


def test_related_headlines_with_labels_are_no_transcript():
    rows = [
        "BEING ME: ‘I want to be a diver’", "ANTI-BOAT STANCE: Councillor slammed for cheap stunt",
        "FUNDING CUTS: Is this the end for our pool?", "TEARFUL APOLOGY: Driver breaks down over fatal smash",
        "POWER LOST: Fire and rain as storm hits bay", "BOLDEST ALIVE: Why Hale turned the title down",
    ]  # fmt: skip
    text = "\n\n".join(["The mayor met the divers on Monday.", *rows, "She said that they were tired."])
    assert not any(line.kind == "turn" for line in tokenize(text).lines)


def test_a_turn_that_holds_a_remark_alone_is_no_claim():
    text = (
        "MODERATOR: Well?\n\nREPORTER: Is it over?\n\nSECRETARY HALE: It rests.\n\nREPORTER: (Inaudible.)\n\nHALE: No."
    )
    assert [content for *_, content in found(text)] == ["Well?", "Is it over?", "It rests.", "No."]


def test_who_interviews_does_not_answer(extractor):
    text = (
        "FIVE MINUTES WITH... Tendai Maru\n\nThe director of The Salt Road on camels. Interview by Pip Strang.\n\n"
        "Q: Did you think of giving up?\n\nA: Every Tuesday. I had promised my grandmother.\n\n"
        "Q: What went wrong?\n\nA: The camels. We had one who spat."
    )
    answers = [c.speaker.name for c in extractor.extract(text) if c.source and c.source[0].slice(text) == "A"]
    assert answers == ["Tendai Maru"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Day two of the inquest:\n\nCORONER: You did not go inside, Mr. Naka?\nMR. NAKA: No, ma'am. I heard two shots.",
        "A VILLAGE REMEMBERS: It was ten years ago.\n\nChid Okon, teacher: The roof went first. I saw sky.\n\nSam Pry, clerk: I hid.",
    ],
)
def test_two_labels_may_be_turns(extractor, text):
    assert [claim.kind for claim in extractor.extract(text) if claim.within is None] == ["direct"] * 2


def test_a_remark_in_brackets_at_the_end_is_nobodys():
    text = "MS. LIND: Good afternoon.\n\nQUESTION: Will he meet us?\n\nMS. LIND: You have your answer. (Laughter.)"
    assert attributions(tokenize(text), [])[-1].content[-1].slice(text).endswith("answer.")


def test_who_stands_up_meanwhile_is_no_turn():
    text = "Mr NDLA: What was offered—\n\nOpposition members: Nothing!\n\nMr NDLA: —is a road.\n\nMembers interjecting—\n\nThe SPEAKER: Order!"
    assert [row[0] for row in found(text)] == ["Mr NDLA", "Opposition members", "Mr NDLA", "The SPEAKER"]
    assert attributions(tokenize(text), [])[2].content[-1].slice(text).endswith("road.")


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Mr. TRAV (during the reading). I ask for order.\n\nThe CHAIR. Is there objection?\n\nMr. TRAV. None.", ["Mr. TRAV", "The CHAIR", "Mr. TRAV"]),
        ("Comment from Gus: Will it open?\n\nZofia Lena: No. You know that.\n\nComment from Mrs Petal: My bin is gone.\n\nZofia Lena: I am sorry.", ["Gus", "Zofia Lena", "Mrs Petal", "Zofia Lena"]),
        ("President. – The next item is this.\n\nEetu Palm (NI). – (FI) Water does not read.\n\nPresident. – Thank you.", ["President", "Eetu Palm", "President"]),
    ],
)  # fmt: skip
def test_what_stands_beside_a_label_is_no_part_of_it(text, sources):
    assert [row[0] for row in found(text)] == sources


def test_a_post_in_brackets_behind_a_name_names_nobody():
    text = "Mrs. Ngaio Rew (Puk): The ferry is late.\n\nHon. Lyall Brod (Minister of Boats): It will run.\n\nMrs. Rew: Which day?"
    assert not [claim.named for claim in attributions(tokenize(text), []) if claim.named]
    text = (
        "The Minister for Boats (Lyall Brod): It will run.\n\nMrs. Rew: Which day?\n\nThe Minister for Boats: Monday."
    )
    (named,) = {span.slice(text) for claim in attributions(tokenize(text), []) for span in claim.named}
    assert named == "Lyall Brod"
