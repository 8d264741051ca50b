"""What the scripts in training/ compute is what the shipped network computes: batched scores, folded vectors."""

import json
import math
import random

import pytest
import torch

from quotebank.attribution import network as nw
from quotebank.attribution.decoding import LABELS
from quotebank.attribution.encoding import WordPieces
from quotebank.text import tokenize
from training import news_labels
from training.antecedents import LABELS as ANTECEDENTS
from training.batches import batch_of
from training.encoders import relative_buckets
from training.fit import Factored
from training.gold import Gold, Part, gold_parts, link_of, link_parts, load_gold
from training.labels import digest, label, soft_parts
from training.losses import linked, losses
from training.measure_speakers import kept, predicted

PIECES = [
    "[PAD]",
    "[UNK]",
    "[MASK]",
    *"abcdefghijklmnopqrstuvwxyz.,",
    *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz"),
]
TEXT = "Ann Lee, the mayor, said the bridge would close. “It is rust,” she told the council. " * 3
CUTTER = WordPieces(PIECES)


@pytest.fixture
def small() -> nw.Network:
    torch.manual_seed(1)
    return nw.Network(nw.Settings(pieces=len(PIECES), body="words", width=32, recurrent=16, pair=8)).eval()


def article() -> Gold:
    start = TEXT.index("the bridge")
    claim = {
        "source": [[0, 7]],
        "cue": [[20, 24]],
        "content": [[start, start + len("the bridge would close")]],
        "act": "speech",
        "force": "statement",
    }
    people = [{"name": "Ann Lee", "stated": [{"words": [0, 18], "role": [9, 18]}]}]
    (gold,) = load_gold([{"text": TEXT, "attributions": [claim], "people": people}], CUTTER, full=True)
    return gold


def links(rng: random.Random) -> list[Part]:
    """That "she" stands for Ann Lee, who is named before the council is."""
    she, council = TEXT.index("she"), TEXT.index("council")
    row = {"at": she, "candidates": [[0], [council]], "chances": [1.0, 0.0, 0.0], "nobody": True}
    gold = article()
    return link_parts(gold.tokens, gold.encoded, [link_of(gold.tokens, row)], rng, words=300, most=1000)


def test_a_batch_holds_the_gold(small):
    parts = gold_parts(article(), random.Random(1), words=300)
    batch = batch_of(parts, random.Random(1), CUTTER.ids["[MASK]"], "words")
    assert int(batch.anchors.sum()) == len(batch.claims.anchors) == 1
    at = int(batch.claims.anchors[0])
    assert batch.anchors.flatten(0, 1)[at].tolist() == [1.0, 0.0]
    said = {label: int((batch.claims.targets[0].argmax(-1) == k).sum()) for k, label in enumerate(LABELS)}
    assert (said["source"], said["cue"], said["content"]) == (2, 1, 4)
    assert batch.claims.reports[0].sum() == 2
    assert int((batch.names.targets.argmax(-1) == nw.STATED.index("role")).sum()) == 2
    assert batch.entities[batch.entities >= 0].tolist() == [1, 2] * TEXT.count("Ann Lee")


def test_entities_are_persons_and_bodies_that_speak():
    text = "Lee Trust spoke. “No,” said Ann Lee. Lee left the Lee Trust. It was glad."
    people, speaks = [{"name": "Ann Lee", "stated": []}], {"type": "organization", "speaker": "the Lee Trust"}
    row = {"text": text, "attributions": [speaks | {"content": [], "source": [], "cue": []}], "people": people}
    (gold,), (other,) = (load_gold([row], CUTTER, full=full) for full in (True, False))
    tagged = [(gold.tokens.word(i), int(tag)) for i, tag in enumerate(gold.entities) if tag >= 0]
    body, person = [("Lee", 3), ("Trust", 4)], [("Ann", 1), ("Lee", 2), ("Lee", 1)]
    assert tagged == [*body, *person, *body]
    assert int((other.entities >= 0).sum()) == 0


def test_what_is_learned_is_what_the_network_then_says(small):
    """A hundred steps on one article, in which masked words come and go, and the losses of all its heads fall."""
    small.train()
    optimizer = torch.optim.Adam(small.parameters(), lr=0.02)
    found = []
    for step in range(100):
        rng = random.Random(step)
        parts = [*gold_parts(article(), rng, words=300), *links(rng)]
        shares = losses(small, batch_of(parts, rng, 2, "words"), bfloat16=False)
        optimizer.zero_grad()
        torch.stack(list(shares.values())).sum().backward()
        optimizer.step()
        found.append({k: v.item() for k, v in shares.items()})
    learned = ("anchor", "pair", "name", "act", "entity", "link")
    assert all(found[-1][k] < found[0][k] / 2 for k in learned), (found[0], found[-1])
    batch = batch_of(links(random.Random(1)), random.Random(1), 2, "words")
    states = small.eval().body(batch.words).flatten(0, 1)
    assert linked(small, states, batch.links).exp()[0].argmax() == 0


