"""Rows that are read from a file ahead of the steps that ask for them."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.data import EncodedWords
from moregrad.data.examples import PackedRows
from moregrad.data.stored_examples import StoredRows
from moregrad.data.stored_words import StoredWords
from moregrad.training import stored
from moregrad.training.batches import FullBatch, RandomBatches, ShuffledBatches
from moregrad.training.stored import reach, read_ahead

WORDS = EncodedWords(np.array([0, 1, 2, 0, 3, 0, 1, 1, 1, 1, 0, 2, 0], np.uint8))
STORED, WHOLE = StoredRows.packed(StoredWords(WORDS.tokens), 4), PackedRows.packed(WORDS, 4)
SIZE = WHOLE.size


@pytest.mark.parametrize(
    "batches", [RandomBatches(jr.key(1), SIZE, 2), ShuffledBatches(jr.key(1), SIZE, 2), FullBatch(SIZE)]
)
def test_steps_get_the_rows_that_they_would_draw_from_memory(batches):
    rows, order = read_ahead(STORED, batches, 5, 3)
    for step in jnp.arange(5, 8):
        read, drawn = rows.rows(order.at(step)), WHOLE.rows(batches.at(step))
        for mine, theirs in zip(read, drawn, strict=True):
            assert mine.tolist() == theirs.tolist()


def test_rows_in_memory_stay_as_they_are():
    batches = FullBatch(WHOLE.size)
    assert read_ahead(WHOLE, batches, 0, 3) == (WHOLE, batches)


def test_no_more_rows_are_read_ahead_than_there_is_room_for(monkeypatch):
    batches = RandomBatches(jr.key(1), SIZE, 2)
    assert (reach(STORED, batches, 7), reach(WHOLE, batches, 7)) == (7, 7)
    monkeypatch.setattr(stored, "AHEAD", 3 * 2 * 5)
    assert (reach(STORED, batches, 7), reach(WHOLE, batches, 7)) == (3, 7)
    monkeypatch.setattr(stored, "AHEAD", 1)
    assert reach(STORED, batches, 7) == 1
