"""Same claim or not: the words of two texts laid side by side, the speakers, the relation."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import quotebank
from quotebank import ArgumentTypeError, Article, Claim, Comparison, Span, Speaker, compare
from quotebank.comparing.alignment import align
from quotebank.comparing.compared_words import read_words
from quotebank.comparing.same_claim import relation_of, same_probability
from quotebank.comparing.same_speaker import is_mentioned, named_at, read_name, same_speaker
from quotebank.comparing.similarity_features import Evidence
from tests.made_texts import anything, as_parameters, growth, newslike, read_cases

NOUNS = [
    "harbour",
    "tunnel",
    "orchestra",
    "reef",
    "ferry",
    "council",
    "vaccine",
    "dyke",
    "pump",
    "boiler",
    "railway",
    "island",
    "casino",
    "winter",
]
VERBS = ["opened", "flooded", "inspected", "repaired", "sold", "visited", "praised", "abandoned", "measured", "painted"]
ENDS = ["before midnight", "beyond the pier", "after the storm", "in heavy rain", "for the second time"]
NAMES = ["Ana Reyes", "Lars Holm", "Clara Novak", "Lin Wei", "Tomas Berg", "Paul Otieno"]

sentences = st.tuples(*map(st.sampled_from, (NOUNS, VERBS, NOUNS, ENDS))).map(
    lambda parts: "the engineers of the {} {} our old {} {}".format(*parts)
)
quoted = sentences.map(lambda s: f"“{s.capitalize()}.”")


def claim_of(text: str, speaker: Speaker | str | None = "Ana Reyes", article: str = "a1", **fields: Any) -> Claim:
    content = [Span(0, len(text))]
    return Claim.build(Article(text=text, id=article), content=content, speaker=speaker, **fields)


def relation(a: str, b: str, speaker: str | None = "Ana Reyes", **fields: Any) -> str | None:
    return compare(claim_of(a, speaker), claim_of(b, speaker, "a2", **fields)).relation


@pytest.mark.parametrize("case", as_parameters(read_cases("matching")))
def test_cases(case: dict[str, Any]) -> None:
    a = claim_of(case["a"], case["a_speaker"])
    b = claim_of(case["b"], case["b_speaker"], "a2")
    assert (compare(a, b).relation, compare(b, a).relation) == (case["relation"], case["relation"])


class TestArguments:
    @pytest.mark.parametrize("bad", [None, "text", 5, Article(text="x")], ids=repr)
    def test_compare_takes_claims(self, bad: Any) -> None:
        with pytest.raises(ArgumentTypeError, match="a must be a Claim"):
            compare(bad, claim_of("x"))
        with pytest.raises(ArgumentTypeError, match="b must be a Claim"):
            compare(claim_of("x"), bad)

    @pytest.mark.parametrize("bad", [None, b"text", 5, ["text"]], ids=repr)
    def test_texts_are_str(self, bad: Any) -> None:
        with pytest.raises(ArgumentTypeError, match="quotation must be a str"):
            align(bad, "x")
        with pytest.raises(ArgumentTypeError, match="stated must be a str"):
            align("x", bad)

    def test_exported(self) -> None:
        assert {"compare", "Comparison"} <= set(quotebank.__all__)
        assert isinstance(compare(claim_of("x"), claim_of("x")), Comparison)

    def test_a_comparison_is_frozen(self) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            compare(claim_of("x"), claim_of("x")).relation = None  # type: ignore[misc]


class TestCompare:
    @settings(deadline=None)
    @given(st.one_of(newslike, anything).filter(bool), st.one_of(st.none(), anything))
    def test_a_claim_is_the_same_as_itself(self, text: str, speaker: str | None) -> None:
        one = claim_of(text, speaker)
        found = compare(one, one)
        assert (found.relation, found.score) == ("exact", 1.0)

    @settings(deadline=None)
    @example(
        "5'10\"Reyes", "thethe\U0001f468\u200d\U0001f469\u200d\U0001f4675'10\"", NAMES[0], NAMES[0]
    )  # as much information in both
    @given(newslike.filter(bool), newslike.filter(bool), st.sampled_from(NAMES), st.sampled_from([*NAMES, None]))
    def test_both_orders_say_the_same(self, first: str, second: str, name: str, other: str | None) -> None:
        a, b = claim_of(first, name), claim_of(second, other, "a2")
        there, back = compare(a, b), compare(b, a)
        assert (there.relation, there.speaker, there.wording) == (back.relation, back.speaker, back.wording)
        assert there.score == pytest.approx(back.score)
        assert relation_of(a, b) == (there.relation, there.score)
        assert [d.turned() for d in there.differences] == list(back.differences)

    @settings(deadline=None)
    @given(quoted)
    def test_the_same_words_in_another_article(self, text: str) -> None:
        found = compare(claim_of(text), claim_of(text.upper(), article="a2"))
        assert (found.relation, found.score, found.wording) == ("exact", 1.0, "exact")

    @settings(deadline=None)
    @given(sentences, sentences)
    def test_a_cut_that_an_ellipsis_shows(self, first: str, second: str) -> None:
        assume(first != second)
        whole = f"“{first.capitalize()}, {second}, as I told the committee in March.”"
        assert relation(whole, f"“{first.capitalize()} … as I told the committee in March.”") == "subset"
        assert relation(whole, f"“… {second}, as I told the committee in March.”") == "subset"

    @settings(deadline=None)
    @given(sentences, sentences, st.data())
    def test_one_changed_word_is_named(self, first: str, second: str, data: st.DataObject) -> None:
        assume(first != second)
        words = f"{first} and {second}".split()
        at = data.draw(st.integers(0, len(words) - 1))
        changed = [*words[:at], "zebra", *words[at + 1 :]]
        found = compare(claim_of(f"“{' '.join(words)}.”"), claim_of(f"“{' '.join(changed)}.”", article="a2"))
        assert found.relation == "edited"
        different = [d for d in found.differences if d.change != "kept"]
        assert any("zebra" in d.second.split() and words[at] in d.first.split() for d in different)

    @settings(deadline=None)
    @given(sentences, st.permutations(NAMES))
    def test_other_speakers_say_other_claims(self, text: str, names: list[str]) -> None:
        for words in (text, f"“{text}”"):
            found = compare(claim_of(words, names[0]), claim_of(words, names[1], "a2"))
            assert (found.relation, found.speaker, found.wording) == (None, "different", "exact")

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, "exact"),
            ({"force": "warning"}, "exact"),
            ({"force": "refusal"}, None),
            ({"force": "question"}, None),
            ({"force": "denial"}, None),
            ({"negated": True}, None),
            ({"conditional": True}, None),
            ({"act": "intention"}, "exact"),
        ],
        ids=str,
    )
    def test_the_act_counts(self, fields: dict[str, Any], expected: str | None) -> None:
        text = "that the harbour would be sold before the winter"
        assert relation(text, text, **fields) == expected

    def test_words_said_in_denying_are_the_same_words(self) -> None:
        text = "“I have never sold a harbour to anyone.”"
        assert relation(text, text, force="denial") == "exact"

    def test_denying_is_saying_the_opposite(self) -> None:
        denied = "that she sold the harbour to her brother before the winter"
        said = "that she did not sell the harbour to her brother before the winter"
        assert relation(said, denied, force="denial") == "paraphrase"
        assert relation(denied, denied, force="denial") is None

    def test_differences_slice_to_their_texts(self) -> None:
        a, b = (
            "“We will sell the harbour, the ferry and both pumps.”",
            "“We will never sell the harbour and the pumps.”",
        )
        found = compare(claim_of(a), claim_of(b, article="a2"))
        assert [(d.change, d.first, d.second) for d in found.differences][:3] == [
            ("kept", "We will", "We will"),
            ("added", "", "never"),
            ("kept", "sell the harbour", "sell the harbour"),
        ]
        for difference in found.differences:
            for words, span, text in (
                (difference.first, difference.first_span, a),
                (difference.second, difference.second_span, b),
            ):
                assert words == (span.slice(text) if span else "")


class TestAlign:
    def test_what_a_fact_checker_asks(self) -> None:
        stated = "“The reef is dying, whatever the ministry says. Anyone who dives there can see it.”"
        found = align("The reef is dying", stated)
        assert (found.wording, found.verbatim, found.found) == ("subset", True, Span(1, 18))
        assert align("The reef is dying … Anyone who dives there can see it", stated).verbatim
        assert not align("The reef is dying. Anyone who dives there can see it", stated).verbatim
        altered = align("The reef is dead, whatever the ministry says", stated)
        assert (altered.wording, altered.verbatim) == ("edited", False)
        assert [(d.first, d.second) for d in altered.differences if d.change == "changed"] == [("dead", "dying")]
        assert align("Pumps were ordered for the tunnel", stated).wording is None

    def test_a_negation_is_told(self) -> None:
        assert align("We will sell the harbour", "We will not sell the harbour").reversed
        assert align("We won’t sell the harbour", "We will sell the harbour").reversed
        assert not align("We will sell the harbour", "We will gladly sell the harbour").reversed

    @settings(deadline=None)
    @given(st.one_of(newslike, anything), st.one_of(newslike, anything))
    def test_any_two_texts(self, a: str, b: str) -> None:
        found = align(a, b)
        assert 0 <= found.share <= 1
        for side, text in (("first", a), ("second", b)):
            spans = [getattr(d, f"{side}_span") for d in found.differences if getattr(d, f"{side}_span")]
            assert all(x.end <= y.start for x, y in pairwise(spans))
            assert [s.slice(text) for s in spans] == [getattr(d, side) for d in found.differences if getattr(d, side)]
            read = read_words(text)
            assert sum(s.start <= at < s.end for s in spans for at in read.starts) == len(read)

    @settings(deadline=None)
    @given(st.one_of(newslike, anything))
    def test_a_text_stands_in_itself(self, text: str) -> None:
        found = align(text, text)
        assert (found.wording, found.verbatim, found.share) == ("exact", True, 1.0)
        assert not found.reversed

    def test_a_quotation_is_found_in_a_long_statement(self) -> None:
        statement = " ".join(f"The {noun} was {verb} by the man of the {noun}." for noun in NOUNS for verb in VERBS)
        quotation = "The ferry was painted by the man of the ferry. The council was opened"
        found = align(quotation, statement)
        assert found.found is not None
        assert found.verbatim
        assert found.found.slice(statement) == quotation


class TestSpeakers:
    @pytest.mark.parametrize(
        ("a", "b", "agreement"),
        [
            ("Ana Reyes", "Reyes", "same"),
            ("Mayor Ana Reyes", "Ms. Reyes", "same"),
            ("Ana M. Reyes", "Ana Maria Reyes", "same"),
            ("J. Edgar Holm", "Edgar Holm", "same"),
            ("Bob Holm", "Robert Holm", "same"),
            ("Holm, Robert", "Robert Holm Jr.", "same"),
            ("Ana Reyes, the harbour master", "Ana Reyes", "same"),
            ("harbour master Ana Reyes", "Reyes", "same"),
            ("Ursula van der Berg", "van der Berg", "same"),
            ("Ana Reyes’", "Ana Reyes", "same"),
            ("ANA REYES", "Reyes", "same"),
            ("the Water Board", "Water Board", "same"),
            ("Ana Reyes", "Lars Holm", "different"),
            ("Ana Reyes", "Bruno Reyes", "different"),
            ("A. Reyes", "Bruno Reyes", "different"),
            ("Ana K. Reyes", "Ana P. Reyes", "different"),
            ("the Water Board", "the School Board", "different"),
            ("Ana Reyes", "the Water Board", "different"),
            ("Ana Reyes", "the poll", "different"),
            ("Ana Reyes", "Ana", "unknown"),
            ("Ana Reyes", "she", "unknown"),
            ("Ana Reyes", "an official", "unknown"),
            ("officials", "residents", "unknown"),
            ("an official", "an official", "unknown"),
            ("", "Ana Reyes", "unknown"),
            ("\ud800", "👍", "unknown"),
        ],
    )
    def test_names(self, a: str, b: str, agreement: str) -> None:
        first, second = Speaker(name=a), Speaker(name=b)
        assert (same_speaker(first, second), same_speaker(second, first)) == (agreement, agreement)

    def test_nobody_and_anonymous(self) -> None:
        someone = Speaker(name="Ana Reyes")
        assert same_speaker(None, someone) == same_speaker(None, None) == "unknown"
        hidden = Speaker(name="Ana Reyes", type="anonymous")
        assert same_speaker(hidden, someone) == "unknown"

    @settings(deadline=None)
    @given(anything, st.one_of(anything, st.sampled_from(NAMES)))
    def test_any_two_names(self, a: str, b: str) -> None:
        first, second = Speaker(name=a), Speaker(name=b)
        assert same_speaker(first, second) == same_speaker(second, first)
        assert same_speaker(first, first) != "different"


class TestTime:
    @pytest.mark.parametrize("make", [
        lambda n: " ".join(NOUNS[i % 7] + str(i % 11) for i in range(n)),
        lambda n: "ferry " * n,
        lambda n: "“no, " * n,
        lambda n: " ".join(f"{NOUNS[i % 13]} {VERBS[(i * i) % 7]}." for i in range(n)),
    ])  # fmt: skip
    def test_grows_with_the_text(self, make: Any) -> None:
        other = "“" + make(60) + "”"
        assert growth(lambda text: align(other, text), make, 8_000, limit=2.6) <= 2.6

    def test_two_long_texts(self) -> None:
        long = " ".join(f"{NOUNS[i % 13]} {VERBS[(i * 7) % 10]} {i % 17}" for i in range(7_000))
        assert len(long) > 100_000
        began = time.process_time()
        compare(claim_of(long), claim_of(long[::-1], article="a2"))
        compare(claim_of(long), claim_of(long[50:], article="a2"))
        assert time.process_time() - began < 20


def test_the_shipped_weights_are_those_of_the_features() -> None:
    assert 0 < same_probability(Evidence()) < 0.2
    all_alike = Evidence(words=1, stretch=1, kept=1, overlap=1, focus=1, run=1, longest=1, same=1)
    assert same_probability(all_alike) > 0.8


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("Olwen Price-Hughes", "Judge Price-Hughes told them", "Price"),
        ("Yun Seo-jin", "written by Yun Seo-jin.", "Seo"),
        ("Fatoumata Keïta", "thus Keita, 67", "Keita"),
        ("Bjarni Hallgrimsson", "did Hallgrímsson’s friends", "Hallgrímsson"),
        ("Conor O'Brien", "Mr O’Brien said", "O’Brien"),
        ("Ann Lee", "the fleet sailed", None),
        ("Ann Price", "Judge Price-Hughes told them", None),
    ],
)
def test_a_last_name_is_found_in_any_spelling(name: str, text: str, first: str | None) -> None:
    terms = {read_name(name).last}
    read = read_words(text)
    assert [text[read.starts[at] :].startswith(first or "") for at in named_at(read, terms)] == (
        [True] if first else []
    )
    assert is_mentioned(text, terms) is (first is not None)
