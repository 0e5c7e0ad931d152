"""Counts as evidence."""

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.counts import FACTS, Counts, Evidence
from moregrad.models.ngram import NGram

WORDS = EncodedWords.of(["dbca", "ab", "c", "badc", "acbd", "abab"], Vocabulary("abcd"))
TOKENS = jnp.asarray([[0, 1, 2, 1, 0, 4, 2, 3]])
COUNTS = Counts.build([4, 2], "kneser-ney", 5).count(WORDS)


def test_each_order_says_what_it_would_say_alone():
    evidence = COUNTS.read(TOKENS)
    for place, order in enumerate((2, 4)):
        alone = NGram(order=order).count(WORDS, 5)(TOKENS)
        positions = min(evidence.positions, alone.shape[1])
        np.testing.assert_allclose(evidence.log_p[:, -positions:, place], alone[:, -positions:], rtol=1e-6)


def test_facts_tell_the_known_length_and_how_sure_the_counts_are():
    log_p = jnp.log(jnp.asarray([[0.5, 0.25, 0.25], [1 / 3, 1 / 3, 1 / 3]]))
    weights = jnp.asarray([[0.1, 0.2, 0.4], [0.1, 1.0, 1.0]])
    facts = Evidence.of([log_p], [weights]).facts
    entropy = -(0.5 * np.log(0.5) + 0.5 * np.log(0.25)) / np.log(3)
    np.testing.assert_allclose(facts[0], [1.0, np.log(0.4), entropy, 0.5], rtol=1e-5)
    np.testing.assert_allclose(facts[1], [0.0, np.log(0.1), 1.0, 1 / 3], rtol=1e-5)
    assert facts.shape[-1] == FACTS


def test_moving_token_by_token_reaches_what_reading_sees():
    nodes = COUNTS.begin(1)
    for token in np.asarray(TOKENS[0]):
        nodes = COUNTS.move(nodes, jnp.asarray([token]))
    last, whole = COUNTS.look(nodes), COUNTS.read(TOKENS)
    np.testing.assert_allclose(last.log_p[0], whole.log_p[0, -1], rtol=1e-6)
    np.testing.assert_allclose(last.facts[0], whole.facts[0, -1], rtol=1e-5, atol=1e-6)


def test_an_impossible_token_has_a_probability_with_a_gradient():
    unsmoothed = Counts((NGram(order=2, smoothing="add-k", k=0.0).count(WORDS, 5),))
    assert np.isfinite(unsmoothed.read(TOKENS).log_p).all()


def test_counts_that_counted_nothing_hold_all_tokens_alike():
    blank = Counts.build([3], "kneser-ney", 5).read(TOKENS)
    assert np.exp(blank.log_p) == pytest.approx(0.2, rel=1e-5)
