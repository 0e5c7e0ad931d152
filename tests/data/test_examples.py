"""Rows cut from encoded words: every prediction exactly once, whole words where they fit."""

from itertools import pairwise

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import UNSCORED, PackedRows, Windows
from moregrad.data.vocabulary import Vocabulary

LETTERS = Vocabulary("abc")
# Eight words of forty letters together: lists of one size, since every new shape is compiled.
CUTS = st.lists(st.integers(1, 39), min_size=7, max_size=7, unique=True).map(sorted)
WORDS = CUTS.map(lambda cuts: ["abcab"[i % 5] * (b - a) for i, (a, b) in enumerate(pairwise([0, *cuts, 40]))])


def encoded_part(words: list[str]) -> EncodedWords:
    return EncodedWords.of(words, LETTERS)


def test_windows_show_the_context_and_ask_for_the_next_token():
    tokens, targets = Windows.of(encoded_part(["ab", "c"]), 3).rows(jnp.arange(5))
    assert tokens.tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 2], [1, 2, 0], [2, 0, 3]]
    assert targets.tolist() == [[1], [2], [0], [3], [0]]


@given(WORDS, st.sampled_from([1, 3]))
def test_windows_ask_for_every_token_once(words, context):
    encoded = encoded_part(words)
    examples = Windows.of(encoded, context)
    _, targets = examples.rows(jnp.arange(examples.size))
    assert targets[:, 0].tolist() == encoded.tokens[1:].tolist()


@settings(max_examples=8)
@given(WORDS, st.sampled_from([3, 10]), st.sampled_from([0, 2]))
def test_packed_rows_ask_for_every_token_once_and_in_order(words, width, lead):
    encoded = encoded_part(words)
    examples = PackedRows.packed(encoded, width, lead=lead)
    tokens, targets = (np.asarray(part) for part in examples.rows(jnp.arange(examples.size)))
    assert tokens.shape == (examples.size, lead + width)
    scored = targets != UNSCORED
    assert targets[scored].tolist() == encoded.tokens[1:].tolist()
    assert tokens[:, lead:][scored].tolist() == encoded.tokens[:-1].tolist()


@settings(max_examples=8)
@given(WORDS)
def test_packed_rows_cut_no_word_that_fits(words):
    encoded = encoded_part(words)
    examples = PackedRows.packed(encoded, 40)
    tokens, _ = examples.rows(jnp.arange(examples.size))
    assert not np.asarray(tokens)[:, 0].any()


def test_packing_wastes_less_than_a_tenth_of_rows_of_64():
    lengths = np.random.default_rng(0).integers(2, 12, 2000)
    encoded = encoded_part(["a" * int(length) for length in lengths])
    examples = PackedRows.packed(encoded, 64)
    assert examples.size * 64 < 1.1 * encoded.predictions


@settings(max_examples=8)
@given(WORDS)
def test_single_rows_hold_one_word_each(words):
    encoded = encoded_part(words)
    examples = PackedRows.single(encoded)
    _, targets = examples.rows(jnp.arange(examples.size))
    assert examples.size == len(words)
    assert (np.asarray(targets) != UNSCORED).sum(axis=1).tolist() == [len(word) + 1 for word in words]


@pytest.mark.parametrize("bounds", [(0, 3), (2, 5), (4, 5)])
def test_a_part_has_the_same_rows(bounds: tuple[int, int]):
    encoded = encoded_part(["abcab", "c", "ab", "abc", "b", "ca", "bbb"])
    for examples in (Windows.of(encoded, 3), PackedRows.packed(encoded, 4, lead=2), PackedRows.single(encoded)):
        part = examples.part(*bounds)
        assert part.size == bounds[1] - bounds[0]
        found, expected = part.rows(jnp.arange(part.size)), examples.rows(jnp.arange(*bounds))
        for one, other in zip(found, expected, strict=True):
            np.testing.assert_array_equal(one, other)
