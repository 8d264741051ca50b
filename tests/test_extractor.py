"""The main job, on real models: offsets that slice, the same claims again, errors that name the argument."""

import asyncio
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import attrs
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import quotebank
from quotebank import Article, Span
from tests.conftest import ROOT, article, article_names
from tests.made_texts import growth

SIMPLE = "“We are ready for the flood season,” said Ann Lee, the mayor of Oxbow. She said that the town had bought two pumps."


def assert_sound(article: Article, claims: tuple[quotebank.Claim, ...]) -> None:
    assert isinstance(claims, tuple)
    contents: dict[str, set[int]] = {}
    for claim in claims:
        assert claim.article_id == article.id
        assert claim.content
        assert claim.text == " ".join(article.text[s.start : s.end] for s in claim.content)
        for role in (claim.content, claim.cue, claim.source):
            assert all(0 <= s.start < s.end <= len(article.text) for s in role)
            assert all(a.end <= b.start for a, b in pairwise(role))
            assert all(not article.text[s.start].isspace() and not article.text[s.end - 1].isspace() for s in role)
        content = {i for s in claim.content for i in range(s.start, s.end)}
        holders = {id_: other for id_, other in contents.items() if content & other}
        assert all(content < other for other in holders.values()), "contents lie one inside the other or apart"
        assert claim.within == min(holders, key=lambda id_: len(holders[id_]), default=None)
        contents[claim.id] = content
        assert 0 <= claim.confidence <= 1
        if claim.speaker is not None:
            assert claim.speaker.name.strip()
            assert all(s.end <= len(article.text) for s in claim.speaker.mentions)
    assert len({c.id for c in claims}) == len(claims)


def test_a_plain_article(extractor):
    first, second = extractor.extract(SIMPLE)
    assert first.kind == "direct"
    assert first.text == "“We are ready for the flood season,”"
    assert SIMPLE[first.cue[0].start : first.cue[0].end] == "said"
    assert first.speaker.name == "Ann Lee"
    assert first.speaker.type == "person"
    assert second.kind == "indirect"
    assert second.text.rstrip(".") == "that the town had bought two pumps"
    assert second.speaker.name == "Ann Lee"


def test_claims_inside_claims(extractor):
    text = "“He told me that the council had lost the keys,” Ann Lee said on Monday. “We hope that it never happens again.”"
    hers, his, hope = extractor.extract(text)
    assert hers.within is None
    assert (his.within, hope.within) == (hers.id, hers.id)
    assert [text[c.source[0].start : c.source[0].end] for c in (his, hope)] == ["He", "We"]
    assert (hope.act, hope.speaker.name) == ("attitude", "Ann Lee")


def test_what_a_study_found_is_evidence(extractor):
    text = "A study of 400 hives found that bees slept less in August. The keepers were not told of it before autumn."
    claim = extractor.extract(text)[0]
    assert (claim.act, claim.force, claim.is_statement) == ("evidence", None, True)


@pytest.mark.parametrize("name", article_names())
def test_examples_are_sound(extractor, name):
    claims = extractor.extract(article(name))
    assert_sound(article(name), claims)
    assert len(claims) >= 8
    assert extractor.extract(article(name)) == claims


@pytest.mark.parametrize("name", article_names())
@pytest.mark.parametrize("prefix", ["\n\n", " \u00a0", "\r\n\t"])
def test_a_prefix_shifts_offsets_and_changes_nothing_else(extractor, name, prefix):
    text = article(name).text
    plain, shifted = extractor.extract(text), extractor.extract(prefix + text)
    n = len(prefix)
    assert [c.text for c in shifted] == [c.text for c in plain]
    assert [c.kind for c in shifted] == [c.kind for c in plain]
    assert [c.confidence for c in shifted] == [c.confidence for c in plain]
    assert [c.speaker and c.speaker.name for c in shifted] == [c.speaker and c.speaker.name for c in plain]
    for role in ("content", "cue", "source"):
        moved = [tuple(Span(s.start + n, s.end + n) for s in getattr(c, role)) for c in plain]
        assert [getattr(c, role) for c in shifted] == moved


@pytest.mark.parametrize("style", [("“", "”"), ('"', '"'), ("''", "''"), ("``", "''"), ("«", "»"), ("‘", "’")])
def test_marks_of_every_style_give_the_same_claims(extractor, style):
    text = "{o}We will not close the school,{c} Maria Okafor told parents on Monday. {o}It is full.{c} Dan Reyes, who heads the union, said {o}nobody was asked{c} about it."
    curly = extractor.extract(text.format(o="“", c="”"))
    other = extractor.extract(text.format(o=style[0], c=style[1]))
    strip = str.maketrans("", "", "“”\"'`«»‘’")
    assert [c.text.translate(strip) for c in other] == [c.text.translate(strip) for c in curly]
    assert [c.kind for c in other] == [c.kind for c in curly]


