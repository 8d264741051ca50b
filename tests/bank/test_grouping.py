"""Which claims come into one group, whatever was read before and in whatever way the articles came."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank import Article, Claim, ClaimBank, Span, Speaker
from quotebank.bank.grouping import index_anew
from quotebank.bank.identities import Described, Identity, Known
from quotebank.bank.same_claim_candidates import KEY_BITS, UNNAMED
from quotebank.bank.stored_form import prepare
from quotebank.bank.storing import store
from quotebank.bank.tables import VERSION
from tests.bank.reports import filled, report
from tests.bank.test_stress import reports

FERRY = "that the ferry would sink in the harbour before midnight"
PIER = "“The pier of Oxbow was never built to carry a train,”"


def told(text: str, name: str | None, article: str, type_: str = "person") -> tuple[Article, tuple[Claim, ...]]:
    """An article that says one thing."""
    made = Article(text=f"{name or 'Somebody'} said {text}.", id=article)
    speaker = Speaker(name=name, type=type_) if name else None  # type: ignore[arg-type]
    start = made.text.index(text)
    return made, (Claim.build(made, content=[Span(start, start + len(text))], speaker=speaker),)


def in_one_group(*given: tuple[Article, tuple[Claim, ...]]) -> bool:
    with ClaimBank(":memory:") as bank:
        filled(bank, *given)
        found = [bank.group(claim).id for _, claims in given for claim in claims]
        assert bank.verify().ok
    return len(set(found)) == 1 and found[0] != 0


# A name of one word that two people share stays a row of its own.
BEFORE = [told("nothing at all", "Ann Lee", "x1"), told("nothing either", "Bo Lee", "x2")]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param(("Ann Lee", "person"), ("Ann Lee", "person"), True, id="one-person"),
        pytest.param(("Ann Lee", "person"), ("Bo Diaz", "person"), False, id="two-people"),
        pytest.param(
            ("House Republicans", "group"), ("Republicans", "group"), True, id="a-group-by-a-part-of-its-name"
        ),
        pytest.param(("Republicans", "group"), ("House Republicans", "group"), True, id="a-group-by-a-longer-name"),
        pytest.param(("House Republicans", "group"), ("Democrats", "group"), False, id="two-groups"),
        pytest.param(
            ("Tidal Observatory", "organization"),
            ("Oxbow-based Northern Tidal Observatory for Harbours", "organization"),
            True,
            id="a-body-under-a-longer-description",
        ),
        pytest.param(("Tidal Observatory", "organization"), ("Oxbow Herald", "organization"), False, id="two-bodies"),
        pytest.param(("an official", "anonymous"), ("an official", "anonymous"), False, id="nobody-knows-who"),
        pytest.param((None, "person"), ("Ann Lee", "person"), False, id="nobody"),
    ],
)
def test_reports_are_the_same_where_the_speakers_are(first, second, same):
    one = told(FERRY, first[0], "a", first[1])
    other = told(FERRY.replace("before", "long before"), second[0], "b", second[1])
    assert in_one_group(one, other) is same
    assert in_one_group(other, one) is same


DIVER = (
    "that the diver had found a bronze propeller near the sunken lightship, and left the wreck to the coastguard's boat"
)


def test_long_reports_of_a_source_are_the_same_by_any_description():
    one = told(DIVER, "a source", "a", "anonymous")
    other = told(DIVER.replace("the diver", "a diver of thirty"), "the unnamed source", "b", "anonymous")
    assert in_one_group(one, other)
    assert in_one_group(other, one)


@pytest.mark.parametrize(
    ("other", "words", "same"),
    [
        pytest.param((None, "person"), DIVER, True, id="word-for-word"),
        pytest.param((None, "person"), DIVER.replace("had found", "has found"), True, id="retouched"),
        pytest.param(("a source", "anonymous"), DIVER, True, id="a-source"),
        pytest.param(("Ann Lee", "person"), DIVER, False, id="somebody-known"),
        pytest.param((None, "person"), "that the diver had found a bronze propeller near Oxbow", False, id="less"),
        pytest.param((None, "person"), DIVER.replace("had found", "had not found"), False, id="the-opposite"),
    ],
)
def test_what_nobody_is_named_for_is_one_in_nearly_the_same_words(other, words, same):
    one, second = told(DIVER, None, "a"), told(words, other[0], "b", other[1])
    assert in_one_group(one, second) is same
    assert in_one_group(second, one) is same


def test_what_any_body_says_is_no_claim_in_common():
    assert not in_one_group(
        told("to comment", "Harbour Police", "a", "organization"), told("to comment", "a spokesman", "b", "anonymous")
    )


QUOTED = "“We will keep the ferry in the harbour until the last of the old pumps is mended,”"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param(("Harbour Board", "organization"), ("Ann Lee", "person"), True, id="a-body-and-its-voice"),
        pytest.param(("Harbour Board", "organization"), ("Morning Ledger", "organization"), True, id="who-carries-it"),
        pytest.param(("an official", "anonymous"), ("Ann Lee", "person"), True, id="named-elsewhere"),
        pytest.param(("Bo Diaz", "person"), ("Ann Lee", "person"), False, id="two-people"),
    ],
)
def test_a_long_quotation_is_one_whoever_it_is_given_to(first, second, same):
    one, other = told(QUOTED, first[0], "a", first[1]), told(QUOTED, second[0], "b", second[1])
    assert in_one_group(one, other) is same
    assert in_one_group(other, one) is same


def test_what_an_official_is_reported_to_say_is_one_only_in_the_same_words():
    one, other = told(FERRY, "an official", "a", "anonymous"), told(FERRY, "an official", "b", "anonymous")
    assert in_one_group(one, other)
    assert not in_one_group(one, told(FERRY.replace("before", "long before"), "an official", "b", "anonymous"))


def test_a_long_quotation_brings_edited_parts_together():
    first, second = (
        "“The pumps will all be mended by May,”",
        "“Everybody who works at the ferry will keep a job there,”",
    )
    whole = "“The old pumps will all be mended by May. Everybody who works on the ferry will keep their job there,”"
    given = [told(text, "Ann Lee", name) for name, text in (("a", first), ("b", second), ("c", whole))]
    assert in_one_group(*given)


@pytest.mark.parametrize("order", [1, -1])
def test_a_last_name_alone_is_one_of_those_who_have_it(order):
    with ClaimBank(":memory:") as bank:
        filled(bank, *BEFORE)
        given = [told(FERRY, "Lee", "a"), told(FERRY.replace("before", "long before"), "Ann Lee", "b")][::order]
        filled(bank, *given)
        assert len(bank.speakers()) == 3
        groups = {bank.group(claim).id for _, claims in given for claim in claims}
        assert len(groups) == 1
        assert 0 not in groups


@pytest.mark.parametrize("names", [("Ann Lee", None), (None, "Ann Lee"), ("an official", "Lee"), ("an official", None)])
def test_quotations_are_the_same_whoever_may_have_spoken(names):
    given = [
        told(PIER, names[0], "a", "anonymous" if names[0] == "an official" else "person"),
        told(PIER.replace("Oxbow", "Oxbow town"), names[1], "b"),
    ]
    assert in_one_group(*given)


def test_quotations_of_two_known_people_are_two():
    assert not in_one_group(told(PIER, "Ann Lee", "a"), told(PIER, "Bo Diaz", "b"))


def state(bank: ClaimBank) -> list[tuple[object, ...]]:
    """Claims with their speakers and groups, and the index."""
    rows = bank._writer.execute(
        "SELECT articles.article_id, claims.start, resolved_id, speaker_id, speakers.name, group_id, keyed "
        "FROM claims JOIN articles ON articles.id = claims.article_id "
        "LEFT JOIN speakers ON speakers.id = claims.speaker_id ORDER BY claims.id"
    ).fetchall()
    return rows + bank._writer.execute("SELECT * FROM postings ORDER BY key, claim_id").fetchall()


def assert_as_it_is(bank: ClaimBank) -> None:
    """What a bank has kept in mind is what it would read now."""
    known, now, connection = bank._known, Known(), bank._writer
    for row, described in known.descriptions.items():
        assert described == now.described(connection, row)
    for family, found in known.families.items():
        for kind, key in found:
            identity = Identity(kind, {"": key}, Described())
            assert found[kind, key] == now.of(connection, identity), family


def step(bank: ClaimBank, given: tuple[Article, tuple[Claim, ...]], then: str) -> None:
    """Add an article, and then decide something about who is who, or fail at adding it again without its claims."""
    bank.add(*given)
    if then == "fail":
        with suppress(ZeroDivisionError), bank._adding() as (connection, known):
            store(connection, prepare(given[0], given[1][:1], None), known)
            raise ZeroDivisionError
    people = sorted(p.id for p in bank.speakers())
    if then == "merge" and len(people) > 1:
        bank.merge(people[0], people[-1])
    if then == "undo" and any(d.undone is None for d in bank.decisions()):
        bank.undo()


steps = st.lists(st.tuples(reports(), st.sampled_from(["", "", "fail", "merge", "undo"])), max_size=8)


@settings(deadline=None, max_examples=80)
@given(steps)
def test_what_was_read_before_changes_nothing(given):
    with TemporaryDirectory() as folder:
        path, other = Path(folder) / "a.db", Path(folder) / "b.db"
        for one in given:
            with ClaimBank(path) as bank:  # each with nothing read before
                step(bank, *one)
        with ClaimBank(path) as bank, ClaimBank(other) as second:
            for one in given:
                step(second, *one)
                assert_as_it_is(second)
            assert state(bank) == state(second)


@settings(deadline=None, max_examples=40)
@given(st.lists(reports(), max_size=8))
def test_many_at_once_are_as_one_after_the_other(given):
    with ClaimBank(":memory:") as one, ClaimBank(":memory:") as other:
        filled(one, *given)
        other.add_many(given)
        assert state(one) == state(other)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(reports(), st.booleans()), max_size=8))
def test_what_others_write_in_between_is_seen(given):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with ClaimBank(path) as first, ClaimBank(path) as second, ClaimBank(":memory:") as alone:
            for one, turn in given:
                (first if turn else second).add(*one)
                alone.add(*one)
            assert state(first) == state(alone)


@settings(deadline=None, max_examples=60)
@given(st.lists(reports(), max_size=8))
def test_the_index_made_anew_is_the_index_that_grew(given):
    with ClaimBank(":memory:") as bank:
        filled(bank, *given)
        writer = bank._writer
        sql = "SELECT * FROM postings WHERE key >> ? <> ? ORDER BY key, claim_id"  # a name may have become fuller since
        grown = writer.execute(sql, (KEY_BITS, UNNAMED)).fetchall()
        writer.execute("DELETE FROM postings")
        index_anew(writer)
        assert writer.execute(sql, (KEY_BITS, UNNAMED)).fetchall() == grown


def test_a_bank_of_the_first_version_is_brought_up_to_date(tmp_path):
    path = tmp_path / "claims.db"
    with ClaimBank(path) as bank:
        filled(bank, report("“The roof is safe,”", id="a"), report("“The roof is not safe at all,”", "Lee", id="b"))
        before = state(bank)
    old = sqlite3.connect(path)
    old.executescript(
        "DROP TABLE postings; DROP INDEX claims_wording; ALTER TABLE articles DROP COLUMN digest;"
        "ALTER TABLE articles DROP COLUMN seal; DROP TABLE log;"
        "DROP INDEX speakers_explained_by; ALTER TABLE speakers DROP COLUMN explained_by;"
        "CREATE TABLE keys (key INTEGER NOT NULL, claim_id INTEGER NOT NULL, PRIMARY KEY (key, claim_id)) WITHOUT ROWID;"
        "CREATE INDEX claims_claim_id ON claims (claim_id);"
        "CREATE INDEX claims_wording ON claims (wording, keyed);"
        "INSERT INTO keys VALUES (17, 1); PRAGMA user_version = 1;"
    )
    old.close()
    with ClaimBank(path, read_only=True) as bank:  # which changes nothing
        assert bank.check("The roof is safe").verdict == "said"
    with ClaimBank(path) as bank:
        assert bank._writer.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert state(bank) == before
        assert bank.verify().ok
        assert filled(bank, report("“The roof is safe, we think,”", id="c")).check("The roof is safe").verdict == "said"


def test_a_fuller_name_is_noticed_of_everyone_who_was_looked_at(tmp_path):
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, told(FERRY, "A. Lee", "a"))
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, told(FERRY, "Lee", "b"))
        filled(bank, told(FERRY, "Ann Lee", "c"))
        assert {p.name for p in bank.speakers()} == {"Ann Lee", "Lee"}
        assert_as_it_is(bank)
        filled(bank, told(FERRY, "Lee", "d"))
        assert_as_it_is(bank)


def test_an_index_that_names_claims_that_are_gone_does_no_harm():
    with ClaimBank(":memory:") as bank:
        filled(bank, told(FERRY, "Ann Lee", "a"))
        bank._writer.execute("UPDATE postings SET claim_id = 99")
        filled(bank, told(FERRY, "Ann Lee", "b", "person"), told(FERRY + " today", "Ann Lee", "c"))
        assert any("key without its claim" in problem for problem in bank.verify().problems)
        assert len(bank.groups()) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("“The U.S. will not pay the bill for it,”", "“The US will not pay the bill for it,”"),
        ("“Five of the eight pumps failed in twenty days,”", "“5 of the 8 pumps failed in 20 days,”"),
        ("“We will open it in 2,030 homes of the island,”", "“We will open it in 2030 homes of the island,”"),
        ("“The labour programme is for our harbours,”", "“The labor program is for our harbors,”"),
    ],
)
def test_spelling_does_not_count(first, second):
    assert in_one_group(told(first, None, "a"), told(second, "Ann Lee", "b"))
    assert in_one_group(told(first, "Ann Lee", "a"), told(second, "Ann Lee", "b"))


def test_claims_told_in_other_ways_have_heirs_of_their_own():
    quotation, plain = "“The pumps of the lower town will never work,”", "The pumps of the lower town will never work"
    with ClaimBank(":memory:") as bank:
        filled(bank, told(quotation, "Ann Lee", "a"), told(plain, "Ann Lee", "b"), told(quotation, "Ann Lee", "c"))
        bank.add(Article(text="Nothing was said.", id="a"), ())
        assert bank.verify().ok
        assert bank.check(plain, "Ann Lee").verdict == "said"


def test_what_was_decided_leaves_every_claim_in_the_index():
    given = [told(PIER, "Ann Lee", "a"), told(PIER, "Ann Lee", "b")]
    with ClaimBank(":memory:") as bank:
        filled(bank, *given)
        bank.split("Ann Lee", articles=["b"])
        bank.add(Article(text="Nothing was said.", id="a"), ())
        assert bank.verify().ok
        assert bank.check(PIER).verdict == "said"
    with ClaimBank(":memory:") as bank:
        filled(bank, told(FERRY, "Ann Lee", "x"), told(FERRY, "Bo Diaz", "y"), given[0])
        bank.merge("Ann Lee", "Bo Diaz")
        filled(bank, told(PIER, "Bo Diaz", "b"))
        bank.undo()
        assert bank.verify().ok
        assert bank.check(PIER, "Bo Diaz").verdict == "said"


def test_who_was_split_off_by_mistake_leaves_nothing_behind():
    two = Article(text=f"John Smith said {FERRY}. Another John Smith said {PIER}", id="two")
    speakers = (
        Speaker(name="John Smith", role="baker", affiliation="Oxbow"),
        Speaker(name="John Smith", role="judge", affiliation="Tarn"),
    )
    claims = tuple(
        Claim.build(two, content=[Span(two.text.index(part), two.text.index(part) + len(part))], speaker=speaker)
        for part, speaker in zip((FERRY, PIER), speakers, strict=True)
    )
    with ClaimBank(":memory:") as bank:
        filled(bank, told("nothing at all", "John Smith", "a"), told("nothing either", "John Smith", "b"))
        bank.split("John Smith", articles=["b"])
        bank.add(two, claims)
        bank.undo()
        assert bank.verify().ok
        filled(bank, told(FERRY + " on Monday", "John Smith", "c"))
        assert len(bank.groups()) == 1
        bank.add(two, ())
        assert bank.verify().ok
