"""How to train: everything about a training that is neither the model nor the data."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import optax
import optax.contrib

from moregrad.errors import ModelError


@dataclass(frozen=True)
class Recipe:
    """Plain numbers and words that describe a training; the same recipe gives the same bits."""

    steps: int = 2000  # optimizer steps
    batch_size: int = 64  # rows per step
    optimizer: str = "adamw"  # sgd, momentum, adamw or muon (Jordan et al. 2024; adamw for vectors)
    learning_rate: float = 3e-3  # greatest learning rate
    schedule: str = "cosine"  # constant, step or cosine
    warmup_steps: int = 0  # steps in which the rate rises from 0
    drop_at: float = 0.5  # step schedule: after which share of the steps the rate drops
    drop_to: float = 0.1  # step schedule: what is left of it
    momentum: float = 0.9  # momentum optimizer: how much of the last move is kept
    weight_decay: float = 0.0  # weight decay, apart from the gradient for adamw and muon, in it for sgd and momentum
    grad_clip: float = 0.0  # greatest norm of the gradient; 0 leaves it as it is
    label_smoothing: float = 0.0  # label smoothing: share of each target spread over all tokens
    eval_every: int = 500  # steps between two evaluations
    patience: int = 0  # evaluations without a better one before stopping early; 0 never stops
    seed: int = 0  # of the weights, the batches and the dropout

    def __post_init__(self) -> None:
        for field, least in (
            ("steps", 0),
            ("batch_size", 1),
            ("warmup_steps", 0),
            ("eval_every", 1),
            ("patience", 0),
            ("seed", 0),
        ):
            value = getattr(self, field)
            whole = isinstance(value, int) and not isinstance(value, bool)
            self._require(field, whole and least <= value < 2**32, f"a whole number of at least {least}, below 2^32")
        self._require("learning_rate", 0 < self.learning_rate < math.inf, "above 0 and finite")
        for field in ("weight_decay", "grad_clip"):
            self._require(field, getattr(self, field) >= 0, "at least 0")
        for field in ("drop_at", "drop_to", "momentum"):
            self._require(field, 0 <= getattr(self, field) <= 1, "from 0 to 1")
        self._require("label_smoothing", 0 <= self.label_smoothing < 1, "from 0 to below 1")
        self._require("optimizer", self.optimizer in OPTIMIZERS, f"one of {', '.join(OPTIMIZERS)}")
        self._require("schedule", self.schedule in SCHEDULES, f"one of {', '.join(SCHEDULES)}")

    def course(self) -> "Recipe":
        """What of it a compiled program depends on: recipes of equal course share one."""
        return replace(self, seed=0, eval_every=1, patience=0)

    def transformation(self) -> optax.GradientTransformation:
        """The optimizer as a pair of pure functions."""
        clip = [optax.clip_by_global_norm(self.grad_clip)] if self.grad_clip else []
        return optax.chain(*clip, OPTIMIZERS[self.optimizer](self))

    def rates(self) -> optax.Schedule:
        """The learning rate as a function of the step."""
        after = SCHEDULES[self.schedule](self)
        if not self.warmup_steps:
            return after
        return optax.join_schedules(
            [optax.linear_schedule(0.0, self.learning_rate, self.warmup_steps), after], [self.warmup_steps]
        )

    def _require(self, field: str, holds: bool, allowed: str) -> None:
        if not holds:
            raise ModelError(f"{field} {getattr(self, field)!r}: must be {allowed}")


def _penalty(recipe: Recipe) -> list[optax.GradientTransformation]:
    """Adds the gradient of `decay` / 2 times the sum of the squared weights."""
    return [optax.add_decayed_weights(recipe.weight_decay)] if recipe.weight_decay else []


OPTIMIZERS: dict[str, Callable[[Recipe], optax.GradientTransformation]] = {
    "sgd": lambda recipe: optax.chain(*_penalty(recipe), optax.sgd(recipe.rates())),
    "momentum": lambda recipe: optax.chain(*_penalty(recipe), optax.sgd(recipe.rates(), momentum=recipe.momentum)),
    "adamw": lambda recipe: optax.adamw(recipe.rates(), b1=0.9, b2=0.99, weight_decay=recipe.weight_decay),
    "muon": lambda recipe: optax.contrib.muon(
        recipe.rates(), adam_b2=0.99, weight_decay=recipe.weight_decay, adam_weight_decay=recipe.weight_decay
    ),
}

SCHEDULES: dict[str, Callable[[Recipe], optax.Schedule]] = {
    "constant": lambda recipe: optax.constant_schedule(recipe.learning_rate),
    "step": lambda recipe: optax.piecewise_constant_schedule(
        recipe.learning_rate, {max(0, round(recipe.drop_at * recipe.steps) - recipe.warmup_steps): recipe.drop_to}
    ),
    "cosine": lambda recipe: optax.cosine_decay_schedule(
        recipe.learning_rate, max(1, recipe.steps - recipe.warmup_steps)
    ),
}
