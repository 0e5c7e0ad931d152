"""A model whose every probability is written down: the next character depends on the last one alone."""

from itertools import pairwise

import jax.numpy as jnp
import numpy as np

from moregrad.data.vocabulary import Vocabulary
from moregrad.layers.embedding import Embedding
from moregrad.layers.sequential import Sequential
from moregrad.models.window_model import WindowModel

VOCABULARY = Vocabulary("abc")
TABLE = np.array(
    [
        [0.1, 0.6, 0.3, 0.0],  # after a boundary
        [0.4, 0.1, 0.3, 0.2],  # after a
        [0.5, 0.5, 0.0, 0.0],  # after b
        [0.8, 0.1, 0.1, 0.0],  # after c
    ]
)
with np.errstate(divide="ignore"):
    LOGITS = np.log(TABLE)
MODEL = WindowModel(Embedding(jnp.asarray(LOGITS, jnp.float32)), Sequential(()), context=1, padding=0)


def surprisal(word: str) -> float:
    """Minus the log probability of `word` and its end."""
    tokens = [0, *(" abc".index(character) for character in word), 0]
    return -sum(float(LOGITS[pair]) for pair in pairwise(tokens))
