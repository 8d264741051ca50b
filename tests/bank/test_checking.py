"""Did they say it: every verdict with its proof; groups, and the examples that README shows."""

import re

import pytest

from quotebank import ArgumentTypeError, ArgumentValueError, Article, Claim, ClaimBank, NotInBankError, Span, Speaker
from tests.bank.reports import filled, report, spanned, stated
from tests.conftest import ROOT, article, article_names

SENTENCE = re.compile(r"(?:^|(?<=[.] ))[A-Z][^.!?\n“”\"]{40,200}\.", re.MULTILINE)
MOST_SENTENCES, MOST_PEOPLE = 40, 9  # of an article
LONG = "“We were told on Monday afternoon that the roof was safe, and I have that in writing,”"


@pytest.fixture
def bank():
    with ClaimBank(":memory:") as opened:
        filled(
            opened,
            report(LONG, "Rosalind Achterberg", id="a", publisher="Courier", published="2026-09-01"),
            report(LONG.replace(", and I have that in writing", ""), "Achterberg", id="b", published="2026-09-02"),
            report("“Four minutes is the difference between a headline and eleven funerals,”", "Matthew Okonjo",
                   id="c", publisher="Herald", published="2026-09-03"),
        )  # fmt: skip
        article = Article(
            text="Ingrid Holm said that inspectors had never been allowed above the second gallery.", id="d"
        )
        opened.add(
            article, [stated(article, "that inspectors had never been allowed above the second gallery", "Ingrid Holm")]
        )
        yield opened


def proven(bank, check):
    """Every proof stands in its article where it says."""
    for proof in check.proofs:
        text = bank.article(proof.appearance.article.id).text
        assert " ".join(s.slice(text) for s in proof.spans) == proof.text
        assert proof.appearance.claim in bank.claims(proof.appearance.article.id)
    return check


@pytest.mark.parametrize(
    ("quotation", "speaker", "verdict", "articles"),
    [
        (LONG, "Rosalind Achterberg", "said", "ab"),
        ("We were told on Monday afternoon", "Rosalind Achterberg", "said", "ab"),
        ("“We were told on Monday…”", None, "said", "ab"),
        ("the roof was safe", "Rosalind Achterberg", "not stated", "ab"),
        ("“The roof was safe…”", None, "not stated", "ab"),
        ("the roof was safe", "Sam Stranger", "not found", "ab"),
        ("WE WERE TOLD … that the roof was safe", "Achterberg", "said", "ab"),
        ("We were told on Sunday afternoon that the roof was safe", "Rosalind Achterberg", "altered", "ab"),
        ("We were told on Monday that the roof was safe", "Rosalind Achterberg", "altered", "ab"),
        ("We were not told on Monday afternoon that the roof was safe", "Rosalind Achterberg", "altered", "ab"),
        ("Four minutes is the difference between a headline and eleven funerals", "Ingrid Holm", "misattributed", "c"),
        ("Four hours is the difference between a headline and eleven funerals", "Ingrid Holm", "misattributed", "c"),
        ("Four minutes is the difference between a headline and eleven funerals", "Sam Stranger", "misattributed", "c"),
        ("inspectors had never been allowed above the second gallery", "Ingrid Holm", "paraphrase", "d"),
        ("Inspectors were never allowed above the second gallery", None, "paraphrase", "d"),
        ("The roof was made of cheese", "Ingrid Holm", "not found", ""),
        ("“”", None, "not found", ""),
        ("🎉 \0", None, "not found", ""),
        ("", None, "not found", ""),
    ],
)
def test_verdicts(bank, quotation, speaker, verdict, articles):
    check = proven(bank, bank.check(quotation, speaker))
    assert (check.verdict, check.quotation, check.speaker) == (verdict, quotation, speaker)
    assert {p.appearance.article.id for p in check.proofs} == set(articles)
    assert check.explanation.endswith((".", ".”"))
    assert str(check).startswith(verdict.upper())


def test_an_altered_quotation_is_shown_word_by_word(bank):
    check = bank.check("We were told on Sunday that the roof was really safe", "Rosalind Achterberg")
    changes = [(d.change, d.first, d.second) for d in check.proofs[0].differences if d.change != "kept"]
    assert changes == [("changed", "Sunday", "Monday afternoon"), ("dropped", "really", "")]
    assert check.proofs[0].marked() == (
        "We were told on {-Sunday-} {+Monday afternoon+} that the roof was {-really-} safe"
    )
    assert "2 words changed, 1 word put in" in check.explanation


