"""Rows dealt among devices: what is read and learned is what one device reads and learns."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.sharding import Mesh
from runs.prepared import prepared

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.errors import ModelError
from moregrad.runs import Run
from moregrad.runs.fit import examples_of
from moregrad.training import loop
from moregrad.training.loop import Report
from moregrad.training.shares import ROWS, SharedRows, collect, joined_devices, share

STACK = {"hidden": 8, "embedding": 4, "orders": (2, 3), "copies": 2}


def two_devices() -> Mesh:
    return Mesh(np.array(jax.local_devices()[:2]), (ROWS,))


@pytest.mark.parametrize(("model", "settings"), [("mlp", {}), ("stack", STACK)])
def test_every_row_is_handed_to_the_place_that_asks_for_it(model: str, settings: dict):
    run = prepared(model, **settings)
    examples = examples_of(run)
    shared = SharedRows.of(examples, two_devices())
    assert (shared.size, shared.readers) == (examples.size, examples.readers)
    index = jnp.asarray(np.random.default_rng(0).integers(examples.size, size=40))
    found, expected = eqx.filter_jit(lambda rows: rows.rows(index))(shared), examples.rows(index)
    for one, other in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
        assert one.sharding.shard_shape(one.shape)[0] == 20
        np.testing.assert_array_equal(one, other)


def test_each_device_holds_its_share_of_the_rows_alone():
    examples = Windows.of(EncodedWords(np.zeros(1001, np.uint8)), 3)
    tokens = jax.tree.leaves(eqx.filter(SharedRows.of(examples, two_devices()), eqx.is_array))[0]
    assert tokens.sharding.shard_shape(tokens.shape) == (1, 500 + 3)


@pytest.mark.parametrize(
    ("model", "settings"), [("mlp", {"hidden": 8, "norm": "batch", "dropout": 0.3}), ("stack", STACK)]
)
def test_devices_learn_what_one_learns(monkeypatch: pytest.MonkeyPatch, model: str, settings: dict):
    run = prepared(model, **settings)
    alone = last_report(run)
    monkeypatch.setattr(loop, "devices_for", lambda model: two_devices())
    together = last_report(run)
    np.testing.assert_allclose(together.losses, alone.losses, atol=1e-6)
    assert {len(leaf.devices()) for leaf in jax.tree.leaves(eqx.filter(together.model, eqx.is_array))} == {1}


def last_report(run: Run) -> Report:
    *_, last = loop.train(run.model, examples_of(run), run.recipe, every=5)
    return last


@pytest.mark.parametrize(("rows", "told"), [(7, "batch size of 6 or 8"), (1, "batch size of 2")])
def test_a_batch_that_cannot_be_dealt_evenly_is_refused_with_those_that_can(rows: int, told: str):
    shared = SharedRows.of(Windows.of(EncodedWords(np.zeros(9, np.uint8)), 3), two_devices())
    with pytest.raises(ModelError, match=told):
        shared.rows(jnp.zeros(rows, jnp.int32))


def test_a_processor_is_one_device_of_a_training_by_several():
    assert joined_devices().devices.tolist() == jax.local_devices()[:1]


def test_what_is_shared_is_collected_as_it_was():
    tree = {"numbers": jnp.arange(3), "name": "a"}
    shared = share(tree, two_devices())
    assert shared["numbers"].sharding.is_fully_replicated
    dealt = jax.device_put(np.arange(4), jax.sharding.NamedSharding(two_devices(), jax.sharding.PartitionSpec(ROWS)))
    assert collect(shared | {"dealt": dealt})["dealt"].tolist() == [0, 1, 2, 3]
    assert collect(shared)["numbers"].tolist() == [0, 1, 2]
