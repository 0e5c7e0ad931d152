"""SGD and Adam: steps known by hand, and a minimum found."""

import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import MLP, SGD, Adam, Value, squared_error


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


def test_parameters_must_be_values():
    for optimizer in (SGD, Adam):
        with pytest.raises(ScalarError, match=r"2\.0 among the parameters"):
            optimizer([Value(1.0), 2.0], 0.1)  # pyright: ignore[reportArgumentType]
        with pytest.raises(ScalarError, match="takes a list of Values"):
            optimizer(Value(1.0), 0.1)  # pyright: ignore[reportArgumentType]
