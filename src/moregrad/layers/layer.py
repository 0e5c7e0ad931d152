"""What every layer is: a pytree that predicts when called and refreshes itself when it observes."""

from abc import abstractmethod
from typing import Any, Self

import equinox as eqx
import jax
from jaxtyping import Array, Float, PRNGKeyArray, PyTree


class Layer(eqx.Module):
    """A function of the last axis (or axes) with its weights as fields."""

    @abstractmethod
    def __call__(self, x: Float[Array, "..."]) -> Float[Array, "..."]:
        """The output when predicting."""

    def observe(self, x: Float[Array, "..."], *, key: PRNGKeyArray) -> tuple[Float[Array, "..."], Self]:
        """The output when training, and the layer with what it learned by looking: nothing, for most."""
        return self(x), self


class Running(eqx.Module):
    """An array that moves by observation and never by gradient."""

    value: Any


def partition(tree: PyTree) -> tuple[PyTree, PyTree]:
    """`tree` in two: the leaves that gradients move, and everything else; `eqx.combine` joins them again."""
    return eqx.partition(tree, eqx.is_inexact_array, is_leaf=lambda node: isinstance(node, Running))


def parameters(tree: PyTree) -> int:
    """How many trainable numbers `tree` holds."""
    return sum(leaf.size for leaf in jax.tree.leaves(partition(tree)[0]))