def test_the_oldest_article_comes_first(bank):
    check = bank.check("the roof was safe", "Rosalind Achterberg")
    assert [p.appearance.article.id for p in check.proofs] == ["a", "b"]
    assert "2 articles, first in Courier of 2026-09-01" in check.explanation


def test_what_was_never_said_is_not_said():
    with ClaimBank(":memory:") as bank:
        article, _ = report("“The roof is a disgrace to us all,”", id="x")
        bank.add(article, [stated(article, "“The roof is a disgrace to us all,”", "Ann Lee", negated=True)])
        check = bank.check("The roof is a disgrace to us all", "Ann Lee")
        assert check.verdict == "not stated"
        assert "says that Ann Lee did not say it" in check.explanation
        assert check.explanation.endswith(check.proofs[0].sentence)


def test_words_of_someone_unnamed_are_nobodys():
    with ClaimBank(":memory:") as bank:
        filled(bank, report("“The roof is a disgrace to us all,”", None, id="x"))
        check = bank.check("The roof is a disgrace to us all", "Ann Lee")
        assert check.verdict == "not found"
        assert "in x, but not as those of Ann Lee: “The roof" in check.explanation
        assert len(check.proofs) == 1
        assert bank.check("The roof is a disgrace to us all").verdict == "said"


def test_only_what_stands_in_quotation_marks_was_said_in_these_words():
    article = Article(text="Ann Lee said that the roof was “a disgrace to us all” and would go.", id="x")
    with ClaimBank(":memory:") as bank:
        bank.add(article, [stated(article, "that the roof was “a disgrace to us all” and would go", "Ann Lee")])
        assert bank.check("a disgrace to us all", "Ann Lee").verdict == "said"
        assert bank.check("the roof was a disgrace to us all", "Ann Lee").verdict != "said"


def test_when_papers_disagree_the_answer_says_so(bank):
    quotation = "“Four minutes is the difference between a headline and eleven funerals,”"
    filled(bank, report(quotation, "Tobias Fennimore", id="z", publisher="Wire"))
    check = bank.check(quotation, "Matthew Okonjo")
    assert check.verdict == "said"
    assert "But Wire gives it to Tobias Fennimore." in check.explanation


def test_pieces_of_a_quotation_are_proven_piece_by_piece():
    article = Article(text="“The bridge is old,” said Ann Lee, “and the river is young.”", id="x")
    content = [spanned(article.text, "“The bridge is old,”"), spanned(article.text, "“and the river is young.”")]
    with ClaimBank(":memory:") as bank:
        from quotebank import Claim

        bank.add(article, [Claim.build(article, content=content, speaker="Ann Lee")])
        check = proven(bank, bank.check("The bridge is old and the river is young", "Ann Lee"))
        assert check.verdict == "said"
        assert len(check.proofs[0].spans) == 2


def test_arguments_are_checked(bank):
    with pytest.raises(ArgumentValueError, match="quotation"):
        bank.check("x" * 100_000)
    with pytest.raises(ArgumentTypeError, match="quotation"):
        bank.check(None)
    with pytest.raises(ArgumentValueError, match="surrogate"):
        bank.check("\ud800")
    with pytest.raises(ArgumentTypeError, match="speaker"):
        bank.check("roof", 7)


# Groups


def test_groups_have_every_appearance_and_how_it_differs(bank):
    (group,) = bank.groups()
    assert [a.article.id for a in group.appearances] == ["a", "b"]
    assert group.first.article.publisher == "Courier"
    assert [w.relation for w in group.wordings] == ["subset"]
    assert any(d.change == "dropped" and "in writing" in d.first for d in group.wordings[0].differences)
    assert bank.group(bank.claims("b")[0]) == group == bank.group(group.id)
    assert bank.timeline(group) == group.appearances
    alone = bank.group(bank.claims("c")[0])
    assert (alone.id, len(alone.appearances)) == (0, 1)
    assert bank.timeline(alone) == alone.appearances
    with pytest.raises(NotInBankError):
        bank.group(99)


