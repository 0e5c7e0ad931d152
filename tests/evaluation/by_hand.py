"""A small model, and the surprisal of words under it by one call of the model for each token."""

import jax
import jax.numpy as jnp
import jax.random as jr

from moregrad.data.vocabulary import Vocabulary
from moregrad.models.mlp import MLP

LETTERS = Vocabulary("abc")
MODEL = MLP(context=3, embedding=4, hidden=8).build(4, 8, key=jr.key(0))


def by_hand(word: str) -> list[float]:
    """The surprisal of each token of `word`, one call of the model for each."""
    ids, nats = [*LETTERS.encode(word).tolist(), 0], []
    for index, token in enumerate(ids):
        context = [0, 0, 0, *ids[:index]][-3:]
        nats.append(-float(jax.nn.log_softmax(MODEL(jnp.asarray([context]))[0, -1])[token]))
    return nats
