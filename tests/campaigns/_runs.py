"""A small run for the campaigns on runs, and the comparison of others with it."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import jax
import numpy as np

import moregrad
from moregrad.errors import StorageError
from moregrad.models.catalogue import architecture
from moregrad.runs.experiment import Experiment, prepare, read
from moregrad.runs.storage import holds_run

WORDS = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]
SETTINGS: dict[str, Any] = {"embedding": 4, "hidden": 4, "order": 3, "steps": 20, "eval_every": 10, "batch_size": 8}


def begin() -> moregrad.Run:
    """A mixture of a network and counts before its first of two evaluations."""
    model = architecture("gru+ngram", embedding=4, hidden=4, order=3)
    recipe = model.recipe.replace(steps=20, eval_every=10, batch_size=8)
    return prepare(read(WORDS, moregrad.Reading()), model, recipe)


@cache
def finished() -> Path:
    """The folder of a finished run, made once."""
    folder = Path(mkdtemp()) / "run"
    for _ in Experiment(begin(), folder):
        pass
    return folder


@cache
def unbroken() -> moregrad.Run:
    """The finished run."""
    return moregrad.load(finished())


def find_difference(run: moregrad.Run, other: moregrad.Run) -> str:
    """Says in what `other` differs from `run`, seconds left aside; nothing if it does not."""
    for name in ("architecture", "recipe", "vocabulary", "block", "metrics"):
        if getattr(run, name) != getattr(other, name):
            return f"another {name}"
    if run.record.replace(seconds=0.0) != other.record.replace(seconds=0.0):
        return "another record"
    if any(not np.array_equal(run.splits[name].tokens, other.splits[name].tokens) for name in run.splits):
        return "other words"
    leaves = zip(*(jax.tree.leaves((each.model, each.progress)) for each in (run, other)), strict=True)
    return "" if all(np.array_equal(one, two) for one, two in leaves) else "other weights"


def find_loss(folder: Path) -> str:
    """Says what a training that was cut short in `folder` lost; nothing if it ends as if it never had been."""
    if not holds_run(folder):
        return ""
    try:
        moregrad.resume(folder)
    except StorageError as error:
        return f"lost: {error}"
    return find_difference(unbroken(), moregrad.load(folder))
