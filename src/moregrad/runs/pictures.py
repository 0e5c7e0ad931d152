"""The pictures of a run: arrays, taken from the rooms that compute them, handed to the figures."""

import math
from collections.abc import Iterable
from itertools import islice
from typing import Any

import jax.numpy as jnp
import numpy as np
import polars as pl
from jaxtyping import Int
from matplotlib.axes import Axes

from moregrad import plots
from moregrad.data.vocabulary import BOUNDARY, BOUNDARY_CHARACTER
from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics.attention_maps import attention_maps
from moregrad.evaluation.diagnostics.receptive_fields import receptive_field, saliency, token_tables
from moregrad.evaluation.diagnostics.taps import layers_by_path, weights_by_path
from moregrad.evaluation.diagnostics.tracing import Trace, trace
from moregrad.evaluation.diagnostics.updates import update_ratios
from moregrad.layers.activation import GAINS, Activation
from moregrad.layers.attention import Attention
from moregrad.layers.cells import TanhCell
from moregrad.layers.recurrent import Recurrent
from moregrad.models.gated import Stacked
from moregrad.ngrams.bigrams import Bigrams
from moregrad.plots.canvas import TEXT
from moregrad.plots.characters import SPACE, fonts, spell
from moregrad.runs.classifier import classify
from moregrad.runs.fit import begin
from moregrad.runs.labelling import examples_of
from moregrad.runs.plotting_options import Plotting
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run
from moregrad.runs.starting import is_within_reach, start_again
from moregrad.training.loop import train

BATCHES = "training batches"

BATCH = 32
"""Rows of the training words on which a network is looked at, as in the lectures."""
POSITIONS = 24
"""Positions of a receptive field, unless a word is given."""


def losses(run: Run, options: Plotting) -> Axes:
    """The losses of the training batches and of validation, with those of held-out words measured at the end.

    The loss on all training words is another figure than that of the batches: dropout and, in a mixture, the absence of
    the counts are parts of the latter.
    """
    if not run.metrics:
        return plots.compare_runs({}, final=_final(run, (TRAIN, VALIDATION, TEST)))
    steps = [metrics.step for metrics in run.metrics]
    curves = {
        BATCHES: (steps, [metrics.train for metrics in run.metrics]),
        VALIDATION: (steps, [metrics.validation for metrics in run.metrics]),
    }
    return plots.compare_runs(curves, final=_final(run, (VALIDATION, TEST)))


def compare(runs: dict[str, Run]) -> Axes:
    """The validation losses of several runs by name, with those measured at the end, the best first."""
    final = {name: loss for name, run in runs.items() for loss in _final(run, (VALIDATION,)).values()}
    curves = {
        name: ([metrics.step for metrics in run.metrics], [metrics.validation for metrics in run.metrics])
        for name, run in runs.items()
        if run.metrics
    }
    ranked = sorted(runs, key=lambda name: final.get(name, math.inf))
    return plots.compare_runs(
        {name: curves[name] for name in ranked if name in curves},
        final={name: final[name] for name in ranked if name in final},
    )


def _final(run: Run, names: Iterable[str]) -> dict[str, float]:
    found = {name: (run.record.losses or {})[name].all.nats for name in names if run.record.losses}
    return {name: loss for name, loss in found.items() if np.isfinite(loss)}


def bigrams(words: pl.Series, options: Plotting) -> Axes:
    """The counts of pairs."""
    counted = Bigrams.of(words)
    return plots.bigrams(counted.counts + options.smoothing, counted.characters)


def bigram_probabilities(words: pl.Series, options: Plotting) -> Axes:
    """The probabilities of pairs."""
    counted = Bigrams.of(words)
    return plots.bigrams(counted.probabilities(options.smoothing), counted.characters)


def heatmap(words: pl.Series, options: Plotting) -> Axes:
    """The counts of pairs as plain colours."""
    counted = Bigrams.of(words)
    return plots.heatmap(counted.counts + options.smoothing, counted.characters)


def lengths(words: pl.Series, options: Plotting) -> Axes:
    """The lengths of words."""
    return plots.lengths({"list": words})


def letters(words: pl.Series, options: Plotting) -> Axes:
    """The characters of words."""
    return plots.letters({"list": words})


