"""Settings that follow from the size of a list: steps, evaluations, patience and dropout."""

import math
from collections.abc import Collection
from typing import Any

from moregrad.models.architecture import Architecture
from moregrad.recipe import Recipe

FOLLOWING = ("steps", "eval_every", "patience", "dropout")
"""The settings that follow from the number of words, unless they are given."""

TUNED = ("optimizer", "learning_rate")
"""The settings that follow as well where a training begins with trained weights."""

MOST = 6
"""The most that steps are multiplied by; of longer lists a part is seen."""

EVALUATIONS = 12
SHORT, PATIENCE = 10_000, 4
"""Below so many words a training ends after so many evaluations without improvement, since it overfits."""

NOISY = 500
"""Below so many words it does not: the planned steps are too few to overfit, and validation words too few to tell."""

START_RATE, START_SHARE = 3e-3, 0.6
"""The learning rate of trained weights, and the share of the steps of new ones."""

DROPOUT = ((500, 0.5), (3_000, 0.3), (10_000, 0.2))
"""The share that is dropped below so many words."""


def passes(words: int) -> float:
    """Returns how often a list of so many words is gone through."""
    return min(max(300 * max(words, 1) ** -0.35, 2), 60)


def plan(
    architecture: Architecture, recipe: Recipe, words: int, *, given: Collection[str]
) -> tuple[Architecture, Recipe]:
    """Returns both with the settings in FOLLOWING as `words` training words ask for, but for those `given`.

    An architecture whose recipe was fitted to no number of words is left as it is.
    """
    if architecture.fitted_to is None:
        return architecture, recipe
    planned = _plan_recipe(recipe, words, given, architecture.fitted_to)
    return _plan_dropout(architecture, words, given), recipe.replace(**planned)


def plan_start(
    architecture: Architecture, recipe: Recipe, words: int, *, given: Collection[str]
) -> tuple[Architecture, Recipe]:
    """Returns both as `plan` does, for a model that begins with trained weights: they are moved a little, by AdamW."""
    architecture, recipe = plan(architecture, recipe, words, given=given)
    planned: dict[str, Any] = {"optimizer": "adamw", "learning_rate": START_RATE}
    if "steps" not in given:
        planned["steps"] = math.ceil(recipe.steps * START_SHARE)
        if "eval_every" not in given:
            planned["eval_every"] = max(math.ceil(planned["steps"] / EVALUATIONS), 1)
    return architecture, recipe.replace(**{name: value for name, value in planned.items() if name not in given})


def _plan_dropout(architecture: Architecture, words: int, given: Collection[str]) -> Architecture:
    asked = [share for limit, share in DROPOUT if words < limit]
    if not asked or "dropout" in given or "dropout" not in architecture.options():
        return architecture
    return architecture.replace(dropout=asked[0])


def _plan_recipe(recipe: Recipe, words: int, given: Collection[str], fitted_to: int) -> dict[str, Any]:
    share = words * passes(words) / (fitted_to * passes(fitted_to))
    steps = recipe.steps if "steps" in given else math.ceil(recipe.steps * min(share, MOST))
    planned: dict[str, Any] = {"steps": steps}
    if "eval_every" not in given:
        planned["eval_every"] = max(math.ceil(steps / EVALUATIONS), 1)
    if "patience" not in given and "steps" not in given and NOISY <= words < SHORT:
        planned["patience"] = PATIENCE
    return planned
