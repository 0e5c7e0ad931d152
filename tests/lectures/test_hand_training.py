"""Training with gradients written by hand; tests/reference/test_backprop.py trains to the published quality."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.data.vocabulary import Vocabulary
from moregrad.layers.layer import parameters
from moregrad.lectures import hand_training, manual
from moregrad.torch_random import Generator
from moregrad.training.loss import cross_entropy

EXAMPLES = Windows.of(EncodedWords.of(["emma", "olivia", "ava"], Vocabulary("abcdefghijklmnopqrstuvwxyz")), 3)


def test_contexts_are_zero_before_a_word_begins():
    tokens, targets = hand_training.contexts(EXAMPLES)
    assert tokens[:3].tolist() == [[0, 0, 0], [0, 0, 5], [0, 5, 13]]
    assert tokens[5].tolist() == [0, 0, 0]
    assert targets[:6].tolist() == [5, 13, 13, 1, 0, 15]


def test_the_pullbacks_give_the_gradients_of_the_named_tensors():
    given = manual.draw_parameters(Generator(0))
    tokens, targets = map(np.asarray, hand_training.contexts(EXAMPLES))
    loss, gradients = hand_training.loss_and_gradients(given, tokens, targets)
    tensors = manual.forward(given, tokens, targets)
    assert loss == pytest.approx(tensors["loss"], rel=1e-6)
    named = manual.backward(tensors)
    assert gradients.keys() == given.keys()
    for name, gradient in gradients.items():
        assert gradient.dtype == np.float32
        np.testing.assert_allclose(gradient, named[name], rtol=1e-4, atol=1e-6, err_msg=name)


def test_a_training_takes_plain_steps_of_gradient_descent():
    trained, losses = hand_training.train(EXAMPLES, steps=4, hidden=6)
    generator = Generator(2147483647)
    expected = manual.draw_parameters(generator, hidden=6)
    tokens, targets = map(np.asarray, hand_training.contexts(EXAMPLES))
    for step, rate in enumerate([0.1, 0.1, 0.01, 0.01]):
        rows = generator.randint(EXAMPLES.size, 32)
        loss, gradients = hand_training.loss_and_gradients(expected, tokens[rows], targets[rows])
        assert losses[step] == pytest.approx(loss, rel=1e-5)
        expected = {name: value - np.float32(rate) * gradients[name] for name, value in expected.items()}
    for name, value in expected.items():
        np.testing.assert_allclose(trained[name], value, rtol=1e-4, atol=1e-5, err_msg=name)


def test_the_network_is_the_same_function():
    given = manual.draw_parameters(Generator(0), hidden=6)
    model = hand_training.network(given)
    assert parameters(model) == sum(value.size for value in given.values())
    tokens, targets = hand_training.contexts(EXAMPLES)
    logits, _ = model.observe(tokens, key=jax.random.key(0))
    expected, _ = hand_training.loss_and_gradients(given, np.asarray(tokens), np.asarray(targets))
    assert float(cross_entropy(logits, jnp.asarray(targets)[:, None])) == pytest.approx(float(expected), rel=1e-5)
