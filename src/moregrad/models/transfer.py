"""Trained weights in a new model of the same architecture, for other symbols and other lengths of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jax.tree_util import keystr, tree_leaves_with_path, tree_map_with_path
from jaxtyping import PRNGKeyArray, PyTree

from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ModelError
from moregrad.layers.layer import Running, Tables
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.models.side_by_side import SideBySide
from moregrad.models.similar import check_similar
from moregrad.models.symbol_rows import FRESH, Rows

WEIGHTS = "log_weights"
"""The field of the weights of an average, which are the new model's."""

COPIES, SYMBOLS, PLACES, WINDOW, FIXED, UNKNOWN = "copies", "symbols", "places", "window", "fixed", "unknown"
"""The meaning of the numbers along an axis. A window holds the last places of a word side by side, the nearest last; of
an UNKNOWN axis it cannot be told, and its array begins fresh."""


@dataclass(frozen=True, eq=False)
class Start:
    """A trained model that another may begin as, with the symbols and the lengths of words that it was built for.

    `labels` name those that its words have, in the order of their symbols.
    """

    name: str
    architecture: Architecture
    vocabulary: Vocabulary
    block: int
    model: Model
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """An array of a model, the kind of each axis, and whether it is a setting, which is never taken over."""

    array: Any
    axes: tuple[str, ...]
    setting: bool

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.array.shape)


def transfer(start: Start, architecture: Architecture, rows: Rows, block: int, *, key: PRNGKeyArray) -> Model:
    """Returns a new model for the symbols of `rows`, with the weights of `start` wherever it has some.

    A symbol has the weights of the start's symbol that `rows` names, another one fresh weights; so has a place beyond
    the longest word of the start. Networks side by side take turns with those of the start. Counts, dropout rates and
    the weights of averages are not taken over. Raises ModelError if the networks differ.
    """
    check_similar(start.name, start.architecture, architecture)
    vocab, model = len(rows), architecture.build(len(rows), block, key=key)
    old = dict(_leaves(start.model))
    filled = {}
    for path, leaf in _classify(architecture, model, vocab, block):
        if leaf.setting or UNKNOWN in leaf.axes or path not in old:
            continue
        sizes = zip(leaf.axes, old[path].shape, leaf.shape, strict=True)
        try:
            moves = [_pair(axis, has, needs, rows.ids, len(start.vocabulary)) for axis, has, needs in sizes]
        except ValueError as error:
            raise ModelError(
                f"{start.name} cannot be started from: its {path} is {list(old[path].shape)}, "
                f"and {list(leaf.shape)} is needed; leave out the settings that differ from its own"
            ) from error
        filled[path] = _fill(leaf.array, old[path].array, moves)
    return tree_map_with_path(lambda path, leaf: filled.get(keystr(path), leaf), model)


def _fill(new: Any, old: Any, moves: Sequence[tuple[np.ndarray, np.ndarray]]) -> Any:
    to, taken = zip(*moves, strict=True) if moves else ((), ())
    if not moves:
        return jnp.asarray(old)
    filled = np.array(new)
    filled[np.ix_(*to)] = np.asarray(old)[np.ix_(*taken)]
    return jnp.asarray(filled)


def _pair(axis: str, has: int, needs: int, symbols: np.ndarray, known: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns which numbers along an axis of the new array are which of the old; raises ValueError for other sizes."""
    if axis == COPIES:
        return np.arange(needs), np.arange(needs) % has
    if axis == PLACES:
        both = np.arange(min(has, needs))
        return both, both
    if axis == WINDOW:
        both = np.arange(min(has, needs))
        return needs - 1 - both, has - 1 - both
    if axis == SYMBOLS:
        # Outputs beyond those of the symbols, such as gates, come last.
        if has - known != needs - len(symbols):
            raise ValueError
        taken = np.concatenate([symbols, np.arange(known, has)])
        return np.flatnonzero(taken != FRESH), taken[taken != FRESH]
    if has != needs:
        raise ValueError
    return np.arange(has), np.arange(has)


def _classify(architecture: Architecture, model: Model, vocab: int, block: int) -> Iterator[tuple[str, Leaf]]:
    """Returns the arrays of `model`, their axes told from how models of one symbol or one place more differ."""
    more = [dict(_leaves(_shapes(architecture, *sizes))) for sizes in ((vocab + 1, block), (vocab, block + 1))]
    for path, leaf in _leaves(model):
        grown = [other[path].shape if path in other else () for other in more]
        if any(len(shape) != len(leaf.shape) for shape in grown):
            yield path, replace(leaf, axes=(UNKNOWN,))
            continue
        growth = zip(leaf.axes, leaf.shape, *grown, strict=True)
        yield path, replace(leaf, axes=tuple(_kind(axis, *sizes) for axis, *sizes in growth))


def _kind(axis: str, size: int, with_symbol: int, with_place: int) -> str:
    if axis == COPIES:
        return axis
    if with_symbol == size and with_place > size + 1:
        return WINDOW
    growths = {(0, 0): FIXED, (1, 0): SYMBOLS, (0, 1): PLACES}
    return growths.get((with_symbol - size, with_place - size), UNKNOWN)


def _shapes(architecture: Architecture, vocab: int, block: int) -> PyTree:
    return eqx.filter_eval_shape(architecture.build, vocab, block, key=jr.key(0))


def _leaves(tree: PyTree, path: str = "", *, copies: tuple[str, ...] = ()) -> Iterator[tuple[str, Leaf]]:
    """Returns arrays by path, but for tables of counts; `copies` are the axes of networks side by side."""
    special = Tables, SideBySide, Running
    for keys, node in tree_leaves_with_path(tree, is_leaf=lambda node: node is not tree and isinstance(node, special)):
        here = path + keystr(keys)
        if isinstance(node, SideBySide):
            yield from _leaves(node, here, copies=(COPIES,))
        elif isinstance(node, Running):
            yield f"{here}.value", _leaf(node.value, copies, setting=here.endswith(WEIGHTS))
        elif isinstance(node, jax.Array | np.ndarray | jax.ShapeDtypeStruct):
            yield here, _leaf(node, copies, setting=not jnp.issubdtype(node.dtype, jnp.inexact))


def _leaf(array: Any, copies: tuple[str, ...], *, setting: bool) -> Leaf:
    axes = (*copies, *(FIXED,) * (len(array.shape) - len(copies)))
    # What observation moves has an axis; a single number is a rate.
    return Leaf(array, axes, setting or axes == copies)
