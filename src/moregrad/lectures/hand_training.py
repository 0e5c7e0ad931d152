"""The fourth lecture's last exercise: the MLP with BatchNorm, trained with gradients written by hand and no others."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from moregrad.backprop.batchnorm import batchnorm
from moregrad.backprop.cross_entropy import cross_entropy
from moregrad.backprop.embedding import embedding
from moregrad.backprop.flatten_consecutive import flatten_consecutive
from moregrad.backprop.linear import linear
from moregrad.backprop.tanh import tanh
from moregrad.data.examples import Windows
from moregrad.jit import jit
from moregrad.layers.activation import Activation
from moregrad.layers.embedding import Embedding
from moregrad.layers.layer import Running
from moregrad.layers.linear import Linear
from moregrad.layers.norm import BatchNorm
from moregrad.layers.sequential import FlattenConsecutive, Sequential
from moregrad.lectures.manual import BATCH, CONTEXT, EPSILON, draw_parameters
from moregrad.lectures.runs import GENERATOR_SEED
from moregrad.models.model import windows
from moregrad.models.window_model import WindowModel
from moregrad.torch_random import Generator

STEPS, HIDDEN = 200_000, 200
RATE, LATER_RATE = 0.1, 0.01

Parameters = dict[str, Any]


def train(
    examples: Windows, *, steps: int = STEPS, hidden: int = HIDDEN
) -> tuple[Parameters, Float[np.ndarray, " steps"]]:
    """Trains by plain gradient descent and returns the parameters by name and the loss of every step's batch, in nats.

    Weights and batches of 32 come from the lecture's generator; the rate is 0.1, and 0.01 from half of the steps on.
    `examples` are windows of three tokens. All steps are one compiled program.
    """
    generator = Generator(GENERATOR_SEED)
    parameters = jax.tree.map(jnp.asarray, draw_parameters(generator, hidden=hidden))
    rows = jnp.asarray(generator.randint(examples.size, steps, BATCH))
    rates = jnp.where(jnp.arange(steps) < steps // 2, RATE, LATER_RATE)
    parameters, losses = _descend(parameters, examples, rows, rates)
    return parameters, np.asarray(losses)


def contexts(examples: Windows) -> tuple[Int[Array, "examples context"], Int[Array, " examples"]]:
    """Returns the context of every example, 0 before the beginning of its word, and the token after it."""
    return _rows(examples, jnp.arange(examples.size))


def _rows(examples: Windows, index: Int[Array, " rows"]) -> tuple[Int[Array, "rows context"], Int[Array, " rows"]]:
    tokens, targets = examples.rows(index)
    return windows(tokens, examples.context)[:, 0], targets[:, 0]


@jit
def _descend(
    parameters: Parameters,
    examples: Windows,
    rows: Int[Array, "steps batch"],
    rates: Float[Array, " steps"],
) -> tuple[Parameters, Float[Array, " steps"]]:
    def step(parameters: Parameters, now: tuple[Array, Array]) -> tuple[Parameters, Array]:
        chosen, rate = now
        return descend(parameters, *_rows(examples, chosen), rate)

    return jax.lax.scan(step, parameters, (rows, rates))


def descend(parameters: Parameters, tokens: Any, targets: Any, rate: Any) -> tuple[Parameters, Any]:
    """Takes one step of gradient descent and returns the parameters after it and the loss before it."""
    loss, gradients = loss_and_gradients(parameters, tokens, targets)
    return {name: value - rate * gradients[name] for name, value in parameters.items()}, loss


def loss_and_gradients(parameters: Parameters, tokens: Any, targets: Any) -> tuple[Any, Parameters]:
    """Returns the loss in nats and its gradients by name, in NumPy or JAX arrays.

    Every pullback is that of an operation of `moregrad.backprop`; they are called in the opposite order.
    """
    p, d = parameters, {}
    x, pull_embedding = embedding(tokens, p["C"])
    x, pull_flatten = flatten_consecutive(x, CONTEXT)
    x, pull_hidden = linear(x, p["W1"], p["b1"])
    x, pull_norm = batchnorm(x, p["bngain"], p["bnbias"], epsilon=EPSILON)
    x, pull_tanh = tanh(x)
    logits, pull_head = linear(x, p["W2"], p["b2"])
    loss, pull_loss = cross_entropy(logits, targets[:, None])

    dx, _ = pull_loss(1.0)
    dx, d["W2"], d["b2"] = pull_head(dx)
    (dx,) = pull_tanh(dx)
    dx, d["bngain"], d["bnbias"] = pull_norm(dx)
    dx, d["W1"], d["b1"] = pull_hidden(dx)
    (dx,) = pull_flatten(dx)
    _, d["C"] = pull_embedding(dx)
    return loss, d


def network(parameters: Parameters) -> WindowModel:
    """Returns the model with these parameters, to be scored and sampled from once its BatchNorm is calibrated."""
    p = {name: jnp.asarray(value) for name, value in parameters.items()}
    size = len(p["bngain"])
    norm = BatchNorm(p["bngain"], p["bnbias"], Running(jnp.zeros(size)), Running(jnp.ones(size)), EPSILON, 0.1, 1)
    layers = FlattenConsecutive(CONTEXT), Linear(p["W1"], p["b1"]), norm, Activation("tanh"), Linear(p["W2"], p["b2"])
    return WindowModel(embedding=Embedding(p["C"]), layers=Sequential.of(layers), context=CONTEXT, padding=0)
