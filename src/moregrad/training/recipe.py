"""How to train: everything about a training that is not the model or the data."""

from dataclasses import dataclass

import optax
import optax.contrib

from moregrad.errors import ModelError


@dataclass(frozen=True)
class Recipe:
    """Plain numbers and words that describe a training; the same recipe and seed give the same bits."""

    steps: int = 2000
    batch: int = 64
    optimizer: str = "adamw"
    rate: float = 1e-3
    schedule: str = "constant"
    warmup: int = 0
    drop_at: float = 0.5
    drop_to: float = 0.1
    momentum: float = 0.9
    decay: float = 0.0
    clip: float = 0.0
    smoothing: float = 0.0
    every: int = 500
    patience: int = 0
    seed: int = 0

    def transformation(self) -> optax.GradientTransformation:
        """The optimizer as a pair of pure functions."""
        clip = [optax.clip_by_global_norm(self.clip)] if self.clip else []
        return optax.chain(*clip, self._named(OPTIMIZERS, "optimizer")(self))

    def rates(self) -> optax.Schedule:
        """The learning rate as a function of the step."""
        after = self._named(SCHEDULES, "schedule")(self)
        if not self.warmup:
            return after
        return optax.join_schedules([optax.linear_schedule(0.0, self.rate, self.warmup), after], [self.warmup])

    def _named(self, table: dict, field: str):
        chosen = getattr(self, field)
        if chosen not in table:
            raise ModelError(f"no {field} {chosen!r}; choose one of {', '.join(table)}")
        return table[chosen]


OPTIMIZERS = {
    "sgd": lambda recipe: optax.sgd(recipe.rates()),
    "momentum": lambda recipe: optax.sgd(recipe.rates(), momentum=recipe.momentum),
    "adamw": lambda recipe: optax.adamw(recipe.rates(), b1=0.9, b2=0.99, weight_decay=recipe.decay),
    "muon": lambda recipe: optax.contrib.muon(recipe.rates(), weight_decay=recipe.decay),
}

SCHEDULES = {
    "constant": lambda recipe: optax.constant_schedule(recipe.rate),
    "step": lambda recipe: optax.piecewise_constant_schedule(
        recipe.rate, {int(recipe.drop_at * recipe.steps): recipe.drop_to}
    ),
    "cosine": lambda recipe: optax.cosine_decay_schedule(recipe.rate, max(1, recipe.steps - recipe.warmup)),
}
