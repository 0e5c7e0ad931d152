"""Cross-entropy against its definition."""

import math

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.training.loss import cross_entropy, surprisal


def test_equal_logits_cost_the_logarithm_of_the_vocabulary():
    assert float(cross_entropy(jnp.zeros((2, 3, 27)), jnp.zeros((2, 3), int))) == pytest.approx(math.log(27))


def test_unscored_targets_count_for_nothing():
    logits = jnp.log(jnp.asarray([[[0.5, 0.5], [0.9, 0.1]]]))
    assert float(cross_entropy(logits, jnp.asarray([[0, -1]]))) == pytest.approx(math.log(2))


def test_targets_are_aligned_to_the_end_of_the_logits():
    logits = jnp.log(jnp.asarray([[[0.9, 0.1], [0.5, 0.5], [0.25, 0.75]]]))
    assert surprisal(logits, jnp.asarray([[1, 1]])).tolist()[0] == pytest.approx([math.log(2), -math.log(0.75)])


@given(st.integers(0, 2**31 - 1), st.floats(0, 0.9))
def test_smoothing_is_the_loss_against_a_softened_target(seed, share):
    random = np.random.default_rng(seed)
    logits, target = random.normal(size=(1, 1, 5)).astype("f"), int(random.integers(5))
    logp = logits[0, 0] - np.log(np.exp(logits[0, 0]).sum())
    soft = (1 - share) * np.eye(5)[target] + share / 5
    found = cross_entropy(jnp.asarray(logits), jnp.asarray([[target]]), label_smoothing=share)
    assert float(found) == pytest.approx(-float(soft @ logp), rel=1e-5)


def test_large_logits_do_not_overflow():
    assert float(cross_entropy(jnp.asarray([[[1e4, -1e4]]]), jnp.asarray([[0]]))) == 0
