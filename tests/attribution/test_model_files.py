"""A missing, damaged or altered model is refused before it is opened, by name and with the remedy; no network."""

import json
import shutil
import socket

import pytest

from quotebank import ModelError
from quotebank.attribution import model_files


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(model_files.models_directory(), tmp_path / "models")
    return tmp_path / "models"


def test_the_shipped_models_are_the_listed_ones():
    folder = model_files.models_directory()
    listed = model_files.manifest(folder)["files"]
    assert {p.name for p in folder.glob("*.pt")} == set(listed)
    for name in listed:
        assert model_files.checked(name, folder).is_file()


def test_all_models_together_are_small():
    assert sum(p.stat().st_size for p in model_files.models_directory().iterdir()) < 30_000_000


@pytest.mark.parametrize("name", sorted(model_files.manifest(model_files.models_directory())["files"]))
def test_an_altered_file_is_refused(folder, name):
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{name} is damaged or altered.*pip install --force-reinstall"):
        model_files.checked(name, folder)


def test_a_missing_file_is_refused(folder):
    (folder / "tagger.pt").unlink()
    with pytest.raises(ModelError, match=r"tagger.pt cannot be read.*reinstall"):
        model_files.checked("tagger.pt", folder)


def test_a_file_that_is_not_listed_is_refused(folder):
    with pytest.raises(ModelError, match=r"other\.pt is not listed"):
        model_files.checked("other.pt", folder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1}', "\x00"])
def test_a_damaged_manifest_is_refused(folder, content):
    (folder / "manifest.json").write_text(content, encoding="utf8")
    with pytest.raises(ModelError, match=r"manifest.json is damaged.*reinstall"):
        model_files.manifest(folder)


def test_a_manifest_of_another_format_is_refused(folder):
    read = json.loads((folder / "manifest.json").read_text(encoding="utf8"))
    (folder / "manifest.json").write_text(json.dumps(read | {"format": 99}), encoding="utf8")
    with pytest.raises(ModelError, match="is of format 99"):
        model_files.manifest(folder)


def test_a_missing_manifest_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"manifest.json cannot be read"):
        model_files.manifest(tmp_path)


def test_the_suite_runs_without_sockets():
    with pytest.raises(Exception, match="socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