def test_groups_follow_articles_that_change(bank):
    same = report(LONG, "Rosalind Achterberg", id="e", published="2025-01-01")
    filled(bank, same)
    assert [a.article.id for a in bank.groups()[0].appearances] == ["e", "a", "b"]
    for name in "ae":
        bank.add(bank.article(name), ())
        assert bank.verify().ok
    assert bank.groups() == ()
    filled(bank, same)
    assert [a.article.id for a in bank.groups()[0].appearances] == ["e", "b"]
    assert bank.check("we were told on Monday afternoon").verdict == "said"
    assert bank.verify().ok


def test_another_claim_of_the_same_words_takes_its_place_in_the_index(bank):
    words = "“The pumps were sold to Brindle in the night,”"
    filled(bank, *(report(words, "Ann Lee", id=name) for name in "xyz"))
    for name in "xy":
        bank.add(bank.article(name), ())
        assert {p.appearance.article.id for p in bank.check("pumps were sold to Brindle").proofs} <= set("yz")
        assert bank.verify().ok
    filled(bank, report(words, "Ann Lee", id="new"))
    assert [a.article.id for a in bank.group(bank.claims("z")[0]).appearances] == ["z", "new"]


def test_the_same_words_of_two_people_are_two_claims(bank):
    filled(bank, report(LONG, "Bo Diaz", id="e"))
    assert all(a.article.id != "e" for a in bank.groups()[0].appearances)


@pytest.fixture(scope="module")
def examples(extractor):
    with ClaimBank(":memory:", extractor=extractor) as opened:
        for path in sorted((ROOT / "examples" / "bank").glob("*.txt")):
            opened.add(Article(text=path.read_text(encoding="utf8"), id=path.stem))
        yield opened


@pytest.mark.parametrize(
    ("quotation", "speaker", "verdict"),
    [
        ("We were told on Monday afternoon that the roof was safe", "Rosalind Achterberg", "said"),
        ("because nobody told us", "Rosalind Achterberg", "altered"),
        ("Four minutes is the difference between a headline and eleven funerals", "Ingrid Holm", "misattributed"),
        ("The roof was made of cheese", "Ingrid Holm", "not found"),
    ],
)
def test_the_example_articles(examples, quotation, speaker, verdict):
    check = examples.check(quotation, speaker)
    if quotation.startswith("because"):  # three words of four are too few to call it the same quotation
        assert check.verdict in (verdict, "not found")
    else:
        assert check.verdict == verdict
    assert len(examples.groups()) >= 4
    assert examples.verify().ok


def test_words_in_a_text_that_no_claim_has_are_shown_as_printed():
    text = "The old mill by the river burned down twice. “The grain is safe,” Ann Lee said."
    article = Article(text=text, id="a", publisher="The Herald")
    claim = Claim.build(article, content=[Span(text.index("“"), text.index("”") + 1)], speaker="Ann Lee")
    with ClaimBank(":memory:") as bank:
        bank.add(article, [claim])
        answer = bank.check("the river Burned down, twice")
        assert (answer.verdict, answer.proofs) == ("not found", ())
        (passage,) = answer.passages
        assert passage.text == passage.spans[0].slice(text) == "the river burned down twice"
        assert "no claim gives them to anyone" in answer.explanation
        assert "in the text: the river burned down twice" in str(answer)
        assert bank.check("the river burned down once").passages == ()
        assert bank.check("the grain is safe").passages == ()


def test_what_an_article_tells_of_somebody_is_not_said_by_them(examples, extractor):
    """No sentence of the narrator, in no claim, is *said* by anyone who speaks in its article, named there or not."""
    asked = 0
    for name in article_names():
        text = article(name).text
        claims = extractor.extract(article(name))
        spans = [s for claim in claims for part in (claim.content, claim.source) for s in part]
        taken = {i for s in spans for i in range(s.start, s.end)}
        people = {claim.speaker.name for claim in claims if claim.speaker and claim.speaker.type != "anonymous"}
        told = (m for m in SENTENCE.finditer(text) if taken.isdisjoint(range(*m.span())))
        for sentence in list(told)[:MOST_SENTENCES]:
            for person in sorted(people)[:MOST_PEOPLE]:
                asked += 1
                assert examples.check(sentence[0], person).verdict != "said", (name, sentence[0], person)
    assert asked > 100


