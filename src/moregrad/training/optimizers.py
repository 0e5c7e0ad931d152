"""Optimizers and schedules, with their numbers as data: changing one compiles nothing."""

from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import optax
import optax.contrib
from jaxtyping import Array, Float, PyTree

from moregrad.models.side_by_side import SideBySide
from moregrad.recipe import Recipe
from moregrad.training.batches import Step


class Hyperparameters(eqx.Module):
    """The numbers of a recipe as arrays.

    Its words, and whether it clips gradients or smooths labels at all, decide what the compiled program does and are
    static.
    """

    optimizer: str = eqx.field(static=True)
    schedule: str = eqx.field(static=True)
    clips: bool = eqx.field(static=True)
    smooths: bool = eqx.field(static=True)
    learning_rate: Float[Array, ""]
    momentum: Float[Array, ""]
    weight_decay: Float[Array, ""]
    grad_clip: Float[Array, ""]
    label_smoothing: Float[Array, ""]
    drop_to: Float[Array, ""]
    drop_step: Step
    warmup_steps: Step
    steps: Step

    @classmethod
    def of(cls, recipe: Recipe) -> "Hyperparameters":
        """Takes from `recipe` what a compiled training depends on."""
        return cls(
            optimizer=recipe.optimizer,
            schedule=recipe.schedule,
            clips=recipe.grad_clip > 0,
            smooths=recipe.label_smoothing > 0,
            learning_rate=jnp.float32(recipe.learning_rate),
            momentum=jnp.float32(recipe.momentum),
            weight_decay=jnp.float32(recipe.weight_decay),
            grad_clip=jnp.float32(recipe.grad_clip),
            label_smoothing=jnp.float32(recipe.label_smoothing),
            drop_to=jnp.float32(recipe.drop_to),
            drop_step=jnp.int32(round(recipe.drop_at * recipe.steps)),
            warmup_steps=jnp.int32(recipe.warmup_steps),
            steps=jnp.int32(recipe.steps),
        )

    def rate(self, step: Any) -> Any:
        """Returns the learning rate of `step`, counted from 0."""
        rising = self.learning_rate * step / jnp.maximum(self.warmup_steps, 1)
        return jnp.where(step < self.warmup_steps, rising, SCHEDULES[self.schedule](self, step))


PLAIN, STACKED = optax.contrib.MuonDimensionNumbers(0, 1), optax.contrib.MuonDimensionNumbers(1, 2)
"""The rows and columns of matrices, alone and of modules side by side."""

SCHEDULES: dict[str, Callable[[Hyperparameters, Step], Float[Array, ""]]] = {
    "constant": lambda h, step: h.learning_rate,
    "step": lambda h, step: jnp.where(step < h.drop_step, h.learning_rate, h.drop_to * h.learning_rate),
    "exponential": lambda h, step: h.learning_rate * h.drop_to ** _progress(h, step),
    "cosine": lambda h, step: h.learning_rate * 0.5 * (1 + jnp.cos(jnp.pi * _progress(h, step))),
}


def _progress(h: Hyperparameters, step: Step) -> Float[Array, ""]:
    """Returns the share of the steps after the warmup that are done at `step`."""
    whole = jnp.maximum(h.steps - h.warmup_steps, 1)
    return jnp.minimum(step - h.warmup_steps, whole) / whole


def _sgd(h: Hyperparameters, momentum: Any = None) -> optax.GradientTransformation:
    return optax.chain(optax.add_decayed_weights(h.weight_decay), optax.sgd(h.rate, momentum=momentum))


def _muon(h: Hyperparameters) -> optax.GradientTransformation:
    decay: Any = h.weight_decay  # Optax's types ask for a float, its code for any number.
    return optax.contrib.muon(
        h.rate, adam_b2=0.99, weight_decay=decay, adam_weight_decay=decay, muon_weight_dimension_numbers=_matrices
    )


def _matrices(weights: PyTree) -> PyTree:
    """Marks the matrices among `weights`; of modules that are stacked, those of each."""

    def mark(node: PyTree) -> PyTree:
        if isinstance(node, SideBySide):
            return jax.tree.map(lambda leaf: STACKED if leaf.ndim == 3 else None, node)
        return PLAIN if node.ndim == 2 else None

    return jax.tree.map(mark, weights, is_leaf=lambda node: isinstance(node, SideBySide))


OPTIMIZERS: dict[str, Callable[[Hyperparameters], optax.GradientTransformation]] = {
    "sgd": _sgd,
    "momentum": lambda h: _sgd(h, h.momentum),
    "adamw": lambda h: optax.adamw(h.rate, b1=0.9, b2=0.99, weight_decay=h.weight_decay),
    "muon": _muon,
}


def optimizer(h: Hyperparameters) -> optax.GradientTransformation:
    """Returns the optimizer of `h` as a pair of pure functions."""
    largest: Any = h.grad_clip
    clip = [optax.clip_by_global_norm(largest)] if h.clips else []
    return optax.chain(*clip, OPTIMIZERS[h.optimizer](h))
