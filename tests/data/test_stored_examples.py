"""Rows read from a file are those cut from memory."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.test_stored_words import WORDS, encode
from moregrad.data import stored_words
from moregrad.data.examples import PackedRows, Windows, pack
from moregrad.data.stored_examples import MOST_ROWS, StoredRows, packed_rows, windows
from moregrad.data.stored_words import StoredWords
from moregrad.errors import ModelError


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch):
    """Spans of seven tokens, so that most words lie across two of them."""
    monkeypatch.setattr(stored_words, "TOKENS", 7)


def assert_same_rows(stored, whole):
    """Both have the same rows, read in any order."""
    assert stored.size == whole.size
    index = np.arange(whole.size)[::-1]
    for mine, theirs in zip(stored.rows(jnp.asarray(index)), whole.rows(jnp.asarray(index)), strict=True):
        assert mine.tolist() == theirs.tolist()


@given(WORDS, st.integers(1, 12))
def test_rows_end_where_they_end_in_memory(words, width):
    assert pack(StoredWords(encode(words).tokens), width).tolist() == pack(encode(words), width).tolist()


@pytest.mark.parametrize(("width", "lead"), [(3, 0), (5, 2), (20, 9)])
def test_packed_rows_are_those_in_memory(width, lead):
    whole = encode([[1, 2, 3], [], [3] * 11, [2], [1, 1], [2, 3, 2, 3, 2]])
    stored = packed_rows(StoredWords(whole.tokens), width, lead=lead)
    assert isinstance(stored, StoredRows)
    assert_same_rows(stored, PackedRows.packed(whole, width, lead=lead))


@pytest.mark.parametrize("context", [1, 3, 9])
def test_windows_are_those_in_memory(context):
    whole = encode([[1, 2, 3], [], [3] * 11, [2]])
    assert_same_rows(windows(StoredWords(whole.tokens), context), Windows.of(whole, context))


def test_more_windows_than_can_be_numbered_are_refused():
    tokens = np.lib.stride_tricks.as_strided(np.zeros(1, np.uint8), (MOST_ROWS + 2,), (0,))
    with pytest.raises(ModelError, match="more than the 2,147,483,647 that can be numbered"):
        windows(StoredWords(tokens), 3)
