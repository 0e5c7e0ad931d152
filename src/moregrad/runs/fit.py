"""Fitting a run: training with evaluation, the best model kept, early stopping."""

import dataclasses
import math
from collections.abc import Iterator, Mapping

import jax
import jax.random as jr
import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.labels import Labels
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import TrainingError
from moregrad.evaluation.weights import fit_weights
from moregrad.jit import quick_jit
from moregrad.layers.layer import Tables, parameters
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.models.symbol_rows import Rows
from moregrad.models.transfer import Start, transfer
from moregrad.recipe import Recipe
from moregrad.runs.labelling import examples_of, word_surprisals
from moregrad.runs.record import Metrics, Record, Started
from moregrad.runs.run import TRAIN, VALIDATION, Run, longest_row
from moregrad.training.loop import Progress, Report, train
from moregrad.training.memory import require_memory
from moregrad.training.optimizers import Hyperparameters
from moregrad.training.processes import exchange, own_share, several

VALIDATION_WORDS = 20_000
"""At most so many words are evaluated during training."""

WEIGHED = 200_000
"""Validation words to which the weights of networks are fitted at most."""


def begin(
    splits: Mapping[str, EncodedWords],
    vocabulary: Vocabulary,
    architecture: Architecture,
    recipe: Recipe,
    record: Record,
    *,
    start: Start | None = None,
) -> Run:
    """Returns a run before its first step: tables of counts are filled, and parameters are on record.

    With a `start` the model has its weights. Raises ModelError if they do not fit, and if training would take more
    memory than there is.
    """
    block = longest_row(splits)
    require_memory(architecture, recipe.batch_size, len(vocabulary), block)
    key = jr.key(recipe.seed)
    if start is None:
        model = architecture.build(len(vocabulary), block, key=key)
    else:
        # The symbols of labels are numbered: only with the same labels do they mean the same.
        labels = tuple(record.labels or ())
        apart = "" if labels == start.labels else Labels(labels).symbols
        rows = Rows.between(vocabulary, start.vocabulary, apart=apart)
        model = transfer(start, architecture, rows, block, key=key)
        record = record.replace(start=Started(start.name, rows.shared, rows.alike, rows.fresh))
    return as_run(model.count(splits[TRAIN]), splits, vocabulary, block, architecture, recipe, record)


def as_run(
    model: Model,
    splits: Mapping[str, EncodedWords],
    vocabulary: Vocabulary,
    block: int,
    architecture: Architecture,
    recipe: Recipe,
    record: Record,
) -> Run:
    """Returns `model`, however it came about, as a run before its first step, its parameters on record."""
    progress = _begin(model, Hyperparameters.of(recipe))
    record = record.replace(parameters=parameters(model))
    return Run(architecture, recipe, vocabulary, block, model, progress, splits, record)


# As one program: operation by operation, dozens of small ones are compiled.
@quick_jit
def _begin(model: Model, hyperparameters: Hyperparameters) -> Progress:
    return Progress.begin(model, hyperparameters)


def fit(run: Run) -> Iterator[Run]:
    """Goes on training `run` and yields it after every `recipe.eval_every` steps, with its best model so far.

    Ends after `recipe.steps`, or when `recipe.patience` evaluations in a row brought no improvement. Going on from a
    yielded run, now or after it was stored, leads to the very same bits. Raises TrainingError when the loss is not a
    number.
    """
    examples = examples_of(run)
    run = dataclasses.replace(run, record=run.record.replace(rows=examples.size))
    if is_out_of_patience(run):
        return
    for report in train(run.progress.model, examples, run.recipe, every=run.recipe.eval_every, resume=run.progress):
        run = advance(run, report)
        yield run
        if is_out_of_patience(run):
            return


def advance(run: Run, report: Report) -> Run:
    """Returns `run` after the steps of `report`, evaluated; raises TrainingError when the loss is not a number."""
    validation = validate(run, report.model)
    _check(report, validation)
    improved = validation < min((metrics.validation for metrics in run.metrics), default=math.inf)
    metrics = Metrics(report.step, float(report.losses.mean(dtype=np.float64)), validation)
    return dataclasses.replace(
        run,
        model=_keep_tables(report.model, run.model) if improved else run.model,
        progress=report.progress,
        metrics=(*run.metrics, metrics),
    )


def validate(run: Run, model: Model) -> float:
    """Returns the mean nats per character of the validation words that are evaluated during training.

    Of several processes each scores its share.
    """
    words = run.splits[VALIDATION].first(VALIDATION_WORDS)
    if several():
        words = words.take(np.array(own_share(len(words)), np.int64))
    own = word_surprisals(run, model, words)
    total, count = exchange([own.sum(dtype=np.float64), len(own)]).sum(axis=0)
    return float(total / count)


def weigh(run: Run) -> Run:
    """Returns `run` with the weights of models that are averaged, if its best model has such, fitted to validation."""
    # The best model may have been fitted already, before the run went on; the last one never is.
    words = run.splits[VALIDATION].first(WEIGHED)
    model = fit_weights(run.model, lambda part: word_surprisals(run, part, words), begun=run.progress.model)
    return dataclasses.replace(run, model=model)


def _keep_tables(model: Model, counted: Model) -> Model:
    """Returns `model` with the tables of `counted`, exact, where compiled steps have rounded them."""
    return jax.tree.map(
        lambda new, old: old if isinstance(old, Tables) else new,
        model,
        counted,
        is_leaf=lambda x: isinstance(x, Tables),
    )


def is_out_of_patience(run: Run) -> bool:
    """Tells whether the last `patience` evaluations brought nothing better than the best before them."""
    losses, patience = [metrics.validation for metrics in run.metrics], run.recipe.patience
    if not patience or len(losses) <= patience:
        return False
    return min(losses[-patience:]) >= min(losses[:-patience])


def _check(report: Report, validation: float) -> None:
    # The last step's own loss would be the next one; it shows in that of the validation words.
    finite = np.isfinite([*report.losses, validation if np.isnan(validation) else 0.0])
    if finite.all():
        return
    step = min(report.step - len(report.losses) + int(np.argmin(finite)) + 1, report.step)
    raise TrainingError(
        f"the loss is not a number at step {step}: most likely the learning rate is too high; "
        "try a third of it, warmup steps, or clip the gradient (grad_clip 1.0)"
    )
