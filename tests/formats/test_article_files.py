"""Articles in: files, folders and tables as people have them; what is no article is told, and data is never prose."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from datetime import date

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotebank
from quotebank import Article, testing
from quotebank.errors import ArgumentTypeError, ArgumentValueError, FormatError, SourceError
from quotebank.formats import article_files
from quotebank.formats.article_tables import day_of

RECORDS = [
    {
        "text": "“Yes, we can, “she” said; said Ann Lee.\nAnd left.",
        "id": "a",
        "url": "https://news.example/a",
        "publisher": "The Gazette",
        "title": "Yes; no",
        "published": "2026-11-22",
        "tags": ["x"],
    },
    {"text": "Nobody spoke.", "id": 7, "published": "Sun, 22 Nov 2026 23:30:00 -0500"},
]
EXPECTED = [
    Article(**{k: v for k, v in RECORDS[0].items() if k != "tags"}),
    Article(text="Nobody spoke.", id="7", published=date(2026, 11, 22)),
]


def as_lines(records=RECORDS) -> bytes:
    return b"\n".join(json.dumps(record).encode() for record in records)


def as_csv(delimiter=",") -> bytes:
    import csv

    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["tags", *(n for n in RECORDS[0] if n != "tags")], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(RECORDS)
    return text.getvalue().encode("utf-8-sig")


def as_parquet() -> bytes:
    made = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist([r | {"id": str(r["id"])} for r in RECORDS]), made)
    return made.getvalue()


def as_zstandard(content: bytes) -> bytes:
    made = pa.BufferOutputStream()
    with pa.CompressedOutputStream(made, "zstd") as out:
        out.write(content)
    return made.getvalue().to_pybytes()


FILES = {
    "a.jsonl": as_lines(),
    "a.ndjson": b"\xef\xbb\xbf" + as_lines() + b"\n\n",
    "a.jsonl.gz": gzip.compress(as_lines()),
    "a.jsonl.bz2": bz2.compress(as_lines()),
    "a.jsonl.xz": lzma.compress(as_lines()),
    "a.jsonl.zst": as_zstandard(as_lines()),
    "a.json": json.dumps(RECORDS, indent=2).encode(),
    "lines.json": as_lines(),
    "a.csv": as_csv(),
    "a.csv.gz": gzip.compress(as_csv()),
    "semicolons.csv": as_csv(";"),
    "a.tsv": as_csv("\t"),
    "a.parquet": as_parquet(),
    "disguised.txt": as_lines(),
    "without_a_suffix": as_lines(),
    "also_csv": as_csv(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_gives_the_same_articles(tmp_path, name):
    (tmp_path / name).write_bytes(FILES[name])
    assert list(quotebank.read_articles(tmp_path / name)) == EXPECTED


def test_a_thousand_articles_to_claims_and_back(tmp_path):
    """What a table of articles says of each is there with every claim of it, in every format that can carry it."""
    articles = [
        Article(
            text=f"“Pump {n} is safe,” said Ann Lee. Nobody asked.",
            id=f"{n}",
            url=f"https://news.example/{n}",
            publisher="The “Gazette”, Ltd",
            title=f"=Pump {n}",
            published=date(2026, 1 + n % 12, 1 + n % 28),
        )
        for n in range(1000)
    ]
    path = tmp_path / "articles.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf8") as out:
        out.writelines(json.dumps(article.to_dict()) + "\n" for article in articles)
    read = list(quotebank.read_articles(path))
    assert read == articles
    readings = [
        (a, [quotebank.Claim.build(a, content=[quotebank.Span(0, a.text.index("”") + 1)], speaker="Ann Lee")])
        for a in read
    ]
    for name in ("claims.jsonl.gz", "claims.csv.xz", "claims.parquet"):
        assert quotebank.write(readings, tmp_path / name) == 1000
        back = list(quotebank.read_claims(tmp_path / name, with_article=True))
        assert back == [(quotebank.Reference.to(a), claim) for a, claims in readings for claim in claims]


def test_other_names_for_columns(tmp_path):
    records = [{"body": "x", "meta": {"headline": "H"}, "when": "2026-01-02"}]
    columns = {"text": "body", "title": "meta.headline", "published": "when"}
    (tmp_path / "a.jsonl").write_bytes(as_lines(records))
    pyarrow.parquet.write_table(pa.Table.from_pylist(records), tmp_path / "a.parquet")
    for name in ("a.jsonl", "a.parquet"):
        (found,) = quotebank.read_articles(tmp_path / name, columns=columns)
        assert (found.text, found.title, found.published) == ("x", "H", date(2026, 1, 2))


class TestWhatIsNoArticle:
    def read(self, path, content, **options):
        path.write_bytes(content)
        wrong = []
        found = list(quotebank.read_articles(path, on_error=wrong.append, **options))
        return found, [str(error).removeprefix(f"{path.parent}/") for error in wrong]

    def test_a_bad_record_is_named_and_the_rest_read(self, tmp_path):
        lines = as_lines([RECORDS[1], {"body": "x"}, 3, {"text": 5}, {"text": "x", "published": "soon"}]) + b"\n{oh\n"
        found, wrong = self.read(tmp_path / "a.jsonl", lines)
        assert found == EXPECTED[1:]
        for line, words in zip(
            wrong,
            ["no text: there is no 'text' but body", "not an article", "must be a str", "ISO", "JSON"],
            strict=True,
        ):
            assert words in line
        assert [w.split(":")[0] for w in wrong] == [f"a.jsonl, line {n}" for n in range(2, 7)]
        with pytest.raises(FormatError, match=r"a\.jsonl, line 2: no text"):
            list(quotebank.read_articles(tmp_path / "a.jsonl"))

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.csv", b"id,body\n1,x\n", "no 'text' but body, id; say which holds the text, such as --column text=body"),
            ("a.parquet", b"PAR1 not really", "not Parquet"),
            ("a.txt", b"SQLite format 3\0...", "not text but an SQLite database"),
            ("a.txt", b"%PDF-1.4", "not text but a PDF"),
            ("a.docx", b"PK\x03\x04", "not text but a zip file"),
            ("a.txt", gzip.compress(b"x"), "end its name in .gz"),
            ("a.txt", as_parquet(), "end its name in .parquet"),
            ("a.jsonl.gz", b"no gzip", "gzip"),
            ("a.jsonl.gz", gzip.compress(as_lines())[:-9], "ends too early"),
            ("a.jsonl.xz", lzma.compress(as_lines())[:20] + b"x" * 200, "damaged"),
            ("a.txt", "café".encode("latin-1"), "not UTF-8 (byte 3); say what it is, often --encoding cp1252"),
            ("a.csv", "text,id\ncafé,1\n".encode("latin-1"), "not UTF-8"),
            ("a.json", b"[1,", "not JSON"),
        ],
    )  # fmt: skip
    def test_a_file_that_cannot_be_read_says_why(self, tmp_path, name, content, words):
        found, wrong = self.read(tmp_path / name, content)
        assert not found
        assert len(wrong) == 1
        assert wrong[0].startswith(name)
        assert words in wrong[0]
        with pytest.raises(SourceError):
            list(quotebank.read_articles(tmp_path / name))

    @pytest.mark.parametrize("name", ["c.jsonl", "c.csv", "c.parquet", "c.txt"])
    def test_our_own_claims_are_not_read_as_articles(self, tmp_path, name):
        article = Article(text="“Yes,” she said.")
        quotebank.write(
            (article, [quotebank.Claim.build(article, content=[quotebank.Span(0, 6)])]),
            tmp_path / name,
            format="jsonl" if name == "c.txt" else None,
        )
        with pytest.raises(SourceError, match="holds claims, not articles"):
            list(quotebank.read_articles(tmp_path / name))

    def test_arguments(self, tmp_path):
        (tmp_path / "a.jsonl").write_bytes(as_lines())
        for error, options in (
            (ArgumentTypeError, {"columns": "text"}),
            (ArgumentValueError, {"columns": {"words": "x"}}),
            (ArgumentTypeError, {"columns": {"text": 3}}),
            (ArgumentValueError, {"encoding": "utf-nine"}),
            (ArgumentTypeError, {"encoding": 8}),
            (ArgumentTypeError, {"on_error": 3}),
        ):
            with pytest.raises(error):
                quotebank.read_articles(tmp_path / "a.jsonl", **options)


class TestEncodings:
    @pytest.mark.parametrize(
        ("name", "content"), [("a.txt", "“Café”"), ("a.jsonl", '{"text": "“Café”"}'), ("a.csv", "id,text\n1,“Café”\n")]
    )
    @pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
    def test_an_encoding_that_is_named(self, tmp_path, name, content, encoding):
        (tmp_path / name).write_bytes(content.encode(encoding))
        (found,) = quotebank.read_articles(tmp_path / name, encoding=encoding)
        assert found.text == "“Café”"

    def test_utf_16_tells_itself_and_windows_line_ends_stay(self, tmp_path):
        (tmp_path / "a.txt").write_bytes("Head\r\n\r\nText.".encode("utf-16"))
        (found,) = quotebank.read_articles(tmp_path / "a.txt")
        assert (found.text, found.title) == ("Head\r\n\r\nText.", "Head")


class TestTextFiles:
    def read(self, path, text):
        path.write_text(text, encoding="utf8", newline="")
        (found,) = quotebank.read_articles(path)
        return found

    def test_a_header(self, tmp_path):
        found = self.read(
            tmp_path / "a.md", "---\ntitle: 'Yes: no'\npublished: 2026-11-22\nlayout: post\n---\n\nText.\n"
        )
        assert (found.text, found.title, found.published) == ("Text.\n", "Yes: no", date(2026, 11, 22))

    @pytest.mark.parametrize(
        "text", ["---\n\nText.\n---\n", "---\nlayout: post\n---\nText.", "---\nWe said: no\n", "title: x\n\nText."]
    )
    def test_what_is_no_header_stays_in_the_text(self, tmp_path, text):
        assert self.read(tmp_path / "a.txt", text).text == text

    @pytest.mark.parametrize("name", ["a.json", "a.txt.json"])
    def test_a_file_beside_it(self, tmp_path, name):
        (tmp_path / name).write_text('{"title": "T", "publisher": "P", "published": "2026-11-22T08:00:00Z"}')
        found = self.read(tmp_path / "a.txt", "Head\n\nText.")
        assert (found.title, found.publisher, found.published) == ("T", "P", date(2026, 11, 22))

    def test_a_date_that_is_none_is_told_with_the_file(self, tmp_path):
        (tmp_path / "a.json").write_text('{"published": "soon"}')
        with pytest.raises(SourceError, match=r"a\.txt: Article\.published"):
            self.read(tmp_path / "a.txt", "Text.")

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("Bridge to close\n\nThe bridge will close, the mayor said.", "Bridge to close"),
            ("  “Enough,” says mayor \r\n\r\nText.", "“Enough,” says mayor"),
            ("The bridge will close, the mayor said.\n\nMore.", None),
            ("Only one line", None),
            ("x" * 200 + "\n\nText.", None),
            ("", None),
        ],
    )
    def test_the_headline_is_the_title(self, tmp_path, text, title):
        assert self.read(tmp_path / "a.txt", text).title == title


class TestFolders:
    def test_files_of_every_kind_in_order(self, tmp_path):
        (tmp_path / "deep").mkdir()
        for name in ("b.txt", "a.JSONL", "deep/c.parquet", "notes.docx", ".hidden.txt", "b.json", "claims.db"):
            (tmp_path / name).write_bytes(as_parquet() if name.endswith("parquet") else as_lines())
        names = [n.removeprefix(f"{tmp_path}/") for n in article_files.files_of([str(tmp_path)])]
        assert names == ["a.JSONL", "b.txt", "deep/c.parquet"]

    def test_one_file_has_one_name(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "a").mkdir()
        (tmp_path / "a" / "b.txt").write_text("x")
        spellings = ["a/b.txt", "./a/b.txt", "a/../a//b.txt", "a/", "./a"]
        assert {n for s in spellings for n in article_files.files_of([s])} == {"a/b.txt"}


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-22T23:59:00+02:00", date(2026, 11, 22)),
        ("Sun, 22 Nov 2026 10:00:00 GMT", date(2026, 11, 22)),
        ("", None),
        (float("nan"), None),
        ("next week", "next week"),
        (20261122, 20261122),
    ],
)
def test_days(given, day):
    assert day_of(given) == day


@given(st.lists(testing.plain_articles(), max_size=5))
def test_any_articles_come_back_from_json_lines(articles):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_text("".join(json.dumps(a.to_dict()) + "\n" for a in articles), encoding="utf8")
        assert list(quotebank.read_articles(path)) == articles


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:textid\n-;<!>', max_size=60).map(str.encode))
def test_any_bytes_are_articles_or_a_clear_error(content):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for name in ("a", "a.txt", "a.csv", "a.json", "a.jsonl", "a.jsonl.gz"):
            (Path(folder) / name).write_bytes(content)
            wrong = []
            for article in quotebank.read_articles(Path(folder) / name, on_error=wrong.append):
                assert isinstance(article, Article)
            assert all(isinstance(e, SourceError | FormatError) and name in str(e) for e in wrong)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r'"She cried \"stop\" twice"', 'She cried "stop" twice'),
        (r'"A back\\slash"', r"A back\slash"),
        ("'The pilot''s boat'", "The pilot's boat"),
        ("'I quit', says Roe, 'for now'", "'I quit', says Roe, 'for now'"),
        ('"I quit" and "I stay"', '"I quit" and "I stay"'),
        ('"', '"'),
        ("Plain", "Plain"),
    ],
)
def test_the_marks_around_a_title_in_a_header(written, title):
    assert article_files.article_of_text(f"---\ntitle: {written}\n---\n\nText.\n").title == title
