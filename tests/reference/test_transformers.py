"""Folders for transformers, against what transformers computed from them."""

import json
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest
from fixed_numbers import product
from safetensors.numpy import load_file
from transformers_models import MODELS, WORDS, made

from moregrad.formats import export

FIGURES = json.loads(Path(__file__).with_name("transformers.json").read_text(encoding="utf-8"))["figures"]


@pytest.mark.parametrize("name", MODELS)
def test_transformers_computes_what_the_run_computes(name: str):
    run, figures = made(name), FIGURES[name]
    for word, ids, logits in zip(WORDS, figures["ids"], figures["logits"], strict=True):
        assert ids == [0, *run.vocabulary.encode(word).tolist()]
        found = np.asarray(run.model(jnp.asarray([ids])))[0]
        np.testing.assert_allclose(found, logits, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", MODELS)
def test_the_folder_is_the_one_that_transformers_read(name: str, tmp_path: Path):
    figures = FIGURES[name]
    export(made(name), tmp_path / "model")
    config = json.loads((tmp_path / "model" / "config.json").read_text(encoding="utf-8"))
    assert config == figures["config"]
    assert figures["class"] in config["architectures"]
    tensors = load_file(tmp_path / "model" / "model.safetensors")
    assert sorted(tensors) == sorted(figures["tensors"])
    for tensor, (shape, expected) in figures["tensors"].items():
        assert list(tensors[tensor].shape) == shape
        assert product(tensor, tensors[tensor]) == pytest.approx(expected, rel=1e-6, abs=1e-9), tensor