def test_what_was_done_to_somebody_is_not_their_word():
    """The sentence names them and has a word that reports ("allegation"), but no claim."""
    dropped = "Prosecutors have dropped an investigation into an allegation made against the founder Ann Lee in 2010."
    with ClaimBank(":memory:") as bank:
        bank.add(Article(text=f"{dropped}\n\nLee, who denies the accusation, lives in Oslo.", id="a"), [])
        assert bank.check(dropped, "Ann Lee").verdict == "unclear"


def verdict_on_roof(extractor, told):
    """Whether Ann Lee said that the roof was safe, by an article that holds no more than `told`."""
    with ClaimBank(":memory:", extractor=extractor) as bank:
        bank.add(Article(text=told, id="a"))
        return bank.check("the roof was safe", "Ann Lee").verdict


@pytest.mark.parametrize(
    "told",
    [
        "Ann Lee said “the roof was safe” was a lie.",
        "Ann Lee called “the roof was safe” the worst sentence in the report.",
        "Instead of “the roof was safe,” Ann Lee said “the roof was cheap.”",
        "Rather than “the roof was safe,” Ann Lee told reporters “we never looked.”",
        "Ann Lee has been quoted online as saying “the roof was safe,” but no recording of it exists.",
        "The claim: Ann Lee said “the roof was safe.” Our ruling: False.",
        "“I wish I'd told them, ‘the roof was safe,’ but I only waved,” said Ann Lee.",
        "Deepfaked, Ann Lee said: “The roof was safe.”",
        "In an earlier draft Ann Lee wrote “the roof was safe.”",
        "Ann Lee’s parody account tweeted: “The roof was safe.”",
        "An account in Ann Lee’s name posted “the roof was safe.”",
        "A chatbot posing as Ann Lee said “the roof was safe.”",
        "An actor playing Ann Lee said, “The roof was safe.”",
        "An impressionist doing Ann Lee’s voice said, “The roof was safe.”",
        "A letter to Ann Lee said “the roof was safe.”",
        "A sign outside Ann Lee’s office said “the roof was safe.”",
        "A banner behind Ann Lee read “The roof was safe.”",
    ],
)
def test_words_beside_a_name_that_are_only_spoken_of_or_are_something_elses(extractor, told):
    assert verdict_on_roof(extractor, told) in ("not stated", "misattributed", "second hand")


@pytest.mark.parametrize(
    "told",
    [
        "Ann Lee said “the roof was safe” and that nobody had asked.",
        "“The roof was safe,” said Ann Lee, who called the report a lie.",
        "Ann Lee, instead of waiting for the report, said: “The roof was safe.”",
        "A letter from Ann Lee said “the roof was safe.”",
        "Ann Lee has been quoted by the Herald as saying “the roof was safe,” and she stands by it.",
    ],
)
def test_words_near_such_traps_that_were_said(extractor, told):
    assert verdict_on_roof(extractor, told) in ("said", "paraphrase", "unclear")


def test_few_or_small_words_are_found_near_who_is_asked_for():
    text = "You could hear Ann Lee think it: get me out of here. “Cancel it.” Two words, and Ann Lee regrets both."
    with ClaimBank(":memory:") as bank:
        bank.add(Article(text=text, id="a"), [])
        bank.add(Article(text="Get me out of here. “Cancel it.” Al Poe hummed.", id="b"), [])
        for words in ("get me out of here", "cancel it"):
            for name in ("Ann Lee", "Lee, Ann", "Ann Lee MP"):
                assert [p.article.id for p in bank.check(words, name).passages if p.named] == ["a"]
        assert bank.check("two", "Ann Lee").passages == ()  # one word without marks


@pytest.mark.parametrize(
    ("quotation", "changes"),
    [
        ("We were told on Monday afternoon that the roof was sound", [("sound", "safe")]),
        ("They were told on Monday afternoon that the roof was safe", [("They", "We")]),
        (
            "were told on Monday evening that the roof was safe, and I have this in writing",
            [("evening", "afternoon"), ("this", "that")],
        ),
    ],
)
def test_a_change_at_an_edge_is_no_more_than_the_words_that_changed(bank, quotation, changes):
    check = proven(bank, bank.check(quotation, "Rosalind Achterberg"))
    assert check.verdict == "altered"
    found = [(d.first, d.second) for d in check.proofs[0].differences if d.change != "kept"]
    assert found == changes
    assert f"{len(changes)} word{'s' if len(changes) > 1 else ''} changed" in check.explanation


