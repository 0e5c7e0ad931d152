"""Taps: a layer wrapped so that its input and output can be seen, and its output changed, wherever it stands."""

from collections.abc import Callable
from typing import Any, TypeVar

import equinox as eqx
import jax
import numpy as np
from jaxtyping import Array, PRNGKeyArray, PyTree

from moregrad.layers.layer import Layer, Positions, partition
from moregrad.layers.sequential import Sequential
from moregrad.models.model import Model

M = TypeVar("M", bound=Model)


Visit = Callable[[str, Layer, Any, Positions | None, Array], Array]
"""Called where a layer is called, with its path, the layer, the input, positions and output; returns the output that
takes its place."""


class Tap(Layer):
    """Does what `layer` does, and calls `visit` with each input and output of it."""

    layer: Layer
    path: str = eqx.field(static=True)
    visit: Visit = eqx.field(static=True)

    def __call__(self, x: Any, positions: Positions | None = None) -> Any:
        return self.visit(self.path, self.layer, x, positions, self.layer(x, positions))

    def observe(self, x: Any, positions: Positions | None = None, *, key: PRNGKeyArray) -> tuple[Any, "Tap"]:
        y, refreshed = self.layer.observe(x, positions, key=key)
        return self.visit(self.path, self.layer, x, positions, y), Tap(refreshed, self.path, self.visit)

    def __getattr__(self, name: str) -> Any:
        """Returns the wrapped layer's `name`, such as the weight that a tied head reads."""
        if name == "layer":
            raise AttributeError(name)
        return getattr(self.layer, name)


def tap(model: M, visit: Visit) -> M:
    """Wraps every layer of `model` but chains, whose output is that of their last layer.

    What a layer holds that is no layer itself, such as a recurrent cell, is seen from outside only.
    """
    return map_layers(model, lambda path, layer: layer if isinstance(layer, Sequential) else Tap(layer, path, visit))


def map_layers(model: M, change: Callable[[str, Layer], Layer]) -> M:
    """Replaces every layer of `model`, inner ones first, by what `change` makes of its path and itself."""
    return _map(model, (), change)


def _map(node: PyTree, path: tuple[Any, ...], change: Callable[[str, Layer], Layer]) -> PyTree:
    if not isinstance(node, Layer | Model | tuple | list | dict):
        return node
    children, structure = jax.tree_util.tree_flatten_with_path(node, is_leaf=lambda child: child is not node)
    changed = structure.unflatten([_map(child, (*path, *step), change) for step, child in children])
    return change(name_path(path), changed) if isinstance(node, Layer) else changed


def layers_by_path(model: Model) -> dict[str, Layer]:
    """Returns every layer of `model` but chains by its path in it, such as 'layers.layers[2]'."""
    found: dict[str, Layer] = {}

    def note(path: str, layer: Layer) -> Layer:
        if not isinstance(layer, Sequential):
            found[path] = layer
        return layer

    map_layers(model, note)
    return found


def weights_by_path(model: PyTree) -> dict[str, np.ndarray]:
    """Returns the trainable arrays of `model`, or gradients by them, by path, such as 'layers.layers[2].weight'."""
    leaves = jax.tree_util.tree_leaves_with_path(partition(model)[0])
    return {name_path(path): np.asarray(leaf) for path, leaf in leaves}


def name_path(path: tuple[Any, ...]) -> str:
    """Writes a path as the files of a run have it, without the tree it is in."""
    return jax.tree_util.keystr(path).removeprefix(".")
