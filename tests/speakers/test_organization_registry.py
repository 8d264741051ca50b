"""Organizations: looked up by their names and no others, read from CSV or refused."""

import csv
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotebank import AffiliationRegistry, Organization, QuotebankError, RegistryError
from quotebank.errors import ArgumentTypeError, ArgumentValueError, SourceError
from quotebank.speakers.organization_names import name_key
from quotebank.speakers.organization_registry import ORGANIZATION_KINDS
from tests.made_texts import growth, texts

HEADER = "name,aliases,kind,wikidata\n"
SHIPPED = AffiliationRegistry.default()

NAME_WORDS = ["Harbor", "harbor", "Pier", "Institute", "of", "the", "The", "Ltd.", "H.P.I.", "HPI", "Reyes's", "(HPI)", "&", "–", "É", "1", ","]  # fmt: skip
names = st.one_of(
    st.lists(st.sampled_from(NAME_WORDS), min_size=1, max_size=5).map(" ".join),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(lambda t: t.replace("|", "")),
).filter(lambda t: any(c.isalnum() for c in t) and t == t.strip())
organizations = st.builds(
    Organization,
    name=names,
    aliases=st.lists(names, max_size=3).map(tuple),
    kind=st.sampled_from(ORGANIZATION_KINDS),
    wikidata=st.one_of(st.none(), st.integers(1, 10**9).map("Q{}".format)),
)


@st.composite
def registries(draw: st.DrawFn) -> AffiliationRegistry:
    """Organizations of which no two claim one name."""
    kept, claimed = [], set()
    for organization in draw(st.lists(organizations, max_size=6)):
        keys = {name_key(name) for name in organization.names}
        if not keys & claimed:
            claimed |= keys
            kept.append(organization)
    return AffiliationRegistry(kept)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "ours.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def name_of(text: str) -> str | None:
    found = SHIPPED.lookup(text)
    return found and found.name


class TestLookup:
    @given(registries())
    def test_every_name_and_alias_finds_its_organization(self, registry):
        for organization in registry:
            assert all(registry.lookup(name) is organization for name in organization.names)

    @given(registries(), texts)
    def test_any_text_is_looked_up(self, registry, text):
        for known in (registry, SHIPPED):
            found = known.lookup(text)
            assert found is None or found in list(known)

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("the United Nations", "United Nations"),
            ("The U.N.", "United Nations"),
            ("UN", "United Nations"),
            ("the United Nations’", "United Nations"),
            ("the  United\u00a0Nations,", "United Nations"),
            ("“the United Nations”", "United Nations"),
            ("UNITED NATIONS", "United Nations"),
            ("World Health Organisation", "World Health Organization"),
            ("the World Health Organization (WHO)", "World Health Organization"),
            ("the world health organization", "World Health Organization"),
            ("the Brookings Institution (Brookings)", "Brookings Institution"),
            ("the F.B.I.’s", "Federal Bureau of Investigation"),
            ("A.F.L.–C.I.O.", "AFL-CIO"),
            ("Moody’s", "Moody's"),
            ("Moody's'", "Moody's"),
            ("Boeing Co.", "Boeing"),
            ("JPMorgan Chase & Co.", "JPMorgan Chase"),
            ("HM Revenue & Customs", "HM Revenue and Customs"),
            ("University of California Berkeley", "University of California, Berkeley"),
            ("the U.S. Air Force", "US Air Force"),
            ("Russia’s Defense Ministry", "Ministry of Defence of Russia"),
            ("the Washington Institute", "Washington Institute for Near East Policy"),
            ("Bank Of England", "Bank of England"),
            ("The Economist", "The Economist"),
            ("the Guardian", "The Guardian"),
            ("the Brookings", "Brookings Institution"),
            ("GOP", "Republican Party"),
            ("the Kremlin", "Kremlin"),
        ],
    )
    def test_forms_of_one_name(self, text, name):
        assert name_of(text) == name

    @pytest.mark.parametrize(
        "text",
        [
            "", " ", "the", "The ", "'", "()", "( )", ".", "\ud800", "Washington", "Moscow", "State", "the State", "House",
            "the Times", "Times", "The Telegraph", "Congress", "the Senate", "the Supreme Court", "Parliament", "Labour",
            "the Labour Party", "the Conservative Party", "the Ministry of Defence", "the Foreign Ministry", "the Treasury",
            "the Institute", "the Center", "the Post", "who", "Who", "un", "us", "US", "the economist", "an economist",
            "home office", "a white house", "apple", "the atlantic", "the Atlantic", "time", "Time", "Carnegie",
            "Carnegie Hall", "law and justice", "Democratic Party (Japan)", "the Democratic Party of Japan", "the UN in Geneva",
            "United Nations and NATO", "former FBI", "Harbor Institute (WHO)", "ABC News", "Bank of", "Inc.",
            "Unitd Nations", "University of Ohio", "National Institute", "IEA", "ICC", "Fox",
        ],
    )  # fmt: skip
    def test_no_guess(self, text):
        assert name_of(text) is None

    def test_one_that_differs_in_case_alone_is_known_by_its_own_case(self):
        registry = AffiliationRegistry([Organization(name="Open Door Fund"), Organization(name="OPEN Door Fund")])
        assert registry.lookup("the OPEN Door Fund").name == "OPEN Door Fund"
        assert registry.lookup("open door fund") is None

    @pytest.mark.parametrize("bad", [None, 1, b"WHO", ["WHO"]])
    def test_text_is_a_str(self, bad):
        with pytest.raises(ArgumentTypeError, match="text must be a str"):
            SHIPPED.lookup(bad)

    @pytest.mark.parametrize("piece", ["a.", "U.N. ", " (", "the ", "'s", ",", ", ", "\u00a0", "“", "A-"])
    def test_time_grows_with_the_text_alone(self, piece):
        assert growth(SHIPPED.lookup, lambda n: piece * n, 8_000, limit=0.05) < 24


