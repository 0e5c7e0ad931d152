"""Facts that all processes that train one run must have alike."""

from hashlib import sha256
from typing import Any

import equinox as eqx
import jax
import numpy as np
from jaxtyping import PyTree

from moregrad.runs.run import Run
from moregrad.training.processes import several

SHOWN = 16
"""Digits of a digest, which are 64 bits."""


def facts_of(run: Run) -> dict[str, Any]:
    """Returns the list, settings and state of `run` as JSON data, long ones by their digest; nothing in one process."""
    if not several():
        return {}
    record = run.record
    words = {"words": record.words, "fingerprint": record.fingerprint[:SHOWN], "split": record.split}
    return {
        "list": {**words, "vocabulary": _digest(run.vocabulary.characters.encode())},
        "model": run.architecture.to_dict(),
        "recipe": run.recipe.to_dict(),
        "step": run.step,
        "weights": _digest_arrays(run.progress),
    }


def _digest_arrays(tree: PyTree) -> str:
    arrays = jax.tree.leaves(eqx.filter(tree, eqx.is_array))
    return _digest(*(np.ascontiguousarray(array).tobytes() for array in arrays))


def _digest(*contents: bytes) -> str:
    digest = sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:SHOWN]