def told(claims: tuple[quotebank.Claim, ...]) -> list[quotebank.Claim]:
    """Claims to be compared over batches: a confidence may differ in its last digit."""
    return [attrs.evolve(claim, confidence=round(claim.confidence, 2)) for claim in claims]


@pytest.mark.parametrize(("batch_size", "taken"), [(1, 1), (2, 2), (16, 6)])
def test_many_in_order_so_many_at_a_time(extractor, batch_size, taken):
    def texts():
        for name in article_names()[:6]:
            given_out.append(name)
            yield article(name)

    given_out: list[str] = []
    results = extractor.extract_many(texts(), batch_size=batch_size)
    first = next(results)
    assert len(given_out) == taken
    assert [told(c) for c in (first, *results)] == [told(extractor.extract(article(n))) for n in article_names()[:6]]


def test_what_is_no_article_is_refused_behind_those_before_it(extractor):
    results = extractor.extract_many([SIMPLE, SIMPLE, 7, SIMPLE])
    assert [told(next(results)), told(next(results))] == [told(extractor.extract(SIMPLE))] * 2
    with pytest.raises(TypeError, match="article must be an Article or a str"):
        next(results)


def test_workers_give_the_same_claims(extractor):
    articles = [article(n) for n in article_names()[:3]]
    found = extractor.extract_many(articles, workers=2, batch_size=2)
    assert [told(c) for c in found] == [told(extractor.extract(a)) for a in articles]


