"""Normalisation: over the batch (Ioffe & Szegedy 2015) and the features (Ba et al. 2016; Zhang & Sennrich 2019)."""

from abc import abstractmethod
from collections.abc import Callable

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.backprop.batchnorm import batchnorm
from moregrad.backprop.layernorm import layernorm
from moregrad.backprop.operation import differentiable
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
        normalise = differentiable(batchnorm, epsilon=self.epsilon, correction=self.correction)
        y = normalise(x, self.gain, self.bias)
        flat = x.reshape(-1, x.shape[-1])
        mean, variance, rows = jnp.mean(flat, 0), jnp.var(flat, 0, ddof=self.correction), len(flat)
        return y, self._move(mean, variance * ((rows - self.correction) / (rows - 1)))

    def with_statistics(self, mean: Float[Array, " size"], variance: Float[Array, " size"]) -> "BatchNorm":
        return eqx.tree_at(lambda norm: (norm.mean, norm.variance), self, (Running(mean), Running(variance)))

    def _scale(self, x: Array, mean: Array, variance: Array) -> Array:
        return self.gain * (x - mean) * jax.lax.rsqrt(variance + self.epsilon) + self.bias

    def _move(self, mean: Array, variance: Array) -> "BatchNorm":
        def step(old: Running, new: Array) -> Running:
            return Running((1 - self.momentum) * old.value + self.momentum * jax.lax.stop_gradient(new))

        moved = step(self.mean, mean), step(self.variance, variance)
        return eqx.tree_at(lambda norm: (norm.mean, norm.variance), self, moved)


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
        return differentiable(layernorm, epsilon=self.epsilon)(x, self.gain, self.bias)


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
