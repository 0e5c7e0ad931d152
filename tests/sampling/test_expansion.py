"""One step of many prefixes."""

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.layers.embedding import Embedding
from moregrad.layers.sequential import Sequential
from moregrad.models.window_model import WindowModel
from moregrad.sampling.expansion import LARGEST, SMALLEST, UNIT, Expansion
from sampling.table import LOGITS, MODEL


@pytest.mark.parametrize("rows", [1, 3, 16])
def test_tokens_cost_what_the_model_says_however_many_rows_there_are(rows: int):
    expansion = Expansion(MODEL, 4)
    begun = np.repeat(expansion.begin(), rows, axis=0)
    tokens = np.arange(rows) % 4
    nats, states = expansion(begun, tokens)
    np.testing.assert_allclose(nats, -LOGITS[tokens], rtol=1e-6)
    assert states[:rows, -1].tolist() == tokens.tolist()


def test_costs_are_multiples_of_a_unit_so_that_sums_are_exact():
    nats, _ = Expansion(MODEL, 4)(Expansion(MODEL, 4).begin(), np.array([0]))
    finite = nats[np.isfinite(nats)]
    assert (finite / UNIT == np.round(finite / UNIT)).all()
    assert (finite >= 0).all()


def test_what_the_model_holds_impossible_costs_infinitely_much_even_if_all_is():
    table = np.full((4, 4), -np.inf, np.float32)
    table[0, 1] = 5
    model = WindowModel(Embedding(jnp.asarray(table)), Sequential(()), context=1, padding=0)
    expansion = Expansion(model, 4)
    nats, _ = expansion(np.repeat(expansion.begin(), 2, axis=0), np.array([0, 3]))
    assert nats.tolist() == [[np.inf, 0, np.inf, np.inf], [np.inf] * 4]


@pytest.mark.parametrize("vocab", [2, 27, 300, 5000, 2**17, 10**6])
def test_a_batch_is_a_power_of_two_whatever_the_vocabulary(vocab: int):
    batch = Expansion(MODEL, vocab).batch
    assert SMALLEST <= batch <= LARGEST
    assert batch & (batch - 1) == 0
