"""A step of training looked at from inside: activations, weights and the gradients of both, by path."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.examples import Inputs
from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics.taps import layers_by_path, tap, weights_by_path
from moregrad.jit import quick_jit
from moregrad.layers.activation import Activation
from moregrad.layers.cells import TanhCell
from moregrad.layers.layer import Layer, partition
from moregrad.layers.recurrent import Recurrent
from moregrad.models.model import Model
from moregrad.text_table import TextTable
from moregrad.training.loss import cross_entropy

SATURATED = 0.97
"""Absolute value from which on the third lecture calls the output of a tanh saturated."""

DEAD = 0.99
"""Absolute value above which, for every example, the third lecture calls a tanh dead."""

LOGITS = "logits"

ByPath = Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Trace:
    """All that one batch shows of a model, in the order of computation; gradients are those of `loss`.

    `activations` are the outputs of layers and `gradients` the derivatives by them, by the path of the layer;
    `weights` and `weight_gradients` go by the path of the array. A layer called again is 'path, call 2'. `kinds` has
    the class of each layer by its path, such as 'Linear'; an activation, and a recurrence whose outputs are those of
    one, has the name of the function, such as 'tanh'. `loss` is in nats per character.
    """

    loss: float
    logits: Float[np.ndarray, "batch position vocab"]
    logits_gradient: Float[np.ndarray, "batch position vocab"]
    activations: ByPath
    gradients: ByPath
    weights: ByPath
    weight_gradients: ByPath
    kinds: Mapping[str, str]

    @property
    def uniform_loss(self) -> float:
        """The logarithm of the vocabulary: the loss of guessing, near which a new model should begin."""
        return math.log(self.logits.shape[-1])

    def only(self, kind: str) -> "Trace":
        """Returns the trace with the layers of one `kind` only, such as 'tanh' or 'Linear'; weights stay."""
        paths = [path for path in self.activations if self.kind(path) == kind]
        kept = [{path: arrays[path] for path in paths} for arrays in (self.activations, self.gradients)]
        return replace(self, activations=kept[0], gradients=kept[1])

    def saturation(self, threshold: float = SATURATED) -> dict[str, float]:
        """Returns, for every tanh, the share of its outputs whose absolute value is above `threshold`."""
        return {
            path: float(np.mean(np.abs(outputs) > threshold)) for path, outputs in self.only("tanh").activations.items()
        }

    def dead_units(self, threshold: float = DEAD) -> dict[str, np.ndarray]:
        """Tells, for every tanh and relu, which units pass no gradient at any position of any row.

        A tanh unit is dead if its absolute value is above `threshold` everywhere, a relu unit if it is 0 everywhere.
        """
        flat = {path: np.abs(outputs) > threshold for path, outputs in self.only("tanh").activations.items()}
        flat |= {path: outputs <= 0 for path, outputs in self.only("relu").activations.items()}
        return {path: _everywhere(flat[path]) for path in self.activations if path in flat}

    def gradient_to_data(self, weights: ByPath | None = None) -> dict[str, float]:
        """Returns the deviation of each weight's gradient divided by that of the weight itself.

        Biases, gains and other arrays of one axis are left out. The third lecture divides by the weights after the
        step: give those as `weights`.
        """
        weights = self.weights if weights is None else weights
        matrices = {path: gradient for path, gradient in self.weight_gradients.items() if gradient.ndim > 1}
        with np.errstate(divide="ignore", invalid="ignore"):
            return {path: float(np.divide(_std(each), _std(weights[path]))) for path, each in matrices.items()}

    def kind(self, path: str) -> str:
        """Returns the kind of the layer whose activations are at `path`."""
        return self.kinds[path.partition(",")[0]]

    def layer_table(self) -> TextTable:
        """Returns a row per layer: mean and deviation of its outputs, share saturated, deviation of the gradient."""
        saturation = self.saturation()
        rows = [
            (
                path,
                self.kind(path),
                float(outputs.mean()),
                _std(outputs),
                saturation.get(path, ""),
                _std(self.gradients[path]),
            )
            for path, outputs in self.activations.items()
        ]
        formats = {"mean": ".4f", "std": ".4f", "saturated": ".2%", "gradient std": ".4e"}
        return TextTable(("layer", "kind", "mean", "std", "saturated", "gradient std"), rows, formats=formats)

    def weight_table(self) -> TextTable:
        """Returns a row per matrix: its shape, mean and deviation of its gradient, and the ratio to its own."""
        rows = [
            (path, " x ".join(map(str, gradient.shape)), float(gradient.mean()), _std(gradient), ratio)
            for path, ratio in self.gradient_to_data().items()
            for gradient in (self.weight_gradients[path],)
        ]
        columns = ("weight", "shape", "gradient mean", "gradient std", "gradient:data")
        return TextTable(columns, rows, formats=dict.fromkeys(columns, ".4e"))

    def __repr__(self) -> str:
        return f"{self.layer_table()}\n\n{self.weight_table()}\n\n{self._summary()}"

    def _repr_html_(self) -> str:
        return f"{self.layer_table().to_html()}{self.weight_table().to_html()}<div>{self._summary()}</div>"

    def _summary(self) -> str:
        vocab = self.logits.shape[-1]
        return f"loss {self.loss:.4f} nats per character; guessing costs ln {vocab} = {self.uniform_loss:.4f}"


def trace(
    model: Model,
    tokens: Int[Array, "batch time"],
    targets: Int[Array, "batch position"],
    *,
    key: PRNGKeyArray | None = None,
) -> Trace:
    """Traces `model` as it is in training, where BatchNorm normalises by the batch and dropout drops out.

    `key` decides what dropout leaves out; a model without needs none. The model stays as it is. Raises ModelError for
    targets that are not as many as the logits.
    """
    return _trace(model, tokens, targets, jr.key(0) if key is None else key)


def trace_prediction(model: Model, tokens: Int[Array, "batch time"], targets: Int[Array, "batch position"]) -> Trace:
    """Traces `model` as it predicts, with the running statistics of BatchNorm and without dropout.

    Raises ModelError as `trace` does.
    """
    return _trace(model, tokens, targets, None)


def _trace(model: Model, tokens: Any, targets: Any, key: PRNGKeyArray | None) -> Trace:
    model = model.inside
    tokens, targets = jax.tree.map(jnp.asarray, (tokens, targets))
    first = jax.tree.leaves(tokens)[0]
    if not (first.ndim == targets.ndim == 2 and first.size and len(first) == len(targets)):
        raise ModelError(f"tokens of shape {first.shape}, targets {targets.shape}: must be (batch, time or position)")
    loss, names, outputs, gradients, weight_gradients = _compute(model, tokens, targets, key)
    by_path = [dict(zip(names, map(np.asarray, arrays), strict=True)) for arrays in (outputs, gradients)]
    logits, logits_gradient = (arrays.pop(LOGITS) for arrays in by_path)
    return Trace(
        loss=float(loss),
        logits=logits,
        logits_gradient=logits_gradient,
        activations=by_path[0],
        gradients=by_path[1],
        weights=weights_by_path(model),
        weight_gradients=weights_by_path(weight_gradients),
        kinds={path: _name_kind(layer) for path, layer in layers_by_path(model).items()},
    )


@quick_jit
def _compute(model: Model, tokens: Inputs, targets: Array, key: PRNGKeyArray | None) -> tuple[Any, ...]:
    """Returns the loss, the names of all outputs, these, and the gradients by them and by the weights.

    Zeros are added to all outputs, so that the gradient by these zeros is that by the outputs.
    """
    trainable, fixed = partition(model)
    names: list[str] = []

    def run(trainable: Any, zeros: list[Array] | None) -> tuple[Array, list[Array]]:
        names.clear()
        outputs: list[Array] = []

        def note(path: str, y: Array) -> Array:
            calls = 1 + sum(name.partition(",")[0] == path for name in names)
            names.append(path if calls == 1 else f"{path}, call {calls}")
            outputs.append(y)
            return y if zeros is None else y + zeros[len(outputs) - 1]

        tapped = tap(eqx.combine(trainable, fixed), lambda path, layer, x, positions, y: note(path, y))
        logits = tapped(tokens) if key is None else tapped.observe(tokens, key=key)[0]
        if logits.shape[:2] != targets.shape:
            raise ModelError(f"targets of shape {targets.shape}: for these tokens they must be {logits.shape[:2]}")
        return cross_entropy(note(LOGITS, logits), targets), outputs

    shapes = jax.eval_shape(lambda trainable: run(trainable, None)[1], trainable)
    zeros = [jnp.zeros(shape.shape, shape.dtype) for shape in shapes]
    (loss, outputs), gradients = jax.value_and_grad(run, argnums=(0, 1), has_aux=True)(trainable, zeros)
    return loss, tuple(names), outputs, gradients[1], gradients[0]


def _name_kind(layer: Layer) -> str:
    if isinstance(layer, Activation):
        return layer.name
    return "tanh" if isinstance(layer, Recurrent) and isinstance(layer.cell, TanhCell) else type(layer).__name__


def _std(array: np.ndarray) -> float:
    """Returns the deviation with n - 1, as PyTorch's `std` has it; NaN for a single number."""
    return float(np.std(array, ddof=1, dtype=np.float64)) if array.size > 1 else math.nan


def _everywhere(flat: np.ndarray) -> np.ndarray:
    """Tells of each unit, on the last axis, whether it is `flat` at every position of every row."""
    return np.logical_and.reduce(flat, axis=tuple(range(flat.ndim - 1)))
