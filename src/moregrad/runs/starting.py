"""The start of a training: a run, the network that the package ships, or nothing."""

import json
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jax.tree_util import keystr, tree_leaves_with_path, tree_map_with_path
from safetensors import safe_open
from safetensors.numpy import save

from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ModelError, StorageError
from moregrad.layers.layer import partition
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import architecture
from moregrad.models.labelled import AnyLabel, GivenLabel
from moregrad.models.similar import check_similar
from moregrad.models.symbol_rows import Rows
from moregrad.models.transfer import Start
from moregrad.runs.run import Run
from moregrad.runs.storage import load_run

SHIPPED_FILE = Path(__file__).with_name("start.safetensors")
"""The network that the package ships: `tests/reference/record_start.py` makes it, and says there of what."""

AUTOMATIC, SHIPPED, NOTHING = "automatic", "shipped", "none"
"""Starts that have a name: the shipped network for short lists, for any list, and no start at all."""

HEADER = "moregrad"
NAME = "the network that moregrad ships"


SHORT = 2_000
"""Training words below which a list begins from the shipped network unless it is told not to."""

Starting = Start | Literal["automatic", "none"]
"""A start that was found, or how to settle on one when the words are known."""


def find_start(start: Any) -> Starting:
    """Returns the start that a run, its folder or a name stands for.

    Raises StorageError for a folder that holds no run.
    """
    if isinstance(start, Run):
        return of_run(start, "the run that was given")
    if not isinstance(start, str | os.PathLike):
        raise StorageError(f"{start!r:.60} is no start; give a run, its folder, {SHIPPED!r} or {NOTHING!r}")
    match start:
        case "automatic" | "none":
            return start
        case "shipped":
            return shipped()
        case str() if not Path(start).exists():
            raise StorageError(f"there is no folder {start!r:.60} to start from; give that of a run, shipped or none")
    return of_run(load_run(start), str(start))


def settle(start: Starting, architecture: Architecture, vocabulary: Vocabulary, words: int) -> Start | None:
    """Returns what a training on so many `words` begins from: the shipped network if they are few and it fits.

    It does not fit an alphabet of which it does not know half: 40 Japanese surnames are learned worse from it than from
    nothing.
    """
    if isinstance(start, Start):
        return start
    if start == NOTHING or words >= SHORT:
        return None
    rows = Rows.between(vocabulary, shipped().vocabulary)
    if rows.fresh > rows.shared + rows.alike:
        return None
    with suppress(ModelError):
        check_similar(NAME, shipped().architecture, architecture)
        return shipped()
    return None


def of_run(run: Run, name: str) -> Start:
    """Returns the best model of `run` as a start; raises ModelError for what `Run.given` made, which has no weights."""
    if isinstance(run.model, GivenLabel | AnyLabel):
        raise ModelError(f"{name} is that of a label; start from the one that it was made from, which has all labels")
    return Start(name, run.architecture, run.vocabulary, run.block, run.model, tuple(run.record.labels or ()))


def is_within_reach(run: Run) -> bool:
    """Tells whether what `run` began with can be had again: new weights, or those that the package ships."""
    return run.record.start is None or run.record.start.name == NAME


def start_again(run: Run) -> Start | None:
    """Returns what `run` began with, if that `is_within_reach`: None for new weights."""
    return shipped() if run.record.start else None


@cache
def shipped() -> Start:
    """Returns the network that the package ships."""
    with safe_open(SHIPPED_FILE, "numpy") as file:
        header = json.loads(file.metadata()[HEADER])
        arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    built, vocabulary = architecture(header["architecture"]), Vocabulary(header["vocabulary"])
    blank = eqx.filter_eval_shape(built.build, len(vocabulary), header["block"], key=jr.key(0))

    def place(path: Any, leaf: Any) -> Any:
        found = arrays.get(keystr(path))
        return leaf if found is None else jnp.asarray(found, jnp.float32)

    return Start(NAME, built, vocabulary, header["block"], tree_map_with_path(place, blank))


def pack(start: Start, about: dict[str, Any]) -> bytes:
    """Returns the content of a file that holds `start` in half precision, with what there is to say `about` it."""
    weights = tree_leaves_with_path(partition(start.model)[0])
    arrays = {keystr(path): np.asarray(leaf, np.float16) for path, leaf in weights if isinstance(leaf, jax.Array)}
    header = {
        "architecture": start.architecture.to_dict(),
        "vocabulary": start.vocabulary.characters,
        "block": start.block,
        **about,
    }
    return save(arrays, {HEADER: json.dumps(header, ensure_ascii=False)})
