"""Part 4: 26 gradients by hand, backward passes in one formula, and a training with gradients by hand only."""

from typing import Any

import jax.numpy as jnp
import numpy as np

from moregrad.backprop.batchnorm import batchnorm
from moregrad.backprop.cross_entropy import cross_entropy
from moregrad.data.examples import Windows
from moregrad.evaluation.diagnostics.calibration import calibrate
from moregrad.lectures import hand_training
from moregrad.lectures.lists import Lists
from moregrad.lectures.manual import BATCH, CONTEXT, EPSILON, automatic, backward, draw_parameters, forward
from moregrad.lectures.replays.training import Obtained, Show, nats
from moregrad.lectures.runs import GENERATOR_SEED
from moregrad.torch_random import Generator


def replay(lists: Lists, show: Show) -> Obtained:
    """Compares the gradients with automatic ones, then trains 200,000 steps and calibrates BatchNorm."""
    examples = Windows.of(lists.encoded("train"), CONTEXT)
    parameters, _ = hand_training.train(examples)
    model = calibrate(hand_training.network(parameters), examples)
    return {
        **gradients(lists),
        "trained parameters": sum(np.size(array) for array in parameters.values()),
        "final": nats(model, lists, "train", "validation", "test"),
    }


def gradients(lists: Lists) -> dict[str, Any]:
    """Compares the gradients by hand with automatic ones, for the lecture's first batch."""
    examples = Windows.of(lists.encoded("train"), CONTEXT)
    generator = Generator(GENERATOR_SEED)
    parameters = {name: jnp.asarray(array) for name, array in draw_parameters(generator).items()}
    tokens, targets = hand_training.contexts(examples)
    rows = jnp.asarray(generator.randint(examples.size, BATCH))
    tensors = forward(parameters, tokens[rows], targets[rows])
    ours, reference = backward(tensors), automatic(tensors)
    loss, pull_loss = cross_entropy(tensors["logits"], tensors["targets"])
    x, gain, bias = (tensors[name] for name in ("hprebn", "bngain", "bnbias"))
    normal, pull_norm = batchnorm(x, gain, bias, epsilon=EPSILON)
    return {
        "parameters": sum(np.size(array) for array in parameters.values()),
        "first label": targets[rows][0],
        "loss": tensors["loss"],
        "gradients": {name: _error(ours[name], reference[name]) for name in ours},
        "one formula": {
            "loss": _apart(loss, tensors["loss"]),
            "logits": _apart(pull_loss(jnp.ones(()))[0], reference["logits"]),
            "BatchNorm": _apart(normal, tensors["hpreact"]),
            "hprebn": _apart(pull_norm(reference["hpreact"])[0], reference["hprebn"]),
        },
    }


def _apart(ours: Any, reference: Any) -> float:
    """Returns the largest difference between two arrays."""
    return _largest(np.asarray(ours) - np.asarray(reference))


def _error(ours: Any, reference: Any) -> float:
    """Returns the largest difference of two arrays, divided by the largest number of the second if that is above 1."""
    return _apart(ours, reference) / max(_largest(reference), 1.0)


def _largest(array: Any) -> float:
    return float(np.max(np.abs(np.asarray(array))))
