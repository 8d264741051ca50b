"""Searching: every string a person types, every filter, and SQL that anyone may run."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotebank import ArgumentTypeError, ArgumentValueError, Article, Claim, ClaimBank, Span, Speaker
from tests.bank.reports import filled, report, stated


@pytest.fixture(scope="module")
def bank():
    day = {"Herald": "2026-01-10", "Gazette": "2026-02-10", "Wire": None}
    with ClaimBank(":memory:") as opened:
        filled(
            opened,
            report("“The U.S. won’t leave the 5-year pact -x,”", "Ann Lee", role="mayor", affiliation="Oxbow council",
                   id="a", publisher="Herald", published=day["Herald"]),
            report("“State collapse is near, 🎉 and the state knows it,”", "Dmitri Trenin", role="director",
                   affiliation="Carnegie", id="b", publisher="Gazette", published=day["Gazette"]),
            report("“The collapse of one café is no state of emergency,”", "two officials", id="c", publisher="Wire"),
        )  # fmt: skip
        article = Article(text="Ann Lee plans to collapse the tent. Ann Lee denied that the tent stood.", id="d")
        opened.add(
            article,
            [
                stated(article, "to collapse the tent", Speaker(name="Ann Lee"), act="intention"),
                stated(article, "that the tent stood", Speaker(name="Ann Lee"), force="denial"),
            ],
        )
        yield opened


def found(bank, *args, **options):
    return [h.article.id for h in bank.search(*args, **options)]


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("U.S.", ["a"]),
        ("won't", ["a"]),
        ("won’t leave", ["a"]),
        ("-x", ["a"]),
        ("5-year", ["a"]),
        ('"state collapse"', ["b"]),
        ("“state collapse”", ["b"]),
        ("state collapse", ["b", "c"]),
        ("state AND NOT", []),
        ("the collapse of", ["b", "c", "d"]),
        ('"the collapse of"', ["c"]),
        ("the", ["a", "b", "c", "d", "d"]),
        ("collaps*", ["b", "c", "d"]),
        ("collapsing", ["b", "c", "d"]),  # by its stem
        ("cafe", ["c"]),
        ("🎉", ["b"]),
        ("near, 🎉", ["b"]),
        ("🦆", []),
        ("trenin collapse", ["b"]),
        ("*", []),
        ('"', []),
        ('""', []),
        ('“” ""', []),
        ("(", []),
        ("text:state", []),
        ("NEAR(state collapse)", []),
        ("\0", []),
        ("state\0collapse", ["b", "c"]),
    ],
)
def test_what_a_person_types(bank, text, articles):
    assert sorted(found(bank, text)) in (articles, sorted(set(articles)))


def test_filters(bank):
    assert found(bank, speaker="Trenin") == ["b"]
    assert found(bank, speaker="officials") == ["c"]
    assert found(bank, "collapse", speaker="Ann Lee") == ["d"]
    assert found(bank, speaker=bank.speaker("Dmitri Trenin").id) == ["b"]
    assert found(bank, role="Mayor") == found(bank, affiliation="oxbow") == found(bank, publisher="herald") == ["a"]
    assert found(bank, role="mayor", affiliation="Carnegie") == []
    assert found(bank, kind="indirect") == ["d", "d"]
    assert found(bank, act="intention") == found(bank, act="denial") == ["d"]
    assert found(bank, since="2026-02-01") == ["b"]
    assert found(bank, until="2026-02-10") == ["b", "a"]
    assert found(bank, since="2026-01-10", until="2026-01-10") == ["a"]
    assert len(found(bank)) == 5


def test_pages_do_not_overlap(bank):
    whole = [h.claim.id for h in bank.search("collapse")]
    assert [h.claim.id for n in range(4) for h in bank.search("collapse", limit=1, offset=n)] == whole
    assert found(bank, "collapse", limit=0) == []


def test_better_matches_come_first(bank):
    hits = bank.search("state collapse")
    assert [h.article.id for h in hits] == ["b", "c"]
    assert hits[0].score > hits[1].score > 0


def test_snippets_show_what_matched(bank):
    (hit,) = bank.search('"state collapse"')
    assert hit.marked("<b>", "</b>") == "“<b>State collapse</b> is near, 🎉 and the state knows it,”"
    assert [m.slice(hit.snippet) for m in hit.matches] == ["State collapse"]
    long = report("“" + "filler " * 200 + "needle " + "filler " * 200 + "”", id="long")
    with ClaimBank(":memory:") as other:
        (hit,) = filled(other, long).search("needle")
    assert len(hit.snippet) < 400
    assert [m.slice(hit.snippet) for m in hit.matches] == ["needle"]


def test_the_sql_is_public_and_runs_anywhere(tmp_path):
    path = tmp_path / "claims.db"
    with ClaimBank(path) as bank:
        filled(bank, report("“The state will collapse,”"))
        sql, values = bank.search_sql("collapse", speaker="Lee", kind="direct", publisher=None)
    with sqlite3.connect(path) as connection:
        assert len(connection.execute(sql, values).fetchall()) == 1


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"text": "x" * 100_000}, ArgumentValueError),
        ({"text": "\ud800"}, ArgumentValueError),
        ({"speaker": "\ud800"}, ArgumentValueError),
        ({"text": 7}, ArgumentTypeError),
        ({"text": None}, ArgumentTypeError),
        ({"speaker": 1.5}, ArgumentTypeError),
        ({"speaker": True}, ArgumentTypeError),
        ({"kind": "loud"}, ArgumentValueError),
        ({"act": "dance"}, ArgumentValueError),
        ({"since": "soon"}, ArgumentValueError),
        ({"until": 2026}, ArgumentTypeError),
        ({"limit": -1}, ArgumentValueError),
        ({"limit": 10**30}, ArgumentValueError),
        ({"offset": "1"}, ArgumentTypeError),
    ],
)
def test_what_cannot_be_looked_for_is_named(bank, options, error):
    with pytest.raises(error, match=next(iter(options))):
        bank.search(**options)


@given(st.text(max_size=60))
def test_no_string_breaks_a_search(bank, text):
    if any("\ud800" <= c <= "\udfff" for c in text):
        return
    bank.search(text)
    bank.search(text, speaker=text, role=text, affiliation=text, publisher=text)
    bank.speakers(text)


@given(st.text(alphabet=st.sampled_from("ab \"'“”*-^+:(){}[].,;!?\0\\/%_~|&<>=@#$Ü🎉\n"), max_size=30))
def test_no_sign_breaks_a_search(bank, text):
    bank.search(text, speaker=text)


def test_fragments_rank_behind_sentences():
    with ClaimBank(":memory:") as bank:
        filled(
            bank,
            report("“to a tunnel”", "Ann Lee", id="a"),
            report("“The tunnel will be dug before the spring, whoever is asked to pay for it,”", "Bo Diaz", id="b"),
        )
        assert [hit.article.id for hit in bank.search("tunnel")] == ["b", "a"]
        assert "said Bo Diaz on Monday." in bank.search("tunnel")[0].sentence


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("immigrat*", "a"),
        ("immigra*", "a"),
        ("emigrat*", ""),
        ("email", "bc"),
        ("e-mail", "bc"),
        ("cooperation", "bc"),
        ("co-operation", "bc"),
        ("news", "d"),
        ("new", "ed"),
        ("don't", "f"),
        ("donʼt", "f"),
        ('"e-mail" cooperation', "bc"),
        ("tun*", "e"),
    ],
)
def test_words_are_found_as_people_type_them(typed, found):
    with ClaimBank(":memory:") as bank:
        filled(
            bank,
            report("“Immigration made this harbour what it is,”", id="a"),
            report("“Your e-mail about the co-operation was lost,”", id="b"),
            report("“Your email about the cooperation was lost, as I said,”", id="c"),
            report("“The news from the north is bad for us all,”", id="d"),
            report("“A new tunnel will be dug before the spring,”", id="e"),
            report("“We donʼt know what went wrong in the night,”", id="f"),
        )
        assert sorted(hit.article.id for hit in bank.search(typed)) == sorted(found)


def test_a_claim_comes_before_what_it_tells_on_every_page():
    text = (
        "The bridge was shut, said Bo Diaz. Ann Lee told the council on Monday evening, after a long debate about roads, "
        "that Bo Diaz had said that the bridge was safe. The bridge is old, said Cy Fox, as she had heard at the bridge."
    )
    article = Article(text=text, id="a")

    def part(words: str) -> list[Span]:
        return [Span(text.index(words), text.index(words) + len(words))]

    outer = Claim.build(article, content=part("that Bo Diaz had said that the bridge was safe"), speaker="Ann Lee")
    inner = Claim.build(article, content=part("that the bridge was safe"), speaker="Bo Diaz", within=outer.id)
    others = [
        Claim.build(article, content=part(words), speaker=name)
        for words, name in (("The bridge was shut", "Bo Diaz"), ("The bridge is old", "Cy Fox"))
    ]
    with ClaimBank(":memory:") as bank:
        bank.add(article, [others[0], outer, inner, others[1]])
        found = [hit.claim for hit in bank.search("bridge safe")]
        assert found == [outer, inner]
        assert [hit.claim for hit in bank.search("bridge safe", speaker="Bo Diaz")] == [inner]
        whole = [hit.claim for hit in bank.search("bridge")]
        assert whole.index(outer) < whole.index(inner)
        assert [bank.search("bridge", limit=1, offset=at)[0].claim for at in range(4)] == whole