def test_threads_can_share_an_extractor(extractor):
    names = article_names()[:4]
    wanted = {n: extractor.extract(article(n)) for n in names}
    got: dict[str, tuple] = {}
    threads = [threading.Thread(target=lambda n=n: got.__setitem__(n, extractor.extract(article(n)))) for n in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == wanted


def test_extract_is_the_default_extractor():
    assert quotebank.extract(SIMPLE) == quotebank.extract(Article(text=SIMPLE))


@pytest.mark.parametrize("bad", [None, b"bytes", ["a list"], 3, {"text": "x"}])
def test_what_is_no_article_is_refused_by_name(extractor, bad):
    with pytest.raises(TypeError, match="article must be an Article or a str"):
        extractor.extract(bad)
    with pytest.raises(quotebank.QuotebankError):
        quotebank.extract(bad)


def test_workers_are_counted(extractor):
    with pytest.raises(ValueError, match="workers must be 1 or more, or 0 for all cores; got -1"):
        extractor.extract_many([], workers=-1)
    assert list(extractor.extract_many([SIMPLE], workers=0)) == [extractor.extract(SIMPLE)]


def test_batches_have_a_size(extractor):
    with pytest.raises(ValueError, match="batch_size must be 1 or more; got 0"):
        extractor.extract_many([], batch_size=0)
    with pytest.raises(TypeError, match=r"batch_size must be an int; got 2\.0"):
        extractor.extract_many([], batch_size=2.0)


@pytest.mark.parametrize("bad", [-0.1, 1.01, float("nan")])
def test_min_confidence_is_a_probability(bad):
    with pytest.raises(ValueError, match="min_confidence must be from 0 to 1"):
        quotebank.Extractor(min_confidence=bad)
    with pytest.raises(TypeError, match="min_confidence must be a number"):
        quotebank.Extractor(min_confidence="0.5")


def test_min_confidence_leaves_out_what_is_less_sure(extractor):
    text = article("anonymous").text
    everything = extractor.extract(text)
    least = sorted(c.confidence for c in everything)[len(everything) // 3]
    surer = quotebank.Extractor(min_confidence=least).extract(text)
    assert [c.text for c in surer] == [c.text for c in everything if c.confidence >= least]
    assert {c.within for c in surer} <= {c.id for c in surer} | {None}


def test_the_host_s_threads_are_left_alone(extractor):
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        extractor.extract(SIMPLE)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("bad", [None, "one text", b"x", 7])
def test_extract_many_wants_an_iterable_of_articles(extractor, bad):
    with pytest.raises(TypeError, match="articles must be an iterable"):
        extractor.extract_many(bad)


ODD = [
    "", " \n\t ", "Nothing is quoted here.", "“An unclosed quotation, he said.", '"odd" "number', "”", "\x00", "\ud800",
    "“Hi \udfff,” said Bob Marsh.", "“\x00,” said Ann Lee.", "😀 said “👩‍👩‍👧”", "é́́ said “ü̈̈”.", "a\r\nb\rc",
    "\u202eevil\u202c said “no”.", "." * 500, "“”" * 200,
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_not_bad_input(extractor, text):
    odd = Article(text=text)
    assert_sound(odd, extractor.extract(odd))


def test_blank_text_has_no_claims(extractor):
    assert extractor.extract("") == ()
    assert extractor.extract(" \n\u00a0 ") == ()


PIECES = st.sampled_from(
    ["“", "”", '"', "'", "’", "‘", " ", "\n\n", "\n", ".", ",", "said", "Ann Lee", "he", "the mayor", "We are ready", ":",
     "according to", "officials", "told", "that", "—", "...", "Mr. Marsh", "NEWS:", "\ud83d", "\x00", "🙂", "U.S.", "don’t"]
)  # fmt: skip


@settings(max_examples=60)
@given(
    st.one_of(
        st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200)
    )
)
def test_any_text_gives_sound_claims(extractor, text):
    made = Article(text=text)
    claims = extractor.extract(made)
    assert_sound(made, claims)
    assert extractor.extract(made) == claims


@pytest.mark.parametrize("unit", ["“", "word ", "“a” said b. ", "Ann Lee said. ", "A", "'"])
def test_time_grows_no_faster_than_the_text(extractor, unit):
    assert growth(extractor.extract, lambda n: unit * (n // len(unit)), 24_000, limit=2.6) <= 2.6


@pytest.fixture(scope="module")
def accurate():
    return quotebank.Extractor(model="accurate")


def test_the_larger_network_reads_too(accurate, extractor):
    (direct, indirect) = accurate.extract(SIMPLE)
    assert (direct.kind, direct.speaker.name, direct.speaker.role) == ("direct", "Ann Lee", "mayor")
    assert indirect.text == "that the town had bought two pumps"
    assert_sound(article("broadsheet"), accurate.extract(article("broadsheet")))
    assert accurate.version != extractor.version
    assert pickle.loads(pickle.dumps(accurate)).settings == accurate.settings


def test_a_model_or_device_that_is_none_is_named():
    with pytest.raises(ValueError, match="model must be one of fast, accurate; got 'slow'"):
        quotebank.Extractor(model="slow")
    with pytest.raises(ValueError, match="device must be a name that torch knows, as 'cpu' or 'cuda:0'; got 'gpu'"):
        quotebank.Extractor(device="gpu")
    with pytest.raises(TypeError, match=r"device must be a str or a torch\.device; got 0"):
        quotebank.Extractor(device=0)


def test_a_device_that_torch_does_not_reach_is_refused():
    with pytest.raises(ValueError, match="device must be one that torch reaches here; got cuda:99: "):
        quotebank.Extractor(device="cuda:99")


def test_the_device_may_be_said(extractor):
    assert quotebank.Extractor(device=torch.device("cpu")).extract(SIMPLE) == extractor.extract(SIMPLE)


def test_it_pickles_as_its_settings(extractor):
    again = pickle.loads(pickle.dumps(extractor))
    assert again.settings == extractor.settings
    assert pickle.loads(pickle.dumps(extractor)) is again
    assert len(pickle.dumps(extractor)) < 1000
    text = "“It is over,” said Dan Reyes, who heads the union."
    assert again.extract(text) == extractor.extract(text)


def test_threads_and_asyncio_share_one(extractor):
    texts = [f"“Pump {n} is safe,” said Ann Lee, the mayor of Oxbow." for n in range(8)]
    expected = [extractor.extract(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(extractor.extract, texts)) == expected

    async def read():
        return await asyncio.gather(*(asyncio.to_thread(extractor.extract, text) for text in texts))

    assert asyncio.run(read()) == expected


SCRIPT = """
import os, signal, sys, threading, time
import quotebank

def articles():
    for n in range(400):
        if n == 40 and sys.argv[1] == "interrupt":
            os.killpg(0, signal.SIGINT)  # as a terminal does, to every process
        yield f"“Pump {n} is safe,” said Ann Lee, the mayor of Oxbow."
        if n == 40 and sys.argv[1] == "kill":
            import multiprocessing
            for child in multiprocessing.active_children():
                child.kill()

if __name__ == "__main__":
    try:
        for claims in quotebank.Extractor().extract_many(articles(), workers=2):
            pass
    except KeyboardInterrupt:
        sys.exit(130)
    except quotebank.WorkerError as error:
        sys.exit(f"told: {error}")
"""


@pytest.mark.parametrize(("how", "code"), [("interrupt", 130), ("kill", 1)])
def test_workers_end_without_a_traceback(tmp_path, how, code):
    (tmp_path / "script.py").write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "script.py"), how],
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert ("told: a worker process ended" in done.stderr) is (how == "kill")
