"""SGD and Adam: steps known by hand, and a minimum found."""

from typing import Any

import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import MLP, SGD, Adam, Value, squared_error
from moregrad.scalar.optim import Optimizer


def test_sgd_moves_against_the_gradient():
    p = Value(1.0)
    optimizer = SGD([p], learning_rate=0.1)
    p.grad = 2.0
    optimizer.step()
    assert p.data == 0.8
    optimizer.learning_rate = 0.5
    optimizer.step()
    assert p.data == pytest.approx(-0.2)
    optimizer.zero_grad()
    assert p.grad == 0.0


def test_momentum_keeps_a_share_of_the_last_step():
    p = Value(0.0)
    optimizer = SGD([p], learning_rate=1.0, momentum=0.5)
    p.grad = 1.0
    moves = []
    for _ in range(3):
        before = p.data
        optimizer.step()
        moves.append(before - p.data)
    assert moves == [1.0, 1.5, 1.75]


def test_adams_first_step_is_its_rate():
    for grad in (1e-3, 1.0, 1e3):
        p = Value(1.0)
        optimizer = Adam([p], learning_rate=0.01)
        p.grad = grad
        optimizer.step()
        assert p.data == pytest.approx(0.99, rel=1e-5)


def test_adam_is_the_papers_formula():
    p, rate, (b1, b2), epsilon = Value(0.3), 0.02, (0.8, 0.95), 1e-6
    optimizer = Adam([p], rate, betas=(b1, b2), epsilon=epsilon)
    theta, m, v = 0.3, 0.0, 0.0
    for t, grad in enumerate((0.5, -1.0, 2.0, 0.1), start=1):
        p.grad = grad
        optimizer.step()
        m, v = b1 * m + (1 - b1) * grad, b2 * v + (1 - b2) * grad**2
        theta -= rate * (m / (1 - b1**t)) / ((v / (1 - b2**t)) ** 0.5 + epsilon)
        assert p.data == pytest.approx(theta, rel=1e-14)


@pytest.mark.parametrize("optimizer", [lambda p: SGD(p, 0.05), lambda p: Adam(p, 0.05)])
def test_the_first_lectures_four_examples_are_learned_in_twenty_steps(optimizer):
    import random

    inputs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    targets = [1.0, -1.0, -1.0, 1.0]
    model = MLP(3, [4, 4, 1], activation="tanh", last="tanh", rng=random.Random(1))
    descent = optimizer(model.parameters())
    losses = []
    for _ in range(20):
        loss = squared_error([model(x) for x in inputs], targets) * len(targets)
        descent.zero_grad()
        loss.backward()
        descent.step()
        losses.append(loss.data)
    assert losses[-1] < 0.15 * losses[0]
    assert [model(x) > 0 for x in inputs] == [target > 0 for target in targets]


def test_what_is_moved_cannot_be_changed_behind_an_optimizers_back():
    p = Value(1.0)
    listed = [p]
    optimizer = Adam(listed, 0.1)
    listed.append(Value(2.0))
    assert optimizer.parameters == (p,)
    optimizer.step()
    with pytest.raises(AttributeError):
        optimizer.parameters = (p, p)  # pyright: ignore[reportAttributeAccessIssue]


def test_betas_are_shares():
    assert Adam([Value(1.0)], betas=[0.5, 0.9]).betas == (0.5, 0.9)  # pyright: ignore[reportArgumentType]
    with pytest.raises(ScalarError, match=r"betas \(1\.0, 0\.9\)"):
        Adam([Value(1.0)], betas=(1.0, 0.9))


@pytest.mark.parametrize("kind", [SGD, Adam])
@pytest.mark.parametrize("rate", ["0.1", None, float("nan"), float("inf"), 10**400, 1j, [0.1]])
def test_settings_are_finite_numbers(kind: Any, rate: Any):
    p = [Value(1.0)]
    setting = "momentum" if kind is SGD else "epsilon"
    for make in (lambda: kind(p, rate), lambda: kind(p, 0.1, **{setting: rate})):
        with pytest.raises(ScalarError, match=r"(learning_rate|momentum|epsilon) .*: give a finite number"):
            make()


@pytest.mark.parametrize("betas", [0.9, None, (0.9,), (0.9, 0.99, 0.999), ("a", 0.9), (0.9, float("nan")), "ab"])
def test_betas_are_two_numbers(betas: Any):
    with pytest.raises(ScalarError, match="give two numbers, each at least 0 and below 1"):
        Adam([Value(1.0)], betas=betas)


@pytest.mark.parametrize("kind", [SGD, Adam])
@pytest.mark.parametrize("other", [0, 2, 100_000])
def test_another_constructor_cannot_exchange_the_parameters_alone(kind: Any, other: int):
    p = Value(1.0)
    optimizer = kind([p], 0.1)
    Optimizer.__init__(optimizer, [Value(1.0) for _ in range(other)], 0.1)
    with pytest.raises(ScalarError, match=f"{other} parameters, but numbers kept for 1: make a new optimizer"):
        optimizer.step()
    kind.__init__(optimizer, [p], 0.1)
    p.grad = 1.0
    optimizer.step()
    assert p.data == pytest.approx(0.9)


def test_a_constructor_that_failed_leaves_nothing_to_write_beyond():
    optimizer = SGD([Value(1.0)], 0.1)
    with pytest.raises(ScalarError, match="momentum"):
        optimizer.__init__([Value(1.0) for _ in range(1000)], 0.1, momentum="a")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ScalarError, match="1000 parameters, but numbers kept for 1"):
        optimizer.step()


@pytest.mark.parametrize("steps", [-1, -5, 2**31])
def test_steps_are_counted_from_0(steps: int):
    optimizer = Adam([Value(1.0)])
    optimizer.steps = steps
    with pytest.raises(ScalarError, match="give a whole number from 0 on"):
        optimizer.step()


def test_parameters_must_be_values():
    for optimizer in (SGD, Adam):
        with pytest.raises(ScalarError, match=r"2\.0 among the parameters"):
            optimizer([Value(1.0), 2.0], 0.1)  # pyright: ignore[reportArgumentType]
        with pytest.raises(ScalarError, match="takes a list of Values"):
            optimizer(Value(1.0), 0.1)  # pyright: ignore[reportArgumentType]
