"""One small architecture of every kind in the catalogue, and variations whose code differs."""

from functools import cache, partial
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import Array

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.layers.layer import partition
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import CATALOGUE
from moregrad.models.model import Model

SMALL = {
    "ngram": {"order": 3},
    "mlp": {"context": 3, "embedding": 4, "hidden": 16, "depth": 2, "norm": "batch", "residual": True},
    "wavenet": {"levels": 2, "embedding": 4, "hidden": 16},
    "cnn": {"embedding": 16, "depth": 2},
    "rnn": {"embedding": 8, "hidden": 16},
    "gru": {"embedding": 8, "hidden": 16},
    "lstm": {"embedding": 8, "hidden": 16},
    "bow": {"embedding": 16, "hidden": 16},
    "transformer": {"embedding": 16, "depth": 1, "heads": 2, "multiple": 2},
    "mixture": {"embedding": 8, "hidden": 16, "order": 2},
}
VARIATIONS = {
    "mlp with blanks": {"name": "mlp", "context": 0, "embedding": 4, "hidden": 8, "blank": True, "norm": "layer"},
    "gru, reset first, tied": {
        "name": "gru",
        "embedding": 8,
        "hidden": 8,
        "reset": "before",
        "tied": True,
        "depth": 2,
        "dropout": 0.1,
    },
    "transformer, learned positions, tied": {
        "name": "transformer",
        "embedding": 8,
        "depth": 1,
        "heads": 2,
        "positions": "learned",
        "norm": "layer",
        "bias": True,
        "tied": True,
        "dropout": 0.2,
    },
    "transformer, short of breath": {"name": "transformer", "embedding": 8, "depth": 2, "heads": 1, "context": 3},
}

WORDS = ["dbca", "ab", "c", "badc", "acbd"]
VOCABULARY = Vocabulary("abcd")
TAPE = EncodedWords.of(WORDS, VOCABULARY)
BLOCK = TAPE.longest + 1

quickly_compiled = partial(eqx.filter_jit, compiler_options={"xla_backend_optimization_level": 0})


def small(name: str) -> Architecture:
    """The small architecture called `name`."""
    fields = VARIATIONS.get(name) or {"name": name, **SMALL.get(name, {})}
    return CATALOGUE[fields["name"]](**{field: value for field, value in fields.items() if field != "name"})


@cache
def built(name: str) -> Model:
    """Its model, new, with what counting can teach it."""
    return small(name).build(len(VOCABULARY), BLOCK, key=jr.key(0)).count(TAPE)


@cache
def lived_in(name: str) -> Model:
    """The model with every weight moved a little, so that none is still nought or one."""
    trainable, fixed = partition(built(name))
    noise = np.random.default_rng(1)
    moved = jax.tree.map(
        lambda x: jnp.asarray(np.asarray(x) + noise.normal(0, 0.3, x.shape).astype(np.float32)), trainable
    )
    return jax.tree.map(lambda a, b: b if a is None else a, moved, fixed, is_leaf=lambda leaf: leaf is None)


@quickly_compiled
def logits(model: Model, tokens: Array) -> Array:
    """What `model` predicts, compiled once for all models of one kind."""
    return model(tokens)


@quickly_compiled
def logits_by_advancing(model: Model, tokens: Array) -> Array:
    """The same, token by token."""

    def step(memory: Any, token: Array) -> tuple[Any, Array]:
        logits, memory = model.advance(memory, token)
        return memory, logits

    return jax.lax.scan(step, model.begin(len(tokens)), tokens.T)[1].swapaxes(0, 1)
