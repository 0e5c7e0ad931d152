"""Names as the notebooks sample them: one token at a time from a seeded generator."""

from collections.abc import Iterator

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from moregrad.data.vocabulary import BOUNDARY
from moregrad.jit import jit
from moregrad.layers.layer import State
from moregrad.models.model import Model
from moregrad.torch_random import Generator, Multinomial

CHARACTERS = ".abcdefghijklmnopqrstuvwxyz"


def sample_names(model: Model, generator: Generator, draw: Multinomial) -> Iterator[str]:
    """Samples names one after the other, without end."""
    while True:
        yield "".join(CHARACTERS[token] for token in _sample_tokens(model, generator, draw))


def _sample_tokens(model: Model, generator: Generator, draw: Multinomial) -> Iterator[int]:
    state, token = model.begin(1), BOUNDARY
    while True:
        probabilities, state = _advance(model, state, jnp.array([token]))
        token = draw(generator, np.asarray(probabilities))
        if token == BOUNDARY:
            return
        yield token


@jit
def _advance(model: Model, state: State, token: Array) -> tuple[Float[Array, " vocab"], State]:
    logits, state = model.advance(state, token)
    return jax.nn.softmax(logits[0]), state
