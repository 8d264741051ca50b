"""Speakers: the cases of cases/speakers.json, and what must hold of any speaker."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotebank
from quotebank.speakers.role_nouns import is_person_noun
from quotebank.speakers.speaker_resolution import speakers
from quotebank.text.phrase_words import words_of
from quotebank.text.tokens import tokenize
from quotebank.text.word_lists import words
from tests.conftest import article, article_names
from tests.made_texts import as_parameters, attributed, growth, read_cases

ARTICLES = {"a", "an", "the"}


def named(text: str | None) -> list[str]:
    return [w for w in re.findall(r"\w+", (text or "").lower()) if w not in ARTICLES]


def states(wanted: str | None, said: str | None) -> bool:
    """Whether a role or an affiliation is one of the alternatives: none, or one within the other."""
    if wanted is None or said is None:
        return wanted is said
    options = [set(named(option)) for option in wanted.split(";")]
    return any(set(named(said)) <= option or option <= set(named(said)) for option in options)


def resolve(extractor, text, rows):
    """A speaker for each row of a case, from attributions made by hand."""
    tokens = tokenize(text)
    found = [attributed(text, row) for row in rows]
    order = sorted(range(len(found)), key=lambda i: found[i].content)
    made = speakers(
        tokens,
        words_of(tokens),
        [found[i] for i in order],
        extractor._language,
        extractor._language.tagger.read(tokens),
    )
    return [speaker for _, speaker in sorted(zip(order, made, strict=True), key=lambda pair: pair[0])]


@pytest.mark.parametrize("case", as_parameters(read_cases("speakers")))
def test_who_speaks(extractor, case):
    for row, speaker in zip(case["claims"], resolve(extractor, case["text"], case["claims"]), strict=True):
        if row["speaker"] is None:
            assert speaker is None
            continue
        assert speaker is not None
        assert speaker.type == row["type"]
        if row["type"] == "author":
            continue
        if row["type"] == "person":
            assert named(speaker.name) == named(row["speaker"])
        else:
            assert set(named(speaker.name)) & set(named(row["speaker"]))
            shared, all_words = set(named(speaker.name)), set(named(row["speaker"]))
            assert shared <= all_words or all_words <= shared
        if row["type"] in ("person", "anonymous"):
            assert states(row["role"], speaker.role), f"role {speaker.role!r}"
            assert states(row["affiliation"], speaker.affiliation), f"affiliation {speaker.affiliation!r}"


@pytest.mark.parametrize(
    ("description", "affiliation"),
    [
        ("Home Office spokesman", "Home Office"),
        ("State Department spokeswoman", "State Department"),
        ("National Lacrosse League spokesman", "National Lacrosse League"),
        ("Human Shelter Watch director", "Human Shelter Watch"),
        ("American Harvest Party chair", "American Harvest Party"),
        ("Home Office Minister", "Home Office"),
        ("New Zealand Prime Minister", "New Zealand"),
        ("Norway's Interior Ministry spokesman", "Norway's Interior Ministry"),
        ("Malaysia's Timber Minister", "Malaysia"),
        ("former Bank of Norway deputy governor", "Bank of Norway"),
    ],
)
def test_the_name_of_a_body_before_a_role_is_never_cut(extractor, description, affiliation):
    text = f"The bridge is sound, said {description} Dana Prell."
    row = {"source": f"{description} Dana Prell", "cue": "said", "content": "The bridge is sound"}
    (speaker,) = resolve(extractor, text, [row])
    assert speaker.affiliation == affiliation


@pytest.mark.parametrize(
    "role",
    [
        "Road Transport and Bridges Minister",
        "trade and industry minister",
        "Natural Resources and Environment Minister",
        "chief executive",
    ],
)
def test_a_role_before_a_name_is_never_cut(extractor, role):
    row = {"source": f"{role} Dana Prell", "cue": "said", "content": "The bridge is sound"}
    (speaker,) = resolve(extractor, f"The bridge is sound, said {role} Dana Prell.", [row])
    assert speaker.role == role


@pytest.mark.parametrize(
    ("described", "role", "affiliation"),
    [
        ("Brandt College director Professor Dana Prell", "director", "Brandt College"),
        ("astronomer Dr Dana Prell", "astronomer", None),
        ("a former army and Lumen head of weapons, Dana Prell", "head of weapons", "Lumen"),
        ("one of their lawyers, Dana Prell", "lawyer", None),
        ("North Korean negotiator Dana Prell", "negotiator", "North Korean"),
    ],
)
def test_what_stands_beside_a_role_is_no_part_of_it(extractor, described, role, affiliation):
    row = {"source": described, "cue": "said", "content": "The bridge is sound"}
    (speaker,) = resolve(extractor, f"The bridge is sound, said {described}.", [row])
    assert (speaker.role, speaker.affiliation) == (role, affiliation)


def test_somebody_of_a_town_with_its_state_belongs_to_no_body(extractor):
    row = {"source": "Dana Prell, of Savern Falls, Ohio,", "cue": "said", "content": "the bridge was sound"}
    (speaker,) = resolve(extractor, "Dana Prell, of Savern Falls, Ohio, said the bridge was sound.", [row])
    assert speaker.affiliation is None


def test_there_are_many_cases_and_each_construction_has_its_negatives():
    cases = read_cases("speakers")
    assert len(cases) >= 150
    assert len({c["label"] for c in cases}) == len(cases)
    assert sum(c["kind"] == "negative" for c in cases) >= 40


def assert_stated(text: str, speaker: quotebank.Speaker) -> None:
    """Role and affiliation are the words under their spans; a mention is in the text."""
    for said, spans in ((speaker.role, speaker.role_spans), (speaker.affiliation, speaker.affiliation_spans)):
        assert (said is None) == (spans == ())
        if said is not None:
            assert said == " ".join(s.slice(text) for s in spans)
    assert speaker.mentions
    assert all(s.end <= len(text) for s in speaker.mentions)
    assert 0 <= speaker.confidence <= 1


@pytest.mark.parametrize("name", article_names())
def test_every_role_and_affiliation_slices_to_its_words(extractor, name):
    for claim in extractor.extract(article(name)):
        if claim.speaker is not None:
            assert_stated(article(name).text, claim.speaker)
            assert any(m.overlaps(s) for m in claim.speaker.mentions for s in claim.source) or not claim.source


@pytest.mark.parametrize("name", article_names())
def test_a_prefix_shifts_what_is_known_of_speakers_and_changes_nothing_else(extractor, name):
    text = article(name).text
    for plain, shifted in zip(extractor.extract(text), extractor.extract("\n\n" + text), strict=True):
        if plain.speaker is None or shifted.speaker is None:
            assert plain.speaker is shifted.speaker
            continue
        for field in ("name", "type", "role", "affiliation", "organization", "confidence"):
            assert getattr(plain.speaker, field) == getattr(shifted.speaker, field)
        for field in ("mentions", "role_spans", "affiliation_spans"):
            moved = [(s.start + 2, s.end + 2) for s in getattr(plain.speaker, field)]
            assert [(s.start, s.end) for s in getattr(shifted.speaker, field)] == moved


PIECES = st.sampled_from(
    ["Ann Lee", "Mr. Reyes", "he", "she", "they", "it", "who", "the mayor", "a senior official", ", the director of",
     "the Harbor Institute", "(R-Ohio)", ", 54,", "said", "said that", "“We are ready,”", "“", "”", ".", ",", "and", "’s",
     "Gov.", "J.", "de la", "Cruz", "the company", "residents", "WALLACE:", "Q.", "A.", "I", "\n\n", "—", "(", ")", "-", "&"]
)  # fmt: skip


@settings(max_examples=80)
@given(st.lists(PIECES, min_size=2, max_size=40), st.data())
def test_any_source_in_any_text_has_a_sound_speaker(extractor, pieces, data):
    text = " ".join(pieces)
    tokens = tokenize(text)
    if len(tokens) < 3:
        return
    cut = data.draw(st.integers(1, len(tokens) - 1))
    first = data.draw(st.integers(0, cut - 1))
    span = quotebank.Span(tokens.starts[first], tokens.ends[cut - 1])
    content = quotebank.Span(tokens.starts[cut], tokens.ends[-1])
    found = [
        quotebank.attribution.attribution_spans.Attribution(source=(span,), cue=(), content=(content,), confidence=1.0)
    ]
    (speaker,) = speakers(tokens, words_of(tokens), found, extractor._language, extractor._language.tagger.read(tokens))
    assert speaker is not None
    assert speaker.name.strip()
    assert_stated(text, speaker)


def some_of(name: str, every: int) -> list[str]:
    """Words of a list, capitalized and not, and nothing as often as one of them."""
    known = sorted(words(name))[::every]
    return [*known, *(word.capitalize() for word in known), *[""] * len(known)]


NAMES = ["Ann Lee", "Mr. Reyes", "Reyes", "NBC", "Bo", "General", "she"]
PHRASES = st.tuples(
    st.sampled_from(["the", "a", "", "his", "“", ",", "—", "NBC’s", "nurses'"]),
    st.sampled_from(some_of("speakers/role_modifiers", 9)),
    st.sampled_from(some_of("speakers/parties", 3)),
    st.sampled_from(some_of("speakers/organization_nouns", 5)),
    st.sampled_from(["of", "of the", "for", "at", "and", "", "", "’s", "-based"]),
    st.sampled_from(some_of("speakers/role_titles", 3) + some_of("text/person_nouns", 9)),
    st.sampled_from([*NAMES, *NAMES, ""]),
    st.sampled_from(
        [",", ", the", ", who is", "has been the", "is", "(", ") (HPI)", "and", "of Ohio", ".", "said", "”"]
    ),
)


@settings(max_examples=400)
@given(st.lists(PHRASES.map(lambda parts: " ".join(filter(None, parts))), min_size=1, max_size=7))
def test_any_words_for_roles_give_sound_speakers(extractor, pieces):
    text = " ".join(pieces)
    tokens = tokenize(text)
    found = [
        quotebank.attribution.attribution_spans.Attribution(
            source=(quotebank.Span(*m.span()),),
            cue=(),
            content=(quotebank.Span(m.end() + 1, m.end() + 2),),
            confidence=1.0,
        )
        for m in re.finditer(r"\b(?:Ann Lee|Mr\. Reyes|Reyes|Bo|NBC|she|[Aa] \w+|the \w+)(?= \S)", text)
    ]
    for speaker in speakers(
        tokens, words_of(tokens), found, extractor._language, extractor._language.tagger.read(tokens)
    ):
        assert speaker is not None
        assert_stated(text, speaker)


def test_a_claim_without_a_stated_source_has_no_speaker(extractor):
    claims = extractor.extract("The bridge is said to be unsafe. It was alleged that the steel had rusted through.")
    assert all(c.speaker is None for c in claims if not c.source)


def test_a_quotation_that_goes_on_without_a_source_is_the_same_speaker_s(extractor):
    text = "“The well is dry,” said Ann Lee, the mayor. “It has been dry since May.”\n\n“Nobody will come.” The clerk laughed. “Not me.”"
    pieces = ["“The well is dry,”", "“It has been dry since May.”", "“Nobody will come.”", "“Not me.”"]
    rows = [{"source": "Ann Lee, the mayor", "cue": "said", "content": pieces[0]}]
    rows += [{"source": "", "cue": "", "content": piece} for piece in pieces[1:]]
    first, second, third, fourth = resolve(extractor, text, rows)
    assert [s and s.name for s in (first, second, third)] == ["Ann Lee"] * 3
    assert first.confidence > second.confidence > third.confidence
    assert fourth is None


def test_a_pronoun_far_from_any_speaker_stays_a_pronoun(extractor):
    between = "The river rose and the road was closed. " * 9
    text = f"“We are ready,” said Ann Lee, the mayor of Oxbow. {between}“We have two pumps,” he said."
    assert extractor.extract(text)[-1].speaker.name == "he"


def people(count: int) -> str:
    """An article with so many people, each named twice and each with a role."""
    syllables = ["Ba", "Ce", "Di", "Fo", "Gu", "Ha", "Je", "Ki", "Lo", "Mu", "Na", "Pe", "Ri"]
    names = [
        f"{syllables[i % 13]}{syllables[i // 13 % 13].lower()}n {syllables[i // 169 % 13]}{syllables[i % 11].lower()}rel"
        for i in range(count)
    ]
    return " ".join(
        f"“We agree,” said {n}, a teacher at Oxbow School. Mr. {n.split()[1]} said he was glad." for n in names
    )


@pytest.mark.parametrize(
    "make",
    [
        people,
        lambda n: "Ann Lee said it was late. " * n,
        lambda n: "Ann Lee and Bo Lee met. He said the mayor agreed. " * n,
    ],
)
def test_time_grows_no_faster_than_the_people(extractor, make):
    def run(text: str) -> None:
        tokens = tokenize(text)
        found = [
            quotebank.attribution.attribution_spans.Attribution(
                source=(quotebank.Span(*m.span()),),
                cue=(),
                content=(quotebank.Span(m.end(), m.end() + 1),),
                confidence=1.0,
            )
            for m in re.finditer(r"\b(?:he|He|she|I|A|Ann Lee|The Ohio senator|Mr\. \w+|the mayor)\b", text)
            if m.end() < len(text)
        ]
        speakers(tokens, words_of(tokens), found, extractor._language, extractor._language.tagger.read(tokens))

    assert growth(run, make, 1000, limit=2.6) <= 2.6


@pytest.mark.parametrize("word", ["official", "spokeswoman", "economist", "director", "employee", "co-founder"])
def test_nouns_for_a_person(word):
    assert is_person_noun(word)


@pytest.mark.parametrize("word", ["paper", "company", "center", "ministry", "letter", "report", "or"])
def test_nouns_for_no_person(word):
    assert not is_person_noun(word)
