"""Models of words with labels, seen as models of the words: held to what the model inside says, for every kind."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from contract.small import VARIATIONS, logits, quickly_compiled, small
from jaxtyping import Array

from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation.surprisal import surprisals
from moregrad.layers.layer import State
from moregrad.models.catalogue import CATALOGUE
from moregrad.models.labelled import AnyLabel, GivenLabel, OwnLabel
from moregrad.models.model import Model

CHARACTERS, LABELS, VOCAB = [1, 2, 5, 6], [3, 4], 7
"""Tokens of a vocabulary in which the labels stand between characters, as they do before emoji."""

IDS = np.array([0, *CHARACTERS])
WORDS = [[4, 2, 3, 1], [1, 2], [3], [], [2, 1, 4, 3], [2, 2, 2]]
SHARES = np.array([0.75, 0.25])


def join(words: list[list[int]]) -> EncodedWords:
    return EncodedWords(np.array([0, *(token for word in words for token in (*word, 0))], np.uint8))


def marked(word: list[int], label: int) -> list[int]:
    return [label, *IDS[word].tolist()]


PAIRS = [(word, LABELS[number % 2]) for number, word in enumerate(WORDS)]
TAPE = join([marked(word, label) for word, label in PAIRS])


@pytest.fixture(scope="module", params=[*CATALOGUE, *VARIATIONS])
def model(request: pytest.FixtureRequest) -> Model:
    """A model of words with labels, as it is before training."""
    return small(request.param).build(VOCAB, TAPE.longest + 1, key=jr.key(0)).count(TAPE)


def by_hand(model: Model, word: list[int], label: int) -> np.ndarray:
    """The log probability of each character and of the end after a label, among characters and the end."""
    longest, width = max(map(len, WORDS)), len(word) + 1
    tokens = np.zeros((1, model.lead + 1 + longest + 1), np.int32)
    tokens[0, model.lead + 1 :][: 1 + len(word)] = marked(word, label)
    # What follows the word does not change what is predicted along it, so words of any length share a program.
    predicted = np.asarray(logits(model, jnp.asarray(tokens)), np.float64)[0, -longest - 1 :][:width, IDS]
    log_p = predicted - np.logaddexp.reduce(predicted, axis=1, keepdims=True)
    return log_p[np.arange(width), [*word, 0]]


@quickly_compiled
def advance(model: Model, state: State, tokens: Array) -> tuple[Array, State]:
    return model.advance(state, tokens)


def step_by_step(model: Model, word: list[int]) -> np.ndarray:
    """The same as a sampler finds it, beside another row that has ended."""
    state, found = model.begin(2), []
    for token, following in zip([0, *word], [*word, 0], strict=True):
        predicted, state = advance(model, state, jnp.array([token, 0]))
        found.append(float(jax.nn.log_softmax(predicted)[0, following]))
    return np.array(found)


def test_words_given_a_label_have_the_probabilities_of_the_model_inside(model: Model):
    for label in LABELS:
        given = GivenLabel.of(model, label, IDS)
        expected = [by_hand(model, word, label) for word in WORDS]
        np.testing.assert_allclose(-surprisals(given, join(WORDS)), np.concatenate(expected), atol=2e-4)
        np.testing.assert_allclose(step_by_step(given, WORDS[0]), expected[0], atol=2e-4)


def test_words_of_any_label_have_the_sum_of_their_probabilities(model: Model):
    anyhow = AnyLabel.of(model, np.array(LABELS), SHARES, IDS)
    totals = np.array([[by_hand(model, word, label).sum() for label in LABELS] for word in WORDS])
    expected = np.logaddexp.reduce(totals + np.log(SHARES), axis=1)
    nats = -surprisals(anyhow, join(WORDS))
    np.testing.assert_allclose(np.add.reduceat(nats, join(WORDS).starts), expected, atol=5e-4)
    np.testing.assert_allclose(step_by_step(anyhow, WORDS[0]).sum(), expected[0], atol=5e-4)


def test_words_with_their_own_labels_cost_what_they_do_given_these(model: Model):
    is_label = np.isin(np.arange(VOCAB), LABELS)
    nats = surprisals(OwnLabel.of(model, is_label), TAPE)
    assert (nats[TAPE.starts] == 0).all()
    expected = np.concatenate([by_hand(model, word, label) for word, label in PAIRS])
    np.testing.assert_allclose(-np.delete(nats, TAPE.starts), expected, atol=2e-4)


def test_the_longest_word_is_one_shorter_without_its_label(model: Model):
    given = GivenLabel.of(model, LABELS[0], IDS)
    assert given.longest == (None if model.longest is None else model.longest - 1)


def test_a_label_of_no_share_changes_nothing():
    model = small("ngram").build(VOCAB, 6, key=jr.key(0)).count(TAPE)
    only, words = AnyLabel.of(model, np.array(LABELS), np.array([1.0, 0.0]), IDS), join(WORDS)
    np.testing.assert_allclose(surprisals(only, words), surprisals(GivenLabel.of(model, 3, IDS), words), atol=1e-5)


def test_words_that_cannot_be_have_no_probability_and_no_nan():
    model = small("ngram").replace(smoothing="add-k", k=0.0).build(VOCAB, 6, key=jr.key(0)).count(TAPE)
    nats = surprisals(AnyLabel.of(model, np.array(LABELS), SHARES, IDS), join([[4, 4, 4], [1, 2]]))
    assert not np.isnan(nats).any()
    assert np.isposinf(nats[:4]).any()
    assert np.isfinite(nats[4:]).all()
