"""Optimizers and schedules, with their numbers as data: changing one compiles nothing."""

from collections.abc import Callable
from typing import Self

import equinox as eqx
import jax.numpy as jnp
import optax
import optax.contrib
from jaxtyping import Array, Float, Int

from moregrad.recipe import Recipe

Step = Int[Array, ""]


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
    def of(cls, recipe: Recipe) -> Self:
        """Takes from `recipe` what a compiled training depends on."""
        numbers = "learning_rate", "momentum", "weight_decay", "grad_clip", "label_smoothing", "drop_to"
        return cls(
            recipe.optimizer,
            recipe.schedule,
            recipe.grad_clip > 0,
            recipe.label_smoothing > 0,
            *(jnp.asarray(getattr(recipe, name), jnp.float32) for name in numbers),
            jnp.asarray(round(recipe.drop_at * recipe.steps)),
            jnp.asarray(recipe.warmup_steps),
            jnp.asarray(recipe.steps),
        )

    def learning_rate_at(self, step: Step) -> Float[Array, ""]:
        """Returns the learning rate of `step`, counted from 0."""
        rising = self.learning_rate * step / jnp.maximum(self.warmup_steps, 1)
        return jnp.where(step < self.warmup_steps, rising, SCHEDULES[self.schedule](self, step))


SCHEDULES: dict[str, Callable[[Hyperparameters, Step], Float[Array, ""]]] = {
    "constant": lambda h, step: h.learning_rate,
    "step": lambda h, step: jnp.where(step < h.drop_step, h.learning_rate, h.drop_to * h.learning_rate),
    "cosine": lambda h, step: h.learning_rate * 0.5 * (1 + jnp.cos(jnp.pi * _progress(h, step))),
}


def _progress(h: Hyperparameters, step: Step) -> Float[Array, ""]:
    """Returns the share of the steps after the warmup that are done at `step`."""
    whole = jnp.maximum(h.steps - h.warmup_steps, 1)
    return jnp.minimum(step - h.warmup_steps, whole) / whole


OPTIMIZERS: dict[str, Callable[[Hyperparameters], optax.GradientTransformation]] = {
    "sgd": lambda h: optax.chain(optax.add_decayed_weights(h.weight_decay), optax.sgd(h.learning_rate_at)),
    "momentum": lambda h: optax.chain(
        optax.add_decayed_weights(h.weight_decay),
        optax.sgd(h.learning_rate_at, momentum=h.momentum),  # pyright: ignore[reportArgumentType]
    ),
    "adamw": lambda h: optax.adamw(h.learning_rate_at, b1=0.9, b2=0.99, weight_decay=h.weight_decay),
    "muon": lambda h: optax.contrib.muon(
        h.learning_rate_at, adam_b2=0.99, weight_decay=h.weight_decay, adam_weight_decay=h.weight_decay
    ),
}


def optimizer(h: Hyperparameters) -> optax.GradientTransformation:
    """Returns the optimizer of `h` as a pair of pure functions."""
    clip = [optax.clip_by_global_norm(h.grad_clip)] if h.clips else []  # pyright: ignore[reportArgumentType]
    return optax.chain(*clip, OPTIMIZERS[h.optimizer](h))
