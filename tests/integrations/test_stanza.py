"""Stanza with our tokenizer, our tagger and our models; and with a folder of Stanza models of the user's own."""

import json

import pytest
import stanza
import torch
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
    assert language.read(TEXT).attributions == whole.attributions


def test_entities_tags_and_trees_have_exact_offsets(language):
    tokens = tokenize(TEXT)
    numbers = range(len(tokens.sentences) - 1)
    for parsed in (language.entities(tokens, numbers), language.tags(tokens, numbers), language.trees(tokens, numbers)):
        assert list(parsed) == list(numbers)
        for sentence in parsed.values():
            assert all(TEXT[w.start : w.end] == w.text for w in sentence.words)
            assert all(e.span.slice(TEXT) == e.text for e in sentence.entities)
    named = [e for s in language.entities(tokens, numbers).values() for e in s.entities]
    assert ("Ann Lee", "PER") in [(e.text, e.type) for e in named]
    first = language.trees(tokens, [0])[0]
    assert sum(w.head == -1 for w in first.words) == 1
    assert {w.text: w.upos for w in first.words}["said"] == "VERB"


def test_a_sentence_too_long_to_parse_is_left_out(language):
    text = "word " * (quotebank.attribution.stanza_pipeline.LONGEST_SENTENCE + 1)
    assert language.trees(tokenize(text), [0]) == {}


@pytest.fixture(scope="module")
def downloads(tmp_path_factory):
    """Our own models in the layout of Stanza's downloads stand in for published ones, which no network brings here."""
    folder = tmp_path_factory.mktemp("stanza")
    vectors = torch.load(model_files.models_directory() / "glove.pt", weights_only=True)
    vectors["emb"] = vectors["emb"].float()
    needs = [{"model": "pretrain", "package": "small"}]
    resources: dict = {
        "packages": {"default": {"tokenize": "small"}},
        "pretrain": {"small": {"md5": ""}},
        "lang_name": "English",
        "tokenize": {"small": {"md5": ""}},
    }
    (folder / "en" / "pretrain").mkdir(parents=True)
    torch.save(vectors, folder / "en" / "pretrain" / "small.pt")
    for part in ("pos", "depparse", "ner"):
        (folder / "en" / part).mkdir()
        (folder / "en" / part / "small.pt").write_bytes((model_files.models_directory() / f"{part}.pt").read_bytes())
        resources[part] = {"small": {"md5": "", "dependencies": needs}}
        resources["packages"]["default"][part] = "small"
        resources["default_processors"] = resources["packages"]["default"]
    (folder / "resources.json").write_text(json.dumps({"en": resources}), encoding="utf8")
    return folder


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
    assert list(extractor.extract_many([document, TEXT])) == [extractor.extract(TEXT)] * 2


def test_a_document_without_text_is_refused(extractor):
    with pytest.raises(ValueError, match=r"document\.text must be the text .*; got None\. Pass it to"):
        extractor.extract(stanza.Document([[{"id": 1, "text": "Hello"}]]))


def test_a_folder_that_stanza_has_not_filled_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"stanza_dir must be a folder that stanza\.download.*resources\.json"):
        quotebank.Extractor(stanza_dir=tmp_path)
    with pytest.raises(TypeError, match="stanza_dir must be a path or None; got 7"):
        quotebank.Extractor(stanza_dir=7)
