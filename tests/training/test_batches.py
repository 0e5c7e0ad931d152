"""Rows by step."""

import jax.numpy as jnp
import jax.random as jr

from moregrad.training.batches import FixedBatches, FullBatch, RandomBatches


def test_drawn_rows_depend_on_the_step_alone():
    batches = RandomBatches(jr.key(3), 1000, 16)
    assert batches.at(jnp.asarray(7)).tolist() == batches.at(jnp.asarray(7)).tolist()
    assert batches.at(jnp.asarray(7)).tolist() != batches.at(jnp.asarray(8)).tolist()


def test_drawn_rows_reach_every_row_and_no_other():
    batches = RandomBatches(jr.key(0), 5, 200)
    assert set(batches.at(jnp.asarray(0)).tolist()) == set(range(5))


def test_given_rows_are_those_laid_down():
    assert FixedBatches(jnp.asarray([[1, 2], [3, 4]])).at(jnp.asarray(1)).tolist() == [3, 4]


def test_the_whole_is_every_row():
    assert FullBatch(4).at(jnp.asarray(9)).tolist() == [0, 1, 2, 3]
