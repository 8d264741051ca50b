"""The second gate holds; texts with marks are read as they are written, and no other ones."""

import json
from functools import cache

import pytest

from tests import held_texts
from tests.marked_texts import read_marked

TEXT = """=== a-1 | a report
<s1,2>Mayor Ann Lee</s1,2> <q1>said</q1> <c1>she <q2>hoped</q2> <c2>to stay</c2></c1>, <c1>“for now”</c1>.

Lee runs Oxbow.
---
1 | Ann Lee | person | Mayor | Oxbow | speech | statement
2 | Ann Lee | person | Mayor | Oxbow | attitude | doubt
@ Ann Lee | Mayor Ann Lee | Mayor |
@ Ann Lee | Lee runs Oxbow | | Oxbow
@ Bo Orr
"""


@pytest.fixture(scope="module")
def reader(extractor):
    """The extractor, which reads each text once for all tests here."""

    class Remembering:
        extract = staticmethod(cache(extractor.extract))

    return Remembering()


@pytest.fixture
def marked(tmp_path):
    def read(text):
        path = tmp_path / "texts.txt"
        path.write_text(text, encoding="utf8")
        return read_marked(path)

    return read


def test_the_second_gate_was_pinned_on_these_kinds():
    kinds = {path.stem for path in held_texts.FOLDER.glob("*.txt")} | {"all"}
    assert set(json.loads(held_texts.PINNED.read_text(encoding="utf8"))) == kinds, (
        "texts came or went: python -m tests.held_texts --pin"
    )


def test_quality_on_unread_texts_does_not_fall(reader):
    now = held_texts.measure(reader)
    lower = held_texts.falls(json.loads(held_texts.PINNED.read_text(encoding="utf8")), now)
    assert not lower, "\n".join(lower)


def test_the_second_gate_sees_claims_that_are_lost(reader):
    """A library that finds what nobody is named for, and nothing else, does not pass."""

    class Nameless:
        def extract(self, article):
            return tuple(claim for claim in reader.extract(article) if claim.speaker is None)

    pinned = json.loads(held_texts.PINNED.read_text(encoding="utf8"))
    assert len(held_texts.falls(pinned, held_texts.measure(Nameless()))) == len(held_texts.FIGURES)


def test_marks_become_offsets(marked):
    (document,) = marked(TEXT)
    text = document["text"]
    one, two = document["attributions"]
    assert text.startswith("Mayor Ann Lee said she hoped to stay, “for now”.")
    assert [text[a:b] for a, b in one["content"]] == ["she hoped to stay", "“for now”"]
    assert one["source"] == two["source"] == [[0, 13]]
    assert (two["cue"], two["act"], two["force"], two["doubt"]) == ([[23, 28]], "attitude", "", True)
    lee, orr = document["people"]
    assert [text[slice(*stated["words"])] for stated in lee["stated"]] == ["Mayor Ann Lee", "Lee runs Oxbow"]
    assert [text[slice(*lee["stated"][1]["affiliation"])], orr["stated"]] == ["Oxbow", []]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("</c2>", "", "never closed"),
        ("<c2>", "", "opens what is open"),
        ("2 | Ann", "3 | Ann", "no content"),
        ("2 | Ann Lee | person | Mayor | Oxbow | attitude | doubt\n", "", "nothing is told of"),
        ("speech", "song", "not a claim: .*song"),
        ("| statement", "| statemnt", "not a claim"),
        ("| Oxbow | speech | statement", "", "not a claim"),
        ("2 | Ann", "1 | Ann Lee | person | | | speech |\n2 | Ann", "twice"),
        ("\n---\n", "\n", "no line"),
        ("@ Ann Lee | Lee runs", "@ Ann Lee | Lee ran", "not in the text"),
    ],
)
def test_marks_that_are_wrong_are_named(marked, old, new, told):
    with pytest.raises(ValueError, match=rf"a-1: .*{told}"):
        marked(TEXT.replace(old, new, 1))


@pytest.mark.parametrize("folder", ["training/written", "tests/written"])
def test_texts_are_sound(folder):
    """Contents lie apart or inside one another, and no piece begins or ends in a blank."""
    documents = [d for path in sorted((held_texts.FOLDER.parents[1] / folder).glob("*.txt")) for d in read_marked(path)]
    assert len({d["id"] for d in documents}) == len(documents) > 100
    for d in documents:
        for part in ("source", "cue", "content"):
            pieces = [d["text"][a:b] for row in d["attributions"] for a, b in row[part]]
            assert all(piece and piece == piece.strip() for piece in pieces), d["id"]
