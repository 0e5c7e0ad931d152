"""Counts of all words but those that are looked up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import hash_words, is_in
from moregrad.models.ngram import NGram
from moregrad.ngrams.cross_fitting import cross_fit
from moregrad.ngrams.smoothing import Smoothing
from ngrams.encoded_lists import LIST, VOCAB, WORDS, encode

FOLDS = 3


def lists(words: EncodedWords) -> list[list[int]]:
    bounds = zip(words.starts, words.lengths, strict=True)
    return [words.tokens[start + 1 : start + 1 + size].tolist() for start, size in bounds]


def parted(words: EncodedWords, fold: int) -> tuple[EncodedWords, EncodedWords]:
    """The words of a fold and all others."""
    own = hash_words(words) % np.uint64(FOLDS) == fold
    return words.take(np.flatnonzero(own)), words.take(np.flatnonzero(~own))


@pytest.mark.parametrize("smoothing", ["kneser-ney", "witten-bell"])
@given(words=WORDS, orders=st.lists(st.integers(1, 5), min_size=1, max_size=2, unique=True))
def test_each_fold_is_looked_up_in_counts_of_all_others(words, orders, smoothing: Smoothing):
    encoded = encode([*words, *LIST])
    found, lookups = cross_fit(encoded, VOCAB, orders, smoothing, folds=FOLDS, used=FOLDS)
    assert lists(found) == lists(encoded)
    for order, lookup in zip(orders, lookups, strict=True):
        np.testing.assert_allclose(lookup.probability.sum(axis=1), 1, rtol=1e-6)
        for fold in range(FOLDS):
            own, others = parted(encoded, fold)
            if len(own) == 0 or len(others) == 0:
                continue
            chosen = np.repeat(hash_words(encoded) % np.uint64(FOLDS) == fold, encoded.lengths + 1)
            log_p = NGram(order=order, smoothing=smoothing).count(others, VOCAB).log_probabilities(own)
            found_p = lookup.probability[chosen][np.arange(own.predictions), own.tokens[1:]]
            np.testing.assert_allclose(np.log(found_p), log_p, rtol=1e-5, atol=1e-6)


def test_a_history_that_no_other_word_has_leaves_everything_to_the_shorter_one():
    encoded = encode([[1, 1], [2, 2], [3, 3]])
    _, (lookup,) = cross_fit(encoded, VOCAB, [2], "witten-bell", folds=97, used=97)
    begins = encoded.tokens[:-1] == 0
    assert (lookup.weights[begins] < 1).all()
    assert (lookup.weights[~begins, 1] == 1).all()


def test_copies_of_a_word_are_never_counted_for_one_another():
    encoded = encode([[1, 2, 3]] * 5 + LIST)
    found, _ = cross_fit(encoded, VOCAB, [2], "kneser-ney", folds=2, used=1)
    first = is_in(encode([[1, 2, 3]]), found)[0]
    copies = sum(word == [1, 2, 3] for word in lists(found))
    assert copies == (6 if first else 0)


def test_of_the_folds_only_those_used_come_back():
    encoded = encode(LIST * 2)
    found, (lookup,) = cross_fit(encoded, VOCAB, [2], "kneser-ney", folds=3, used=2)
    owner = hash_words(encoded) % np.uint64(3)
    assert lists(found) == [word for word, own in zip(lists(encoded), owner, strict=True) if own < 2]
    assert lookup.probability.shape == (found.predictions, VOCAB)
    assert lookup.weights.shape == (found.predictions, 2)