class TestShippedList:
    def test_size_and_cache(self):
        assert 250 <= len(SHIPPED) <= 350
        assert AffiliationRegistry.default() is SHIPPED
        assert repr(SHIPPED) == f"AffiliationRegistry({len(SHIPPED)} organizations)"

    def test_every_name_finds_its_organization(self):
        for organization in SHIPPED:
            plain = [n for n in organization.names if not n.startswith("The ") and not n.endswith((")", "'s"))]
            assert all(SHIPPED.lookup(name) is organization for name in organization.names)
            assert all(SHIPPED.lookup(f"the {name}’s") is organization for name in plain)

    def test_an_id_belongs_to_one(self):
        ids = [organization.wikidata for organization in SHIPPED if organization.wikidata]
        assert len(ids) == len(set(ids)) > 100

    def test_every_kind_is_used(self):
        assert {organization.kind for organization in SHIPPED} == set(ORGANIZATION_KINDS)

    def test_no_alias_repeats_another_form_of_a_name(self):
        for organization in SHIPPED:
            keys = [name_key(name) for name in organization.names]
            assert len(keys) == len(set(keys)), organization

    def test_source_date_and_licence_stand_at_the_top(self):
        import quotebank

        text = (Path(quotebank.__file__).parent / "speakers" / "organization_registry.csv").read_text(encoding="utf8")
        head = text[: text.index("name,aliases")]
        assert all(line.startswith("# ") for line in head.splitlines())
        assert all(word in head for word in ("Source:", "Date:", "Licence:"))