@pytest.mark.parametrize(
    ("quotation", "turned"),
    [
        ("You … certify a beam that you are not permitted to see", True),
        ("You cannot certify a beam that you are … permitted to see", True),
        ("You cannot certify … permitted to see", True),
        ("You cannot certify a beam … and nobody asked us", False),
    ],
)
def test_an_ellipsis_that_hides_a_negation_is_told(quotation, turned):
    words = "“You cannot certify a beam that you are not permitted to see, and nobody asked us,”"
    with ClaimBank(":memory:") as bank:
        filled(bank, report(words, "Ingrid Holm", id="a"))
        check = proven(bank, bank.check(quotation, "Holm"))
    assert check.verdict == ("altered" if turned else "said")
    assert ("lose a negation" in check.explanation) is turned


def test_small_words_alone_are_found():
    with ClaimBank(":memory:") as bank:
        filled(bank, report("“I like Paul, but I am just not quite there yet, and we need leadership,”", id="a"))
        filled(bank, *(report(f"“Number {n} is one of the things that we do,”", id=str(n)) for n in range(20)))
        assert bank.check("we are not quite there yet").verdict == "altered"
        assert bank.check("not quite there yet", "Ann Lee").verdict == "said"


def test_a_speaker_without_a_name_is_refused(bank):
    for name in ("", " \n"):
        with pytest.raises(ArgumentValueError, match="speaker"):
            bank.check("the roof was safe", name)


def test_the_speaker_asked_for_is_found_among_many_who_said_it():
    quotation = "“We will not close the harbour bridge,”"
    names = [f"Ann{letter} Lee{letter}" for letter in "abcdefghijklmnopqrst"]
    with ClaimBank(":memory:") as bank:
        filled(bank, *(report(quotation, name, id=name) for name in names))
        for name in (names[0], names[9], names[-1]):
            assert bank.check("We will not close the harbour bridge", name).verdict == "said"
            assert bank.check("We will not close the harbour bridge today", name).verdict != "misattributed"


@pytest.mark.parametrize(
    "text",
    [
        "He ran the 800m in 1m42s and the 1500m in 3m29s",
        "We had the 5th and the 6th at 10am and 5pm",
        "From 10am to 5pm it was 30C, or 86F",
        "Fußball, Straße, großer Spaß, weißer Fluß und heißer Gruß",
        "We ❤️ the pumps of the party’s 2,300 towns",
        "The U.S. and the G20 can't agree",
    ],
)
def test_words_are_looked_up_as_full_text_search_has_them(text):
    with ClaimBank(":memory:") as bank:
        filled(bank, report(f"“Well, {text}, I think,”", id="a"))
        assert bank.check(text).verdict == "said"


def test_one_report_that_everybody_has_does_not_hide_others():
    with ClaimBank(":memory:") as bank:
        filled(
            bank, report("“The lower pumps of the harbour will fail by noon, said the clerk,”", "Bo Diaz", id="other")
        )
        bank.add_many(report("“The pumps of the harbour will fail,”", id=str(n)) for n in range(300))
        answer = bank.check("The lower pumps of the harbour will fail by noon")
        assert answer.proofs[0].appearance.article.id == "other"
        assert bank.check("The pumps of the harbour will fail").verdict == "said"


def indirect(text, content, cue, name, type_="organization"):
    """An article with one report, and its claim."""
    article = Article(text=text, id="x", publisher="Herald")
    content, cue, source = ([Span(text.index(part), text.index(part) + len(part))] for part in (content, cue, name))
    return article, [
        Claim.build(article, content=content, cue=cue, source=source, speaker=Speaker(name=name, type=type_))
    ]


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("the plant in Dale would hire 200 people by spring", "paraphrase"),
        ("the plant in Dale would hire 300 people by spring", "altered"),
        ("the plant in Dale would hire ninety people by spring", "altered"),
        ("the plant in Leith would hire 200 people by spring", "altered"),
        ("the mine in Leith was shut in May", "not found"),
    ],
)
def test_a_report_with_another_number_or_name_is_an_altered_one(asked, verdict):
    report = "that the plant in Dale would hire 200 people by spring"
    with ClaimBank(":memory:") as bank:
        bank.add(*indirect(f"Acme Corp said {report}.", report, "said", "Acme Corp"))
        check = bank.check(asked, "Acme Corp")
        assert check.verdict == verdict
        if verdict == "altered":
            assert (
                "is reported to have said it, but not word for word, in Herald: 1 word changed (“" in check.explanation
            )


