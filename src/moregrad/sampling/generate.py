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
    model: Model, forced: Int[Array, " time"], processors: Processors, *, batch: int, key: PRNGKeyArray
) -> tuple[Int[Array, "batch time"], Float[Array, " batch"], Bool[Array, " batch"]]:
    """Generates `batch` words, padded with boundaries; returns them, the total surprisal of each in nats, and which
    are whole: a word is whole if its end was drawn, and cut if `forced` ended it.

    `forced` gives the token at each position, -1 where it is drawn; its last must be the boundary. The surprisal is the
    model's own, at temperature 1 and without cuts, of all tokens of the word and its end.
    """

    def step(carry):
        position, state, token, words, nats, ended, whole = carry
        logits, state = model.advance(state, token)
        drawn = draw(processors(logits), key=jr.fold_in(key, position))
        token = jnp.where(forced[position] == FREE, drawn, forced[position])
        token = jnp.where(ended, BOUNDARY, token)
        cost = jax.nn.logsumexp(logits, axis=-1) - jnp.take_along_axis(logits, token[:, None], axis=-1)[:, 0]
        nats = nats + jnp.where(ended, 0, cost)
        # Of a row the last position before it has ended counts, where the end was either drawn or forced.
        whole = jnp.where(ended, whole, drawn == BOUNDARY)
        words = words.at[:, position].set(token)
        return position + 1, state, token, words, nats, ended | (token == BOUNDARY), whole

    def unfinished(carry):
        *_, ended, _ = carry
        return ~ended.all()

    start = jnp.full(batch, BOUNDARY)
    words = jnp.zeros((batch, len(forced)), start.dtype)
    no = jnp.zeros(batch, bool)
    carry = jnp.asarray(0), model.begin(batch), start, words, jnp.zeros(batch), no, no
    *_, words, nats, _, whole = jax.lax.while_loop(unfinished, step, carry)
    return words, nats, whole
