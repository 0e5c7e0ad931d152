"""check_gradient finds wrong derivatives and says where."""

import math

import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import Op, Value, check_gradient


def test_a_right_gradient_is_ok():
    found = check_gradient(lambda x, y: (x * y).tanh() + y**3, [0.5, -1.0])
    assert found.ok
    assert str(found).startswith("ok: at input ")


def test_the_worst_input_is_reported():
    wrong = Op("wrong", lambda x, y: x * y, lambda x, y, out: (y, 2 * x))
    found = check_gradient(wrong, [3.0, 5.0])
    assert not found.ok
    assert (found.worst, found.value, found.backward) == (1, 5.0, 6.0)
    assert found.numeric == pytest.approx(3.0)
    assert found.error == pytest.approx(0.5)
    assert str(found).startswith("wrong: at input 1 (5) backward gives 6, central differences 3; error 0.5")


def test_inputs_may_be_values_which_are_left_alone():
    x = Value(2.0)
    assert check_gradient(lambda x: x**2, [x]).ok
    assert (x.data, x.grad) == (2.0, 0.0)


def test_a_function_must_return_a_value():
    with pytest.raises(ScalarError, match=r"returned 1\.0: it must return a Value"):
        check_gradient(lambda x: 1.0, [2.0])  # pyright: ignore[reportArgumentType]


def test_an_infinite_derivative_is_never_ok():
    infinite = Op("infinite", lambda x: x, lambda x, out: (math.inf,))
    found = check_gradient(lambda x, y: 2 * x + infinite(y), [1.0, 3.0])
    assert (found.ok, found.worst) == (False, 1)
    with pytest.raises(ScalarError, match="at least one number"):
        check_gradient(lambda: Value(1.0), [])


def test_steps_grow_with_inputs():
    assert check_gradient(lambda x: x**2, [1e8]).ok