def test_several_are_and_one_is():
    with ClaimBank(":memory:") as bank:
        report = "that the bridge over the Tamar would close for a while"
        bank.add(*indirect(f"In Dale city officials said {report}.", report, "said", "city officials", "group"))
        check = bank.check("the bridge over the Tamar would close for a while", "city officials")
    assert check.explanation.startswith("City officials are reported to have said so")


def test_the_nearest_names_are_told_whatever_letter_they_begin_with():
    with ClaimBank(":memory:") as bank:
        report = "that the oil belongs to the people"
        bank.add(*indirect(f"Muammar Qaddafi said {report}.", report, "said", "Muammar Qaddafi", "person"))
        for asked in ("Gaddafi", "Muammar Gadhafi"):
            with pytest.raises(NotInBankError, match="the nearest name is Muammar Qaddafi"):
                bank.timeline(asked)
            assert "the nearest name is Muammar Qaddafi" in bank.check("nothing of it was said", asked).explanation


def told(text, quotation, cue, source, asked, *, speaker=None, confidence=1.0, **fields):
    """The answer on a quotation of an article of one claim, asked for of somebody."""
    article = Article(text=text, id="a", publisher="Herald")
    who = Speaker(name=speaker or asked, confidence=confidence)
    roles = {"cue": [spanned(text, cue)], "source": [spanned(text, source)]}
    with ClaimBank(":memory:") as bank:
        bank.add(article, [stated(article, quotation, who, **roles, **fields)])
        return bank.check(quotation.strip("“”"), asked)


def test_articles_that_have_it_otherwise_are_not_counted_with_those_that_have_it_so():
    with ClaimBank(":memory:") as bank:
        filled(
            bank,
            report(
                "“The roof of the old hall is a disgrace to us all,”",
                id="x",
                publisher="Herald",
                published="2026-09-01",
            ),
            report(
                "“The roof of the new hall is a disgrace to us all,”", id="y", publisher="Wire", published="2026-09-02"
            ),
        )
        check = bank.check("The roof of the town hall is a disgrace to us all", "Ann Lee")
    assert len(check.proofs) == 2
    assert check.explanation.endswith("in Herald of 2026-09-01: 1 word changed (“town” for “old”).")


def test_the_words_that_differ_are_named(bank):
    check = bank.check("We were told on Sunday afternoon that the roof was safe", "Rosalind Achterberg")
    assert check.explanation.endswith(": 1 word changed (“Sunday” for “Monday”).")
    check = bank.check("We were told on Monday afternoon the roof was really safe", "Rosalind Achterberg")
    assert check.explanation.endswith(": 1 word left out, 1 word put in (“that”, “really”).")


def test_what_somebody_did_not_want_is_not_called_unsaid():
    text = "Ann Lee does not want the ferry to sail on Sundays."
    fields = {"act": "attitude", "force": None, "negated": True}
    check = told(text, "the ferry to sail on Sundays", "does not want", "Ann Lee", "Ann Lee", **fields)
    assert check.verdict == "not stated"
    assert check.explanation.startswith("It is what Ann Lee did not think, know, want or plan, as the article has it")


def test_who_is_meant_is_told_with_doubt_where_it_is_doubted():
    text = "“The ferry will sail on Sundays again,” the harbourmaster said."
    check = told(
        text, "“The ferry will sail on Sundays again,”", "said", "the harbourmaster", "Ann Lee", confidence=0.7
    )
    assert check.verdict in ("said", "unclear")
    if check.verdict == "said":
        assert check.explanation.startswith("Ann Lee, it seems, said it word for word")
        assert check.explanation.endswith(text)


