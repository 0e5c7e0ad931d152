"""Networks side by side, dealt among devices."""

from concurrent.futures import ThreadPoolExecutor

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.sharding import Mesh, NamedSharding, PartitionSpec
from runs.prepared import prepared

from moregrad.models.model import Model
from moregrad.runs import Run
from moregrad.runs.fit import examples_of
from moregrad.training import loop
from moregrad.training.devices import devices_for, gather, keep_whole, spread
from moregrad.training.shares import ROWS

TINY = {"hidden": 8, "embedding": 4, "orders": (2, 3)}


def of_copies(copies: int, model: str = "stack") -> Run:
    return prepared(model, **TINY, copies=copies)


@pytest.mark.parametrize(("model", "copies", "devices"), [("stack", 2, 2), ("stack", 4, 2), ("stack:gru+lstm", 2, 2)])
def test_networks_are_dealt_evenly(model: str, copies: int, devices: int):
    mesh = devices_for(of_copies(copies, model).model)
    assert mesh is not None
    assert mesh.size == devices


@pytest.mark.parametrize("copies", [1, 3])
def test_networks_that_cannot_be_dealt_evenly_stay_on_one_device(copies: int):
    assert devices_for(of_copies(copies).model) is None
    assert devices_for(prepared("gru").model) is None


def test_each_device_holds_its_share_and_all_the_rest():
    run = of_copies(4)
    mesh = devices_for(run.model)
    placed = spread(run.progress, mesh)
    group, weights = placed.model.groups[0], placed.model.log_weights.value
    assert {leaf.sharding.shard_shape(leaf.shape)[0] for leaf in jax.tree.leaves(group)} == {2}
    assert weights.sharding.is_fully_replicated
    _assert_same(gather(placed, mesh), run.progress)


def test_devices_do_not_change_what_is_learned(monkeypatch: pytest.MonkeyPatch):
    run = of_copies(4)
    dealt = _train(run)
    monkeypatch.setattr(loop, "devices_for", lambda model: None)
    alone = _train(run)
    for found, expected in zip(_leaves(dealt), _leaves(alone), strict=True):
        np.testing.assert_allclose(found, expected, rtol=2e-4, atol=2e-5)


def test_a_report_holds_arrays_of_one_device():
    assert {len(leaf.devices()) for leaf in jax.tree.leaves(eqx.filter(_train(of_copies(2)), eqx.is_array))} == {1}


def test_a_dealt_training_does_not_wait_for_a_long_program_of_another_thread():
    run = of_copies(2)
    _train(run)
    long = jax.jit(lambda count, start: jax.lax.fori_loop(0, count, lambda i, x: jnp.sin(x @ x) + x, start))
    long(1, start := jnp.ones((64, 64))).block_until_ready()
    with ThreadPoolExecutor(1) as executor:
        under_way = executor.submit(lambda: long(60_000, start).block_until_ready())
        _train(run)
        assert not under_way.done()


def _train(run: Run) -> Model:
    *_, last = loop.train(run.model, examples_of(run), run.recipe, every=5)
    return last.model


def _leaves(tree: object) -> list[np.ndarray]:
    return [np.asarray(leaf) for leaf in jax.tree.leaves(eqx.filter(tree, eqx.is_inexact_array))]


def _assert_same(found: object, expected: object) -> None:
    for one, other in zip(_leaves(found), _leaves(expected), strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_a_step_left_in_parts_is_kept_whole():
    devices = Mesh(np.array(jax.local_devices()[:2]), (ROWS,))
    parts = jax.device_put(np.arange(4), NamedSharding(devices, PartitionSpec(ROWS)))
    assert keep_whole(parts, devices).sharding.is_fully_replicated
    assert keep_whole(parts, None) is parts
