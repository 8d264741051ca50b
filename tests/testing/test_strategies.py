"""The kit for property tests: its strategies give valid records, and Hypothesis finds them by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib

import attrs
import pytest
import regex as re
from hypothesis import find, given, settings
from hypothesis import strategies as st

import quotebank
from benchmarks.planted_bugs import BUGS
from quotebank import testing
from quotebank.errors import ArgumentTypeError, ArgumentValueError
from quotebank.formats.articles_with_claims import checked
from quotebank.spans import covered
from tests.conftest import ROOT


@given(testing.articles())
def test_articles_hold_the_claims_they_say(example):
    article, claims = checked(example.article, example.claims)
    assert 1 <= len(claims) == len(example.constructions)
    for claim in claims:
        assert claim.text == " ".join(article.text[s.start : s.end] for s in claim.content)
        assert claim.cue
        assert claim.source
        speaker = claim.speaker
        assert any(s.slice(article.text) == speaker.name for s in speaker.mentions)
        assert covered(article.text, speaker.role_spans) == (speaker.role or "")
        assert covered(article.text, speaker.affiliation_spans) == (speaker.affiliation or "")


@pytest.mark.parametrize("name", testing.constructions())
def test_every_construction_gives_its_claim(name):
    @settings(max_examples=15)
    @given(testing.articles(constructions=[name], max_claims=1))
    def one(example):
        assert example.constructions == (name,)
        (claim,) = example.claims
        quoted = "quot" in name
        stated = {
            "denial": "denial",
            "question": "question",
            "quoted question": "question",
            "refusal": "refusal",
            "no comment": "refusal",
            "promise": "promise",
            "demand": "request",
            "request of somebody": "request",
            "group": "warning",
            "belief": None,
            "fear": None,
            "plan": None,
        }
        assert claim.force == stated.get(name, "statement")
        assert (claim.negated, claim.conditional) == (name == "never said", name == "could argue")
        assert claim.kind == ("mixed" if "part of" in name else "direct" if quoted else "indirect")

    one()


@given(testing.articles())
def test_a_known_claim_is_what_build_makes_of_its_parts(example):
    """What is known does not follow from `Claim.build`, so either can be wrong by itself."""
    for claim in example.claims:
        parts = ("content", "cue", "source", "speaker", "act", "force", "negated", "conditional")
        built = quotebank.Claim.build(example.article, **{name: getattr(claim, name) for name in parts})
        assert built == claim


@pytest.mark.parametrize(
    "feature",
    [
        pytest.param(lambda e: re.search(r"[.?]\p{Lu}", e.article.text), id="sentences glued"),
        pytest.param(lambda e: re.search(r"\nBy \p{Lu}", e.article.text), id="a byline"),
        pytest.param(lambda e: re.search(r"\p{Lu}{3,} — ", e.article.text), id="a place"),
        pytest.param(
            lambda e: any(c.source[-1].slice(e.article.text) in ("she", "he") for c in e.claims), id="a pronoun"
        ),
        pytest.param(lambda e: any(len((c.speaker.role or "").split()) > 4 for c in e.claims), id="a long role"),
        pytest.param(lambda e: len({c.speaker.name for c in e.claims}) > 4, id="many speakers"),
        pytest.param(lambda e: "»" in e.article.text, id="guillemets"),
    ],
)
def test_articles_are_as_varied_as_news(feature):
    find(
        testing.articles(), lambda example: bool(feature(example)), settings=settings(max_examples=2000, database=None)
    )


@given(testing.articles())
def test_no_two_persons_of_an_article_share_a_last_name(example):
    names = {claim.speaker.name for claim in example.claims if claim.speaker.type == "person"}
    assert len({name.split()[-1] for name in names}) == len(names)


@given(st.data())
def test_claims_fit_the_article_they_are_drawn_for(data):
    article = data.draw(testing.plain_articles())
    claim = data.draw(testing.claims(article))
    checked(article, [claim])
    assert attrs.evolve(claim) == claim


@given(st.data(), st.text(min_size=1))
def test_spans_lie_in_the_text(data, text):
    assert data.draw(testing.spans(text)).slice(text)


@given(
    st.from_type(quotebank.Claim),
    st.from_type(quotebank.Article),
    st.from_type(quotebank.Speaker),
    st.from_type(quotebank.Span),
)
def test_hypothesis_knows_the_records(claim, article, speaker, span):
    assert isinstance(claim, quotebank.Claim)
    assert isinstance(article, quotebank.Article)
    assert isinstance(speaker, quotebank.Speaker)
    assert isinstance(span, quotebank.Span)


def test_what_cannot_be_drawn_is_refused():
    for call in (
        lambda: testing.spans(""),
        lambda: testing.articles(min_claims=3, max_claims=2),
        lambda: testing.articles(constructions=["sonnet"]),
        lambda: testing.articles(constructions=[]),
        lambda: testing.claims(quotebank.Article(text="")),
    ):
        with pytest.raises(ArgumentValueError):
            call()
    for call in (lambda: testing.spans(3), lambda: testing.claims("text"), lambda: testing.articles(max_claims=True)):
        with pytest.raises(ArgumentTypeError):
            call()


@pytest.mark.parametrize("first", ["hypothesis", "quotebank"])
def test_the_entry_point_registers_in_either_order_and_imports_nothing_of_ours(first, tmp_path):
    """The entry point of pyproject.toml, found by Hypothesis as an installed package's would be."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    info = tmp_path / "someone-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: someone\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        f"[hypothesis]\nquotebank = {project['entry-points']['hypothesis']['quotebank']}\n"
    )
    second = {"hypothesis": "quotebank", "quotebank": "hypothesis"}[first]
    code = f"""
import sys, {first}
assert {first!r} == 'quotebank' or not any(m == 'quotebank' or m.startswith('quotebank.') for m in sys.modules)
import {second}
assert 'quotebank.testing' not in sys.modules
import warnings; warnings.simplefilter('ignore')
import quotebank, hypothesis
from hypothesis import given, settings, strategies as st
@settings(max_examples=3, database=None)
@given(st.from_type(quotebank.Claim))
def test(claim):
    assert isinstance(claim, quotebank.Claim)
test()
"""
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": path})


