"""The checkpoints of makemore.py (github.com/karpathy/makemore): what torch.save made of a model's state_dict.

A checkpoint says neither which characters it is about nor, of a Transformer, how many heads it has.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np

from moregrad.errors import ConfigurationError, DataError
from moregrad.formats.foreign import Foreign
from moregrad.formats.makemore.archive import read_tensors
from moregrad.formats.makemore.weights import LOADERS
from moregrad.models.architecture import Architecture
from moregrad.models.presets import MAKEMORE

MARKS = {
    "bigram": "logits",
    "mlp": "mlp.0.weight",
    "rnn": "cell.xh_to_h.weight",
    "gru": "cell.xh_to_z.weight",
    "bow": "context_block.mlp.c_fc.weight",
    "transformer": "transformer.wte.weight",
}
"""A tensor that no other type of makemore.py has."""

HEADS = 4
"""The heads of makemore.py's Transformer unless it is told otherwise."""

MASK = re.compile(r"(transformer\.h\.\d+\.attn|context_block\.cbow)\.bias")


class Named(Mapping[str, np.ndarray]):
    """Tensors by name, and which of them were asked for."""

    def __init__(self, tensors: Mapping[str, np.ndarray]) -> None:
        self.tensors, self.used = tensors, set[str]()

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self.tensors:
            raise KeyError(name)
        self.used.add(name)
        return self.tensors[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tensors)

    def __len__(self) -> int:
        return len(self.tensors)


def read_makemore(path: Path, *, heads: int | None = None) -> Foreign:
    """Reads the checkpoint in `path`, of a Transformer with so many `heads`, by default HEADS.

    Raises DataError for a file that holds no model of makemore.py, ConfigurationError for heads that cannot be.
    """
    tensors = read_tensors(path)
    found = [kind for kind, mark in MARKS.items() if mark in tensors]
    if len(found) != 1:
        raise DataError(f"it holds no model of makemore.py but {', '.join(tensors)!s:.80}")
    (kind,) = found
    named = Named(_without_masks(tensors))
    try:
        architecture, vocab, block = _shape(kind, named, heads)
        blank = eqx.filter_eval_shape(architecture.build, vocab, block or 2, key=jr.key(0))
        model = LOADERS[kind](named, blank)
    except ConfigurationError:
        raise
    except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise DataError(f"its tensors are not those of makemore.py's {kind}: {error}") from error
    _check(kind, named, model, blank)
    notes = []
    if kind == "transformer" and heads is None:
        notes.append(f"a checkpoint does not tell its heads; {HEADS} are assumed, as makemore.py does by default")
    origin = f"makemore.py's checkpoint {path.name}"
    model = jax.tree.map(jnp.asarray, model)
    return Foreign(architecture, model, origin, vocab, block=block, split="makemore", notes=tuple(notes))


def _shape(kind: str, named: Named, heads: int | None) -> tuple[Architecture, int, int | None]:
    """Returns the architecture, the number of tokens, and that of the longest row, if it is told."""
    preset = MAKEMORE[kind]
    if heads is not None and kind != "transformer":
        raise ConfigurationError(f"heads {heads}: makemore.py's {kind} has none; leave them out", setting="heads")
    if kind == "bigram":
        return preset, len(named["logits"]), None
    table = named["transformer.wte.weight" if kind == "transformer" else "wte.weight"]
    size = table.shape[1]
    match kind:
        case "mlp":
            first = named["mlp.0.weight"]
            return preset.replace(embedding=size, hidden=len(first)), len(table) - 1, first.shape[1] // size
        case "transformer":
            depth = sum(re.fullmatch(r"transformer\.h\.\d+\.ln_1\.weight", name) is not None for name in named)
            shape = preset.replace(embedding=size, heads=HEADS if heads is None else heads, depth=depth)
            return shape, len(table), len(named["transformer.wpe.weight"])
        case "bow":
            hidden = len(named["context_block.mlp.c_fc.weight"])
            return preset.replace(embedding=size, hidden=hidden), len(table), len(named["wpe.weight"])
    return preset.replace(embedding=size, hidden=named["start"].shape[1]), len(table), None


def _without_masks(tensors: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Returns the weights; raises DataError for a mask that lets a position see others than those before it."""
    for name, mask in tensors.items():
        if MASK.fullmatch(name) and not np.array_equal(mask.reshape(mask.shape[-2:]), np.tri(mask.shape[-1])):
            raise DataError(f"its {name} is no causal mask, as makemore.py has")
    weights = {name: array for name, array in tensors.items() if not MASK.fullmatch(name)}
    if other := [name for name, array in weights.items() if not jnp.issubdtype(array.dtype, jnp.floating)]:
        raise DataError(f"its {other[0]!r:.60} holds no real numbers")
    return {name: array.astype(np.float32) for name, array in weights.items()}


def _check(kind: str, named: Named, model: object, blank: object) -> None:
    """Raises DataError unless `model` has the shapes of `blank`, finite numbers, and all that there is."""
    if left := sorted(set(named) - named.used):
        raise DataError(f"it has {left[0]!r:.60}, which makemore.py's {kind} has not")
    if jax.tree.structure(model) != jax.tree.structure(blank):
        raise DataError(f"it lacks a bias that makemore.py's {kind} has")
    for leaf, wanted in zip(jax.tree.leaves(model), jax.tree.leaves(blank), strict=True):
        if leaf.shape != wanted.shape or not np.issubdtype(leaf.dtype, np.floating):
            raise DataError(
                f"its tensors have shapes that makemore.py's {kind} has not: {leaf.shape} for {wanted.shape}"
            )
        if not np.isfinite(np.asarray(leaf, np.float32)).all():
            raise DataError("it holds numbers that are not finite")
