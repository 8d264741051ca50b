"""Articles as they break off: what is left of a text is read whatever is cut from it or put into it."""

from collections import Counter
from textwrap import fill

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import article, article_names
from tests.made_texts import read_cases

TEXTS = sorted({case["text"] for name in ("pages", "speakers") for case in read_cases(name)})
ODD = [
    "“",
    "”",
    '"',
    "'",
    "(",
    ")",
    "—",
    " – ",
    "\n\n",
    ":",
    "?",
    "Q. ",
    "A. ",
    "((",
    ",",
    " what he called",
    "’s claim that ",
]


@st.composite
def cut(draw):
    """A text of the cases, cut off anywhere, without its beginning, or with a mark in it that does not belong there."""
    text = draw(st.sampled_from(TEXTS))
    at = draw(st.integers(1, len(text)))
    kept = {"end": text[:at], "beginning": text[at - 1 :], "mark": text[:at] + draw(st.sampled_from(ODD)) + text[at:]}
    return kept[draw(st.sampled_from(sorted(kept)))]


OPENINGS = ["And ", "& ", "'s ", "of ", "the ", "Union ", "Norland's ", "that ", "who ", "Acme and ", "ex-", "(", ""]
MIDDLES = [
    "minister Ann Lee",
    "minister of Acme, Ann Lee,",
    "leader (Ann Lee)",
    "firm's director Ann Lee",
    "mayor, Ann Lee",
    "No 10 spokeswoman",
    "Ann Lee, " + "5" * 5000 + ",",
]
BREAKING_OFF = ["", " of", " of the", " at Bo Orr's", " and", " that", " will", " “", " who", "."]


@settings(max_examples=200)
@given(
    opening=st.sampled_from(OPENINGS),
    middle=st.sampled_from(MIDDLES),
    said=st.sampled_from([" said it rains", ": it rains", " denied it"]),
    end=st.sampled_from(BREAKING_OFF),
)
def test_a_text_that_begins_and_ends_in_the_midst_of_something_is_read(extractor, opening, middle, said, end):
    text = opening + middle + said + end
    for claim in extractor.extract(text):
        told = (*claim.speaker.role_spans, *claim.speaker.affiliation_spans) if claim.speaker is not None else ()
        assert all(0 <= span.start < span.end <= len(opening + middle) for span in told)  # of nothing behind the name


@settings(max_examples=300)
@given(text=cut())
def test_what_is_left_of_a_text_is_read(extractor, text):
    for claim in extractor.extract(text):
        spans = [*claim.source, *claim.cue, *claim.content]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_a_text_that_ends_behind_a_comma_is_read(extractor):
    assert extractor.extract("Dr. Amin said she was hopeful,")
    assert extractor.extract("Dr. Amin said she was hopeful and")


def test_a_text_that_ends_with_a_source_of_one_word_is_read(extractor):
    extractor.extract("Her second album, “Ask the Sea”, was called “a shrug set to music” by one ")


def test_a_text_that_ends_behind_how_or_behind_what_a_body_is_is_read(extractor):
    assert extractor.extract("“It went up like paper,” Ann Lee said. “It went up like paper.” This is how ")
    assert extractor.extract(
        "“It went at dawn,” said Bo Orr, who lives by it. Ann Lee, of the provincial flood office, "
    )


def said_in(extractor, text):
    """What is said in a text, by whom, blanks alike."""
    claims = extractor.extract(text)
    return Counter((" ".join(c.text.split()), c.speaker and " ".join(c.speaker.name.split())) for c in claims)


@pytest.mark.parametrize("width", [62, 70, 78])
def test_a_text_that_was_wrapped_tells_the_same(extractor, width):
    """Hard-wrapped paragraphs are read as if their lines were not broken; two claims in a hundred may differ."""
    changed = total = 0
    for name in article_names():
        paragraphs = article(name).text.strip().split("\n\n")
        if any("\n" in paragraph for paragraph in paragraphs):
            continue  # its breaks mean something
        wrapped = (fill(p, width, break_on_hyphens=False, break_long_words=False) for p in paragraphs)
        before, after = said_in(extractor, article(name).text), said_in(extractor, "\n\n".join(wrapped))
        changed += (before - after).total()
        total += before.total()
    assert total > 100
    assert changed <= total / 50
