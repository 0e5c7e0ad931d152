"""From logits to the next token, for a whole batch of words at once."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.vocabulary import BOUNDARY
from moregrad.errors import ModelError
from moregrad.jit import jit
from moregrad.models.model import Model


@dataclass(frozen=True)
class Decoding:
    """How a token is drawn: temperature first, then every cut that is switched on (0, 1 and 0 switch them off)."""

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0

    def __post_init__(self) -> None:
        if not self.temperature >= 0:
            raise ModelError(f"temperature {self.temperature}: must be 0 (always the likeliest) or more")
        if self.top_k < 0:
            raise ModelError(f"top-k {self.top_k}: must be 0 (off) or more")
        if not 0 < self.top_p <= 1:
            raise ModelError(f"top-p {self.top_p}: must be above 0 and at most 1 (off)")
        if not 0 <= self.min_p <= 1:
            raise ModelError(f"min-p {self.min_p}: must be from 0 (off) to 1")

    def probabilities(self, logits: Float[Array, "batch vocab"]) -> Float[Array, "batch vocab"]:
        """What is drawn from; rows need not sum to 1."""
        if self.temperature == 0:
            return jax.nn.one_hot(jnp.argmax(logits, axis=-1), logits.shape[-1])
        p = jax.nn.softmax(logits / self.temperature)
        if self.top_k:
            p = _keep_top_k(p, min(self.top_k, p.shape[-1]))
        if self.top_p < 1:
            p = _keep_top_p(p, self.top_p)
        return jnp.where(p < self.min_p * p.max(axis=-1, keepdims=True), 0, p)


def _keep_top_k(p: Float[Array, "batch vocab"], k: int) -> Float[Array, "batch vocab"]:
    """The `k` likeliest tokens (Fan et al. 2018), with all that are as likely as the last of them."""
    least = jax.lax.top_k(p, k)[0][:, -1:]
    return jnp.where(p < least, 0, p)


def _keep_top_p(p: Float[Array, "batch vocab"], share: float) -> Float[Array, "batch vocab"]:
    """The likeliest tokens that together reach `share`, and the last one's equals (Holtzman et al. 2020)."""
    descending = jnp.sort(p, axis=-1, descending=True)
    before = jnp.cumsum(descending, axis=-1) - descending
    least = jnp.min(jnp.where(before < share, descending, jnp.inf), axis=-1, keepdims=True)
    return jnp.where(p < least, 0, p)


def draw(p: Float[Array, "batch vocab"], *, key: PRNGKeyArray) -> Int[Array, " batch"]:
    """One token per row, by inversion of the cumulative sum."""
    reached = jnp.where(p > 0, jnp.cumsum(p, axis=-1), 0)
    mark = jr.uniform(key, (p.shape[0], 1)) * reached.max(axis=-1, keepdims=True)
    return jnp.argmax(reached > mark, axis=-1)


FREE = -1


@jit
def generate(
    model: Model, forced: Int[Array, " time"], decoding: Decoding, *, batch: int, key: PRNGKeyArray
) -> tuple[Int[Array, "batch time"], Float[Array, " batch"]]:
    """`batch` words, padded with boundaries, and the total surprisal of each in nats.

    `forced` gives the token of each place, -1 where it is drawn; its last must be the boundary. The surprisal is the
    model's own, at temperature 1 and without cuts, of all tokens of the word and its end.
    """

    def step(carry):
        place, memory, token, words, nats, ended = carry
        logits, memory = model.advance(memory, token)
        drawn = draw(decoding.probabilities(logits), key=jr.fold_in(key, place))
        token = jnp.where(forced[place] == FREE, drawn, forced[place])
        token = jnp.where(ended, BOUNDARY, token)
        cost = jax.nn.logsumexp(logits, axis=-1) - jnp.take_along_axis(logits, token[:, None], axis=-1)[:, 0]
        nats = nats + jnp.where(ended, 0, cost)
        return place + 1, memory, token, words.at[:, place].set(token), nats, ended | (token == BOUNDARY)

    def unfinished(carry):
        return ~carry[-1].all()

    start = jnp.full(batch, BOUNDARY)
    words = jnp.zeros((batch, len(forced)), start.dtype)
    carry = jnp.asarray(0), model.begin(batch), start, words, jnp.zeros(batch), jnp.zeros(batch, bool)
    _, _, _, words, nats, _ = jax.lax.while_loop(unfinished, step, carry)
    return words, nats
