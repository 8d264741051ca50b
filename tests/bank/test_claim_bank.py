"""The claim bank: what goes in comes out whole, or not at all."""

import sqlite3
import subprocess
import sys

import attrs
import pytest

from quotebank import (
    ArgumentTypeError,
    ArgumentValueError,
    Article,
    BankError,
    Claim,
    ClaimBank,
    NotInBankError,
    Span,
    Speaker,
)
from tests.bank.reports import Reader, filled, report, spanned, stated


@pytest.fixture
def bank():
    with ClaimBank(":memory:", extractor=Reader()) as opened:
        yield opened


def rich_claim():
    text = "The mayor never said that “the pumps 🌊 work\0”, Ann Lee of Oxbow told us."
    article = Article(
        text=text, id="rich", publisher="The Gazette", title="Pumps", published="2026-03-01", url="https://a.b"
    )
    speaker = Speaker(
        name="Ann Lee",
        role="mayor",
        affiliation="Oxbow",
        role_spans=(spanned(text, "mayor"),),
        affiliation_spans=(spanned(text, "Oxbow"),),
        mentions=(spanned(text, "The mayor"), spanned(text, "Ann Lee")),
    )
    claim = stated(
        article, "“the pumps 🌊 work\0”", speaker, cue=[spanned(text, "said")], source=[spanned(text, "Ann Lee")]
    )
    return article, attrs.evolve(claim, force="denial", negated=True, conditional=True, confidence=0.1 + 0.2)


def test_what_goes_in_comes_out_equal(bank):
    article, claim = rich_claim()
    assert bank.add(article, [claim]).status == "new"
    assert bank.claims("rich") == (claim,)
    assert bank.article("rich") == article
    assert [h.claim for h in bank.search("pumps")] == [claim]
    assert bank.verify().ok


def test_adding_twice_changes_nothing(bank):
    article = Article(text="“We are ready,” she said.")
    assert bank.add(article).status == "new"
    assert bank.add(article.text).status == "unchanged"
    assert bank._extractor.read == [article.id]
    assert len(bank.claims(article.id)) == 1


def test_a_newer_extractor_replaces_the_claims():
    with ClaimBank(":memory:", extractor=Reader("one")) as bank:
        bank.add(Article(text="“We are ready,” she said.", id="a"))
        bank._extractor = Reader("two")
        assert bank.add(Article(text="“We are ready,” she said.", id="a")).status == "replaced"
        assert len(bank.search("ready")) == 1
        assert bank.verify().ok


def test_an_article_that_changed_replaces_itself(bank):
    bank.add(Article(text="“We are ready,” she said.", id="a"))
    added = bank.add(Article(text="“We are late,” she said. “Go.”", id="a", title="Late"))
    assert (added.status, added.claims) == ("replaced", 2)
    assert not bank.search("ready")
    assert bank.article("a").title == "Late"
    assert bank.verify().ok


def test_given_claims_are_known_by_what_they_are(bank):
    article, claims = report("“We are ready,”")
    assert [bank.add(article, claims).status for _ in range(2)] == ["new", "unchanged"]
    assert bank.add(article, ()).status == "replaced"
    assert bank.claims(article.id) == ()
    assert bank.add(claims).status == "replaced"  # claims alone, of an article that is kept
    assert bank.claims(article.id) == claims


def test_add_many_skips_what_is_there_and_reports_each(bank):
    texts = [f"“Number {n} is up,” she said." for n in range(5)]
    bank.add(texts[1])
    seen = []
    totals = bank.add_many([texts[0], texts[1], report("“By hand,”"), texts[2], texts[2]], progress=seen.append)
    assert (totals.new, totals.unchanged, totals.replaced, totals.articles, totals.claims) == (3, 2, 0, 5, 3)
    assert len(seen) == 5
    assert len(list(bank.articles())) == 4


