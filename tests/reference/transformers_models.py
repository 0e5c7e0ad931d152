"""Transformers with weights made here, as transformers has them too."""

import dataclasses
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
from fixed_numbers import fixed_numbers
from runs.prepared import prepared

from moregrad.layers.layer import partition
from moregrad.runs import Run

SIZES = {"embedding": 8, "depth": 2, "heads": 2}
GPT2 = {"positions": "learned", "norm": "layer", "context": 0}
MODELS: dict[str, dict[str, Any]] = {
    "arcee": SIZES,
    "arcee, tied, with biases": {**SIZES, "tied": True, "bias": True, "activation": "relu", "mlp_ratio": 3},
    "gpt2": {**SIZES, **GPT2, "bias": True},
    "gpt2, tied, without biases": {**SIZES, **GPT2, "tied": True, "activation": "tanh", "dropout": 0.1},
}
WORDS = ("lada", "sea", "t", "")


def made(name: str) -> Run:
    """A run of a small Transformer whose weights are the same on every machine."""
    run = prepared("transformer", **MODELS[name])
    trainable, fixed = partition(run.model)

    def replace(path: Any, leaf: Any) -> Any:
        return jnp.asarray(fixed_numbers(jax.tree_util.keystr(path), *leaf.shape) * 0.3)

    return dataclasses.replace(run, model=eqx.combine(jax.tree_util.tree_map_with_path(replace, trainable), fixed))
