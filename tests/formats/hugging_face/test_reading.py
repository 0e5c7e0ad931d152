"""Reading folders, whole and damaged."""

from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from formats.hugging_face.folders import KINDS, change, written
from moregrad.errors import DataError
from moregrad.formats.hugging_face.reading import read_folder


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_holds_the_model_that_was_written(kind: str, tmp_path: Path):
    run, folder = written(kind, tmp_path)
    found = read_folder(folder)
    assert (found.vocabulary, found.block, found.split) == (run.vocabulary, run.block, "words")
    tokens = jnp.asarray([[0, 1, 2, 3]])
    np.testing.assert_allclose(found.model(tokens), run.model(tokens), atol=1e-6)


def test_half_precision_is_read(tmp_path: Path):
    run, folder = written("arcee", tmp_path)
    tensors = load_file(folder / "model.safetensors")
    save_file({name: tensor.astype(np.float16) for name, tensor in tensors.items()}, folder / "model.safetensors")
    tokens = jnp.asarray([[0, 1, 2, 3]])
    np.testing.assert_allclose(read_folder(folder).model(tokens), run.model(tokens), atol=1e-2)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize("content", [None, b"", b"[]", b"{" * 100_000, b"\xff\xfe", b'{"model": 1}'])
def test_a_file_that_is_missing_or_damaged_is_named(name: str, content: bytes | None, tmp_path: Path):
    _, folder = written("gpt2", tmp_path)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(DataError, match=name.replace(".", r"\.")):
        read_folder(folder)


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path):
    _, folder = written("gpt2", tmp_path)
    change(folder / "config.json", vocab_size=40)
    with pytest.raises(DataError, match=r"12 tokens, and its config\.json 40"):
        read_folder(folder)


def test_whole_numbers_in_place_of_weights_are_refused(tmp_path: Path):
    _, folder = written("gpt2", tmp_path)
    tensors = load_file(folder / "model.safetensors")
    save_file(tensors | {"lm_head.weight": tensors["lm_head.weight"].astype(np.int32)}, folder / "model.safetensors")
    with pytest.raises(DataError, match="holds no real numbers"):
        read_folder(folder)


def test_a_split_that_does_not_exist_is_not_taken_from_the_file(tmp_path: Path):
    _, folder = written("gpt2", tmp_path)
    change(folder / "config.json", moregrad={"split": "other"})
    assert read_folder(folder).split == "words"
