"""Statistics of BatchNorm taken anew, exactly, from all examples at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int

from moregrad.data.examples import Examples
from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics.taps import map_layers, tap
from moregrad.jit import jit
from moregrad.layers.layer import Layer
from moregrad.layers.norm import RunningNorm
from moregrad.models.model import Model

M = TypeVar("M", bound=Model)

TOKENS = 2**16
"""Tokens that are read at a time."""


@dataclass(frozen=True, eq=False)
class Moments:
    """The number of vectors, their mean, and the sum of squared distances from it."""

    count: float
    mean: Float[np.ndarray, " size"]
    squares: Float[np.ndarray, " size"]

    def join(self, other: "Moments") -> "Moments":
        """Returns the moments of both sets together (Chan, Golub, LeVeque 1983)."""
        count, apart = self.count + other.count, other.mean - self.mean
        mean = self.mean + apart * (other.count / count)
        return Moments(count, mean, self.squares + other.squares + apart**2 * (self.count * other.count / count))


def calibrate(model: M, examples: Examples) -> M:
    """Returns `model` with the exact statistics of its BatchNorm layers over all `examples`, variances with n - 1.

    A layer's statistics are those of its input when the layers before it predict with theirs, so there is one pass over
    the examples for each. Raises ModelError if no layer keeps statistics, or if there are fewer than two vectors.
    """
    paths = _norms(model, examples)
    if not paths:
        raise ModelError(f"{type(model).__name__} has no BatchNorm, so nothing is to be calibrated")
    for index, path in enumerate(paths):
        moments = reduce(Moments.join, _passes(model, examples, index))
        if moments.count < 2:
            raise ModelError("the examples have one vector, which has no deviation; calibrate on more of them")
        model = _set(model, path, moments.mean, moments.squares / (moments.count - 1))
    return model


def _set(model: M, path: str, mean: np.ndarray, variance: np.ndarray) -> M:
    def change(at: str, layer: Layer) -> Layer:
        if at != path or not isinstance(layer, RunningNorm):
            return layer
        return layer.with_statistics(jnp.asarray(mean, jnp.float32), jnp.asarray(variance, jnp.float32))

    return map_layers(model, change)


def _norms(model: Model, examples: Examples) -> list[str]:
    """Returns the paths of the layers that keep statistics in the order in which they are called."""
    paths: dict[str, None] = {}

    def visit(path: str, layer: Layer, x: Any, positions: Any, y: Array) -> Array:
        if isinstance(layer, RunningNorm):
            paths[path] = None
        return y

    jax.eval_shape(lambda index: tap(model, visit)(examples.rows(index)[0]), jnp.zeros(1, jnp.int32))
    return list(paths)


def _passes(model: Model, examples: Examples, norm: int) -> Iterator[Moments]:
    """Yields the moments of the input of the norm numbered `norm`, a part of the examples at a time."""
    width = jax.eval_shape(examples.rows, jnp.zeros(1, jnp.int32))[0].shape[1]
    batch = min(max(1, TOKENS // width), examples.size)
    for start in range(0, examples.size, batch):
        rows = start + np.arange(batch)
        index, real = np.minimum(rows, examples.size - 1).astype(np.int32), rows < examples.size
        inputs = _inputs(model, examples, jax.device_put(index), jax.device_put(real))
        count, mean, squares = (np.asarray(each, np.float64) for each in inputs[norm])
        yield Moments(float(count), mean, squares)


@jit
def _inputs(
    model: Model, examples: Examples, index: Int[Array, " batch"], real: Bool[Array, " batch"]
) -> list[tuple[Array, Array, Array]]:
    """Returns the moments of the input of every norm, over the rows that are `real`."""
    found: dict[str, tuple[Array, Array, Array]] = {}

    def visit(path: str, layer: Layer, x: Array, positions: Any, y: Array) -> Array:
        if isinstance(layer, RunningNorm):
            vectors = x.reshape(-1, x.shape[-1])
            weights = jnp.repeat(real, len(vectors) // len(real)).astype(x.dtype)[:, None]
            mean = jnp.sum(weights * vectors, 0) / jnp.maximum(jnp.sum(weights), 1)
            found[path] = jnp.sum(weights), mean, jnp.sum(weights * (vectors - mean) ** 2, 0)
        return y

    tap(model, visit)(examples.rows(index)[0])
    return list(found.values())
