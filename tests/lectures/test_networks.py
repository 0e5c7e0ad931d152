"""The lectures' networks are moregrad's own architectures, where moregrad has them, with other numbers in them."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.lectures import networks
from moregrad.lectures.norm import DeviationNorm
from moregrad.models.bigram import Bigram
from moregrad.models.mlp import MLP
from moregrad.models.wavenet import WaveNet
from moregrad.torch_random import Generator

KEY = jr.key(0)


def shapes(model):
    return [leaf.shape for leaf in jax.tree.leaves(model)]


@pytest.mark.parametrize(
    ("network", "architecture"),
    [(networks.one_layer, Bigram()), (networks.wavenet, WaveNet())],
    ids=["bigram", "wavenet"],
)
def test_a_network_is_built_like_the_architecture_of_the_same_name(network, architecture):
    ours, theirs = architecture.build(27, 16, key=KEY), network(Generator(0))
    assert jax.tree.structure(ours) == jax.tree.structure(theirs)
    assert shapes(ours) == shapes(theirs)


@pytest.mark.parametrize(
    ("network", "architecture"),
    [(networks.first_mlp, MLP(embedding=2, hidden=100)), (networks.batchnorm_mlp, MLP(norm="batch"))],
    ids=["first", "batchnorm"],
)
def test_an_mlp_has_the_arrays_of_the_architecture(network, architecture):
    assert shapes(network(Generator(0))) == shapes(architecture.build(27, 16, key=KEY))


def test_the_running_deviation_is_of_n_minus_one_and_moves_by_a_thousandth():
    x = jr.normal(KEY, (8, 3))
    y, seen = DeviationNorm.init(3).observe(x, key=KEY)
    np.testing.assert_allclose(y, (x - x.mean(0)) / jnp.std(x, 0, ddof=1), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(seen.deviation.value, 0.999 + 0.001 * jnp.std(x, 0, ddof=1), rtol=1e-6)
    np.testing.assert_allclose(seen.mean.value, 0.001 * x.mean(0), rtol=1e-5)


def test_prediction_normalises_by_the_running_statistics():
    x = jr.normal(KEY, (8, 3))
    _, seen = DeviationNorm.init(3).observe(x, key=KEY)
    np.testing.assert_allclose(seen(x), (x - seen.mean.value) / seen.deviation.value, rtol=1e-6)
