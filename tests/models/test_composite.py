"""Architectures made of others."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.errors import ConfigurationError
from moregrad.models.composite import align, mean
from moregrad.models.gru import GRU
from moregrad.models.mixture import Mixture
from moregrad.models.ngram import NGram
from moregrad.models.stack import Stack


def test_the_mean_is_that_of_probabilities():
    logits = jnp.asarray([[[1.0, 2.0, 3.0]], [[0.0, 0.0, 5.0]]])
    expected = 0.25 * jax.nn.softmax(logits[0]) + 0.75 * jax.nn.softmax(logits[1])
    np.testing.assert_allclose(jnp.exp(mean(logits, jnp.log(jnp.asarray([0.25, 0.75])))), expected, rtol=1e-6)


def test_a_model_without_weight_counts_for_nothing():
    logits = jnp.asarray([[[1.0, 2.0]], [[jnp.nan_to_num(-jnp.inf), 0.0]]])
    with np.errstate(divide="ignore"):
        found = mean(logits, jnp.asarray([0.0, -jnp.inf]))
    np.testing.assert_allclose(found, jax.nn.log_softmax(logits[0]), rtol=1e-6)


def test_the_last_positions_are_kept_that_all_have():
    long, short = jnp.arange(24.0).reshape(2, 4, 3), jnp.zeros((5, 2, 2, 3))
    first, second = align([long, short])
    assert (first.shape, second.shape) == ((2, 2, 3), (5, 2, 2, 3))
    assert jnp.array_equal(first, long[:, 2:])


def test_options_are_those_of_all_members_and_its_own():
    options = Mixture((GRU(hidden=5), GRU(hidden=6), NGram())).options()
    assert {"hidden", "order", "weights"} <= options.keys()
    assert options["hidden"].default is None
    assert options["depth"].default == 1


@pytest.mark.parametrize("kind", [Mixture, Stack])
def test_an_unknown_setting_is_refused(kind: type[Mixture] | type[Stack]):
    with pytest.raises(ConfigurationError, match="hiden"):
        kind().replace(hiden=3)
