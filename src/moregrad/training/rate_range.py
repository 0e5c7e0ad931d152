"""The learning-rate range test: one short training whose rate rises from step to step.

Smith, "Cyclical Learning Rates for Training Neural Networks" (2015), section 3.3; the second makemore lecture runs it
with a thousand exponents from -3 to 0.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, ClassVar

import numpy as np
from annotated_types import Ge, Gt, Le
from jaxtyping import Float
from typing_extensions import Doc

from moregrad.configuration import Configuration
from moregrad.data.examples import Examples
from moregrad.errors import ConfigurationError, ModelError
from moregrad.models.model import Model
from moregrad.recipe import Recipe
from moregrad.training.batches import Batches
from moregrad.training.loop import train

SHARE = 20
"""The average at a step is over one part in so many of all steps."""

DIVERGED = 4.0
"""The test ends where the loss is so many times the first one, or no number."""

NOISE = 5.0
"""The loss fell if it fell by so many standard errors of an average."""


@dataclass(frozen=True)
class RateRange(Configuration):
    """The learning rates of a range test."""

    title: ClassVar[str] = "range test"

    lowest: Annotated[float, Gt(0), Le(1e6), Doc("Learning rate of the first step.")] = 1e-3
    highest: Annotated[float, Gt(0), Le(1e6), Doc("Learning rate of the last step.")] = 1.0
    steps: Annotated[int, Ge(20), Le(10**6), Doc("Steps from the lowest to the highest rate.")] = 1000

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.lowest >= self.highest:
            raise ConfigurationError(
                f"range test: lowest is {self.lowest}; it must be below highest, {self.highest}", setting="lowest"
            )

    @property
    def rates(self) -> Float[np.ndarray, " steps"]:
        """The rate of every step."""
        return np.geomspace(self.lowest, self.highest, self.steps)

    def course(self, recipe: Recipe) -> Recipe:
        """Returns `recipe` with these rates in place of its own."""
        # An exponential schedule reaches `drop_to` only after the last step.
        factor = (self.highest / self.lowest) ** (self.steps / (self.steps - 1))
        return recipe.replace(
            steps=self.steps, learning_rate=self.lowest, schedule="exponential", drop_to=factor, warmup_steps=0
        )


@dataclass(frozen=True, eq=False)
class RangeTest:
    """The loss of the batch at each step, in nats, and the learning rate of that step."""

    rates: Float[np.ndarray, " steps"]
    losses: Float[np.ndarray, " steps"]

    @cached_property
    def averaged(self) -> Float[np.ndarray, " steps"]:
        """The mean of the losses around each step, over a twentieth of all steps; NaN from where the loss diverged."""
        averaged = np.full(len(self.losses), np.nan)
        averaged[: self.end] = _average(self.losses[: self.end], self._width)
        return averaged

    @cached_property
    def steepest(self) -> float | None:
        """The rate at which the averaged loss falls fastest over the logarithm of the rate; None if it never fell."""
        if self.problem:
            return None
        reach = max(self._width // 2, 1)
        fall = self.averaged[: self._lowest + 1]
        slopes = fall[2 * reach :] - fall[: -2 * reach]
        return float(self.rates[reach + int(np.argmin(slopes))] if len(slopes) else self.rates[0])

    @property
    def tenth(self) -> float | None:
        """A tenth of the rate at which the averaged loss is lowest, a careful choice; None if it never fell."""
        return None if self.minimum is None else self.minimum / 10

    @property
    def minimum(self) -> float | None:
        """The rate at which the averaged loss is lowest, the largest worth trying; None if it never fell."""
        return None if self.problem else float(self.rates[self._lowest])

    @cached_property
    def problem(self) -> str:
        """The reason why the curve recommends no rate, and what to do; empty if it recommends some."""
        if self.end < self._width:
            return f"the loss diverged at once, at a rate of {self.rates[self.end]:.2g}; lower the lowest rate"
        counted = self.losses[: self.end]
        fall = counted[: self._width].mean() - self.averaged[self._lowest]
        noise = np.std(counted - self.averaged[: self.end]) / math.sqrt(self._width)
        if not fall > NOISE * noise:
            return "the loss never fell; lower the lowest rate, raise the highest, or look at the data and the model"
        return ""

    @cached_property
    def caution(self) -> str:
        """A warning about the recommendations; empty if there is none."""
        if self.problem or self._lowest < len(self.rates) - self._width:
            return ""
        return "the loss was still falling at the highest rate; raise it to see where the loss begins to rise"

    @property
    def _width(self) -> int:
        return max(len(self.losses) // SHARE, 1)

    @cached_property
    def end(self) -> int:
        """The number of steps that count: those before the loss diverged."""
        lost = ~(self.losses <= DIVERGED * self.losses[0])
        return int(np.argmax(lost)) if lost.any() else len(self.losses)

    @cached_property
    def _lowest(self) -> int:
        return int(np.nanargmin(self.averaged))


def range_test(
    model: Model,
    examples: Examples,
    recipe: Recipe,
    *,
    lowest: float = RateRange.lowest,
    highest: float = RateRange.highest,
    steps: int = RateRange.steps,
    batches: Batches | None = None,
) -> RangeTest:
    """Trains `model` for `steps` steps at rates that rise from `lowest` to `highest` by the same factor every time.

    Optimizer, batch size and all else are those of `recipe`; its rate, schedule, warmup and steps are not used. One
    compiled program takes all steps, and other rates need no other program. Raises ConfigurationError for rates that do
    not rise or a count of steps out of range, ModelError for a model without weights to train.
    """
    plan = RateRange(lowest=lowest, highest=highest, steps=steps)
    reports = list(train(model, examples, plan.course(recipe), every=steps, batches=batches))
    if not reports:
        raise ModelError("the model has no weights to train, so it needs no learning rate; choose another model")
    return RangeTest(plan.rates, np.asarray(reports[0].losses, np.float64))


def _average(losses: Float[np.ndarray, " steps"], width: int) -> Float[np.ndarray, " steps"]:
    """Returns the mean over `width` steps around each, over fewer at both ends."""
    reach = width // 2
    sums = np.concatenate([[0.0], np.cumsum(losses)])
    places = np.arange(len(losses))
    start, stop = np.maximum(places - reach, 0), np.minimum(places + reach + 1, len(losses))
    return (sums[stop] - sums[start]) / (stop - start)