def test_an_article_that_comes_twice_in_one_transaction_is_found_by_its_last_words(bank):
    given = [
        report("“The bridge is shut,”", "Ann Lee", id="a"),
        report("“The bridge is safe,”", "Cy Dunn", id="b"),
        report("“The tunnel is open,”", "Bo Orr", id="a"),
        report("“The tunnel is dry,”", "Cy Dunn", id="c"),
    ]
    assert bank.add_many(given).replaced == 1
    assert [hit.claim.text for hit in bank.search("bridge")] == ["“The bridge is safe,”"]
    assert len(bank.search("tunnel")) == 2
    assert [one.name for one in bank.speakers()] == ["Cy Dunn", "Bo Orr"]
    assert not bank.search(speaker="Lee")
    assert bank.verify().ok


def test_what_add_many_has_reported_stays_when_it_breaks(bank):
    with pytest.raises(ArgumentTypeError, match="decode bytes"):
        bank.add_many(["“One,” she said.", "“Two,” she said.", b"three"])
    assert len(list(bank.articles())) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"article_id": "other"}, "is of article 'other'"),
        ({"content": (Span(0, 999),)}, "past the end"),
        ({"content": ()}, "content is empty"),
        ({"text": "“We were ready,”"}, "text is"),
        ({"cue": (Span(900, 901),)}, "cue holds"),
        ({"speaker": Speaker(name="A", mentions=(Span(900, 901),))}, "speaker.mentions holds"),
    ],
)
def test_a_claim_that_does_not_fit_its_article_is_refused(bank, change, message):
    article, (claim,) = report("“We are ready,”")
    with pytest.raises(ArgumentValueError, match=message):
        bank.add(article, [attrs.evolve(claim, **change)])
    assert list(bank.articles()) == []


def test_wrong_arguments_are_named(bank):
    article, claims = report("“We are ready,”")
    for given in (7, b"x", None, [], [1], claims[0]):
        with pytest.raises(ArgumentTypeError):
            bank.add(given)
    for given in ("text", [1], claims[0]):
        with pytest.raises(ArgumentTypeError):
            bank.add(article, given)
    with pytest.raises(NotInBankError, match="no article"):
        bank.add(claims)
    for given in ("text", article, 3):
        with pytest.raises(ArgumentTypeError):
            bank.add_many(given)
    with pytest.raises(ArgumentValueError, match="surrogate"):
        bank.add("“\ud800,” she said.")
    with pytest.raises(ArgumentValueError, match="surrogate"):
        bank.add(article, [attrs.evolve(claims[0], speaker=Speaker(name="\ud800"))])
    with pytest.raises(ArgumentTypeError):
        ClaimBank(7)
    for name in ("", " \n"):
        for asked in (bank.speaker, bank.timeline, lambda who: bank.merge(who, 1)):
            with pytest.raises(ArgumentValueError, match="blank"):
                asked(name)
    with pytest.raises(ArgumentTypeError, match="articles"):
        bank.split(1, articles=5)
    with pytest.raises(ArgumentTypeError, match="progress"):
        bank.verify(progress=5)
    with pytest.raises(ArgumentTypeError, match="version"):
        bank.add("x", version=5)
    assert list(bank.articles()) == []


def test_sql_in_any_field_is_only_text(bank):
    evil = "'); DROP TABLE claims; --\"' OR 1=1"
    article = Article(text=f"“{evil}” said {evil}.", id=evil, publisher=evil, title=evil, url=evil)
    claim = stated(article, f"“{evil}”", Speaker(name=evil, role=evil, affiliation=evil))
    bank.add(article, [claim])
    assert bank.claims(evil) == (claim,)
    assert [h.claim for h in bank.search(evil)] == [claim]
    assert [h.claim for h in bank.search(role=evil, affiliation=evil, publisher=evil)] == [claim]
    with pytest.raises(ArgumentValueError):
        bank.search(kind=evil)
    with pytest.raises(ArgumentValueError):
        bank.search(since=evil)
    assert bank.verify().ok


# The file


def test_a_bank_is_opened_again_and_read_only(tmp_path):
    path = tmp_path / "claims.db"
    with ClaimBank(path) as bank:
        filled(bank, report("“We are ready,”"))
    with ClaimBank(path, read_only=True) as bank:
        assert len(bank.search("ready")) == 1
        assert bank.verify().ok
        with pytest.raises(BankError, match="reading only"):
            bank.add(*report("“No,”"))
    with pytest.raises(BankError, match="closed"):
        bank.search("ready")
    bank.close()


