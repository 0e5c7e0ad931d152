"""The GPT on arrays, against the one of single numbers and against automatic differentiation."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.lectures.gpt import GPT, prepare
from moregrad.lectures.gpt_arrays import loss, to_arrays
from moregrad.scalar import Value, cross_entropy

NAMES = ["emma", "olivia", "ava", "isabella", "sophia", "mia", "x"]


@pytest.fixture(scope="module")
def prepared() -> tuple[list[list[int]], GPT]:
    encoded, _, model, _ = prepare(NAMES)
    return encoded, model


def backward(model: GPT, tokens: list[int]) -> Value:
    embedded = [model.token_embedding[token] for token in tokens[:-1]]
    total = model.loss(embedded, lambda t, logits: cross_entropy(logits, tokens[t + 1]))
    for p in model.parameters():
        p.grad = 0.0
    total.backward()
    return total


def gradients(model: GPT) -> dict[str, np.ndarray]:
    """The gradients that `backward` left, in the form of `to_arrays`."""
    data = [p.data for p in model.parameters()]
    for p in model.parameters():
        p.data = p.grad
    found = to_arrays(model)
    for p, number in zip(model.parameters(), data, strict=True):
        p.data = number
    return found


def test_arrays_give_the_loss_and_the_gradients_of_single_numbers(prepared):
    encoded, model = prepared
    for tokens in encoded:
        value, pull = loss(to_arrays(model), np.array(tokens))
        assert value == pytest.approx(backward(model, tokens).data, rel=1e-12)
        expected, found = gradients(model), pull(1.0)
        assert found.keys() == expected.keys()
        for name, gradient in found.items():
            np.testing.assert_allclose(gradient, expected[name], rtol=1e-9, atol=1e-14, err_msg=name)


def test_the_gradient_by_hand_is_the_automatic_one(prepared):
    encoded, model = prepared
    weights = jax.tree.map(lambda array: jnp.asarray(array, jnp.float32), to_arrays(model))
    tokens = jnp.asarray(encoded[0])
    _, pull = loss(weights, tokens)
    automatic = jax.jit(jax.grad(lambda weights, tokens: loss(weights, tokens)[0]))(weights, tokens)
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-6), pull(1.0), automatic)


def test_every_parameter_is_in_one_array(prepared):
    _, model = prepared
    assert sum(array.size for array in to_arrays(model).values()) == len(model.parameters())
