"""Stanza with our tokenizer, our tagger and our models; and with a folder of Stanza models of the user's own."""

import json

import pytest
import stanza
import torch
from stanza.models import ner_tagger
from stanza.models.common.pretrain import Pretrain
from stanza.pipeline.core import PipelineRequirementsException

import quotebank
import quotebank.integrations.stanza_processor
from quotebank.attribution import model_files
from quotebank.text.tokens import tokenize

TEXT = "“We are ready,” said Ann Lee, the mayor of Oxbow.Three years later she left.\r\n\r\nThe U.S. envoy can’t come."


@pytest.fixture(scope="module")
def language(extractor):
    return extractor._language


def test_our_tokenizer_in_a_pipeline_of_stanzas():
    pipeline = stanza.Pipeline(
        "en",
        dir=str(model_files.models_directory()),
        package=None,
        processors={"tokenize": "quotebank"},
        tokenize_with_quotebank=True,
        download_method=None,
        allow_unknown_language=True,
        use_gpu=False,
    )
    document = pipeline(TEXT)
    tokens = tokenize(TEXT)
    made = [(t.start_char, t.end_char) for s in document.sentences for t in s.tokens]
    assert made == list(zip(tokens.starts, tokens.ends, strict=True))
    assert [s.tokens[0].text for s in document.sentences] == ["“", "Three", "The"]
    assert [t.text for s in document.sentences for t in s.tokens] == tokens.words()


def test_the_attribution_processor_sets_attributions(language):
    document = language.reader.process(TEXT, processors=["tokenize", "attribution"])
    (found,) = document.attributions
    assert [s.slice(TEXT) for s in found.content] == ["“We are ready,”"]
    assert [s.slice(TEXT) for s in found.cue] == ["said"]
    assert "Ann Lee" in found.source[0].slice(TEXT)


def test_reading_gives_the_same_with_and_without_sentences(language):
    whole = language.reader.process(TEXT, processors=["tokenize", "attribution"])
    assert language.read([TEXT])[0].attributions == whole.attributions


def test_entities_have_exact_offsets(language):
    reading = language.tagger.read(tokenize(TEXT))
    numbers = range(len(reading.tokens.sentences) - 1)
    named = language.entities(reading, numbers)
    assert list(named) == list(numbers)
    assert all(e.span.slice(TEXT) == e.text for entities in named.values() for e in entities)
    assert ("Ann Lee", "PER") in [(e.text, e.type) for entities in named.values() for e in entities]


def test_entities_of_lines_that_are_no_prose_are_found_too(language):
    text = "By Karin Holt\n\nThe bridge will close, the mayor said."
    reading = language.tagger.read(tokenize(text))
    assert [(e.text, e.type) for e in language.entities(reading, [0])[0]] == [("Karin Holt", "PER")]


def test_our_entities_are_a_processor_of_stanzas():
    pipeline = stanza.Pipeline(
        "en",
        dir=str(model_files.models_directory()),
        package=None,
        processors={"tokenize": "quotebank", "attribution": "default", "entities": "default"},
        tokenize_with_quotebank=True,
        attribution_model_path=str(model_files.models_directory() / "tagger_fast.pt"),
        download_method=None,
        allow_unknown_language=True,
        use_gpu=False,
    )
    document = pipeline(TEXT)
    assert ("Ann Lee", "PER") in [(e.text, e.type) for e in document.ents]
    assert all(TEXT[e.start_char : e.end_char] == e.text for e in document.ents)


@pytest.fixture(scope="module")
def downloads(tmp_path_factory):
    """A small entity model, trained here by Stanza and laid out as its downloads are: no network brings a published one."""
    folder = tmp_path_factory.mktemp("stanza")
    for part in ("pretrain", "ner"):
        (folder / "en" / part).mkdir(parents=True)
    sentences = [
        [
            ("The", "O"),
            ("mayor", "O"),
            (",", "O"),
            ("Ann", "B-PERSON"),
            ("Lee", "E-PERSON"),
            (",", "O"),
            ("spoke", "O"),
        ],
        [("“", "O"), ("Go", "O"), (",", "O"), ("”", "O"), ("said", "O"), ("Bo", "B-PERSON"), ("Chan", "E-PERSON")],
        [("She", "O"), ("left", "O"), ("Oxbow", "S-GPE"), (".", "O")],
    ]
    known = sorted({word.lower() for sentence in sentences for word, _ in sentence})
    generator = torch.Generator().manual_seed(7)
    (folder / "vectors.txt").write_text(
        f"{len(known)} 12\n"
        + "".join(f"{w} {' '.join(map(str, torch.randn(12, generator=generator).tolist()))}\n" for w in known),
        encoding="utf8",
    )
    vectors = folder / "en" / "pretrain" / "small.pt"
    assert Pretrain(str(vectors), str(folder / "vectors.txt")).emb.shape[1] == 12
    labelled = folder / "labelled.json"
    labelled.write_text(json.dumps([[{"text": w, "ner": t} for w, t in s] for s in sentences * 8]), encoding="utf8")
    ner_tagger.main([
        "--cpu", "--seed", "1", "--shorthand", "en_small", "--wordvec_pretrain_file", str(vectors), "--no_emb_finetune",
        "--train_file", str(labelled), "--eval_file", str(labelled), "--word_emb_dim", "12", "--hidden_dim", "16",
        "--char_hidden_dim", "8", "--char_emb_dim", "8", "--dropout", "0.1", "--batch_size", "8", "--optim", "adam",
        "--lr", "0.02", "--max_steps", "60", "--eval_interval", "20", "--max_steps_no_improve", "60",
        "--save_dir", str(folder / "en" / "ner"), "--save_name", "small.pt",
    ])  # fmt: skip
    packages = {"tokenize": "small", "ner": "small"}
    resources = {
        "packages": {"default": packages},
        "default_processors": packages,
        "lang_name": "English",
        "tokenize": {"small": {"md5": ""}},
        "pretrain": {"small": {"md5": ""}},
        "ner": {"small": {"md5": "", "dependencies": [{"model": "pretrain", "package": "small"}]}},
    }
    (folder / "resources.json").write_text(json.dumps({"en": resources}), encoding="utf8")
    return folder


