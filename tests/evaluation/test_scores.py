"""Scores of words against sums taken by hand."""

import math

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation.scores import evaluate, score_words
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.architecture import Architecture
from moregrad.models.mlp import MLP
from moregrad.models.recurrent import GRU

LETTERS = Vocabulary("abc")
MODEL = MLP(context=3, embedding=4, hidden=8).build(4, 8, key=jr.key(0))
WORDS = st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=9)


@pytest.mark.parametrize("kind", [MLP(context=3, embedding=4, hidden=8), GRU(embedding=4, hidden=8)])
def test_a_long_word_among_short_ones_changes_no_score(kind: Architecture):
    model = kind.build(4, 8, key=jr.key(0))
    words = ["ab", "abc" * 50, "c", "b" * 63, "b" * 64, "ca"]
    alone = [surprisals(model, EncodedWords.of([word], LETTERS)) for word in words]
    np.testing.assert_allclose(surprisals(model, EncodedWords.of(words, LETTERS)), np.concatenate(alone), atol=1e-5)


def by_hand(word: str) -> list[float]:
    """The surprisal of each token of `word`, one call of the model for each."""
    ids, nats = [*LETTERS.encode(word).tolist(), 0], []
    for place, token in enumerate(ids):
        context = [0, 0, 0, *ids[:place]][-3:]
        nats.append(-float(jax.nn.log_softmax(MODEL(jnp.asarray([context]))[0, -1])[token]))
    return nats


@settings(max_examples=6)
@given(WORDS)
def test_every_symbol_costs_what_the_model_says_of_its_context(words):
    expected = [nats for word in words for nats in by_hand(word)]
    assert surprisals(MODEL, EncodedWords.of(words, LETTERS)).tolist() == pytest.approx(expected, abs=1e-5)


def test_a_word_longer_than_a_row_is_scored_whole():
    word = "abcab" * 30
    assert surprisals(MODEL, EncodedWords.of([word, "a"], LETTERS)).tolist() == pytest.approx(
        by_hand(word) + by_hand("a"), abs=1e-5
    )


def test_scores_come_in_the_order_given_and_strangers_say_why():
    scores = score_words(MODEL, LETTERS, ["ab", "axb", "", "c"])
    assert [score.word for score in scores] == ["ab", "axb", "", "c"]
    assert scores[0].surprisal == pytest.approx(by_hand("ab"), abs=1e-5)
    assert "'x' at position 2" in scores[1].problem
    assert math.isnan(scores[1].nats_per_character)
    assert len(scores[2].surprisal) == 1
    assert scores[3].nats_per_character == pytest.approx(np.mean(by_hand("c")), abs=1e-5)


def test_unseen_words_are_those_that_training_lacks():
    encoded, seen = EncodedWords.of(["ab", "ca", "ab", "c"], LETTERS), EncodedWords.of(["ca"], LETTERS)
    evaluation = evaluate(MODEL, encoded, seen=seen)
    assert evaluation.all.total == pytest.approx(sum(sum(by_hand(w)) for w in ["ab", "ca", "ab", "c"]), rel=1e-5)
    assert evaluation.unseen.total == pytest.approx(sum(sum(by_hand(w)) for w in ["ab", "ab", "c"]), rel=1e-5)
    assert (evaluation.unseen.words, evaluation.unseen.predictions) == (3, 8)


def test_bits_and_perplexity_follow_from_nats():
    score = evaluate(MODEL, EncodedWords.of(["abc"], LETTERS), seen=EncodedWords.of(["a"], LETTERS)).all
    assert score.bits == pytest.approx(score.nats / math.log(2))
    assert score.perplexity == pytest.approx(math.exp(score.nats))
