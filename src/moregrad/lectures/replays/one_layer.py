"""Part 1: the network of one layer, which learns the counts of pairs by gradient."""

from collections.abc import Iterator
from itertools import islice

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float, Int

from moregrad.evaluation.surprisal import surprisals
from moregrad.layers.layer import parameters
from moregrad.lectures.lists import Lists
from moregrad.lectures.networks import one_layer
from moregrad.lectures.replays.training import Obtained, Show, names, train
from moregrad.lectures.runs import GENERATOR_SEED, ONE_LAYER_ON_EMMA
from moregrad.models.window_model import WindowModel
from moregrad.ngrams.bigrams import Bigrams
from moregrad.torch_random import Generator, multinomial_cumulative

Logits = Float[np.ndarray, "vocab vocab"]

PENALTY = 0.01
RATES = {50: 1000, 100: 101}
"""Steps by learning rate."""


def replay(lists: Lists, show: Show) -> Obtained:
    """Trains on "emma", then on all names at two rates; names are sampled from the network trained longest."""
    start = one_layer(Generator(GENERATOR_SEED))
    weight = np.asarray(start.embedding.weight, np.float64)
    counts = Bigrams.of(lists.names.words).counts
    descents = {
        rate: list(islice(descend(weight, counts, rate, penalty=PENALTY), steps)) for rate, steps in RATES.items()
    }
    learned = descents[50][-1][0]
    penalty = PENALTY * float(np.mean(descents[100][100][0] ** 2))
    _, emma = train(ONE_LAYER_ON_EMMA, lists, lambda share: None)
    return {
        "parameters": parameters(start),
        "surprisals": surprisals(start, lists.encoded("the first name")),
        "emma": dict(enumerate(emma, start=1)),
        "losses": {rate: _by_step(steps) for rate, steps in descents.items()},
        "without penalty": descents[100][100][1] - penalty,
        "names": names(_holding(start, learned), Generator(GENERATOR_SEED), 5, multinomial_cumulative),
    }


def descend(
    weight: Logits, counts: Int[np.ndarray, "vocab vocab"], rate: float, *, penalty: float = 0.0
) -> Iterator[tuple[Logits, float]]:
    """Yields the weights before every step of gradient descent on all pairs, and the loss by them, without end.

    The network sees one character at a time, so its loss and gradient follow from how often each character follows
    each: the gradient by a row of logits is the softmax times the count of the row, minus the counts, divided by the
    count of all pairs. The loss, in nats per character, contains `penalty` times the mean square of the weights.
    """
    total, rows = counts.sum(), counts.sum(axis=1, keepdims=True)
    while True:
        shifted = weight - weight.max(axis=1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        yield weight, float(-np.sum(counts * logs) / total + penalty * np.mean(weight**2))
        gradient = (rows * np.exp(logs) - counts) / total + 2 * penalty * weight / weight.size
        weight = weight - rate * gradient


def _by_step(descent: list[tuple[Logits, float]]) -> dict[int, float]:
    return {step: loss for step, (_, loss) in enumerate(descent, start=1)}


def _holding(model: WindowModel, weight: Logits) -> WindowModel:
    return eqx.tree_at(lambda model: model.embedding.weight, model, jnp.asarray(weight, jnp.float32))
