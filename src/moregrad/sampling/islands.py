"""Sequential Monte Carlo: words that are wanted, drawn by a model that knows nothing of what is wanted.

Each particle is a word begun. Its next token is drawn in proportion to the model's probability times the guide's, that
the word so begun becomes a wanted one (a twisted proposal: Whiteley & Lee 2014), and its weight is what corrects for
the guide's mistakes. Particles live on islands: on each the heavy ones replace the light ones (systematic resampling)
whenever fewer than half still count, and in the end one word is chosen by weight. The mean weight on an island is an
unbiased estimate of the probability of all wanted words, and words accepted in proportion to it are exact draws,
however few the particles (Andrieu, Doucet & Holenstein 2010): see `accept`.
"""

from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import Array, Bool, Float, Float64, Int, PRNGKeyArray

from moregrad.data.vocabulary import BOUNDARY
from moregrad.jit import jit
from moregrad.models.model import Model
from moregrad.models.states import batch_axes
from moregrad.sampling.generate import FREE
from moregrad.sampling.guide import Guide
from moregrad.sampling.processors import Processors, draw
from moregrad.sampling.product import BEGUN, ENDED
from moregrad.sampling.reduction import DEAD
from moregrad.sampling.states import take_rows


@jit
def search(
    model: Model,
    guide: Guide,
    forced: Int[Array, " time"],
    processors: Processors,
    *,
    islands: int,
    particles: int,
    key: PRNGKeyArray,
) -> tuple[Int[Array, "islands time"], Float[Array, " islands"], Float[Array, " islands"]]:
    """Returns a word of each island, padded with boundaries, its surprisal in nats, and the log of the mean weight.

    `forced` gives the token at each position, -1 where it is drawn. The surprisal is the model's own, as that of
    `generate`. An island on which no wanted word was found has a mean weight of 0.
    """
    batch, axes = islands * particles, batch_axes(model)

    def step(carry: Any) -> Any:
        position, state, token, pair, words, nats, weight, evidence = carry
        logits, state = model.advance(state, token)
        p = _force(processors(logits), forced[position])
        after, ended = guide.after[pair], pair == ENDED
        p = p * _twist(guide, position, pair, after)
        total = jnp.where(ended, 1, p.sum(axis=-1))
        drawn, chosen = jr.split(jr.fold_in(key, position))
        token = jnp.where(ended, BOUNDARY, draw(p, key=drawn))
        pair = jnp.where(total > 0, jnp.take_along_axis(after, token[:, None], axis=-1)[:, 0], DEAD)
        cost = jax.nn.logsumexp(logits, axis=-1) - jnp.take_along_axis(logits, token[:, None], axis=-1)[:, 0]
        nats = nats + jnp.where(ended, 0, cost)
        words = words.at[:, position].set(token)
        weight = weight + jnp.log(total).reshape(islands, particles)
        index, weight, gained = _resample(weight, key=chosen)
        state = take_rows(state, axes, index)
        token, pair, words, nats = jax.tree.map(lambda x: x[index], (token, pair, words, nats))
        return position + 1, state, token, pair, words, nats, weight, evidence + gained

    def unfinished(carry: Any) -> Bool[Array, ""]:
        return (carry[0] < len(forced)) & (carry[3] > ENDED).any()

    words = jnp.zeros((batch, len(forced)), jnp.int32)
    weight, evidence = jnp.zeros((islands, particles)), jnp.zeros(islands)
    begun = jnp.full(batch, BEGUN), words, jnp.zeros(batch), weight, evidence
    carry = jnp.asarray(0), model.begin(batch), jnp.full(batch, BOUNDARY), *begun
    *_, words, nats, weight, evidence = jax.lax.while_loop(unfinished, step, carry)
    index = jnp.arange(islands) * particles + jr.categorical(jr.fold_in(key, len(forced)), weight)
    return words[index], nats[index], evidence + _log_mean(weight)


def _force(p: Float[Array, "batch vocab"], token: Int[Array, ""]) -> Float[Array, "batch vocab"]:
    """Returns probabilities that sum to 1, all on `token` unless it is FREE."""
    return jnp.where(token == FREE, p / p.sum(axis=-1, keepdims=True), jnp.arange(p.shape[-1]) == token)


def _twist(
    guide: Guide, position: Int[Array, ""], pair: Int[Array, " batch"], after: Int[Array, "batch vocab"]
) -> Float[Array, "batch vocab"]:
    """Returns by what each next token changes the chance, in the eyes of the guide, that the word becomes wanted."""
    now, then = guide.ahead[position, pair], guide.ahead[position + 1][after]
    return jnp.exp(then - jnp.where(jnp.isneginf(now), 0, now)[:, None])


def _resample(
    weight: Float[Array, "islands particles"], *, key: PRNGKeyArray
) -> tuple[Int[Array, " batch"], Float[Array, "islands particles"], Float[Array, " islands"]]:
    """Chooses the particles that go on, their log weights, and what the log of the mean weight was before."""
    islands, particles = weight.shape
    share = jnp.exp(weight - jax.nn.logsumexp(weight, axis=-1, keepdims=True))
    few = (1 / jnp.sum(share**2, axis=-1, keepdims=True)) < particles / 2
    marks = (jnp.arange(particles) + jr.uniform(key, (islands, 1))) / particles
    heirs = jax.vmap(lambda s, m: jnp.searchsorted(jnp.cumsum(s), m, side="right"))(share, marks)
    heirs = jnp.where(few, jnp.minimum(heirs, particles - 1), jnp.arange(particles))
    index = (heirs + particles * jnp.arange(islands)[:, None]).reshape(-1)
    gained = jnp.where(few[:, 0], _log_mean(weight), 0)
    return index, jnp.where(few, 0, weight), gained


def _log_mean(weight: Float[Array, "islands particles"]) -> Float[Array, " islands"]:
    return jax.nn.logsumexp(weight, axis=-1) - jnp.log(weight.shape[-1])


def accept(evidence: Float64[np.ndarray, " islands"], *, key: PRNGKeyArray) -> Bool[np.ndarray, " islands"]:
    """Chooses islands in proportion to their mean weights, given as logs.

    Each is held against the heaviest of the others, which is independent of it: only where it is heavier itself is its
    word drawn too rarely, by what `lost_share` tells.
    """
    highest = np.sort(evidence)[::-1]
    bar = np.where(np.arange(len(evidence)) == np.argmax(evidence), highest[1], highest[0])
    with np.errstate(divide="ignore"):
        mark = np.log(np.asarray(jr.uniform(key, evidence.shape), np.float64))
    return np.isfinite(evidence) & (mark + bar <= evidence)


def lost_share(evidence: Float64[np.ndarray, " islands"]) -> float:
    """Returns the share of all weight by which the heaviest island is above the others: all of it if none has any.

    It estimates a bound of the total variation between the words that `accept` leaves and exact draws.
    """
    highest, next_highest = np.sort(evidence)[:-3:-1]
    if np.isneginf(highest):
        return 1.0
    return float(-np.expm1(next_highest - highest) / np.exp(evidence - highest).sum())
