"""BatchNorm as the third lecture writes it before it becomes a class."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.layers.layer import Positions, Running
from moregrad.layers.norm import RunningNorm

MOMENTUM = 0.001


class DeviationNorm(RunningNorm):
    """BatchNorm that keeps a running standard deviation instead of a variance, and has no epsilon."""

    gain: Float[Array, " size"]
    bias: Float[Array, " size"]
    mean: Running
    deviation: Running

    @classmethod
    def init(cls, size: int) -> "DeviationNorm":
        """Starts with gain one, bias zero, running mean zero and running deviation one."""
        one, zero = jnp.ones(size), jnp.zeros(size)
        return cls(one, zero, Running(zero), Running(one))

    def __call__(self, x: Float[Array, "*axes size"], positions: Positions | None = None) -> Float[Array, "*axes size"]:
        return self.gain * (x - self.mean.value) / self.deviation.value + self.bias

    def observe(
        self, x: Float[Array, "*axes size"], positions: Positions | None = None, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "*axes size"], "DeviationNorm"]:
        axes = tuple(range(x.ndim - 1))
        mean, deviation = jnp.mean(x, axes), jnp.std(x, axes, ddof=1)
        updated = _update(self.mean, mean), _update(self.deviation, deviation)
        refreshed = eqx.tree_at(lambda norm: (norm.mean, norm.deviation), self, updated)
        return self.gain * (x - mean) / deviation + self.bias, refreshed

    def with_statistics(self, mean: Float[Array, " size"], variance: Float[Array, " size"]) -> "DeviationNorm":
        statistics = Running(mean), Running(jnp.sqrt(variance))
        return eqx.tree_at(lambda norm: (norm.mean, norm.deviation), self, statistics)


def _update(old: Running, new: Float[Array, " size"]) -> Running:
    return Running((1 - MOMENTUM) * old.value + MOMENTUM * jax.lax.stop_gradient(new))
