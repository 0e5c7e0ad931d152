"""What layers do that PyTorch's figures do not show."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.errors import ModelError
from moregrad.layers.activation import Activation
from moregrad.layers.average import Average
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.layer import parameters, partition
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import BatchNorm
from moregrad.layers.positions import next_position, positions

KEY = jr.key(0)


def test_positions_count_from_the_last_boundary():
    assert positions(jnp.asarray([[0, 5, 5, 0, 0, 5]])).tolist() == [[0, 1, 2, 0, 0, 1]]


def test_a_row_that_begins_inside_a_word_counts_from_its_start():
    assert positions(jnp.asarray([[5, 5, 0, 5]])).tolist() == [[0, 1, 0, 1]]


def test_the_next_position_is_one_further_or_the_first():
    assert next_position(jnp.asarray([3, 3]), jnp.asarray([7, 0])).tolist() == [4, 0]


def test_the_average_is_of_the_word_so_far():
    x = jnp.asarray([[[1.0], [3.0], [10.0], [20.0]]])
    assert Average(1)(x, jnp.asarray([[0, 1, 0, 1]])).tolist() == [[[1.0], [2.0], [10.0], [15.0]]]


@pytest.mark.parametrize("tokens", [[[1, 2]], [[1, 2, 0, 4, 4, 3, 2, 1]]])
def test_a_projected_embedding_is_an_embedding_and_a_linear_layer_however_many_tokens(tokens: list[list[int]]):
    embedding, linear = Embedding.init(5, 3, key=jr.key(1)), Linear.init(3, 4, key=jr.key(2))
    found = ProjectedEmbedding(embedding, linear)(jnp.asarray(tokens))
    np.testing.assert_allclose(found, linear(embedding(jnp.asarray(tokens))), rtol=1e-6)


@pytest.mark.parametrize("kind", [Linear, TransposedLinear])
def test_a_linear_layer_begins_with_the_deviation_asked_for(kind: type[Linear] | type[TransposedLinear]):
    layer = kind.init(400, 300, gain=2.0, key=KEY)
    assert layer(jnp.ones((1, 400))).shape == (1, 300)
    assert float(layer.weight.std()) == pytest.approx(2 / 400**0.5, rel=0.02)
    assert not layer.bias.any()


def test_dropout_keeps_the_mean_and_zeroes_its_share_while_training_only():
    layer, x = Dropout.of(0.25), jnp.ones(40_000)
    observed, _ = layer.observe(x, key=KEY)
    assert float((observed == 0).mean()) == pytest.approx(0.25, abs=0.01)
    assert float(observed.mean()) == pytest.approx(1, abs=0.01)
    assert (layer(x) == x).all()


def test_batchnorm_predicts_from_what_it_saw():
    norm, x = BatchNorm.init(2, momentum=1.0), jnp.asarray([[1.0, 0.0], [3.0, 4.0]])
    assert not jnp.array_equal(norm(x), norm.observe(x, key=KEY)[0])
    observed, refreshed = norm.observe(x, key=KEY)
    np.testing.assert_allclose(refreshed(x), observed, rtol=1e-6)


def test_batchnorm_says_why_one_row_is_too_few():
    with pytest.raises(ModelError, match="batch of 2 or more"):
        BatchNorm.init(2).observe(jnp.ones((1, 2)), key=KEY)


def test_running_statistics_are_no_parameters():
    norm = BatchNorm.init(3)
    assert parameters(norm) == 6
    assert len(jax.tree.leaves(partition(norm)[1])) == 2


def test_an_unknown_activation_is_named_with_those_known():
    with pytest.raises(ModelError, match="no activation 'swish'; choose one of tanh, relu, gelu"):
        Activation("swish")
