"""Rows that carry what counts say of them."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import PackedRows
from moregrad.data.vocabulary import Vocabulary
from moregrad.models import counted_rows
from moregrad.models.counted_rows import CountedRows, deal
from moregrad.models.sequence_model import pack_rows
from moregrad.ngrams.cross_fitting import cross_fit

WORDS = EncodedWords.of(["dbca", "ab", "c", "badc", "acbd", "abab", "dd", "cab"] * 3, Vocabulary("abcd"))


def rows(lead: int = 0) -> CountedRows:
    return CountedRows.of(WORDS, 5, [2, 3], "kneser-ney", lead=lead, networks=2)


@pytest.mark.parametrize("lead", [0, 3])
def test_every_prediction_comes_with_what_other_folds_say_of_it(lead: int):
    _, lookups = cross_fit(WORDS, 5, [2, 3], "kneser-ney", folds=10, used=10)
    packed, found = pack_rows(WORDS, lead=lead), rows(lead)
    assert isinstance(packed, PackedRows)
    index = jnp.arange(found.size)
    (counted, targets), (tokens, same) = found.rows(index), packed.rows(index)
    assert jnp.array_equal(counted.tokens, tokens)
    assert jnp.array_equal(targets, same)
    for place, lookup in enumerate(lookups):
        for row, start, stop in zip(counted.evidence.log_p, packed.starts, packed.stops, strict=False):
            expected = np.log(lookup.probability[start:stop])
            np.testing.assert_allclose(row[: stop - start, place], expected, rtol=1e-5, atol=1e-5)


def test_rows_are_for_as_many_networks_as_read_them():
    assert rows().readers == 2


def test_a_long_list_is_dealt_into_folds_of_which_few_are_used(monkeypatch: pytest.MonkeyPatch):
    assert deal(1) == (10, 10)
    monkeypatch.setattr(counted_rows, "ROOM", 1000)
    assert deal(1000) == (10, 10)
    assert deal(2000) == (10, 5)
    assert deal(5001) == (10, 1)
    assert deal(100_000) == (101, 1)


def test_a_row_number_beyond_the_last_word_reads_what_is_there():
    found = rows()
    counted, _ = jax.jit(lambda index: found.rows(index))(jnp.asarray([found.size - 1]))
    assert np.isfinite(counted.evidence.log_p).all()


@pytest.mark.parametrize("lead", [0, 3])
def test_a_part_has_the_same_rows(lead: int):
    found = rows(lead)
    part = found.part(1, found.size)
    assert (part.size, part.readers) == (found.size - 1, 2)
    some, same = part.rows(jnp.arange(part.size)), found.rows(jnp.arange(1, found.size))
    for one, other in zip(jax.tree.leaves(some), jax.tree.leaves(same), strict=True):
        np.testing.assert_array_equal(one, other)
