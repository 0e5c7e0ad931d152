"""Rows by step."""

import jax.numpy as jnp
import jax.random as jr

from moregrad.training.batches import FixedBatches, FullBatch, ShuffledBatches


def test_drawn_rows_depend_on_the_step_alone():
    batches = ShuffledBatches(jr.key(3), 1000, 16)
    assert batches.at(jnp.asarray(7)).tolist() == batches.at(jnp.asarray(7)).tolist()
    assert batches.at(jnp.asarray(7)).tolist() != batches.at(jnp.asarray(8)).tolist()


def test_drawn_rows_reach_every_row_and_no_other():
    batches = ShuffledBatches(jr.key(0), 5, 200)
    assert set(batches.at(jnp.asarray(0)).tolist()) == set(range(5))


def test_given_rows_are_those_laid_down():
    assert FixedBatches(jnp.asarray([[1, 2], [3, 4]])).at(jnp.asarray(1)).tolist() == [3, 4]


def test_rows_given_from_a_later_step_on_are_counted_from_there():
    batches = FixedBatches(jnp.asarray([[1, 2], [3, 4]]), jnp.asarray(10))
    assert [batches.at(jnp.asarray(step)).tolist() for step in (10, 11)] == [[1, 2], [3, 4]]


def test_rows_fetched_ahead_are_the_rows_of_their_steps():
    batches = ShuffledBatches(jr.key(3), 1000, 4)
    ahead = batches.prefetch(jnp.asarray(5), 3)
    for step in map(jnp.asarray, (5, 6, 7)):
        assert ahead.at(step).tolist() == batches.at(step).tolist()


def test_more_rows_than_memory_should_hold_are_drawn_when_they_are_needed():
    batches = ShuffledBatches(jr.key(3), 1000, 4)
    assert batches.prefetch(jnp.asarray(5), 2**30) is batches


def test_the_whole_is_every_row():
    assert FullBatch(4).at(jnp.asarray(9)).tolist() == [0, 1, 2, 3]
