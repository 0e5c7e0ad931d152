"""Generation of a whole batch of words, token by token, as one compiled program."""

import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Bool, Float, Int, PRNGKeyArray

from moregrad.data.vocabulary import BOUNDARY
from moregrad.jit import jit
from moregrad.models.model import Model
from moregrad.sampling.processors import Processors, draw

FREE = -1


@jit
def generate(
    model: Model,
    forced: Int[Array, " time"],
    processors: Processors,
    *,
    longest: Int[Array, ""],
    batch: int,
    key: PRNGKeyArray,
) -> tuple[Int[Array, "batch time"], Float[Array, " batch"], Bool[Array, " batch"]]:
    """Generates `batch` rows of tokens, padded with boundaries; returns them, the surprisal of each, and which ended.

    `forced` gives the token at each position, -1 where it is drawn; it has more than `longest` positions. A row that
    has no boundary after `longest` characters has not ended: it is the beginning of a longer word. The surprisal is the
    model's own in nats, at temperature 1 and without cuts, of all tokens of the word and its end.
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
        position, *_, ended = carry
        return ~ended.all() & (position <= longest)

    start = jnp.full(batch, BOUNDARY)
    words = jnp.zeros((batch, len(forced)), start.dtype)
    carry = jnp.asarray(0), model.begin(batch), start, words, jnp.zeros(batch), jnp.zeros(batch, bool)
    _, _, _, words, nats, ended = jax.lax.while_loop(unfinished, step, carry)
    return words, nats, ended