def test_what_is_no_bank_is_refused_and_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("these are notes, and more than sixteen bytes of them")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    newer = tmp_path / "newer.db"
    with ClaimBank(newer) as bank:
        bank._writer.execute("PRAGMA user_version = 99")
    for name, message in (("notes.txt", "no SQLite"), ("other.db", "not a claim bank"), ("newer.db", "version 99")):
        before = (tmp_path / name).read_bytes()
        for options in ({}, {"read_only": True}):
            with pytest.raises(BankError, match=message) as raised:
                ClaimBank(tmp_path / name, **options)
            assert name in str(raised.value)
            assert isinstance(raised.value, OSError)
        assert (tmp_path / name).read_bytes() == before
    for path, options in (
        (tmp_path, {}),
        (tmp_path / "no" / "bank.db", {}),
        (tmp_path / "none.db", {"read_only": True}),
    ):
        with pytest.raises(BankError):
            ClaimBank(path, **options)
    assert {p.name for p in tmp_path.iterdir() if not p.name.startswith("newer.db-")} == {
        "notes.txt",
        "other.db",
        "newer.db",
    }
    (tmp_path / "empty.db").touch()
    with ClaimBank(tmp_path / "empty.db") as bank:
        assert bank.verify().ok


def test_a_damaged_bank_says_so(tmp_path):
    path = tmp_path / "claims.db"
    with ClaimBank(path) as bank:
        filled(bank, *(report(f"“Number {n} is up,”", id=str(n)) for n in range(50)))
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    path.write_bytes(content)

    def look():
        with ClaimBank(path) as bank:
            if not bank.verify().ok:
                raise BankError("found")

    with pytest.raises(BankError):
        look()


def test_verify_finds_what_was_changed_by_another_hand(bank):
    filled(bank, report("“We are ready,”", id="a"), report("“We are late,”", id="b"))
    bank._writer.execute("UPDATE articles SET text = 'gone' WHERE article_id = 'a'")
    bank._writer.execute("UPDATE claims SET text = 'other' WHERE article_id = 2")
    problems = "\n".join(bank.verify().problems)
    assert "article 'a'" in problems
    assert "article 'b'" in problems
    assert "claims_fts" in problems
    assert "articles_fts" in problems


def test_a_full_disk_leaves_the_bank_whole(tmp_path):
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, report("“We are ready,”", id="first"))
        pages = bank._writer.execute("PRAGMA page_count").fetchone()[0]
        bank._writer.execute(f"PRAGMA max_page_count = {pages + 3}")
        kept = ["first"]

        def fill():
            for n in range(500):
                bank.add(*report(f"“{'word ' * 500}{n},”", id=str(n)))
                kept.append(str(n))

        with pytest.raises(BankError, match="disk is full"):
            fill()
        assert list(bank.articles()) == kept
        assert bank.verify().ok
        assert len(bank.search("ready")) == 1


def test_a_failure_in_the_middle_writes_nothing(bank, monkeypatch):
    filled(bank, report("“We are ready,”", id="a"))
    before = bank.claims("a")

    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("quotebank.bank.storing.decided", fail)
    article, claims = report("“We are late,”", id="a")
    with pytest.raises(KeyboardInterrupt):
        bank.add(article, claims)
    assert bank.claims("a") == before
    assert bank.verify().ok


