"""Models of the whole word so far, shown by one without layers."""

from typing import Any

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import TransposedLinear
from moregrad.layers.norm import BatchNorm
from moregrad.layers.sequential import Sequential
from moregrad.models.sequence_model import SequenceModel, pack_rows

TABLE, WHERE, HEAD = (
    np.random.default_rng(seed).standard_normal((size, 3)).astype("f") for seed, size in enumerate((4, 2, 4))
)
TOKENS = [[0, 2, 3, 0, 1]]
ROWS = [[0, 1, 1, 0, 1]]
"""The row of the table of positions that each token reads; those beyond the table share its last row."""


def model(*, positions: bool, tied: bool) -> SequenceModel:
    head = None if tied else TransposedLinear(jnp.asarray(HEAD), jnp.arange(4.0))
    table = Embedding(jnp.asarray(WHERE)) if positions else None
    return SequenceModel(Embedding(jnp.asarray(TABLE)), table, Sequential(()), head)


@pytest.mark.parametrize("positions", [False, True])
@pytest.mark.parametrize("tied", [False, True])
def test_tokens_and_positions_are_embedded_and_decoded(positions: bool, tied: bool):
    x = TABLE[TOKENS] + (WHERE[ROWS] if positions else 0)
    expected = x @ TABLE.T if tied else x @ HEAD.T + np.arange(4)
    built = model(positions=positions, tied=tied)
    np.testing.assert_allclose(built(jnp.asarray(TOKENS)), expected, rtol=1e-5, atol=1e-6)
    state = built.begin(1)
    for time, token in enumerate(TOKENS[0]):
        logits, state = built.advance(state, jnp.asarray([token]))
        np.testing.assert_allclose(logits, expected[:, time], rtol=1e-5, atol=1e-6)


def test_only_a_table_of_positions_limits_the_length_of_words():
    assert model(positions=True, tied=True).longest == 1
    assert model(positions=False, tied=True).longest is None


def test_training_moves_the_running_statistics_of_its_layers():
    norm = BatchNorm.init(3, momentum=1.0)
    built = SequenceModel(Embedding(jnp.asarray(TABLE)), None, Sequential.of([norm]), None)
    refreshed: Any = built.observe(jnp.asarray(TOKENS), key=jr.key(0))[1]
    np.testing.assert_allclose(refreshed.body.layers[0].mean.value, TABLE[TOKENS[0]].mean(0), rtol=1e-5)


@pytest.mark.parametrize(("longest", "width"), [(3, 32), (100, 101), (300, 256)])
def test_rows_are_as_wide_as_the_longest_word_within_bounds(longest: int, width: int):
    rows = pack_rows(EncodedWords(np.array([0, *[1] * longest, 0], np.uint8)), lead=2)
    assert (rows.width, rows.lead) == (width, 2)
