"""Who, by what words, said which content: a text's attributions, as spans of source, cue and content.

In go the tokens of an article. The network labels them, its labels are decoded into claims, and rules add what they
know better: turns of transcripts and signed quotations. Out come `Attribution`s in order, and with `reported` what
each reports: speech, an attitude, an intention. The Stanza pipeline that runs it all, and the trained models, are here.

Torch and Stanza are loaded when a name that needs them is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotebank.attribution.acts import reported
    from quotebank.attribution.attribution_record import Attribution
    from quotebank.attribution.model_files import models_directory, models_version
    from quotebank.attribution.stanza_pipeline import MODELS, Document, Language, text_of
    from quotebank.attribution.tagger import Entity, Links, Reading, Statement
    from quotebank.attribution.torch_threads import one_thread

__all__ = [
    "MODELS",
    "Attribution",
    "Document",
    "Entity",
    "Language",
    "Links",
    "Reading",
    "Statement",
    "models_directory",
    "models_version",
    "one_thread",
    "reported",
    "text_of",
]

FILES = {
    "Attribution": "attribution_record",
    "MODELS": "stanza_pipeline",
    "Document": "stanza_pipeline",
    "Entity": "tagger",
    "Language": "stanza_pipeline",
    "Links": "tagger",
    "Reading": "tagger",
    "Statement": "tagger",
    "models_directory": "model_files",
    "models_version": "model_files",
    "one_thread": "torch_threads",
    "reported": "acts",
    "text_of": "stanza_pipeline",
}


def __getattr__(name: str) -> Any:
    if name in FILES:
        return getattr(import_module(f"quotebank.attribution.{FILES[name]}"), name)
    raise AttributeError(f"module 'quotebank.attribution' has no attribute {name!r}")
