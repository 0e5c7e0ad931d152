"""From splits to a trained run: training with evaluation, the best model kept, early stopping."""

import dataclasses
import math
from collections.abc import Iterator, Mapping

import jax.random as jr
import numpy as np

from moregrad.jit import jit
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import TrainingError
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.architecture import Architecture
from moregrad.runs.run import TRAIN, VALIDATION, Run
from moregrad.training.loop import Progress, Report, train
from moregrad.training.recipe import Recipe

WATCHED_WORDS = 20_000


def begin(splits: Mapping[str, EncodedWords], vocabulary: Vocabulary, architecture: Architecture, recipe: Recipe) -> Run:
    """A run before its first step; what counting can teach is learned already."""
    block = max(encoded.longest for encoded in splits.values()) + 1
    model = architecture.build(len(vocabulary), block, key=jr.key(recipe.seed)).count(splits[TRAIN])
    # As one program: operation by operation, dozens of small ones are compiled.
    progress = jit(Progress.begin)(model, recipe)
    return Run(architecture, recipe, vocabulary, block, model, progress, splits)


def learn(run: Run) -> Iterator[Run]:
    """Goes on training `run` and yields it after every `recipe.eval_every` steps, its best model so far in `model`.

    Ends after `recipe.steps`, or when `recipe.patience` evaluations in a row were no better. Taking up a yielded run
    again, now or after it was stored, leads to the very same bits. Raises TrainingError when the loss is not a number.
    """
    examples = run.architecture.examples(run.splits[TRAIN])
    watched = run.splits[VALIDATION].first(WATCHED_WORDS)
    if _exhausted(run):
        return
    for report in train(run.progress.model, examples, run.recipe, every=run.recipe.eval_every, resume=run.progress):
        validation = float(np.mean(surprisals(report.model, watched), dtype=np.float64))
        _check(report, validation)
        run = _advanced(run, report, validation)
        yield run
        if _exhausted(run):
            return


def _advanced(run: Run, report: Report, validation: float) -> Run:
    better = validation < min((line["validation"] for line in run.metrics), default=math.inf)
    line = {"step": report.step, "train": float(report.losses.mean(dtype=np.float64)), "validation": validation}
    return dataclasses.replace(
        run,
        model=report.model if better else run.model,
        progress=report.progress,
        metrics=[*run.metrics, line],
    )


def _exhausted(run: Run) -> bool:
    """Whether the last `patience` evaluations brought nothing better than the best before them."""
    losses = [line["validation"] for line in run.metrics]
    if not run.recipe.patience or len(losses) <= run.recipe.patience:
        return False
    return min(losses[-run.recipe.patience :]) >= min(losses[: -run.recipe.patience])


def _check(report: Report, validation: float) -> None:
    # The last step's own loss would be the next one; it shows in that of the validation words.
    finite = np.isfinite([*report.losses, validation if np.isnan(validation) else 0.0])
    if finite.all():
        return
    step = min(report.step - len(report.losses) + int(np.argmin(finite)) + 1, report.step)
    raise TrainingError(
        f"the loss is not a number at step {step}: most likely the learning rate is too high; "
        "try a third of it, a warmup, or clip the gradient (clip 1.0)"
    )
