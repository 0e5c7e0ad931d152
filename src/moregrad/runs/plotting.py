"""Pictures by name: of a run, of a list, and of several runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from matplotlib.axes import Axes

from moregrad.configuration import accepts
from moregrad.errors import ConfigurationError, DataError, ModelError
from moregrad.runs import pictures
from moregrad.runs.plotting_options import Plotting
from moregrad.runs.run import Run
from moregrad.suggestion import nearest


@dataclass(frozen=True)
class Picture:
    """A kind of picture: how it is drawn, the options that it has, and whether a run has what it shows."""

    draw: Callable[[Any, Plotting], Axes]
    options: tuple[str, ...] = ()
    shows: Callable[[Run], bool] = pictures.always


OF_LISTS = {
    "bigrams": Picture(pictures.bigrams, ("smoothing",)),
    "bigram-probabilities": Picture(pictures.bigram_probabilities, ("smoothing",)),
    "heatmap": Picture(pictures.heatmap, ("smoothing",)),
    "lengths": Picture(pictures.lengths),
    "letters": Picture(pictures.letters),
}

OF_RUNS = {
    "losses": Picture(pictures.losses, (), pictures.has_losses),
    "probabilities": Picture(pictures.probabilities, ("prefix", "label")),
    "surprisal": Picture(pictures.surprisal, ("word", "label")),
    "lengths": Picture(pictures.sample_lengths, ("count", "seed")),
    "letters": Picture(pictures.sample_letters, ("count", "seed")),
    "embeddings": Picture(pictures.embeddings, (), pictures.has_embeddings),
    "attention": Picture(pictures.attention, ("word", "label"), pictures.has_attention),
    "receptive-field": Picture(pictures.reach, ("word", "label"), pictures.has_embeddings),
    "activations": Picture(pictures.activations, ("layer",), pictures.has_weights),
    "gradients": Picture(pictures.gradients, ("layer",), pictures.has_weights),
    "weight-gradients": Picture(pictures.weight_gradients, ("layer",), pictures.has_weights),
    "update-ratios": Picture(pictures.updates, ("layer", "steps"), pictures.has_first_steps),
    "dead-units": Picture(pictures.dead_units, ("layer",), pictures.has_tanh),
    "logits-gradient": Picture(pictures.logits_gradient, (), pictures.has_weights),
}


@accepts(Plotting)
def plot_run(run: Run, kind: str, **settings: Any) -> Axes:
    """Draws one of the pictures of a run, or of its words: losses, embeddings, attention, bigrams, and others.

    `settings` are fields of `Plotting`. Raises ConfigurationError for a picture that does not exist and for a setting
    that it does not have, ModelError for one that the model has nothing to show in.
    """
    picture = _find(kind, OF_LISTS | OF_RUNS)
    options = _check_options(kind, picture, settings)
    if kind not in OF_RUNS:
        return picture.draw(pictures.all_words(run), options)
    if not picture.shows(run):
        shown = ", ".join(name for name, other in (OF_LISTS | OF_RUNS).items() if other.shows(run))
        raise ModelError(f"{run.architecture.name} has nothing to show as {kind}; it has {shown}")
    return picture.draw(run, options)


@accepts(Plotting)
def plot_list(words: pl.Series, kind: str, **settings: Any) -> Axes:
    """Draws one of the pictures of a list of words: bigrams, bigram-probabilities, heatmap, lengths, letters.

    `settings` are fields of `Plotting`. Raises ConfigurationError for a picture that does not exist and for a setting
    that it does not have.
    """
    if kind in OF_RUNS and kind not in OF_LISTS:
        raise DataError(f"{kind} is a picture of a run; of a list there are {', '.join(OF_LISTS)}")
    picture = _find(kind, OF_LISTS)
    return picture.draw(words, _check_options(kind, picture, settings))


def plot_runs(runs: Mapping[str, Run]) -> Axes:
    """Draws the validation losses of several runs by name; raises DataError if there are none."""
    return pictures.compare(dict(runs))


def _find(kind: str, known: Mapping[str, Picture]) -> Picture:
    if kind not in known:
        raise ConfigurationError(
            f"there is no picture {kind!r}; did you mean {nearest(kind, known)!r}? The pictures are {', '.join(known)}"
        )
    return known[kind]


def _check_options(kind: str, picture: Picture, settings: dict[str, Any]) -> Plotting:
    options = Plotting().replace(**settings)
    for name in settings:
        if name not in picture.options and getattr(options, name) != getattr(Plotting(), name):
            allowed = f"it has {' and '.join(picture.options)}" if picture.options else "it has no options"
            raise ConfigurationError(f"the picture {kind} has no {name}; {allowed}")
    return options
