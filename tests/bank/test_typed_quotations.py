"""Quotations as a fact-checker types them, whom they are asked for, and what is told of how they differ."""

import time

import pytest

from quotebank import Article, ClaimBank, Speaker
from quotebank.bank.named_speakers import is_of_body, other_spelling, speaks_for
from quotebank.bank.told_differences import told_differences
from quotebank.bank.typed_quotations import alike, compared, loosely_spelled, typed
from quotebank.comparing import read_words
from quotebank.comparing.alignment import Laid, align
from quotebank.text import one_spelling
from quotebank.text import words as word_list
from tests.bank.reports import spanned, stated

TEXT = (
    "“We mended the Māori hall in May. The quay is next. Nobody won’t like it,” said harbour spokeswoman Ann Lee of "
    "Quay Trust."
)
WORDS = TEXT[: TEXT.index(" said")]
WHO = Speaker(name="Ann Lee", role="harbour spokeswoman", affiliation="Quay Trust")


@pytest.fixture
def check():
    article = Article(text=TEXT, id="a", publisher="Herald")
    roles = {"cue": [spanned(TEXT, "said")], "source": [spanned(TEXT, "harbour spokeswoman Ann Lee of Quay Trust")]}
    with ClaimBank(":memory:") as bank:
        bank.add(article, [stated(article, WORDS, WHO, force="statement", **roles)])
        yield bank.check


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("“[w]e will go”", "we will go"),
        ("We will . . . go", "We will … go"),
        ("We [all will go [to the quay] now", "We all will go [to the quay] now"),
        ("“We will,” said Ann Lee, the mayor. “It is time.”", "We will,” “It is time."),
        ('We will," Lee said. "It is time.', 'We will," "It is time.'),
        ("“We will go,” Lee said.", "We will go,"),
        ("Ann Lee said: “We will go.”", "We will go."),
        ("WE TOLD US", "we told us"),
        ("She called it “a mess,” and “a shame”.", "She called it “a mess,” and “a shame”."),
        ("“The dam,” in the north, “holds.”", "The dam,” in the north, “holds."),
    ],
)
def test_what_is_typed_around_the_words_is_none_of_them(quotation, words):
    assert typed(quotation) == words


def test_letters_that_an_editor_changed_are_letters_of_a_word():
    words = compared(read_words("[W]e saw … [them in] Łódź"))
    assert words.keys == ["we", "saw", "them", "in", "lodz"]
    assert list(words.editorial) == [False, False, True, True, False]
    assert list(words.breaks) == [False, False, True, False, False]
    assert words.text[words.starts[0] : words.ends[0]] == "W]e"


@pytest.mark.parametrize(
    "quotation",
    [
        "[w]e mended the Maori hall in May",
        "WE MENDED THE MAORI HALL IN MAY. THE QUAY IS NEXT.",
        "“We mended the Māori hall in May. The quay is next,” said Ann Lee",
        "We mended … in May. The quay is next",
        "We mended . . . hall in May",
    ],
)
def test_what_an_editor_does_leaves_a_quotation_word_for_word(check, quotation):
    assert check(quotation, "Ann Lee").verdict == "said"


@pytest.mark.parametrize(
    ("quotation", "told"),
    [
        ("We mended the hall in May. The quay is next", "1 word left out (“Māori”)."),
        ("We mended the Māori hall in May. Nobody won't like it", "4 words left out (“The quay is next”)."),
        ("The quay is next. We mended the Māori hall in May.", "4 words moved (“The quay is next”)."),
        ("We mended the Māori hall in May. The quay is next. Nobody will like it", "(“will” for “won’t”)."),
    ],
)
def test_what_differs_is_told_in_whole_words_and_sentences(check, quotation, told):
    found = check(quotation, "Ann Lee")
    assert found.verdict == "altered"
    assert found.explanation.startswith("Ann Lee said it, but not word for word, in Herald: ")
    assert told in found.explanation


