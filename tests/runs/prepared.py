"""Runs before their first step, of any model: enough for whatever is no loss."""

import moregrad
from moregrad.models.catalogue import architecture
from moregrad.runs import Run, prepare
from moregrad.runs.starting import of_run
from runs.small import NAMES


def prepared(model: str, *, start: Run | None = None, **settings: object) -> Run:
    """A run of `model`, small, before its first step; with the weights of `start`, if there is one."""
    chosen = architecture(model, **settings)
    recipe = chosen.recipe.replace(steps=20, batch_size=8)
    return prepare(moregrad.read_corpus(NAMES), chosen, recipe, start=of_run(start, "a run") if start else "none")
