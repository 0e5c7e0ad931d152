"""The weights with which the probabilities of several models are averaged, fitted to words held out."""

from collections.abc import Callable

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from moregrad.models.composite import Averaged
from moregrad.models.model import Model

Measure = Callable[[Model], Float[np.ndarray, " predictions"]]

PRIOR = 100
"""Predictions that the weights before the fit are worth."""

ROUNDS = 200
"""Rounds of expectation and maximisation; the likelihood is concave, and the weights settle in some dozens."""


def fit_weights(model: Model, measure: Measure, *, begun: Model | None = None) -> Model:
    """Returns `model` with the weights of its parts fitted to the words that `measure` takes the surprisals of.

    The fit begins from the weights of `begun`, a model of the same parts, by default `model` itself, so that words that
    it was fitted to before are not counted twice. A model without parts, and one that nothing is measured of, is
    returned as it is.
    """
    if not isinstance(model, Averaged) or len(model.parts) < 2:
        return model
    nats = np.stack([measure(part) for part in model.parts])
    if not nats.size:
        return model
    source = begun if isinstance(begun, Averaged) else model
    with np.errstate(divide="ignore"):
        fitted = np.log(mixing_weights(nats, np.exp(np.asarray(source.log_weights.value, np.float64))))
    return eqx.tree_at(lambda each: each.log_weights.value, model, jnp.asarray(fitted, jnp.float32))


def mixing_weights(
    nats: Float[np.ndarray, "parts predictions"], before: Float[np.ndarray, " parts"]
) -> Float[np.ndarray, " parts"]:
    """Returns the weights that make the mean of the probabilities likeliest, by EM (Dempster, Laird, Rubin 1977).

    `nats` are the surprisals of each part; the weights `before` count as PRIOR predictions. What all parts hold
    impossible tells nothing of their weights and is left out.
    """
    nats = nats[:, np.isfinite(nats).any(axis=0)]
    likelihood = np.exp(nats.min(axis=0) - nats.astype(np.float64))
    weights = before
    for _ in range(ROUNDS):
        joint = weights[:, None] * likelihood
        share = (joint / joint.sum(axis=0)).sum(axis=1)
        weights = (share + PRIOR * before) / (nats.shape[1] + PRIOR)
    return weights
