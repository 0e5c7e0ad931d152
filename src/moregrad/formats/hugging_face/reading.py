"""Reading the folders that moregrad writes for transformers, also those that transformers has saved again."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load

from moregrad.data.splits import METHODS
from moregrad.errors import ConfigurationError, DataError
from moregrad.formats.foreign import Foreign, read_content
from moregrad.formats.hugging_face.families import from_config
from moregrad.formats.hugging_face.tensors import from_tensors
from moregrad.formats.hugging_face.tokenizer import from_tokenizer
from moregrad.formats.hugging_face.writing import ABOUT, CONFIG, TENSORS, TOKENIZER


def read_folder(folder: Path) -> Foreign:
    """Reads the model in `folder`; raises DataError if a file is missing or damaged, or describes another model."""
    config = _read_json(folder / CONFIG)
    try:
        family, architecture, vocab, block = from_config(config)
    except (ConfigurationError, TypeError, ValueError) as error:
        raise DataError(f"its {CONFIG} describes no model of moregrad: {error}") from error
    vocabulary, lower = from_tokenizer(_read_json(folder / TOKENIZER))
    if len(vocabulary) != vocab:
        raise DataError(f"its {TOKENIZER} has {len(vocabulary)} tokens, and its {CONFIG} {vocab}")
    model = from_tensors(family, architecture, vocab, block, _read_tensors(folder / TENSORS))
    about = config.get(ABOUT)
    split = about.get("split") if isinstance(about, dict) else None
    return Foreign(
        architecture,
        model,
        f"the folder {folder.name} of Hugging Face's transformers",
        vocab,
        vocabulary,
        block,
        split=split if split in METHODS else "words",
        lower=lower,
    )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_content(path))
    except (ValueError, RecursionError) as error:
        raise DataError(f"its {path.name} is damaged: {error}") from error
    if not isinstance(found, dict):
        raise DataError(f"its {path.name} holds no object")
    return found


def _read_tensors(path: Path) -> dict[str, np.ndarray]:
    try:
        tensors = load(_content(path))
    except (SafetensorError, TypeError, ValueError, KeyError) as error:
        raise DataError(f"its {path.name} is damaged, or of numbers that NumPy has not: {error}") from error
    if other := [name for name, tensor in tensors.items() if not np.issubdtype(tensor.dtype, np.floating)]:
        raise DataError(f"its {other[0]!r:.60} holds no real numbers")
    return tensors


def _content(path: Path) -> bytes:
    try:
        return read_content(path)
    except DataError as error:
        raise DataError(f"its {path.name} is missing or cannot be read: {error}") from error
