"""Claims out: each format against its own schema or another's reader, on the example articles and on generated ones."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import xml.etree.ElementTree as ET

import attrs
import jsonschema
import msgspec_schemaorg.models as schema_org_models
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotebank
from quotebank import testing
from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, MissingExtraError
from quotebank.formats import brat, csv_table, json_lines, json_schema, label_studio, linked_data, writing
from quotebank.formats.parquet import arrow_schema, arrow_table, read_parquet
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span, covered
from tests.gold_readings import COLLECTION, example_readings

CLAIM_SCHEMA = jsonschema.Draft202012Validator(json_schema.shipped_schema())
COLLECTION_SCHEMA = jsonschema.Draft202012Validator(COLLECTION)
TEXT = "😀 “Yes,” said Ana Reyes, the mayor.\r\n“It is open,\r\nand free,” she added. Reyes denied it: “Yes,” again."
ARTICLE = Article(
    text=TEXT,
    id="a 1/ü",
    url="https://news.example/ü?a=1&b=2",
    title="=1+1",
    publisher="@Gazette",
    published="2026-11-22",
)


def span(words: str, at: int = 0) -> Span:
    start = TEXT.index(words, at)
    return Span(start, start + len(words))


YES = Claim.build(
    ARTICLE,
    content=[span("“Yes,”")],
    cue=[span("said")],
    source=[span("Ana Reyes, the mayor")],
    speaker=Speaker(name="Ana Reyes", role="mayor", affiliation="Oxbow", role_spans=[span("mayor")]),
)
OPEN = Claim.build(
    ARTICLE,
    content=[span("“It is open,\r\nand free,”")],
    cue=[span("added")],
    source=[span("she")],
    speaker="Ana Reyes",
)
DENIED = Claim.build(
    ARTICLE, content=[span("it: ")], cue=[span("denied")], force="denial", negated=True, conditional=True
)
CLAIMS = (YES, OPEN, DENIED)


def test_the_formats_are_those_of_the_command_line():
    assert {"jsonl", "csv", "webanno", "schemaorg", "brat", "labelstudio", "parquet"} == set(writing.FORMATS)


def check_read_back(found, reading):
    """Equal claims, each with all that is known of its article."""
    article, claims = reading
    assert list(found) == [(quotebank.Reference.to(article), claim) for claim in claims]


class TestWrite:
    @pytest.mark.parametrize("packing", ["", ".gz", ".bz2", ".xz", ".zst"])
    @pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".csv", ".parquet"])
    def test_what_is_written_is_read_back_with_its_article(self, tmp_path, ending, packing):
        if ending == ".parquet":
            packing = ""  # it is compressed within
        path = tmp_path / f"claims{ending}{packing}"
        quotebank.write([(ARTICLE, CLAIMS), *example_readings()], path)
        found = list(quotebank.read_claims(path, with_article=True))
        expected = [(a, c) for a, claims in [(ARTICLE, CLAIMS), *example_readings()] for c in claims]
        assert found == [(quotebank.Reference.to(a), c) for a, c in expected]
        assert list(quotebank.read_claims(path)) == [c for _, c in expected]
        assert (path.read_bytes()[:2] == b"\x1f\x8b") is (packing == ".gz")

    @pytest.mark.parametrize(
        ("name", "known_by"),
        [
            ("c.jsonld", b"AnnotationCollection"),
            ("c.schema.jsonld", b"schema.org"),
            ("c.labelstudio.json", b"predictions"),
        ],
    )
    def test_every_format_has_a_suffix(self, tmp_path, name, known_by):
        quotebank.write((ARTICLE, CLAIMS), tmp_path / name)
        assert known_by in (tmp_path / name).read_bytes()
        assert set(writing.ENDINGS.values()) == set(writing.FORMATS)

    def test_a_folder_is_brat_s(self, tmp_path):
        quotebank.write((ARTICLE, CLAIMS), tmp_path / "new.brat")
        quotebank.write((ARTICLE, CLAIMS), tmp_path)
        assert (tmp_path / "new.brat" / "annotation.conf").exists()
        assert (tmp_path / "annotation.conf").exists()

    @pytest.mark.parametrize("name", writing.FORMATS)
    def test_every_format_writes_every_example(self, name, tmp_path):
        path = tmp_path / "out"
        expected = sum(len(claims) for _, claims in example_readings())
        assert quotebank.write(example_readings(), path, format=name) == expected
        assert path.stat().st_size > 0

    def test_a_single_pair_a_path_s_suffix_and_an_open_file(self, tmp_path):
        quotebank.write((ARTICLE, CLAIMS), tmp_path / "claims.jsonl")
        buffer = io.BytesIO()
        quotebank.write((ARTICLE, CLAIMS), buffer, format="jsonl")
        assert (tmp_path / "claims.jsonl").read_bytes() == buffer.getvalue()

    def test_json_lines_are_written_as_the_claims_come(self):
        buffer = io.BytesIO()

        def readings():
            for k in range(3):
                assert buffer.getvalue().count(b"\n") == max(0, k - 1) * 3 or buffer.getvalue().count(b"\n") == k * 3
                yield ARTICLE, CLAIMS

        assert writing.write(readings(), buffer, format="jsonl") == 9

    def test_what_cannot_be_written_is_refused(self, tmp_path):
        other = Article(text="other")
        refusals = [
            (ArgumentValueError, "format must be given", {"file": tmp_path / "x.doc"}),
            (ArgumentValueError, "format must be one of", {"file": tmp_path / "x", "format": "xml"}),
            (ArgumentTypeError, "file must be a path", {"file": 3, "format": "csv"}),
            (ArgumentTypeError, "path of a folder", {"file": io.BytesIO(), "format": "brat"}),
            (
                ArgumentValueError,
                "offsets must be one of",
                {"file": tmp_path / "x", "format": "webanno", "offsets": "bytes"},
            ),
            (ArgumentTypeError, "pairs", {"readings": "text", "file": tmp_path / "x.csv"}),
            (ArgumentTypeError, "pairs", {"readings": [ARTICLE], "file": tmp_path / "x.csv"}),
            (ArgumentTypeError, "claims must hold Claim", {"readings": [(ARTICLE, ["a"])], "file": tmp_path / "x.csv"}),
            (ArgumentValueError, "not of article", {"readings": [(other, CLAIMS)], "file": tmp_path / "x.csv"}),
            (
                ArgumentValueError,
                "past the end",
                {"readings": [(attrs.evolve(other, id=ARTICLE.id), CLAIMS)], "file": tmp_path / "x.csv"},
            ),
        ]
        for error, words, arguments in refusals:
            with pytest.raises(error, match=words):
                writing.write(**({"readings": (ARTICLE, CLAIMS)} | arguments))

    def test_a_missing_extra_says_what_to_install(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(MissingExtraError, match=r"quotebank\[arrow\]"):
            writing.write((ARTICLE, CLAIMS), io.BytesIO(), format="parquet")


class TestJsonLines:
    def test_the_shipped_schema_is_the_one_of_the_records(self):
        assert json_schema.shipped_schema() == json_schema.make_schema(), (
            "run: python -m quotebank.formats.json_schema > quotebank/formats/claim.schema.json"
        )
        jsonschema.Draft202012Validator.check_schema(json_schema.shipped_schema())

    def test_the_schema_refuses_what_is_no_claim(self):
        good = json.loads(b"".join(json_lines.jsonl_lines((ARTICLE, [YES]))))
        CLAIM_SCHEMA.validate(good)
        for bad in (
            {"kind": "odd"},
            {"confidence": 2},
            {"content": [{"start": -1, "end": 2}]},
            {"text": None},
            {"id": 3},
        ):
            with pytest.raises(jsonschema.ValidationError):
                CLAIM_SCHEMA.validate(good | bad)

    def test_examples(self):
        for reading in example_readings():
            self.check(reading)

    def check(self, reading):
        lines = b"".join(json_lines.jsonl_lines(reading))
        assert tuple(quotebank.read_claims(io.BytesIO(lines))) == tuple(reading[1])
        check_read_back(quotebank.read_claims(io.BytesIO(lines), with_article=True), reading)
        for line in lines.split(b"\n")[:-1]:
            CLAIM_SCHEMA.validate(json.loads(line))

    def test_a_lone_surrogate_is_named(self):
        article = Article(text="so \ud800 it")
        with pytest.raises(ArgumentValueError, match="lone surrogate"):
            writing.write((article, [Claim.build(article, content=[Span(0, 5)])]), io.BytesIO(), format="jsonl")


class TestCsv:
    def rows(self, readings):
        buffer = io.BytesIO()
        writing.write(readings, buffer, format="csv")
        return list(csv.DictReader(io.StringIO(buffer.getvalue().decode("utf-8-sig"), newline="")))

    def test_examples(self):
        for reading in example_readings():
            self.check(reading)

    def check(self, reading):
        article, claims = reading
        rows = self.rows(reading)
        check_read_back(
            ((csv_table.reference_of_row(row, ""), csv_table.claim_of_row(row, "")) for row in rows), reading
        )
        assert len(rows) == len(claims)
        for row, claim in zip(rows, claims, strict=True):
            spans = [Span(*map(int, place.split("–"))) for place in row["content_at"].split("; ")]
            assert tuple(spans) == claim.content
            text = covered(article.text, spans)
            assert row["text"] in (text, f"'{text}")  # an apostrophe in front: no spreadsheet takes it for a formula
            name = claim.speaker.name if claim.speaker else ""
            assert row["speaker"] in (name, f"'{name}")
            assert float(row["confidence"]) == claim.confidence
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
            for role in ("content", "cue", "source"):
                spans = getattr(claim, role)
                numbers = (row[f"{role}_start"], row[f"{role}_end"])
                assert numbers == ((str(spans[0].start), str(spans[-1].end)) if spans else ("", ""))

    def test_every_field_of_the_records_has_its_column(self):
        columns = set(csv_table.claim_columns())
        assert len(columns) == len(csv_table.claim_columns())
        scalars = {f.name for f in attrs.fields(Claim)} - {"content", "speaker"}
        assert scalars <= columns
        assert {f"speaker_{f.name}" for f in attrs.fields(Speaker)} - columns == {"speaker_name"}

    @given(st.text(alphabet="'=+-@\t\r ax", max_size=6))
    def test_the_guard_against_formulas_is_taken_off_again(self, written):
        made = csv_table.cell(written)
        assert not made.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert csv_table._value(str | None, made) == written

    @pytest.mark.parametrize(
        ("change", "words"),
        [({"content_at": "x"}, "not a claim"), ({"kind": "odd"}, "kind"), ({"confidence": "7"}, "from 0 to 1")],
    )
    def test_a_row_that_is_no_claim_is_named(self, tmp_path, change, words):
        row = csv_table.claim_row(ARTICLE, YES) | change
        (tmp_path / "c.csv").write_bytes(b"".join(csv_table.csv_parts(csv_table.claim_columns(), [row])))
        with pytest.raises(FormatError, match=rf"c\.csv, row 2: .*{words}"):
            list(quotebank.read_claims(tmp_path / "c.csv"))

    def test_what_a_spreadsheet_would_run_is_quoted(self):
        row = self.rows((ARTICLE, [YES]))[0]
        assert row["article_title"] == "'=1+1"
        assert row["article_publisher"] == "'@Gazette"
        assert (row["speaker"], row["speaker_role"], row["negated"]) == ("Ana Reyes", "mayor", "false")


class TestWebAnnotation:
    def test_examples(self):
        for reading in example_readings():
            self.check(reading)

    def check(self, reading):
        article, claims = reading
        made = {offsets: linked_data.web_annotations(reading, offsets=offsets) for offsets in linked_data.OFFSETS}
        encoded = {
            "code points": article.text,
            "utf-16": article.text.encode("utf-16-le"),
            "utf-8": article.text.encode(),
        }
        for offsets, collection in made.items():
            COLLECTION_SCHEMA.validate(collection)
            assert collection["total"] == len(claims)
            for claim, item in zip(claims, collection["first"]["items"], strict=True):
                for piece, target in zip(claim.content, item["target"], strict=True):
                    position, quoted = target["selector"]
                    unit = 2 if offsets == "utf-16" else 1
                    cut = encoded[offsets][position["start"] * unit : position["end"] * unit]
                    words = cut if isinstance(cut, str) else cut.decode("utf-16-le" if unit == 2 else "utf8")
                    assert words == quoted["exact"] == piece.slice(article.text)
                    whole = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
                    at = article.text.find(whole)
                    assert at + len(quoted["prefix"]) == piece.start
                    assert article.text.find(whole, at + 1) < 0

    def test_as_it_reads(self):
        collection = linked_data.web_annotations((ARTICLE, CLAIMS), offsets="utf-16", context=3)
        first = collection["first"]["items"][0]
        assert first["target"][0]["source"] == "https://news.example/%C3%BC?a=1&b=2"
        assert first["target"][0]["selector"][0] == {"type": "TextPositionSelector", "start": 3, "end": 9}
        assert first["target"][0]["selector"][1]["suffix"].startswith(" sa")
        values = [b["value"] for b in first["body"] if b["type"] == "TextualBody"]
        assert values == ["Ana Reyes", "direct", "speech", "statement"]
        assert [b["quotebank:role"] for b in first["body"] if b["type"] == "SpecificResource"] == ["cue", "source"]
        bare = linked_data.web_annotations((Article(text="ab", id="a b"), ()))
        assert bare["total"] == 0

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "ftp://a.example/", "//a.example", "http://", "http://[::1", "not one"]
    )
    def test_only_web_addresses_are_identifiers(self, url):
        assert linked_data.article_iri(attrs.evolve(ARTICLE, url=url)) == "urn:x-quotebank:article:a%201%2F%C3%BC"


class TestSchemaOrg:
    def test_examples(self):
        for reading in example_readings():
            self.check(reading)

    def check(self, reading):
        made = linked_data.schema_org(reading)
        assert made["@context"] == "https://schema.org"
        for node in made["@graph"]:
            self.conforms(node)
        said = [c for c in reading[1] if c.is_statement]
        assert [n["text"] for n in made["@graph"][1:]] == [c.text for c in said]

    def conforms(self, node):
        if set(node) == {"@id"}:
            return
        model = getattr(schema_org_models, node["@type"])
        known = set(model.__struct_encode_fields__)
        assert set(node) - {"@type", "@id"} <= known
        for value in node.values():
            if isinstance(value, dict):
                self.conforms(value)

    def test_no_denial_is_asserted(self):
        graph = linked_data.schema_org((ARTICLE, CLAIMS))["@graph"]
        assert [n["@type"] for n in graph] == ["NewsArticle", "Quotation", "Quotation"]
        assert graph[1]["spokenByCharacter"]["jobTitle"] == "mayor"


# The lines of https://brat.nlplab.org/standoff.html that we write: entities, relations, attributes, notes.
BRAT_LINES = [
    re.compile(pattern, re.M)
    for pattern in (
        r"^T\d+\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t([^\n]*)$",
        r"^R\d+\t[\w-]+ Arg1:T\d+ Arg2:T\d+$",
        r"^A\d+\t\w+ T\d+(?: \S+)?$",
        r"^#\d+\t\w+ T\d+\t[^\n]*$",
    )
]


class TestBrat:
    def test_examples(self):
        for reading in example_readings():
            self.check(reading)
            article, claims = reading
            assert brat.from_brat(article.text, brat.to_brat(*reading), id=article.id)[1] == claims

    def check(self, reading):
        article, claims = reading
        self.text = article.text
        written = brat.to_brat(article, claims)
        assert all(any(form.fullmatch(line) for form in BRAT_LINES) for line in written.split("\n")[:-1])
        entities = BRAT_LINES[0].findall(written)
        for _, places, words in entities:
            pieces = [article.text[slice(*map(int, place.split()))] for place in places.split(";")]
            assert " ".join(pieces).strip() == words.strip()
            assert not any(brat.LINE_END.search(piece) for piece in pieces)
        assert len(re.findall(r"^A\d+\tKind ", written, re.M)) == len([e for e in entities if e[0] == "Content"])
        _, read = brat.from_brat(article.text, written, id=article.id)
        shown = [c for c in claims if c.text.strip()]
        assert sorted(map(self.without_blanks, read), key=repr) == sorted(map(self.without_blanks, shown), key=repr)

    def without_blanks(self, claim):
        """A claim made by hand may have any id and text; what is under no word cannot be an entity."""
        blank = {role: () for role in ("cue", "source") if not covered(self.text, getattr(claim, role)).strip()}
        return attrs.evolve(claim, id="", text="", **blank)

    def test_a_piece_over_a_line_break_is_discontinuous_and_read_as_one(self):
        written = brat.to_brat(ARTICLE, [OPEN])
        start = OPEN.content[0].start
        assert f"T1\tContent {start} {start + 12};{start + 14} {start + 24}\t“It is open, and free,”\n" in written
        assert brat.from_brat(TEXT, written, id=ARTICLE.id) == (Article(text=TEXT, id=ARTICLE.id), (OPEN,))

    def test_every_field_comes_back(self):
        _, read = brat.from_brat(TEXT, brat.to_brat(ARTICLE, CLAIMS), id=ARTICLE.id)
        assert read[:2] == (YES, OPEN)
        assert (read[2].force, read[2].negated, read[2].conditional) == ("denial", True, True)

    def test_files(self, tmp_path):
        clash = attrs.evolve(ARTICLE, id="../../etc/a 1/ü.txt")
        moved = [attrs.evolve(c, article_id=clash.id) for c in CLAIMS]
        writing.write([(ARTICLE, CLAIMS), (clash, moved)], tmp_path / "b", format="brat")
        assert sorted(p.name for p in (tmp_path / "b").iterdir()) == [
            "annotation.conf",
            "ü-2.ann",
            "ü-2.txt",
            "ü.ann",
            "ü.txt",
        ]
        assert (tmp_path / "b" / "ü.txt").read_bytes().decode() == TEXT
        read = list(quotebank.read_articles(tmp_path / "b", format="brat"))
        assert [a.text for a, _ in read] == [TEXT, TEXT]


class TestLabelStudio:
    def check(self, reading):
        (task,) = label_studio.label_studio_tasks(reading)
        config = ET.fromstring(label_studio.LABELLING_CONFIG)
        controls = {node.get("name"): node for node in config if node.get("toName")}
        labels = {name: {n.get("value") for n in node} for name, node in controls.items()}
        relations = {n.get("value") for n in config.find("Relations")}
        regions = {}
        for item in task["predictions"][0]["result"]:
            if item["type"] == "relation":
                assert item["from_id"] in regions
                assert item["to_id"] in regions
                assert set(item["labels"]) <= relations
                continue
            value = item["value"]
            assert item["type"] == controls[item["from_name"]].tag.lower()
            if item["type"] == "labels":
                assert item["id"] not in regions
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            regions[item["id"]] = item
            if item["type"] != "textarea":
                assert set(value[item["type"]]) <= labels[item["from_name"]]
        return task

    def test_examples_and_label_studio_s_own_checks(self):
        tasks = [self.check(reading) for reading in example_readings()]
        sdk = pytest.importorskip(
            "label_studio_sdk.label_interface", reason="label-studio-sdk is heavy; install it to run its own checks"
        )
        interface = sdk.LabelInterface(label_studio.LABELLING_CONFIG)
        for task in tasks:
            assert interface.validate_prediction(task["predictions"][0], return_errors=True) == []


class TestParquet:
    def check(self, reading):
        buffer = io.BytesIO()
        writing.write(reading, buffer, format="parquet")
        buffer.seek(0)
        check_read_back(read_parquet(buffer), reading)

    def test_examples(self, tmp_path):
        readings = example_readings()
        writing.write(readings, tmp_path / "claims.parquet")
        assert tuple(quotebank.read_claims(tmp_path / "claims.parquet")) == tuple(
            c for _, claims in readings for c in claims
        )
        table = pyarrow.parquet.read_table(tmp_path / "claims.parquet")
        assert table.schema.equals(arrow_schema())
        assert str(table.schema.field("content").type).startswith("list<")

    def test_no_claims_keep_their_columns(self):
        assert arrow_table([]).schema == arrow_schema()

    def test_another_file_is_refused(self, tmp_path):
        (tmp_path / "x.parquet").write_bytes(b"no parquet at all")
        with pytest.raises(FormatError, match=r"x\.parquet: not a Parquet file"):
            list(quotebank.read_claims(tmp_path / "x.parquet"))


def check_every_format(reading):
    for checks in (TestJsonLines, TestCsv, TestWebAnnotation, TestSchemaOrg, TestBrat, TestLabelStudio, TestParquet):
        checks().check(reading)


@settings(max_examples=500)
@given(testing.articles())
def test_every_format_on_generated_articles(example):
    check_every_format((example.article, example.claims))


@settings(max_examples=500)
@given(testing.readings())
def test_every_format_on_any_text_with_any_claims(reading):
    check_every_format(reading)
