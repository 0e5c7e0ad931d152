"""Every operation, found by its public name, against automatic differentiation, over shapes that Hypothesis draws."""

import doctest
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop.operations import ARGUMENTS, OPERATIONS, Numbers, arguments
from moregrad import backprop
from moregrad.backprop.operation import differentiable, namespace

TOLERANCE = {"float32": 2e-4, "float64": 1e-11}
QUICK = {"xla_backend_optimization_level": 0}


def cast(tree: Any, dtype: str) -> Any:
    """The arrays of `tree` with their real numbers as `dtype`."""
    return jax.tree.map(lambda x: np.asarray(x, dtype if np.issubdtype(np.result_type(x), np.floating) else None), tree)


def by_jax(name: str, given: tuple[Any, ...], keywords: dict[str, Any], dy: Any) -> tuple[Any, Any, Any]:
    """The value, the gradients that JAX gets from the pullback, and those that it finds itself, None for integers."""
    operation = getattr(backprop, name)

    def every(given: tuple[Any, ...], dy: Any) -> tuple[Any, Any, Any]:
        y, mine = jax.vjp(differentiable(operation, **keywords), *given)
        reference = jax.vjp(lambda *given: operation(*given, **keywords)[0], *given)[1]
        return y, _without_integers(mine(dy)), _without_integers(reference(dy))

    return jax.jit(every, compiler_options=QUICK)(given, dy)


def _without_integers(gradients: Any) -> tuple[Any, ...]:
    return tuple(None if _of_integers(gradient) else gradient for gradient in gradients)


def _of_integers(gradient: Any) -> bool:
    return any(leaf.dtype == jax.dtypes.float0 for leaf in jax.tree.leaves(gradient))


def assert_close(mine: Any, reference: Any, dtype: str) -> None:
    assert jax.tree.structure(mine) == jax.tree.structure(reference)
    for one, other in zip(jax.tree.leaves(mine), jax.tree.leaves(reference), strict=True):
        assert one.dtype == other.dtype == dtype
        np.testing.assert_allclose(one, other, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


def test_every_operation_has_arguments_to_be_tested_with():
    assert sorted(ARGUMENTS) == OPERATIONS


@pytest.mark.parametrize("name", OPERATIONS)
@settings(max_examples=6)
@given(data=st.data())
@jax.enable_x64(True)
def test_the_pullback_is_that_of_automatic_differentiation_in_numpy_and_in_jax(name: str, data: st.DataObject):
    (given, keywords), dtype = data.draw(arguments(name)), data.draw(st.sampled_from(list(TOLERANCE)))
    given = cast(given, dtype)
    y, pullback = getattr(backprop, name)(*given, **keywords)
    assert all(isinstance(leaf, np.ndarray | np.generic) for leaf in jax.tree.leaves(y))
    dy = cast(jax.tree.map(lambda leaf: Numbers(0)(*np.shape(leaf)), y), dtype)
    expected, mine, gradients = by_jax(name, given, keywords, dy)
    assert_close(y, expected, dtype)
    assert_close(pullback(dy), gradients, dtype)
    assert_close(mine, gradients, dtype)


def test_the_same_settings_give_the_same_function():
    assert differentiable(backprop.batchnorm, correction=0) is differentiable(backprop.batchnorm, correction=0)


def test_a_namespace_is_the_library_of_the_array():
    assert (namespace(np.ones(1)), namespace(jnp.ones(1))) == (np, jnp)


@pytest.mark.parametrize("name", ["compare", "differentiable"])
def test_the_examples_in_docstrings_are_true(name: str):
    function = getattr(backprop, name)
    example = doctest.DocTestParser().get_doctest(function.__doc__, {name: function}, name, None, None)
    results = doctest.DocTestRunner().run(example)
    assert results.attempted > 0
    assert results.failed == 0
