"""Tags of HTML in a text: they are no words, and every offset stays what it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank import Article, Extractor
from quotebank.text import tokenize
from quotebank.text.markup import TAG, without_markup
from tests.made_texts import growth, texts

PIECES = [
    "<p>",
    "</p>",
    "<br/>",
    '<a href="x>y">',
    "</a>",
    "<b",
    "<",
    ">",
    "Ann",
    " ",
    "<3",
    "<!-- no -->",
    "<script>a</script>",
]
GROWTH_LIMIT = 2.6  # 2 is linear; quadratic work would be 4
tagged = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.one_of(texts, tagged))
def test_what_is_no_tag_stays_where_it_is(text: str) -> None:
    plain = without_markup(text)
    assert len(plain) == len(text)
    inside = {i for tag in TAG.finditer(text) for i in range(*tag.span())}
    assert all(plain[i] == text[i] for i in range(len(text)) if i not in inside)
    assert not "".join(plain[i] for i in inside).strip()


@settings(deadline=None, max_examples=300)
@given(st.one_of(texts, tagged))
def test_no_token_is_of_a_tag(text: str) -> None:
    tokens = tokenize(text)
    inside = {i for tag in TAG.finditer(text) for i in range(*tag.span())}
    assert all(inside.isdisjoint(range(s, e)) for s, e in zip(tokens.starts, tokens.ends, strict=True))


@pytest.mark.parametrize(
    "text", ["I <3 it", "a < b and c > d", "Write to <ann@oxbow.example>", "<Laughter> Yes", "x <p y"]
)
def test_other_signs_are_no_tags(text: str) -> None:
    assert without_markup(text) == text


def test_blocks_break_lines_and_other_tags_do_not() -> None:
    words = [w.split() for w in without_markup("<p>One <b>two</b></p><p>three<br>four</p>").splitlines() if w.strip()]
    assert words == [["One", "two"], ["three"], ["four"]]


def test_claims_between_tags() -> None:
    text = (
        '<p class="lead">Ann Lee, the <b>mayor</b> of Oxbow, said the weir would close.</p>'
        '<p>“It is <em>not</em> safe,” <a href="/p/lee">she</a> said.</p>'
    )
    claims = Extractor().extract(Article(text=text))
    assert [c.speaker and c.speaker.name for c in claims] == ["Ann Lee", "Ann Lee"]
    assert [c.content[0].slice(text) for c in claims] == ["the weir would close", "“It is <em>not</em> safe,”"]
    assert claims[0].speaker is not None
    assert (claims[0].speaker.role, claims[0].speaker.affiliation) == ("mayor", "Oxbow")


@pytest.mark.parametrize("piece", ["<", "<p ", '<a href="', "<!--", "<script>", "<b>"])
def test_time_is_linear(piece: str) -> None:
    assert growth(without_markup, piece.__mul__, 40_000, limit=GROWTH_LIMIT) <= GROWTH_LIMIT
