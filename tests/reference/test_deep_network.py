"""The deep network of the third lecture: its losses, its names and the tables printed at its last step."""

from itertools import islice

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.data.examples import Windows
from moregrad.evaluation.surprisal import surprisals
from moregrad.layers.activation import Activation
from moregrad.layers.layer import partition
from moregrad.lectures import runs
from moregrad.lectures.names import sample_names
from moregrad.lectures.networks import deep_mlp
from moregrad.models.model import windows
from moregrad.torch_random import Generator, multinomial_race
from moregrad.training.loss import cross_entropy

KEY = jr.key(0)
RATE = 0.1
LAST = 1000
TOLERANCE = 5e-5


@pytest.fixture(scope="module")
def reports(encoded_part):
    """Before the last step and after it."""
    return list(runs.DEEP_MLP.replay(encoded_part(runs.DEEP_MLP.words), every=LAST))


@pytest.fixture(scope="module")
def last_step(reports, encoded_part):
    """The model before the last step, and the tokens and targets of that step."""
    examples = Windows.of(encoded_part(runs.DEEP_MLP.words), reports[0].model.context)
    generator = Generator(runs.DEEP_MLP.seed)
    deep_mlp(generator)
    return reports[0].model, *examples.rows(jnp.asarray(generator.randint(examples.size, LAST + 1, 32)[LAST]))


def tanh_outputs(model, tokens, shifts):
    """Logits with `shifts` added to the tanh outputs, and those outputs."""
    x, outputs, shifts = model.embedding(windows(tokens, model.context)), [], list(shifts)
    for layer in model.layers.layers:
        x, _ = layer.observe(x, key=KEY)
        if isinstance(layer, Activation):
            outputs.append(x)
            x = x + shifts.pop(0)
    return x.squeeze(-2), outputs


def loss(trainable, shifts, fixed, tokens, targets):
    logits, outputs = tanh_outputs(eqx.combine(trainable, fixed), tokens, shifts)
    return cross_entropy(logits, targets), outputs


@pytest.fixture(scope="module")
def backward(last_step):
    """Gradients of the weights and of the tanh outputs, and those outputs."""
    model, tokens, targets = last_step
    trainable, fixed = partition(model)
    shifts = [jnp.zeros((32, 1, 1, 100))] * 5
    gradient = jax.jit(jax.grad(lambda t, s: loss(t, s, fixed, tokens, targets), argnums=(0, 1), has_aux=True))
    (weights, tanhs), outputs = gradient(trainable, shifts)
    return weights, tanhs, outputs


def test_the_losses_are_as_printed_up_to_the_last_step(reports):
    losses = np.concatenate([report.losses for report in reports])
    printed = runs.DEEP_MLP.printed
    assert max(printed) == LAST
    assert {step: losses[step] for step in printed} == pytest.approx(printed, abs=TOLERANCE)


@pytest.mark.parametrize("part", ["train", "validation"])
def test_the_final_losses_are_as_printed(part, reports, encoded_part):
    encoded = encoded_part(runs.DEEP_MLP.words if part == "train" else part)
    loss = surprisals(reports[-1].model, encoded).mean(dtype=np.float64)
    assert loss == pytest.approx(getattr(runs.DEEP_MLP, part), abs=TOLERANCE)


def test_the_names_are_the_printed_ones(reports, figures):
    names = sample_names(reports[-1].model, Generator(runs.GENERATOR_SEED + 10), multinomial_race)
    assert list(islice(names, 20)) == figures["names"]["DEEP_MLP"]


def test_the_tanh_outputs_spread_and_saturate_as_printed(backward, figures):
    _, _, outputs = backward
    table = figures["deep tables at step 1000"]["tanh"]
    np.testing.assert_allclose([jnp.std(out, ddof=1) for out in outputs], table["std"], atol=0.0051)
    saturated = [100 * jnp.mean(jnp.abs(out) > 0.97) for out in outputs]
    np.testing.assert_allclose(saturated, table["saturated percent"], atol=0.0051)


def test_the_gradients_at_the_tanh_outputs_spread_as_printed(backward, figures):
    _, tanhs, _ = backward
    table = figures["deep tables at step 1000"]["tanh"]
    np.testing.assert_allclose([jnp.std(gradient, ddof=1) for gradient in tanhs], table["gradient std"], rtol=5e-5)


def test_the_weights_gradients_and_their_ratio_to_the_weights_are_as_printed(last_step, backward, figures):
    matrices = [leaf for leaf in jax.tree.leaves(partition(last_step[0])[0]) if leaf.ndim == 2]
    gradients = [leaf for leaf in jax.tree.leaves(backward[0]) if leaf.ndim == 2]
    table = figures["deep tables at step 1000"]["weights"]
    assert [list(matrix.shape) for matrix in matrices] == table["shape"]
    spread = np.array([jnp.std(gradient, ddof=1) for gradient in gradients])
    updated = [jnp.std(matrix - RATE * gradient, ddof=1) for matrix, gradient in zip(matrices, gradients, strict=True)]
    np.testing.assert_allclose([jnp.mean(gradient) for gradient in gradients], table["gradient mean"], atol=6e-7)
    np.testing.assert_allclose(spread, table["gradient std"], rtol=5e-5)
    np.testing.assert_allclose(spread / np.array(updated), table["gradient to data"], rtol=5e-5)
