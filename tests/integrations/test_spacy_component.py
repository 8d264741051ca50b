"""The spaCy component, in spaCy's own pipelines, containers and pictures."""

import os
import pickle
import subprocess
import sys
import warnings

import pytest

import quotebank
from tests.conftest import ROOT, article
from tests.shown import declare_component

try:
    import spacy
    from spacy.tokens import Doc, DocBin
except ImportError as error:
    warnings.warn(f"NO SPACY ({error}): the component is not tested; pip install 'quotebank[spacy]'", stacklevel=1)
    pytest.skip("NO SPACY: the component is not tested", allow_module_level=True)

from quotebank.integrations import spacy_component  # registers the component, also where no entry point is installed

TEXT = "“We are ready,” said Ann Lee, the mayor of Oxbow. “Go,” she added, “now.” Critics fear that it can’t last."


@pytest.fixture(scope="module")
def nlp():
    made = spacy.blank("en")
    made.add_pipe("quotebank")
    return made


def test_claims_and_spans(nlp):
    doc = nlp(TEXT)
    assert doc._.claims == quotebank.extract(TEXT)
    pieces = [(claim, part) for claim in doc._.claims for part in claim.content]
    assert len(pieces) == len(doc.spans["claims"]) >= 3
    for (claim, part), span in zip(pieces, doc.spans["claims"], strict=True):
        assert span.text == part.slice(TEXT)
        assert span.label_ == claim.kind
        assert span._.claim == claim


def test_a_whole_article_keeps_its_offsets(nlp):
    text = article("scraped").text
    doc = nlp(text)
    assert doc.text == text
    for claim in doc._.claims:
        spans = [span for span in doc.spans["claims"] if span.id_ == claim.id]
        for part, span in zip(claim.content, spans, strict=True):
            assert span.start_char <= part.start < part.end <= span.end_char


def test_no_text_no_claims(nlp):
    for text in ("", " \n", "The sun rose."):
        doc = nlp(text)
        assert doc._.claims == ()
        assert len(doc.spans["claims"]) == 0
    unread = spacy.blank("en")(TEXT)
    assert unread._.claims == ()
    assert unread[:3]._.claim is None


def test_displacy_draws_the_claims(nlp):
    page = spacy.displacy.render(nlp(TEXT), style="span", options={"spans_key": "claims"}, jupyter=False)
    assert "direct" in page
    assert "Ann" in page


def test_a_picture_with_the_speakers_names(nlp):
    page = spacy_component.draw(nlp(TEXT), page=True)
    assert "direct · Ann Lee" in page
    assert spacy_component.COLOURS["direct"] in page
    evil = spacy_component.draw(nlp("“We are ready,” said <b>Ann Lee</b>, the mayor of Oxbow."))
    assert "<b>" not in evil


def test_joined_documents_keep_their_claims(nlp):
    first, second = nlp(TEXT), nlp("The ministry said that it had no plans to sell.")
    joined = Doc.from_docs([first, second])
    assert len(joined._.claims) == len(first._.claims) + len(second._.claims) == len({c.id for c in joined._.claims})
    for claim, span in zip(
        joined._.claims, sorted({s.id_: s for s in joined.spans["claims"]}.values(), key=lambda s: s.start), strict=True
    ):
        assert claim.text == " ".join(part.slice(joined.text) for part in claim.content)
        assert claim.article_id == quotebank.Article(text=joined.text).id
        assert span._.claim == claim
    ministry = next(c for c in joined._.claims if c.source[0].slice(joined.text) == "The ministry")
    assert ministry.speaker.mentions[0].slice(joined.text) == "The ministry"


def test_a_document_that_is_cut_out_has_the_claims_that_lie_in_it(nlp):
    doc = nlp(TEXT)
    critics = next(token.i for token in doc if token.text == "Critics")
    end = doc[critics:].as_doc(copy_user_data=True)
    (claim,) = end._.claims
    assert claim.source[0].slice(end.text) == "Critics"
    assert claim.text == doc._.claims[-1].text
    assert doc[critics:].as_doc()._.claims == ()
    assert doc[: critics + 2].as_doc(copy_user_data=True)._.claims[0].text == doc._.claims[0].text


def test_json(nlp):
    doc = nlp(TEXT)
    made = doc.to_json(underscore=["claims_json"])
    assert made["_"]["claims_json"] == [claim.to_dict() for claim in doc._.claims]
    with pytest.raises(ValueError, match="not JSON-serializable"):
        doc.to_json(underscore=["claims"])


def test_documents_can_be_stored_and_read_again(nlp):
    doc = nlp(TEXT)
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (read,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert read._.claims == doc._.claims
    assert [span._.claim for span in read.spans["claims"]] == [span._.claim for span in doc.spans["claims"]]
    assert [d._.claims for d in nlp.pipe([TEXT, "Go."])] == [doc._.claims, ()]


def test_documents_and_pipelines_travel(nlp, tmp_path):
    doc = nlp(TEXT)
    for read in (Doc(nlp.vocab).from_bytes(doc.to_bytes()), pickle.loads(pickle.dumps(doc))):
        assert read._.claims == doc._.claims
        assert [span._.claim for span in read.spans["claims"]] == [span._.claim for span in doc.spans["claims"]]
    nlp.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(TEXT)._.claims == doc._.claims


def test_several_processes(nlp, tmp_path):
    """In a process of its own: whether a process may be forked is for the one that forks it to say."""
    script = tmp_path / "several.py"
    script.write_text(
        "import spacy, quotebank.integrations.spacy_component\n"
        "if __name__ == '__main__':\n"
        "    nlp = spacy.blank('en')\n"
        "    nlp.add_pipe('quotebank')\n"
        f"    docs = nlp.pipe([{TEXT!r}, 'Go.'] * 3, n_process=2, batch_size=1)\n"
        "    print([[(c.id, len(c.content)) for c in doc._.claims] + [s._.claim.id for s in doc.spans['claims']] for doc in docs])\n",
        encoding="utf8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    doc = nlp(TEXT)
    row = [(c.id, len(c.content)) for c in doc._.claims] + [s._.claim.id for s in doc.spans["claims"]]
    assert done.stdout.strip() == str([row, []] * 3), done.stderr


def test_a_wrong_option_is_refused():
    with pytest.raises(ValueError, match=r"stanza_dir must be a folder that stanza\.download"):
        spacy.blank("en").add_pipe("quotebank", config={"stanza_dir": str(ROOT)})
    with pytest.raises(TypeError, match="stanza_dir must be a str or None; got 7"):
        spacy.blank("en").add_pipe("quotebank", config={"stanza_dir": 7})


def test_the_entry_point_leads_to_the_component(tmp_path):
    """spaCy finds it by the name in setup.cfg, in a process that imports nothing of ours."""
    declare_component(tmp_path)
    code = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; import spacy; nlp = spacy.blank('en');"
        f"nlp.add_pipe('quotebank'); print(len(nlp('“Go,” said Bo Chan.')._.claims))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "1", done.stderr
