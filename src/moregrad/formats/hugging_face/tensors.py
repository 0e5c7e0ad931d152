"""The arrays of a Transformer by the names that transformers has for them, both ways."""

from collections.abc import Iterator, Mapping
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import jax.random as jr
import numpy as np

from moregrad.errors import DataError
from moregrad.formats.hugging_face.families import GPT2, Family
from moregrad.layers.linear import Linear
from moregrad.layers.norm import LayerNorm, RMSNorm
from moregrad.models.sequence_model import SequenceModel
from moregrad.models.transformer import Transformer


def _layers(family: Family, model: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yields the layers of `model` with the names of their modules."""
    yield (family.embedding,), model.embedding
    if family.positions:
        yield (family.positions,), model.positions
    halves = model.body.layers[1:-1]
    for number, (attention, mlp) in enumerate(zip(halves[::2], halves[1::2], strict=True)):
        first, second = attention.inner.layers, mlp.inner.layers
        layers = (first[0], first[1].qkv, first[1].out, second[0], second[1], second[3])
        for names, layer in zip(family.parts, layers, strict=True):
            yield tuple(f"{family.block.format(number)}.{name}" for name in names), layer
    yield (family.norm,), model.body.layers[-1]
    if model.head is not None:
        yield ("lm_head",), model.head


def _fields(family: Family, model: Any) -> Iterator[tuple[tuple[str, ...], Any, str, bool]]:
    """Yields, for each array of `model`: names of its tensors, its layer and field, and whether it is transposed."""
    for names, layer in _layers(family, model):
        weight = "gain" if isinstance(layer, LayerNorm | RMSNorm) else "weight"
        yield tuple(f"{name}.weight" for name in names), layer, weight, family.transposed and isinstance(layer, Linear)
        if getattr(layer, "bias", None) is not None:
            yield tuple(f"{name}.bias" for name in names), layer, "bias", False


def to_tensors(family: Family, model: SequenceModel) -> dict[str, np.ndarray]:
    """Returns the arrays of `model` as tensors by the names that transformers has for them."""
    tensors: dict[str, np.ndarray] = {}
    for names, layer, field, transposed in _fields(family, model):
        array = np.asarray(getattr(layer, field))
        parts = np.split(array.T if transposed else array, len(names))
        tensors |= {name: np.ascontiguousarray(part) for name, part in zip(names, parts, strict=True)}
    if family is GPT2:  # which has biases in any case
        for name in [name for name in tensors if ".c_" in name and name.endswith("weight")]:
            tensors.setdefault(name.replace("weight", "bias"), np.zeros(tensors[name].shape[1], np.float32))
    return tensors


def from_tensors(
    family: Family, architecture: Transformer, vocab: int, block: int, tensors: Mapping[str, np.ndarray]
) -> SequenceModel:
    """Returns the model whose arrays are `tensors`; raises DataError if they are not those of the configuration."""
    blank = eqx.filter_eval_shape(architecture.build, vocab, block, key=jr.key(0))
    arrays, used = [], set()
    for names, layer, field, transposed in _fields(family, blank):
        missing = [name for name in names if name not in tensors]
        if missing:
            raise DataError(f"its tensors have no {missing[0]}")
        used |= set(names)
        shape = getattr(layer, field).shape
        wanted = shape[::-1] if transposed else shape
        parts = [np.asarray(tensors[name], np.float32) for name in names]
        if any(part.shape != (wanted[0] // len(names), *wanted[1:]) for part in parts):
            raise DataError(f"its {names[0]} is {list(parts[0].shape)}, and its config.json says {list(wanted)}")
        joined = np.concatenate(parts)
        if not np.isfinite(joined).all():
            raise DataError(f"its {names[0]} holds numbers that are not finite")
        arrays.append(jnp.asarray(joined.T if transposed else joined))
    if left := sorted(set(tensors) - used - ({"lm_head.weight"} if architecture.tied else set())):
        raise DataError(f"its tensors have {left[0]!r:.60}, which no model of moregrad has")
    return eqx.tree_at(
        lambda model: [getattr(layer, field) for _, layer, field, _ in _fields(family, model)], blank, arrays
    )
