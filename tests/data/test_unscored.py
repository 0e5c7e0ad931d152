"""Examples whose given tokens are read and not scored."""

import jax.numpy as jnp
import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import PackedRows, Windows
from moregrad.data.unscored import Unscored

WORDS = EncodedWords(np.array([0, 5, 1, 2, 0, 6, 3, 0], np.uint8))
GIVEN = np.isin(np.arange(7), [5, 6])


def test_given_tokens_are_read_and_not_scored():
    rows = PackedRows.single(WORDS)
    (tokens, targets), (same, scored) = (each.rows(jnp.arange(2)) for each in (rows, Unscored.of(rows, GIVEN)))
    assert (tokens == same).all()
    assert targets.tolist() == [[5, 1, 2, 0], [6, 3, 0, -1]]
    assert scored.tolist() == [[-1, 1, 2, 0], [-1, 3, 0, -1]]


def test_it_has_the_size_and_the_readers_of_its_examples():
    rows = Windows.of(WORDS, 2)
    unscored = Unscored.of(rows, GIVEN)
    assert (unscored.size, unscored.readers) == (rows.size, 1)


def test_a_part_has_the_same_rows():
    unscored = Unscored.of(PackedRows.single(WORDS), GIVEN)
    assert unscored.part(1, 2).rows(jnp.arange(1))[1].tolist() == [[-1, 3, 0, -1]]