def test_of_a_long_sentence_the_part_is_shown_that_has_the_words():
    much = "The quay was rebuilt in stone and iron and after that in stone again, " * 7
    text = f"“{much}and nobody has paid us for any of it,” said Ann Lee."
    article = Article(text=text, id="a")
    roles = {"cue": [spanned(text, "said")], "source": [spanned(text, "Ann Lee")]}
    with ClaimBank(":memory:") as bank:
        bank.add(article, [stated(article, f"“{much}and nobody has paid us for any of it,”", "Ann Lee", **roles)])
        for quotation in ("nobody has paid us for any of it", "The quay was rebuilt in stone and iron"):
            assert quotation in bank.check(quotation, "Ann Lee").explanation


def test_an_ellipsis_stands_where_something_is_left_out_and_nowhere_else():
    much = "The quay was rebuilt in stone and iron and after that in stone again, " * 7
    last = "and nobody has paid us for any of it"
    text = f"Ann Lee said: “{much}{last}.”"
    article = Article(text=text, id="a")
    roles = {"cue": [spanned(text, "said")], "source": [spanned(text, "Ann Lee")]}
    with ClaimBank(":memory:") as bank:
        bank.add(article, [stated(article, f"“{much}{last}.”", "Ann Lee", **roles)])
        shown = bank.check(last, "Ann Lee").explanation
    assert f"{last}.”" in shown
    assert "…" in shown
    assert not shown.endswith("…")
    assert f"rebuilt in stone and iron and after that in stone again, {last}" in shown


def test_adverbials_report_nothing():
    text = "Speaking after the closure was announced Al Orr, leader of the council, said: “It was badly handled.”"
    assert told(text, "“It was badly handled.”", "said", "Al Orr, leader of the council,", "Al Orr").verdict == "said"


def test_what_somebody_told_is_a_fact_that_others_may_not_fit():
    text = "Her claim does not square with what Al Orr told the council last year: “The pier was sound and we knew it.”"
    check = told(text, "“The pier was sound and we knew it.”", "told", "Al Orr", "Al Orr")
    assert check.verdict in ("said", "unclear")
    assert "did not say" not in check.explanation


def test_what_was_not_the_first_time_happened():
    text = "This was not the first time that Al Orr said that the minister leaks secrets to the papers."
    fields = {"negated": True}
    check = told(text, "that the minister leaks secrets to the papers", "said", "Al Orr", "Al Orr", **fields)
    assert "did not say" not in check.explanation


def test_what_is_reportedly_so_is_second_hand():
    text = "“My heart is in bits and so is my car,” Al Orr reportedly raps in one song."
    check = told(text, "“My heart is in bits and so is my car,”", "reportedly", "Al Orr", "Al Orr")
    assert check.verdict == "second hand"


def test_what_somebody_would_like_is_told_so():
    text = "Ann Lee would like to see the ferry sail on Sundays."
    fields = {"act": "attitude", "force": None, "conditional": True}
    check = told(text, "to see the ferry sail on Sundays", "would like", "Ann Lee", "Ann Lee", **fields)
    assert check.explanation.startswith("It is what Ann Lee would or might think, want or plan")


def test_who_tells_is_somebody_else():
    text = (
        "Mr. Orr on Friday revealed the sentences he would like to see written into the law. Al Orr leads the council."
    )
    fields = {"act": "attitude", "force": None, "conditional": True}
    check = told(text, "to see written into the law", "would like", "he", "Al Orr", **fields)
    assert "according to Mr" not in check.explanation


def test_what_somebody_can_confirm_is_said():
    text = "“We can confirm that the council got papers, and a second set of them in May,” the clerk, Al Orr, wrote."
    article = Article(text=text, id="a")
    whole = Claim.build(
        article, content=[spanned(text, "“We can confirm that the council got papers, and a second set of them in May,”")],
        cue=[spanned(text, "wrote")], source=[spanned(text, "the clerk, Al Orr,")], speaker="Al Orr",
    )  # fmt: skip
    inner = Claim.build(
        article, content=[spanned(text, "that the council got papers, and a second set of them in May,")],
        cue=[spanned(text, "can confirm")], source=[spanned(text, "We")], speaker="Al Orr", conditional=True,
        within=whole.id,
    )  # fmt: skip
    with ClaimBank(":memory:") as bank:
        bank.add(article, [whole, inner])
        check = bank.check("that the council got papers, and a second set of them in May", "Al Orr")
        assert check.verdict in ("said", "altered")
        assert "might say" not in check.explanation
