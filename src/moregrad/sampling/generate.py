"""Generation of a whole batch of words, token by token, as one compiled program."""

import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.vocabulary import BOUNDARY
from moregrad.jit import jit
from moregrad.models.model import Model
from moregrad.sampling.processors import Processors, draw

FREE = -1


@jit
def generate(
    model: Model, forced: Int[Array, " time"], processors: Processors, *, batch: int, key: PRNGKeyArray
) -> tuple[Int[Array, "batch time"], Float[Array, " batch"]]:
    """Generates `batch` words, padded with boundaries, and returns them with the total surprisal of each in nats.

    `forced` gives the token at each position, -1 where it is drawn; its last must be the boundary. The surprisal is the
    model's own, at temperature 1 and without cuts, of all tokens of the word and its end.
    """

    def step(carry):
        position, state, token, words, nats, ended = carry
        logits, state = model.advance(state, token)
        drawn = draw(processors(logits), key=jr.fold_in(key, position))
        token = jnp.where(forced[position] == FREE, drawn, forced[position])
        token = jnp.where(ended, BOUNDARY, token)
        cost = jax.nn.logsumexp(logits, axis=-1) - jnp.take_along_axis(logits, token[:, None], axis=-1)[:, 0]
        nats = nats + jnp.where(ended, 0, cost)
        return position + 1, state, token, words.at[:, position].set(token), nats, ended | (token == BOUNDARY)

    def unfinished(carry):
        return ~carry[-1].all()

    start = jnp.full(batch, BOUNDARY)
    words = jnp.zeros((batch, len(forced)), start.dtype)
    carry = jnp.asarray(0), model.begin(batch), start, words, jnp.zeros(batch), jnp.zeros(batch, bool)
    _, _, _, words, nats, _ = jax.lax.while_loop(unfinished, step, carry)
    return words, nats
