"""From logits to the token that is drawn."""

from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors, draw

LOGITS = jnp.log(jnp.asarray([[0.5, 0.2, 0.2, 0.1], [0.05, 0.05, 0.1, 0.8]]))


def process(logits: jax.Array = LOGITS, **options: Any) -> jax.Array:
    return Processors.of(Sampling(**options))(logits)


def kept(**options: Any) -> list[list[bool]]:
    return (process(**options) > 0).tolist()


def test_without_options_the_models_own_probabilities_are_drawn_from():
    assert np.allclose(process(), jnp.exp(LOGITS), atol=1e-6)


def test_half_the_temperature_squares_the_odds():
    p = process(temperature=0.5)
    assert float(p[0, 0] / p[0, 3]) == pytest.approx(25, rel=1e-5)


def test_temperature_zero_leaves_the_likeliest():
    assert kept(temperature=0) == [[True, False, False, False], [False, False, False, True]]


@pytest.mark.parametrize("share", [1e-30, 1e-46, 1e-300])
def test_the_smallest_shares_leave_the_likeliest(share: float):
    assert kept(top_p=share) == [[True, False, False, False], [False, False, False, True]]


def test_top_k_keeps_the_k_likeliest():
    assert kept(top_k=1) == [[True, False, False, False], [False, False, False, True]]


def test_more_than_the_vocabulary_keeps_everything():
    assert np.all(kept(top_k=99))


def test_top_p_keeps_the_likeliest_that_together_reach_the_share():
    assert kept(top_p=0.6) == [[True, True, True, False], [False, False, False, True]]


def test_min_p_keeps_what_is_not_too_far_below_the_likeliest():
    assert kept(min_p=0.3) == [[True, True, True, False], [False, False, False, True]]


@given(st.floats(0.1, 3), st.integers(0, 5), st.floats(0.01, 1), st.floats(0, 1), st.integers(0, 2**31 - 1))
def test_every_combination_leaves_the_likeliest_and_draws_what_is_left(temperature, k, p, m, seed):
    logits = jr.normal(jr.key(seed), (8, 6))
    probabilities = process(logits, temperature=temperature, top_k=k, top_p=p, min_p=m)
    assert (jnp.take_along_axis(probabilities, logits.argmax(-1)[:, None], -1) > 0).all()
    drawn = draw(probabilities, key=jr.key(seed))
    assert (jnp.take_along_axis(probabilities, drawn[:, None], -1) > 0).all()


def test_symbols_are_drawn_as_often_as_they_are_likely():
    p = jnp.tile(jnp.asarray([[0.6, 0.0, 0.3, 0.1]]), (20_000, 1))
    shares = np.bincount(draw(p, key=jr.key(0)), minlength=4) / 20_000
    assert np.allclose(shares, p[0], atol=0.015)
