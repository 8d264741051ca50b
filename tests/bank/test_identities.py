"""Speakers across articles: one row for one person, and what a hand decides about it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank import ArgumentValueError, Article, Claim, ClaimBank, NotInBankError, Span, Speaker
from quotebank.comparing.same_speaker import _parts, _plain_parts
from tests.bank.reports import filled, report, stated


@pytest.fixture
def bank():
    with ClaimBank(":memory:") as opened:
        yield opened


def said(name, n, **options):
    return report(f"“Number {n} is up,”", name, id=str(n), **options)


def everyone(bank):
    return sorted((p.name, p.articles) for p in bank.speakers())


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["Ann Lee", "Ann Lee", "Gov. Ann Lee"], 1),
        (["Ann Lee", "Annabel Lee"], 2),
        (["Dmitri Trenin", "D. Trenin", "Dmitri V. Trenin"], 1),
        (["D. Trenin", "Dmitri Trenin"], 1),
        (["Dmitri Trenin", "Vera Trenin", "D. Trenin"], 2),
        (["John Smith", "Jane Smith", "J. Smith"], 3),  # whose initial it is, nobody says
        (["George W. Bush", "George H. W. Bush", "George Bush"], 3),
        (["Donald Trump", "Donald Trump Jr."], 2),
        (["Bill Clinton", "William Clinton"], 1),
        (["Ann Lee", "Lee"], 2),  # a last name alone is no proof
        (["José Álvarez", "Jose Alvarez"], 1),
        (["习近平", "习近平"], 1),
        (["Robert Kilroy-Silk", "Robert Kilroy Silk", "R. Kilroy-Silk"], 1),
        (["Bashar al-Assad", "Bashar Al-Assad", "Bashar Hafez al-Assad", "Bashar Assad"], 1),
        (["Kim Jong-un", "Kim Jong Un"], 1),
        (['William "Mo" Cowan', "William Cowan", "William ‘Mo’ Cowan"], 1),
        (["Ann Lee-Diaz", "Bo Lee-Diaz"], 2),
        (["Valéry Giscard d'Estaing", "Valery Giscard d’Estaing"], 1),
    ],
)
def test_names_of_one_person_and_of_several(bank, names, people):
    filled(bank, *(said(name, n) for n, name in enumerate(names)))
    assert len(bank.speakers()) == people
    assert bank.verify().ok


def test_a_last_name_needs_its_role_or_affiliation(bank):
    filled(
        bank,
        said("Ann Lee", 1, role="mayor", affiliation="Oxbow"),
        said("Lee", 2, role="the mayor"),
        said("Lee", 3, role="mayor", affiliation="Brindle"),
        said("Lee", 4),
    )
    assert everyone(bank) == [("Ann Lee", 2), ("Lee", 2)]


def test_who_has_no_name_is_nobody(bank):
    filled(bank, *(said(name, n) for n, name in enumerate(["two officials", "he", "the ministry", None])))
    article, _ = report("“We,”", "Marchers", id="g")
    bank.add(article, [stated(article, "“We,”", Speaker(name="Marchers", type="group"))])
    assert bank.speakers() == ()
    assert len(bank.search(speaker="officials")) == 1


def _speaks(bank, n, name, type_, organization=None):
    article = Article(text=f"“We agree, {n}” they said.", id=f"s{n}")
    speaker = Speaker(name=name, type=type_, organization=organization)
    bank.add(article, [stated(article, f"“We agree, {n}”", speaker)])


def test_a_party_is_one_under_all_names_of_it(bank):
    for n, (name, type_) in enumerate(
        [("Tories", "organization"), ("the Conservatives", "group"), ("Conservative Party", "organization"),
         ("Young Conservatives", "organization"), ("conservatives", "group")]
    ):  # fmt: skip
        _speaks(bank, n, name, type_)
    assert everyone(bank) == [("Conservative Party", 3), ("Young Conservatives", 1)]
    assert bank.check("We agree, 1", "Tory Party").verdict == "said"
    assert bank.check("We agree, 0", "Labour").verdict == "misattributed"


def test_a_body_is_one_under_the_name_that_the_registry_has(bank):
    for n, (name, known) in enumerate(
        [("UN", "United Nations"), ("United Nations", "United Nations"), ("U.S.", None), ("USA Today", None)]
    ):
        _speaks(bank, n, name, "organization", known)
    assert everyone(bank) == [("U.S.", 1), ("USA Today", 1), ("United Nations", 2)]
    assert bank.verify().ok


def test_two_of_one_bare_last_name_are_two_where_their_roles_are_unlike(bank):
    filled(bank, said("Stone", 1, role="farmer"), said("Stone", 2, role="judge"), said("Stone", 3, role="dairy farmer"))
    assert everyone(bank) == [("Stone", 1), ("Stone", 2)]
    with pytest.raises(NotInBankError, match="2 speakers"):
        bank.timeline("Stone")


def test_a_short_first_name_needs_no_other_role(bank):
    filled(
        bank,
        said("Charles Simms", 1, role="clerk"),
        said("Charlie Simms", 2, role="singer"),
        said("Bill Hart", 3),
        said("William Hart", 4),
    )
    assert [name for name, _ in everyone(bank)] == ["Charles Simms", "Charlie Simms", "William Hart"]


def test_a_pronoun_is_nobody(bank):
    filled(bank, said("He", 1), said("She", 2), said("We", 3))
    assert bank.speakers() == ()


def test_who_is_only_described_may_be_who_is_asked_for(bank):
    _speaks(bank, 1, "the firm", "organization")
    _speaks(bank, 2, "Acme Corp", "organization", "Acme Corp")
    check = bank.check("We agree, 1", "Acme Corp")
    assert check.verdict == "not found"
    assert "gives them to “the firm” and names no one" in check.explanation


def test_organizations_are_known_by_name(bank):
    for n, name in enumerate(["the Relief Fund", "Relief Fund", "Relief Board"]):
        article = Article(text=f"“We help, {n}” it said.", id=str(n))
        bank.add(article, [stated(article, f"“We help, {n}”", Speaker(name=name, type="organization"))])
    assert sorted(p.articles for p in bank.speakers()) == [1, 2]


def test_two_people_of_one_name_in_one_article_are_kept_apart(bank):
    article = Article(
        text="“One,” said John Smith, mayor of Oxbow. “Two,” said John Smith, a goalkeeper of Dynamo.", id="x"
    )
    mayor = Speaker(name="John Smith", role="mayor", affiliation="Oxbow")
    keeper = Speaker(name="John Smith", role="goalkeeper", affiliation="Dynamo")
    bank.add(article, [stated(article, "“One,”", mayor), stated(article, "“Two,”", keeper)])
    assert everyone(bank) == [("John Smith", 1), ("John Smith", 1)]
    filled(bank, said("John Smith", 1, role="mayor"), said("John Smith", 2, affiliation="FC Dynamo"))
    by_role = {p.roles[0].text: p.articles for p in bank.speakers()}
    assert by_role == {"mayor": 2, "goalkeeper": 2}
    with pytest.raises(NotInBankError, match="2 speakers"):
        bank.timeline("John Smith")


TOMATOES = (
    "Growers along the river lost half of their tomatoes when hail tore through the valley on Sunday. Packing sheds stood "
    "idle, pickers were sent home, and supermarkets raised the price of a tray. Insurance covers seedlings, not the "
    "irrigation pipes or the netting, which must be replaced before the autumn planting. Freight costs have doubled."
)
CRATERS = (
    "Rocks from a lunar crater are younger than astronomers believed, a study of samples has shown. The isotopes of argon "
    "date the impact to three billion years, when the mantle still melted. A spacecraft photographed the rim in orbit, "
    "and geologists compared its basalt with meteorites that a telescope had traced to the same asteroid belt."
)


def in_article(text, n, name="James Dow", **described):
    article = Article(text=f"{text} “Number {n} is up,” said {name}.", id=str(n))
    return article, (stated(article, f"“Number {n} is up,”", Speaker(name=name, **described)),)


def by_articles(bank):
    return {frozenset(a.article.id for a in bank.timeline(p)) for p in bank.speakers()}


def test_two_of_one_name_with_other_employers_and_other_subjects_are_two(bank):
    grower, geologist = {"affiliation": "Dow Exports"}, {"role": "professor", "affiliation": "Brindle University"}
    filled(bank, in_article(TOMATOES, 1, **grower), in_article(CRATERS, 2, **geologist))
    assert by_articles(bank) == {frozenset("1"), frozenset("2")}
    filled(bank, in_article(TOMATOES[:200], 3), in_article(CRATERS[100:], 4), in_article(CRATERS, 5, role="professor"))
    assert by_articles(bank) == {frozenset("13"), frozenset("245")}
    assert bank.verify().ok


def test_an_employer_is_changed_within_a_subject(bank):
    filled(bank, in_article(CRATERS, 1, affiliation="Oxbow Observatory"))
    filled(bank, in_article(CRATERS[50:], 2, role="professor", affiliation="Brindle University"))
    assert by_articles(bank) == {frozenset("12")}


def test_who_is_well_known_speaks_on_any_subject(bank):
    filled(bank, *(in_article(CRATERS, n, role="minister", affiliation="Reform Party") for n in range(5)))
    filled(bank, in_article(TOMATOES, 5, role="guest", affiliation="Dow Exports"))
    assert by_articles(bank) == {frozenset("012345")}


def test_one_body_under_two_names_is_no_other_employer(bank):
    for n, (text, named) in enumerate([(TOMATOES, "R-Ohio"), (CRATERS, "Republican")]):
        filled(bank, in_article(text, n, affiliation=named, organization="Republican Party"))
    assert by_articles(bank) == {frozenset("01")}


def test_within_an_article_a_last_name_is_its_bearer(bank):
    article = Article(text="“One,” said Ann Lee. “Two,” said Lee. “Three,” said Lee.", id="x")
    bank.add(article, [stated(article, "“One,”", "Ann Lee"), stated(article, "“Two,”", "Lee")])
    assert everyone(bank) == [("Ann Lee", 1)]
    assert bank.speaker("Lee").names == ("Ann Lee", "Lee")


def test_a_profile_says_which_article_says_so(bank):
    filled(
        bank,
        said("A. Lee", 2, role="senator", affiliation="Senate", published="2026-05-01"),
        said("Ann Lee", 1, role="mayor", affiliation="Oxbow", published="2025-05-01", publisher="Herald"),
    )
    (profile,) = bank.speakers()
    assert profile.name == "Ann Lee"
    assert set(profile.names) == {"A. Lee", "Ann Lee"}
    assert [(s.text, s.article.id) for s in profile.roles] == [("mayor", "1"), ("senator", "2")]
    assert [(s.text, s.article.publisher) for s in profile.affiliations] == [("Oxbow", "Herald"), ("Senate", None)]
    assert (str(profile.first), str(profile.last), profile.claims) == ("2025-05-01", "2026-05-01", 2)
    assert [a.article.id for a in bank.timeline("Ann Lee")] == ["1", "2"]


def test_replacing_an_article_forgets_who_spoke_only_there(bank):
    filled(bank, said("Ann Lee", 1), said("Bo Diaz", 2))
    bank.add(bank.article("2"), ())
    assert everyone(bank) == [("Ann Lee", 1)]
    assert bank._writer.execute("SELECT count(*) FROM speaker_names").fetchone() == (1,)
    assert bank.verify().ok


# Decisions


def test_a_merge_holds_for_articles_to_come_and_is_undone(bank):
    filled(bank, said("Ann Lee", 1), said("Annabel Lee", 2))
    decision = bank.merge("Ann Lee", "Annabel Lee")
    assert everyone(bank) == [("Ann Lee", 2)]
    assert bank.speaker("Annabel Lee").id == bank.speaker("Ann Lee").id
    bank.add(*report("“Again,”", "Annabel Lee", id="2"))
    filled(bank, said("Annabel Lee", 3))
    assert everyone(bank) == [("Ann Lee", 3)]
    with pytest.raises(ArgumentValueError):
        bank.merge("Ann Lee", "Annabel Lee")
    assert bank.undo().id == decision.id
    assert everyone(bank) == [("Ann Lee", 1), ("Annabel Lee", 2)]
    with pytest.raises(NotInBankError, match="no decision"):
        bank.undo()
    assert [d.undone is None for d in bank.decisions()] == [False]
    assert bank.verify().ok


def test_merges_are_undone_in_any_order(bank):
    filled(bank, said("Ann Lee", 1), said("Bo Lee", 2), said("Cy Lee", 3))
    first = bank.merge("Ann Lee", "Bo Lee")
    second = bank.merge("Cy Lee", "Ann Lee")
    assert everyone(bank) == [("Cy Lee", 3)]
    bank.undo(first)
    assert everyone(bank) == [("Bo Lee", 1), ("Cy Lee", 2)]
    bank.undo(second.id)
    assert everyone(bank) == [("Ann Lee", 1), ("Bo Lee", 1), ("Cy Lee", 1)]


def test_a_split_by_article_holds_when_it_is_added_again(bank):
    filled(bank, said("John Smith", 1), said("John Smith", 2), said("John Smith", 3))
    decision = bank.split("John Smith", articles=["2"])
    assert everyone(bank) == [("John Smith", 1), ("John Smith", 2)]
    assert bank.speaker(decision.other_id).articles == 1
    bank.add(*report("“Other words,”", "John Smith", id="2"))
    assert bank.speaker(decision.other_id).articles == 1
    assert bank.claims("2")[0] == bank.timeline(decision.other_id)[0].claim
    bank.undo(decision)
    assert everyone(bank) == [("John Smith", 3)]
    assert bank.verify().ok


def test_a_split_by_claim(bank):
    article = Article(text="“One,” said John Smith. “Two,” said John Smith.", id="x")
    claims = [stated(article, "“One,”", "John Smith"), stated(article, "“Two,”", "John Smith")]
    bank.add(article, claims)
    decision = bank.split("John Smith", claims=[claims[1]])
    assert [a.claim for a in bank.timeline(decision.other_id)] == [claims[1]]
    bank.add(article, claims, version="newer")
    assert [a.claim for a in bank.timeline(decision.other_id)] == [claims[1]]
    with pytest.raises(ArgumentValueError, match="nobody would be left"):
        bank.split(decision.speaker_id, articles=["x"])
    with pytest.raises(NotInBankError):
        bank.split(decision.speaker_id, articles=["y"])
    with pytest.raises(ArgumentValueError, match="both are empty"):
        bank.split(decision.speaker_id)
    bank.undo()
    assert len(bank.timeline("John Smith")) == 2


def test_many_undescribed_people_of_one_name_stay_few(bank):
    filled(bank, said("Donald J. Trump", 1), said("Donald Trump", 2), said("Donald M. Trump", 3))
    before = len(bank.speakers())
    filled(bank, *(said("Donald Trump", n) for n in range(4, 10)))
    assert len(bank.speakers()) == before


def test_speakers_come_in_pages(bank):
    filled(bank, *(said(name, n) for n, name in enumerate(["Ann Lee", "Bo Diaz", "Ann Lee", "Cy Ott"])))
    everyone = bank.speakers()
    assert [p.name for p in everyone] == ["Ann Lee", "Bo Diaz", "Cy Ott"]
    assert bank.speakers(limit=2) == everyone[:2]
    assert bank.speakers(limit=2, offset=2) == everyone[2:]
    assert bank.speakers("Lee", limit=1) == everyone[:1]


def test_the_registry_s_name_of_an_affiliation_is_kept_and_found(bank):
    article = Article(text="“The sea is rising,” Ann Lee of the weather office said.", id="a")
    speaker = Speaker(name="Ann Lee", affiliation="weather office", organization="Met Office", confidence=0.5)
    claim = Claim.build(article, content=[Span(0, 20)], speaker=speaker)
    bank.add(article, [claim])
    assert bank.claims("a") == (claim,)
    for asked in ("met office", "weather"):
        assert [h.claim for h in bank.search(affiliation=asked)] == [claim]
    assert bank.search(affiliation="parliament") == ()


@settings(deadline=None)
@given(
    st.sampled_from(["Ann", "Bo", "Van", "Mary", "St", "Dr", "Sir", "Jo", "Al", "De", "Santa", "Abu", "Lee", "Major"]),
    st.sampled_from(["", "J. ", "Q. ", "X. "]),
    st.sampled_from(["", "Lee", "Castleman", "Jr", "Esq", "Ma", "Do", "Iv", "King", "Bin", "Von", "Phd", "Page"]),
)
def test_plain_names_are_read_as_nameparser_reads_them(first, initial, last):
    name = f"{first} {initial}{last}".strip() if last else first
    found = _plain_parts(name)
    assert found is None or found == _parts(name)


def test_a_name_is_no_fuller_than_those_that_are_left():
    with ClaimBank(":memory:") as bank:
        bank.add(*report("“The first of it,”", "Ann Maria Lee", id="full"))
        bank.add(*report("“The second of it,”", "Ann Lee", id="short"))
        assert [(p.name, set(p.names)) for p in bank.speakers()] == [("Ann Maria Lee", {"Ann Maria Lee", "Ann Lee"})]
        article, _ = report("“The first of it,”", "Ann Maria Lee", id="full")
        bank.add(article, ())
        assert [(p.name, p.names) for p in bank.speakers()] == [("Ann Lee", ("Ann Lee",))]
        assert bank.verify().ok
