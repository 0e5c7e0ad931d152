"""Modules side by side."""

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.linear import Linear
from moregrad.models import side_by_side
from moregrad.models.side_by_side import SideBySide

LINEARS = [Linear.init(3, 2, key=jr.key(number)) for number in range(4)]
X = jnp.asarray([[1.0, 2.0, 3.0]])


def test_each_module_computes_as_it_would_alone():
    found = SideBySide.of(LINEARS).map(lambda linear: linear(X))
    np.testing.assert_allclose(found, jnp.stack([linear(X) for linear in LINEARS]), rtol=1e-6)


@pytest.mark.parametrize("abreast", [2, 3, 4])
def test_each_module_computes_so_in_its_turn(monkeypatch: pytest.MonkeyPatch, abreast: int):
    monkeypatch.setattr(side_by_side, "ABREAST", abreast)
    found = SideBySide.of(LINEARS).map_in_turn(lambda linear: linear(X))
    np.testing.assert_allclose(found, jnp.stack([linear(X) for linear in LINEARS]), rtol=1e-6)


def test_each_module_may_have_input_of_its_own():
    inputs = jnp.arange(12.0).reshape(4, 1, 3)
    found = SideBySide.of(LINEARS).map(lambda linear, own: linear(own), inputs)
    np.testing.assert_allclose(
        found, jnp.stack([linear(x) for linear, x in zip(LINEARS, inputs, strict=True)]), rtol=1e-6
    )


def test_modules_come_back_one_by_one():
    group = SideBySide.of(LINEARS)
    assert len(group) == 4
    assert [eqx.tree_equal(one, other) for one, other in zip(group, LINEARS, strict=True)] == [True] * 4
    assert eqx.tree_equal(group[2], LINEARS[2])


def test_what_a_module_becomes_is_kept():
    def double(linear: Linear) -> tuple[jax.Array, Linear]:
        return linear(X), eqx.tree_at(lambda each: each.weight, linear, 2 * linear.weight)

    output, doubled = SideBySide.of(LINEARS).observe(double)
    assert output.shape == (4, 1, 2)
    np.testing.assert_allclose(doubled[3].weight, 2 * LINEARS[3].weight)


def test_shapes_alone_can_be_stacked():
    shape = eqx.filter_eval_shape(lambda key: SideBySide.of([Linear.init(3, 2, key=key)] * 5), jr.key(0))
    assert shape.stacked.weight.shape == (5, 3, 2)
