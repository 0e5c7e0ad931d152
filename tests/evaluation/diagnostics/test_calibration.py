"""Exact statistics against those of all examples at once; published losses are in tests/reference."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from test_numbers_are_data import compilations

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics import calibrate
from moregrad.evaluation.diagnostics import calibration as module
from moregrad.evaluation.diagnostics.taps import layers_by_path
from moregrad.layers.norm import BatchNorm
from moregrad.lectures.networks import batchnorm_mlp
from moregrad.models.mixture import Mixture
from moregrad.models.mlp import MLP
from moregrad.models.model import windows
from moregrad.models.ngram import NGram
from moregrad.models.wavenet import WaveNet
from moregrad.torch_random import Generator

LETTERS = Vocabulary("abcdefghijklmnopqrstuvwxyz")
WORDS = EncodedWords.of([first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")], LETTERS)
ARCHITECTURES = {
    "one norm": MLP(embedding=4, hidden=8, norm="batch"),
    "three norms": WaveNet(embedding=4, hidden=8),
    "norms passed by": MLP(embedding=4, hidden=8, norm="batch", depth=3, residual=True),
}


def norms(model) -> list[BatchNorm]:
    return [layer for layer in layers_by_path(model).values() if isinstance(layer, BatchNorm)]


@pytest.mark.parametrize("parts", [1, 5])
@pytest.mark.parametrize("name", ARCHITECTURES)
def test_statistics_are_those_of_all_examples_in_one_batch(name: str, parts: int, monkeypatch: pytest.MonkeyPatch):
    """One batch of all, with a momentum of one, leaves every norm with the statistics of that batch."""
    architecture = ARCHITECTURES[name]
    model, examples = architecture.build(27, 6, key=jr.key(0)), architecture.examples(WORDS, 27)
    tokens = examples.rows(jnp.arange(examples.size))[0]
    monkeypatch.setattr(module, "TOKENS", tokens.size // parts - 1)
    calibrated = calibrate(model, examples)
    at_once = jax.tree.map(
        lambda node: (
            BatchNorm(node.gain, node.bias, node.mean, node.variance, node.epsilon, 1.0, node.correction)
            if isinstance(node, BatchNorm)
            else node
        ),
        model,
        is_leaf=lambda node: isinstance(node, BatchNorm),
    ).observe(tokens, key=jr.key(0))[1]
    for ours, theirs in zip(norms(calibrated), norms(at_once), strict=True):
        np.testing.assert_allclose(ours.mean.value, theirs.mean.value, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(ours.variance.value, theirs.variance.value, rtol=1e-4)


def test_the_lecture_s_norm_takes_the_deviation_of_n_minus_1():
    model, examples = batchnorm_mlp(Generator(1)), Windows.of(WORDS, 3)
    calibrated = calibrate(model, examples)
    vectors = model.embedding.weight[windows(examples.rows(jnp.arange(examples.size))[0], 3)].reshape(-1, 30)
    before = np.asarray(vectors @ model.layers.layers[1].weight, np.float64)  # pyright: ignore[reportAttributeAccessIssue]
    norm = layers_by_path(calibrated)["layers.layers[2]"]
    np.testing.assert_allclose(norm.mean.value, before.mean(0), rtol=1e-4, atol=1e-5)  # pyright: ignore[reportAttributeAccessIssue]
    np.testing.assert_allclose(norm.deviation.value, before.std(0, ddof=1), rtol=1e-4)  # pyright: ignore[reportAttributeAccessIssue]


def test_nothing_but_statistics_changes():
    model = ARCHITECTURES["three norms"].build(27, 6, key=jr.key(0))
    before = [np.array(leaf) for leaf in jax.tree.leaves(model)]
    calibrated = calibrate(model, ARCHITECTURES["three norms"].examples(WORDS, 27))
    assert all(np.array_equal(a, b) for a, b in zip(before, jax.tree.leaves(model), strict=True))
    changed = [not np.array_equal(a, b) for a, b in zip(before, jax.tree.leaves(calibrated), strict=True)]
    assert sum(changed) == 2 * 3
    assert jax.tree.structure(calibrated) == jax.tree.structure(model)


def test_members_of_a_mixture_are_calibrated():
    mixture = Mixture(members=(MLP(embedding=4, hidden=8, norm="batch"), NGram(order=2)))
    model = mixture.build(27, 6, key=jr.key(0)).count(WORDS)
    (norm,) = norms(calibrate(model, mixture.examples(WORDS, 27)))
    assert not np.array_equal(norm.variance.value, np.ones(8))


def test_norms_share_one_program():
    architecture = WaveNet(embedding=4, hidden=8)
    calibrate(architecture.build(27, 6, key=jr.key(0)), architecture.examples(WORDS, 27))
    with compilations() as compiled:
        calibrate(architecture.build(27, 6, key=jr.key(1)), architecture.examples(WORDS, 27))
    assert compiled == []


def test_a_model_without_batchnorm_is_told():
    model = MLP(embedding=4, hidden=8, norm="layer").build(27, 6, key=jr.key(0))
    with pytest.raises(ModelError, match="WindowModel has no BatchNorm"):
        calibrate(model, Windows.of(WORDS, 3))


def test_one_example_is_too_few():
    model = ARCHITECTURES["one norm"].build(27, 6, key=jr.key(0))
    with pytest.raises(ModelError, match="calibrate on more"):
        calibrate(model, Windows.of(EncodedWords.of([""], LETTERS), 3))
