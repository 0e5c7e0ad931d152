"""From logits to the probabilities that tokens are drawn from.

Every number is data, so that changing one compiles nothing.
"""

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.sampling.options import Sampling

COLDEST, HOTTEST = 1e-30, 1e30
"""At the one even close logits of float32 are told apart with certainty, at the other all are equal."""

SMALLEST = float(np.finfo(np.float32).tiny)


class Processors(eqx.Module):
    """Temperature first, then top-k, top-p and min-p."""

    temperature: Float[Array, ""]
    top_k: Int[Array, ""]
    top_p: Float[Array, ""]
    min_p: Float[Array, ""]

    @classmethod
    def of(cls, options: Sampling) -> "Processors":
        """Takes the numbers from `options`; 0 for top-k means no limit."""
        # A share of 0 would leave no character; the smallest that float32 holds leaves the likeliest.
        top_p = max(options.top_p, SMALLEST)
        numbers = (jnp.asarray(x, jnp.float32) for x in (top_p, options.min_p))
        return cls(
            jnp.asarray(_bound(options.temperature), jnp.float32), jnp.asarray(options.top_k or 2**31 - 1), *numbers
        )

    def __call__(self, logits: Float[Array, "batch vocab"]) -> Float[Array, "batch vocab"]:
        """Returns the probabilities to draw from; rows need not sum to 1."""
        cuts = (self.top_k < logits.shape[-1]) | (self.top_p < 1) | (self.min_p > 0)
        way = jnp.where(self.temperature == 0, 2, cuts.astype(jnp.int32))
        # Only the branch taken costs time.
        return jax.lax.switch(way, [lambda x: self._soften(x), lambda x: self._cut(x), _take_likeliest], logits)

    def _soften(self, logits: Float[Array, "batch vocab"]) -> Float[Array, "batch vocab"]:
        # The likeliest is put at 0 first, so that none overflows.
        return jax.nn.softmax((logits - logits.max(axis=-1, keepdims=True)) / self.temperature)

    def _cut(self, logits: Float[Array, "batch vocab"]) -> Float[Array, "batch vocab"]:
        p = self._keep_top(self._soften(logits))
        return jnp.where(p < self.min_p * p.max(axis=-1, keepdims=True), 0, p)

    def _keep_top(self, p: Float[Array, "batch vocab"]) -> Float[Array, "batch vocab"]:
        """Keeps the `top_k` likeliest tokens (Fan et al. 2018), and of these the likeliest that together reach `top_p`
        (Holtzman et al. 2020); tokens as likely as the last one kept are kept as well."""
        descending = jnp.sort(p, axis=-1, descending=True)
        last = jnp.take(descending, jnp.minimum(self.top_k, p.shape[-1]) - 1, axis=-1)[:, None]
        descending = jnp.where(descending < last, 0, descending)
        before = jnp.cumsum(descending, axis=-1) - descending
        nucleus = jnp.min(jnp.where(before < self.top_p, descending, jnp.inf), axis=-1, keepdims=True)
        least = jnp.where(self.top_p < 1, jnp.maximum(last, nucleus), last)
        return jnp.where(p < least, 0, p)


def _bound(temperature: float) -> float:
    """Returns a temperature that float32 holds; one too cold for it is 0."""
    return min(temperature, HOTTEST) if temperature >= COLDEST else 0.0


def _take_likeliest(logits: Float[Array, "batch vocab"]) -> Float[Array, "batch vocab"]:
    return jax.nn.one_hot(jnp.argmax(logits, axis=-1), logits.shape[-1])


def draw(p: Float[Array, "batch vocab"], *, key: PRNGKeyArray) -> Int[Array, " batch"]:
    """Draws one token per row, by inversion of the cumulative sum."""
    reached = jnp.where(p > 0, jnp.cumsum(p, axis=-1), 0)
    mark = jr.uniform(key, (p.shape[0], 1)) * reached.max(axis=-1, keepdims=True)
    return jnp.argmax(reached > mark, axis=-1)