def test_a_teachers_labels_come_back_as_parts():
    torch.manual_seed(2)
    settings = nw.Settings(
        pieces=len(PIECES), body="pieces", layers=1, width=24, heads=2, feedforward=32, recurrent=16, pair=8
    )
    teacher = nw.Network(settings).eval()
    row = {"at": TEXT.index("she"), "candidates": [[0], [TEXT.index("council")]], "nobody": False}
    known = {digest(TEXT): {"unseen_by": 1, "links": [row]}}
    (document,) = label([teacher, teacher], CUTTER, [TEXT], torch.device("cpu"), known)
    tokens = tokenize(TEXT)
    words = teacher.words([(article().encoded, 0, len(tokens))])[0, : len(tokens)]
    torch.testing.assert_close(
        torch.as_tensor(document["chances"]).float(), teacher.anchors(words).sigmoid(), atol=2e-3, rtol=0
    )
    parts = soft_parts(document, random.Random(3), words=300, most=500)
    (link,) = [link for part in parts for link in part.links] or [None]
    (stored,) = document["links"]
    asks, offers, _ = teacher.links(words)
    first, second = (float(offers[list(places)].mul(asks[stored[0]]).sum(1).logsumexp(0)) for places in stored[1])
    chance = 1 / (1 + math.exp(second - first))
    assert stored[2].tolist() == pytest.approx([255 * chance, 255 * (1 - chance), 0], abs=2)
    assert link is None or link.chances.sum() == pytest.approx(1)
    assert sum(len(part) for part in parts) == len(tokens)
    assert sum(len(part.claims) for part in parts) == int((document["chances"] > 0.1).sum())
    rows = [row for part in parts for row in part.claims]
    assert all(torch.allclose(row.chances.sum(1), torch.ones(len(row.chances)), atol=0.02) for row in rows)


def test_folded_vectors_say_the_same():
    torch.manual_seed(3)
    vectors = Factored(torch.randn(9, 5), 4)
    with torch.no_grad():
        ids, offsets = torch.tensor([1, 2, 8, 0]), torch.tensor([0, 2, 3])
        weights = {f"body.piece.{name}": value for name, value in vectors.state_dict().items()}
        (table,) = Factored.folded(weights).values()
        expected = vectors(ids, offsets)
    torch.testing.assert_close(torch.nn.functional.embedding_bag(ids, table, offsets, mode="mean"), expected)


def test_relative_positions_fall_into_buckets():
    buckets = relative_buckets(200, torch.device("cpu"))
    assert buckets[5, 5] == 0
    assert buckets[5, 4] == 1  # one behind
    assert buckets[4, 5] == 17  # one ahead
    assert buckets[199, 0] == 15
    assert buckets[0, 199] == 31


def test_labels_without_words_and_their_texts_are_articles_again():
    text = "“We are ready,” said Ann Lee, the mayor of Oxbow."
    row = {
        "id": "a", "part": "learn", "length": len(text),
        "attributions": [{"content": [[0, 15]], "cue": [[16, 20]], "source": [[21, 48]], "type": "person",
                          "act": "speech", "force": "statement", "speaker": [21, 28]}],
        "people": [{"name": [21, 28], "stated": [{"words": [30, 48], "role": [34, 39], "affiliation": [43, 48]}]}],
    }  # fmt: skip
    article = news_labels.whole(row, text)
    assert (article["id"], article["text"], article["people"][0]["name"]) == ("a", text, "Ann Lee")
    (claim,) = article["attributions"]
    assert (claim["speaker"], claim["content"], claim["force"]) == ("Ann Lee", [[0, 15]], "statement")


def test_the_labels_are_there_and_hold_no_words():
    rows = [json.loads(line) for line in news_labels.LABELS.read_text(encoding="utf8").splitlines()]
    assert {row["part"] for row in rows} == {"learn", "apart", "held", "unread"}
    assert len({row["id"] for row in rows}) == len(rows) > 600
    spans = [
        s for row in rows for a in row["attributions"] for part in ("content", "cue", "source") for s in a.get(part, [])
    ]
    assert all(0 <= start < end for start, end in spans)
    told = {
        key: value for row in rows for a in row["attributions"] for key, value in a.items() if isinstance(value, str)
    }
    assert set(told) <= {"type", "act", "force"}


def test_the_labels_of_antecedents_hold_no_words():
    rows = [json.loads(line) for line in ANTECEDENTS.read_text(encoding="utf8").splitlines()]
    marks = [mark for row in rows for mark in row["marks"]]
    assert len(marks) > 6000
    assert all(set(row) == {"text", "marks"} and len(row["text"]) == 64 for row in rows)
    assert all(set(mark) == {"at", "person", "is"} for mark in marks)
    assert all(0 <= a < b for mark in marks for a, b in (mark["at"], *mark["is"]))


def test_what_is_kept_of_an_article_gives_its_speakers(tmp_path):
    text = "Ann Lee, the mayor of Oxbow, met the board on Monday. “We are ready,” she said."
    first = text.index("“We")
    she = text.index("she")
    row = {"content": [[first, first + 16]], "source": [[she, she + 3]], "cue": [[she + 4, she + 8]]}
    document = {"id": "one", "text": text, "attributions": [row]}
    read = kept([document], tmp_path / "kept.pickle")["one"]
    (said,) = predicted(document, read, found=False)["attributions"]
    assert (said["speaker"], said["role"], said["affiliation"]) == ("Ann Lee", "mayor", "Oxbow")
