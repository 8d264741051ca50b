"""Measure the shipped Stanza models from raw text: tags and trees on EWT test and PUD, entities on the NER test.

usage: python training/measure_stanza_models.py --corpora DIR [--out FILE]

Sentences are given as running text to our own tokenizer. Tags and trees are scored by the CoNLL 2018
scorer (udtools, which Stanza brings), which aligns system words to gold words by their characters. Entities are right where span and type are; the
NER test part has no raw text, so its tokens are joined by spaces. Figures are F1 in per cent.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from stanza.utils.conll import CoNLL
from udtools.udeval import evaluate, load_conllu_file

from quotebank.attribution.stanza_pipeline import Language, as_document
from quotebank.text.tokens import tokenize


def raw_text(path: Path) -> str:
    """The running text of a treebank, paragraphs parted by blank lines."""
    parts: list[str] = []
    for line in path.open(encoding="utf8"):
        if line.startswith("# newpar"):
            parts.append("\n\n")
        elif line.startswith("# text ="):
            parts.append(line.split("=", 1)[1].strip() + " ")
    return "".join(parts)


def treebank(language: Language, path: Path) -> dict[str, float]:
    tokens = tokenize(raw_text(path))
    document = as_document(tokens, range(len(tokens.sentences) - 1))
    document = language.pipeline.process(document, processors=["pos", "lemma", "depparse"])
    with tempfile.TemporaryDirectory() as folder:
        system = Path(folder) / "system.conllu"
        CoNLL.write_doc2conll(document, str(system))
        scores = evaluate(load_conllu_file(str(path)), load_conllu_file(str(system)))
    return {name: round(100 * scores[name].f1, 2) for name in ("Words", "Sentences", "UPOS", "XPOS", "UAS", "LAS")}


def entities(language: Language, path: Path) -> dict[str, float]:
    right = predicted = wanted = 0
    for sentence in json.loads(path.read_text(encoding="utf8")):
        gold, at, start, kind = set(), 0, None, ""
        text = " ".join(token["text"] for token in sentence)
        ends = 0
        for token in [*sentence, {"text": "", "ner": "O"}]:
            tag = token["ner"]
            if start is not None and tag[0] in "OBS":
                gold.add((start, ends, kind))
                start = None
            if tag[0] in "BS":
                start, kind = at, tag[2:]
            ends, at = at + len(token["text"]), at + len(token["text"]) + 1
        tokens = tokenize(text)
        parsed = language.entities(tokens, range(len(tokens.sentences) - 1))
        found = {(e.span.start, e.span.end, e.type) for s in parsed.values() for e in s.entities}
        right, predicted, wanted = right + len(gold & found), predicted + len(found), wanted + len(gold)
    precision, recall = right / predicted, right / wanted
    return {
        "P": round(100 * precision, 2),
        "R": round(100 * recall, 2),
        "F1": round(200 * precision * recall / (precision + recall), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="write the figures as JSON, for ship.py --scores")
    args = parser.parse_args()
    language = Language()
    trees = {name: treebank(language, args.corpora / "ud" / f"{name}_test.conllu") for name in ("ewt", "pud")}
    named = entities(language, args.corpora / "ner" / "ww_test.json")
    for name, figures in [*trees.items(), ("ner", named)]:
        print(name, " ".join(f"{k} {v}" for k, v in figures.items()))
    if args.out:
        tags = {f"{n} test": {k: f[k] for k in ("Words", "UPOS", "XPOS")} for n, f in trees.items()}
        arcs = {f"{n} test": {k: f[k] for k in ("UAS", "LAS")} for n, f in trees.items()}
        scores = {"pos.pt": tags, "depparse.pt": arcs, "ner.pt": {"worldwide newswire test": named}}
        args.out.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