def sample_lengths(run: Run, options: Plotting) -> Axes:
    """The lengths of new words beside those of the list."""
    return plots.lengths({"list": all_words(run), "new words": _sample(run, options)})


def sample_letters(run: Run, options: Plotting) -> Axes:
    """The characters of new words beside those of the list."""
    return plots.letters({"list": all_words(run), "new words": _sample(run, options)})


def all_words(run: Run) -> pl.Series:
    """Returns the words of all splits, without labels."""
    plain = run.given()
    return pl.concat(split.words(plain.vocabulary) for split in plain.splits.values())


def _sample(run: Run, options: Plotting) -> list[str]:
    return [sample.word for sample in run.sample(options.count, seed=options.seed)]


def embeddings(run: Run, options: Plotting) -> Axes:
    """The embedding of each character."""
    inside = run.model.inside
    weight = np.asarray(next(iter(token_tables(inside).values())).weight)
    if isinstance(inside, Stacked):
        weight = weight[: len(run.vocabulary)]  # The others are of gates, which are no tokens.
    characters = [*_characters(run), *["pad"] * (len(weight) - len(run.vocabulary))]
    return plots.embeddings(weight, characters)


def probabilities(run: Run, options: Plotting) -> Axes:
    """The probabilities of what follows a prefix."""
    found = run.probabilities(options.prefix, label=options.label)
    axes = plots.probabilities(found.characters, found.probabilities)
    _title(axes, f"after {found.prefix}" if found.prefix else "the first character of a word")
    return axes


def surprisal(run: Run, options: Plotting) -> Axes:
    """The surprisal of each character of a word."""
    found = run.explain(_word(run, options), label=options.label)
    likeliest = [found.characters[index] for index in found.log_probabilities.argmax(axis=1)]
    return plots.surprisal(found.word, found.surprisal, expected=likeliest)


def attention(run: Run, options: Plotting) -> Axes:
    """The attention of each head in a word."""
    tokens = _tokens(run, options)
    maps = attention_maps(run.model, jnp.asarray(tokens)[None])
    return plots.attention(np.stack([weights[0] for weights in maps.values()]), _spell(run, tokens))


def reach(run: Run, options: Plotting) -> Axes:
    """The influence of each character on the predictions after it."""
    if not options.word:
        return plots.receptive_field(receptive_field(run.model, POSITIONS))
    tokens = _tokens(run, options)
    return plots.receptive_field(saliency(run.model, tokens), _spell(run, tokens))


def activations(run: Run, options: Plotting) -> Axes:
    """Histograms of activations."""
    return plots.activations(_choose(_trace(run), "activations", options))


def gradients(run: Run, options: Plotting) -> Axes:
    """Histograms of the gradients by activations."""
    return plots.gradients(_choose(_trace(run), "gradients", options))


def weight_gradients(run: Run, options: Plotting) -> Axes:
    """Histograms of the gradients by weights."""
    seen = _trace(run)
    matrices = {path: gradient for path, gradient in seen.weight_gradients.items() if gradient.ndim > 1}
    return plots.weight_gradients(_filter(matrices, options), seen.weights)


def dead_units(run: Run, options: Plotting) -> Axes:
    """Saturated units of a layer of tanh."""
    path, outputs = next(iter(_filter(dict(_trace(run).only("tanh").activations), options).items()))
    axes = plots.dead_units(outputs.reshape(-1, outputs.shape[-1]))
    axes.set_title(f"{path}\n{axes.get_title()}", fontsize=TEXT, pad=10)
    return axes


def logits_gradient(run: Run, options: Plotting) -> Axes:
    """The gradient of the loss by the logits."""
    _, targets = _batch(run)
    gradient = _trace(run).logits_gradient
    scored = np.asarray(targets)[:, -gradient.shape[1] :].ravel()
    rows = np.flatnonzero(scored >= 0)[:BATCH]
    return plots.logits_gradient(gradient.reshape(len(scored), -1)[rows], scored[rows], _characters(run))


def updates(run: Run, options: Plotting) -> Axes:
    """The size of updates in the first steps of the training, which are taken again."""
    start = start_again(run)
    fresh = begin(run.splits, run.vocabulary, run.architecture, run.recipe, run.record, start=start)
    examples = examples_of(run)
    reports = islice(train(fresh.model, examples, run.recipe, every=1), options.steps)
    return plots.update_ratios(_filter(update_ratios(fresh.model, reports), options))


