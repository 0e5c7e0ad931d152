"""The fourth lecture's network on a batch of its own; tests/reference/test_backprop.py has the published figures."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.lectures import manual
from moregrad.torch_random import Generator

RANDOM = np.random.default_rng(0)
TOKENS, TARGETS = RANDOM.integers(manual.VOCAB, size=(8, 3)), RANDOM.integers(manual.VOCAB, size=8)

HEAD = "logprobs probs counts_sum_inv counts_sum counts norm_logits logit_maxes logits h W2 b2"
NORM = "hpreact bngain bnbias bnraw bnvar_inv bnvar bndiff2 bndiff bnmeani hprebn"
LECTURE = [*HEAD.split(), *NORM.split(), "embcat", "W1", "b1", "emb", "C"]


def doubles() -> dict[str, np.ndarray]:
    """Parameters in float64."""
    return {name: value.astype(float) for name, value in manual.draw_parameters(Generator(0), hidden=5).items()}


@pytest.mark.parametrize(("hidden", "count"), [(64, 4137), (200, 12297)])
def test_the_parameters_are_as_many_as_published(hidden: int, count: int):
    parameters = manual.draw_parameters(Generator(0), hidden=hidden)
    assert sum(value.size for value in parameters.values()) == count
    assert {value.dtype for value in parameters.values()} == {np.dtype("float32")}


def test_the_gradients_are_the_lectures_26_in_its_order():
    assert list(manual.backward(manual.forward(doubles(), TOKENS, TARGETS))) == LECTURE


def test_every_tensor_has_a_name_and_every_gradient_the_shape_of_its_tensor():
    tensors = manual.forward(doubles(), TOKENS, TARGETS)
    assert set(tensors) == {*LECTURE, "tokens", "targets", "loss"}
    for name, gradient in manual.backward(tensors).items():
        assert gradient.shape == tensors[name].shape, name


@jax.enable_x64(True)
def test_every_gradient_is_the_automatic_one():
    tensors = manual.forward(doubles(), TOKENS, TARGETS)
    automatic = manual.automatic(tensors)
    for name, gradient in manual.backward(tensors).items():
        np.testing.assert_allclose(gradient, automatic[name], rtol=1e-6, atol=1e-8, err_msg=name)


def test_the_loss_falls_along_every_parameters_gradient():
    parameters = doubles()
    tensors = manual.forward(parameters, TOKENS, TARGETS)
    gradients = manual.backward(tensors)
    for name in ("C", "W1", "W2", "b2", "bngain", "bnbias"):
        moved = manual.forward({**parameters, name: parameters[name] - 1e-4 * gradients[name]}, TOKENS, TARGETS)
        expected = -1e-4 * np.square(gradients[name]).sum()
        assert moved["loss"] - tensors["loss"] == pytest.approx(expected, rel=1e-2), name


def test_arrays_of_either_library_do():
    parameters = manual.draw_parameters(Generator(0))
    by_numpy = manual.backward(manual.forward(parameters, TOKENS, TARGETS))
    given = {name: jnp.asarray(value) for name, value in parameters.items()}
    by_jax = manual.backward(manual.forward(given, jnp.asarray(TOKENS), jnp.asarray(TARGETS)))
    for name, gradient in by_numpy.items():
        assert isinstance(gradient, np.ndarray), name
        assert isinstance(by_jax[name], jax.Array), name
        np.testing.assert_allclose(gradient, by_jax[name], rtol=1e-4, atol=1e-6, err_msg=name)
