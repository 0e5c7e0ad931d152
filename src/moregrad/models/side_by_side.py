"""Modules of one shape that compute side by side, each with weights of its own, as one program."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer
from jaxtyping import Array, PyTree

ABREAST = 8
"""Modules that compute at once where they can take turns."""


class SideBySide(eqx.Module):
    """Modules whose arrays are stacked along a leading axis; they compile once, whatever their number."""

    stacked: PyTree

    @classmethod
    def of(cls, modules: Sequence[PyTree]) -> "SideBySide":
        """Stacks modules that differ in the numbers of their arrays alone."""
        arrays, (rest, *_) = zip(*(eqx.partition(module, eqx.is_array) for module in modules), strict=True)
        return cls(eqx.combine(jax.tree.map(_stack, *arrays), rest))

    def __len__(self) -> int:
        """The number of modules."""
        return len(jax.tree.leaves(eqx.filter(self.stacked, eqx.is_array))[0])

    def __getitem__(self, number: int) -> PyTree:
        """Returns one of the modules."""
        return jax.tree.map(lambda leaf: leaf[number] if eqx.is_array(leaf) else leaf, self.stacked)

    def __iter__(self) -> Iterator[PyTree]:
        """Returns the modules, one after the other."""
        return map(self.__getitem__, range(len(self)))

    def map(self, function: Callable[..., Any], *trees: PyTree) -> Any:
        """Calls `function` with each module and its slice of the arrays of `trees`; stacks what it returns."""
        return eqx.filter_vmap(function, in_axes=eqx.if_array(0))(self.stacked, *trees)

    def map_in_turn(self, function: Callable[[Any], Array]) -> Array:
        """Does as `map` with ABREAST modules at a time: what all would compute on the way takes gigabytes."""
        if len(self) <= ABREAST:
            return self.map(function)
        arrays, rest = eqx.partition(self.stacked, eqx.is_array)
        return jax.lax.map(lambda own: function(eqx.combine(own, rest)), arrays, batch_size=ABREAST)

    def observe(self, function: Callable[..., Any], *trees: PyTree) -> tuple[Array, "SideBySide"]:
        """Does as `map` with a function that returns an output and the module as it then is."""

        def arrays(module: PyTree, *slices: PyTree) -> tuple[Array, PyTree]:
            output, refreshed = function(module, *slices)
            return output, eqx.filter(refreshed, eqx.is_array)

        output, refreshed = self.map(arrays, *trees)
        return output, SideBySide(eqx.combine(refreshed, self.stacked))


def _stack(*arrays: Array) -> Array:
    """Stacks with NumPy, since JAX compiles a program for every shape; shapes alone and keys it stacks as JAX does."""
    if any(isinstance(array, Tracer) or jnp.issubdtype(array.dtype, jax.dtypes.prng_key) for array in arrays):
        return jnp.stack(arrays)
    return jnp.asarray(np.stack([np.asarray(array) for array in arrays]))
