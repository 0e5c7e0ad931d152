"""Compilation of functions."""

import jax
import jax.numpy as jnp
import pytest

from moregrad.jit import jit, known, quick_jit, trim


def test_a_compiled_function_returns_what_the_function_does_and_keeps_its_name():
    @jit
    def double(x, *, plus=0.0):
        """Doubles."""
        return 2 * x + plus

    assert double(jnp.arange(3), plus=1.0).tolist() == [1, 3, 5]
    assert (double.__name__, double.__doc__) == ("double", "Doubles.")


def test_a_function_is_traced_once_for_each_shape():
    traced = []

    @jit
    def total(x):
        traced.append(x.shape)
        return x.sum()

    assert [float(total(jnp.ones(size))) for size in (2, 2, 3, 2)] == [2, 2, 3, 2]
    assert traced == [(2,), (3,)]


def test_what_is_no_array_is_static():
    @jit
    def power(x, exponent: int, name: str):
        return x**exponent if name == "power" else x

    assert float(power(jnp.asarray(3.0), 2, "power")) == 9
    assert float(power(jnp.asarray(3.0), 2, "identity")) == 3


def test_the_device_is_looked_up_at_the_first_call_only(monkeypatch):
    asked = []
    backend = jax.default_backend
    monkeypatch.setattr(jax, "default_backend", lambda: asked.append(1) or backend())
    negate = jit(lambda x: -x)
    assert asked == []
    assert [int(negate(jnp.asarray(1))) for _ in range(3)] == [-1] * 3
    assert asked == [1]


def test_an_error_of_the_function_reaches_the_caller():
    @jit
    def fail(x):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail(jnp.ones(1))


def test_programs_beyond_a_bound_are_let_go_of(monkeypatch: pytest.MonkeyPatch):
    traced = []

    @jit
    def total(x):
        traced.append(x.shape)
        return x.sum()

    def size_three_is_still_compiled() -> bool:
        before = len(traced)
        total(jnp.ones(3))
        return len(traced) == before

    monkeypatch.setattr("moregrad.jit._made", 0)
    monkeypatch.setattr("moregrad.jit.KEPT", 4)
    for size in (1, 2, 3, 4):
        total(jnp.ones(size))
    trim()
    assert size_three_is_still_compiled()
    total(jnp.ones(5))
    trim()
    assert not size_three_is_still_compiled()


def test_a_function_that_is_compiled_quickly_returns_the_same():
    rows = jnp.linspace(0, 1, 12).reshape(3, 4)

    def normalise(x):
        return jnp.tanh(x) @ x.T

    assert jnp.allclose(quick_jit(normalise)(rows), jit(normalise)(rows), rtol=1e-6)


def test_options_that_this_xla_does_not_have_are_left_out():
    assert known({"xla_backend_optimization_level": 1, "xla_no_such_option": True}) == {
        "xla_backend_optimization_level": 1
    }