def test_words_left_out_are_whole_sentences_where_they_may_be():
    found = align("We went. They are here.", "We went. They left. They are here.")
    assert [d.second for d in found.differences if d.change == "added"] == ["They left"]
    assert align("He spoke of … of ships", "He spoke of ropes and of ships").verbatim


def test_words_in_another_order_are_none_put_in():
    stated_ = "We are glad of it. It is done now. Go home."
    found = align("It is done now. We are glad of it. Go home.", stated_)
    assert told_differences(found.differences, stated_) == "4 words moved (“It is done now”)"
    assert told_differences((), "We are glad.") == "its order changed"


def test_a_body_speaks_by_its_spokeswoman_and_is_not_anyone_of_it(check):
    found = check("The quay is next", "Quay Trust")
    assert found.verdict == "said"
    assert found.explanation.startswith("Ann Lee, speaking for Quay Trust, said it word for word")
    clerk = Speaker(name="Ann Lee", role="clerk", affiliation="Quay Trust")
    assert is_of_body(clerk, "the Quay Trust")
    assert not speaks_for(clerk, "Quay Trust")
    assert not is_of_body(Speaker(name="Ann Lee", affiliation="Mark Dole"), "Mark Dole")  # whose aide she is


def test_whether_one_of_a_body_speaks_for_it_is_left_open():
    text = "“The quay is next,” said Ann Lee, a clerk of Quay Trust."
    article = Article(text=text, id="a")
    roles = {"cue": [spanned(text, "said")], "source": [spanned(text, "Ann Lee, a clerk of Quay Trust")]}
    who = Speaker(name="Ann Lee", role="clerk", affiliation="Quay Trust")
    with ClaimBank(":memory:") as bank:
        bank.add(article, [stated(article, "“The quay is next,”", who, force="statement", **roles)])
        found = bank.check("The quay is next", "Quay Trust")
        assert found.verdict == "unclear"
        assert found.explanation.startswith(
            "Ann Lee (clerk, Quay Trust) said it word for word, in a; the article does not tell whether that is the "
            "word of Quay Trust: “The quay is next,”"
        )
        assert bank.check("The quay is next", "the clerk").verdict == "said"
        assert bank.check("The quay is next", "the new head of the port").verdict != "said"


def test_a_slip_of_a_name_is_told(check):
    assert other_spelling("Rosalind Achterberg", "Rosalind Achtrberg") == "Rosalind Achterberg"
    assert not other_spelling("Rosalind Achterberg", "R. Achterberg")
    text = "“The quay is next,” said Rosalind Achterberg."
    article = Article(text=text, id="a")
    roles = {"cue": [spanned(text, "said")], "source": [spanned(text, "Rosalind Achterberg")]}
    with ClaimBank(":memory:") as bank:
        who = Speaker(name="Rosalind Achterberg")
        bank.add(article, [stated(article, "“The quay is next,”", who, force="statement", **roles)])
        found = bank.check("The quay is next", "Rosalind Achtrberg")
    assert found.explanation.endswith(" The article spells the name “Rosalind Achterberg”, not “Rosalind Achtrberg”.")


def verdict_of(text, quotation, *, cue="said", source="Ann Lee", **fields):
    """The answer on the words of an article of one claim, which its speaker is asked for."""
    article = Article(text=text, id="a", publisher="Herald")
    roles = {"cue": [spanned(text, cue)], "source": [spanned(text, source)]}
    with ClaimBank(":memory:") as bank:
        bank.add(
            article, [stated(article, quotation, Speaker(name="Ann Lee"), **{"force": "statement", **roles, **fields})]
        )
        return bank.check(quotation.strip("“”"), "Ann Lee")


