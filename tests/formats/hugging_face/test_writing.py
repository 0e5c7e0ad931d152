"""Writing folders."""

import json
from pathlib import Path

import pytest
from runs.prepared import prepared

from formats.hugging_face.folders import KINDS, written
from moregrad.errors import ModelError, StorageError
from moregrad.formats.hugging_face.writing import contents, write_folder


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_has_what_transformers_loads(kind: str, tmp_path: Path):
    run, folder = written(kind, tmp_path)
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "README.md",
        "config.json",
        "generation_config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config["vocab_size"] == len(run.vocabulary)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_words_themselves_are_not_in_it():
    run = prepared("transformer", **KINDS["gpt2"])
    for content in contents(run, "model").values():
        assert b"lada" not in content


def test_nothing_is_left_of_a_folder_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StorageError, match="cannot write"):
        write_folder(prepared("transformer", **KINDS["arcee"]), tmp_path / "file" / "model")
    with pytest.raises(ModelError, match="run of gru"):
        write_folder(prepared("gru"), tmp_path / "model")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
