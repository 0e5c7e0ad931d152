"""Positions of tokens in their word."""

import jax.numpy as jnp
from hypothesis import given
from hypothesis import strategies as st

from moregrad.layers.positions import next_position, one_word, positions

ROWS = st.lists(st.lists(st.integers(0, 2), min_size=7, max_size=7), min_size=2, max_size=2)


@given(ROWS)
def test_a_position_counts_the_tokens_since_the_last_boundary_or_the_start_of_the_row(rows: list[list[int]]):
    expected = []
    for row in rows:
        position, counted = -1, []
        for token in row:
            position = 0 if token == 0 else position + 1
            counted.append(position)
        expected.append(counted)
    assert positions(jnp.asarray(rows)).tolist() == expected


def test_a_row_that_begins_inside_a_word_counts_from_its_start():
    assert positions(jnp.asarray([[5, 5, 0, 5]])).tolist() == [[0, 1, 0, 1]]


def test_the_next_position_is_one_further_or_the_first():
    assert next_position(jnp.asarray([3, 3]), jnp.asarray([7, 0])).tolist() == [4, 0]


def test_a_row_of_one_word_counts_from_its_beginning():
    assert one_word(jnp.zeros((2, 3, 9))).tolist() == [[0, 1, 2], [0, 1, 2]]
