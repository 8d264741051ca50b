"""Claims in: what others write is read, and what is not in the format is told with file and line."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotebank
from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, SourceError
from quotebank.formats import brat
from tests.gold_readings import gold_reading

# PolNeAR's form, over a text of our own: entities with discontinuous spans, joined by events.
TEXT = "The mayor said the bridge is safe.\nCritics, she added, “know that.”\n"
ANN = (
    "T1\tSource 0 9\tThe mayor\n"
    "T2\tCue 10 14\tsaid\n"
    "T3\tContent 15 33\tthe bridge is safe\n"
    "T4\tAttribution 10 14\tsaid\n"
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    "T5\tContent 35 42;55 66\tCritics “know that.\n"
    "T6\tCue 48 53\tadded\n"
    "T7\tSource 44 47\tshe\n"
    "R1\tsource-of Arg1:T7 Arg2:T6\n"
    "R2\tcue-of Arg1:T6 Arg2:T5\n"
    "T8\tContent 10 33\tsaid the bridge is safe\n"
    "A1\tUnsure T8\n"
    "#1\tAnnotatorNotes T8\tnot sure about this one\n"
    "*\tEquiv T1 T7\n"
)


class TestBrat:
    def test_events_and_relations(self):
        article, claims = brat.from_brat(TEXT, ANN, id="x")
        assert article.text == TEXT
        found = [
            tuple(" ".join(s.slice(TEXT) for s in spans) for spans in (c.source, c.cue, c.content)) for c in claims
        ]
        assert found == [
            ("", "", "said the bridge is safe"),
            ("The mayor", "said", "the bridge is safe"),
            ("she", "added", "Critics “know that."),
        ]
        assert [c.kind for c in claims] == ["indirect", "indirect", "mixed"]

    def test_the_layout_of_polnear(self, tmp_path):
        for folder, suffix, content in (("text", "txt", TEXT), ("attributions", "ann", ANN)):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / f"a.{suffix}").write_bytes(content.encode())
        ((article, claims),) = quotebank.read_articles(tmp_path / "attributions", format="brat")
        assert (article.id, len(claims)) == ("a", 3)
        ((_, again),) = quotebank.read_articles(tmp_path / "attributions" / "a.ann", format="brat")
        assert again == claims

    @pytest.mark.parametrize(
        "line",
        [
            "T1 Content 0 3",
            "T1\tContent",
            "T1\tContent 0",
            "T1\tContent 5 2\tx",
            "T1\tContent 0 999\tx",
            "T1\tContent a b\tx",
            "R1\tx Arg1:T1",
        ],
    )
    def test_a_malformed_line_is_named(self, line):
        with pytest.raises(FormatError, match=r"some\.ann, line 2: not brat standoff"):
            brat.from_brat(TEXT, "T9\tCue 0 3\tThe\n" + line, name="some.ann")

    @given(st.text(alphabet="TREA#*M12 \t\n:;Argxcontent03", max_size=60))
    def test_anything_else_is_a_format_error(self, ann):
        with contextlib.suppress(FormatError):
            brat.from_brat(TEXT, ann)

    def test_attributes_that_no_record_accepts_are_told(self):
        for bad in ("A1\tKind T1 odd", "A1\tAct T1 sung", "#1\tSpeaker T1\t{]", "#1\tConfidence T1\t7"):
            with pytest.raises(FormatError, match="the claim of T1"):
                brat.from_brat(TEXT, f"T1\tContent 0 3\tThe\n{bad}\n")

    def test_what_is_missing_is_told(self, tmp_path):
        with pytest.raises(SourceError, match=r"holds no \.ann"):
            list(quotebank.read_articles(tmp_path, format="brat"))
        (tmp_path / "a.ann").write_text("")
        with pytest.raises(SourceError, match=r"no a\.txt beside it"):
            list(quotebank.read_articles(tmp_path, format="brat"))
        with pytest.raises(ArgumentTypeError, match="annotations must be a str"):
            brat.from_brat("x", b"y")


GDELT = {
    "date": "2026-11-22T02:00:49Z",
    "url": "https://news.example/pier",
    "title": "Pier to open",
    "lang": "ENGLISH",
    "quotes": [
        {"pre": "Ana Reyes, the harbour master, said: ", "quote": "The pier is safe", "post": ". She left early"},
        {"pre": "", "quote": "It opens in May,", "post": " a clerk said"},
        {"pre": "x", "quote": " ", "post": ""},
    ],
}


class TestGdelt:
    @pytest.mark.parametrize(
        ("suffix", "squeeze"), [(".json", bytes), (".json.gz", gzip.compress), (".json.bz2", bz2.compress)]
    )
    def test_a_paragraph_a_quote(self, tmp_path, suffix, squeeze):
        path = tmp_path / f"q{suffix}"
        path.write_bytes(squeeze((json.dumps(GDELT) + "\n\n" + json.dumps({"quotes": []})).encode()))
        (article, claims), (empty, none) = quotebank.read_articles(path, format="gqg")
        assert article.text.startswith(
            "Ana Reyes, the harbour master, said: “The pier is safe”. She left early\n\n“It opens"
        )
        assert [c.text for c in claims] == ["“The pier is safe”", "“It opens in May,”"]
        assert [(c.kind, c.speaker) for c in claims] == [("direct", None)] * 2
        assert (article.url, article.title, article.published.isoformat()) == (
            GDELT["url"],
            "Pier to open",
            "2026-11-22",
        )
        assert (empty.text, none) == ("", ())

    def test_another_s_file_is_told(self, tmp_path):
        path = tmp_path / "q.json"
        path.write_text('{"quotes": []}\n{"title": 3}\n')
        with pytest.raises(FormatError, match=r"q\.json, line 2: not in the format"):
            list(quotebank.read_articles(path, format="gqg"))
        path.with_suffix(".gz").write_bytes(b"not gzip")
        with pytest.raises(SourceError, match=r"q\.gz"):
            list(quotebank.read_articles(path.with_suffix(".gz"), format="gqg"))
        whole = gzip.compress(json.dumps(GDELT).encode())
        path.with_suffix(".gz").write_bytes(whole[:-20])
        with pytest.raises((SourceError, FormatError), match=r"q\.gz"):
            list(quotebank.read_articles(path.with_suffix(".gz"), format="gqg"))


EPFL = {
    "articleID": "2026112200001",
    "date": "2026-11-22 02:00:49",
    "title": "Pier to open",
    "url": "https://news.example/pier",
    "names": [{"name": "Ana Reyes", "offsets": [[0, 2]], "ids": ["Q1"]}],
    "quotations": [
        {
            "quoteID": "2026-11-22-000001",
            "quotation": "The pier is safe.",
            "quotationOffset": 7,
            "leftContext": "Ana Reyes , the harbour master , said :",
            "rightContext": "She left early .",
            "localTopSpeaker": "Ana Reyes",
            "localProbas": [["Ana Reyes", "0.9"], ["None", "0.1"]],
            "globalTopSpeaker": "Someone Else",
        },
        {
            "quotation": "Nobody knows.",
            "leftContext": None,
            "rightContext": "",
            "localTopSpeaker": "None",
            "localProbas": [],
        },
    ],
}


class TestEpfl:
    def read(self, tmp_path, record):
        path = tmp_path / "quotebank-2026.json.bz2"
        path.write_bytes(bz2.compress(json.dumps(record).encode()))
        ((article, claims),) = quotebank.read_articles(path, format="quotebank")
        return article, claims

    def test_from_contexts(self, tmp_path):
        article, claims = self.read(tmp_path, EPFL)
        assert article.id == "2026112200001"
        assert (
            article.text
            == "Ana Reyes , the harbour master , said : “The pier is safe.” She left early .\n\n“Nobody knows.”"
        )
        assert [(c.text, c.speaker and c.speaker.name, c.confidence) for c in claims] == [
            ("“The pier is safe.”", "Ana Reyes", 0.9),
            ("“Nobody knows.”", None, 1.0),
        ]

    def test_in_the_content_where_it_is_there(self, tmp_path):
        text = "“The pier is safe.” So said Ana Reyes. “The pier is safe.”"
        article, claims = self.read(
            tmp_path, EPFL | {"content": text, "quotations": [EPFL["quotations"][0], *EPFL["quotations"]]}
        )
        assert article.text == text
        assert [c.content[0].start for c in claims] == [1, 40]

    def test_probabilities_as_objects_or_nonsense(self, tmp_path):
        for value in ([{"speaker": "a", "proba": 0.5}], [["a", "x"]], [["a"]], [[1, 7]], None):
            _, claims = self.read(tmp_path, EPFL | {"quotations": [EPFL["quotations"][0] | {"localProbas": value}]})
            assert claims[0].confidence == 1.0


class TestClaims:
    def test_fields_of_a_newer_version_are_ignored_and_a_bad_line_is_named(self, tmp_path):
        path = tmp_path / "claims.jsonl"
        quotebank.write(gold_reading("wire"), path)
        first = json.loads(path.read_text(encoding="utf8").splitlines()[0])
        path.write_text(
            "\ufeff" + json.dumps(first | {"mood": "glum"}) + "\n" + json.dumps(first | {"kind": "odd"}),
            encoding="utf8",
        )
        found = quotebank.read_claims(path)
        assert next(found) == gold_reading("wire")[1][0]
        with pytest.raises(FormatError, match=r"claims\.jsonl, line 2: not a claim \(.*kind"):
            next(found)

    def test_a_record_s_own_validators_run(self):
        bad = b'{"id":"a","article_id":"b","kind":"direct","content":[{"start":5,"end":2}],"text":"x"}\n'
        with pytest.raises(FormatError, match="0 <= start < end"):
            list(quotebank.read_claims(io.BytesIO(bad)))

    def test_compressed(self, tmp_path):
        quotebank.write(gold_reading("wire"), tmp_path / "c.jsonl")
        (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress((tmp_path / "c.jsonl").read_bytes()))
        assert tuple(quotebank.read_claims(tmp_path / "c.jsonl.gz")) == gold_reading("wire")[1]

    def test_what_cannot_be_read_is_refused(self, tmp_path):
        with pytest.raises(SourceError, match="missing"):
            list(quotebank.read_claims(tmp_path / "missing.jsonl"))
        with pytest.raises(ArgumentTypeError, match="file must be"):
            list(quotebank.read_claims(3))
        with pytest.raises(ArgumentTypeError, match="reading bytes"):
            list(quotebank.read_claims(io.StringIO("{}")))
        with pytest.raises(ArgumentValueError, match="format must be one of"):
            quotebank.read_articles(tmp_path, format="tei")
        with pytest.raises(ArgumentTypeError, match="file must be a path"):
            quotebank.read_articles(3, format="brat")