def test_entities_of_published_models_get_our_types(downloads):
    language = quotebank.Extractor(stanza_dir=downloads)._language
    reading = language.tagger.read(tokenize("The mayor, Ann Lee, spoke. She left Oxbow."))
    assert [(e.text, e.type) for e in language.entities(reading, [0])[0]] == [("Ann Lee", "PER")]
    assert [(e.text, e.type) for e in language.entities(reading, [1])[1]] == [("Oxbow", "LOC")]


def test_a_sentence_too_long_for_published_models_is_left_out(downloads):
    language = quotebank.Extractor(stanza_dir=downloads)._language
    reading = language.tagger.read(tokenize("word " * (quotebank.attribution.stanza_pipeline.LONGEST_SENTENCE + 1)))
    assert language.entities(reading, [0]) == {}


def test_a_folder_of_stanzas_models_is_used(downloads):
    claims = quotebank.Extractor(stanza_dir=downloads).extract(TEXT)
    assert claims == quotebank.extract(TEXT)


@pytest.mark.parametrize(
    "processors",
    [
        {"tokenize": "quotebank", "ner": "default", "quotebank": "default"},
        {"tokenize": "quotebank", "quotebank": "quotebank"},
    ],
)
def test_the_processor_sets_claims(downloads, processors):
    pipeline = stanza.Pipeline(
        "en", dir=str(downloads), package=None, processors=processors, download_method=None, use_gpu=False
    )
    document = pipeline(TEXT)
    assert document.claims == quotebank.extract(TEXT)
    assert [claim.speaker.name for claim in document.claims] == ["Ann Lee"]
    if "ner" in processors:
        assert "Ann Lee" in [entity.text for entity in document.ents]
    texts = [TEXT, "Nothing was said.", "“Go,” said Bo Chan."]
    assert [d.claims for d in pipeline.bulk_process(texts)] == [quotebank.extract(text) for text in texts]


@pytest.mark.parametrize("options", [{"tokenize_with_quotebank": True}, {"tokenize_pretokenized": True}])
@pytest.mark.parametrize("package", ["default", None])
def test_processors_can_be_named_in_a_string(downloads, options, package):
    """As most pipelines are written, and whoever splits the words: the claims are those of the text."""
    pipeline = stanza.Pipeline(
        "en",
        dir=str(downloads),
        package=package,
        processors="tokenize,ner,quotebank",
        download_method=None,
        use_gpu=False,
        **options,
    )
    document = pipeline(TEXT)
    assert document.claims == quotebank.extract(document.text)
    assert [claim.speaker.name for claim in document.claims] == ["Ann Lee"]
    if "tokenize_with_quotebank" in options:  # the small model has seen no marks at the ends of words
        assert any(entity.text.startswith("Ann Lee") for entity in document.ents)


def test_stanza_says_what_a_pipeline_lacks(downloads):
    with pytest.raises(PipelineRequirementsException, match="tokenize"):
        stanza.Pipeline(
            "en", dir=str(downloads), package=None, processors={"quotebank": "default"}, download_method=None
        )


def test_the_processor_needs_no_tokenizer_of_ours():
    sentences = [[{"id": 1, "text": word} for word in TEXT.split()]]
    document = stanza.Document(sentences, text=TEXT)
    pipeline = stanza.Pipeline(
        "en",
        dir=str(model_files.models_directory()),
        package=None,
        processors={"quotebank": "default"},
        quotebank_check_requirements=False,
        download_method=None,
        allow_unknown_language=True,
        use_gpu=False,
    )
    assert pipeline(document).claims == quotebank.extract(TEXT)


def test_a_ready_document_is_read(extractor):
    sentences = [[{"id": 1, "text": word} for word in TEXT.split()]]
    document = stanza.Document(sentences, text=TEXT)
    assert extractor.extract(document) == extractor.extract(TEXT) == quotebank.extract(document)
    one, other = extractor.extract_many([document, TEXT])
    assert [c.text for c in one] == [c.text for c in other] == [c.text for c in extractor.extract(TEXT)]


def test_a_document_without_text_is_refused(extractor):
    with pytest.raises(ValueError, match=r"document\.text must be the text .*; got None\. Pass it to"):
        extractor.extract(stanza.Document([[{"id": 1, "text": "Hello"}]]))


def test_a_folder_that_stanza_has_not_filled_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"stanza_dir must be a folder that stanza\.download.*resources\.json"):
        quotebank.Extractor(stanza_dir=tmp_path)
    with pytest.raises(TypeError, match="stanza_dir must be a path or None; got 7"):
        quotebank.Extractor(stanza_dir=7)
