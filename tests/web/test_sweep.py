"""The backward sweep node by node: in the end it is what backward does."""

import math
import re
from random import Random

import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import Value
from moregrad.web.expressions import read
from moregrad.web.sweep import draw, sweep

LECTURE = "a = 2\nb = -3\nc = 10\ne = a*b\nd = e + c\nf = -2\nL = d*f"


def expression(draws: Random) -> str:
    """Lines in which names are used again and again."""
    lines = [f"v{number} = {draws.uniform(0.5, 2):.3f}" for number in range(3)]
    for number in range(3, 9):
        one, two = (f"v{draws.randrange(number)}" for _ in range(2))
        made = draws.choice(
            [f"{one} + {two}", f"{one} * {two}", f"tanh({one})", f"{one} - {two}", f"max({one}, {two})"]
        )
        lines.append(f"v{number} = {made}")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(20))
def test_the_last_step_has_the_gradients_of_backward(seed: int):
    root = read(expression(Random(seed)))
    nodes, steps = sweep(root)
    root.backward()
    for node, gradient in zip(nodes, steps[-1].gradients, strict=True):
        assert (gradient or 0.0) == pytest.approx(node.grad, abs=1e-12)


def test_the_lectures_graph_is_swept_from_its_end():
    nodes, steps = sweep(read(LECTURE))
    names = [node.label for node in nodes]
    assert [None if step.node is None else names[step.node] for step in steps] == [None, "L", "L", "d", "e"]
    assert steps[0].gradients == (None,) * 7
    ends = dict(zip(names, steps[-1].gradients, strict=True))
    assert ends == {"a": 6.0, "b": -4.0, "c": -2.0, "d": -2.0, "e": -2.0, "f": 4.0, "L": 1.0}
    assert "a gets -3.0000 × -2.0000 = 6.0000" in steps[-1].told


def test_a_node_waits_until_all_its_gradients_have_arrived():
    _, steps = sweep(read("a = 1\nb = a + a\nc = b + b"))
    assert steps[-1].gradients[0] == 4.0


def test_a_gradient_of_nothing_is_not_passed_on():
    _, steps = sweep(read("a = 0\nb = sqrt(a)\nb * 0"))
    assert all(not math.isnan(gradient) for gradient in steps[-1].gradients if gradient is not None)


def test_infinite_derivatives_that_meet_are_told():
    x = Value(0.0, label="x")
    with pytest.raises(ScalarError, match="the gradient of x is not a number"):
        sweep(x.sqrt() - x.sqrt())


def test_a_number_alone_is_its_own_graph():
    assert [step.gradients for step in sweep(read("2"))[1]] == [(None,), (1.0,)]


def test_the_picture_does_not_move_from_step_to_step():
    nodes, steps = sweep(read(LECTURE))
    pictures = draw(nodes, steps)
    places = [re.findall(r'<(?:rect|path) [xd]="[^"]*"', picture) for picture in pictures]
    assert all(each == places[0] for each in places)
    assert len(set(pictures)) == len(pictures)


def test_names_of_strangers_are_text_in_the_picture():
    nodes, steps = sweep(Value(2.0, label="<script>") * 2)
    assert "<script>" not in draw(nodes, steps)[0]
