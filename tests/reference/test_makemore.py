"""The six types of makemore.py, from the same weights, against what makemore.py itself computed."""

import dataclasses
import json
from functools import cache
from pathlib import Path

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from fixed_numbers import fixed_numbers

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.formats.makemore.weights import LOADERS
from moregrad.layers.layer import parameters
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.models.presets import MAKEMORE
from moregrad.training.loss import cross_entropy

RECORD = json.loads(Path(__file__).with_name("makemore.json").read_text(encoding="utf-8"))
SIZES = RECORD["sizes"]
TINY = {"embedding": 4, "hidden": 6, "depth": 2, "heads": 2}
PUBLISHED_COUNTS = {"bigram": 729, "mlp": 69147, "rnn": 11803, "gru": 28315, "bow": 12827, "transformer": 204544}


def architecture(kind: str, size: str) -> Architecture:
    preset = MAKEMORE[kind]
    fields = {} if size == "default" else {name: value for name, value in TINY.items() if hasattr(preset, name)}
    if kind in ("mlp", "rnn", "gru"):
        fields.pop("depth", None)
    return dataclasses.replace(preset, **fields)


def built(kind: str, size: str) -> Model:
    sizes = SIZES[size]
    return architecture(kind, size).build(sizes["vocab_size"], sizes["block_size"], key=jr.key(0))


def named(kind: str, size: str, prefix: str, scale: float = 1.0) -> dict[str, np.ndarray]:
    """Fixed numbers in the shapes of makemore.py's parameters."""
    shapes = RECORD["figures"][kind][size]["shapes"]
    return {name: fixed_numbers(prefix + name, *shape) * np.float32(scale) for name, shape in shapes.items()}


def rows(words: list[list[int]], block: int, lead: int) -> tuple[jax.Array, jax.Array]:
    tokens, targets = np.zeros((len(words), lead + block), int), np.full((len(words), block), -1)
    for row, word in enumerate(words):
        tokens[row, lead + 1 : lead + len(word) + 1] = word
        targets[row, : len(word) + 1] = [*word, 0]
    return jnp.asarray(tokens), jnp.asarray(targets)


@cache
def computed(kind: str, size: str) -> tuple[np.ndarray, jax.Array, Model]:
    """Logits where something is scored, loss and gradients of the model with the weights that makemore.py's had."""
    model = jax.tree.map(jnp.asarray, LOADERS[kind](named(kind, size, "", RECORD["scale"]), built(kind, size)))
    tokens, targets = rows(RECORD["figures"][kind][size]["words"], SIZES[size]["block_size"], model.lead)

    def objective(model: Model) -> tuple[jax.Array, jax.Array]:
        logits = model(tokens)
        return cross_entropy(logits, targets), logits

    quickly_compiled = jax.jit(
        jax.value_and_grad(objective, has_aux=True), compiler_options={"xla_backend_optimization_level": 0}
    )
    (loss, logits), gradients = quickly_compiled(model)
    return np.asarray(logits)[np.asarray(targets) >= 0], loss, jax.tree.map(np.asarray, gradients)


CASES = [(kind, size) for kind in MAKEMORE for size in SIZES]


@pytest.mark.parametrize("kind", MAKEMORE)
def test_a_preset_has_as_many_parameters_as_its_type_in_makemore(kind: str):
    assert parameters(built(kind, "default")) == PUBLISHED_COUNTS[kind]
    assert RECORD["figures"][kind]["default"]["parameters"] == PUBLISHED_COUNTS[kind]


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_a_preset_computes_what_makemore_computes(kind: str, size: str):
    figures = RECORD["figures"][kind][size]
    logits, loss, gradients = computed(kind, size)
    np.testing.assert_allclose(logits, figures["logits"], rtol=1e-5, atol=1e-5)
    assert loss == pytest.approx(figures["loss"], rel=1e-5)
    directions = named(kind, size, "direction ")
    for name, expected in figures["gradients"].items():
        only = {other: direction * (other == name) for other, direction in directions.items()}
        mapped = LOADERS[kind](only, gradients)
        found = sum(map(np.vdot, jax.tree.leaves(gradients), jax.tree.leaves(mapped)))
        assert found == pytest.approx(expected, rel=1e-5, abs=1e-5), name


def test_the_mlp_of_makemore_trains_on_windows_as_long_as_the_longest_word():
    encoded = EncodedWords(np.asarray([0, 1, 2, 3, 0, 1, 0], np.uint8))
    windows = MAKEMORE["mlp"].examples(encoded, 27)
    assert isinstance(windows, Windows)
    assert windows.context == 4
