"""N-grams counted in a sorted table give the model that counting in memory gives."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from moregrad.data import EncodedWords, Vocabulary
from moregrad.ngrams.counting import count_grams
from moregrad.ngrams.gram_table import count_table
from moregrad.ngrams.pruning import leave_out, reserve
from moregrad.ngrams.smoothing import smooth
from moregrad.ngrams.table_smoothing import smooth_table

LISTS = st.lists(st.text("abcé", max_size=9), min_size=1, max_size=60)
SMOOTHINGS = ("kneser-ney", "witten-bell", "add-k")


def encode(words):
    vocabulary = Vocabulary.of(words)
    return EncodedWords.of(words, vocabulary), len(vocabulary)


def pieces(encoded, most=7):
    return encoded.slices(most)


def assert_same(first, second):
    """Both are the same n-grams with the same gains and weights."""
    (levels, smoothed), (others, also) = first, second
    for mine, theirs in zip(levels, others, strict=True):
        for name in ("length", "history", "token", "suffix", "count", "opening", "start"):
            assert np.array_equal(getattr(mine, name), getattr(theirs, name)), (mine.length, name)
    for mine, theirs in zip(smoothed, also, strict=True):
        np.testing.assert_allclose(mine.gain, theirs.gain, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(mine.weight, theirs.weight, rtol=1e-12, atol=1e-15)


def in_memory(encoded, vocab, order, smoothing, prune, k=0.1):
    levels = count_grams(encoded, vocab, order)
    smoothed = smooth(levels, smoothing, k=k, vocab=vocab)
    return leave_out(levels, reserve(levels, smoothed, prune), prune) if prune else (levels, smoothed)


@settings(max_examples=60)
@given(LISTS, st.integers(1, 6), st.sampled_from(SMOOTHINGS), st.sampled_from([(), (0, 1), (0, 0, 2), (0, 1, 1, 3)]))
def test_a_table_is_smoothed_and_pruned_as_counts_in_memory(words, order, smoothing, prune):
    encoded, vocab = encode(words)
    table = count_table(pieces(encoded), vocab, order)
    levels, smoothed = smooth_table(table, [order], smoothing, k=0.1, prune=prune)
    assert_same((levels, smoothed[order]), in_memory(encoded, vocab, order, smoothing, prune))


@given(LISTS, st.sampled_from(SMOOTHINGS), st.sampled_from([(), (0, 0, 1)]))
def test_several_orders_are_smoothed_at_once_as_each_alone(words, smoothing, prune):
    encoded, vocab = encode(words)
    levels, smoothed = smooth_table(count_table([encoded], vocab, 4), [2, 4], smoothing, k=0.1, prune=prune)
    for order, found in smoothed.items():
        assert_same((levels[: order + 1], found), in_memory(encoded, vocab, order, smoothing, prune))
