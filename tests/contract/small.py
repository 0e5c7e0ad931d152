"""A tiny architecture of every kind in the catalogue, and variations whose code differs."""

from functools import cache, partial
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import polars as pl
from jaxtyping import Array

from moregrad.data.cleaning import clean
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.reading import Reading
from moregrad.data.splits import Leakage
from moregrad.data.vocabulary import Vocabulary
from moregrad.jit import QUICK_OPTIONS, known
from moregrad.layers.layer import partition
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.models.model import Model
from moregrad.runs.record import Record

VARIATIONS = {
    "mlp with blanks": {"name": "mlp", "context": 0, "embedding": 4, "hidden": 8, "pad_token": True, "norm": "layer"},
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
    "transformer, short context": {"name": "transformer", "embedding": 8, "depth": 2, "heads": 1, "context": 3},
    "mixture of networks": {
        "name": "mixture",
        "members": [
            {"name": "mlp", "context": 2, "embedding": 4, "hidden": 8, "norm": "batch"},
            {"name": "lstm", "embedding": 4, "hidden": 8, "dropout": 0.1},
            {"name": "ngram", "order": 2},
        ],
        "weights": [1, 2, 3],
    },
    "stack of two kinds": {
        "name": "stack",
        "members": [
            {"name": "mlp", "context": 2, "embedding": 4, "hidden": 8, "norm": "batch"},
            {"name": "gru", "embedding": 8, "hidden": 8, "tied": True, "dropout": 0.1},
        ],
        "copies": 2,
        "orders": [3, 1],
        "smoothing": "witten-bell",
    },
    "mixture of counts": {"name": "mixture", "members": [{"name": "ngram", "order": 2}, {"name": "ngram", "order": 4}]},
}

WORDS = ["dbca", "ab", "c", "badc", "acbd"]
VOCABULARY = Vocabulary("abcd")
TAPE = EncodedWords.of(WORDS, VOCABULARY)
BLOCK = TAPE.longest + 1

RECORD = Record(
    source="a test",
    origin="made up",
    fingerprint="",
    cleaning=clean([pl.Series(WORDS)], Reading())[1],
    split="words",
    words={},
    leakage=Leakage(0, 0),
    versions={},
)

# Equinox passes what it does not know on to `jax.jit`, which its types do not say.
filter_jit: Any = eqx.filter_jit
quickly_compiled = partial(filter_jit, compiler_options=known(QUICK_OPTIONS["cpu"]))


def small(name: str) -> Architecture:
    """Returns the tiny architecture of a kind, or the variation called `name`."""
    return architecture(VARIATIONS[name]) if name in VARIATIONS else CATALOGUE[name]().replace(**CATALOGUE[name].tiny)


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
