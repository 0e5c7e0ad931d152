"""Normalisation: over the batch (Ioffe & Szegedy 2015) and the features (Ba et al. 2016; Zhang & Sennrich 2019)."""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.errors import ModelError
from moregrad.layers.layer import Layer, Positions, Running


class RunningNorm(Layer):
    """A norm that predicts with statistics of its input, which move as it observes."""

    @abstractmethod
    def with_statistics(self, mean: Float[Array, " size"], variance: Float[Array, " size"]) -> "RunningNorm":
        """Returns the norm that predicts with `mean` and with `variance`, that of n - 1."""


class BatchNorm(RunningNorm):
    """Normalises over every axis but the last, then scales and shifts; predicts with running statistics.

    `correction` 1 divides the variance by n - 1, as the lectures do; 0 by n, as PyTorch does when it normalises. The
    running variance is that of n - 1 either way.
    """

    gain: Float[Array, " size"]
    bias: Float[Array, " size"]
    mean: Running
    variance: Running
    epsilon: float = eqx.field(static=True)
    momentum: float = eqx.field(static=True)
    correction: int = eqx.field(static=True)

    @classmethod
    def init(cls, size: int, *, epsilon: float = 1e-5, momentum: float = 0.1, correction: int = 1) -> "BatchNorm":
        """Starts with scale one, shift zero, running mean zero and running variance one."""
        one, zero = jnp.ones(size), jnp.zeros(size)
        return cls(one, zero, Running(zero), Running(one), epsilon, momentum, correction)

    def __call__(self, x: Float[Array, "*axes size"], positions: Positions | None = None) -> Float[Array, "*axes size"]:
        return self._scale(x, self.mean.value, self.variance.value)

    def observe(
        self, x: Float[Array, "*axes size"], positions: Positions | None = None, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "*axes size"], "BatchNorm"]:
        rows = x.size // x.shape[-1]
        if rows < 2:
            raise ModelError("BatchNorm was given 1 row; one row has no deviation: train with a batch of 2 or more")
        flat = x.reshape(rows, -1)
        mean, variance = jnp.mean(flat, 0), jnp.var(flat, 0, ddof=self.correction)
        normal: Array = _normalise(flat, self.correction, self.epsilon)
        scaled = self.gain * normal + self.bias
        return scaled.reshape(x.shape), self._move(mean, variance * ((rows - self.correction) / (rows - 1)))

    def with_statistics(self, mean: Float[Array, " size"], variance: Float[Array, " size"]) -> "BatchNorm":
        return eqx.tree_at(lambda norm: (norm.mean, norm.variance), self, (Running(mean), Running(variance)))

    def _scale(self, x: Array, mean: Array, variance: Array) -> Array:
        return self.gain * (x - mean) * jax.lax.rsqrt(variance + self.epsilon) + self.bias

    def _move(self, mean: Array, variance: Array) -> "BatchNorm":
        def step(old: Running, new: Array) -> Running:
            return Running((1 - self.momentum) * old.value + self.momentum * jax.lax.stop_gradient(new))

        moved = step(self.mean, mean), step(self.variance, variance)
        return eqx.tree_at(lambda norm: (norm.mean, norm.variance), self, moved)


@partial(jax.custom_vjp, nondiff_argnums=(1, 2))
def _normalise(x: Float[Array, "rows size"], correction: int, epsilon: float) -> Float[Array, "rows size"]:
    return _normalise_forward(x, correction, epsilon)[0]


def _normalise_forward(x: Array, correction: int, epsilon: float) -> tuple[Array, tuple[Array, Array]]:
    scale = jax.lax.rsqrt(jnp.var(x, 0, ddof=correction) + epsilon)
    normal = scale * (x - jnp.mean(x, 0))
    return normal, (normal, scale)


def _normalise_backward(
    correction: int, epsilon: float, residuals: tuple[Array, Array], cotangent: Array
) -> tuple[Array]:
    """Applies the fourth lecture's formula: two sums where automatic differentiation takes five."""
    normal, scale = residuals
    common = jnp.mean(cotangent, 0)
    along = jnp.sum(cotangent * normal, 0) / (len(cotangent) - correction)
    return (scale * (cotangent - common - along * normal),)


_normalise.defvjp(_normalise_forward, _normalise_backward)


class LayerNorm(Layer):
    """Normalises to zero mean and unit deviation over the last axis, then scales and shifts."""

    gain: Float[Array, " size"]
    bias: Float[Array, " size"]
    epsilon: float = eqx.field(static=True)

    @classmethod
    def init(cls, size: int, *, epsilon: float = 1e-5) -> "LayerNorm":
        """Starts with scale one and shift zero."""
        return cls(jnp.ones(size), jnp.zeros(size), epsilon)

    def __call__(self, x: Float[Array, "*axes size"], positions: Positions | None = None) -> Float[Array, "*axes size"]:
        mean = x.mean(-1, keepdims=True)
        variance = x.var(-1, keepdims=True)
        return self.gain * (x - mean) * jax.lax.rsqrt(variance + self.epsilon) + self.bias


class RMSNorm(Layer):
    """Normalises to unit mean square over the last axis, then scales."""

    gain: Float[Array, " size"]
    epsilon: float = eqx.field(static=True)

    @classmethod
    def init(cls, size: int, *, epsilon: float = 1e-5) -> "RMSNorm":
        """Starts with scale one."""
        return cls(jnp.ones(size), epsilon)

    def __call__(self, x: Float[Array, "*axes size"], positions: Positions | None = None) -> Float[Array, "*axes size"]:
        return self.gain * x * jax.lax.rsqrt(jnp.square(x).mean(-1, keepdims=True) + self.epsilon)


NORMS: dict[str, Callable[[int], Layer]] = {"batch": BatchNorm.init, "layer": LayerNorm.init, "rms": RMSNorm.init}
