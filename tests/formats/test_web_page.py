"""HTML in: the words of the article are kept, what stands around it is not, and no page is too much."""

from __future__ import annotations

import gzip
import html as escapes
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings

import quotebank
from quotebank import testing
from quotebank.errors import ArgumentTypeError, ArgumentValueError, MissingExtraError, SourceError
from quotebank.formats import web_page
from quotebank.formats.article_files import files_of, read_article
from quotebank.text.quotation_marks import pair_quotes
from tests.conftest import article, article_names

HEAD = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>{title} | The Oxbow Gazette</title>
<meta property="og:site_name" content="The Oxbow Gazette"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="2026-11-20T10:00:00Z">
<link rel="canonical" href="https://oxbow.example/2026/pier"></head><body>"""
AROUND = """<header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>"""
AFTER = """<aside><h3>Most read</h3><ol><li><a href="/1">Ten things to do with rope</a></li></ol></aside>
<footer>© 2026 The Oxbow Gazette. All rights reserved. <a href="/privacy">Privacy</a></footer><script>var x = "<p>no</p>";</script></body></html>"""


def plainly(paragraphs):
    return "<article><h1>{title}</h1>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article>"


def with_block_quotations(paragraphs):
    blocks = [f"<blockquote><p>{p}</p></blockquote>" if k % 3 == 2 else f"<p>{p}</p>" for k, p in enumerate(paragraphs)]
    return "<main><h1>{title}</h1>" + "".join(blocks) + "</main>"


def in_a_soup(paragraphs):
    inner = "".join(f'<div class="row"><div><p class="c-{k}">{p}</p></div></div>' for k, p in enumerate(paragraphs))
    return f'<div id="page"><div class="wrapper"><div class="story-body"><h1>{{title}}</h1>{inner}</div></div></div>'


def with_pictures_links_and_pull_quotes(paragraphs):
    made = []
    for k, p in enumerate(paragraphs):
        marked = p.replace(" the ", " <em>the</em> ").replace(" said ", " <a href='/x'>said</a> ")
        made.append(f"<p>{marked}</p>")
        if k == 3:
            made.append('<figure><img src="a.jpg" alt=""><figcaption>The pier in May.</figcaption></figure>')
        if k == 5:
            made.append(f'<blockquote class="pullquote">{p}</blockquote>')
    return "<article><h1>{title}</h1><p class='byline'>By Ann Lee</p>" + "".join(made) + "</article>"


LAYOUTS = [plainly, with_block_quotations, in_a_soup, with_pictures_links_and_pull_quotes]


def page(name, layout, charset="utf-8"):
    paragraphs = [" ".join(p.split()) for p in article(name).text.replace("\r\n", "\n").split("\n\n") if p.strip()]
    body = layout([escapes.escape(p, quote=False) for p in paragraphs])
    return (HEAD + AROUND + body + AFTER).replace("{title}", "Pier to open").replace("{charset}", charset), paragraphs


def squeezed(text):
    return " ".join(text.split())


class TestPages:
    @pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
    @pytest.mark.parametrize("name", article_names())
    def test_every_quotation_is_kept(self, name, layout):
        source, paragraphs = page(name, layout)
        made = quotebank.article_from_html(source)
        text = squeezed(made.text)
        for paragraph in paragraphs:
            for found in pair_quotes(paragraph).outer:
                assert paragraph[found.start : found.end] in text
        kept = sum(p in text for p in paragraphs)
        assert kept >= len(paragraphs) - 1, [p for p in paragraphs if p not in text]
        assert "Most read" not in text
        assert "Privacy" not in text
        assert "var x" not in text

    def test_what_the_page_says_of_itself(self):
        made = quotebank.article_from_html(page("wire", plainly)[0])
        assert (made.title, made.publisher, made.published.isoformat()) == (
            "Pier to open",
            "The Oxbow Gazette",
            "2026-11-20",
        )
        assert made.url == "https://oxbow.example/2026/pier"
        assert (
            quotebank.article_from_html(page("wire", plainly)[0], url="https://a.example/b").url
            == "https://a.example/b"
        )

    def test_paragraphs_items_and_line_breaks(self):
        source = HEAD.replace("{title}", "x") + (
            "<article><p>First of all, said the mayor, it rained for the whole of the week.</p>"
            "<ul><li>“One point,” he said, and paused.</li><li>“Another,” he went on.</li></ul>"
            "<blockquote><p>“We held.</p><p>“We will hold.”</p></blockquote>"
            "<p>An old page ends its paragraphs so.<br><br>“It breaks lines,” she said,<br>“so.”</p></article></body></html>"
        )
        assert quotebank.article_from_html(source).text.split("\n\n")[-7:] == [
            "First of all, said the mayor, it rained for the whole of the week.",
            "“One point,” he said, and paused.",
            "“Another,” he went on.",
            "“We held.",
            "“We will hold.”",
            "An old page ends its paragraphs so.",
            "“It breaks lines,” she said, “so.”",
        ]

    def test_what_the_markup_says_of_lines(self):
        source = HEAD.replace("{title}", "x") + (
            "<article><h1>Is the pier safe?</h1><div class='author'><a rel='author'>Dora Penn</a></div>"
            "<p>The owner of the pier said on Friday that it would stay open for the whole of the winter.</p>"
            "<h2>What happens next.</h2><p>Lee wrote in a letter to the board of the town:</p>"
            "<blockquote><p>I was wrong about the pier. It should have closed in May.</p></blockquote>"
            "<p>The inspectors said on Monday that they had found:</p><ul><li>The gate was cracked</li>"
            "<li>The wall had moved a metre since May</li></ul><p>He called it <q>a kindness</q>, she said.</p></article>"
        )
        made = quotebank.article_from_html(source)
        kinds = {made.text[line.start : line.end]: line.kind for line in made.lines}
        assert kinds["Is the pier safe?"] == "headline"
        assert kinds["Dora Penn"] == "byline"
        assert kinds["What happens next."] == "subheading"
        assert kinds["I was wrong about the pier. It should have closed in May."] == "block quotation"
        assert kinds["The gate was cracked"] == kinds["The wall had moved a metre since May"] == "item"
        assert kinds["He called it “a kindness”, she said."] == "body"

    def test_bold_questions_are_turns(self):
        source = HEAD.replace("{title}", "x") + (
            "<article><h1>The pilot</h1><p>Tomas Eide has steered ships for thirty years, in rain and in fog.</p>"
            "<p><strong>What is hard about it?</strong></p><p>Waiting. You sit in the boat all day.</p>"
            "<p><strong>You said once that you would stop.</strong></p><p>I did. I did not mean it at all.</p>"
            "<p><b>Will you now?</b> I will stop when they carry me.</p></article>"
        )
        assert [line.asks for line in quotebank.article_from_html(source).lines[2:]] == [True, False] * 3

    def test_a_short_page_keeps_what_it_says_of_itself_and_not_its_navigation(self):
        source = HEAD.replace("{title}", "Ready") + AROUND.removeprefix("<header>").removesuffix("</header>")
        made = quotebank.article_from_html(
            source + "<article><p>“We are ready,” said Ann Lee.</p></article></body></html>"
        )
        assert made.text == "“We are ready,” said Ann Lee."
        assert (made.title, made.publisher, str(made.published)) == ("Ready", "The Oxbow Gazette", "2026-11-20")

    def test_a_page_of_one_sentence(self):
        source = (
            "<title>Ready</title><nav><p>Home</p></nav><article><p>“We are ready,” said <b>Ann</b> Lee.</p></article>"
        )
        assert quotebank.article_from_html(source).text == "“We are ready,” said Ann Lee."

    def test_the_same_words_twice_are_kept_twice(self):
        words = "“The pier is safe and it will stay safe for as long as I am here,” said Ana Reyes."
        pair = f"<p>{words}</p><p>The board met on Monday and will meet again.</p>"
        source = HEAD + "<article>" + pair * 3 + "</article>"
        assert quotebank.article_from_html(source).text.count(words) == 3

    @pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
    def test_bytes_in_the_page_s_own_encoding_and_compressed(self, charset):
        source, _ = page("broadsheet", plainly, charset)
        expected = quotebank.article_from_html(source).text
        encoded = source.encode(charset)
        assert quotebank.article_from_html(encoded).text == expected
        assert quotebank.article_from_html(gzip.compress(encoded)).text == expected

    @settings(max_examples=20)
    @given(testing.articles(min_claims=3))
    def test_generated_articles(self, example):
        paragraphs = [squeezed(p) for p in example.article.text.split("\n") if p.strip()]
        assume(all(a != b for a, b in pairwise(paragraphs)))  # trafilatura takes such for an error of the page
        made = web_page.article_from_html(HEAD + plainly([escapes.escape(p) for p in paragraphs]) + "</body></html>")
        assert squeezed(example.article.text) in squeezed(made.text)


class TestBounds:
    @pytest.mark.parametrize(
        "source", ["", " ", "<", "x", b"", b"\x00\xff", "<p>", "<html></html>", "<!-- -->", "plain words, no page"]
    )
    def test_what_has_no_article_gives_an_article_all_the_same(self, source):
        assert isinstance(quotebank.article_from_html(source), quotebank.Article)

    def test_a_page_too_large(self):
        with pytest.raises(ArgumentValueError, match="html must be at most 20 MB"):
            web_page.article_from_html(b"x" * 20_000_001)

    def test_a_bomb(self):
        with pytest.raises(ArgumentValueError, match="inflate to at most 50 MB"):
            web_page.article_from_html(gzip.compress(b" " * 60_000_000))

    def test_too_many_elements(self):
        with pytest.raises(ArgumentValueError, match="at most 300000 elements"):
            web_page.article_from_html("<b>" * 300_001)

    def test_deep_nesting_is_read(self):
        web_page.article_from_html("<div>" * 5_000 + "<p>“It is deep,” said Ana Reyes.</p>")

    def test_broken_gzip(self):
        for broken in (gzip.compress(b"<p>" * 99)[:-9], b"\x1f\x8b" + b"x" * 40):
            with pytest.raises(ArgumentValueError, match="begins as gzip"):
                web_page.article_from_html(broken)

    def test_other_types(self):
        for arguments in ({"html": 3}, {"html": None}, {"html": "x", "url": 3}, {"html": "x", "id": b"x"}):
            with pytest.raises(ArgumentTypeError):
                web_page.article_from_html(**arguments)

    def test_without_the_extra(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "trafilatura", None)
        with pytest.raises(MissingExtraError, match=r"quotebank\[html\]"):
            web_page.article_from_html("<p>x</p>")


class TestFiles:
    def test_pages_are_among_the_articles_of_a_folder(self, tmp_path):
        (tmp_path / "a.txt").write_text("text", encoding="utf8")
        (tmp_path / "b.HTML").write_text(page("wire", plainly)[0], encoding="utf8")
        (tmp_path / "c.html").write_text(page("wire", plainly)[0], encoding="utf8")
        names = list(files_of((str(tmp_path),)))
        assert [n.rsplit("/", 1)[1] for n in names] == ["a.txt", "b.HTML", "c.html"]
        for name in (names[1], str(tmp_path / "b.HTML")):
            made = read_article(name)
            assert (made.id, made.title) == (name, "Pier to open")

    def test_a_page_too_large_is_named(self, tmp_path):
        (tmp_path / "x.html").write_bytes(b"x" * 20_000_001)
        with pytest.raises(SourceError, match=r"x\.html: html must be at most"):
            read_article(str(tmp_path / "x.html"))

    def test_importing_quotebank_does_not_import_lxml(self):
        code = "import sys, quotebank.formats.web_page; print('lxml' in sys.modules)"
        assert (
            subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
            == "False"
        )


class TestBlockQuotationsAndShortPages:
    BEFORE = "<p>The ferry to Marsh Island has not run since the storm of Friday, and nobody knows when it will.</p>"

    @pytest.mark.parametrize(
        ("inner", "expected"),
        [
            (
                "<p>I finished <cite>Ivanhoe</cite> on the ferry.</p><cite>Bo Orr</cite>",
                ["I finished Ivanhoe on the ferry.", "— Bo Orr"],
            ),
            ("<p>We all loved <cite>Ivanhoe</cite></p>", ["We all loved Ivanhoe"]),
            ("<p><cite>Ivanhoe</cite> is long.</p>", ["Ivanhoe is long."]),
            (
                "<p>It will sail.</p><footer>Bo Orr, pilot, in <cite>The Marsh Post</cite></footer>",
                ["It will sail.", "— Bo Orr, pilot, in The Marsh Post"],
            ),
            ("It will sail. <cite>Bo Orr</cite>", ["It will sail.", "— Bo Orr"]),
            ("We all loved <cite>Ivanhoe</cite>", ["We all loved Ivanhoe"]),
            ("<p>It will sail.</p><p>– <cite>Bo Orr</cite></p>", ["It will sail.", "– Bo Orr"]),
            ("<p>It will sail.</p>— <cite><a href='/o'>Bo Orr</a></cite>", ["It will sail.", "— Bo Orr"]),
            (
                "<p>He told me:</p><blockquote><p>It will sail.</p><cite>Bo Orr</cite></blockquote><footer>Kim Roe</footer>",
                ["He told me:", "It will sail.", "— Bo Orr", "— Kim Roe"],
            ),
        ],
    )
    def test_who_signs_a_block_quotation_and_what_is_a_title_in_it(self, inner, expected):
        source = f"{HEAD}<article>{self.BEFORE}<blockquote>{inner}</blockquote>{self.BEFORE.replace('ferry', 'bus')}"
        assert quotebank.article_from_html(source).text.split("\n\n")[1:-1] == expected

    def test_one_paragraph_is_not_flooded_with_what_stands_around_it(self):
        tips = "".join(f"<li>Nine walks by the sea, part {k}</li>" for k in range(5))
        ferry = self.BEFORE[3:-4]
        words = " ".join(
            [
                ferry,
                "“It is the worst winter,” said Bo Orr.",
                *(ferry.replace("ferry", by) for by in ("bus", "train", "tram")),
            ]
        )
        source = f"{HEAD}<div><ul>{tips}</ul></div><div class='article-body'><p>{words}</p></div><h4>Also today</h4>"
        assert quotebank.article_from_html(source).text == words

    def test_a_short_page_keeps_its_paragraphs(self):
        source = "<title>x</title><h1>No ferry</h1><figure><figcaption>The quay</figcaption></figure><p>It is off.</p><h4>Why?</h4><p>Wind.</p>"
        assert quotebank.article_from_html(source).text.split("\n\n") == [
            "No ferry",
            "The quay",
            "It is off.",
            "Why?",
            "Wind.",
        ]