def test_importing_the_bank_does_not_load_torch():
    code = (
        "import sys, quotebank; quotebank.ClaimBank(':memory:'); print(sorted({'torch', 'stanza'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_real_extractor_fills_a_bank(extractor):
    with ClaimBank(":memory:", extractor=extractor) as bank:
        article = Article(text="“We are ready,” said Ann Lee, the mayor of Oxbow.", id="a")
        assert bank.add(article).claims >= 1
        assert bank.claims("a") == extractor.extract(article)
        assert bank.add(article).status == "unchanged"
        assert bank.verify().ok


def test_every_claim_type_of_offset_is_lossless(bank):
    text = "a 🎉 b " * 50
    article = Article(text=text)
    claims = tuple(
        Claim.build(article, content=[Span(n, n + 3), Span(n + 5, n + 9)], cue=[Span(n + 3, n + 4)], speaker=None)
        for n in range(0, 200, 7)
    )
    bank.add(article, claims)
    assert bank.claims(article.id) == claims


def test_processes_read_for_a_bank_what_one_would(extractor):
    articles = [
        Article(text=f"“We are ready,” said {name}, the mayor of Oxbow.", id=name) for name in ("Ann Lee", "Bo Diaz")
    ]
    with ClaimBank(":memory:", extractor=extractor) as bank:
        seen = []
        totals = bank.add_many(articles, workers=2, progress=seen.append)
        assert (totals.new, [a.article_id for a in seen]) == (2, ["Ann Lee", "Bo Diaz"])
        assert [bank.claims(a.id) for a in articles] == [extractor.extract(a) for a in articles]
        assert bank.add_many(articles, workers=2).unchanged == 2
        assert bank.verify().ok


def test_articles_that_come_quickly_are_reported_in_order_once_they_are_written(tmp_path):
    path = tmp_path / "claims.db"
    given = [report(f"“Number {n} is up,”", id=str(n)) for n in range(200)]
    with ClaimBank(path) as bank, ClaimBank(path, read_only=True) as other:
        seen = []

        def told(added):
            assert other.claims(added.article_id)  # another connection has it, so that it is committed
            seen.append(added.article_id)

        assert bank.add_many([*given, given[3]], progress=told).unchanged == 1
        assert seen == [str(n) for n in range(200)] + ["3"]


def test_an_article_that_cannot_be_written_leaves_those_before_it(bank, monkeypatch):
    from quotebank.bank import storing

    resolve = storing.resolve

    def fail(connection, speakers, known, text):
        if any(s.name == "Bo Diaz" for s in speakers):
            raise sqlite3.DataError("string or blob too big")
        return resolve(connection, speakers, known, text)

    monkeypatch.setattr(storing, "resolve", fail)
    given = [
        report("“One is up,”", id="one"),
        report("“Two is up,”", "Bo Diaz", id="two"),
        report("“Three,”", id="three"),
    ]
    seen = []
    with pytest.raises(BankError, match="too big"):
        bank.add_many(given, progress=lambda added: seen.append(added.article_id))
    assert seen == ["one"] == list(bank.articles())
    assert bank.verify().ok


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("UPDATE articles SET text = replace(text, 'roof', 'wall')", "its text is not the one that was added"),
        ("UPDATE claims SET force = 'denial'", "its columns and its record differ: claims.force"),
        ("UPDATE claims SET speaker_name = 'Bo'", "its columns and its record differ: claims.speaker_name"),
        ("UPDATE claims SET confidence = 0.5", "its columns and its record differ: claims.confidence"),
        ("UPDATE records SET record = '{'", "a claim's record cannot be read"),
        ("UPDATE articles SET published = 'soon'", "cannot be read"),
        ("UPDATE articles SET publisher = 'Wire'", "its title, publisher, day, address or version"),
        ("UPDATE records SET record = replace(record, '\"confidence\":1.0', '\"confidence\":0.9')", "as added"),
        ("UPDATE speakers SET type = 'ship'", "speakers.type is no type of speaker"),
        ("UPDATE speaker_names SET family = x'ff00'", "speaker_names.family holds what is of another type"),
        ("UPDATE claims SET organization = 7.5", "claims.organization"),
    ],
)
def test_damage_is_a_finding(tmp_path, damage, finding):
    path = tmp_path / "claims.db"
    with ClaimBank(path) as bank:
        filled(bank, report("“The roof is safe,”", id="a"))
    with sqlite3.connect(path) as file:
        file.execute(damage)
    file.close()
    with ClaimBank(path) as bank:
        found = bank.verify()
    assert any(finding in problem for problem in found.problems), found.problems


def test_a_damaged_record_is_told_in_a_word(tmp_path):
    path = tmp_path / "claims.db"
    with ClaimBank(path) as bank:
        filled(bank, report("“The roof is safe,”", id="a"))
    with sqlite3.connect(path) as file:
        file.execute("UPDATE records SET record = '{'")
    file.close()
    with ClaimBank(path) as bank, pytest.raises(BankError, match="damaged; `quotebank verify` says which"):
        bank.search("roof")