class TestOrganization:
    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"name": ""}, "name must have a letter"),
            ({"name": " –"}, "name must have a letter"),
            ({"aliases": ("HPI", "")}, "aliases must have a letter"),
            ({"kind": "thinktank"}, "kind must be one of think tank, .*got 'thinktank'.*other"),
            ({"kind": None}, "kind must be one of"),
            ({"wikidata": "1065"}, "such as 'Q1065'"),
            ({"wikidata": "Q0"}, "such as 'Q1065'"),
            ({"wikidata": "Q1\n"}, "such as 'Q1065'"),
            ({"wikidata": ""}, "leave it empty"),
        ],
    )
    def test_a_value_that_cannot_be(self, changes, message):
        with pytest.raises(ArgumentValueError, match=message):
            Organization(**({"name": "Harbor Institute"} | changes))

    @pytest.mark.parametrize("changes", [{"name": None}, {"aliases": "HPI"}, {"aliases": (1,)}, {"wikidata": 1065}])
    def test_a_type_that_cannot_be(self, changes):
        with pytest.raises(ArgumentTypeError, match=next(iter(changes))):
            Organization(**({"name": "Harbor Institute"} | changes))


class TestRegistry:
    def test_a_name_claimed_twice(self):
        with pytest.raises(
            RegistryError, match=r"'The H\.P\.I\.' of 'Hill Party' is already a name of 'Harbor Institute'"
        ):
            AffiliationRegistry(
                [
                    Organization(name="Harbor Institute", aliases=("HPI",)),
                    Organization(name="Hill Party", aliases=("The H.P.I.",)),
                ]
            )

    @pytest.mark.parametrize("bad", ["HPI", None, 3, ["HPI"], [None]])
    def test_only_organizations(self, bad):
        with pytest.raises(ArgumentTypeError, match="organizations must"):
            AffiliationRegistry(bad)

    @given(registries(), registries())
    def test_an_extension_wins(self, ours, theirs):
        both = ours.extended(theirs)
        assert list(both)[len(both) - len(theirs) :] == list(theirs)
        for organization in theirs:
            assert all(both.lookup(name) is organization for name in organization.names)
        claimed = {name_key(name) for organization in theirs for name in organization.names}
        for organization in ours:
            free = [name for name in organization.names if name_key(name) not in claimed]
            if organization.name in free:
                assert all(both.lookup(name).name == organization.name for name in free)

    def test_a_row_of_ours_replaces_the_shipped_one(self):
        ours = AffiliationRegistry([Organization(name="WHO", aliases=("World Health Organization",), kind="other")])
        both = SHIPPED.extended(ours)
        assert both.lookup("the World Health Organisation").kind == "other"
        assert len(both) == len(SHIPPED)
        assert SHIPPED.lookup("WHO").kind == "international"

    def test_an_alias_is_left_to_the_extension(self):
        both = SHIPPED.extended(AffiliationRegistry([Organization(name="Harvard", kind="other")]))
        assert both.lookup("Harvard").kind == "other"
        assert both.lookup("Harvard University").aliases == ()
        assert both.lookup("Harvard University").wikidata == "Q13371"

    def test_an_extension_is_a_registry(self):
        with pytest.raises(ArgumentTypeError, match="other must be an AffiliationRegistry"):
            SHIPPED.extended([Organization(name="Harbor Institute")])

    def test_it_goes_to_other_processes(self):
        again = pickle.loads(pickle.dumps(SHIPPED))
        assert list(again) == list(SHIPPED)
        assert again.lookup("the U.N.").name == "United Nations"


