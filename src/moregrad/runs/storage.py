"""A run and its folder.

    model.safetensors   weights of the best and the last model, optimizer state; how to rebuild them in its header
    words.safetensors   the encoded words of each split
    run.json            what was trained on what, with which versions, and the losses of the splits
    metrics.jsonl       one line per evaluation
    samples.txt         words the model made when training ended

Every file is written whole or not at all.
"""

import dataclasses
import json
import os
from collections.abc import Mapping
from contextlib import suppress
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

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import StorageError
from moregrad.models.catalogue import architecture
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run
from moregrad.training.loop import Progress
from moregrad.training.recipe import Recipe

FORMAT = 1
HEADER = "moregrad"
MODEL, WORDS, RECORD, METRICS, SAMPLES = (
    "model.safetensors",
    "words.safetensors",
    "run.json",
    "metrics.jsonl",
    "samples.txt",
)


def write_whole(path: Path, content: bytes) -> None:
    """Writes `content` to a file beside `path` and then moves it there, so that `path` is never half written."""
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise StorageError(f"cannot write {path}: {error.strerror}; an earlier file there is untouched") from error


def save_run(run: Run, folder: Path) -> None:
    """Writes all of `run` but its words; raises StorageError, and leaves the earlier files, if that cannot be done."""
    lines = "".join(json.dumps(line) + "\n" for line in run.metrics)
    write_whole(folder / METRICS, lines.encode())
    write_whole(
        folder / RECORD, (json.dumps(run.record, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
    )
    write_whole(folder / MODEL, save(_arrays(run), _header(run)))


def save_words(splits: Mapping[str, EncodedWords], folder: Path) -> None:
    """Writes the encoded words of each split."""
    write_whole(folder / WORDS, save({name: np.ascontiguousarray(encoded.tokens) for name, encoded in splits.items()}))


def _arrays(run: Run) -> dict[str, np.ndarray]:
    trees = {"best": run.model, "last": run.progress.model, "optimizer": run.progress.optimizer}
    return {name: np.asarray(leaf) for key, tree in trees.items() for name, leaf in _named(key, tree).items()}


def _named(prefix: str, tree: PyTree) -> dict[str, jax.Array]:
    """The arrays of a tree by their path in it."""
    leaves = jax.tree_util.tree_leaves_with_path(eqx.filter(tree, eqx.is_array))
    return {prefix + jax.tree_util.keystr(path): leaf for path, leaf in leaves}


def _header(run: Run) -> dict[str, str]:
    header = {
        "format": FORMAT,
        "architecture": run.architecture.record(),
        "recipe": dataclasses.asdict(run.recipe),
        "vocabulary": run.vocabulary.characters,
        "block": run.block,
        "step": int(run.progress.step),
    }
    # One entry, for safetensors writes several in an order that changes from process to process.
    return {HEADER: json.dumps(header)}


def load_run(folder: str | os.PathLike[str]) -> Run:
    """The run in `folder`; raises StorageError for a missing, damaged or newer one."""
    folder = Path(folder)
    if (folder / WORDS).is_file() and not (folder / MODEL).is_file():
        raise StorageError(
            f"{folder} is no run folder: it has words but no {MODEL}, as if its training never began; name another"
        )
    if not (folder / MODEL).is_file():
        raise StorageError(f"{folder} is no run folder: it has no {MODEL}; `moregrad train --out {folder}` makes one")
    try:
        header, arrays = _read(folder / MODEL)
        return _rebuilt(folder, header, arrays)
    except (SafetensorError, OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{folder} is damaged and cannot be read: {error}") from error


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
        return header, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118


def _rebuilt(folder: Path, header: dict[str, Any], arrays: dict[str, np.ndarray]) -> Run:
    shape, recipe, vocabulary = (
        architecture(header["architecture"]),
        Recipe(**header["recipe"]),
        Vocabulary(header["vocabulary"]),
    )
    block = header["block"]
    blank = eqx.filter_eval_shape(shape.build, len(vocabulary), block, key=jr.key(0))
    fresh = eqx.filter_eval_shape(Progress.begin, blank, recipe)
    progress = Progress(
        _filled("last", fresh.model, arrays), _filled("optimizer", fresh.optimizer, arrays), jnp.asarray(header["step"])
    )
    words = load_file(folder / WORDS)
    return Run(
        shape,
        recipe,
        vocabulary,
        block,
        _filled("best", blank, arrays),
        progress,
        {name: EncodedWords(words[name]) for name in (TRAIN, VALIDATION, TEST)},
        _metrics(folder, header["step"]),
        json.loads((folder / RECORD).read_text("utf-8")),
    )


def _metrics(folder: Path, step: int) -> list[dict[str, Any]]:
    """The evaluations up to `step`: a process killed while saving may have written one more than the model had."""
    lines = map(json.loads, (folder / METRICS).read_text("utf-8").splitlines())
    return [line for line in lines if line["step"] <= step]


def _filled(prefix: str, tree: PyTree, arrays: dict[str, np.ndarray]) -> PyTree:
    """`tree` with its shapes replaced by the arrays of the same paths."""

    def fill(path: tuple, leaf: object) -> object:
        if not isinstance(leaf, jax.ShapeDtypeStruct):
            return leaf
        array = arrays[prefix + jax.tree_util.keystr(path)]
        # JAX would round the float64 tables of counts.
        return array if array.dtype == np.float64 else jnp.asarray(array)

    return jax.tree_util.tree_map_with_path(fill, tree)
