"""The arrays of a stored run, each under its path in the run, and the digest that ties them to its header."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import jax
import numpy as np
from jaxtyping import PyTree

from moregrad.errors import ModelError, StorageError
from moregrad.layers.layer import Tables
from moregrad.runs.record import Metrics

Arrays = dict[str, np.ndarray]
Path = tuple[Any, ...]

COUNTS = "counts"
"""The tree in a file that holds tables of counts."""

METRICS = {"step": np.int64, "train": np.float64, "validation": np.float64}
"""The types of the columns of all evaluations, each an array called `metrics.` and its name."""


def digest(header: str, arrays: Mapping[str, np.ndarray]) -> str:
    """Returns the SHA-256 of a header and of all arrays with their names, types and shapes."""
    hashed = sha256(header.encode())
    for name, array in sorted(arrays.items()):
        hashed.update(f"\n{name} {array.dtype} {array.shape}\n".encode())
        hashed.update(np.ascontiguousarray(array).data)
    return hashed.hexdigest()


def flatten(trees: Mapping[str, PyTree]) -> Arrays:
    """Returns the arrays of `trees` by path; tables of counts, once, as the first tree has them."""
    arrays: Arrays = {}
    for path, leaf in jax.tree_util.tree_leaves_with_path(trees, is_leaf=_is_table):
        if isinstance(leaf, Tables):
            tables = {f"{_name(path, COUNTS)}.{name}": table for name, table in leaf.compress().items()}
            arrays = tables | arrays
        elif isinstance(leaf, jax.Array | np.ndarray):
            arrays[_name(path)] = np.asarray(leaf)
    return arrays


def list_names(trees: Mapping[str, PyTree]) -> list[str]:
    """Returns the paths of the arrays that blank `trees` want, but for those of tables."""
    leaves = jax.tree_util.tree_leaves_with_path(trees, is_leaf=_is_table)
    return [_name(path) for path, leaf in leaves if isinstance(leaf, jax.ShapeDtypeStruct)]


def fill(trees: Mapping[str, PyTree], arrays: Arrays) -> dict[str, PyTree]:
    """Returns blank `trees` with `arrays` by the same paths in place; raises StorageError if they do not fit."""
    restored: dict[str, Tables] = {}

    def place(path: Path, leaf: object) -> object:
        if isinstance(leaf, Tables):
            name = _name(path, COUNTS)
            if name not in restored:
                restored[name] = _restore(leaf, name, arrays)
            return restored[name]
        return _fit(leaf, _name(path), arrays) if isinstance(leaf, jax.ShapeDtypeStruct) else leaf

    return jax.tree_util.tree_map_with_path(place, dict(trees), is_leaf=_is_table)


def _restore(blank: Tables, name: str, arrays: Arrays) -> Tables:
    found = {path.removeprefix(f"{name}."): array for path, array in arrays.items() if path.startswith(f"{name}.")}
    try:
        return blank.restore(found)
    except ModelError as error:
        raise StorageError(str(error)) from error


def _fit(blank: jax.ShapeDtypeStruct, name: str, arrays: Arrays) -> jax.Array:
    if name not in arrays:
        raise StorageError(f"it has no {name}, which the model of its header needs")
    array = arrays[name]
    if (array.shape, array.dtype) != (blank.shape, blank.dtype):
        has, needs = (f"{list(each.shape)} of {each.dtype}" for each in (array, blank))
        raise StorageError(f"its {name} is {has}, and the model of its header needs {needs}")
    return jax.device_put(array)


def to_columns(metrics: Iterable[Metrics]) -> Arrays:
    """Returns evaluations as arrays, a column each."""
    rows = [asdict(each) for each in metrics]
    return {f"metrics.{name}": np.array([row[name] for row in rows], kind) for name, kind in METRICS.items()}


def from_columns(arrays: Arrays, step: int) -> tuple[Metrics, ...]:
    """Returns the evaluations up to `step` that `to_columns` wrote; raises StorageError for columns that are none."""
    columns = [arrays.get(f"metrics.{name}", np.zeros((0, 0))) for name in METRICS]
    steps, *losses = columns
    typed = [column.dtype for column in columns] == [np.dtype(kind) for kind in METRICS.values()]
    if not typed or any(column.shape != (len(steps),) for column in columns):
        raise StorageError("its metrics are no columns of numbers")
    if len(steps) and (np.diff(steps, prepend=0).min() < 1 or steps[-1] > step or not np.isfinite(losses).all()):
        raise StorageError(f"its metrics are not those of a training up to step {step}")
    return tuple(Metrics(*row) for row in zip(*(column.tolist() for column in columns), strict=True))


def _is_table(node: object) -> bool:
    return isinstance(node, Tables)


def _name(path: Path, tree: str = "") -> str:
    """Returns the name of an array in a file: the tree it is in, then its path there."""
    return (tree or path[0].key) + jax.tree_util.keystr(path[1:])