@pytest.mark.parametrize(
    ("text", "quotation", "fields"),
    [
        ("Asked why no ferries were there Ann Lee said: “The quay is next.”", "“The quay is next.”", {}),
        ("“The quay is next,” Ann Lee said.", "“The quay is next,”", {}),
        ("Ann Lee has now written to the clerk saying: “The quay is next.”", "“The quay is next.”", {"cue": "saying"}),
        ("“We will look at the quay, won’t we?” Ann Lee said.", "“We will look at the quay", {"force": "question"}),
    ],
)
def test_a_plain_report_is_taken_at_its_word(text, quotation, fields):
    assert verdict_of(text, quotation, **fields).verdict == "said"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“I suppose it is a question of mending the quay,” Ann Lee said.", "mending the quay"),
        ("“The new Type-C pier is the better one of the two,” Ann Lee said.", "is the better one of the two"),
        ("“However, we know that the quay is next,” Ann Lee said.", "the quay is next"),
        ("“Under the treaty, we know the quay is next,” Ann Lee said.", "the quay is next"),
        ("“The quay is next,” said Ann Lee, a doctoral student.", "The quay is next"),
    ],
)
def test_words_of_ones_own_are_not_somebody_elses(text, words):
    article = Article(text=text, id="a")
    roles = {"cue": [spanned(text, "said")], "source": [spanned(text, "Ann Lee")]}
    with ClaimBank(":memory:") as bank:
        content = text[: text.index("”") + 1]
        bank.add(article, [stated(article, content, Speaker(name="Ann Lee"), force="statement", **roles)])
        assert bank.check(words, "Ann Lee").verdict in ("said", "unclear")


def test_few_words_with_many_between_them_are_no_altered_quotation():
    text = (
        "“Whoever has mended the old quay, with all its chains and ropes and lamps and rails, and whoever paid for that, "
        "may sail in the ferry,” Ann Lee said."
    )
    article = Article(text=text, id="a")
    roles = {"cue": [spanned(text, "said")], "source": [spanned(text, "Ann Lee")]}
    with ClaimBank(":memory:") as bank:
        content = text[: text.index(" Ann Lee")]
        bank.add(article, [stated(article, content, Speaker(name="Ann Lee"), force="statement", **roles)])
        assert bank.check("Whoever has never sailed in the ferry", "Ann Lee").verdict != "altered"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("It's known to leak", "It is known to leak"),
        ("It's long been a wet quay", "It has long been a wet quay"),
        ("He'd need a ferry", "He would need a ferry"),
        ("She'd never agreed to sail", "She had never agreed to sail"),
        ("Let's mend it", "Let us mend it"),
        ("the tyre and the cheque stay at the kerb", "the tire and the check stay at the curb"),
        ("the third storey of the twentieth house", "the third story of the 20th house"),
    ],
)
def test_a_contraction_is_the_word_that_stands_for_it(short, full):
    for first, second in ((short, full), (full, short), (full, f"After all those years of rain {short}, I fear.")):
        laid = Laid.of(*alike(read_words(first), read_words(second)))
        assert laid.verbatim


def test_other_words_than_those_of_a_contraction_stay_others():
    for first, second in (("It is known", "It has known"), ("He'd go there", "He will go there")):
        assert not Laid.of(*alike(read_words(first), read_words(second))).verbatim


def test_a_respelled_word_has_its_opposite_still():
    praised, blamed = "We have always praised the plan of the quay", "We have always criticised the plan of the quay"
    for first, second in ((praised, blamed), (blamed, praised)):
        assert Laid.of(*alike(read_words(first), read_words(second))).reversed


def test_respelling_changes_no_word_that_turns_a_sense():
    for name in ("text/negations", "comparing/complementizers"):
        assert [word for word in word_list(name) if one_spelling(word) != word and word.isalpha()] == []


def test_who_signed_a_quotation_is_none_of_its_words():
    assert typed("“We will go.” — Ann Lee, mayor of Quay") == "We will go."
    assert typed("“We will go.” (Ann Lee)") == "We will go."


def test_long_rows_of_one_sign_are_read_at_once():
    began = time.perf_counter()
    loosely_spelled("n" * 50_000 + " t")
    typed("“a” " * 10_000 + "b")
    assert time.perf_counter() - began < 2