class TestCsv:
    @given(registries(), st.sampled_from(["utf-8", "utf-8-sig"]), st.sampled_from(["\n", "\r\n"]))
    def test_round_trip(self, tmp_path_factory, registry, encoding, ending):
        path = tmp_path_factory.getbasetemp() / "round.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            file.write(f"# our own, 2026{ending}")
            rows = csv.writer(file, lineterminator=ending)
            rows.writerow(["name", "aliases", "kind", "wikidata"])
            rows.writerows([o.name, "|".join(o.aliases), o.kind, o.wikidata or ""] for o in registry)
        assert list(AffiliationRegistry.from_csv(path)) == list(registry)

    def test_what_people_write(self, tmp_path):
        text = (
            "# ours, “2026”\n\n Kind ,wikidata,NAME,aliases,note\r\n"
            'Think Tank,,"Harbor, Pier & Co",HPI | H. Pier ||,x\n,,,,\n\nother,Q5,"Two\nLines",,'
        )
        registry = AffiliationRegistry.from_csv(str(written(tmp_path, text)))
        assert [(o.name, o.aliases, o.kind, o.wikidata) for o in registry] == [
            ("Harbor, Pier & Co", ("HPI", "H. Pier"), "think tank", None),
            ("Two\nLines", (), "other", "Q5"),
        ]
        assert registry.lookup("two lines") is None
        assert registry.lookup("Two Lines").wikidata == "Q5"

    def test_an_empty_list(self, tmp_path):
        assert list(AffiliationRegistry.from_csv(written(tmp_path, HEADER))) == []

    @pytest.mark.parametrize(
        ("text", "line", "message"),
        [
            ("", 1, "no header; begin the file with the line name,aliases,kind,wikidata"),
            ("# only a comment\n", 1, "no header"),
            ("# ours\nname,aliases,kind\n", 2, "no column wikidata; the header must be name,aliases,kind,wikidata"),
            ("name;aliases;kind;wikidata\n", 1, "no column name and no aliases .*with commas"),
            ("name,name,aliases,kind,wikidata\n", 1, "two columns name; remove one"),
            (HEADER + "A,,other\n", 2, "3 cells under 4 columns; leave a cell empty"),
            (HEADER + "A,,other,,\n", 2, "5 cells under 4 columns"),
            (HEADER + "A, B,,other,\n", 2, "5 cells .* double quotes"),
            (HEADER + "A,,other,\n\n,B,other,\n", 4, "name must have a letter or a digit; got ''"),
            (HEADER + "A,-|B,other,\n", 2, "aliases must have a letter or a digit; got '-'"),
            (HEADER + "A,,thinktank,\n", 2, "kind must be one of .*got 'thinktank': write 'other'"),
            (HEADER + "A,,,\n", 2, "kind must be one of .*got ''"),
            (HEADER + "A,,other,1065\n", 2, "wikidata must be an id such as 'Q1065'; got '1065'"),
            (HEADER + "A,X,other,\nB,,other,\nC,the X,other,\n", 4, "'the X' of 'C' is already a name of 'A' .*line 2.*leave"),
            (HEADER + "A,,other,\nA,,other,\n", 3, "'A' of 'A' is already a name of 'A'"),
            (HEADER + '"A\nB",,other,\nC,,x,\n', 4, "kind"),
            (HEADER + 'A,,other,\n"B,,other,\nC,,other,\n', 3, "unexpected end of data; put a cell"),
            (HEADER + 'A,,other,\n"B" C,,other,\n', 3, ".*expected after.*double quotes"),
            (HEADER.encode() + b"A,,other,\nCaf\xe9,,other,\n", 3, "byte 0xe9 is not UTF-8; save the file as UTF-8"),
            (HEADER.encode("utf-16"), 1, "byte 0xff is not UTF-8"),
            (HEADER.encode("utf-16-le"), 1, "no column name"),
        ],
    )  # fmt: skip
    def test_a_bad_file(self, tmp_path, text, line, message):
        path = written(tmp_path, text)
        with pytest.raises(RegistryError, match=f"(?s){line}.*: {message}") as caught:
            AffiliationRegistry.from_csv(path)
        assert str(caught.value).startswith(f"{path}, line {line}: ")
        assert isinstance(caught.value, QuotebankError)
        assert isinstance(caught.value, ValueError)

    @given(st.binary(max_size=80) | texts.map(lambda t: (HEADER + t).encode("utf-8", "replace")))
    def test_any_bytes_are_read_or_refused(self, tmp_path_factory, data):
        path = tmp_path_factory.getbasetemp() / "any.csv"
        path.write_bytes(data)
        try:
            AffiliationRegistry.from_csv(path)
        except RegistryError as error:
            assert str(error).startswith(f"{path}, line ")  # noqa: PT017 - either outcome is right

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(SourceError, match=r"cannot read .*none\.csv: No such file"):
            AffiliationRegistry.from_csv(tmp_path / "none.csv")
        with pytest.raises(SourceError, match="cannot read"):
            AffiliationRegistry.from_csv(tmp_path)
