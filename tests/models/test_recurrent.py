"""What recurrent networks have in common, against a plain one written out in NumPy."""

from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from models.reach import build
from moregrad.errors import ConfigurationError
from moregrad.models.rnn import RNN

WORD = [0, 3, 1, 4, 4, 2]


def shake(model: Any) -> Any:
    """Moves every weight, so that none is zero."""
    random = np.random.default_rng(0)
    return jax.tree.map(lambda x: x + jnp.asarray(random.normal(0, 0.3, x.shape), x.dtype), model)


def run_network(model: Any, depth: int) -> np.ndarray:
    """The logits after each token of WORD: h' = tanh(W x + U h + b), layer upon layer."""
    x = np.asarray(model.embedding.weight)[WORD]
    linear = model.embedding.linear
    layers = model.body.layers
    for level in range(depth):
        recurrent = layers[3 * level]
        weight, h, outputs = np.asarray(recurrent.cell.recurrent.weight), np.asarray(recurrent.start[0]), []
        for vector in x:
            h = np.tanh(vector @ np.asarray(linear.weight) + np.asarray(linear.bias) + h @ weight)
            outputs.append(h)
        x = np.array(outputs)
        if level + 1 < depth:
            linear = layers[3 * level + 2]
    if model.head is None:
        return x @ np.asarray(model.embedding.weight).T
    return x @ np.asarray(model.head.weight).T + np.asarray(model.head.bias)


@pytest.mark.parametrize(("depth", "tied"), [(1, False), (2, True)])
def test_layers_of_cells_read_the_outputs_of_the_one_below(depth: int, tied: bool):
    model = shake(build(RNN(embedding=4, hidden=4, depth=depth, tied=tied)))
    assert (model.head is None) == tied
    np.testing.assert_allclose(model(jnp.asarray([WORD]))[0], run_network(model, depth), rtol=1e-4, atol=1e-5)


def test_dropout_acts_on_the_outputs_of_each_layer_while_training():
    model, tokens = build(RNN(embedding=4, hidden=4, dropout=0.5)), jnp.asarray([WORD])
    first, second = (model.observe(tokens, key=jr.key(seed))[0] for seed in (1, 2))
    assert not np.allclose(first, second)
    assert not np.allclose(first, model(tokens))


def test_a_tied_embedding_must_be_as_large_as_the_state():
    with pytest.raises(ConfigurationError, match="rnn: embedding is 64; it must be hidden, 32, if tied"):
        RNN(hidden=32, tied=True)
