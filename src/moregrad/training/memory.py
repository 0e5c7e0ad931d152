"""The memory that a training takes, told from shapes alone before anything is built."""

import os

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import PyTree

from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import ModelError
from moregrad.layers.layer import parameters, partition
from moregrad.models.architecture import Architecture
from moregrad.training.loss import cross_entropy

COPIES = 15
"""Float32 numbers held per parameter while a chunk runs and the last one is saved, as measured: model, gradient and
moments before and after, the best model, and the bytes of the file."""

WORKSPACE = 3
"""Bytes that a step takes per byte of its activations, as measured on a GRU: the activations and their gradients."""

ASSUMED = 2**34
"""Bytes of memory where a machine does not say how many it has."""


def require_memory(architecture: Architecture, batch_size: int, vocab: int, block: int) -> None:
    """Raises ModelError if training would take more memory than there is.

    `vocab` is the number of tokens and `block` that of the longest word with its end.
    """
    shape = eqx.filter_eval_shape(architecture.build, vocab, block, key=jr.key(0))
    count, available = parameters(shape), _available()
    need = 4 * COPIES * count
    if count and need <= available:
        need += WORKSPACE * _activations(shape, architecture, batch_size, vocab, block)
    if need > available:
        raise ModelError(
            f"{architecture.name}: training {count:,} parameters on batches of {batch_size:,} rows takes about "
            f"{need / 1e9:,.0f} GB of memory, and there are {available / 1e9:,.0f} GB; "
            f"lower the sizes of the model or the batch size"
        )


def _activations(shape: PyTree, architecture: Architecture, batch_size: int, vocab: int, block: int) -> int:
    """Returns the bytes that the forward pass of a step keeps for the backward pass."""
    longest = np.ones(block + 1, np.uint8)
    longest[[0, -1]] = 0
    examples = architecture.examples(EncodedWords(longest), vocab)
    trainable, fixed = partition(shape)
    moving, still = eqx.partition(fixed, lambda leaf: isinstance(leaf, jax.ShapeDtypeStruct) or eqx.is_array(leaf))

    def keep(trainable, moving, index, key):
        tokens, targets = examples.rows(index)

        def loss(trainable):
            logits, _ = eqx.combine(trainable, moving, still).observe(tokens, key=key)
            return cross_entropy(logits, targets, label_smoothing=None)

        return jax.vjp(loss, trainable)[1]

    rows = jax.ShapeDtypeStruct((batch_size * examples.readers,), jnp.int32)
    kept = jax.eval_shape(keep, trainable, moving, rows, jr.key(0))
    return sum(leaf.size * leaf.dtype.itemsize for leaf in jax.tree.leaves(kept))


def _available() -> int:
    """Returns the bytes of memory of the device that computes."""
    stats = jax.local_devices()[0].memory_stats()
    if stats and "bytes_limit" in stats:
        return stats["bytes_limit"]
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else ASSUMED
