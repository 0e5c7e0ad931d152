"""A run and its folder.

    model.safetensors   weights of the best and the last model, optimizer state; how to rebuild them in its header
    words.safetensors   the encoded words of each split
    run.json            what was trained on what, with which versions, and the losses of the splits
    metrics.jsonl       one line per evaluation
    samples.txt         words the model made when training ended

Every file is written whole or not at all.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import PyTree
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save

from moregrad import atomic
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ConfigurationError, StorageError
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.recipe import Recipe
from moregrad.runs.record import Metrics, Record
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run
from moregrad.runs.upgrade import FORMAT, upgrade_arrays, upgrade_header
from moregrad.training.loop import Progress
from moregrad.training.optimizers import Hyperparameters

HEADER = "moregrad"
MODEL, WORDS, RECORD = "model.safetensors", "words.safetensors", "run.json"
METRICS, SAMPLES = "metrics.jsonl", "samples.txt"


def save_run(run: Run, folder: Path) -> None:
    """Writes all of `run` but its words; raises StorageError, and leaves the earlier files, if that cannot be done."""
    record = json.dumps(run.record.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)
    _write(folder / METRICS, "".join(json.dumps(metrics.to_dict()) + "\n" for metrics in run.metrics).encode())
    _write(folder / RECORD, f"{record}\n".encode())
    _write(folder / MODEL, save(_arrays(run), {HEADER: json.dumps(_header(run))}))


def save_words(splits: Mapping[str, EncodedWords], folder: Path) -> None:
    """Writes the encoded words of each split; raises StorageError if that cannot be done."""
    _write(folder / WORDS, save({name: np.ascontiguousarray(words.tokens) for name, words in splits.items()}))


def save_samples(words: Iterable[str], folder: Path) -> None:
    """Writes words that the model made, one to a line; raises StorageError if that cannot be done."""
    _write(folder / SAMPLES, "".join(f"{word}\n" for word in words).encode())


def new_folder(folder: Path) -> Path:
    """Makes `folder` if need be; raises StorageError if there is anything in it that a run could overwrite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise StorageError(f"cannot make the folder {folder}: {error.strerror}; name another one") from error
    if taken:
        raise StorageError(f"{folder} is not empty, and nothing is overwritten; name another folder, or resume its run")
    return folder


def load_run(folder: str | os.PathLike[str]) -> Run:
    """Reads the run in `folder`; raises StorageError for a missing, damaged or newer one."""
    folder = Path(folder)
    if not (folder / MODEL).is_file():
        begun = (folder / WORDS).is_file()
        advice = "its training never began; name another" if begun else f"`moregrad train --out {folder}` makes one"
        raise StorageError(f"{folder} is no run folder: it has no {MODEL}; {advice}")
    try:
        header, arrays = _read(folder / MODEL)
        return _rebuild(folder, header, arrays)
    except (ConfigurationError, SafetensorError, OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{folder} is damaged and cannot be read: {error}") from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_bytes(path, content)
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror}; an earlier file there is untouched") from error


def _header(run: Run) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "architecture": run.architecture.to_dict(),
        "module": type(run.architecture).__module__,
        "recipe": run.recipe.to_dict(),
        "vocabulary": run.vocabulary.characters,
        "block": run.block,
        "step": run.step,
    }


def _arrays(run: Run) -> dict[str, np.ndarray]:
    """The arrays of the best model, the last one and the optimizer, each by its path."""
    trees = {"best": run.model, "last": run.progress.model, "optimizer": run.progress.optimizer}
    leaves = jax.tree_util.tree_leaves_with_path(eqx.filter(trees, eqx.is_array))
    return {_name(path): np.asarray(leaf) for path, leaf in leaves}


def _name(path: Any) -> str:
    """The name of an array in a file: the tree it is in, then its path there."""
    return path[0].key + jax.tree_util.keystr(path[1:])


def _read(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    with safe_open(path, "numpy") as file:
        metadata = file.metadata() or {}
        if HEADER not in metadata:
            raise StorageError(f"{path} is not a model of moregrad: its header says nothing of one")
        header = json.loads(metadata[HEADER])
        if header["format"] > FORMAT:
            raise StorageError(
                f"{path} has format {header['format']}; this moregrad reads up to {FORMAT}: upgrade moregrad"
            )
        return upgrade_header(header), {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118


def _rebuild(folder: Path, header: dict[str, Any], arrays: dict[str, np.ndarray]) -> Run:
    shape, recipe = _architecture(folder, header), Recipe.from_dict(header["recipe"])
    vocabulary, block, step = Vocabulary(header["vocabulary"]), header["block"], header["step"]
    blank = eqx.filter_eval_shape(shape.build, len(vocabulary), block, key=jr.key(0))
    fresh = eqx.filter_eval_shape(Progress.begin, blank, Hyperparameters.of(recipe))
    trees = _fill({"best": blank, "last": fresh.model, "optimizer": fresh.optimizer}, header, arrays)
    words = load_file(folder / WORDS)
    return Run(
        shape,
        recipe,
        vocabulary,
        block,
        trees["best"],
        Progress(trees["last"], trees["optimizer"], jnp.asarray(step)),
        {name: EncodedWords(words[name]) for name in (TRAIN, VALIDATION, TEST)},
        Record.from_dict(json.loads((folder / RECORD).read_text("utf-8"))),
        _metrics(folder, step),
    )


def _architecture(folder: Path, header: dict[str, Any]) -> Architecture:
    described = header["architecture"]
    for part in (described, *described.get("members", [])):
        if part["name"] not in CATALOGUE:
            home = header.get("module") if part is described else None
            raise StorageError(
                f"{folder} is a run of the model {part['name']!r}, which is not known here: "
                f"import {home or 'the module that defines it'} first"
            )
    return architecture(described)


def _metrics(folder: Path, step: int) -> tuple[Metrics, ...]:
    """The evaluations up to `step`: a process killed while saving may have written one more than the model had."""
    lines = map(json.loads, (folder / METRICS).read_text("utf-8").splitlines())
    return tuple(Metrics.from_dict(line) for line in lines if line["step"] <= step)


def _fill(trees: PyTree, header: dict[str, Any], arrays: dict[str, np.ndarray]) -> PyTree:
    """Returns `trees` with their shapes replaced by the arrays of the same paths."""
    leaves = jax.tree_util.tree_leaves_with_path(trees)
    names = [_name(path) for path, leaf in leaves if isinstance(leaf, jax.ShapeDtypeStruct)]
    arrays = upgrade_arrays(header, arrays, names)

    def fill(path: Any, leaf: object) -> object:
        if not isinstance(leaf, jax.ShapeDtypeStruct):
            return leaf
        array = arrays[_name(path)]
        # JAX would round the float64 tables of counts.
        return array if array.dtype == np.float64 else jnp.asarray(array)

    return jax.tree_util.tree_map_with_path(fill, trees)
