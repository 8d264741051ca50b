"""The records: what they refuse and say about it, what they hold, and what `Claim.build` makes of spans."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotebank
from quotebank.errors import ArgumentTypeError, ArgumentValueError, QuotebankError, shown
from quotebank.records import Article, Claim, Claims, Speaker, claim_id, text_id
from quotebank.spans import Span, covered, trim
from quotebank.text.quotation_marks import pair_quotes

TEXT = "“The pier is safe,” said Ana Reyes, the harbour master. She added that it would “open soon”."
ARTICLE = Article(text=TEXT, id="a1")


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def claim(**changes: Any) -> Claim:
    fields = {"id": "c1", "article_id": "a1", "kind": "direct", "content": (Span(0, 5),), "text": "words"}
    return Claim(**(fields | changes))


class TestSpan:
    @pytest.mark.parametrize("bad", [None, "1", b"1", 1.0, [1], True, False])
    @pytest.mark.parametrize("name", ["start", "end"])
    def test_an_offset_is_an_int(self, name: str, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=rf"Span\.{name} must be an int"):
            Span(**({"start": 0, "end": 3} | {name: bad}))

    @pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (-5, -2)])
    def test_offsets_go_forward_from_zero(self, start: int, end: int) -> None:
        with pytest.raises(ArgumentValueError, match=f"start={start}, end={end}"):
            Span(start, end)

    def test_order_length_and_slice(self) -> None:
        assert sorted([Span(4, 6), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(4, 6)]
        assert len(Span(2, 7)) == 5
        assert Span(2, 4).slice("abcdef") == "cd"

    def test_half_open(self) -> None:
        assert not Span(0, 2).overlaps(Span(2, 4))
        assert Span(0, 3).overlaps(Span(2, 4))
        assert Span(0, 4).covers(Span(2, 4))
        assert not Span(0, 3).covers(Span(2, 4))

    def test_trim(self) -> None:
        assert trim(" \u00a0ab\n", 0, 5) == Span(2, 4)
        assert trim(" \n ", 0, 3) is None


class TestArticle:
    @pytest.mark.parametrize("bad", [None, 5, ["text"], object()])
    def test_text_is_a_str(self, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=r"Article\.text must be a str; got"):
            Article(text=bad)

    @pytest.mark.parametrize("bad", [b"text", bytearray(b"text")])
    def test_bytes_are_to_be_decoded(self, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=r"Article\.text must be a str; decode bytes first"):
            Article(text=bad)

    @pytest.mark.parametrize("name", ["id", "url", "publisher", "title"])
    @pytest.mark.parametrize("bad", [5, b"x", ["x"]])
    def test_other_fields_are_str(self, name: str, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=rf"Article\.{name} must be a str"):
            Article(text="x", **{name: bad})

    @pytest.mark.parametrize("bad", ["", "yesterday", "2026-13-01", "22.11.2026"])
    def test_published_is_a_date_that_exists(self, bad: str) -> None:
        with pytest.raises(ArgumentValueError, match=r"Article\.published must be a date or an ISO") as caught:
            Article(text="x", published=bad)
        assert repr(bad) in str(caught.value)

    @pytest.mark.parametrize("bad", [20261122, 1.5, b"2026-11-22", ["2026-11-22"]])
    def test_published_is_of_its_type(self, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=r"Article\.published must be a date or None"):
            Article(text="x", published=bad)

    @pytest.mark.parametrize("given_as", ["2026-11-22", "20261122", "2026-11-22T09:30:00Z", date(2026, 11, 22)])
    def test_published_in_several_forms(self, given_as: str | date) -> None:
        assert Article(text="x", published=given_as).published == date(2026, 11, 22)

    def test_id_defaults_to_the_sha256_of_the_text(self) -> None:
        expected = hashlib.sha256("Pier — opens".encode()).hexdigest()
        assert Article(text="Pier — opens").id == expected
        assert Article(text="Pier — opens", id=None).id == expected

    def test_any_text_has_an_id(self) -> None:
        assert len({text_id(t) for t in ("", "\x00", "\ud800", "\udfff", "\ufffd")}) == 5

    def test_arguments_are_keywords(self) -> None:
        with pytest.raises(TypeError):
            Article("text")

    def test_repr_is_short(self) -> None:
        assert len(repr(Article(text="word " * 100_000))) < 400


class TestSpeaker:
    @pytest.mark.parametrize("bad", [None, 5, b"Ana", ["Ana"]])
    def test_name_is_a_str(self, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=r"Speaker\.name must be a str"):
            Speaker(name=bad)

    @pytest.mark.parametrize("bad", ["", "Person", "robot", None, 5, []])
    def test_type_is_one_of_five(self, bad: object) -> None:
        with pytest.raises(ArgumentValueError, match=r"Speaker\.type must be one of person, organization, group"):
            Speaker(name="Ana", type=bad)

    @pytest.mark.parametrize("name", ["role", "affiliation"])
    def test_role_and_affiliation_are_str_or_none(self, name: str) -> None:
        with pytest.raises(ArgumentTypeError, match=rf"Speaker\.{name} must be a str or None"):
            Speaker(name="Ana", **{name: 5})

    @pytest.mark.parametrize("name", ["role_spans", "affiliation_spans", "mentions"])
    def test_spans_are_spans_in_order(self, name: str) -> None:
        with pytest.raises(ArgumentTypeError, match=rf"Speaker\.{name} must hold Span objects"):
            Speaker(name="Ana", **{name: [(0, 3)]})
        with pytest.raises(ArgumentValueError, match=rf"Speaker\.{name} must hold spans in order"):
            Speaker(name="Ana", **{name: [Span(5, 9), Span(0, 3)]})


class TestClaim:
    @pytest.mark.parametrize("name", ["id", "article_id", "text"])
    @pytest.mark.parametrize("bad", [None, 5, b"x"])
    def test_strings(self, name: str, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=rf"Claim\.{name} must be a str"):
            claim(**{name: bad})

    @pytest.mark.parametrize("bad", [None, "", "Direct", "quoted", 5, []])
    def test_kind_is_one_of_three(self, bad: object) -> None:
        with pytest.raises(ArgumentValueError, match=r"Claim\.kind must be one of direct, mixed, indirect"):
            claim(kind=bad)

    @pytest.mark.parametrize("bad", [-0.01, 1.01, float("nan"), float("inf")])
    def test_confidence_is_a_share(self, bad: float) -> None:
        with pytest.raises(ArgumentValueError, match=rf"Claim\.confidence must be from 0 to 1; got {bad}"):
            claim(confidence=bad)

    @pytest.mark.parametrize("bad", [None, "1", True, [0.5]])
    def test_confidence_is_a_number(self, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=r"Claim\.confidence must be a number"):
            claim(confidence=bad)

    @pytest.mark.parametrize("name", ["content", "cue", "source"])
    @pytest.mark.parametrize(
        "bad", [[Span(5, 9), Span(0, 3)], [Span(0, 5), Span(4, 9)], [Span(0, 5), Span(0, 5)]], ids=repr
    )
    def test_spans_are_in_order(self, name: str, bad: list[Span]) -> None:
        with pytest.raises(ArgumentValueError, match=rf"Claim\.{name} must hold spans in order"):
            claim(**{name: bad})

    @pytest.mark.parametrize("name", ["content", "cue", "source"])
    def test_spans_are_spans(self, name: str) -> None:
        with pytest.raises(ArgumentTypeError, match=rf"Claim\.{name} must hold Span objects; got \(0, 5\)"):
            claim(**{name: [(0, 5)]})

    @pytest.mark.parametrize("bad", ["Ana", 5, {"name": "Ana"}])
    def test_speaker_is_a_speaker(self, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match=r"Claim\.speaker must be a Speaker or None"):
            claim(speaker=bad)

    def test_spans_may_come_from_any_iterable(self) -> None:
        assert claim(cue=iter([Span(6, 9)])).cue == (Span(6, 9),)


@pytest.mark.parametrize("name", ["content", "cue", "source"])
@pytest.mark.parametrize("bad", [None, "text", b"text", 5, Span(0, 3)], ids=repr)
def test_what_is_no_sequence_of_spans(name: str, bad: object) -> None:
    arguments: dict[str, Any] = {"content": [Span(0, 3)]} | {name: bad}
    with pytest.raises(ArgumentTypeError, match="sequence of Span objects; got"):
        Claim.build(ARTICLE, **arguments)
    with pytest.raises(ArgumentTypeError, match="sequence of Span objects; got"):
        claim(**{name: bad})


class TestBuild:
    @pytest.mark.parametrize("bad", [None, TEXT, b"text", [ARTICLE]])
    def test_article_is_an_article(self, bad: object) -> None:
        with pytest.raises(ArgumentTypeError, match="article must be an Article"):
            Claim.build(bad, content=[Span(0, 3)])

    def test_content_says_something(self) -> None:
        with pytest.raises(ArgumentValueError, match="content must hold at least one Span"):
            Claim.build(ARTICLE, content=[])

    @pytest.mark.parametrize("name", ["content", "cue", "source"])
    def test_spans_lie_in_the_text(self, name: str) -> None:
        past = Span(len(TEXT) - 1, len(TEXT) + 1)
        with pytest.raises(ArgumentValueError, match=rf"{name} holds Span.*past the end.* of {len(TEXT)}"):
            Claim.build(ARTICLE, **({"content": [Span(0, 3)]} | {name: [past]}))

    @pytest.mark.parametrize("name", ["content", "cue", "source"])
    def test_spans_are_spans(self, name: str) -> None:
        with pytest.raises(ArgumentTypeError, match=rf"{name} must hold Span objects; got \(0, 3\)"):
            Claim.build(ARTICLE, **({"content": [Span(0, 3)]} | {name: [(0, 3)]}))

    @pytest.mark.parametrize("name", ["content", "cue", "source"])
    def test_spans_are_in_order(self, name: str) -> None:
        with pytest.raises(ArgumentValueError, match=rf"{name} must hold spans in order"):
            Claim.build(ARTICLE, **({"content": [Span(0, 3)]} | {name: [Span(5, 9), Span(0, 3)]}))

    def test_what_follows_from_the_article(self) -> None:
        content, cue, source = span_of("“The pier is safe,”"), span_of("said"), span_of("Ana Reyes")
        made = Claim.build(ARTICLE, content=[content], cue=[cue], source=[source], speaker="Ana Reyes", confidence=0.5)
        assert (made.article_id, made.kind, made.text, made.confidence) == ("a1", "direct", "“The pier is safe,”", 0.5)
        assert made.speaker == Speaker(name="Ana Reyes", mentions=(source,))
        assert made.id == claim_id("a1", (content,), (cue,), (source,))

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            ("“The pier is safe,”", "direct"),
            ("The pier is safe", "direct"),
            ("that it would “open soon”", "mixed"),
            ("that it would", "indirect"),
            ("“", "indirect"),
        ],
    )
    def test_kind(self, words: str, kind: str) -> None:
        assert Claim.build(ARTICLE, content=[span_of(words)]).kind == kind

    def test_content_in_pieces(self) -> None:
        made = Claim.build(ARTICLE, content=[span_of("“The pier is safe,”"), span_of("“open soon”")])
        assert (made.text, made.kind) == ("“The pier is safe,” “open soon”", "direct")

    def test_the_id_depends_on_article_and_spans_alone(self) -> None:
        content = [span_of("open soon")]
        first = Claim.build(ARTICLE, content=content)
        assert Claim.build(ARTICLE, content=content, speaker="Ana", confidence=0.1).id == first.id
        other = attrs.evolve(ARTICLE, id="a2")
        ids = {first.id, Claim.build(other, content=content).id, Claim.build(ARTICLE, content=content, cue=content).id}
        ids |= {Claim.build(ARTICLE, content=content, source=content).id, Claim.build(ARTICLE, content=[Span(0, 3)]).id}
        assert len(ids) == 5
        assert all(len(i) == 16 and set(i) <= set("0123456789abcdef") for i in ids)

    def test_known_quotations_change_nothing(self) -> None:
        content = [span_of("“open soon”")]
        known = Claim.build(ARTICLE, content=content, quotations=pair_quotes(TEXT))
        assert known == Claim.build(ARTICLE, content=content)


EXAMPLES = [
    Span(0, 3),
    ARTICLE,
    Speaker(name="Ana Reyes", role="harbour master", mentions=[Span(0, 3)]),
    Claim.build(ARTICLE, content=[Span(0, 3)], speaker="Ana Reyes"),
]


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda r: type(r).__name__)
class TestEveryRecord:
    def test_frozen(self, record: Any) -> None:
        for field in attrs.fields(type(record)):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(record, field.name, getattr(record, field.name))
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                delattr(record, field.name)

    def test_no_other_attributes(self, record: Any) -> None:
        with pytest.raises((AttributeError, TypeError)):
            record.other = 1
        assert not hasattr(record, "__dict__")

    def test_equal_and_hashable(self, record: Any) -> None:
        same = attrs.evolve(record)
        assert same == record
        assert same is not record
        assert len({record, same}) == 1

    def test_errors_are_the_librarys_and_the_built_in(self, record: Any) -> None:
        name = attrs.fields(type(record))[0].name
        with pytest.raises(QuotebankError) as caught:
            attrs.evolve(record, **{name: 1.5})
        assert isinstance(caught.value, TypeError)


def test_an_error_shows_a_short_value() -> None:
    with pytest.raises(ArgumentTypeError) as caught:
        Speaker(name=b"x" * 100_000)
    assert len(str(caught.value)) < 150
    assert shown("a" * 500).endswith("...")


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, list[list[Span]]]:
    """A text, and for each of the three roles spans of it in order."""
    text = draw(st.text(alphabet=st.sampled_from("ab “”'\n\ud800é"), min_size=1, max_size=40))
    roles = []
    for least in (1, 0, 0):
        size = draw(st.integers(least, 3)) * 2
        cuts = draw(st.lists(st.integers(0, len(text)), min_size=size, max_size=size).map(sorted))
        spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
        roles.append(spans or ([Span(0, len(text))] if least else []))
    return text, roles


@settings(deadline=None)
@given(texts_and_spans())
def test_every_span_slices_to_the_stated_text(drawn: tuple[str, list[list[Span]]]) -> None:
    text, (content, cue, source) = drawn
    article = Article(text=text)
    made = Claim.build(article, content=content, cue=cue, source=source, speaker="Ana")
    assert made.text == " ".join(text[s.start : s.end] for s in made.content) == covered(text, content)
    assert (made.content, made.cue, made.source) == (tuple(content), tuple(cue), tuple(source))
    assert made.kind in ("direct", "mixed", "indirect")
    assert made == Claim.build(article, content=content, cue=cue, source=source, speaker="Ana")


def test_an_act_that_is_no_speech_has_no_force():
    article = Article(text="She believes it will rain.")
    content = [Span(4, 26)]
    believed = Claim.build(article, content=content, act="attitude")
    assert (believed.act, believed.force, believed.is_statement) == ("attitude", None, False)
    assert Claim.build(article, content=content).force == "statement"
    with pytest.raises(ArgumentValueError, match="force"):
        Claim.build(article, content=content, act="attitude", force="denial")
    with pytest.raises(ArgumentValueError, match=r"Claim\.act must be one of speech, attitude, intention"):
        Claim.build(article, content=content, act="thought")


@pytest.mark.parametrize(
    ("fields", "stated"),
    [({}, True), ({"force": "denial"}, False), ({"force": "refusal"}, False), ({"force": "question"}, False),
     ({"negated": True}, False), ({"conditional": True}, False)],
)  # fmt: skip
def test_what_counts_as_a_statement(fields, stated):
    claim = Claim.build(Article(text="It will rain, she said."), content=[Span(0, 12)], **fields)
    assert claim.is_statement is stated


class TestShown:
    article = Article(
        text="“We are\nready,” said Ann Lee. <b>", title="Ready", publisher="Gazette", published="2026-11-22"
    )

    def claim(self, **more):
        speaker = Speaker(name="Ann Lee", role="mayor", affiliation="Oxbow")
        return Claim.build(self.article, content=[Span(0, 15)], speaker=speaker, **more)

    def test_each_record_prints_in_one_line(self):
        assert str(self.article) == "Gazette · 2026-11-22 · Ready"
        assert str(self.claim()) == "Ann Lee, mayor, Oxbow: “We are ready,” (direct, 0–15)"
        refused = self.claim(force="refusal", negated=True)
        assert str(refused).endswith("(direct, refusal, negated, 0–15)")
        assert str(attrs.evolve(refused, speaker=None)).startswith("Nobody named: ")
        assert str(Speaker(name="critics", type="group", role="critics")) == "critics (group)"
        assert str(Article(text="")) == "an empty article"
        for record in (self.claim(), Article(text="x\ny" * 99), self.claim().speaker):
            assert "\n" not in str(record)

    def test_to_dict_is_what_json_lines_have(self):
        claim = self.claim()
        plain = json.loads(json.dumps(claim.to_dict()))
        assert msgspec.convert(plain, Claim) == claim
        assert plain["content"] == [{"start": 0, "end": 15}]
        assert self.article.to_dict()["published"] == "2026-11-22"
        assert attrs.asdict(claim)["speaker"]["role"] == "mayor"

    def test_a_notebook_shows_claims_as_a_table_in_which_nothing_runs(self):
        evil = Claim.build(self.article, content=[Span(0, len(self.article.text))], speaker="<script>")
        page = Claims([self.claim(), evil])._repr_html_()
        assert page.count("<tr>") == 3
        assert "<script>" not in page
        assert "&lt;b&gt;" in page
        assert "&lt;script&gt;" in evil._repr_html_()
        assert Claims([evil]) == (evil,)

    def test_what_is_known_of_an_article_without_its_text(self):
        reference = quotebank.Reference.to(self.article)
        assert (reference.id, reference.title, reference.published) == (
            self.article.id,
            "Ready",
            self.article.published,
        )
