"""The devices of a training: networks side by side are dealt among those of a process, rows among all processes."""

import math
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, NamedSharding, PartitionSpec
from jaxtyping import PyTree

from moregrad.models.side_by_side import SideBySide
from moregrad.parallel import SPARE
from moregrad.training.shares import ROWS, collect, joined_devices, settle, share

NETWORKS = "networks"
"""The axis of the devices, along which networks are dealt."""


def devices_for(model: PyTree) -> Mesh | None:
    """Returns the devices to train `model` on; None for one.

    In a process that was joined with others these are all of theirs, or else the most of its own among which the
    networks of `model` can be dealt evenly.
    """
    if jax.distributed.is_initialized():
        return joined_devices()
    groups = [node for node in jax.tree.leaves(model, is_leaf=_is_group) if _is_group(node)]
    networks, devices = math.gcd(*map(len, groups)), _devices()
    count = max((count for count in range(1, len(devices) + 1) if networks % count == 0), default=1)
    return Mesh(np.array(devices[:count]), (NETWORKS,)) if groups and count > 1 else None


def all_devices() -> Mesh | None:
    """Returns all devices of this process to deal among what `spread` is given; None for a single one."""
    devices = _devices()
    return Mesh(np.array(devices), (NETWORKS,)) if len(devices) > 1 else None


def _devices() -> list[Any]:
    devices = jax.local_devices()
    return devices[:-SPARE] if devices[0].platform == "cpu" else devices


def spread(tree: PyTree, devices: Mesh | None) -> PyTree:
    """Deals the networks in `tree`, or its rows, among the devices and gives every device all the rest."""
    if devices is None:
        return tree
    if ROWS in devices.axis_names:
        return share(tree, devices)

    def place(node: PyTree) -> PyTree:
        parts = PartitionSpec(NETWORKS) if _is_group(node) else PartitionSpec()
        arrays, rest = eqx.partition(node, eqx.is_array)
        return eqx.combine(jax.device_put(jax.tree.map(_on_host, arrays), NamedSharding(devices, parts)), rest)

    return jax.tree.map(place, tree, is_leaf=_is_group)


def keep_whole(tree: PyTree, devices: Mesh | None) -> PyTree:
    """Returns what a step made of a spread tree as it was spread, so that the next one is not compiled anew."""
    return tree if devices is None or ROWS not in devices.axis_names else settle(tree)


def gather(tree: PyTree, devices: Mesh | None) -> PyTree:
    """Brings back what was spread, as arrays that any computation may use; waits until they are computed."""
    if devices is None:
        return tree
    if ROWS in devices.axis_names:
        return collect(tree)
    return jax.tree.map(lambda leaf: jnp.asarray(_on_host(leaf)) if eqx.is_array(leaf) else leaf, tree)


def _on_host(array: jax.Array | np.ndarray) -> jax.Array | np.ndarray:
    """Returns a view where memory is shared, as among the cores of a processor: nothing is copied there.

    Keys stay where they are, since NumPy has no such type.
    """
    return array if jnp.issubdtype(array.dtype, jax.dtypes.prng_key) else np.asarray(array)


def _is_group(node: PyTree) -> bool:
    return isinstance(node, SideBySide)
