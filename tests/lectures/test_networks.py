"""The lectures' networks are moregrad's own architectures, where moregrad has them, with other numbers in them."""

import jax
import jax.random as jr
import pytest

from moregrad.lectures import networks
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
