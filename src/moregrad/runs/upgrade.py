"""Runs of earlier formats, brought up to the present one.

Format 1 had other names: for settings, for the fields of layers, for the parts of a mixture.
"""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

FORMAT = 2

Header = dict[str, Any]
Arrays = dict[str, np.ndarray]

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


def upgrade_header(header: Header) -> Header:
    """Returns `header` with the names of the present format."""
    if header["format"] == FORMAT:
        return header
    recipe = {RECIPE.get(name, name): value for name, value in header["recipe"].items()}
    return {**header, "recipe": recipe, "architecture": _architecture(header["architecture"])}


def _architecture(fields: dict[str, Any]) -> dict[str, Any]:
    fields = {ARCHITECTURE.get(name, name): value for name, value in fields.items()}
    if fields["name"] != "mixture":
        return fields
    share = fields.pop("share")
    counts = {"name": "ngram", "order": fields.pop("order")}
    return {"name": "mixture", "members": [{**fields, "name": "gru"}, counts], "weights": [1 - share, share]}


def upgrade_arrays(header: Header, arrays: Arrays, expected: Iterable[str]) -> Arrays:
    """Returns `arrays` by the paths of the present format; numbers that it has and earlier ones had not are filled in.

    `header` is upgraded already, but says by its `format` which one the arrays have; `expected` are all present paths.
    """
    if header["format"] == FORMAT:
        return arrays
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
