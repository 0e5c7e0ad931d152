"""Folders as they are written of small Transformers."""

import json
from pathlib import Path
from typing import Any

from runs.prepared import prepared

from moregrad.formats.hugging_face.writing import write_folder
from moregrad.runs import Run

SIZES: dict[str, Any] = {"embedding": 8, "depth": 1, "heads": 2}
GPT2 = {**SIZES, "positions": "learned", "norm": "layer", "context": 0}
KINDS: dict[str, dict[str, Any]] = {
    "arcee": SIZES,
    "arcee, tied, with biases": {**SIZES, "tied": True, "bias": True, "activation": "relu"},
    "gpt2": {**GPT2, "bias": True},
    "gpt2, tied, without biases": {**GPT2, "tied": True, "activation": "tanh", "dropout": 0.1},
}


def written(kind: str, folder: Path) -> tuple[Run, Path]:
    """A run before its first step and the folder of it."""
    run = prepared("transformer", **KINDS[kind])
    write_folder(run, folder / "model")
    return run, folder / "model"


def change(file: Path, **settings: Any) -> None:
    """Changes entries of a JSON file; None takes one out."""
    values = json.loads(file.read_text(encoding="utf-8")) | settings
    file.write_text(json.dumps({name: value for name, value in values.items() if value is not None}), encoding="utf-8")
