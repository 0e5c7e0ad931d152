"""From a list of words to a trained run in a folder: what the command line and a Python program both do."""

import dataclasses
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from moregrad.data.corpus import Corpus, read_corpus
from moregrad.data.splits import METHODS, Splits, split
from moregrad.data.suggestion import nearest
from moregrad.errors import ModelError, StorageError
from moregrad.evaluation.score import Evaluation
from moregrad.layers.layer import parameters
from moregrad.learning import begin, learn
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import CATALOGUE
from moregrad.run import TEST, TRAIN, VALIDATION, Run
from moregrad.sampling.words import Sample
from moregrad.storage import MODEL, load_run, save_run, save_samples, save_words
from moregrad.training.recipe import Recipe

Words = str | os.PathLike[str] | Iterable[str]
SAMPLES = 20


def train(
    words: Words,
    model: str | Architecture = "mlp",
    *,
    recipe: Recipe | None = None,
    how: str = "words",
    out: str | os.PathLike[str] | None = None,
    watch: Callable[[Run], None] | None = None,
    **settings: Any,
) -> Run:
    """Trains a model on `words`: the name of a source, a file, an address, or the words themselves.

    `settings` are fields of the model's architecture, of the recipe and of `read_corpus`, such as hidden=64, steps=500,
    lower=True. `watch` is called with the run after every evaluation. With `out` the run is kept in that folder.
    """
    reading, others = _chosen(settings, READING)
    architecture, others = _adjusted(named_architecture(model), others)
    recipe, others = _adjusted(recipe or Recipe(), others)
    if others:
        raise ModelError(_unknown(next(iter(others)), architecture))
    run = prepare(read(words, how, **reading), architecture, recipe, how=how)
    folder = None if out is None else new_folder(Path(out))
    for run in pursue(run, folder):
        if watch:
            watch(run)
    return finish(run, folder)


def load(folder: str | os.PathLike[str]) -> Run:
    """The run kept in `folder`; raises StorageError for a missing, damaged or newer one."""
    return load_run(folder)
