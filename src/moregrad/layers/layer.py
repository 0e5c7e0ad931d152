"""The contract of every layer: one pytree that predicts, trains and goes on token by token."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, PRNGKeyArray, PyTree

State = PyTree[Array]
Positions = Int[Array, "..."]


class Layer(eqx.Module):
    """A function of vectors with its weights as fields.

    `positions` counts the tokens since the last boundary, the boundary itself being 0. A layer along time looks back to
    position 0 and no further; most layers act on each vector by itself and ignore it. There is no training flag:
    `__call__` predicts and `observe` trains.
    """

    @abstractmethod
    def __call__(self, x: Float[Array, "..."], positions: Positions | None = None) -> Float[Array, "..."]:
        """Returns the output when predicting; without `positions`, each row is one word from its beginning."""

    def observe(
        self, x: Float[Array, "..."], positions: Positions | None = None, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "..."], "Layer"]:
        """Returns the output when training, and the layer with its running statistics moved; `key` is for dropout."""
        return self(x, positions), self

    def begin(self, batch: int) -> State:
        """Returns the state of `batch` rows before their first token; empty for a layer that remembers nothing."""
        return ()

    def advance(
        self, state: State, x: Float[Array, "batch size"], position: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        """Returns the output for the next token of each row, as `__call__` would give it, and the state after it."""
        return self(x, position), state


class Running(eqx.Module):
    """An array that moves by observation and never by gradient."""

    value: Any


class Tables(eqx.Module):
    """Arrays that counting fills once and training leaves alone."""

    @abstractmethod
    def compress(self) -> dict[str, np.ndarray]:
        """Returns arrays by name from which `restore` makes the tables again, as few and small as may be."""

    @abstractmethod
    def restore(self, arrays: Mapping[str, np.ndarray]) -> "Tables":
        """Returns the tables that `compress` made `arrays` of; raises ModelError for arrays that are none.

        `self` may be blank: it need have shapes only, and the number of words counted may differ.
        """


def partition(tree: PyTree) -> tuple[PyTree, PyTree]:
    """Splits `tree` into the leaves that gradients move and everything else; `eqx.combine` joins them again."""
    return eqx.partition(tree, _has_gradient, is_leaf=lambda node: isinstance(node, Running | Tables))


def _has_gradient(leaf: Any) -> bool:
    """Tells whether `leaf` is an array of real numbers, or the shape of one."""
    shape = isinstance(leaf, jax.ShapeDtypeStruct) and jnp.issubdtype(leaf.dtype, jnp.inexact)
    return shape or eqx.is_inexact_array(leaf)


def parameters(tree: PyTree) -> int:
    """Counts the trainable numbers in `tree`."""
    return sum(leaf.size for leaf in jax.tree.leaves(partition(tree)[0]))
