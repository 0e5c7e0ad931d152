"""Runs of earlier formats, brought up to the present one.

Format 1 had other names: for settings, for the fields of layers, for the parts of a mixture. Format 2 kept the record
and the metrics in files of their own, tied to the model by nothing, and tables of counts whole and twice. Format 3 drew
rows at random, and a mixture without weights had the same for each kind of model.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from moregrad.errors import StorageError
from moregrad.runs.arrays import Arrays, to_columns
from moregrad.runs.record import Metrics

Header = dict[str, Any]

BOUND = 3
"""The first format whose parts digests tie together."""

SETTLED = 4
"""The first format in which batches are a setting and the weights of a mixture are fitted."""

RECIPE = {
    "batch": "batch_size",
    "rate": "learning_rate",
    "warmup": "warmup_steps",
    "decay": "weight_decay",
    "clip": "grad_clip",
    "smoothing": "label_smoothing",
    "every": "eval_every",
}
ARCHITECTURE = {"taps": "kernel_size", "multiple": "mlp_ratio", "blank": "pad_token"}
TABLE = r"(?P<tree>best|last)(?P<path>.*?)\.(trie\.)?(?P<table>(?<=trie\.)\w+|(gain|weight|rows)(?=\.value))"
PATHS = (
    (r"\.mixers\[", ".layers["),
    (r"\.layer(?=\.)", ""),
    (r"\.inward(?=\.)", ".qkv"),
    (r"\.outward(?=\.)", ".out"),
    (r"\.across(?=\.)", ".recurrent"),
    (r"\.trie\.symbol$", ".trie.token"),
    (r"(^best|^last|\.mu|\.nu|\.trace)\.network(?=\.)", r"\1.members[0]"),
    (r"(^best|^last|\.mu|\.nu|\.trace)\.counts(?=\.)", r"\1.members[1]"),
)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise StorageError(f"it is no run of an earlier format: {type(error).__name__} {error}") from error


@_explained()
def upgrade_header(header: Header, record: Header, words: str) -> Header:
    """Returns the header of a run of an earlier format in the present form.

    `record` is what its run.json holds, `words` the digest of its words. Raises StorageError for what is no run.
    """
    if header["format"] == 1:
        recipe = {RECIPE.get(name, name): value for name, value in header["recipe"].items()}
        header = {**header, "recipe": recipe, "architecture": _architecture(header["architecture"])}
    return {**header, "record": _complete(record), "words": words}


@_explained()
def upgrade_settings(header: Header) -> Header:
    """Returns a header with the settings that say what an earlier format took for granted, so that runs go on alike."""
    if header["format"] >= SETTLED:
        return header
    recipe = {"batches": "random", **header["recipe"]}
    return {**header, "recipe": recipe, "architecture": _settle_weights(header["architecture"])}


def _settle_weights(architecture: Header) -> Header:
    if architecture["name"] != "mixture" or architecture.get("weights"):
        return architecture
    kinds = [member["name"] for member in architecture["members"]]
    return {**architecture, "weights": [1 / kinds.count(kind) for kind in kinds]}


@_explained()
def upgrade_arrays(header: Header, arrays: Arrays, metrics: Sequence[Mapping[str, Any]], expected: list[str]) -> Arrays:
    """Returns the arrays of a run of an earlier format by the paths of the present one.

    `header` is upgraded already, but says by its `format` which one the arrays have; `metrics` are what its
    metrics.jsonl holds, `expected` are all present paths. Raises StorageError for what is no run.
    """
    if header["format"] == 1:
        arrays = _rename(header, arrays, expected)
    return _separate_counts(arrays) | _columns(metrics, header["step"])


def _complete(record: Header) -> Header:
    """Adds the total to scores that have only the mean."""
    losses = record.get("losses")
    if not losses:
        return record
    scored = {
        split: {words: {"total": _total(score), **score} for words, score in evaluation.items()}
        for split, evaluation in losses.items()
    }
    return {**record, "losses": scored}


def _total(score: Mapping[str, Any]) -> float | None:
    """Returns the total of a mean, which is None for no predictions and for an infinite total."""
    if score["predictions"] == 0:
        return 0.0
    return None if score["nats"] is None else score["nats"] * score["predictions"]


def _columns(metrics: Sequence[Mapping[str, Any]], step: int) -> Arrays:
    """Returns the evaluations up to `step`: a process killed while saving wrote one more than the model had."""
    return to_columns(Metrics(**each) for each in metrics if each["step"] <= step)


def _separate_counts(arrays: Arrays) -> Arrays:
    """Moves tables of counts, which the best and the last model have in common, to a place of their own."""
    moved: Arrays = {}
    for name, array in arrays.items():
        if not (table := re.match(TABLE, name)):
            moved[name] = array
        elif table["tree"] == "best" and table["table"] != "rows":
            # Training left float32.
            kind = np.float64 if array.dtype == np.float32 else array.dtype
            moved[f"counts{table['path']}.tables.{table['table']}"] = array.astype(kind)
    return moved


def _architecture(fields: dict[str, Any]) -> dict[str, Any]:
    fields = {ARCHITECTURE.get(name, name): value for name, value in fields.items()}
    if fields["name"] != "mixture":
        return fields
    share = fields.pop("share")
    counts = {"name": "ngram", "order": fields.pop("order")}
    return {"name": "mixture", "members": [{**fields, "name": "gru"}, counts], "weights": [1 - share, share]}


def _rename(header: Header, arrays: Arrays, expected: list[str]) -> Arrays:
    """Gives arrays of format 1 the paths of format 2, and fills in numbers that it has and format 1 had not."""
    arrays = {_path(name, header["recipe"]): array for name, array in arrays.items()}
    architecture = header["architecture"]
    members = architecture.get("members", [architecture])
    for name in expected:
        if name.endswith(".rate.value"):
            arrays[name] = np.array(members[0]["dropout"], np.float32)
        if name.endswith(".log_weights.value"):
            with np.errstate(divide="ignore"):
                arrays[name] = np.log(architecture["weights"]).astype(np.float32)
    return arrays


def _path(path: str, recipe: dict[str, Any]) -> str:
    for old, new in PATHS:
        path = re.sub(old, new, path)
    if recipe["optimizer"] in ("sgd", "momentum") and not recipe["weight_decay"]:
        path = re.sub(r"^optimizer\[(\d)\]\[0\]", r"optimizer[\1][1]", path)  # behind the decay, which was left out
    return path