def has_losses(run: Run) -> bool:
    """Tells whether losses were measured."""
    return bool(run.metrics or run.record.losses)


def has_weights(run: Run) -> bool:
    """Tells whether there are weights that are trained."""
    return bool(weights_by_path(run.model.inside))


def has_first_steps(run: Run) -> bool:
    """Tells whether there are steps that can be taken again."""
    return has_weights(run) and is_within_reach(run)


def has_embeddings(run: Run) -> bool:
    """Tells whether characters have vectors."""
    return bool(token_tables(run.model.inside))


def has_attention(run: Run) -> bool:
    """Tells whether a layer attends."""
    return any(isinstance(layer, Attention) for layer in layers_by_path(run.model.inside).values())


def has_tanh(run: Run) -> bool:
    """Tells whether outputs of a tanh can be seen."""
    return any(
        (isinstance(layer, Activation) and layer.name == "tanh")
        or (isinstance(layer, Recurrent) and isinstance(layer.cell, TanhCell))
        for layer in layers_by_path(run.model.inside).values()
    )


def always(run: Run) -> bool:
    """Every run has it."""
    return True


def _characters(run: Run) -> list[str]:
    """Returns what stands for each token: its character, or the name of the label."""
    characters = BOUNDARY_CHARACTER + run.vocabulary.characters
    return list(characters) if run.labels is None else run.labels.readable(characters)


def _spell(run: Run, tokens: Int[np.ndarray, " length"]) -> list[str]:
    characters = _characters(run)
    return [characters[token] for token in tokens]


def _word(run: Run, options: Plotting) -> str:
    """Returns the word asked for, or else the first one to be tested on."""
    if options.word:
        return options.word
    plain = run.given()
    split = next(plain.splits[name] for name in (TEST, VALIDATION, TRAIN) if len(plain.splits[name]))
    return split.first(1).words(plain.vocabulary)[0]


def _tokens(run: Run, options: Plotting) -> Int[np.ndarray, " length"]:
    """Returns the boundary, the label if words have any, by default the likeliest, and the tokens of the word.

    Raises what `Run.explain` does for a word that cannot be read.
    """
    word = run.explain(_word(run, options), label=options.label).word
    marked = word if run.labels is None else run.labels.symbol(options.label or _likeliest(run, word)) + word
    return np.append(BOUNDARY, run.vocabulary.encode(marked).astype(np.int64))


def _likeliest(run: Run, word: str) -> str:
    """Returns the likeliest label of a word, or the first one if no label makes it possible."""
    return classify([word], run).likeliest[0] or next(iter(run.record.labels or ()))


def _batch(run: Run) -> tuple[Any, Any]:
    """Returns rows of the training words, at equal distances."""
    examples = examples_of(run)
    index = np.linspace(0, examples.size - 1, min(BATCH, examples.size)).astype(np.int32)
    return examples.rows(jnp.asarray(index))


def _trace(run: Run) -> Trace:
    return trace(run.model, *_batch(run))


def _choose(seen: Trace, what: str, options: Plotting) -> dict[str, np.ndarray]:
    """Returns the arrays of the layers that are activation functions, or of all if none is, by path and kind."""
    arrays = getattr(seen, what)
    functions = {path: array for path, array in arrays.items() if seen.kind(path) in GAINS}
    chosen = _filter(functions if functions and not options.layer else dict(arrays), options)
    return {f"{path} {seen.kind(path)}": array for path, array in chosen.items()}


def _filter(arrays: dict[str, np.ndarray], options: Plotting) -> dict[str, np.ndarray]:
    """Returns the arrays whose path holds the text asked for; raises ModelError if there is none."""
    found = {path: array for path, array in arrays.items() if options.layer in path}
    if not found:
        raise ModelError(f"no layer here has {options.layer!r} in its path; the paths are {', '.join(arrays)}")
    return found


def _title(axes: Axes, text: str) -> None:
    axes.set_title(spell(text).replace(SPACE, " "), fontsize=TEXT, fontfamily=fonts(text))
