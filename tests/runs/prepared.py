"""Runs before their first step, of any model: enough for whatever is no loss."""

import moregrad
from moregrad.models.catalogue import architecture
from moregrad.runs import Run, prepare
from runs.small import NAMES


def prepared(model: str, **settings: object) -> Run:
    """A run of `model`, small, before its first step."""
    chosen = architecture(model, **settings)
    return prepare(moregrad.read_corpus(NAMES), chosen, chosen.recipe.replace(steps=20, batch_size=8))
