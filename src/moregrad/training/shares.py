"""Rows dealt among the devices of all processes: each holds a share of them and computes a share of every batch.

Every process draws the same row numbers from the seed. The device that holds a row hands it to the one that computes
it, at the place in the batch that it has on one device, so that dropout, the statistics of batches and what each of
several networks reads are those of one device too; weights are everywhere, and gradients are averaged. Only the order
in which sums are rounded differs. A share is a run of successive rows: of a list split by hash it is the words whose
hashes lie in a range, and no row depends on the number of devices.
"""

import math
from collections.abc import Mapping
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, NamedSharding, PartitionSpec
from jaxtyping import Array, Int, PyTree

from moregrad.data.examples import Examples, Inputs, Targets
from moregrad.errors import ModelError
from moregrad.training.processes import exchange

ROWS = "rows"
"""The axis of the devices, along which rows are dealt."""


class SharedRows(Examples):
    """Rows of which each device has `each`, the last ones fewer, in `shares` with a leading axis of devices."""

    shares: Examples
    rows_in_all: int = eqx.field(static=True)
    each: int = eqx.field(static=True)
    devices: Mesh = eqx.field(static=True)

    @classmethod
    def of(cls, examples: Examples, devices: Mesh) -> "SharedRows":
        """Gives each device its share of `examples`; arrays are padded to those of the largest one."""
        size, each = examples.size, -(-examples.size // devices.size)

        def part(place: int) -> Examples:
            start = min(place * each, size - 1)
            return examples.part(start, max(min(start + each, size), start + 1))

        here = jax.process_index()
        own = {place: part(place) for place, device in enumerate(devices.devices) if device.process_index == here}
        return cls(_stack(own, NamedSharding(devices, PartitionSpec(ROWS))), size, each, devices)

    @property
    def size(self) -> int:
        return self.rows_in_all

    @property
    def readers(self) -> int:
        return self.shares.readers

    def rows(self, index: Int[Array, " batch"]) -> tuple[Inputs, Targets]:
        """Returns the rows numbered `index`, dealt among the devices in the order of the batch.

        Raises ModelError if they cannot be dealt evenly.
        """
        if len(index) % self.devices.size:
            raise ModelError(_uneven(len(index), self.readers, self.devices.size))
        arrays, rest = eqx.partition(self.shares, eqx.is_array)

        def hand_over(arrays: PyTree, index: Int[Array, " batch"]) -> PyTree:
            own: Examples = eqx.combine(jax.tree.map(lambda array: array[0], arrays), rest)
            place = index - jax.lax.axis_index(ROWS) * self.each
            mine = (place >= 0) & (place < self.each)
            found = own.rows(jnp.where(mine, place, 0))
            return jax.tree.map(lambda array: _deal(array, mine), found)

        dealt, everywhere = PartitionSpec(ROWS), PartitionSpec()
        return jax.shard_map(hand_over, mesh=self.devices, in_specs=(dealt, everywhere), out_specs=dealt)(arrays, index)


def joined_devices() -> Mesh:
    """Returns the devices of all processes; of processors one each, which uses all of its cores for what is large."""
    devices = jax.devices()
    if devices[0].platform == "cpu":
        devices = list({device.process_index: device for device in reversed(devices)}.values())[::-1]
    return Mesh(np.array(devices), (ROWS,))


def share(tree: PyTree, devices: Mesh) -> PyTree:
    """Deals the rows of examples in `tree` among the devices and gives every device all the rest."""

    def place(node: Any) -> Any:
        if isinstance(node, Examples):
            return SharedRows.of(node, devices) if jax.tree.leaves(eqx.filter(node, eqx.is_array)) else node
        return _put(np.asarray(node), NamedSharding(devices, PartitionSpec())) if eqx.is_array(node) else node

    return jax.tree.map(place, tree, is_leaf=lambda node: isinstance(node, Examples))


def settle(tree: PyTree) -> PyTree:
    """Gives every device all of the arrays of `tree`, of which a program may have left some in parts."""
    arrays, rest = eqx.partition(tree, eqx.is_array)
    if all(array.is_fully_replicated for array in jax.tree.leaves(arrays)):
        return tree
    whole = jax.tree.map(lambda array: NamedSharding(array.sharding.mesh, PartitionSpec()), arrays)
    return eqx.combine(jax.jit(lambda arrays: arrays, out_shardings=whole)(arrays), rest)


def collect(tree: PyTree) -> PyTree:
    """Brings the arrays of `tree`, which every device has, to where any computation may use them."""
    return jax.tree.map(lambda leaf: jnp.asarray(np.asarray(leaf)) if eqx.is_array(leaf) else leaf, settle(tree))


def _deal(array: Array, mine: Array) -> Array:
    """Adds up what all devices have of each row, which only one has, and leaves every device its share of the batch."""
    own = jnp.where(mine.reshape(-1, *[1] * (array.ndim - 1)), array, 0)
    return jax.lax.psum_scatter(own, ROWS, scatter_dimension=0, tiled=True)


def _stack(parts: Mapping[int, Examples], sharding: NamedSharding) -> Examples:
    """Returns examples whose arrays have one of the `parts`, those of this process by their places, on each device."""
    trees = {place: eqx.partition(part, eqx.is_array) for place, part in parts.items()}
    leaves = {place: jax.tree.leaves(arrays) for place, (arrays, _) in trees.items()}
    lengths = exchange(np.max([list(map(len, each)) for each in leaves.values()], axis=0).tolist()).max(axis=0)
    arrays, rest = next(iter(trees.values()))
    stacked = [
        _stack_arrays({place: each[number] for place, each in leaves.items()}, int(length), sharding)
        for number, length in enumerate(lengths)
    ]
    return eqx.combine(jax.tree.unflatten(jax.tree.structure(arrays), stacked), rest)


def _stack_arrays(arrays: Mapping[int, Array], length: int, sharding: NamedSharding) -> Array:
    shape = (sharding.mesh.size, length, *next(iter(arrays.values())).shape[1:])

    def padded(place: Any) -> np.ndarray:
        array = np.asarray(arrays[place[0].start or 0])
        return np.pad(array, [(0, length - len(array)), *[(0, 0)] * (array.ndim - 1)])[None]

    return jax.make_array_from_callback(shape, sharding, padded)


def _put(array: np.ndarray, sharding: NamedSharding) -> Array:
    return jax.make_array_from_callback(array.shape, sharding, lambda place: array[place])


def _uneven(rows: int, networks: int, devices: int) -> str:
    least = devices // math.gcd(devices, networks)
    size = rows // networks
    near = sorted({max(size // least, 1) * least, -(-size // least) * least})
    return (
        f"a batch of {rows:,} rows cannot be dealt evenly among {devices:,} devices; "
        f"give a batch size of {' or '.join(f'{each:,}' for each in near)}"
    )