def test_without_hypothesis_the_library_works_and_the_kit_says_what_to_install():
    code = """
import sys
sys.modules['hypothesis'] = None
import quotebank
try:
    import quotebank.testing
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install" in done.stdout


def test_a_failure_is_explained_in_seconds():
    """Hypothesis draws thousands of times to explain one: strategies that are made anew in every draw took minutes."""

    @settings(database=None)
    @given(st.from_type(quotebank.Claim))
    def fails(claim):
        assert claim.kind != "mixed"

    began = time.process_time()
    with pytest.raises(AssertionError):
        fails()
    assert time.process_time() - began < 20  # 4 on one core, 21 before


@pytest.mark.parametrize("kind", ["mixed", "indirect"])  # of direct ones the shrinker sometimes keeps a headline
def test_what_fails_is_shrunk_to_the_claim_alone(kind):
    example = find(
        testing.articles(),
        lambda e: any(c.kind == kind for c in e.claims),
        settings=settings(database=None, max_examples=2000, derandomize=True),
    )
    (claim,) = example.claims
    last = max(span.end for role in ("content", "cue", "source") for span in getattr(claim, role))
    first = min(span.start for role in ("content", "cue", "source") for span in getattr(claim, role))
    text = example.article.text
    assert text.strip() == text
    assert len(text[:first]) < 20
    assert len(text[last:]) < 20


def test_too_slow_is_no_excuse():
    """A strategy that others use draws within Hypothesis's own health checks."""

    @settings(suppress_health_check=[], max_examples=50)
    @given(testing.articles())
    def draw(example):
        assert example.claims

    draw()


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_the_bugs_that_the_kit_is_measured_by_can_still_be_planted(bug, tmp_path):
    """`python -m benchmarks.planted_bugs` runs the example suite against each."""
    (tmp_path / bug.file).parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / "quotebank" / bug.file, tmp_path / bug.file)
    bug.plant(tmp_path)
    compile((tmp_path / bug.file).read_text(encoding="utf8"), bug.file, "exec")
    with pytest.raises(ValueError, match=f"{bug.name}: {bug.file} holds 0 times"):
        bug.plant(tmp_path)
